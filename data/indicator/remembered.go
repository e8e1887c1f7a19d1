package indicator

import (
	"fmt"
	"math"
)

// arrangedAs is the version of all that memos hold. Whoever changes how records
// are arranged, chosen or put into classes raises it, so that what an earlier
// program remembered counts for nothing; TestArrangedAs tells when.
const arrangedAs = 2

// memo writes a thing down and reads it again.
type memo[V any] interface {
	pack(w *packing, v V)
	// unpack gives what was packed; what it reads may be broken.
	unpack(r *unpacking) V
}

// remembered gives what a source remembers under a name, or makes it and lets
// the source remember it.
func remembered[V any](src Source, name string, m memo[V], fresh func() (V, error)) (V, error) {
	memory, ok := src.(Memory)
	if !ok {
		return fresh()
	}
	name = fmt.Sprintf("%s, as %d", name, arrangedAs)
	data, keeps := memory.Recall(name)
	if data != nil {
		r := unpacking{data: data}
		if v := m.unpack(&r); !r.broken && len(r.data) == 0 {
			return v, nil
		}
	}
	v, err := fresh()
	if err == nil && keeps {
		w := packing{}
		m.pack(&w, v)
		memory.Remember(name, w.data)
	}
	return v, err
}

// rowsMemo is that of the records by cooperative and year.
type rowsMemo struct{ p *Prepared }

func (m *rowsMemo) pack(w *packing, r *frameRows) {
	w.number(r.records)
	w.number(r.count())
	w.number(len(r.years))
	for _, year := range r.years {
		w.number(year)
	}
	packInts(w, r.order, allAlike)
	sizes := make([]int32, len(r.start)-1)
	for u := range sizes {
		sizes[u] = r.start[u+1] - r.start[u]
	}
	packInts(w, sizes, allAlike)
	packInts(w, r.yearOf, allAlike)
	packInts(w, r.flags, allAlike)
	packInts(w, r.end, unknownDay)
	(&classesMemo{r}).pack(w, r.cover)
	r.roll.pack(w)
}

func (m *rowsMemo) unpack(r *unpacking) *frameRows {
	out := &frameRows{prepared: m.p, records: r.below(math.MaxInt32)}
	count := int64(r.below(out.records + 1))
	for range r.length(1) {
		out.years = append(out.years, r.number())
	}
	out.order = unpackInts[int32](r, 0, int64(out.records), allAlike)
	out.start = startsOf(r, unpackInts[int32](r, 0, count+1, allAlike), int32(count))
	out.yearOf = unpackInts[int16](r, 0, int64(len(out.years)), allAlike)
	out.flags = unpackInts[rowFlag](r, 0, math.MaxUint16+1, allAlike)
	out.end = unpackInts[int32](r, math.MinInt32, math.MaxInt32+1, unknownDay)
	out.cover = (&classesMemo{out}).read(r, int(count))
	for _, length := range [...]int{len(out.yearOf), len(out.flags), len(out.end), int(out.start[len(out.start)-1])} {
		r.broken = r.broken || int64(length) != count
	}
	if out.roll = unpackRoll(r); out.roll.units < len(out.start)-1 {
		r.broken = true
	}
	if len(out.order) == 0 && count == int64(out.records) {
		out.order = nil
	} else if int64(len(out.order)) != count {
		r.broken = true
	}
	if r.broken {
		return out
	}
	out.unit = unitsOf(out.start)
	out.divide()
	return out
}

// startsOf gives where each unit begins, by how many rows each has of all of them.
func startsOf(r *unpacking, sizes []int32, count int32) []int32 {
	start := make([]int32, len(sizes)+1)
	for u, size := range sizes {
		if size > count-start[u] {
			r.broken, size = true, 0
		}
		start[u+1] = start[u] + size
	}
	return start
}

// unitsOf gives the unit of each row.
func unitsOf(start []int32) []int32 {
	units := make([]int32, start[len(start)-1])
	inRuns(len(start)-1, func(from, to int) {
		for u := from; u < to; u++ {
			for row := start[u]; row < start[u+1]; row++ {
				units[row] = int32(u)
			}
		}
	})
	return units
}

