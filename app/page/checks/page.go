package checks

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/check"
	"coopatlas/data/workspace"
)

// Entry is the line of the page list.
func Entry() page.Entry {
	return page.Entry{Name: "checks", Route: "checks", Group: page.Analysis, Icon: kit.IconChecks, New: New,
		Samples: []string{"checks", "checks?rule=last_wave&stand=all"}}
}

// prefTable keeps the columns and sorting that the person chose.
const prefTable = "checks.table"

// Page is the page of findings.
type Page struct {
	s       page.Services
	at      choice
	source  *source
	known   overview
	reading task.Latest
	place   kit.TablePlace // where the person was, to go there again

	rule, wave, year, country, stand *kit.Select
	busy                             *widget.Label
	table                            *kit.Table
	empty                            *fyne.Container
	pane                             *pane
	content                          fyne.CanvasObject
}

var (
	_ page.Keeper    = (*Page)(nil)
	_ page.Focuser   = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
)

// New makes the page.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, at: readChoice(at), source: &source{space: s.Workspace(), say: s.Words()}, empty: container.NewStack(), busy: kit.Soft("")}
	p.source.set(p.at)
	p.table = kit.NewTable(kit.TableConfig{Columns: p.source.columns(), Runner: s.Runner(), Empty: p.empty, Fetch: p.source.fetch,
		OnSelect: p.chose, OnOpen: p.open, OnTotal: p.total, OnFail: s.Fail, OnLayout: p.keepLayout})
	var layout kit.TableLayout
	if json.Unmarshal([]byte(s.Preference(prefTable)), &layout) == nil && len(layout.Columns) > 0 {
		p.table.SetLayout(layout)
	}
	p.pane = newPane(p)
	p.content = container.NewBorder(kit.Pad(kit.Gap8, p.controls()), nil, nil, nil, container.New(sideBySide{}, p.table, p.pane.view))
	return p
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("checks."+key, args...) }

// Route is the page with its filters.
func (p *Page) Route() string { return p.at.route() }

