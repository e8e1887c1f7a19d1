package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/stage"
)

// pressButton clicks the button with a text in an object.
func pressButton(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	var found *widget.Button
	stage.Walk(in, func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == text && found == nil {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("there is no button %q", text)
	}
	test.Tap(found)
}

// tapLabel clicks what a label with a text lies on.
func tapLabel(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	var on, hit fyne.Tappable
	stage.Walk(in, func(o fyne.CanvasObject) {
		if tappable, ok := o.(fyne.Tappable); ok {
			on = tappable
		}
		if l, ok := o.(*widget.Label); ok && l.Text == text {
			hit = on
		}
	})
	if hit == nil {
		t.Fatalf("nothing can be clicked at %q", text)
	}
	hit.Tapped(&fyne.PointEvent{})
}
