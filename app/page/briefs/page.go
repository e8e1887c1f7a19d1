package briefs

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
	"coopatlas/data/workspace"
	"coopatlas/reports/brief"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
)

// Entry is the line of the page list.
func Entry() page.Entry {
	return page.Entry{Name: "briefs", Route: "briefs", Group: page.Analysis, Icon: kit.IconBrief, New: New, Samples: []string{"briefs", "briefs?show=1"}}
}

// made is a brief with its pages.
type made struct {
	scope scope
	doc   *document.Document
	pages []*scene.Scene
}

// Page is the page of printed briefs.
type Page struct {
	s      page.Services
	charts brief.Drawer // draws the charts; nil: the engine of the services
	at     scope
	show   bool // the brief is made as soon as the page is opened
	offer  offer
	made   *made
	number int // of the page that is shown, from 0
	asked  task.Latest
	halt   func() // stops the making

	form    *form
	outline *fyne.Container
	view    *kit.SceneView
	pager   *widget.Label
	back    *widget.Button
	next    *widget.Button
	pdf     *widget.Button
	html    *widget.Button
	viewer  *widget.Button
	preview *fyne.Container
	none    *fyne.Container
	scroll  *container.Scroll
	panes   *panes
	empty   *fyne.Container
	content *fyne.Container
}

var (
	_ page.Commander = (*Page)(nil)
	_ page.Closer    = (*Page)(nil)
)

// New makes the page.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, at: readScope(at), show: at.Get("show") != ""}
	p.form = newForm(p)
	p.outline = kit.Column(0)
	p.view = kit.NewPageView(s.Fonts(), fyne.NewSize(320, 450))
	p.pager = kit.Plain("")
	p.back = kit.IconButton(kit.IconBack, "", func() { p.turn(p.number - 1) })
	p.next = kit.IconButton(kit.IconNext, "", func() { p.turn(p.number + 1) })
	p.pdf = kit.IconButton(kit.IconSave, p.say("save_pdf"), func() { p.save(".pdf") })
	p.html = kit.IconButton(kit.IconSave, p.say("save_html"), func() { p.save(".html") })
	p.viewer = kit.IconButton(kit.IconOpen, p.say("open"), p.open)
	tools := kit.NewWrap(p.back, p.pager, p.next, kit.Spacer(), p.pdf, p.html, p.viewer)
	p.scroll = container.NewVScroll(container.New(sheetLayout(900), p.view))
	p.preview = container.NewBorder(kit.Pad(kit.Gap4, tools), nil, nil, nil, p.scroll)
	p.none = kit.NewEmpty(kit.IconBrief, p.say("none"), "", nil)
	p.panes = newPanes(pane{p.say("scope"), 380, container.NewVScroll(kit.Pad(kit.Gap8, kit.Limit(420, p.form.box)))},
		pane{p.say("contents"), 300, container.NewVScroll(container.NewVBox(kit.Pad(kit.Gap8, kit.Limit(640, kit.Card(p.say("contents"), p.outline)))))},
		pane{p.say("pages"), 0, container.NewStack(p.none, p.preview)})
	p.empty = container.NewStack()
	p.content = container.NewStack(p.panes, p.empty)
	p.showMade()
	return p
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("briefs."+key, args...) }

// Route is the page with its scope.
func (p *Page) Route() string { return p.at.route() }

