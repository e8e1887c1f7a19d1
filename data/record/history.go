package record

import (
	"cmp"
	"slices"
)

// History is the revisions of one record in the order of (depth, id), in which every revision stands after its
// ancestors. It is what remains of any set of revisions, however often and in whatever order they arrived.
type History struct {
	Revisions []Revision
	// Pending are revisions with a missing ancestor: kept, left out of the state, and named by verify.
	Pending []Revision
	// Missing are the parents that no revision at hand is.
	Missing []Hash

	place     map[Hash]int
	ancestors []bits // of each revision: the places of its ancestors
}

// bits is a set of places in a history.
type bits []uint64

func (b bits) has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b bits) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bits) join(other bits) {
	for i, word := range other {
		b[i] |= word
	}
}

// NewHistory orders revisions of one record. Repeated ones count once.
func NewHistory(revisions []Revision) *History {
	sorted := slices.Clone(revisions)
	slices.SortFunc(sorted, func(a, b Revision) int {
		return cmp.Or(cmp.Compare(a.Depth, b.Depth), a.ID.Compare(b.ID))
	})
	sorted = slices.CompactFunc(sorted, func(a, b Revision) bool { return a.ID == b.ID })
	h := &History{place: make(map[Hash]int, len(sorted))}
	known := make(map[Hash]bool, len(sorted))
	for _, r := range sorted {
		known[r.ID] = true
	}
	for _, r := range sorted {
		h.take(r, known)
	}
	slices.SortFunc(h.Missing, Hash.Compare)
	h.Missing = slices.Compact(h.Missing)
	h.trace()
	return h
}

// take adds a revision, or sets it aside where a parent was set aside or is missing. Parents come first because
// their depth is smaller.
func (h *History) take(r Revision, known map[Hash]bool) {
	complete := true
	for _, parent := range r.Parents {
		if !known[parent] {
			h.Missing = append(h.Missing, parent)
		}
		if _, taken := h.place[parent]; !taken {
			complete = false
		}
	}
	if !complete {
		h.Pending = append(h.Pending, r)
		return
	}
	h.place[r.ID] = len(h.Revisions)
	h.Revisions = append(h.Revisions, r)
}

func (h *History) trace() {
	words := (len(h.Revisions) + 63) / 64
	all := make(bits, words*len(h.Revisions))
	h.ancestors = make([]bits, len(h.Revisions))
	for i, r := range h.Revisions {
		own := all[i*words : (i+1)*words]
		for _, parent := range r.Parents {
			p := h.place[parent]
			own.set(p)
			own.join(h.ancestors[p])
		}
		h.ancestors[i] = own
	}
}

// descends tells whether the revision at place later has the one at place earlier among its ancestors.
func (h *History) descends(later, earlier int) bool { return h.ancestors[later].has(earlier) }

// Heads returns the revisions that no other descends from: the parents of the next save.
func (h *History) Heads() []Parent {
	superseded := make(bits, (len(h.Revisions)+63)/64)
	for _, a := range h.ancestors {
		superseded.join(a)
	}
	var heads []Parent
	for i, r := range h.Revisions {
		if !superseded.has(i) {
			heads = append(heads, Parent{r.ID, r.Depth})
		}
	}
	return heads
}

// live returns those of the places given that no other of them descends from.
func (h *History) live(places []int) []int {
	if len(places) < 2 {
		return places
	}
	var alive []int
	for _, p := range places {
		if !slices.ContainsFunc(places, func(q int) bool { return h.descends(q, p) }) {
			alive = append(alive, p)
		}
	}
	return alive
}

// contest weighs what says that something is there (present) against what takes it away (removals). A removal covers
// its ancestors only, so what it did not know of survives, and then the two are in conflict, unless the survivors
// came after every removal.
func (h *History) contest(present, removals []int) (removed, conflict bool) {
	var survivors []int
	for _, p := range present {
		if !slices.ContainsFunc(removals, func(m int) bool { return h.descends(m, p) }) {
			survivors = append(survivors, p)
		}
	}
	if len(survivors) == 0 {
		return len(removals) > 0, false
	}
	for _, m := range removals {
		if !slices.ContainsFunc(survivors, func(p int) bool { return h.descends(p, m) }) {
			return false, true
		}
	}
	return false, false
}

// LastImport returns what the register source said of the record when it was last imported: the hash of its mapped
// row, and the last write of each field by an import of that source. found is false where it was never imported.
func (h *History) LastImport(source string) (row Hash, fields map[Path]Write, found bool) {
	for _, r := range h.Revisions {
		if r.Changes.Origin == nil || r.Changes.Origin.Source != source {
			continue
		}
		if !found {
			found, fields = true, make(map[Path]Write, len(r.Changes.Set))
		}
		row = r.Changes.Origin.Row
		for path, write := range r.Changes.Set {
			fields[path] = write
		}
	}
	return row, fields, found
}
