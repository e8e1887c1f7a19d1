package check

import (
	"math"
	"slices"
)

// totals asks about parts that do not fit their total, wherever both are given.
func (p *panel) totals() ([]Finding, error) {
	var out []Finding
	for _, s := range sums {
		parts, err := p.several(s.parts)
		if err != nil {
			return nil, err
		}
		whole, err := p.several(s.whole)
		if err != nil {
			return nil, err
		}
		if parts != nil && whole != nil && len(whole.of) == len(s.whole) {
			out = append(out, p.hold(s, parts, whole)...)
		}
	}
	return out, nil
}

// addends are figures that are added, brought to one scale.
type addends struct {
	of    []*numbers
	all   bool // every concept is there
	times []int64
	scale uint8
}

// several reads some figures; nil where there is none of them.
func (p *panel) several(concepts []string) (*addends, error) {
	a := &addends{all: true}
	for _, concept := range concepts {
		n, err := p.numbers(concept)
		if err != nil {
			return nil, err
		}
		if n == nil {
			a.all = false
			continue
		}
		a.of = append(a.of, n)
		a.scale = max(a.scale, n.column.Scale)
	}
	if len(a.of) == 0 {
		return nil, nil
	}
	a.raise(a.scale)
	return a, nil
}

// raise brings all to a scale.
func (a *addends) raise(to uint8) {
	a.scale, a.times = to, nil
	for _, n := range a.of {
		a.times = append(a.times, pow10(to-n.column.Scale))
	}
}

// sum adds what is known at a place: some tells whether anything is, all whether everything is. Numbers too large to be
// added count as unknown.
func (a *addends) sum(i int) (total int64, some, all bool) {
	all = a.all
	const most = math.MaxInt64 / 200 // leaves room for the other side, and for percent
	for k, n := range a.of {
		if !n.known[i] || n.value[i] > most/a.times[k] || n.value[i] < -most/a.times[k] {
			all = false
			continue
		}
		some = true
		if total += n.value[i] * a.times[k]; total > most || total < -most {
			return 0, false, false
		}
	}
	return total, some, all
}

// hold holds the parts of all records against their total.
func (p *panel) hold(s sum, parts, whole *addends) []Finding {
	scale := max(parts.scale, whole.scale)
	parts.raise(scale)
	whole.raise(scale)
	percent, unit := max(s.percent, 0), pow10(scale)
	if percent == 0 {
		percent = 100
	}
	var out []Finding
	all := p.reported(whole.of[0], isMoney(s.whole[0]))
	for i := range p.rows {
		total, _, known := whole.sum(i)
		have, some, complete := parts.sum(i)
		if p.idle[i] || !known || !some {
			continue
		}
		slack := max(s.slack*unit, total/100*s.slackPercent)
		over := (have-slack)*100 > total*percent
		under := s.fit == exactly && complete && have+slack < total
		if !over && !under || s.whole[0] == "surplus" && total <= 0 { // a loss is not allocated
			continue
		}
		f := p.at(i, RuleTotal, s.whole[0])
		f.With, f.Whole, f.AtMost = slices.Clone(s.parts), slices.Clone(s.whole), s.fit == atMost
		f.Seen, f.Expected = decimal(have, scale), decimal(total, scale)
		if isMoney(s.whole[0]) {
			f.Currency = text(p.columns.currency, int(p.rows[i]))
		}
		f.Influence = influence(float64(have-total)/float64(unit), all[p.slot(i, isMoney(s.whole[0]))])
		out = append(out, f)
	}
	return out
}

// isMoney tells whether a concept is an amount of money.
func isMoney(concept string) bool {
	return slices.ContainsFunc(figures[:], func(f figure) bool { return f.concept == concept && f.has(money) }) || concept == "other_income"
}
