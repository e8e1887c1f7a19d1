package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
	"sync"
	"time"

	"coopatlas/data/indicator"
)

// A kept frame is a file: its mark, the packed columns one after another, a packed index that says where each lies, and
// a tail of 16 bytes with the index's place and the mark again. A column is the bits of the rows that have a value, the
// least value, how many bytes the rest takes, and value less least of every row in so many bytes.
const frozenMark = "coopfrm1"

// ErrFrozen is wrapped where a kept frame cannot be read; FreezeAt makes it again.
var ErrFrozen = errors.New("the kept frame is damaged")

// frozenIndex says what a kept frame holds.
type frozenIndex struct {
	ID     string                  `json:"id"`
	Newest int64                   `json:"newest"` // milliseconds since 1970
	Kinds  map[string]*frozenTable `json:"kinds"`
}

type frozenTable struct {
	Rows    int                      `json:"rows"`
	Columns map[string]*frozenColumn `json:"columns"`
}

// frozenColumn says where a column lies; Length is 0 where no row has a value.
type frozenColumn struct {
	Kind       indicator.ColumnKind `json:"kind"`
	Scale      uint8                `json:"scale,omitempty"`
	Offset     int64                `json:"offset,omitempty"`
	Length     int                  `json:"length,omitempty"`
	Sum        string               `json:"sum,omitempty"` // SHA-256 of the packed bytes
	Dictionary []string             `json:"dictionary,omitempty"`
}

// frozenWriter writes a kept frame.
type frozenWriter struct {
	pack *packer
	to   io.Writer
	also Questions
	at   int64
}

func (w *frozenWriter) put(data []byte) error {
	n, err := w.to.Write(data)
	w.at += int64(n)
	return err
}

func (w *frozenWriter) write(ctx context.Context, f *Frame) error {
	index := frozenIndex{ID: f.ID(), Newest: f.Newest().UnixMilli(), Kinds: map[string]*frozenTable{}}
	if f.Newest().IsZero() {
		index.Newest = 0
	}
	if err := w.put([]byte(frozenMark)); err != nil {
		return err
	}
	for _, name := range kindNames(f.store.kinds()) {
		for _, t := range f.store.kinds()[name].concepts {
			table, err := w.table(ctx, f, t)
			if err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			index.Kinds[t.name] = table
		}
	}
	data, err := json.Marshal(index)
	if err != nil {
		return err
	}
	start := w.at
	if err := w.put(w.pack.pack(data)); err != nil {
		return err
	}
	return w.put(append(binary.BigEndian.AppendUint64(nil, uint64(start)), frozenMark...))
}

// table writes the columns of a kind. Each is read by itself and let go, so that memory holds one at a time.
func (w *frozenWriter) table(ctx context.Context, f *Frame, t *frameTable) (*frozenTable, error) {
	out := &frozenTable{Rows: f.Rows(t.name), Columns: map[string]*frozenColumn{}}
	picked := f.alsoOf(t.name, w.also[t.name])
	for i, c := range slices.Concat(t.columns, picked) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if c.name[0] == '.' {
			continue
		}
		read := f.read
		if i >= len(t.columns) {
			read = f.readPicked
		}
		column, err := read(f.tables[t.name], c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		kept := &frozenColumn{Kind: column.Kind, Scale: column.Scale, Dictionary: column.Dictionary}
		if data := encodeFrozen(column, out.Rows); data != nil {
			packed := w.pack.pack(data)
			sum := sha256.Sum256(packed)
			kept.Offset, kept.Length, kept.Sum = w.at, len(packed), hex.EncodeToString(sum[:])
			if err := w.put(packed); err != nil {
				return nil, err
			}
		}
		out.Columns[c.name] = kept
	}
	return out, nil
}

// encodeFrozen lays a column out; nil where no row has a value.
func encodeFrozen(c *indicator.Column, rows int) []byte {
	least, most, found := int64(0), int64(0), false
	for i := range rows {
		if !c.Valid.Get(i) {
			continue
		}
		if v := c.Values[i]; !found {
			least, most, found = v, v, true
		} else {
			least, most = min(least, v), max(most, v)
		}
	}
	if !found {
		return nil
	}
	width := (bits.Len64(uint64(most)-uint64(least)) + 7) / 8
	out := make([]byte, 0, 9+(rows+63)/64*8+rows*width)
	out = binary.LittleEndian.AppendUint64(out, uint64(least))
	out = append(out, byte(width))
	for _, word := range c.Valid.Grow(rows) {
		out = binary.LittleEndian.AppendUint64(out, word)
	}
	var value [8]byte
	for i := range rows {
		binary.LittleEndian.PutUint64(value[:], 0)
		if c.Valid.Get(i) {
			binary.LittleEndian.PutUint64(value[:], uint64(c.Values[i])-uint64(least))
		}
		out = append(out, value[:width]...)
	}
	return out
}

