package workspace

import (
	"errors"
	"slices"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// A figure is traced to its records; named are those that agreed to be, and inside headquarters all.
func TestTraceNamesWhoAgreed(t *testing.T) {
	w := sessions(t)
	places := slices.Concat(many(7, "IT", "", 100), many(2, "FR", "", 50), many(6, "PT", "", 60), many(9, "ES", "", 110))
	ids := interviews(t, w, places...)
	f, _ := w.Form("mapping")
	consent, ok := FindQuestion(f, "named_use")
	if !ok {
		t.Fatal("nobody is asked whether they may be named")
	}
	state, err := w.Store.State(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Store.Save(t.Context(), w.Identity, store.Change{Record: ids[0], Kind: "mapping", Parents: state.Heads, Operation: record.Validate,
		Set: map[record.Path]record.Answer{record.Path(consent.Path): {Value: record.List([]string{"case", "directory"})}}})
	if err != nil {
		t.Fatal(err)
	}
	release(t, w, ReleaseJob{Title: "R"})
	fig := figures(t, w, FiguresOf{Release: "R"})
	q := indicator.Query{Indicator: "I13", By: []string{"country"}, Disclosure: true}
	got, err := fig.Trace(t.Context(), q, map[string]string{"year": "2024", "country": "IT"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Records) != 7 {
		t.Fatalf("%+v", got.Records)
	}
	if _, named := got.Names[ids[0].String()]; len(got.Names) != 1 || !named {
		t.Errorf("named are %v", got.Names)
	}
	france := map[string]string{"year": "2024", "country": "FR"}
	if _, err := fig.Trace(t.Context(), q, france); !errors.Is(err, indicator.ErrConfidential) {
		t.Errorf("two cooperatives: %v", err)
	}
	q.Disclosure = false
	if got, err = fig.Trace(t.Context(), q, france); err != nil || len(got.Records) != 2 || len(got.Names) != 2 {
		t.Errorf("inside headquarters: %v, %v", got.Names, err)
	}
}
