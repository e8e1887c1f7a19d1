package indicator

import (
	"context"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// measured are the values of an indicator, with all that the sums of levels and
// of changes need.
type measured struct {
	*chosen
	ind        Indicator
	flags      []rowFlag
	num, den   []int64    // the value; den is the base of its share
	scale      uint8      // decimals of num
	denScale   uint8      // decimals of den
	currency   *classes   // of money in its own currency only
	money      *MoneyUsed // of money that is converted, without the countries left out
	dropped    []uint8    // why a row lost its value: one more than the place in drops
	drops      []NoteKey
	pairings   kept[string, *pairing]
	weightings kept[struct{}, *weighting]
}

// measure reads the values of an indicator.
func measure(ctx context.Context, rows *chosen, ind Indicator, m Money) (*measured, error) {
	p := &measured{chosen: rows, ind: ind, flags: slices.Clone(rows.flags)}
	p.pairings.most = keptPairings
	steps := []func() error{p.readMeasure, p.readQuality, p.keepRegular, p.keepOnly, p.keepPositive,
		p.dropLevels, p.dropConsolidated, p.dropDead, p.readCurrency, func() error { return p.exchange(m) }}
	switch {
	case ind.Formula == Links:
		steps = []func() error{p.countActive, p.countTies}
	case !ind.measured():
		steps = []func() error{p.countActive, p.keepRegular, p.keepOnly, p.keepPositive}
	}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// measured says whether the indicator reads what cooperatives said, and does
// not only count them.
func (i Indicator) measured() bool {
	return i.Formula != Count && i.Formula != Coverage && !i.Formula.trait().lives && !i.Formula.trait().ties
}

// countActive gives every active cooperative the value one.
func (p *measured) countActive() error {
	p.num = make([]int64, p.count())
	p.den = p.num
	for row, f := range p.flags {
		if f&active != 0 {
			p.num[row] = 1
			p.flags[row] |= valued
		}
	}
	return nil
}

// drop takes the value from rows for a reason that is noted. All rows are judged
// before any is changed, so that their order does not matter.
func (p *measured) drop(key NoteKey, out func(row int) bool) {
	var lock sync.Mutex
	var gone []int
	inRuns(len(p.flags), func(from, to int) {
		var own []int
		for row := from; row < to; row++ {
			if p.flags[row]&valued != 0 && out(row) {
				own = append(own, row)
			}
		}
		lock.Lock()
		defer lock.Unlock()
		gone = append(gone, own...)
	})
	if gone == nil {
		return
	}
	if p.dropped == nil {
		p.dropped = make([]uint8, p.count())
	}
	p.drops = append(p.drops, key)
	for _, row := range gone {
		p.flags[row] &^= valued
		p.dropped[row] = uint8(len(p.drops))
	}
}

// readMeasure fills num and den and marks the rows that have both.
func (p *measured) readMeasure() error {
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
	case Relative:
		return p.readRelative()
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
func (p *measured) numbers(concepts []string) ([]*Column, error) {
	var parts []*Column
	for _, concept := range concepts {
		c, err := p.column(concept)
		if err != nil {
			return nil, err
		}
		if c == nil || c.Kind != Integer {
			c = &Column{Name: concept, Values: make([]int64, p.count())}
		}
		parts = append(parts, c)
		p.scale = max(p.scale, c.Scale)
	}
	return parts, nil
}

// readSums reads a sum, or a ratio of the first concept to all. All concepts
// must be known; their decimals are brought to the widest.
func (p *measured) readSums() error {
	parts, err := p.numbers(p.ind.Concepts)
	if err != nil {
		return err
	}
	if p.denScale = p.scale; len(parts) == 1 {
		p.num = parts[0].Values
		p.den = p.num
	} else {
		p.num, p.den = make([]int64, p.count()), make([]int64, p.count())
	}
	inRuns(len(p.flags), func(from, to int) {
		for row := from; row < to; row++ {
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
	})
	return nil
}

// total adds the values of columns at a row.
func (p *measured) total(parts []*Column, row int) int64 {
	sum := int64(0)
	for _, c := range parts {
		sum += c.Values[row] * int64Pow10(p.scale-c.Scale)
	}
	return sum
}

// readParts reads sums over sums, group by group.
func (p *measured) readParts() error {
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
	p.num, p.den = make([]int64, p.count()), make([]int64, p.count())
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
func (p *measured) perUnit() {
	ratio := p.ind.Parts != nil
	times := int64(1)
	if p.ind.Unit == "%" {
		times = 100
	}
	times *= int64Pow10(unitDecimals)
	ones := make([]int64, p.count())
	for row, f := range p.flags {
		if f&valued == 0 {
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
		p.num[row] = timesOver(p.num[row], times, p.den[row])
	}
	if p.den, p.denScale = ones, 0; ratio {
		p.scale = unitDecimals
	}
}

// timesOver gives v × times / over, rounded half away from zero; times and over
// are above zero.
func timesOver(v, times, over int64) int64 {
	size := uint64(v)
	if v < 0 {
		size = -size
	}
	high, low := bits.Mul64(size, uint64(times))
	if high >= uint64(over) {
		return quotient(fromInt(v).Big(), fromInt(over).Big(), times, 0).Units.Big().Int64()
	}
	out, rest := bits.Div64(high, low, uint64(over))
	if rest >= uint64(over)-rest {
		out++
	}
	if v < 0 {
		return -int64(out)
	}
	return int64(out)
}

// readAnswers reads a choice, or several, as yes (1), no (0) or against (-1).
func (p *measured) readAnswers() error {
	c, err := p.column(p.ind.Concepts[0])
	p.num, p.den = make([]int64, p.count()), make([]int64, p.count())
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

// keepRegular forgets how long fiscal periods are where the figure is no flow.
func (p *measured) keepRegular() error {
	if p.ind.Flow && p.ind.measured() {
		return nil
	}
	for row := range p.flags {
		p.flags[row] &^= irregular
	}
	return nil
}

// keepOnly takes the value from records that the indicator is not about.
func (p *measured) keepOnly() error {
	for _, concept := range sortedKeys(p.ind.Only) {
		c, err := p.column(concept)
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
func (p *measured) keepPositive() error {
	if p.ind.Positive == "" {
		return nil
	}
	c, err := p.column(p.ind.Positive)
	if err != nil {
		return err
	}
	p.drop(NoteNotPositive, func(row int) bool { return c == nil || !c.Valid.Get(row) || c.Values[row] <= 0 })
	return nil
}

// variants are the indicators of the items, or of every answer that occurs.
func (i Indicator) variants(src Source) ([]Indicator, error) {
	items := i.Items
	if i.Formula.trait().listed && items == nil {
		c, err := column(src, i.Reading(), i.Concepts[0])
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
	occurs := make([]bool, len(c.Dictionary))
	for row, code := range c.Values {
		if c.Valid.Get(row) {
			occurs[code] = true
		}
	}
	seen := map[string]bool{}
	for i, text := range c.Dictionary {
		for _, code := range strings.Fields(text) {
			seen[code] = seen[code] || occurs[i]
		}
	}
	for code, does := range seen {
		if !does {
			delete(seen, code)
		}
	}
	return sortedKeys(seen)
}
