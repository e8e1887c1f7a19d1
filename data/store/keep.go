package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"coopatlas/data/record"
)

// chunk names a part of the columns of a kind.
type chunk struct {
	kind   string
	number int64
}

// derive brings everything that follows from the touched records up to date, and keeps the openings that no erasure
// covers.
func (t *tx) derive(openings []opening) error {
	histories := make(map[record.ID]*record.History, len(t.order))
	for _, rec := range t.order {
		histories[rec.id] = record.NewHistory(rec.all())
	}
	for _, o := range openings {
		if err := t.keepOpening(histories[o.Record], t.touched[o.Record].key, o); err != nil {
			return err
		}
	}
	for _, rec := range t.order {
		if err := t.deriveRecord(rec, histories[rec.id]); err != nil {
			return fmt.Errorf("record %s: %w", rec.id, err)
		}
	}
	return nil
}

// keepOpening writes an opening unless an erasure covers it.
func (t *tx) keepOpening(h *record.History, key int64, o opening) error {
	if slices.Contains(h.ErasedBy(o.Revision), o.Path) {
		return nil
	}
	return t.exec("INSERT OR IGNORE INTO openings (record, revision, path, salt, value, file) VALUES (?, ?, ?, ?, ?, ?)",
		key, o.Revision[:], string(o.Path), o.Salt[:], o.Value, o.file)
}

// deriveRecord writes the derived rows of a record.
func (t *tx) deriveRecord(rec *touched, h *record.History) error {
	if hasErasure(h) {
		if err := t.applyErasures(rec.key, h); err != nil {
			return err
		}
	}
	t.after = append(t.after, func() { t.names.forget(rec.id) })
	return t.deriveState(rec, h.State())
}

// deriveState writes the derived rows that a state gives. A record of which no revision is complete has none.
func (t *tx) deriveState(rec *touched, st record.State) error {
	if len(st.Heads) == 0 {
		return t.settle(rec, firstKind(rec), -1)
	}
	k := t.kinds()[st.Kind]
	fresh := rec.row < 0
	if err := t.seat(rec, st.Kind); err != nil || k == nil {
		return err
	}
	d := deriver{kind: k, key: rec.key, row: rec.row, state: st, refer: t.reference}
	supplied := rec.label != "" && !k.secret && t.cfg.Label != nil && len(st.Heads) == 1
	if d.label = rec.label; !supplied {
		d.label = t.nameOf(k, st)
	}
	if err := t.noteName(k, rec, st, d.label, supplied, fresh); err != nil {
		return err
	}
	out, err := d.derive()
	if err != nil {
		return err
	}
	return t.put(k, rec, out, fresh)
}

func firstKind(rec *touched) string {
	if rec.kind == "" && len(rec.added) > 0 {
		return rec.added[0].Kind
	}
	return rec.kind
}

// seat gives a record its row among those of its kind.
func (t *tx) seat(rec *touched, kind string) error {
	if rec.row >= 0 && rec.kind == kind {
		return nil
	}
	if rec.row >= 0 {
		if err := t.clear(t.kinds()[rec.kind], rec); err != nil {
			return err
		}
	}
	row, ok := t.next[kind]
	if !ok {
		if err := t.exec("INSERT OR IGNORE INTO kinds (name) VALUES (?)", kind); err != nil {
			return err
		}
		if err := t.row("SELECT next FROM kinds WHERE name = ?", kind).Scan(&row); err != nil {
			return err
		}
	}
	t.next[kind] = row + 1
	return t.settle(rec, kind, row)
}

// settle writes down the kind and row of a record.
func (t *tx) settle(rec *touched, kind string, row int64) error {
	if rec.kind == kind && rec.row == row {
		return nil
	}
	rec.kind, rec.row = kind, row
	var kept any
	if row >= 0 {
		kept = row
	}
	return t.exec("UPDATE records SET kind = ?, row = ? WHERE key = ?", kind, kept, rec.key)
}

// clear removes the derived rows of a record.
func (t *tx) clear(k *kind, rec *touched) error {
	if k == nil {
		return nil
	}
	for _, table := range k.tables {
		if err := t.exec("DELETE FROM "+table.name+" WHERE row = ?", rec.row); err != nil {
			return err
		}
	}
	t.dirty[chunk{k.name, rec.row / chunkRows}], t.listed[k.name] = true, true
	if err := t.exec("DELETE FROM record_versions WHERE kind = ? AND row = ?", k.name, rec.row); err != nil {
		return err
	}
	return t.exec("DELETE FROM search WHERE rowid = ?", rec.key)
}

// put writes the derived rows of a record; fresh tells that it has none yet.
func (t *tx) put(k *kind, rec *touched, out derived, fresh bool) error {
	if !fresh {
		for _, table := range k.tables {
			if err := t.exec("DELETE FROM "+table.name+" WHERE row = ?", rec.row); err != nil {
				return err
			}
		}
	}
	for _, row := range out.rows {
		if err := t.exec(row.table.insert, row.values...); err != nil {
			return err
		}
	}
	t.dirty[chunk{k.name, rec.row / chunkRows}], t.listed[k.name] = true, true
	if err := t.noteVersion(k, rec.row, out.version); err != nil {
		return err
	}
	return t.putWords(rec.key, out, fresh)
}

// putWords writes what a record is found by. It is left alone where it is so already: taking words out of the full-text
// index, without a trace, costs more than all the rest.
func (t *tx) putWords(key int64, out derived, fresh bool) error {
	if !fresh {
		var label, body string
		err := t.row("SELECT label, body FROM search WHERE rowid = ?", key).Scan(&label, &body)
		if err == nil && label == out.label && body == out.body {
			return nil
		}
		if err == nil {
			err = t.exec("DELETE FROM search WHERE rowid = ?", key)
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	if out.label == "" && out.body == "" {
		return nil
	}
	return t.exec("INSERT INTO search (rowid, label, body) VALUES (?, ?, ?)", key, out.label, out.body)
}

// reference returns the key of the record that is referred to.
func (t *tx) reference(id record.ID) (any, error) {
	key, err := t.recordKey(id)
	return key, err
}

// flush writes down what the transaction gathered.
func (t *tx) flush() error {
	for kind, next := range t.next {
		if err := t.exec("UPDATE kinds SET next = ? WHERE name = ?", next, kind); err != nil {
			return err
		}
	}
	for kind := range t.listed {
		if err := t.exec("UPDATE kinds SET changes = changes + 1 WHERE name = ?", kind); err != nil {
			return err
		}
	}
	for c := range t.dirty {
		if err := t.exec("INSERT OR IGNORE INTO frame_dirty (kind, chunk) VALUES (?, ?)", c.kind, c.number); err != nil {
			return err
		}
	}
	return nil
}
