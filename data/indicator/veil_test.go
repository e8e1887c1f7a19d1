package indicator

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// framed adds frames to a random table: to every other country one number, a whole
// multiple of those that answered, so that all weights are whole. It gives the
// weights by country, 0 for none.
func framed(b *book, r *rand.Rand, year int) map[string]float64 {
	count := b.compute(Query{Indicator: "I05", By: []string{"country"}})
	weights := map[string]float64{}
	for _, p := range count.Points {
		if times := r.IntN(4); p.Year == year && times > 0 {
			b.frameOf(p.Keys[1], year, fmt.Sprint("=", times*p.N))
			if p.N >= weightFrom {
				weights[p.Keys[1]] = float64(times)
			}
		}
	}
	return weights
}

// joint is what a reader knows of one year who has the reported and the estimated
// table: equations over the cells, all of them unknown.
func joint(reported, estimated, truth *Result, weights map[string]float64, year int) *attack {
	a := &attack{}
	column := map[string]int{}
	for _, p := range truth.Points {
		if name := strings.Join(p.Keys[1:], "/"); p.Year == year && !strings.Contains(name, AllClasses) {
			column[name] = len(a.names)
			a.names, a.truth = append(a.names, name), append(a.truth, p.Value.Float())
		}
	}
	take := func(r *Result, weight func(country string) float64) {
		for _, p := range r.Points {
			if p.Year != year || p.Hidden || !p.Known {
				continue
			}
			row := make([]float64, len(a.names))
			for name, c := range column {
				keys, of := strings.Split(name, "/"), true
				for d, key := range p.Keys[1:] {
					of = of && (key == AllClasses || key == keys[slices.Index([]string{"country", "ilo_type"}, r.By[d+1])])
				}
				if of {
					row[c] = weight(keys[0])
				}
			}
			a.rows, a.totals = append(a.rows, row), append(a.totals, p.Value.Float())
		}
	}
	take(reported, func(string) float64 { return 1 })
	take(estimated, func(country string) float64 { return weights[country] })
	return a
}

// Whoever has the reported and the estimated table of the same question, and knows
// the weights, cannot tell a cell that either hides.
func TestTwoTotalsDoNotTellWhatOneHides(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	hidden, shown, only := 0, 0, 0
	for round := range 600 {
		b := randomTable(t, random)
		if b.n == 0 {
			continue
		}
		weights := framed(b, random, 2021)
		by := [][]string{{"country", "ilo_type"}, {"ilo_type"}, {"country"}}[round%3]
		truth := b.compute(Query{Indicator: "I05", By: []string{"country", "ilo_type"}})
		q := Query{Indicator: "I05", By: by, Totals: true, Basis: All, Disclosure: true, From: 2021, To: 2021}
		reported := b.compute(q)
		q.Estimated = true
		estimated := b.compute(q)
		secret := map[string]bool{}
		full := b.compute(Query{Indicator: "I05", By: []string{"country", "ilo_type"}, Disclosure: true, From: 2021, To: 2021})
		for _, p := range full.Points {
			secret[strings.Join(p.Keys[1:], "/")] = p.Hidden
		}
		for i, p := range reported.Points {
			e := estimated.Points[i]
			if p.Hidden && e.Known && !e.Hidden {
				t.Fatalf("table %d: %v is hidden and its estimate told", round, p.Keys)
			}
			if e.Known && !e.Hidden {
				shown++
			}
			only += int(truth32(e.Hidden && !p.Hidden))
		}
		before := joint(reported, &Result{}, truth, weights, 2021)
		a := joint(reported, estimated, truth, weights, 2021)
		for cell, name := range a.names {
			if !secret[name] || tooNarrow(a.truth[cell], before.extreme(cell, -1), before.extreme(cell, 1)) {
				continue
			}
			hidden++
			low, high := a.extreme(cell, -1), a.extreme(cell, 1)
			if tooNarrow(a.truth[cell], low, high) {
				t.Fatalf("table %d by %v, weights %v: %s is %g, and both tables bound it from %g to %g", round, by, weights, name, a.truth[cell], low, high)
			}
		}
	}
	t.Logf("%d cells hidden, %d estimates published, %d hidden beside a reported total", hidden, shown, only)
	if hidden < 500 || shown < 300 {
		t.Errorf("the tables show little: %d cells hidden, %d published", hidden, shown)
	}
}

