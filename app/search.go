package app

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// searchMost is how many records a search shows.
const searchMost = 9

// search finds pages and records as the person types in the top bar.
type search struct {
	f      *Frame
	layer  *fyne.Container
	list   *fyne.Container
	sheet  *fyne.Container
	found  []found
	lines  []*searchLine
	at     int
	latest task.Latest
}

// found is one thing that a search found.
type found struct {
	icon         kit.Icon
	label, about string
	route        string
}

func newSearch(f *Frame) *search {
	s := &search{f: f, list: kit.Column(0)}
	s.sheet = container.NewStack(kit.NewShape(kit.ColorSheet, kit.ColorTeal, kit.Corner), kit.Pad(kit.Gap4, s.list))
	s.layer = container.New(underField{f})
	field := f.top.field
	field.OnChanged = s.changed
	field.OnEnter = s.open
	field.OnKey = s.key
	return s
}

// begin gives the field the keyboard.
func (s *search) begin() {
	s.f.window.Canvas().Focus(s.f.top.field)
	s.f.top.field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// close takes the list away; it tells whether there was one.
func (s *search) close() bool {
	s.latest.Stop()
	was := len(s.layer.Objects) > 0
	s.found, s.lines, s.layer.Objects = nil, nil, nil
	s.layer.Refresh()
	return was
}

func (s *search) changed(text string) {
	text = strings.TrimSpace(text)
	if text == "" || s.f.space == nil {
		s.close()
		return
	}
	space, kinds := s.f.space, s.f.opened()
	task.Do(&s.latest, s.f.runner, func(ctx context.Context) ([]store.Hit, error) {
		return space.Store.Search(ctx, text, searchMost, kinds...)
	}, func(hits []store.Hit, err error) {
		if err != nil {
			s.f.Fail(err)
			return
		}
		s.show(append(s.pages(text), s.records(hits)...))
	})
}

// pages are those of the rail whose name begins with the text.
func (s *search) pages(text string) []found {
	var out []found
	for _, entry := range s.f.railEntries() {
		name := s.f.words.Say("app.page." + entry.Name)
		if strings.HasPrefix(strings.ToLower(name), strings.ToLower(text)) {
			out = append(out, found{entry.Icon, name, s.f.words.Say("app.search_page"), entry.Name})
		}
	}
	return out
}

// records are the hits that some page can show.
func (s *search) records(hits []store.Hit) []found {
	var out []found
	for _, hit := range hits {
		icon, route, ok := s.f.routeOf(hit.Kind, hit.Record.String())
		if !ok {
			continue
		}
		about := hit.Kind
		if form, known := s.f.space.Form(hit.Kind); known {
			about = form.Title.In(s.f.words.Language(), form.DefaultLanguage)
		}
		out = append(out, found{icon, hit.Label, about, route})
	}
	return out
}

// opened are the kinds of record that some page shows.
func (f *Frame) opened() []string {
	var kinds []string
	for _, entry := range f.cfg.Pages {
		kinds = append(kinds, entry.Opens...)
	}
	return kinds
}

// routeOf returns the route that shows a record.
func (f *Frame) routeOf(kind, id string) (kit.Icon, string, bool) {
	if icon, route, ok := f.opening(kind, id); ok {
		return icon, route, true
	}
	if slices.Contains(workspace.Kinds(), kind) { // the program's own, which nobody looks for here
		return "", "", false
	}
	icon, route, ok := f.opening(page.AnyKind, id)
	return icon, page.MakeRoute(route, "kind", kind), ok
}

// opening is the route of the entry that opens a kind.
func (f *Frame) opening(kind, id string) (kit.Icon, string, bool) {
	for _, entry := range f.cfg.Pages {
		for _, opens := range entry.Opens {
			if opens == kind {
				icon := entry.Icon
				for _, e := range f.cfg.Pages {
					if icon == "" && strings.HasPrefix(entry.Route, e.Route+"/") {
						icon = e.Icon
					}
				}
				return icon, strings.ReplaceAll(strings.ReplaceAll(entry.Route, "{kind}", kind), "{id}", id), true
			}
		}
	}
	return "", "", false
}

// show lists what was found.
func (s *search) show(all []found) {
	s.found, s.lines, s.at = all, nil, 0
	s.list.Objects = nil
	for i, one := range all {
		line := newSearchLine(one, func() {
			s.at = i
			s.open()
		})
		s.lines = append(s.lines, line)
		s.list.Add(line)
	}
	if len(all) == 0 {
		s.list.Add(kit.Soft(s.f.words.Say("app.search_none")))
	}
	s.mark()
	s.layer.Objects = []fyne.CanvasObject{s.sheet}
	s.list.Refresh()
	s.layer.Refresh()
}

func (s *search) mark() {
	for i, line := range s.lines {
		line.mark(i == s.at)
	}
}

func (s *search) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		s.at = min(s.at+1, len(s.found)-1)
	case fyne.KeyUp:
		s.at = max(s.at-1, 0)
	case fyne.KeyEscape:
		s.f.top.field.SetText("")
		s.close()
		s.f.window.Canvas().Unfocus()
		return true
	default:
		return false
	}
	s.mark()
	return true
}

// open goes to what is marked.
func (s *search) open() {
	if s.at < 0 || s.at >= len(s.found) {
		return
	}
	route := s.found[s.at].route
	s.f.top.field.SetText("")
	s.close()
	s.f.window.Canvas().Unfocus()
	s.f.Navigate(route)
}

// searchLine is one thing found.
type searchLine struct {
	widget.BaseWidget
	one  found
	do   func()
	back *kit.Shape
}

func newSearchLine(one found, do func()) *searchLine {
	l := &searchLine{one: one, do: do, back: kit.NewShape("", "", kit.Corner)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *searchLine) mark(on bool) {
	if on {
		l.back.SetFill(kit.ColorTint)
	} else {
		l.back.SetFill("")
	}
}

// Tapped is Fyne's.
func (l *searchLine) Tapped(*fyne.PointEvent) { l.do() }

// Cursor is Fyne's.
func (l *searchLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is Fyne's.
func (l *searchLine) CreateRenderer() fyne.WidgetRenderer {
	icon := l.one.icon
	if icon == "" {
		icon = kit.IconFile
	}
	picture := container.NewPadded(container.NewCenter(widget.NewIcon(icon.In(kit.ColorSoft))))
	return widget.NewSimpleRenderer(container.NewStack(l.back,
		container.NewBorder(nil, nil, picture, kit.Caption(l.one.about), kit.Line(l.one.label))))
}

// underField puts the list of what was found under the field of the search.
type underField struct{ f *Frame }

// MinSize is nothing: the layer takes no room.
func (underField) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the list.
func (u underField) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(520*kit.Scale(), size.Width-2*kit.Gap16)
	field := u.f.top.field
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field).Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(u.f.root))
	x := min(at.X, size.Width-width-kit.Gap16)
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, min(o.MinSize().Height, size.Height-120)))
		o.Move(fyne.NewPos(x, at.Y+field.Size().Height+kit.Gap4))
	}
}
