package indicator

import "sort"

// lives is what is known of the births and deaths of units.
type lives struct {
	*roll
	began   []int32               // year registered, else founded, else of the first record
	born    Bits                  // units entered as a birth (M2.08)
	convert Bits                  // units that became cooperatives by conversion
	events  map[int32][]lifeEvent // of units that ever ceased, in order
	mortal  Bits                  // these units
	links   []continuity          // with the years of all of them
}

// lifeEvent says how a unit stands at the end of a year.
type lifeEvent struct {
	year   int
	dead   bool
	turned bool // died by conversion into something else
	merged bool
}

// newLives begins with what the roll says.
func newLives(g *roll) *lives {
	l := &lives{
		roll: g, began: append([]int32(nil), g.began...), convert: append(Bits(nil), g.convert...),
		born: NewBits(g.units), mortal: NewBits(g.units), events: map[int32][]lifeEvent{},
	}
	for u, year := range g.ceased {
		l.events[u] = append(l.events[u], lifeEvent{year: year, dead: true})
	}
	return l
}

// dead says whether a unit has ceased, merged or been converted by the end of
// a year. A later record that calls it active or dormant revives it.
func (l *lives) dead(u int32, year int) bool {
	e, ok := l.last(u, year)
	return ok && e.dead
}

// last gives the newest event of a unit up to a year.
func (l *lives) last(u int32, year int) (lifeEvent, bool) {
	if !l.mortal.Get(int(u)) {
		return lifeEvent{}, false
	}
	events := l.events[u]
	i := sort.Search(len(events), func(i int) bool { return events[i].year > year })
	if i == 0 {
		return lifeEvent{}, false
	}
	return events[i-1], true
}

// readDeaths reads the status of each year. Dormant cooperatives live.
func (c *chosen) readDeaths(status, outcome, cessation *Column) {
	l := c.lives
	gone := matches(status, "ceased", "merged", "converted")
	goneOut := matches(outcome, "ceased", "merged", "merged_into")
	turned, merged := matches(status, "converted"), matches(status, "merged")
	mergedOut := matches(outcome, "merged", "merged_into")
	alive := matches(status, "active", "dormant", "liquidation")
	for row, f := range c.flags {
		if status == nil && outcome == nil {
			break
		}
		if f&used == 0 {
			continue
		}
		said := status != nil && status.Valid.Get(row)
		if !(said && hit(status, gone, row) || !said && hit(outcome, goneOut, row)) {
			continue
		}
		u, year := c.unit[row], c.years[c.yearOf[row]]
		e := lifeEvent{year: year, dead: true, turned: hit(status, turned, row)}
		e.merged = hit(status, merged, row) || !said && hit(outcome, mergedOut, row)
		l.events[u] = append(l.events[u], e)
		if y, ok := whole(cessation, row); ok && y < year {
			e.year = y
			l.events[u] = append(l.events[u], e)
		}
	}
	for u := range l.events {
		l.mortal.Set(int(u))
		from, to := c.rowsOf(u)
		for row := from; row < to; row++ {
			if c.flags[row]&used != 0 && hit(status, alive, int(row)) {
				l.events[u] = append(l.events[u], lifeEvent{year: c.years[c.yearOf[row]]})
			}
		}
		sortEvents(l.events[u])
	}
}

// sortEvents puts events in the order of years; in one year death has the last
// word, and the better described death.
func sortEvents(events []lifeEvent) {
	weight := func(e lifeEvent) int {
		w := 0
		for i, is := range [...]bool{e.turned, e.merged, e.dead} {
			if is {
				w |= 1 << i
			}
		}
		return w
	}
	sort.Slice(events, func(i, j int) bool {
		if events[i].year != events[j].year {
			return events[i].year < events[j].year
		}
		return weight(events[i]) < weight(events[j])
	})
}

// readEntries reads the panel entry reason: a unit's is that of its first
// record that gives one.
func (c *chosen) readEntries() error {
	entry, err := c.column("entry")
	if err != nil {
		return err
	}
	l, birth, stayed := c.lives, matches(entry, "birth"), matches(entry, "existing", "reentry")
	for u := range int32(len(c.start) - 1) {
		first := true
		from, to := c.rowsOf(u)
		for row := from; row < to; row++ {
			if c.flags[row]&used == 0 {
				continue
			}
			if first && l.began[u] == 0 {
				l.began[u] = int32(c.years[c.yearOf[row]])
			}
			first = false
			if entry == nil || !entry.Valid.Get(int(row)) {
				continue
			}
			if hit(entry, birth, int(row)) {
				l.born.Set(int(u))
			} else if hit(entry, stayed, int(row)) {
				l.convert[u>>6] &^= 1 << (uint(u) & 63)
			}
			break
		}
	}
	return nil
}

// dateLinks gives links without a date the year in which an end of them merged.
func (l *lives) dateLinks(g *roll) {
	l.links = append([]continuity(nil), g.links...)
	for i, k := range l.links {
		if k.year == 0 {
			l.links[i].year = l.mergerYear(k)
		}
	}
}

// mergerYear is the year in which one end of an undated link merged, 0 where
// neither did.
func (l *lives) mergerYear(k continuity) int {
	for _, u := range [...]int32{k.a, k.b} {
		for _, e := range l.events[u] {
			if e.merged {
				return e.year
			}
		}
	}
	return 0
}

// groups gives the continuity units of a pair of years: units linked by an
// event after the first and not after the last, each group in the order of
// names.
func (c *chosen) groups(s, t int) [][]int32 {
	root := map[int32]int32{}
	var find func(int32) int32
	find = func(u int32) int32 {
		up, ok := root[u]
		if !ok || up == u {
			root[u] = u
			return u
		}
		root[u] = find(up)
		return root[u]
	}
	for _, k := range c.lives.links {
		if k.year > s && k.year <= t {
			root[find(k.a)] = find(k.b)
		}
	}
	members := map[int32][]int32{}
	for u := range root {
		members[find(u)] = append(members[find(u)], u)
	}
	out := make([][]int32, 0, len(members))
	for _, group := range members {
		sort.Slice(group, func(i, j int) bool { return c.roll.names[group[i]] < c.roll.names[group[j]] })
		out = append(out, group)
	}
	return out
}
