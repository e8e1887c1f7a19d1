package store

import (
	"context"
	"database/sql"
	"fmt"

	"coopatlas/data/record"
)

// StatesAt returns the records of a kind as the log gave them when chains were its ends, those that were deleted then left
// out, in the order of their entry. Nothing is opened: fields of personal questions and files have a commitment and no
// value. The error wraps ErrCut where the log does not hold what the chains name, and ErrKind for an unknown kind.
func (s *Store) StatesAt(ctx context.Context, kind string, chains []Chain) ([]record.State, error) {
	rows, err := s.List(ctx, kind, Query{Columns: []string{}, Deleted: true})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	within, err := s.Within(ctx, chains)
	if err != nil {
		return nil, err
	}
	var out []record.State
	err = s.read(ctx, func(q querier) error {
		for _, row := range rows {
			revisions, err := s.revisionsWithin(q, row.Record, within)
			if err != nil {
				return err
			}
			if len(revisions) == 0 {
				continue // it came after
			}
			if st := record.NewHistory(revisions).State(); st.Lifecycle != record.Deleted {
				out = append(out, st)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the records of the kind %s as they were: %w", kind, err)
	}
	return out, nil
}

// revisionsWithin reads those revisions of a record that some commits hold.
func (s *Store) revisionsWithin(q querier, id record.ID, within map[record.Hash]bool) ([]record.Revision, error) {
	rec, err := findRecord(q, id)
	if err != nil || rec == nil {
		return nil, err
	}
	var places []position
	err = each(q, func(rows *sql.Rows) error {
		var commit []byte
		var p position
		if err := rows.Scan(&commit, &p.seq, &p.pos); err != nil {
			return err
		}
		if within[record.Hash(commit)] {
			places = append(places, p)
		}
		return nil
	}, "SELECT c.id, r.seq, r.pos FROM revisions r JOIN commits c ON c.seq = r.seq WHERE r.record = ? ORDER BY r.seq, r.pos", rec.key)
	if err != nil {
		return nil, err
	}
	return s.revisionsAt(q, places)
}
