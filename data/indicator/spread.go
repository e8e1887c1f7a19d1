package indicator

import (
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// The fewest cooperatives behind figures that tell of single ones (domain
// reference, B.5).
const (
	leastMedian    = 5
	leastQuartiles = 12
	leastGini      = 10
)

// quantile gives the value below which a part k/of of some values lies, by
// linear interpolation between order statistics (type 7 of Hyndman and Fan,
// 1996, the default of spreadsheets); nil for no values.
func quantile(values [][]int64, k, of int64) *big.Rat {
	n := int64(0)
	for _, piece := range values {
		n += int64(len(piece))
	}
	if n == 0 {
		return nil
	}
	at, rest := (n-1)*k/of, (n-1)*k%of
	first, second := neighbours(values, int(n), int(at))
	if rest == 0 {
		return big.NewRat(first, 1)
	}
	step := new(big.Rat).SetFrac(fromInt(second).Minus(fromInt(first)).Big(), big.NewInt(of))
	step.Mul(step, big.NewRat(rest, 1))
	return step.Add(step, big.NewRat(first, 1))
}

// middle gives a quantile of values in any order, in the indicator's unit.
func (p *panel) middle(values [][]int64, k, of int64) *big.Rat {
	q := quantile(values, k, of)
	if q != nil && p.scale > 0 {
		q.Quo(q, new(big.Rat).SetInt(pow10(p.scale)))
	}
	return q
}

const (
	worthCounting = 256     // fewer values are sorted
	counterBits   = 11      // of a value's place between the least and the greatest
	counters      = 1 << 11 // 1 << counterBits
)

// neighbours gives the values at two places, at and the one after it, of n
// values in ascending order; the second is the first where there is none after.
// It counts how many values fall into each part of their range, and goes on with
// those of the part that the place is in.
func neighbours(values [][]int64, n, at int) (first, second int64) {
	if n <= worthCounting {
		all := sorted(values)
		return all[at], all[min(at+1, n-1)]
	}
	low, high := bounds(values)
	if low == high {
		return low, low
	}
	shift := max(0, bits.Len64(uint64(high)-uint64(low))-counterBits)
	var count [counters]int32
	for _, piece := range values {
		for _, v := range piece {
			count[(uint64(v)-uint64(low))>>shift%counters]++
		}
	}
	part, before := uint64(0), 0
	for before+int(count[part]) <= at {
		before += int(count[part])
		part++
	}
	inside := make([]int64, 0, count[part])
	above := high // least of the values above the part
	for _, piece := range values {
		for _, v := range piece {
			switch in := (uint64(v) - uint64(low)) >> shift; {
			case in == part:
				inside = append(inside, v)
			case in > part && v < above:
				above = v
			}
		}
	}
	first, second = neighbours([][]int64{inside}, len(inside), at-before)
	if at-before == len(inside)-1 {
		second = above
	}
	if at == n-1 {
		second = first
	}
	return first, second
}

// bounds gives the least and the greatest of some values.
func bounds(values [][]int64) (low, high int64) {
	low, high = math.MaxInt64, math.MinInt64
	for _, piece := range values {
		for _, v := range piece {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// sorted gives all values in ascending order.
func sorted(values [][]int64) []int64 {
	out := slices.Concat(values...)
	slices.Sort(out)
	return out
}

// concentrationOf gives one of the measures of concentration.
func concentrationOf(measure string, values [][]int64) *big.Rat {
	ascending := sorted(values) // so that their order rounds nothing differently
	x := make([]float64, len(ascending))
	sum := 0.0
	for i, v := range ascending {
		x[i] = float64(v)
		sum += x[i]
	}
	if sum <= 0 || x[0] < 0 {
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
	case Mean, Median, Relative:
		return leastMedian
	case Quartiles:
		return leastQuartiles
	case Concentration:
		return leastGini
	}
	return 0
}
