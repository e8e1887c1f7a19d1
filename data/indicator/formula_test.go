package indicator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// facts are two years of three cooperatives, and what indicators make of them.
func facts(t testing.TB) *book {
	b := newBook(t)
	put := func(unit string, year int, more Row) {
		for k, v := range (Row{"country": "FR", "currency": "EUR", "family": "worker", "outcome": "complete"}) {
			if _, said := more[k]; !said {
				more[k] = v
			}
		}
		b.mapping(unit, year, more)
	}
	put("x", 2021, Row{"persons_working": 10, "workers_f": 4, "workers_m": 4, "employees_f": 1, "employees_m": 1, "pay_ratio": Scaled{30, 1},
		"difficulties": "finance law", "change_jobs": "5", "affiliated": "yes", "saved": "yes", "intercooperation": "none",
		"surplus": 100, "allocation_legal": 60, "declaration": "consistent", "value_added": 500, "fte": Scaled{800, 2}, "turnover": 1000})
	put("y", 2021, Row{"persons_working": 30, "employees_f": 3, "employees_m": 7, "pay_ratio": Scaled{50, 1},
		"difficulties": "finance", "change_jobs": "1", "affiliated": "no", "saved": "no", "intercooperation": "buys sells",
		"surplus": -50, "allocation_legal": 0, "declaration": "unknown", "value_added": 900, "turnover": 3000})
	put("z", 2021, Row{"persons_working": 50, "workers_f": 5, "workers_m": 0, "pay_ratio": Scaled{20, 1},
		"difficulties": "none", "change_jobs": "3", "affiliated": "yes", "surplus": 40, "allocation_legal": 10, "value_added": 400, "fte": Scaled{4200, 2}, "turnover": 6000})
	put("n", 2021, Row{"outcome": "refused"})
	put("x", 2022, Row{"persons_working": 20, "workers_f": 6, "workers_m": 4, "pay_ratio": Scaled{30, 1}, "affiliated": "no", "value_added": 600, "fte": Scaled{1000, 2}})
	put("y", 2022, Row{"persons_working": 32, "pay_ratio": Scaled{60, 1}, "affiliated": "yes"})
	return b
}

func TestFormulas(t *testing.T) {
	b := facts(t)
	for _, w := range []struct{ code, keys, value, n string }{
		{"I03", "2021", "75.00", "4"},
		{"I09", "2021/consistent", "50.00", "2"},
		{"I09", "2021/unknown", "50.00", "2"},
		{"I10b", "2021", "52.00", "3"}, // 4+1+3+5 of 25: x counts twice over, z without employees
		{"I10c", "2021", "69.23", "2"},
		{"I14", "2021", "18.00", "2"}, // 900 over 50, y has no full-time equivalents
		{"I15a", "2021", "30.00", "3"},
		{"I15b", "2021", "30.00", "3"},
		{"I16", "2021/legal", "50.00", "2"}, // 70 of 140, the loss left out
		{"I19", "2021", "3.00", "3"},
		{"I21a", "2021", "1", "2"},
		{"I22a", "2021", "66.67", "3"},
		{"I23a", "2021", "50.00", "2"},
		{"I24a", "2021/finance", "66.67", "3"},
		{"I24a", "2021/law", "33.33", "3"},
		{"I24a", "2021/none", "33.33", "3"},
		{"I25", "2021/change_jobs", "0.00", "3"},
		{"I29b", "2021/cr4", "1.0000", "3"},
		{"I29b", "2021/hhi", "0.4321", "3"}, // (1 + 9 + 25) / 81
	} {
		p := point(t, b.compute(Query{Indicator: w.code}), strings.Split(w.keys, "/")...)
		equal(t, w.code+" "+w.keys, p.Value.String()+" "+fmt.Sprint(p.N), w.value+" "+w.n)
	}
	equal(t, "unit", b.compute(Query{Indicator: "I14"}).Unit, "EUR/FTE")
	quartiles := point(t, b.compute(Query{Indicator: "I15b"}), "2021").Quartiles
	equal(t, "quartiles", fmt.Sprint(quartiles[0], quartiles[1]), "20.00 40.00")
	r := b.compute(Query{Indicator: "I16"})
	if !slices.Contains(r.Notes, Note{NoteNotPositive, 1, 3}) {
		t.Errorf("the loss-maker is counted: %v", r.Notes)
	}
}

