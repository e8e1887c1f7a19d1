package indicator

import (
	"context"
	"fmt"
	"slices"
)

// span is a pair of consecutive published years, as indices into years.
type span struct{ s, t int16 }

// pairing says what becomes of the values of a measure between the years of some
// spans. It hangs on no breakdown and no filter. Units of the sets L and E are not
// listed: they are all the others.
type pairing struct {
	runs   [][]ends // of units paired with themselves, by part of the records
	groups []continuityPair
}

// ends are the rows of a unit's values at the two years of a span, -1 for none.
type ends struct {
	rows   [2]int32
	span   int16
	set    Set
	turned bool // by conversion into or out of the cooperative form
}

// lead gives the row whose class the unit has: that at the first year, else that
// at the second.
func (e *ends) lead() int32 {
	if e.rows[0] >= 0 {
		return e.rows[0]
	}
	return e.rows[1]
}

// continuityPair is a group in a span; its ends have the rows that lead it.
type continuityPair struct {
	ends
	sums [2]endSum
	all  [2][]int32 // rows of its units
}

// pairingOf gives what becomes of the values between the years of spans.
func (p *measured) pairingOf(ctx context.Context, spans []span) (*pairing, error) {
	return p.pairings.get(fmt.Sprint(spans), func() (*pairing, error) {
		w := newPairer(p, spans)
		out := &pairing{runs: make([][]ends, len(p.parts)), groups: w.pairGroups()}
		atOnce(len(p.parts), func(i int) {
			rows := p.parts[i].rows
			run := make([]ends, 0, rows[1]-rows[0])
			at := slices.Repeat([]int32{-1}, len(p.years))
			for u := p.parts[i].units[0]; u < p.parts[i].units[1]; u++ {
				run = w.pair(run, u, at)
			}
			out.runs[i] = run
		})
		return out, ctx.Err()
	})
}

// pairer makes a pairing.
type pairer struct {
	*measured
	spans      []span
	from, till []int16          // span that begins, and that ends, in a year; -1 for none
	grouped    []map[int32]bool // units that are part of a group, by span
}

func newPairer(p *measured, spans []span) *pairer {
	w := &pairer{measured: p, spans: spans, from: make([]int16, len(p.years)), till: make([]int16, len(p.years))}
	for y := range p.years {
		w.from[y], w.till[y] = -1, -1
	}
	for i, sp := range spans {
		w.from[sp.s], w.till[sp.t] = int16(i), int16(i)
		w.grouped = append(w.grouped, map[int32]bool{})
	}
	return w
}

// pairGroups pairs the units that are one by continuity.
func (w *pairer) pairGroups() []continuityPair {
	var out []continuityPair
	for i, sp := range w.spans {
		for _, units := range w.groups(w.years[sp.s], w.years[sp.t]) {
			g := newContinuity(w, i, units)
			if !g.x.s.has && !g.x.t.has || g.mixed {
				continue
			}
			g.decide()
			out = append(out, g.pair(int16(i)))
			for _, u := range units {
				w.grouped[i][u] = true
			}
		}
	}
	return out
}

// pair appends what became of the values of one unit. at has room for the row of
// each year, and is left with -1 in all of them.
func (w *pairer) pair(run []ends, u int32, at []int32) []ends {
	from, to := w.rowsOf(u)
	for row := from; row < to; row++ {
		if w.flags[row]&valued != 0 {
			at[w.yearOf[row]] = row
		}
	}
	linked := w.roll.linked.Get(int(u))
	for row := from; row < to; row++ {
		if w.flags[row]&valued == 0 {
			continue
		}
		y := w.yearOf[row]
		if i := w.till[y]; i >= 0 && !(linked && w.grouped[i][u]) && at[w.spans[i].s] < 0 {
			run = w.one(run, u, [2]int32{-1, row}, i)
		}
		if i := w.from[y]; i >= 0 && !(linked && w.grouped[i][u]) {
			run = w.one(run, u, [2]int32{row, at[w.spans[i].t]}, i)
		}
	}
	for row := from; row < to; row++ {
		at[w.yearOf[row]] = -1
	}
	return run
}

// one appends what became of a unit in a span, but for sets L and E. Where its
// currency changed, its two ends are not added or compared: one is lost, the
// other enters.
func (w *pairer) one(run []ends, u int32, rows [2]int32, i int16) []ends {
	sp := w.spans[i]
	if !w.lives.mortal.Get(int(u)) { // as most are, which then tells its set
		switch {
		case rows[0] < 0 || rows[1] < 0:
			if int(w.lives.began[u]) <= w.years[sp.s] {
				return run
			}
		case w.currency == nil || w.currency.codes[rows[0]] == w.currency.codes[rows[1]]:
			if w.comparable(rows[0], rows[1], w.years[sp.t]-w.years[sp.s]) {
				return append(run, ends{rows: rows, span: i, set: SetMatched})
			}
			return append(run, ends{rows: rows, span: i, set: SetNotComparable})
		}
	}
	x := unitPair{}
	w.describe(&x, u, sp)
	for end, side := range [2]*side{&x.s, &x.t} {
		if row := rows[end]; row >= 0 {
			side.has, side.flags = true, w.flags[row]
		}
	}
	if both := x.s.has && x.t.has; both && w.currency != nil && w.currency.codes[rows[0]] != w.currency.codes[rows[1]] {
		x.t, rows[1] = side{}, -1
	} else if both {
		x.comparable = w.comparable(rows[0], rows[1], w.years[sp.t]-w.years[sp.s])
	}
	if set := x.set(); set != SetLost && set != SetEntered {
		run = append(run, ends{rows, i, set, x.turned(set)})
	}
	return run
}

