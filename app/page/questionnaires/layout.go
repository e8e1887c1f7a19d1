package questionnaires

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// beside gives the first object two fifths of the width and the second the rest; where there is little room the first
// keeps a third.
type beside struct{}

// MinSize is that of both side by side, narrow.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(200+300, max(a.Height, min(b.Height, 240)))
}

// Layout places both.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width * 0.4
	if size.Width < 1000*kit.Scale() {
		width = size.Width * 0.34
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(width+kit.Gap12, 0))
	objects[1].Resize(fyne.NewSize(size.Width-width-kit.Gap12, size.Height))
}

// high gives an object a height, at the normal text size, and all the width there is.
type high float32

// MinSize is the height.
func (h high) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, float32(h)*kit.Scale())
}

// Layout gives the object all there is.
func (h high) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(size)
}
