package directory

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// shownVersions is how many versions a profile lists; the history has all.
const shownVersions = 5

// profile shows a record: as a pane beside the list, or as a page.
type profile struct {
	s      page.Services
	narrow bool // one column
	id     record.ID
	known  known
	read   task.Latest
	onRead func()
	body   *fyne.Container
	view   *container.Scroll
}

func newProfile(s page.Services, narrow bool) *profile {
	p := &profile{s: s, narrow: narrow, body: kit.Column(kit.Gap12)}
	p.view = container.NewVScroll(kit.Pad(kit.Gap8, p.body))
	if narrow {
		p.body.Add(kit.NewEmpty(kit.IconDirectory, s.Words().Say("directory.choose"), "", nil))
	}
	return p
}

func (p *profile) say(key string, args ...any) string {
	return p.s.Words().Say("directory."+key, args...)
}

// shown tells whether a record is shown.
func (p *profile) shown() bool { return !p.id.IsZero() }

// show reads a record and shows it.
func (p *profile) show(id record.ID) {
	p.id = id
	p.reload()
}

func (p *profile) reload() {
	space, say, id := p.s.Workspace(), p.s.Words(), p.id
	task.Do(&p.read, p.s.Runner(), func(ctx context.Context) (known, error) { return read(ctx, space, say, id) }, func(k known, err error) {
		switch {
		case errors.Is(err, store.ErrNotFound):
			p.body.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.IconDirectory, p.say("gone"), p.say("to_list"), func() { p.s.Navigate("directory") })}
			p.body.Refresh()
		case err != nil:
			p.s.Fail(err)
		default:
			p.fill(k)
		}
	})
}

// fill shows what was read.
func (p *profile) fill(k known) {
	p.known = k
	left := []fyne.CanvasObject{p.head()}
	for _, d := range k.conflicts {
		left = append(left, p.conflict(d))
	}
	var facts, right []fyne.CanvasObject
	for _, part := range k.sections {
		facts = append(facts, p.facts(part))
	}
	if len(k.years) > 0 {
		right = append(right, p.figures(), p.years())
	}
	if len(k.links) > 0 {
		right = append(right, p.links())
	}
	right = append(right, p.lastVersions())
	if p.narrow {
		p.body.Objects = append(append(left, right[:len(right)-1]...), append(facts, right[len(right)-1])...)
	} else {
		p.body.Objects = append(left, container.New(tallest{}, kit.Column(kit.Gap12, facts...), kit.Column(kit.Gap12, right...)))
	}
	p.body.Refresh()
	p.view.Refresh()
	if p.onRead != nil {
		p.onRead()
	}
}

// name is what the record is called.
func (p *profile) name() string {
	if p.known.label == "" {
		return p.say("unnamed")
	}
	return p.known.label
}

// head is the name, where the record stands, and what can be done with it.
func (p *profile) head() fyne.CanvasObject {
	k := p.known
	kind := k.form.Title.In(p.s.Words().Language(), k.form.DefaultLanguage)
	about := kit.Soft(p.say("about", map[string]any{"Kind": kind, "Time": p.s.Words().Date(k.state.Changed)}))
	badge := kit.NewBadge(stateOf(k.state.Lifecycle), p.say("state."+string(k.state.Lifecycle)))
	var buttons []fyne.CanvasObject
	if p.narrow {
		buttons = append(buttons, kit.IconButton(kit.IconOpen, p.say("open"), func() { p.s.Navigate("directory/" + p.id.String()) }))
	}
	if k.state.Lifecycle != record.Deleted && k.state.Lifecycle != record.Locked {
		buttons = append(buttons, kit.IconButton(kit.IconEdit, p.say("edit"), p.edit))
	}
	buttons = append(buttons, kit.IconButton(kit.IconHistory, p.say("history"), p.history))
	title := kit.Section(p.name())
	if !p.narrow {
		title = kit.Title(p.name())
	}
	return kit.Column(0, title, kit.NewWrap(badge, about), container.NewPadded(kit.NewWrap(buttons...)))
}

