package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sync"
	"time"

	"coopatlas/data/indicator"
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
	made   int64 // how often chunks had been made
	header frameHeader
	ids    map[int64]string // texts of the ids of records, one after another, by chunk
	named  struct {         // the ids that a column was given last, which the next one often has too
		keys  []int64
		texts []string
	}

	prepared *indicator.Prepared
}

// frozen is one table of a frame.
type frozen struct {
	*frameTable
	chunks  [][2]int64    // their numbers and lengths
	starts  map[int64]int // the place of each chunk's first row among all rows
	total   int           // rows, those left out included
	count   int           // rows that take part
	rows    []int32       // their places; nil where all take part
	use     indicator.Bits
	columns map[string]*indicator.Column
	zeros   []int64 // of columns without any value, which no one writes to
}

// Frame freezes the present records. Columns whose records have changed since the last frame are made again first.
func (s *Store) Frame(ctx context.Context) (*Frame, error) {
	f := &Frame{store: s, tables: map[string]*frozen{}, ids: map[int64]string{}}
	f.prepared = indicator.Prepare(f)
	for f.tx == nil {
		var begin error
		err := s.write(ctx, bulk, func(t *tx) error {
			left, err := t.refreshChunks(1)
			if err == nil && left == 0 {
				left, err = t.refreshIDs(idsAtOnce)
			}
			if err == nil && left == 0 {
				t.after = append(t.after, func() { f.tx, begin = s.snapshot() })
			}
			return err
		})
		if err = errors.Join(err, begin); err != nil {
			return nil, fmt.Errorf("making the frame: %w", err)
		}
	}
	if err := f.load(ctx); err != nil {
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
		return t.count
	}
	return 0
}

// Newest returns the time of the newest revision in the frame.
func (f *Frame) Newest() time.Time { return f.header.Newest }

// ID returns the SHA-256, in hexadecimal, over the ids of the records in the frame and their heads, by kind and id.
func (f *Frame) ID() string { return f.header.ID }

// Column returns a concept of a kind, for every row that takes part; a question that feeds no concept goes by its path,
// such as "training/hours". The error wraps indicator.ErrNoColumn where the kind has no such concept or question.
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
	c, picked := t.column(concept), false
	if c == nil {
		c, picked = t.pick(concept)
	}
	if c == nil || concept[0] == '.' {
		return nil, fmt.Errorf("%s of %s: %w", concept, kind, indicator.ErrNoColumn)
	}
	if f.tx == nil {
		return nil, fmt.Errorf("%s of %s: the frame was closed before it was read", concept, kind)
	}
	read := f.read
	if picked {
		read = f.readPicked
	}
	column, err := read(t, c)
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", concept, kind, err)
	}
	t.columns[concept] = column
	return column, nil
}

// load finds out which rows take part.
func (f *Frame) load(ctx context.Context) error {
	known, err := f.readHeader()
	if err != nil {
		return err
	}
	for _, name := range kindNames(f.store.kinds()) {
		for _, table := range f.store.kinds()[name].concepts {
			t := &frozen{frameTable: table, starts: map[int64]int{}, columns: map[string]*indicator.Column{}}
			f.tables[table.name] = t
			if err := f.loadTable(t, f.header.Tables[table.name], known); err != nil {
				return err
			}
		}
	}
	if known {
		return nil
	}
	return f.makeHeader(ctx)
}

// loadTable finds out which rows of a table take part: from its shape, where that is known and says that all do, else
// from its anchor.
func (f *Frame) loadTable(t *frozen, shape tableShape, known bool) error {
	if known && shape.All {
		t.place(shape.Chunks)
		t.takeAll()
		return nil
	}
	chunks, err := f.fetch(t, t.anchor())
	if err != nil {
		return err
	}
	for _, c := range chunks {
		rows, err := f.store.chunkLength(c.data)
		if err != nil {
			return err
		}
		shape.Chunks = append(shape.Chunks, [2]int64{c.number, int64(rows)})
	}
	t.place(shape.Chunks)
	values, valid, err := f.decode(t, chunks)
	if err != nil {
		return err
	}
	uses := func(value int64) bool { return value == 1 }
	if t.repeat != "" {
		owners := f.tables[t.kind.name]
		uses = func(owner int64) bool {
			return owners.use.Get(owners.starts[owner/chunkRows] + int(owner%chunkRows))
		}
	}
	t.take(values, valid, uses)
	return nil
}

// place gives each chunk, of a number and a length, its place among all rows.
func (t *frozen) place(chunks [][2]int64) {
	t.chunks = chunks
	for _, c := range chunks {
		t.starts[c[0]], t.total = t.total, t.total+int(c[1])
	}
}

// takeAll notes that all rows take part.
func (t *frozen) takeAll() {
	t.count, t.use = t.total, indicator.NewBits(t.total)
	for i := range t.use {
		t.use[i] = 1<<64 - 1
	}
	if last := t.total & 63; last > 0 {
		t.use[len(t.use)-1] = 1<<last - 1
	}
}

