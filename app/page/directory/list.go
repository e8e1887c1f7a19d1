package directory

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/codes"
	"coopatlas/data/record"
)

// Entries are the lines of the page list: the list, the profile and the history.
func Entries() []page.Entry {
	return []page.Entry{
		{Name: "directory", Route: "directory", Group: page.Network, Icon: kit.IconDirectory, New: NewList, Samples: []string{"directory", "directory?country=IT", "directory?kind=project", "directory?kind=relationship", "directory?kind=outcome", "directory?kind=person"}},
		{Name: "record", Route: "directory/{id}", Group: page.Network, New: NewProfile, Samples: []string{"directory/{cooperative}"},
			Opens: []string{kindCooperative, "organisation", "person", "wave", "population", "aggregate", "macro", "context", "indicator", "relationship", "project", "dossier", "outcome"}},
		{Name: "history", Route: "directory/{id}/history", Group: page.Network, New: NewHistory, Samples: []string{"directory/{cooperative}/history"}},
	}
}

// beside is the width of the window, at the normal text size, from which the profile of the chosen cooperative stands
// beside the list.
const beside = 1200

// prefTable keeps the columns and sorting that the person chose.
const prefTable = "directory.table"

// List is the list of cooperatives, or of the records of another kind.
type List struct {
	s       page.Services
	at      filters
	source  *source
	rows    *rows
	table   *kit.Table
	search  *kit.Entry
	kind    *kit.Select
	country *kit.Select
	sector  *kit.Select
	state   *kit.Select
	empty   *fyne.Container
	pane    *profile
	content fyne.CanvasObject
	counted task.Latest
	place   kit.TablePlace // where the person was, to go there again
}

var (
	_ page.Keeper    = (*List)(nil)
	_ page.Focuser   = (*List)(nil)
	_ page.Commander = (*List)(nil)
)

// NewList makes the list of cooperatives, or of the kind that the route names.
func NewList(s page.Services, at page.Route) page.Page {
	p := &List{s: s, at: readFilters(s.Workspace(), at), source: &source{space: s.Workspace()}}
	p.rows = newRows(p.source, p.at.kind, s.Words())
	p.empty = container.NewStack()
	p.table = kit.NewTable(kit.TableConfig{
		Columns: p.rows.columns(), Runner: s.Runner(), Empty: p.empty, OnSelect: p.chose, OnOpen: p.open, OnTotal: p.total, OnFail: s.Fail, OnLayout: p.keepLayout,
		Fetch: func(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
			return p.rows.fetch(ctx, p.rows.filters(), q)
		},
	})
	p.restoreLayout()
	p.pane = newProfile(s, true)
	p.content = container.NewBorder(kit.Pad(kit.Gap8, p.controls()), nil, nil, nil, container.New(&sideBySide{from: beside, share: 0.62}, p.table, p.pane.view))
	return p
}

func (p *List) say(key string, args ...any) string { return p.s.Words().Say("directory."+key, args...) }

// controls is the row above the list.
func (p *List) controls() fyne.CanvasObject {
	p.search = kit.NewEntry(p.say("search"))
	p.search.SetText(p.at.text)
	p.search.SetWidth(180)
	p.search.OnChanged = func(text string) { p.narrow(func(f *filters) { f.text = text }) }
	p.kind = kit.NewSelect(p.kinds(), p.at.kind, func(kind string) {
		if kind != p.at.kind {
			p.s.Navigate(filters{kind: kind}.route())
		}
	})
	p.kind.SetWidth(170)
	p.country = kit.NewSelect([]kit.Option{{Label: p.say("every_country")}}, "", func(v string) { p.narrow(func(f *filters) { f.country = v }) })
	p.sector = kit.NewSelect(p.sectors(), p.at.sector, func(v string) { p.narrow(func(f *filters) { f.sector = v }) })
	p.state = kit.NewSelect(p.states(), p.at.state, func(v string) { p.narrow(func(f *filters) { f.state = v }) })
	p.country.SetWidth(150)
	p.sector.SetWidth(180)
	p.state.SetWidth(170)
	columns := kit.IconButton(kit.IconColumns, p.say("columns"), p.chooseColumns)
	p.sector.Hidden = !p.ofCooperatives()
	if _, has := countryOf(p.s.Workspace(), p.at.kind); !has {
		p.country.Hide()
	}
	fresh := kit.IconButton(kit.IconAdd, p.newLabel(), p.new)
	fresh.Importance = widget.HighImportance
	return kit.NewWrap(p.kind, p.search, p.country, p.sector, p.state, columns, kit.Spacer(), fresh)
}

