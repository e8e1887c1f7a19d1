package check

import (
	"math"

	"coopatlas/data/indicator"
)

// looker looks at one figure of all records.
type looker struct {
	*panel
	figure
	*numbers
	logs  []float64 // of values above zero of places that are not idle; NaN elsewhere
	told  []bool    // places that are found already
	all   []float64 // the sum of all values, by slot
	found []Finding
}

// look applies all rules for single figures.
func (p *panel) look(f figure) ([]Finding, error) {
	n, err := p.numbers(f.concept)
	if err != nil || n == nil {
		return nil, err
	}
	l := &looker{panel: p, figure: f, numbers: n, told: make([]bool, len(p.rows)), all: p.reported(n, f.has(money))}
	l.logs = l.logarithms()
	if f.has(steady) {
		l.lastWave()
	}
	if f.has(perPerson) {
		l.eachPerson()
	}
	l.peers()
	if f.concept == persons {
		p.suspects = l.told
	}
	if err := l.zeros(); err != nil {
		return nil, err
	}
	l.copied()
	return l.found, nil
}

// logarithms are those of the values that can be compared.
func (l *looker) logarithms() []float64 {
	out := make([]float64, len(l.rows))
	for i := range out {
		out[i] = math.NaN()
		if l.known[i] && !l.idle[i] && l.value[i] > 0 {
			out[i] = math.Log(l.float(i))
		}
	}
	return out
}

// slot is where the sum of a place's year, and of its currency, stands.
func (p *panel) slot(i int, inMoney bool) int {
	if !inMoney {
		return int(p.yearOf[i])
	}
	return (int(p.currency[i])+1)*len(p.years) + int(p.yearOf[i])
}

// reported sums the sizes of all values by year, of money by year and currency. The sums are exact, so that the order of
// the records changes nothing.
func (p *panel) reported(n *numbers, inMoney bool) []float64 {
	slots := len(p.years)
	if c := p.columns.currency; inMoney && c != nil {
		slots *= len(c.Dictionary) + 1
	}
	sums := make([]indicator.Int128, slots)
	for i, known := range n.known {
		if known {
			sums[p.slot(i, inMoney)].Add(max(n.value[i], -n.value[i]))
		}
	}
	out := make([]float64, slots)
	for s, sum := range sums {
		out[s] = indicator.Decimal{Units: sum, Scale: n.column.Scale}.Float()
	}
	return out
}

// at begins a finding of a place.
func (p *panel) at(i int, rule Rule, concept string) Finding {
	row, c := int(p.rows[i]), &p.columns
	return Finding{
		Record: text(c.record, row), Subject: text(c.subject, row), Wave: text(c.wave, row), State: text(c.state, row), Section: text(c.section, row),
		Country: p.countryAt(i), Year: p.years[p.yearOf[i]], Rule: rule, Concept: concept,
	}
}

// tell adds a finding of the figure: what it was, and what it was expected to be.
func (l *looker) tell(i int, rule Rule, expected indicator.Decimal) *Finding {
	f := l.at(i, rule, l.concept)
	f.Seen, f.Expected = l.exact(i), expected
	if l.has(money) {
		f.Currency = text(l.columns.currency, int(l.rows[i]))
	}
	seen, wanted := f.Seen.Float(), f.Expected.Float()
	if seen > 0 && wanted > 0 {
		f.Factor = seen / wanted
	}
	f.Influence = influence(seen-wanted, l.all[l.slot(i, l.has(money))])
	if rule == RuleCopied {
		f.Influence = influence(seen, l.all[l.slot(i, l.has(money))])
	}
	l.told[i] = true
	l.found = append(l.found, f)
	return &l.found[len(l.found)-1]
}

// influence is the size of a difference in percent of a sum.
func influence(difference, of float64) float64 {
	if of <= 0 {
		return 0
	}
	return 100 * math.Abs(difference) / of
}

// about writes a number that was estimated: without the digits that nobody can know.
func about(number float64) indicator.Decimal {
	const widest = 1 << 62
	switch {
	case math.Abs(number) > widest:
		return indicator.Decimal{}
	case math.Abs(number) >= 100:
		return decimal(int64(math.Round(number)), 0)
	}
	return decimal(int64(math.Round(number*100)), 2)
}
