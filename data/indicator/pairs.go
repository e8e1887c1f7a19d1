package indicator

import (
	"context"
	"fmt"
)

// span is a pair of consecutive published years, as indices into years.
type span struct{ s, t int16 }

// pairing says what becomes of every value of a measure between the years of
// some spans. It hangs on no breakdown and no filter.
type pairing struct {
	spans  []span
	from   []int16 // span that begins in a year, -1 for none
	till   []int16 // span that ends in a year
	first  []fate  // of the value at the first year of a span, by row
	second []fate  // of the value at the second year, where there is none at the first
	groups []continuityPair
}

// fate is the set of a unit in a span, plus one, and more; 0 where the unit is
// no part of it, or is part of a group.
type fate uint8

const (
	fateSet    fate = 7
	fatePaired fate = 8  // there is a value at the other end too
	fateTurned fate = 16 // by conversion into or out of the cooperative form
)

// set is the set of a fate that is not 0.
func (f fate) set() Set { return Set(f&fateSet - 1) }

// continuityPair is a group in a span.
type continuityPair struct {
	unitPair
	span int
}

// pairingOf gives what becomes of the values between the years of spans.
func (p *measured) pairingOf(ctx context.Context, spans []span) (*pairing, error) {
	return p.pairings.get(fmt.Sprint(spans), func() (*pairing, error) {
		w := &pairer{measured: p, pairing: &pairing{
			spans: spans, from: make([]int16, len(p.years)), till: make([]int16, len(p.years)),
			first: make([]fate, p.count()), second: make([]fate, p.count()),
		}}
		for y := range p.years {
			w.from[y], w.till[y] = -1, -1
		}
		for i, sp := range spans {
			w.from[sp.s], w.till[sp.t] = int16(i), int16(i)
		}
		grouped := w.pairGroups()
		parts := p.parts()
		atOnce(len(parts), func(i int) {
			for u := parts[i].units[0]; u < parts[i].units[1]; u++ {
				w.pair(u, grouped)
			}
		})
		return w.pairing, ctx.Err()
	})
}

// pairer makes a pairing.
type pairer struct {
	*measured
	*pairing
}

// pairGroups pairs the units that are one by continuity, and gives those that
// are part of a group, by span.
func (w *pairer) pairGroups() []map[int32]bool {
	grouped := make([]map[int32]bool, len(w.spans))
	for i, sp := range w.spans {
		grouped[i] = map[int32]bool{}
		for _, units := range w.chosen.groups(w.years[sp.s], w.years[sp.t]) {
			g := newContinuity(w, i, units)
			if !g.x.s.has && !g.x.t.has || g.mixed {
				continue
			}
			g.decide()
			w.groups = append(w.groups, continuityPair{g.x, i})
			for _, u := range units {
				grouped[i][u] = true
			}
		}
	}
	return grouped
}

// pair pairs the values of one unit.
func (w *pairer) pair(u int32, grouped []map[int32]bool) {
	linked := w.roll.linked.Get(int(u))
	from, to := w.rowsOf(u)
	for row := from; row < to; row++ {
		if w.flags[row]&valued == 0 {
			continue
		}
		y := w.yearOf[row]
		if i := w.till[y]; i >= 0 && !(linked && grouped[i][u]) {
			before := row - 1
			for before >= from && (w.flags[before]&valued == 0 || w.yearOf[before] > w.spans[i].s) {
				before--
			}
			if before >= from && w.yearOf[before] == w.spans[i].s {
				w.both(i, u, before, row)
			} else {
				w.second[row] = w.one(i, u, side{}, w.side(row))
			}
		}
		if i := w.from[y]; i >= 0 && !(linked && grouped[i][u]) {
			w.first[row] = w.one(i, u, w.side(row), side{}) // until a second one is met
		}
	}
}

func (w *pairer) side(row int32) side { return side{has: true, flags: w.flags[row]} }

// one is the fate of a unit with a value at one end of a span, or at both.
func (w *pairer) one(i int16, u int32, s, t side) fate {
	x := unitPair{s: s, t: t}
	w.describe(&x, u, w.spans[i])
	return x.fate()
}