func (g *roll) pack(w *packing) {
	w.number(g.units)
	packInts(w, g.coop, allAlike)
	packInts(w, g.began, allAlike)
	w.number(len(g.ceased))
	for _, u := range sortedKeys(g.ceased) {
		w.number(int(u))
		w.number(g.ceased[u])
	}
	w.bits(g.convert)
	packLinks(w, g.links)
	w.number(len(g.parents))
	for _, u := range sortedKeys(g.parents) {
		w.number(int(u))
		w.number(len(g.parents[u]))
		for _, p := range g.parents[u] {
			w.number(int(p.to))
			w.number(p.year)
		}
	}
	w.bits(g.linked)
	w.number(len(g.names))
	for _, u := range sortedKeys(g.names) {
		w.number(int(u))
		w.text(g.names[u])
	}
}

func unpackRoll(r *unpacking) *roll {
	g := &roll{units: r.below(math.MaxInt32), ceased: map[int32]int{}, parents: map[int32][]parentLink{}, names: map[int32]string{}}
	g.coop = unpackInts[int32](r, -1, math.MaxInt32, allAlike)
	g.began = unpackInts[int32](r, math.MinInt32, math.MaxInt32+1, allAlike)
	for range r.length(2) {
		u := int32(r.below(g.units))
		g.ceased[u] = r.number()
	}
	g.convert = r.bits(g.units)
	g.links = unpackLinks(r, g.units)
	for range r.length(2) {
		u := int32(r.below(g.units))
		for range r.length(2) {
			g.parents[u] = append(g.parents[u], parentLink{int32(r.below(g.units)), r.number()})
		}
	}
	g.linked = r.bits(g.units)
	for range r.length(2) {
		u := int32(r.below(g.units))
		g.names[u] = r.text()
	}
	r.broken = r.broken || len(g.coop) != g.units || len(g.began) != g.units
	return g
}

func packLinks(w *packing, links []continuity) {
	w.number(len(links))
	for _, k := range links {
		w.number(int(k.a))
		w.number(int(k.b))
		w.number(k.year)
	}
}

func unpackLinks(r *unpacking, units int) (links []continuity) {
	for range r.length(3) {
		links = append(links, continuity{int32(r.below(units)), int32(r.below(units)), r.number()})
	}
	return links
}

// chosenMemo is that of one record of each cooperative and year.
type chosenMemo struct{ rows *frameRows }

func (m *chosenMemo) pack(w *packing, c *chosen) {
	packInts(w, c.flags, allAlike)
	w.number(c.repeated)
	l := c.lives
	packInts(w, l.began, allAlike)
	w.bits(l.born)
	w.bits(l.convert)
	w.number(len(l.events))
	for _, u := range sortedKeys(l.events) {
		w.number(int(u))
		w.number(len(l.events[u]))
		for _, e := range l.events[u] {
			w.number(e.year)
			w.number(int(truth(e.dead) | truth(e.turned)<<1 | truth(e.merged)<<2))
		}
	}
	w.bits(l.mortal)
	packLinks(w, l.links)
}

func (m *chosenMemo) unpack(r *unpacking) *chosen {
	units := m.rows.roll.units
	l := &lives{roll: m.rows.roll, events: map[int32][]lifeEvent{}}
	c := &chosen{frameRows: m.rows, lives: l, flags: unpackInts[rowFlag](r, 0, math.MaxUint16+1, allAlike)}
	c.repeated = r.number()
	l.began = unpackInts[int32](r, math.MinInt32, math.MaxInt32+1, allAlike)
	l.born, l.convert = r.bits(units), r.bits(units)
	for range r.length(2) {
		u := int32(r.below(units))
		for range r.length(2) {
			year, is := r.number(), r.number()
			l.events[u] = append(l.events[u], lifeEvent{year: year, dead: is&1 > 0, turned: is&2 > 0, merged: is&4 > 0})
		}
	}
	l.mortal, l.links = r.bits(units), unpackLinks(r, units)
	r.broken = r.broken || len(c.flags) != m.rows.count() || len(l.began) != units
	return c
}

// classesMemo is that of a breakdown.
type classesMemo struct{ rows *frameRows }

func (m *classesMemo) pack(w *packing, c *classes) {
	w.number(int(truth(c.ranked)))
	w.texts(c.labels)
	packInts(w, c.codes, allAlike)
}

func (m *classesMemo) unpack(r *unpacking) *classes { return m.read(r, m.rows.count()) }

func (m *classesMemo) read(r *unpacking, rows int) *classes {
	c := &classes{ranked: r.number() == 1, labels: r.texts()}
	c.codes = unpackInts[int32](r, 0, int64(len(c.labels)), allAlike)
	r.broken = r.broken || len(c.codes) != rows
	return c
}
