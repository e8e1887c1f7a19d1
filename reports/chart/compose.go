package chart

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/reports/scene"
)

// arrangeFoot sets what stands under the plot: signs, flags, notes and sources. It returns their height.
func (l *layout) arrangeFoot() float64 {
	y := 0.0
	if entries := l.signs(); len(entries) > 0 {
		y += l.flow(&l.foot, entries, y, l.sizes.foot, light.soft)
	}
	for _, text := range append(slices.Clone(l.d.Notes), l.d.sourceLines()...) {
		for _, t := range l.fonts.Wrap(text, scene.Face{}, l.sizes.foot, l.width-2*margin) {
			y += leading(l.sizes.foot)
			l.foot = append(l.foot, line{x: margin, y: y - l.sizes.foot*0.3, text: t, size: l.sizes.foot, ink: light.soft})
		}
	}
	if y > 0 {
		y += 5
	}
	return y + margin
}

// signs are the legend of hollow markers, gaps and flags, as far as the chart has any; a compact chart says them short.
func (l *layout) signs() []entry {
	var out []entry
	words := l.d.phrases()
	small, gap := words.SmallMarker, words.Gap
	if l.d.Compact {
		small, gap = words.SmallShort, words.GapShort
	}
	hollow := l.hollowMarker
	if l.d.Kind == Column {
		hollow = hollowBox
		if !l.d.Compact {
			small = words.SmallColumn
		}
	}
	if l.d.anySmall() {
		out = append(out, entry{small, 12, hollow})
	}
	if l.d.Kind != Column && len(l.d.gaps()) > 0 {
		if l.d.Kind == Level {
			gap = words.Break
		}
		out = append(out, entry{gap, 12, func(x, y float64) []scene.Item { return gapSign(x, y, light.soft) }})
	}
	if flags := l.d.flagLegend(); flags != "" {
		out = append(out, entry{text: flags})
	}
	return out
}

func (d *Definition) anySmall() (found bool) {
	d.eachPoint(func(p Point) { found = found || p.small() })
	return found
}

// flagLegend says what the flags of the chart mean, in alphabetical order.
func (d *Definition) flagLegend() string {
	var used []string
	d.eachPoint(func(p Point) {
		if p.Flag != "" && !slices.Contains(used, p.Flag) {
			used = append(used, p.Flag)
		}
	})
	slices.Sort(used)
	for i, flag := range used {
		if meaning := d.flagMeaning(flag); meaning != "" {
			used[i] = flag + d.phrases().Colon + meaning
		}
	}
	return strings.Join(used, "; ")
}

// hollowMarker is the marker of the first series with a hollow one, which stands for all in the legend.
func (l *layout) hollowMarker(x, y float64) []scene.Item {
	for i, s := range l.d.Series {
		if slices.ContainsFunc(s.Points, Point.small) {
			return []scene.Item{marker(i, x, y, 0.9, true)}
		}
	}
	return nil
}

func hollowBox(x, y float64) []scene.Item {
	return []scene.Item{&scene.Path{
		Segments: scene.Rectangle(x-2.5, y-3, 5, 6.5),
		Stroke:   &scene.Stroke{Colour: paint(light.soft), Width: 1},
	}}
}

// gap is the place between two segments of one series.
type gap struct {
	series   int
	from, to Point
}

// gaps are the places where a line breaks off and begins again in a later category.
func (d *Definition) gaps() []gap {
	var out []gap
	for i, s := range d.Series {
		segments := s.ordered()
		for j := 1; j < len(segments); j++ {
			from, to := segments[j-1][len(segments[j-1])-1], segments[j][0]
			if from.Category < to.Category {
				out = append(out, gap{i, from, to})
			}
		}
	}
	return out
}

// gapSign is two short slanted strokes, as an axis is broken.
func gapSign(x, y float64, ink string) []scene.Item {
	slash := func(dx float64) []scene.Segment {
		return []scene.Segment{scene.Move(x+dx-1.2, y+3), scene.Line(x+dx+1.2, y-3)}
	}
	return []scene.Item{&scene.Path{
		Segments: append(slash(-1.5), slash(1.5)...),
		Stroke:   &scene.Stroke{Colour: paint(ink), Width: 1, Cap: scene.RoundCap},
	}}
}

// compose sets our words and signs round the plot that ECharts drew.
func (l *layout) compose(plot *scene.Scene) *scene.Scene {
	sheet := paint(light.sheet)
	s := &scene.Scene{Width: l.width, Height: l.height}
	s.Items = append(s.Items, &scene.Path{Segments: scene.Rectangle(0, 0, l.width, l.height), Fill: &sheet})
	s.Items = append(s.Items, l.drawLines(l.header, 0)...)
	s.Items = append(s.Items, plot.Items...)
	for _, g := range l.d.gaps() {
		if l.d.Kind != Column {
			x := l.centre(g.from.Category) + marks[g.series].size/2 + 6
			s.Items = append(s.Items, gapSign(x, l.level(g.from.Value), marks[g.series].colour)...)
		}
	}
	s.Items = append(s.Items, l.drawEnds()...)
	s.Items = append(s.Items, l.drawFlags()...)
	s.Items = append(s.Items, l.drawCounts()...)
	s.Items = append(s.Items, l.drawEmpty()...)
	top := l.height - margin
	if len(l.foot) > 0 {
		last := l.foot[len(l.foot)-1]
		top -= last.y + last.size*0.3
	}
	s.Items = append(s.Items, l.drawLines(l.foot, top)...)
	return s
}

