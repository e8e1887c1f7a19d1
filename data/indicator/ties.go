package indicator

// kindTies are the records of relationships: who is linked to whom, since when
// and until when, and which side said so.
const kindTies = "relationship"

// tied is what is known of the links of cooperatives: each pair once, whichever
// side told of it, and however many links there are between the two.
type tied struct {
	pairs map[pair]*tie
}

// pair is two ends without an order: units of the roll, or organisations.
type pair struct{ low, high string }

// tie is what joins a pair.
type tie struct {
	spans        [][2]int // years from and up to which there is a link; 0 for unknown
	sides        uint8    // that told of it: 1 the first end, 2 the second
	first, other int32    // units; -1 for one that is no cooperative of the mapping
}

// lastYear stands for a link that goes on.
const lastYear = 1 << 30

// alive says whether there is a link in a year.
func (t *tie) alive(year int) bool {
	for _, s := range t.spans {
		if s[0] <= year && year <= s[1] {
			return true
		}
	}
	return false
}

// readTies reads the relationships. A link that has ended in a year that is not
// known is left out, as is one from a record to itself.
func (r *frameRows) readTies() (*tied, error) {
	var from, to, fromOther, toOther, since, until, status, by *Column
	err := columns(r.prepared.src, kindTies, map[string]**Column{
		"tie_from": &from, "tie_to": &to, "tie_from_organisation": &fromOther, "tie_to_organisation": &toOther,
		"tie_since": &since, "tie_until": &until, "tie_status": &status, "tie_reported_by": &by,
	})
	if err != nil {
		return nil, err
	}
	subject, _, err := r.subjects()
	if err != nil {
		return nil, err
	}
	units := map[string]int32{}
	if subject != nil {
		for u, name := range subject.Dictionary {
			units[name] = int32(u)
		}
	}
	out := &tied{pairs: map[pair]*tie{}}
	for row := range r.prepared.src.Rows(kindTies) {
		a, b := endOf(from, fromOther, row), endOf(to, toOther, row)
		span := [2]int{0, lastYear}
		if year, ok := whole(since, row); ok {
			span[0] = year
		}
		year, ended := whole(until, row)
		if state, _ := status.Text(row); ended {
			span[1] = year
		} else if state == "ended" {
			continue
		}
		if a == "" || b == "" || a == b {
			continue
		}
		said, _ := by.Text(row)
		out.add(units, a, b, span, sidesOf(said))
	}
	return out, nil
}

// endOf names one end of a relationship: a cooperative by its record, another
// organisation by its own with a mark before it; "" where neither is known.
func endOf(cooperative, organisation *Column, row int) string {
	if id, ok := cooperative.Text(row); ok {
		return id
	}
	if id, ok := organisation.Text(row); ok {
		return "organisation " + id
	}
	return ""
}

// sidesOf says which ends of a record told of it.
func sidesOf(said string) uint8 {
	switch said {
	case "from":
		return 1
	case "to":
		return 2
	case "both":
		return 3
	}
	return 0
}

func (t *tied) add(units map[string]int32, a, b string, span [2]int, sides uint8) {
	if a > b {
		a, b = b, a
		sides = sides>>1 | sides<<1&2
	}
	of := t.pairs[pair{a, b}]
	if of == nil {
		of = &tie{first: unitOf(units, a), other: unitOf(units, b)}
		t.pairs[pair{a, b}] = of
	}
	of.spans = append(of.spans, span)
	of.sides |= sides
}

func unitOf(units map[string]int32, name string) int32 {
	if u, ok := units[name]; ok {
		return u
	}
	return -1
}

// tied gives the relationships of the frame, which are read once.
func (p *Prepared) tied(rows *frameRows) (*tied, error) {
	return p.ties.get(struct{}{}, rows.readTies)
}

// countTies gives every active cooperative the number of those that it is linked
// to in the year, mapped or not.
func (p *measured) countTies() error {
	all, err := p.prepared.tied(p.frameRows)
	if err != nil {
		return err
	}
	p.num = make([]int64, p.count())
	for _, t := range all.pairs {
		for _, u := range [2]int32{t.first, t.other} {
			if u < 0 {
				continue
			}
			from, to := p.rowsOf(u)
			for row := from; row < to; row++ {
				if p.flags[row]&valued != 0 && t.alive(p.years[p.yearOf[row]]) {
					p.num[row]++
				}
			}
		}
	}
	return nil
}

// loadTies reads the relationships of a query, and notes how many of the pairs
// were told of by one side only.
func (a *answer) loadTies() (err error) {
	if a.ties, err = a.prepared.tied(a.frameRows); err != nil {
		return err
	}
	oneSided, all := 0, 0
	for _, t := range a.ties.pairs {
		asked := false
		for y, year := range a.years {
			asked = asked || a.asked[y] && t.alive(year)
		}
		if asked {
			all++
			oneSided += int(truth(t.sides != 3))
		}
	}
	a.note(NoteOneSided, oneSided, all)
	return nil
}

// knowTies takes the figure from levels where nobody has recorded a link: that
// is no network without links. A density becomes twice the pairs of active
// cooperatives of the cell that are linked in the year, over all ordered pairs.
func (a *answer) knowTies(levels []level) {
	told := make([]bool, len(levels))
	pairs := make([]int64, len(levels))
	for _, t := range a.ties.pairs {
		for y, year := range a.years {
			if !t.alive(year) {
				continue
			}
			one, two := a.levelOf(t.first, y), a.levelOf(t.other, y)
			for _, at := range [2]int{one, two} {
				if at >= 0 {
					told[at] = true
				}
			}
			if one >= 0 && one == two {
				pairs[one]++
			}
		}
	}
	for i := range levels {
		l := &levels[i]
		if a.ind.Formula == Density {
			l.num, l.den = fromInt(2*pairs[i]), fromInt(int64(l.n)*int64(max(l.n-1, 0)))
		}
		if !told[i] {
			l.den = Int128{}
		}
	}
}

// levelOf is the place of the level that an active cooperative counts in, -1 for
// none.
func (a *answer) levelOf(unit int32, year int) int {
	if unit < 0 {
		return -1
	}
	row := a.rowAt(unit, int16(year), active|valued)
	if row < 0 || !a.inRange(int(row)) {
		return -1
	}
	return int(a.cells.of[row])*len(a.years) + year
}
