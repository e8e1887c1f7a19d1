package chart

import (
	"fmt"
	"math"
	"strings"
)

// Kind says how a chart is drawn.
type Kind string

// The kinds of charts.
const (
	Index  Kind = "index"  // chained index lines in segments, about a base line at 100
	Level  Kind = "level"  // levels as lines in segments, from zero: shares, medians, means
	Column Kind = "column" // levels as columns, from zero, never joined: all respondents
)

// Limits of what one chart can show and still be read.
const (
	MaxSeries     = 6
	MaxCategories = 60
	SmallN        = 20 // a point that rests on fewer is drawn hollow
)

// Definition is a chart before it is drawn. Title, Population, Years, Unit, Basis and Source must be given, except in
// a Compact chart, where the page round it says them once for all.
type Definition struct {
	Kind       Kind
	Title      string // the finding, in one sentence
	Population string // who is counted: "Worker cooperatives, United Kingdom"
	Years      string // "2011–2016"
	Unit       string // "Index, 2011 = 100", "GBP million"
	Basis      string // "Matched cooperatives"
	Coverage   string // "Coverage 63 %"; empty where it is not known
	Source     string // without the word "Source"
	Data       string // the data line: release or frame
	Notes      []string
	Categories []string // usually years, evenly spaced: give every year between, with or without points
	Series     []Series // at most MaxSeries
	// Width and Height are in points; 0 means 480 × 300, or 232 × 168 where Compact. Where the texts leave too little
	// room for the plot, the drawing grows higher.
	Width, Height float64
	Compact       bool     // a small multiple: smaller type, fewer ticks
	Minimum       *float64 // lower end of the value axis, where charts side by side share one; see SameAxes
	Maximum       *float64 // upper end
	Decimals      int      // of the values, 0 to 6
	Language      string   // code of the language for Numbers and Phrases where those are not given
	Alt           string   // what the chart shows, for those who cannot see it; empty: made from the values
	Flags         map[string]string
	Numbers       Numbers  // how numbers are written; nil: by Language
	Phrases       *Phrases // the chart's own few words; nil: by Language
}

// Series is one line, or one colour of columns.
type Series struct {
	Name   string
	Points []Point
}

// Point is one value. Category is the index in Definition.Categories. N is the number of cooperatives it rests on; 0
// where it rests on none of its own, like the base year of an index. Points of one Segment are joined in the order of
// their categories, points of different segments never. Flag is a letter of the SDMX observation status, or empty.
type Point struct {
	Category int
	Value    float64
	N        int
	Segment  int
	Flag     string
}

// check returns what is wrong with a definition, in one sentence that names it.
func (d *Definition) check() error {
	if _, known := kinds[d.Kind]; !known {
		return fmt.Errorf("chart %q: the kind %q is unknown: use index, level or column", d.Title, d.Kind)
	}
	if len(d.Series) == 0 || len(d.Series) > MaxSeries {
		return fmt.Errorf("chart %q: %d series; a chart shows 1 to %d", d.Title, len(d.Series), MaxSeries)
	}
	if len(d.Categories) == 0 || len(d.Categories) > MaxCategories {
		return fmt.Errorf("chart %q: %d categories; a chart shows 1 to %d", d.Title, len(d.Categories), MaxCategories)
	}
	if err := d.checkWords(); err != nil {
		return err
	}
	for _, size := range [...]float64{d.Width, d.Height} {
		if size != 0 && !(size >= 120 && size <= 4000) {
			return fmt.Errorf("chart %q: a size of %g points; width and height go from 120 to 4000", d.Title, size)
		}
	}
	if d.Decimals < 0 || d.Decimals > 6 {
		return fmt.Errorf("chart %q: %d decimals; give 0 to 6", d.Title, d.Decimals)
	}
	if d.Minimum != nil && d.Maximum != nil && !(*d.Minimum < *d.Maximum) {
		return fmt.Errorf("chart %q: the axis goes from %g to %g; the maximum must be larger", d.Title, *d.Minimum, *d.Maximum)
	}
	for _, s := range d.Series {
		if err := d.checkPoints(s); err != nil {
			return err
		}
	}
	return nil
}

func (d *Definition) checkWords() error {
	if strings.TrimSpace(d.Title) == "" {
		return fmt.Errorf("a chart has no title: say what it shows in one sentence")
	}
	if d.Compact {
		return nil
	}
	for _, w := range [...]struct{ name, text string }{
		{"population", d.Population}, {"years", d.Years}, {"unit", d.Unit}, {"basis", d.Basis}, {"source", d.Source},
	} {
		if strings.TrimSpace(w.text) == "" {
			return fmt.Errorf("chart %q: its %s is not said; every chart names population, years, unit, basis and source", d.Title, w.name)
		}
	}
	return nil
}

func (d *Definition) checkPoints(s Series) error {
	type place struct{ segment, category int }
	seen := map[place]bool{}
	for _, p := range s.Points {
		if p.Category < 0 || p.Category >= len(d.Categories) {
			return fmt.Errorf("chart %q, series %q: a point in category %d; there are %d", d.Title, s.Name, p.Category, len(d.Categories))
		}
		if math.IsNaN(p.Value) || math.Abs(p.Value) > 1e15 {
			return fmt.Errorf("chart %q, series %q: the value of %s cannot be drawn (%g); leave the point out",
				d.Title, s.Name, d.Categories[p.Category], p.Value)
		}
		if p.N < 0 {
			return fmt.Errorf("chart %q, series %q: n of %s is %d; give 0 or more", d.Title, s.Name, d.Categories[p.Category], p.N)
		}
		at := place{p.Segment, p.Category}
		if d.Kind == Column {
			at.segment = 0 // two columns cannot stand in one place
		}
		if seen[at] {
			return fmt.Errorf("chart %q, series %q: two points for %s", d.Title, s.Name, d.Categories[p.Category])
		}
		seen[at] = true
	}
	return nil
}

// small says whether a point rests on so few that it is drawn hollow.
func (p Point) small() bool { return p.N > 0 && p.N < SmallN }

// eachPoint calls a function for every point of every series.
func (d *Definition) eachPoint(do func(p Point)) {
	for _, s := range d.Series {
		for _, p := range s.Points {
			do(p)
		}
	}
}
