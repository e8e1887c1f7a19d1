package indicator

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
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
func (p *measured) exchange(m Money) error {
	if !p.ind.Money || !m.converted() || p.ind.Formula == Weight {
		return nil
	}
	country, err := p.classesOf("country")
	if err != nil {
		return err
	}
	p.money = &MoneyUsed{Kind: m.Kind, Base: m.Base, Source: m.Rates.Source, Vintage: m.Rates.Vintage}
	p.drop(NoteHyperinflation, func(row int) bool {
		return m.Rates.Hyperinflation(country.labels[country.codes[row]], p.years[p.yearOf[row]])
	})
	factor := p.factors(m, country)
	p.drop(NoteNoRate, func(row int) bool { return factor(row) == nil })
	p.flagFiscalYears()
	p.convert(factor)
	p.currency = nil
	return nil
}

// moneyUsed is with what the amounts that the query asks about were converted.
func (p *panel) moneyUsed() (*MoneyUsed, error) {
	if p.money == nil {
		return nil, nil
	}
	out := *p.money
	at := slices.Index(p.drops, NoteHyperinflation)
	if at < 0 {
		return &out, nil
	}
	country, err := p.classesOf("country")
	if err != nil {
		return nil, err
	}
	left := make([]bool, len(country.labels))
	for row, why := range p.dropped {
		left[country.codes[row]] = left[country.codes[row]] || int(why) == at+1 && p.inRange(row)
	}
	for code, is := range left {
		if is {
			out.Excluded = append(out.Excluded, country.labels[code])
		}
	}
	slices.Sort(out.Excluded)
	return &out, nil
}

// factor is what an amount is multiplied by.
type factor struct {
	exact       *big.Rat
	times, over int64 // the same, with the decimals of the result; 0 where they are too long
}

// factors gives the factor of a row, each worked out once.
func (p *measured) factors(m Money, country *classes) func(row int) *factor {
	type key struct {
		currency, country int32
		year              int16
	}
	known := map[key]*factor{}
	return func(row int) *factor {
		k := key{p.currency.codes[row], country.codes[row], p.yearOf[row]}
		f, ok := known[k]
		if !ok {
			exact := m.Factor(p.currency.labels[k.currency], country.labels[k.country], p.years[k.year], p.ind.Flow)
			f = newFactor(exact, p.shift())
			known[k] = f
		}
		return f
	}
}

// newFactor gives nil for no factor.
func newFactor(exact *big.Rat, shift uint8) *factor {
	if exact == nil {
		return nil
	}
	exact = new(big.Rat).Mul(exact, new(big.Rat).SetInt(pow10(shift)))
	f := &factor{exact: exact}
	if exact.Num().IsInt64() && exact.Denom().IsInt64() {
		f.times, f.over = exact.Num().Int64(), exact.Denom().Int64()
	}
	return f
}

// of multiplies and rounds half away from zero.
func (f *factor) of(v int64) int64 {
	if f.over > 0 && f.times > 0 {
		return timesOver(v, f.times, f.over)
	}
	r := new(big.Rat).SetInt64(v)
	return roundRat(r.Mul(r, f.exact), 0).Units.Big().Int64()
}

// shift is how many decimals converted amounts have more, so that they have two.
func (p *measured) shift() uint8 { return max(p.scale, 2) - p.scale }

// convert multiplies num, and den where it is money too, into new columns.
func (p *measured) convert(factor func(row int) *factor) {
	own := p.ind.Formula == Sum || p.ind.Formula == Concentration
	num, den := make([]int64, p.count()), p.den
	if p.ind.Formula == Share {
		den = make([]int64, p.count())
	}
	for row, f := range p.flags {
		if f&valued == 0 {
			continue
		}
		num[row] = factor(row).of(p.num[row])
		if p.ind.Formula == Share {
			den[row] = factor(row).of(p.den[row])
		}
	}
	p.scale += p.shift()
	switch p.num = num; {
	case own:
		den, p.denScale = num, p.scale
	case p.ind.Formula == Share:
		p.denScale = p.scale
	}
	p.den = den
}
