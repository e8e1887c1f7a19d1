package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/record"
)

// file is the editor of an attachment: what is attached, and Space or a click to choose another.
type file struct {
	widget.BaseWidget
	name   string
	calls  Calls
	empty  string
	width  float32
	label  *widget.Label
	ring   *kit.Shape
	shift  bool
	inside bool
}

func newFile(cfg Config) Editor {
	f := &file{name: cfg.Name, calls: cfg.Calls, empty: cfg.Words.Say("question.choose_file"), width: min(cfg.Width, searchWidth),
		label: kit.Line(""), ring: kit.NewShape(kit.ColorSheet, "inputBorder", kit.Corner)}
	f.ExtendBaseWidget(f)
	f.label.SetText(f.empty)
	return f
}

// Object is the line itself.
func (f *file) Object() fyne.CanvasObject { return f }

// Focus gives it the keyboard.
func (f *file) Focus(c fyne.Canvas) bool {
	c.Focus(f)
	return true
}

// Present names the attachment.
func (f *file) Present(s State) {
	f.label.SetText(first(s.Shown, s.Text, s.Absent, f.empty))
}

// Commit has nothing to do.
func (f *file) Commit() error { return nil }

// Typing is never the case.
func (f *file) Typing() bool { return false }

// Reset has nothing to do.
func (f *file) Reset() {}

// FocusName is the name of the question.
func (f *file) FocusName() string { return f.name }

// AcceptsTab keeps Tab for the line.
func (f *file) AcceptsTab() bool { return true }

// TypedRune does nothing.
func (f *file) TypedRune(rune) {}

// TypedKey chooses a file at Space, takes it away at Delete, and goes on.
func (f *file) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace:
		f.Tapped(nil)
	case fyne.KeyDelete, fyne.KeyBackspace:
		_ = f.calls.Answer(record.Value{})
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		f.calls.Move(sideways(f.shift || driverShift()))
	case fyne.KeyUp, fyne.KeyDown:
		f.calls.Move(upright(key.Name))
	}
}

// KeyDown notes Shift.
func (f *file) KeyDown(key *fyne.KeyEvent) { f.shift = f.shift || isShift(key.Name) }

// KeyUp notes Shift.
func (f *file) KeyUp(key *fyne.KeyEvent) { f.shift = f.shift && !isShift(key.Name) }

// Tapped asks for a file.
func (f *file) Tapped(*fyne.PointEvent) {
	if f.calls.Attach != nil {
		f.calls.Attach()
	}
}

// FocusGained shows the ring.
func (f *file) FocusGained() {
	f.inside = true
	f.ring.SetStroke(kit.ColorTeal, 2)
	if f.calls.Focused != nil {
		f.calls.Focused()
	}
}

// FocusLost hides it.
func (f *file) FocusLost() {
	f.inside, f.shift = false, false
	f.ring.SetStroke("inputBorder", 1)
}

// MinSize is that of a field.
func (f *file) MinSize() fyne.Size {
	f.ExtendBaseWidget(f)
	return fyne.NewSize(f.width*kit.Scale(), f.label.MinSize().Height)
}

// CreateRenderer is Fyne's.
func (f *file) CreateRenderer() fyne.WidgetRenderer {
	icon := container.NewCenter(widget.NewIcon(kit.IconFile.In(kit.ColorSoft)))
	return widget.NewSimpleRenderer(container.NewStack(f.ring, container.NewBorder(nil, nil, kit.Pad(kit.Gap4, icon), nil, f.label)))
}
