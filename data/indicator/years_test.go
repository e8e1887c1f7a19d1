package indicator

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Golden panel A of domain.md B.2 from 2021 to 2024 at once: a and b matched, c
// carried, d entered late, e born and f dead on the way, g lost.
func TestChosenYearsAreSetOverTheWholeSpan(t *testing.T) {
	r := panelA(t).compute(Query{Indicator: "I05", Years: []int{2024, 2021}, MinN: MinNOff, Decompose: true})
	if len(r.Points) != 2 || len(r.Decompositions) != 1 {
		t.Fatalf("%d points and %d decompositions, want 2 and 1", len(r.Points), len(r.Decompositions))
	}
	p := point(t, r, "2024")
	equal(t, "G1", told(p.Matched), "12.86 2 51.9")
	equal(t, "G2", told(p.Demographic), "4.38 4 59.3")
	equal(t, "G3", told(p.All), "-1.48 7 100.0")
	equal(t, "sets", split(r.Decompositions[0]), "18 6 9 -20 33 -50")
	equal(t, "a year", fmt.Sprint(p.Matched.Yearly), "4.11")
	equal(t, "index", line(r), "100.00 112.86")
	equal(t, "from", fmt.Sprint(p.Matched.From), "2021")
}

// Years apart are comparable where the ends of their fiscal years are 11 to 13
// months times the years apart.
func TestChosenYearsAllowMonthsByTheYear(t *testing.T) {
	for _, c := range []struct {
		month int // in which the fiscal year of 2024 ends
		set   Set
	}{{12, SetMatched}, {9, SetMatched}, {8, SetNotComparable}} {
		b := newBook(t)
		b.cooperative("a", Row{"founded": 1990})
		b.mapping("a", 2021, Row{"persons_working": 10})
		b.mapping("a", 2024, Row{"persons_working": 12, "fiscal_start": day(2023, c.month+1, 1), "fiscal_end": day(2024, c.month+1, 0)})
		r := b.compute(Query{Indicator: "I05", Years: []int{2021, 2024}, Decompose: true})
		for set, sum := range r.Decompositions[0].Sets {
			if got := sum.N == 1; got != (Set(set) == c.set) {
				t.Errorf("a year that ends in month %d: %v in set %s", c.month, got, Set(set))
			}
		}
	}
}

func TestChosenYearsThatCannotBe(t *testing.T) {
	b := panelA(t)
	if _, err := Compute(context.Background(), b.table, Query{Indicator: "I05", Years: []int{}}); err == nil || !strings.Contains(err.Error(), "at least one") {
		t.Errorf("the error is %v, want one that asks for a year", err)
	}
	if r := b.compute(Query{Indicator: "I05", Years: []int{2021, 2023, 2024}, To: 2023}); len(r.Points) != 2 {
		t.Errorf("of 2021 and 2023, those until 2023, %d points", len(r.Points))
	}
	if r := b.compute(Query{Indicator: "I05", Years: []int{2023, 1999}}); len(r.Points) != 1 || r.Points[0].Matched != nil {
		t.Errorf("of a year alone: %+v", r.Points)
	}
}

// To choose all years, or those of a run, changes nothing; and of chosen years
// the levels are those of all years, and the sets add up to their difference.
func TestChosenYearsOfRandomHistories(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		h := drawHistory(t)
		table := h.table(outer, nil)
		q := Query{Indicator: rapid.SampledFrom([]string{"I13", "I04", "I05", "I08", "I15b"}).Draw(t, "indicator"), Where: map[string][]string{"currency": {"EUR"}}, Decompose: true}
		q.Disclosure = rapid.Bool().Draw(t, "disclosure")
		first := rapid.IntRange(2020, 2019+h.years).Draw(t, "first")
		last := rapid.IntRange(first, 2019+h.years).Draw(t, "last")
		run, chosen, ends := q, q, q
		run.From, run.To = first, last
		for y := first; y <= last; y++ {
			chosen.Years = append(chosen.Years, y)
		}
		ends.Years = []int{first, last}
		whole := answerOf(t, table, run)
		if got, want := inJSON(t, answerOf(t, table, chosen)), inJSON(t, whole); got != want {
			t.Fatalf("chosen years:\n%s\nas a run:\n%s", got, want)
		}
		r := answerOf(t, table, ends)
		for _, p := range r.Points {
			at := slices.IndexFunc(whole.Points, func(of Point) bool { return of.Year == p.Year })
			if of := whole.Points[at]; of.Value != p.Value || of.N != p.N || of.Hidden != p.Hidden {
				t.Fatalf("%v is %+v, and among all years %+v", p.Keys, p, of)
			}
		}
		for _, d := range r.Decompositions {
			var sum Int128
			for _, s := range d.Sets {
				sum = sum.Plus(s.To.Units).Minus(s.From.Units)
			}
			if !d.Hidden && sum != d.Total.Units.Minus(d.Base.Units) {
				t.Fatalf("the sets of %v add up to %v, from %v to %v", d.Keys, sum, d.Base, d.Total)
			}
		}
	})
}

// A change over chosen years is hidden where few cooperatives are behind it, and
// where a part of the way is hidden.
func TestChosenYearsHideWhatTheYearsBetweenHide(t *testing.T) {
	b := newBook(t)
	for u := range 12 {
		name := fmt.Sprintf("u%02d", u)
		b.cooperative(name, Row{"founded": 1990})
		for year := 2020; year <= 2022; year++ {
			row := Row{"persons_working": 20 + u, "country": map[bool]string{true: "AA", false: "BB"}[u < 6]}
			if row["figures_cover"] = "entity"; year == 2021 && u >= 3 && u < 6 {
				row["figures_cover"] = "group" // so that three of AA are matched on the way
			}
			b.mapping(name, year, row)
		}
	}
	all := b.compute(Query{Indicator: "I05", By: []string{"country"}, Disclosure: true, MinN: MinNOff})
	if !point(t, all, "2021", "AA").Matched.Hidden {
		t.Fatal("three cooperatives are matched from 2020 to 2021, and told of")
	}
	ends := b.compute(Query{Indicator: "I05", By: []string{"country"}, Disclosure: true, MinN: MinNOff, Years: []int{2020, 2022}})
	for _, country := range []string{"AA", "BB"} {
		if c := point(t, ends, "2022", country).Matched; !c.Hidden {
			t.Errorf("%s: the change over both years is told: %+v", country, c)
		}
	}
	open := b.compute(Query{Indicator: "I05", By: []string{"country"}, MinN: MinNOff, Years: []int{2020, 2022}})
	equal(t, "inside headquarters", told(point(t, open, "2022", "AA").Matched), "0.00 6 100.0")
}

func answerOf(t *rapid.T, src Source, q Query) *Result {
	r, err := Compute(context.Background(), src, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func inJSON(t *rapid.T, r *Result) string {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
