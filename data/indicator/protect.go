package indicator

import (
	"math"
	"math/bits"
)

// leastUnion is how many contributors the hidden cells of a line have together
// at least, so that none of two can compute the other (domain reference, B.5).
const leastUnion = 3

// figures are a lattice's figures, one slot for each year, and what of them is
// hidden. Only what is not public is counted: a reader can take away the rest.
type figures struct {
	*lattice
	n      [][]int32   // contributors, by slot and node; 0 where there is nothing to hide
	value  [][]float64 // what they contribute; nil where only the rule of two applies
	hidden [][]bool
	barred []bool // nodes that nobody publishes, such as totals over several currencies
	known  []bool // nodes that an earlier release told: to hide them protects nothing
	signed bool   // values may be negative, so that nothing bounds them from below
	apart  bool   // slots are independent; else a node is hidden in all or none
}

func newFigures(l *lattice, slots int) *figures {
	f := &figures{lattice: l, barred: make([]bool, len(l.masks)), known: make([]bool, len(l.masks))}
	for range slots {
		f.n = append(f.n, make([]int32, len(l.masks)))
		f.value = append(f.value, make([]float64, len(l.masks)))
		f.hidden = append(f.hidden, make([]bool, len(l.masks)))
	}
	return f
}

// hide hides a node. The pattern is the same in all slots, but for the grand
// total, which a breakdown does not tell apart.
func (f *figures) hide(slot int, node int32) {
	if f.apart || f.masks[node] == 0 {
		f.hidden[slot][node] = true
		return
	}
	for s := range f.hidden {
		f.hidden[s][node] = true
	}
}

// secret says whether a reader has to guess a node.
func (f *figures) secret(slot int, node int32) bool {
	return f.n[slot][node] > 0 && (f.hidden[slot][node] || f.barred[node])
}

// protect hides more until nothing hidden can be computed, or told to within
// boundPercent, from what is left (secondary suppression, B.5). Tables of few
// breakdowns come first and then stand, so that a total is hidden or not
// whatever it is broken down by; a total is hidden for the sake of its parts
// only where nothing else is left to hide.
func (f *figures) protect() {
	for raised := true; raised; {
		raised = false
		for _, m := range f.ordered {
			raised = f.protectTable(m) || raised
		}
	}
}

// protectTable protects the table of one set of breakdowns, and says whether it
// had to hide a node of another.
func (f *figures) protectTable(mask uint32) (raised bool) {
	for {
		mended, up := f.ruleOfTwo(mask)
		raised = raised || up
		if !mended && f.value != nil {
			mended, up = f.widen(mask)
			raised = raised || up
		}
		if !mended {
			return raised
		}
	}
}

// ruleOfTwo goes through the lines of a table once.
func (f *figures) ruleOfTwo(mask uint32) (mended, raised bool) {
	for i, l := range f.lines {
		if l.mask != mask {
			continue
		}
		for slot := range f.n {
			for f.broken(slot, l) {
				done, up := f.mend(slot, []int32{int32(i)})
				if mended, raised = mended || done, raised || up; !done {
					break
				}
			}
		}
	}
	return mended, raised
}

// broken says whether a line has just one hidden cell, or hidden cells of too
// few contributors that its total tells the sum of.
func (f *figures) broken(slot int, l equation) bool {
	if f.barred[l.margin] {
		return false
	}
	cells, contributors := 0, int32(0)
	for _, p := range l.parts {
		if f.secret(slot, p) {
			cells++
			contributors += f.n[slot][p]
		}
	}
	if f.secret(slot, l.margin) {
		return cells == 0
	}
	return cells == 1 || cells > 0 && contributors < leastUnion
}

// mend hides one more part of some lines, the one that tells least; where none
// helps, one of their totals. It says whether it hid anything, and whether that
// was a total.
func (f *figures) mend(slot int, lines []int32) (done, raised bool) {
	best, least := int32(-1), math.Inf(1)
	for _, i := range lines {
		for _, p := range f.lines[i].parts {
			if cost := f.cost(p); f.open(slot, p) && !f.known[p] && cost < least && !f.pinned(slot, p) {
				best, least = p, cost
			}
		}
	}
	if best >= 0 {
		f.hide(slot, best)
		return true, false
	}
	for _, i := range lines {
		if m := f.lines[i].margin; f.open(slot, m) {
			f.hide(slot, m)
			return true, true
		}
	}
	return false, false
}