// sectors are the ISIC sections.
func (p *List) sectors() []kit.Option {
	out := []kit.Option{{Label: p.say("every_sector")}}
	list, ok := p.s.Workspace().List(codes.ISICList)
	for letter := 'A'; ok && letter <= 'V'; letter++ {
		if code, ok := list.Code(string(letter)); ok {
			out = append(out, kit.Option{Value: string(letter), Label: string(letter) + " " + code.Label(p.s.Words().Language())})
		}
	}
	return out
}

// Route is the list with its filters.
func (p *List) Route() string { return p.at.route() }

// Title is the page's name.
func (p *List) Title() string { return p.say("title") }

// Content is what is shown.
func (p *List) Content() fyne.CanvasObject { return p.content }

// Focus gives the rows the keyboard.
func (p *List) Focus() { p.table.Focus() }

// Keep keeps which row was chosen, and how far the list was scrolled.
func (p *List) Keep() any { return p.table.Place() }

// Restore goes there again once the rows are read.
func (p *List) Restore(k any) {
	p.place, _ = k.(kit.TablePlace)
}

// Reload reads the records again.
func (p *List) Reload() {
	p.rows.set(p.at)
	p.readCountries()
	p.table.Reload()
	p.table.Go(p.place)
	p.place = kit.TablePlace{}
	if p.pane.shown() {
		p.pane.reload()
	}
}

// readCountries offers the countries that cooperatives are in.
func (p *List) readCountries() {
	language, kind := p.s.Words().Language(), p.at.kind
	task.Do(&p.counted, p.s.Runner(), func(ctx context.Context) ([]kit.Option, error) { return p.source.countries(ctx, kind, language) }, func(options []kit.Option, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.country.SetOptionList(append([]kit.Option{{Label: p.say("every_country")}}, options...))
		p.country.SetValue(p.at.country)
	})
}

// narrow changes the filters and lists anew.
func (p *List) narrow(change func(*filters)) {
	change(&p.at)
	p.rows.set(p.at)
	p.s.Replace(p.Route())
	p.table.Reload()
}

// total says how many there are, and what to do where there are none.
func (p *List) total(n int) {
	p.s.Footer(p.footer(n))
	if n > 0 {
		return
	}
	what := p.emptiness()
	if !p.at.none() {
		what = kit.NewEmpty(kit.IconSearch, p.say("no_match"), p.say("clear"), p.clear)
	}
	p.empty.Objects = []fyne.CanvasObject{what}
	p.empty.Refresh()
}

func (p *List) clear() {
	p.search.OnChanged = nil
	p.search.SetText("")
	p.search.OnChanged = func(text string) { p.narrow(func(f *filters) { f.text = text }) }
	p.country.SetValue("")
	p.sector.SetValue("")
	p.state.SetValue("")
	p.narrow(func(f *filters) { *f = filters{kind: f.kind} })
}

func (p *List) chose(row kit.TableRow) {
	if id, err := record.ParseID(row.Key); err == nil && p.s.Canvas().Size().Width >= beside*kit.Scale() {
		p.pane.show(id)
	}
}

func (p *List) open(row kit.TableRow) { p.s.Navigate("directory/" + row.Key) }

// new begins a record that is not in the list yet.
func (p *List) new() { p.s.Navigate(page.MakeRoute("interviews/new/fill", "kind", p.at.kind)) }

// Commands are a new record and the columns.
func (p *List) Commands() []page.Command {
	return []page.Command{
		{Label: p.newLabel(), Key: "Ctrl+N", Run: p.new},
		{Label: p.say("find"), Key: "Ctrl+F", Run: func() { p.s.Canvas().Focus(p.search) }},
		{Label: p.say("columns"), Run: p.chooseColumns},
	}
}

// layoutKey is under which the columns of the kind are remembered.
func (p *List) layoutKey() string {
	if p.ofCooperatives() {
		return prefTable
	}
	return prefTable + "." + p.at.kind
}

func (p *List) keepLayout(l kit.TableLayout) {
	if text, err := json.Marshal(l); err == nil {
		p.s.SetPreference(p.layoutKey(), string(text))
	}
}

func (p *List) restoreLayout() {
	var l kit.TableLayout
	if json.Unmarshal([]byte(p.s.Preference(p.layoutKey())), &l) == nil && len(l.Columns) > 0 {
		p.table.SetLayout(l)
	}
}

// chooseColumns lets the person say what the list shows.
func (p *List) chooseColumns() {
	box := kit.Column(0)
	for _, c := range p.rows.columns() {
		check := widget.NewCheck(c.Title, nil)
		check.Checked = slices.Contains(p.table.Layout().Columns, c.Name)
		check.OnChanged = func(on bool) { p.table.SetColumn(c.Name, on) }
		box.Add(check)
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(360, 420))
	p.s.Dialog(p.say("columns"), scroll, nil)
}
