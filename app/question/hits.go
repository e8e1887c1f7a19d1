package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// hits is the list under a search: a few lines, one of them marked. It floats over what is below.
type hits struct {
	widget.BaseWidget
	lines  []string
	note   string // said in place of lines
	marked int
	chosen func(i int)
	box    *fyne.Container
	width  float32
}

func newHits(width float32, chosen func(i int)) *hits {
	h := &hits{chosen: chosen, box: kit.Column(0), width: width}
	h.ExtendBaseWidget(h)
	return h
}

// set shows lines with one marked (-1: none), or a note where there are none.
func (h *hits) set(lines []string, note string, marked int) {
	h.lines, h.note, h.marked = lines, note, marked
	h.box.Objects = nil
	for i, line := range lines {
		h.box.Add(newHit(h, i, line))
	}
	if len(lines) == 0 {
		h.box.Add(kit.Hint(note))
	}
	if marked >= 0 {
		h.mark(marked)
	}
	h.box.Refresh()
	h.Refresh()
}

// mark puts the mark on a line.
func (h *hits) mark(i int) {
	if len(h.lines) == 0 {
		return
	}
	h.marked = min(max(i, 0), len(h.lines)-1)
	for i, o := range h.box.Objects {
		o.(*hit).mark(i == h.marked)
	}
}

// MinSize is as wide as the field it belongs to.
func (h *hits) MinSize() fyne.Size {
	h.ExtendBaseWidget(h)
	least := h.box.MinSize()
	return fyne.NewSize(h.width*kit.Scale(), least.Height+2*kit.Gap4)
}

// CreateRenderer is Fyne's.
func (h *hits) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(kit.NewShape("menuBackground", kit.ColorTeal, kit.Corner), kit.Pad(kit.Gap4, h.box)))
}

// hit is one line. It is chosen as the button of the mouse goes down, before the keyboard can leave the field.
type hit struct {
	widget.BaseWidget
	hits  *hits
	index int
	back  *kit.Shape
	label *widget.Label
}

func newHit(h *hits, index int, text string) *hit {
	l := &hit{hits: h, index: index, back: kit.NewShape("", "", kit.Corner), label: kit.Line(text)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *hit) mark(on bool) {
	if on {
		l.back.SetFill(kit.ColorTint)
	} else {
		l.back.SetFill("")
	}
}

// MouseDown chooses the line.
func (l *hit) MouseDown(*desktop.MouseEvent) { l.hits.chosen(l.index) }

// MouseUp is Fyne's.
func (l *hit) MouseUp(*desktop.MouseEvent) {}

// MouseIn marks the line.
func (l *hit) MouseIn(*desktop.MouseEvent) { l.hits.mark(l.index) }

// MouseMoved is Fyne's.
func (l *hit) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (l *hit) MouseOut() {}

// MinSize is flat, so that nine lines fit under a field.
func (l *hit) MinSize() fyne.Size {
	l.ExtendBaseWidget(l)
	return fyne.NewSize(80, 28*kit.Scale())
}

// CreateRenderer is Fyne's.
func (l *hit) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(l.back, l.label))
}
