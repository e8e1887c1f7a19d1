package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Wrap puts objects side by side and goes on in the next line where there is no more room, as Filters does, and is as
// high as its lines at the width that it has.
type Wrap struct {
	widget.BaseWidget
	objects []fyne.CanvasObject
}

// NewWrap makes a row that wraps.
func NewWrap(objects ...fyne.CanvasObject) *Wrap {
	w := &Wrap{objects: objects}
	w.ExtendBaseWidget(w)
	return w
}

// Set changes the objects.
func (w *Wrap) Set(objects ...fyne.CanvasObject) {
	w.objects = objects
	w.Refresh()
}

// CreateRenderer is Fyne's.
func (w *Wrap) CreateRenderer() fyne.WidgetRenderer { return &wrapRenderer{wrap: w} }

// wrapRenderer draws a Wrap.
type wrapRenderer struct {
	wrap  *Wrap
	width float32
}

func (r *wrapRenderer) Destroy()                     {}
func (r *wrapRenderer) Objects() []fyne.CanvasObject { return r.wrap.objects }

// MinSize is as wide as the widest object and as high as the lines at the present width.
func (r *wrapRenderer) MinSize() fyne.Size {
	out := flow{}.MinSize(r.wrap.objects)
	if r.width > 0 {
		out.Height = r.height(r.width)
	}
	return out
}

// height is that of the lines at a width.
func (r *wrapRenderer) height(width float32) float32 {
	var used, line, sum float32
	for _, o := range r.wrap.objects {
		if !o.Visible() {
			continue
		}
		wants := o.MinSize()
		if used > 0 && used+wants.Width > width {
			sum += line + Gap8
			used, line = 0, 0
		}
		used += wants.Width + Gap8
		line = max(line, wants.Height)
	}
	return sum + line
}

// Layout places the objects, and asks for more or less height where the lines have become others.
func (r *wrapRenderer) Layout(size fyne.Size) {
	r.width = size.Width
	flow{}.Layout(r.wrap.objects, size)
}

// Refresh places the objects anew.
func (r *wrapRenderer) Refresh() {
	r.Layout(r.wrap.Size())
	for _, o := range r.wrap.objects {
		o.Refresh()
	}
}
