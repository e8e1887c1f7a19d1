package workspace

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// atEnd is the cursor of a person who has passed the last question.
const atEnd = "*"

// Cursor returns the step at which the person stands; ok is false after the last one.
func (s *Session) Cursor() (step interview.Step, ok bool) {
	switch path := record.Path(s.draft.Cursor); path {
	case atEnd:
		return interview.Step{}, false
	case "":
		return s.view.Next("")
	default:
		if step, ok := s.Step(path); ok {
			return step, true
		}
		return s.view.Next(path)
	}
}

// Step returns the step of a path, where it is asked now.
func (s *Session) Step(path record.Path) (interview.Step, bool) {
	steps := s.view.Steps()
	i := slices.IndexFunc(steps, func(step interview.Step) bool { return step.Path == path })
	if i < 0 {
		return interview.Step{}, false
	}
	return steps[i], true
}

// MoveTo notes in the draft where the person stands; the empty path is after the last step.
func (s *Session) MoveTo(ctx context.Context, path record.Path) error {
	if path == "" {
		path = atEnd
	}
	if record.Path(s.draft.Cursor) == path {
		return nil
	}
	return s.keep(ctx, path)
}

// Set answers a question, keeps the answer and what it triggers in the draft, and moves the cursor to the next step. The
// answer that is shown of a conflict, given again, decides it.
func (s *Session) Set(ctx context.Context, path record.Path, answer record.Answer) (Edit, error) {
	change, err := s.view.Set(path, answer)
	if err != nil {
		return Edit{}, err
	}
	if len(change.Values) == 0 && len(s.conflicts[path]) > 0 {
		s.confirmed[path] = true
	}
	return s.edited(ctx, path, change, func() record.Path { return s.after(path) })
}

// SetText answers a question with what a person typed. The error is a sentence for that person.
func (s *Session) SetText(ctx context.Context, path record.Path, text string) (Edit, error) {
	value, err := s.view.Parse(path, text)
	if err != nil {
		return Edit{}, err
	}
	return s.Set(ctx, path, record.Answer{Value: value})
}

// SetStatus says why a question has no answer: refused, don't know, not applicable, not collected; or, with Answered,
// takes the answer back.
func (s *Session) SetStatus(ctx context.Context, path record.Path, status record.Status) (Edit, error) {
	return s.Set(ctx, path, record.Answer{Status: status})
}

// SetFile attaches a file as the answer to a question.
func (s *Session) SetFile(ctx context.Context, path record.Path, name string, r io.Reader) (Edit, error) {
	if q, ok := s.view.Question(path); !ok || q.Storage() != form.StoreFile {
		return Edit{}, fmt.Errorf("the question %s takes no file", path)
	}
	keep := func() (store.FileInfo, error) { return s.w.Store.AddFile(ctx, name, r) }
	if s.rehearsal {
		keep = func() (store.FileInfo, error) { return describe(name, r) }
	}
	file, err := keep()
	if err != nil {
		return Edit{}, err
	}
	return s.Set(ctx, path, record.Answer{Value: file.Value()})
}

// AddRow adds a row to a repeat and moves the cursor to its first question. Edit.Path is the row's.
func (s *Session) AddRow(ctx context.Context, repeat record.Path) (Edit, error) {
	row, change, err := s.view.AddRow(repeat)
	if err != nil {
		return Edit{}, err
	}
	return s.edited(ctx, row, change, func() record.Path { return s.firstIn(row) })
}

// RemoveRow removes a row of a repeat with everything in it.
func (s *Session) RemoveRow(ctx context.Context, row record.Path) (Edit, error) {
	repeat, _, ok := row.SplitRow()
	if !ok {
		return Edit{}, fmt.Errorf("%s is not a row", row)
	}
	change, err := s.view.RemoveRow(row)
	if err != nil {
		return Edit{}, err
	}
	return s.edited(ctx, row, change, func() record.Path { return s.here(repeat) })
}

