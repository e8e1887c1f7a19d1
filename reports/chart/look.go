package chart

import "coopatlas/reports/scene"

// theme holds the colours round the data. Data colours are the same in both themes.
type theme struct{ sheet, ink, soft, line string }

var (
	light = theme{sheet: "#FFFFFF", ink: "#1B2426", soft: "#586568", line: "#DAD7CF"}
	dark  = theme{sheet: "#1C2326", ink: "#E6ECEC", soft: "#9FB0B3", line: "#323B3F"}
)

// stroke widths in points.
const (
	lineWidth   = 1.75
	hollowWidth = 1.5
)

// mark is how the series of one place in the order is told apart: colour (Okabe and Ito), marker and dash.
type mark struct {
	colour string
	symbol string // of ECharts
	size   float64
	dash   []float64
}

var marks = [MaxSeries]mark{
	{"#0072B2", "circle", 6, nil},
	{"#E69F00", "rect", 5.4, []float64{7, 3}},
	{"#009E73", "triangle", 6.6, []float64{2, 2.5}},
	{"#CC79A7", "diamond", 7.4, []float64{9, 3, 2, 3}},
	{"#56B4E9", "path://M-1 -1L1 -1L0 1Z", 6.6, []float64{4, 2}},
	{"#D55E00", "path://M-1 0L-0.4 -0.4L0 -1L0.4 -0.4L1 0L0.4 0.4L0 1L-0.4 0.4Z", 8.4, []float64{12, 3}},
}

// shapes are the markers about the origin, reaching from −1 to 1, as ECharts draws its symbols.
var shapes = [MaxSeries][]scene.Segment{
	scene.Ellipse(0, 0, 1, 1),
	scene.Rectangle(-1, -1, 2, 2),
	{scene.Move(0, -1), scene.Line(1, 1), scene.Line(-1, 1), scene.Shut()},
	{scene.Move(0, -1), scene.Line(1, 0), scene.Line(0, 1), scene.Line(-1, 0), scene.Shut()},
	{scene.Move(-1, -1), scene.Line(1, -1), scene.Line(0, 1), scene.Shut()},
	{
		scene.Move(-1, 0), scene.Line(-0.4, -0.4), scene.Line(0, -1), scene.Line(0.4, -0.4),
		scene.Line(1, 0), scene.Line(0.4, 0.4), scene.Line(0, 1), scene.Line(-0.4, 0.4), scene.Shut(),
	},
}

// paint reads one of the colours above, which are all well written.
func paint(text string) scene.Colour {
	c, _ := scene.Hex(text)
	return c
}

// marker draws the marker of a series at a place.
func marker(series int, x, y, share float64, hollow bool) *scene.Path {
	m := marks[series]
	r := m.size / 2 * share
	colour := paint(m.colour)
	p := &scene.Path{Segments: scene.Transformed(shapes[series], scene.Translate(x, y).Mul(scene.Scale(r, r))), Fill: &colour}
	if hollow {
		white := paint(light.sheet)
		p.Fill, p.Stroke = &white, &scene.Stroke{Colour: colour, Width: hollowWidth * share}
	}
	return p
}

// sizes are the sizes of type in a chart, in points, and the heights of their lines.
type sizes struct{ title, subtitle, axis, n, foot float64 }

var (
	usual   = sizes{title: 12.5, subtitle: 9, axis: 8.5, n: 7.5, foot: 7.5}
	compact = sizes{title: 9.5, subtitle: 7.5, axis: 7.5, n: 6.5, foot: 6.5}
)

func (d *Definition) sizes() sizes {
	if d.Compact {
		return compact
	}
	return usual
}

// leading is the height of a line of type.
func leading(size float64) float64 { return size * 1.32 }
