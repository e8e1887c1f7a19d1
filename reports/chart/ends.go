package chart

import (
	"slices"

	"coopatlas/reports/scene"
)

// Room between the labels at the ends of lines, and between a name and its value, in points.
const (
	endGap   = 2.0
	endSpace = 4.0
)

// endLabel is the name and value of a line, beside its end.
type endLabel struct {
	series int
	point  Point
	lines  []string // the name, and after it the value
	value  string
	beside bool    // the value stands on the last line of the name, not under it
	y      float64 // top of the label, once placed
}

// endShare is how much of the width the labels at the ends may take.
const endShare = 0.34

// arrangeEnds wraps the labels at the ends of lines and returns the room they need beside the plot.
func (l *layout) arrangeEnds() float64 {
	if l.d.Kind == Column {
		return 0
	}
	widest := 0.0
	room := l.width*endShare - l.lead()
	for i, s := range l.d.Series {
		p, found := s.last()
		if !found {
			continue
		}
		e := endLabel{series: i, point: p, value: l.d.value(p.Value)}
		value := l.fonts.Measure(e.value, scene.Face{Bold: true}, l.sizes.axis)
		widest = max(widest, value)
		if l.lead() > 0 {
			e.lines = l.fonts.Wrap(s.Name, scene.Face{}, l.sizes.axis, room)
			last := l.fonts.Measure(e.lines[len(e.lines)-1], scene.Face{}, l.sizes.axis) + endSpace + value
			if e.beside = last <= room; e.beside {
				widest = max(widest, last)
			}
		}
		for _, text := range e.lines {
			widest = max(widest, l.fonts.Measure(text, scene.Face{}, l.sizes.axis))
		}
		l.ends = append(l.ends, e)
	}
	return gutter + l.lead() + widest
}

// lead is the room for the piece of line in front of a name; a lone line needs neither piece nor name.
func (l *layout) lead() float64 {
	if len(l.d.Series) == 1 {
		return 0
	}
	return sample + 4
}

func (l *layout) endHeight(e endLabel) float64 {
	lines := len(e.lines) + 1
	if e.beside {
		lines--
	}
	return float64(lines) * leading(l.sizes.axis)
}

// endsHeight is what the labels need under one another.
func (l *layout) endsHeight() float64 {
	sum := 0.0
	for _, e := range l.ends {
		sum += l.endHeight(e) + endGap
	}
	return sum
}

// placeEnds puts each label level with the end of its line, as near as the others let it.
func (l *layout) placeEnds() {
	slices.SortStableFunc(l.ends, func(a, b endLabel) int {
		switch {
		case a.point.Value > b.point.Value:
			return -1
		case a.point.Value < b.point.Value:
			return 1
		}
		return 0
	})
	top := l.y0 - leading(l.sizes.axis)
	for i := range l.ends {
		e := &l.ends[i]
		e.y = max(l.level(e.point.Value)-leading(l.sizes.axis)/2, top)
		top = e.y + l.endHeight(*e) + endGap
	}
	bottom := l.y1 + leading(l.sizes.axis)*1.2
	for i := len(l.ends) - 1; i >= 0; i-- {
		e := &l.ends[i]
		e.y = min(e.y, bottom-l.endHeight(*e))
		bottom = e.y - endGap
	}
}

// drawEnds draws the labels at the ends of lines.
func (l *layout) drawEnds() []scene.Item {
	var out []scene.Item
	x := l.x1 + gutter
	for _, e := range l.ends {
		baseline := e.y + l.sizes.axis
		if l.lead() > 0 {
			out = append(out, l.key(e.series, x, e.y+leading(l.sizes.axis)/2)...)
		}
		if at := l.level(e.point.Value); e.point.Category == len(l.d.Categories)-1 && l.lead() > 0 {
			out = append(out, l.leader(e, x, at)...)
		}
		for _, text := range e.lines {
			out = append(out, l.words(x+l.lead(), baseline, text, l.sizes.axis, light.ink))
			baseline += leading(l.sizes.axis)
		}
		value := l.words(x+l.lead(), baseline, e.value, l.sizes.axis, light.ink)
		value.Face.Bold = true
		if e.beside {
			value.Y -= leading(l.sizes.axis)
			value.X += l.fonts.Measure(e.lines[len(e.lines)-1], scene.Face{}, l.sizes.axis) + endSpace
		}
		out = append(out, value)
	}
	return out
}

// leader joins the end of a line to a label that had to move away from it.
func (l *layout) leader(e endLabel, x, at float64) []scene.Item {
	middle := e.y + leading(l.sizes.axis)/2
	if d := middle - at; d > -3 && d < 3 {
		return nil
	}
	from := l.centre(e.point.Category) + marks[e.series].size/2 + 2
	return []scene.Item{&scene.Path{
		Segments: []scene.Segment{scene.Move(from, at), scene.Line(x-2, middle)},
		Stroke:   &scene.Stroke{Colour: paint(light.soft).WithOpacity(0.6), Width: 0.5},
	}}
}

// key is a short piece of a series' line with its marker.
func (l *layout) key(series int, x, y float64) []scene.Item {
	m := marks[series]
	piece := &scene.Path{
		Segments: []scene.Segment{scene.Move(x, y), scene.Line(x+sample, y)},
		Stroke:   &scene.Stroke{Colour: paint(m.colour), Width: lineWidth, Dash: slices.Clone(m.dash)},
	}
	return []scene.Item{piece, marker(series, x+sample/2, y, 1, false)}
}

func (l *layout) words(x, y float64, text string, size float64, ink string) *scene.Text {
	return &scene.Text{X: x, Y: y, String: text, Size: size, Colour: paint(ink)}
}
