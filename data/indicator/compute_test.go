package indicator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCSV(t *testing.T) {
	b := newBook(t)
	for i := range 25 {
		unit := fmt.Sprintf("u%02d", i)
		b.mapping(unit, 2021, Row{"turnover": Scaled{10000, 2}, "currency": "EUR", "country": "IT"})
		b.mapping(unit, 2022, Row{"turnover": Scaled{10550, 2}, "currency": "EUR", "country": "IT"})
	}
	b.mapping("x", 2022, Row{"turnover": Scaled{1, 2}, "currency": "EUR", "country": "FR", "state": "submitted"})
	b.add("population", Row{"country": "IT", "year": 2021, "known": 200})
	r := b.compute(Query{Indicator: "I13", By: []string{"year", "country"}})
	var out strings.Builder
	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := `indicator,basis,year,country,value,unit,n,coverage,change_pct,change_n,change_share,index,segment,flag,demographic_pct,demographic_n,demographic_share
I13a,matched,2021,IT,2500.00,EUR,25,12.5,,,,100.00,1,,,,
I13a,matched,2022,FR,0.01,EUR,1,,,0,,100.00,1,u V,,0,
I13a,matched,2022,IT,2637.50,EUR,25,,5.50,25,100.0,105.50,1,,5.50,25,100.0
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestJSONKeepsNumbersExact(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"persons_working": int64(math.MaxInt64)})
	b.mapping("b", 2021, Row{"persons_working": int64(math.MaxInt64)})
	text, err := json.Marshal(b.compute(Query{Indicator: "I05"}))
	if err != nil {
		t.Fatal(err)
	}
	var back Result
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	equal(t, "value", back.Points[0].Value.String(), "18446744073709551614")
}

func TestDecimals(t *testing.T) {
	var sum Int128
	for _, v := range []int64{math.MaxInt64, math.MaxInt64, math.MinInt64, -7, 9} {
		sum.Add(v)
	}
	equal(t, "sum", sum.Big().String(), "9223372036854775808")
	for _, c := range []struct {
		units int64
		scale uint8
		want  string
	}{{0, 2, "0.00"}, {-5, 2, "-0.05"}, {-1234, 2, "-12.34"}, {7, 0, "7"}, {100, 3, "0.100"}} {
		var n Int128
		n.Add(c.units)
		equal(t, "decimal", Decimal{n, c.scale}.String(), c.want)
	}
	for _, c := range []struct {
		a, b int64
		want string
	}{{1, 8, "0.13"}, {-1, 8, "-0.13"}, {5, 1000, "0.01"}, {4, 1000, "0.00"}, {-5, 1000, "-0.01"}} {
		equal(t, "rounded", quotient(big.NewInt(c.a), big.NewInt(c.b), 1, 2).String(), c.want)
	}
	var d Decimal
	if err := d.UnmarshalText([]byte("1.2x")); err == nil {
		t.Error("1.2x is no number")
	}
}

func TestQuestionsThatCannotBeAnswered(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"turnover": 1, "currency": "EUR", "country": "IT"})
	b.mapping("b", 2022, Row{"turnover": 1, "currency": "GBP", "country": "GB"})
	for _, c := range []struct {
		q    Query
		says string
	}{
		{Query{Indicator: "I99"}, `there is no indicator "I99"`},
		{Query{Indicator: "I13"}, "EUR, GBP, which are never added: use --by currency or --where currency=EUR"},
		{Query{Indicator: "I13", By: []string{"colour"}}, `there is no breakdown "colour"`},
		{Query{Indicator: "I13", By: []string{"wave"}}, "cannot be broken down by wave"},
		{Query{Indicator: "I02", By: []string{"size"}}, "cannot be broken down by size"},
		{Query{Indicator: "I13", By: []string{"country", "country"}}, "named twice"},
		{Query{Indicator: "I13", Where: map[string][]string{"x": {"y"}}}, `there is no breakdown "x"`},
		{Query{Indicator: "I01", Basis: Matched}, "I01 has no matched basis"},
		{Query{Indicator: "I13", Basis: "some"}, `there is no basis "some"`},
		{Query{Indicator: "I13", Pairs: "some"}, `there are no pairs "some"`},
		{Query{Indicator: "I13", From: 2022, To: 2021}, "run backwards"},
	} {
		_, err := Compute(context.Background(), b.table, c.q)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %s", c.q, err, c.says)
		}
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Compute(stopped, b.table, Query{Indicator: "I01"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped question gives %v", err)
	}
	for _, q := range []Query{{Indicator: "I13", By: []string{"currency"}}, {Indicator: "I13", Where: map[string][]string{"currency": {"EUR"}}}, {Indicator: "I13", By: []string{"country"}}} {
		b.compute(q)
	}
}

func TestEmptyFrame(t *testing.T) {
	for _, i := range Catalogue() {
		r := newBook(t).compute(Query{Indicator: i.Code, Decompose: i.OfCooperatives(), Disclosure: true})
		if len(r.Points) != 0 || len(r.Decompositions) != 0 {
			t.Errorf("%s says something about nothing", i.Code)
		}
	}
	bad := NewTable(day(2026, 1, 1))
	if err := bad.Add("mapping", Row{"turnover": 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := Compute(context.Background(), bad, Query{Indicator: "I13"}); err == nil {
		t.Error("records without a year and a subject cannot be used")
	}
}

// A changed currency is neither growth nor comparable.
func TestChangedCurrency(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2022, Row{"turnover": 750, "currency": "HRK"})
	b.mapping("a", 2023, Row{"turnover": 100, "currency": "EUR"})
	r := b.compute(Query{Indicator: "I13", By: []string{"currency"}, Decompose: true})
	for _, d := range r.Decompositions {
		want := map[string]string{"HRK": "0 0 0 0 0 -750", "EUR": "0 0 0 0 100 0"}[d.Keys[1]]
		equal(t, d.Keys[1], split(d), want)
	}
	equal(t, "units differ", r.Unit, "mixed")
}

func TestNegativeBase(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"equity": -5})
	b.mapping("a", 2022, Row{"equity": 5})
	c := point(t, b.compute(Query{Indicator: "I13d", MinN: MinNOff}), "2022").Change
	if c.Known || c.Reason != ReasonBase || c.ShareKnown {
		t.Errorf("no percentage from a negative base: %+v", c)
	}
}

func TestLevelsAndGroups(t *testing.T) {
	b := newBook(t)
	b.mapping("first", 2021, Row{"members": 10, "persons_working": 3, "level": "primary"})
	b.mapping("union", 2021, Row{"members": 99, "persons_working": 4, "level": "secondary"})
	b.mapping("head", 2021, Row{"persons_working": 50, "figures_cover": "group"})
	b.mapping("child", 2021, Row{"persons_working": 20, "figures_cover": "group"})
	b.mapping("grandchild", 2021, Row{"persons_working": 7, "figures_cover": "entity"})
	b.link("child", "subsidiary_of", "head", day(2019, 1, 1))
	b.link("child", "parent_of", "grandchild", nil)
	equal(t, "primary members", point(t, b.compute(Query{Indicator: "I04"}), "2021").Value.String(), "10")
	equal(t, "no overlap", point(t, b.compute(Query{Indicator: "I05"}), "2021").Value.String(), "57")
}

func TestCountsAndCoverage(t *testing.T) {
	b := newBook(t)
	for i, status := range []any{"active", nil, "dormant", "ceased"} {
		b.mapping(fmt.Sprint("u", i), 2021, Row{"status": status, "country": "IT", "ilo_type": "worker"})
	}
	b.mapping("gone", 2021, Row{"outcome": "not_located", "country": "IT", "ilo_type": "worker"})
	b.mapping("twice", 2021, Row{"outcome": "duplicate", "country": "IT", "ilo_type": "worker"})
	b.mapping("f", 2021, Row{"country": "FR", "ilo_type": "producer"})
	b.add("population", Row{"country": "IT", "ilo_type": "worker", "year": 2021, "known": 8})
	b.add("population", Row{"country": "IT", "ilo_type": "producer", "year": 2021, "known": 12})
	b.add("population", Row{"country": "IT", "ilo_type": "producer", "year": 2021, "known": 2})
	equal(t, "active", point(t, b.compute(Query{Indicator: "I01"}), "2021").Value.String(), "3")
	by := b.compute(Query{Indicator: "I02", By: []string{"country"}})
	equal(t, "Italy", point(t, by, "2021", "IT").Value.String(), "10.00")
	if p := point(t, by, "2021", "FR"); p.Known || p.Coverage != nil {
		t.Error("France has no known population")
	}
	if p := point(t, b.compute(Query{Indicator: "I02"}), "2021"); p.Known {
		t.Error("coverage of a whole with an unknown part is unknown")
	}
	typed := b.compute(Query{Indicator: "I01", By: []string{"ilo_type"}, Where: map[string][]string{"country": {"IT"}}})
	equal(t, "workers of Italy", fixed(point(t, typed, "2021", "worker").Coverage, 1), "25.0")
	if p := point(t, b.compute(Query{Indicator: "I01", By: []string{"family"}}), "2021", Unknown); p.Coverage != nil {
		t.Error("no population by family")
	}
}

func TestRevivedAndConverted(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"persons_working": 10, "status": "active"})
	b.mapping("a", 2022, Row{"status": "ceased"})
	b.mapping("a", 2023, Row{"persons_working": 12, "status": "active", "entry": "reentry"})
	b.mapping("b", 2021, Row{"persons_working": 5, "status": "active"})
	b.mapping("b", 2022, Row{"persons_working": 6, "status": "converted"})
	b.cooperative("c", Row{"registered": day(2022, 3, 1), "origin": "transfer_crisis"})
	b.mapping("c", 2022, Row{"persons_working": 8, "status": "active"})
	r := b.compute(Query{Indicator: "I05", Decompose: true, MinN: MinNOff})
	equal(t, "2022", split(r.Decompositions[0]), "0 0 8 -15 0 0")
	equal(t, "2023", split(r.Decompositions[1]), "0 0 0 0 12 -8")
	d := r.Decompositions[0]
	equal(t, "conversions", d.ConvertedIn.To.String()+" "+d.ConvertedOut.From.String(), "8 5")
}

// An absorbed unit that did not answer makes the sum incomplete.
func TestIncompleteContinuity(t *testing.T) {
	b := newBook(t)
	b.mapping("p", 2021, Row{"persons_working": 10})
	b.mapping("q", 2021, Row{"outcome": "refused"})
	b.mapping("p", 2022, Row{"persons_working": 30})
	b.mapping("q", 2022, Row{"status": "merged"})
	b.link("q", "merged_into", "p", nil)
	r := b.compute(Query{Indicator: "I05", Decompose: true})
	equal(t, "sets", split(r.Decompositions[0]), "0 20 0 0 0 0")
}

func TestImputedIsNotComparable(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"turnover": 10, "quality:turnover": "D"})
	b.mapping("a", 2022, Row{"turnover": 12, "quality:turnover": "I"})
	r := b.compute(Query{Indicator: "I13", Decompose: true})
	equal(t, "sets", split(r.Decompositions[0]), "0 2 0 0 0 0")
	p := point(t, r, "2022")
	equal(t, "flags", strings.Join(p.Flags, " "), "I u")
}

func TestOneRecordAYear(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"members": 1, "state": "submitted"})
	b.mapping("a", 2021, Row{"members": 2, "state": "locked", "fiscal_end": day(2021, 6, 30)})
	b.mapping("a", 2021, Row{"members": 3, "state": "validated"})
	b.mapping("a", 2021, Row{"members": 4, "state": "draft"})
	r := b.compute(Query{Indicator: "I04"})
	equal(t, "locked first", point(t, r, "2021").Value.String(), "2")
	equal(t, "note", fmt.Sprint(r.Notes), "[{repeated_records 2 4}]")
	if v := point(t, b.compute(Query{Indicator: "I04", Validated: true}), "2021"); v.Unvalidated.N != 0 {
		t.Error("validated only")
	}
}

func TestBreakdownsDerived(t *testing.T) {
	for isic, want := range map[string]string{"01": "A", "0111": "A", "1071": "C", "3510": "D", "4711": "G", "68": "L", "99": "U", "C10": "C", "": "", "x": "", "00": ""} {
		equal(t, "section of "+isic, sectionOf(isic), want)
	}
	b := newBook(t)
	b.cooperative("a", Row{"country": "IT"})
	b.mapping("a", 2021, Row{"isic": "4711", "persons_working": 12})
	b.mapping("b", 2021, Row{"section": "F", "country": "FR", "macro_sector": "construction", "persons_working": 260})
	r := b.compute(Query{Indicator: "I05", By: []string{"country", "section", "macro_sector", "size"}})
	equal(t, "a", point(t, r, "2021", "IT", "G", "services", "10-49").Value.String(), "12")
	equal(t, "b", point(t, r, "2021", "FR", "F", "construction", "250+").Value.String(), "260")
}

func TestCatalogueIsWhole(t *testing.T) {
	for _, i := range Catalogue() {
		for _, text := range []Text{i.Name, i.Question, i.Missing, i.Pitfall} {
			if text["en"] == "" || text["fr"] == "" {
				t.Errorf("%s lacks a text in English or French: %v", i.Code, text)
			}
		}
		measured := i.HasMatched() || i.Unmatched || i.Formula == CountHas || i.Formula == Counted || i.Formula == Concentration || i.Formula == Weight
		if i.Unit == "" || len(i.By) == 0 || measured != (len(i.reads()) > 0) {
			t.Errorf("%s is not declared in full", i.Code)
		}
		for _, item := range i.Items {
			if item.Code == "" || item.Name["en"] == "" || item.Name["fr"] == "" {
				t.Errorf("an item of %s has no code or no name: %v", i.Code, item)
			}
		}
	}
	if i, ok := Find("i13"); !ok || i.Code != "I13a" {
		t.Error("I13 means I13a")
	}
}

func TestDamagedFrame(t *testing.T) {
	for _, bad := range []*Column{
		{Name: "status", Kind: Code, Values: []int64{4}, Valid: Bits{1}, Dictionary: []string{"active"}},
		{Name: "subject", Kind: Code, Values: []int64{-1}, Valid: Bits{1}},
	} {
		b := newBook(t)
		b.mapping("a", 2021, Row{"members": 1})
		if err := b.table.SetColumn("mapping", bad); err != nil {
			t.Fatal(err)
		}
		_, err := Compute(context.Background(), b.table, Query{Indicator: "I04"})
		if err == nil || !strings.Contains(err.Error(), "rebuild the frame") {
			t.Errorf("%s: %v", bad.Name, err)
		}
	}
	if err := newBook(t).table.Add("mapping", Row{"year": 1.5}); err == nil {
		t.Error("a floating point number is no exact value")
	}
}
