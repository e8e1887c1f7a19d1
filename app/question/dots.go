package question

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// dots is the button with three dots at the right of a question. It is drawn of circles: a picture for each of sixty
// questions would be most of the time that a section takes to show.
type dots struct {
	widget.BaseWidget
	tapped func()
	over   bool
}

func newDots() *dots {
	d := &dots{}
	d.ExtendBaseWidget(d)
	return d
}

// Tapped opens the menu.
func (d *dots) Tapped(*fyne.PointEvent) {
	if d.tapped != nil {
		d.tapped()
	}
}

// MouseIn marks the button.
func (d *dots) MouseIn(*desktop.MouseEvent) {
	d.over = true
	d.Refresh()
}

// MouseMoved is Fyne's.
func (d *dots) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (d *dots) MouseOut() {
	d.over = false
	d.Refresh()
}

// CreateRenderer is Fyne's.
func (d *dots) CreateRenderer() fyne.WidgetRenderer {
	r := &dotsRenderer{dots: d, back: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.back}
	for range 3 {
		r.objects = append(r.objects, canvas.NewCircle(color.Transparent))
	}
	r.Refresh()
	return r
}

// dotsRenderer draws three dots.
type dotsRenderer struct {
	dots    *dots
	back    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *dotsRenderer) Destroy()                     {}
func (r *dotsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *dotsRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(menuWidth * kit.Scale()) }

func (r *dotsRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	for i, o := range r.objects[1:] {
		o.Resize(fyne.NewSquareSize(3.5))
		o.Move(fyne.NewPos(size.Width/2-1.75+float32(i-1)*6, size.Height/2-1.75))
	}
}

func (r *dotsRenderer) Refresh() {
	r.back.CornerRadius, r.back.FillColor = kit.Corner, color.Transparent
	if r.dots.over {
		r.back.FillColor = theme.ColorForWidget(theme.ColorNameHover, r.dots)
	}
	for _, o := range r.objects[1:] {
		o.(*canvas.Circle).FillColor = theme.ColorForWidget(kit.ColorSoft, r.dots)
	}
	canvas.Refresh(r.dots)
}
