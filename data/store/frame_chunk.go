package store

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/bits"
	"runtime"
	"strings"
	"sync"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// chunkColumn is a column's values in one chunk.
type chunkColumn struct {
	values []int64
	valid  indicator.Bits
	filled bool
}

func (c *chunkColumn) set(row int, value int64) {
	for len(c.values) <= row {
		c.values = append(c.values, 0)
	}
	c.valid = c.valid.Grow(row + 1)
	c.values[row] = value
	c.valid.Set(row)
	c.filled = true
}

// encode writes a chunk of rows: how many, which have a value, and the differences from value to value.
func (c *chunkColumn) encode(rows int) []byte {
	out := binary.AppendUvarint(nil, uint64(rows))
	valid := c.valid.Grow(rows)
	for _, word := range valid {
		out = binary.LittleEndian.AppendUint64(out, word)
	}
	before := int64(0)
	for i, v := range c.values {
		if valid.Get(i) {
			out = binary.AppendVarint(out, v-before)
			before = v
		}
	}
	return out
}

// chunkLength says how many rows a packed chunk has.
func (s *Store) chunkLength(packed []byte) (int, error) {
	data, err := s.pack.unpack(packed)
	if err != nil {
		return 0, err
	}
	rows, read := binary.Uvarint(data)
	if read <= 0 || rows > chunkRows*1<<16 {
		return 0, errCutShort
	}
	return int(rows), nil
}

var errCutShort = fmt.Errorf("%w: a chunk of a frame is cut short; rebuild the workspace", ErrLog)

// decodeChunk reads what encode wrote into values, which are all 0, by row, and says which rows have one.
func decodeChunk(data []byte, values []int64) (valid indicator.Bits, err error) {
	rows, read := binary.Uvarint(data)
	if read <= 0 || rows > uint64(len(values)) || len(data) < read+(int(rows)+63)/64*8 {
		return nil, errCutShort
	}
	valid = make(indicator.Bits, (rows+63)/64)
	for i := range valid {
		valid[i] = binary.LittleEndian.Uint64(data[read+8*i:])
	}
	if last := int(rows) & 63; last > 0 {
		valid[len(valid)-1] &= 1<<last - 1
	}
	d := differences{data: data[read+8*len(valid):]}
	for i, word := range valid {
		into := values[64*i : min(64*i+64, int(rows))]
		if word == 1<<64-1 {
			if !d.all(into) {
				return nil, errCutShort
			}
			continue
		}
		for ; word != 0; word &= word - 1 {
			if !d.next() {
				return nil, errCutShort
			}
			into[bits.TrailingZeros64(word)] = d.value
		}
	}
	return valid, nil
}

// differences reads values that are kept as differences from one to the next.
type differences struct {
	data  []byte
	value int64
}

// goesOn marks the bytes of a difference that another one follows.
const goesOn = 0x8080808080808080

// next reads a value: that of at most eight bytes in one piece, whose sevens of bits are moved together.
func (d *differences) next() bool {
	if len(d.data) >= 8 {
		word := binary.LittleEndian.Uint64(d.data)
		if end := bits.TrailingZeros64(^word & goesOn); end < 64 {
			word &= (2<<end - 1) &^ goesOn
			word = word&0x007f007f007f007f | word&0x7f007f007f007f00>>1
			word = word&0x00003fff00003fff | word&0x3fff00003fff0000>>2
			word = word&0x000000000fffffff | word&0x0fffffff00000000>>4
			d.value += int64(word>>1) ^ -int64(word&1)
			d.data = d.data[end/8+1:]
			return true
		}
	}
	delta, n := binary.Varint(d.data)
	if n <= 0 {
		return false
	}
	d.value += delta
	d.data = d.data[n:]
	return true
}

// all reads a value for every row: eight at once where each difference takes one byte, as most do.
func (d *differences) all(into []int64) bool {
	for len(into) > 0 {
		if d.eight(into) {
			into = into[8:]
			continue
		}
		for i := range into[:min(8, len(into))] {
			if !d.next() {
				return false
			}
			into[i] = d.value
		}
		into = into[min(8, len(into)):]
	}
	return true
}

// eight reads eight values whose differences take one byte each.
func (d *differences) eight(into []int64) bool {
	if len(d.data) < 8 || len(into) < 8 {
		return false
	}
	bytes := binary.LittleEndian.Uint64(d.data)
	if bytes&goesOn != 0 {
		return false
	}
	if bytes == 0 && d.value == 0 { // so they are, and memory that nobody writes to costs nothing
		d.data = d.data[8:]
		return true
	}
	value := d.value
	for i := range into[:8] {
		value += int64(bytes&0xff>>1) ^ -int64(bytes&1)
		into[i] = value
		bytes >>= 8
	}
	d.value, d.data = value, d.data[8:]
	return true
}

