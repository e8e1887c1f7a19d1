package indicator

// The rules of primary suppression (domain reference, B.5). They are kept out
// of print.
const (
	fewestContributors = 5  // fewer, but not none, are hidden
	dominancePercent   = 85 // the two largest may hold this much together
	boundPercent       = 10 // how close the second largest may guess the largest
)

// largest keeps the two largest contributions to a total, by size.
type largest struct {
	first, second uint64
	sum           Int128
}

func (l *largest) add(v int64) {
	size := uint64(v)
	if v < 0 {
		size = -size
	}
	l.sum = l.sum.Plus(Int128{lo: size})
	switch {
	case size > l.first:
		l.first, l.second = size, l.first
	case size > l.second:
		l.second = size
	}
}

// merge adds what another total keeps.
func (l *largest) merge(o largest) {
	l.sum = l.sum.Plus(o.sum)
	switch {
	case o.first > l.first:
		l.first, l.second = o.first, max(l.first, o.second)
	default:
		l.second = max(l.second, o.first)
	}
}

// dominated says whether the two largest hold more than 85 % of the total, or
// whether the second can tell the first to within 10 %: p = (X-x1-x2)/x1.
func (l *largest) dominated() bool {
	top := Int128{lo: l.first}.Plus(Int128{lo: l.second})
	rest := l.sum.Minus(top)
	return top.times(100).Minus(l.sum.times(dominancePercent)).Sign() > 0 ||
		rest.times(100).Minus(Int128{lo: l.first}.times(boundPercent)).Sign() < 0
}

// times multiplies by a small whole number; sums of 64-bit values leave room.
func (a Int128) times(n int) Int128 {
	var out Int128
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out = out.Plus(a)
		}
		a = a.Plus(a)
	}
	return out
}

// Confidential says whether a total of these contributions must be hidden: 1
// to 4 contributors, or dominance of the largest. Values may be negative; their
// sizes count.
func Confidential(contributions []int64) bool {
	var top largest
	for _, v := range contributions {
		top.add(v)
	}
	return few(len(contributions)) || len(contributions) > 0 && top.dominated()
}

// few says whether so many contributors are too few to tell about, and some.
func few(n int) bool { return n > 0 && n < fewestContributors }

// guarded says whether the query's figures are under disclosure control.
func (p *panel) guarded() bool { return p.query.Disclosure && p.ind.Magnitude }

// hides says whether a level is confidential by itself. What is public already
// protects nobody, so only the other contributors count; without any, nothing is
// confidential.
func (p *panel) hides(l *level) bool {
	if !p.guarded() || l.closed == 0 {
		return false
	}
	return few(int(l.closed)) || l.closed < p.ind.leastUnits() || l.top.dominated() || p.ind.Persons && p.hidesPersons(l)
}

// hidesPersons says whether a figure would tell of fewer than five persons, or
// of those of fewer than three cooperatives.
func (p *panel) hidesPersons(l *level) bool {
	persons := l.num.Minus(fromBig(pow10(p.scale)).times(fewestContributors))
	return l.num.Sign() > 0 && (persons.Sign() < 0 || l.holders < leastUnion)
}

// hidesChange says whether a change that rests on so many units that are not
// public is confidential by itself.
func (p *panel) hidesChange(closed int32) bool {
	return p.guarded() && few(int(closed))
}

// hidesSets says whether the sums of the sets would tell of too few units.
func (p *panel) hidesSets(a *pairAcc) bool {
	for i := range a.sets {
		if p.hidesChange(a.sets[i].closed) {
			return true
		}
	}
	return p.hidesChange(a.turnedIn.closed) || p.hidesChange(a.turnedOut.closed)
}
