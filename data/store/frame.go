package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// Frame is the records that take part in statistics, frozen at one moment, as columns by concept; it is the
// indicator.Source of every figure. Columns are read when they are first asked for and kept. Beside the concepts of
// questions there are "record", "state", "public", "quality:<concept>" and "status:<concept>"; a repeat is a kind of
// its own ("cooperative.links"), whose "record" is the owner. Records that are duplicates of another are left out, and
// references to them lead to that other. A frame must be closed, because it holds on to the moment it was made.
type Frame struct {
	store  *Store
	tx     *sql.Tx
	mu     sync.Mutex
	tables map[string]*frozen
	newest time.Time
	id     string
	ids    []record.ID // by key, read when first needed
	alias  map[int64]int64

	prepared *indicator.Prepared
}

// frozen is one table of a frame.
type frozen struct {
	*frameTable
	starts  map[int64]int // the place of each chunk's first row among all rows
	total   int           // rows, those left out included
	rows    []int32       // places of the rows that take part
	use     indicator.Bits
	columns map[string]*indicator.Column
}

// Frame freezes the present records. Columns whose records have changed since the last frame are made again first.
func (s *Store) Frame(ctx context.Context) (*Frame, error) {
	f := &Frame{store: s, tables: map[string]*frozen{}}
	f.prepared = indicator.Prepare(f)
	for f.tx == nil {
		var begin error
		err := s.write(ctx, bulk, func(t *tx) error {
			left, err := t.refreshChunks(1)
			if err == nil && left == 0 {
				t.after = append(t.after, func() { f.tx, begin = s.snapshot() })
			}
			return err
		})
		if err = errors.Join(err, begin); err != nil {
			return nil, fmt.Errorf("making the frame: %w", err)
		}
	}
	if err := f.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("making the frame: %w", err), f.Close())
	}
	return f, nil
}

// snapshot begins a reader's transaction that sees this moment.
func (s *Store) snapshot() (*sql.Tx, error) {
	tx, err := s.reads.Begin()
	if err != nil {
		return nil, err
	}
	var dirty int // reading anything fixes the moment
	if err := tx.QueryRow("SELECT count(*) FROM frame_dirty").Scan(&dirty); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// Close lets the frame's moment go. Columns that were read stay usable.
func (f *Frame) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tx == nil {
		return nil
	}
	err := f.tx.Rollback()
	f.tx = nil
	return err
}

// Prepared returns the frame made ready for questions: what one question needs is kept for the next.
func (f *Frame) Prepared() *indicator.Prepared { return f.prepared }

// Rows returns how many records, or rows of a repeat, of a kind take part.
func (f *Frame) Rows(kind string) int {
	if t := f.tables[kind]; t != nil {
		return len(t.rows)
	}
	return 0
}

// Newest returns the time of the newest revision in the frame.
func (f *Frame) Newest() time.Time { return f.newest }

// ID returns the SHA-256, in hexadecimal, over the ids of the records in the frame and their heads, by kind and id.
func (f *Frame) ID() string { return f.id }

// Column returns a concept of a kind, for every row that takes part. The error wraps indicator.ErrNoColumn where the
// kind has no such concept.
func (f *Frame) Column(kind, concept string) (*indicator.Column, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.tables[kind]
	if t == nil {
		return nil, fmt.Errorf("%s: %w", kind, indicator.ErrNoColumn)
	}
	if have := t.columns[concept]; have != nil {
		return have, nil
	}
	c := t.column(concept)
	if c == nil || concept[0] == '.' {
		return nil, fmt.Errorf("%s of %s: %w", concept, kind, indicator.ErrNoColumn)
	}
	if f.tx == nil {
		return nil, fmt.Errorf("%s of %s: the frame was closed before it was read", concept, kind)
	}
	column, err := f.read(t, c)
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", concept, kind, err)
	}
	t.columns[concept] = column
	return column, nil
}

// load finds out which rows take part.
func (f *Frame) load() error {
	h := sha256.New()
	for _, name := range kindNames(f.store.kinds()) {
		k, members := f.store.kinds()[name], 0
		if len(k.concepts) == 0 {
			continue
		}
		for _, table := range k.concepts {
			if err := f.loadTable(table); err != nil {
				return err
			}
		}
		err := each(view{f.tx}, func(rows *sql.Rows) error {
			var id, heads sql.RawBytes
			if err := rows.Scan(&id, &heads); err != nil {
				return err
			}
			if members++; members == 1 { // a kind without records leaves the id as it is
				fmt.Fprintf(h, "%q\n", name)
			}
			h.Write(id)
			h.Write(heads)
			return nil
		}, f.members(k))
		if err != nil {
			return err
		}
	}
	f.id = hex.EncodeToString(h.Sum(nil))
	return nil
}

// members writes the query for the ids and heads of the records that take part, in the order of their ids.
func (f *Frame) members(k *kind) string {
	states := ""
	for _, state := range []record.Lifecycle{record.Saved, record.Submitted, record.Returned, record.Validated, record.Locked} {
		if k.takesPart(state) {
			states += ", '" + string(state) + "'"
		}
	}
	return "SELECT r.id, m.heads FROM " + k.tables[0].name + " m JOIN records r ON r.key = m.record WHERE m.alias IS NULL AND m.state IN (" +
		states[2:] + ") ORDER BY r.id"
}

