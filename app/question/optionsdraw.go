package question

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"coopatlas/app/kit"
)

// The parts of one choice as it is drawn, at the normal text size.
const (
	optionHeight float32 = 30
	optionMark   float32 = 16 // the circle or box
	optionKey    float32 = 18 // the letter
	optionWidest         = 3  // columns
)

// columns is how many choices stand side by side: as many as the longest label lets.
func (o *options) columns() int {
	width := float32(1)
	size := theme.SizeForWidget(kit.SizeBody, o)
	for _, c := range o.offered {
		width = max(width, fyne.MeasureText(c.Label, size, fyne.TextStyle{}).Width)
	}
	cell := width + (optionMark+optionKey)*kit.Scale() + 4*kit.Gap8
	return min(max(int(o.room()/cell), 1), optionWidest, max(len(o.offered), 1))
}

func (o *options) room() float32 { return o.width * kit.Scale() }

// at is the choice at a place, or -1.
func (o *options) at(p fyne.Position) int {
	columns := o.columns()
	column := int(p.X / (o.room() / float32(columns)))
	i := int(p.Y/(optionHeight*kit.Scale()))*columns + column
	if i < 0 || i >= len(o.offered) || column >= columns {
		return -1
	}
	return i
}

// CreateRenderer is Fyne's.
func (o *options) CreateRenderer() fyne.WidgetRenderer {
	r := &optionsRenderer{options: o, ring: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

// optionsRenderer draws a list of choices.
type optionsRenderer struct {
	options *options
	ring    *canvas.Rectangle
	lines   []*optionLine
	columns int
}

// optionLine is one choice as it is drawn.
type optionLine struct {
	back, mark, dot *canvas.Rectangle
	key, label      *canvas.Text
}

func (r *optionsRenderer) Destroy() {}

func (r *optionsRenderer) MinSize() fyne.Size {
	rows := (len(r.lines) + r.columns - 1) / max(r.columns, 1)
	return fyne.NewSize(r.options.room(), float32(max(rows, 1))*optionHeight*kit.Scale())
}

func (r *optionsRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.ring}
	for _, l := range r.lines {
		out = append(out, l.back, l.mark, l.dot, l.key, l.label)
	}
	return out
}

func (r *optionsRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	k := kit.Scale()
	cell := fyne.NewSize(r.options.room()/float32(max(r.columns, 1)), optionHeight*k)
	for i, l := range r.lines {
		at := fyne.NewPos(float32(i%r.columns)*cell.Width, float32(i/r.columns)*cell.Height)
		l.place(at, cell, k)
	}
}

func (l *optionLine) place(at fyne.Position, cell fyne.Size, k float32) {
	l.back.Move(at.AddXY(2, 2))
	l.back.Resize(cell.SubtractWidthHeight(4, 4))
	mark := optionMark * k
	l.mark.Move(at.AddXY(kit.Gap8, (cell.Height-mark)/2))
	l.mark.Resize(fyne.NewSquareSize(mark))
	l.dot.Move(at.AddXY(kit.Gap8+mark/4, (cell.Height-mark/2)/2))
	l.dot.Resize(fyne.NewSquareSize(mark / 2))
	l.key.Move(at.AddXY(kit.Gap16+mark, (cell.Height-l.key.MinSize().Height)/2))
	l.label.Move(at.AddXY(kit.Gap16+mark+optionKey*k, (cell.Height-l.label.MinSize().Height)/2))
}

func (r *optionsRenderer) Refresh() {
	o := r.options
	if len(r.lines) != len(o.offered) {
		r.lines = nil
		for range o.offered {
			r.lines = append(r.lines, newOptionLine())
		}
	}
	r.columns = o.columns()
	r.ring.CornerRadius, r.ring.StrokeWidth, r.ring.StrokeColor = kit.Corner, 0, color.Transparent
	if o.inside {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, r.colour(kit.ColorTeal)
	}
	for i, l := range r.lines {
		r.draw(l, i)
	}
	r.Layout(o.Size())
	canvas.Refresh(o)
}

func newOptionLine() *optionLine {
	l := &optionLine{key: canvas.NewText("", color.Black), label: canvas.NewText("", color.Black)}
	l.back, l.mark, l.dot = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	l.key.TextStyle.Monospace = true
	return l
}

// draw sets how a choice looks: chosen, under the cursor, under the pointer.
func (r *optionsRenderer) draw(l *optionLine, i int) {
	o := r.options
	chosen := o.has(i)
	l.key.Text, l.label.Text = Letter(i), o.offered[i].Label
	l.key.TextSize, l.label.TextSize = r.size(kit.SizeCaption), r.size(kit.SizeBody)
	l.key.Color, l.label.Color = r.colour(kit.ColorSoft), r.colour(kit.ColorInk)
	l.label.TextStyle.Bold = chosen
	l.back.CornerRadius, l.back.FillColor, l.back.StrokeColor, l.back.StrokeWidth = kit.Corner, color.Transparent, color.Transparent, 0
	switch {
	case chosen:
		l.back.FillColor = r.colour(kit.ColorTint)
	case i == o.hovered:
		l.back.FillColor = r.colour(theme.ColorNameHover)
	}
	if o.inside && i == o.cursor {
		l.back.StrokeColor, l.back.StrokeWidth = r.colour(kit.ColorTeal), 1
	}
	round := optionMark * kit.Scale() / 2
	if o.several {
		round = 3
	}
	l.mark.CornerRadius, l.mark.StrokeWidth = round, 1.75
	l.mark.StrokeColor = r.colour(kit.ColorSoft)
	l.dot.CornerRadius, l.dot.FillColor = round/2, color.Transparent
	if chosen {
		l.mark.StrokeColor, l.dot.FillColor = r.colour(kit.ColorTeal), r.colour(kit.ColorTeal)
	}
}

func (r *optionsRenderer) colour(name fyne.ThemeColorName) color.Color {
	return theme.ColorForWidget(name, r.options)
}

func (r *optionsRenderer) size(name fyne.ThemeSizeName) float32 {
	return theme.SizeForWidget(name, r.options)
}
