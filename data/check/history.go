package check

import "slices"

// Step is a figure of one cooperative in one year, beside its peers.
type Step struct {
	Year    int
	Value   *float64 // nil where it is not known
	Carried bool     // the record repeats earlier accounts, or the cooperative was not active
	Middle  *float64 // the peers' median; nil where they are too few
	Peers   int
}

// History gives the figure of a finding over the years of its cooperative, with the median of its peers of each year.
// Amounts in another currency than the finding's are left out.
func (l *Look) History(of Finding) ([]Step, error) {
	p := l.panel
	if p == nil {
		return nil, nil
	}
	unit := slices.Index(p.columns.subject.Dictionary, of.Subject)
	n, err := p.numbers(of.Concept)
	if err != nil || n == nil || unit < 0 {
		return nil, err
	}
	fig := figure{concept: of.Concept}
	if at := slices.IndexFunc(figures[:], func(f figure) bool { return f.concept == of.Concept }); at >= 0 {
		fig = figures[at]
	}
	look := &looker{panel: p, figure: fig, numbers: n}
	look.logs = look.logarithms()
	ladder := p.groups.ladder(fig)
	steps := make([][]spread, len(ladder))
	for i, r := range ladder {
		steps[i] = spreads(r.group, look.logs)
	}
	var out []Step
	for i := int(p.start[unit]); i < int(p.start[unit+1]); i++ {
		if fig.has(money) && text(p.columns.currency, int(p.rows[i])) != of.Currency {
			continue
		}
		step := Step{Year: p.years[p.yearOf[i]], Carried: p.idle[i]}
		if n.known[i] {
			value := n.float(i)
			step.Value = &value
		}
		for k, r := range ladder {
			if g := r.group[i]; step.Middle == nil && g != noGroup && steps[k][g].enough() {
				middle := steps[k][g].typical
				step.Middle, step.Peers = &middle, steps[k][g].n
			}
		}
		out = append(out, step)
	}
	return out, nil
}