// both pairs the values of a unit at both ends of a span. Where its currency
// changed, its two ends are not added or compared: one is lost, the other
// enters.
func (w *pairer) both(i int16, u, rs, rt int32) {
	x := unitPair{s: w.side(rs), t: w.side(rt)}
	w.describe(&x, u, w.spans[i])
	if w.currency != nil && w.currency.codes[rs] != w.currency.codes[rt] {
		after := x
		x.t, after.s, x.born, after.born = side{}, side{}, false, false
		w.first[rs], w.second[rt] = x.fate(), after.fate()
		return
	}
	sp := w.spans[i]
	x.comparable = w.comparable(rs, rt, w.years[sp.t]-w.years[sp.s])
	w.first[rs] = x.fate() | fatePaired
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

// fate is the set of a unit and whether it got there by conversion.
func (x *unitPair) fate() fate {
	set := x.set()
	f := fate(set) + 1
	if set == SetBirth && x.turnedIn || set == SetDeath && x.turnedOut {
		f |= fateTurned
	}
	return f
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

// addPairs sums the sets of all cells and pairs, and keeps the values that they
// are made of where spread says so; the answer is indexed by cell × pairs + pair.
func (p *panel) addPairs(spans []span, spread bool) ([]pairAcc, error) {
	w, err := p.pairingOf(p.ctx, spans)
	if err != nil {
		return nil, err
	}
	parts := p.parts()
	sums := make([][]pairAcc, len(parts))
	atOnce(len(parts), func(i int) {
		sums[i] = make([]pairAcc, p.cells.size*len(spans))
		p.addSingle(w, sums[i], parts[i].rows)
		if spread {
			p.keepSingle(w, sums[i], parts[i].rows)
		}
	})
	for i := range w.groups {
		p.addGroup(&w.groups[i], sums[0], len(spans), spread)
	}
	for _, more := range sums[1:] {
		for i := range more {
			sums[0][i].merge(&more[i])
		}
	}
	return sums[0], nil
}

// addGroup sums units that are one by continuity.
func (p *panel) addGroup(g *continuityPair, sums []pairAcc, spans int, spread bool) {
	lead := g.s.lead
	if !g.s.has {
		lead = g.t.lead
	}
	cell := p.cells.of[lead]
	if cell < 0 {
		return
	}
	f, a := g.fate(), &sums[int(cell)*spans+g.span]
	a.sets[f.set()].add(&g.unitPair)
	if f&fateTurned != 0 {
		a.turned(f.set()).add(&g.unitPair)
	}
	if spread {
		a.sets[f.set()].keep(g.s, g.t)
	}
}

// addSingle sums the units of a run of records that are paired with themselves,
// each in the cell of its class at the first year, else at the second.
func (p *panel) addSingle(w *pairing, sums []pairAcc, rows [2]int32) {
	spans := len(w.spans)
	for row := rows[0]; row < rows[1]; row++ {
		first, second, cell := w.first[row], w.second[row], p.cells.of[row]
		if first|second == 0 || cell < 0 {
			continue
		}
		y, num, den := p.yearOf[row], p.num[row], p.den[row]
		closed := closedOf(p.flags[row])
		if second != 0 {
			a := &sums[int(cell)*spans+int(w.till[y])]
			if a.sets[second.set()].addSecond(num, den, closed); second&fateTurned != 0 {
				a.turned(second.set()).addSecond(num, den, closed)
			}
		}
		if first == 0 {
			continue
		}
		a := &sums[int(cell)*spans+int(w.from[y])]
		switch {
		case first&fatePaired != 0:
			p.addBoth(a, first, row, w.partner(p.measured, row))
		default:
			if a.sets[first.set()].addFirst(num, den, closed); first&fateTurned != 0 {
				a.turned(first.set()).addFirst(num, den, closed)
			}
		}
	}
}

// addBoth sums a unit with a value at both years.
func (p *panel) addBoth(a *pairAcc, f fate, rs, rt int32) {
	var x unitPair
	x.s.add(p.measured, rs)
	x.t.add(p.measured, rt)
	if a.sets[f.set()].add(&x); f&fateTurned != 0 {
		a.turned(f.set()).add(&x)
	}
}

// partner gives the record with the value at the second year of the span that
// begins with a row.
func (w *pairing) partner(p *measured, row int32) int32 {
	till := w.spans[w.from[p.yearOf[row]]].t
	for row++; p.flags[row]&valued == 0 || p.yearOf[row] != till; {
		row++
	}
	return row
}

func closedOf(f rowFlag) int32 {
	if f&public == 0 {
		return 1
	}
	return 0
}

// keepSingle keeps the values of the sets that changes rest on.
func (p *panel) keepSingle(w *pairing, sums []pairAcc, rows [2]int32) {
	wanted := [6]bool{SetMatched: true, SetNotComparable: p.query.Pairs == Any, SetBirth: true, SetDeath: true}
	for row := rows[0]; row < rows[1]; row++ {
		first, second, cell := w.first[row], w.second[row], p.cells.of[row]
		if first|second == 0 || cell < 0 {
			continue
		}
		y, own := p.yearOf[row], side{has: true, num: fromInt(p.num[row])}
		if second != 0 && wanted[second.set()] {
			sums[int(cell)*len(w.spans)+int(w.till[y])].sets[second.set()].keep(side{}, own)
		}
		if first == 0 || !wanted[first.set()] {
			continue
		}
		other := side{}
		if first&fatePaired != 0 {
			other = side{has: true, num: fromInt(p.num[w.partner(p.measured, row)])}
		}
		sums[int(cell)*len(w.spans)+int(w.from[y])].sets[first.set()].keep(own, other)
	}
}
