package interviews

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/page"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// reasons are why a question has no answer, each with its key.
var reasons = [...]struct {
	status record.Status
	key    string
}{
	{record.DontKnow, "Alt+D"}, {record.Refused, "Alt+R"}, {record.NotApplicable, "Alt+N"}, {record.NotCollected, "Alt+C"},
}

// Commands are what can be done while a questionnaire is filled.
func (f *filling) Commands() []page.Command {
	if f.session == nil {
		return nil
	}
	say := f.services.Words().Say
	filling := f.present < len(f.sections)
	var out []page.Command
	for _, r := range reasons {
		out = append(out, page.Command{Label: f.writer.status(r.status), Key: r.key, Off: !filling, Run: func() { f.setStatus(r.status) }})
	}
	out = append(out,
		page.Command{Label: say("interviews.fill.clear"), Key: "Alt+X", Off: !filling, Run: func() { f.setStatus(record.Answered) }},
		page.Command{Label: say("interviews.fill.grade"), Key: "Alt+Q", Off: !filling, Run: f.grade},
		page.Command{Label: say("interviews.fill.next_section"), Key: "Ctrl+PageDown", Run: func() { f.turn(1) }},
		page.Command{Label: say("interviews.fill.previous_section"), Key: "Ctrl+PageUp", Run: func() { f.turn(-1) }},
		page.Command{Label: say("interviews.fill.next_problem"), Key: "Ctrl+J", Run: f.nextProblem},
		page.Command{Label: say("interviews.fill.what_is_left"), Key: "Ctrl+L", Run: f.review},
		page.Command{Label: say("query.answer"), Key: "Alt+A", Off: len(f.queries) == 0, Run: f.answerQuery},
		page.Command{Label: say("interviews.fill.second"), Key: "Alt+L", Run: f.turnSecond},
		page.Command{Label: say("interviews.fill.remove_row"), Key: "Alt+Delete", Off: rowOf(f.at) == "", Run: f.removeThisRow},
		page.Command{Label: say("interviews.fill.discard"), Off: f.previews(), Run: f.discard},
		page.Command{Label: say("interviews.fill.leave"), Key: "Ctrl+W", Run: f.services.Back},
		page.Command{Label: say("interviews.fill.undo"), Key: "Ctrl+Z", Menu: page.Edit, Run: f.undo},
		page.Command{Label: say("interviews.fill.redo"), Key: "Ctrl+Y", Menu: page.Edit, Run: f.redo})
	if repeat := f.grid(); repeat != "" {
		return append(out, page.Command{Label: say("question.add_row"), Key: "Ctrl+Enter", Run: func() { f.addRow(f.grid()) }},
			page.Command{Label: f.frame.endTitle(), Run: f.review})
	}
	return append(out, page.Command{Label: f.frame.endTitle(), Key: "Ctrl+Enter", Run: f.submit})
}

// grid is the repeat whose row has the keyboard, or "".
func (f *filling) grid() record.Path {
	if f.present < len(f.sections) {
		return repeatOf(f.at)
	}
	return ""
}

// setStatus says why the question has no answer, and goes on; what was typed is dropped.
func (f *filling) setStatus(status record.Status) {
	if f.present == len(f.sections) || f.pane == nil {
		return
	}
	i := f.pane.index(f.at)
	if i < 0 || f.pane.order[i].editor == nil {
		return
	}
	path := f.at
	f.pane.order[i].editor.Reset()
	err := f.edit(path, func() (workspace.Edit, error) { return f.session.SetStatus(f.ctx, path, status) })
	if err == nil && status != record.Answered {
		f.move(path, nextStop)
	}
}

// grade goes to the next quality of the answer: none, audited, documented, estimate.
func (f *filling) grade() {
	if f.commit() != nil {
		return
	}
	answer := f.session.Interview().Answer(f.at)
	if answer.Value.IsZero() {
		f.services.Toast(f.services.Words().Say("interviews.fill.grade_none"), nil)
		return
	}
	at := slices.Index(qualities[:], answer.Quality)
	answer.Quality = qualities[(at+1)%len(qualities)]
	_ = f.answer(f.at, answer)
}

