package indicator

import "strings"

// roll is what the frame says of cooperatives beside their mapping records,
// by unit. Units that have records come first, in the order of the frame's
// dictionary of subjects.
type roll struct {
	units   int
	coop    []int32 // row of the kind cooperative; -1 for none
	began   []int32 // year registered, else founded; 0 for unknown
	ceased  map[int32]int
	convert Bits                   // became cooperatives by conversion (M2.05)
	links   []continuity           // mergers, splits and takeovers
	parents map[int32][]parentLink // of subsidiaries
	linked  Bits                   // have a continuity link
	names   map[int32]string       // of these, by which groups of them are ordered
}

// enrolling is a roll that is being read.
type enrolling struct {
	*roll
	texts  []string         // names of units
	mapped finder           // of those that have records
	more   map[string]int32 // units without records, by name
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

// readRoll reads the kinds of cooperatives and of their links. Subjects are the
// names of the cooperatives that have records.
func (r *frameRows) readRoll(subjects []string) error {
	g := enrolling{
		roll:  &roll{ceased: map[int32]int{}, parents: map[int32][]parentLink{}, names: map[int32]string{}},
		texts: subjects, mapped: finder{subjects}, more: map[string]int32{},
	}
	g.coop, g.began, g.convert = make([]int32, len(subjects)), make([]int32, len(subjects)), NewBits(len(subjects))
	for u := range g.coop {
		g.coop[u] = -1
	}
	g.units, g.linked = len(g.texts), NewBits(len(g.texts))
	if r.roll = g.roll; r.prepared.shape.apart {
		return nil
	}
	if err := g.readCooperatives(r.prepared.src); err != nil {
		return err
	}
	if err := g.readLinks(r.prepared.src); err != nil {
		return err
	}
	g.units, g.linked = len(g.texts), NewBits(len(g.texts))
	for _, k := range g.links {
		for _, u := range [...]int32{k.a, k.b} {
			g.linked.Set(int(u))
			g.names[u] = g.texts[u]
		}
	}
	r.roll = g.roll
	return nil
}

// readCooperatives reads when cooperatives began and ceased.
func (g *enrolling) readCooperatives(src Source) error {
	var record, founded, registered, ceased, origin *Column
	err := columns(src, kindCooperative, map[string]**Column{
		"record": &record, "founded": &founded, "registered": &registered, "ceased": &ceased, "origin": &origin,
	})
	if err != nil || record == nil || record.Kind != Code {
		return err
	}
	units := g.mapped.find(record.Dictionary)
	turned := make([]bool, 0)
	if origin != nil {
		for _, text := range origin.Dictionary {
			turned = append(turned, strings.Contains(text, "conversion") || strings.Contains(text, "transfer"))
		}
	}
	for row := range src.Rows(kindCooperative) {
		if !record.Valid.Get(row) {
			continue
		}
		u := g.unit(units, record, row)
		g.coop[u] = int32(row)
		if y, ok := whole(registered, row); ok {
			g.began[u] = int32(y)
		} else if y, ok := whole(founded, row); ok {
			g.began[u] = int32(y)
		}
		if y, ok := whole(ceased, row); ok {
			g.ceased[u] = y
		}
		if hit(origin, turned, row) {
			g.convert.Set(int(u))
		}
	}
	return nil
}

// readLinks reads the links between cooperatives.
func (g *enrolling) readLinks(src Source) error {
	var record, kind, to, date *Column
	err := columns(src, kindLinks, map[string]**Column{
		"record": &record, "link_kind": &kind, "link_to": &to, "link_date": &date,
	})
	if err != nil || record == nil || to == nil || record.Kind != Code || to.Kind != Code {
		return err
	}
	from, into := g.mapped.find(record.Dictionary), g.mapped.find(to.Dictionary)
	for row := range src.Rows(kindLinks) {
		text, known := kind.Text(row)
		if !known || !record.Valid.Get(row) || !to.Valid.Get(row) {
			continue
		}
		year, _ := whole(date, row)
		a, b := g.unit(from, record, row), g.unit(into, to, row)
		switch {
		case a == b:
		case begins(text, continuityKinds[:]):
			g.links = append(g.links, continuity{a, b, year})
		case begins(text, childKinds[:]):
			g.parents[a] = append(g.parents[a], parentLink{b, year})
		case begins(text, parentKinds[:]):
			g.parents[b] = append(g.parents[b], parentLink{a, year})
		}
	}
	return nil
}

// unit gives the unit that a column names at a row, a new one where no record is
// about it.
func (g *enrolling) unit(units []int32, c *Column, row int) int32 {
	code := c.Values[row]
	if u := units[code]; u >= 0 {
		return u
	}
	name := c.Dictionary[code]
	u, ok := g.more[name]
	if !ok {
		u = int32(len(g.texts))
		g.more[name] = u
		g.texts = append(g.texts[:u:u], name)
		g.coop, g.began, g.convert = append(g.coop, -1), append(g.began, 0), g.convert.Grow(len(g.texts))
	}
	return u
}

// finder finds names among many.
type finder struct{ names []string }

// find gives the place of each text, -1 where there is none. The store's columns
// name cooperatives in one order, so that it goes through both side by side; it
// looks names up only where that does not find all of them.
func (f finder) find(texts []string) []int32 {
	out := make([]int32, len(texts))
	at := 0
	for i, text := range texts {
		if out[i] = -1; at < len(f.names) && f.names[at] == text {
			out[i] = int32(at)
			at++
		}
	}
	if at == len(f.names) {
		return out
	}
	if len(texts) < len(f.names) {
		return f.findFew(texts, out)
	}
	index := make(map[string]int32, len(f.names))
	for i, name := range f.names {
		index[name] = int32(i)
	}
	for i, text := range texts {
		if place, ok := index[text]; ok {
			out[i] = place
		}
	}
	return out
}

// findFew looks for a few texts among many names.
func (f finder) findFew(texts []string, out []int32) []int32 {
	places := make(map[string]int32, len(texts))
	for _, text := range texts {
		places[text] = -1
	}
	for place, name := range f.names {
		if _, wanted := places[name]; wanted {
			places[name] = int32(place)
		}
	}
	for i, text := range texts {
		out[i] = places[text]
	}
	return out
}
