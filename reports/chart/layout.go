package chart

import (
	"math"
	"slices"
	"strings"

	"coopatlas/reports/scene"
)

// layout is where the parts of a static chart stand, in points of the scene.
type layout struct {
	d             *Definition
	fonts         *scene.Fonts
	sizes         sizes
	width, height float64
	axis          axis
	x0, y0        float64 // upper left corner of the plot
	x1, y1        float64 // lower right corner of the plot
	categories    []string
	every         int // each how many categories have a label
	categoryLines int
	counts        []countRow
	ends          []endLabel
	header        []line
	foot          []line
}

// line is a line of words that belongs to the chart, with its baseline from the top of its block.
type line struct {
	x, y  float64
	text  string
	face  scene.Face
	size  float64
	ink   string
	icon  func(x, y float64) []scene.Item // a sign in front, about a point
	iconX float64
}

// countRow is one row of n under the plot.
type countRow struct {
	series int
	texts  []string
}

// Room round the parts, in points.
const (
	margin   = 6.0
	gutter   = 6.0  // between plot and labels
	sample   = 18.0 // the piece of line in front of an end label
	minPlot  = 0.28 // of the height is the least a plot gets, before the drawing grows
	labelGap = 4.0
)

// arrange lays a chart out.
func arrange(d *Definition, fonts *scene.Fonts) *layout {
	l := &layout{d: d, fonts: fonts, sizes: d.sizes(), width: d.Width, height: d.Height, axis: d.valueAxis()}
	if l.width == 0 {
		l.width = map[bool]float64{false: 480, true: 232}[d.Compact]
	}
	if l.height == 0 {
		l.height = map[bool]float64{false: 300, true: 168}[d.Compact]
	}
	headerHeight := l.arrangeHeader()
	l.arrangeSides()
	l.arrangeCategories()
	l.counts = d.countRows()
	below := labelGap + float64(l.categoryLines)*leading(l.sizes.axis)
	if len(l.counts) > 0 {
		below += 2 + float64(len(l.counts))*leading(l.sizes.n)
	}
	footHeight := l.arrangeFoot()
	l.y0 = headerHeight + 2*gutter
	l.y1 = l.height - footHeight - below - gutter
	if least := max(l.height*minPlot, 56, l.endsHeight()-leading(l.sizes.axis)); l.y1-l.y0 < least {
		l.height += least - (l.y1 - l.y0)
		l.y1 = l.y0 + least
	}
	l.y0, l.y1 = math.Round(l.y0), math.Round(l.y1)
	l.placeEnds()
	return l
}

// arrangeHeader sets the title, the line under it and, over columns, the legend; it returns their height.
func (l *layout) arrangeHeader() float64 {
	y := margin
	add := func(text string, face scene.Face, size float64, ink string) {
		for _, t := range l.fonts.Wrap(text, face, size, l.width-2*margin) {
			y += leading(size)
			t = strings.TrimSuffix(t, " ·")
			l.header = append(l.header, line{x: margin, y: y - size*0.3, text: t, face: face, size: size, ink: ink})
		}
	}
	add(l.d.Title, scene.Face{Bold: true}, l.sizes.title, light.ink)
	if sub := l.d.subtitle(); sub != "" {
		y += 1.5
		add(sub, scene.Face{}, l.sizes.subtitle, light.soft)
	}
	if l.d.Kind == Column && len(l.d.Series) > 1 {
		y += 4
		var entries []entry
		for i, s := range l.d.Series {
			entries = append(entries, entry{text: s.Name, room: 12, icon: swatch(i, 8)})
		}
		y += l.flow(&l.header, entries, y, l.sizes.axis, light.ink)
	}
	return y
}

// swatch is the sign of a column's colour in a legend.
func swatch(series int, size float64) func(x, y float64) []scene.Item {
	return func(x, y float64) []scene.Item {
		colour := paint(marks[series].colour)
		return []scene.Item{&scene.Path{Segments: scene.Rectangle(x-size/2, y-size/2, size, size), Fill: &colour}}
	}
}

// entry is one sign of a legend with its words.
type entry struct {
	text string
	room float64 // for the sign
	icon func(x, y float64) []scene.Item
}

