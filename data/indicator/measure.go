package indicator

import (
	"slices"
	"strings"
)

// readMeasure fills num and den and marks the rows that have both.
func (p *panel) readMeasure() error {
	switch p.ind.Formula {
	case Sum, Ratio, Weight, Concentration:
		return p.readSums()
	case Share, Rate:
		return p.readParts()
	case Mean, Median, Quartiles:
		if p.ind.Parts == nil {
			if err := p.readSums(); err != nil {
				return err
			}
		} else if err := p.readParts(); err != nil {
			return err
		}
		p.perUnit()
		return nil
	}
	return p.readAnswers()
}

// reads lists the concepts of an indicator.
func (i Indicator) reads() []string {
	var out []string
	add := func(names []string) {
		for _, name := range names {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	add(i.Concepts)
	parts := i.Parts
	for _, item := range i.Items {
		add(item.Concepts)
		parts = append(slices.Clone(parts), item.Parts...)
	}
	for _, part := range parts {
		add(part.Over)
		add(part.Under)
	}
	return out
}

// numbers gives the columns of concepts; one that nobody answered has no value.
func (p *panel) numbers(concepts []string) ([]*Column, error) {
	var parts []*Column
	for _, concept := range concepts {
		c, err := column(p.src, kindMapping, concept)
		if err != nil {
			return nil, err
		}
		if c == nil || c.Kind != Integer {
			c = &Column{Name: concept, Values: make([]int64, p.rows)}
		}
		parts = append(parts, c)
		p.scale = max(p.scale, c.Scale)
	}
	return parts, nil
}

// readSums reads a sum, or a ratio of the first concept to all. All concepts
// must be known; their decimals are brought to the widest.
func (p *panel) readSums() error {
	parts, err := p.numbers(p.ind.Concepts)
	if err != nil {
		return err
	}
	if p.denScale = p.scale; len(parts) == 1 {
		p.num = parts[0].Values
		p.den = p.num
	} else {
		p.num, p.den = make([]int64, p.rows), make([]int64, p.rows)
	}
	for row := range p.flags {
		if p.flags[row]&used == 0 || !allValid(parts, row) {
			continue
		}
		p.flags[row] |= valued
		if len(parts) == 1 {
			continue
		}
		p.num[row] = parts[0].Values[row] * int64Pow10(p.scale-parts[0].Scale)
		p.den[row] = p.total(parts, row)
	}
	return nil
}

// total adds the values of columns at a row.
func (p *panel) total(parts []*Column, row int) int64 {
	sum := int64(0)
	for _, c := range parts {
		sum += c.Values[row] * int64Pow10(p.scale-c.Scale)
	}
	return sum
}

// readParts reads sums over sums, group by group.
func (p *panel) readParts() error {
	type group struct{ over, under []*Column }
	var groups []group
	for _, part := range p.ind.Parts {
		over, err := p.numbers(part.Over)
		if err != nil {
			return err
		}
		under, err := p.numbers(part.Under)
		if err != nil {
			return err
		}
		groups = append(groups, group{over, under})
	}
	p.denScale = p.scale
	p.num, p.den = make([]int64, p.rows), make([]int64, p.rows)
	for row := range p.flags {
		if p.flags[row]&used == 0 {
			continue
		}
		for _, g := range groups {
			if allValid(g.over, row) && allValid(g.under, row) {
				p.num[row] += p.total(g.over, row)
				p.den[row] += p.total(g.under, row)
				p.flags[row] |= valued
			}
		}
	}
	return nil
}

// unitDecimals of a cooperative's own ratio.
const unitDecimals = 4

// perUnit turns what a cooperative gives into one value of one cooperative: a
// figure, or the ratio of its parts. Without a denominator there is none.
func (p *panel) perUnit() {
	ratio := p.ind.Parts != nil
	ones := make([]int64, p.rows)
	for row := range p.flags {
		if p.flags[row]&valued == 0 {
			continue
		}
		ones[row] = 1
		if !ratio {
			continue
		}
		if p.den[row] <= 0 {
			p.flags[row] &^= valued
			continue
		}
		factor := int64(1)
		if p.ind.Unit == "%" {
			factor = 100
		}
		var num, den Int128
		num.Add(p.num[row])
		den.Add(p.den[row])
		p.num[row] = quotient(num.Big(), den.Big(), factor, unitDecimals).Units.Big().Int64()
	}
	if p.den, p.denScale = ones, 0; ratio {
		p.scale = unitDecimals
	}
}

// readAnswers reads a choice, or several, as yes (1), no (0) or against (-1).
func (p *panel) readAnswers() error {
	c, err := column(p.src, kindMapping, p.ind.Concepts[0])
	p.num, p.den = make([]int64, p.rows), make([]int64, p.rows)
	if err != nil || c == nil {
		return err
	}
	counts := answers(c, p.ind.Codes, p.ind.Against)
	for row := range p.flags {
		if p.flags[row]&used == 0 || !c.Valid.Get(row) {
			continue
		}
		p.flags[row] |= valued
		p.num[row], p.den[row] = counts(row), 1
	}
	return nil
}

// answers gives what a row of a column counts. An answer is one code, or
// several with spaces between them; "*" stands for any code but "none".
func answers(c *Column, codes, against []string) func(row int) int64 {
	one := func(text string) int64 {
		all := strings.Fields(text)
		has := func(wanted []string) bool {
			return slices.ContainsFunc(all, func(code string) bool {
				return slices.Contains(wanted, code) || code != "none" && slices.Contains(wanted, "*")
			})
		}
		switch {
		case has(codes):
			return 1
		case has(against):
			return -1
		}
		return 0
	}
	if c.Kind != Code {
		return func(row int) int64 { return one(Decimal{fromInt(c.Values[row]), c.Scale}.String()) }
	}
	known := make([]int64, len(c.Dictionary))
	for i, text := range c.Dictionary {
		known[i] = one(text)
	}
	return func(row int) int64 { return known[c.Values[row]] }
}

func fromInt(v int64) Int128 {
	var out Int128
	out.Add(v)
	return out
}

// keepOnly takes the value from records that the indicator is not about.
func (p *panel) keepOnly() error {
	for _, concept := range sortedKeys(p.ind.Only) {
		c, err := column(p.src, kindMapping, concept)
		if err != nil {
			return err
		}
		is := matches(c, p.ind.Only[concept]...)
		for row := range p.flags {
			if !hit(c, is, row) {
				p.flags[row] &^= valued
			}
		}
	}
	return nil
}

// keepPositive takes the value from records without a surplus, or whatever else
// must be more than zero, and notes how many.
func (p *panel) keepPositive() error {
	if p.ind.Positive == "" {
		return nil
	}
	c, err := column(p.src, kindMapping, p.ind.Positive)
	if err != nil {
		return err
	}
	p.drop(NoteNotPositive, func(row int) bool { return c == nil || !c.Valid.Get(row) || c.Values[row] <= 0 })
	return nil
}

// variants are the indicators of the items, or of every answer that occurs.
func (i Indicator) variants(src Source) ([]Indicator, error) {
	items := i.Items
	if i.Formula == Cited && items == nil {
		c, err := column(src, kindMapping, i.Concepts[0])
		if err != nil {
			return nil, err
		}
		for _, code := range codesOf(c) {
			items = append(items, Item{Code: code, Codes: []string{code}})
		}
	}
	var out []Indicator
	for _, item := range items {
		out = append(out, i.of(item))
	}
	return out, nil
}

// codesOf lists the codes of a column with several answers a row, by alphabet.
func codesOf(c *Column) []string {
	if c == nil || c.Kind != Code {
		return nil
	}
	seen := map[string]bool{}
	for row := range c.Values {
		text, _ := c.Text(row)
		for _, code := range strings.Fields(text) {
			seen[code] = true
		}
	}
	return sortedKeys(seen)
}
