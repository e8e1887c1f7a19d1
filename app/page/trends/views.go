package trends

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/workspace"
)

// viewsOf is the page that views are kept of.
const viewsOf = "trends"

// withViews reads the views that were kept, and hands them on.
func (p *Page) withViews(do func([]workspace.View)) {
	w := p.s.Workspace()
	task.Do(&p.viewing, p.s.Runner(), func(ctx context.Context) ([]workspace.View, error) { return w.Views(ctx, viewsOf) }, func(views []workspace.View, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		do(views)
	})
}

// viewsMenu shows the views that were kept under a button, and what can be done with them.
func (p *Page) viewsMenu(under fyne.CanvasObject) {
	p.withViews(func(views []workspace.View) {
		var items []*fyne.MenuItem
		for _, v := range views {
			items = append(items, fyne.NewMenuItem(v.Title, func() { p.openView(v) }))
		}
		if len(views) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		arrange := fyne.NewMenuItem(p.say("views.arrange"), p.arrangeViews)
		arrange.Disabled = len(views) == 0
		items = append(items, fyne.NewMenuItem(p.say("views.keep"), p.askView), arrange)
		menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), p.s.Canvas())
		menu.ShowAtRelativePosition(fyne.NewPos(under.Size().Width-menu.MinSize().Width, under.Size().Height), under)
	})
}

// openView shows what a view kept. A view of another program may ask for what is not there: that is left out.
func (p *Page) openView(v workspace.View) { p.choose(readChoice(page.ParseRoute(v.Route))) }

// askView asks for a name, and keeps what the page shows under it.
func (p *Page) askView() {
	var shut func()
	name := kit.NewEntry(p.say("views.name"))
	keep := func() {
		if title := strings.TrimSpace(name.Text); title != "" {
			shut()
			p.keepView(title)
		}
	}
	name.OnEnter = keep
	body := kit.Column(kit.Gap8, kit.Hint(p.say("views.hint")), name, container.NewHBox(kit.Spacer(), kit.Primary(p.say("views.keep_action"), keep)))
	shut = p.s.Dialog(p.say("views.keep"), kit.Fixed(400, body), nil)
	p.s.Canvas().Focus(name)
}

func (p *Page) keepView(title string) {
	route, w := p.Route(), p.s.Workspace()
	p.store(func(ctx context.Context) error {
		_, err := w.KeepView(ctx, viewsOf, title, route)
		return err
	}, func() {
		p.s.Saved("view " + title)
		p.s.Toast(p.say("views.kept", "Title", title), nil)
	})
}

// store does something with the workspace in the background, and then something on the page.
func (p *Page) store(do func(ctx context.Context) error, done func()) {
	task.Quiet(p.s.Runner(), func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		done()
	})
}

// arrangeViews lists the views, to be renamed and removed.
func (p *Page) arrangeViews() {
	p.withViews(func(views []workspace.View) {
		box := kit.Column(kit.Gap4)
		for _, v := range views {
			box.Add(p.viewLine(box, v))
		}
		scroll := container.NewVScroll(box)
		scroll.SetMinSize(fyne.NewSize(460, min(float32(len(views))*48+kit.Gap8, 360)))
		p.s.Dialog(p.say("views.arrange"), kit.Column(kit.Gap8, kit.Hint(p.say("views.arrange_hint")), scroll), nil)
	})
}

// viewLine is one view: its name, which Enter changes, and a button that removes it.
func (p *Page) viewLine(box *fyne.Container, v workspace.View) fyne.CanvasObject {
	w := p.s.Workspace()
	name := kit.NewEntry(p.say("views.name"))
	name.SetText(v.Title)
	name.OnEnter = func() {
		title := strings.TrimSpace(name.Text)
		if title == "" {
			name.SetText(v.Title)
			return
		}
		p.store(func(ctx context.Context) error { return w.RenameView(ctx, v.Record, title) }, func() { p.s.Toast(p.say("views.renamed", "Title", title), nil) })
	}
	var line *fyne.Container
	remove := kit.IconButton(kit.IconRemove, p.say("views.remove"), func() {
		p.store(func(ctx context.Context) error { return w.RemoveView(ctx, v.Record) }, func() {
			box.Remove(line)
			p.s.Toast(p.say("views.removed", "Title", v.Title), func() {
				p.store(func(ctx context.Context) error { return w.RestoreView(ctx, v.Record) }, func() { box.Add(line) })
			})
		})
	})
	line = container.NewBorder(nil, nil, nil, remove, name)
	return line
}
