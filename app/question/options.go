package question

import (
	"slices"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// options is a short list of choices, each with its letter. A letter or a digit picks (or, of several, picks and lets
// go), arrows go about, Space picks what the cursor is on, Delete takes the answer back, Enter goes on.
type options struct {
	widget.BaseWidget
	name    string
	calls   Calls
	several bool
	width   float32 // of the room for them, at the normal text size
	offered []interview.Choice
	chosen  []string
	cursor  int // -1: nowhere yet
	hovered int // -1: nowhere
	inside  bool
	shift   bool
}

// newOptions makes a list without choices; Present brings them.
func newOptions(cfg Config, several bool) *options {
	o := &options{name: cfg.Name, calls: cfg.Calls, several: several, width: cfg.Width, cursor: -1, hovered: -1}
	o.ExtendBaseWidget(o)
	return o
}

// Object is the list.
func (o *options) Object() fyne.CanvasObject { return o }

// Focus gives it the keyboard.
func (o *options) Focus(c fyne.Canvas) bool {
	c.Focus(o)
	return true
}

// Present shows the choices and those that are chosen.
func (o *options) Present(s State) {
	o.offered, o.chosen = s.Choices, s.Answer.Value.Items()
	o.cursor = min(o.cursor, len(o.offered)-1)
	o.Refresh()
}

// Commit has nothing to do: a choice is handed over at once.
func (o *options) Commit() error { return nil }

// Typing is never the case.
func (o *options) Typing() bool { return false }

// Reset has nothing to do.
func (o *options) Reset() {}

// FocusName is the name of the question.
func (o *options) FocusName() string { return o.name }

// AcceptsTab keeps Tab for the list.
func (o *options) AcceptsTab() bool { return true }

// has tells whether a choice is chosen.
func (o *options) has(i int) bool { return slices.Contains(o.chosen, o.offered[i].Name) }

// pick chooses a choice; of several it chooses it or lets it go.
func (o *options) pick(i int) {
	if i < 0 || i >= len(o.offered) {
		return
	}
	o.cursor = i
	name := o.offered[i].Name
	value := record.Text(name)
	if o.several {
		value = record.List(o.toggled(name))
	}
	_ = o.calls.Answer(value) // what speaks against it is shown beside the list
	o.Refresh()
}

// toggled is the chosen names with one more or one less, in the order of the list.
func (o *options) toggled(name string) []string {
	var out []string
	for _, c := range o.offered {
		if slices.Contains(o.chosen, c.Name) != (c.Name == name) {
			out = append(out, c.Name)
		}
	}
	return out
}

// TypedRune picks by letter or digit.
func (o *options) TypedRune(r rune) {
	if r == ' ' {
		return // TypedKey has it
	}
	if n := digit(r); n > 0 {
		o.pick(n - 1)
		return
	}
	if letter := unicode.ToLower(r); letter >= 'a' && letter <= 'z' {
		o.pick(int(letter - 'a'))
	}
}

// TypedKey goes about, picks and goes on.
func (o *options) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		o.calls.Move(sideways(o.shift || driverShift()))
	case fyne.KeySpace:
		o.pick(o.cursor)
	case fyne.KeyDelete, fyne.KeyBackspace:
		_ = o.calls.Answer(record.Value{})
	case fyne.KeyRight:
		o.point(o.cursor + 1)
	case fyne.KeyLeft:
		o.point(o.cursor - 1)
	case fyne.KeyDown:
		o.down()
	case fyne.KeyUp:
		o.up()
	}
}

// point puts the cursor on a choice.
func (o *options) point(i int) {
	if i >= 0 && i < len(o.offered) {
		o.cursor = i
		o.Refresh()
	}
}

// down goes to the row below, and from the last one on to the next question.
func (o *options) down() {
	switch next := o.cursor + o.columns(); {
	case o.cursor < 0:
		o.point(0)
	case next < len(o.offered):
		o.point(next)
	default:
		o.calls.Move(Below)
	}
}

// up goes to the row above, and from the first one back to the question before.
func (o *options) up() {
	if above := o.cursor - o.columns(); o.cursor >= 0 && above >= 0 {
		o.point(above)
		return
	}
	o.calls.Move(Above)
}

// FocusGained shows the ring, with the cursor on the answer.
func (o *options) FocusGained() {
	o.inside = true
	if o.cursor < 0 {
		o.cursor = max(slices.IndexFunc(o.offered, func(c interview.Choice) bool { return slices.Contains(o.chosen, c.Name) }), 0)
	}
	o.Refresh()
	if o.calls.Focused != nil {
		o.calls.Focused()
	}
}

// FocusLost hides the ring.
func (o *options) FocusLost() {
	o.inside, o.shift = false, false
	o.Refresh()
}

// KeyDown notes Shift.
func (o *options) KeyDown(key *fyne.KeyEvent) { o.shift = o.shift || isShift(key.Name) }

// KeyUp notes Shift.
func (o *options) KeyUp(key *fyne.KeyEvent) { o.shift = o.shift && !isShift(key.Name) }

// Tapped picks what is under the pointer.
func (o *options) Tapped(at *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.Focus(o)
	}
	o.pick(o.at(at.Position))
}

// MouseIn is Fyne's.
func (o *options) MouseIn(e *desktop.MouseEvent) { o.MouseMoved(e) }

// MouseMoved marks what is under the pointer.
func (o *options) MouseMoved(e *desktop.MouseEvent) {
	if i := o.at(e.Position); i != o.hovered {
		o.hovered = i
		o.Refresh()
	}
}

// MouseOut is Fyne's.
func (o *options) MouseOut() {
	o.hovered = -1
	o.Refresh()
}
