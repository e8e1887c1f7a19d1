package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrVersion is wrapped where a record has no such version here.
var ErrVersion = errors.New("the record has no such version here")

// Version returns a record as one of its revisions left it: merged from that revision and those it was made on, with
// the personal values that this workspace may open.
func (w *Workspace) Version(ctx context.Context, id record.ID, at record.Hash) (record.State, error) {
	history, err := w.Store.History(ctx, id)
	if err != nil {
		return record.State{}, err
	}
	state, err := versionOf(history, at)
	if err != nil {
		return state, err
	}
	openings, err := w.Store.Openings(ctx, id)
	if err != nil {
		return state, err
	}
	for path, field := range state.Fields {
		for _, o := range openings {
			if field.Commitment == nil || o.Path != path {
				continue
			}
			if value, err := o.Open(*field.Commitment); err == nil {
				field.Value = value
			}
		}
		state.Fields[path] = field
	}
	return state, nil
}

// versionOf merges a revision with its ancestors. History gives each revision after its ancestors.
func versionOf(history *record.History, at record.Hash) (record.State, error) {
	wanted := map[record.Hash]bool{at: true}
	var of []record.Revision
	for _, r := range slices.Backward(history.Revisions) {
		if !wanted[r.ID] {
			continue
		}
		of = append(of, r)
		for _, parent := range r.Parents {
			wanted[parent] = true
		}
	}
	if len(of) == 0 || of[0].ID != at {
		return record.State{}, fmt.Errorf("%w: %.10s", ErrVersion, at)
	}
	return record.Merge(of), nil
}

// Differences returns the paths of the answers in which two states of a record differ, in order. A blank answer is no
// answer.
func Differences(a, b record.State) []record.Path {
	paths := map[record.Path]bool{}
	for path, field := range a.Fields {
		if other := b.Fields[path]; !field.Answer.Equal(other.Answer) {
			paths[path] = true
		}
	}
	for path, field := range b.Fields {
		if _, known := a.Fields[path]; !known && !field.Blank() {
			paths[path] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// RestoreVersion gives a record the answers and rows that it had at a version, in a new revision on its present heads,
// which can be taken back in the same way. Where the record stands in its lifecycle stays. The error wraps ErrStage where
// the record is locked or deleted, ErrVersion, or store.ErrNothing where nothing differs.
func (w *Workspace) RestoreVersion(ctx context.Context, id record.ID, at record.Hash, note string) (record.Revision, error) {
	now, err := w.changeable(ctx, id)
	if err != nil {
		return record.Revision{}, err
	}
	then, err := w.Version(ctx, id, at)
	if err != nil {
		return record.Revision{}, err
	}
	change := store.Change{Record: id, Kind: now.Kind, Form: now.Form, Parents: now.Heads, Note: note, Set: map[record.Path]record.Answer{}}
	change.Add, change.Remove = rowsBeyond(then, now), rowsBeyond(now, then)
	for _, path := range Differences(now, then) {
		if !slices.ContainsFunc(change.Remove, path.Within) {
			change.Set[path] = then.Fields[path].Answer
		}
	}
	if len(change.Set)+len(change.Add)+len(change.Remove) == 0 {
		return record.Revision{}, store.ErrNothing
	}
	return w.Store.Save(ctx, w.Identity, change)
}

// changeable is the state of a record that may be changed.
func (w *Workspace) changeable(ctx context.Context, id record.ID) (record.State, error) {
	now, err := w.Store.State(ctx, id)
	if err == nil && (now.Lifecycle == record.Locked || now.Lifecycle == record.Deleted) {
		err = fmt.Errorf("%w: it is %s", ErrStage, now.Lifecycle)
	}
	return now, err
}

// rowsBeyond are the rows that one state has and the other has not.
func rowsBeyond(a, b record.State) []record.Path {
	var out []record.Path
	for repeat, rows := range a.Rows {
		for _, row := range rows {
			if !slices.Contains(b.Rows[repeat], row) {
				out = append(out, repeat.Row(row))
			}
		}
	}
	slices.Sort(out)
	return out
}

// Decide ends a conflict of a record. Of different answers, and of different records that it is said to be a duplicate
// of, keep is the place among Conflict.Writes or Conflict.Revisions of what stays; of a row or record that one removed
// and another changed, 0 keeps it and 1 removes it.
func (w *Workspace) Decide(ctx context.Context, id record.ID, c record.Conflict, keep int) (record.Revision, error) {
	now, err := w.Store.State(ctx, id)
	if err != nil {
		return record.Revision{}, err
	}
	change := store.Change{Record: id, Kind: now.Kind, Form: now.Form, Parents: now.Heads}
	switch {
	case c.Kind == record.FieldConflict && keep < len(c.Writes):
		change.Set = map[record.Path]record.Answer{c.Path: c.Writes[keep].Answer}
	case c.Kind == record.RowConflict && keep == 0:
		change.Add = []record.Path{c.Path}
	case c.Kind == record.RowConflict:
		change.Remove = []record.Path{c.Path}
	case c.Kind == record.RecordConflict && keep == 0:
		change.Operation = record.Restore
	case c.Kind == record.RecordConflict:
		change.Operation = record.Delete
	default:
		return w.decideAlias(ctx, change, c, keep)
	}
	return w.Store.Save(ctx, w.Identity, change)
}

func (w *Workspace) decideAlias(ctx context.Context, change store.Change, c record.Conflict, keep int) (record.Revision, error) {
	history, err := w.Store.History(ctx, change.Record)
	if err != nil {
		return record.Revision{}, err
	}
	for _, r := range history.Revisions {
		if keep < len(c.Revisions) && r.ID == c.Revisions[keep] {
			change.Operation, change.Alias = record.Alias, r.Changes.Alias
			return w.Store.Save(ctx, w.Identity, change)
		}
	}
	return record.Revision{}, fmt.Errorf("%w: there is nothing to keep", ErrVersion)
}
