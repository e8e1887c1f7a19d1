package workspace

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"github.com/google/go-cmp/cmp"
)

// place is one cooperative with one interview.
type place struct {
	name, country, size string
	turnover, year      int
	state               record.Operation
}

// interviews saves cooperatives with an interview each, not public, so that disclosure control applies.
func interviews(t *testing.T, w *Workspace, places ...place) []record.ID {
	t.Helper()
	var changes []store.Change
	var ids []record.ID
	text := func(s string) record.Answer { return record.Answer{Value: record.Text(s)} }
	number := func(n int) record.Answer { return record.Answer{Value: record.Number(record.NewDecimal(int64(n), 0))} }
	for _, p := range places {
		subject, interview := record.RegisterID("test", "cooperative", p.name), record.RegisterID("test", "mapping", p.name, fmt.Sprint(p.year))
		if known, err := w.Store.Has(t.Context(), subject); err != nil || !known {
			changes = append(changes, store.Change{Record: subject, Kind: "cooperative", Set: map[record.Path]record.Answer{conceptPath(t, w, "cooperative", "country"): text(p.country)}})
		}
		set := map[record.Path]record.Answer{}
		for concept, a := range map[string]record.Answer{
			"subject": text(subject.String()), "year": number(p.year), "country": text(p.country), "status": text("active"), "turnover": number(p.turnover),
			"currency": text("EUR"), "persons_working": number(map[string]int{"": 5, "0-9": 5, "10-49": 20}[p.size]),
		} {
			set[conceptPath(t, w, "mapping", concept)] = a
		}
		if p.state == "" {
			p.state = record.Validate
		}
		changes, ids = append(changes, store.Change{Record: interview, Kind: "mapping", Operation: p.state, Set: set}), append(ids, interview)
	}
	if _, err := w.Store.SaveAll(t.Context(), w.Identity, slices.Values(changes), nil); err != nil {
		t.Fatal(err)
	}
	return ids
}

func conceptPath(t *testing.T, w *Workspace, kind, concept string) record.Path {
	t.Helper()
	f, _ := w.Form(kind)
	q, ok := f.ByConcept(concept)
	if !ok {
		t.Fatalf("%s has no concept %s", kind, concept)
	}
	return record.Path(q.Path)
}

// many gives n cooperatives of a country and size with the same turnover each.
func many(n int, country, size string, turnover int) []place {
	var out []place
	for i := range n {
		out = append(out, place{name: fmt.Sprint(country, size, turnover, i), country: country, size: size, turnover: turnover, year: 2024})
	}
	return out
}

