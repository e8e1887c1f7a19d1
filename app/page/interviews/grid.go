package interviews

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/question"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// grid is a repeat as it is shown: some of its rows, so that no more editors live than a section may have.
type grid struct {
	pane    *pane
	repeat  record.Path
	table   *question.Grid
	columns []*form.Question
	rows    []record.Path
	byRow   map[record.Path]map[string]interview.Step // by row and form path
	first   int                                       // of the rows that are shown
}

// addGrid shows the steps of a repeat as a grid.
func (p *pane) addGrid(repeat record.Path, steps []interview.Step, before *pane) {
	g := &grid{pane: p, repeat: repeat, byRow: map[record.Path]map[string]interview.Step{}}
	group, _ := p.filling.session.Form().Group(repeat.Question())
	fixed := true
	for _, step := range steps {
		if step.Kind == interview.StepRepeat {
			fixed = false
			continue
		}
		g.note(step)
	}
	g.columns = columnsOf(group, g.byRow)
	iv := p.filling.session.Interview()
	var labels []string
	for _, q := range g.columns {
		labels = append(labels, q.Label.In(p.filling.session.Words().Language(), p.filling.session.Form().DefaultLanguage))
	}
	for _, id := range iv.Rows(repeat) {
		if row := repeat.Row(id); iv.Relevant(row) {
			g.rows = append(g.rows, row)
		}
	}
	if before != nil && before.grids[repeat] != nil {
		g.first = before.grids[repeat].first
	}
	title := group.Label.In(p.filling.session.Words().Language(), p.filling.session.Form().DefaultLanguage)
	if base(p.section.key) == string(repeat) {
		title = "" // it stands over the section
	}
	g.table = question.NewGrid(question.GridConfig{Name: string(repeat), Words: p.filling.services.Words(), Title: title, Columns: labels, Room: p.room,
		Fixed: fixed, Add: func() { p.filling.addRow(repeat) }, Remove: p.filling.removeRow, Turn: g.turn,
		Move: func(to question.Direction) { p.filling.move(repeat, to) }, Focused: func() { p.filling.focused(repeat) }})
	p.grids[repeat] = g
	p.column.Add(g.table.Object())
	g.fill(before)
	if !fixed {
		p.order = append(p.order, stop{path: repeat, repeat: repeat})
	}
}

// note keeps a question's step under its row.
func (g *grid) note(step interview.Step) {
	row := rowOf(step.Path)
	if g.byRow[row] == nil {
		g.byRow[row] = map[string]interview.Step{}
	}
	g.byRow[row][step.Path.Question()] = step
}

// columnsOf are the questions of a repeat that are asked in some row, or would be in the first.
func columnsOf(group *form.Group, byRow map[record.Path]map[string]interview.Step) []*form.Question {
	var out []*form.Question
	var walk func(items []form.Item)
	walk = func(items []form.Item) {
		for _, item := range items {
			switch item := item.(type) {
			case *form.Group:
				walk(item.Items)
			case *form.Question:
				asked := len(byRow) == 0 && item.Asked()
				for _, steps := range byRow {
					_, has := steps[item.Path]
					asked = asked || has
				}
				if asked && item.Stored() {
					out = append(out, item)
				}
			}
		}
	}
	walk(group.Items)
	return out
}

// shown is how many rows are shown at once.
func (g *grid) shown() int { return max(editorLimit/max(len(g.columns), 1), 1) }

// fill makes the editors of the rows that are shown. It is called while the stops of the pane are being gathered.
func (g *grid) fill(before *pane) {
	g.first = min(g.first, max((len(g.rows)-1)/g.shown()*g.shown(), 0))
	var rows []question.GridRow
	for i, row := range g.rows[g.first:min(g.first+g.shown(), len(g.rows))] {
		line := question.GridRow{Path: row}
		for c, q := range g.columns {
			step, asked := g.byRow[row][q.Path]
			if !asked {
				line.Cells = append(line.Cells, nil)
				continue
			}
			line.Cells = append(line.Cells, g.cell(step, before))
			if !step.ReadOnly {
				g.pane.order = append(g.pane.order, stop{path: step.Path, editor: g.pane.cells[step.Path], repeat: g.repeat, row: i, column: c})
			}
		}
		rows = append(rows, line)
	}
	g.table.Set(rows, g.first, len(g.rows))
}

// cell is the editor of one cell; one of an earlier pane is kept.
func (g *grid) cell(step interview.Step, before *pane) question.Editor {
	p := g.pane
	if before != nil && before.cells[step.Path] != nil && sameStep(before.section, step) {
		p.cells[step.Path] = before.cells[step.Path]
		return p.cells[step.Path]
	}
	cfg := p.filling.config(step)
	cfg.Compact, cfg.Width = true, question.CellWidth(p.room, len(g.columns))
	editor := question.New(cfg)
	editor.Present(p.filling.writer.state(step))
	p.cells[step.Path] = editor
	return editor
}

// turn shows the rows before or after.
func (g *grid) turn(by int) {
	if g.pane.filling.commit() != nil {
		return
	}
	g.first = max(g.first+by*g.shown(), 0)
	g.pane.filling.rebuild()
}

// show makes sure that a row is among those that are shown; true where others had to be shown for it.
func (g *grid) show(row record.Path) bool {
	for i, r := range g.rows {
		if r == row && (i < g.first || i >= g.first+g.shown()) {
			g.first = i / g.shown() * g.shown()
			return true
		}
	}
	return false
}

// put says of each row what is wrong or odd in it.
func (g *grid) put(problems map[record.Path][]interview.Problem) {
	f := g.pane.filling
	for _, row := range g.rows {
		message, level := "", kit.Neutral
		for _, q := range g.columns {
			step, asked := g.byRow[row][q.Path]
			if !asked || level == kit.Bad {
				continue
			}
			if said, worse := f.writer.message(step.Path, problems[step.Path], f.refused[step.Path], f.checked); said != "" && worse > level {
				message, level = f.session.Interview().Label(step.Path)+f.services.Words().Colon()+" "+said, worse
			}
		}
		g.table.Say(row, message, level)
	}
}

// place is where a stop of the grid stands in the column, for scrolling.
func (g *grid) place(at stop) (top, height float32) {
	object := g.table.Object()
	top = object.Position().Y
	if at.editor == nil {
		return top + object.Size().Height - 60, 60
	}
	driver := fyne.CurrentApp().Driver()
	cell := at.editor.Object()
	top = driver.AbsolutePositionForObject(cell).Y - driver.AbsolutePositionForObject(g.pane.column).Y
	return top, cell.Size().Height + kit.Gap16
}
