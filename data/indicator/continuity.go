package indicator

// continuityUnit is a group of units that a merger, split or takeover makes one,
// while its set is being found.
type continuityUnit struct {
	*pairer
	x      unitPair
	units  []int32
	rs, rt []int32 // records with a value, -1 for none
	span   span
	mixed  bool // their currencies differ
}

func newContinuity(w *pairer, i int, units []int32) *continuityUnit {
	g := &continuityUnit{pairer: w, units: units, span: w.spans[i]}
	currency := int32(-1)
	for _, u := range units {
		rs, rt := w.rowAt(u, g.span.s, valued), w.rowAt(u, g.span.t, valued)
		g.rs, g.rt = append(g.rs, rs), append(g.rt, rt)
		for end, row := range [...]int32{rs, rt} {
			if row < 0 {
				continue
			}
			[...]*side{&g.x.s, &g.x.t}[end].add(w.measured, row)
			if w.currency == nil {
				continue
			}
			if currency >= 0 && currency != w.currency.codes[row] {
				g.mixed = true
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
		g.describe(&one, u, g.span)
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

// pair gives the group with its set.
func (g *continuityUnit) pair(span int16) continuityPair {
	set := g.x.set()
	out := continuityPair{ends: ends{[2]int32{-1, -1}, span, set, g.x.turned(set)}}
	for end, s := range [2]*side{&g.x.s, &g.x.t} {
		if s.has {
			out.rows[end] = s.lead
			out.sums[end] = endSum{1, truth32(s.closed), s.num, s.den}
		}
		for _, row := range [2][]int32{g.rs, g.rt}[end] {
			if row >= 0 {
				out.all[end] = append(out.all[end], row)
			}
		}
	}
	return out
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
