package indicator

import (
	"fmt"
	"math/big"
)

// unitOfPoints is the unit of a result where counts stand in place of rates: that
// of the counts where all are, and mixed where some are.
func unitOfPoints(points []*Point, unit string) string {
	counted, rates := "", false
	for _, pt := range points {
		switch {
		case pt == nil:
		case pt.Counted:
			counted = pt.Unit
		case pt.Known:
			rates = true
		}
	}
	switch {
	case counted == "":
		return unit
	case rates:
		return "mixed"
	}
	return counted
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
	if v := l.value; v != nil {
		switch pt.Known = true; {
		case pt.Hidden:
		case a.tooFew(l):
			pt.Value, pt.Unit, pt.Counted = Decimal{l.num, a.scale}, a.ind.Noun(), true
		default:
			pt.Value = roundRat(v, a.decimals())
			a.around(pt, l)
		}
	}
	if pt.Hidden {
		pt.hideShares()
	}
	if i := a.spanTo[year]; i >= 0 && a.ind.OfCooperatives() {
		a.changes(pt, cell, i)
	}
	pt.Flags = a.flagsOf(pt)
	return pt
}

// tooFew says whether so few records have an answer that their count is told in
// place of a rate.
func (a *answer) tooFew(l *level) bool { return int(l.n) < a.ind.Least }

// around adds what stands beside a value: quartiles, bounds, and whether it is a
// lower bound itself.
func (a *answer) around(pt *Point, l *level) {
	switch a.ind.Formula {
	case Quartiles:
		q := [2]Decimal{roundRat(a.middle(l.values, 1, 4), a.decimals()), roundRat(a.middle(l.values, 3, 4), a.decimals())}
		pt.Quartiles = &q
	case Survival:
		most := l.num
		most.Add(int64(l.unknown))
		pt.Bounds = &[2]Decimal{pt.Value, roundRat(a.quotient(most, l.den), a.decimals())}
	case Weight:
		pt.AtLeast = pt.Coverage == nil || *pt.Coverage < representativeCoverage
	}
}

// representativeCoverage is the coverage in percent from which a figure of the
// mapped cooperatives may stand for all.
const representativeCoverage = 80

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
	if s.n > 0 && l.den.Sign() > 0 {
		part.Share = quotient(s.sum.Big(), l.den.Big(), 100, 1).Float()
	}
	return part
}

// changes fills in the three changes of a point since the wave before.
func (a *answer) changes(pt *Point, cell int32, i int) {
	sp := a.spans[i]
	acc := &a.pairs[int(cell)*len(a.spans)+i]
	hidden := a.hiddenLevel(cell, int(sp.s)) || a.hiddenLevel(cell, int(sp.t))
	pt.All = a.totalChange(acc, sp, a.level(cell, int(sp.s)).value, a.level(cell, int(sp.t)).value, hidden)
	pt.Change = pt.All
	if !a.ind.HasMatched() {
		return
	}
	matchedHidden, demographicHidden := hidden || a.hiddenChange(cell, sp, toldMatched), hidden || a.hiddenChange(cell, sp, toldDemographic)
	pt.Matched = a.setChange(Matched, acc, sp, matchedHidden)
	if acc.sets[SetBirth].n == 0 && acc.sets[SetDeath].n == 0 && matchedHidden == demographicHidden {
		same := *pt.Matched
		pt.Demographic = &same
	} else {
		pt.Demographic = a.setChange(Demographic, acc, sp, demographicHidden)
	}
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
		{pt.Known && a.estimated != nil, FlagEstimated},
		{pt.Known && a.provisional(pt.Year), FlagProvisional},
		{pt.Counted || magnitude && pt.N > 0 && pt.N < reliable || pt.Imputed.Share > 20 || pt.Change.doubtful(), FlagUnreliable},
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
