package indicator

import (
	"context"
	"fmt"
	"math/big"
	"slices"
)

// Compute answers a query over a frame. It reads only the columns it needs and
// does not change them. Errors say in one sentence what the query must change:
// an unknown indicator or breakdown, a basis the indicator does not have, or
// totals over several currencies.
func Compute(ctx context.Context, src Source, q Query) (*Result, error) {
	ind, ok := Find(q.Indicator)
	if !ok {
		return nil, fmt.Errorf("there is no indicator %q: name one of the catalogue, such as I04 or I13", q.Indicator)
	}
	q, err := q.complete(ind)
	if err != nil {
		return nil, err
	}
	j := job{src: src, ind: ind, query: q}
	if j.guard, err = newGuard(ctx, src, ind, q); err != nil {
		return nil, err
	}
	r, err := j.compute(ctx)
	if err == nil && q.Totals {
		err = addTotals(ctx, j, r)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// job is one query over a frame, with what it must not tell.
type job struct {
	src   Source
	ind   Indicator
	query Query
	guard *guard
}

func (j job) compute(ctx context.Context) (*Result, error) {
	p, err := newPanel(ctx, j.src, j.ind, j.query)
	if err != nil {
		return nil, err
	}
	a := &answer{panel: p, view: j.guard.see(p.cells.names, j.query.Where)}
	if err := a.sum(); err != nil {
		return nil, err
	}
	return a.result(), nil
}

// complete fills in defaults and refuses what cannot be.
func (q Query) complete(ind Indicator) (Query, error) {
	if q.Basis == "" {
		if q.Basis = All; ind.HasMatched() {
			q.Basis = Matched
		}
	}
	if q.Pairs == "" {
		q.Pairs = Comparable
	}
	switch {
	case q.Basis != Matched && q.Basis != Demographic && q.Basis != All:
		return q, fmt.Errorf("there is no basis %q: use matched, demographic or all", q.Basis)
	case q.Pairs != Comparable && q.Pairs != Any:
		return q, fmt.Errorf("there are no pairs %q: use comparable or any", q.Pairs)
	case q.Basis != All && !ind.HasMatched():
		return q, fmt.Errorf("%s has no %s basis, because it counts who was mapped: use the basis all", ind.Code, q.Basis)
	case q.From != 0 && q.To != 0 && q.From > q.To:
		return q, fmt.Errorf("the years %d to %d run backwards: give the earlier one first", q.From, q.To)
	}
	return q, nil
}

// answer is a result while it is being made.
type answer struct {
	*panel
	view       *view
	population *population
	units      []string
	levels     []level   // cell × years
	spans      []span    // pairs of published years
	spanTo     []int     // span that ends in a year, -1 for none
	pairs      []pairAcc // cell × spans
}

// sum passes over the records.
func (a *answer) sum() error {
	var err error
	if a.population, err = a.loadPopulation(); err != nil {
		return err
	}
	if a.units, err = a.panel.units(); err != nil {
		return err
	}
	var country *classes
	if a.population != nil {
		country = a.population.country
	}
	a.noteRows()
	a.levels = a.addLevels(country)
	a.findSpans()
	a.pairs, err = a.addPairs(a.spans)
	return err
}

func (a *answer) level(cell int32, year int) *level { return &a.levels[int(cell)*len(a.years)+year] }

// findSpans pairs each published year, one with any value, with the next.
func (a *answer) findSpans() {
	last := -1
	a.spanTo = make([]int, len(a.years))
	for y := range a.years {
		a.spanTo[y] = -1
		published := slices.ContainsFunc(a.cells.order, func(cell int32) bool { return a.level(cell, y).n > 0 })
		if !published {
			continue
		}
		if last >= 0 {
			a.spanTo[y] = len(a.spans)
			a.spans = append(a.spans, span{int16(last), int16(y)})
		}
		last = y
	}
}

// value is the level as an exact number, nil where not known.
func (a *answer) value(cell int32, year int) *big.Rat {
	l := a.level(cell, year)
	switch a.ind.Formula {
	case Count:
		if l.records > 0 {
			return big.NewRat(int64(l.n), 1)
		}
	case Coverage:
		if known, ok := a.denominator(a.population, l, cell, a.years[year]); ok {
			return big.NewRat(100*int64(l.active), known)
		}
	case Ratio:
		return ratio(l.num, l.den)
	case Sum:
		if l.n > 0 {
			return new(big.Rat).SetFrac(l.num.Big(), pow10(a.scale))
		}
	}
	return nil
}

// decimals of a printed value.
func (a *answer) decimals() uint8 {
	switch a.ind.Formula {
	case Ratio, Coverage:
		return 2
	case Count:
		return 0
	}
	return a.scale
}

// result writes the points of all cells, chained by cell and sorted by year.
func (a *answer) result() *Result {
	r := &Result{
		Indicator: a.ind.Code, Name: a.ind.Name, Unit: "mixed", Basis: a.query.Basis, Pairs: a.query.Pairs,
		By: append([]string{"year"}, a.cells.names...), Frame: a.src.ID(), Newest: a.src.Newest(),
	}
	if slices.IndexFunc(a.units, func(u string) bool { return u != a.units[0] }) < 0 && len(a.units) > 0 {
		r.Unit = a.units[0]
	}
	byYear := make([][]*Point, len(a.years))
	hidden, total := 0, 0
	for _, cell := range a.cells.order {
		var line []*Point
		for y := range a.years {
			if a.level(cell, y).records == 0 {
				continue
			}
			pt := a.point(cell, y)
			line = append(line, pt)
			byYear[y] = append(byYear[y], pt)
			if total++; pt.Hidden {
				hidden++
			}
		}
		if a.query.Basis == All || a.ind.Formula == Ratio {
			continue
		}
		chain(line)
	}
	for _, points := range byYear {
		for _, pt := range points {
			r.Points = append(r.Points, *pt)
		}
	}
	a.note(NoteHidden, hidden, total)
	r.Decompositions = a.decompositions()
	for _, key := range sortedNotes(a.notes) {
		r.Notes = append(r.Notes, a.notes[key])
	}
	return r
}

func sortedNotes(notes map[NoteKey]Note) []NoteKey {
	keys := make([]NoteKey, 0, len(notes))
	for k := range notes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// point writes the level, the coverage and the changes of a cell and year.
func (a *answer) point(cell int32, year int) *Point {
	l := a.level(cell, year)
	pt := &Point{
		Year: a.years[year], Keys: a.keys(cell, year), Unit: a.units[cell], N: int(l.n), Segment: 1,
		Hidden:         a.hiddenLevel(cell, year),
		CarriedForward: l.part(l.carried), Old: l.part(l.old),
		Imputed: l.part(l.imputed), Unvalidated: l.part(l.unverified),
	}
	if known, ok := a.denominator(a.population, l, cell, a.years[year]); ok {
		c := quotient(big.NewInt(int64(l.active)), big.NewInt(known), 100, 1).Float()
		pt.Coverage = &c
	}
	if v := a.value(cell, year); v != nil {
		if pt.Known = true; !pt.Hidden {
			pt.Value = roundRat(v, a.decimals())
		}
	}
	if pt.Hidden {
		for _, part := range [...]*Part{&pt.CarriedForward, &pt.Old, &pt.Imputed, &pt.Unvalidated} {
			part.Share = 0
		}
	}
	if i := a.spanTo[year]; i >= 0 {
		a.changes(pt, cell, i)
	}
	pt.Flags = a.flagsOf(pt)
	return pt
}

// hiddenLevel says whether the level of a cell and year may not be told.
func (a *answer) hiddenLevel(cell int32, year int) bool {
	return a.hides(a.level(cell, year)) || a.view.hides(a.cells.keys[cell], a.years[year])
}

// hiddenChange says whether a change may not be told.
func (a *answer) hiddenChange(cell int32, sp span, what telling) bool {
	return a.view.hidesChange(a.cells.keys[cell], a.years[sp.s], a.years[sp.t], what)
}

func (a *answer) keys(cell int32, year int) []string {
	return append([]string{fmt.Sprint(a.years[year])}, a.cells.keys[cell]...)
}

func (l *level) part(s share) Part {
	part := Part{N: int(s.n)}
	if l.den.Sign() > 0 {
		part.Share = quotient(s.sum.Big(), l.den.Big(), 100, 1).Float()
	}
	return part
}

// changes fills in the three changes of a point since the wave before.
func (a *answer) changes(pt *Point, cell int32, i int) {
	sp := a.spans[i]
	acc := &a.pairs[int(cell)*len(a.spans)+i]
	hidden := a.hiddenLevel(cell, int(sp.s)) || a.hiddenLevel(cell, int(sp.t))
	pt.All = a.totalChange(acc, sp, a.value(cell, int(sp.s)), a.value(cell, int(sp.t)), hidden)
	pt.Change = pt.All
	if !a.ind.HasMatched() {
		return
	}
	pt.Matched = a.setChange(Matched, acc, sp, hidden || a.hiddenChange(cell, sp, toldMatched))
	pt.Demographic = a.setChange(Demographic, acc, sp, hidden || a.hiddenChange(cell, sp, toldDemographic))
	switch a.query.Basis {
	case Matched:
		pt.Change = pt.Matched
	case Demographic:
		pt.Change = pt.Demographic
	}
}

// flagsOf gives the flags of a point in SDMX order.
func (a *answer) flagsOf(pt *Point) []string {
	magnitude := a.ind.HasMatched()
	var flags []string
	for _, f := range [...]struct {
		is   bool
		flag string
	}{
		{!pt.Known, FlagMissing},
		{pt.Hidden, FlagHidden},
		{pt.Imputed.N > 0, FlagImputed},
		{magnitude && pt.N > 0 && pt.N < reliable || pt.Imputed.Share > 20 || pt.Change.doubtful(), FlagUnreliable},
		{pt.Unvalidated.N > 0, FlagUnvalidated},
	} {
		if f.is {
			flags = append(flags, f.flag)
		}
	}
	return flags
}

// doubtful says whether a change stands there that may not be a headline, or
// rests on few cooperatives.
func (c *Change) doubtful() bool {
	return c != nil && c.Known && (!c.Headline || c.N < reliable)
}
