package store

import (
	"errors"
	"slices"
	"testing"

	"coopatlas/data/record"
)

func TestDraftOfANewRecord(t *testing.T) {
	s := create(t, config())
	d, err := s.OpenDraft(background, DraftOf{Kind: "cooperative"})
	if err != nil || d.Record.IsZero() || d.Form != "1" {
		t.Fatal(d, err)
	}
	row := record.Path("links").Row(record.ID{15: 1})
	cursor := "country"
	for _, err := range []error{
		s.SetDraft(background, d.ID, "name", answer("A")),
		s.SetDraft(background, d.ID, "name", answer("B")),
		s.AddDraftRow(background, d.ID, row),
		s.SetDraft(background, d.ID, row+"/link_kind", answer("split")),
		s.UpdateDraft(background, d.ID, DraftChange{Set: answers("founded", record.Answer{Status: record.DontKnow, Quality: record.Estimated}), Cursor: &cursor}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	drafts, err := s.Drafts(background)
	if err != nil || len(drafts) != 1 {
		t.Fatal(drafts, err)
	}
	got := drafts[0]
	if got.Cursor != "country" || !got.Answers["name"].Equal(answer("B")) || got.Answers["founded"].Status != record.DontKnow || !slices.Equal(got.Add, []record.Path{row}) {
		t.Errorf("draft: %+v", got)
	}
	r, err := s.SaveDraft(background, identity(1), d.ID, Change{Operation: record.Submit})
	if err != nil || r.Record != d.Record || len(r.Changes.Set) != 3 {
		t.Fatal(r, err)
	}
	if _, err := s.Draft(background, d.ID); !errors.Is(err, ErrDraft) {
		t.Errorf("the draft is still there: %v", err)
	}
	st := state(t, s, d.Record)
	if st.Lifecycle != record.Submitted || len(st.Rows["links"]) != 1 {
		t.Errorf("state: %+v", st)
	}
	verified(t, s)
}

func TestDraftWritesOnlyWhatChanged(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "person", Set: answers("name", "Ana", "role", "chair", "contact/email", "a@example.org")}).Record
	d, err := s.OpenDraft(background, DraftOf{Record: id, Kind: "person", Heads: state(t, s, id).Heads})
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, Change{Record: id, Kind: "person", Parents: d.Heads, Set: answers("role", "treasurer")}) // meanwhile
	change := DraftChange{Set: answers("name", "Ana", "role", "chair", "contact/email", "ana@example.org", "photo", "")}
	if err := s.UpdateDraft(background, d.ID, change); err != nil {
		t.Fatal(err)
	}
	again, err := s.OpenDraft(background, DraftOf{Record: id, Kind: "person", Heads: state(t, s, id).Heads})
	if err != nil || again.ID != d.ID || again.Heads[0] != d.Heads[0] {
		t.Fatalf("a second draft of the record: %+v, %v", again, err)
	}
	r, err := s.SaveDraft(background, identity(2), d.ID, Change{})
	if err != nil {
		t.Fatal(err)
	}
	if paths := r.Changes.Paths(); !slices.Equal(paths, []record.Path{"contact/email"}) || r.Parents[0] != d.Heads[0].ID {
		t.Errorf("the draft wrote %q on %v", paths, r.Parents)
	}
	st := state(t, s, id)
	if len(st.Conflicts) != 0 || st.Fields["role"].Value.String() != "treasurer" || st.Fields["contact/email"].Value.String() != "ana@example.org" {
		t.Errorf("merged: %+v", st)
	}
}

func TestDraftWithoutAChange(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	d, err := s.OpenDraft(background, DraftOf{Record: id, Kind: "cooperative", Heads: state(t, s, id).Heads})
	if err == nil {
		err = s.SetDraft(background, d.ID, "name", answer("A"))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveDraft(background, identity(1), d.ID, Change{}); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
	if drafts, err := s.Drafts(background); len(drafts) != 0 || err != nil {
		t.Error(drafts, err)
	}
}

func TestDraftRows(t *testing.T) {
	s := create(t, config())
	old, fresh := record.Path("links").Row(record.ID{15: 1}), record.Path("links").Row(record.ID{15: 2})
	id := save(t, s, Change{Kind: "cooperative", Add: []record.Path{old}, Set: answers("name", "A", string(old)+"/link_kind", "split")}).Record
	d, err := s.OpenDraft(background, DraftOf{Record: id, Kind: "cooperative", Heads: state(t, s, id).Heads})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		s.AddDraftRow(background, d.ID, fresh),
		s.SetDraft(background, d.ID, fresh+"/link_kind", answer("merger")),
		s.SetDraft(background, d.ID, old+"/link_kind", answer("takeover")),
		s.RemoveDraftRow(background, d.ID, fresh),
		s.RemoveDraftRow(background, d.ID, old),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if d, err = s.Draft(background, d.ID); err != nil || len(d.Answers) != 0 || len(d.Add) != 0 || !slices.Equal(d.Remove, []record.Path{old}) {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := s.SaveDraft(background, identity(1), d.ID, Change{}); err != nil {
		t.Fatal(err)
	}
	if st := state(t, s, id); len(st.Rows["links"]) != 0 || len(st.Fields) != 1 {
		t.Errorf("state: %+v", st)
	}
	for name, err := range map[string]error{
		"no draft":    s.SetDraft(background, 99, "name", answer("A")),
		"no question": s.SetDraft(background, d.ID, "hair", answer("A")),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
