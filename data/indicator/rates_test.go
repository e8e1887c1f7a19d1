package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

const goldenRates = `kind,of,year,value,source,vintage
average,LCU,2021,2.0,Central bank,2026-01-01
average,LCU,2022,2.4,Central bank,2026-01-01
year_end,LCU,2021,2.5,Central bank,2026-01-01
year_end,LCU,2022,2.5,Central bank,2026-01-01
deflator,AA,2021,100,Statistics office,2026-01-01
deflator,AA,2022,110,Statistics office,2026-01-01
ppp,AA,2021,1.6,Statistics office,2026-01-01
ppp,AA,2022,1.6,Statistics office,2026-01-01
cpi,BB,2021,100,Statistics office,2026-01-01
cpi,BB,2022,120,Statistics office,2026-01-01
fixed,OLD,,4,Central bank,2026-01-01
average,OLD,2021,5,Central bank,2026-01-01
hyperinflation,HH,2022,,Statistics office,2026-01-01
`

func golden(t testing.TB) *Rates {
	r, err := ReadRates(strings.NewReader(goldenRates))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The golden figures of the domain reference, B.3: 1,000 to 1,200 LCU, deflator
// 100 to 110, 2.0 to 2.4 LCU for a euro.
func TestGoldenMoney(t *testing.T) {
	b := newBook(t)
	for i, v := range []int{1000, 1200} {
		b.mapping("u", 2021+i, Row{"turnover": v, "equity": v, "currency": "LCU", "country": "AA"})
	}
	rates := golden(t)
	for _, w := range []struct {
		code          string
		money         Money
		values, g1, u string
	}{
		{"I13", Money{}, "1000 1200", "20.00 1 100.0", "LCU"},
		{"I13", Money{Kind: National, Rates: rates}, "1000 1200", "20.00 1 100.0", "LCU"},
		{"I13", Money{Kind: EUR, Rates: rates}, "500.00 500.00", "0.00 1 100.0", "EUR"},
		{"I13", Money{Kind: EURConstant, Base: 2021, Rates: rates}, "500.00 545.45", "9.09 1 100.0", "EUR"},
		{"I13", Money{Kind: PPP, Rates: rates}, "625.00 750.00", "20.00 1 100.0", "PPP"},
		{"I13d", Money{Kind: EUR, Rates: rates}, "400.00 480.00", "20.00 1 100.0", "EUR"},
	} {
		r := b.compute(Query{Indicator: w.code, Money: w.money, MinN: MinNOff})
		what := w.code + " " + string(w.money.Kind)
		equal(t, what, point(t, r, "2021").Value.String()+" "+point(t, r, "2022").Value.String(), w.values)
		equal(t, what+" change", told(point(t, r, "2022").Matched), w.g1)
		equal(t, what+" unit", r.Unit, w.u)
		if used := r.Money; w.money.converted() != (used != nil) || used != nil && (used.Vintage != "2026-01-01" || used.Source != "Central bank; Statistics office") {
			t.Errorf("%s: the rates used are %+v", what, used)
		}
	}
}

// Currencies are added in euro; a currency that became the euro keeps its pairs;
// hyperinflation and missing rates are left out and counted.
func TestMoneyOfSeveralCountries(t *testing.T) {
	b := newBook(t)
	put := func(unit, country string, year int, currency string, v int) {
		b.mapping(unit, year, Row{"turnover": v, "currency": currency, "country": country})
	}
	put("a", "AA", 2021, "LCU", 100)
	put("a", "AA", 2022, "LCU", 120)
	put("b", "BB", 2021, "OLD", 500)
	put("b", "BB", 2022, "EUR", 110)
	put("h", "HH", 2022, "LCU", 1e9)
	put("n", "NN", 2022, "NEW", 7)
	r := b.compute(Query{Indicator: "I13", Money: Money{Kind: EUR, Rates: golden(t)}, MinN: MinNOff, Decompose: true})
	equal(t, "levels", point(t, r, "2021").Value.String()+" "+point(t, r, "2022").Value.String(), "150.00 160.00")
	equal(t, "matched", told(point(t, r, "2022").Matched), "6.67 2 100.0")
	equal(t, "notes", fmt.Sprint(r.Notes), "[{hyperinflation 1 6} {no_rate 1 5}]")
	equal(t, "excluded", fmt.Sprint(r.Money.Excluded), "[HH]")
	constant := b.compute(Query{Indicator: "I13", Money: Money{Kind: EURConstant, Base: 2022, Rates: golden(t)}})
	// a: 100 x 110/100 / 2.4; b: 500 x 120/100 / 4, the official rate
	equal(t, "constant", point(t, constant, "2021").Value.String(), "195.83")
}

func TestMoneyNeedsRates(t *testing.T) {
	b := facts(t)
	for _, w := range []struct {
		money Money
		want  string
	}{
		{Money{Kind: EUR}, "need a table of rates"},
		{Money{Kind: EURConstant, Rates: &Rates{}}, "need a base year"},
		{Money{Kind: "usd"}, "there is no money"},
	} {
		if _, err := Compute(context.Background(), b.table, Query{Indicator: "I13", Money: w.money}); err == nil || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%v: %v", w.money, err)
		}
	}
	rates := &Rates{}
	for _, code := range []string{"I13", "I14", "I16", "I17", "I29a", "I30b", "I04"} {
		if _, err := Compute(context.Background(), b.table, Query{Indicator: code, Disclosure: true, Money: Money{Kind: EUR, Rates: rates}}); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestReadRatesRefuses(t *testing.T) {
	head := "kind,of,year,value,source,vintage\n"
	for text, want := range map[string]string{
		"":                                      "cannot be read",
		"kind,of\n":                             "no column",
		head + "mean,GBP,2021,1,s,v\n":          "line 2: kind",
		head + "average,,2021,1,s,v\n":          "line 2: of",
		head + "average,GBP,21,1,s,v\n":         "line 2: year",
		head + "average,GBP,2021,\"0,8\",s,v\n": "line 2: value",
		head + "average,GBP,2021,-1,s,v\n":      "above zero",
		head + "average,GBP,2021,1,s,v\naverage,GBP,2021,2,s,v\n": "line 3: value",
		head + "average,GBP,2021,1,s,v\naverage,GBP,2022,2,s,w\n": "line 3: vintage",
	} {
		if _, err := ReadRates(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzReadRates(f *testing.F) {
	f.Add(goldenRates)
	f.Add("kind,of,year,value,source,vintage\naverage,GBP,2021,1e9,s,v\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ReadRates(strings.NewReader(text))
		if (r == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", text, r, err)
		}
	})
}
