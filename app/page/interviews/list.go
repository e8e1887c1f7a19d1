package interviews

import (
	"context"
	"encoding/json"
	"slices"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/record"
)

// List makes the page that lists interviews, with the unfinished drafts beside them. Its route is "interviews", with
// the filters wave, country, state, interviewer and text in the query.
func List(s page.Services, at page.Route) page.Page {
	l := &listing{services: s, route: at, filter: filterOf(at), content: container.NewStack()}
	l.form, _ = s.Workspace().Form(mapping)
	l.build()
	return l
}

// listing is the list of interviews.
type listing struct {
	services page.Services
	route    page.Route
	filter   filter
	form     *form.Form
	content  *fyne.Container
	table    *kit.Table
	search   *kit.Entry
	menus    menus
	drafts   *fyne.Container
	gap      *kit.Shape // before the drafts
	names    func(q *form.Question, answer record.Answer) string
	counting task.Latest
	reader   atomic.Pointer[rowReader] // what the rows are read with: the table reads in the background
	blank    *fyne.Container           // shown in place of no rows
	kept     kit.TablePlace            // how the list was left
}

// Route is where the page is, with its filters.
func (l *listing) Route() string { return l.filter.route() }

// Title is what stands in the top bar.
func (l *listing) Title() string { return l.services.Words().Say("interviews.title") }

// Content is what is shown.
func (l *listing) Content() fyne.CanvasObject { return l.content }

// Keep gives which row is chosen and how far the list is scrolled.
func (l *listing) Keep() any { return l.table.Place() }

// Restore brings back what Keep gave.
func (l *listing) Restore(kept any) {
	l.kept, _ = kept.(kit.TablePlace)
}

// Focus gives the keyboard to the rows.
func (l *listing) Focus() { l.table.Focus() }

// Reload reads drafts, filters and rows.
func (l *listing) Reload() {
	w, language := l.services.Workspace(), l.services.Words().Language()
	task.Quiet(l.services.Runner(), func(ctx context.Context) (listData, error) { return readList(ctx, w, language) },
		func(found listData, err error) {
			if err != nil {
				l.services.Fail(err)
				return
			}
			l.menus.set(l.services.Words(), found, l.filter)
			l.showDrafts(found.drafts)
		})
	l.table.Reload()
	l.table.Go(l.kept)
	l.kept = kit.TablePlace{}
	l.count()
}

// columnsKey is under which the columns are remembered.
const columnsKey = "interviews.columns"

func (l *listing) build() {
	say := l.services.Words().Say
	l.names = l.services.Workspace().Namer(context.Background(), l.services.Words().Language())
	l.blank = container.NewStack()
	l.filtered()
	l.table = kit.NewTable(kit.TableConfig{Columns: l.columns(), Runner: l.services.Runner(), Fetch: l.fetch,
		OnOpen: func(row kit.TableRow) { l.services.Navigate("interviews/" + row.Key) }, OnFail: l.services.Fail, OnLayout: l.remember,
		Empty: l.blank})
	var layout kit.TableLayout
	if json.Unmarshal([]byte(l.services.Preference(columnsKey)), &layout) == nil {
		l.table.SetLayout(layout)
	}
	l.search = kit.NewEntry(say("interviews.list.search"))
	l.search.ID = "interviews.list.search"
	l.search.SetWidth(200)
	l.search.SetText(l.filter.text)
	l.search.OnChanged = func(text string) { l.change(func(f *filter) { f.text = text }) }
	l.menus = newMenus(l)
	columns := kit.IconButton(kit.IconColumns, "", nil)
	columns.OnTapped = func() { l.chooseColumns(columns) }
	head := kit.Filters(kit.Primary(say("interviews.list.new"), l.begin), l.search, l.menus.wave, l.menus.country, l.menus.state, l.menus.interviewer, columns)
	l.drafts = kit.Column(kit.Gap8)
	l.drafts.Hide()
	l.gap = kit.NewShape("", "", 0)
	l.gap.SetLeast(fyne.NewSize(kit.Gap8, 1))
	l.gap.Hide()
	body := container.NewBorder(nil, nil, nil, kit.Row(0, l.gap, l.drafts), l.table)
	l.content.Objects = []fyne.CanvasObject{container.NewBorder(kit.Column(kit.Gap8, head, kit.NewShape("", "", 0)), nil, nil, nil, body)}
}

