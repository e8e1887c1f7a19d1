package releases

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/freezing"
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// Entries are the lines of the page list: the page, and the page at one release.
func Entries() []page.Entry {
	return []page.Entry{
		{Name: "releases", Route: "releases", Group: page.Analysis, Icon: kit.IconSeal, New: New, Samples: []string{"releases", "releases?part=rates"}},
		{Name: "releases", Route: "releases/{id}", Group: page.Analysis, New: New, Opens: []string{"release"}, Samples: []string{}},
	}
}

// The two parts of the page, as the route names them.
const (
	partReleases = ""
	partRates    = "rates"
)

// known is what the page shows, as it was read.
type known struct {
	releases []release
	rates    []rates
}

// Page is the page of releases and of tables of rates.
type Page struct {
	s       page.Services
	part    string
	chosen  map[string]string // what is shown beside the list of each part: a record's id or a vintage
	known   known
	read    bool
	checks  map[string]check // by the release's record
	kind    string           // of the rates that are shown; "" for all
	entered *entering        // a table of rates that is being imported; nil for none
	reading task.Latest

	tabs    []*widget.Button
	act     *widget.Button
	table   *kit.Table
	rows    *rows // of the table
	lists   *fyne.Container
	detail  *fyne.Container
	both    *fyne.Container
	empty   *fyne.Container
	content *fyne.Container
}

var (
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
	_ page.Dropper   = (*Page)(nil)
	_ page.Focuser   = (*Page)(nil)
)

// New makes the page. Its route is "releases", with the part that is shown and what is chosen in it.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, chosen: map[string]string{}, checks: map[string]check{}}
	if at.Get("part") == partRates {
		p.part = partRates
	}
	p.chosen[p.part] = at.Get("show")
	if id := at.Get("id"); id != "" {
		p.chosen[partReleases] = id
	}
	for _, part := range []string{partReleases, partRates} {
		p.tabs = append(p.tabs, kit.Button(p.say("part."+map[string]string{partReleases: "releases", partRates: "rates"}[part]), func() { p.turn(part) }))
	}
	p.act = kit.Primary("", p.begin)
	p.lists, p.detail, p.empty = container.NewStack(), container.NewStack(), container.NewStack()
	p.both = container.New(beside{}, p.lists, p.detail)
	head := kit.Filters(p.act, p.tabs[0], p.tabs[1])
	p.content = container.NewBorder(kit.Pad(kit.Gap8, head), nil, nil, nil, container.NewStack(p.both, p.empty))
	p.lay()
	return p
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("releases."+key, args...) }

// Route is the page with what is shown.
func (p *Page) Route() string {
	return page.MakeRoute("releases", "part", p.part, "show", p.chosen[p.part])
}

