package indicator

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync/atomic"
)

// rowFlag says what is known about a mapping record.
type rowFlag uint16

const (
	used        rowFlag = 1 << iota // the record counts
	unvalidated                     // nobody has validated it
	locked                          // nobody can change it any more
	public                          // its figures are public already
	carried                         // its accounts repeat earlier ones
	old                             // its accounts are old
	irregular                       // its fiscal period is not 11 to 13 months
	active                          // it describes an active cooperative
	imputed                         // its value of the indicator is imputed
	valued                          // it has a value of the indicator
	notDecember                     // its converted amount is of a fiscal year that ends in another month
)

// frameRows are the mapping records of a frame that may count, arranged by
// cooperative and year: those of unit u are the rows start[u] to start[u+1]-1.
// All numbers of one a row are in that order.
type frameRows struct {
	prepared *Prepared
	records  int     // mapping records of the frame
	order    []int32 // the frame's row of a row; nil where they are the same
	start    []int32
	years    []int // every year of the frame, ascending
	roll     *roll
	parts    []part

	unit   []int32
	yearOf []int16 // index into years
	flags  []rowFlag
	end    []int32  // last day of the fiscal year, unknownDay where not known
	cover  *classes // figures_cover
}

const unknownDay = math.MinInt32

const (
	kindMapping     = "mapping"
	kindCooperative = "cooperative"
	kindLinks       = "cooperative.links"
	kindPopulation  = "population"
)

// count is the number of rows.
func (r *frameRows) count() int { return len(r.unit) }

// place is where in the frame a row comes.
func (r *frameRows) place(row int) int {
	if r.order == nil {
		return row
	}
	return int(r.order[row])
}

// arrange reads who, when and in which state, and sorts.
func arrange(ctx context.Context, p *Prepared) (*frameRows, error) {
	r := &frameRows{prepared: p, records: p.src.Rows(kindMapping)}
	if err := r.sort(); err != nil {
		return nil, err
	}
	if err := both(r.readAccounts, r.readRoll); err != nil {
		return nil, err
	}
	return r, ctx.Err()
}

// column gives a column of a source, or nil where the kind has no such concept.
func column(src Source, kind, concept string) (*Column, error) {
	c, err := src.Column(kind, concept)
	switch {
	case errors.Is(err, ErrNoColumn):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s of %s: %w", concept, kind, err)
	case len(c.Values) != src.Rows(kind):
		return nil, fmt.Errorf("%s of %s has %d rows where the frame has %d: rebuild the frame", concept, kind, len(c.Values), src.Rows(kind))
	case c.Kind == Code && !c.coded():
		return nil, fmt.Errorf("%s of %s has a code that its dictionary lacks: rebuild the frame", concept, kind)
	}
	return c, nil
}

// coded says whether every known value of a Code column is in its dictionary.
func (c *Column) coded() bool {
	var wrong atomic.Bool
	inRuns(len(c.Values), func(from, to int) {
		for row := from; row < to; row++ {
			if uint64(c.Values[row]) >= uint64(len(c.Dictionary)) && c.Valid.Get(row) {
				wrong.Store(true)
			}
		}
	})
	return !wrong.Load()
}

// columns gives several columns of a kind, nil where there is none.
func columns(src Source, kind string, into map[string]**Column) error {
	for _, concept := range sortedKeys(into) {
		c, err := column(src, kind, concept)
		if err != nil {
			return err
		}
		*into[concept] = c
	}
	return nil
}

// column gives a concept of the mapping records in the order of the rows, or
// nil where there is no such concept.
func (r *frameRows) column(concept string) (*Column, error) {
	c, err := column(r.prepared.src, kindMapping, concept)
	if c == nil || err != nil || r.order == nil {
		return c, err
	}
	out := *c
	out.Values, out.Valid = make([]int64, len(r.order)), NewBits(len(r.order))
	inRuns(len(r.order), func(from, to int) {
		for row := from; row < to; row++ {
			if at := int(r.order[row]); c.Valid.Get(at) {
				out.Values[row] = c.Values[at]
				out.Valid.Set(row)
			}
		}
	})
	return &out, nil
}

// columns gives several concepts of the mapping records.
func (r *frameRows) columns(into map[string]**Column) error {
	for _, concept := range sortedKeys(into) {
		c, err := r.column(concept)
		if err != nil {
			return err
		}
		*into[concept] = c
	}
	return nil
}

// whole gives a number of a column without its decimals.
func whole(c *Column, row int) (int, bool) {
	if c == nil || !c.Valid.Get(row) {
		return 0, false
	}
	v := c.Values[row]
	if c.Kind == Date {
		return yearOfDay(v), true
	}
	for s := c.Scale; s > 0; s-- {
		v /= 10
	}
	return int(v), true
}

// matches gives, for each code of a column, whether its text is one of some.
func matches(c *Column, texts ...string) []bool {
	if c == nil {
		return nil
	}
	is := make([]bool, len(c.Dictionary))
	for i, d := range c.Dictionary {
		is[i] = slices.Contains(texts, d)
	}
	return is
}

