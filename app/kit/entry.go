package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry is a field of one line that says when the keyboard leaves it, and hands on the keys that mean something to the
// form it stands in.
type Entry struct {
	widget.Entry
	// ID names the field in traces, such as the path of its question.
	ID string
	// OnEnter is called at Enter. nil: Enter does nothing.
	OnEnter func()
	// OnLeave is called when the focus goes elsewhere, after the text is as it stays.
	OnLeave func()
	// OnFocus is called when the focus comes.
	OnFocus func()
	// OnKey is asked first for every key that types no character (Escape, Up, Down, F2 …); true: it is dealt with.
	OnKey func(key fyne.KeyName) bool
	// OnRune is asked first for every character; true: it is dealt with and not typed.
	OnRune func(r rune) bool
	width  float32
}

// NewEntry makes an empty field with a hint that shows while it is empty.
func NewEntry(hint string) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.SetHint(hint)
	return e
}

// SetHint changes the hint.
func (e *Entry) SetHint(hint string) { e.SetPlaceHolder(hint) }

// SetWidth gives the field a least width, at the normal text size.
func (e *Entry) SetWidth(width float32) { e.width = width }

// MinSize is Fyne's, and at least the width.
func (e *Entry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	return e.Entry.MinSize().Max(fyne.NewSize(e.width*Scale(), 0))
}

// FocusName is what a trace calls the field while it has the focus.
func (e *Entry) FocusName() string { return e.ID }

// TypedKey is Fyne's. Escape goes on to what the field stands in, such as a dialog.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key.Name) {
		return
	}
	if key.Name == fyne.KeyEscape {
		passOn(e, key)
		return
	}
	if (key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter) && !e.MultiLine {
		if e.OnEnter != nil {
			e.OnEnter()
		}
		return
	}
	e.Entry.TypedKey(key)
}

// TypedRune is Fyne's.
func (e *Entry) TypedRune(r rune) {
	if e.OnRune != nil && e.OnRune(r) {
		return
	}
	e.Entry.TypedRune(r)
}

// FocusGained is Fyne's.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus()
	}
}

// FocusLost is Fyne's.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// passOn gives a key to the canvas that an object stands on.
func passOn(o fyne.CanvasObject, key *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

// Press is a button for the keyboard: Enter presses it as Space does, and Escape goes on to what it stands in.
type Press struct{ widget.Button }

// NewPress makes such a button; the importance says how it looks.
func NewPress(text string, importance widget.Importance, do func()) *Press {
	p := &Press{}
	p.Text, p.Importance, p.OnTapped = text, importance, do
	p.ExtendBaseWidget(p)
	return p
}

// TypedKey is Fyne's.
func (p *Press) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape:
		passOn(p, key)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		p.Button.TypedKey(key)
	}
}
