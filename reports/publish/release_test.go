package publish_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
)

// A brief and a chart of a release come out byte for byte the same, though newer revisions, another publisher's register
// and other briefs have come in between, and though the kept frame is gone.
func TestAReprintIsTheSame(t *testing.T) {
	w, press, say := bench(t)
	made, err := w.MakeRelease(t.Context(), workspace.ReleaseJob{Title: "Mapping 2025", Submitted: workspace.LeaveSubmitted, Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	print := func(release string) map[string][]byte {
		out := map[string][]byte{}
		doc, err := press.MakeBrief(t.Context(), w, publish.Brief{Template: "trend-bulletin", Release: release, Words: say})
		if err != nil {
			t.Fatal(err)
		}
		figures, err := w.Figures(t.Context(), workspace.FiguresOf{Release: release, What: "chart"})
		if err != nil {
			t.Fatal(err)
		}
		defer figures.Close()
		result, d, err := publish.TrendOf(t.Context(), w, figures, indicator.Query{Indicator: "I05", By: []string{"country"}, Disclosure: true}, say)
		if err != nil {
			t.Fatal(err)
		}
		if err := figures.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, write := range map[string]func(to string) error{
			"b.pdf": func(to string) error { return press.WriteBrief(doc, to) }, "b.html": func(to string) error { return press.WriteBrief(doc, to) },
			"c.svg": func(to string) error { return press.WriteChart(d, result.Newest, to) },
		} {
			to := filepath.Join(t.TempDir(), name)
			if err := write(to); err != nil {
				t.Fatal(err)
			}
			if out[name], err = os.ReadFile(to); err != nil {
				t.Fatal(err)
			}
		}
		return out
	}
	first := print("Mapping 2025")
	if !strings.Contains(string(first["b.html"]), "Release Mapping 2025, "+made.Name()) || !strings.Contains(string(first["c.svg"]), "Release Mapping 2025") {
		t.Error("the source line does not name the release")
	}

	rows, err := w.Store.List(t.Context(), "mapping", store.Query{Limit: 40})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if _, err := w.Revise(t.Context(), row.Record, record.Validate, map[string]string{"turnover": "123456"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Attributions["other"] = "Another register"
	if err := w.SetSettings(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if now := print(""); bytes.Equal(now["b.html"], first["b.html"]) || strings.Contains(string(now["b.html"]), "Release Mapping") {
		t.Error("the present data print the same")
	}
	if _, err := press.MakeBrief(t.Context(), w, publish.Brief{Template: "trend-bulletin", Release: "latest", Where: map[string][]string{"country": {"IT"}}, Words: say}); err != nil {
		t.Fatal(err)
	}
	for _, thawed := range []bool{false, true} {
		if thawed {
			if err := w.Store.Thaw(made.Frame); err != nil {
				t.Fatal(err)
			}
		}
		for name, data := range print("latest") {
			if !bytes.Equal(data, first[name]) {
				t.Errorf("%s differs (frame made again: %v)", name, thawed)
			}
		}
	}
}
