package indicator

import "context"

// Compute answers a query over a frame. It reads only the columns it needs and
// does not change them. Errors say in one sentence what the query must change:
// an unknown indicator or breakdown, or totals over several currencies.
func Compute(ctx context.Context, src Source, q Query) (*Result, error) {
	return nil, ctx.Err()
}
