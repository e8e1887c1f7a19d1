package indicator

import (
	"encoding/binary"
	"math/bits"
	"sort"
)

// lattice is a table with all its totals: the cells of every subset of its
// breakdowns, from the grand total down to the cells themselves, and the lines
// that add up.
type lattice struct {
	masks   []uint32  // of nodes: the breakdowns that a node is told apart by
	tuples  [][]int32 // of nodes: a class for each breakdown, -1 where all are added
	index   map[string]int32
	lines   []equation
	part    [][]int32 // lines that a node is a part of
	margin  [][]int32 // lines that a node is the total of
	ordered []uint32  // the masks that occur, fewest breakdowns first
}

// equation says that the parts add up to their margin.
type equation struct {
	margin int32
	parts  []int32
	mask   uint32 // of the parts
}

// newLattice makes the lattice of the cells, each a class for every breakdown.
// It gives for each cell the nodes that it is added to, itself last.
func newLattice(cells [][]int32, dims int) (*lattice, [][]int32) {
	l := &lattice{index: map[string]int32{}}
	for m := range uint32(1) << dims {
		l.ordered = append(l.ordered, m)
	}
	sort.SliceStable(l.ordered, func(i, j int) bool {
		return bits.OnesCount32(l.ordered[i]) < bits.OnesCount32(l.ordered[j])
	})
	up := make([][]int32, len(cells))
	for i, cell := range cells {
		for _, m := range l.ordered {
			up[i] = append(up[i], l.node(project(cell, m), m))
		}
	}
	l.join()
	return l, up
}

// project keeps the classes of some breakdowns.
func project(cell []int32, mask uint32) []int32 {
	out := make([]int32, len(cell))
	for d := range cell {
		if out[d] = -1; mask>>d&1 == 1 {
			out[d] = cell[d]
		}
	}
	return out
}

func tupleKey(tuple []int32) string {
	key := make([]byte, 0, 4*len(tuple))
	for _, code := range tuple {
		key = binary.LittleEndian.AppendUint32(key, uint32(code))
	}
	return string(key)
}

// node gives the number of a node, a new one where it is not there yet.
func (l *lattice) node(tuple []int32, mask uint32) int32 {
	key := tupleKey(tuple)
	n, ok := l.index[key]
	if !ok {
		n = int32(len(l.masks))
		l.index[key] = n
		l.masks, l.tuples = append(l.masks, mask), append(l.tuples, tuple)
	}
	return n
}

// join finds the lines.
func (l *lattice) join() {
	type end struct {
		margin int32
		dim    int
	}
	at := map[end]int{}
	for node, mask := range l.masks {
		for d := range l.tuples[node] {
			if mask>>d&1 == 0 {
				continue
			}
			up := l.index[tupleKey(project(l.tuples[node], mask&^(1<<d)))]
			i, ok := at[end{up, d}]
			if !ok {
				i = len(l.lines)
				at[end{up, d}] = i
				l.lines = append(l.lines, equation{margin: up, mask: mask})
			}
			l.lines[i].parts = append(l.lines[i].parts, int32(node))
		}
	}
	l.part, l.margin = make([][]int32, len(l.masks)), make([][]int32, len(l.masks))
	for i, line := range l.lines {
		l.margin[line.margin] = append(l.margin[line.margin], int32(i))
		for _, p := range line.parts {
			l.part[p] = append(l.part[p], int32(i))
		}
	}
}
