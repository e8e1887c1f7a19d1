package checks

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// pane is one finding: what is odd, its figure over the years, and what can be done about it.
type pane struct {
	p       *Page
	at      workspace.Checked
	shown   bool
	detail  detail
	reading task.Latest
	drawing task.Latest
	drawn   func(d chart.Definition) (*scene.Scene, error)

	title   *widget.Label
	stand   *kit.Badge
	says    *widget.Label
	chart   *kit.SceneView
	test    *widget.Label
	past    *widget.Label // what was asked and answered
	text    *kit.Entry
	ask     *widget.Button
	accept  *widget.Button
	settle  *widget.Button
	open    *widget.Button
	body    *fyne.Container
	nothing *widget.Label
	view    fyne.CanvasObject
}

func newPane(p *Page) *pane {
	v := &pane{p: p, title: kit.Heading(""), stand: kit.NewBadge(kit.Neutral, ""), says: kit.Body(""), test: kit.Hint(""), past: kit.Body(""), nothing: kit.Hint(p.say("choose"))}
	v.title.Truncation = fyne.TextTruncateEllipsis
	v.chart = kit.NewChartView(p.s.Fonts(), fyne.NewSize(220, 150))
	v.chart.OnWidth = func(float64) { v.draw() }
	v.drawn = func(d chart.Definition) (*scene.Scene, error) {
		engine, err := p.s.Engine()
		if err != nil {
			return nil, err
		}
		return engine.Scene(d)
	}
	v.text = kit.NewEntry(p.say("question"))
	v.text.MultiLine, v.text.Wrapping = true, fyne.TextWrapWord
	v.text.SetMinRowsVisible(3)
	v.ask, v.accept = kit.Primary(p.say("ask"), p.ask), kit.IconButton(kit.IconCheck, p.say("accept"), p.accept)
	v.settle, v.open = kit.Button(p.say("close"), p.settle), kit.IconButton(kit.IconOpen, p.say("open"), p.openChosen)
	v.body = kit.Column(kit.Gap8, container.NewBorder(nil, nil, nil, v.stand, v.title), v.says, v.past, v.text, kit.NewWrap(v.ask, v.accept, v.settle, v.open), v.chart, v.test)
	v.view = kit.Sheet(container.NewVScroll(kit.Pad(kit.Gap12, container.NewStack(v.body, v.nothing))))
	v.clear()
	return v
}

// clear shows that nothing is chosen.
func (v *pane) clear() {
	v.stop()
	v.shown = false
	v.body.Hide()
	v.nothing.Show()
}

func (v *pane) stop() {
	v.reading.Stop()
	v.drawing.Stop()
}

func (v *pane) close() { v.stop() }

// show shows a finding; its history follows.
func (v *pane) show(c workspace.Checked) {
	if v.shown && v.at.Key() == c.Key() && v.at.Stand == c.Stand {
		return
	}
	v.stop()
	v.at, v.shown, v.detail = c, true, detail{}
	v.fill()
	v.chart.SetScene(nil)
	source := v.p.source
	task.Do(&v.reading, v.p.s.Runner(), func(ctx context.Context) (detail, error) { return source.detail(ctx, c) }, func(d detail, err error) {
		if err != nil {
			v.p.s.Fail(err)
			return
		}
		v.detail = d
		v.title.SetText(d.name)
		v.draw()
	})
}

// fill sets everything that is known of the finding.
func (v *pane) fill() {
	p, speaker := v.p, v.p.source.speaker()
	says := speaker.Says(v.at.Finding)
	if v.at.Subject == "" && v.at.Query != nil {
		says = v.at.Query.Text
	}
	v.says.SetText(says)
	v.stand.Set(looks[v.at.Stand], p.say("stand."+string(v.at.Stand)))
	v.test.SetText(speaker.Rule(v.at.Rule) + p.s.Words().Colon() + " " + speaker.Test(v.at.Rule))
	v.past.SetText(v.told())
	v.past.Hidden = v.past.Text == ""
	v.text.SetText(says)
	may := v.may()
	for button, on := range map[*widget.Button]bool{v.ask: may.ask, v.accept: may.accept, v.settle: may.close} {
		button.Hidden = !on
	}
	v.text.Hidden, v.says.Hidden = !may.ask, may.ask // what is asked says it already
	v.nothing.Hide()
	v.body.Show()
	v.body.Refresh()
}

// told is what was asked, and what was answered.
func (v *pane) told() string {
	q := v.at.Query
	if q == nil {
		return ""
	}
	args := words.Args{"Text": q.Text, "By": q.By, "On": q.On, "Answer": q.Answer, "AnsweredOn": q.AnsweredOn}
	switch {
	case q.Progress == workspace.QueryAccepted && q.Answer == "":
		return v.p.say("told.accepted", args)
	case q.Answer != "":
		return v.p.say("told.answered", args)
	}
	return v.p.say("told.asked", args)
}

// may is what can be done with the finding where it stands.
type may struct{ ask, accept, close bool }

func (v *pane) may() may {
	if !v.shown {
		return may{}
	}
	switch v.at.Stand {
	case workspace.StandOpen:
		return may{ask: true, accept: true}
	case workspace.StandAnswered:
		return may{ask: true, accept: true, close: true}
	case workspace.StandAsked:
		return may{close: true}
	}
	return may{}
}

// draw draws the figure over the years for the width that there is.
func (v *pane) draw() {
	width := v.chart.Points()
	d, ok := v.definition()
	v.chart.Hidden = !ok
	if !ok || width < 120 {
		return
	}
	d.Width, d.Height = width, 168
	drawn := v.drawn
	task.Do(&v.drawing, v.p.s.Runner(), func(context.Context) (*scene.Scene, error) { return drawn(d) }, func(s *scene.Scene, err error) {
		if err != nil {
			v.p.s.Fail(err)
			return
		}
		v.chart.SetScene(s)
		v.body.Refresh()
	})
}

// definition is the chart of the figure and its peers' median; ok is false where there is nothing to draw.
func (v *pane) definition() (chart.Definition, bool) {
	steps := v.detail.steps
	if len(steps) == 0 {
		return chart.Definition{}, false
	}
	p := v.p
	d := chart.Definition{Kind: chart.Level, Compact: true, Title: p.source.question(v.at.Concept), Language: p.s.Words().Language(), Numbers: p.s.Words()}
	if v.detail.Currency != "" {
		d.Title += ", " + v.detail.Currency
	}
	first, last := steps[0].Year, steps[len(steps)-1].Year
	for year := first; year <= last; year++ {
		d.Categories = append(d.Categories, strconv.Itoa(year))
	}
	own, peers := chart.Series{Name: p.say("own")}, chart.Series{Name: p.say("peers")}
	for _, s := range steps {
		add(&own, s.Year-first, s.Value)
		add(&peers, s.Year-first, s.Middle)
	}
	for _, s := range []chart.Series{own, peers} {
		if len(s.Points) > 0 {
			d.Series = append(d.Series, s)
		}
	}
	return d, len(d.Series) > 0 && len(d.Categories) <= chart.MaxCategories
}

// add adds a point; of several records of a year the first is drawn.
func add(s *chart.Series, category int, value *float64) {
	if value != nil && !slices.ContainsFunc(s.Points, func(p chart.Point) bool { return p.Category == category }) {
		s.Points = append(s.Points, chart.Point{Category: category, Value: *value})
	}
}
