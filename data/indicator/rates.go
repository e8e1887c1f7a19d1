package indicator

import (
	"fmt"
	"math/big"
)

// RateKind says what a line of a table of rates is.
type RateKind string

// The kinds of rate. A country or currency is named by its ISO code.
const (
	RateAverage  RateKind = "average"        // units of a currency for one euro, mean of the year: for flows
	RateYearEnd  RateKind = "year_end"       // the same on 31 December: for stocks
	RateFixed    RateKind = "fixed"          // the official rate at which a currency became the euro; has no year
	RateDeflator RateKind = "deflator"       // index of a country's prices (GDP deflator)
	RateCPI      RateKind = "cpi"            // the same by consumer prices, where there is no deflator
	RatePPP      RateKind = "ppp"            // units of a country's currency for one international dollar
	RateHyper    RateKind = "hyperinflation" // a country and year whose money is in no total; has no value
)

var rateKinds = [...]RateKind{RateAverage, RateYearEnd, RateFixed, RateDeflator, RateCPI, RatePPP, RateHyper}

// Rates is a table of exchange rates, deflators and parities of one vintage.
// Amounts are kept in their own currency for ever; what is made of them with a
// table names its source and vintage.
type Rates struct {
	Source  string // who publishes them
	Vintage string // when they were taken, such as 2026-03-01
	lines   map[rateKey]*big.Rat
}

type rateKey struct {
	kind RateKind
	of   string
	year int
}

// positive reads a decimal number above zero, with a point and no exponent.
func positive(text string) (*big.Rat, error) {
	var d Decimal
	if err := d.UnmarshalText([]byte(text)); err != nil || text == "" || len(text) > 30 {
		return nil, fmt.Errorf("value: %q is no number; write it with a point", text)
	}
	value := new(big.Rat).SetFrac(d.Units.Big(), pow10(d.Scale))
	if value.Sign() <= 0 {
		return nil, fmt.Errorf("value: %s is not above zero", text)
	}
	return value, nil
}

// exchange gives the units of a currency for one euro, by the rate of the year
// for flows or stocks, else by the official rate at which it became the euro.
func (t *Rates) exchange(currency string, year int, flow bool) *big.Rat {
	kind := RateYearEnd
	if flow {
		kind = RateAverage
	}
	if currency == "EUR" {
		return big.NewRat(1, 1)
	}
	if rate := t.lines[rateKey{kind, currency, year}]; rate != nil {
		return rate
	}
	return t.lines[rateKey{RateFixed, currency, 0}]
}

// prices gives how much prices of a year have to be multiplied by to be those
// of the base year; both come from the same index.
func (t *Rates) prices(country string, year, base int) *big.Rat {
	for _, kind := range [...]RateKind{RateDeflator, RateCPI} {
		from, to := t.lines[rateKey{kind, country, year}], t.lines[rateKey{kind, country, base}]
		if from != nil && to != nil {
			return new(big.Rat).Quo(to, from)
		}
	}
	return nil
}

// Factor gives what an amount of a year has to be multiplied by, nil where a
// rate is missing: to euro at the rate of the year; to constant euro by deflating
// in national currency first and then taking all years at the rate of the base
// year; or to international dollars by purchasing power (domain reference, B.3).
func (m Money) Factor(currency, country string, year int, flow bool) *big.Rat {
	if m.Rates == nil {
		return nil
	}
	switch m.Kind {
	case EUR:
		return inverse(m.Rates.exchange(currency, year, flow))
	case EURConstant:
		rate, prices := inverse(m.Rates.exchange(currency, m.Base, flow)), m.Rates.prices(country, year, m.Base)
		if rate == nil || prices == nil {
			return nil
		}
		return rate.Mul(rate, prices)
	case PPP:
		return inverse(m.Rates.lines[rateKey{RatePPP, country, year}])
	}
	return big.NewRat(1, 1)
}

func inverse(rate *big.Rat) *big.Rat {
	if rate == nil {
		return nil
	}
	return new(big.Rat).Inv(rate)
}

// Hyperinflation says whether a country's money of a year is in no total.
func (t *Rates) Hyperinflation(country string, year int) bool {
	return t.lines[rateKey{RateHyper, country, year}] != nil
}