// What either release hid stays hidden in the other; what was told of one kind is
// not taken for the other.
func TestTheRegisterKnowsBothTotals(t *testing.T) {
	b := newBook(t)
	b.frameOf("IT", 2021, "=40")
	b.frameOf("FR", 2021, "=40")
	b.some(20, "IT", "worker", 10)
	b.some(20, "FR", "worker", 10)
	q := Query{Indicator: "I05", Disclosure: true, Where: map[string][]string{"country": {"IT"}}}
	e := q
	e.Estimated = true
	register := NewRegister()
	register.Add(e, b.compute(e))
	equal(t, "cells", fmt.Sprint(register.Cells()), "[{I05 country=IT;totals=estimated 2021 false 20}]")
	for name, w := range map[string]struct {
		of                  string
		reported, estimated bool
	}{
		"hidden as reported":  {"country=IT", true, true},
		"hidden as estimated": {"country=IT;totals=estimated", true, true},
		"the only other one":  {"country=FR", true, true}, // a line of two has none hidden, or both
	} {
		earlier := NewRegister(ReleasedCell{Indicator: "I05", Of: w.of, Year: 2021, Hidden: true, N: 20})
		q.Earlier, e.Earlier = earlier, earlier
		if r, x := point(t, b.compute(q), "2021").Hidden, point(t, b.compute(e), "2021").Hidden; r != w.reported || x != w.estimated {
			t.Errorf("%s: reported %v, estimated %v", name, r, x)
		}
	}
	told := NewRegister(ReleasedCell{Indicator: "I05", Of: "country=IT", Year: 2021, N: 20}, ReleasedCell{Indicator: "I05", Of: "country=IT;totals=estimated", Year: 2021, Hidden: true, N: 20})
	if q.Earlier = told; point(t, b.compute(q), "2021").Hidden {
		t.Error("what was told is hidden afterwards")
	}
	b.some(2, "IT", "worker", 10)
	e.Earlier = nil
	equal(t, "two more", fmt.Sprint(NewRegister(ReleasedCell{Indicator: "I05", Of: "country=IT", Year: 2021, N: 20}).Differences(e, b.compute(e))), "[{I05 country=IT 2021 false 20}]")
}

// A total of one country only, though it is asked for of all, is guarded as that
// country's own; and what a country's strata are made of is not told.
func TestEstimatesAreGuardedByCountry(t *testing.T) {
	b := newBook(t)
	b.frameOf("IT", 2021, "=40")
	b.some(20, "FR", "worker", 10)
	b.some(9, "IT", "worker", 10)
	b.some(1, "IT", "worker", 9000)
	q := Query{Indicator: "I05", Disclosure: true}
	if point(t, b.compute(Query{Indicator: "I05", Disclosure: true, By: []string{"section"}}), "2021", Unknown).Hidden != point(t, b.compute(q), "2021").Hidden {
		t.Error("one class is not the whole")
	}
	q.Estimated = true
	if p := point(t, b.compute(q), "2021"); !p.Hidden || !p.Known {
		t.Errorf("Italy alone is dominated: %+v", p)
	}
	b = newBook(t)
	b.frameOf("IT", 2021, "worker=40", "producer=3", "consumer=0", "multi=0")
	b.some(20, "IT", "worker", 10)
	b.some(3, "IT", "producer", 10)
	if p := point(t, b.compute(q), "2021"); !p.Hidden {
		t.Errorf("two equations tell of the three producers: %+v", p)
	}
	if q.Disclosure = false; point(t, b.compute(q), "2021").Hidden {
		t.Error("inside headquarters something is hidden")
	}
}

// The bounds of a mixture are those that trying every pair of corners gives.
func TestBoundsOfAMixture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []*mixed
		weight, sum, weighted := 0.0, 0.0, 0.0
		for range rapid.IntRange(2, 6).Draw(t, "parts") {
			weight += float64(rapid.IntRange(1, 4).Draw(t, "weight"))
			v := rapid.Int64Range(1, 50).Draw(t, "value")
			parts = append(parts, &mixed{level: level{private: fromInt(v)}, weight: weight})
			sum, weighted = sum+float64(v), weighted+weight*float64(v)
		}
		for i, own := range parts {
			low, high := math.Inf(1), math.Inf(-1)
			try := func(v float64) { low, high = math.Min(low, v), math.Max(high, v) }
			for j, a := range parts {
				for k, b := range parts[j+1:] {
					x := (weighted - b.weight*sum) / (a.weight - b.weight) // of a; the rest is of b
					switch k += j + 1; {
					case x < -1e-9 || x > sum+1e-9:
					case j == i:
						try(x)
					case k == i:
						try(sum - x)
					default:
						try(0)
					}
				}
			}
			gotLow, gotHigh := boundsOf(parts, i, false)
			if math.Abs(gotLow-low) > 1e-6 || math.Abs(gotHigh-high) > 1e-6 {
				t.Fatalf("part %d of weight %v: %v to %v, by trying %v to %v", i, own.weight, gotLow, gotHigh, low, high)
			}
		}
	})
}
