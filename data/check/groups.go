package check

import (
	"math"
	"slices"
)

// groups are the peers of each place, as a number for each: of the same year, section and country; wider, of the same
// year and section; and both with the same size class. Money is compared in one currency.
type groups struct {
	near, wide, nearSized, wideSized                     []int32
	moneyNear, moneyWide, moneyNearSized, moneyWideSized []int32
}

// noGroup is the group of a place that cannot be compared.
const noGroup = -1

// makeGroups numbers the groups of every place.
func (p *panel) makeGroups() {
	section, country := p.codes(p.columns.section), make([]int32, len(p.rows))
	countries := map[string]int32{}
	for i := range p.rows {
		name := p.countryAt(i)
		code, known := countries[name]
		if !known {
			code = int32(len(countries))
			countries[name] = code
		}
		country[i] = code
	}
	g := &p.groups
	g.near = p.number(country, section)
	g.wide = p.number(section)
	g.moneyNear = p.number(country, section, p.currency)
	g.moneyWide = p.number(section, p.currency)
	for i, code := range p.currency {
		if code < 0 {
			g.moneyNear[i], g.moneyWide[i] = noGroup, noGroup
		}
	}
}

// number numbers the combinations of some codes and the year that occur.
func (p *panel) number(codes ...[]int32) []int32 {
	type key struct {
		year    int16
		a, b, c int32
	}
	out, seen := make([]int32, len(p.rows)), map[key]int32{}
	for i := range p.rows {
		k := key{year: p.yearOf[i]}
		for n, to := range []*int32{&k.a, &k.b, &k.c}[:len(codes)] {
			*to = codes[n][i]
		}
		group, known := seen[k]
		if !known {
			group = int32(len(seen))
			seen[k] = group
		}
		out[i] = group
	}
	return out
}

// sizes is how many size classes there are (domain reference, B.1: 0-9, 10-49, 50-249, 250+).
const sizes = 4

// bySize splits the middle groups by size class; places without persons working have none.
func (g *groups) bySize(persons *numbers) {
	split := func(of []int32) []int32 {
		out := slices.Clone(of)
		for i, group := range of {
			switch {
			case persons == nil || !persons.known[i] || group == noGroup:
				out[i] = noGroup
			default:
				out[i] = group*sizes + sizeClass(persons.float(i))
			}
		}
		return out
	}
	g.nearSized, g.wideSized = split(g.near), split(g.wide)
	g.moneyNearSized, g.moneyWideSized = split(g.moneyNear), split(g.moneyWide)
}

func sizeClass(persons float64) int32 {
	switch {
	case persons < 10:
		return 0
	case persons < 50:
		return 1
	case persons < 250:
		return 2
	}
	return 3
}

// rung is one way to group a figure, and how many deviations are far in it.
type rung struct {
	group []int32
	far   float64
}

// ladder is the groups of a figure, the narrowest first. What is of no known size is compared with all sizes, of which
// some are large by right: then only what is very far is asked about.
func (g *groups) ladder(f figure) []rung {
	near, wide, nearSized, wideSized := g.near, g.wide, g.nearSized, g.wideSized
	if f.has(money) {
		near, wide, nearSized, wideSized = g.moneyNear, g.moneyWide, g.moneyNearSized, g.moneyWideSized
	}
	if f.has(unsized) {
		return []rung{{near, farFromAll}, {wide, farFromAll}}
	}
	return []rung{{nearSized, farFromPeers}, {wideSized, farFromPeers}, {near, farFromAll}, {wide, farFromAll}}
}

// each is the groups of an amount for each person working, which is the same in all sizes.
func (g *groups) each() []rung {
	return []rung{{g.moneyNear, farFromPeers}, {g.moneyWide, farFromPeers}}
}

// spread is the middle and the robust deviation of a group, of logarithms.
type spread struct {
	n             int
	middle, sigma float64
	typical       float64 // the median itself
}

// enough tells whether the group says something.
func (s spread) enough() bool { return s.n >= fewestPeers }

// off is how many deviations a value lies off the middle. Where half of a group are nearly equal it has no deviation of
// its own: then a twentieth is taken for one.
func (s spread) off(value float64) float64 {
	const least = 0.05
	return (value - s.middle) / max(s.sigma, least)
}

// spreads makes the spread of each group from the values of its places; NaN is no value.
func spreads(group []int32, value []float64) []spread {
	count := int32(0)
	for _, g := range group {
		count = max(count, g+1)
	}
	start := make([]int32, count+1)
	for i, g := range group {
		if g != noGroup && !math.IsNaN(value[i]) {
			start[g+1]++
		}
	}
	for g := range count {
		start[g+1] += start[g]
	}
	sorted, next := make([]float64, start[count]), slices.Clone(start[:count])
	for i, g := range group {
		if g != noGroup && !math.IsNaN(value[i]) {
			sorted[next[g]] = value[i]
			next[g]++
		}
	}
	out := make([]spread, count)
	for g := range out {
		if own := sorted[start[g]:start[g+1]]; len(own) >= fewestPeers {
			out[g] = spreadOf(own)
		}
	}
	return out
}

// spreadOf sorts the values, and overwrites them.
func spreadOf(values []float64) spread {
	slices.Sort(values)
	s := spread{n: len(values), middle: median(values)}
	s.typical = (math.Exp(values[(s.n-1)/2]) + math.Exp(values[s.n/2])) / 2
	for i, v := range values {
		values[i] = math.Abs(v - s.middle)
	}
	slices.Sort(values)
	s.sigma = madToSigma * median(values)
	return s
}

// median is that of sorted values.
func median(sorted []float64) float64 {
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
