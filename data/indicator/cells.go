package indicator

import (
	"fmt"
	"slices"
	"sync"
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
	if err := c.divide(r); err != nil {
		return nil, err
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
		if len(where) == 0 {
			c.runs = append(c.runs, []run{part.rows})
			continue
		}
		c.runs = append(c.runs, c.keeps(part.rows))
	}
	return c, nil
}

// divide tells rows apart by one breakdown after the other.
func (c *cells) divide(r *frameRows) error {
	codes := [][]int32{nil}
	var dims []*classes
	for i, name := range c.names {
		d, err := r.classesOf(name)
		if err != nil {
			return err
		}
		dims = append(dims, d)
		keys, numbers := c.occurring(d), newNumbering(c.size*len(d.labels))
		codes = apart(codes, keys, len(d.labels))
		place := make([]int32, len(keys))
		for at := range place {
			place[at] = int32(at)
		}
		if c.size = len(codes); i == len(c.names)-1 {
			place = c.sort(codes, dims)
		}
		for at, key := range keys {
			numbers.put(key, place[at])
		}
		inRuns(len(c.of), func(from, to int) {
			for row := from; row < to; row++ {
				c.of[row] = numbers.find(int(c.of[row])*len(d.labels) + int(d.codes[row]))
			}
		})
	}
	return nil
}

// apart gives the codes of cells that are told further apart, by the codes of each
// cell before and the keys, cell × classes + class, that there are.
func apart(codes [][]int32, keys []int, classes int) [][]int32 {
	out := make([][]int32, len(keys))
	for i, key := range keys {
		out[i] = append(slices.Clone(codes[key/classes]), int32(key%classes))
	}
	return out
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

// occurring lists the combinations of a cell and a class that there are, as cell ×
// classes + class, each once.
func (c *cells) occurring(d *classes) []int {
	var lock sync.Mutex
	all := newNumbering(c.size * len(d.labels))
	var keys []int
	inRuns(len(c.of), func(from, to int) {
		var own []int
		seen, last := newNumbering(c.size*len(d.labels)), -1
		for row := from; row < to; row++ {
			key := int(c.of[row])*len(d.labels) + int(d.codes[row])
			if key == last || seen.find(key) >= 0 {
				continue
			}
			last = key
			seen.put(key, 0)
			own = append(own, key)
		}
		lock.Lock()
		defer lock.Unlock()
		for _, key := range own {
			if all.find(key) < 0 {
				all.put(key, 0)
				keys = append(keys, key)
			}
		}
	})
	slices.Sort(keys)
	return keys
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

// sort writes the keys of the cells in the order of print, and gives where in it
// each cell comes.
func (c *cells) sort(codes [][]int32, dims []*classes) []int32 {
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
	return place
}
