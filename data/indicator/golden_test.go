package indicator

import (
	"fmt"
	"math"
	"testing"
)

// The golden test of domain.md B.2: u1 to u6, persons s to t.
func goldenUnits(t testing.TB, s, until int) *book {
	b := newBook(t)
	put := func(unit string, from, to any, entry string, founded int) {
		b.cooperative(unit, Row{"founded": founded})
		if from != nil {
			b.mapping(unit, s, Row{"persons_working": from, "entry": entry})
		}
		if to != nil {
			status := "active"
			if unit == "u6" {
				status = "ceased"
			}
			b.mapping(unit, until, Row{"persons_working": to, "entry": entry, "status": status})
		}
	}
	put("u1", 100, 110, "existing", 1990)
	put("u2", 50, 45, "existing", 1990)
	put("u3", 20, nil, "existing", 1990)
	put("u4", nil, 30, "existing", 1990)
	put("u5", nil, 5, "birth", until)
	put("u6", 10, 0, "existing", 1990)
	return b
}

func TestGoldenUnits(t *testing.T) {
	r := goldenUnits(t, 2021, 2022).compute(Query{Indicator: "I05", MinN: MinNOff, Decompose: true})
	p := point(t, r, "2022")
	equal(t, "levels", point(t, r, "2021").Value.String()+" "+p.Value.String(), "180 190")
	equal(t, "G1", told(p.Matched), "3.33 2 83.3")
	equal(t, "G2", told(p.Demographic), "0.00 4 88.9")
	equal(t, "G3", told(p.All), "5.56 6 100.0")
	d := r.Decompositions[0]
	equal(t, "sets", split(d), "5 0 5 -10 30 -20")
	equal(t, "moved", d.Moved.String(), "0")
	equal(t, "flows", fmt.Sprint(d.JobCreation, d.JobDestruction), "9.375 9.375")
	if !p.Matched.Headline || p.All.Headline {
		t.Error("G1 may be a headline, G3 never")
	}
}

func TestGoldenUnitsAnnualised(t *testing.T) {
	r := goldenUnits(t, 2021, 2023).compute(Query{Indicator: "I05", MinN: MinNOff})
	if got := point(t, r, "2023").Matched.Yearly; got != 1.65 {
		t.Errorf("a year: %v, want 1.65", got)
	}
}

// Golden panel A: persons working, a stock.
func panelA(t testing.TB) *book {
	b := newBook(t)
	const carried, gone = -1, -2
	values := map[string][4]any{
		"a": {100, 104, 110, 112}, "b": {40, nil, 44, 46}, "c": {60, carried, 66, carried},
		"d": {nil, nil, 30, 33}, "e": {nil, 8, 10, 9}, "f": {20, 16, gone, nil}, "g": {50, 55, nil, nil},
	}
	for _, unit := range sortedKeys(values) {
		founded, entry := 1990, "existing"
		switch unit {
		case "d":
			founded = 2010
		case "e":
			founded, entry = 2022, "birth"
		}
		b.cooperative(unit, Row{"founded": founded})
		for i, v := range values[unit] {
			year := 2021 + i
			switch v {
			case nil:
			case gone:
				b.mapping(unit, year, Row{"status": "ceased", "cessation_year": 2023})
			case carried:
				b.mapping(unit, year, Row{"persons_working": values[unit][i-1], "fiscal_start": day(year-1, 1, 1), "fiscal_end": day(year-1, 12, 31)})
			default:
				b.mapping(unit, year, Row{"persons_working": v, "entry": entry, "status": "active"})
			}
		}
	}
	b.mapping("b", 2022, Row{"outcome": "refused"})
	return b
}