// eachAtOnce does n things on all processors, each of which has room of its own.
func eachAtOnce(n int, do func(i int, room *[]byte)) {
	var wait sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for w := range workers {
		wait.Go(func() {
			var room []byte
			for i := w; i < n; i += workers {
				do(i, &room)
			}
		})
	}
	wait.Wait()
}

// inRuns goes through n rows on all processors, each with a run of its own that begins at a word of Bits.
func inRuns(n int, do func(run, from, to int)) {
	words, runs := (n+63)/64, runtime.GOMAXPROCS(0)
	eachAtOnce(runs, func(i int, _ *[]byte) { do(i, min(n, words*i/runs*64), min(n, words*(i+1)/runs*64)) })
}

// refreshChunks makes at most some of the chunks again whose rows have changed, and returns how many are left.
func (t *tx) refreshChunks(atMost int) (left int, err error) {
	var due []chunk
	err = each(t, func(rows *sql.Rows) error {
		var c chunk
		err := rows.Scan(&c.kind, &c.number)
		due = append(due, c)
		return err
	}, "SELECT kind, chunk FROM frame_dirty ORDER BY kind, chunk")
	if err != nil {
		return 0, err
	}
	if len(due) > 0 {
		if err := t.countMade(); err != nil {
			return 0, err
		}
	}
	for _, c := range due[:min(atMost, len(due))] {
		if k := t.kinds()[c.kind]; k != nil {
			if err := t.refreshChunk(k, c.number); err != nil {
				return 0, fmt.Errorf("refreshing the figures of %s: %w", k.name, err)
			}
		}
		if err := t.exec("DELETE FROM frame_dirty WHERE kind = ? AND chunk = ?", c.kind, c.number); err != nil {
			return 0, err
		}
	}
	return max(0, len(due)-atMost), nil
}

// refreshChunk makes one chunk of every column of a kind and its repeats from the derived rows.
func (t *tx) refreshChunk(k *kind, number int64) error {
	for _, f := range k.concepts {
		b := newChunkBuilder(t, f)
		b.added = func(f *frameColumn, code int64, text string) error {
			return t.exec("INSERT INTO frame_codes (kind, concept, code, text) VALUES (?, ?, ?, ?)", b.table.name, f.name, code, text)
		}
		if err := b.read(number); err != nil {
			return err
		}
		if err := t.writeChunk(b, number); err != nil {
			return err
		}
	}
	return nil
}

// chunkBuilder gathers the columns of one chunk after another of one table.
type chunkBuilder struct {
	querier
	table   *frameTable
	fixed   bool             // some of its columns are no answers
	asked   map[*column]bool // of derived tables, those that its columns are made of
	start   int64
	rows    int
	columns []chunkColumn
	codes   []map[string]int64                                  // of each column
	added   func(f *frameColumn, code int64, text string) error // is told of every new code
}

func newChunkBuilder(q querier, table *frameTable) *chunkBuilder {
	b := &chunkBuilder{querier: q, table: table, asked: map[*column]bool{}, codes: make([]map[string]int64, len(table.columns))}
	for _, f := range table.columns {
		b.fixed = b.fixed || f.from == ofRow
		for _, c := range f.questions {
			b.asked[c] = true
		}
	}
	return b
}

// read goes through the derived rows of a chunk, table by table.
func (b *chunkBuilder) read(number int64) error {
	b.columns, b.start, b.rows = make([]chunkColumn, len(b.table.columns)), number*chunkRows, 0
	for _, t := range b.table.kind.tables {
		if t.repeat != b.table.repeat {
			continue
		}
		if err := b.readTable(t); err != nil {
			return err
		}
	}
	return nil
}

func (b *chunkBuilder) readTable(t *table) error {
	query, places := b.statement(t)
	if len(places) == 0 && !b.fixed {
		return nil
	}
	var row, key, changed, public int64
	var state string
	var alias sql.NullInt64
	var extra sql.NullString
	answers := make([]any, len(places))
	into := []any{&row, &key, &state, &public, &changed, &alias, &extra}
	for i := range answers {
		into = append(into, &answers[i])
	}
	return each(b, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		notes, err := parseExtra(extra)
		if err != nil {
			return err
		}
		at := b.place(row)
		own := derivedRow{notes: notes, answers: answers, places: places}
		if t.part == 0 && b.fixed {
			use := int64(0)
			if b.table.kind.takesPart(record.Lifecycle(state)) && !alias.Valid {
				use = 1
			}
			own.fixed = map[string]any{columnRecord: key, columnState: state, columnPublic: public, columnUse: use, columnChanged: changed, columnOwner: row}
		}
		return b.take(at, own)
	}, query, b.start, b.start+chunkRows)
}

