package questionnaires

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/data/form"
)

// problems lists what is wrong with the file, errors first, with the row of the chosen one as it was read beside it.
func (p *Page) problems() fyne.CanvasObject {
	all := slices.Clone(p.proposal.Problems)
	slices.SortStableFunc(all, func(a, b form.Problem) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Sheet, a.Sheet), cmp.Compare(a.Row, b.Row)) // survey before settings
	})
	columns := []kit.TableColumn{{Name: "what", Title: p.say("column.what")}, {Name: "sheet", Title: p.say("column.sheet")},
		{Name: "row", Title: p.say("column.row"), Number: true}, {Name: "column", Title: p.say("column.column")}, {Name: "message", Title: p.say("column.problem"), Width: 560}}
	rows := make([]kit.TableRow, len(all))
	for i, problem := range all {
		rows[i] = p.problemRow(i, problem)
	}
	side := container.NewStack()
	show := func(row kit.TableRow) {
		p.chosen, _ = strconv.Atoi(row.Key)
		side.Objects = []fyne.CanvasObject{p.rowCard(all[p.chosen])}
		side.Refresh()
	}
	table := kit.NewTable(kit.TableConfig{Columns: columns, Runner: p.s.Runner(), OnFail: p.s.Fail, OnSelect: show,
		OnOpen: func(row kit.TableRow) {
			show(row)
			p.s.Show(p.file)
		},
		Fetch: func(_ context.Context, q kit.TableQuery) (kit.TablePage, error) {
			return kit.TablePage{Total: len(rows), Rows: rows[min(q.Offset, len(rows)):min(q.Offset+q.Limit, len(rows))]}, nil
		}})
	p.chosen = min(p.chosen, len(all)-1)
	table.Choose(rows[p.chosen].Key)
	table.Reload()
	show(rows[p.chosen])
	var counts []string
	errors := len(form.Errors(all))
	if errors > 0 {
		counts = append(counts, p.say("errors", errors))
	}
	if errors < len(all) {
		counts = append(counts, p.say("warnings", len(all)-errors))
	}
	title := p.s.Words().List(counts)
	height := high(min(max(76+float32(len(all))*39, 330), 420))
	return kit.Column(kit.Gap4, kit.Heading(title), container.New(height, container.New(wide{}, table, container.NewVScroll(side))))
}

func (p *Page) problemRow(i int, problem form.Problem) kit.TableRow {
	word := p.say("warning")
	if problem.Severity == form.Error {
		word = p.say("error")
	}
	row := ""
	if problem.Row > 0 {
		row = strconv.Itoa(problem.Row)
	}
	return kit.TableRow{Key: strconv.Itoa(i), Cells: map[string]kit.Cell{"what": kit.Tell(state(problem), word), "sheet": {Text: problem.Sheet}, "row": {Text: row},
		"column": {Text: problem.Column}, "message": {Text: problem.Message}}}
}

func state(problem form.Problem) kit.State {
	if problem.Severity == form.Error {
		return kit.Bad
	}
	return kit.Warn
}

func ptr(s kit.State) *kit.State { return &s }

// rowCard is a problem in full, and the row that it is about: each cell as it was read.
func (p *Page) rowCard(problem form.Problem) fyne.CanvasObject {
	body := kit.Column(kit.Gap4, kit.Body(problem.Message))
	title := problem.Sheet
	if problem.Row > 0 {
		title = p.say("row_title", "Sheet", problem.Sheet, "Row", problem.Row)
	}
	body.Add(kit.Row(0, kit.IconButton(kit.IconOpen, p.say("open_row"), func() { p.s.Show(p.file) })))
	sheet, row := p.rowOf(problem)
	var cells [][]kit.Cell
	for _, column := range sheet.Columns {
		text := row.Get(column)
		switch {
		case column == problem.Column:
			cells = append(cells, []kit.Cell{{Text: column, State: ptr(state(problem))}, {Text: orNothing(text), State: ptr(state(problem))}})
		case text != "":
			cells = append(cells, []kit.Cell{{Text: column}, {Text: strings.ReplaceAll(text, "\n", " ")}})
		}
	}
	if len(cells) > 0 {
		body.Add(kit.NewGrid([]kit.GridColumn{{Title: p.say("column.column")}, {Title: p.say("column.cell"), Grow: true}}, cells))
	}
	return kit.Card(title, body)
}

// rowOf finds the row that a problem is about in what was read.
func (p *Page) rowOf(problem form.Problem) (form.Sheet, form.Row) {
	for _, sheet := range []form.Sheet{p.proposal.Source.Survey, p.proposal.Source.Choices, p.proposal.Source.Settings} {
		if sheet.Name != problem.Sheet {
			continue
		}
		for _, row := range sheet.Rows {
			if row.Number == problem.Row {
				return sheet, row
			}
		}
	}
	return form.Sheet{}, form.Row{}
}

// sorted puts renames in the order of their old paths.
func sorted(renames []form.Rename) []form.Rename {
	out := slices.Clone(renames)
	slices.SortFunc(out, func(a, b form.Rename) int { return strings.Compare(a.Old, b.Old) })
	return out
}

// wide gives the first object three fifths of the width and the second the rest.
type wide struct{}

// MinSize is that of both side by side.
func (wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(500, objects[0].MinSize().Height)
}

// Layout places both.
func (wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width * 0.6
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(width+kit.Gap12, 0))
	objects[1].Resize(fyne.NewSize(size.Width-width-kit.Gap12, size.Height))
}
