package indicator

import "math/big"

// decompositions lists the sums of the sets by pair and cell, where the query
// asks for them. Changes that are not those of a sum or a count have none.
func (a *answer) decompositions() []Decomposition {
	if !a.query.Decompose || a.ind.Formula != Sum && a.ind.Formula != Count {
		return nil
	}
	var out []Decomposition
	for i := range a.spans {
		for cell := range int32(a.cells.size) {
			if d, ok := a.decomposition(cell, i); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

// decomposition splits one change; it says no where no unit is part of it.
func (a *answer) decomposition(cell int32, i int) (Decomposition, bool) {
	sp, acc := a.spans[i], &a.pairs[int(cell)*len(a.spans)+i]
	s, t := a.level(cell, int(sp.s)), a.level(cell, int(sp.t))
	all := a.basesOf(All, acc)
	d := Decomposition{
		Keys: a.keys(cell, int(sp.t)), From: a.years[sp.s], To: a.years[sp.t], Unit: a.units[cell],
	}
	if d.Hidden = a.hiddenLevel(cell, int(sp.s)) || a.hiddenLevel(cell, int(sp.t)) || a.hidesSets(acc) || a.hiddenChange(cell, sp, toldSets); d.Hidden {
		return d, true
	}
	d.Base, d.Total = a.decimal(s.num), a.decimal(t.num)
	for set := range acc.sets {
		d.Sets[set] = a.setSum(&acc.sets[set])
	}
	d.ConvertedIn, d.ConvertedOut = a.setSum(&acc.turnedIn), a.setSum(&acc.turnedOut)
	d.Moved = a.decimal(t.num.Minus(s.num).Minus(all.t.Minus(all.s)))
	d.JobCreation, d.JobDestruction = flows(acc)
	return d, all.n > 0 || s.n > 0 || t.n > 0
}

func (a *answer) decimal(v Int128) Decimal { return Decimal{v, a.scale} }

func (a *answer) setSum(s *setAcc) SetSum {
	return SetSum{N: int(s.n), From: a.decimal(s.ends[0].num), To: a.decimal(s.ends[1].num)}
}

// flows gives the gains and the losses of single units over the mean of both
// years, on M, B and D, in percent (Davis and Haltiwanger 1992).
func flows(acc *pairAcc) (creation, destruction float64) {
	var gains, losses, both Int128
	for _, set := range [...]Set{SetMatched, SetBirth, SetDeath} {
		a := &acc.sets[set]
		gains, losses = gains.Plus(a.gains), losses.Plus(a.reduced)
		both = both.Plus(a.ends[0].num).Plus(a.ends[1].num)
	}
	if both.Sign() <= 0 {
		return 0, 0
	}
	rate := func(v Int128) float64 {
		return quotient(new(big.Int).Lsh(v.Big(), 1), both.Big(), 100, 3).Float()
	}
	return rate(gains), rate(losses)
}
