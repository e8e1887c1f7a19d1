package indicator

import (
	"context"
	"slices"
)

// panel is what one query is answered from: the values of its indicator and the
// cells that they are in.
type panel struct {
	*measured
	ctx   context.Context
	src   Source
	ind   Indicator
	query Query
	cells *cells
	asked []bool // the years asked for
	notes map[NoteKey]Note
}

// newPanel makes ready what one query needs of a frame.
func newPanel(ctx context.Context, prep *Prepared, ind Indicator, q Query) (*panel, error) {
	p := &panel{ctx: ctx, src: prep.src, ind: ind, query: q, notes: map[NoteKey]Note{}}
	rows, err := prep.choose(ctx, q.Validated)
	if err != nil {
		return nil, err
	}
	by, err := q.breakdowns(ind)
	if err != nil {
		return nil, err
	}
	err = both(func() (err error) {
		p.cells, err = prep.cellsOf(rows.frameRows, by, q.Where)
		return err
	}, func() (err error) {
		p.measured, err = prep.measure(ctx, ind, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	p.asked = make([]bool, len(p.years))
	for i, year := range p.years {
		p.asked[i] = q.covers(year)
	}
	p.note(NoteRepeated, p.repeated, p.records)
	return p, ctx.Err()
}

// inRange says whether a record is one of those the query asks about.
func (p *panel) inRange(row int) bool {
	return p.flags[row]&used != 0 && p.cells.of[row] >= 0 && p.asked[p.yearOf[row]]
}

func (q Query) covers(year int) bool {
	if q.Years != nil && !slices.Contains(q.Years, year) {
		return false
	}
	return (q.From == 0 || year >= q.From) && (q.To == 0 || year <= q.To)
}

func (p *panel) note(key NoteKey, count, of int) {
	if count > 0 {
		p.notes[key] = Note{key, count, of}
	}
}

// tally is what one pass over the records gives.
type tally struct {
	levels  []level // cell × years
	coins   []coins // of cells, of money in its own currency
	marked  [len(marks)]int
	dropped []int // values taken away, by place in drops
	other   int   // values of fiscal years that end in another month
}

// marks are the records that notes count.
var marks = [...]struct {
	flag rowFlag
	note NoteKey
}{{carried, NoteCarried}, {old, NoteOld}, {imputed, NoteImputed}, {unvalidated, NoteUnvalidated}}

// coins are the currencies of a cell: the lowest and the highest code, plus one;
// 0 for none.
type coins struct{ low, high int32 }

func (c *coins) add(o coins) {
	if o.high == 0 {
		return
	}
	if c.high == 0 || o.low < c.low {
		c.low = o.low
	}
	c.high = max(c.high, o.high)
}

// mixed says whether there is more than one.
func (c coins) mixed() bool { return c.low != c.high }

// tally sums the levels of all cells and years, and keeps the values that they
// are made of where spread says so. country may be nil.
func (p *panel) tally(country *classes, spread bool) *tally {
	sums := make([]*tally, len(p.parts))
	atOnce(len(p.parts), func(i int) {
		sums[i] = &tally{
			levels: make([]level, p.cells.size*len(p.years)), coins: make([]coins, p.cells.size), dropped: make([]int, len(p.drops)),
		}
		for _, rows := range p.cells.runs[i] {
			sums[i].take(p, rows, country)
		}
		if spread {
			sums[i].keep(p, p.cells.runs[i])
		}
	})
	for _, t := range sums[1:] {
		sums[0].merge(t)
	}
	return sums[0]
}

// take adds a run of records.
func (t *tally) take(p *panel, rows run, country *classes) {
	mean, years, asked := p.ind.Formula == Mean, len(p.years), p.asked
	flags, of, yearOf, num, den, dropped := p.flags[:rows[1]], p.cells.of[:rows[1]], p.yearOf[:rows[1]], p.num[:rows[1]], p.den[:rows[1]], p.dropped
	var currency []int32
	if p.currency != nil {
		currency = p.currency.codes
	}
	for row := rows[0]; row < rows[1]; row++ {
		f, cell, y := flags[row], of[row], yearOf[row]
		if f&used == 0 || !asked[y] {
			continue
		}
		l := &t.levels[int(cell)*years+int(y)]
		l.records++
		if f&active != 0 {
			l.active++
		}
		if f&(carried|old|imputed|unvalidated|notDecember) != 0 {
			t.mark(f)
		}
		if country != nil {
			l.countries = l.countries.Grow(len(country.labels))
			l.countries.Set(int(country.codes[row]))
		}
		if f&valued == 0 {
			if dropped != nil && dropped[row] > 0 {
				t.dropped[dropped[row]-1]++
			}
			continue
		}
		l.add(f, num[row], den[row], mean)
		if currency == nil {
			continue
		}
		if c, code := &t.coins[cell], currency[row]+1; c.low != code || c.high != code {
			c.add(coins{code, code})
		}
	}
}

// keep keeps the values of runs of records that were added before, each level's
// in one piece.
func (t *tally) keep(p *panel, runs []run) {
	room := 0
	for i := range t.levels {
		room += int(t.levels[i].n)
	}
	values, next := make([]int64, room), make([]int32, len(t.levels))
	from := int32(0)
	for i := range t.levels {
		l := &t.levels[i]
		next[i], from = from, from+l.n
		l.values = [][]int64{values[next[i]:from]}
	}
	flags, of, yearOf, num := p.flags, p.cells.of, p.yearOf, p.num
	for _, rows := range runs {
		for row := rows[0]; row < rows[1]; row++ {
			if y := yearOf[row]; flags[row]&valued != 0 && p.asked[y] {
				at := &next[int(of[row])*len(p.years)+int(y)]
				values[*at] = num[row]
				*at++
			}
		}
	}
}

// mark counts what notes tell of a record.
func (t *tally) mark(f rowFlag) {
	for i, m := range marks {
		if f&m.flag != 0 {
			t.marked[i]++
		}
	}
	if f&(valued|notDecember) == valued|notDecember {
		t.other++
	}
}

// merge adds what another run of records gave.
func (t *tally) merge(o *tally) {
	for i := range t.levels {
		t.levels[i].merge(&o.levels[i])
	}
	for i := range t.coins {
		t.coins[i].add(o.coins[i])
	}
	for i := range t.marked {
		t.marked[i] += o.marked[i]
	}
	for i := range t.dropped {
		t.dropped[i] += o.dropped[i]
	}
	t.other += o.other
}

// noteRows writes the notes about the records of the answer: those that are
// carried forward, old, imputed or not validated, and those without their value.
func (p *panel) noteRows(t *tally) {
	records, values := 0, 0
	for i := range t.levels {
		records, values = records+int(t.levels[i].records), values+int(t.levels[i].n)
	}
	for i, m := range marks {
		p.note(m.note, t.marked[i], records)
	}
	p.note(NoteFiscalYears, t.other, values)
	for i := len(p.drops) - 1; i >= 0; i-- {
		values += t.dropped[i]
		p.note(p.drops[i], t.dropped[i], values)
	}
}
