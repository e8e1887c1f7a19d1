package trend

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
)

func mapKeys(m map[string][]string) iter.Seq[string] { return maps.Keys(m) }

// line is the points of one cell of the breakdown.
type line struct {
	name   string
	n      int // cooperatives at its newest year
	points []chart.Point
}

// series gives the lines of the chart, those with the most cooperatives first.
func (c *charter) series(kind chart.Kind) (names []string, points [][]chart.Point) {
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
			l.points = c.indexes(cell)
		} else {
			l.points = c.levels(cell)
		}
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return b.n - a.n })
	for _, l := range lines {
		names, points = append(names, l.name), append(points, l.points)
	}
	return names, points
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
		if p.Known && !p.Hidden {
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
	links := map[int]int{}
	for _, p := range cell {
		if p.Index != nil {
			links[p.Segment]++
		}
	}
	var out []chart.Point
	begun := map[int]bool{}
	for _, p := range cell {
		if p.Index == nil || links[p.Segment] < 2 {
			continue
		}
		point := chart.Point{Category: p.Year - c.from, Value: *p.Index, Segment: p.Segment}
		if begun[p.Segment] && p.Change != nil {
			point.N = p.Change.N
		}
		begun[p.Segment] = true
		out = append(out, point)
	}
	return out
}