// Means and medians change by units, shares by points, over cooperatives valid
// in both years, and none has an index.
func TestMatchedChangesOfLevels(t *testing.T) {
	b := facts(t)
	for _, w := range []struct {
		code, change string
		units        bool
	}{
		{"I15a", "6.00 2", true},   // mean of x and y: 20 to 26
		{"I15b", "6.00 2", true},   // median likewise
		{"I19", "0.50 2", true},    // 4.0 to 4.5
		{"I22a", "0.00 2", false},  // one of two and one of two
		{"I10c", "10.00 1", false}, // x: 50 to 60 %
		{"I14", "-2.50 1", true},   // x: 62.5 to 60
	} {
		p := point(t, b.compute(Query{Indicator: w.code, MinN: MinNOff}), "2022")
		cells := p.Matched.cells()
		equal(t, w.code, cells[0]+" "+cells[1], w.change)
		if !p.Matched.Points || p.Matched.InUnits != w.units || p.Index != nil {
			t.Errorf("%s: points %v, units %v, index %v", w.code, p.Matched.Points, p.Matched.InUnits, p.Index)
		}
	}
}

func TestQuantile(t *testing.T) {
	for _, w := range []struct {
		values []int64
		k, of  int64
		want   string
	}{
		{[]int64{1, 2, 3, 4}, 1, 4, "7/4"},
		{[]int64{1, 2, 3, 4}, 1, 2, "5/2"},
		{[]int64{1, 2, 3, 4}, 3, 4, "13/4"},
		{[]int64{7}, 1, 4, "7"},
		{[]int64{1, 2, 3}, 1, 2, "2"},
	} {
		equal(t, fmt.Sprint(w.values, w.k, w.of), quantile([][]int64{w.values}, w.k, w.of).RatString(), w.want)
	}
	if quantile(nil, 1, 2) != nil {
		t.Error("no values have no median")
	}
}

// Births, deaths and survival: a and b are born in 2021, c is old, d is newly
// mapped, e a conversion. a dies in 2023, b is out of sight after 2022, c seems
// to die in 2022 and is back in 2023.
func TestBirthsAndDeaths(t *testing.T) {
	b := newBook(t)
	live := func(unit string, year int, entry, status string) {
		b.mapping(unit, year, Row{"entry": entry, "status": status, "country": "FR"})
	}
	for unit, began := range map[string]int{"a": 2021, "b": 2021, "c": 1990, "d": 1995, "e": 2022} {
		b.cooperative(unit, Row{"registered": began, "origin": map[bool]string{true: "conversion", false: "startup"}[unit == "e"]})
	}
	live("a", 2021, "birth", "active")
	live("a", 2022, "birth", "active")
	live("a", 2023, "birth", "ceased")
	live("b", 2021, "birth", "active")
	live("b", 2022, "birth", "active")
	live("c", 2021, "existing", "active")
	live("c", 2022, "existing", "ceased")
	live("c", 2023, "reentry", "active")
	live("d", 2022, "existing", "active")
	live("d", 2023, "existing", "active")
	live("e", 2022, "restructuring", "active")
	live("e", 2023, "restructuring", "active")
	live("d", 2024, "existing", "active")
	for _, w := range []struct{ code, keys, value, n string }{
		{"I26a", "2021", "66.67", "3"}, // a and b of a, b, c
		{"I26a", "2022", "0.00", "4"},  // a b d e: c is not active that year
		{"I26b", "2022", "0.00", "4"},  // the death of c is cancelled
		{"I26b", "2023", "25.00", "4"}, // a of a, c, d, e
		{"I28", "2021/net", "2", "3"},
		{"I28", "2023/net", "-1", "4"},
		{"I28", "2022/converted_in", "1", "4"},
		{"I27", "2021/1", "100.00", "2"},
		{"I27", "2021/3", "0.00", "2"},
	} {
		p := point(t, b.compute(Query{Indicator: w.code}), strings.Split(w.keys, "/")...)
		equal(t, w.code+" "+w.keys, p.Value.String()+" "+fmt.Sprint(p.N), w.value+" "+w.n)
	}
	p := point(t, b.compute(Query{Indicator: "I27"}), "2021", "3")
	equal(t, "bounds", fmt.Sprint(p.Bounds[0], p.Bounds[1]), "0.00 50.00") // b is out of sight
	equal(t, "provisional", fmt.Sprint(point(t, b.compute(Query{Indicator: "I26b"}), "2023").Flags), "[P u]")
	equal(t, "final", fmt.Sprint(point(t, b.compute(Query{Indicator: "I26b"}), "2022").Flags), "[u]")
}

func TestWeight(t *testing.T) {
	b := facts(t)
	b.add("context", Row{"country": "FR", "year": 2021, "measure": "employment", "value": 3000})
	b.add("context", Row{"country": "FR", "year": 2021, "measure": "gdp", "value": 90000, "currency": "EUR"})
	b.add("population", Row{"country": "FR", "year": 2021, "known": 4})
	p := point(t, b.compute(Query{Indicator: "I30a"}), "2021")
	equal(t, "of employment", p.Value.String(), "3.000")
	if !p.AtLeast {
		t.Error("three of four cooperatives are fewer than four in five: at least")
	}
	equal(t, "of the product", point(t, b.compute(Query{Indicator: "I30b"}), "2021").Value.String(), "2.000")
	if point(t, b.compute(Query{Indicator: "I30a"}), "2022").Known {
		t.Error("without the country's employment there is no weight")
	}
}

