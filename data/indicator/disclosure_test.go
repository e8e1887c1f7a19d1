package indicator

import (
	"fmt"
	"testing"
)

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