func (p *profile) edit() {
	p.s.Navigate(page.MakeRoute("interviews/"+p.id.String()+"/fill", "kind", p.known.state.Kind))
}

func (p *profile) history() { p.s.Navigate("directory/" + p.id.String() + "/history") }

// facts is a card of answers.
func (p *profile) facts(of section) fyne.CanvasObject {
	box := kit.Column(0)
	for _, one := range of.facts {
		label := kit.Fixed(170, kit.Hint(one.label))
		box.Add(container.NewBorder(nil, nil, label, nil, kit.Body(one.value)))
	}
	return kit.Card(of.title, box)
}

// conflict is a disagreement with a button for each side.
func (p *profile) conflict(d disagreement) fyne.CanvasObject {
	box := kit.Column(kit.Gap4, kit.NewBadge(kit.Warn, p.say("conflict.title", "Label", d.label)))
	for i, side := range d.sides {
		keep := kit.Button(p.say("conflict.keep"), func() { p.decide(d, i) })
		what := kit.Column(0, kit.Body(side))
		if i < len(d.who) && d.who[i] != "" {
			what.Add(kit.Hint(d.who[i]))
		}
		box.Add(container.NewBorder(nil, nil, container.NewCenter(keep), nil, what))
	}
	return container.NewStack(kit.NewShape(kit.ColorSheet, kit.ColorWarn, kit.Corner), kit.Pad(kit.Gap8, box))
}

// decide keeps one side of a disagreement.
func (p *profile) decide(d disagreement, keep int) {
	space, id := p.s.Workspace(), p.id
	task.Quiet(p.s.Runner(), func(ctx context.Context) (record.Revision, error) { return space.Decide(ctx, id, d.conflict, keep) }, func(_ record.Revision, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.s.Saved(id.String())
		p.s.Toast(p.say("conflict.kept", "Side", d.sides[keep]), nil)
		p.reload()
	})
}

// figures are the newest figures with a small trend of each.
func (p *profile) figures() fyne.CanvasObject {
	say := p.s.Words()
	tile := func(title, unit string, of func(yearly) *record.Decimal) fyne.CanvasObject {
		var values []float64
		newest := "–"
		for i := range p.known.years {
			if n := of(p.known.years[len(p.known.years)-1-i]); n != nil {
				values = append(values, n.Float())
				newest = say.Compact(n.Float())
			}
		}
		number := kit.Line(newest)
		number.SizeName, number.TextStyle.Bold = kit.SizeLead, true
		return kit.Sheet(kit.Pad(kit.Gap4, kit.Column(0, kit.Caption(title+unit), number, kit.Pad(kit.Gap4, kit.NewSpark(values)))))
	}
	currency := ""
	if c := p.known.years[0].currency; c != "" {
		currency = ", " + c
	}
	return container.NewGridWithColumns(3,
		tile(p.say("column.members"), "", func(y yearly) *record.Decimal { return y.members }),
		tile(p.say("column.persons"), "", func(y yearly) *record.Decimal { return y.persons }),
		tile(p.say("column.turnover"), currency, func(y yearly) *record.Decimal { return y.turnover }))
}