// empty is shown in place of no rows: what to do about it depends on whether a filter is set.
func (l *listing) empty() fyne.CanvasObject {
	say := l.services.Words().Say
	if l.filter != (filter{}) {
		return kit.NewEmpty(kit.IconFilter, say("interviews.list.none_fit"), say("interviews.list.show_all"), func() { l.services.Navigate("interviews") })
	}
	return kit.NewEmpty(kit.IconInterview, say("interviews.list.none"), say("interviews.list.new"), l.begin)
}

// begin leads to the page that begins an interview.
func (l *listing) begin() {
	l.services.Navigate(page.MakeRoute("interviews/new", "wave", l.filter.wave))
}

// change changes the filter and reads again.
func (l *listing) change(with func(*filter)) {
	before := l.filter
	with(&l.filter)
	if l.filter == before {
		return
	}
	l.services.Replace(l.Route())
	l.filtered()
	l.table.Reload()
	l.count()
}

// filtered takes over the filter: for the rows, and for what is said where there are none.
func (l *listing) filtered() {
	l.reader.Store(&rowReader{w: l.services.Workspace(), words: l.services.Words(), form: l.form, where: l.filter.where(l.form), names: l.names})
	l.blank.Objects = []fyne.CanvasObject{l.empty()}
	l.blank.Refresh()
}

func (l *listing) fetch(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
	return l.reader.Load().read(ctx, q)
}

// count says in the footer how many there are.
func (l *listing) count() {
	w, where, words := l.services.Workspace(), l.filter.where(l.form), l.services.Words()
	task.Do(&l.counting, l.services.Runner(), func(ctx context.Context) (int, error) { return w.Store.Count(ctx, mapping, where) },
		func(n int, err error) {
			if err == nil {
				l.services.Footer(words.Say("interviews.list.count", n))
			}
		})
}

// remember keeps the columns and the sorting.
func (l *listing) remember(layout kit.TableLayout) {
	if text, err := json.Marshal(layout); err == nil {
		l.services.SetPreference(columnsKey, string(text))
	}
}

// columns are those of the questionnaire's list, and when a record was changed.
func (l *listing) columns() []kit.TableColumn {
	say, language := l.services.Words().Say, l.services.Words().Language()
	shown := []string{"year", "wave", "outcome", "country"}
	out := []kit.TableColumn{{Name: labelColumn, Title: say("interviews.list.name"), Width: 260, Sorts: true},
		{Name: stateColumn, Title: say("interviews.list.state"), Width: 130}}
	for _, q := range l.form.ListColumns() {
		if q.Concept == "subject" {
			continue // it is the name
		}
		width := float32(120)
		if q.Concept == "year" {
			width = 96
		}
		out = append(out, kit.TableColumn{Name: q.Path, Title: q.Label.In(language, l.form.DefaultLanguage), Width: width,
			Sorts: true, Hidden: !slices.Contains(shown, q.Concept)})
	}
	return append(out, kit.TableColumn{Name: changedColumn, Title: say("interviews.list.changed"), Width: 130, Sorts: true})
}

// Commands are what can be done on the list.
func (l *listing) Commands() []page.Command {
	return []page.Command{{Label: l.services.Words().Say("interviews.list.new"), Key: "Ctrl+N", Run: l.begin},
		{Label: l.services.Words().Say("interviews.list.find"), Key: "Ctrl+F", Run: func() { l.services.Canvas().Focus(l.search) }}}
}

// Close stops what is being read.
func (l *listing) Close() { l.counting.Stop() }
