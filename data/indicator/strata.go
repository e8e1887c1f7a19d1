package indicator

import (
	"math/big"
	"slices"
)

// cellGroup is a stratum: one cell of a frame, or several that were joined.
type cellGroup struct {
	cells    []int
	known, n int64
}

func (g *cellGroup) add(o cellGroup) {
	g.cells = append(g.cells, o.cells...)
	g.known, g.n = g.known+o.known, g.n+o.n
}

// joinCells makes strata of the cells of a country's frame, which stand by type
// and within a type by size. A cell that was reached in full stands for itself.
// The others need weightFrom cooperatives each: first the sizes of a type are
// joined, each with the next larger and the last with those before it; then the
// types that have too few together, and those that still have with the type that
// has the fewest besides; last with what was reached in full.
func joinCells(cells []frameCell) []cellGroup {
	var small cellGroup
	var done []cellGroup
	kinds := map[string][]cellGroup{}
	var order []string
	for i, c := range cells {
		one := cellGroup{[]int{i}, c.known, c.n}
		switch {
		case c.n == 0 && c.known <= 0:
		case c.n >= c.known:
			done = append(done, one)
		default:
			if kinds[c.kind] == nil {
				order = append(order, c.kind)
			}
			kinds[c.kind] = append(kinds[c.kind], one)
		}
	}
	large := map[string][]cellGroup{}
	for _, kind := range order {
		if groups := joinSizes(kinds[kind]); groups[0].n < weightFrom {
			small.add(groups[0])
		} else {
			large[kind] = groups
		}
	}
	done = joinTypes(done, small, large, order)
	for i := range done {
		slices.Sort(done[i].cells)
	}
	slices.SortFunc(done, func(a, b cellGroup) int { return a.cells[0] - b.cells[0] })
	return done
}

// joinSizes joins the cells of one type; only a single group may stay too small.
func joinSizes(cells []cellGroup) []cellGroup {
	var out []cellGroup
	var open cellGroup
	for _, c := range cells {
		if open.add(c); open.n >= weightFrom {
			out, open = append(out, open), cellGroup{}
		}
	}
	switch {
	case open.cells == nil:
	case out == nil:
		out = append(out, open)
	default:
		out[len(out)-1].add(open)
	}
	return out
}

// joinTypes finds a place for the types that have too few.
func joinTypes(full []cellGroup, small cellGroup, large map[string][]cellGroup, order []string) []cellGroup {
	fewest := ""
	for _, kind := range order {
		if large[kind] != nil && (large[fewest] == nil || countOf(large[kind]) < countOf(large[fewest])) {
			fewest = kind
		}
	}
	switch {
	case small.cells == nil:
	case small.n >= weightFrom:
		full = append(full, small)
	case large[fewest] != nil:
		for _, g := range large[fewest] {
			small.add(g)
		}
		large[fewest] = []cellGroup{small}
	default:
		for _, g := range full {
			small.add(g)
		}
		full = []cellGroup{small}
	}
	for _, kind := range order {
		full = append(full, large[kind]...)
	}
	return full
}

func countOf(groups []cellGroup) int64 {
	sum := int64(0)
	for _, g := range groups {
		sum += g.n
	}
	return sum
}

// trim cuts the weights of a country's strata at weightTrim times the median of
// the weights of its cooperatives. What is cut is not given to others: it would
// let them stand for cooperatives of another type or size. It gives the number of
// cooperatives that nobody stands for then.
func trim(weights []*big.Rat, groups []cellGroup, count *int) *big.Rat {
	most := new(big.Rat).Mul(medianWeight(weights, groups), big.NewRat(weightTrim, 1))
	lost := new(big.Rat)
	for i, w := range weights {
		if w.Cmp(most) > 0 {
			over := new(big.Rat).Sub(w, most)
			lost.Add(lost, over.Mul(over, big.NewRat(groups[i].n, 1)))
			weights[i] = most
			*count++
		}
	}
	return lost
}

// medianWeight is the median over cooperatives, each with the weight of its
// stratum.
func medianWeight(weights []*big.Rat, groups []cellGroup) *big.Rat {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return weights[a].Cmp(weights[b]) })
	at := func(place int64) *big.Rat {
		for _, i := range order {
			if place < groups[i].n {
				return weights[i]
			}
			place -= groups[i].n
		}
		return new(big.Rat)
	}
	n := countOf(groups)
	sum := new(big.Rat).Add(at((n-1)/2), at(n/2))
	return sum.Quo(sum, big.NewRat(2, 1))
}