// Title is the page's name.
func (p *Page) Title() string { return p.say("title") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Focus gives the rows the keyboard.
func (p *Page) Focus() { p.table.Focus() }

// Keep keeps which finding was chosen, and how far the list was scrolled.
func (p *Page) Keep() any { return p.table.Place() }

// Restore goes there again once the findings are read.
func (p *Page) Restore(k any) {
	p.place, _ = k.(kit.TablePlace)
}

// Close stops what is being read.
func (p *Page) Close() {
	p.reading.Stop()
	p.pane.close()
}

// Reload looks through the records again.
func (p *Page) Reload() {
	p.busy.SetText(p.say("busy"))
	task.Do(&p.reading, p.s.Runner(), p.source.read, func(o overview, err error) {
		p.busy.SetText("")
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.known = o
		p.list()
		p.table.Go(p.place)
		p.place = kit.TablePlace{}
	})
}

// controls is the row above the list.
func (p *Page) controls() fyne.CanvasObject {
	p.rule = kit.NewSelect(nil, "", func(v string) { p.narrow(func(c *choice) { c.rule = check.Rule(v) }) })
	p.wave = kit.NewSelect(nil, "", func(v string) { p.narrow(func(c *choice) { c.wave = v }) })
	p.year = kit.NewSelect(nil, "", func(v string) { p.narrow(func(c *choice) { c.year, _ = strconv.Atoi(v) }) })
	p.country = kit.NewSelect(nil, "", func(v string) { p.narrow(func(c *choice) { c.country = v }) })
	p.stand = kit.NewSelect(p.stands(), string(p.at.stand), func(v string) { p.narrow(func(c *choice) { c.stand = workspace.Stand(v) }) })
	for control, width := range map[*kit.Select]float32{p.rule: 190, p.wave: 150, p.year: 142, p.country: 150, p.stand: 160} {
		control.SetWidth(width)
		control.PlaceHolder = " "
	}
	p.offer()
	columns := kit.IconButton(kit.IconColumns, p.say("columns"), p.chooseColumns)
	return kit.NewWrap(p.rule, p.wave, p.year, p.country, p.stand, columns, p.busy)
}

func (p *Page) stands() []kit.Option {
	out := []kit.Option{{Value: string(anyStand), Label: p.say("stand.all")}}
	for _, s := range workspace.Stands() {
		out = append(out, kit.Option{Value: string(s), Label: p.say("stand." + string(s))})
	}
	return out
}

// offer fills the filters with what there is, rules with how many findings each has.
func (p *Page) offer() {
	counts := p.source.counts()
	rules := []kit.Option{{Label: p.say("every_rule", map[string]any{"Count": counts[""]})}}
	for _, r := range check.Rules() {
		rules = append(rules, kit.Option{Value: string(r), Label: p.source.speaker().Rule(r) + " (" + p.s.Words().Integer(int64(counts[r])) + ")"})
	}
	p.rule.SetOptionList(rules)
	p.rule.SetValue(string(p.at.rule))
	p.wave.SetOptionList(append([]kit.Option{{Label: p.say("every_wave")}}, p.known.waves...))
	p.wave.SetValue(p.at.wave)
	years := []kit.Option{{Label: p.say("every_year")}}
	for _, y := range slices.Backward(p.known.years) {
		years = append(years, kit.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	p.year.SetOptionList(years)
	p.year.SetValue(yearText(p.at.year))
	p.country.SetOptionList(append([]kit.Option{{Label: p.say("every_country")}}, p.known.countries...))
	p.country.SetValue(p.at.country)
	p.stand.SetValue(string(p.at.stand))
}

// narrow changes the filters and lists anew.
func (p *Page) narrow(change func(*choice)) {
	change(&p.at)
	p.s.Replace(p.Route())
	p.list()
}

// list lists what passes the filters.
func (p *Page) list() {
	p.source.set(p.at)
	p.offer()
	p.pane.clear()
	p.table.Reload()
}

// total says how many there are, and what to do where there are none.
func (p *Page) total(n int) {
	p.s.Footer(p.say("footer", map[string]any{"Count": n, "Records": p.known.records}))
	if n > 0 {
		p.showChosen()
		return
	}
	var what fyne.CanvasObject
	switch {
	case p.known.records == 0:
		what = kit.NewEmpty(kit.IconChecks, p.say("empty"), p.say("empty_action"), func() { p.s.Navigate("interviews") })
	case p.at == (choice{stand: workspace.StandOpen}):
		what = kit.NewEmpty(kit.IconChecks, p.say("nothing"), p.say("show_all"), func() { p.narrow(func(c *choice) { c.stand = anyStand }) })
	default:
		what = kit.NewEmpty(kit.IconFilter, p.say("no_match"), p.say("clear"), func() { p.narrow(func(c *choice) { *c = choice{stand: workspace.StandOpen} }) })
	}
	p.empty.Objects = []fyne.CanvasObject{what}
	p.empty.Refresh()
}

// showChosen shows the finding that is chosen, or the first where that is not listed.
func (p *Page) showChosen() {
	row := kit.TableRow{Key: p.table.Chosen()}
	if c, ok := p.source.find(row.Key); !ok || !p.at.keeps(&c) {
		if row, ok = p.table.Row(0); !ok {
			return
		}
	}
	p.table.Choose(row.Key)
	p.chose(row)
}

// chose shows a finding beside the list.
func (p *Page) chose(row kit.TableRow) {
	c, ok := p.source.find(row.Key)
	if !ok {
		return
	}
	p.pane.show(c)
	p.s.Changed()
}

// open opens the interview of a finding.
func (p *Page) open(row kit.TableRow) {
	if c, ok := p.source.find(row.Key); ok {
		p.s.Navigate("interviews/" + c.Record)
	}
}

func (p *Page) keepLayout(l kit.TableLayout) {
	if text, err := json.Marshal(l); err == nil {
		p.s.SetPreference(prefTable, string(text))
	}
}

// chooseColumns lets the person say what the list shows.
func (p *Page) chooseColumns() {
	box := kit.Column(0)
	for _, c := range p.source.columns() {
		tick := widget.NewCheck(c.Title, nil)
		tick.Checked = slices.Contains(p.table.Layout().Columns, c.Name)
		tick.OnChanged = func(on bool) { p.table.SetColumn(c.Name, on) }
		box.Add(tick)
	}
	p.s.Dialog(p.say("columns"), box, nil)
}

// do does something with the workspace in the background, and then shows what came of it.
func (p *Page) do(work func(ctx context.Context) error, done func()) {
	task.Quiet(p.s.Runner(), func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		done()
	})
}
