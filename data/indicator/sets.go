package indicator

// side is one end of a pair: what a unit, or several units that are one by
// continuity, reported in one year.
type side struct {
	has      bool
	num, den Int128
	flags    rowFlag // those of all its records together
	closed   bool    // at least one of them is not public
	lead     int32   // the record whose class the side has
}

func (s *side) add(p *panel, row int32) {
	s.has = true
	s.num.Add(p.num[row])
	s.den.Add(p.den[row])
	s.flags |= p.flags[row]
	s.closed = s.closed || p.flags[row]&public == 0
}

// unitPair is a unit at both ends of a pair of years, with what decides its
// set.
type unitPair struct {
	s, t       side
	dead       bool // ceased by the end of t
	born       bool // registered after s, and a birth or a conversion
	comparable bool
	turnedIn   bool // came by conversion
	turnedOut  bool // left by conversion
}

// set puts a unit with a value at s or t into its set, in the order of tests of
// the domain reference, B.2.
func (x *unitPair) set() Set {
	switch {
	case x.s.has && x.t.has && x.dead:
		return SetDeath
	case x.s.has && x.t.has && !x.comparable:
		return SetNotComparable
	case x.s.has && x.t.has:
		return SetMatched
	case x.t.has && x.t.flags&carried == 0 && x.born:
		return SetBirth
	case x.t.has:
		return SetEntered
	case x.dead && x.s.flags&carried == 0:
		return SetDeath
	}
	return SetLost
}

// setAcc sums one set.
type setAcc struct {
	n              int32
	closed         int32 // units whose figures are not public
	s, t           Int128
	baseS, baseT   Int128
	gains, reduced Int128
	valuesS        []int64 // of single units, where the formula needs them
	valuesT        []int64
}

func (a *setAcc) add(x *unitPair) {
	a.n++
	if x.s.closed || x.t.closed {
		a.closed++
	}
	a.s, a.t = a.s.Plus(x.s.num), a.t.Plus(x.t.num)
	a.baseS, a.baseT = a.baseS.Plus(x.s.den), a.baseT.Plus(x.t.den)
	if d := x.t.num.Minus(x.s.num); d.Sign() > 0 {
		a.gains = a.gains.Plus(d)
	} else {
		a.reduced = a.reduced.Minus(d)
	}
}

// keep keeps the values themselves.
func (a *setAcc) keep(x *unitPair) {
	if x.s.has {
		a.valuesS = append(a.valuesS, int64(x.s.num.lo))
	}
	if x.t.has {
		a.valuesT = append(a.valuesT, int64(x.t.num.lo))
	}
}

// pairAcc sums the sets of one cell and pair of years.
type pairAcc struct {
	sets                [6]setAcc
	turnedIn, turnedOut setAcc
}

// merge adds the counts of another cell's sets.
func (a *pairAcc) merge(o *pairAcc) {
	for i := range a.sets {
		a.sets[i].n += o.sets[i].n
		a.sets[i].closed += o.sets[i].closed
	}
	a.turnedIn.closed += o.turnedIn.closed
	a.turnedOut.closed += o.turnedOut.closed
}

// span is a pair of consecutive published years, as indices into panel.years.
type span struct{ s, t int16 }

// addPairs sums the sets of all cells and pairs; the answer is indexed by cell
// × pairs + pair.
func (p *panel) addPairs(spans []span) ([]pairAcc, error) {
	w := &pairing{panel: p, spans: spans, sums: make([]pairAcc, p.cells.size*len(spans))}
	grouped := make([]map[int32]bool, len(spans))
	for i, sp := range spans {
		grouped[i] = map[int32]bool{}
		for _, group := range p.groups(p.years[sp.s], p.years[sp.t]) {
			if w.group(i, group) {
				for _, u := range group {
					grouped[i][u] = true
				}
			}
		}
	}
	at := make([]int32, len(p.years))
	for u := range int32(len(p.start) - 1) {
		if u&0xffff == 0 && p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		for i := range at {
			at[i] = -1
		}
		for _, row := range p.rowsOf(u) {
			if p.flags[row]&valued != 0 {
				at[p.yearOf[row]] = row
			}
		}
		linked := p.lives.linked.Get(int(u))
		for i, sp := range spans {
			if rs, rt := at[sp.s], at[sp.t]; (rs >= 0 || rt >= 0) && !(linked && grouped[i][u]) {
				w.single(i, u, rs, rt)
			}
		}
	}
	return w.sums, nil
}

// pairing sums units into sets.
type pairing struct {
	*panel
	spans []span
	sums  []pairAcc
}

// put adds a unit to its set, in the cell of its class at s (without a value at
// s: at t).
func (w *pairing) put(i int, x *unitPair) {
	row := x.s.lead
	if !x.s.has {
		row = x.t.lead
	}
	if w.flags[row]&passes == 0 {
		return
	}
	acc := &w.sums[int(w.cells.of[row])*len(w.spans)+i]
	set := x.set()
	acc.sets[set].add(x)
	if w.ind.Formula.trait().spread {
		acc.sets[set].keep(x)
	}
	if set == SetBirth && x.turnedIn {
		acc.turnedIn.add(x)
	}
	if set == SetDeath && x.turnedOut {
		acc.turnedOut.add(x)
	}
}

