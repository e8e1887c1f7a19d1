package indicator

import (
	"sort"
	"strings"
)

// lives is what is known of the births, deaths and links of units.
type lives struct {
	coop    []int32                // row of the kind cooperative, by unit; -1 for none
	began   []int32                // year registered, else founded; 0 for unknown
	born    Bits                   // units entered as a birth (M2.08)
	convert Bits                   // units that became cooperatives by conversion (M2.05)
	events  map[int32][]lifeEvent  // of units that ever ceased, in order
	links   []continuity           // mergers, splits and takeovers
	parents map[int32][]parentLink // of subsidiaries
	linked  Bits                   // units with a continuity link
}

// lifeEvent says how a unit stands at the end of a year.
type lifeEvent struct {
	year   int
	dead   bool
	turned bool // died by conversion into something else
	merged bool
}

// continuity links two units from a year on; year 0 stands for the year in
// which one of them merged.
type continuity struct {
	a, b int32
	year int
}

type parentLink struct {
	to   int32
	year int // 0 for always
}

// Link kinds are told by how they begin, so that a questionnaire may say
// "merged_into" or "merger".
var (
	continuityKinds = [...]string{"merge", "merging", "split", "takeover", "taken_over", "took_over", "absorb", "spin"}
	childKinds      = [...]string{"subsidiary", "controlled", "part_of", "member_of_group"} // record is inside link_to
	parentKinds     = [...]string{"parent", "controls", "consolidates"}                     // link_to is inside record
)

