package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// The versions that a version can be compared with, beside any other.
const (
	againstBefore = "before"
	againstNow    = "now"
)

// History is the page of the versions of a record.
type History struct {
	s        page.Services
	id       string
	version  string // the chosen one, by its hash
	against  string // what it is compared with: before, now, or a hash
	all      bool   // answers that are the same are shown too
	known    known
	listed   atomic.Pointer[[]version] // what the table's jobs read
	read     task.Latest
	compared task.Latest

	table   *kit.Table
	head    *fyne.Container
	choice  *kit.Select
	grid    *kit.Grid
	note    *widget.Label
	right   *fyne.Container
	content fyne.CanvasObject
}

var _ page.Commander = (*History)(nil)

// NewHistory makes the page of the versions of a record.
func NewHistory(s page.Services, at page.Route) page.Page {
	p := &History{s: s, id: at.Get("id"), version: at.Get("version"), against: at.Get("against")}
	if p.against == "" {
		p.against = againstBefore
	}
	say := s.Words()
	columns := []kit.TableColumn{{Name: "when", Title: p.say("column.when"), Width: 130}, {Name: "who", Title: p.say("column.who"), Width: 110},
		{Name: "what", Title: p.say("column.what"), Width: 150}, {Name: "answers", Title: p.say("column.answers"), Width: 70, Number: true}}
	p.table = kit.NewTable(kit.TableConfig{Columns: columns, Runner: s.Runner(), OnSelect: p.chose, OnFail: s.Fail,
		Fetch: func(_ context.Context, q kit.TableQuery) (kit.TablePage, error) { return p.rows(q, say), nil }})
	p.head, p.grid, p.note = kit.Column(kit.Gap8), kit.NewGrid(nil, nil), kit.Hint("")
	p.choice = kit.NewSelect(nil, "", func(v string) { p.against = v; p.s.Replace(p.Route()); p.compare() })
	p.choice.SetWidth(260)
	all := widget.NewCheck(p.say("all_answers"), func(on bool) { p.all = on; p.compare() })
	p.right = kit.Column(kit.Gap8, p.head, kit.NewWrap(kit.Labelled(p.say("compare"), p.choice), all), kit.Sheet(p.grid), p.note)
	right := container.NewVScroll(container.NewPadded(p.right))
	p.content = container.New(&sideBySide{from: 0, share: 0.42}, container.NewPadded(p.table), right)
	return p
}

func (p *History) say(key string, args ...any) string {
	return p.s.Words().Say("directory."+key, args...)
}

// Route is the record with the chosen version and what it is compared with.
func (p *History) Route() string {
	against := p.against
	if against == againstBefore {
		against = ""
	}
	return page.MakeRoute("directory/"+p.id+"/history", "version", p.version, "against", against)
}

// Title is the page's name with that of the record.
func (p *History) Title() string { return p.say("history_of", "Name", p.known.label) }

// Content is what is shown.
func (p *History) Content() fyne.CanvasObject { return p.content }

// Reload reads the versions again.
func (p *History) Reload() {
	id, err := record.ParseID(p.id)
	if err != nil {
		p.s.Fail(err)
		return
	}
	space, say := p.s.Workspace(), p.s.Words()
	task.Do(&p.read, p.s.Runner(), func(ctx context.Context) (known, error) { return read(ctx, space, say, id) }, func(k known, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.show(k)
	})
}

func (p *History) show(k known) {
	p.known = k
	p.listed.Store(&k.versions)
	if p.find(p.version) == nil && len(k.versions) > 0 {
		p.version = k.versions[0].id.String()
	}
	options := []kit.Option{{Value: againstBefore, Label: p.say("version_before")}, {Value: againstNow, Label: p.say("version_now")}}
	for _, v := range k.versions {
		options = append(options, kit.Option{Value: v.id.String(), Label: p.nameOf(v)})
	}
	p.choice.SetOptionList(options)
	p.choice.SetValue(p.against)
	p.table.Reload()
	p.table.Choose(p.version)
	p.s.Footer(p.say("all_versions", len(k.versions)))
	p.s.Changed()
	p.compare()
}

// nameOf is how a version is spoken of.
func (p *History) nameOf(v version) string {
	return v.when.Format("2006-01-02 15:04") + " · " + v.who
}

// rows are a part of the versions; it is called from jobs.
func (p *History) rows(q kit.TableQuery, say *words.Words) kit.TablePage {
	versions := p.listed.Load()
	if versions == nil {
		return kit.TablePage{}
	}
	out := kit.TablePage{Total: len(*versions)}
	for _, v := range (*versions)[min(q.Offset, out.Total):min(q.Offset+q.Limit, out.Total)] {
		what := v.what
		if v.note != "" {
			what += ": " + v.note
		}
		out.Rows = append(out.Rows, kit.TableRow{Key: v.id.String(), Cells: map[string]kit.Cell{
			"when": {Text: v.when.Format("2006-01-02 15:04")}, "who": {Text: v.who}, "what": {Text: what}, "answers": {Text: say.Integer(int64(len(v.paths)))}}})
	}
	return out
}

func (p *History) chose(row kit.TableRow) {
	if row.Key == p.version {
		return
	}
	p.version = row.Key
	p.s.Replace(p.Route())
	p.compare()
}

// find returns the version of a hash.
func (p *History) find(hash string) *version {
	for i := range p.known.versions {
		if p.known.versions[i].id.String() == hash {
			return &p.known.versions[i]
		}
	}
	return nil
}

