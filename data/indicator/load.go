package indicator

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
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

// frameRows are the records of one kind of a frame that may count, arranged by
// unit, which is a cooperative where they are those of the mapping, and year: those of unit u are the rows start[u] to start[u+1]-1.
// All numbers of one a row are in that order.
type frameRows struct {
	prepared *Prepared
	records  int     // of the frame
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
	r := &frameRows{prepared: p, records: p.src.Rows(p.shape.kind)}
	subjects, err := r.sort()
	if err != nil {
		return nil, err
	}
	if err := both(r.readAccounts, func() error { return r.readRoll(subjects) }); err != nil {
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

// empty says whether no value is known.
func (c *Column) empty() bool {
	for _, word := range c.Valid {
		if word != 0 {
			return false
		}
	}
	return true
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

// column gives a concept of the records in the order of the rows, or
// nil where there is no such concept.
func (r *frameRows) column(concept string) (*Column, error) {
	c, err := column(r.prepared.src, r.prepared.shape.kind, concept)
	if c == nil || err != nil || r.order == nil {
		return c, err
	}
	if c.empty() && len(r.order) == len(c.Values) {
		return c, nil
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

// columns gives several concepts of the records.
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

// sort brings the records that may count into the order of units and years, and
// gives the names of the units.
func (r *frameRows) sort() ([]string, error) {
	subject, year, err := r.subjects()
	if err != nil || r.records == 0 {
		r.start = []int32{0}
		r.divide()
		return nil, err
	}
	yearOf := r.indexYears(year)
	flags, err := r.states(func(row int) bool { return yearOf[row] >= 0 && subject.Valid.Get(row) })
	if err != nil {
		return nil, err
	}
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
	return subject.Dictionary, nil
}

// subjects reads who each record is about, and when.
func (r *frameRows) subjects() (subject, year *Column, err error) {
	s := r.prepared.shape
	err = columns(r.prepared.src, s.kind, map[string]**Column{s.unit: &subject, "year": &year})
	if err == nil && r.records > 0 && (subject == nil || subject.Kind != Code || year == nil) {
		err = fmt.Errorf("the frame's %s records have no %s or no year: check that the questionnaire has questions with the concepts %s and year", s.kind, s.unit, s.unit)
	}
	return subject, year, err
}

// states reads which of the records that are known at all may count.
func (r *frameRows) states(known func(row int) bool) ([]rowFlag, error) {
	var state, outcome, open *Column
	s := r.prepared.shape
	concepts := map[string]**Column{"state": &state, "outcome": &outcome, "public": &open}
	if s.apart {
		delete(concepts, "outcome")
	}
	if s.saved {
		delete(concepts, "state")
	}
	if err := columns(r.prepared.src, s.kind, concepts); err != nil {
		return nil, err
	}
	said := flagsOfCodes(state)
	outside := matches(outcome, "duplicate", "duplicate_of", "out_of_scope")
	isPublic := matches(open, "yes", "true", "1", "public")
	flags := make([]rowFlag, r.records)
	inRuns(len(flags), func(from, to int) {
		for row := from; row < to; row++ {
			if !known(row) || outcome != nil && hit(outcome, outside, row) {
				continue
			}
			f := used
			if state != nil {
				if f = used | unvalidated; state.Valid.Get(row) {
					f = 0
					if state.Kind == Code {
						f = said[state.Values[row]]
					}
				}
			}
			if open != nil && open.Valid.Get(row) && (open.Kind == Integer && open.Values[row] != 0 || open.Kind == Code && isPublic[open.Values[row]]) {
				f |= public
			}
			flags[row] = f
		}
	})
	return flags, nil
}

// flagsOfCodes gives what each code of the column of states says of a record.
func flagsOfCodes(state *Column) []rowFlag {
	if state == nil {
		return nil
	}
	flags := make([]rowFlag, len(state.Dictionary))
	for code, text := range state.Dictionary {
		switch text {
		case "submitted":
			flags[code] = used | unvalidated
		case "validated":
			flags[code] = used
		case "locked":
			flags[code] = used | locked
		}
	}
	return flags
}

// indexYears numbers the years of the frame in ascending order, and gives the
// number of each of its records, -1 where the year is not known.
func (r *frameRows) indexYears(year *Column) []int16 {
	type numbered struct {
		yearNumbers
		from, to int
	}
	var (
		out  = make([]int16, r.records)
		lock sync.Mutex
		runs []*numbered
	)
	inRuns(len(out), func(from, to int) {
		run := &numbered{yearNumbers{numbers: map[int]int16{}}, from, to}
		for row := from; row < to; row++ {
			if out[row] = -1; year.Valid.Get(row) {
				y, _ := whole(year, row)
				out[row] = run.of(y)
			}
		}
		lock.Lock()
		defer lock.Unlock()
		runs = append(runs, run)
		r.years = append(r.years, run.years...)
	})
	slices.Sort(r.years)
	r.years = slices.Compact(r.years)
	atOnce(len(runs), func(i int) {
		to := make([]int16, len(runs[i].years))
		for number, y := range runs[i].years {
			at, _ := slices.BinarySearch(r.years, y)
			to[number] = int16(at)
		}
		for row := runs[i].from; row < runs[i].to; row++ {
			if out[row] >= 0 {
				out[row] = to[out[row]]
			}
		}
	})
	return out
}

// yearNumbers numbers years as they are met.
type yearNumbers struct {
	years   []int
	numbers map[int]int16
	recent  [64]struct { // by the year's last bits, so that few years are looked up
		year   int
		number int16 // plus one
	}
}

// of gives the number of a year.
func (n *yearNumbers) of(year int) int16 {
	recent := &n.recent[year&63]
	if recent.year == year && recent.number > 0 {
		return recent.number - 1
	}
	number, known := n.numbers[year]
	if !known {
		number = int16(len(n.years))
		n.years, n.numbers[year] = append(n.years, year), number
	}
	recent.year, recent.number = year, number+1
	return number
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