// undo puts back what is being typed, else takes the last edit back and goes to its question.
func (f *filling) undo() {
	if f.pane != nil && f.present < len(f.sections) {
		if i := f.pane.index(f.at); i >= 0 && f.pane.order[i].editor != nil && f.pane.order[i].editor.Typing() {
			f.pane.order[i].editor.Reset()
			return
		}
	}
	f.step(f.session.Undo, "interviews.fill.nothing_undone")
}

func (f *filling) redo() { f.step(f.session.Redo, "interviews.fill.nothing_redone") }

// step goes back or forth by one edit.
func (f *filling) step(do func(context.Context) (workspace.Edit, bool, error), nothing string) {
	edit, ok, err := do(f.ctx)
	switch {
	case err != nil:
		f.services.Fail(err)
	case !ok:
		f.services.Toast(f.services.Words().Say(nothing), nil)
	default:
		f.edited(edit.Path, edit)
		f.goToPath(edit.Path)
	}
}

// edited shows an edit that is in the draft.
func (f *filling) edited(path record.Path, edit workspace.Edit) {
	delete(f.refused, edit.Path)
	f.kept(path)
	f.apply(edit)
}

// turnSecond shows the next language under the first, or none after the last.
func (f *filling) turnSecond() {
	if f.commit() != nil {
		return
	}
	languages := slices.DeleteFunc(slices.Clone(f.session.Form().Languages), func(code string) bool { return code == f.session.Words().Language() })
	languages = append(languages, "")
	f.second = languages[(slices.Index(languages, f.second)+1)%len(languages)]
	f.services.SetPreference("interviews.second", f.second)
	f.writer.second = f.second
	if f.present < len(f.sections) {
		f.showSection(f.present, f.at)
	}
}

func (f *filling) removeThisRow() {
	if row := rowOf(f.at); row != "" && f.present < len(f.sections) {
		f.removeRow(row)
	}
}

// discard throws the draft away, after asking.
func (f *filling) discard() {
	say := f.services.Words().Say
	f.services.Confirm(page.Confirm{Question: say("interviews.fill.discard_question"), Detail: say("interviews.fill.discard_detail"),
		Action: say("interviews.fill.discard"), Danger: true, Run: func() {
			if err := f.session.Discard(f.ctx); err != nil {
				f.services.Fail(err)
				return
			}
			f.closed = true
			f.services.Navigate("interviews")
		}})
}

// menu shows what can be done with a question under its button.
func (f *filling) menu(path record.Path, under fyne.CanvasObject) {
	if f.pane.index(path) >= 0 && path != f.at {
		f.pane.focus(path)
	}
	var items []*fyne.MenuItem
	for _, r := range reasons {
		items = append(items, menuItem(f.writer.status(r.status), r.key, func() { f.setStatus(r.status) }))
	}
	items = append(items, menuItem(f.services.Words().Say("interviews.fill.clear"), "Alt+X", func() { f.setStatus(record.Answered) }))
	if len(f.queriesOf(path)) > 0 {
		items = append(items, fyne.NewMenuItemSeparator(), menuItem(f.services.Words().Say("query.answer"), "Alt+A", f.answerQuery))
	}
	if q, ok := f.session.Interview().Question(path); ok && graded(q) {
		items = append(items, fyne.NewMenuItemSeparator())
		for _, grade := range qualities[1:] {
			items = append(items, menuItem(f.writer.quality(grade), "", func() { f.setQuality(path, grade) }))
		}
	}
	driver := fyne.CurrentApp().Driver()
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), f.services.Canvas())
	pop.ShowAtPosition(driver.AbsolutePositionForObject(under).AddXY(under.Size().Width-pop.MinSize().Width, under.Size().Height))
}

// graded tells whether the source of an answer may be said: of figures.
func graded(q *form.Question) bool { return q.Storage() == form.StoreNumber }

func menuItem(label, key string, do func()) *fyne.MenuItem {
	if key != "" {
		label += "   " + key
	}
	return fyne.NewMenuItem(label, do)
}

func (f *filling) setQuality(path record.Path, grade record.Quality) {
	answer := f.session.Interview().Answer(path)
	if answer.Value.IsZero() {
		f.services.Toast(f.services.Words().Say("interviews.fill.grade_none"), nil)
		return
	}
	answer.Quality = grade
	_ = f.answer(path, answer)
}
