package brief

import (
	"fmt"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"

	"gopkg.in/yaml.v3"
)

// multiple is one of several charts side by side.
type multiple struct {
	definition *chart.Definition
	figure     *document.Figure
}

// figures are small multiples: the indexes share one axis, and all share the years.
func (b *builder) figures(parameters *yaml.Node) ([]document.Block, error) {
	var in struct {
		Indicators    []string
		Columns       int
		Width, Height float64
	}
	if err := decode(parameters, &in); err != nil {
		return nil, err
	}
	if len(in.Indicators) == 0 {
		return nil, fmt.Errorf("it names no indicators: write indicators: [I01, I04]")
	}
	var all []multiple
	var indexes []*chart.Definition
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		one := b.multiple(p)
		one.definition.Compact = true
		one.definition.Width, one.definition.Height = in.Width, in.Height
		if one.definition.Kind == chart.Index && hasPoints(one.definition) {
			indexes = append(indexes, one.definition)
		}
		all = append(all, one)
	}
	chart.SameAxes(indexes)
	grid := &document.Grid{Columns: max(in.Columns, 1), Note: b.Words.Say("bulletin.figures_note")}
	for _, one := range all {
		if hasPoints(one.definition) {
			drawing, err := b.Charts.Scene(*one.definition)
			if err != nil {
				return nil, err
			}
			one.figure.Drawing = drawing
		}
		grid.Figures = append(grid.Figures, one.figure)
	}
	b.fillEmpty(all, grid)
	return []document.Block{grid}, nil
}

// oneFigure is one chart with all that a chart must say.
func (b *builder) oneFigure(parameters *yaml.Node) ([]document.Block, error) {
	var in struct {
		Indicator     string
		Width, Height float64
	}
	if err := decode(parameters, &in); err != nil {
		return nil, err
	}
	p, err := b.panel(in.Indicator)
	if err != nil {
		return nil, err
	}
	one := b.multiple(p)
	d := one.definition
	d.Width, d.Height = in.Width, in.Height
	d.Population, d.Years, d.Data = b.where(), b.years(), ""
	d.Source = b.dataLine()
	if d.Coverage, err = b.coverage(b.To); err != nil {
		return nil, err
	}
	if one.figure.Drawing, err = b.Charts.Scene(*d); err != nil {
		return nil, err
	}
	return []document.Block{one.figure}, nil
}

func hasPoints(d *chart.Definition) bool {
	for _, series := range d.Series {
		if len(series.Points) > 0 {
			return true
		}
	}
	return false
}

// multiple defines the chart of a panel: columns of levels where there is no matched basis, lines of levels for
// ratios, else matched index lines in segments.
func (b *builder) multiple(p *panel) multiple {
	d := &chart.Definition{
		Kind: chart.Index, Title: b.short(p.Indicator), Unit: b.Words.Say("bulletin.chart.index"),
		Basis: b.Words.Say("bulletin.chart.matched"), Language: b.Words.Language(), Numbers: b.Words,
	}
	for year := b.From; year <= b.To; year++ {
		d.Categories = append(d.Categories, fmt.Sprint(year))
	}
	switch {
	case !p.HasMatched():
		d.Kind, d.Unit, d.Basis = chart.Column, b.unitName(p.Unit), b.Words.Say("bulletin.chart.all")
		d.Series = b.levels(p)
	case p.percent():
		d.Kind, d.Unit, d.Basis = chart.Level, "%", b.Words.Say("bulletin.chart.all")
		d.Series = b.levels(p)
	default:
		d.Series = b.indexes(p)
		d.Decimals = 0
	}
	if len(d.Series) == 0 {
		d.Series = []chart.Series{{Name: d.Title}}
	}
	if !hasPoints(d) {
		d.Notes = []string{b.nothing(p)}
	}
	d.Alt = b.alt(d)
	return multiple{definition: d, figure: &document.Figure{Alt: d.Alt, Data: b.dataOf(d)}}
}

// nothing says why a chart is empty.
func (b *builder) nothing(p *panel) string {
	if len(p.lines) == 0 {
		return b.Words.Say("bulletin.no_value")
	}
	point := p.lines[0].latest()
	return b.Words.Say("bulletin.chart.none", words.Args{"Reason": b.reason(point.Matched), "Year": words.Year(point.Year)})
}

// levels draws the reported values.
func (b *builder) levels(p *panel) []chart.Series {
	var out []chart.Series
	for _, line := range p.lines[:min(len(p.lines), chart.MaxSeries)] {
		series := chart.Series{Name: b.name(p, line)}
		for _, point := range line.points {
			if point.Known && !point.Hidden && b.within(point.Year) {
				series.Points = append(series.Points, chart.Point{
					Category: point.Year - b.From, Value: point.Value.Float(), N: point.N, Segment: point.Segment, Flag: shown(point.Flags),
				})
			}
		}
		out = append(out, series)
	}
	return out
}

