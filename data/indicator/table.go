package indicator

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Table is a Source in memory. It is filled row by row with Add, or column by
// column with SetColumn, before it is read; it is not safe for writing and
// reading at once.
type Table struct {
	newest time.Time
	kinds  map[string]*tableKind

	mu       sync.Mutex
	id       string    // "" until it is asked for, and after a change
	prepared *Prepared // likewise nil
}

type tableKind struct {
	rows    int
	columns map[string]*Column
	codes   map[string]map[string]int64 // code of a text, by column
}

// Row is one record by concept. A value is an int, an int64, a Scaled, a
// string (a code) or a time.Time (a date); nil and a missing concept are "not
// known".
type Row map[string]any

// Scaled is a number with decimals: 12.50 is Scaled{1250, 2}. All numbers of a
// column must have the same number of decimals.
type Scaled struct {
	Units int64
	Scale uint8
}

// NewTable gives an empty source whose newest revision has the given time.
func NewTable(newest time.Time) *Table {
	return &Table{newest: newest, kinds: map[string]*tableKind{}}
}

func (t *Table) kind(name string) *tableKind {
	k := t.kinds[name]
	if k == nil {
		k = &tableKind{columns: map[string]*Column{}, codes: map[string]map[string]int64{}}
		t.kinds[name] = k
	}
	return k
}

// Add appends one record to a kind. It refuses a value whose type is not that
// of its column.
func (t *Table) Add(kind string, row Row) error {
	k := t.kind(kind)
	t.changed()
	for concept, value := range row {
		if value == nil {
			continue
		}
		if err := k.put(concept, value); err != nil {
			return fmt.Errorf("%s row %d, %s: %w", kind, k.rows, concept, err)
		}
	}
	k.rows++
	for _, c := range k.columns {
		c.extend(k.rows)
	}
	return nil
}

// SetColumn gives a kind a whole column. All columns of a kind must be equally
// long.
func (t *Table) SetColumn(kind string, c *Column) error {
	k := t.kind(kind)
	t.changed()
	if len(k.columns) > 0 && len(c.Values) != k.rows {
		return fmt.Errorf("column %s of %s has %d rows where the others have %d", c.Name, kind, len(c.Values), k.rows)
	}
	k.rows = len(c.Values)
	k.columns[c.Name] = c
	return nil
}

func (k *tableKind) put(concept string, value any) error {
	kind, number, scale, text := Integer, int64(0), uint8(0), ""
	switch v := value.(type) {
	case int:
		number = int64(v)
	case int64:
		number = v
	case Scaled:
		number, scale = v.Units, v.Scale
	case time.Time:
		kind, number = Date, Days(v)
	case string:
		kind, text = Code, v
	default:
		return fmt.Errorf("a %T cannot be a value; give a number, a text or a date", value)
	}
	c := k.columns[concept]
	if c == nil {
		c = &Column{Name: concept, Kind: kind, Scale: scale}
		k.columns[concept] = c
		k.codes[concept] = map[string]int64{}
	}
	if c.Kind != kind || c.Scale != scale {
		return fmt.Errorf("%v is of another type than the rows before it", value)
	}
	if kind == Code {
		number = k.code(c, text)
	}
	c.extend(k.rows + 1)
	c.Values[k.rows] = number
	c.Valid.Set(k.rows)
	return nil
}

func (k *tableKind) code(c *Column, text string) int64 {
	codes := k.codes[c.Name]
	code, ok := codes[text]
	if !ok {
		code = int64(len(c.Dictionary))
		codes[text] = code
		c.Dictionary = append(c.Dictionary, text)
	}
	return code
}

func (c *Column) extend(rows int) {
	for len(c.Values) < rows {
		c.Values = append(c.Values, 0)
	}
	c.Valid = c.Valid.Grow(rows)
}

// Rows implements Source.
func (t *Table) Rows(kind string) int {
	if k := t.kinds[kind]; k != nil {
		return k.rows
	}
	return 0
}

// Column implements Source.
func (t *Table) Column(kind, concept string) (*Column, error) {
	if k := t.kinds[kind]; k != nil {
		if c := k.columns[concept]; c != nil {
			return c, nil
		}
	}
	return nil, fmt.Errorf("%s of %s: %w", concept, kind, ErrNoColumn)
}

// Newest implements Source.
func (t *Table) Newest() time.Time { return t.newest }

// ID implements Source: a hash over kinds, columns and values, in the order of
// their names.
func (t *Table) ID() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.id == "" {
		t.id = t.hash()
	}
	return t.id
}

// Prepared implements Keeper.
func (t *Table) Prepared() *Prepared {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.prepared == nil {
		t.prepared = Prepare(t)
	}
	return t.prepared
}

// changed forgets the hash and what was prepared.
func (t *Table) changed() {
	t.mu.Lock()
	t.id, t.prepared = "", nil
	t.mu.Unlock()
}

func (t *Table) hash() string {
	h := sha256.New()
	for _, kind := range sortedKeys(t.kinds) {
		k := t.kinds[kind]
		fmt.Fprintf(h, "kind %q %d\n", kind, k.rows)
		for _, name := range sortedKeys(k.columns) {
			c := k.columns[name]
			fmt.Fprintf(h, "column %q %d %d %q\n", name, c.Kind, c.Scale, c.Dictionary)
			buf := make([]byte, 0, 8*(len(c.Values)+len(c.Valid)))
			for _, v := range c.Values {
				buf = binary.LittleEndian.AppendUint64(buf, uint64(v))
			}
			for _, v := range c.Valid {
				buf = binary.LittleEndian.AppendUint64(buf, v)
			}
			h.Write(buf)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
