package crowd

import (
	"context"
	"testing"

	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

func TestCrowd(t *testing.T) {
	dir := Folder(t, 500)
	w, err := workspace.Open(dir, Config())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx := context.Background()
	for kind, want := range map[string]int{"mapping": 500, "cooperative": 100, "wave": years, "person": interviewers} {
		if n, err := w.Store.Count(ctx, kind, nil); n != want || err != nil {
			t.Errorf("%d records of %s, want %d, %v", n, kind, want, err)
		}
	}
	states := map[string]bool{}
	rows, err := w.Store.List(ctx, "mapping", store.Query{Columns: []string{"administration/year"}})
	for _, row := range rows {
		states[string(row.Lifecycle)] = true
	}
	if len(states) != 5 || err != nil {
		t.Errorf("states %v, %v", states, err)
	}
	if hits, err := w.Store.Search(ctx, "coop", 0); len(hits) == 0 || err != nil {
		t.Error(hits, err)
	}
	report, err := w.Store.Verify(ctx, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("%q, %v", report.Problems, err)
	}
}