// years is the table of the interviews; each opens.
func (p *profile) years() fyne.CanvasObject {
	say, years := p.s.Words(), p.known.years
	number := func(n *record.Decimal) kit.Cell {
		if n == nil {
			return kit.Cell{Text: "–"}
		}
		return kit.Cell{Text: say.Exact(n.String())}
	}
	columns := []kit.TableColumn{{Name: "year", Title: p.say("column.year"), Width: 60}, {Name: "state", Title: p.say("column.state"), Width: 116},
		{Name: "members", Title: p.say("column.members"), Width: 76, Number: true}, {Name: "persons", Title: p.say("column.persons"), Width: 76, Number: true}, {Name: "turnover", Title: p.say("column.turnover"), Width: 100, Number: true}}
	table := kit.NewTable(kit.TableConfig{Columns: columns, Runner: p.s.Runner(), OnOpen: func(row kit.TableRow) { p.s.Navigate("interviews/" + row.Key) },
		Fetch: func(context.Context, kit.TableQuery) (kit.TablePage, error) {
			out := kit.TablePage{Total: len(years)}
			for _, y := range years {
				out.Rows = append(out.Rows, kit.TableRow{Key: y.record.String(), Cells: map[string]kit.Cell{
					"year": {Text: say.Years(y.year, y.year)}, "state": stateCell(say, y.state), "members": number(y.members), "persons": number(y.persons), "turnover": number(y.turnover)}})
			}
			return out, nil
		}})
	table.Reload()
	height := float32(min(len(years), 8)+1)*40 + 4
	return container.New(fixedHeight(height), table)
}

// links is a card of other records that this one is linked with.
func (p *profile) links() fyne.CanvasObject {
	box := kit.Column(0)
	for _, one := range p.known.links {
		open := kit.Quiet(one.name, func() { p.s.Navigate("directory/" + one.to.String()) })
		box.Add(container.NewHBox(kit.Plain(one.what), open))
	}
	return kit.Card(p.say("links"), box)
}

// lastVersions is who changed the record last.
func (p *profile) lastVersions() fyne.CanvasObject {
	box := kit.Column(0)
	for i, v := range p.known.versions {
		if i == shownVersions {
			break
		}
		box.Add(container.NewBorder(nil, nil, kit.Fixed(150, kit.Caption(v.when.Format("2006-01-02 15:04"))), nil, kit.Line(v.what+" · "+v.who)))
	}
	box.Add(container.NewHBox(kit.Quiet(p.say("all_versions", len(p.known.versions)), p.history)))
	return kit.Card(p.say("history"), box)
}

// fixedHeight is a layout of one height, at the normal text size.
type fixedHeight float32

// MinSize is the height.
func (h fixedHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, float32(h)*kit.Scale())
}

// Layout gives the object all there is.
func (h fixedHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// tallest puts two columns side by side and is as high as the higher one.
type tallest struct{}

// MinSize is the height of the higher column.
func (tallest) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.Size{}
	for _, o := range objects {
		out.Width += o.MinSize().Width
		out.Height = max(out.Height, o.MinSize().Height)
	}
	return out
}

// Layout gives each column half.
func (tallest) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - kit.Gap12) / 2
	for i, o := range objects {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(float32(i)*(width+kit.Gap12), 0))
	}
}

// Profile is the page of one record.
type Profile struct {
	s    page.Services
	view *profile
	id   string
}

var _ page.Commander = (*Profile)(nil)

// NewProfile makes the page of one record.
func NewProfile(s page.Services, at page.Route) page.Page {
	p := &Profile{s: s, view: newProfile(s, false), id: at.Get("id")}
	p.view.onRead = s.Changed
	return p
}

// Route is the record.
func (p *Profile) Route() string { return "directory/" + p.id }

// Title is the kind of record.
func (p *Profile) Title() string {
	if f := p.view.known.form; f != nil {
		return f.Title.In(p.s.Words().Language(), f.DefaultLanguage)
	}
	return p.view.say("title")
}

// Content is what is shown.
func (p *Profile) Content() fyne.CanvasObject { return p.view.view }

// Reload reads the record again.
func (p *Profile) Reload() {
	id, err := record.ParseID(p.id)
	if err != nil {
		p.s.Fail(err)
		return
	}
	p.view.show(id)
}

// Commands are what can be done with the record.
func (p *Profile) Commands() []page.Command {
	off := p.view.known.form == nil
	return []page.Command{
		{Label: p.view.say("edit"), Key: "Ctrl+E", Off: off, Run: p.view.edit},
		{Label: p.view.say("history"), Key: "Ctrl+H", Off: off, Run: p.view.history},
	}
}
