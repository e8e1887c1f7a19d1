package indicator

import "slices"

// population is the known number of cooperatives, the denominator of coverage.
type population struct {
	known   map[populationKey]int64
	types   map[int][]string // every type with a known number, by year
	country *classes         // of the mapping records
}

type populationKey struct {
	country, iloType string // no type: all of them
	year             int
}

// loadPopulation reads the known numbers; nil where there are none, or where
// the query asks for a breakdown or filter that they do not have. Where several
// sources give a number, the largest counts: coverage is never flattered.
func (p *panel) loadPopulation() (*population, error) {
	for _, names := range [][]string{p.cells.names, sortedKeys(p.query.Where)} {
		for _, name := range names {
			if name != "country" && name != "ilo_type" {
				return nil, nil
			}
		}
	}
	var country, iloType, year, known *Column
	err := columns(p.src, kindPopulation, map[string]**Column{
		"country": &country, "ilo_type": &iloType, "year": &year, "known": &known,
	})
	if err != nil || country == nil || known == nil {
		return nil, err
	}
	out := &population{known: map[populationKey]int64{}, types: map[int][]string{}}
	for row := range p.src.Rows(kindPopulation) {
		where, ok1 := country.Text(row)
		when, ok2 := whole(year, row)
		n, ok3 := whole(known, row)
		if !ok1 || !ok2 || !ok3 {
			continue
		}
		kind, _ := iloType.Text(row)
		if kind == "all" {
			kind = ""
		}
		key := populationKey{where, kind, when}
		out.known[key] = max(out.known[key], int64(n))
		if kind != "" && !slices.Contains(out.types[when], kind) {
			out.types[when] = append(out.types[when], kind)
		}
	}
	out.country, err = p.classesOf("country")
	return out, err
}

// of gives the known population of a country and year: of the types asked for,
// else the number for all types, else the sum of those known by type.
func (n *population) of(country string, types []string, year int) (int64, bool) {
	if types == nil {
		if v, ok := n.known[populationKey{country, "", year}]; ok {
			return v, v > 0
		}
	}
	sum, any := int64(0), false
	for _, kind := range n.types[year] {
		if types != nil && !slices.Contains(types, kind) {
			continue
		}
		if v, ok := n.known[populationKey{country, kind, year}]; ok {
			sum, any = sum+v, true
		}
	}
	for _, kind := range types {
		if _, ok := n.known[populationKey{country, kind, year}]; !ok {
			return 0, false
		}
	}
	return sum, any && sum > 0
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