// derivedRow is one row of a derived table: its own columns, its answers, and their statuses and qualities.
type derivedRow struct {
	fixed   map[string]any
	notes   map[string]note
	answers []any
	places  map[*column]int // of the columns among answers
}

// value returns what a row has for a column of the frame; nil for nothing.
func (r derivedRow) value(f *frameColumn) any {
	if f.from == ofRow {
		return r.fixed[f.name]
	}
	for _, c := range f.questions {
		place, here := r.places[c]
		switch {
		case !here:
		case f.from == ofAnswer && r.answers[place] != nil:
			return r.answers[place]
		case f.from != ofAnswer:
			if text := r.notes[c.path].text(f.from); text != nil {
				return text
			}
		}
	}
	return nil
}

// place returns where in the chunk a row comes.
func (b *chunkBuilder) place(row int64) int {
	at := int(row - b.start)
	if b.table.repeat != "" {
		at = b.rows
	}
	b.rows = max(b.rows, at+1)
	return at
}

// statement writes the query for the rows of the chunk in one table, and says which column comes in which place.
func (b *chunkBuilder) statement(t *table) (string, map[*column]int) {
	main := b.table.kind.tables[0].name
	wanted := []string{"m.row", "m.record", "m.state", "m.public", "m.changed", "m.alias", "json(m.extra)"}
	from, order, name := main+" m", "m.row", "m"
	switch {
	case t.repeat != "":
		name, from, order = "t", fmt.Sprintf("%s t JOIN %s m ON m.row = t.row", t.name, main), "t.row, t.place"
		wanted[len(wanted)-1] = "json(t.extra)"
	case t.part > 0:
		name, from = "p", fmt.Sprintf("%s m JOIN %s p ON p.row = m.row", main, t.name)
	}
	places := map[*column]int{}
	for _, c := range t.columns {
		if b.asked[c] {
			places[c] = len(places)
			wanted = append(wanted, name+"."+c.name)
		}
	}
	return fmt.Sprintf("SELECT %s FROM %s WHERE m.row >= ? AND m.row < ? ORDER BY %s", strings.Join(wanted, ", "), from, order), places
}

// take puts one derived row into the columns.
func (b *chunkBuilder) take(at int, row derivedRow) error {
	for i, f := range b.table.columns {
		kept := row.value(f)
		if kept == nil || b.columns[i].valid.Get(at) {
			continue
		}
		n, ok, err := b.number(i, f, kept)
		if err != nil {
			return err
		}
		if ok {
			b.columns[i].set(at, n)
		}
	}
	return nil
}

// text returns the status or quality of a note; nil for the default.
func (n note) text(of origin) any {
	switch {
	case of == ofQuality && n[1] != "":
		return n[1]
	case of == ofStatus && n[0] != "" && n[0] != record.Answered.String():
		return n[0]
	}
	return nil
}

// number turns what a derived row holds into the number that the frame keeps.
func (b *chunkBuilder) number(i int, f *frameColumn, kept any) (int64, bool, error) {
	switch kept := kept.(type) {
	case int64:
		return kept, true, nil
	case string:
		if f.kind == indicator.Date {
			day, err := time.Parse(time.DateOnly, kept[:min(len(kept), len(time.DateOnly))])
			return day.Unix() / 86400, err == nil, nil
		}
		code, err := b.code(i, f, kept)
		return code, true, err
	}
	return 0, false, nil
}

// code returns the number of a text of a column, which it gets when it is first met.
func (b *chunkBuilder) code(i int, f *frameColumn, text string) (int64, error) {
	if b.codes[i] == nil {
		b.codes[i] = map[string]int64{}
		err := each(b, func(rows *sql.Rows) error {
			var code int64
			var known string
			err := rows.Scan(&code, &known)
			b.codes[i][known] = code
			return err
		}, "SELECT code, text FROM frame_codes WHERE kind = ? AND concept = ?", b.table.name, f.name)
		if err != nil {
			return 0, err
		}
	}
	code, known := b.codes[i][text]
	if known {
		return code, nil
	}
	code = int64(len(b.codes[i]))
	b.codes[i][text] = code
	return code, b.added(f, code, text)
}

// writeChunk keeps the columns of the chunk that was read; those without any value are left out.
func (t *tx) writeChunk(b *chunkBuilder, number int64) error {
	if err := t.exec("DELETE FROM frame_chunks WHERE chunk = ? AND kind = ?", number, b.table.name); err != nil {
		return err
	}
	for i, f := range b.table.columns {
		if !b.columns[i].filled {
			continue
		}
		data := t.pack.pack(b.columns[i].encode(b.rows))
		if err := t.exec("INSERT INTO frame_chunks (kind, concept, chunk, data) VALUES (?, ?, ?, ?)", b.table.name, f.name, number, data); err != nil {
			return err
		}
	}
	return nil
}
