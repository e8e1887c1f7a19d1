package kit

import "fyne.io/fyne/v2"

// OffBar lays out the one object of a scroll, and keeps it off the right edge, where the bar lies.
type OffBar struct{}

// MinSize is the object's, with the edge.
func (OffBar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Add(fyne.NewSize(Gap16, Gap16))
}

// Layout leaves the edge free.
func (OffBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(2, Gap4))
	objects[0].Resize(fyne.NewSize(size.Width-Gap16, size.Height-Gap16))
}
