package store

import (
	"context"
	"database/sql"
	"fmt"

	"coopatlas/data/record"
)

// State returns the present state of a record, with the personal values and descriptions of files that this
// workspace may open. The error wraps ErrNotFound where there is no such record.
func (s *Store) State(ctx context.Context, id record.ID) (record.State, error) {
	var st record.State
	err := s.read(ctx, func(q querier) error {
		h, key, err := s.historyOf(q, id)
		if err != nil {
			return err
		}
		st, err = s.opened(q, key, h)
		return err
	})
	return st, err
}

// BareState returns the present state of a record without opening anything: fields of personal questions and files
// have a commitment and no value.
func (s *Store) BareState(ctx context.Context, id record.ID) (record.State, error) {
	h, err := s.History(ctx, id)
	if err != nil {
		return record.State{}, err
	}
	return h.State(), nil
}

// History returns every revision of a record in its order, and those that wait for a parent.
func (s *Store) History(ctx context.Context, id record.ID) (*record.History, error) {
	var h *record.History
	err := s.read(ctx, func(q querier) (err error) {
		h, _, err = s.historyOf(q, id)
		return err
	})
	return h, err
}

// Revisions returns every revision of a record that is at hand, in the order in which they arrived.
func (s *Store) Revisions(ctx context.Context, id record.ID) ([]record.Revision, error) {
	var revisions []record.Revision
	err := s.read(ctx, func(q querier) (err error) {
		revisions, _, err = s.allOf(q, id)
		return err
	})
	return revisions, err
}

// Has tells whether the workspace holds a record.
func (s *Store) Has(ctx context.Context, id record.ID) (bool, error) {
	found := false
	err := s.read(ctx, func(q querier) error {
		rec, err := findRecord(q, id)
		found = rec != nil && rec.kind != ""
		return err
	})
	return found, err
}

// Authors returns the names that authors gave themselves, by key.
func (s *Store) Authors(ctx context.Context) (map[record.Key]string, error) {
	names := map[record.Key]string{}
	err := s.read(ctx, func(q querier) error {
		return each(q, func(rows *sql.Rows) error {
			var id []byte
			var name string
			if err := rows.Scan(&id, &name); err != nil {
				return err
			}
			names[record.Key(id)] = name
			return nil
		}, "SELECT id, name FROM authors")
	})
	return names, err
}

func (s *Store) allOf(q querier, id record.ID) ([]record.Revision, int64, error) {
	rec, err := findRecord(q, id)
	if err != nil {
		return nil, 0, err
	}
	if rec == nil || rec.kind == "" {
		return nil, 0, fmt.Errorf("record %s: %w", id, ErrNotFound)
	}
	revisions, err := s.revisionsOf(q, rec.key)
	return revisions, rec.key, err
}

func (s *Store) historyOf(q querier, id record.ID) (*record.History, int64, error) {
	revisions, key, err := s.allOf(q, id)
	if err != nil {
		return nil, 0, err
	}
	return record.NewHistory(revisions), key, nil
}

// opened merges a history and puts the values of openings where there are commitments.
func (s *Store) opened(q querier, key int64, h *record.History) (record.State, error) {
	st := h.State()
	openings, err := openingsOf(q, key, st.Record)
	if err != nil || len(openings) == 0 {
		return st, err
	}
	byCommitment := make(map[record.Path][]record.Opening, len(openings))
	for _, o := range openings {
		byCommitment[o.Path] = append(byCommitment[o.Path], o.Opening)
	}
	for path, field := range st.Fields {
		field.Write = unseal(field.Write, byCommitment[path])
		st.Fields[path] = field
	}
	for _, c := range st.Conflicts {
		for i, w := range c.Writes {
			c.Writes[i] = unseal(w, byCommitment[c.Path])
		}
	}
	return st, nil
}

// unseal puts the value into a write whose commitment one of the openings fits.
func unseal(w record.Write, openings []record.Opening) record.Write {
	if w.Commitment == nil {
		return w
	}
	for _, o := range openings {
		if v, err := o.Open(*w.Commitment); err == nil {
			w.Value = v
			return w
		}
	}
	return w
}

// openingsOf reads the openings of a record.
func openingsOf(q querier, key int64, id record.ID) ([]opening, error) {
	var out []opening
	err := each(q, func(rows *sql.Rows) error {
		var revision, salt []byte
		o := opening{Opening: record.Opening{Record: id}}
		if err := rows.Scan(&revision, &o.Path, &salt, &o.Value, &o.file); err != nil {
			return err
		}
		copy(o.Revision[:], revision)
		copy(o.Salt[:], salt)
		out = append(out, o)
		return nil
	}, "SELECT revision, path, salt, value, file FROM openings WHERE record = ?", key)
	return out, err
}