func (f *Frame) loadTable(table *frameTable) error {
	t := &frozen{frameTable: table, starts: map[int64]int{}, columns: map[string]*indicator.Column{}}
	f.tables[table.name] = t
	use := func(_ int64, place int, value int64) {
		if value == 1 {
			t.rows = append(t.rows, int32(place))
			t.use = t.use.Grow(place + 1)
			t.use.Set(place)
		}
	}
	if table.repeat != "" {
		owners := f.tables[table.kind.name]
		use = func(_ int64, place int, owner int64) {
			if owners.use.Get(owners.starts[owner/chunkRows] + int(owner%chunkRows)) {
				t.rows = append(t.rows, int32(place))
			}
		}
	}
	err := f.scan(t, table.anchor(), func(number int64, rows int) { t.starts[number], t.total = t.total, t.total+rows }, use)
	if err != nil || table.repeat != "" {
		return err
	}
	newest := int64(0)
	err = f.scan(t, columnChanged, nil, func(_ int64, place int, changed int64) {
		if t.use.Get(place) {
			newest = max(newest, changed)
		}
	})
	if at := time.UnixMilli(newest).UTC(); newest > 0 && at.After(f.newest) {
		f.newest = at
	}
	return err
}

// scan reads the chunks of a column in their order. before is told of each chunk's rows ahead of its values.
func (f *Frame) scan(t *frozen, column string, before func(chunk int64, rows int), value func(chunk int64, place int, value int64)) error {
	return each(view{f.tx}, func(rows *sql.Rows) error {
		var number int64
		var packed sql.RawBytes
		if err := rows.Scan(&number, &packed); err != nil {
			return err
		}
		data, err := f.store.pack.unpack(packed)
		if err != nil {
			return err
		}
		if before != nil {
			count, err := decodeChunk(data, func(int, int64) {})
			if err != nil {
				return err
			}
			before(number, count)
		}
		start := t.starts[number]
		_, err = decodeChunk(data, func(row int, v int64) { value(number, start+row, v) })
		return err
	}, "SELECT chunk, data FROM frame_chunks WHERE kind = ? AND concept = ? ORDER BY chunk", t.name, column)
}

// read makes a column: all rows, then those that take part.
func (f *Frame) read(t *frozen, c *frameColumn) (*indicator.Column, error) {
	all := make([]int64, t.total)
	valid := indicator.NewBits(t.total)
	err := f.scan(t, c.name, nil, func(_ int64, place int, value int64) {
		all[place] = value
		valid.Set(place)
	})
	if err != nil {
		return nil, err
	}
	out := &indicator.Column{
		Name: c.name, Kind: c.kind, Scale: c.scale, Values: make([]int64, len(t.rows)), Valid: indicator.NewBits(len(t.rows)),
	}
	for i, place := range t.rows {
		if valid.Get(int(place)) {
			out.Values[i] = all[place]
			out.Valid.Set(i)
		}
	}
	switch {
	case c.refers:
		err = f.nameRecords(out, t.repeat == "" && c.name == columnRecord)
	case c.kind == indicator.Code:
		err = f.nameCodes(out, t.name)
	}
	return out, err
}

// nameCodes gives a column of codes the texts that occur in it, in their order.
func (f *Frame) nameCodes(c *indicator.Column, kind string) error {
	texts := map[int64]string{}
	err := each(view{f.tx}, func(rows *sql.Rows) error {
		var code int64
		var text string
		err := rows.Scan(&code, &text)
		texts[code] = text
		return err
	}, "SELECT code, text FROM frame_codes WHERE kind = ? AND concept = ?", kind, c.Name)
	if err != nil {
		return err
	}
	renumber(c, func(a, b int64) int { return cmp.Compare(texts[a], texts[b]) }, func(code int64) string { return texts[code] })
	return nil
}

// nameRecords gives a column of keys of records their ids, and leads duplicates to the record that they are of.
func (f *Frame) nameRecords(c *indicator.Column, own bool) error {
	if err := f.readIDs(); err != nil {
		return err
	}
	for i, key := range c.Values {
		for range len(f.alias) {
			to, ok := f.alias[key]
			if own || !ok {
				break
			}
			key = to
		}
		c.Values[i] = key
	}
	renumber(c, func(a, b int64) int { return f.ids[a].Compare(f.ids[b]) }, func(key int64) string { return f.ids[key].String() })
	return nil
}

// renumber replaces the values of a column by their places in a dictionary of those that occur.
func renumber(c *indicator.Column, compare func(a, b int64) int, text func(int64) string) {
	places := map[int64]int64{}
	var seen []int64
	for i, v := range c.Values {
		if _, known := places[v]; c.Valid.Get(i) && !known {
			places[v] = 0
			seen = append(seen, v)
		}
	}
	slices.SortFunc(seen, compare)
	c.Dictionary = make([]string, len(seen))
	for i, v := range seen {
		places[v] = int64(i)
		c.Dictionary[i] = text(v)
	}
	for i, v := range c.Values {
		if c.Valid.Get(i) {
			c.Values[i] = places[v]
		}
	}
}

// readIDs reads the ids of all records by key, and which are duplicates of which.
func (f *Frame) readIDs() error {
	if f.ids != nil {
		return nil
	}
	q := view{f.tx}
	var greatest int64
	if err := q.row("SELECT coalesce(max(key), 0) FROM records").Scan(&greatest); err != nil {
		return err
	}
	ids := make([]record.ID, greatest+1)
	err := each(q, func(rows *sql.Rows) error {
		var key int64
		var id sql.RawBytes
		err := rows.Scan(&key, &id)
		copy(ids[key][:], id)
		return err
	}, "SELECT key, id FROM records")
	if err != nil {
		return err
	}
	f.alias = map[int64]int64{}
	for _, name := range kindNames(f.store.kinds()) {
		err := each(q, func(rows *sql.Rows) error {
			var key, to int64
			err := rows.Scan(&key, &to)
			f.alias[key] = to
			return err
		}, "SELECT record, alias FROM "+f.store.kinds()[name].tables[0].name+" WHERE alias IS NOT NULL")
		if err != nil {
			return err
		}
	}
	f.ids = ids
	return nil
}
