package indicator

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Compute answers a query over a frame. It reads only the columns it needs and
// does not change them. Errors say in one sentence what the query must change:
// an unknown indicator or breakdown, a basis the indicator does not have, or
// totals over several currencies.
func Compute(ctx context.Context, src Source, q Query) (*Result, error) {
	ind, ok := q.Asked()
	if !ok {
		return nil, fmt.Errorf("there is no indicator %q: name one of the catalogue, such as I04 or I13", q.Indicator)
	}
	return ComputeOf(ctx, src, ind, q)
}

// ComputeOf answers a query about an indicator that need not be in the
// catalogue, such as a [Custom] one; the query's own is not looked at. The items
// of an indicator, or the answers it lists, are told apart by the breakdown
// "answer", the last.
func ComputeOf(ctx context.Context, src Source, ind Indicator, q Query) (*Result, error) {
	q, err := q.complete(ind)
	if err != nil {
		return nil, err
	}
	if _, filled := src.(*imputing); filled && q.Estimated {
		return nil, fmt.Errorf("%w: ask for estimated totals without imputation, or for reported totals with it", ErrTwoRemedies)
	}
	prep := prepared(src).of(ind)
	if !ind.answered() {
		return computeOne(ctx, prep, ind, q)
	}
	variants, err := ind.variants(src)
	if err != nil {
		return nil, err
	}
	if len(variants) == 0 { // nobody answered: the shape of the answer, without a figure
		whole, err := computeOne(ctx, prep, ind.of(Item{}), q)
		if err == nil {
			whole.By, whole.Points, whole.Decompositions = append(whole.By, Answer), nil, nil
		}
		return whole, err
	}
	var whole *Result
	for _, v := range variants {
		r, err := computeOne(ctx, prep, v, q)
		if err != nil {
			return nil, err
		}
		if whole == nil {
			first := *r
			first.By, first.Points, first.Decompositions, first.Notes = append(slices.Clone(r.By), Answer), nil, nil, nil
			whole = &first
		}
		whole.take(r, v.item)
	}
	return whole, nil
}

// take adds the points of an item.
func (r *Result) take(of *Result, item string) {
	for _, pt := range of.Points {
		pt.Keys = append(pt.Keys, item)
		r.Points = append(r.Points, pt)
	}
	for _, d := range of.Decompositions {
		d.Keys = append(d.Keys, item)
		r.Decompositions = append(r.Decompositions, d)
	}
	for _, n := range of.Notes {
		at := slices.IndexFunc(r.Notes, func(have Note) bool { return have.Key == n.Key })
		switch {
		case at < 0:
			r.Notes = append(r.Notes, n)
		case n.Key == NoteHidden:
			r.Notes[at].Count, r.Notes[at].Of = r.Notes[at].Count+n.Count, r.Notes[at].Of+n.Of
		}
	}
	slices.SortFunc(r.Notes, func(a, b Note) int { return strings.Compare(string(a.Key), string(b.Key)) })
	r.Unit = of.Unit
}

