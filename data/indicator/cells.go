package indicator

import (
	"fmt"
	"slices"
	"sort"
)

// cells numbers the combinations of the breakdowns that occur.
type cells struct {
	names []string   // the breakdowns, without the year
	of    []int32    // cell of a row
	keys  [][]string // labels of a cell, one for each breakdown
	order []int32    // cells in the order in which they are printed
	size  int
}

// loadCells builds the breakdowns and the filter.
func (p *panel) loadCells() error {
	var dims []*classes
	p.cells = &cells{}
	for _, name := range p.query.By {
		if name == "year" {
			continue
		}
		c, err := p.classesOf(name)
		if err != nil {
			return err
		}
		if !slices.Contains(p.ind.By, name) {
			return fmt.Errorf("%s cannot be broken down by %s", p.ind.Code, name)
		}
		if slices.Contains(p.cells.names, name) {
			return fmt.Errorf("the breakdown %s is named twice: name it once", name)
		}
		p.cells.names = append(p.cells.names, name)
		dims = append(dims, c)
	}
	p.cells.number(p.rows, dims)
	return p.loadFilter()
}

// number gives every row its cell.
func (c *cells) number(rows int, dims []*classes) {
	c.of = make([]int32, rows)
	var codes [][]int32
	if len(dims) == 0 {
		c.size, c.keys, c.order = 1, [][]string{nil}, []int32{0}
		return
	}
	index := map[uint64]int32{}
	lastKey, lastCell := ^uint64(0), int32(0)
	for row := range c.of {
		key := uint64(0)
		for _, d := range dims {
			key = key*uint64(len(d.labels)) + uint64(d.codes[row])
		}
		if key != lastKey {
			cell, ok := index[key]
			if !ok {
				cell = int32(len(codes))
				index[key] = cell
				tuple := make([]int32, len(dims))
				for i, d := range dims {
					tuple[i] = d.codes[row]
				}
				codes = append(codes, tuple)
			}
			lastKey, lastCell = key, cell
		}
		c.of[row] = lastCell
	}
	c.size = len(codes)
	c.label(codes, dims)
}

// label writes the keys of the cells and sorts them: by alphabet or by the
// breakdown's own order, the unknown last.
func (c *cells) label(codes [][]int32, dims []*classes) {
	for cell, tuple := range codes {
		key := make([]string, len(dims))
		for i, d := range dims {
			key[i] = d.labels[tuple[i]]
		}
		c.keys = append(c.keys, key)
		c.order = append(c.order, int32(cell))
	}
	sort.Slice(c.order, func(i, j int) bool {
		a, b := c.order[i], c.order[j]
		for k, d := range dims {
			x, y := codes[a][k], codes[b][k]
			switch {
			case x == y:
			case x == 0 || y == 0:
				return y == 0
			case d.ranked:
				return x < y
			default:
				return d.labels[x] < d.labels[y]
			}
		}
		return false
	})
}

// loadFilter marks the rows that pass Query.Where.
func (p *panel) loadFilter() error {
	for row := range p.flags {
		if p.flags[row]&used != 0 {
			p.flags[row] |= passes
		}
	}
	for _, name := range sortedKeys(p.query.Where) {
		c, err := p.classesOf(name)
		if err != nil {
			return err
		}
		keep := make([]bool, len(c.labels))
		for i, label := range c.labels {
			keep[i] = slices.Contains(p.query.Where[name], label)
		}
		for row, code := range c.codes {
			if !keep[code] {
				p.flags[row] &^= passes
			}
		}
	}
	return nil
}
