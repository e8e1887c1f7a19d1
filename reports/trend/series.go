package trend

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
)

func mapKeys(m map[string][]string) iter.Seq[string] { return maps.Keys(m) }

// line is the points of one cell of the breakdown; n counts what the indicator is of.
type line struct {
	name   string
	n      int     // at its newest year
	sum    float64 // of its values
	points []chart.Point
	beside []chart.Point // of the demographic index, where points are of the matched one
}

// lines gives the lines of the chart, those with the most cooperatives first.
func (c *charter) lines(kind chart.Kind) []line {
	var order []string
	cells := map[string][]indicator.Point{}
	for _, p := range c.result.Points {
		key := strings.Join(p.Keys[1:], "\x00")
		if _, known := cells[key]; !known {
			order = append(order, key)
		}
		cells[key] = append(cells[key], p)
	}
	lines := make([]line, 0, len(order))
	for _, key := range order {
		cell := cells[key]
		l := line{name: c.cellName(cell[0]), n: cell[len(cell)-1].N}
		if kind == chart.Index {
			l.points, l.beside = c.indexes(cell), c.beside(cell)
		} else {
			l.points = c.levels(cell)
		}
		for _, p := range l.points {
			l.sum += p.Value
		}
		lines = append(lines, l)
	}
	if c.result.By[len(c.result.By)-1] == indicator.Answer {
		return foremost(lines)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return b.n - a.n })
	return lines
}

// setBeside puts the demographic index beside the matched one: a line of its own beside a single one, else a note with
// where each line ends. Survivors flatter, so that what only they did never stands alone (domain reference, B.2).
func (c *charter) setBeside(d *chart.Definition, lines []line) {
	var ends []string
	for _, l := range lines[:min(len(lines), chart.MaxSeries)] {
		switch last := len(l.beside) - 1; {
		case last < 0:
		case len(lines) == 1 && !c.part && !slices.Equal(l.points, l.beside):
			d.Series[0].Name = c.Words.Say("bulletin.chart.matched_series")
			d.Series = append(d.Series, chart.Series{Name: c.say("beside", nil), Points: l.beside})
		case len(lines) > 1 || c.part:
			ends = append(ends, l.name+" "+c.Words.Number(l.beside[last].Value, 1))
		}
	}
	if len(ends) > 0 {
		d.Notes = append(d.Notes, c.say("beside_note", words.Args{"List": strings.Join(ends, "; ")}))
	}
}

// foremost puts the lines with the largest values first, as many as a chart has room for, and keeps the order of
// answers among them and among the others.
func foremost(lines []line) []line {
	ranked := slices.Clone(lines)
	slices.SortStableFunc(ranked, func(a, b line) int { return cmp.Compare(b.sum, a.sum) })
	if len(ranked) <= chart.MaxSeries {
		return lines
	}
	least, ties := ranked[chart.MaxSeries-1].sum, 0
	for _, l := range ranked[:chart.MaxSeries] {
		if l.sum == least {
			ties++
		}
	}
	var first, rest []line
	for _, l := range lines {
		if l.sum > least || l.sum == least && ties > 0 {
			if l.sum == least {
				ties--
			}
			first = append(first, l)
			continue
		}
		rest = append(rest, l)
	}
	return append(first, rest...)
}

func (c *charter) cellName(p indicator.Point) string {
	var parts []string
	for i, value := range p.Keys[1:] {
		parts = append(parts, c.Class(c.result.By[i+1], value))
	}
	if len(parts) == 0 {
		return c.name()
	}
	return strings.Join(parts, ", ")
}

func (c *charter) levels(cell []indicator.Point) []chart.Point {
	var out []chart.Point
	for _, p := range cell {
		if p.Known && !p.Hidden && (!p.Counted || c.result.Unit == p.Unit) {
			out = append(out, chart.Point{Category: p.Year - c.from, Value: p.Value.Float(), N: p.N, Segment: p.Segment, Flag: shown(p.Flags)})
		}
	}
	return out
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

// indexes gives the points of the segments that have a link: a segment of one point says nothing.
func (c *charter) indexes(cell []indicator.Point) []chart.Point {
	return c.linked(cell, func(p indicator.Point) (*indicator.IndexPoint, *indicator.Change) {
		if p.Index == nil {
			return nil, nil
		}
		return &indicator.IndexPoint{Index: *p.Index, Segment: p.Segment}, p.Change
	})
}

// beside gives likewise the points of the demographic index that stands beside a matched one.
func (c *charter) beside(cell []indicator.Point) []chart.Point {
	return c.linked(cell, func(p indicator.Point) (*indicator.IndexPoint, *indicator.Change) { return p.Beside, p.Demographic })
}

func (c *charter) linked(cell []indicator.Point, of func(indicator.Point) (*indicator.IndexPoint, *indicator.Change)) []chart.Point {
	links := map[int]int{}
	for _, p := range cell {
		if at, _ := of(p); at != nil {
			links[at.Segment]++
		}
	}
	var out []chart.Point
	begun := map[int]bool{}
	for _, p := range cell {
		at, change := of(p)
		if at == nil || links[at.Segment] < 2 {
			continue
		}
		point := chart.Point{Category: p.Year - c.from, Value: at.Index, Segment: at.Segment}
		if begun[at.Segment] && change != nil {
			point.N = change.N
		}
		begun[at.Segment] = true
		out = append(out, point)
	}
	return out
}
