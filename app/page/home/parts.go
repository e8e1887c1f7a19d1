package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
)

// showWaves draws each wave as one bar: validated, submitted, being worked on.
func (p *Page) showWaves(waves []wave) {
	p.waves.Objects = nil
	for _, w := range waves {
		p.waves.Add(p.waveLine(w))
	}
	if len(waves) == 0 {
		p.waves.Add(kit.Hint(p.s.Words().Say("home.no_waves")))
	} else {
		p.waves.Add(p.key())
	}
	p.waves.Refresh()
}

func (p *Page) waveLine(w wave) fyne.CanvasObject {
	say := p.s.Words().Say
	bar := kit.NewBar()
	bar.SetLeast(fyne.NewSize(120, 12))
	if all := float64(w.total()); all > 0 {
		bar.Set(kit.Part{Share: float64(w.validated) / all, Color: kit.ColorGood}, kit.Part{Share: float64(w.submitted) / all, Color: kit.ColorTeal},
			kit.Part{Share: float64(w.returned) / all, Color: kit.ColorWarn})
	}
	count := kit.Caption(say("home.wave_count", w.total()))
	title := kit.Line(w.title)
	parts := kit.Caption(say("home.wave_parts", "Validated", w.validated, "Submitted", w.submitted, "Open", w.saved+w.returned))
	return kit.Column(-6, container.NewBorder(nil, nil, nil, count, title), container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), bar), parts)
}

// key says what the colours of the bars mean.
func (p *Page) key() fyne.CanvasObject {
	row := kit.Row(kit.Gap12)
	for _, one := range []struct {
		name  string
		color fyne.ThemeColorName
	}{{"validated", kit.ColorGood}, {"submitted", kit.ColorTeal}, {"returned", kit.ColorWarn}, {"open", kit.ColorLine}} {
		mark := kit.NewShape(one.color, "", 2)
		mark.SetLeast(fyne.NewSize(12, 12))
		row.Add(kit.Row(0, container.NewCenter(mark), kit.Caption(p.s.Words().Say("home.key."+one.name))))
	}
	return container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), row)
}

// states are how the kinds of lines are marked.
var states = map[string]kit.State{"draft": kit.Active, "conflict": kit.Bad, "returned": kit.Warn}

// entry is a line that leads on when it is clicked, or when it has the focus and Enter is pressed.
type entry struct {
	widget.BaseWidget
	s     page.Services
	at    line
	back  *kit.Shape
	focus bool
}

func newEntry(s page.Services, at line) *entry {
	e := &entry{s: s, at: at, back: kit.NewShape("", "", kit.Corner)}
	e.ExtendBaseWidget(e)
	return e
}

// Tapped is Fyne's.
func (e *entry) Tapped(*fyne.PointEvent) { e.s.Navigate(e.at.route) }

// FocusGained is Fyne's.
func (e *entry) FocusGained() {
	e.focus = true
	e.back.SetStroke(kit.ColorTeal, 2)
}

// FocusLost is Fyne's.
func (e *entry) FocusLost() {
	e.focus = false
	e.back.SetStroke("", 0)
}

// TypedRune is Fyne's.
func (e *entry) TypedRune(rune) {}

// TypedKey is Fyne's.
func (e *entry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter || key.Name == fyne.KeySpace {
		e.Tapped(nil)
	}
}

// MouseIn is Fyne's.
func (e *entry) MouseIn(*desktop.MouseEvent) { e.back.SetFill("hover") }

// MouseMoved is Fyne's.
func (e *entry) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (e *entry) MouseOut() { e.back.SetFill("") }

// CreateRenderer is Fyne's.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	badge := kit.NewBadge(states[e.at.state], e.s.Words().Say("home.state."+e.at.state))
	body := kit.Column(-12, kit.Line(e.at.label), func() *widget.Label {
		about := kit.Caption(e.at.about)
		about.Truncation = fyne.TextTruncateEllipsis
		return about
	}())
	return widget.NewSimpleRenderer(container.NewStack(e.back, container.NewBorder(nil, nil, nil, container.NewCenter(badge), body)))
}

// halves puts two columns side by side where there is room for both, else one under the other.
type halves struct{}

// twoColumns is the least width, at the normal text size, of two columns.
const twoColumns = 900

// MinSize is that of one column; the height is what the last layout needed.
func (halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0], objects[1]
	size := fyne.NewSize(max(left.MinSize().Width, right.MinSize().Width), 0)
	if left.Size().Width > 0 && right.Position().X > 0 {
		size.Height = max(left.MinSize().Height, right.MinSize().Height)
	} else {
		size.Height = left.MinSize().Height + kit.Gap12 + right.MinSize().Height
	}
	return size
}

// Layout places the columns.
func (halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, right := objects[0], objects[1]
	left.Move(fyne.NewPos(0, 0))
	if size.Width < twoColumns*kit.Scale() {
		left.Resize(fyne.NewSize(size.Width-2, left.MinSize().Height))
		right.Move(fyne.NewPos(0, left.MinSize().Height+kit.Gap12))
		right.Resize(fyne.NewSize(size.Width-2, right.MinSize().Height))
		return
	}
	half := (size.Width - kit.Gap16 - 2) / 2 // the last line of the sheets stays in sight
	left.Resize(fyne.NewSize(half, left.MinSize().Height))
	right.Move(fyne.NewPos(half+kit.Gap16, 0))
	right.Resize(fyne.NewSize(half, right.MinSize().Height))
}
