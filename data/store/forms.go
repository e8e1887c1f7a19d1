package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// layOut reads the questionnaires, brings the derived tables up to what they say, and derives again the kinds whose
// questionnaire has changed. Whoever reads meanwhile sees the kinds as they were before, or as they are after.
func (s *Store) layOut(ctx context.Context) error {
	s.forming.Lock()
	defer s.forming.Unlock()
	forms, err := s.readForms(ctx)
	if err != nil {
		return err
	}
	kinds := readKinds(s.cfg, forms)
	var stale []string
	err = s.transact(ctx, urgent, func(t *tx) error {
		for _, statement := range []string{versionTable, s.formIndex()} {
			if err := t.exec(statement); err != nil {
				return err
			}
		}
		for _, name := range kindNames(kinds) {
			changed, err := t.layOutKind(kinds[name])
			if err != nil {
				return fmt.Errorf("laying out the tables of %s: %w", name, err)
			}
			if changed {
				stale = append(stale, name)
			}
		}
		t.after = append(t.after, func() { s.arranged.Store(&kinds) })
		return nil
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return s.deriveKinds(ctx, stale)
}

// readForms returns the questionnaires there are: those that were given, and those that records hold.
func (s *Store) readForms(ctx context.Context) ([]*form.Form, error) {
	if s.cfg.ReadForms == nil {
		return s.cfg.Forms, nil
	}
	var states []record.State
	err := s.read(ctx, func(q querier) error {
		recs, err := readRecords(q, "SELECT key, id, kind, coalesce(row, -1) FROM records WHERE "+s.holdingForm()+" ORDER BY id")
		if err != nil {
			return err
		}
		for _, rec := range recs {
			revisions, err := s.revisionsOf(q, rec.key)
			if err != nil {
				return err
			}
			states = append(states, record.Merge(revisions))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the questionnaires that the workspace holds: %w", err)
	}
	return s.cfg.ReadForms(states), nil
}

// holdingForm is the condition for records that hold a questionnaire, written out so that SQLite sees that formIndex has
// them all: opening a workspace must not go through every record.
func (s *Store) holdingForm() string {
	return "kind = '" + strings.ReplaceAll(s.cfg.FormKind, "'", "''") + "'"
}

func (s *Store) formIndex() string {
	return "CREATE INDEX IF NOT EXISTS records_of_forms ON records (id) WHERE " + s.holdingForm()
}

// holdsForm tells whether the transaction has touched a record that holds a questionnaire.
func (t *tx) holdsForm() bool {
	if t.cfg.ReadForms == nil {
		return false
	}
	for _, rec := range t.order {
		if rec.kind == t.cfg.FormKind {
			return true
		}
	}
	return false
}

// versionTable says under which version of its questionnaire each record was last saved, of kinds that have several.
const versionTable = `CREATE TABLE IF NOT EXISTS record_versions (
	kind TEXT NOT NULL, row INTEGER NOT NULL, version TEXT NOT NULL, PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID`

// noteVersion writes down the version of a record, where its kind has several.
func (t *tx) noteVersion(k *kind, row int64, version string) error {
	if len(k.forms) < 2 {
		return nil
	}
	return t.exec("INSERT OR REPLACE INTO record_versions (kind, row, version) VALUES (?, ?, ?)", k.name, row, version)
}

// Versions counts the records of a kind, those that are deleted left out, by the version of the questionnaire under
// which each was last saved. Of a kind with one version all records are of that one.
func (s *Store) Versions(ctx context.Context, kind string) (map[string]int, error) {
	k, err := s.kind(kind)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	err = s.read(ctx, func(q querier) error {
		return each(q, func(rows *sql.Rows) error {
			var version string
			var n int
			err := rows.Scan(&version, &n)
			counts[version] = n
			return err
		}, fmt.Sprintf(`SELECT coalesce(v.version, ?) AS of, count(*) FROM %s m LEFT JOIN record_versions v ON v.kind = ? AND v.row = m.row
			WHERE m.state <> ? GROUP BY of`, k.tables[0].name), k.newest().Version, kind, string(record.Deleted))
	})
	return counts, err
}

// VersionYears counts the records of a kind by a whole number, such as the reference year, that is the answer to a
// question outside repeats, and by the version of the questionnaire under which each was last saved.
func (s *Store) VersionYears(ctx context.Context, kind, path string) (map[int]map[string]int, error) {
	k, err := s.kind(kind)
	if err != nil {
		return nil, err
	}
	table, c := k.column(path)
	if c == nil || table.repeat != "" || c.kept != asNumber || c.scale > 0 {
		return nil, fmt.Errorf("%w: %s has no question %q with whole numbers", ErrChange, kind, path)
	}
	counts := map[int]map[string]int{}
	err = s.read(ctx, func(q querier) error {
		return each(q, func(rows *sql.Rows) error {
			var version string
			var year, n int
			if err := rows.Scan(&year, &version, &n); err != nil {
				return err
			}
			if counts[year] == nil {
				counts[year] = map[string]int{}
			}
			counts[year][version] = n
			return nil
		}, fmt.Sprintf(`SELECT q.%s AS year, coalesce(v.version, ?) AS of, count(*) FROM %s m JOIN %s q ON q.row = m.row
			LEFT JOIN record_versions v ON v.kind = ? AND v.row = m.row WHERE m.state <> ? AND year IS NOT NULL GROUP BY year, of`,
			c.name, k.tables[0].name, table.name), k.newest().Version, kind, string(record.Deleted))
	})
	return counts, err
}