// take notes which rows take part, by their values in the table's anchor.
func (t *frozen) take(values []int64, valid indicator.Bits, uses func(value int64) bool) {
	t.use = indicator.NewBits(t.total)
	inRuns(t.total, func(_, from, to int) {
		for place := from; place < to; place++ {
			if valid.Get(place) && uses(values[place]) {
				t.use.Set(place)
			}
		}
	})
	for _, word := range t.use {
		t.count += bits.OnesCount64(word)
	}
	if t.count == t.total {
		return
	}
	t.rows = make([]int32, 0, t.count)
	for i, word := range t.use {
		for ; word != 0; word &= word - 1 {
			t.rows = append(t.rows, int32(64*i+bits.TrailingZeros64(word)))
		}
	}
}

// read makes a column from its chunks.
func (f *Frame) read(t *frozen, c *frameColumn) (*indicator.Column, error) {
	chunks, err := f.fetch(t, c.name)
	if err != nil {
		return nil, err
	}
	if len(chunks) == 0 {
		return t.blank(c), nil
	}
	values, valid, err := f.decode(t, chunks)
	if err != nil {
		return nil, err
	}
	out := t.within(c, values, valid)
	switch {
	case c.refers:
		err = f.nameRecords(out, t.repeat == "" && c.name == columnRecord)
	case c.kind == indicator.Code:
		err = f.nameCodes(out, t.name)
	}
	return out, err
}

// blank is a column without any value.
func (t *frozen) blank(c *frameColumn) *indicator.Column {
	if t.zeros == nil {
		t.zeros = make([]int64, t.count)
	}
	return &indicator.Column{Name: c.name, Kind: c.kind, Scale: c.scale, Values: t.zeros, Valid: indicator.NewBits(t.count)}
}

// within gives of a column of all rows those that take part.
func (t *frozen) within(c *frameColumn, values []int64, valid indicator.Bits) *indicator.Column {
	out := &indicator.Column{Name: c.name, Kind: c.kind, Scale: c.scale, Values: values, Valid: valid}
	if t.rows == nil {
		return out
	}
	out.Values, out.Valid = make([]int64, t.count), indicator.NewBits(t.count)
	for i, place := range t.rows {
		if valid.Get(int(place)) {
			out.Values[i] = values[place]
			out.Valid.Set(i)
		}
	}
	return out
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
	nameBy(c, texts)
	return nil
}

// nameBy gives a column of codes the texts of those that occur, in their order.
func nameBy(c *indicator.Column, texts map[int64]string) {
	codes := occurring(c)
	slices.SortFunc(codes, func(a, b int64) int { return cmp.Compare(texts[a], texts[b]) })
	for _, code := range codes {
		c.Dictionary = append(c.Dictionary, texts[code])
	}
	renumber(c, codes)
}

// nameRecords gives a column of keys of records their ids, in the order of keys, and leads duplicates to the record
// that they are of.
func (f *Frame) nameRecords(c *indicator.Column, own bool) error {
	alias := f.header.Alias
	if own {
		alias = nil
	}
	for i := 0; len(alias) > 0 && i < len(c.Values); i++ {
		for range len(alias) {
			to, ok := alias[c.Values[i]]
			if !ok {
				break
			}
			c.Values[i] = to
		}
	}
	keys := occurring(c)
	var err error
	if c.Dictionary, err = f.idTexts(keys); err != nil {
		return err
	}
	renumber(c, keys)
	return nil
}

// occurring gives the values of a column, each once, in ascending order.
func occurring(c *indicator.Column) []int64 {
	var lock sync.Mutex
	var seen []bool
	inRuns(len(c.Values), func(_, from, to int) {
		var of []bool
		for i, v := range c.Values[from:to] {
			if v < int64(len(of)) && of[v] || !c.Valid.Get(from+i) {
				continue
			}
			if v >= int64(len(of)) {
				of = append(of, make([]bool, max(v+1-int64(len(of)), int64(len(of))))...)
			}
			of[v] = true
		}
		lock.Lock()
		defer lock.Unlock()
		if len(seen) < len(of) {
			seen, of = of, seen
		}
		for v, is := range of {
			seen[v] = seen[v] || is
		}
	})
	count := 0
	for _, is := range seen {
		if is {
			count++
		}
	}
	out := make([]int64, 0, count)
	for v, is := range seen {
		if is {
			out = append(out, int64(v))
		}
	}
	return out
}

// renumber replaces the values of a column by their places in its dictionary, which lists those of codes.
func renumber(c *indicator.Column, codes []int64) {
	if len(codes) == 0 {
		return
	}
	places, same := make([]int64, slices.Max(codes)+1), true
	for i, code := range codes {
		places[code] = int64(i)
		same = same && code == int64(i)
	}
	if same {
		return
	}
	inRuns(len(c.Values), func(_, from, to int) {
		for i, v := range c.Values[from:to] {
			if c.Valid.Get(from + i) {
				c.Values[from+i] = places[v]
			}
		}
	})
}
