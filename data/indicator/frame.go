package indicator

import (
	"errors"
	"time"
)

// ErrNoColumn is wrapped by the error of [Source.Column] when the kind has no
// such concept. Compute treats such a concept as missing in every record.
var ErrNoColumn = errors.New("no such column")

// ColumnKind says how the numbers of a column are to be read.
type ColumnKind uint8

// The kinds of column.
const (
	Integer ColumnKind = iota // a number scaled by ten to the power of Scale
	Code                      // an index into Dictionary
	Date                      // days since 1970-01-01
)

// Column is one concept of one kind of record: one number for every row.
type Column struct {
	Name       string     // the concept, or "state", "record"
	Kind       ColumnKind // how Values are read
	Scale      uint8      // decimals of the scaled integers
	Values     []int64    // one a row; anything where Valid is not set
	Valid      Bits       // set where a value is known
	Dictionary []string   // the texts of a Code column
}

// Text gives the text of a Code column at a row, and whether it is known.
func (c *Column) Text(row int) (string, bool) {
	if c == nil || c.Kind != Code || !c.Valid.Get(row) || row >= len(c.Values) {
		return "", false
	}
	code := c.Values[row]
	if code < 0 || code >= int64(len(c.Dictionary)) {
		return "", false
	}
	return c.Dictionary[code], true
}

// Source is a frozen set of records as columns. All columns of a kind have the
// same rows in the same order.
//
// The kinds that Compute asks for, with their concepts:
//
//   - "mapping": record, state (submitted, validated, locked), subject (the
//     cooperative's record), year, wave, fiscal_start, fiscal_end, outcome,
//     status, cessation_year, entry, level, figures_cover, the breakdowns,
//     public, the figures themselves, and "quality:<figure>" (I is imputed).
//   - "cooperative": record, country, founded, registered, ceased, origin.
//   - "cooperative.links": record (the owner), link_kind, link_to, link_date.
//   - "population": country, ilo_type, size, year, known.
//   - "relationship": tie_from, tie_to (cooperatives), tie_from_organisation,
//     tie_to_organisation, tie_since, tie_until, tie_status, tie_reported_by.
//   - "macro", "project", "outcome": record, year, the unit (shapes in kinds.go),
//     the breakdowns and the answers that are counted.
//   - "context": country, year, measure (employment, gdp, gdp_per_capita),
//     currency, value.
type Source interface {
	// Rows is the number of records of a kind, 0 for an unknown kind.
	Rows(kind string) int
	// Column gives a concept of a kind; the error wraps ErrNoColumn when the
	// kind has no such concept.
	Column(kind, concept string) (*Column, error)
	// Newest is the time of the newest revision in the frame.
	Newest() time.Time
	// ID is the SHA-256 of the frame's contents, in hexadecimal.
	ID() string
}

// Memory is a Source that keeps, from one process to the next, what was made of
// exactly its contents, so that a new process need not make it again.
type Memory interface {
	Source
	// Recall gives what Remember was given under a name for a frame of these
	// contents, nil where there is nothing; keeps says whether Remember would keep
	// anything.
	Recall(name string) (data []byte, keeps bool)
	// Remember keeps data under a name as long as the contents stay as they are,
	// where it can: it is never wrong to forget.
	Remember(name string, data []byte)
}

// Bits is a set of row numbers. The zero value is empty.
type Bits []uint64

// NewBits gives an empty set with room for rows 0 to n-1.
func NewBits(n int) Bits { return make(Bits, (n+63)/64) }

// Get says whether row i is in the set; rows beyond the set's room are not.
func (b Bits) Get(i int) bool {
	w := i >> 6
	return i >= 0 && w < len(b) && b[w]>>(uint(i)&63)&1 == 1
}

// Set puts row i, which must lie within the set's room, into the set.
func (b Bits) Set(i int) { b[i>>6] |= 1 << (uint(i) & 63) }

// Put adds the rows of another set, the first of which is row from here; all of
// them must lie within the set's room.
func (b Bits) Put(o Bits, from int) {
	for i, word := range o {
		at, shift := from>>6+i, uint(from)&63
		if b[at] |= word << shift; word>>(64-shift) != 0 {
			b[at+1] |= word >> (64 - shift)
		}
	}
}

// Grow gives the set with room for n rows.
func (b Bits) Grow(n int) Bits {
	for len(b) < (n+63)/64 {
		b = append(b, 0)
	}
	return b
}

// or gives the rows that are in either set.
func (b Bits) or(o Bits) Bits {
	b = b.Grow(64 * len(o))
	for i, word := range o {
		b[i] |= word
	}
	return b
}
