package check

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"coopatlas/data/indicator"
)

// panel is the records arranged by cooperative and year. Everything after arranging is by place in that order.
type panel struct {
	src    indicator.Source
	rows   []int32  // row in the frame, by place
	unit   []int32  // cooperative
	yearOf []int16  // index into years
	idle   []bool   // the accounts repeat earlier ones, or the cooperative was not active
	cover  []int32  // what the figures cover; -1 unknown
	start  []int32  // places of cooperative u are start[u] to start[u+1]
	years  []int    // ascending
	groups groups   // of peers
	size   *numbers // persons working

	suspects []bool // places whose persons working are themselves in doubt
	currency []int32
	home     []string // the country of each cooperative, where its own record says so

	columns struct{ record, subject, wave, state, country, section, currency *indicator.Column }
}

// numbers is a figure by place.
type numbers struct {
	column *indicator.Column
	value  []int64
	known  []bool
}

// column gives a column of the mapping, or nil where there is none.
func column(src indicator.Source, concept string) (*indicator.Column, error) {
	c, err := src.Column(mappings, concept)
	switch {
	case errors.Is(err, indicator.ErrNoColumn):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", concept, err)
	case len(c.Values) != src.Rows(mappings):
		return nil, fmt.Errorf("%s has %d rows where the frame has %d: rebuild the frame", concept, len(c.Values), src.Rows(mappings))
	}
	return c, nil
}

// newPanel arranges a frame; nil where it has no records that can be told apart by cooperative and year.
func newPanel(src indicator.Source) (*panel, error) {
	p := &panel{src: src}
	at := &p.columns
	var year, end, cover, status *indicator.Column
	for concept, to := range map[string]**indicator.Column{
		"record": &at.record, "subject": &at.subject, "wave": &at.wave, "state": &at.state, "country": &at.country, "section": &at.section,
		"currency": &at.currency, "year": &year, "fiscal_end": &end, "figures_cover": &cover, "status": &status,
	} {
		var err error
		if *to, err = column(src, concept); err != nil {
			return nil, err
		}
	}
	if src.Rows(mappings) == 0 || at.subject == nil || at.subject.Kind != indicator.Code || year == nil {
		return nil, nil
	}
	p.arrange(year)
	p.cover, p.currency = p.codes(cover), p.codes(at.currency)
	p.findIdle(end, status)
	if err := p.findCountries(); err != nil {
		return nil, err
	}
	p.makeGroups()
	var err error
	p.size, err = p.numbers(persons)
	if err != nil {
		return nil, err
	}
	p.groups.bySize(p.size)
	p.suspects = make([]bool, len(p.rows))
	return p, nil
}

// arrange sorts the rows by cooperative, year and id.
func (p *panel) arrange(year *indicator.Column) {
	rows := p.src.Rows(mappings)
	seen := map[int]int16{}
	for row := range rows {
		if y, ok := whole(year, row); ok {
			seen[y] = 0
		}
	}
	for y := range seen {
		p.years = append(p.years, y)
	}
	slices.Sort(p.years)
	for i, y := range p.years {
		seen[y] = int16(i)
	}
	type place struct {
		unit, row int32
		year      int16
	}
	var places []place
	for row := range rows {
		_, known := p.columns.subject.Text(row)
		if y, ok := whole(year, row); ok && known {
			places = append(places, place{int32(p.columns.subject.Values[row]), int32(row), seen[y]})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if c := cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.year, b.year)); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(text(p.columns.record, int(a.row)), text(p.columns.record, int(b.row))), cmp.Compare(a.row, b.row))
	})
	p.start = make([]int32, len(p.columns.subject.Dictionary)+1)
	for _, at := range places {
		p.rows, p.unit, p.yearOf = append(p.rows, at.row), append(p.unit, at.unit), append(p.yearOf, at.year)
		p.start[at.unit+1]++
	}
	for u := range p.columns.subject.Dictionary {
		p.start[u+1] += p.start[u]
	}
}

