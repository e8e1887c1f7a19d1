package interviews

import (
	"context"
	"os"
	"path/filepath"
	"unicode"

	"fyne.io/fyne/v2"

	"coopatlas/app/page"
	"coopatlas/app/question"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// config is what the editor of a step is made from.
func (f *filling) config(step interview.Step) question.Config {
	q, path := step.Question, step.Path
	cfg := question.Config{Name: string(path), Question: q, Words: f.services.Words(), ReadOnly: step.ReadOnly,
		Long: q.Type.TakesChoices() && !short(f.session.Form(), q)}
	cfg.Calls = question.Calls{
		Text:    func(text string) error { return f.typed(path, text) },
		Answer:  func(value record.Value) error { return f.answer(path, record.Answer{Value: value}) },
		Move:    func(to question.Direction) { f.move(path, to) },
		Dropped: func() { f.dropped(path) },
		Focused: func() { f.focused(path) },
		Read:    func(text string) (record.Value, error) { return f.session.Interview().Parse(path, text) },
		Float:   func(under, over fyne.CanvasObject) { f.pane.float.put(under, over) },
		Today:   func() string { return f.services.Now().Format("2006-01-02") },
		Attach:  func() { f.attach(path) },
	}
	if q.Type.TakesChoices() {
		cfg.Calls.FindNow = func(text string) []interview.Choice { return f.findNow(q, path, text) }
		cfg.Calls.Find = func(text string, found func([]interview.Choice)) { f.find(q, path, text, found) }
	}
	if q.Kind != "" && q.Storage() == form.StoreChoice && !f.previews() {
		cfg.Calls.Create = func(name string) { f.create(q, path, name) }
	}
	return cfg
}

// typed hands over what was typed. What cannot be read is said beside the field.
func (f *filling) typed(path record.Path, text string) error {
	if _, err := f.session.Interview().Parse(path, text); err != nil {
		f.refused[path] = sentence(err)
		f.refreshFaces()
		return err
	}
	return f.edit(path, func() (workspace.Edit, error) { return f.session.SetText(f.ctx, path, text) })
}

// dropped forgets what was refused.
func (f *filling) dropped(path record.Path) {
	delete(f.refused, path)
	f.refreshFaces()
}

func (f *filling) answer(path record.Path, answer record.Answer) error {
	return f.edit(path, func() (workspace.Edit, error) { return f.session.Set(f.ctx, path, answer) })
}

// edit carries out an edit of a question: it is in the draft when edit returns. Where it cannot be kept, the error is
// shown and what was typed stays.
func (f *filling) edit(path record.Path, do func() (workspace.Edit, error)) error {
	edit, err := do()
	if err != nil {
		f.services.Fail(err)
		return err
	}
	delete(f.refused, path)
	f.kept(path)
	f.apply(edit)
	return nil
}

// apply shows what an edit did.
func (f *filling) apply(edit workspace.Edit) {
	f.sections = sectionsOf(f.session)
	key := ""
	if f.pane != nil {
		key = f.pane.section.key
	}
	if f.present < len(f.sections) || key != endKey {
		f.present = f.whereIs(key)
	}
	changed := map[record.Path]bool{edit.Path: true}
	for _, paths := range [][]record.Path{edit.Change.Values, edit.Change.Cleared, edit.Change.Relevance} {
		for _, path := range paths {
			changed[path] = true
		}
	}
	if edit.Anew && f.pane != nil {
		for _, step := range f.pane.section.steps {
			changed[step.Path] = true
		}
	}
	if f.pane != nil && f.present < len(f.sections) {
		if now := f.sections[f.present]; !samePaths(now, f.pane.section) {
			f.replace(now)
		} else {
			f.pane.section = now // whether an answer is required may have changed
		}
		f.pane.show(changed)
	}
	f.refreshFaces()
	f.lookBack()
}

// whereIs is the place of a section by its key; the nearest one where it is gone.
func (f *filling) whereIs(key string) int {
	for i, s := range f.sections {
		if s.key == key {
			return i
		}
	}
	return min(f.present, len(f.sections)-1)
}

// refreshFaces shows what stands round the editors, and how far everything is.
func (f *filling) refreshFaces() {
	problems := f.problems()
	if f.pane != nil && f.present < len(f.sections) {
		f.pane.put(problems)
	}
	f.frame.update(problems)
}

// replace shows the present section with other questions, keeping the editors that stay.
func (f *filling) replace(now section) {
	f.pane = newPane(f, now, f.pane)
}

// rebuild shows the present section anew.
func (f *filling) rebuild() { f.replace(f.pane.section) }

// find looks for choices while somebody types: in lists at once, in large registers in the background.
func (f *filling) find(q *form.Question, path record.Path, text string, found func([]interview.Choice)) {
	if q.Kind == "" {
		found(f.findNow(q, path, text))
		return
	}
	w := f.services.Workspace()
	task.Do(&f.finding, f.services.Runner(), func(ctx context.Context) ([]interview.Choice, error) {
		return findRecords(ctx, w, q.Kind, text)
	}, func(hits []interview.Choice, err error) {
		if err == nil && !f.closed {
			found(hits)
		}
	})
}

func (f *filling) findNow(q *form.Question, path record.Path, text string) []interview.Choice {
	if q.Kind == "" {
		hits, _ := f.session.Find(path, text, question.HitLimit)
		return hits
	}
	hits, err := findRecords(f.ctx, f.services.Workspace(), q.Kind, text)
	if err != nil {
		f.services.Fail(err)
	}
	return hits
}

// findRecords finds records of a kind by words of their names.
func findRecords(ctx context.Context, w *workspace.Workspace, kind, text string) ([]interview.Choice, error) {
	hits, err := w.Store.Search(ctx, text, question.HitLimit, kind)
	var out []interview.Choice
	for _, hit := range hits {
		out = append(out, interview.Choice{Name: hit.Record.String(), Label: hit.Label})
	}
	return out, err
}

// create begins a record that is to be the answer to a question; saving it leads back here.
func (f *filling) create(q *form.Question, path record.Path, name string) {
	f.note(path)
	f.touched = true // the draft must be there when the new record is saved
	f.services.Navigate(page.MakeRoute("interviews/new/fill", "kind", q.Kind, "name", name,
		"for", f.session.Record().String(), "in", f.kind, "path", string(path)))
}

// attach asks for a file and keeps it as the answer.
func (f *filling) attach(path record.Path) {
	f.services.Chooser().OpenFile(page.Filter{Title: f.services.Words().Say("question.choose_file")}, func(name string) {
		file, err := os.Open(name)
		if err != nil {
			f.services.Fail(err)
			return
		}
		defer file.Close()
		_ = f.edit(path, func() (workspace.Edit, error) { return f.session.SetFile(f.ctx, path, filepath.Base(name), file) })
	})
}

// sentence begins a message with a capital letter.
func sentence(err error) string {
	text := []rune(err.Error())
	if len(text) > 0 {
		text[0] = unicode.ToUpper(text[0])
	}
	return string(text)
}
