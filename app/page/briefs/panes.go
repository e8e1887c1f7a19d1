package briefs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// wideFrom is the width from which all panes stand side by side; the rail is left of it.
const wideFrom float32 = 1600 - kit.RailWidth

// pane is one part of the page.
type pane struct {
	title   string
	width   float32 // beside the others; 0 takes what is left
	content fyne.CanvasObject
}

// panes shows its parts side by side where there is room, else one of them under tabs.
type panes struct {
	widget.BaseWidget
	parts []pane
	tabs  []*widget.Button
	bar   *fyne.Container
	at    int
}

func newPanes(parts ...pane) *panes {
	p := &panes{parts: parts, bar: kit.Row(kit.Gap4)}
	for i, part := range parts {
		tab := kit.Quiet(part.title, func() { p.open(i) })
		p.tabs = append(p.tabs, tab)
		p.bar.Add(tab)
	}
	p.ExtendBaseWidget(p)
	p.open(0)
	return p
}

// open brings a part to the front where there are tabs.
func (p *panes) open(i int) {
	p.at = i
	for at, tab := range p.tabs {
		tab.Importance = widget.LowImportance
		if at == i {
			tab.Importance = widget.HighImportance
		}
		tab.Refresh()
	}
	p.Refresh()
}

// wide tells whether all parts are shown.
func (p *panes) wide() bool { return p.Size().Width >= wideFrom }

// CreateRenderer is Fyne's.
func (p *panes) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{container.NewPadded(p.bar)}
	for _, part := range p.parts {
		objects = append(objects, part.content)
	}
	return &panesRenderer{p, objects}
}

// panesRenderer draws panes.
type panesRenderer struct {
	p       *panes
	objects []fyne.CanvasObject // the bar, then the parts
}

func (r *panesRenderer) Destroy()                     {}
func (r *panesRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *panesRenderer) MinSize() fyne.Size           { return fyne.NewSize(400, 300) }

// Layout places the parts.
func (r *panesRenderer) Layout(size fyne.Size) {
	bar, wide := r.objects[0], r.p.wide()
	shown(bar, !wide)
	if !wide {
		height := bar.MinSize().Height
		bar.Resize(fyne.NewSize(size.Width, height))
		for i, o := range r.objects[1:] {
			shown(o, i == r.p.at)
			o.Move(fyne.NewPos(0, height))
			o.Resize(fyne.NewSize(size.Width, size.Height-height))
		}
		return
	}
	left := size.Width
	for _, part := range r.p.parts {
		left -= part.width
	}
	var x float32
	for i, o := range r.objects[1:] {
		width := r.p.parts[i].width
		if width == 0 {
			width = left
		}
		shown(o, true)
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width
	}
}

// Refresh places the parts anew.
func (r *panesRenderer) Refresh() {
	r.Layout(r.p.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func shown(o fyne.CanvasObject, is bool) {
	if is {
		o.Show()
	} else {
		o.Hide()
	}
}