// other is the version that the chosen one is compared with; nil for nothing before the first.
func (p *History) other(v *version) *version {
	switch p.against {
	case againstNow:
		return &p.known.versions[0]
	case againstBefore:
		if len(v.parents) == 0 {
			return nil
		}
		return p.find(v.parents[0].String())
	}
	return p.find(p.against)
}

// compare reads both versions and shows where they differ.
func (p *History) compare() {
	v := p.find(p.version)
	if v == nil {
		return
	}
	p.showHead(*v)
	space, say, id, k, all := p.s.Workspace(), p.s.Words(), p.known.state.Record, p.known, p.all
	other := p.other(v)
	now := p.against == againstNow
	task.Do(&p.compared, p.s.Runner(), func(ctx context.Context) ([][]kit.Cell, error) {
		var before record.State
		this, err := space.Version(ctx, id, v.id)
		switch {
		case err == nil && now:
			before = k.state
		case err == nil && other != nil:
			before, err = space.Version(ctx, id, other.id)
		}
		if err != nil {
			return nil, err
		}
		return newReader(ctx, space, say).compared(k, before, this, all), nil
	}, p.showCompared)
}

// showHead says which version is shown, and offers to bring it back.
func (p *History) showHead(v version) {
	restore := kit.IconButton(kit.IconUndo, p.say("restore"), func() { p.restore(v) })
	restore.Importance = widget.HighImportance
	if v.id == p.known.versions[0].id || p.known.state.Lifecycle == record.Locked || p.known.state.Lifecycle == record.Deleted {
		restore.Disable()
	}
	lines := []fyne.CanvasObject{kit.Section(p.say("version_of", "Time", p.s.Words().Time(v.when))),
		container.NewBorder(nil, nil, nil, container.NewCenter(restore), kit.Body(v.what+" · "+v.who))}
	if v.note != "" {
		lines = append(lines, kit.Body(v.note))
	}
	p.head.Objects = lines
	p.right.Refresh()
}

func (p *History) showCompared(rows [][]kit.Cell, err error) {
	if err != nil {
		p.s.Fail(err)
		return
	}
	other := p.say("version_before")
	if v := p.find(p.version); v != nil && p.against != againstBefore {
		other = p.say("version_now")
		if o := p.other(v); o != nil && p.against != againstNow {
			other = o.when.Format("2006-01-02 15:04")
		}
	}
	p.grid.Set([]kit.GridColumn{{Title: p.say("column.question"), Grow: true}, {Title: other, Grow: true}, {Title: p.say("this_version"), Grow: true}}, rows)
	p.note.SetText("")
	if len(rows) == 0 {
		p.note.SetText(p.say("same"))
	}
	p.right.Refresh()
}

// compared lays two states side by side; what differs is marked.
func (r reader) compared(k known, before, this record.State, all bool) [][]kit.Cell {
	different := workspace.Differences(before, this)
	paths := slices.Clone(different)
	if all {
		for path := range this.Fields {
			if !slices.Contains(different, path) {
				paths = append(paths, path)
			}
		}
	}
	place := map[string]int{}
	for i, q := range k.form.Questions {
		place[q.Path] = i
	}
	slices.SortFunc(paths, func(a, b record.Path) int {
		if n := place[a.Question()] - place[b.Question()]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	var rows [][]kit.Cell
	for _, path := range paths {
		old, new := r.side(k.form, path, before.Fields[path].Write), r.side(k.form, path, this.Fields[path].Write)
		cell := kit.Cell{Text: new}
		if slices.Contains(different, path) {
			cell = kit.Tell(kit.Accent, new)
		}
		rows = append(rows, []kit.Cell{{Text: r.labelOf(k.form, path)}, {Text: old}, cell})
	}
	return rows
}

// restore brings a version back; that can be taken back.
func (p *History) restore(v version) {
	space, id := p.s.Workspace(), p.known.state.Record
	note := p.say("restored_note", "Time", v.when.Format("2006-01-02 15:04"))
	before := p.known.state.Heads
	task.Quiet(p.s.Runner(), func(ctx context.Context) (record.Revision, error) { return space.RestoreVersion(ctx, id, v.id, note) }, func(_ record.Revision, err error) {
		switch {
		case errors.Is(err, store.ErrNothing):
			p.s.Toast(p.say("same"), nil)
		case err != nil:
			p.s.Fail(err)
		default:
			p.s.Saved(id.String())
			p.version = ""
			p.Reload()
			p.s.Toast(p.say("restored"), p.undo(before))
		}
	})
}

// undo brings back what was there before; of several heads there is no one version to bring back.
func (p *History) undo(heads []record.Parent) func() {
	if len(heads) != 1 {
		return nil
	}
	space, id := p.s.Workspace(), p.known.state.Record
	note := p.say("undone_note")
	return func() {
		task.Quiet(p.s.Runner(), func(ctx context.Context) (record.Revision, error) {
			return space.RestoreVersion(ctx, id, heads[0].ID, note)
		}, func(_ record.Revision, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.version = ""
			p.Reload()
		})
	}
}

// Commands are bringing the chosen version back.
func (p *History) Commands() []page.Command {
	v := p.find(p.version)
	return []page.Command{
		{Label: p.say("restore"), Key: "Ctrl+R", Off: v == nil || v.id == p.known.versions[0].id, Run: func() { p.restore(*p.find(p.version)) }},
		{Label: p.say("to_record"), Key: "Ctrl+E", Run: func() { p.s.Navigate("directory/" + p.id) }},
	}
}
