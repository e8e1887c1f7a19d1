package workspace

import (
	"errors"
	"testing"

	"coopatlas/data/record"
	"coopatlas/data/store"
)

// revise changes answers of a record.
func revise(t *testing.T, w *Workspace, id record.ID, operation record.Operation, answers map[string]string) record.Revision {
	t.Helper()
	r, err := w.Revise(t.Context(), id, operation, answers, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestVersionsAreRestoredAndTakenBack(t *testing.T) {
	w := sessions(t)
	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva", "beginnings/founded=1998", "country=FR")
	history, err := w.Store.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	first := history.Revisions[0].ID
	second := revise(t, w, id, record.Edit, map[string]string{"beginnings/founded": "1999", "names/short_name": "TV", "country": "IT"})

	then, err := w.Version(t.Context(), id, first)
	if err != nil || then.Fields["beginnings/founded"].Value.String() != "1998" || len(then.Heads) != 1 {
		t.Fatalf("the first version is %v, %v", then.Fields, err)
	}
	now, err := w.Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got := Differences(then, now); len(got) != 3 || got[0] != "beginnings/founded" {
		t.Errorf("they differ in %v", got)
	}
	if _, err := w.RestoreVersion(t.Context(), id, first, "the register was right"); err != nil {
		t.Fatal(err)
	}
	restored, err := w.Store.State(t.Context(), id)
	if err != nil || len(Differences(then, restored)) != 0 || !restored.Fields["names/short_name"].Blank() {
		t.Errorf("after restoring: %v, %v", restored.Fields, err)
	}
	if _, err := w.RestoreVersion(t.Context(), id, first, ""); !errors.Is(err, store.ErrNothing) {
		t.Errorf("restoring again: %v", err)
	}
	if _, err := w.RestoreVersion(t.Context(), id, second.ID, ""); err != nil {
		t.Fatal(err)
	}
	back, err := w.Store.State(t.Context(), id)
	if err != nil || len(Differences(now, back)) != 0 {
		t.Errorf("taking it back leaves %v, %v", Differences(now, back), err)
	}
	if _, err := w.Version(t.Context(), id, record.Hash{1}); !errors.Is(err, ErrVersion) {
		t.Errorf("a version that there is none of: %v", err)
	}
	revise(t, w, id, record.Delete, nil)
	if _, err := w.RestoreVersion(t.Context(), id, first, ""); !errors.Is(err, ErrStage) {
		t.Errorf("of a deleted record: %v", err)
	}
}

func TestVersionsOfRowsAndPersonalAnswers(t *testing.T) {
	w := sessions(t)
	person := filled(t, w, "person", "names/family_name=Rossi", "names/given_name=Ada")
	history, err := w.Store.History(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	revise(t, w, person, record.Edit, map[string]string{"names/family_name": "Bianchi"})
	if _, err := w.RestoreVersion(t.Context(), person, history.Revisions[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	state, err := w.Store.State(t.Context(), person)
	if err != nil || state.Fields["names/family_name"].Value.String() != "Rossi" {
		t.Errorf("the family name is %v, %v", state.Fields["names/family_name"], err)
	}

	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva")
	row := record.Path("links").Row(person)
	change := store.Change{Record: id, Kind: "cooperative", Add: []record.Path{row}, Set: map[record.Path]record.Answer{row + "/link_kind": {Value: record.Text("took_over")}}}
	now, _ := w.Store.State(t.Context(), id)
	change.Parents = now.Heads
	with, err := w.Store.Save(t.Context(), w.Identity, change)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.RestoreVersion(t.Context(), id, now.Heads[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	if state, err = w.Store.State(t.Context(), id); err != nil || len(state.Rows["links"]) != 0 {
		t.Errorf("the row is still there: %v, %v", state.Rows, err)
	}
	if _, err := w.RestoreVersion(t.Context(), id, with.ID, ""); err != nil {
		t.Fatal(err)
	}
	if state, err = w.Store.State(t.Context(), id); err != nil || len(state.Rows["links"]) != 1 || state.Fields[row+"/link_kind"].Value.String() != "took_over" {
		t.Errorf("the row is not back: %v, %v", state.Rows, err)
	}
}

// disagree makes two people change a record on the same version.
func disagree(t *testing.T, w *Workspace, id record.ID, changes ...store.Change) record.Conflict {
	t.Helper()
	before, err := w.Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		c.Record, c.Kind, c.Parents = id, "cooperative", before.Heads
		if _, err := w.Store.Save(t.Context(), w.Identity, c); err != nil {
			t.Fatal(err)
		}
	}
	state, err := w.Store.State(t.Context(), id)
	if err != nil || len(state.Conflicts) != 1 {
		t.Fatalf("conflicts %v, %v", state.Conflicts, err)
	}
	return state.Conflicts[0]
}

func TestConflictsAreDecided(t *testing.T) {
	w := sessions(t)
	row := record.Path("links").Row(record.ID{7})
	answer := func(text string) map[record.Path]record.Answer {
		return map[record.Path]record.Answer{"names/short_name": {Value: record.Text(text)}}
	}
	for _, fact := range []struct {
		name    string
		changes []store.Change
		holds   func(s record.State, kept int) bool
	}{
		{"answers", []store.Change{{Set: answer("A")}, {Set: answer("B")}}, nil},
		{"rows", []store.Change{{Remove: []record.Path{row}}, {Set: map[record.Path]record.Answer{row + "/link_kind": {Value: record.Text("took_over")}}}},
			func(s record.State, kept int) bool { return len(s.Rows["links"]) == 1-kept }},
		{"records", []store.Change{{Operation: record.Delete}, {Set: answer("C")}},
			func(s record.State, kept int) bool { return (s.Lifecycle == record.Deleted) == (kept == 1) }},
		{"duplicates", []store.Change{{Operation: record.Alias, Alias: record.ID{1}}, {Operation: record.Alias, Alias: record.ID{2}}},
			func(s record.State, kept int) bool { return !s.Alias.IsZero() }},
	} {
		for keep := range 2 {
			id := filled(t, w, "cooperative", "names/legal_name=Terra Viva")
			now, _ := w.Store.State(t.Context(), id)
			if _, err := w.Store.Save(t.Context(), w.Identity, store.Change{Record: id, Kind: "cooperative", Parents: now.Heads, Add: []record.Path{row}}); err != nil {
				t.Fatal(err)
			}
			c := disagree(t, w, id, fact.changes...)
			if _, err := w.Decide(t.Context(), id, c, keep); err != nil {
				t.Fatalf("%s, keeping %d: %v", fact.name, keep, err)
			}
			state, err := w.Store.State(t.Context(), id)
			if err != nil || len(state.Conflicts) != 0 {
				t.Errorf("%s, keeping %d: conflicts %v, %v", fact.name, keep, state.Conflicts, err)
			}
			if fact.holds == nil {
				if !state.Fields[c.Path].Answer.Equal(c.Writes[keep].Answer) {
					t.Errorf("%s, keeping %d: %v", fact.name, keep, state.Fields[c.Path])
				}
			} else if !fact.holds(state, keep) {
				t.Errorf("%s, keeping %d: %+v", fact.name, keep, state)
			}
		}
	}
	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva")
	if _, err := w.Decide(t.Context(), id, record.Conflict{Kind: record.AliasConflict}, 0); err == nil {
		t.Error("nothing was decided, and nobody said so")
	}
}