// within tells whether a year is among those of the brief.
func (b *builder) within(year int) bool {
	return indicator.Span{From: b.From, To: b.To, Years: b.Years}.Covers(year)
}

// shown is the flag of a level that a chart shows.
func shown(flags []string) string {
	for _, flag := range flags {
		if flag == indicator.FlagImputed || flag == indicator.FlagEstimated || flag == indicator.FlagUnvalidated {
			return flag
		}
	}
	return ""
}

// indexes draws the chained indexes: matched, and beside it with births and deaths where that differs; of several
// currencies the matched one each.
func (b *builder) indexes(p *panel) []chart.Series {
	var out []chart.Series
	for _, line := range p.lines[:min(len(p.lines), chart.MaxSeries)] {
		name := b.Words.Say("bulletin.chart.matched_series")
		if len(p.lines) > 1 {
			name = line.unit
		}
		matched := chart.Series{Name: name, Points: b.indexPoints(line, matchedOf)}
		if len(matched.Points) > 0 {
			out = append(out, matched)
		}
		other := b.indexPoints(line, line.demographicOf)
		if len(p.lines) == 1 && len(other) > 0 && !same(matched.Points, other) {
			out = append(out, chart.Series{Name: b.Words.Say("bulletin.chart.demographic_series"), Points: other})
		}
	}
	return out
}

// basisPoint gives the point and the change of a basis.
type basisPoint func(indicator.Point) (indicator.Point, *indicator.Change)

func matchedOf(point indicator.Point) (indicator.Point, *indicator.Change) {
	return point, point.Matched
}

func (l *seriesLine) demographicOf(point indicator.Point) (indicator.Point, *indicator.Change) {
	other := l.demographic[point.Year]
	return other, other.Demographic
}

// indexPoints gives the points of the segments that have a link. A link is drawn only if its change may be a headline.
func (b *builder) indexPoints(line *seriesLine, of basisPoint) []chart.Point {
	bySegment := map[int][]chart.Point{}
	var order []int
	for _, raw := range line.points {
		point, change := of(raw)
		if point.Index == nil || !b.within(point.Year) {
			continue
		}
		one := chart.Point{Category: point.Year - b.From, Value: *point.Index, Segment: point.Segment}
		if len(bySegment[point.Segment]) > 0 {
			if !headline(change) {
				continue
			}
			one.N = change.N
		} else {
			order = append(order, point.Segment)
		}
		bySegment[point.Segment] = append(bySegment[point.Segment], one)
	}
	var out []chart.Point
	for _, segment := range order {
		if len(bySegment[segment]) > 1 {
			out = append(out, bySegment[segment]...)
		}
	}
	return out
}

func same(a, b []chart.Point) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// longName spells out the name of a series that a small chart has to shorten.
func (b *builder) longName(name string) string {
	if name == b.Words.Say("bulletin.chart.demographic_series") {
		return b.Words.Say("bulletin.chart.demographic_long")
	}
	return name
}

// alt says a chart in words.
func (b *builder) alt(d *chart.Definition) string {
	var lines []string
	for _, series := range d.Series {
		var values []string
		for _, point := range series.Points {
			text := d.Categories[point.Category] + " " + b.Words.Number(point.Value, 1)
			if point.N > 0 {
				text += " (n " + b.Words.Integer(int64(point.N)) + ")"
			}
			values = append(values, text)
		}
		if len(values) > 0 {
			lines = append(lines, b.longName(series.Name)+b.Words.Colon()+" "+strings.Join(values, ", "))
		}
	}
	text := d.Title + ", " + d.Unit + ", " + d.Basis + ". "
	if len(lines) == 0 {
		return text + strings.Join(d.Notes, " ")
	}
	return text + strings.Join(lines, ". ") + "."
}

// dataOf is the table of a chart's points.
func (b *builder) dataOf(d *chart.Definition) *document.Table {
	out := &document.Table{Caption: d.Title + ", " + d.Unit, Columns: []document.Column{b.column("year", document.Left, 0)}}
	for _, series := range d.Series {
		out.Columns = append(out.Columns, document.Column{Title: b.longName(series.Name), Align: document.Right}, b.column("n", document.Right, 0))
	}
	for category, name := range d.Categories {
		if !b.within(b.From + category) {
			continue // a year between those that are chosen
		}
		row := document.Row{Cells: []document.Text{document.Plain(name)}}
		for _, series := range d.Series {
			value, n := ":", ""
			for _, point := range series.Points {
				if point.Category == category {
					value, n = b.Words.Number(point.Value, 1), ""
					if point.N > 0 {
						n = b.Words.Integer(int64(point.N))
					}
				}
			}
			row.Cells = append(row.Cells, document.Plain(value), document.Plain(n))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
