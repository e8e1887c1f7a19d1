package questionnaires

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/workspace"
)

// Entry is the line of the page list.
func Entry() page.Entry {
	return page.Entry{Name: "questionnaires", Route: "questionnaires", Group: page.Exchange, Icon: kit.IconQuestionnaire, New: New,
		Samples: []string{"questionnaires", "interviews/preview/fill?kind=population"}}
}

// Page is the page of questionnaires: a list with one of them beside it, or one in a file.
type Page struct {
	s       page.Services
	kind    string // that is shown beside the list
	version string // of it; "" is the newest
	since   string // the version that it is compared with; "" is the one before
	file    string // that is looked over in place of the list; "" is none

	renames  form.Renames // what the person has said of the file
	proposal *workspace.Proposal
	note     *kit.Entry
	chosen   int // of the problems
	reading  task.Latest
	finding  task.Latest
	running  bool

	table   *kit.Table
	detail  *fyne.Container
	list    *fyne.Container
	content *fyne.Container
}

var (
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
	_ page.Dropper   = (*Page)(nil)
	_ page.Focuser   = (*Page)(nil)
)

// New makes the page. Its route is "questionnaires", with the kind that is shown beside the list and its version, or with
// the file of a questionnaire that is to be put in.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, kind: at.Get("kind"), version: at.Get("version"), file: at.Get("file"), renames: form.Renames{}, content: container.NewStack()}
	p.note = kit.NewEntry(p.say("note"))
	p.table = kit.NewTable(kit.TableConfig{Columns: p.columns(), Runner: s.Runner(), Fetch: p.rows(), OnFail: s.Fail,
		OnSelect: func(row kit.TableRow) { p.pick(row.Key) },
		OnOpen:   func(row kit.TableRow) { p.pick(row.Key) },
		OnTotal: func(n int) {
			s.Footer(p.say("count", n))
			p.table.Choose(p.kind) // the cursor stands where what is shown is
		}})
	p.detail = container.NewStack()
	add := kit.Primary(p.say("add"), p.choose)
	head := kit.Filters(add, kit.Hint(p.say("drop")))
	p.list = container.NewBorder(kit.Pad(kit.Gap4, head), nil, nil, nil, container.New(beside{}, p.table, p.detail))
	p.content.Objects = []fyne.CanvasObject{p.list}
	return p
}

func (p *Page) say(key string, args ...any) string {
	return p.s.Words().Say("questionnaires."+key, args...)
}

// Route is the page with what is shown.
func (p *Page) Route() string {
	if p.file != "" {
		return page.MakeRoute("questionnaires", "file", p.file)
	}
	if p.kind == usual && p.version == "" {
		return "questionnaires"
	}
	return page.MakeRoute("questionnaires", "kind", p.kind, "version", p.version)
}

// Title is the page's name, or the file's.
func (p *Page) Title() string {
	if p.file != "" {
		return filepath.Base(p.file)
	}
	return p.say("title")
}

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Focus gives the rows the keyboard.
func (p *Page) Focus() {
	if p.file == "" {
		p.table.Focus()
	}
}

// Close stops what is being read.
func (p *Page) Close() {
	p.reading.Stop()
	p.finding.Stop()
}

// Reload reads the questionnaires, or the file, again.
func (p *Page) Reload() {
	if p.file != "" {
		p.look()
		return
	}
	p.content.Objects = []fyne.CanvasObject{p.list}
	p.content.Refresh()
	if p.kind == "" {
		p.kind = usual
	}
	p.table.Reload()
	p.show(p.kind, p.version)
}

// pick shows the kind of a row that was chosen.
func (p *Page) pick(kind string) {
	if kind != p.kind {
		p.show(kind, "")
	}
}

// usual is the kind that is shown where nobody has chosen one.
const usual = "mapping"

// show shows a version of a questionnaire beside the list.
func (p *Page) show(kind, version string) {
	if kind != p.kind {
		p.since = ""
	}
	p.kind, p.version = kind, version
	p.s.Replace(p.Route())
	space := p.s.Workspace()
	from := p.since
	task.Do(&p.reading, p.s.Runner(), func(ctx context.Context) (known, error) { return read(ctx, space, kind, version, from) }, func(k known, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.detail.Objects = []fyne.CanvasObject{p.describe(k)}
		p.detail.Refresh()
		p.s.Changed()
	})
}

// Dropped looks over a questionnaire that was dropped on the window; of several the last one.
func (p *Page) Dropped(paths []string) {
	for _, path := range paths {
		p.open(path)
	}
}

// choose asks for the file of a questionnaire.
func (p *Page) choose() {
	p.s.Chooser().OpenFile(page.Filter{Title: p.say("filter.file"), Endings: []string{".xlsx", ".csv", ".md", ".zip"}}, p.open)
}

// open looks over a questionnaire in a file.
func (p *Page) open(path string) {
	p.file, p.renames, p.proposal, p.chosen = path, form.Renames{}, nil, 0
	p.note.SetText("")
	p.s.Replace(p.Route())
	p.s.Changed()
	p.look()
}

// leave goes back to the list.
func (p *Page) leave() {
	p.file, p.proposal = "", nil
	p.s.Replace(p.Route())
	p.Reload()
	p.s.Changed()
	p.Focus()
}

// Commands are what can be done with what is shown.
func (p *Page) Commands() []page.Command {
	out := []page.Command{{Label: p.say("choose"), Key: "Ctrl+I", Run: p.choose}}
	if p.file != "" {
		ready := p.ready()
		return append(out,
			page.Command{Label: p.say("put_in"), Key: "Ctrl+Enter", Off: !ready, Run: p.add},
			page.Command{Label: p.say("preview"), Key: "Ctrl+T", Off: p.proposal == nil || p.proposal.Form == nil, Run: p.previewFile},
			page.Command{Label: p.say("open_file"), Key: "Ctrl+O", Run: func() { p.s.Show(p.file) }},
			page.Command{Label: p.say("leave"), Key: "Ctrl+W", Run: p.leave})
	}
	return append(out,
		page.Command{Label: p.say("preview"), Key: "Ctrl+T", Run: func() { p.preview(p.kind, p.version) }},
		page.Command{Label: p.say("fill"), Key: "Ctrl+N", Run: func() { p.fill(p.kind) }},
		page.Command{Label: p.say("print"), Key: "Ctrl+P", Run: func() { p.print(p.kind, p.version) }},
		page.Command{Label: p.say("codebook"), Key: "Ctrl+B", Run: func() { p.codebook(p.kind, p.version) }},
		page.Command{Label: p.say("export"), Key: "Ctrl+E", Run: func() { p.export(p.kind, p.version) }})
}

// preview fills a questionnaire without keeping anything.
func (p *Page) preview(kind, version string) {
	p.s.Navigate(page.MakeRoute("interviews/preview/fill", "kind", kind, "version", version))
}

func (p *Page) previewFile() { p.s.Navigate(page.MakeRoute("interviews/preview/fill", "file", p.file)) }

// fill begins a record of a kind.
func (p *Page) fill(kind string) {
	if kind == usual {
		p.s.Navigate("interviews/new")
		return
	}
	p.s.Navigate(page.MakeRoute("interviews/new/fill", "kind", kind))
}
