package workspace

import (
	"context"

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
