package store

import (
	"database/sql"
	"errors"

	"coopatlas/data/record"
)

// touched is a record that a transaction adds revisions to.
type touched struct {
	id    record.ID
	key   int64
	kind  string // empty where the record was only referred to so far
	row   int64  // its row in the tables of its kind; -1 for none
	fresh bool   // made by this transaction
	old   []record.Revision
	added []record.Revision
	label string // the caller's, for the last revision
}

func (r *touched) depths() map[record.Hash]uint32 {
	depths := make(map[record.Hash]uint32, len(r.old)+len(r.added))
	for _, revisions := range [][]record.Revision{r.old, r.added} {
		for _, rev := range revisions {
			depths[rev.ID] = rev.Depth
		}
	}
	return depths
}

// all returns every revision of the record that is at hand.
func (r *touched) all() []record.Revision {
	return append(r.old[:len(r.old):len(r.old)], r.added...)
}

// touch reads a record's row, or makes one, and its revisions.
func (t *tx) touch(id record.ID) (*touched, error) {
	if rec := t.touched[id]; rec != nil {
		return rec, nil
	}
	rec, err := t.find(id)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		rec = &touched{id: id, row: -1, fresh: true}
		if rec.key, err = t.insert("INSERT INTO records (id) VALUES (?)", id[:]); err != nil {
			return nil, err
		}
	} else if rec.old, err = t.revisionsOf(t, rec.key); err != nil {
		return nil, err
	}
	t.touched[id] = rec
	t.order = append(t.order, rec)
	return rec, nil
}

// find reads a record's row; nil where there is none.
func (t *tx) find(id record.ID) (*touched, error) { return findRecord(t, id) }

func findRecord(q querier, id record.ID) (*touched, error) {
	rec := &touched{id: id}
	err := q.row("SELECT key, coalesce(kind, ''), coalesce(row, -1) FROM records WHERE id = ?", id[:]).Scan(&rec.key, &rec.kind, &rec.row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return rec, err
}

// recordKey returns the key of a record, which is made where nothing but a reference is known of it.
func (t *tx) recordKey(id record.ID) (int64, error) {
	if rec := t.touched[id]; rec != nil {
		return rec.key, nil
	}
	rec, err := t.find(id)
	if err != nil || rec != nil {
		return rec.keyOr(0), err
	}
	return t.insert("INSERT INTO records (id) VALUES (?)", id[:])
}

func (r *touched) keyOr(none int64) int64 {
	if r == nil {
		return none
	}
	return r.key
}

// addRevision writes a revision's place in the log into the index of its record.
func (t *tx) addRevision(r record.Revision, at position, label string) error {
	rec, err := t.touch(r.Record)
	if err != nil {
		return err
	}
	rec.added = append(rec.added, r)
	rec.label = label
	return t.exec("INSERT INTO revisions (record, seq, pos, mark) VALUES (?, ?, ?, ?)", rec.key, at.seq, at.pos, mark(r.ID))
}
