package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/reports/scene"
)

// Page is the home page.
type Page struct {
	s       page.Services
	content *fyne.Container
	waves   *fyne.Container
	drafts  *fyne.Container
	looks   *fyne.Container
	chart   *kit.SceneView
	none    *widget.Label // in place of a chart
	scroll  *container.Scroll
	empty   *fyne.Container
	width   float64 // that the chart was drawn for
	reading task.Latest
	drawing task.Latest
}

// New makes the home page.
func New(s page.Services, _ page.Route) page.Page {
	p := &Page{s: s, waves: kit.Column(kit.Gap8), drafts: kit.Column(0), looks: kit.Column(0)}
	p.chart = kit.NewChartView(s.Fonts(), fyne.NewSize(300, 200))
	p.chart.OnWidth = p.draw
	p.chart.OnTapped = func() { s.Navigate("trends") }
	p.none = kit.Body("")
	p.none.Hide()
	say := s.Words().Say
	left := kit.Column(kit.Gap12, kit.Card(say("home.waves"), p.waves), kit.Card(say("home.drafts"), p.drafts))
	right := kit.Column(kit.Gap12, kit.Card(say("home.trend"), p.none, p.chart), kit.Card(say("home.looks"), p.looks))
	p.scroll = container.NewVScroll(container.New(halves{}, left, right))
	p.empty = kit.NewEmpty(kit.IconInterview, say("home.empty"), say("home.empty_action"), func() { s.Navigate("interviews/new") })
	p.empty.Hide()
	p.content = container.NewStack(p.scroll, p.empty)
	return p
}

// Route is where the page is.
func (p *Page) Route() string { return "home" }

// Title is what stands in the top bar.
func (p *Page) Title() string { return p.s.Words().Say("app.page.home") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Keep and Restore bring back how far the page was scrolled.
func (p *Page) Keep() any { return p.scroll.Offset }

// Restore scrolls as Keep noted.
func (p *Page) Restore(kept any) {
	if at, ok := kept.(fyne.Position); ok {
		p.scroll.Offset = at
	}
}

// Close stops what is being read.
func (p *Page) Close() {
	p.reading.Stop()
	p.drawing.Stop()
}

// Commands are what can be done here.
func (p *Page) Commands() []page.Command {
	return []page.Command{{Label: p.s.Words().Say("home.empty_action"), Key: "Ctrl+N", Run: func() { p.s.Navigate("interviews/new") }}}
}

// Reload reads the overview again.
func (p *Page) Reload() {
	r := reader{p.s.Workspace(), p.s.Words()}
	task.Do(&p.reading, p.s.Runner(), r.read, func(o overview, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.show(o)
	})
	p.width = 0
	p.draw(p.chart.Points())
}

func (p *Page) show(o overview) {
	say := p.s.Words().Say
	bare := o.interviews == 0 && o.cooperatives == 0 && len(o.drafts) == 0
	setShown(p.empty, bare)
	setShown(p.scroll, !bare)
	p.showWaves(o.waves)
	p.fill(p.drafts, o.drafts, o.moreDrafts, say("home.no_drafts"))
	p.fill(p.looks, o.looks, o.moreLooks, say("home.no_looks"))
	p.s.Footer(say("home.counts", "Cooperatives", o.cooperatives, "Interviews", o.interviews))
	p.content.Refresh()
}

// fill shows lines, or a sentence in place of none.
func (p *Page) fill(box *fyne.Container, lines []line, more int, none string) {
	box.Objects = nil
	for _, l := range lines {
		box.Add(newEntry(p.s, l))
	}
	if len(lines) == 0 {
		box.Add(kit.Hint(none))
	}
	if more > 0 {
		box.Add(kit.Caption(p.s.Words().Say("home.more", more)))
	}
	box.Refresh()
}

// draw has the chart drawn for a width, unless it is.
func (p *Page) draw(points float64) {
	if points < 200 || points == p.width {
		return
	}
	p.width = points
	d := drawing{reader{p.s.Workspace(), p.s.Words()}, p.s.Engine, points}
	task.Do(&p.drawing, p.s.Runner(), d.draw, func(drawn *scene.Scene, err error) {
		setShown(p.none, drawn == nil)
		setShown(p.chart, drawn != nil)
		switch {
		case err != nil:
			p.none.SetText(p.s.Words().Say("home.no_chart", "Reason", err.Error()))
		case drawn == nil:
			p.none.SetText(p.s.Words().Say("home.no_trend"))
		default:
			p.chart.SetScene(drawn)
		}
		p.scroll.Refresh()
	})
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
