package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"coopatlas/data/record"
)

// DraftID names a draft in this workspace.
type DraftID int64

// Draft is what a person has typed and not yet saved. It remembers the heads it was opened on, and where the person
// was.
type Draft struct {
	ID         DraftID
	Record     record.ID
	Kind, Form string
	Heads      []record.Parent // empty for a new record
	Answers    map[record.Path]record.Answer
	Add        []record.Path // rows
	Remove     []record.Path
	Cursor     string
	Opened     time.Time
	Changed    time.Time
}

// DraftOf says what a draft is opened on: a record with the heads that the person sees, or a new record where Record
// is zero. Without heads a record's present ones are taken. Form is the version that is answered; empty: the newest.
type DraftOf struct {
	Record     record.ID
	Kind, Form string
	Heads      []record.Parent
}

// DraftChange is one step of typing, kept as one transaction.
type DraftChange struct {
	Set    map[record.Path]record.Answer
	Forget []record.Path // answers taken back, so that those of the record stand again
	Add    []record.Path // rows of repeats
	Remove []record.Path // rows of repeats, with what was typed in them
	Cursor *string       // where the person is now; nil: where they were
}

// OpenDraft returns the draft there is of a record, or makes one.
func (s *Store) OpenDraft(ctx context.Context, of DraftOf) (Draft, error) {
	k, err := s.kind(of.Kind)
	if err != nil {
		return Draft{}, err
	}
	if of.Form == "" {
		of.Form = k.newest().Version
	}
	switch {
	case of.Record.IsZero():
		of.Record, err = s.newID()
	case len(of.Heads) == 0:
		of.Heads, err = s.headsOf(ctx, of.Record)
	}
	if err != nil {
		return Draft{}, err
	}
	var d Draft
	err = s.write(ctx, urgent, func(t *tx) error {
		now := s.cfg.Now().UnixMilli()
		err := t.exec("INSERT OR IGNORE INTO drafts (record, kind, form, heads, opened, changed) VALUES (?, ?, ?, ?, ?, ?)",
			of.Record[:], of.Kind, of.Form, joinHeads(of.Heads), now, now)
		if err != nil {
			return err
		}
		var id DraftID
		if err := t.row("SELECT key FROM drafts WHERE record = ?", of.Record[:]).Scan(&id); err != nil {
			return err
		}
		d, err = readDraft(t, id)
		return err
	})
	return d, err
}

