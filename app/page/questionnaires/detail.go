package questionnaires

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// describe is one version of a questionnaire beside the list.
func (p *Page) describe(k known) fyne.CanvasObject {
	f := k.shown.Form
	version := f.Version
	facts := []string{f.ID, p.say("version_is", "Version", version), p.say("questions", asked(k)), p.say("in_languages", "Languages", languagesOf(f))}
	parts := []fyne.CanvasObject{kit.Column(0, kit.Section(titleOf(f, p.s.Words().Language())), kit.Hint(strings.Join(facts, " · "))), p.actions(k)}
	for _, t := range k.troubles {
		parts = append(parts, p.trouble(t))
	}
	if k.shown.Disputed {
		parts = append(parts, warned(kit.Warn, p.say("disputed")))
	}
	if k.shown.Note != "" {
		parts = append(parts, kit.Body(k.shown.Note))
	}
	parts = append(parts, p.versionCard(k))
	if k.before != nil {
		parts = append(parts, kit.NewFold(p.say("changed", "From", k.before.Form.Version, "To", version), true, p.differenceFrom(k)))
	}
	if !k.shown.BuiltIn() {
		parts = append(parts, kit.NewFold(p.say("records_of"), true, p.records(k)))
	}
	parts = append(parts, kit.NewFold(p.say("phones", len(k.findings)), false, p.findings(k.findings)))
	return container.NewVScroll(container.New(kit.OffBar{}, kit.Column(kit.Gap12, parts...)))
}

// asked is how many questions are put to a person.
func asked(k known) int {
	n := 0
	for _, q := range k.shown.Form.Questions {
		if q.Asked() && q.Stored() {
			n++
		}
	}
	return n
}

// actions are what can be done with the version.
func (p *Page) actions(k known) fyne.CanvasObject {
	kind, version := k.shown.Form.ID, k.shown.Form.Version
	out := []fyne.CanvasObject{
		kit.IconButton(kit.IconOpen, p.say("preview"), func() { p.preview(kind, version) }),
		kit.IconButton(kit.IconFile, p.say("print"), func() { p.print(kind, version) }),
		kit.IconButton(kit.IconSave, p.say("codebook"), func() { p.codebook(kind, version) }),
		kit.IconButton(kit.IconExport, p.say("export"), func() { p.export(kind, version) }),
		kit.IconButton(kit.IconCopy, p.say("copy"), func() { p.s.Copy(k.tables) }),
	}
	if !k.shown.BuiltIn() && k.uses[version] == (workspace.Use{}) {
		out = append(out, kit.IconButton(kit.IconRemove, p.say("remove"), func() { p.remove(kind, version) }))
	}
	return kit.NewWrap(out...)
}

// versionCard lists the versions, newest first; the one that is shown is marked, and others can be.
func (p *Page) versionCard(k known) fyne.CanvasObject {
	columns := []kit.GridColumn{{Title: p.say("column.version")}, {Title: p.say("column.records"), Number: true}, {Title: p.say("column.drafts"), Number: true},
		{Title: p.say("column.from"), Grow: true}}
	var rows [][]kit.Cell
	var options []kit.Option
	for i := len(k.all) - 1; i >= 0; i-- {
		q := k.all[i]
		from := q.File
		if q.BuiltIn() {
			from = p.say("program")
		}
		version := kit.Cell{Text: q.Form.Version}
		if q.Form.Version == k.shown.Form.Version && len(k.all) > 1 {
			version = kit.Tell(kit.Active, q.Form.Version)
		}
		use := k.uses[q.Form.Version]
		number := p.s.Words().Integer
		rows = append(rows, []kit.Cell{version, {Text: number(int64(use.Records))}, {Text: number(int64(use.Drafts))}, {Text: from}})
		options = append(options, kit.Option{Value: q.Form.Version, Label: q.Form.Version})
	}
	grid := kit.Sheet(kit.NewGrid(columns, rows))
	if len(k.all) < 2 {
		return grid
	}
	show := kit.NewSelect(options, k.shown.Form.Version, func(version string) { p.show(k.shown.Form.ID, version) })
	return kit.Column(kit.Gap4, kit.Labelled(p.say("show_version"), show), grid)
}

