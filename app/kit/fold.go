package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Fold is a heading under which a part of a page can be folded away, by a click or with Space and Enter.
type Fold struct {
	widget.BaseWidget
	// OnChanged is told when the person opens or shuts it.
	OnChanged func(open bool)

	open  bool
	icon  *widget.Icon
	title *widget.Label
	head  *foldHead
	body  fyne.CanvasObject
	box   *fyne.Container
}

// NewFold makes a fold over a body.
func NewFold(title string, open bool, body fyne.CanvasObject) *Fold {
	f := &Fold{icon: widget.NewIcon(nil), title: Heading(title), body: body}
	f.head = &foldHead{fold: f, ring: NewShape("", "", Corner)}
	f.head.ExtendBaseWidget(f.head)
	f.box = Column(Gap4, f.head, body)
	f.ExtendBaseWidget(f)
	f.set(open)
	return f
}

// Open tells whether the body is shown.
func (f *Fold) Open() bool { return f.open }

// SetTitle changes the heading.
func (f *Fold) SetTitle(title string) { f.title.SetText(title) }

// SetOpen shows or folds away the body.
func (f *Fold) SetOpen(open bool) {
	if f.open != open {
		f.set(open)
	}
}

func (f *Fold) set(open bool) {
	f.open = open
	icon := IconNext
	if open {
		icon = IconDown
	}
	f.icon.SetResource(icon.In(ColorTeal))
	show(f.body, open)
	f.box.Refresh()
}

func (f *Fold) toggle() {
	f.set(!f.open)
	if f.OnChanged != nil {
		f.OnChanged(f.open)
	}
}

// CreateRenderer is Fyne's.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.box) }

// foldHead is the heading, which takes clicks and keys.
type foldHead struct {
	widget.BaseWidget
	fold *Fold
	ring *Shape
}

var (
	_ fyne.Focusable     = (*foldHead)(nil)
	_ desktop.Cursorable = (*foldHead)(nil)
)

// Tapped is Fyne's.
func (h *foldHead) Tapped(*fyne.PointEvent) { h.fold.toggle() }

// Cursor is that of what can be clicked.
func (h *foldHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is Fyne's.
func (h *foldHead) FocusGained() { h.ring.SetStroke(ColorTeal, 2) }

// FocusLost is Fyne's.
func (h *foldHead) FocusLost() { h.ring.SetStroke("", 1) }

// TypedRune is Fyne's.
func (h *foldHead) TypedRune(r rune) {
	if r == ' ' {
		h.fold.toggle()
	}
}

// TypedKey is Fyne's.
func (h *foldHead) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		h.fold.toggle()
	}
}

// CreateRenderer is Fyne's.
func (h *foldHead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(h.ring, container.NewBorder(nil, nil, container.NewCenter(h.fold.icon), nil, h.fold.title)))
}
