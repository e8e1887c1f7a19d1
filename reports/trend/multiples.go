package trend

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
)

// MostMultiples is how many charts stand side by side; more classes are seen by a filter.
const MostMultiples = 12

// Multiple is the chart of one class of a second breakdown.
type Multiple struct {
	Class      string
	Definition chart.Definition
}

// Multiples makes a chart for each class of the second breakdown, those with the most cooperatives first, all on the
// same axes and with the same colours. left names the classes that are not drawn: there are too many, or none of their
// changes may be printed.
func Multiples(r *indicator.Result, labels Labels) (out []Multiple, left []string, err error) {
	c := newCharter(r, labels)
	classes := order(r, func(p indicator.Point) string { return p.Keys[multiplied] })
	lines := order(r, func(p indicator.Point) string { return c.lineName(p) })
	for i, class := range classes {
		name := labels.Class(r.By[multiplied], class)
		one := newCharter(part(r, class), labels)
		one.part = true
		d, err := one.chart()
		switch {
		case i >= MostMultiples || errors.Is(err, ErrNothing):
			left = append(left, name)
			continue
		case err != nil:
			return nil, nil, err
		}
		d = chart.Definition{Kind: d.Kind, Title: name, Compact: true, Categories: d.Categories, Series: d.Series, Decimals: d.Decimals, Language: d.Language,
			Numbers: d.Numbers, Phrases: d.Phrases, Flags: d.Flags, Notes: d.Notes} // what is said of all is said once
		d.Categories, d.Series = aligned(r, d), sameColours(d.Series, lines)
		out = append(out, Multiple{class, d})
	}
	all := make([]*chart.Definition, len(out))
	for i := range out {
		all[i] = &out[i].Definition
	}
	if len(all) > 0 {
		chart.SameAxes(all)
	}
	return out, left, nil
}

// multiplied is the place of the breakdown, among those of a result, that each class of has a chart.
const multiplied = 2

// lineName names the line of a point in the chart of its class.
func (c *charter) lineName(p indicator.Point) string {
	var parts []string
	for i, value := range p.Keys {
		if i > 0 && i != multiplied {
			parts = append(parts, c.Class(c.result.By[i], value))
		}
	}
	return strings.Join(parts, ", ")
}

// order gives the names of points, those with the most cooperatives in the newest year first.
func order(r *indicator.Result, name func(indicator.Point) string) []string {
	newest := 0
	for _, p := range r.Points {
		newest = max(newest, p.Year)
	}
	n := map[string]int{}
	var out []string
	for _, p := range r.Points {
		of := name(p)
		if _, known := n[of]; !known {
			out = append(out, of)
			n[of] = 0
		}
		if p.Year == newest {
			n[of] += p.N
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	return out
}

// part is the result of one class of the second breakdown alone.
func part(r *indicator.Result, class string) *indicator.Result {
	out := *r
	out.By, out.Points, out.Decompositions = slices.Delete(slices.Clone(r.By), multiplied, multiplied+1), nil, nil
	for _, p := range r.Points {
		if p.Keys[multiplied] == class {
			p.Keys = slices.Delete(slices.Clone(p.Keys), multiplied, multiplied+1)
			out.Points = append(out.Points, p)
		}
	}
	return &out
}

// aligned gives a chart all years of the result, and moves its points to them.
func aligned(r *indicator.Result, d chart.Definition) []string {
	first, last := r.Points[0].Year, r.Points[0].Year
	for _, p := range r.Points {
		first, last = min(first, p.Year), max(last, p.Year)
	}
	var years []string
	for y := first; y <= last; y++ {
		years = append(years, strconv.Itoa(y))
	}
	shift := max(slices.Index(years, d.Categories[0]), 0)
	for s := range d.Series {
		for i := range d.Series[s].Points {
			d.Series[s].Points[i].Category += shift
		}
	}
	return years
}

// sameColours puts the series of a chart in one order for all charts, with an empty one where a class has none, so that
// a class has the same colour everywhere.
func sameColours(series []chart.Series, lines []string) []chart.Series {
	out := make([]chart.Series, 0, chart.MaxSeries)
	for _, name := range lines[:min(len(lines), chart.MaxSeries)] {
		one := chart.Series{Name: name}
		if at := slices.IndexFunc(series, func(s chart.Series) bool { return s.Name == name }); at >= 0 {
			one = series[at]
		}
		out = append(out, one)
	}
	return out
}

// Sheet puts the charts of a result with two breakdowns side by side, and says what holds for all of them once. Its error
// wraps ErrNothing where none can be drawn.
func Sheet(r *indicator.Result, labels Labels) (chart.Sheet, error) {
	all, left, err := Multiples(r, labels)
	if err != nil {
		return chart.Sheet{}, err
	}
	if len(all) == 0 {
		_, err := Chart(r, labels)
		return chart.Sheet{}, cmp.Or(err, ErrNothing)
	}
	return SheetOf(r, labels, all, left), nil
}

// SheetOf is Sheet of charts that are made already, with what Multiples left out.
func SheetOf(r *indicator.Result, labels Labels, all []Multiple, left []string) chart.Sheet {
	head, _ := Chart(r, labels) // where it may not be drawn as one chart, its words stand all the same
	c := newCharter(r, labels)
	head.Notes, head.Compact = c.notes(), false // without that of a chart with too many lines
	if text := Left(labels.Words, left); text != "" {
		head.Notes = append(head.Notes, text)
	}
	out := chart.Sheet{Head: head}
	for _, one := range all {
		out.Charts = append(out.Charts, one.Definition)
	}
	return out
}

// Left says which classes have no chart; nothing where all have.
func Left(say *words.Words, left []string) string {
	if len(left) == 0 {
		return ""
	}
	return say.Say("trend.multiples_left", "Classes", say.List(left))
}