// Turnover over the product per head: 1000, 3000 and 6000 over 200; of two sources
// the larger counts, and no figure is measured in another currency.
func TestRelative(t *testing.T) {
	b := facts(t)
	b.mapping("far", 2021, Row{"country": "US", "currency": "USD", "turnover": 900})
	b.mapping("abroad", 2021, Row{"country": "FR", "currency": "USD", "turnover": 900})
	b.add("context", Row{"country": "FR", "year": 2021, "measure": "gdp_per_capita", "value": 200, "currency": "EUR"})
	b.add("context", Row{"country": "FR", "year": 2021, "measure": "gdp_per_capita", "value": 100, "currency": "EUR"})
	b.add("context", Row{"country": "FR", "year": 2021, "measure": "gdp", "value": 7, "currency": "EUR"})
	p := point(t, b.compute(Query{Indicator: "I31"}), "2021")
	equal(t, "median", p.Value.String()+" "+fmt.Sprint(p.N)+" "+p.Unit, "15.00 3 ratio")
	b.add("context", Row{"country": "US", "year": 2021, "measure": "gdp_per_capita", "value": 45, "currency": "USD"})
	p = point(t, b.compute(Query{Indicator: "I31", By: []string{"country"}}), "2021", "US")
	equal(t, "of another country", p.Value.String(), "20.00")
	if p := point(t, facts(t).compute(Query{Indicator: "I31"}), "2021"); p.Known {
		t.Errorf("without the product per head there is no figure: %+v", p)
	}
}

// Women are told of five persons and three cooperatives at least; medians of
// five cooperatives and quartiles of twelve.
func TestThresholdsOfFormulas(t *testing.T) {
	b := newBook(t)
	for u := range 11 {
		row := Row{"members_f": 0, "members_m": 20, "persons_working": 10 + u}
		if u < 2 {
			row["members_f"] = 10
		}
		b.mapping(fmt.Sprint("u", u), 2021, row)
	}
	for code, want := range map[string]bool{"I10a": true, "I15a": false, "I15b": true, "I08m": false} {
		p := point(t, b.compute(Query{Indicator: code, Disclosure: true}), "2021")
		if p.Hidden != want {
			t.Errorf("%s: hidden %v, want %v", code, p.Hidden, want)
		}
		if p.Hidden && (p.Quartiles != nil || p.Value != (Decimal{})) {
			t.Errorf("%s tells what is hidden: %+v", code, p)
		}
	}
}

// Every concept of the catalogue is one that the questionnaire of its kind asks for.
func TestCatalogueReadsWhatIsAsked(t *testing.T) {
	for _, i := range Catalogue() {
		text, err := os.ReadFile(filepath.Join("..", "..", "assets", "forms", i.Reading()+".md"))
		if err != nil {
			t.Fatalf("the questionnaire that %s reads is not here: %v", i.Code, err)
		}
		for _, concept := range i.reads() {
			if !strings.Contains(string(text), " "+concept+" ") {
				t.Errorf("%s reads %s, which the questionnaire does not ask for", i.Code, concept)
			}
		}
	}
}

// The catalogue has every indicator of the domain reference, B.1.
func TestCatalogueHasEveryNumber(t *testing.T) {
	have := map[string]bool{}
	for _, i := range Catalogue() {
		have[i.Code[:3]] = true
	}
	for n := 1; n <= 34; n++ {
		if code := fmt.Sprintf("I%02d", n); !have[code] {
			t.Errorf("the catalogue has no %s", code)
		}
	}
	if len(have) != 34 {
		t.Errorf("the catalogue has %d numbers", len(have))
	}
}

// Every indicator of the catalogue answers over random histories, with and
// without disclosure control, whatever is missing, and never shows what is hidden.
func TestEveryIndicatorAnswers(t *testing.T) {
	all := Catalogue()
	rapid.Check(t, func(rt *rapid.T) {
		table := drawHistory(rt).table(t, nil)
		ind := rapid.SampledFrom(all).Draw(rt, "indicator")
		q := Query{Indicator: ind.Code, Disclosure: rapid.Bool().Draw(rt, "disclosure"), Totals: rapid.Bool().Draw(rt, "totals")}
		if rapid.Bool().Draw(rt, "by") {
			q.By = []string{rapid.SampledFrom(ind.By).Draw(rt, "breakdown")}
		}
		r, err := Compute(context.Background(), table, q)
		if err != nil {
			rt.Fatalf("%s: %v", ind.Code, err)
		}
		for _, p := range r.Points {
			if len(p.Keys) != len(r.By) {
				rt.Fatalf("%s: keys %v for %v", ind.Code, p.Keys, r.By)
			}
			if p.Hidden && (p.Value != (Decimal{}) || p.Quartiles != nil || p.Change != nil && p.Change.Known) {
				rt.Fatalf("%s tells what is hidden: %+v", ind.Code, p)
			}
		}
	})
}