// headsOf returns the present heads of a record, none where it is not here.
func (s *Store) headsOf(ctx context.Context, id record.ID) ([]record.Parent, error) {
	h, err := s.History(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return h.Heads(), nil
}

// Draft returns a draft as it stands. The error wraps ErrDraft where there is none.
func (s *Store) Draft(ctx context.Context, id DraftID) (Draft, error) {
	var d Draft
	err := s.read(ctx, func(q querier) (err error) {
		d, err = readDraft(q, id)
		return err
	})
	return d, err
}

// Drafts returns every draft, the one changed last first.
func (s *Store) Drafts(ctx context.Context) ([]Draft, error) {
	var drafts []Draft
	err := s.read(ctx, func(q querier) error {
		var ids []DraftID
		err := each(q, func(rows *sql.Rows) error {
			var id DraftID
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, "SELECT key FROM drafts ORDER BY changed DESC, key DESC")
		for _, id := range ids {
			d, readErr := readDraft(q, id)
			err = errors.Join(err, readErr)
			drafts = append(drafts, d)
		}
		return err
	})
	return drafts, err
}

// SetDraft keeps one answer; it is on disk when the method returns.
func (s *Store) SetDraft(ctx context.Context, id DraftID, path record.Path, a record.Answer) error {
	return s.UpdateDraft(ctx, id, DraftChange{Set: map[record.Path]record.Answer{path: a}})
}

// AddDraftRow adds a row of a repeat to a draft, such as "votes[0190…]".
func (s *Store) AddDraftRow(ctx context.Context, id DraftID, row record.Path) error {
	return s.UpdateDraft(ctx, id, DraftChange{Add: []record.Path{row}})
}

// RemoveDraftRow removes a row of a repeat in a draft.
func (s *Store) RemoveDraftRow(ctx context.Context, id DraftID, row record.Path) error {
	return s.UpdateDraft(ctx, id, DraftChange{Remove: []record.Path{row}})
}

// UpdateDraft keeps one step of typing; it is on disk when the method returns.
func (s *Store) UpdateDraft(ctx context.Context, id DraftID, c DraftChange) error {
	return s.write(ctx, urgent, func(t *tx) error { return t.updateDraft(id, c) })
}

func (t *tx) updateDraft(id DraftID, c DraftChange) error {
	var kind string
	err := t.row("UPDATE drafts SET changed = ?, cursor = coalesce(?, cursor) WHERE key = ? RETURNING kind",
		t.cfg.Now().UnixMilli(), c.Cursor, int64(id)).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("draft %d: %w", id, ErrDraft)
	}
	if err != nil {
		return err
	}
	k, err := t.kind(kind)
	if err != nil {
		return err
	}
	for path, a := range c.Set {
		if err := t.setDraft(k, id, path, a); err != nil {
			return err
		}
	}
	for _, path := range c.Forget {
		if err := t.exec("DELETE FROM draft_answers WHERE draft = ? AND path = ?", int64(id), string(path)); err != nil {
			return err
		}
	}
	for _, row := range c.Add {
		if err := t.exec("INSERT OR REPLACE INTO draft_rows (draft, path, removed) VALUES (?, ?, 0)", int64(id), string(row)); err != nil {
			return err
		}
	}
	for _, row := range c.Remove {
		if err := t.removeDraftRow(id, row); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) setDraft(k *kind, id DraftID, path record.Path, a record.Answer) error {
	q := k.questions[path.Question()]
	if q == nil {
		return fmt.Errorf("%w: the questionnaire %s has no question %q", ErrChange, k.name, path)
	}
	return t.exec("INSERT OR REPLACE INTO draft_answers (draft, path, value, status, quality, file) VALUES (?, ?, ?, ?, ?, ?)",
		int64(id), string(path), a.Value.Canonical(), int64(a.Status), int64(a.Quality), q.fileHash(a.Value))
}

// removeDraftRow forgets what was typed in a row, and remembers that it is to go unless the draft itself added it.
func (t *tx) removeDraftRow(id DraftID, row record.Path) error {
	if _, _, ok := row.SplitRow(); !ok {
		return fmt.Errorf("%w: %q is not a row", ErrChange, row)
	}
	for _, table := range []string{"draft_answers", "draft_rows"} {
		inside := "DELETE FROM " + table + " WHERE draft = ? AND path > ? AND path < ?"
		if err := t.exec(inside, int64(id), string(row)+"/", string(row)+"0"); err != nil {
			return err
		}
	}
	var added int
	if err := t.row("SELECT count(*) FROM draft_rows WHERE draft = ? AND path = ? AND removed = 0", int64(id), string(row)).Scan(&added); err != nil {
		return err
	}
	if added > 0 {
		return t.exec("DELETE FROM draft_rows WHERE draft = ? AND path = ?", int64(id), string(row))
	}
	return t.exec("INSERT OR REPLACE INTO draft_rows (draft, path, removed) VALUES (?, ?, 1)", int64(id), string(row))
}

// DropDraft throws a draft away.
func (s *Store) DropDraft(ctx context.Context, id DraftID) error {
	return s.write(ctx, urgent, func(t *tx) error { return t.dropDraft(id) })
}

func (t *tx) dropDraft(id DraftID) error {
	return t.exec("DELETE FROM drafts WHERE key = ?", int64(id))
}

func readDraft(q querier, id DraftID) (Draft, error) {
	d := Draft{ID: id, Answers: map[record.Path]record.Answer{}}
	var rec, heads []byte
	var opened, changed int64
	err := q.row("SELECT record, kind, form, heads, cursor, opened, changed FROM drafts WHERE key = ?", int64(id)).
		Scan(&rec, &d.Kind, &d.Form, &heads, &d.Cursor, &opened, &changed)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("draft %d: %w", id, ErrDraft)
	}
	if err != nil {
		return d, err
	}
	copy(d.Record[:], rec)
	d.Heads = splitHeads(heads)
	d.Opened, d.Changed = time.UnixMilli(opened).UTC(), time.UnixMilli(changed).UTC()
	return d, errors.Join(d.readAnswers(q), d.readRows(q))
}

func (d *Draft) readAnswers(q querier) error {
	return each(q, func(rows *sql.Rows) error {
		var path string
		var value []byte
		var status, quality int64
		if err := rows.Scan(&path, &value, &status, &quality); err != nil {
			return err
		}
		v, err := record.DecodeValue(value)
		d.Answers[record.Path(path)] = record.Answer{Value: v, Status: record.Status(status), Quality: record.Quality(quality)}
		return err
	}, "SELECT path, value, status, quality FROM draft_answers WHERE draft = ?", int64(d.ID))
}

func (d *Draft) readRows(q querier) error {
	return each(q, func(rows *sql.Rows) error {
		var path string
		var removed bool
		if err := rows.Scan(&path, &removed); err != nil {
			return err
		}
		if removed {
			d.Remove = append(d.Remove, record.Path(path))
		} else {
			d.Add = append(d.Add, record.Path(path))
		}
		return nil
	}, "SELECT path, removed FROM draft_rows WHERE draft = ? ORDER BY path", int64(d.ID))
}
