package trends

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// Entry is the line of the page list.
func Entry() page.Entry {
	return page.Entry{Name: "trends", Route: "trends", Group: page.Analysis, Icon: kit.IconTrend, New: New, Samples: []string{
		"trends", "trends?by=country&indicator=I04", "trends?basis=all&indicator=I13a", "trends?by=country&indicator=I08",
		"trends?by=ilo_type&then=country&indicator=I05", "trends?by=country&indicator=I05&totals=estimated",
		"trends?indicator=I33a", "trends?indicator=I34a", "trends?indicator=I34c", "trends?indicator=I22c",
	}}
}

// The preferences that the page keeps.
const (
	prefSays  = "trends.says"  // "shut" where "what this says" is folded away
	prefParts = "trends.parts" // "open" where the decomposition is shown
)

// Page is the page of one indicator over the years.
type Page struct {
	s       page.Services
	at      choice
	figures *figures
	answer  answer
	asking  task.Latest // the computing
	viewing task.Latest // the views that were kept
	drawing task.Latest // the chart
	copying func(picture string) error
	drawn   func(d chart.Definition) (*scene.Scene, error)

	internal bool // confidential figures are shown too; never kept, never saved

	controls *controls
	card     *card
	pointer  *pointer
	rows     *rows
	gallery  *gallery
	mark     *kit.Badge // says that figures are internal
	chart    *kit.SceneView
	picture  *fyne.Container // the chart with the pointer over it
	busy     *fyne.Container
	none     *kit.Wrap // why there is no chart
	says     *fyne.Container
	table    *kit.Grid
	marks    *widget.Label
	parts    *kit.Grid
	foldSays *kit.Fold
	foldPart *kit.Fold
	results  *fyne.Container
	notice   *fyne.Container // in place of the results: empty, or an error with a way out
	scroll   *container.Scroll
	content  *fyne.Container
}

var (
	_ page.Keeper    = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
)

// New makes the page.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, at: readChoice(at), figures: &figures{space: s.Workspace()}, copying: copyPicture, drawn: drawWith(s.Engine)}
	p.controls = newControls(p)
	p.card, p.pointer, p.rows, p.gallery = newCard(p), newPointer(p), newRows(p), newGallery(p)
	p.mark = kit.NewBadge(kit.Warn, p.say("internal_mark"))
	p.mark.Hide()
	p.chart = kit.NewChartView(s.Fonts(), fyne.NewSize(320, 300))
	p.chart.OnWidth = func(float64) { p.draw() }
	p.none = kit.NewWrap()
	p.says, p.table, p.parts = kit.Column(0), kit.NewGrid(nil, nil), kit.NewGrid(nil, nil)
	p.marks = kit.Hint("")
	p.foldSays = kit.NewFold(p.say("says.title"), s.Preference(prefSays) != "shut", kit.Limit(920, p.says))
	p.foldSays.OnChanged = p.remember(prefSays, "", "shut")
	p.foldPart = kit.NewFold(p.say("parts.title"), s.Preference(prefParts) == "open", kit.Column(kit.Gap4, kit.Limit(920, kit.Hint(p.say("parts.note"))), kit.Sheet(p.parts)))
	p.foldPart.OnChanged = p.remember(prefParts, "open", "")
	p.picture = container.NewStack(p.chart, p.pointer)
	p.results = kit.Column(kit.Gap12, p.mark, p.none, p.picture, p.gallery.object, p.card.object, p.foldSays, p.tableHead(), kit.Sheet(container.NewStack(p.table, p.rows)), p.marks, p.foldPart)
	p.results.Hide() // until there is an answer
	p.notice = container.NewStack()
	p.scroll = container.NewVScroll(container.NewPadded(kit.Column(0, p.results, p.notice)))
	p.content = container.NewBorder(kit.Pad(kit.Gap8, p.controls), nil, nil, nil, p.scroll)
	return p
}

// remember keeps whether a part of the page is open.
func (p *Page) remember(key, open, shut string) func(bool) {
	return func(is bool) {
		if is {
			p.s.SetPreference(key, open)
		} else {
			p.s.SetPreference(key, shut)
		}
	}
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("trends."+key, args...) }