// whole is a number without its decimals.
func whole(c *indicator.Column, row int) (int, bool) {
	if c == nil || c.Kind != indicator.Integer || !c.Valid.Get(row) {
		return 0, false
	}
	return int(c.Values[row] / pow10(c.Scale)), true
}

func text(c *indicator.Column, row int) string {
	t, _ := c.Text(row)
	return t
}

// codes are the codes of a column by place, -1 where they are not known.
func (p *panel) codes(c *indicator.Column) []int32 {
	out := make([]int32, len(p.rows))
	for i, row := range p.rows {
		out[i] = -1
		if _, known := c.Text(int(row)); known {
			out[i] = int32(c.Values[row])
		}
	}
	return out
}

// findIdle marks accounts carried forward from an earlier year, and cooperatives that were not active: neither is asked
// about.
func (p *panel) findIdle(end, status *indicator.Column) {
	p.idle = make([]bool, len(p.rows))
	for i, row := range p.rows {
		if state, ok := status.Text(int(row)); ok && state != "active" {
			p.idle[i] = true
			continue
		}
		if end == nil || !end.Valid.Get(int(row)) {
			continue
		}
		for j := i - 1; j >= int(p.start[p.unit[i]]); j-- {
			before := int(p.rows[j])
			if p.yearOf[j] < p.yearOf[i] && end.Valid.Get(before) && end.Values[before] == end.Values[row] {
				p.idle[i] = true
				break
			}
		}
	}
}

// findCountries reads where cooperatives are, for records that do not say it themselves.
func (p *panel) findCountries() error {
	p.home = make([]string, len(p.columns.subject.Dictionary))
	record, err := p.src.Column("cooperative", "record")
	if errors.Is(err, indicator.ErrNoColumn) {
		return nil
	}
	country, also := p.src.Column("cooperative", "country")
	if errors.Is(also, indicator.ErrNoColumn) {
		return nil
	}
	if err := errors.Join(err, also); err != nil {
		return fmt.Errorf("cannot read where cooperatives are: %w", err)
	}
	of := make(map[string]string, p.src.Rows("cooperative"))
	for row := range p.src.Rows("cooperative") {
		of[text(record, row)] = text(country, row)
	}
	for u, id := range p.columns.subject.Dictionary {
		p.home[u] = of[id]
	}
	return nil
}

// countryAt is the country of a place.
func (p *panel) countryAt(i int) string {
	if code := text(p.columns.country, int(p.rows[i])); code != "" {
		return code
	}
	return p.home[p.unit[i]]
}

// numbers reads a figure by place; nil where the mapping does not ask for it.
func (p *panel) numbers(concept string) (*numbers, error) {
	c, err := column(p.src, concept)
	if err != nil || c == nil || c.Kind != indicator.Integer {
		return nil, err
	}
	n := &numbers{column: c, value: make([]int64, len(p.rows)), known: make([]bool, len(p.rows))}
	for i, row := range p.rows {
		n.value[i], n.known[i] = c.Values[row], c.Valid.Get(int(row))
	}
	return n, nil
}

func pow10(scale uint8) int64 {
	out := int64(1)
	for range min(scale, 18) {
		out *= 10
	}
	return out
}

// float is the value of a place as a floating point number, for logarithms.
func (n *numbers) float(i int) float64 { return float64(n.value[i]) / float64(pow10(n.column.Scale)) }

// exact is the value of a place.
func (n *numbers) exact(i int) indicator.Decimal { return decimal(n.value[i], n.column.Scale) }

// decimal is a number without zeros at its end, so that it reads the same however many decimals a question declares.
func decimal(units int64, scale uint8) indicator.Decimal {
	for ; scale > 0 && units%10 == 0; scale-- {
		units /= 10
	}
	d := indicator.Decimal{Scale: scale}
	d.Units.Add(units)
	return d
}
