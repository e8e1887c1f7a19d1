package indicator

import (
	"math"
	"math/big"
	"slices"
)

// mixture is what a total is made of, by weight. Who knows the reported and the
// estimated total has two equations: what is left out has the weight none.
type mixture struct {
	in    level
	parts map[string]*mixed // by weight
}

// mixed is the part of a mixture that has one weight.
type mixed struct {
	level
	weight float64
}

// take adds the estimate of a cell.
func (m *mixture) take(w *weighting, e *estimate) {
	m.in.merge(&e.in)
	if e.out.closed > 0 {
		m.add("0", 0, &e.out)
	}
	for stratum, of := range e.sums {
		if of.closed > 0 {
			weight, _ := w.weight[stratum].Float64()
			m.add(w.weight[stratum].RatString(), weight, of)
		}
	}
}

func (m *mixture) add(name string, weight float64, of *level) {
	if m.parts == nil {
		m.parts = map[string]*mixed{}
	}
	part := m.parts[name]
	if part == nil {
		part = &mixed{weight: weight}
		m.parts[name] = part
	}
	part.merge(of)
}

// join adds another mixture.
func (m *mixture) join(o *mixture) {
	for name, part := range o.parts {
		m.add(name, part.weight, &part.level)
	}
}

// mixed says whether there are several weights. With one the reported and the
// estimated total say the same.
func (m *mixture) mixed() bool { return len(m.parts) > 1 }

// tells says whether the reported and the estimated total of a mixture together
// tell of one of its parts that is secret to within boundPercent.
func (m *mixture) tells(signed bool, secret func(*level) bool) bool {
	if !m.mixed() {
		return false
	}
	parts := make([]*mixed, 0, len(m.parts))
	for _, part := range m.parts {
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b *mixed) int { return compareFloats(a.weight, b.weight) })
	for i, part := range parts {
		if low, high := boundsOf(parts, i, signed); secret(&part.level) && tooNarrow(part.amount(), low, high) {
			return true
		}
	}
	return false
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// amount is what the contributors of a part give that are not public.
func (p *mixed) amount() float64 {
	v, _ := new(big.Float).SetInt(p.private.Big()).Float64()
	return v
}

// boundsOf bounds one of the parts of a mixture, which stand by weight, by their
// sum and their weighted sum: two parts follow from these exactly. Of more parts,
// none of them negative, the bounds are those of the linear program, whose corners
// have two parts, one on each side of the mean weight.
func boundsOf(parts []*mixed, i int, signed bool) (low, high float64) {
	value := parts[i].amount()
	sum, weighted := 0.0, 0.0
	for _, p := range parts {
		sum, weighted = sum+p.amount(), weighted+p.weight*p.amount()
	}
	switch {
	case len(parts) == 2:
		return value, value
	case signed:
		return math.Inf(-1), math.Inf(1)
	case sum <= 0:
		return value, value
	}
	mean, own := weighted/sum, parts[i].weight
	side := func(weight float64) int {
		if math.Abs(weight-mean) <= 1e-9*math.Max(1, mean) {
			return 0
		}
		return compareFloats(weight, mean)
	}
	var below, above []float64 // the weights of the others; what has the mean is in both
	for j, p := range parts {
		if j != i && side(p.weight) <= 0 {
			below = append(below, p.weight)
		}
		if j != i && side(p.weight) >= 0 {
			above = append(above, p.weight)
		}
	}
	if side(own) == 0 {
		if len(below) == 0 || len(above) == 0 {
			return sum, sum
		}
		return 0, sum
	}
	share := func(weight float64) float64 { return sum * (weight - mean) / (weight - own) }
	if side(own) > 0 {
		slices.Reverse(below)
		below, above = above, below // so that the other side is above, the nearest first
	}
	if high = share(above[len(above)-1]); len(below) == 0 {
		low = share(above[0])
	}
	return low, high
}