// Title is the page's name.
func (p *Page) Title() string { return p.say("title") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Focus gives the rows the keyboard.
func (p *Page) Focus() { p.table.Focus() }

// Close stops what is being read. A check or an import that runs goes on: the footer shows it, and can stop it.
func (p *Page) Close() {
	p.reading.Stop()
	if p.entered != nil {
		p.entered.looking.Stop()
	}
}

// Reload reads the releases and the tables of rates again.
func (p *Page) Reload() {
	space := p.s.Workspace()
	task.Do(&p.reading, p.s.Runner(), func(ctx context.Context) (known, error) { return readAll(ctx, space) }, func(k known, err error) {
		if err != nil {
			p.s.Fail(err)
			p.tell(kit.NewEmpty(kit.IconProblem, p.say("failed"), p.say("again"), p.Reload))
			return
		}
		p.known, p.read = k, true
		p.show()
	})
}

// turn shows the other part.
func (p *Page) turn(part string) {
	if part == p.part {
		return
	}
	p.part = part
	p.s.Replace(p.Route())
	p.lay()
	p.show()
	p.Focus()
}

// lay makes the list of the part that is shown.
func (p *Page) lay() {
	for i, part := range []string{partReleases, partRates} {
		p.tabs[i].Importance = widget.LowImportance
		if part == p.part {
			p.tabs[i].Importance = widget.MediumImportance
		}
		p.tabs[i].Refresh()
	}
	p.act.SetText(map[string]string{partReleases: p.say("freeze"), partRates: p.say("import")}[p.part])
	p.rows = &rows{}
	p.table = kit.NewTable(kit.TableConfig{Columns: p.columns(), Runner: p.s.Runner(), OnFail: p.s.Fail, Fetch: p.rows.fetch,
		OnSelect: func(row kit.TableRow) { p.choose(row.Key) }, OnOpen: func(row kit.TableRow) { p.choose(row.Key) },
	})
	p.lists.Objects = []fyne.CanvasObject{p.table}
}

// show fills the page from what is known.
func (p *Page) show() {
	p.s.Changed()
	if !p.read {
		return
	}
	keys := p.keys()
	p.count(len(keys))
	p.rows.set(p.listed())
	if p.part == partRates && p.entered != nil {
		p.table.Reload()
		p.beside(p.entered.view())
		return
	}
	if len(keys) == 0 {
		p.tell(p.nothing())
		return
	}
	at := p.chosen[p.part]
	if !slices.Contains(keys, at) {
		at = keys[0]
		p.chosen[p.part] = at
	}
	p.table.Reload()
	p.table.Choose(at)
	p.beside(p.describe(at))
}

// beside shows something beside the list.
func (p *Page) beside(what fyne.CanvasObject) {
	p.empty.Hide()
	p.both.Show()
	p.detail.Objects = []fyne.CanvasObject{what}
	p.detail.Refresh()
	p.both.Refresh()
}

// tell shows something in place of everything.
func (p *Page) tell(what fyne.CanvasObject) {
	p.empty.Objects = []fyne.CanvasObject{what}
	p.both.Hide()
	p.empty.Show()
	p.empty.Refresh()
}

// nothing says what a part that is empty is for.
func (p *Page) nothing() fyne.CanvasObject {
	if p.part == partRates {
		return kit.NewEmpty(kit.IconExchange, p.say("rates.empty"), p.say("import"), p.begin)
	}
	return kit.NewEmpty(kit.IconSeal, p.say("empty"), p.say("freeze"), p.begin)
}

// keys are the rows of the part, in their order.
func (p *Page) keys() []string {
	var out []string
	if p.part == partRates {
		for _, r := range p.known.rates {
			out = append(out, r.Vintage)
		}
		return out
	}
	for _, r := range p.known.releases {
		out = append(out, r.Record.String())
	}
	return out
}

func (p *Page) count(n int) {
	if p.part == partRates {
		p.s.Footer(p.say("rates.count", n))
		return
	}
	p.s.Footer(p.say("count", n))
}

// choose shows a row beside the list.
func (p *Page) choose(key string) {
	if p.chosen[p.part] == key && p.entered == nil {
		return
	}
	p.chosen[p.part] = key
	p.entered = nil
	p.s.Replace(p.Route())
	p.beside(p.describe(key))
	p.s.Changed()
}

// describe is what is shown beside the list.
func (p *Page) describe(key string) fyne.CanvasObject {
	if p.part == partRates {
		for _, r := range p.known.rates {
			if r.Vintage == key {
				return p.describeRates(r)
			}
		}
	}
	for _, r := range p.known.releases {
		if r.Record.String() == key {
			return p.describeRelease(r)
		}
	}
	return kit.Hint("")
}

// begin asks for a release, or for the file of a table of rates.
func (p *Page) begin() {
	if p.part == partRates {
		p.s.Chooser().OpenFile(page.Filter{Title: p.say("rates.filter"), Endings: []string{".csv"}}, p.enter)
		return
	}
	freezing.Ask(p.s, indicator.Span{}, func(r workspace.Release) {
		p.chosen[partReleases] = r.Record.String()
		p.Reload()
	})
}

// Dropped takes a table of rates that was dropped on the window; of several the last one.
func (p *Page) Dropped(paths []string) {
	for _, path := range paths {
		p.enter(path)
	}
}

// Commands are what can be done with what is shown.
func (p *Page) Commands() []page.Command {
	if p.part == partRates {
		out := []page.Command{{Label: p.say("part.releases"), Key: "Ctrl+T", Run: func() { p.turn(partReleases) }}}
		ready := p.entered != nil && p.entered.ready()
		return append(out, page.Command{Label: p.say("import"), Key: "Ctrl+I", Run: p.begin},
			page.Command{Label: p.say("rates.keep"), Key: "Ctrl+Enter", Off: !ready, Run: func() { p.entered.keep() }},
			page.Command{Label: p.say("rates.save"), Key: "Ctrl+E", Off: p.entered != nil || len(p.known.rates) == 0, Run: func() { p.withRates(p.saveRates) }})
	}
	out := []page.Command{{Label: p.say("part.rates"), Key: "Ctrl+T", Run: func() { p.turn(partRates) }}}
	none := len(p.known.releases) == 0
	return append(out, page.Command{Label: p.say("freeze"), Key: "Ctrl+N", Run: p.begin},
		page.Command{Label: p.say("brief"), Key: "Ctrl+Enter", Off: none, Run: func() { p.withRelease(p.brief) }},
		page.Command{Label: p.say("check"), Key: "Ctrl+L", Off: none, Run: func() { p.withRelease(p.check) }},
		page.Command{Label: p.say("register"), Key: "Ctrl+E", Off: none, Run: func() { p.withRelease(p.saveRegister) }})
}
