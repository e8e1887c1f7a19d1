package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// field is the line that a person types into. It keeps to itself the keys that leave it, so that what was typed is
// handed over before the keyboard moves on; Tab is one of them, because answers may bring questions that Tab goes to.
type field struct {
	widget.Entry
	name   string
	calls  Calls
	state  State
	width  float32
	failed bool // what was typed was refused, and stays for the person to mend
	inside bool // has the keyboard
	shift  bool
	hint   string
	plain  bool // Up and Down are not its own

	// onKey is asked first; true: the key is dealt with.
	onKey func(key fyne.KeyName) bool
	// commit hands over the text in the field; nil is Calls.Text.
	commit func(text string) error
	// changed is told what is typed.
	changed func(text string)
}

// setUp readies a field; the widget that embeds it is its own object.
func (f *field) setUp(cfg Config, width float32, self fyne.Widget) {
	f.name, f.calls, f.width, f.plain = cfg.Name, cfg.Calls, width, true
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	f.ExtendBaseWidget(self)
	f.OnChanged = func(text string) {
		if f.changed != nil && f.inside {
			f.changed(text)
		}
	}
}

// newField makes a plain field.
func newField(cfg Config, width float32) *field {
	f := &field{}
	f.setUp(cfg, width, f)
	return f
}

// Object is the field.
func (f *field) Object() fyne.CanvasObject { return f }

// Focus gives the field the keyboard.
func (f *field) Focus(c fyne.Canvas) bool {
	c.Focus(f)
	return true
}

// MinSize is Fyne's, at the width of the field.
func (f *field) MinSize() fyne.Size {
	f.ExtendBaseWidget(f)
	least := f.Entry.MinSize()
	return fyne.NewSize(f.width*kit.Scale(), least.Height)
}

// Present shows an answer. What was refused stays until the answer is another.
func (f *field) Present(s State) {
	stays := f.failed && s.Answer.Equal(f.state.Answer)
	f.state = s
	if hint := first(s.Absent, f.hint); f.PlaceHolder != hint {
		f.SetPlaceHolder(hint)
	}
	if !stays {
		f.failed = false
		f.write()
	}
}

// write puts the answer into the field: as it is typed while the keyboard is there, else as it is read.
func (f *field) write() {
	text := f.state.Text
	if !f.inside && f.state.Shown != "" {
		text = f.state.Shown
	}
	if f.Text != text {
		f.SetText(text)
	}
}

// Typing tells whether the text is not that of the answer.
func (f *field) Typing() bool { return f.failed || f.inside && f.Text != f.state.Text }

// Reset puts the answer back.
func (f *field) Reset() {
	dropped := f.failed && f.calls.Dropped != nil
	f.failed = false
	f.write()
	f.selectAll()
	if dropped {
		f.calls.Dropped()
	}
}

// Commit hands over what was typed.
func (f *field) Commit() error {
	if !f.Typing() {
		return nil
	}
	hand := f.commit
	if hand == nil {
		hand = f.calls.Text
	}
	f.failed = false
	if err := hand(f.Text); err != nil {
		f.failed = true
		return err
	}
	return nil
}

// leave hands over what was typed and goes on; where it is refused the keyboard stays, with the text chosen.
func (f *field) leave(to Direction) {
	if f.Commit() != nil {
		f.selectAll()
		return
	}
	f.calls.Move(to)
}

// selectAll chooses the whole text, so that typing replaces it.
func (f *field) selectAll() {
	if f.Text != "" {
		f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusName is the name of the question.
func (f *field) FocusName() string { return f.name }

// AcceptsTab keeps Tab for the field.
func (f *field) AcceptsTab() bool { return true }

// TypedKey deals with the keys that leave the field or mean something to its kind.
func (f *field) TypedKey(key *fyne.KeyEvent) {
	if f.onKey != nil && f.onKey(key.Name) {
		return
	}
	switch key.Name {
	case fyne.KeyTab:
		f.leave(sideways(f.shifted()))
	case fyne.KeyReturn, fyne.KeyEnter:
		if f.MultiLine && !f.shifted() {
			f.Entry.TypedKey(key)
			return
		}
		f.leave(sideways(f.shifted() && !f.MultiLine))
	case fyne.KeyUp, fyne.KeyDown:
		if f.MultiLine || !f.plain {
			f.Entry.TypedKey(key)
			return
		}
		f.leave(upright(key.Name))
	case fyne.KeyEscape:
		f.Reset()
	default:
		f.Entry.TypedKey(key)
	}
}

func sideways(back bool) Direction {
	if back {
		return Previous
	}
	return Next
}

func upright(key fyne.KeyName) Direction {
	if key == fyne.KeyUp {
		return Above
	}
	return Below
}

// shifted tells whether Shift is held: the driver knows, and where it does not the keys seen here do.
func (f *field) shifted() bool { return f.shift || driverShift() }

func driverShift() bool {
	driver, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && driver.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

func isShift(name fyne.KeyName) bool {
	return name == desktop.KeyShiftLeft || name == desktop.KeyShiftRight
}

// KeyDown notes Shift.
func (f *field) KeyDown(key *fyne.KeyEvent) {
	f.shift = f.shift || isShift(key.Name)
	f.Entry.KeyDown(key)
}

// KeyUp notes Shift.
func (f *field) KeyUp(key *fyne.KeyEvent) {
	f.shift = f.shift && !isShift(key.Name)
	f.Entry.KeyUp(key)
}

// FocusGained shows the answer as it is typed, all of it chosen.
func (f *field) FocusGained() {
	f.inside = true
	if !f.failed {
		f.write()
	}
	f.Entry.FocusGained()
	f.selectAll()
	if f.calls.Focused != nil {
		f.calls.Focused()
	}
}

// FocusLost hands over what was typed, wherever the keyboard goes, and shows the answer as it is read.
func (f *field) FocusLost() {
	_ = f.Commit() // a refusal is shown beside the field, and the text stays
	f.inside, f.shift = false, false
	f.Entry.FocusLost()
	if !f.failed {
		f.write()
	}
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
