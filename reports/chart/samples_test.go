package chart

import (
	"errors"
	"sync"
	"testing"

	"coopatlas/assets"
	"coopatlas/reports/scene"
)

// shared is the one engine of most tests: under the race detector loading ECharts takes many seconds.
var shared = sync.OnceValues(fresh)

func fresh() (*Engine, error) {
	fonts, err := scene.ReportFonts()
	if err != nil {
		return nil, err
	}
	return NewEngine(fonts)
}

func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := shared()
	if errors.Is(err, assets.ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func values(segment, from, n int, values ...float64) []Point {
	var out []Point
	for i, v := range values {
		out = append(out, Point{Category: from + i, Value: v, N: n, Segment: segment})
	}
	return out
}

// turnover is the matched turnover of the UK panel, 2016 hollow.
func turnover() Definition {
	points := values(0, 0, 75, 100, 106.44, 113.07, 119.87, 123.81)
	points[0].N = 0
	for i, n := range []int{59, 54, 32} {
		points[i+2].N = n
	}
	points = append(points, Point{Category: 5, Value: 100, N: 8, Segment: 1, Flag: "u"})
	return Definition{
		Kind: Index, Title: "Worker cooperatives that reported in both years grew their turnover by a quarter between 2011 and 2015",
		Population: "Worker cooperatives, United Kingdom", Years: "2011–2016", Unit: "Index of turnover, 2011 = 100",
		Basis: "Matched cooperatives", Coverage: "Coverage 88 % to 63 % of turnover", Decimals: 1, Language: "en",
		Source:     "Open register of the United Kingdom; calculations by the network.",
		Data:       "Unreleased, data to 22 November 2026, frame 3f9a01bc77",
		Categories: []string{"2011", "2012", "2013", "2014", "2015", "2016"},
		Series:     []Series{{Name: "Matched", Points: points}},
	}
}

// three lines, one of them in three segments.
func three() Definition {
	d := turnover()
	d.Title = "Jobs held up better than memberships; member funds restart twice"
	d.Notes = []string{"Member funds of 2014 follow a new definition of reserves."}
	funds := append(values(0, 0, 49, 100, 108.1), values(1, 2, 40, 100, 96.5)...)
	funds = append(funds, values(2, 4, 12, 100, 104.2)...)
	funds[4].Flag = "b"
	d.Series = []Series{
		{Name: "Persons working", Points: values(0, 0, 64, 100, 101.2, 103.9, 102.2, 104.4, 105.8)},
		{Name: "Memberships", Points: values(0, 0, 37, 100, 99.1, 97.6, 98.2, 101.8, 105.1)},
		{Name: "Member funds and indivisible reserves", Points: funds},
	}
	return d
}

func columns() Definition {
	d := turnover()
	d.Kind, d.Unit, d.Basis, d.Decimals = Column, "Turnover, GBP million", "All respondents", 1
	d.Title = "Reported turnover fell because fewer old accounts were carried forward"
	d.Coverage = ""
	d.Series = []Series{{Name: "Turnover", Points: values(0, 0, 381, 1412.4, 1438.9, 1502.2, 1475, 998.4, 611.2)}}
	d.Series[0].Points[5].N = 12
	d.Series[0].Points[5].Flag = "u"
	return d
}

func small() Definition {
	d := turnover()
	d.Title, d.Compact, d.Population, d.Basis, d.Coverage, d.Source, d.Data = "Turnover", true, "", "", "", "", ""
	d.Years, d.Unit = "", "Index, 2011 = 100"
	return d
}

func french() Definition {
	d := columns()
	d.Language = "fr"
	d.Title = "Le chiffre d’affaires déclaré a reculé parce que moins d’anciens comptes ont été reportés"
	d.Population, d.Unit, d.Basis = "Coopératives de travail, Royaume-Uni", "Chiffre d’affaires, millions de livres", "Tous les répondants"
	d.Source = "Registre ouvert du Royaume-Uni ; calculs du réseau."
	d.Series = append(d.Series, Series{Name: "Dont entreprises sociales", Points: values(0, 0, 44, 212, 230.5, 241, 260, 243.1, 199.9)})
	d.Series[0].Name = "Coopératives de travail"
	return d
}
