package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
)

const (
	toastTime     = 5 * time.Second
	toastUndoTime = 12 * time.Second
)

// toaster shows short messages over the page, the newest in place of the one before.
type toaster struct {
	layer *fyne.Container
	after func(time.Duration, func()) func()
	stop  func()
}

func newToaster(after func(time.Duration, func()) func()) *toaster {
	return &toaster{layer: container.New(lowerMiddle{}), after: after}
}

// show says a text, with a button where there is something to undo.
func (t *toaster) show(text, undoWord string, undo func()) {
	t.clear()
	line := kit.Row(kit.Gap4, kit.Plain(text))
	wait := toastTime
	if undo != nil {
		wait = toastUndoTime
		line.Add(kit.Button(undoWord, func() {
			t.clear()
			undo()
		}))
	}
	line.Add(kit.IconButton(kit.IconClose, "", t.clear))
	sheet := container.NewStack(kit.NewShape(kit.ColorSheet, kit.ColorTeal, kit.Corner), kit.Pad(kit.Gap4, line))
	t.layer.Objects = []fyne.CanvasObject{sheet}
	t.layer.Refresh()
	t.stop = t.after(wait, t.clear)
}

func (t *toaster) clear() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if len(t.layer.Objects) > 0 {
		t.layer.Objects = nil
		t.layer.Refresh()
	}
}

// lowerMiddle puts its object over the footer, in the middle.
type lowerMiddle struct{}

// MinSize is nothing: the layer takes no room.
func (lowerMiddle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the object.
func (lowerMiddle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		wants := o.MinSize()
		wants.Width = min(wants.Width, size.Width-2*kit.Gap16)
		o.Resize(wants)
		o.Move(fyne.NewPos((size.Width-wants.Width)/2, size.Height-wants.Height-56))
	}
}