// open says whether a node could be hidden.
func (f *figures) open(slot int, node int32) bool {
	return f.n[slot][node] > 0 && !f.hidden[slot][node] && !f.barred[node]
}

// cost is what is lost with a node, over all slots.
func (f *figures) cost(node int32) float64 {
	sum := 0.0
	for slot := range f.n {
		if f.value == nil {
			sum += float64(f.n[slot][node])
		} else {
			sum += math.Abs(f.value[slot][node])
		}
	}
	return sum
}

// pinned says whether a node is the only part of a total that is told.
func (f *figures) pinned(slot int, node int32) bool {
	for _, i := range f.part[node] {
		l := f.lines[i]
		if f.secret(slot, l.margin) || f.barred[l.margin] {
			continue
		}
		others := 0
		for _, p := range l.parts {
			if p != node && f.n[slot][p] > 0 {
				others++
			}
		}
		if others == 0 {
			return true
		}
	}
	return false
}

// widen hides more around hidden nodes that the other figures bound too
// narrowly. The bounds are exact for tables of up to two breakdowns, and for
// larger ones those that lines give each other.
func (f *figures) widen(mask uint32) (mended, raised bool) {
	for slot := range f.n {
		var narrow []int32
		if bits.OnesCount32(mask) <= 2 {
			narrow = newNetwork(f, slot, mask).narrow()
		} else {
			narrow = f.propagate(slot, mask)
		}
		for _, node := range narrow {
			done, up := f.mend(slot, f.around(node, mask))
			mended, raised = mended || done, raised || up
		}
	}
	return mended, raised
}

// around gives the lines of a table that a node is in.
func (f *figures) around(node int32, mask uint32) []int32 {
	var out []int32
	for _, lines := range [...][]int32{f.margin[node], f.part[node]} {
		for _, i := range lines {
			if f.lines[i].mask&^mask == 0 {
				out = append(out, i)
			}
		}
	}
	return out
}

// tooNarrow says whether a value is bounded within boundPercent on both sides.
func tooNarrow(value, low, high float64) bool {
	room := math.Abs(value) * boundPercent / 100
	return value-low <= room && high-value <= room
}

// propagate bounds the hidden nodes of a table and its totals line by line, and
// gives those that are bounded too narrowly.
func (f *figures) propagate(slot int, mask uint32) []int32 {
	low, high := make([]float64, len(f.masks)), make([]float64, len(f.masks))
	for node := range f.masks {
		low[node], high[node] = f.value[slot][node], f.value[slot][node]
		if f.secret(slot, int32(node)) {
			if low[node], high[node] = 0, math.Inf(1); f.signed {
				low[node] = math.Inf(-1)
			}
		}
	}
	for changed, round := true, 0; changed && round < 100; round++ {
		changed = false
		for _, l := range f.lines {
			if l.mask&^mask == 0 && l.tighten(low, high) {
				changed = true
			}
		}
	}
	var out []int32
	for node, m := range f.masks {
		if m&^mask == 0 && f.secret(slot, int32(node)) && !f.barred[node] && tooNarrow(f.value[slot][node], low[node], high[node]) {
			out = append(out, int32(node))
		}
	}
	return out
}

// tighten narrows the bounds of a line's nodes by each other's.
func (l equation) tighten(low, high []float64) bool {
	changed := false
	narrow := func(node int32, lo, hi float64) {
		if lo > low[node]+1e-9*math.Abs(lo) {
			low[node], changed = lo, true
		}
		if hi < high[node]-1e-9*math.Abs(hi) {
			high[node], changed = hi, true
		}
	}
	sumOf := func(bound []float64, but int32) float64 {
		s := 0.0
		for _, p := range l.parts {
			if p != but {
				s += bound[p]
			}
		}
		return s
	}
	narrow(l.margin, sumOf(low, -1), sumOf(high, -1))
	for _, p := range l.parts {
		narrow(p, low[l.margin]-sumOf(high, p), high[l.margin]-sumOf(low, p))
	}
	return changed
}