// hit says whether a column has, at a row, one of the codes of matches.
func hit(c *Column, is []bool, row int) bool {
	return c != nil && c.Kind == Code && c.Valid.Get(row) && is[c.Values[row]]
}

// sort brings the records that may count into the order of units and years.
func (r *frameRows) sort() error {
	subject, year, err := r.subjects()
	if err != nil || r.records == 0 {
		r.start = []int32{0}
		r.roll = &roll{}
		r.divide()
		return err
	}
	yearOf := r.indexYears(year)
	flags, err := r.states(func(row int) bool { return yearOf[row] >= 0 && subject.Valid.Get(row) })
	if err != nil {
		return err
	}
	r.roll = &roll{names: subject.Dictionary}
	r.order, r.start = byUnit(len(subject.Dictionary), subject.Values, yearOf, flags)
	r.unit, r.yearOf, r.flags = make([]int32, len(r.order)), make([]int16, len(r.order)), make([]rowFlag, len(r.order))
	inRuns(len(r.order), func(from, to int) {
		for i, row := range r.order[from:to] {
			r.unit[from+i], r.yearOf[from+i], r.flags[from+i] = int32(subject.Values[row]), yearOf[row], flags[row]
		}
	})
	r.divide()
	if len(r.order) == r.records && slices.IsSorted(r.order) {
		r.order = nil
	}
	return nil
}

// subjects reads who each record is about, and when.
func (r *frameRows) subjects() (subject, year *Column, err error) {
	err = columns(r.prepared.src, kindMapping, map[string]**Column{"subject": &subject, "year": &year})
	if err == nil && r.records > 0 && (subject == nil || subject.Kind != Code || year == nil) {
		err = errors.New("the frame's mapping records have no subject or no year: check that the questionnaire has questions with the concepts subject and year")
	}
	return subject, year, err
}

// states reads which of the records that are known at all may count.
func (r *frameRows) states(known func(row int) bool) ([]rowFlag, error) {
	var state, outcome, open *Column
	err := columns(r.prepared.src, kindMapping, map[string]**Column{"state": &state, "outcome": &outcome, "public": &open})
	if err != nil {
		return nil, err
	}
	submitted, isLocked := matches(state, "submitted"), matches(state, "locked")
	approved := matches(state, "validated", "locked")
	outside := matches(outcome, "duplicate", "duplicate_of", "out_of_scope")
	isPublic := matches(open, "yes", "true", "1", "public")
	flags := make([]rowFlag, r.records)
	inRuns(len(flags), func(from, to int) {
		for row := from; row < to; row++ {
			if !known(row) || hit(outcome, outside, row) {
				continue
			}
			switch {
			case state == nil || hit(state, approved, row):
				flags[row] = used
			case !state.Valid.Get(row) || hit(state, submitted, row):
				flags[row] = used | unvalidated
			}
			if hit(state, isLocked, row) {
				flags[row] |= locked
			}
			if hit(open, isPublic, row) || open != nil && open.Kind == Integer && open.Valid.Get(row) && open.Values[row] != 0 {
				flags[row] |= public
			}
		}
	})
	return flags, nil
}

// indexYears numbers the years of the frame in ascending order, and gives the
// number of each of its records, -1 where the year is not known.
func (r *frameRows) indexYears(year *Column) []int16 {
	out, known := make([]int16, r.records), make([]int, r.records)
	last := math.MinInt
	for row := range known {
		y, ok := whole(year, row)
		if known[row] = y; !ok {
			out[row] = -1
		} else if y != last {
			last = y
			if at, found := slices.BinarySearch(r.years, y); !found {
				r.years = slices.Insert(r.years, at, y)
			}
		}
	}
	inRuns(len(out), func(from, to int) {
		for row := from; row < to; row++ {
			if out[row] == 0 {
				at, _ := slices.BinarySearch(r.years, known[row])
				out[row] = int16(at)
			}
		}
	})
	return out
}

// byUnit gives the records that may count by unit and, within a unit, by year, and
// where each unit begins.
func byUnit(units int, unit []int64, yearOf []int16, flags []rowFlag) (order, start []int32) {
	start = make([]int32, units+1)
	kept := 0
	for row, f := range flags {
		if f&used != 0 {
			start[unit[row]+1]++
			kept++
		}
	}
	for u := range units {
		start[u+1] += start[u]
	}
	order = make([]int32, kept)
	next := slices.Clone(start[:units])
	for row, f := range flags {
		if f&used == 0 {
			continue
		}
		u := unit[row]
		at := next[u]
		next[u]++
		for ; at > start[u] && yearOf[order[at-1]] > yearOf[row]; at-- {
			order[at] = order[at-1]
		}
		order[at] = int32(row)
	}
	return order, start
}

// rowsOf gives the first and one past the last row of a unit.
func (r *frameRows) rowsOf(u int32) (from, to int32) {
	if int(u)+1 >= len(r.start) {
		return 0, 0 // known from links only
	}
	return r.start[u], r.start[u+1]
}