// edited follows an edit of the interview: opens it at another length if need be, and keeps what changed. Where the
// draft cannot be written the edit is taken back.
func (s *Session) edited(ctx context.Context, path record.Path, change interview.Change, cursor func() record.Path) (Edit, error) {
	if len(change.Values)+len(change.Rows) == 0 {
		return Edit{Path: path}, s.keep(ctx, cursor())
	}
	s.future, s.undone = nil, nil
	s.trail = append(s.trail, path)
	edit := Edit{Path: path, Change: change, Anew: s.follow()}
	if err := s.keep(ctx, cursor()); err != nil {
		s.back()
		return Edit{}, err
	}
	return edit, nil
}

// Undo takes the last edit of this session back; ok is false where there is none. The cursor moves to what it changed.
func (s *Session) Undo(ctx context.Context) (edit Edit, ok bool, err error) {
	if edit, ok = s.back(); !ok {
		return edit, false, nil
	}
	if err := s.keep(ctx, s.here(edit.Path)); err != nil {
		s.forth()
		return Edit{}, false, err
	}
	return edit, true, nil
}

// Redo makes the edit again that was taken back last; ok is false where there is none.
func (s *Session) Redo(ctx context.Context) (edit Edit, ok bool, err error) {
	if edit, ok = s.forth(); !ok {
		return edit, false, nil
	}
	if err := s.keep(ctx, s.here(edit.Path)); err != nil {
		s.back()
		return Edit{}, false, err
	}
	return edit, true, nil
}

func (s *Session) back() (Edit, bool) {
	if len(s.trail) == 0 {
		return Edit{}, false
	}
	anew := false
	for !s.view.CanUndo() && len(s.past) > 0 {
		s.future = append(s.future, s.view)
		s.view, s.past, anew = s.past[len(s.past)-1], s.past[:len(s.past)-1], true
	}
	change, ok := s.view.Undo()
	if !ok {
		return Edit{}, false
	}
	path := s.trail[len(s.trail)-1]
	s.trail, s.undone = s.trail[:len(s.trail)-1], append(s.undone, path)
	return Edit{path, change, anew}, true
}

func (s *Session) forth() (Edit, bool) {
	if len(s.undone) == 0 {
		return Edit{}, false
	}
	change, ok := s.view.Redo()
	if !ok {
		return Edit{}, false
	}
	anew := false
	for !s.view.CanRedo() && len(s.future) > 0 {
		s.past = append(s.past, s.view)
		s.view, s.future, anew = s.future[len(s.future)-1], s.future[:len(s.future)-1], true
	}
	path := s.undone[len(s.undone)-1]
	s.undone, s.trail = s.undone[:len(s.undone)-1], append(s.trail, path)
	return Edit{path, change, anew}, true
}

// after returns the path of the step after a path.
func (s *Session) after(path record.Path) record.Path {
	if next, ok := s.view.Next(path); ok {
		return next.Path
	}
	return atEnd
}

// here returns the path itself if it is asked, else the step that stands where it would.
func (s *Session) here(path record.Path) record.Path {
	if _, ok := s.Step(path); ok {
		return path
	}
	return s.firstIn(path)
}

// firstIn returns the first step in a row or group, or the one after it.
func (s *Session) firstIn(path record.Path) record.Path {
	for _, step := range s.view.Steps() {
		if step.Path.Within(path) {
			return step.Path
		}
	}
	return s.after(path)
}

// lengths are the core letters that are asked, by the length that the wave sets.
var lengths = map[string]string{"short": "R", "standard": "RC", "full": "RCO"}

// lengthOf returns the letters that an interview asks: all where the form takes no length from elsewhere, and the
// required ones as long as none is known.
func lengthOf(f *form.Form, iv *interview.Interview) string {
	q, ok := f.ByConcept("length")
	if !ok || q.Calculation == nil {
		return ""
	}
	if letters, ok := lengths[iv.Answer(record.Path(q.Path)).Value.String()]; ok {
		return letters
	}
	return lengths["short"]
}

// lengthen opens an interview anew at the length that its own answers say.
func (s *Session) lengthen(iv *interview.Interview) view {
	length := lengthOf(s.form, iv)
	return view{interview.Open(s.form, s.environment(length), everything(iv)), length}
}

