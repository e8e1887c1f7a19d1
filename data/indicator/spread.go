package indicator

import (
	"math/big"
	"slices"
)

// The fewest cooperatives behind figures that tell of single ones (domain
// reference, B.5).
const (
	leastMedian    = 5
	leastQuartiles = 12
	leastGini      = 10
)

// quantile gives the value below which a part k/of of ascending values lies,
// by linear interpolation between order statistics (type 7 of Hyndman and Fan,
// 1996, the default of spreadsheets); nil for no values.
func quantile(ascending []int64, k, of int64) *big.Rat {
	if len(ascending) == 0 {
		return nil
	}
	place := (int64(len(ascending)) - 1) * k
	at, rest := place/of, place%of
	low := new(big.Rat).SetInt64(ascending[at])
	if rest == 0 {
		return low
	}
	step := new(big.Rat).SetInt64(ascending[at+1])
	step.Sub(step, low).Mul(step, big.NewRat(rest, of))
	return low.Add(low, step)
}

// middle gives a quantile of values in any order, in the indicator's unit.
func (p *panel) middle(values []int64, k, of int64) *big.Rat {
	q := quantile(sorted(values), k, of)
	if q != nil {
		q.Quo(q, new(big.Rat).SetInt(pow10(p.scale)))
	}
	return q
}

func sorted(values []int64) []int64 {
	out := slices.Clone(values)
	slices.Sort(out)
	return out
}

// concentrationOf gives one of the measures of concentration.
func concentrationOf(measure string, values []int64) *big.Rat {
	x := make([]float64, len(values))
	sum := 0.0
	for i, v := range values {
		x[i] = float64(v)
		sum += x[i]
	}
	if sum <= 0 || slices.Min(x) < 0 {
		return nil
	}
	value := 0.0
	switch measure {
	case "cr4":
		value = CR(x, 4)
	case "hhi":
		value = HHI(x)
	case "gini":
		gini, corrected, ok := Gini(x)
		if !ok || len(x) < leastGini {
			return nil
		}
		if value = gini; len(x) < 100 {
			value = corrected
		}
	}
	return new(big.Rat).SetFloat64(value)
}

// leastUnits is how many cooperatives a figure needs that tells of single ones.
func (i Indicator) leastUnits() int32 {
	switch i.Formula {
	case Mean, Median:
		return leastMedian
	case Quartiles:
		return leastQuartiles
	case Concentration:
		return leastGini
	}
	return 0
}
