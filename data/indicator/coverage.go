package indicator

// loadPopulation gives the known numbers; nil where there are none, or where the
// query asks for a breakdown or filter that coverage does not have.
func (p *panel) loadPopulation() (*population, error) {
	if !p.ind.OfCooperatives() {
		return nil, nil
	}
	for _, names := range [][]string{p.cells.names, sortedKeys(p.query.Where)} {
		for _, name := range names {
			if name != "country" && name != "ilo_type" {
				return nil, nil
			}
		}
	}
	known, err := p.prepared.populations()
	if err != nil || known == nil {
		return nil, err
	}
	out := *known
	out.country, err = p.classesOf("country")
	return &out, err
}

// denominator is the known population behind a cell and year: that of all the
// countries it has records from, each of which must be known.
func (p *panel) denominator(n *population, l *level, cell int32, year int) (int64, bool) {
	if n == nil {
		return 0, false
	}
	types := p.query.Where["ilo_type"]
	for i, name := range p.cells.names {
		if name == "ilo_type" {
			types = []string{p.cells.keys[cell][i]}
		}
	}
	sum := int64(0)
	for code, label := range n.country.labels {
		if !l.countries.Get(code) {
			continue
		}
		v, ok := n.of(label, types, year)
		if !ok {
			return 0, false
		}
		sum += v
	}
	return sum, sum > 0
}
