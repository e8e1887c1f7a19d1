package indicator

import (
	"math"
	"math/bits"
)

// network is a table of one or two breakdowns with its totals as a circulation:
// from the column of totals through the rows to the columns, and through the
// row of totals back. Each hidden cell is an edge whose flow a reader has to
// guess; what is published is fixed. How far a hidden value can move is a
// largest flow through the other hidden cells, which makes its bounds exact.
type network struct {
	f     *figures
	slot  int
	edges []edge
	out   [][]int32 // edges at a vertex
}

// edge is a hidden node of the lattice.
type edge struct {
	node     int32
	from, to int32
	value    float64
	moved    float64 // while a flow is being found
}

// The vertices of the totals; those of classes follow.
const (
	rowOfTotals    = 0
	columnOfTotals = 1
)

func newNetwork(f *figures, slot int, mask uint32) *network {
	w := &network{f: f, slot: slot, out: make([][]int32, 2)}
	row := bits.TrailingZeros32(mask)
	column := 31 - bits.LeadingZeros32(mask)
	type class struct {
		dim  int
		code int32
	}
	vertices := map[class]int32{}
	vertex := func(dim int, code, total int32) int32 {
		if code < 0 {
			return total
		}
		v, ok := vertices[class{dim, code}]
		if !ok {
			v = int32(len(w.out))
			vertices[class{dim, code}] = v
			w.out = append(w.out, nil)
		}
		return v
	}
	for node, m := range f.masks {
		if m&^mask != 0 || !f.secret(slot, int32(node)) {
			continue
		}
		e := edge{node: int32(node), from: rowOfTotals, to: columnOfTotals, value: f.value[slot][node]}
		switch t := f.tuples[node]; {
		case m == 0:
		case row == column:
			e.from, e.to = columnOfTotals, rowOfTotals
		case m == mask:
			e.from, e.to = vertex(row, t[row], 0), vertex(column, t[column], 0)
		case t[row] >= 0:
			e.from, e.to = columnOfTotals, vertex(row, t[row], 0)
		default:
			e.from, e.to = vertex(column, t[column], 0), rowOfTotals
		}
		w.out[e.from] = append(w.out[e.from], int32(len(w.edges)))
		w.out[e.to] = append(w.out[e.to], int32(len(w.edges)))
		w.edges = append(w.edges, e)
	}
	return w
}

// narrow gives the hidden nodes that are bounded within boundPercent on both
// sides.
func (w *network) narrow() []int32 {
	var out []int32
	for i := range w.edges {
		e := w.edges[i]
		if w.f.barred[e.node] {
			continue
		}
		room := math.Abs(e.value) * boundPercent / 100
		if w.flow(int32(i), e.to, e.from, room) <= room && (!w.f.signed && e.value <= room || w.flow(int32(i), e.from, e.to, room) <= room) {
			out = append(out, e.node)
		}
	}
	return out
}

// flow finds how much can be moved between two vertices without the edge but,
// and stops as soon as it is more than enough.
func (w *network) flow(but, from, to int32, enough float64) float64 {
	for i := range w.edges {
		w.edges[i].moved = 0
	}
	total := 0.0
	for total <= enough {
		path := w.path(but, from, to)
		if path == nil {
			break
		}
		least := math.Inf(1)
		for _, s := range path {
			least = min(least, w.room(s))
		}
		for _, s := range path {
			w.edges[s.edge].moved += s.sign * least
		}
		total += least
	}
	return total
}

// step is an edge on the way of a flow: with it, or against it.
type step struct {
	edge int32
	sign float64
}

// room is how much more an edge can take in a direction.
func (w *network) room(s step) float64 {
	e := w.edges[s.edge]
	if s.sign > 0 || w.f.signed {
		return math.Inf(1)
	}
	return e.value + e.moved
}

// path finds a shortest way with room, breadth first.
func (w *network) path(but, from, to int32) []step {
	came := make([]step, len(w.out))
	for i := range came {
		came[i].edge = -1
	}
	queue := []int32{from}
	for head := 0; head < len(queue); head++ {
		v := queue[head]
		if v == to {
			return w.trace(came, from, to)
		}
		for _, i := range w.out[v] {
			s, next := step{i, 1}, w.edges[i].to
			if next == v {
				s.sign, next = -1, w.edges[i].from
			}
			if i != but && next != from && came[next].edge < 0 && w.room(s) > 0 {
				came[next] = s
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func (w *network) trace(came []step, from, to int32) []step {
	path := []step{}
	for v := to; v != from; {
		s := came[v]
		path = append(path, s)
		if v = w.edges[s.edge].from; s.sign < 0 {
			v = w.edges[s.edge].to
		}
	}
	return path
}
