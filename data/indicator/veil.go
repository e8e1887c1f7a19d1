package indicator

import (
	"context"
	"slices"
)

// veil is what a query for estimated totals must not tell, nil where nothing is
// confidential: all that the query for reported totals would hide, over the
// countries too, and more where an estimated total would give it away. Weights
// are known, or can be worked out, so a total of some countries of a cell is
// guarded as if it were the reported one of these countries alone.
func (g *guard) veil(ctx context.Context, prep *Prepared, ind Indicator, q Query) (*guard, error) {
	if g == nil || !q.Estimated {
		return nil, nil
	}
	partly, err := partlyTyped(prep)
	if err != nil {
		return nil, err
	}
	q.By = slices.Clone(q.By)
	extra := []string{"country"}
	if partly {
		extra = append(extra, "ilo_type")
	}
	for _, name := range extra {
		if !slices.Contains(q.By, name) {
			q.By = append(q.By, name)
		}
	}
	all := Breakdowns() // in their own order, so that what is hidden does not hang on how the question was put
	slices.SortFunc(q.By, func(a, b string) int { return slices.Index(all, a) - slices.Index(all, b) })
	wide, err := newGuard(ctx, prep, ind, q)
	if err != nil {
		return nil, err
	}
	sums, err := wide.whole.estimates(nil)
	if err != nil {
		return nil, err
	}
	v := &veiling{guard: wide, sums: sums}
	for d, name := range wide.dims {
		if slices.Contains(extra, name) {
			v.extra |= 1 << d
		}
	}
	v.take()
	v.inherit(g, q.Earlier)
	v.told.protect()
	out := *wide
	out.levels = v.told
	return &out, nil
}

// partlyTyped says whether any country's frame counts some types only.
func partlyTyped(prep *Prepared) (bool, error) {
	known, err := prep.populations()
	if err != nil || known == nil {
		return false, err
	}
	for key := range known.known {
		if f := known.frame(key.country, key.year); f != nil && !f.whole {
			return true, nil
		}
	}
	return false, nil
}

// veiling finds what a veil hides.
type veiling struct {
	*guard
	sums  *estimates
	extra uint32   // the breakdowns that coverage by weights goes by
	told  *figures // the estimated totals
}

// take sums the estimates and hides the confidential ones. The rules are those
// of reported totals: who contributes counts, not for how many it stands.
func (v *veiling) take() {
	a := v.whole
	v.told = newFigures(v.levels.lattice, len(a.years))
	v.told.barred = v.levels.barred
	for y := range a.years {
		nodes := make([]mixture, len(v.told.masks))
		for cell := range v.up {
			e := &v.sums.of[cell*len(a.years)+y]
			private, _ := v.sums.sum(e.sums, func(s *level) Int128 { return s.private }).Float64()
			for _, node := range v.up[cell] {
				nodes[node].take(v.sums.weighting, e)
				v.told.value[y][node] += private
			}
		}
		for node := range nodes {
			v.told.n[y][node] = nodes[node].in.closed
			v.told.signed = v.told.signed || v.told.value[y][node] < 0
			if a.hides(&nodes[node].in) {
				v.told.hide(y, int32(node))
			}
		}
		v.differ(y, nodes)
	}
}

// inherit hides what is hidden of the reported totals, here and in the table
// without countries, and what earlier releases hid of estimated ones.
func (v *veiling) inherit(g *guard, earlier *Register) {
	hide := func(f *figures, of int32, node int32) {
		for y := range f.hidden {
			if f.hidden[y][of] {
				v.told.hide(y, node)
			}
		}
	}
	for node := range v.told.masks {
		hide(v.levels, int32(node), int32(node))
	}
	for of := range g.levels.masks {
		if node, ok := v.same(g, int32(of)); ok {
			hide(g.levels, int32(of), node)
		}
	}
	if earlier == nil {
		return
	}
	for node := range v.told.masks {
		of := asEstimated(v.nameOf(int32(node), v.whole.ind.item))
		for y, year := range v.whole.years {
			switch cell, ok := earlier.cells[cellID{v.whole.ind.Code, of, year}]; {
			case ok && cell.Hidden:
				v.told.hide(y, int32(node))
			case ok:
				v.told.known[node] = true
			}
		}
	}
}

// same gives the node that is of the same classes as one of another guard, whose
// breakdowns are among this one's.
func (v *veiling) same(g *guard, of int32) (int32, bool) {
	tuple := make([]int32, len(v.dims))
	for d := range tuple {
		tuple[d] = -1
	}
	for d, name := range g.dims {
		if code := g.levels.tuples[of][d]; code >= 0 {
			to := slices.Index(v.dims, name)
			at, ok := v.labels[to].index[g.labels[d].labels[code]]
			if !ok {
				return 0, false
			}
			tuple[to] = at
		}
	}
	node, ok := v.told.index[tupleKey(tuple)]
	return node, ok
}

// differ hides the estimated totals of a year that would tell with the reported
// ones what either hides: of a country, how its total is made up of strata; of
// several countries, those that are hidden and have not all the same weight. What
// is left is, to whoever knows the weights, nothing that reported totals do not
// tell.
func (v *veiling) differ(y int, nodes []mixture) {
	hidden := make([]mixture, len(nodes))
	for node, mask := range v.told.masks {
		if mask&v.extra != v.extra {
			continue
		}
		if nodes[node].tells(v.told.signed, v.whole.hides) {
			v.told.hide(y, int32(node))
		}
		if !v.levels.secret(y, int32(node)) {
			continue
		}
		for some := v.extra; some > 0; some = (some - 1) & v.extra {
			up := v.told.index[tupleKey(project(v.told.tuples[node], mask&^some))]
			hidden[up].join(&nodes[node])
		}
	}
	for node := range hidden {
		if hidden[node].mixed() {
			v.told.hide(y, int32(node))
		}
	}
}
