package indicator

import (
	"context"
	"errors"
	"math/bits"
	"slices"
)

// AllClasses is the key of a total over all classes of a breakdown, in results
// of queries with Totals.
const AllClasses = "total"

// addTotals appends the points of all totals, those over fewest breakdowns
// first and the grand total last. Money of several currencies has none.
func addTotals(ctx context.Context, j job, whole *Result) error {
	names := whole.By[1:]
	full := uint32(1)<<len(names) - 1
	masks := make([]uint32, 0, full)
	for m := range full {
		masks = append(masks, m)
	}
	slices.SortStableFunc(masks, func(a, b uint32) int { return bits.OnesCount32(b) - bits.OnesCount32(a) })
	for _, m := range masks {
		j.query.By = nil
		for d, name := range names {
			if m>>d&1 == 1 {
				j.query.By = append(j.query.By, name)
			}
		}
		part, err := j.compute(ctx)
		if errors.As(err, new(*CurrencyError)) {
			continue
		}
		if err != nil {
			return err
		}
		for _, pt := range part.Points {
			pt.Keys = spread(pt.Keys, m, len(names))
			whole.Points = append(whole.Points, pt)
		}
		for _, d := range part.Decompositions {
			d.Keys = spread(d.Keys, m, len(names))
			whole.Decompositions = append(whole.Decompositions, d)
		}
	}
	return nil
}

// spread puts the keys of a total in their places.
func spread(keys []string, mask uint32, dims int) []string {
	out := append(make([]string, 0, dims+1), keys[0])
	next := 1
	for d := range dims {
		if mask>>d&1 == 1 {
			out = append(out, keys[next])
			next++
		} else {
			out = append(out, AllClasses)
		}
	}
	return out
}