// differenceFrom says what changed since another version, which can be chosen.
func (p *Page) differenceFrom(k known) fyne.CanvasObject {
	var options []kit.Option
	for _, q := range k.all {
		if q.Form.Version != k.shown.Form.Version {
			options = append(options, kit.Option{Value: q.Form.Version, Label: q.Form.Version})
		}
	}
	out := kit.Column(kit.Gap4)
	if len(options) > 1 {
		out.Add(kit.Labelled(p.say("compare_with"), kit.NewSelect(options, k.before.Form.Version, func(version string) {
			p.since = version
			p.show(k.shown.Form.ID, k.shown.Form.Version)
		})))
	}
	out.Add(p.difference(k.difference, k.before.Form, k.shown.Form))
	return out
}

// records lists the records of an added kind; Enter opens one.
func (p *Page) records(k known) fyne.CanvasObject {
	f, space, language := k.shown.Form, p.s.Workspace(), p.s.Words().Language()
	columns := []kit.TableColumn{{Name: "label", Title: p.say("column.record"), Sorts: true}, {Name: "state", Title: p.say("column.state")}}
	for _, q := range f.ListColumns() {
		columns = append(columns, kit.TableColumn{Name: q.Path, Title: q.Label.In(language, f.DefaultLanguage), Sorts: true})
	}
	names := space.Namer(context.Background(), language)
	state := func(l record.Lifecycle) string { return p.s.Words().Say("interviews.state." + string(l)) }
	table := kit.NewTable(kit.TableConfig{Columns: columns, Runner: p.s.Runner(), OnFail: p.s.Fail,
		OnOpen: func(row kit.TableRow) { p.s.Navigate(page.MakeRoute("interviews/"+row.Key, "kind", f.ID)) },
		Empty:  kit.Hint(p.say("no_records")),
		Fetch: func(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
			total, err := space.Store.Count(ctx, f.ID, nil)
			if err != nil || total == 0 {
				return kit.TablePage{}, err
			}
			ask := store.Query{Limit: q.Limit, Offset: q.Offset, Sort: []store.Order{{Column: "changed", Descending: true}}}
			for _, c := range f.ListColumns() {
				ask.Columns = append(ask.Columns, c.Path)
			}
			if q.Sort != "" {
				ask.Sort = []store.Order{{Column: q.Sort, Descending: q.Descending}}
			}
			rows, err := space.Store.List(ctx, f.ID, ask)
			out := kit.TablePage{Total: total}
			for _, row := range rows {
				cells := map[string]kit.Cell{"label": {Text: row.Label}, "state": {Text: state(row.Lifecycle)}}
				for path, answer := range row.Values {
					if asked, ok := f.Question(path.Question()); ok {
						cells[asked.Path] = kit.Cell{Text: spoken(f, asked, answer, names, language)}
					}
				}
				out.Rows = append(out.Rows, kit.TableRow{Key: row.Record.String(), Cells: cells})
			}
			return out, err
		}})
	table.Reload()
	begin := kit.IconButton(kit.IconAdd, p.say("fill"), func() { p.fill(f.ID) })
	return kit.Column(kit.Gap4, kit.Row(0, begin), container.New(high(220), table))
}

func (p *Page) trouble(t workspace.Trouble) fyne.CanvasObject {
	return warned(kit.Bad, p.say("trouble", "Kind", t.Kind, "Version", t.Version, "Why", t.Why))
}

// warned is a sentence with the icon of a state.
func warned(state kit.State, text string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.NewCenter(icon(state)), nil, kit.Body(text))
}
