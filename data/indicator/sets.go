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

func (s *side) add(p *measured, row int32) {
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

// endSum sums values at one end of a pair of years.
type endSum struct {
	n, closed int32 // closed: those that are not public
	num, den  Int128
}

func (e *endSum) add(num, den int64, closed int32) {
	e.n++
	e.closed += closed
	e.num.Add(num)
	e.den.Add(den)
}

func (e *endSum) plus(o *endSum) {
	e.n, e.closed = e.n+o.n, e.closed+o.closed
	e.num, e.den = e.num.Plus(o.num), e.den.Plus(o.den)
}

func (e *endSum) minus(o *endSum) {
	e.n, e.closed = e.n-o.n, e.closed-o.closed
	e.num, e.den = e.num.Minus(o.num), e.den.Minus(o.den)
}

// setAcc sums one set.
type setAcc struct {
	n, closed      int32 // units, and those whose figures are not public
	ends           [2]endSum
	gains, reduced Int128       // of sets M, N, B and D
	values         [2][][]int64 // of single units, where the formula needs them
}

// add adds a unit with what it gave at the two ends, one of which may be empty.
func (a *setAcc) add(s, t *endSum) {
	a.n++
	if s.closed+t.closed > 0 {
		a.closed++
	}
	a.ends[0].plus(s)
	a.ends[1].plus(t)
	if by := t.num.Minus(s.num); by.Sign() > 0 {
		a.gains = a.gains.Plus(by)
	} else {
		a.reduced = a.reduced.Minus(by)
	}
}

// keep keeps a value itself, in the only piece there is until pieces are merged.
func (a *setAcc) keep(end int, v int64) {
	if a.values[end] == nil {
		a.values[end] = make([][]int64, 1)
	}
	a.values[end][0] = append(a.values[end][0], v)
}

// merge adds another sum of the set.
func (a *setAcc) merge(o *setAcc) {
	a.n, a.closed = a.n+o.n, a.closed+o.closed
	a.gains, a.reduced = a.gains.Plus(o.gains), a.reduced.Plus(o.reduced)
	for end := range a.ends {
		a.ends[end].plus(&o.ends[end])
		a.values[end] = append(a.values[end], o.values[end]...)
	}
}

// pairAcc sums the sets of one cell and pair of years.
type pairAcc struct {
	sets                [6]setAcc
	turnedIn, turnedOut setAcc
	// apart are values of this cell that other cells sum, less values of other
	// cells that this one sums.
	apart [2]endSum
}

// merge adds another cell's sets.
func (a *pairAcc) merge(o *pairAcc) {
	for i := range a.sets {
		a.sets[i].merge(&o.sets[i])
	}
	a.turnedIn.merge(&o.turnedIn)
	a.turnedOut.merge(&o.turnedOut)
	for end := range a.apart {
		a.apart[end].plus(&o.apart[end])
	}
}

// turned gives where conversions of a set are summed apart.
func (a *pairAcc) turned(set Set) *setAcc {
	if set == SetBirth {
		return &a.turnedIn
	}
	return &a.turnedOut
}

// rest fills the sets of units with a value at one end and nothing else known of
// them: L has all values at s, and E all at t, that no other set has.
func (a *pairAcc) rest(s, t *level) {
	for end, l := range [2]*level{s, t} {
		left := endSum{l.n, l.closed, l.num, l.den}
		left.minus(&a.apart[end])
		for set := range a.sets {
			left.minus(&a.sets[set].ends[end])
		}
		into := &a.sets[[2]Set{SetLost, SetEntered}[end]]
		into.n, into.closed, into.ends[end] = left.n, left.closed, left
	}
}
