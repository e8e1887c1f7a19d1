package indicator

import "context"

// DistinctCount is the number of cooperatives of one cell, over all years.
type DistinctCount struct {
	Keys []string `json:"keys"` // one for each breakdown of the query
	N    int      `json:"n"`
}

// Distinct counts the cooperatives that have a record in the years and under
// the filter of a query, by its breakdowns: a cooperative counts once in every
// cell that it was ever in. Counts are public.
func Distinct(ctx context.Context, src Source, q Query) ([]DistinctCount, error) {
	ind, _ := Find("I01")
	p, err := newPanel(ctx, src, ind, q)
	if err != nil {
		return nil, err
	}
	counts := make([]int, p.cells.size)
	last := make([]int32, p.cells.size) // the cooperative counted last, from 1
	for u := range int32(len(p.start) - 1) {
		for _, row := range p.rowsOf(u) {
			cell := p.cells.of[row]
			if p.flags[row]&used != 0 && p.inRange(int(row)) && last[cell] != u+1 {
				last[cell] = u + 1
				counts[cell]++
			}
		}
	}
	var out []DistinctCount
	for _, cell := range p.cells.order {
		if counts[cell] > 0 {
			out = append(out, DistinctCount{p.cells.keys[cell], counts[cell]})
		}
	}
	return out, nil
}
