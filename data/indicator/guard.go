package indicator

import (
	"context"
	"slices"
	"strings"
)

// guard is what a query must not tell: the table of its breakdowns and filters
// over the whole frame, all years and classes of it, with what is hidden of it.
// A query for one class and a query broken down by class thus hide the same.
type guard struct {
	dims    []string
	labels  []*interner
	levels  *figures
	slots   map[int]int // of levels, by year
	changes [3]*figures // indexed by telling
	spans   map[[2]int]int

	whole *answer // what the figures are of
	up    [][]int32
	wide  map[[2]int]*[3]*figures // changes over chosen years, as changes
}

// telling is what a cell tells of two years.
type telling uint8

const (
	toldMatched telling = iota
	toldDemographic
	toldSets
)

// newGuard finds what a query must not tell; nil where nothing is confidential.
func newGuard(ctx context.Context, prep *Prepared, ind Indicator, q Query) (*guard, error) {
	if !q.Disclosure || !ind.Magnitude {
		return nil, nil
	}
	whole := Query{Indicator: q.Indicator, Basis: q.Basis, Pairs: q.Pairs, Validated: q.Validated, Disclosure: true, Money: q.Money}
	for _, name := range append(append([]string{}, q.By...), sortedKeys(q.Where)...) {
		if name != "year" && !slices.Contains(whole.By, name) {
			whole.By = append(whole.By, name)
		}
	}
	slices.Sort(whole.By) // so that the same is hidden in whatever order they are asked for
	ind.By = whole.By
	p, err := newPanel(ctx, prep, ind, whole)
	if err != nil {
		return nil, err
	}
	a := &answer{panel: p}
	t := a.tally(nil, false)
	a.levels = t.levels
	a.findSpans()
	if a.pairs, err = a.addPairs(a.spans, t.levels, false); err != nil {
		return nil, err
	}
	g := &guard{dims: p.cells.names, slots: map[int]int{}, spans: map[[2]int]int{}, whole: a, wide: map[[2]int]*[3]*figures{}}
	g.arrange(a, t.coins, q.Earlier)
	return g, nil
}

// arrange makes the lattice and hides what must be hidden of it.
func (g *guard) arrange(a *answer, money []coins, earlier *Register) {
	for range g.dims {
		g.labels = append(g.labels, newInterner())
	}
	cells := make([][]int32, a.cells.size)
	for cell, keys := range a.cells.keys {
		cells[cell] = make([]int32, len(g.dims))
		for d, label := range keys {
			cells[cell][d] = g.labels[d].code(label)
		}
	}
	l, up := newLattice(cells, len(g.dims))
	g.up = up
	g.levels = newFigures(l, len(a.years))
	g.bar(money, up)
	for y, year := range a.years {
		g.slots[year] = y
		g.addYear(a, up, y)
	}
	g.remember(earlier, a)
	g.levels.protect()
	for i, sp := range a.spans {
		g.spans[[2]int{a.years[sp.s], a.years[sp.t]}] = i
	}
	for what := range g.changes {
		g.changes[what] = g.changesOf(a.spans, a.pairs, telling(what))
		g.changes[what].protect()
	}
}

// addYear sums the levels of a year and hides the confidential ones.
func (g *guard) addYear(a *answer, up [][]int32, y int) {
	sums := make([]level, len(g.levels.masks))
	for cell := range up {
		for _, node := range up[cell] {
			sums[node].merge(a.level(int32(cell), y))
		}
	}
	for node := range sums {
		g.levels.n[y][node] = sums[node].closed
		g.levels.value[y][node] = Decimal{sums[node].private, 0}.Float()
		g.levels.signed = g.levels.signed || sums[node].private.Sign() < 0
		if a.hides(&sums[node]) {
			g.levels.hide(y, int32(node))
		}
	}
}

// bar marks totals over several currencies, which nobody publishes.
func (g *guard) bar(money []coins, up [][]int32) {
	sums := make([]coins, len(g.levels.masks))
	for cell, of := range money {
		for _, node := range up[cell] {
			sums[node].add(of)
		}
	}
	for node, of := range sums {
		g.levels.barred[node] = of.mixed()
	}
}

