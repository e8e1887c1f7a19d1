package workspace

import (
	"context"

	"coopatlas/data/indicator"
)

// Reconcile puts the aggregate returns of the frame beside the figures of the mapping; the two are never added.
func (f *Figures) Reconcile(ctx context.Context, q indicator.Query) ([]indicator.Reconciled, error) {
	q, err := f.ask(q)
	if err != nil {
		return nil, err
	}
	return indicator.Reconcile(ctx, f.Source, q)
}
