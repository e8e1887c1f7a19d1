package workspace

import (
	"context"
	"errors"
	"fmt"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrIncomplete is wrapped where a record cannot be submitted because of what its questionnaire demands.
var ErrIncomplete = errors.New("the record cannot be submitted yet")

// ErrReason is returned where a record is returned to its researcher without saying why.
var ErrReason = errors.New("a return needs a note that says what to look at again")

// Revise changes answers of a record, given as a person types them by the path of the question, and takes it on in its
// lifecycle; either may be left out. What follows from the answers is calculated, and a submission is checked.
func (w *Workspace) Revise(ctx context.Context, id record.ID, operation record.Operation, answers map[string]string, note string) (record.Revision, error) {
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return record.Revision{}, err
	}
	f, err := w.MustKnow(state.Kind)
	if err != nil {
		return record.Revision{}, err
	}
	if err := mayFollow(operation, state.Lifecycle); err != nil {
		return record.Revision{}, err
	}
	if operation == record.Return && note == "" {
		return record.Revision{}, ErrReason
	}
	before := content(state)
	iv := interview.Open(f, w.environment(ctx, f.DefaultLanguage).env(f, ""), contentFor(f, state))
	for path, text := range answers {
		if err := answer(iv, f, path, text); err != nil {
			return record.Revision{}, err
		}
	}
	if operation == record.Submit {
		if err := submittable(f, iv); err != nil {
			return record.Revision{}, err
		}
	}
	version := f.Version
	if len(answers) == 0 { // what was answered was answered under the version that it was
		version = state.Form
	}
	change := store.Change{Record: id, Kind: f.ID, Form: version, Parents: state.Heads, Operation: operation, Note: note, Label: iv.InstanceName()}
	if len(answers) > 0 {
		change.Set = changed(iv, before, nil)
	}
	return w.Store.Save(ctx, w.Identity, change)
}

// mayFollow refuses what a person may not do with a record in its stage: what is locked or deleted is left as it is
// until it is reopened or restored.
func mayFollow(operation record.Operation, now record.Lifecycle) error {
	switch {
	case now == record.Deleted && operation != record.Restore:
		return fmt.Errorf("%w: it is deleted; restore it first", ErrStage)
	case now == record.Locked && operation != record.Reopen:
		return fmt.Errorf("%w: it is locked; reopen it first", ErrStage)
	case now != record.Deleted && operation == record.Restore:
		return fmt.Errorf("%w: it is not deleted", ErrStage)
	case now != record.Locked && now != record.Validated && operation == record.Reopen:
		return fmt.Errorf("%w: it is %s, so there is nothing to reopen", ErrStage, now)
	}
	return nil
}

func answer(iv *interview.Interview, f *form.Form, name, text string) error {
	path := record.Path(name)
	if _, ok := f.Question(path.Question()); !ok {
		q, ok := FindQuestion(f, name)
		if !ok {
			return fmt.Errorf("the questionnaire %s has no question %q; `coopctl form show` lists their paths", f.ID, name)
		}
		path = record.Path(q.Path)
	}
	value, err := iv.Parse(path, text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	_, err = iv.Set(path, record.Answer{Value: value})
	return err
}

// FindQuestion finds a question by its path, its name, or the concept it feeds, as people type them in commands.
func FindQuestion(f *form.Form, name string) (*form.Question, bool) {
	if q, ok := f.Question(name); ok {
		return q, true
	}
	for _, item := range f.Named(name) {
		if q, ok := item.(*form.Question); ok {
			return q, true
		}
	}
	return f.ByConcept(name)
}

// submittable refuses an interview that has hard problems, and names the first.
func submittable(f *form.Form, iv *interview.Interview) error {
	for _, p := range iv.Problems() {
		if p.Hard {
			return fmt.Errorf("%w: %s: %s", ErrIncomplete, p.Path, p.Message)
		}
	}
	return nil
}

// changed returns what a save writes: the answers, calculations among them, that differ from what the record said,
// and those confirmed. What is not relevant any more is not applicable, and what was taken back is blank.
func changed(iv *interview.Interview, base interview.Content, confirmed map[record.Path]bool) map[record.Path]record.Answer {
	now := iv.Content().Answers
	out := map[record.Path]record.Answer{}
	for path, answer := range now {
		if confirmed[path] || !base.Answers[path].Equal(answer) {
			out[path] = answer
		}
	}
	for path, old := range base.Answers {
		_, given := now[path]
		if _, there := iv.Question(path); given || !there || old.Blank() {
			continue
		}
		switch {
		case iv.Relevant(path):
			out[path] = record.Answer{}
		case old.Status != record.NotApplicable && old.Status != record.Erased:
			out[path] = record.Answer{Status: record.NotApplicable}
		}
	}
	return out
}