// describe says how a unit came and went between two years.
func (w *pairer) describe(x *unitPair, u int32, sp span) {
	if e, ok := w.lives.last(u, w.years[sp.t]); ok && e.dead {
		x.dead, x.turnedOut = true, e.turned
	}
	if int(w.lives.began[u]) > w.years[sp.s] {
		x.turnedIn = w.lives.convert.Get(int(u))
		x.born = x.turnedIn || w.lives.born.Get(int(u))
	}
}

// turned says whether a unit came to its set by conversion.
func (x *unitPair) turned(set Set) bool {
	return set == SetBirth && x.turnedIn || set == SetDeath && x.turnedOut
}

// comparable says whether two records of a unit, years apart, can be compared.
func (p *measured) comparable(rs, rt int32, years int) bool {
	if (p.flags[rs]|p.flags[rt])&(carried|imputed|irregular) != 0 {
		return false
	}
	if a, b := p.cover.codes[rs], p.cover.codes[rt]; a != b && a != 0 && b != 0 {
		return false
	}
	if a, b := p.end[rs], p.end[rt]; a != unknownDay && b != unknownDay {
		m := months(int64(b) - int64(a))
		return m >= 11*int64(years) && m <= 13*int64(years)
	}
	return true
}

// addPairs sums the sets of all cells and pairs, whose levels are known, and keeps
// the values that they are made of where spread says so; the answer is indexed by
// cell × pairs + pair.
func (p *panel) addPairs(spans []span, levels []level, spread bool) ([]pairAcc, error) {
	w, err := p.pairingOf(p.ctx, spans)
	if err != nil {
		return nil, err
	}
	parts := make([][]pairAcc, len(w.runs))
	atOnce(len(parts), func(i int) {
		parts[i] = make([]pairAcc, p.cells.size*len(spans))
		for at := range w.runs[i] {
			p.addEnds(&w.runs[i][at], parts[i], len(spans))
		}
		if spread {
			p.keepValues(w.runs[i], parts[i], len(spans))
		}
	})
	sums := parts[0]
	for _, more := range parts[1:] {
		for i := range more {
			sums[i].merge(&more[i])
		}
	}
	for i := range w.groups {
		p.setApart(&w.groups[i], sums, len(spans))
	}
	for i := range sums {
		of, sp := levels[i/len(spans)*len(p.years):], spans[i%len(spans)]
		sums[i].rest(&of[sp.s], &of[sp.t])
	}
	for i := range w.groups {
		p.addGroup(&w.groups[i], sums, len(spans), spread)
	}
	return sums, nil
}

// addEnds sums a unit that is paired with itself, in the cell of its class at the
// first year, else at the second.
func (p *panel) addEnds(e *ends, sums []pairAcc, spans int) {
	cell := p.cells.of[e.lead()]
	moved := cell // where it is at the second year
	if e.rows[0] >= 0 && e.rows[1] >= 0 {
		moved = p.cells.of[e.rows[1]]
	}
	if cell < 0 && moved < 0 {
		return
	}
	var gave [2]endSum
	for end, row := range e.rows {
		if row >= 0 {
			gave[end].add(p.num[row], p.den[row], closedOf(p.flags[row]))
		}
	}
	if cell >= 0 {
		a := &sums[int(cell)*spans+int(e.span)]
		if a.sets[e.set].add(&gave[0], &gave[1]); e.turned {
			a.turned(e.set).add(&gave[0], &gave[1])
		}
	}
	if moved == cell {
		return
	}
	if cell >= 0 {
		sums[int(cell)*spans+int(e.span)].apart[1].minus(&gave[1])
	}
	if moved >= 0 {
		sums[int(moved)*spans+int(e.span)].apart[1].plus(&gave[1])
	}
}

// setApart takes the values of a group's units from their own cells.
func (p *panel) setApart(g *continuityPair, sums []pairAcc, spans int) {
	for end, rows := range g.all {
		for _, row := range rows {
			if cell := p.cells.of[row]; cell >= 0 {
				sums[int(cell)*spans+int(g.span)].apart[end].add(p.num[row], p.den[row], closedOf(p.flags[row]))
			}
		}
	}
}

// addGroup sums units that are one by continuity.
func (p *panel) addGroup(g *continuityPair, sums []pairAcc, spans int, spread bool) {
	cell := p.cells.of[g.lead()]
	if cell < 0 {
		return
	}
	a := &sums[int(cell)*spans+int(g.span)]
	if a.sets[g.set].add(&g.sums[0], &g.sums[1]); g.turned {
		a.turned(g.set).add(&g.sums[0], &g.sums[1])
	}
	for end, rows := range g.all {
		if spread && len(rows) > 0 {
			a.sets[g.set].keep(end, int64(g.sums[end].num.lo))
		}
	}
}

func closedOf(f rowFlag) int32 {
	if f&public == 0 {
		return 1
	}
	return 0
}

// keepValues keeps the values of the sets that changes rest on, of which L and E
// are none.
func (p *panel) keepValues(run []ends, sums []pairAcc, spans int) {
	for i := range run {
		e := &run[i]
		cell := p.cells.of[e.lead()]
		if cell < 0 || e.set == SetNotComparable && p.query.Pairs != Any {
			continue
		}
		a := &sums[int(cell)*spans+int(e.span)].sets[e.set]
		for end, row := range e.rows {
			if row >= 0 {
				a.keep(end, p.num[row])
			}
		}
	}
}