// flow sets entries side by side while they fit, wrapping those too long for a line; it returns the height they take.
func (l *layout) flow(into *[]line, entries []entry, top, size float64, ink string) float64 {
	x, y := margin, 0.0
	for _, e := range entries {
		width := e.room + l.fonts.Measure(e.text, scene.Face{}, size)
		if y == 0 || x+width > l.width-margin {
			x, y = margin, y+leading(size)
		}
		for i, text := range l.fonts.Wrap(e.text, scene.Face{}, size, l.width-margin-x-e.room) {
			n := line{x: x + e.room, y: top + y - size*0.3, text: text, size: size, ink: ink}
			if i == 0 {
				n.icon, n.iconX = e.icon, x+e.room/2-2
			} else {
				y += leading(size)
				n.y = top + y - size*0.3
			}
			*into = append(*into, n)
		}
		x += width + 14
	}
	return y
}

// arrangeSides finds the left and right edges of the plot from the labels beside it.
func (l *layout) arrangeSides() {
	widest := 0.0
	for _, label := range l.axis.labels {
		widest = max(widest, l.fonts.Measure(label, scene.Face{}, l.sizes.axis))
	}
	l.x0 = math.Round(margin + max(widest, 16) + gutter)
	l.x1 = math.Round(l.width - margin - l.arrangeEnds())
}

// step is the width of one category.
func (l *layout) step() float64 { return (l.x1 - l.x0) / float64(len(l.d.Categories)) }

// centre is the middle of a category.
func (l *layout) centre(category int) float64 { return l.x0 + (float64(category)+0.5)*l.step() }

// level is where a value stands.
func (l *layout) level(value float64) float64 {
	return l.y1 - (value-l.axis.min)/(l.axis.max-l.axis.min)*(l.y1-l.y0)
}

// arrangeCategories wraps the labels of the categories, or leaves some out where even single words would touch.
func (l *layout) arrangeCategories() {
	l.every, l.categoryLines = 1, 1
	widestWord := 0.0
	for _, c := range l.d.Categories {
		for _, word := range l.fonts.Wrap(c, scene.Face{}, l.sizes.axis, 1e9) {
			widestWord = max(widestWord, l.longestWord(word))
		}
	}
	for float64(l.every)*l.step() < widestWord+labelGap && l.every < len(l.d.Categories) {
		l.every++
	}
	for _, c := range l.d.Categories {
		lines := l.fonts.Wrap(c, scene.Face{}, l.sizes.axis, max(float64(l.every)*l.step()-labelGap, widestWord+0.01))
		l.categoryLines = max(l.categoryLines, len(lines))
		l.categories = append(l.categories, strings.Join(lines, "\n"))
	}
}

func (l *layout) longestWord(text string) float64 {
	widest := 0.0
	for _, word := range l.fonts.Wrap(text, scene.Face{}, l.sizes.axis, 0.001+l.longestRun(text)) {
		widest = max(widest, l.fonts.Measure(word, scene.Face{}, l.sizes.axis))
	}
	return widest
}

// longestRun measures the longest stretch of a text without a space.
func (l *layout) longestRun(text string) float64 {
	widest, run := 0.0, ""
	for _, r := range text + " " {
		if r == ' ' {
			widest, run = max(widest, l.fonts.Measure(run, scene.Face{}, l.sizes.axis)), ""
			continue
		}
		run += string(r)
	}
	return widest
}

// countRows are the rows of n under the plot: one a series that has any.
func (d *Definition) countRows() []countRow {
	var out []countRow
	for i, s := range d.Series {
		row := countRow{series: i, texts: make([]string, len(d.Categories))}
		any := false
		for _, p := range s.Points {
			if p.N > 0 {
				row.texts[p.Category], any = d.count(p.N), true
			}
		}
		if any {
			out = append(out, row)
		}
	}
	return out
}

// ordered returns the points of a series segment by segment, each in the order of the categories; segments come in the
// order in which they begin.
func (s Series) ordered() [][]Point {
	points := slices.Clone(s.Points)
	slices.SortStableFunc(points, func(a, b Point) int { return a.Category - b.Category })
	var order []int
	bySegment := map[int][]Point{}
	for _, p := range points {
		if _, seen := bySegment[p.Segment]; !seen {
			order = append(order, p.Segment)
		}
		bySegment[p.Segment] = append(bySegment[p.Segment], p)
	}
	out := make([][]Point, 0, len(order))
	for _, segment := range order {
		out = append(out, bySegment[segment])
	}
	return out
}

// last is the point of a series with the highest category.
func (s Series) last() (Point, bool) {
	best, found := Point{Category: -1}, false
	for _, p := range s.Points {
		if p.Category >= best.Category {
			best, found = p, true
		}
	}
	return best, found
}
