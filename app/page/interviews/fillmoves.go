package interviews

import (
	"slices"

	"fyne.io/fyne/v2"

	"coopatlas/app/question"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// focused notes which question has the keyboard.
func (f *filling) focused(path record.Path) {
	if f.pane == nil {
		return
	}
	wasIn, isIn := repeatOf(f.at) != "", repeatOf(path) != ""
	f.at = path
	f.pane.mark(path)
	if wasIn != isIn {
		f.services.Changed() // Ctrl+Enter adds a row in a grid
	}
}

// move goes on from a question. From the last of a section it goes to the next section, from the last of all to the end.
func (f *filling) move(path record.Path, to question.Direction) {
	canvas := f.services.Canvas()
	i := f.pane.index(path)
	if i < 0 { // its own answer made it go
		f.pane.focus(path)
		return
	}
	if j := f.pane.beside(i, to); j >= 0 {
		f.pane.order[j].focus(f.pane, canvas)
		return
	}
	switch to {
	case question.Next, question.Below:
		f.turn(1)
	default:
		f.turnBack()
	}
}

// turn goes to the section before or after.
func (f *filling) turn(by int) {
	if f.commit() != nil {
		return
	}
	to := f.present + by
	switch {
	case to < 0:
	case to >= len(f.sections):
		f.showEnd()
	default:
		f.showSection(to, "")
	}
}

// turnBack goes to the last question of the section before.
func (f *filling) turnBack() {
	if f.present == 0 {
		return
	}
	f.turn(-1)
	if n := len(f.pane.order); n > 0 {
		f.pane.order[n-1].focus(f.pane, f.services.Canvas())
	}
}

// goTo shows a section that was chosen at the left.
func (f *filling) goTo(key string) {
	if f.commit() != nil {
		return
	}
	if key == endKey {
		f.showEnd()
		return
	}
	if i := slices.IndexFunc(f.sections, func(s section) bool { return s.key == key }); i >= 0 {
		f.showSection(i, "")
	}
}

// showSection shows a section and gives the keyboard to one of its questions, the first where path is empty.
func (f *filling) showSection(i int, path record.Path) {
	if len(f.sections) == 0 {
		f.showEnd()
		return
	}
	f.present = min(i, len(f.sections)-1)
	f.end = nil
	s := f.sections[f.present]
	f.pane = newPane(f, s, nil)
	for repeat, g := range f.pane.grids {
		if path.Within(repeat) && g.show(rowOf(path)) {
			f.rebuild()
		}
	}
	f.frame.head(s.title, f.services.Words().Say("interviews.fill.hint"))
	f.frame.main.Objects = []fyne.CanvasObject{f.pane.scroll}
	f.frame.main.Refresh()
	f.frame.update(f.problems())
	if path == "" && len(f.pane.order) > 0 {
		path = f.pane.order[0].path
	}
	if path != "" {
		f.pane.focus(path)
	}
}

// goToPath shows the section of a question and gives it the keyboard.
func (f *filling) goToPath(path record.Path) {
	i := indexOf(f.sections, path)
	if i < 0 { // a row, or a question that is not asked any more
		if step, ok := f.session.Interview().Next(path); ok {
			i, path = indexOf(f.sections, step.Path), step.Path
		}
	}
	if i < 0 {
		f.showEnd()
		return
	}
	if i == f.present && f.pane != nil && f.pane.index(path) >= 0 {
		f.pane.focus(path)
		return
	}
	f.showSection(i, path)
}

// nextProblem goes to the next question with something wrong or odd, after the one that has the keyboard.
func (f *filling) nextProblem() {
	if f.commit() != nil {
		return
	}
	problems := f.spoken()
	if len(problems) == 0 {
		return
	}
	order := map[record.Path]int{}
	for _, s := range f.sections {
		for _, step := range s.steps {
			order[step.Path] = len(order)
		}
	}
	at, here := order[f.at]
	for _, p := range problems {
		if !here || order[p.Path] > at || f.present == len(f.sections) {
			f.goToPath(p.Path)
			return
		}
	}
	f.goToPath(problems[0].Path)
}

// spoken are the problems that are spoken of now, in the order of the questions.
func (f *filling) spoken() []interview.Problem {
	var out []interview.Problem
	all := f.problems()
	for _, s := range f.sections {
		for _, step := range s.steps {
			for _, p := range all[step.Path] {
				if p.Kind != interview.ProblemRequired || f.checked {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// addRow adds a row to a repeat and goes to its first question.
func (f *filling) addRow(repeat record.Path) {
	if f.commit() != nil {
		return
	}
	edit, err := f.session.AddRow(f.ctx, repeat)
	if err != nil {
		f.services.Fail(err)
		return
	}
	f.edited(repeat, edit)
	if g := f.pane.grids[repeat]; g != nil && g.show(edit.Path) {
		f.rebuild()
	}
	f.pane.focus(edit.Path)
}

// removeRow removes a row, which can be undone.
func (f *filling) removeRow(row record.Path) {
	edit, err := f.session.RemoveRow(f.ctx, row)
	if err != nil {
		f.services.Fail(err)
		return
	}
	for path := range f.refused {
		if path.Within(row) {
			delete(f.refused, path)
		}
	}
	repeat, _, _ := row.SplitRow()
	f.edited(repeat, edit)
	f.services.Toast(f.services.Words().Say("interviews.fill.row_removed"), f.undo)
	f.pane.focus(repeat)
}
