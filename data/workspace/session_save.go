package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// Review is what stands between an interview and its submission.
type Review struct {
	Missing []interview.Problem // required, and neither answered nor said to be unknown
	Wrong   []interview.Problem // answers that the questionnaire does not allow
	Odd     []interview.Problem // answers that ask for a comment
	Dropped []record.Path       // answers and rows that saving leaves out, because they are not asked any more
	Moved   bool                // somebody else saved the record after the draft was opened
}

// Ready tells whether the record can be submitted.
func (r Review) Ready() bool { return len(r.Missing)+len(r.Wrong) == 0 }

// Review looks the interview through.
func (s *Session) Review() Review {
	out := Review{Dropped: slices.DeleteFunc(s.view.Dropped(), s.triggered), Moved: s.moved}
	for _, p := range s.view.Problems() {
		switch {
		case p.Hard && p.Kind == interview.ProblemRequired:
			out.Missing = append(out.Missing, p)
		case p.Hard:
			out.Wrong = append(out.Wrong, p)
		default:
			out.Odd = append(out.Odd, p)
		}
	}
	return out
}

// triggered tells whether an answer was filled in by another one, so that nobody misses it.
func (s *Session) triggered(path record.Path) bool {
	q, ok := s.form.Question(path.Question())
	return ok && q.Calculation != nil
}

// Progress returns how many of the questions that are asked now are answered, or have a reason for having no answer.
func (s *Session) Progress() (done, total int) {
	for _, step := range s.view.Steps() {
		if step.Kind != interview.StepQuestion || !step.Question.Stored() {
			continue
		}
		total++
		if !s.view.Answer(step.Path).Blank() {
			done++
		}
	}
	return done, total
}

// Submits tells whether records of this kind are submitted; registers count once they are saved.
func (s *Session) Submits() bool {
	return !register(s.form)
}

// register tells whether records of a kind count once they are saved.
func register(f *form.Form) bool {
	return strings.EqualFold(f.Settings["lifecycle"], "none") || slices.Contains(registers[:], f.ID)
}

// Save keeps the record with what the person changed, on the revisions that the draft was opened on, and removes the
// draft. The error wraps store.ErrNothing where nothing was changed; then the draft stays.
func (s *Session) Save(ctx context.Context) (record.Revision, error) {
	return s.save(ctx, record.Edit, "")
}

// Submit saves the record and submits it, with a comment on what is odd. The error wraps ErrIncomplete, and names each
// hard problem, where the questionnaire demands more.
func (s *Session) Submit(ctx context.Context, comment string) (record.Revision, error) {
	s.view.Finish()
	review := s.Review()
	var reasons []string
	for _, p := range append(review.Missing, review.Wrong...) {
		reasons = append(reasons, fmt.Sprintf("%s: %s", s.Name(p.Path), p.Message))
	}
	if len(reasons) > 0 {
		return record.Revision{}, fmt.Errorf("%w: %s", ErrIncomplete, strings.Join(reasons, "; "))
	}
	return s.save(ctx, record.Submit, comment)
}

// Name returns the number and the label of a question, as it is spoken of in lists.
func (s *Session) Name(path record.Path) string {
	label := s.view.Label(path)
	if g, ok := s.form.Group(path.Question()); ok && label == "" { // a row that is gone
		label = g.Label.In(s.words.Language(), s.form.DefaultLanguage)
	}
	if q, ok := s.view.Question(path); ok && q.Code != "" {
		label = q.Code + " " + label
	}
	if label == "" {
		return string(path)
	}
	return label
}

// Leave ends the session; the draft stays as it is, and Begin resumes it.
func (s *Session) Leave() { s.view, s.past, s.future = view{}, nil, nil }

// Discard removes the draft with everything that was typed into it.
func (s *Session) Discard(ctx context.Context) error {
	if s.rehearsal {
		return nil
	}
	return s.w.Store.DropDraft(ctx, s.draft.ID)
}

// save brings the draft in line with what is to be written, and has the store make a revision of it.
func (s *Session) save(ctx context.Context, operation record.Operation, note string) (record.Revision, error) {
	if s.rehearsal {
		return record.Revision{}, ErrRehearsal
	}
	s.view.Finish()
	set := s.changes()
	change := store.DraftChange{}
	change.Set, change.Forget = s.kept.step(set)
	change.Add, change.Remove = s.rowSteps(s.lastingRows())
	if operation == record.Edit && len(set) == 0 && s.sameRows() {
		return record.Revision{}, store.ErrNothing
	}
	if err := s.w.Store.UpdateDraft(ctx, s.draft.ID, change); err != nil {
		return record.Revision{}, err
	}
	s.kept.note(set, change)
	revision, err := s.w.Store.SaveDraft(ctx, s.w.Identity, s.draft.ID, store.Change{
		Operation: operation, Form: s.form.Version, Note: note, Label: s.label(),
	})
	if err != nil {
		return revision, errors.Join(err, s.keep(ctx, record.Path(s.draft.Cursor))) // the draft as it was typed
	}
	return revision, nil
}

// changes returns what a save writes.
func (s *Session) changes() map[record.Path]record.Answer {
	return changed(s.view.Interview, s.base, s.confirmed)
}

// lastingRows are the rows that a save keeps: those that are relevant, and those that the record had.
func (s *Session) lastingRows() map[record.Path][]record.ID {
	rows := s.view.Content().Rows
	had := rowPaths(s.base.Rows)
	for _, path := range s.view.Dropped() {
		if repeat, id, ok := path.SplitRow(); ok && had[path] {
			rows[repeat] = append(rows[repeat], id)
		}
	}
	return rows
}

// sameRows tells whether the rows are those that the record had.
func (s *Session) sameRows() bool {
	now, had := rowPaths(s.lastingRows()), rowPaths(s.base.Rows)
	for row := range now {
		if !had[row] {
			return false
		}
	}
	return len(now) == len(had)
}

// label is the record's name as the interview gives it. Names are kept in the form's own language, and those of records
// that others changed meanwhile come from the merged state: then the store asks for them.
func (s *Session) label() string {
	if s.moved || s.words.Language() != s.form.DefaultLanguage {
		return ""
	}
	return s.view.InstanceName()
}
