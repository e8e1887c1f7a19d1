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
	for _, c := range o.offered {
		width = max(width, fyne.MeasureText(c.Label, o.textSize(), fyne.TextStyle{Bold: true}).Width)
	}
	cell := width + o.before() + kit.Gap12
	return min(max(int(o.room()/cell), 1), optionWidest, max(len(o.offered), 1))
}

func (o *options) room() float32     { return o.width * kit.Scale() }
func (o *options) textSize() float32 { return theme.SizeForWidget(kit.SizeBody, o) }

// before is what stands before a label: the mark and the letter.
func (o *options) before() float32 { return kit.Gap16 + (optionMark+optionKey)*kit.Scale() }

// spot is where a choice is drawn, and its label in lines.
type spot struct {
	at    fyne.Position
	size  fyne.Size
	lines []string
}

// spots are the places of all choices, row by row; labels that are too long go on in another line.
func (o *options) spots() (out []spot, height float32) {
	columns := o.columns()
	width := o.room() / float32(columns)
	line := o.textSize() * 1.36
	for i := 0; i < len(o.offered); i += columns {
		row := optionHeight * kit.Scale()
		for c, choice := range o.offered[i:min(i+columns, len(o.offered))] {
			lines := wrap(choice.Label, o.textSize(), fyne.TextStyle{Bold: true}, width-o.before()-kit.Gap8)
			row = max(row, optionHeight*kit.Scale()+float32(len(lines)-1)*line)
			out = append(out, spot{fyne.NewPos(float32(c)*width, height), fyne.NewSize(width, 0), lines})
		}
		for c := i; c < len(out); c++ {
			out[c].size.Height = row
		}
		height += row
	}
	return out, max(height, optionHeight*kit.Scale())
}

// at is the choice at a place, or -1.
func (o *options) at(p fyne.Position) int {
	spots, _ := o.spots()
	for i, s := range spots {
		if p.X >= s.at.X && p.X < s.at.X+s.size.Width && p.Y >= s.at.Y && p.Y < s.at.Y+s.size.Height {
			return i
		}
	}
	return -1
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
	height  float32
}

// optionLine is one choice as it is drawn.
type optionLine struct {
	back, mark, dot *canvas.Rectangle
	key             *canvas.Text
	label           []*canvas.Text
}

func (r *optionsRenderer) Destroy() {}

func (r *optionsRenderer) MinSize() fyne.Size { return fyne.NewSize(r.options.room(), r.height) }

func (r *optionsRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.ring}
	for _, l := range r.lines {
		out = append(out, l.back, l.mark, l.dot, l.key)
		for _, text := range l.label {
			out = append(out, text)
		}
	}
	return out
}

func (r *optionsRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	spots, _ := r.options.spots()
	for i, l := range r.lines {
		l.place(spots[i], r.options.before())
	}
}

func (l *optionLine) place(s spot, before float32) {
	k := kit.Scale()
	row := optionHeight * k // of the first line
	l.back.Move(s.at.AddXY(2, 2))
	l.back.Resize(s.size.SubtractWidthHeight(4, 4))
	mark := optionMark * k
	l.mark.Move(s.at.AddXY(kit.Gap8, (row-mark)/2))
	l.mark.Resize(fyne.NewSquareSize(mark))
	l.dot.Move(s.at.AddXY(kit.Gap8+mark/4, (row-mark/2)/2))
	l.dot.Resize(fyne.NewSquareSize(mark / 2))
	l.key.Move(s.at.AddXY(kit.Gap16+mark, (row-l.key.MinSize().Height)/2))
	for i, text := range l.label {
		text.Move(s.at.AddXY(before, (row-text.MinSize().Height)/2+float32(i)*text.TextSize*1.36))
	}
}

func (r *optionsRenderer) Refresh() {
	o := r.options
	spots, height := o.spots()
	r.height = height
	r.lines = r.lines[:min(len(r.lines), len(spots))]
	for len(r.lines) < len(spots) {
		r.lines = append(r.lines, newOptionLine())
	}
	r.ring.CornerRadius, r.ring.StrokeWidth, r.ring.StrokeColor = kit.Corner, 0, color.Transparent
	if o.inside {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, r.colour(kit.ColorTeal)
	}
	for i, l := range r.lines {
		r.draw(l, i, spots[i].lines)
	}
	r.Layout(o.Size())
	canvas.Refresh(o)
}

func newOptionLine() *optionLine {
	l := &optionLine{key: canvas.NewText("", color.Black)}
	l.back, l.mark, l.dot = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	l.key.TextStyle.Monospace = true
	return l
}

// draw sets how a choice looks: chosen, under the cursor, under the pointer.
func (r *optionsRenderer) draw(l *optionLine, i int, lines []string) {
	o := r.options
	chosen := o.has(i)
	l.key.Text, l.key.TextSize, l.key.Color = Letter(i), r.size(kit.SizeCaption), r.colour(kit.ColorSoft)
	l.label = l.label[:min(len(l.label), len(lines))]
	for len(l.label) < len(lines) {
		l.label = append(l.label, canvas.NewText("", color.Black))
	}
	for n, text := range l.label {
		text.Text, text.TextSize, text.Color, text.TextStyle.Bold = lines[n], o.textSize(), r.colour(kit.ColorInk), chosen
	}
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
