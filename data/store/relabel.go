package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Names of records may hold names of others: an interview is called after its cooperative. The hook that names a
// record sees what has been kept, so a record whose name reads one of the same transaction, or one that is renamed, is
// named once more when the transaction has been kept.

// relabelBatch is how many records are named again in one transaction, and relabelRounds how far a new name travels
// from record to record.
const (
	relabelBatch  = 200
	relabelRounds = 4
)

func nameExpression(f *form.Form) string {
	if f.InstanceName == nil {
		return ""
	}
	return f.InstanceName.String()
}

// names tells whether the name of the kind's records may read the record that a question refers to.
func (k *kind) names(q *question) bool {
	return slices.ContainsFunc(k.forms, func(f *form.Form) bool { return strings.Contains(nameExpression(f), q.Name) })
}

// noteName remembers which records must be named again because of a record that gets a name.
func (t *tx) noteName(k *kind, rec *touched, st record.State, name string, supplied, fresh bool) error {
	if t.cfg.Label == nil || k.secret {
		return nil
	}
	if !supplied && t.namedAfterTouched(k, st) {
		if err := t.relabelLater("SELECT ?", rec.key); err != nil {
			return err
		}
	}
	if rec.fresh {
		return nil // nobody can refer to it yet
	}
	before := ""
	if !fresh {
		err := t.row("SELECT label FROM "+k.tables[0].name+" WHERE row = ?", rec.row).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) { // while the kind is derived again it may have no row
			return err
		}
	}
	if before == name {
		return nil
	}
	return t.relabelReferrers(k.name, rec.key)
}

// namedAfterTouched tells whether the record's name may read one that this transaction has touched.
func (t *tx) namedAfterTouched(k *kind, st record.State) bool {
	for _, path := range k.paths {
		q := k.questions[path]
		if q.Kind == "" || !k.names(q) {
			continue
		}
		id, err := record.ParseID(st.Fields[record.Path(path)].Value.String())
		if err == nil && t.touched[id] != nil {
			return true
		}
	}
	return false
}

// relabelReferrers remembers the records that are named after a record.
func (t *tx) relabelReferrers(kind string, key int64) error {
	for _, name := range kindNames(t.kinds()) {
		k := t.kinds()[name]
		for _, table := range k.tables {
			for _, c := range table.columns {
				if table.repeat != "" || c.kept != asReference || c.question.Kind != kind || !k.names(c.question) {
					continue
				}
				query := fmt.Sprintf("SELECT m.record FROM %s x JOIN %s m ON m.row = x.row WHERE x.%s = ?", table.name, k.tables[0].name, c.name)
				if err := t.relabelLater(query, key); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *tx) relabelLater(query string, key int64) error {
	t.renamed = true
	return t.exec("INSERT OR IGNORE INTO relabels (record) "+query, key)
}

// relabel names again the records that are due. What a new name leads to is done too, some rounds far.
func (s *Store) relabel(ctx context.Context, u urgency) error {
	for range relabelRounds {
		var due []*touched
		err := s.read(ctx, func(q querier) (err error) {
			due, err = readRecords(q, "SELECT r.key, id, kind, coalesce(row, -1) FROM relabels CROSS JOIN records r ON r.key = record ORDER BY record")
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		for part := range slices.Chunk(due, relabelBatch) {
			if err := s.transact(ctx, u, func(t *tx) error { return t.relabelAll(part) }); err != nil {
				return err
			}
		}
	}
	return s.transact(ctx, u, func(t *tx) error { return t.exec("DELETE FROM relabels") })
}

func (t *tx) relabelAll(recs []*touched) error {
	for _, rec := range recs {
		if err := t.exec("DELETE FROM relabels WHERE record = ?", rec.key); err != nil {
			return err
		}
		k := t.kinds()[rec.kind]
		if k == nil || rec.row < 0 {
			continue
		}
		revisions, err := t.revisionsOf(t, rec.key)
		if err != nil {
			return err
		}
		if err := t.relabelOne(k, rec, record.NewHistory(revisions).State()); err != nil {
			return fmt.Errorf("naming record %s: %w", rec.id, err)
		}
	}
	return nil
}

// relabelOne names a record again; where the name is new, those that are named after it are due.
func (t *tx) relabelOne(k *kind, rec *touched, st record.State) error {
	name, before := t.nameOf(k, st), ""
	err := t.row("SELECT label FROM "+k.tables[0].name+" WHERE row = ?", rec.row).Scan(&before)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the kind is being derived again, and the record is named with it
	}
	if err != nil || name == before {
		return err
	}
	t.listed[k.name] = true
	if err := t.exec("UPDATE "+k.tables[0].name+" SET label = ? WHERE row = ?", name, rec.row); err != nil {
		return err
	}
	if err := t.exec("UPDATE search SET label = ? WHERE rowid = ?", findable(name), rec.key); err != nil {
		return err
	}
	return t.relabelReferrers(rec.kind, rec.key)
}

// readRecords reads rows of records.
func readRecords(q querier, query string, args ...any) ([]*touched, error) {
	var recs []*touched
	err := each(q, func(rows *sql.Rows) error {
		rec := &touched{}
		var id []byte
		err := rows.Scan(&rec.key, &id, &rec.kind, &rec.row)
		copy(rec.id[:], id)
		recs = append(recs, rec)
		return err
	}, query, args...)
	return recs, err
}
