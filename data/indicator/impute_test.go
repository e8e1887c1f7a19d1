package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func imputed1(t testing.TB, b *book, how Imputation, q Query) *Result {
	t.Helper()
	r, err := Compute(context.Background(), Impute(b.table, how), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheMissingSubtotalIsTheRest(t *testing.T) {
	b := newBook(t)
	base := Row{"status": "active"}
	put := func(unit string, more Row) {
		row := Row{}
		for k, v := range base {
			row[k] = v
		}
		for k, v := range more {
			row[k] = v
		}
		b.mapping(unit, 2021, row)
	}
	put("a", Row{"persons_working": 10, "worker_members": 6, "other_members_employed": 1})                         // employees 3
	put("b", Row{"worker_members": 4, "non_member_employees": 2, "other_members_employed": 0})                     // persons 6
	put("c", Row{"persons_working": 5, "worker_members": 6, "other_members_employed": 0})                          // would be negative
	put("d", Row{"persons_working": 9, "worker_members": 6})                                                       // two are missing
	put("e", Row{"worker_members": 4, "non_member_employees": 2, "other_members_employed": 0, "status": "ceased"}) // not active
	put("f", Row{"worker_members": 1, "non_member_employees": 1, "other_members_employed": 0, "status:persons_working": "not_applicable"})
	how := Imputation{Subtotals: true}
	q := Query{Indicator: "I05", MinN: MinNOff}
	plain, filled := point(t, b.compute(q), "2021"), point(t, imputed1(t, b, how, q), "2021")
	equal(t, "reported", fmt.Sprint(plain.Value, " ", plain.N, plain.Imputed.N), "24 3 0")
	equal(t, "with the sum", fmt.Sprint(filled.Value, " ", filled.N, filled.Imputed.N, strings.Join(filled.Flags, "")), "30 4 1Iu")
	src := Impute(b.table, how)
	c, err := src.Column("mapping", "non_member_employees")
	if err != nil {
		t.Fatal(err)
	}
	quality, err := src.Column("mapping", "quality:non_member_employees")
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := quality.Text(0); c.Values[0] != 3 || text != "I" || c.Valid.Get(2) || c.Valid.Get(3) {
		t.Errorf("employees %v %v, quality %q", c.Values, c.Valid, text)
	}
	if got := Impute(b.table, Imputation{}); got != Source(b.table) {
		t.Error("no imputation changes the source")
	}
}

// Ten cooperatives of a section and country grew by a tenth; one of them did not
// answer, and is carried once.
func TestTheLastWaveIsCarriedWithTheMatchedGrowth(t *testing.T) {
	for n, want := range map[int]string{10: "1210 11 1", 9: "990 9 0"} {
		b := newBook(t)
		for u := range n {
			for year, v := range map[int]int{2021: 100, 2022: 110, 2023: 121} {
				b.mapping(fmt.Sprint("u", u), year, Row{"persons_working": v, "country": "IT", "isic": "10", "status": "active"})
			}
		}
		b.mapping("x", 2021, Row{"persons_working": 100, "country": "IT", "isic": "10", "status": "active"})
		b.mapping("x", 2022, Row{"country": "IT", "isic": "10", "status": "active"})
		b.mapping("x", 2023, Row{"country": "IT", "isic": "10", "status": "active"})
		r := imputed1(t, b, Imputation{Carry: true}, Query{Indicator: "I05", MinN: MinNOff})
		pt := point(t, r, "2022")
		equal(t, fmt.Sprint(n, " pairs"), fmt.Sprint(pt.Value, " ", pt.N, pt.Imputed.N), want)
		if last := point(t, r, "2023"); last.Imputed.N != 0 || last.N != n {
			t.Errorf("what was carried is carried again: %+v", last)
		}
		if g := pt.Matched; g == nil || g.N != n || g.Pct != 10 {
			t.Errorf("an imputed value is part of the matched change: %+v", g)
		}
	}
}

func TestTheRatioToPersons(t *testing.T) {
	b := newBook(t)
	for u := range 10 {
		b.mapping(fmt.Sprint("u", u), 2021, Row{"persons_working": 4, "turnover": 200, "currency": "EUR", "country": "IT", "isic": "10", "status": "active"})
	}
	b.mapping("x", 2021, Row{"persons_working": 3, "currency": "EUR", "country": "IT", "isic": "10", "status": "active"})
	b.mapping("y", 2021, Row{"persons_working": 3, "currency": "CHF", "country": "IT", "isic": "10", "status": "active"})  // no ratio in francs
	b.mapping("z", 2021, Row{"persons_working": 30, "currency": "EUR", "country": "IT", "isic": "10", "status": "active"}) // another size
	pt := point(t, imputed1(t, b, Imputation{Ratio: true}, Query{Indicator: "I13", By: []string{"currency"}}), "2021", "EUR")
	equal(t, "turnover", fmt.Sprint(pt.Value, " ", pt.N, pt.Imputed.N, pt.Imputed.Share), "2150 11 1 7")
}

func TestFiguresThatAreMostlyFilledInAreWithheld(t *testing.T) {
	b := newBook(t)
	for u := range 30 {
		quality := "A"
		if u < 16 {
			quality = "I"
		}
		b.mapping(fmt.Sprint("u", u), 2021, Row{"persons_working": 10, "quality:persons_working": quality})
		b.mapping(fmt.Sprint("u", u), 2022, Row{"persons_working": 10})
	}
	r := b.compute(Query{Indicator: "I05", Basis: All})
	r.Withhold()
	first, second := point(t, r, "2021"), point(t, r, "2022")
	if first.Known || first.Flags[0] != FlagMissing || !second.Known || second.Change != nil || second.All != nil {
		t.Errorf("%+v, %+v", first, second)
	}
}

// What is reported is never changed, and nothing is filled in that is not marked.
func TestImputationOnlyAdds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := drawHistory(rt).table(t, nil)
		src := Impute(table, Imputation{true, true, true})
		for concept := range filledIn {
			before, err := table.Column(kindMapping, concept)
			if err != nil {
				continue
			}
			after, err := src.Column(kindMapping, concept)
			if err != nil {
				rt.Fatal(err)
			}
			quality, err := src.Column(kindMapping, "quality:"+concept)
			if err != nil {
				rt.Fatal(err)
			}
			for row := range before.Values {
				text, _ := quality.Text(row)
				switch {
				case before.Valid.Get(row) && (!after.Valid.Get(row) || before.Values[row] != after.Values[row]):
					rt.Fatalf("%s, row %d was %d", concept, row, before.Values[row])
				case !before.Valid.Get(row) && after.Valid.Get(row) != (text == "I"):
					rt.Fatalf("%s, row %d is filled in and has the quality %q", concept, row, text)
				}
			}
		}
	})
}

func TestParseImputation(t *testing.T) {
	got, err := ParseImputation([]string{"carry", " ratio"})
	if diff := cmp.Diff(Imputation{Carry: true, Ratio: true}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := ParseImputation([]string{"magic"}); err == nil {
		t.Error("magic was taken")
	}
}
