package indicator

import (
	"fmt"
	"slices"
)

// cells numbers the combinations of the breakdowns that occur, in the order in
// which they are printed: by alphabet or by the breakdown's own order, the
// unknown last.
type cells struct {
	names []string   // the breakdowns, without the year
	of    []int32    // cell of a row; -1 where the filter leaves it out
	runs  [][]run    // of rows that the filter keeps, by part of the records
	keys  [][]string // labels of a cell, one for each breakdown
	size  int
}

// run is a run of rows: from, up to.
type run [2]int32

// breakdowns checks what a query is broken down by and gives it without the year.
func (q Query) breakdowns(ind Indicator) ([]string, error) {
	var names []string
	for _, name := range q.By {
		if name == "year" {
			continue
		}
		if err := knows(name); err != nil {
			return nil, err
		}
		if !slices.Contains(ind.By, name) {
			return nil, fmt.Errorf("%s cannot be broken down by %s", ind.Code, name)
		}
		if slices.Contains(names, name) {
			return nil, fmt.Errorf("the breakdown %s is named twice: name it once", name)
		}
		names = append(names, name)
	}
	return names, nil
}

// newCells gives every row its cell and filters.
func newCells(r *frameRows, by []string, where map[string][]string) (*cells, error) {
	c := &cells{names: by, of: make([]int32, r.count()), keys: [][]string{nil}, size: 1}
	var codes [][]int32
	var dims []*classes
	for _, name := range by {
		d, err := r.classesOf(name)
		if err != nil {
			return nil, err
		}
		dims = append(dims, d)
		codes = c.split(d, codes)
	}
	if len(dims) > 0 {
		c.sort(codes, dims)
	}
	for _, name := range sortedKeys(where) {
		d, err := r.classesOf(name)
		if err != nil {
			return nil, err
		}
		keep := make([]bool, len(d.labels))
		for i, label := range d.labels {
			keep[i] = slices.Contains(where[name], label)
		}
		for row, code := range d.codes {
			if !keep[code] {
				c.of[row] = -1
			}
		}
	}
	for _, part := range r.parts {
		c.runs = append(c.runs, c.keeps(part.rows))
	}
	return c, nil
}

// keeps gives the runs of rows that the filter keeps.
func (c *cells) keeps(rows run) []run {
	var out []run
	for row := rows[0]; row < rows[1]; row++ {
		switch last := len(out) - 1; {
		case c.of[row] < 0:
		case last >= 0 && out[last][1] == row:
			out[last][1]++
		default:
			out = append(out, run{row, row + 1})
		}
	}
	return out
}

// densest is how many numbers a table of all combinations may have.
const densest = 1 << 20

// split tells cells further apart by the classes of one more breakdown. It takes
// and gives the codes of each cell.
func (c *cells) split(d *classes, codes [][]int32) [][]int32 {
	if codes == nil {
		codes = [][]int32{nil}
	}
	var out [][]int32
	known := newNumbering(c.size * len(d.labels))
	for row, code := range d.codes {
		key := int(c.of[row])*len(d.labels) + int(code)
		cell := known.find(key)
		if cell < 0 {
			cell = int32(len(out))
			known.put(key, cell)
			out = append(out, append(slices.Clone(codes[c.of[row]]), code))
		}
		c.of[row] = cell
	}
	c.size = len(out)
	return out
}

// numbering numbers keys below a bound: in a table where that is small.
type numbering struct {
	dense  []int32 // number plus one
	sparse map[int]int32
}

func newNumbering(bound int) *numbering {
	if bound <= densest {
		return &numbering{dense: make([]int32, bound)}
	}
	return &numbering{sparse: map[int]int32{}}
}

// find gives the number of a key, -1 where it has none.
func (n *numbering) find(key int) int32 {
	if n.dense != nil {
		return n.dense[key] - 1
	}
	return n.sparse[key] - 1
}

func (n *numbering) put(key int, number int32) {
	if n.dense != nil {
		n.dense[key] = number + 1
	} else {
		n.sparse[key] = number + 1
	}
}

// sort brings the cells into the order of print and writes their keys.
func (c *cells) sort(codes [][]int32, dims []*classes) {
	order := make([]int32, c.size)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		for k, d := range dims {
			if by := d.compare(codes[a][k], codes[b][k]); by != 0 {
				return by
			}
		}
		return 0
	})
	place := make([]int32, c.size)
	c.keys = nil
	for at, cell := range order {
		place[cell] = int32(at)
		key := make([]string, len(dims))
		for i, d := range dims {
			key[i] = d.labels[codes[cell][i]]
		}
		c.keys = append(c.keys, key)
	}
	for row, cell := range c.of {
		c.of[row] = place[cell]
	}
}
