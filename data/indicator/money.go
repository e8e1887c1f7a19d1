package indicator

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// Money says in which money an amount is given.
type Money struct {
	Kind MoneyKind `json:"kind"` // default National
	// Base is the year whose prices and rates constant money has.
	Base int `json:"base,omitempty"`
	// Rates are the rates and deflators; they are needed for all but National.
	Rates *Rates `json:"-"`
}

// MoneyKind is a way to give an amount (domain reference, B.3).
type MoneyKind string

// The kinds of money.
const (
	National    MoneyKind = "national"     // national currency at current prices; currencies are never added
	EUR         MoneyKind = "eur"          // euro at each year's rate: for levels, not for trends
	EURConstant MoneyKind = "eur_constant" // deflated in national currency, then at the rate of the base year: for trends
	PPP         MoneyKind = "ppp"          // purchasing power, in international dollars
)

// converted says whether amounts are not in their own currency.
func (m Money) converted() bool { return m.Kind != "" && m.Kind != National }

// unit is how results name the money.
func (m Money) unit() string {
	if m.Kind == PPP {
		return "PPP"
	}
	return "EUR"
}

// check refuses what cannot be converted.
func (m Money) check() error {
	switch m.Kind {
	case "", National:
		return nil
	case EUR, EURConstant, PPP:
	default:
		return fmt.Errorf("there is no money %q: use national, eur, eur_constant or ppp", m.Kind)
	}
	if m.Rates == nil {
		return fmt.Errorf("amounts in %s need a table of rates: import one, or ask for national currency", m.Kind)
	}
	if m.Kind == EURConstant && m.Base == 0 {
		return errors.New("constant euro need a base year: name the year whose prices they have")
	}
	return nil
}

// MoneyUsed says with what amounts were converted.
type MoneyUsed struct {
	Kind    MoneyKind `json:"kind"`
	Base    int       `json:"base,omitempty"`
	Source  string    `json:"source"`
	Vintage string    `json:"vintage"`
	// Excluded are the countries left out because of hyperinflation.
	Excluded []string `json:"excluded,omitempty"`
}

// exchange converts the amounts of all records, each rounded to cents. Without
// a rate, or in hyperinflation, there is no value, and a note says of how many.
func (p *panel) exchange() error {
	m := p.query.Money
	if !p.ind.Money || !m.converted() || p.ind.Formula == Weight {
		return nil
	}
	country, err := p.classesOf("country")
	if err != nil {
		return err
	}
	p.money = &MoneyUsed{Kind: m.Kind, Base: m.Base, Source: m.Rates.Source, Vintage: m.Rates.Vintage}
	p.drop(NoteHyperinflation, func(row int) bool {
		c := country.labels[country.codes[row]]
		out := m.Rates.Hyperinflation(c, p.years[p.yearOf[row]])
		if out && p.inRange(row) && !slices.Contains(p.money.Excluded, c) {
			p.money.Excluded = append(p.money.Excluded, c)
		}
		return out
	})
	slices.Sort(p.money.Excluded)
	factor := p.factors(m, country)
	p.drop(NoteNoRate, func(row int) bool { return factor(row) == nil })
	p.noteFiscalYears()
	p.convert(factor)
	p.currency = nil
	return nil
}

// factors gives the factor of a row, each worked out once.
func (p *panel) factors(m Money, country *classes) func(row int) *big.Rat {
	type key struct {
		currency, country int32
		year              int16
	}
	known := map[key]*big.Rat{}
	return func(row int) *big.Rat {
		k := key{p.currency.codes[row], country.codes[row], p.yearOf[row]}
		f, ok := known[k]
		if !ok {
			f = m.Factor(p.currency.labels[k.currency], country.labels[k.country], p.years[k.year], p.ind.Flow)
			known[k] = f
		}
		return f
	}
}

// convert multiplies num, and den where it is money too, into new columns.
func (p *panel) convert(factor func(row int) *big.Rat) {
	own := p.ind.Formula == Sum || p.ind.Formula == Concentration
	shift := max(p.scale, 2) - p.scale
	p.scale += shift
	num, den := make([]int64, p.rows), p.den
	if p.ind.Formula == Share {
		den = make([]int64, p.rows)
		p.denScale = p.scale
	}
	for row, f := range p.flags {
		if f&valued == 0 {
			continue
		}
		num[row] = timesRat(p.num[row], factor(row), shift)
		if p.ind.Formula == Share {
			den[row] = timesRat(p.den[row], factor(row), shift)
		}
	}
	if p.num = num; own {
		den, p.denScale = num, p.scale
	}
	p.den = den
}

// timesRat multiplies and rounds half away from zero, with more decimals.
func timesRat(v int64, by *big.Rat, shift uint8) int64 {
	r := new(big.Rat).SetInt64(v)
	return roundRat(r.Mul(r, by), shift).Units.Big().Int64()
}

// noteFiscalYears counts the records whose fiscal year does not end with the
// calendar year, so that yearly rates only come near theirs.
func (p *panel) noteFiscalYears() {
	if p.end == nil {
		return
	}
	count, of := 0, 0
	for row, f := range p.flags {
		if f&valued == 0 || !p.inRange(row) {
			continue
		}
		of++
		if p.end.Valid.Get(row) && time.Unix(p.end.Values[row]*86400, 0).UTC().Month() != time.December {
			count++
		}
	}
	p.note(NoteFiscalYears, count, of)
}
