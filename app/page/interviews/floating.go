package interviews

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// floating lays one small object over a column of blocks, under the field that it belongs to: the hits of a search. A
// popup of the toolkit would take the keyboard from the field.
type floating struct {
	object *fyne.Container
	column *fyne.Container
	scroll *container.Scroll
	under  fyne.CanvasObject
	over   fyne.CanvasObject
}

func newFloating(column *fyne.Container) *floating {
	f := &floating{column: column}
	f.object = container.New(f, column)
	return f
}

// put shows an object under another; nil takes away what was put under that one.
func (f *floating) put(under, over fyne.CanvasObject) {
	if over == nil && under != f.under {
		return
	}
	f.under, f.over = under, over
	f.object.Objects = []fyne.CanvasObject{f.column}
	if over != nil {
		f.object.Objects = append(f.object.Objects, over)
	} else {
		f.under = nil
	}
	f.object.Refresh()
}

// MinSize is that of the column.
func (f *floating) MinSize([]fyne.CanvasObject) fyne.Size {
	least := f.column.MinSize()
	if f.over != nil { // a list at the very end needs room below it
		least.Height = max(least.Height, f.over.MinSize().Height)
	}
	return least
}

// Layout gives the column all there is, and places what floats: under its field, or over it where there is no room.
func (f *floating) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f.column.Move(fyne.NewPos(0, 0))
	f.column.Resize(size)
	if f.over == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(f.under).Subtract(driver.AbsolutePositionForObject(f.object))
	least := f.over.MinSize()
	y := at.Y + f.under.Size().Height + 2
	top, bottom := float32(0), size.Height
	if f.scroll != nil {
		top = f.scroll.Offset.Y
		bottom = min(bottom, top+f.scroll.Size().Height)
	}
	if y+least.Height > bottom && at.Y-least.Height-2 >= top {
		y = at.Y - least.Height - 2
	}
	f.over.Resize(least)
	f.over.Move(fyne.NewPos(at.X, y))
}
