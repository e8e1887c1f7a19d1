package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// flow puts objects side by side, as wide as they want, and goes on in the next line where there is no more room. A
// spacer pushes what follows it to the right of its line.
type flow struct{}

// MinSize is one line as wide as the widest object; the height is known only once the width is.
func (flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.Size{}
	for _, o := range objects {
		if o.Visible() {
			out = out.Max(o.MinSize())
		}
	}
	return out
}

// Layout places the objects.
func (f flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var line []fyne.CanvasObject
	var used, y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		wants := o.MinSize().Width
		if len(line) > 0 && used+wants > size.Width {
			y += f.place(line, size.Width, y) + Gap8
			line, used = nil, 0
		}
		line = append(line, o)
		used += wants + Gap8
	}
	f.place(line, size.Width, y)
}

// place sets one line and returns its height.
func (flow) place(line []fyne.CanvasObject, width, y float32) (height float32) {
	spacers, used := 0, -Gap8
	for _, o := range line {
		if _, ok := o.(layout.SpacerObject); ok {
			spacers++
			continue
		}
		used += o.MinSize().Width + Gap8
		height = max(height, o.MinSize().Height)
	}
	var x float32
	for _, o := range line {
		if _, ok := o.(layout.SpacerObject); ok {
			x += max(width-used, 0) / float32(spacers)
			continue
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(o.MinSize().Width, height))
		x += o.MinSize().Width + Gap8
	}
	return height
}