func release(t *testing.T, w *Workspace, job ReleaseJob) Release {
	t.Helper()
	r, err := w.MakeRelease(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func figures(t *testing.T, w *Workspace, of FiguresOf) *Figures {
	t.Helper()
	f, err := w.Figures(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func compute(t *testing.T, f *Figures, q indicator.Query) *indicator.Result {
	t.Helper()
	r, err := f.Compute(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAReleaseSaysWhatItHolds(t *testing.T) {
	w := sessions(t)
	if _, err := w.Release(t.Context(), Latest); !errors.Is(err, ErrRelease) {
		t.Errorf("no release: %v", err)
	}
	if _, err := w.MakeRelease(t.Context(), ReleaseJob{Title: "Empty"}); !errors.Is(err, ErrRelease) {
		t.Errorf("nothing to release: %v", err)
	}
	interviews(t, w, append(many(8, "IT", "", 100), place{name: "open", country: "IT", year: 2024, state: record.Submit, turnover: 5},
		place{name: "late", country: "FR", year: 2025, turnover: 5})...)
	if _, err := w.MakeRelease(t.Context(), ReleaseJob{Title: "R"}); !errors.Is(err, ErrSubmitted) || !strings.Contains(err.Error(), "1 of 10") {
		t.Errorf("with a submitted record: %v", err)
	}
	if r := release(t, w, ReleaseJob{Title: "Only 2025", From: 2025}); !strings.Contains(r.Holds, "1 validated; 1 cooperatives; years 2025-2025") {
		t.Errorf("years without a submitted record: %s", r.Holds)
	}
	job := ReleaseJob{Title: " With all ", Submitted: CountSubmitted, Program: "test 1", To: 2024, Note: "n",
		About: indicator.About{Contact: "c", Frame: "f", ReleasePolicy: "p", Coherence: "h", Revision: "r"}}
	if _, _, err := importRates(t, w, "2026-03-01", someRates); err != nil {
		t.Fatal(err)
	}
	made := release(t, w, job)
	if made.Rates != "2026-03-01" || made.Title != "With all" || !made.Submitted || made.Locked != "2026-11-22" {
		t.Errorf("%+v", made)
	}
	for _, name := range []string{Latest, "with ALL", made.Frame[:6], made.Record.String()} {
		found, err := w.Release(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(made, found); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, err := w.MakeRelease(t.Context(), job); !errors.Is(err, ErrRelease) {
		t.Errorf("the title again: %v", err)
	}
	for _, name := range []string{"", "zz", "ffffffffffff", "no such title"} {
		if _, err := w.Release(t.Context(), name); !errors.Is(err, ErrRelease) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := w.Revise(t.Context(), made.Record, record.Edit, map[string]string{"title": "Other"}, ""); !errors.Is(err, ErrStage) {
		t.Errorf("a release was changed: %v", err)
	}
}

func TestAReleaseAnswersAsItDid(t *testing.T) {
	w := sessions(t)
	ids := interviews(t, w, append(many(8, "IT", "", 100), place{name: "open", country: "IT", year: 2024, state: record.Submit, turnover: 5})...)
	r := release(t, w, ReleaseJob{Title: "R", Submitted: LeaveSubmitted})
	q := indicator.Query{Indicator: "I13", Disclosure: true}
	before := compute(t, figures(t, w, FiguresOf{Release: "R"}), q)
	if len(before.Points) != 1 || before.Points[0].Value.String() != "800" && before.Points[0].Value.String() != "800.00" || before.Frame != r.Frame {
		t.Fatalf("%+v", before.Points)
	}
	interviews(t, w, many(3, "IT", "", 7)...)
	for _, id := range ids {
		if _, err := w.Revise(t.Context(), id, record.Edit, map[string]string{"turnover": "1"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	if now := compute(t, figures(t, w, FiguresOf{}), q); now.Points[0].N == before.Points[0].N {
		t.Errorf("the present frame: %+v", now.Points)
	}
	files := filepath.Join(w.Dir, "releases", "*.frame")
	for _, change := range []func(path string) error{func(string) error { return nil }, os.Remove, func(path string) error { return os.WriteFile(path, nil, 0o600) }} {
		paths, err := filepath.Glob(files)
		if err != nil || len(paths) != 1 {
			t.Fatal(paths, err)
		}
		if err := change(paths[0]); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, compute(t, figures(t, w, FiguresOf{Release: Latest}), q), cmp.AllowUnexported(indicator.Change{}, indicator.Int128{})); diff != "" {
			t.Error(diff)
		}
	}
	check, err := w.CheckRelease(t.Context(), r, nil)
	if err != nil || !check.Same || check.Revisions != r.Revisions || !check.RatesSame || check.Erased != 0 {
		t.Errorf("%+v, %v", check, err)
	}
	if _, err := figures(t, w, FiguresOf{Release: Latest}).Compute(t.Context(), indicator.Query{Indicator: "I13"}); !errors.Is(err, ErrInternal) {
		t.Errorf("confidential figures of a release: %v", err)
	}
	if _, err := figures(t, w, FiguresOf{Release: Latest}).Rates(t.Context(), ""); !errors.Is(err, ErrRates) {
		t.Errorf("rates of a release without: %v", err)
	}
	r.Frame = strings.Repeat("0", 64)
	if check, err := w.CheckRelease(t.Context(), r, nil); err != nil || check.Same {
		t.Errorf("another frame: %+v, %v", check, err)
	}
}

// The rates of a release are those it was made with, though newer ones have come in.
func TestAReleaseKeepsItsRates(t *testing.T) {
	w := sessions(t)
	interviews(t, w, many(8, "IT", "", 100)...)
	if _, _, err := importRates(t, w, "2025-03-01", someRates); err != nil {
		t.Fatal(err)
	}
	r := release(t, w, ReleaseJob{Title: "R"})
	if _, _, err := importRates(t, w, "2026-03-01", someRates); err != nil {
		t.Fatal(err)
	}
	f := figures(t, w, FiguresOf{Release: "R"})
	for asked, want := range map[string]string{"": "2025-03-01", "2026-03-01": "2026-03-01"} {
		if rates, err := f.Rates(t.Context(), asked); err != nil || rates.Vintage != want {
			t.Errorf("%q: %+v, %v", asked, rates, err)
		}
	}
	table := record.RegisterID("coopatlas", "rates", "2025-03-01")
	if _, err := w.Revise(t.Context(), table, record.Edit, map[string]string{"table": "kind,of,year,value\n"}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Rates(t.Context(), ""); !errors.Is(err, ErrRates) {
		t.Errorf("a changed table: %v", err)
	}
	if check, err := w.CheckRelease(t.Context(), r, nil); err != nil || check.RatesSame || !check.Same {
		t.Errorf("%+v, %v", check, err)
	}
}

// value gives the figure of a cell, and whether it is told.
func value(r *indicator.Result, keys ...string) (float64, bool) {
	for _, pt := range r.Points {
		if slices.Equal(pt.Keys[1:], keys) {
			return pt.Value.Float(), pt.Known && !pt.Hidden
		}
	}
	return 0, false
}

// What one brief hid cannot be had from the next one with another breakdown, nor from a later release: here Italy has
// too few, so France is hidden with it. Without the register the next release, in which Italy has enough, would tell
// France and Italy of the same year, and with the total of the first what was hidden there.
func TestWhatWasHiddenStaysHidden(t *testing.T) {
	w := sessions(t)
	interviews(t, w, slices.Concat(many(3, "IT", "0-9", 100), many(9, "FR", "0-9", 100), many(9, "PT", "0-9", 120), many(9, "ES", "10-49", 130))...)
	first := release(t, w, ReleaseJob{Title: "First"})
	byCountry := indicator.Query{Indicator: "I13", By: []string{"country"}, Disclosure: true, Totals: true}
	f := figures(t, w, FiguresOf{Release: "First", What: What("brief", byCountry)})
	one := compute(t, f, byCountry)
	hidden := map[string]bool{}
	for _, country := range []string{"IT", "FR", "PT", "ES"} {
		_, told := value(one, country)
		hidden[country] = !told
	}
	if !hidden["IT"] || len(slices.DeleteFunc([]string{"FR", "PT", "ES"}, func(c string) bool { return !hidden[c] })) == 0 {
		t.Fatalf("the first brief hides %v", hidden)
	}
	if err := errors.Join(f.Keep(t.Context()), f.Keep(t.Context())); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Store.Count(t.Context(), "released", nil); err != nil || n != 1 {
		t.Fatalf("%d records, %v", n, err)
	}

	// Another breakdown of the same release: what stands for a hidden country stays hidden in all its sums.
	cross := indicator.Query{Indicator: "I13", By: []string{"country", "size"}, Disclosure: true, Totals: true}
	two := compute(t, figures(t, w, FiguresOf{Release: "First", What: What("brief", cross)}), cross)
	for country := range hidden {
		if _, told := value(two, country, indicator.AllClasses); told && hidden[country] {
			t.Errorf("the total of %s is told by another breakdown", country)
		}
	}

	// A later release, in which Italy has enough to be told.
	interviews(t, w, many(9, "IT", "0-9", 90)...)
	release(t, w, ReleaseJob{Title: "Second"})
	later := compute(t, figures(t, w, FiguresOf{Release: "Second", What: "x"}), byCountry)
	alone, err := indicator.Compute(t.Context(), figures(t, w, FiguresOf{Release: "Second"}).Source, byCountry)
	if err != nil {
		t.Fatal(err)
	}
	for country, was := range hidden {
		_, told := value(later, country)
		if _, without := value(alone, country); was && (told || !without) {
			t.Errorf("%s: told %v with the register, %v without", country, told, without)
		}
	}

	// The first brief again: made with what was known then, and nothing is entered twice.
	again := figures(t, w, FiguresOf{Release: first.Title, What: What("brief", byCountry)})
	if diff := cmp.Diff(one, compute(t, again, byCountry), cmp.AllowUnexported(indicator.Change{}, indicator.Int128{})); diff != "" {
		t.Error(diff)
	}
	if err := again.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, _ := w.Store.Count(t.Context(), "released", nil); n != 1 {
		t.Errorf("%d records", n)
	}
	if r, err := w.Released(t.Context()); err != nil || len(r.Cells()) != 5 {
		t.Errorf("%+v, %v", r, err)
	}
}

// A figure told again with one more cooperative would tell of that one.
func TestFiguresThatDifferByAFewAreSaid(t *testing.T) {
	w := sessions(t)
	interviews(t, w, many(9, "IT", "", 100)...)
	release(t, w, ReleaseJob{Title: "First"})
	q := indicator.Query{Indicator: "I13", Disclosure: true}
	f := figures(t, w, FiguresOf{Release: "First", What: "a"})
	compute(t, f, q)
	if err := f.Keep(t.Context()); err != nil || len(f.Differing()) > 0 {
		t.Fatal(f.Differing(), err)
	}
	interviews(t, w, many(1, "IT", "", 70)...)
	later := figures(t, w, FiguresOf{})
	compute(t, later, q)
	if d := later.Differing(); len(d) != 1 || d[0].N != 9 || d[0].Year != 2024 {
		t.Errorf("%+v", d)
	}
	if err := later.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, _ := w.Store.Count(t.Context(), "released", nil); n != 1 {
		t.Errorf("unreleased figures were entered: %d records", n)
	}
}

func TestChainsAreReadAsTheyWereWritten(t *testing.T) {
	chains := []store.Chain{{Author: record.Key{1}, Last: record.Hash{2}, Commits: 3}, {Author: record.Key{4}, Last: record.Hash{5}, Commits: 1}}
	got, err := readChains(writeChains(chains))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(chains, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"x", "a b c", strings.Replace(writeChains(chains), " 3", " 0", 1), strings.Replace(writeChains(chains), "05", "zz", 1)} {
		if _, err := readChains(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	for _, bad := range []string{"I1,x,2024,maybe,1\n", "I1\n", "I1,x,never,true,1\n"} {
		if _, err := readCells(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