// Title is the page's name.
func (p *Page) Title() string { return p.say("title") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Close stops what is being made.
func (p *Page) Close() {
	p.asked.Stop()
	p.stop()
}

// Reload finds out again what the scope can be chosen from. A brief that was made stays as it is.
func (p *Page) Reload() {
	space := p.s.Workspace()
	task.Do(&p.asked, p.s.Runner(), func(ctx context.Context) (offer, error) { return read(ctx, space) }, func(o offer, err error) {
		if err != nil {
			p.s.Fail(err)
			p.tell(kit.NewEmpty(kit.IconProblem, p.say("failed"), p.say("again"), p.Reload))
			return
		}
		p.offered(o)
	})
}

func (p *Page) offered(o offer) {
	p.offer = o
	if len(o.years) == 0 || len(o.templates) == 0 {
		p.tell(kit.NewEmpty(kit.IconBrief, p.say("empty"), p.say("empty_action"), func() { p.s.Navigate("interviews") }))
		return
	}
	p.empty.Hide()
	p.panes.Show()
	if p.at.template == "" {
		p.at.template = o.templates[0]
	}
	p.form.show()
	if p.show {
		p.show = false
		p.make()
	}
}

// tell shows something in place of the panes.
func (p *Page) tell(what fyne.CanvasObject) {
	p.empty.Objects = []fyne.CanvasObject{what}
	p.panes.Hide()
	p.empty.Show()
	p.empty.Refresh()
}

// choose takes another scope.
func (p *Page) choose(change func(*scope)) {
	change(&p.at)
	p.s.Replace(p.Route())
	p.form.show()
}

// make makes the brief in the background.
func (p *Page) make() {
	if p.halt != nil {
		return
	}
	at, language := p.at, p.at.language
	if language == "" {
		language = p.offer.language
	}
	of := making{p.charts, p.s.Engine, p.s.Fonts(), p.s.Workspace()}
	p.halt = func() {}
	p.form.busy(true)
	stop := task.Run(p.s.Runner(), p.say("making", "Name", p.name(at.template)), func(ctx context.Context, progress task.Progress) (*made, error) {
		say, err := workspace.Words(language)
		if err != nil {
			return nil, err
		}
		ask := at.ask(say)
		total := charts(at.template)
		ask.Drawn = func(count int) { progress(count, max(count, total)) }
		return of.build(ctx, at, ask)
	}, p.finished)
	if p.halt != nil {
		p.halt = stop
	}
}

// making is what a brief is made with, in a job.
type making struct {
	charts brief.Drawer
	engine func() (*chart.Engine, error)
	fonts  *scene.Fonts
	space  *workspace.Workspace
}

// build makes the document and sets it on pages.
func (m making) build(ctx context.Context, at scope, ask publish.Brief) (*made, error) {
	if ask.Charts = m.charts; ask.Charts == nil {
		engine, err := m.engine()
		if err != nil {
			return nil, err
		}
		ask.Charts = engine
	}
	doc, err := publish.Press{Fonts: m.fonts}.MakeBrief(ctx, m.space, ask)
	if err != nil {
		return nil, err
	}
	pages, err := document.Layout(doc, m.fonts, document.A4)
	return &made{at, doc, pages}, err
}

// stop ends the making.
func (p *Page) stop() {
	if p.halt != nil {
		p.halt()
	}
}

func (p *Page) finished(m *made, err error) {
	p.halt = nil
	p.form.busy(false)
	switch {
	case errors.Is(err, context.Canceled):
		p.s.Toast(p.say("stopped"), nil)
		return
	case errors.Is(err, brief.ErrNothing):
		p.form.note.SetText(p.say("nothing"))
		return
	case err != nil:
		p.s.Fail(err)
		return
	}
	p.made, p.number = m, 0
	p.showMade()
	p.panes.open(len(p.panes.parts) - 1)
	p.s.Footer(p.say("footer", len(m.pages)))
	p.s.Changed()
}

// showMade shows the brief that was made, or that there is none yet.
func (p *Page) showMade() {
	shown(p.none, p.made == nil)
	shown(p.preview, p.made != nil)
	p.outline.Objects = nil
	if p.made == nil {
		p.outline.Add(kit.Hint(p.say("none")))
		return
	}
	for _, h := range headings(p.made) {
		link := kit.IconButton(kit.IconNext, "", func() {
			p.turn(h.page)
			p.panes.open(len(p.panes.parts) - 1)
		})
		number := kit.Soft(p.s.Words().Integer(int64(h.page + 1)))
		p.outline.Add(container.NewBorder(nil, nil, nil, container.NewHBox(number, link), kit.Body(h.text)))
	}
	p.outline.Refresh()
	p.turn(0)
}

// turn shows a page.
func (p *Page) turn(number int) {
	if p.made == nil || number < 0 || number >= len(p.made.pages) {
		return
	}
	p.number = number
	p.view.SetScene(p.made.pages[number])
	p.pager.SetText(p.say("page_of", map[string]any{"Page": number + 1, "Pages": len(p.made.pages)}))
	set(p.back, number > 0)
	set(p.next, number+1 < len(p.made.pages))
	p.scroll.ScrollToTop()
	p.scroll.Refresh()
}

func set(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// name is what people call a template.
func (p *Page) name(template string) string {
	if key := "briefs.template." + template; p.s.Words().Has(key) {
		return p.s.Words().Say("briefs.template." + template)
	}
	return template
}

// save asks for a file and writes the brief to it.
func (p *Page) save(ending string) {
	if p.made == nil {
		return
	}
	p.s.Chooser().SaveFile(p.fileName()+ending, page.Filter{Title: p.say("form." + strings.TrimPrefix(ending, ".")), Endings: []string{ending}}, func(path string) {
		p.write(path, func() { p.s.Toast(p.say("saved", "File", filepath.Base(path)), nil) })
	})
}

// fileName is a name for the file: the template, the country, the years, and whether totals are estimated.
func (p *Page) fileName() string {
	parts := []string{p.made.scope.template}
	for _, part := range []string{p.made.scope.country, written(p.made.scope.from), written(p.made.scope.to), strings.ReplaceAll(p.made.scope.years, ",", "-"), p.made.scope.totals} {
		if part != "" {
			parts = append(parts, strings.ToLower(part))
		}
	}
	return strings.Join(parts, "-")
}

// open writes the brief beside the workspace's other files and opens it with the system's viewer, to be printed.
func (p *Page) open() {
	if p.made == nil {
		return
	}
	dir, err := os.MkdirTemp("", "coopatlas-")
	if err != nil {
		p.s.Fail(err)
		return
	}
	path := filepath.Join(dir, p.fileName()+".pdf")
	p.write(path, func() { p.s.Show(path) })
}

func (p *Page) write(path string, then func()) {
	doc, press := p.made.doc, publish.Press{Fonts: p.s.Fonts()}
	task.Run(p.s.Runner(), p.say("saving", "File", filepath.Base(path)), func(context.Context, task.Progress) (struct{}, error) {
		return struct{}{}, press.WriteBrief(doc, path)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		then()
	})
}

// Commands are making, turning pages, saving and printing.
func (p *Page) Commands() []page.Command {
	off := p.made == nil
	return []page.Command{
		{Label: p.say("make"), Key: "Ctrl+Enter", Off: len(p.offer.years) == 0 || p.halt != nil, Run: p.make},
		{Label: p.say("save_pdf"), Key: "Ctrl+S", Off: off, Run: func() { p.save(".pdf") }},
		{Label: p.say("save_html"), Key: "Ctrl+Shift+S", Off: off, Run: func() { p.save(".html") }},
		{Label: p.say("open"), Key: "Ctrl+P", Off: off, Run: p.open},
		{Label: p.say("page_back"), Key: "Ctrl+PageUp", Off: off || p.number == 0, Run: func() { p.turn(p.number - 1) }},
		{Label: p.say("page_next"), Key: "Ctrl+PageDown", Off: off || p.number+1 >= len(p.made.pages), Run: func() { p.turn(p.number + 1) }},
	}
}

// sheetLayout keeps a page no wider than a width, in the middle.
type sheetLayout float32

// MinSize is that of the page.
func (w sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout sets the page in the middle.
func (w sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-2*kit.Gap12, float32(w))
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[0].Resize(fyne.NewSize(width, max(objects[0].MinSize().Height, size.Height)))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, 0))
}
