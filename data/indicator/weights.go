package indicator

import (
	"math/big"
	"slices"
)

// The rules of weights (domain reference, B.4).
const (
	weightFrom = 5 // cooperatives that a stratum needs
	weightTrim = 5 // times the median of the weights

	weightDecimals = 4 // of a weight that is told
)

// weighting gives cooperatives their weights: w = N/n, the cooperatives that the
// frame counts in a stratum over those that answered, by country, type, size and
// year. Who did not answer is thus weighted away within the stratum. An answer is
// a value, or that the question does not apply, or a figure that is told
// elsewhere: of a secondary cooperative, of a subsidiary in a group.
//
// A weight is never below one. What the frame does not count, a cooperative that
// was not active at the end of the year, and what it counts in a stratum that is
// not known stand for themselves alone.
type weighting struct {
	of     []int32    // stratum of a row with a value, -1 for no weight; 0 is alone
	weight []*big.Rat // of strata
	short  []bool     // of strata: some cooperatives of the country have nobody to stand for them
	years  []*countryYear
	at     []int32 // of a row: place in years, -1 where it does not count
}

// countryYear is a country in one year.
type countryYear struct {
	country string
	year    int
	frame   *countryFrame // nil where there is none
	placed  int64         // cooperatives that answered, in cells of the frame
	lost    int64         // those whose type or size is not known
	beside  int64         // those that the frame does not count, because they were not active
	types   []string      // types that the frame does not count, by alphabet
	strata  []int32       // of cells; nil where the country is not estimated
	used    WeightedYear
}

// weighted gives the weights of a measure.
func (p *measured) weighted() (*weighting, error) {
	return p.weightings.get(struct{}{}, func() (*weighting, error) {
		known, err := p.prepared.populations()
		if err != nil {
			return nil, err
		}
		b := &weigher{measured: p, known: known}
		return b.weigh()
	})
}

// weigher makes weights.
type weigher struct {
	*measured
	known                *population
	country, kinds, size *classes
	zero                 func(row int) bool
	out                  *weighting
}

func (b *weigher) weigh() (*weighting, error) {
	for name, to := range map[string]**classes{"country": &b.country, "ilo_type": &b.kinds, "size": &b.size} {
		c, err := b.classesOf(name)
		if err != nil {
			return nil, err
		}
		*to = c
	}
	var err error
	if b.zero, err = b.zeros(); err != nil {
		return nil, err
	}
	b.out = &weighting{of: make([]int32, b.count()), weight: []*big.Rat{big.NewRat(1, 1)}, short: []bool{false}, at: make([]int32, b.count())}
	b.number()
	for row := range b.flags {
		b.find(row)
	}
	for _, c := range b.out.years {
		if c.frame != nil && c.placed >= weightFrom {
			b.stratify(c)
		}
	}
	for row := range b.flags {
		b.out.of[row] = b.stratum(row)
	}
	return b.out, nil
}

// number gives every row that counts its country and year.
func (b *weigher) number() {
	places := map[[2]int32]int32{}
	for row, f := range b.flags {
		if b.out.at[row] = -1; f&used == 0 {
			continue
		}
		key := [2]int32{b.country.codes[row], int32(b.yearOf[row])}
		at, ok := places[key]
		if !ok {
			at = int32(len(b.out.years))
			places[key] = at
			c := &countryYear{country: b.country.labels[key[0]], year: b.years[key[1]]}
			c.frame = b.known.frame(c.country, c.year)
			b.out.years = append(b.out.years, c)
		}
		b.out.at[row] = at
	}
}

// answers says whether a row stands for others of the frame.
func (b *weigher) answers(row int) bool {
	f := b.flags[row]
	return f&(used|active) == used|active && (f&valued != 0 || b.zero(row))
}

// find counts a row in its cell.
func (b *weigher) find(row int) {
	if b.out.at[row] < 0 {
		return
	}
	c := b.out.years[b.out.at[row]]
	answers, value := b.answers(row), b.flags[row]&valued != 0
	if c.frame == nil || !answers && !value {
		return
	}
	kind := b.kinds.labels[b.kinds.codes[row]]
	switch at := c.frame.place(kind, b.size.codes[row]); {
	case at == uncounted && value:
		if i, known := slices.BinarySearch(c.types, kind); !known {
			c.types = slices.Insert(c.types, i, kind)
		}
	case at == uncounted:
	case !answers:
		c.beside++
	case at == unplaced:
		c.lost++
	default:
		c.frame.cells[at].n++
		c.placed++
	}
}

// stratify joins the cells of a country's frame and gives the strata weights.
func (b *weigher) stratify(c *countryYear) {
	cells := slices.Clone(c.frame.cells)
	fullest := &cells[c.frame.fullest()]
	fullest.known = max(fullest.known-c.lost, 0)
	groups := joinCells(cells)
	c.used = WeightedYear{Country: c.country, Year: c.year, N: int(c.placed + c.lost), Known: int(c.lost), Strata: len(groups), Alone: int(c.lost + c.beside)}
	c.strata = make([]int32, len(cells))
	first := len(b.out.weight)
	for _, g := range groups {
		for _, cell := range g.cells {
			c.strata[cell] = int32(len(b.out.weight))
		}
		if len(g.cells) > 1 {
			c.used.Joined += len(g.cells)
		}
		if g.n > g.known {
			g.known = g.n
			c.used.Raised++
		}
		c.used.Known += int(g.known)
		b.out.weight = append(b.out.weight, big.NewRat(g.known, g.n))
		b.out.short = append(b.out.short, false)
	}
	lost := trim(b.out.weight[first:], groups, &c.used.Trimmed)
	c.used.Lost = int(roundRat(lost, 0).Units.Big().Int64())
	for i := first; i < len(b.out.short); i++ {
		b.out.short[i] = lost.Sign() > 0 || len(c.types) > 0
	}
}

// stratum gives the stratum of a row with a value, -1 where it has no weight.
func (b *weigher) stratum(row int) int32 {
	at := b.out.at[row]
	if at < 0 || b.flags[row]&valued == 0 || b.out.years[at].strata == nil {
		return -1
	}
	c := b.out.years[at]
	switch cell := c.frame.place(b.kinds.labels[b.kinds.codes[row]], b.size.codes[row]); {
	case cell == uncounted:
		return -1
	case cell == unplaced || b.flags[row]&active == 0:
		return 0
	default:
		return c.strata[cell]
	}
}

// zeros says which rows without a value have answered all the same: the question
// does not apply to them, the indicator is not about them, or their figure is
// told elsewhere.
func (b *weigher) zeros() (func(row int) bool, error) {
	not, err := b.column("status:" + b.ind.Concepts[0])
	if err != nil {
		return nil, err
	}
	isNot := matches(not, "not_applicable")
	only := map[string]*Column{}
	for _, concept := range sortedKeys(b.ind.Only) {
		if only[concept], err = b.column(concept); err != nil {
			return nil, err
		}
	}
	return func(row int) bool {
		if hit(not, isNot, row) || b.elsewhere(row) {
			return true
		}
		for concept, c := range only {
			if text, known := c.Text(row); known && !slices.Contains(b.ind.Only[concept], text) {
				return true
			}
		}
		return false
	}, nil
}

// elsewhere says whether the figure of a row was left out because it is inside
// those of others.
func (b *weigher) elsewhere(row int) bool {
	if b.dropped == nil || b.dropped[row] == 0 {
		return false
	}
	why := b.drops[b.dropped[row]-1]
	return why == NoteHigherLevel || why == NoteConsolidated
}