// decodeFrozen reads what encodeFrozen wrote.
func decodeFrozen(data []byte, rows int, into *indicator.Column) error {
	words := (rows + 63) / 64
	if len(data) < 9+words*8 || data[8] > 8 || len(data) != 9+words*8+rows*int(data[8]) {
		return fmt.Errorf("%w: a column has the wrong length", ErrFrozen)
	}
	least, width := binary.LittleEndian.Uint64(data), int(data[8])
	data = data[9:]
	for i := range words {
		into.Valid[i] = binary.LittleEndian.Uint64(data[i*8:])
	}
	data = data[words*8:]
	var value [8]byte
	for i := range rows {
		if into.Valid.Get(i) {
			copy(value[:width], data[i*width:])
			into.Values[i] = int64(least + binary.LittleEndian.Uint64(value[:]))
		}
	}
	return nil
}

// Frozen is a kept frame; it is the indicator.Source of the figures of a release. Columns are read when they are first
// asked for. It must be closed.
type Frozen struct {
	store *Store
	file  *os.File
	index frozenIndex
	ready *indicator.Prepared

	mu      sync.Mutex
	columns map[[2]string]*indicator.Column
}

// OpenFrozen opens the kept frame of an id. The error wraps fs.ErrNotExist where none is kept, and ErrFrozen where it is
// damaged.
func (s *Store) OpenFrozen(id string) (*Frozen, error) {
	file, err := os.Open(s.frozenPath(id))
	if err != nil {
		return nil, err
	}
	f := &Frozen{store: s, file: file, columns: map[[2]string]*indicator.Column{}}
	if err := f.readIndex(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	f.ready = indicator.Prepare(f)
	if f.index.ID != id {
		return nil, errors.Join(fmt.Errorf("%w: it is that of another frame", ErrFrozen), file.Close())
	}
	return f, nil
}

func (f *Frozen) readIndex() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	tail := make([]byte, 8+len(frozenMark))
	end := info.Size() - int64(len(tail))
	if end < int64(len(frozenMark)) {
		return fmt.Errorf("%w: it is cut short", ErrFrozen)
	}
	if _, err := f.file.ReadAt(tail, end); err != nil {
		return fmt.Errorf("%w: %w", ErrFrozen, err)
	}
	start := int64(binary.BigEndian.Uint64(tail))
	if string(tail[8:]) != frozenMark || start < 0 || start > end {
		return fmt.Errorf("%w: it is cut short", ErrFrozen)
	}
	packed := make([]byte, end-start)
	if _, err := f.file.ReadAt(packed, start); err != nil {
		return fmt.Errorf("%w: %w", ErrFrozen, err)
	}
	data, err := f.store.pack.unpack(packed)
	if err == nil {
		err = json.Unmarshal(data, &f.index)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFrozen, err)
	}
	return nil
}

// Close lets the file go. Columns that were read stay usable.
func (f *Frozen) Close() error { return f.file.Close() }

// Prepared returns the frame made ready for questions; what one question makes of it serves the next.
func (f *Frozen) Prepared() *indicator.Prepared { return f.ready }

// Rows returns how many records, or rows of a repeat, of a kind take part.
func (f *Frozen) Rows(kind string) int {
	if t := f.index.Kinds[kind]; t != nil {
		return t.Rows
	}
	return 0
}

// Newest returns the time of the newest revision in the frame.
func (f *Frozen) Newest() time.Time {
	if f.index.Newest == 0 {
		return time.Time{}
	}
	return time.UnixMilli(f.index.Newest).UTC()
}

// ID returns the SHA-256 of the frame, as Frame.ID does.
func (f *Frozen) ID() string { return f.index.ID }

// Column returns a concept of a kind. The error wraps indicator.ErrNoColumn where the frame has none, or where its
// question has become personal since.
func (f *Frozen) Column(kind, concept string) (*indicator.Column, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := [2]string{kind, concept}
	if have := f.columns[key]; have != nil {
		return have, nil
	}
	t := f.index.Kinds[kind]
	if t == nil || t.Columns[concept] == nil || !f.store.shows(kind, concept) {
		return nil, fmt.Errorf("%s of %s: %w", concept, kind, indicator.ErrNoColumn)
	}
	at := t.Columns[concept]
	out := &indicator.Column{
		Name: concept, Kind: at.Kind, Scale: at.Scale, Dictionary: at.Dictionary,
		Values: make([]int64, t.Rows), Valid: indicator.NewBits(t.Rows),
	}
	if at.Length > 0 {
		if err := f.fill(at, t.Rows, out); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", concept, kind, err)
		}
	}
	f.columns[key] = out
	return out, nil
}

func (f *Frozen) fill(at *frozenColumn, rows int, out *indicator.Column) error {
	packed := make([]byte, at.Length)
	if _, err := f.file.ReadAt(packed, at.Offset); err != nil {
		return fmt.Errorf("%w: %w", ErrFrozen, err)
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != at.Sum {
		return fmt.Errorf("%w: a column has changed", ErrFrozen)
	}
	data, err := f.store.pack.unpack(packed)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFrozen, err)
	}
	return decodeFrozen(data, rows, out)
}

// shows tells whether frames have a column of that name now.
func (s *Store) shows(table, concept string) bool {
	for _, k := range s.kinds() {
		for _, t := range k.concepts {
			if t.name == table {
				_, picked := t.pick(concept)
				return picked || t.column(concept) != nil
			}
		}
	}
	return false
}
