package workspace

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"github.com/google/go-cmp/cmp"
)

// declare keeps an indicator of the workspace's own, and gives its record.
func declare(t *testing.T, w *Workspace, answers map[string]string) record.ID {
	t.Helper()
	id := w.ids.next()
	if err := w.saveAnswers(t.Context(), id, indicatorKind, answers["code"], answers); err != nil {
		t.Fatal(err)
	}
	return id
}

var turnoverAPerson = map[string]string{"code": "U1", "name": "Turnover a person", "formula": "ratio", "of": "turnover", "over": "persons_working", "unit": "EUR"}

// A release answers with the indicators as they were declared when it was made: what was changed, removed or declared
// since changes none of its figures.
func TestAReleaseKeepsItsIndicators(t *testing.T) {
	w := sessions(t)
	interviews(t, w, many(8, "IT", "", 100)...)
	changed := declare(t, w, turnoverAPerson)
	removed := declare(t, w, map[string]string{"code": "U2", "name": "Turnover", "formula": "sum", "of": "turnover"})
	repaired := declare(t, w, map[string]string{"code": "U3", "name": "Half of it", "formula": "share", "of": "turnover"})
	r := release(t, w, ReleaseJob{Title: "R"})
	ask := func(code string) indicator.Query { return indicator.Query{Indicator: code, Disclosure: true} }
	before := figures(t, w, FiguresOf{Release: "R"})
	first, second := compute(t, before, ask("U1")), compute(t, before, ask("u2"))
	if got, _ := value(first); got != 20 {
		t.Fatalf("100 for 5 persons each is %v", got)
	}
	for id, to := range map[record.ID]map[record.Path]string{
		changed: {"name": "Persons for each turnover", "of": "persons_working", "over": "turnover"}, repaired: {"over": "turnover"},
	} {
		if err := w.change(t.Context(), id, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.remove(t.Context(), removed); err != nil {
		t.Fatal(err)
	}
	declare(t, w, map[string]string{"code": "U4", "name": "New", "formula": "sum", "of": "persons_working"})

	now := figures(t, w, FiguresOf{})
	if got, _ := value(compute(t, now, ask("U1"))); got != 0.05 {
		t.Errorf("the changed one is %v now", got)
	}
	if got, _ := value(compute(t, now, ask("U3"))); got != 100 {
		t.Errorf("the repaired one is %v now", got)
	}
	after := figures(t, w, FiguresOf{Release: r.Title})
	for code, want := range map[string]*indicator.Result{"U1": first, "U2": second} {
		if diff := cmp.Diff(want, compute(t, after, ask(code)), cmp.AllowUnexported(indicator.Indicator{}, indicator.Change{}, indicator.Int128{})); diff != "" {
			t.Errorf("%s of the release has changed: %s", code, diff)
		}
	}
	all, err := after.Indicators(t.Context())
	if err != nil || len(all) != 3 || all[0].Name["en"] != "Turnover a person" || all[0].Record != changed {
		t.Errorf("the release has %+v: %v", all, err)
	}
	if _, err := after.Compute(t.Context(), ask("U3")); !errors.Is(err, ErrIndicator) || !strings.Contains(err.Error(), "over: a share needs") {
		t.Errorf("repaired since: %v", err)
	}
	for code, want := range map[string]string{"U4": "there is no indicator", "U3": "over: a share needs", "": "there is no indicator"} {
		if _, err := after.Indicator(t.Context(), code); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if ind, err := after.Indicator(t.Context(), "i05"); err != nil || ind.Code != "I05" {
		t.Errorf("one of the catalogue: %+v, %v", ind, err)
	}
}

// An indicator of the workspace's own is traced to its records like one of the catalogue, of a release too.
func TestOwnIndicatorsAreTraced(t *testing.T) {
	w := sessions(t)
	ids := interviews(t, w, slices.Concat(many(8, "IT", "", 100), many(2, "FR", "", 50), many(6, "PT", "", 60), many(9, "ES", "", 110))...)
	declared := declare(t, w, turnoverAPerson)
	release(t, w, ReleaseJob{Title: "R"})
	if err := w.change(t.Context(), declared, map[record.Path]string{"of": "persons_working", "over": "turnover"}); err != nil {
		t.Fatal(err)
	}
	f := figures(t, w, FiguresOf{Release: "R"})
	q := indicator.Query{Indicator: "U1", By: []string{"country"}, Disclosure: true}
	got, err := f.Trace(t.Context(), q, map[string]string{"year": "2024", "country": "IT"})
	if err != nil || !got.Ratio || len(got.Records) != 8 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, e := range got.Records {
		if e.Value.Float() != 100 || e.Base.Float() != 5 || !slices.ContainsFunc(ids, func(id record.ID) bool { return id.String() == e.Record }) {
			t.Errorf("%+v", e)
		}
	}
	if _, err := f.Trace(t.Context(), q, map[string]string{"year": "2024", "country": "FR"}); !errors.Is(err, indicator.ErrConfidential) {
		t.Errorf("two cooperatives: %v", err)
	}
}

// The size of a cooperative by the wealth of its country is traced to the cooperatives that it is the median of.
func TestSizeByWealthIsTraced(t *testing.T) {
	w := sessions(t)
	interviews(t, w, slices.Concat(many(7, "IT", "", 100), many(3, "IT", "", 400), many(2, "FR", "", 50))...)
	answers := map[string]string{"country": "IT", "year": "2024", "measure": "gdp_per_capita", "currency": "EUR", "value": "50", "source": "S"}
	if err := w.saveAnswers(t.Context(), w.ids.next(), "context", "Italy", answers); err != nil {
		t.Fatal(err)
	}
	release(t, w, ReleaseJob{Title: "R"})
	q := indicator.Query{Indicator: "I31", By: []string{"country"}, Disclosure: true}
	for _, of := range []FiguresOf{{Release: "R"}, {}} {
		f := figures(t, w, of)
		if got, told := value(compute(t, f, q), "IT"); !told || got != 2 {
			t.Fatalf("the median is %v, told %v", got, told)
		}
		got, err := f.Trace(t.Context(), q, map[string]string{"year": "2024", "country": "IT"})
		if err != nil || len(got.Records) != 10 {
			t.Fatalf("%+v, %v", got, err)
		}
		most := slices.MaxFunc(got.Records, func(a, b indicator.Evidence) int { return int(a.Value.Float() - b.Value.Float()) })
		if most.Value.Float() != 8 {
			t.Errorf("the largest is %v times the product per head", most.Value)
		}
	}
}

// A release of chosen years holds those and none between them.
func TestAReleaseOfChosenYears(t *testing.T) {
	w := sessions(t)
	for _, year := range []int{2021, 2022, 2024} {
		places := many(8, "IT", "", 100)
		for i := range places {
			places[i].year, places[i].turnover = year, 100+year-2021
		}
		interviews(t, w, places...)
	}
	made := release(t, w, ReleaseJob{Title: "R", Years: []int{2021, 2024}})
	if !strings.Contains(made.Holds, "16 validated; 8 cooperatives; years 2021-2024") {
		t.Error(made.Holds)
	}
	found, err := w.Release(t.Context(), "R")
	if err != nil || !slices.Equal(found.Years, []int{2021, 2024}) {
		t.Fatalf("%+v, %v", found, err)
	}
	f := figures(t, w, FiguresOf{Release: "R"})
	years := func(q indicator.Query) (out []int) {
		q.Indicator, q.Disclosure = "I13", true
		for _, p := range compute(t, f, q).Points {
			out = append(out, p.Year)
		}
		return out
	}
	for _, c := range []struct {
		asked indicator.Span
		want  []int
	}{
		{indicator.Span{}, []int{2021, 2024}}, {indicator.Span{From: 2022}, []int{2024}}, {indicator.Span{Years: []int{2021, 2022}}, []int{2021}},
	} {
		if got := years(c.asked.Of(indicator.Query{})); !slices.Equal(got, c.want) {
			t.Errorf("%v gives %v, want %v", c.asked, got, c.want)
		}
	}
	if _, err := f.Compute(t.Context(), indicator.Query{Indicator: "I13", Disclosure: true, Years: []int{2022}}); !errors.Is(err, ErrRelease) || !strings.Contains(err.Error(), "2021,2024") {
		t.Errorf("a year that it does not hold: %v", err)
	}
}
