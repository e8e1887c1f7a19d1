package releases

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// beside gives the list a little more than half of the width and what is chosen the rest; where there is little room the list stands over it.
type beside struct{}

// The shares, and the width at the normal text size from which both stand side by side.
const (
	listShare float32 = 0.55
	overShare float32 = 0.36 // of the height
	roomFor           = 1100
)

// MinSize is small: both scroll.
func (beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

// Layout places both.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, detail := objects[0], objects[1]
	list.Move(fyne.NewPos(0, 0))
	if size.Width < roomFor*kit.Scale() {
		height := size.Height * overShare
		list.Resize(fyne.NewSize(size.Width, height))
		detail.Move(fyne.NewPos(0, height+kit.Gap8))
		detail.Resize(fyne.NewSize(size.Width, size.Height-height-kit.Gap8))
		return
	}
	width := size.Width * listShare
	list.Resize(fyne.NewSize(width, size.Height))
	detail.Move(fyne.NewPos(width+kit.Gap12, 0))
	detail.Resize(fyne.NewSize(size.Width-width-kit.Gap12, size.Height))
}

// headed puts a table under its head and gives it the room that is left, or a few rows where that is too little: then
// both scroll together.
type headed struct{}

// fewRows is the least height of the table at the normal text size.
const fewRows float32 = 220

// MinSize is the head's, with a few rows.
func (headed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Add(fyne.NewSize(0, fewRows*kit.Scale()))
}

// Layout places both.
func (headed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, table := objects[0], objects[1]
	height := head.MinSize().Height
	head.Resize(fyne.NewSize(size.Width, height))
	head.Move(fyne.NewPos(0, 0))
	table.Move(fyne.NewPos(0, height))
	table.Resize(fyne.NewSize(size.Width, max(0, size.Height-height)))
}
