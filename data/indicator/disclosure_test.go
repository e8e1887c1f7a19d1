package indicator

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// In whatever order breakdowns are asked for, the same is hidden.
func TestOrderOfBreakdownsHidesTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBook(t)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		for u := range rapid.IntRange(20, 60).Draw(rt, "units") {
			b.mapping(fmt.Sprintf("u%02d", u), 2021, Row{"country": []string{"AA", "BB", "CC"}[random.IntN(3)], "ilo_type": []string{"worker", "multi", "producer"}[random.IntN(3)],
				"members": 1 + random.IntN(10)*random.IntN(20)*random.IntN(20)})
		}
		hidden := func(by ...string) map[string]bool {
			out := map[string]bool{}
			for _, p := range b.compute(Query{Indicator: "I04", Basis: All, By: by, Disclosure: true, Totals: true}).Points {
				keys := slices.Clone(p.Keys)
				slices.Sort(keys)
				out[strings.Join(keys, " ")] = p.Hidden
			}
			return out
		}
		if one, other := hidden("country", "ilo_type"), hidden("ilo_type", "country"); !maps.Equal(one, other) {
			rt.Fatalf("by country and type %v, by type and country %v", one, other)
		}
	})
}

func TestConfidential(t *testing.T) {
	for _, c := range []struct {
		values []int64
		want   bool
	}{
		{nil, false},
		{[]int64{80, 10, 5, 3, 2}, true}, // the two largest hold 90 %
		{[]int64{1, 1, 1, 1}, true},      // four contributors
		{[]int64{1, 1, 1, 1, 1}, false},
		{[]int64{50, 35, 5, 5, 5}, false}, // exactly 85 %
		{[]int64{50, 36, 5, 5, 4}, true},
		{[]int64{0, 0, 0, 0, 0}, false},
		{[]int64{-80, 10, -5, 3, 2}, true}, // sizes count
	} {
		if got := Confidential(c.values); got != c.want {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
}

func disclosureBook(t testing.TB, values []int64, open any) *book {
	b := newBook(t)
	for i, v := range values {
		for y := 2021; y < 2023; y++ {
			b.mapping(fmt.Sprint("u", i), y, Row{"turnover": v, "currency": "EUR", "public": open})
		}
	}
	return b
}

func TestSuppression(t *testing.T) {
	b := disclosureBook(t, []int64{80, 10, 5, 3, 2}, nil)
	r := b.compute(Query{Indicator: "I13", Disclosure: true, Decompose: true})
	p := point(t, r, "2022")
	if !p.Hidden || p.Value != (Decimal{}) || p.Change == nil || !p.Change.Hidden || p.Index != nil {
		t.Errorf("a dominated total must be hidden whole: %+v", p)
	}
	if !r.Decompositions[0].Hidden || r.Decompositions[0].Base != (Decimal{}) {
		t.Error("its decomposition tells the same")
	}
	equal(t, "flags", fmt.Sprint(p.Flags), "[c u]")
	if p := point(t, b.compute(Query{Indicator: "I13"}), "2022"); p.Hidden || p.Value.String() != "100" {
		t.Error("headquarters sees all")
	}
	if p := point(t, b.compute(Query{Indicator: "I01", Disclosure: true}), "2022"); p.Hidden {
		t.Error("counts are public")
	}
	open := disclosureBook(t, []int64{80, 10, 5, 3, 2}, "yes").compute(Query{Indicator: "I13", Disclosure: true})
	if p := point(t, open, "2022"); p.Hidden {
		t.Error("public figures are exempt")
	}
}

func TestChangeOfFewIsHidden(t *testing.T) {
	b := disclosureBook(t, []int64{10, 10, 10, 10}, nil)
	for y := 2021; y < 2023; y++ {
		for i := range 6 {
			b.mapping(fmt.Sprint("only", y, i), y, Row{"turnover": 10, "currency": "EUR"})
		}
	}
	p := point(t, b.compute(Query{Indicator: "I13", Disclosure: true}), "2022")
	if p.Hidden || !p.Matched.Hidden || p.Matched.Reason != ReasonHidden {
		t.Errorf("a change of four is told of nobody: %+v", p.Matched)
	}
}
