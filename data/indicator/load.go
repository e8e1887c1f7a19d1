package indicator

import (
	"context"
	"errors"
	"fmt"
	"sort"
)

// rowFlag says what is known about a mapping record.
type rowFlag uint16

const (
	used        rowFlag = 1 << iota // the record counts
	unvalidated                     // nobody has validated it
	public                          // its figures are public already
	carried                         // its accounts repeat earlier ones
	old                             // its accounts are old
	imputed                         // its value of the indicator is imputed
	valued                          // it has a value of the indicator
	passes                          // it passes the filter
	irregular                       // its fiscal period is not 11 to 13 months
	active                          // it describes an active cooperative
)

// panel is the mapping records arranged by unit and year, with everything that
// the levels and the sets of a change need, one number a row.
type panel struct {
	ctx   context.Context
	src   Source
	ind   Indicator
	query Query

	rows    int
	flags   []rowFlag
	unit    []int32
	yearOf  []int16 // index into years
	years   []int   // every year of the frame, ascending
	subject *Column
	names   []string // of units; units of the subject column come first
	order   []int32  // rows by unit, then year
	start   []int32  // rows of unit u are order[start[u]:start[u+1]]

	end, cover *Column    // fiscal_end, figures_cover
	num, den   []int64    // the indicator's value; den is the base of its share
	scale      uint8      // decimals of num
	denScale   uint8      // decimals of den
	currency   *classes   // of money in its own currency only
	money      *MoneyUsed // of money that is converted
	cells      *cells
	lives      *lives
	notes      map[NoteKey]Note
}

