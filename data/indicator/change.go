package indicator

import (
	"math"
	"math/big"
)

// half is the share of the base below which a change is not representative, in
// percent; reliable is the number of cooperatives below which it is flagged.
const (
	half     = 50
	reliable = 20
)

// bases are the sums behind one change.
type bases struct {
	n, closed    int32
	s, t         Int128 // of the figure
	baseS, baseT Int128 // of the share; of a ratio: its denominators
	valuesS      [][]int64
	valuesT      [][]int64
}

func (b *bases) add(a *setAcc, values bool) {
	b.n += a.n
	b.closed += a.closed
	b.s, b.t = b.s.Plus(a.ends[0].num), b.t.Plus(a.ends[1].num)
	b.baseS, b.baseT = b.baseS.Plus(a.ends[0].den), b.baseT.Plus(a.ends[1].den)
	if values {
		b.valuesS, b.valuesT = append(b.valuesS, a.values[0]...), append(b.valuesT, a.values[1]...)
	}
}

// basesOf adds the sets that a basis rests on: G1 is M, G2 is M, B and D; with
// any pairs N counts with M.
func (p *panel) basesOf(basis Basis, a *pairAcc) bases {
	on := [6]bool{SetMatched: true, SetNotComparable: p.query.Pairs == Any}
	if basis == Demographic {
		on[SetBirth], on[SetDeath] = true, true
	}
	if basis == All {
		on = [6]bool{true, true, true, true, true, true}
	}
	var out bases
	for set := range on {
		if on[set] {
			out.add(&a.sets[set], basis != All)
		}
	}
	return out
}

// setChange makes G1 or G2 from the sums of the sets.
func (p *panel) setChange(basis Basis, a *pairAcc, sp span, hidden bool) *Change {
	b, all := p.basesOf(basis, a), p.basesOf(All, a)
	c := p.newChange(sp)
	c.N = int(b.n)
	if hidden || p.hidesChange(b.closed) {
		c.hide()
		return c
	}
	if all.baseS.Sign() > 0 {
		c.Share, c.ShareKnown = quotient(b.baseS.Big(), all.baseS.Big(), 100, 1).Float(), true
	}
	representative := c.ShareKnown && b.baseS.times(100).Minus(all.baseS.times(half)).Sign() >= 0
	switch {
	case p.ind.Additive():
		c.growthOf(b.s.Big(), b.t.Big())
	case p.ind.Formula.trait().spread:
		c.points(p.middle(b.valuesS, 1, 2), p.middle(b.valuesT, 1, 2))
	default:
		c.points(p.quotient(b.s, b.baseS), p.quotient(b.t, b.baseT))
	}
	c.InUnits = c.Points && !p.ind.Percent()
	enough := int(b.n) >= p.query.minimum()
	switch {
	case b.n == 0:
		c.Known, c.Reason = false, ReasonNoPairs
	case !c.Known:
		c.Reason = ReasonBase
	case p.query.Pairs == Any:
		c.Reason = ReasonAnyPairs
	case !enough:
		c.Reason = ReasonFew
	case !representative:
		c.Reason = ReasonShare
	default:
		c.Headline = true
	}
	c.drawn = c.Known && enough && representative && !c.Points && c.growth > 0
	return c
}

// totalChange makes G3 from the levels of both years, nil where not known.
func (p *panel) totalChange(a *pairAcc, sp span, s, t *big.Rat, hidden bool) *Change {
	c := p.newChange(sp)
	c.N = int(p.basesOf(All, a).n)
	if hidden {
		c.hide()
		return c
	}
	c.Share, c.ShareKnown = 100, s != nil && s.Sign() > 0
	c.Reason = ReasonComposition
	switch {
	case s == nil || t == nil:
		c.Reason = ReasonNoPairs
	case !p.ind.Additive():
		c.points(s, t)
		c.InUnits = !p.ind.Percent()
	default:
		c.growthOf(new(big.Int).Mul(s.Num(), t.Denom()), new(big.Int).Mul(t.Num(), s.Denom()))
	}
	if !c.Known && c.Reason == ReasonComposition {
		c.Reason = ReasonBase
	}
	return c
}

func (p *panel) newChange(sp span) *Change {
	return &Change{From: p.years[sp.s], To: p.years[sp.t]}
}

func (c *Change) hide() {
	*c = Change{From: c.From, To: c.To, N: c.N, Hidden: true, Reason: ReasonHidden}
}

// growthOf fills in the change of a sum; never from a zero or negative base.
func (c *Change) growthOf(s, t *big.Int) {
	if s.Sign() <= 0 {
		return
	}
	c.Known = true
	c.Pct = quotient(new(big.Int).Sub(t, s), s, 100, 2).Float()
	c.growth, _ = new(big.Rat).SetFrac(t, s).Float64()
	c.Yearly = c.Pct
	if years := c.To - c.From; years > 1 {
		c.Yearly = 0
		if c.growth > 0 {
			c.Yearly = round(100*Annualised(c.growth-1, float64(years)), 2)
		}
	}
}

// points fills in the change of a percentage.
func (c *Change) points(s, t *big.Rat) {
	c.Points = true
	if s == nil || t == nil {
		return
	}
	c.Known = true
	d := new(big.Rat).Sub(t, s)
	c.Pct = roundRat(d, 2).Float()
	c.Yearly = roundRat(d.Quo(d, big.NewRat(int64(c.To-c.From), 1)), 2).Float()
}

// round rounds half away from zero.
func round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}

// chain draws the index of one cell through its points, which follow each
// other by year: a link that may not be drawn ends the segment, and the next
// one starts at 100. It gives a point's index, 0 where there is none, and its
// segment.
func chain(points []*Point, link func(pt *Point) *Change, put func(pt *Point, at IndexPoint)) {
	segment, index := 0, 0.0
	for _, pt := range points {
		switch c := link(pt); {
		case c != nil && c.drawn && index > 0:
			index *= c.growth
		case pt.Known && !pt.Hidden:
			segment++
			index = 100
		default:
			index = 0
		}
		put(pt, IndexPoint{round(index, 2), max(segment, 1)})
	}
}

// chain draws the index of every cell.
func (a *answer) chain(points []*Point) {
	years := len(a.years)
	for cell := range a.cells.size {
		var line []*Point
		for _, pt := range points[cell*years : (cell+1)*years] {
			if pt != nil {
				line = append(line, pt)
			}
		}
		chainBasis(line, a.query.Basis)
	}
}

// chainBasis draws the index of the basis through the points of a cell, and the
// demographic one beside the matched one.
func chainBasis(points []*Point, basis Basis) {
	chain(points, func(pt *Point) *Change { return pt.Change }, func(pt *Point, at IndexPoint) {
		if pt.Segment = at.Segment; at.Index > 0 {
			pt.Index = &at.Index
		}
	})
	if basis != Matched {
		return
	}
	chain(points, func(pt *Point) *Change { return pt.Demographic }, func(pt *Point, at IndexPoint) {
		if at.Index > 0 {
			pt.Beside = &at
		}
	})
}
