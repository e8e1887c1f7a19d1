package indicator

const kindContext = "context"

// context is what is known of countries' economies: the kind "context" with
// country, year and the figure that an indicator of weight is measured by, such
// as employment or gdp.
type economyOf struct {
	figure  map[economyKey]Int128
	scale   uint8
	country *classes
}

type economyKey struct {
	country string
	year    int
}

// loadEconomy reads the figure of the countries' economies; nil where there are
// none.
func (p *panel) loadEconomy() (*economyOf, error) {
	if p.ind.Formula != Weight {
		return nil, nil
	}
	var country, year, figure *Column
	err := columns(p.src, kindContext, map[string]**Column{"country": &country, "year": &year, p.ind.Codes[0]: &figure})
	if err != nil || country == nil || figure == nil {
		return nil, err
	}
	out := &economyOf{figure: map[economyKey]Int128{}, scale: figure.Scale}
	for row := range p.src.Rows(kindContext) {
		where, ok1 := country.Text(row)
		when, ok2 := whole(year, row)
		if ok1 && ok2 && figure.Valid.Get(row) {
			out.figure[economyKey{where, when}] = fromInt(figure.Values[row])
		}
	}
	out.country, err = p.classesOf("country")
	return out, err
}

// of adds the figures of all countries that a level has records from; each must
// be known.
func (e *economyOf) of(l *level, year int) (Int128, bool) {
	var sum Int128
	if e == nil {
		return sum, false
	}
	for code, label := range e.country.labels {
		if !l.countries.Get(code) {
			continue
		}
		v, ok := e.figure[economyKey{label, year}]
		if !ok {
			return sum, false
		}
		sum = sum.Plus(v)
	}
	return sum, sum.Sign() > 0
}
