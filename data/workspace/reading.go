package workspace

import (
	"context"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// Reading opens what a record says now as an interview in a language, to be read and never saved: also of a record that
// is locked, and under the version of the questionnaire that it was answered under, where that is here. Drafts are left
// out. The error wraps ErrKind or store.ErrNotFound.
func (w *Workspace) Reading(ctx context.Context, id record.ID, language string) (*interview.Interview, error) {
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := w.MustKnow(state.Kind)
	if err != nil {
		return nil, err
	}
	if then, ok := w.FormAt(state.Kind, state.Form); ok {
		f = then
	}
	return interview.Open(f, w.environment(ctx, language).env(f, ""), contentFor(f, state)), nil
}

// Shown gives what a record says to whoever shows it: the version of its questionnaire that it was answered under, or the
// newest where that is not here, and the state with its answers under the names that this version has for them.
func (w *Workspace) Shown(state record.State) (*form.Form, record.State, error) {
	f, err := w.MustKnow(state.Kind)
	if err != nil {
		return nil, state, err
	}
	if then, ok := w.FormAt(state.Kind, state.Form); ok {
		f = then
	}
	if !f.Renamed() {
		return f, state, nil
	}
	said := interview.Present(f, content(state))
	fields := make(map[record.Path]record.Field, len(state.Fields))
	for path, field := range state.Fields {
		to := interview.PresentPath(f, path)
		if _, taken := state.Fields[to]; taken && to != path {
			continue
		}
		if answer, ok := said.Answers[to]; ok {
			field.Answer = answer
		}
		fields[to] = field
	}
	state.Fields, state.Rows = fields, said.Rows
	return f, state, nil
}