func begins(text string, with []string) bool {
	for _, w := range with {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// cooperative gives the row of a unit in the kind cooperative, or -1.
func (l *lives) cooperative(u int32) int32 {
	if int(u) >= len(l.coop) {
		return -1
	}
	return l.coop[u]
}

// dead says whether a unit has ceased, merged or been converted by the end of
// a year. A later record that calls it active or dormant revives it.
func (l *lives) dead(u int32, year int) bool {
	e, ok := l.last(u, year)
	return ok && e.dead
}

// last gives the newest event of a unit up to a year.
func (l *lives) last(u int32, year int) (lifeEvent, bool) {
	events := l.events[u]
	i := sort.Search(len(events), func(i int) bool { return events[i].year > year })
	if i == 0 {
		return lifeEvent{}, false
	}
	return events[i-1], true
}

// loadLives reads births, deaths and links.
func (p *panel) loadLives() error {
	p.lives = &lives{events: map[int32][]lifeEvent{}, parents: map[int32][]parentLink{}}
	unitOf, err := p.loadCooperatives()
	if err != nil {
		return err
	}
	if err := p.loadDeaths(); err != nil {
		return err
	}
	if err := p.loadEntries(); err != nil {
		return err
	}
	return p.loadLinks(unitOf)
}

// loadCooperatives pairs units with cooperatives and reads when they began and
// ceased. It gives the unit of a cooperative's record id, making new units for
// cooperatives that were never mapped when asked for them.
func (p *panel) loadCooperatives() (func(string) int32, error) {
	var record, founded, registered, ceased, origin *Column
	err := columns(p.src, kindCooperative, map[string]**Column{
		"record": &record, "founded": &founded, "registered": &registered, "ceased": &ceased, "origin": &origin,
	})
	if err != nil {
		return nil, err
	}
	l := p.lives
	l.coop, l.began = make([]int32, len(p.names)), make([]int32, len(p.names))
	l.born, l.convert = NewBits(len(p.names)), NewBits(len(p.names))
	for u := range l.coop {
		l.coop[u] = -1
	}
	var index map[string]int32 // of names, made when it is first needed
	unitOf := func(id string) int32 {
		if index == nil {
			index = make(map[string]int32, len(p.names))
			for u, name := range p.names {
				index[name] = int32(u)
			}
		}
		u, ok := index[id]
		if !ok {
			u = int32(len(p.names))
			index[id] = u
			p.names = append(p.names, id)
			l.coop, l.began = append(l.coop, -1), append(l.began, 0)
			l.born, l.convert = l.born.Grow(len(p.names)), l.convert.Grow(len(p.names))
		}
		return u
	}
	for row := range p.src.Rows(kindCooperative) {
		id, ok := record.Text(row)
		if !ok {
			continue
		}
		u := unitOf(id)
		l.coop[u] = int32(row)
		if y, ok := whole(registered, row); ok {
			l.began[u] = int32(y)
		} else if y, ok := whole(founded, row); ok {
			l.began[u] = int32(y)
		}
		if y, ok := whole(ceased, row); ok {
			l.events[u] = append(l.events[u], lifeEvent{year: y, dead: true})
		}
		if text, _ := origin.Text(row); strings.Contains(text, "conversion") || strings.Contains(text, "transfer") {
			l.convert.Set(int(u))
		}
	}
	return unitOf, nil
}

// loadDeaths reads the status of each year. Dormant cooperatives live.
func (p *panel) loadDeaths() error {
	var status, outcome, cessation *Column
	err := columns(p.src, kindMapping, map[string]**Column{
		"status": &status, "outcome": &outcome, "cessation_year": &cessation,
	})
	if err != nil {
		return err
	}
	l := p.lives
	gone := matches(status, "ceased", "merged", "converted")
	goneOut := matches(outcome, "ceased", "merged", "merged_into")
	turned, merged := matches(status, "converted"), matches(status, "merged")
	mergedOut := matches(outcome, "merged", "merged_into")
	alive := matches(status, "active", "dormant", "liquidation")
	for row, f := range p.flags {
		if f&used == 0 {
			continue
		}
		u, year := p.unit[row], p.years[p.yearOf[row]]
		said := status != nil && status.Valid.Get(row)
		if !(said && hit(status, gone, row) || !said && hit(outcome, goneOut, row)) {
			continue
		}
		e := lifeEvent{year: year, dead: true, turned: hit(status, turned, row)}
		e.merged = hit(status, merged, row) || !said && hit(outcome, mergedOut, row)
		l.events[u] = append(l.events[u], e)
		if y, ok := whole(cessation, row); ok && y < year {
			e.year = y
			l.events[u] = append(l.events[u], e)
		}
	}
	for u := range l.events {
		for _, row := range p.rowsOf(u) {
			if p.flags[row]&used != 0 && hit(status, alive, int(row)) {
				l.events[u] = append(l.events[u], lifeEvent{year: p.years[p.yearOf[row]]})
			}
		}
		sortEvents(l.events[u])
	}
	return nil
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

// loadEntries reads the panel entry reason: a unit's is that of its first
// record that gives one.
func (p *panel) loadEntries() error {
	entry, err := column(p.src, kindMapping, "entry")
	if err != nil {
		return err
	}
	l, birth := p.lives, matches(entry, "birth")
	for u := range len(p.start) - 1 {
		first := true
		for _, row := range p.rowsOf(int32(u)) {
			if p.flags[row]&used == 0 {
				continue
			}
			if first && l.began[u] == 0 {
				l.began[u] = int32(p.years[p.yearOf[row]])
			}
			first = false
			if entry == nil || !entry.Valid.Get(int(row)) {
				continue
			}
			if hit(entry, birth, int(row)) {
				l.born.Set(u)
			} else if text, _ := entry.Text(int(row)); text == "existing" || text == "reentry" {
				l.convert[u>>6] &^= 1 << (uint(u) & 63)
			}
			break
		}
	}
	return nil
}

// loadLinks reads the links between cooperatives.
func (p *panel) loadLinks(unitOf func(string) int32) error {
	var record, kind, to, date *Column
	err := columns(p.src, kindLinks, map[string]**Column{
		"record": &record, "link_kind": &kind, "link_to": &to, "link_date": &date,
	})
	if err != nil {
		return err
	}
	l := p.lives
	for row := range p.src.Rows(kindLinks) {
		from, ok1 := record.Text(row)
		other, ok2 := to.Text(row)
		text, ok3 := kind.Text(row)
		if !ok1 || !ok2 || !ok3 || from == other {
			continue
		}
		year, _ := whole(date, row)
		a, b := unitOf(from), unitOf(other)
		switch {
		case begins(text, continuityKinds[:]):
			l.links = append(l.links, continuity{a, b, year})
		case begins(text, childKinds[:]):
			l.parents[a] = append(l.parents[a], parentLink{b, year})
		case begins(text, parentKinds[:]):
			l.parents[b] = append(l.parents[b], parentLink{a, year})
		}
	}
	l.linked = NewBits(len(p.names))
	for i, k := range l.links {
		l.linked.Set(int(k.a))
		l.linked.Set(int(k.b))
		if k.year == 0 {
			l.links[i].year = l.mergerYear(k)
		}
	}
	return nil
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
func (p *panel) groups(s, t int) [][]int32 {
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
	for _, k := range p.lives.links {
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
		sort.Slice(group, func(i, j int) bool { return p.names[group[i]] < p.names[group[j]] })
		out = append(out, group)
	}
	return out
}
