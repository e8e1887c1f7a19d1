package directory

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// sideBySide gives the first object a share of the width and the second the rest, from a width of the window on, at the
// normal text size; below it the second is not shown.
type sideBySide struct {
	from, share float32
}

// MinSize is that of the first object.
func (l *sideBySide) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout places both.
func (l *sideBySide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first, second := objects[0], objects[1]
	first.Move(fyne.NewPos(0, 0))
	if size.Width < (l.from-100)*kit.Scale() {
		second.Hide()
		first.Resize(size)
		return
	}
	second.Show()
	width := size.Width * l.share
	first.Resize(fyne.NewSize(width, size.Height))
	second.Move(fyne.NewPos(width+kit.Gap12, 0))
	second.Resize(fyne.NewSize(size.Width-width-kit.Gap12, size.Height))
}
