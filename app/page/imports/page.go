package imports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/exchange/tabular"
	"coopatlas/data/workspace"
)

// Entry is the line of the page list.
func Entry() page.Entry {
	return page.Entry{Name: "imports", Route: "imports", Group: page.Exchange, Icon: kit.IconImport, New: New}
}

// prefMapping keeps the mapping that was used last.
const prefMapping = "imports.mapping"

// Page is the page on which files are imported.
type Page struct {
	s             page.Services
	file, mapping string
	strict        bool
	glance        glance
	last          *tabular.Report
	looking       task.Latest
	halt          func() // stops the import that runs

	steps   *fyne.Container // the file, the mapping
	preview *fyne.Container
	try     *widget.Button
	stop    *widget.Button
	busy    *widget.Label
	results *fyne.Container
	body    *fyne.Container
	scroll  *container.Scroll
}

var (
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
)

// New makes the page.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, file: at.Get("file"), mapping: at.Get("mapping")}
	if p.mapping == "" {
		p.mapping = s.Preference(prefMapping)
	}
	p.steps, p.preview, p.results = container.NewGridWithColumns(2), kit.Column(kit.Gap4), kit.Column(kit.Gap12)
	p.try = kit.Primary(p.say("try"), func() { p.run(true) })
	p.stop = kit.IconButton(kit.IconStop, p.say("stop"), func() {
		if p.halt != nil {
			p.halt()
		}
	})
	p.stop.Hide()
	p.busy = kit.Soft("")
	strict := widget.NewCheck(p.say("strict"), func(on bool) { p.strict = on })
	p.body = kit.Column(kit.Gap12, kit.Limit(920, kit.Body(p.say("lead"))), p.steps, p.preview, kit.NewWrap(p.try, p.stop, strict, p.busy), p.results)
	p.scroll = container.NewVScroll(kit.Pad(kit.Gap12, p.body))
	p.show()
	return p
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("imports."+key, args...) }

// Route is the page with the file and the mapping.
func (p *Page) Route() string { return page.MakeRoute("imports", "file", p.file, "mapping", p.mapping) }

// Title is the page's name.
func (p *Page) Title() string { return p.say("title") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.scroll }

// Close stops looking at files. An import that runs goes on: the footer shows it, and can stop it.
func (p *Page) Close() { p.looking.Stop() }

// Reload looks at the files again.
func (p *Page) Reload() {
	space, file, mapping, language := p.s.Workspace(), p.file, p.mapping, p.s.Words().Language()
	task.Do(&p.looking, p.s.Runner(), func(ctx context.Context) (glance, error) { return look(ctx, space, file, mapping, language), nil }, func(g glance, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.glance = g
		p.show()
	})
}

// Dropped takes files that were dropped on the window: a mapping by its ending, anything else as the file.
func (p *Page) Dropped(paths []string) {
	for _, path := range paths {
		p.take(path)
	}
}

// take makes a path the file or the mapping; the report of others goes.
func (p *Page) take(path string) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		p.mapping = path
		p.s.SetPreference(prefMapping, path)
	default:
		p.file = path
	}
	p.last = nil
	p.s.Replace(p.Route())
	p.Reload()
}

// ready tells whether an import can be tried.
func (p *Page) ready() bool {
	return p.file != "" && p.mapping != "" && p.glance.file == nil && p.glance.mapping == nil && len(p.glance.lacking) == 0 && p.halt == nil
}

// show sets everything to what is known.
func (p *Page) show() {
	g := p.glance
	about := ""
	if g.source != "" {
		about = p.say("mapping_about", map[string]any{"Source": g.source, "Kinds": p.s.Words().List(g.kinds)})
	}
	table := ""
	if len(g.columns) > 0 {
		table = p.say("file_about", len(g.columns))
	}
	p.steps.Objects = []fyne.CanvasObject{
		p.step(p.say("file"), p.file, table, g.file, func() {
			p.choose(page.Filter{Title: p.say("filter.file"), Endings: []string{".csv", ".xlsx", ".tsv", ".txt"}})
		}),
		p.step(p.say("mapping"), p.mapping, about, p.wrongMapping(), func() { p.choose(p.mappings()) }),
	}
	if p.sketchable() {
		p.steps.Objects[1] = kit.Card(p.say("mapping"), kit.Body(p.say("sketch_hint")),
			kit.NewWrap(kit.IconButton(kit.IconEdit, p.say("sketch"), p.sketch), kit.IconButton(kit.IconFolder, p.say("choose"), func() { p.choose(p.mappings()) })))
	}
	p.preview.Objects = nil
	if len(g.columns) > 0 && p.last == nil {
		p.preview.Objects = []fyne.CanvasObject{kit.Heading(p.say("preview")), kit.Sheet(p.firstRows())}
	}
	p.try.Disable()
	if p.ready() {
		p.try.Enable()
	}
	p.try.Importance = widget.HighImportance
	if p.last != nil {
		p.try.Importance = widget.MediumImportance
	}
	p.stop.Hidden = p.halt == nil
	p.results.Objects = nil
	if p.last != nil {
		p.results.Objects = p.report(p.last)
	}
	p.body.Refresh()
	p.scroll.Refresh()
	p.s.Changed()
}

// wrongMapping says why the mapping cannot be used with the file.
func (p *Page) wrongMapping() error {
	if p.glance.mapping != nil || len(p.glance.lacking) == 0 {
		return p.glance.mapping
	}
	return errors.New(p.say("lacking", map[string]any{"Count": len(p.glance.lacking), "Columns": p.s.Words().List(p.glance.lacking)}))
}

