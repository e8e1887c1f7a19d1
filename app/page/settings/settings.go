package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/workspace"
)

// Page is the settings.
type Page struct {
	s       page.Services
	part    string
	content *fyne.Container
	steps   *kit.Steps
	body    *fyne.Container
	scroll  *container.Scroll
	space   workspace.Settings // as read last
	reading task.Latest
}

// part is one part of the settings.
type part struct {
	name string
	show func(p *Page) fyne.CanvasObject
}

// parts are the parts in their order; their words are settings.part.<name>.
func parts() []part {
	return []part{
		{"look", (*Page).look}, {"workspace", (*Page).workspace}, {"letterhead", (*Page).letterhead},
		{"backup", (*Page).backup}, {"keys", (*Page).keys}, {"about", (*Page).about},
	}
}

// New makes the settings; the route says which part is shown.
func New(s page.Services, at page.Route) page.Page {
	p := &Page{s: s, part: at.Get("part"), body: container.NewStack()}
	p.steps = kit.NewSteps(p.choose)
	var steps []kit.Step
	known := false
	for _, one := range parts() {
		steps = append(steps, kit.Step{Key: one.name, Title: s.Words().Say("settings.part." + one.name), State: kit.Plainly})
		known = known || one.name == p.part
	}
	if !known {
		p.part = parts()[0].name
	}
	p.steps.Set(steps)
	p.steps.SetPresent(p.part)
	p.scroll = container.NewVScroll(container.NewVBox(kit.Limit(760, p.body)))
	left := kit.Fixed(220, kit.Column(0, p.steps))
	p.content = container.NewBorder(nil, nil, container.NewBorder(nil, nil, nil, kit.Pad(kit.Gap8, layout.NewSpacer()), left), nil, p.scroll)
	return p
}

// Route is where the page is.
func (p *Page) Route() string {
	if p.part == parts()[0].name {
		return "settings"
	}
	return page.MakeRoute("settings", "part", p.part)
}

// Title is what stands in the top bar.
func (p *Page) Title() string { return p.s.Words().Say("app.page.settings") }

// Content is what is shown.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Close stops what is being read.
func (p *Page) Close() { p.reading.Stop() }

// Reload reads the workspace's settings again.
func (p *Page) Reload() {
	space := p.s.Workspace()
	if space == nil {
		p.show()
		return
	}
	task.Do(&p.reading, p.s.Runner(), space.Settings, func(read workspace.Settings, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.space = read
		p.show()
	})
}

// Commands are what can be done here.
func (p *Page) Commands() []page.Command {
	return []page.Command{{Label: p.s.Words().Say("settings.backup_now"), Key: "Ctrl+B", Run: p.backupNow}}
}

func (p *Page) choose(name string) {
	if name == p.part {
		return
	}
	p.part = name
	p.steps.SetPresent(name)
	p.s.Replace(p.Route())
	p.show()
	p.scroll.ScrollToTop()
}

// show puts the present part on the page.
func (p *Page) show() {
	for _, one := range parts() {
		if one.name == p.part {
			p.body.Objects = []fyne.CanvasObject{one.show(p)}
			p.body.Refresh()
			p.scroll.Refresh()
		}
	}
}

// row is a label with a field, and a hint under it.
type row struct {
	label, hint string
	field       fyne.CanvasObject
}

// group is a card of rows.
func group(heading string, rows ...row) fyne.CanvasObject {
	grid := container.New(layout.NewFormLayout())
	for _, r := range rows {
		field := r.field
		if r.hint != "" {
			field = kit.Column(-4, field, kit.Hint(r.hint))
		}
		name := container.NewVBox(kit.Plain(r.label))
		grid.Add(name)
		grid.Add(field)
	}
	return kit.Card(heading, grid)
}

func (p *Page) say(key string, args ...any) string { return p.s.Words().Say("settings."+key, args...) }