// newPanel loads a frame as far as one query needs it.
func newPanel(ctx context.Context, src Source, ind Indicator, q Query) (*panel, error) {
	p := &panel{ctx: ctx, src: src, ind: ind, query: q, rows: src.Rows(kindMapping), notes: map[NoteKey]Note{}}
	for _, step := range []func() error{
		p.loadRows, p.arrange, p.flagAccounts, p.chooseRows, p.loadLives, p.loadCells, p.loadValues,
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

const (
	kindMapping     = "mapping"
	kindCooperative = "cooperative"
	kindLinks       = "cooperative.links"
	kindPopulation  = "population"
)

// column gives a column, or nil where the kind has no such concept.
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
	for row, v := range c.Values {
		if (v < 0 || v >= int64(len(c.Dictionary))) && c.Valid.Get(row) {
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
		for _, t := range texts {
			is[i] = is[i] || d == t
		}
	}
	return is
}

// hit says whether a column has, at a row, one of the codes of matches.
func hit(c *Column, is []bool, row int) bool {
	return c != nil && c.Kind == Code && c.Valid.Get(row) && is[c.Values[row]]
}

// loadRows reads who, when and in which state.
func (p *panel) loadRows() error {
	var year, state, outcome, open *Column
	err := columns(p.src, kindMapping, map[string]**Column{
		"subject": &p.subject, "year": &year, "state": &state, "outcome": &outcome, "public": &open,
		"fiscal_end": &p.end, "figures_cover": &p.cover,
	})
	if err != nil {
		return err
	}
	if p.rows > 0 && (p.subject == nil || p.subject.Kind != Code || year == nil) {
		return errors.New("the frame's mapping records have no subject or no year: check that the questionnaire has questions with the concepts subject and year")
	}
	p.flags = make([]rowFlag, p.rows)
	p.unit = make([]int32, p.rows)
	p.yearOf = make([]int16, p.rows)
	if p.rows > 0 {
		p.names = append(p.names, p.subject.Dictionary...)
	}
	submitted := matches(state, "submitted")
	approved := matches(state, "validated", "locked")
	outside := matches(outcome, "duplicate", "duplicate_of", "out_of_scope")
	isPublic := matches(open, "yes", "true", "1", "public")
	p.indexYears(year)
	for row := range p.flags {
		if p.yearOf[row] < 0 || !p.subject.Valid.Get(row) || hit(outcome, outside, row) {
			continue
		}
		p.unit[row] = int32(p.subject.Values[row])
		switch {
		case state == nil || hit(state, approved, row):
			p.flags[row] = used
		case !state.Valid.Get(row) || hit(state, submitted, row):
			p.flags[row] = used | unvalidated
		}
		if hit(open, isPublic, row) || open != nil && open.Kind == Integer && open.Valid.Get(row) && open.Values[row] != 0 {
			p.flags[row] |= public
		}
	}
	return nil
}

// indexYears numbers the years of the frame in ascending order.
func (p *panel) indexYears(year *Column) {
	index := map[int]int16{}
	for row := range p.flags {
		if y, ok := whole(year, row); ok {
			index[y] = 0
		}
	}
	for y := range index {
		p.years = append(p.years, y)
	}
	sort.Ints(p.years)
	for i, y := range p.years {
		index[y] = int16(i)
	}
	for row := range p.flags {
		p.yearOf[row] = -1
		if y, ok := whole(year, row); ok {
			p.yearOf[row] = index[y]
		}
	}
}

// arrange sorts the rows by unit and year, in two counting passes.
func (p *panel) arrange() error {
	byYear := countingSort(p.rows, len(p.years), func(row int32) int32 {
		if p.flags[row]&used == 0 {
			return -1
		}
		return int32(p.yearOf[row])
	}, nil)
	units := len(p.names)
	p.start = make([]int32, units+1)
	p.order = countingSort(p.rows, units, func(row int32) int32 { return p.unit[row] }, byYear)
	for _, row := range p.order {
		p.start[p.unit[row]+1]++
	}
	for u := range units {
		p.start[u+1] += p.start[u]
	}
	return nil
}

// countingSort gives rows in the order of their key, keeping the given order
// (nil: all rows from 0) within a key; rows with a negative key are left out.
func countingSort(rows, keys int, key func(int32) int32, in []int32) []int32 {
	if in == nil {
		in = make([]int32, rows)
		for i := range in {
			in[i] = int32(i)
		}
	}
	next := make([]int32, keys+1)
	kept := 0
	for _, row := range in {
		if k := key(row); k >= 0 {
			next[k+1]++
			kept++
		}
	}
	for k := range keys {
		next[k+1] += next[k]
	}
	out := make([]int32, kept)
	for _, row := range in {
		if k := key(row); k >= 0 {
			out[next[k]] = row
			next[k]++
		}
	}
	return out
}

// rowsOf gives the records of a unit by year.
func (p *panel) rowsOf(u int32) []int32 {
	if int(u)+1 >= len(p.start) {
		return nil // known from links only
	}
	return p.order[p.start[u]:p.start[u+1]]
}

// flagAccounts marks what is carried forward and what is old. Records that are
// not validated are evidence too, even where they are not counted.
func (p *panel) flagAccounts() error {
	if p.end == nil {
		return nil
	}
	for u := range len(p.names) {
		rows := p.rowsOf(int32(u))
		for i, row := range rows {
			if !p.end.Valid.Get(int(row)) {
				continue
			}
			end := p.end.Values[row]
			if Old(p.years[p.yearOf[row]], end) {
				p.flags[row] |= old
			}
			for _, before := range rows[:i] {
				if p.yearOf[before] < p.yearOf[row] && p.end.Valid.Get(int(before)) && p.end.Values[before] == end {
					p.flags[row] |= carried
					break
				}
			}
		}
	}
	return nil
}

// chooseRows leaves out what the query does not want, and all but one record of
// a cooperative and year: locked before validated before submitted, then the
// latest accounts, then the record with the highest id.
func (p *panel) chooseRows() error {
	if p.query.Validated {
		for row := range p.flags {
			if p.flags[row]&unvalidated != 0 {
				p.flags[row] &^= used
			}
		}
	}
	var record, state *Column
	if err := columns(p.src, kindMapping, map[string]**Column{"record": &record, "state": &state}); err != nil {
		return err
	}
	locked := matches(state, "locked")
	better := func(a, b int32) bool {
		if va, vb := p.flags[a]&unvalidated == 0, p.flags[b]&unvalidated == 0; va != vb {
			return va
		}
		if la, lb := hit(state, locked, int(a)), hit(state, locked, int(b)); la != lb {
			return la
		}
		if ea, eb := p.endOf(a), p.endOf(b); ea != eb {
			return ea > eb
		}
		ra, _ := record.Text(int(a))
		rb, _ := record.Text(int(b))
		return ra > rb
	}
	repeated := 0
	for u := range len(p.names) {
		best := int32(-1)
		for _, row := range p.rowsOf(int32(u)) {
			if p.flags[row]&used == 0 {
				continue
			}
			if best < 0 || p.yearOf[best] != p.yearOf[row] {
				best = row
				continue
			}
			repeated++
			loser := row
			if better(row, best) {
				loser, best = best, row
			}
			p.flags[loser] &^= used
		}
	}
	p.note(NoteRepeated, repeated, p.rows)
	return nil
}

// endOf is the last day of the fiscal year, a very early one where unknown.
func (p *panel) endOf(row int32) int64 {
	if p.end == nil || !p.end.Valid.Get(int(row)) {
		return -1 << 40
	}
	return p.end.Values[row]
}

func (p *panel) note(key NoteKey, count, of int) {
	if count > 0 {
		p.notes[key] = Note{key, count, of}
	}
}
