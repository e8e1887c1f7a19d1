package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Part is one part of a Bar.
type Part struct {
	Share float64 // of the whole, 0 to 1
	Color fyne.ThemeColorName
}

// Bar is a horizontal bar of parts, with what is left of the whole in the colour of lines.
type Bar struct {
	widget.BaseWidget
	parts []Part
	least fyne.Size
}

// NewBar makes a bar.
func NewBar(parts ...Part) *Bar {
	b := &Bar{parts: parts, least: fyne.NewSize(60, 10)}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the parts.
func (b *Bar) Set(parts ...Part) {
	b.parts = parts
	b.Refresh()
}

// SetLeast gives it another least size; it is 60 by 10.
func (b *Bar) SetLeast(size fyne.Size) { b.least = size }

// CreateRenderer is Fyne's.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{bar: b}
	r.Refresh()
	return r
}

// barRenderer draws a Bar.
type barRenderer struct {
	bar   *Bar
	rects []fyne.CanvasObject
}

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) MinSize() fyne.Size           { return r.bar.least }
func (r *barRenderer) Objects() []fyne.CanvasObject { return r.rects }

func (r *barRenderer) Layout(size fyne.Size) {
	height := min(size.Height, r.bar.least.Height)
	y := (size.Height - height) / 2
	var x float32
	for i, o := range r.rects {
		width := size.Width
		if i > 0 {
			width = size.Width * float32(min(max(r.bar.parts[i-1].Share, 0), 1))
			width = min(width, size.Width-x)
		}
		o.Move(fyne.NewPos(when(i == 0, 0, x), y))
		o.Resize(fyne.NewSize(width, height))
		if i > 0 {
			x += width
		}
	}
}

func (r *barRenderer) Refresh() {
	for len(r.rects) <= len(r.bar.parts) {
		r.rects = append(r.rects, canvas.NewRectangle(color.Transparent))
	}
	r.rects = r.rects[:len(r.bar.parts)+1]
	for i, o := range r.rects {
		rect := o.(*canvas.Rectangle)
		rect.CornerRadius = 3
		rect.FillColor = colour(ColorLine)
		if i > 0 {
			rect.FillColor = colour(r.bar.parts[i-1].Color)
		}
		rect.Refresh()
	}
	r.Layout(r.bar.Size())
}

// Spark is a small trend: a line through values from left to right, its last point marked.
type Spark struct {
	widget.BaseWidget
	values []float64
	least  fyne.Size
}

// NewSpark makes a small trend; fewer than two values draw nothing.
func NewSpark(values []float64) *Spark {
	s := &Spark{values: values, least: fyne.NewSize(72, 22)}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the values.
func (s *Spark) Set(values []float64) {
	s.values = values
	s.Refresh()
}

// CreateRenderer is Fyne's.
func (s *Spark) CreateRenderer() fyne.WidgetRenderer {
	r := &sparkRenderer{spark: s}
	r.Refresh()
	return r
}

// sparkRenderer draws a Spark.
type sparkRenderer struct {
	spark   *Spark
	lines   []*canvas.Line
	dots    []*canvas.Circle // where a line ends: they close the gaps between lines, and the last marks where it stands now
	objects []fyne.CanvasObject
}

// The width of a small trend's line, and of the mark at its end.
const (
	sparkStroke float32 = 1.5
	sparkMark   float32 = 5
)

func (r *sparkRenderer) Destroy()                     {}
func (r *sparkRenderer) MinSize() fyne.Size           { return r.spark.least }
func (r *sparkRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout puts the points on a box with room for the mark.
func (r *sparkRenderer) Layout(size fyne.Size) {
	values := r.spark.values
	if len(values) < 2 {
		return
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	at := func(i int) fyne.Position {
		share := float32(0.5)
		if high > low {
			share = float32((values[i] - low) / (high - low))
		}
		x := 3 + (size.Width-6)*float32(i)/float32(len(values)-1)
		return fyne.NewPos(x, size.Height-4-(size.Height-8)*share)
	}
	for i, line := range r.lines {
		line.Position1, line.Position2 = at(i), at(i+1)
	}
	for i, dot := range r.dots {
		width := when(i == len(r.dots)-1, sparkMark, sparkStroke)
		dot.Resize(fyne.NewSquareSize(width))
		dot.Move(at(i+1).SubtractXY(width/2, width/2))
	}
}

func (r *sparkRenderer) Refresh() {
	r.lines, r.dots, r.objects = nil, nil, nil
	for i := 1; i < len(r.spark.values); i++ {
		line, dot := canvas.NewLine(colour(ColorTeal)), canvas.NewCircle(colour(ColorTeal))
		line.StrokeWidth = sparkStroke
		r.lines, r.dots = append(r.lines, line), append(r.dots, dot)
		r.objects = append(r.objects, line, dot)
	}
	r.Layout(r.spark.Size())
	canvas.Refresh(r.spark)
}
