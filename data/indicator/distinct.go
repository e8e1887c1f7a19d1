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
	p, err := newPanel(ctx, prepared(src), ind, q)
	if err != nil {
		return nil, err
	}
	counts := make([][]int, len(p.parts))
	atOnce(len(p.parts), func(i int) { counts[i] = p.distinct(p.cells.runs[i]) })
	var out []DistinctCount
	for cell, keys := range p.cells.keys {
		n := 0
		for _, of := range counts {
			n += of[cell]
		}
		if n > 0 {
			out = append(out, DistinctCount{keys, n})
		}
	}
	return out, nil
}

// distinct counts the cooperatives of runs of records, by cell.
func (p *panel) distinct(runs []run) []int {
	counts := make([]int, p.cells.size)
	last := make([]int32, p.cells.size) // the cooperative counted last, from 1
	for _, rows := range runs {
		for row := rows[0]; row < rows[1]; row++ {
			if cell, u := p.cells.of[row], p.unit[row]+1; last[cell] != u && p.inRange(int(row)) {
				last[cell] = u
				counts[cell]++
			}
		}
	}
	return counts
}
