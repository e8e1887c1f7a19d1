package check

import (
	"math"

	"coopatlas/data/indicator"
)

// peers asks about figures that are far from those of the same year, section, country and size class; where these are
// fewer than ten, of the section and size class. Where the size is not known, all sizes are peers.
func (l *looker) peers() {
	for i, s := range l.outside(l.groups.ladder(l.figure), l.logs) {
		if !l.told[i] && !s.before {
			f := l.tell(i, RulePeers, about(s.typical))
			f.Peers, f.Strength = s.n, s.off(l.logs[i])
		}
	}
}

// beyond is the peers that a value is far from. Before tells that it was as far from them the year before: that is how
// the cooperative is, and is asked about once.
type beyond struct {
	spread
	before bool
}

// outside gives the places whose values are far from their peers, with the spread of those: of the narrowest group that
// is large enough.
func (l *looker) outside(ladder []rung, values []float64) map[int]beyond {
	steps := make([][]spread, len(ladder))
	for i, r := range ladder {
		steps[i] = spreads(r.group, values)
	}
	out := map[int]beyond{}
	last := -1 // the place before with a value
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		_, was := out[last]
		before := was && l.unit[last] == l.unit[i] && math.Abs(v-values[last]) < threefold
		last = i
		for step, r := range ladder {
			g := r.group[i]
			if g == noGroup {
				continue
			}
			s := steps[step][g]
			if s.enough() && math.Abs(s.off(v)) > r.far && math.Abs(v-s.middle) > threefold {
				out[i] = beyond{s, before}
			}
			if s.enough() || l.sized(step, len(ladder), i) {
				break
			}
		}
	}
	return out
}

// sized tells whether a place whose size is known has no more peers of its size on the ladder.
func (l *looker) sized(step, steps, i int) bool {
	return steps == 4 && step == 1 && l.size != nil && l.size.known[i]
}

// eachPerson asks about amounts for each person working that are far from those of the section and country, and sees
// thousands in place of units where there is no last wave to tell by.
func (l *looker) eachPerson() {
	if l.size == nil {
		return
	}
	each := make([]float64, len(l.rows))
	for i, log := range l.logs {
		each[i] = math.NaN()
		if l.size.known[i] && l.size.value[i] > 0 {
			each[i] = log - math.Log(l.size.float(i))
		}
	}
	for i, s := range l.outside(l.groups.each(), each) {
		if l.told[i] || l.suspects[i] || s.before {
			continue
		}
		rule, unit := RulePerPerson, unitFactor(each[i]-s.middle, nearPeer, nearPeer100)
		if unit != 0 {
			rule = RuleUnit
		}
		f := l.tell(i, rule, about(s.typical*l.size.float(i)))
		f.With, f.Unit, f.Peers, f.Strength = []string{persons}, unit, s.n, s.off(each[i])
	}
}

// zeros asks about zeros of active cooperatives where nobody else of their section and country, or at most one in fifty,
// reports one, and about those that do not go with what else the record says.
func (l *looker) zeros() error {
	group := l.groups.ladder(figure{is: l.is | unsized})[0].group
	usual := spreads(group, l.logs)
	zero, all := make([]int, len(usual)), make([]int, len(usual))
	for i, g := range group {
		if g != noGroup && l.known[i] && !l.idle[i] {
			all[g]++
			if l.value[i] == 0 {
				zero[g]++
			}
		}
	}
	beside, err := l.besides()
	if err != nil {
		return err
	}
	for i, g := range group {
		if !l.known[i] || l.idle[i] || l.value[i] != 0 {
			continue
		}
		odd := beside(i)
		alone := g != noGroup && usual[g].enough() && (zero[g]*rareZero <= all[g] || zero[g] == 1 && all[g] >= fewestForZero)
		if odd == "" && !alone {
			continue
		}
		expected := indicator.Decimal{}
		if g != noGroup && usual[g].enough() {
			expected = about(usual[g].typical)
		}
		f := l.tell(i, RuleZero, expected)
		if f.Peers = 0; alone {
			f.Peers = all[g] - zero[g]
		}
		if odd != "" {
			f.With = []string{odd}
		}
	}
	return nil
}

// besides gives a function that names what makes a zero of a place odd, or "".
func (l *looker) besides() (func(i int) string, error) {
	var tests []func(i int) string
	for _, odd := range oddZeros {
		if odd.concept != l.concept {
			continue
		}
		if odd.beside != "" {
			if l.size != nil {
				tests = append(tests, func(i int) string {
					if l.size.known[i] && l.size.value[i] > 0 {
						return odd.beside
					}
					return ""
				})
			}
			continue
		}
		c, err := column(l.src, odd.where)
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(i int) string {
			if text(c, int(l.rows[i])) == odd.is {
				return odd.where
			}
			return ""
		})
	}
	return func(i int) string {
		for _, test := range tests {
			if odd := test(i); odd != "" {
				return odd
			}
		}
		return ""
	}, nil
}