// tableHead is the heading of the table with what can be done with it.
func (p *Page) tableHead() fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.Heading(p.say("table")), kit.Row(kit.Gap8,
		kit.IconButton(kit.IconCopy, p.say("copy_table"), p.copyTable), kit.IconButton(kit.IconSave, p.say("save_table"), func() { p.save(csvForm) })))
}

// Route is the page with its choice.
func (p *Page) Route() string { return p.at.route() }

// Title is the page's name.
func (p *Page) Title() string { return p.say("title") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Keep keeps how far the page is scrolled.
func (p *Page) Keep() any { return p.scroll.Offset }

// Restore scrolls there again.
func (p *Page) Restore(kept any) {
	if offset, ok := kept.(fyne.Position); ok {
		p.scroll.Offset = offset
	}
}

// Close stops the computing and lets the frame go.
func (p *Page) Close() {
	p.asking.Stop()
	p.drawing.Stop()
	p.viewing.Stop()
	p.card.asking.Stop()
	p.gallery.stop()
	if err := p.figures.close(); err != nil {
		p.s.Fail(err)
	}
}

// Reload reads the records again.
func (p *Page) Reload() {
	if err := p.figures.renew(); err != nil {
		p.s.Fail(err)
		return
	}
	p.ask()
}

// choose takes another choice and answers it.
func (p *Page) choose(c choice) {
	p.at = c.fitting()
	p.controls.show()
	p.s.Replace(p.Route())
	p.ask()
}

// ask computes the choice in the background.
func (p *Page) ask() {
	at, internal, say := p.at, p.internal, p.s.Words()
	p.busy.Show()
	task.Do(&p.asking, p.s.Runner(), func(ctx context.Context) (answer, error) { return p.figures.compute(ctx, at, internal, say) }, p.answered)
}

// stop ends the computing; what was shown before stays.
func (p *Page) stop() {
	p.asking.Stop()
	p.busy.Hide()
	if p.answer.result == nil {
		p.tell(kit.NewEmpty(kit.IconTrend, p.say("stopped_first"), p.say("again"), p.Reload))
		return
	}
	p.s.Toast(p.say("stopped"), nil)
}

// answered shows what was computed, or what was in the way.
func (p *Page) answered(a answer, err error) {
	p.busy.Hide()
	p.settle(a)
	var mixed *indicator.CurrencyError
	switch {
	case errors.Is(err, context.Canceled):
		return
	case errors.As(err, &mixed):
		p.answer = a.bare()
		p.tell(p.mixed(mixed))
	case err != nil:
		p.answer = answer{}
		p.s.Fail(err)
		p.tell(kit.NewEmpty(kit.IconProblem, p.say("failed"), p.say("again"), p.Reload))
	case a.problem != nil:
		p.answer = a.bare()
		p.tell(p.wrong(a))
	case len(a.years) == 0:
		p.answer = a
		p.tell(kit.NewEmpty(kit.IconTrend, p.say("empty"), p.say("empty_action"), func() { p.s.Navigate("interviews") }))
	case len(a.result.Points) == 0:
		p.answer = a.bare()
		p.tell(kit.NewEmpty(kit.IconTrend, p.say("no_points"), p.say("clear"), p.clear))
	default:
		p.show(a)
	}
	p.controls.show()
	p.count()
	p.s.Changed()
}

// clear leaves filters and years out.
func (p *Page) clear() {
	c := p.at
	c.where, c.from, c.to, c.years = map[string][]string{}, 0, 0, nil
	p.choose(c)
}

// mixed says that currencies are never added, and offers the ways out.
func (p *Page) mixed(err *indicator.CurrencyError) fyne.CanvasObject {
	say := p.s.Words()
	p.answer.years = nil
	byCurrency := kit.Primary(p.say("by_currency"), func() {
		c := p.at
		c.by = "currency"
		p.choose(c)
	})
	only := []fyne.CanvasObject{byCurrency}
	if !slices.Contains(p.at.indicator.By, "currency") {
		only = nil
	}
	for _, code := range err.Currencies[:min(4, len(err.Currencies))] {
		only = append(only, kit.Button(p.say("only", "Currency", code), func() { p.choose(p.at.with(filter{"currency", code})) }))
	}
	sentence := p.say("mixed", "Currencies", say.List(err.Currencies))
	return kit.Column(kit.Gap12, kit.NewEmpty(kit.IconInfo, sentence, "", nil), container.NewCenter(kit.Row(kit.Gap8, only...)))
}

// tell shows something in place of the results.
func (p *Page) tell(what fyne.CanvasObject) {
	p.notice.Objects = []fyne.CanvasObject{kit.Pad(kit.Gap32, what)}
	p.results.Hide()
	p.notice.Show()
	p.notice.Refresh()
}

// show fills the page from an answer.
func (p *Page) show(a answer) {
	p.answer = a
	p.card.chosen = none
	p.mark.Hidden = !a.internal
	p.notice.Hide()
	p.results.Show()
	p.none.Set()
	if !a.drawn && len(a.small) == 0 {
		p.none.Set(p.nothing()...)
	}
	p.says.Objects = p.saidLines()
	p.table.Set(p.tableOf())
	p.rows.set(min(len(a.result.Points), mostRows))
	p.marks.SetText(p.marksOf())
	columns, rows := p.partsOf()
	p.parts.Set(columns, rows)
	p.foldPart.Hidden = len(rows) == 0
	p.gallery.show()
	p.card.tell(none)
	p.results.Refresh()
	p.draw()
}

// nothing says why there is no chart, and offers what can be drawn.
func (p *Page) nothing() []fyne.CanvasObject {
	if p.estimated() {
		return []fyne.CanvasObject{kit.NewBadge(kit.Warn, p.say("nothing_estimated")), kit.Button(p.say("draw_reported"), func() {
			c := p.at
			c.estimated = false
			p.choose(c)
		})}
	}
	out := []fyne.CanvasObject{kit.NewBadge(kit.Warn, p.say("nothing_drawn"))}
	if p.at.basis != indicator.All && p.at.indicator.HasMatched() {
		out = append(out, kit.Button(p.say("draw_all"), func() {
			c := p.at
			c.basis = indicator.All
			p.choose(c)
		}))
	}
	return out
}

// estimated tells whether the totals that are shown, or asked for, are estimated.
func (p *Page) estimated() bool { return p.at.estimated && p.answer.framed }

// draw draws the chart for the width that it has.
func (p *Page) draw() {
	single := p.answer.drawn && len(p.answer.small) == 0
	p.picture.Hidden = !single
	width := p.chart.Points()
	if !single || width < 100 {
		p.drawing.Stop()
		return
	}
	d := p.answer.definition
	d.Width, d.Height = width, min(max(width*0.36, 250), 360)
	drawn := p.drawn
	task.Do(&p.drawing, p.s.Runner(), func(context.Context) (*scene.Scene, error) { return drawn(d) }, func(s *scene.Scene, err error) {
		p.drew(s, err)
		p.pointer.set(d)
	})
}

// drawWith draws with an engine that is loaded when it is first needed.
func drawWith(load func() (*chart.Engine, error)) func(chart.Definition) (*scene.Scene, error) {
	return func(d chart.Definition) (*scene.Scene, error) {
		engine, err := load()
		if err != nil {
			return nil, err
		}
		return engine.Scene(d)
	}
}

func (p *Page) drew(s *scene.Scene, err error) {
	if err != nil {
		p.s.Fail(err)
		return
	}
	p.chart.SetScene(s)
	p.results.Refresh()
}

// count says in the footer what the figures rest on.
func (p *Page) count() {
	if p.answer.result == nil {
		p.s.Footer("")
		return
	}
	n, last := p.answer.newest()
	if !p.at.indicator.OfCooperatives() {
		p.s.Footer(p.s.Words().Say("counted.footer", words.Args{"What": p.counted(n), "Year": year(last)}))
		return
	}
	p.s.Footer(p.say("footer", map[string]any{"Count": n, "Year": year(last)}))
}