// computeOne answers for an indicator with one figure.
func computeOne(ctx context.Context, prep *Prepared, ind Indicator, q Query) (*Result, error) {
	j := job{prep: prep, ind: ind, query: q}
	var err error
	if j.guard, err = newGuard(ctx, prep, ind, q); err != nil {
		return nil, err
	}
	if j.veil, err = j.guard.veil(ctx, prep, ind, q); err != nil {
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
	prep  *Prepared
	ind   Indicator
	query Query
	guard *guard
	veil  *guard // of estimated totals
}

func (j job) compute(ctx context.Context) (*Result, error) {
	p, err := newPanel(ctx, j.prep, j.ind, j.query)
	if err != nil {
		return nil, err
	}
	a := &answer{panel: p, view: j.guard.see(p.cells.names, j.query.Where), shade: j.veil.see(p.cells.names, j.query.Where)}
	if err := a.sum(); err != nil {
		return nil, err
	}
	if a.view != nil {
		if err := a.view.widenTo(a.spans); err != nil {
			return nil, err
		}
	}
	return a.result()
}

// complete fills in defaults and refuses what cannot be.
func (q Query) complete(ind Indicator) (Query, error) {
	if err := q.refuseEstimate(ind); err != nil {
		return q, err
	}
	if q.Decompose = q.Decompose && !q.Estimated; q.Basis == "" {
		if q.Basis = All; ind.HasMatched() && !q.Estimated {
			q.Basis = Matched
		}
	}
	if q.Pairs == "" {
		q.Pairs = Comparable
	}
	if ind.answered() {
		q.By = slices.DeleteFunc(slices.Clone(q.By), func(name string) bool { return name == Answer })
	}
	if err := errors.Join(q.Money.check(), ind.checkFilters(q.Where)); err != nil {
		return q, err
	}
	switch {
	case q.Basis != Matched && q.Basis != Demographic && q.Basis != All:
		return q, fmt.Errorf("there is no basis %q: use matched, demographic or all", q.Basis)
	case q.Pairs != Comparable && q.Pairs != Any:
		return q, fmt.Errorf("there are no pairs %q: use comparable or any", q.Pairs)
	case q.Basis != All && !ind.HasMatched():
		return q, fmt.Errorf("%s has no %s basis, because it is not made of figures that the same cooperatives give in both years: use the basis all", ind.Code, q.Basis)
	case q.Decompose && !ind.OfCooperatives():
		return q, fmt.Errorf("%s has no decomposition, because it is of %s and not of cooperatives that are followed over the years: leave it out", ind.Code, ind.Noun())
	case q.From != 0 && q.To != 0 && q.From > q.To:
		return q, fmt.Errorf("the years %d to %d run backwards: give the earlier one first", q.From, q.To)
	case q.Years != nil && len(q.Years) == 0:
		return q, errors.New("the query chooses no year: name at least one, or leave the choice out")
	}
	return q, nil
}

// answer is a result while it is being made.
type answer struct {
	*panel
	view       *view
	shade      *view // of estimated totals
	estimated  *estimates
	population *population
	economy    *economyOf
	ties       *tied
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
	if a.ind.Formula.trait().ties {
		if err := a.loadTies(); err != nil {
			return err
		}
	}
	if a.ind.Formula == Weight {
		if a.economy, err = a.loadEconomy(a.ind); err != nil {
			return err
		}
	}
	var country *classes
	if a.population != nil {
		country = a.population.country
	}
	if a.economy != nil {
		country = a.economy.country
	}
	t := a.tally(country, a.ind.Formula.trait().spread)
	if a.units, err = a.panel.units(t); err != nil {
		return err
	}
	if a.noteRows(t); a.query.Estimated {
		if a.estimated, err = a.estimates(country); err != nil {
			return err
		}
	}
	return a.sumSets(t)
}

// sumSets takes the levels, and sums what changed from one published year to the
// next.
func (a *answer) sumSets(t *tally) (err error) {
	switch a.levels = t.levels; {
	case a.ind.Formula.trait().lives:
		a.levels = slices.Clone(t.levels)
		a.addLives(a.levels)
	case a.ind.Formula.trait().ties:
		a.levels = slices.Clone(t.levels)
		a.knowTies(a.levels)
	}
	a.findSpans()
	a.pairs, err = a.addPairs(a.spans, t.levels, a.ind.Formula.trait().spread)
	return err
}

func (a *answer) level(cell int32, year int) *level { return &a.levels[int(cell)*len(a.years)+year] }

// findSpans pairs each published year, one with any value, with the next.
func (a *answer) findSpans() {
	last := -1
	a.spanTo = make([]int, len(a.years))
	for y := range a.years {
		a.spanTo[y] = -1
		published := false
		for cell := range int32(a.cells.size) {
			published = published || a.level(cell, y).n > 0
		}
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

// figure is a level as an exact number, nil where not known.
func (a *answer) figure(cell int32, year int) *big.Rat {
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
	case Sum, CountHas, Counted, NetCreation:
		if l.n > 0 {
			return new(big.Rat).SetFrac(l.num.Big(), pow10(a.scale))
		}
	case Median, Quartiles, Relative:
		return a.middle(l.values, 1, 2)
	case Concentration:
		return concentrationOf(a.ind.item, l.values)
	case Weight:
		if l.n > 0 {
			return a.weight(new(big.Rat).SetFrac(l.num.Big(), pow10(a.scale)), l, year)
		}
	default:
		return a.quotient(l.num, l.den)
	}
	return nil
}

// decimals of a printed value.
func (a *answer) decimals() uint8 {
	if a.ind.Formula == Sum {
		return a.scale
	}
	return a.ind.Formula.trait().decimals
}

// result writes the points of all cells, chained by cell and sorted by year.
func (a *answer) result() (*Result, error) {
	money, err := a.moneyUsed()
	if err != nil {
		return nil, err
	}
	r := &Result{
		Indicator: a.ind.Code, Name: a.ind.Name, Unit: "mixed", Basis: a.query.Basis, Pairs: a.query.Pairs,
		By: append([]string{"year"}, a.cells.names...), Frame: a.src.ID(), Newest: a.src.Newest(), Money: money, Of: a.query.Of,
		Estimated: a.estimatedOf(),
	}
	if slices.IndexFunc(a.units, func(u string) bool { return u != a.units[0] }) < 0 && len(a.units) > 0 {
		r.Unit = a.units[0]
	}
	points := a.points()
	r.Unit = unitOfPoints(points, r.Unit)
	hidden, total := 0, 0
	for y := range a.years {
		for cell := range a.cells.size {
			pt := points[cell*len(a.years)+y]
			if pt == nil {
				continue
			}
			r.Points = append(r.Points, *pt)
			if total++; pt.Hidden {
				hidden++
			}
		}
	}
	a.note(NoteHidden, hidden, total)
	r.Decompositions = a.decompositions()
	for _, key := range sortedNotes(a.notes) {
		r.Notes = append(r.Notes, a.notes[key])
	}
	return r, nil
}

// points writes all points, by cell and year, nil where there are no records, and
// chains them.
func (a *answer) points() []*Point {
	points := make([]*Point, len(a.levels))
	years := len(a.years)
	spreadOut(len(points), func(i int) {
		if a.levels[i].records > 0 || a.levels[i].n > 0 {
			a.levels[i].value = a.figure(int32(i/years), i%years)
		}
	})
	spreadOut(len(points), func(i int) {
		if a.levels[i].records > 0 {
			points[i] = a.point(int32(i/years), i%years)
		}
	})
	if a.query.Basis != All && a.ind.Additive() {
		a.chain(points)
	}
	if a.estimated != nil {
		spreadOut(len(points), func(i int) {
			if points[i] != nil {
				a.estimate(points[i], int32(i/years), i%years)
			}
		})
	}
	return points
}

func sortedNotes(notes map[NoteKey]Note) []NoteKey {
	keys := make([]NoteKey, 0, len(notes))
	for k := range notes {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
