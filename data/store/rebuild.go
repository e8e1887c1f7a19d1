package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"

	"coopatlas/data/record"
)

// rebuildBatch is how many records are derived in one transaction.
const rebuildBatch = 500

// Rebuild derives everything again from the log and returns the SHA-256, in hexadecimal, of the derived rows in the
// order of their keys. A rebuild of a sound workspace changes nothing.
func (s *Store) Rebuild(ctx context.Context, progress Progress) (sha string, err error) {
	if err := s.rebuildKinds(ctx, kindNames(s.kinds()), progress); err != nil {
		return "", fmt.Errorf("rebuilding: %w", err)
	}
	err = s.write(ctx, bulk, func(t *tx) error { return t.exec("INSERT INTO search (search) VALUES ('rebuild')") })
	if err != nil {
		return "", fmt.Errorf("rebuilding the search: %w", err)
	}
	err = s.read(ctx, func(q querier) error {
		sha, err = s.derivedHash(q)
		return err
	})
	return sha, err
}

// deriveKinds derives kinds again whose questionnaire has changed.
func (s *Store) deriveKinds(ctx context.Context, kinds []string) error {
	return s.rebuildKinds(ctx, kinds, nil)
}

func (s *Store) rebuildKinds(ctx context.Context, kinds []string, progress Progress) error {
	if err := s.write(ctx, bulk, func(t *tx) error { return t.doubt(kinds) }); err != nil {
		return err
	}
	total := 0
	if err := s.read(ctx, func(q querier) error {
		return q.row("SELECT count(*) FROM records WHERE kind IS NOT NULL").Scan(&total)
	}); err != nil {
		return err
	}
	wanted := func(kind string) bool { return slices.Contains(kinds, kind) }
	for after, done := int64(0), 0; after >= 0; {
		err := s.write(ctx, bulk, func(t *tx) (err error) {
			var count int
			after, count, err = t.deriveAfter(after, wanted)
			done += count
			return err
		})
		if err != nil {
			return err
		}
		progress.tell(done, total)
	}
	return s.write(ctx, bulk, func(t *tx) error {
		for _, name := range kinds {
			if err := t.exec("UPDATE kinds SET signature = ? WHERE name = ?", t.kinds()[name].signature(), name); err != nil {
				return err
			}
		}
		return nil
	})
}

// doubt marks kinds whose rows are all to be derived again, one after the other, so that lists stay whole meanwhile and
// nobody else waits for long. What belongs to no record is removed, and the figures; the dictionary of columns stays.
// The signature is taken away, so that a rebuild that is broken off is done again when the workspace is next opened.
func (t *tx) doubt(kinds []string) error {
	if err := t.countMade(); err != nil {
		return err
	}
	for _, name := range kinds {
		k := t.kinds()[name]
		t.listed[name] = true
		if err := t.exec("UPDATE kinds SET signature = NULL WHERE name = ?", name); err != nil {
			return err
		}
		for _, table := range k.tables {
			if err := t.exec("DELETE FROM "+table.name+" WHERE row NOT IN (SELECT row FROM records WHERE kind = ? AND row IS NOT NULL)", name); err != nil {
				return err
			}
		}
		for _, table := range []string{"frame_chunks", "frame_codes", "frame_dirty", "record_versions"} {
			if err := t.exec("DELETE FROM "+table+" WHERE kind = ? OR substr(kind, 1, length(?) + 1) = ? || '.'", name, name, name); err != nil {
				return err
			}
		}
	}
	return t.exec("DELETE FROM search WHERE rowid NOT IN (SELECT key FROM records WHERE row IS NOT NULL)")
}

// deriveAfter derives the next records after a key; it returns the last key, or -1 where there are no more.
func (t *tx) deriveAfter(after int64, wanted func(kind string) bool) (last int64, count int, err error) {
	recs, err := recordsAfter(t, after, rebuildBatch)
	if err != nil || len(recs) == 0 {
		return -1, 0, err
	}
	for _, rec := range recs {
		if !wanted(rec.kind) {
			continue
		}
		revisions, err := t.revisionsOf(t, rec.key)
		if err != nil {
			return -1, 0, err
		}
		rec.old = revisions
		if err := t.deriveAgain(rec); err != nil {
			return -1, 0, fmt.Errorf("record %s: %w", rec.id, err)
		}
	}
	return recs[len(recs)-1].key, len(recs), nil
}

// deriveAgain derives a record that keeps its place among the rows of its kind.
func (t *tx) deriveAgain(rec *touched) error {
	st := record.NewHistory(rec.old).State()
	k := t.kinds()[st.Kind]
	if k == nil || len(st.Heads) == 0 {
		return nil
	}
	if err := t.seat(rec, st.Kind); err != nil {
		return err
	}
	d := deriver{kind: k, key: rec.key, row: rec.row, state: st, label: t.nameOf(k, st), refer: t.reference}
	out, err := d.derive()
	if err != nil {
		return err
	}
	return t.put(k, rec, out, false)
}

// recordsAfter reads the next records after a key, those that are only referred to left out.
func recordsAfter(q querier, after int64, limit int) ([]*touched, error) {
	return readRecords(q, "SELECT key, id, kind, coalesce(row, -1) FROM records WHERE key > ? AND kind IS NOT NULL ORDER BY key LIMIT ?", after, limit)
}

// derivedHash is the SHA-256 over the rows of all derived tables, tables by name and rows by key.
func (s *Store) derivedHash(q querier) (string, error) {
	var tables []*table
	for _, k := range s.kinds() {
		tables = append(tables, k.tables...)
	}
	slices.SortFunc(tables, func(a, b *table) int { return strings.Compare(a.name, b.name) })
	h := sha256.New()
	for _, t := range tables {
		if err := hashTable(q, h, t); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// names returns the names of all columns of the table, those of questions sorted.
func (t *table) names() []string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	slices.Sort(names)
	return append(t.fixed(), names...)
}

func hashTable(q querier, h hash.Hash, t *table) error {
	names := t.names()
	fmt.Fprintf(h, "%q\n", append([]string{t.name}, names...))
	for i, name := range names {
		if name == "extra" {
			names[i] = "json(extra)"
		}
	}
	order := "row"
	if t.repeat != "" {
		order = "row, place"
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	return each(q, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, v := range values {
			if err := hashValue(h, v); err != nil {
				return err
			}
		}
		return nil
	}, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(names, ", "), t.name, order))
}

var errValue = errors.New("a derived table holds a value of a kind that it cannot")

// hashValue writes a value with its type and length.
func hashValue(h hash.Hash, v any) error {
	var head [9]byte
	var data []byte
	switch v := v.(type) {
	case nil:
	case int64:
		head[0] = 'i'
		binary.BigEndian.PutUint64(head[1:], uint64(v))
	case string:
		head[0], data = 't', []byte(v)
	case []byte:
		head[0], data = 'b', v
	default:
		return fmt.Errorf("%w: %T", errValue, v)
	}
	if data != nil {
		binary.BigEndian.PutUint64(head[1:], uint64(len(data)))
	}
	h.Write(head[:])
	h.Write(data)
	return nil
}
