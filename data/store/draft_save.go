package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"coopatlas/data/record"
)

// SaveDraft saves what a person changed in a draft, with the heads that it was opened on as parents, and removes the
// draft in the same transaction. Of c it takes Operation, Form, Note and Label. Answers that are as they were when the
// draft was opened are not written again; where nothing is left to save, the draft is removed and the error wraps
// ErrNothing.
func (s *Store) SaveDraft(ctx context.Context, by record.Identity, id DraftID, c Change) (record.Revision, error) {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return record.Revision{}, err
	}
	change, err := s.draftChange(ctx, d, c)
	if err != nil {
		return record.Revision{}, err
	}
	batch, err := s.seal(by, []Change{change})
	if errors.Is(err, ErrNothing) {
		return record.Revision{}, errors.Join(err, s.DropDraft(ctx, id))
	}
	if err != nil {
		return record.Revision{}, err
	}
	err = s.write(ctx, urgent, func(t *tx) error {
		now, err := readDraft(t, id)
		if err != nil {
			return err
		}
		if !now.Changed.Equal(d.Changed) || len(now.Answers) != len(d.Answers) {
			return fmt.Errorf("%w: draft %d was changed while it was saved; save it again", ErrChange, id)
		}
		if err := t.commit(by, batch); err != nil {
			return err
		}
		return t.dropDraft(id)
	})
	if err != nil {
		return record.Revision{}, fmt.Errorf("saving the draft of record %s: %w", d.Record, err)
	}
	return batch.revisions[0], nil
}

// draftChange says what a draft changes of the record as it was when the draft was opened.
func (s *Store) draftChange(ctx context.Context, d Draft, c Change) (Change, error) {
	before, err := s.stateAt(ctx, d.Record, d.Heads)
	if err != nil {
		return Change{}, err
	}
	out := Change{
		Record: d.Record, Kind: d.Kind, Form: c.Form, Parents: d.Heads, Operation: c.Operation, Note: c.Note, Label: c.Label,
		Add: d.Add, Remove: d.Remove, Set: map[record.Path]record.Answer{},
	}
	if out.Form == "" {
		out.Form = d.Form
	}
	for path, a := range d.Answers {
		field, had := before.Fields[path]
		if !had && a.Blank() || had && !field.Conflict && field.Answer.Equal(a) {
			continue
		}
		out.Set[path] = a
	}
	return out, nil
}

// stateAt returns the state that a record had at some heads.
func (s *Store) stateAt(ctx context.Context, id record.ID, heads []record.Parent) (record.State, error) {
	if len(heads) == 0 {
		return record.State{}, nil
	}
	var st record.State
	err := s.read(ctx, func(q querier) error {
		revisions, key, err := s.allOf(q, id)
		if err != nil {
			return err
		}
		st, err = s.opened(q, key, record.NewHistory(upTo(revisions, heads)))
		return err
	})
	return st, err
}

// upTo returns those of the revisions that are the heads or their ancestors.
func upTo(revisions []record.Revision, heads []record.Parent) []record.Revision {
	wanted := make(map[record.Hash]bool, len(revisions))
	for _, h := range heads {
		wanted[h.ID] = true
	}
	var out []record.Revision
	byDepth := slices.Clone(revisions)
	slices.SortFunc(byDepth, func(a, b record.Revision) int { return int(b.Depth) - int(a.Depth) })
	for _, r := range byDepth {
		if !wanted[r.ID] {
			continue
		}
		out = append(out, r)
		for _, parent := range r.Parents {
			wanted[parent] = true
		}
	}
	return out
}
