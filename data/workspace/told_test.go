package workspace

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/indicator"
)

// What was made of a release is listed with what it told, and written as a table.
func TestWhatWasToldIsListed(t *testing.T) {
	w := sessions(t)
	interviews(t, w, slices.Concat(many(3, "IT", "", 100), many(9, "FR", "", 100), many(9, "PT", "", 120), many(9, "ES", "", 130))...)
	r := release(t, w, ReleaseJob{Title: "R"})
	other := release(t, w, ReleaseJob{Title: "Other"})
	q := indicator.Query{Indicator: "I13a", By: []string{"country"}, Disclosure: true}
	for _, of := range []FiguresOf{
		{Release: "R", What: What("chart", q)}, {Release: "R", What: What("brief", map[string]string{"template": "trend-bulletin"})},
		{Release: "R", What: What("export", map[string][]string{"indicators": {"I13a", "I04"}})}, {Release: "R", What: "something else"}, {Release: "Other", What: What("chart", q)},
	} {
		f := figures(t, w, of)
		compute(t, f, q)
		if err := f.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := w.Told(t.Context(), r)
	if err != nil || len(all) != 4 {
		t.Fatalf("%d things: %v", len(all), err)
	}
	for i, want := range []string{"chart I13a", "brief trend-bulletin", "export I13a I04", "something"} {
		if got := strings.TrimSpace(all[i].Verb + " " + strings.Join(all[i].Of, " ")); got != want {
			t.Errorf("%d is %q, want %q", i, got, want)
		}
		if len(all[i].Cells) != 4 || all[i].Hidden() < 2 || all[i].Time.IsZero() {
			t.Errorf("%q told %+v at %v", all[i].What, all[i].Cells, all[i].Time)
		}
	}
	var out bytes.Buffer
	if err := WriteTold(&out, all[:1]); err != nil || strings.Count(out.String(), "\n") != 5 || !strings.HasPrefix(out.String(), "what,indicator,of,year,hidden,n\n\"chart {") {
		t.Errorf("written is %s: %v", out.String(), err)
	}
	if all, err := w.Told(t.Context(), other); err != nil || len(all) != 1 {
		t.Errorf("of the other: %d, %v", len(all), err)
	}
}
