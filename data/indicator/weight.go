package indicator

import "math/big"

const kindContext = "context"

// economyOf is one figure of countries' economies: the records of the kind
// "context" of one measure, such as employment or gdp.
type economyOf struct {
	figure   map[economyKey]Int128
	currency map[economyKey]string // of amounts
	scale    uint8
	country  *classes
}

type economyKey struct {
	country string
	year    int
}

// loadEconomy reads the figure of the countries' economies that an indicator is
// measured by; nil where there are none.
func (p *measured) loadEconomy(ind Indicator) (*economyOf, error) {
	var country, year, measure, currency, value *Column
	err := columns(p.prepared.src, kindContext, map[string]**Column{
		"country": &country, "year": &year, "measure": &measure, "currency": &currency, "value": &value,
	})
	if err != nil || country == nil || value == nil {
		return nil, err
	}
	out := &economyOf{figure: map[economyKey]Int128{}, currency: map[economyKey]string{}, scale: value.Scale}
	for row := range p.prepared.src.Rows(kindContext) {
		where, ok1 := country.Text(row)
		when, ok2 := whole(year, row)
		if what, _ := measure.Text(row); !ok1 || !ok2 || what != ind.Codes[0] || !value.Valid.Get(row) {
			continue
		}
		out.take(economyKey{where, when}, fromInt(value.Values[row]), currency, row)
	}
	out.country, err = p.classesOf("country")
	return out, err
}

// take keeps a figure. Where several sources give one, the largest counts, so
// that cooperatives are never flattered.
func (e *economyOf) take(key economyKey, v Int128, currency *Column, row int) {
	if before, known := e.figure[key]; known && v.Minus(before).Sign() <= 0 {
		return
	}
	e.figure[key] = v
	e.currency[key], _ = currency.Text(row)
}

// readRelative reads a figure of each cooperative over that of its country's
// economy in the same year. One in another currency than its country's has none.
func (p *measured) readRelative() error {
	if err := p.readSums(); err != nil {
		return err
	}
	economy, err := p.loadEconomy(p.ind)
	if err != nil {
		return err
	}
	currency, err := p.column("currency")
	if err != nil {
		return err
	}
	num, ones := make([]int64, p.count()), make([]int64, p.count())
	for row, f := range p.flags {
		if f&valued == 0 {
			continue
		}
		if v, ok := economy.ratio(p, row, currency); ok {
			num[row], ones[row] = v, 1
		} else {
			p.flags[row] &^= valued
		}
	}
	p.num, p.den, p.scale, p.denScale = num, ones, unitDecimals, 0
	return nil
}

// ratio gives a cooperative's figure over its country's, with unitDecimals.
func (e *economyOf) ratio(p *measured, row int, currency *Column) (int64, bool) {
	if e == nil {
		return 0, false
	}
	key := economyKey{e.country.labels[e.country.codes[row]], p.years[p.yearOf[row]]}
	figure, ok := e.figure[key]
	if mine, known := currency.Text(row); known && e.currency[key] != "" && mine != e.currency[key] {
		return 0, false
	}
	if !ok || figure.Sign() <= 0 {
		return 0, false
	}
	above := new(big.Int).Mul(big.NewInt(p.num[row]), pow10(e.scale))
	below := new(big.Int).Mul(figure.Big(), pow10(p.scale))
	out := quotient(above, below, 1, unitDecimals).Units.Big()
	return out.Int64(), out.IsInt64()
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

// weight is a total over the figure of the economies that a level has records
// from, in percent; nil where one of them is not known.
func (a *answer) weight(total *big.Rat, of *level, year int) *big.Rat {
	all, ok := a.economy.of(of, a.years[year])
	if !ok {
		return nil
	}
	part := total.Quo(total, new(big.Rat).SetFrac(all.Big(), pow10(a.economy.scale)))
	return part.Mul(part, big.NewRat(100, 1))
}