// step is a card for one of the two files: its name, what it is, or what is wrong with it.
func (p *Page) step(title, path, about string, wrong error, choose func()) fyne.CanvasObject {
	button := kit.IconButton(kit.IconFolder, p.say("choose"), choose)
	name := kit.Line(p.say("none"))
	if path != "" {
		name.SetText(filepath.Base(path))
	}
	box := kit.Column(0, container.NewBorder(nil, nil, nil, button, name))
	switch {
	case wrong != nil:
		icon := container.NewCenter(widget.NewIcon(kit.Bad.Icon().In(kit.Bad.Color())))
		box.Add(container.NewBorder(nil, nil, icon, nil, kit.Body(wrong.Error())))
	case about != "":
		box.Add(kit.Hint(about))
	default:
		box.Add(kit.Hint(p.say("drop")))
	}
	return kit.Card(title, box)
}

// mappings are the files that mappings are in.
func (p *Page) mappings() page.Filter {
	return page.Filter{Title: p.say("filter.mapping"), Endings: []string{".yaml", ".yml"}}
}

// sketchable tells whether the beginning of a mapping can be offered: a file is there, and no mapping.
func (p *Page) sketchable() bool {
	return p.mapping == "" && len(p.glance.columns) > 0 && p.halt == nil
}

// sketch writes the beginning of a mapping where the person says, and opens it for them to go on with.
func (p *Page) sketch() {
	if !p.sketchable() {
		return
	}
	file, space, language := p.file, p.s.Workspace(), p.s.Words().Language()
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + ".yaml"
	p.s.Chooser().SaveFile(name, p.mappings(), func(path string) {
		task.Quiet(p.s.Runner(), func(context.Context) (struct{}, error) {
			text, err := space.SketchMapping(file, language)
			if err == nil {
				err = os.WriteFile(path, text, 0o644)
			}
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.take(path)
			p.s.Show(path)
			p.s.Toast(p.say("sketched"), nil)
		})
	})
}

// firstRows shows the beginning of the file.
func (p *Page) firstRows() *kit.Grid {
	const most = 9 // columns that can be read side by side
	var columns []kit.GridColumn
	for _, name := range p.glance.columns[:min(len(p.glance.columns), most)] {
		columns = append(columns, kit.GridColumn{Title: name})
	}
	if len(p.glance.columns) > most {
		columns = append(columns, kit.GridColumn{Title: "…"})
	}
	var rows [][]kit.Cell
	for _, row := range p.glance.rows {
		var cells []kit.Cell
		for _, text := range row[:min(len(row), most)] {
			cells = append(cells, kit.Cell{Text: text})
		}
		rows = append(rows, cells)
	}
	return kit.NewGrid(columns, rows)
}

func (p *Page) choose(filter page.Filter) { p.s.Chooser().OpenFile(filter, p.take) }

// run imports the file, or tries to.
func (p *Page) run(dry bool) {
	if !p.ready() {
		return
	}
	space := p.s.Workspace()
	job := workspace.ImportJob{File: p.file, Mapping: p.mapping, DryRun: dry, Strict: p.strict}
	name := p.say("importing", "File", filepath.Base(p.file))
	if dry {
		name = p.say("trying", "File", filepath.Base(p.file))
	}
	p.halt = func() {}
	p.busy.SetText(p.say("busy"))
	p.try.Disable()
	p.stop.Show()
	stop := task.Run(p.s.Runner(), name, func(ctx context.Context, progress task.Progress) (*tabular.Report, error) {
		job.Progress = progress
		return space.Import(ctx, job)
	}, p.ended)
	if p.halt != nil {
		p.halt = stop
	}
}

// ended shows the report, or what stopped the import.
func (p *Page) ended(r *tabular.Report, err error) {
	p.halt = nil
	p.busy.SetText("")
	if r != nil {
		p.last = r
	}
	switch {
	case errors.Is(err, context.Canceled):
		saved := 0
		if r != nil {
			saved = r.Saved
		}
		p.s.Toast(p.say("stopped", saved), nil)
	case errors.Is(err, tabular.ErrRefused):
		p.s.Toast(p.say("refused_all"), nil)
	case errors.Is(err, tabular.ErrMapping):
		p.glance.mapping = err
	case errors.Is(err, tabular.ErrFile):
		p.glance.file = err
	case err != nil:
		p.s.Fail(err)
	case !r.DryRun:
		p.s.Saved(filepath.Base(p.file))
		p.s.Toast(p.say("stored", r.Saved), nil)
	}
	p.show()
}

// Commands are choosing, trying and importing.
func (p *Page) Commands() []page.Command {
	tried := p.last != nil && p.last.DryRun && !p.last.Nothing()
	return []page.Command{
		{Label: p.say("choose_file"), Key: "Ctrl+I", Run: func() {
			p.choose(page.Filter{Title: p.say("filter.file"), Endings: []string{".csv", ".xlsx", ".tsv", ".txt"}})
		}},
		{Label: p.say("sketch"), Key: "Ctrl+M", Off: !p.sketchable(), Run: p.sketch},
		{Label: p.say("try"), Key: "Ctrl+T", Off: !p.ready(), Run: func() { p.run(true) }},
		{Label: p.say("import"), Key: "Ctrl+Enter", Off: !p.ready() || !tried, Run: func() { p.run(false) }},
	}
}
