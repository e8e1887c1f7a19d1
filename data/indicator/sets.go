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

// setAcc sums one set.
type setAcc struct {
	n              int32
	closed         int32 // units whose figures are not public
	s, t           Int128
	baseS, baseT   Int128
	gains, reduced Int128
	valuesS        [][]int64 // of single units, where the formula needs them
	valuesT        [][]int64
}

func (a *setAcc) add(x *unitPair) {
	a.n++
	if x.s.closed || x.t.closed {
		a.closed++
	}
	a.s, a.t = a.s.Plus(x.s.num), a.t.Plus(x.t.num)
	a.baseS, a.baseT = a.baseS.Plus(x.s.den), a.baseT.Plus(x.t.den)
	a.changed(x.t.num.Minus(x.s.num))
}

// addFirst adds a single unit with a value at the first year only.
func (a *setAcc) addFirst(num, den int64, closed int32) {
	a.n++
	a.closed += closed
	a.s.Add(num)
	a.baseS.Add(den)
	if num >= 0 {
		a.reduced.Add(num)
	} else {
		a.gains = a.gains.Minus(fromInt(num))
	}
}

// addSecond adds a single unit with a value at the second year only.
func (a *setAcc) addSecond(num, den int64, closed int32) {
	a.n++
	a.closed += closed
	a.t.Add(num)
	a.baseT.Add(den)
	if num >= 0 {
		a.gains.Add(num)
	} else {
		a.reduced = a.reduced.Minus(fromInt(num))
	}
}

// changed adds the gain or the loss of a unit.
func (a *setAcc) changed(by Int128) {
	if by.Sign() > 0 {
		a.gains = a.gains.Plus(by)
	} else {
		a.reduced = a.reduced.Minus(by)
	}
}

// keep keeps the values themselves.
func (a *setAcc) keep(s, t side) {
	if s.has {
		a.valuesS = keep(a.valuesS, int64(s.num.lo))
	}
	if t.has {
		a.valuesT = keep(a.valuesT, int64(t.num.lo))
	}
}

// keep appends to the only piece there is.
func keep(values [][]int64, v int64) [][]int64 {
	if values == nil {
		values = make([][]int64, 1)
	}
	values[0] = append(values[0], v)
	return values
}

// merge adds another sum of the set.
func (a *setAcc) merge(o *setAcc) {
	a.n, a.closed = a.n+o.n, a.closed+o.closed
	a.s, a.t = a.s.Plus(o.s), a.t.Plus(o.t)
	a.baseS, a.baseT = a.baseS.Plus(o.baseS), a.baseT.Plus(o.baseT)
	a.gains, a.reduced = a.gains.Plus(o.gains), a.reduced.Plus(o.reduced)
	a.valuesS, a.valuesT = append(a.valuesS, o.valuesS...), append(a.valuesT, o.valuesT...)
}

// pairAcc sums the sets of one cell and pair of years.
type pairAcc struct {
	sets                [6]setAcc
	turnedIn, turnedOut setAcc
}

// merge adds another cell's sets.
func (a *pairAcc) merge(o *pairAcc) {
	for i := range a.sets {
		a.sets[i].merge(&o.sets[i])
	}
	a.turnedIn.merge(&o.turnedIn)
	a.turnedOut.merge(&o.turnedOut)
}

// turned gives where conversions of a set are summed apart.
func (a *pairAcc) turned(set Set) *setAcc {
	if set == SetBirth {
		return &a.turnedIn
	}
	return &a.turnedOut
}