// follow opens the interview anew if its length has changed.
func (s *Session) follow() bool {
	if lengthOf(s.form, s.view.Interview) == s.view.length {
		return false
	}
	s.reopen()
	return true
}

// reopen opens the interview anew, with the registers as they are now; undo goes back to the one before.
func (s *Session) reopen() {
	s.past = append(s.past, s.view)
	s.view = s.lengthen(s.view.Interview)
	s.future = nil
}

// everything is all that an interview holds, with the answers and rows that are not relevant at present.
func everything(iv *interview.Interview) interview.Content {
	c := iv.Content()
	for _, path := range iv.Dropped() {
		if repeat, row, ok := path.SplitRow(); ok {
			c.Rows[repeat] = append(c.Rows[repeat], row)
			continue
		}
		c.Answers[path] = iv.Answer(path)
	}
	return c
}

// keep writes into the draft, in one transaction, where the person stands and what the interview holds that the draft
// does not have yet.
func (s *Session) keep(ctx context.Context, cursor record.Path) error {
	all := everything(s.view.Interview)
	at := string(cursor)
	change := store.DraftChange{Cursor: &at}
	answers := s.overlay(all.Answers)
	change.Set, change.Forget = s.kept.step(answers)
	change.Add, change.Remove = s.rowSteps(all.Rows)
	if !s.rehearsal {
		if err := s.w.Store.UpdateDraft(ctx, s.draft.ID, change); err != nil {
			return err
		}
	}
	s.draft.Cursor = at
	s.kept.note(answers, change)
	return nil
}

// step returns what has to be set and forgotten for the draft to hold exactly these answers.
func (k kept) step(answers map[record.Path]record.Answer) (set map[record.Path]record.Answer, forget []record.Path) {
	set = map[record.Path]record.Answer{}
	for path, answer := range answers {
		if old, known := k.answers[path]; !known || !old.Equal(answer) {
			set[path] = answer
		}
	}
	for _, path := range slices.Sorted(maps.Keys(k.answers)) {
		if _, wanted := answers[path]; !wanted {
			forget = append(forget, path)
		}
	}
	return set, forget
}

func (k *kept) note(answers map[record.Path]record.Answer, change store.DraftChange) {
	k.answers = answers
	for _, row := range change.Add {
		k.rows[row] = true
	}
	for _, row := range change.Remove {
		k.rows[row] = false
	}
}

// overlay returns the answers that differ from what the record said; one that was taken back is blank. Calculations
// follow by themselves and are written when the record is saved.
func (s *Session) overlay(now map[record.Path]record.Answer) map[record.Path]record.Answer {
	out := map[record.Path]record.Answer{}
	for path, answer := range now {
		if !s.computed(path) && (s.confirmed[path] || !s.base.Answers[path].Equal(answer)) {
			out[path] = answer
		}
	}
	for path, old := range s.base.Answers {
		_, given := now[path]
		if _, there := s.view.Question(path); there && !given && !old.Blank() && !s.computed(path) {
			out[path] = record.Answer{}
		}
	}
	return out
}

func (s *Session) computed(path record.Path) bool {
	q, ok := s.form.Question(path.Question())
	return ok && q.Calculation != nil && len(q.Triggers) == 0
}

// rowSteps returns the rows that have come and gone since the draft was last written.
func (s *Session) rowSteps(now map[record.Path][]record.ID) (add, remove []record.Path) {
	there := rowPaths(now)
	had, before := rowPaths(s.base.Rows), rowPaths(s.base.Rows)
	for row, present := range s.kept.rows {
		before[row] = present
	}
	for row := range there {
		if !before[row] {
			add = append(add, row)
		}
	}
	for row, present := range before {
		if !present || there[row] {
			continue
		}
		remove = append(remove, row)
		if s.kept.rows[row] && had[row] {
			remove = append(remove, row) // the first takes back that the draft put it back, the second removes it
		}
	}
	slices.Sort(add)
	slices.Sort(remove)
	return add, remove
}

func rowPaths(rows map[record.Path][]record.ID) map[record.Path]bool {
	out := map[record.Path]bool{}
	for repeat, ids := range rows {
		for _, id := range ids {
			out[repeat.Row(id)] = true
		}
	}
	return out
}