func (l *layout) drawLines(lines []line, top float64) []scene.Item {
	var out []scene.Item
	for _, n := range lines {
		if n.icon != nil {
			out = append(out, n.icon(n.iconX, top+n.y-l.fonts.CapHeight(n.face, n.size)/2)...)
		}
		text := l.words(n.x, top+n.y, n.text, n.size, n.ink)
		text.Face = n.face
		out = append(out, text)
	}
	return out
}

// drawCounts draws the rows of n, each headed by n and, where there are several, by the marker of its series.
func (l *layout) drawCounts() []scene.Item {
	var out []scene.Item
	y := l.y1 + labelGap + float64(l.categoryLines)*leading(l.sizes.axis) + 2
	for i, row := range l.counts {
		y += leading(l.sizes.n)
		baseline := y - l.sizes.n*0.3
		head := l.words(l.x0-gutter, baseline, l.d.phrases().N, l.sizes.n, light.soft)
		head.Anchor, head.Face.Italic = scene.End, true
		if len(l.d.Series) > 1 {
			middle := baseline - l.fonts.CapHeight(scene.Face{}, l.sizes.n)/2
			if l.d.Kind == Column {
				out = append(out, swatch(row.series, 5.5)(l.x0-gutter, middle)...)
			} else {
				out = append(out, marker(row.series, l.x0-gutter, middle, 0.85, false))
			}
			head.X -= 8
		}
		if i == 0 {
			out = append(out, head)
		}
		size := l.countSize(row)
		for category, text := range row.texts {
			if text != "" {
				t := l.words(l.centre(category), baseline, text, size, light.soft)
				t.Anchor = scene.Middle
				out = append(out, t)
			}
		}
	}
	return out
}

// countSize is the size at which every n of a row fits its category.
func (l *layout) countSize(row countRow) float64 {
	size := l.sizes.n
	for _, text := range row.texts {
		if width := l.fonts.Measure(text, scene.Face{}, size); width > l.step()-2 && width > 0 {
			size *= max((l.step()-2)/width, 0.4)
		}
	}
	return size
}

// drawFlags sets the letter of a flag over its point, and values where a line of its own ends or columns stand alone.
func (l *layout) drawFlags() []scene.Item {
	var out []scene.Item
	for i, s := range l.d.Series {
		segments := s.ordered()
		for j, segment := range segments {
			for k, p := range segment {
				x, y := l.centre(p.Category), l.level(p.Value)-marks[i].size/2-3
				value := ""
				switch {
				case l.d.Kind == Column:
					x, y = l.barCentre(i, p.Category), min(l.level(p.Value), l.level(0))-3
					value = l.valueOver(p)
				case len(l.d.Series) == 1 && k == len(segment)-1 && k > 0 && j < len(segments)-1:
					value = l.d.value(p.Value)
				}
				out = append(out, l.over(x, y, joined("\u00a0", value, p.Flag))...)
			}
		}
	}
	return out
}

// over sets a few letters over a point, with a halo that keeps lines off them.
func (l *layout) over(x, y float64, text string) []scene.Item {
	if text == "" {
		return nil
	}
	size := l.sizes.n
	left := x - l.fonts.Measure(text, scene.Face{}, size)/2
	halo := &scene.Path{
		Segments: scene.Transformed(l.fonts.TextPath(text, scene.Face{}, size), scene.Translate(left, y)),
		Stroke:   &scene.Stroke{Colour: paint(light.sheet), Width: 2, Join: scene.RoundJoin},
	}
	t := l.words(x, y, text, size, light.ink)
	t.Anchor = scene.Middle
	return []scene.Item{halo, t}
}

// valueOver is the value to set over a column, where columns stand alone and there is room for the widest of them.
func (l *layout) valueOver(p Point) string {
	if len(l.d.Series) > 1 {
		return ""
	}
	for _, q := range l.d.Series[0].Points {
		text := joined("\u00a0", l.d.value(q.Value), q.Flag)
		if l.fonts.Measure(text, scene.Face{}, l.sizes.n) > l.step()-3 {
			return ""
		}
	}
	return l.d.value(p.Value)
}

// drawEmpty says in the middle of the plot that there is nothing to show.
func (l *layout) drawEmpty() []scene.Item {
	count := 0
	l.d.eachPoint(func(Point) { count++ })
	if count > 0 {
		return nil
	}
	t := l.words((l.x0+l.x1)/2, (l.y0+l.y1)/2, l.d.phrases().None, l.sizes.axis, light.soft)
	t.Anchor = scene.Middle
	return []scene.Item{t}
}

// Describe says in words what a chart shows, for those who cannot see it: Alt where it is given, else each series with
// its first and last value.
func Describe(d Definition) string {
	if d.Alt != "" {
		return d.Alt
	}
	parts := []string{d.subtitle()}
	for _, s := range d.Series {
		var span []string
		for _, segment := range s.ordered() {
			for _, p := range []Point{segment[0], segment[len(segment)-1]} {
				text := fmt.Sprintf("%s %s", d.Categories[p.Category], d.value(p.Value))
				if len(span) == 0 || span[len(span)-1] != text {
					span = append(span, text)
				}
			}
		}
		parts = append(parts, joined(": ", s.Name, strings.Join(span, ", ")))
	}
	return joined(". ", parts...)
}