func TestGoldenPanelA(t *testing.T) {
	b := panelA(t)
	r := b.compute(Query{Indicator: "I05", MinN: MinNOff, Decompose: true})
	wants := []struct{ year, value, g1, g2, g3, sets string }{
		{"2022", "243", "2.94 3 63.0", "7.65 4 63.0", "-10.00 6 100.0", "5 0 8 0 0 -40"},
		{"2023", "260", "7.14 2 46.1", "-6.25 3 52.7", "7.00 7 100.0", "8 6 0 -16 74 -55"},
		{"2024", "266", "3.09 4 74.6", "3.09 4 74.6", "2.31 5 100.0", "6 0 0 0 0 0"},
	}
	equal(t, "2021", point(t, r, "2021").Value.String(), "270")
	for i, w := range wants {
		p := point(t, r, w.year)
		equal(t, w.year+" value", p.Value.String(), w.value)
		equal(t, w.year+" G1", told(p.Matched), w.g1)
		equal(t, w.year+" G2", told(p.Demographic), w.g2)
		equal(t, w.year+" G3", told(p.All), w.g3)
		equal(t, w.year+" sets", split(r.Decompositions[i]), w.sets)
	}
	if c := point(t, r, "2023").Matched; c.Headline || c.Reason != ReasonShare {
		t.Errorf("46.1 %% of the base is no headline: %+v", c)
	}
	d := r.Decompositions[0]
	equal(t, "job flows", fmt.Sprintf("%.2f %.2f", d.JobCreation, d.JobDestruction), "9.63 2.27")
	equal(t, "M sums", d.Sets[SetMatched].From.String()+" "+d.Sets[SetMatched].To.String(), "170 175")
	equal(t, "matched index", line(r), "100.00 102.94 | 100.00 103.09")
	g2 := b.compute(Query{Indicator: "I05", MinN: MinNOff, Basis: Demographic})
	equal(t, "demographic index", line(g2), "100.00 107.65 100.92 104.04")
	for i, pt := range r.Points {
		if other := g2.Points[i]; pt.Beside == nil || pt.Beside.Index != *other.Index || pt.Beside.Segment != other.Segment || other.Beside != nil {
			t.Errorf("%d: beside the matched index stands %+v, on its own basis %v", pt.Year, pt.Beside, *other.Index)
		}
	}
	equal(t, "all has no index", line(b.compute(Query{Indicator: "I05", Basis: All})), "- - - -")
}

func TestGoldenPanelAAnyPairs(t *testing.T) {
	r := panelA(t).compute(Query{Indicator: "I05", MinN: MinNOff, Pairs: Any})
	for _, w := range []struct{ year, g1, g2 string }{
		{"2022", "2.17 4 85.2", "5.65"}, {"2023", "8.14 3 70.8", "-1.06"}, {"2024", "2.31 5 100.0", "2.31"},
	} {
		p := point(t, r, w.year)
		equal(t, w.year, told(p.Matched), w.g1)
		equal(t, w.year+" G2", fixed(&p.Demographic.Pct, 2), w.g2)
		if p.Matched.Headline {
			t.Error("pairs of any sort are never a headline")
		}
	}
	equal(t, "index", line(r), "100.00 102.17 110.49 113.04")
}

// Golden panel B: turnover, a flow, with a merger, a changed unit, short
// periods and a band.
func panelB(t testing.TB) *book {
	b := newBook(t)
	for unit, founded := range map[string]int{"p": 1990, "q": 1990, "r": 1990, "s": 1990, "t": 2022, "u": 1990, "v": 2023, "w": 1990} {
		b.cooperative(unit, Row{"founded": founded})
	}
	years := func(unit string, values ...any) {
		for i, v := range values {
			if v != nil {
				b.mapping(unit, 2022+i, Row{"turnover": v, "persons_working": 5, "currency": "LCU", "entry": "existing"})
			}
		}
	}
	years("p", 300, 450, 441)
	years("q", 100)
	b.mapping("q", 2023, Row{"status": "merged", "cessation_year": 2023})
	b.link("q", "merged_into", "p", day(2023, 6, 15))
	for i, persons := range []int{49, 50, 51} {
		b.mapping("r", 2022+i, Row{"turnover": []int{150, 165, 165}[i], "persons_working": persons, "currency": "LCU"})
	}
	years("s", 80)
	b.mapping("s", 2023, Row{"turnover": 30, "currency": "LCU", "status": "ceased", "fiscal_end": day(2023, 9, 30)})
	b.mapping("t", 2022, Row{"turnover": 90, "currency": "LCU", "entry": "birth", "fiscal_start": day(2022, 7, 1)})
	years("t", nil, 200, 210)
	for i, cover := range []string{"entity", "group", "group"} {
		b.mapping("u", 2022+i, Row{"turnover": []int{200, 600, 630}[i], "figures_cover": cover, "currency": "LCU"})
	}
	b.mapping("v", 2023, Row{"turnover": 25, "currency": "LCU", "entry": "birth", "fiscal_start": day(2023, 9, 1)})
	b.mapping("v", 2024, Row{"turnover": 60, "currency": "LCU"})
	years("w", 40, nil, 45)
	b.mapping("w", 2023, Row{"turnover_band": "10k-50k", "currency": "LCU"})
	return b
}

