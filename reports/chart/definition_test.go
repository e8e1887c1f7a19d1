package chart

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestBadDefinitionsAreNamed(t *testing.T) {
	for want, spoil := range map[string]func(d *Definition){
		"kind":        func(d *Definition) { d.Kind = "pie" },
		"no title":    func(d *Definition) { d.Title = " " },
		"population":  func(d *Definition) { d.Population = "" },
		"its source":  func(d *Definition) { d.Source = "" },
		"its basis":   func(d *Definition) { d.Basis = "" },
		"0 series":    func(d *Definition) { d.Series = nil },
		"7 series":    func(d *Definition) { d.Series = make([]Series, 7) },
		"categories;": func(d *Definition) { d.Categories = nil },
		"category 9":  func(d *Definition) { d.Series[0].Points[0].Category = 9 },
		"value of":    func(d *Definition) { d.Series[0].Points[0].Value = math.NaN() },
		"n of 2011":   func(d *Definition) { d.Series[0].Points[0].N = -1 },
		"two points":  func(d *Definition) { d.Series[0].Points[1].Category = 0 },
		"size":        func(d *Definition) { d.Width = 3 },
		"decimals":    func(d *Definition) { d.Decimals = 40 },
		"larger":      func(d *Definition) { a, b := 5.0, 5.0; d.Minimum, d.Maximum = &a, &b },
	} {
		d := turnover()
		spoil(&d)
		if err := d.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v must say %q", err, want)
		}
	}
	for _, good := range []Definition{turnover(), three(), columns(), small(), french()} {
		if err := good.check(); err != nil {
			t.Error(err)
		}
	}
}

func TestTwoSegmentsMayMeetInOneYear(t *testing.T) {
	d := turnover()
	d.Series[0].Points[5].Category = 4
	if err := d.check(); err != nil {
		t.Error(err)
	}
	if got := d.table().Rows[4][1]; got != "123.8 / 100.0" {
		t.Errorf("the table shows both, not %q", got)
	}
}

func TestValueAxis(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		compact  bool
		values   []float64
		min, max float64
		labels   string
	}{
		{Index, false, []float64{100, 123.81}, 100, 125, "100 105 110 115 120 125"},
		{Index, false, []float64{100, 102}, 96, 106, "96 98 100 102 104 106"},
		{Index, false, []float64{60, 100}, 60, 100, "60 70 80 90 100"},
		{Index, true, []float64{100, 123.81}, 100, 130, "100 110 120 130"},
		{Column, false, []float64{1502.2, 611}, 0, 1750, "0 250 500 750 1,000 1,250 1,500 1,750"},
		{Column, false, []float64{0.3}, 0, 0.3, "0.0 0.1 0.2 0.3"},
		{Column, false, []float64{-40, 100}, -40, 100, "\u221240 \u221220 0 20 40 60 80 100"},
		{Level, false, []float64{58.33, 64.04}, 0, 70, "0 10 20 30 40 50 60 70"},
		{Column, false, nil, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0"},
	} {
		d := Definition{Kind: c.kind, Compact: c.compact, Series: []Series{{Points: values(0, 0, 0, c.values...)}}}
		a := d.valueAxis()
		if got := strings.Join(a.labels, " "); a.min != c.min || a.max != c.max || got != c.labels {
			t.Errorf("%s %v: %v to %v, %q; want %v to %v, %q", c.kind, c.values, a.min, a.max, got, c.min, c.max, c.labels)
		}
	}
}

func TestValueAxisHoldsEveryValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := math.Pow(10, float64(rapid.IntRange(-4, 9).Draw(t, "scale")))
		list := rapid.SliceOfN(rapid.Float64Range(-100, 100), 1, 8).Draw(t, "values")
		d := Definition{Kind: rapid.SampledFrom([]Kind{Index, Level, Column}).Draw(t, "kind"), Compact: rapid.Bool().Draw(t, "compact")}
		s := Series{}
		for i, v := range list {
			s.Points = append(s.Points, Point{Category: i, Value: v * scale})
		}
		d.Series = []Series{s}
		a := d.valueAxis()
		slack := (a.max - a.min) * 1e-6
		d.eachPoint(func(p Point) {
			if p.Value < a.min-slack || p.Value > a.max+slack {
				t.Fatalf("%v lies outside %v to %v", p.Value, a.min, a.max)
			}
		})
		if b := d.base(); b < a.min-slack || b > a.max+slack {
			t.Fatalf("the base %v lies outside %v to %v", b, a.min, a.max)
		}
		if n := len(a.labels); n < 2 || n > d.tickRange()+1 {
			t.Fatalf("%d ticks", n)
		}
		if math.Abs((a.max-a.min)/a.step-float64(len(a.labels)-1)) > 1e-6 {
			t.Fatalf("the steps %v do not divide %v to %v in %d", a.step, a.min, a.max, len(a.labels)-1)
		}
	})
}

func TestSameAxes(t *testing.T) {
	a, b := small(), small()
	b.Series = []Series{{Points: values(0, 0, 30, 100, 82)}}
	SameAxes([]*Definition{&a, &b})
	x, y := a.valueAxis(), b.valueAxis()
	if x.min != y.min || x.max != y.max || x.min > 82 || x.max < 123.8 {
		t.Errorf("the axes %v to %v and %v to %v must be one", x.min, x.max, y.min, y.max)
	}
}

func TestNumbersInTheLanguageOfTheChart(t *testing.T) {
	for _, c := range []struct {
		language string
		value    float64
		decimals int
		want     string
	}{
		{"en", 1234.5, 1, "1,234.5"}, {"fr", 1234.5, 1, "1\u202f234,5"}, {"fr-BE", -1234567, 0, "\u22121\u202f234\u202f567"},
		{"it", 1234.5, 1, "1.234,5"}, {"pt", 12345.5, 1, "12\u202f345,5"}, {"xx", 999, 0, "999"}, {"en", -0.04, 1, "0.0"}, {"en", 2.345, 2, "2.35"}, {"en", 1e15, 0, "1,000,000,000,000,000"},
	} {
		d := Definition{Language: c.language, Decimals: c.decimals}
		if got := d.value(c.value); got != c.want {
			t.Errorf("%s: %v is %q, want %q", c.language, c.value, got, c.want)
		}
	}
}

type shouting struct{}

func (shouting) Number(float64, int) string { return "MANY" }

func TestNumbersAndPhrasesCanBeGiven(t *testing.T) {
	d := turnover()
	d.Numbers, d.Phrases = shouting{}, &Phrases{Source: "Herkunft", Colon: ": "}
	if d.value(3) != "MANY" || !strings.HasPrefix(d.sourceLines()[0], "Herkunft: ") {
		t.Error("what is given must be used")
	}
}

func TestBothLanguagesSayEverything(t *testing.T) {
	for code, p := range phraseTable {
		for i, text := range []string{p.Source, p.Data, p.Colon, p.N, p.SmallMarker, p.SmallColumn, p.SmallShort, p.Gap, p.GapShort, p.Break, p.Category, p.Flag, p.Table, p.None} {
			if text == "" {
				t.Errorf("%s: phrase %d is missing", code, i)
			}
		}
		for flag := range phraseTable["en"].Flags {
			if p.Flags[flag] == "" {
				t.Errorf("%s: flag %s is missing", code, flag)
			}
		}
	}
}

func TestDescribe(t *testing.T) {
	d := turnover()
	want := "Matched: 2011 100.0, 2015 123.8, 2016 100.0"
	if got := Describe(d); !strings.Contains(got, want) || !strings.HasPrefix(got, "Worker cooperatives, United Kingdom") {
		t.Errorf("got %q, want it to hold %q", got, want)
	}
	d.Alt = "A line"
	if Describe(d) != "A line" {
		t.Error("a given description is used")
	}
}