// single pairs one unit with itself. Where its currency changed, its two ends
// are not added or compared: one is lost, the other enters.
func (w *pairing) single(i int, u, rs, rt int32) {
	x := unitPair{}
	if rs >= 0 {
		x.s.add(w.panel, rs)
		x.s.lead = rs
	}
	if rt >= 0 {
		x.t.add(w.panel, rt)
		x.t.lead = rt
	}
	s, t := w.years[w.spans[i].s], w.years[w.spans[i].t]
	w.fate(&x, u, s, t)
	if x.s.has && x.t.has {
		if w.currency != nil && w.currency.codes[rs] != w.currency.codes[rt] {
			before, after := x, x
			before.t, after.s = side{}, side{}
			after.born = false
			w.put(i, &before)
			w.put(i, &after)
			return
		}
		x.comparable = w.comparable(rs, rt, t-s)
	}
	w.put(i, &x)
}

// fate says how a unit came and went between two years.
func (w *pairing) fate(x *unitPair, u int32, s, t int) {
	if e, ok := w.lives.last(u, t); ok && e.dead {
		x.dead, x.turnedOut = true, e.turned
	}
	if int(w.lives.began[u]) > s {
		x.turnedIn = w.lives.convert.Get(int(u))
		x.born = x.turnedIn || w.lives.born.Get(int(u))
	}
}

// comparable says whether two records of a unit, years apart, can be compared.
func (p *panel) comparable(rs, rt int32, years int) bool {
	if (p.flags[rs]|p.flags[rt])&(carried|imputed|irregular) != 0 {
		return false
	}
	if c := p.cover; c != nil && c.Valid.Get(int(rs)) && c.Valid.Get(int(rt)) && c.Values[rs] != c.Values[rt] {
		return false
	}
	if c := p.end; c != nil && c.Valid.Get(int(rs)) && c.Valid.Get(int(rt)) {
		m := months(c.Values[rt] - c.Values[rs])
		return m >= 11*int64(years) && m <= 13*int64(years)
	}
	return true
}

// group pairs units that a merger, split or takeover makes one. It says no, and
// does nothing, where none has a value or where their currencies differ.
func (w *pairing) group(i int, units []int32) bool {
	g := newContinuity(w, i, units)
	if !g.x.s.has && !g.x.t.has || g.currencies {
		return false
	}
	g.decide()
	w.put(i, &g.x)
	return true
}

// continuityUnit is a group while its set is being found.
type continuityUnit struct {
	*pairing
	x          unitPair
	units      []int32
	rs, rt     []int32 // records with a value, -1 for none
	span       span
	currencies bool // they differ
}

func newContinuity(w *pairing, i int, units []int32) *continuityUnit {
	g := &continuityUnit{pairing: w, units: units, span: w.spans[i]}
	currency := int32(-1)
	for _, u := range units {
		rs, rt := w.rowAt(u, g.span.s, valued), w.rowAt(u, g.span.t, valued)
		g.rs, g.rt = append(g.rs, rs), append(g.rt, rt)
		for end, row := range [...]int32{rs, rt} {
			if row < 0 {
				continue
			}
			[...]*side{&g.x.s, &g.x.t}[end].add(w.panel, row)
			if w.currency == nil {
				continue
			}
			if currency >= 0 && currency != w.currency.codes[row] {
				g.currencies = true
			}
			currency = w.currency.codes[row]
		}
	}
	return g
}

// decide finds what the set of a group hangs on. A group is dead when all its
// units are, and born when all that live at t are. It is comparable when every
// unit that was alive at an end has a value there and no unit's figures break
// the rules for one unit; the short last year of an absorbed unit and the short
// first year of a new one complete the others' years and break nothing.
func (g *continuityUnit) decide() {
	s, t := g.years[g.span.s], g.years[g.span.t]
	g.x.dead, g.x.born, g.x.comparable = true, true, true
	g.x.turnedIn, g.x.turnedOut = true, true
	for i, u := range g.units {
		one := unitPair{}
		g.fate(&one, u, s, t)
		g.x.dead = g.x.dead && one.dead
		g.x.turnedOut = g.x.turnedOut && one.turnedOut
		if !one.dead {
			g.x.born = g.x.born && one.born
			g.x.turnedIn = g.x.turnedIn && one.turnedIn
		}
		there := g.existed(u, s) && !g.lives.dead(u, s)
		if g.rs[i] < 0 && there || g.rt[i] < 0 && !one.dead || !g.fits(i, there, one.dead, t-s) {
			g.x.comparable = false
		}
	}
	g.x.born = g.x.born && !g.x.dead
	g.x.s.lead, g.x.t.lead = g.lead(g.rs, t), g.lead(g.rt, t)
}

// existed says whether a unit had begun by the end of a year.
func (g *continuityUnit) existed(u int32, year int) bool {
	began := int(g.lives.began[u])
	return began != 0 && began <= year
}

// fits applies the rules of comparable to one unit of a group.
func (g *continuityUnit) fits(i int, there, dead bool, years int) bool {
	rs, rt := g.rs[i], g.rt[i]
	if rs >= 0 && rt >= 0 && !dead {
		return g.comparable(rs, rt, years)
	}
	if rs >= 0 && g.flags[rs]&(carried|imputed|irregular) != 0 {
		return false
	}
	broken := carried | imputed
	if there && !dead {
		broken |= irregular
	}
	return rt < 0 || g.flags[rt]&broken == 0
}

// lead gives the record that stands for a group at one end: of the units alive
// at t the one with the largest value, else of all of them.
func (g *continuityUnit) lead(rows []int32, t int) int32 {
	best, bestAlive := int32(-1), false
	for i, row := range rows {
		if row < 0 {
			continue
		}
		alive := !g.lives.dead(g.units[i], t)
		if best < 0 || alive && !bestAlive || alive == bestAlive && g.den[row] > g.den[best] {
			best, bestAlive = row, alive
		}
	}
	return best
}