// remember hides what earlier releases hid, of reported or of estimated totals,
// and marks what they told.
func (g *guard) remember(earlier *Register, a *answer) {
	if earlier == nil {
		return
	}
	for node := range g.levels.masks {
		of := g.nameOf(int32(node), a.ind.item)
		for y, year := range a.years {
			switch cell, ok := earlier.cells[cellID{a.ind.Code, of, year}]; {
			case ok && cell.Hidden, !ok && earlier.cells[cellID{a.ind.Code, asEstimated(of), year}].Hidden:
				g.levels.hide(y, int32(node))
			case ok:
				g.levels.known[node] = true
			}
		}
	}
}

// nameOf is a node as the register names it.
func (g *guard) nameOf(node int32, item string) string {
	classes := map[string][]string{}
	if item != "" {
		classes[Answer] = []string{item}
	}
	for d, code := range g.levels.tuples[node] {
		if code >= 0 {
			classes[g.dims[d]] = []string{g.labels[d].labels[code]}
		}
	}
	return cellName(classes)
}

// changesOf finds what is hidden of the changes between years: those of few
// contributors, and those between hidden levels. More of them are to be hidden,
// until no line has just one.
func (g *guard) changesOf(spans []span, pairs []pairAcc, what telling) *figures {
	f := newFigures(g.levels.lattice, len(spans))
	f.value, f.apart, f.barred = nil, true, g.levels.barred
	for i, sp := range spans {
		sums := make([]pairAcc, len(f.masks))
		for cell := range g.up {
			for _, node := range g.up[cell] {
				sums[node].merge(&pairs[cell*len(spans)+i])
			}
		}
		for node := range sums {
			closed, hide := g.whole.closedIn(&sums[node], what)
			f.n[i][node] = closed
			f.hidden[i][node] = hide || g.levels.secret(int(sp.s), int32(node)) || g.levels.secret(int(sp.t), int32(node))
		}
	}
	return f
}

// closedIn counts the units behind a change that are not public, and says
// whether they are too few.
func (p *panel) closedIn(acc *pairAcc, what telling) (int32, bool) {
	switch what {
	case toldMatched:
		b := p.basesOf(Matched, acc)
		return b.closed, p.hidesChange(b.closed)
	case toldDemographic:
		b := p.basesOf(Demographic, acc)
		return b.closed, p.hidesChange(b.closed)
	}
	return p.basesOf(All, acc).closed, p.hidesSets(acc)
}

// view is a guard as one query sees it: the nodes behind each of its cells.
type view struct {
	*guard
	nodes map[string][]int32
}

// see finds the nodes behind the cells of some breakdowns under a filter.
func (g *guard) see(by []string, where map[string][]string) *view {
	if g == nil {
		return nil
	}
	mask := uint32(0)
	for d, name := range g.dims {
		if _, filtered := where[name]; filtered || slices.Contains(by, name) {
			mask |= 1 << d
		}
	}
	v := &view{g, map[string][]int32{}}
	for node, m := range g.levels.masks {
		if m != mask || !g.passes(int32(node), where) {
			continue
		}
		keys := make([]string, len(by))
		for i, name := range by {
			d := slices.Index(g.dims, name)
			keys[i] = g.labels[d].labels[g.levels.tuples[node][d]]
		}
		of := strings.Join(keys, "\x00")
		v.nodes[of] = append(v.nodes[of], int32(node))
	}
	return v
}

func (g *guard) passes(node int32, where map[string][]string) bool {
	for name, values := range where {
		d := slices.Index(g.dims, name)
		if !slices.Contains(values, g.labels[d].labels[g.levels.tuples[node][d]]) {
			return false
		}
	}
	return true
}

// hides says whether the level of a cell is hidden: any of its nodes is.
func (v *view) hides(keys []string, year int) bool {
	if v == nil {
		return false
	}
	return v.any(keys, v.levels, v.slots, year)
}

// hidesChange says whether what a cell tells of two years is hidden.
func (v *view) hidesChange(keys []string, from, to int, what telling) bool {
	if v == nil {
		return false
	}
	slot, ok := v.spans[[2]int{from, to}]
	if wide := v.wide[[2]int{from, to}]; !ok && wide != nil {
		return v.any(keys, wide[what], map[int]int{to: 0}, to)
	}
	if !ok {
		return false
	}
	return v.any(keys, v.changes[what], map[int]int{to: slot}, to)
}

func (v *view) any(keys []string, f *figures, slots map[int]int, year int) bool {
	slot, ok := slots[year]
	if !ok {
		return false
	}
	return slices.ContainsFunc(v.nodes[strings.Join(keys, "\x00")], func(node int32) bool {
		return f.n[slot][node] > 0 && f.hidden[slot][node]
	})
}
