package checks

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// sideBySide puts the finding beside the list where there is room for both, else under it.
type sideBySide struct{}

// The widths at the normal text size.
const (
	roomForBoth float32 = 1000
	listShare   float32 = 0.6
	paneShare   float32 = 0.46 // of the height, where the pane stands under the list
)

// MinSize is that of the list.
func (sideBySide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, 240)
}

// Layout places both.
func (sideBySide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, pane := objects[0], objects[1]
	list.Move(fyne.NewPos(0, 0))
	if size.Width < roomForBoth*kit.Scale() {
		below := size.Height * paneShare
		list.Resize(fyne.NewSize(size.Width, size.Height-below-kit.Gap8))
		pane.Move(fyne.NewPos(0, size.Height-below))
		pane.Resize(fyne.NewSize(size.Width, below))
		return
	}
	width := size.Width * listShare
	list.Resize(fyne.NewSize(width, size.Height))
	pane.Move(fyne.NewPos(width+kit.Gap12, 0))
	pane.Resize(fyne.NewSize(size.Width-width-kit.Gap12, size.Height))
}
