package stage

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// All returns every visible object of a type in the window, from top to bottom, with those in dialogs.
func All[T fyne.CanvasObject](s *Stage) []T {
	var out []T
	visit := func(o fyne.CanvasObject) {
		if found, ok := o.(T); ok {
			out = append(out, found)
		}
	}
	Walk(s.Window.Content(), visit)
	for _, over := range s.Window.Canvas().Overlays().List() {
		Walk(over, visit)
	}
	return out
}

// Walk visits an object and all visible objects in it.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			Walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			Walk(child, visit)
		}
	}
}

// Texts returns every text in sight, joined by lines.
func (s *Stage) Texts() string {
	var out []string
	visit := func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			out = append(out, o.Text)
		case *widget.Button, *kit.Press:
			out = append(out, button(o).Text)
		case *kit.Entry:
			out = append(out, o.Text)
		case *widget.Entry:
			out = append(out, o.Text)
		}
	}
	Walk(s.Window.Content(), visit)
	for _, over := range s.Window.Canvas().Overlays().List() {
		Walk(over, visit)
	}
	return strings.Join(out, "\n")
}

// Clean fails the test where an error was shown, or where a sentence stands in sight by the beginning of its key, such as
// "trends.", because no language has it, or without what it should be told.
func (s *Stage) Clean(keys ...string) {
	s.t.Helper()
	for _, err := range s.Errors {
		s.t.Errorf("an error was shown: %v", err)
	}
	text := s.Texts()
	for _, key := range append(keys, "<no value>") {
		if strings.Contains(text, key) {
			s.t.Errorf("a sentence is missing in:\n%s", text)
		}
	}
}

// Press clicks the first button in sight with a text; the test fails where there is none.
func (s *Stage) Press(text string) {
	s.t.Helper()
	for _, o := range All[fyne.CanvasObject](s) {
		b := button(o)
		if b != nil && b.Text == text && !b.Disabled() {
			o.(fyne.Tappable).Tapped(&fyne.PointEvent{})
			return
		}
	}
	s.t.Fatalf("there is no button %q that can be pressed; in sight is:\n%s", text, s.Texts())
}

// button is the button that an object is, or nil.
func button(o fyne.CanvasObject) *widget.Button {
	switch b := o.(type) {
	case *widget.Button:
		return b
	case *kit.Press:
		return &b.Button
	}
	return nil
}

// Type types a text where the focus is.
func (s *Stage) Type(text string) {
	s.t.Helper()
	focused := s.Canvas().Focused()
	if focused == nil {
		s.t.Fatal("nothing has the focus, so nothing can be typed")
	}
	for _, r := range text {
		focused.TypedRune(r)
	}
}

// Key presses a key where the focus is; Tab moves the focus.
func (s *Stage) Key(name fyne.KeyName) {
	s.t.Helper()
	focused := s.Canvas().Focused()
	if taker, ok := focused.(fyne.Tabbable); name == fyne.KeyTab && !(ok && taker.AcceptsTab()) {
		s.Canvas().FocusNext()
		return
	}
	if focused == nil {
		s.t.Fatalf("nothing has the focus, so %s cannot be pressed", name)
	}
	if down, ok := focused.(desktop.Keyable); ok {
		down.KeyDown(&fyne.KeyEvent{Name: name})
		defer down.KeyUp(&fyne.KeyEvent{Name: name})
	}
	focused.TypedKey(&fyne.KeyEvent{Name: name})
}