func TestGoldenPanelB(t *testing.T) {
	b := panelB(t)
	r := b.compute(Query{Indicator: "I13", MinN: MinNOff, Decompose: true})
	equal(t, "unit", r.Unit, "LCU")
	equal(t, "2022", point(t, r, "2022").Value.String(), "960")
	for i, w := range []struct{ year, value, g1, g2, g3, sets, sums string }{
		{"2023", "1470", "11.82 2 57.3", "6.35 4 65.6", "53.13 7 100.0", "65 510 25 -50 0 -40", "550 615"},
		{"2024", "1551", "2.19 4 96.3", "0.07 5 98.3", "5.51 7 100.0", "31 35 0 -30 45 0", "1415 1446"},
	} {
		p, d := point(t, r, w.year), r.Decompositions[i]
		equal(t, w.year+" value", p.Value.String(), w.value)
		equal(t, w.year+" G1", told(p.Matched), w.g1)
		equal(t, w.year+" G2", told(p.Demographic), w.g2)
		equal(t, w.year+" G3", told(p.All), w.g3)
		equal(t, w.year+" sets", split(d), w.sets)
		equal(t, w.year+" M", d.Sets[SetMatched].From.String()+" "+d.Sets[SetMatched].To.String(), w.sums)
	}
	equal(t, "matched index", line(r), "100.00 111.82 114.27")
	equal(t, "demographic index", line(b.compute(Query{Indicator: "I13", MinN: MinNOff, Basis: Demographic})), "100.00 106.35 106.42")
}

func TestGoldenPanelBBySize(t *testing.T) {
	r := panelB(t).compute(Query{Indicator: "I13", MinN: MinNOff, By: []string{"size"}, Decompose: true})
	for _, d := range r.Decompositions {
		if d.Keys[0] == "2023" && d.Keys[1] == "10-49" {
			equal(t, "r", split(d), "15 0 0 0 0 0")
			equal(t, "r moved on", d.Moved.String(), "-165")
			if d.Sets[SetMatched].N != 1 {
				t.Errorf("class 10-49 holds %d, want r alone", d.Sets[SetMatched].N)
			}
		}
	}
	p := point(t, r, "2022", "10-49")
	equal(t, "the class at s", p.Value.String(), "150")
	for _, p := range r.Points {
		if p.Year == 2023 && p.Keys[1] == "50-249" && p.Matched.N != 0 {
			t.Errorf("a mover counts in the class it came from: %+v", p.Matched)
		}
	}
}

func TestGoldenRatio(t *testing.T) {
	b := newBook(t)
	for unit, v := range map[string][2][2]any{
		"x": {{30, 10}, {33, 11}}, "y": {{20, nil}, {20, 5}}, "z": {{5, 15}, {4, 16}},
	} {
		for i, pair := range v {
			b.mapping(unit, 2021+i, Row{"worker_members": pair[0], "non_member_employees": pair[1]})
		}
	}
	r := b.compute(Query{Indicator: "I08", MinN: MinNOff})
	s, u := point(t, r, "2021"), point(t, r, "2022")
	equal(t, "levels", fmt.Sprint(s.Value, s.N, u.Value, u.N), "58.33 2 64.04 3")
	equal(t, "all", fixed(&u.All.Pct, 2), "5.71")
	equal(t, "matched", told(u.Matched), "-0.52 2 100.0")
	if !u.Matched.Points || u.Index != nil {
		t.Error("the change of a percentage is in points and has no index")
	}
}

func TestGoldenGap(t *testing.T) {
	b := newBook(t)
	b.mapping("a", 2021, Row{"persons_working": Scaled{1000, 1}})
	b.mapping("a", 2024, Row{"persons_working": Scaled{1331, 1}})
	r := b.compute(Query{Indicator: "I05", MinN: MinNOff})
	c := point(t, r, "2024").Change
	equal(t, "gap", fmt.Sprintf("%s, %v a year", told(c), c.Yearly), "33.10 1 100.0, 10 a year")
	equal(t, "index", line(r), "100.00 133.10")
}

func TestDistribution(t *testing.T) {
	g, corrected, ok := Gini([]float64{4, 1, 3, 2})
	near(t, "Gini", g, 0.25, 1e-12)
	near(t, "Gini corrected", corrected, 1.0/3, 1e-12)
	near(t, "HHI", HHI([]float64{1, 2, 3, 4}), 0.30, 1e-12)
	near(t, "CR2", CR([]float64{1, 2, 3, 4}, 2), 0.70, 1e-12)
	cagr, err := CAGR(100, 133.1, 3)
	near(t, "CAGR", cagr, 0.10, 1e-12)
	low, high := Wilson(12, 40)
	near(t, "Wilson low", low, 0.181, 5e-4)
	near(t, "Wilson high", high, 0.454, 5e-4)
	if !ok || err != nil {
		t.Error("all are known")
	}
	if _, err := CAGR(-1, 2, 1); err == nil {
		t.Error("no rate from a negative base")
	}
	if _, _, ok := Gini([]float64{-1, 2}); ok {
		t.Error("no Gini of negative values")
	}
	if HHI(nil) != 0 || CR(nil, 2) != 0 {
		t.Error("nothing is not concentrated")
	}
	if low, high := Wilson(0, 0); low != 0 || high != 1 {
		t.Error("nothing asked, nothing known")
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
