package indicator

import "math/big"

// Formula says how an indicator is made from its concepts.
type Formula uint8

// The formulas.
const (
	Sum           Formula = iota // the sum of the first concept
	Count                        // the number of active cooperatives
	Coverage                     // mapped active cooperatives over the known population
	Ratio                        // sum of the first concept over the sum of all of them, both valid
	Share                        // sums over sums of Parts, in percent
	Rate                         // sums over sums of Parts, as they are
	Mean                         // of the first concept, or of the ratio of Parts, over cooperatives
	Median                       // likewise
	Quartiles                    // likewise; the value is the median, Point.Quartiles has the others
	Has                          // cooperatives whose answer is one of Codes over those that answered, in percent
	CountHas                     // cooperatives whose answer is one of Codes
	Balance                      // Has with Codes less Has with Against, in percentage points
	Cited                        // Has for every answer of a question with several answers
	Counted                      // CountHas for every answer of a question
	Births                       // births over active cooperatives, in percent
	Deaths                       // deaths over active cooperatives, in percent
	NetCreation                  // births less deaths
	Survival                     // cooperatives born in the year and still alive Years later, in percent
	Concentration                // share of the four largest, HHI or Gini coefficient, by Code of the item
	Relative                     // Median of the first concept over a figure of the country's economy
	Links                        // links to cooperatives and organisations over active cooperatives
	Density                      // pairs of active cooperatives that are linked over all pairs, in percent
	Weight                       // the sum of the first concept over a figure of the country's economy, in percent
)

// trait is what follows from a formula.
type trait struct {
	matched  bool  // has the bases matched and demographic
	factor   int64 // of the quotient of the sums: 100 for percent
	decimals uint8 // of the quotient
	spread   bool  // needs the values of all cooperatives
	lives    bool  // is made of births and deaths
	ties     bool  // is made of links between cooperatives
	listed   bool  // has a figure for every answer that occurs
}

var traits = [...]trait{
	Sum:           {matched: true},
	Count:         {},
	Coverage:      {factor: 100, decimals: 2},
	Ratio:         {matched: true, factor: 100, decimals: 2},
	Share:         {matched: true, factor: 100, decimals: 2},
	Rate:          {matched: true, factor: 1, decimals: 2},
	Mean:          {matched: true, factor: 1, decimals: 2},
	Median:        {matched: true, factor: 1, decimals: 2, spread: true},
	Quartiles:     {matched: true, factor: 1, decimals: 2, spread: true},
	Has:           {matched: true, factor: 100, decimals: 2},
	CountHas:      {},
	Balance:       {matched: true, factor: 100, decimals: 2},
	Cited:         {matched: true, factor: 100, decimals: 2, listed: true},
	Counted:       {listed: true},
	Births:        {factor: 100, decimals: 2, lives: true},
	Deaths:        {factor: 100, decimals: 2, lives: true},
	NetCreation:   {lives: true},
	Survival:      {factor: 100, decimals: 2, lives: true},
	Concentration: {factor: 1, decimals: 4, spread: true},
	Relative:      {matched: true, factor: 1, decimals: 2, spread: true},
	Links:         {factor: 1, decimals: 2, ties: true},
	Density:       {factor: 100, decimals: 3, ties: true},
	Weight:        {factor: 100, decimals: 3},
}

// trait gives what follows from a formula.
func (f Formula) trait() trait { return traits[f] }

// Percent says whether the figure is a percentage, whose change is in
// percentage points.
func (i Indicator) Percent() bool { return i.Formula.trait().factor == 100 }

// Additive says whether the figures of cells add up to that of their total.
// Only additive figures have an index; others are drawn as levels.
func (i Indicator) Additive() bool {
	return i.Formula == Sum || i.Formula == Count || i.Formula == CountHas || i.Formula == Counted || i.Formula == NetCreation
}

// HasMatched says whether the indicator has the bases matched and demographic.
func (i Indicator) HasMatched() bool { return i.Formula.trait().matched && !i.Unmatched }

// Fraction is a group of concepts over another. A cooperative counts in a group
// where it gives all of its concepts, so that what it leaves out is missing
// above and below.
type Fraction struct {
	Over  []string // the numerator: the sum of these
	Under []string // the denominator
}

// Item is one of the figures of an indicator that has several. Its code is the
// key in the breakdown "answer". What it leaves empty is the indicator's own.
type Item struct {
	Code     string
	Name     Text
	Concepts []string
	Parts    []Fraction
	Codes    []string
	Years    int
}

// Answer is the breakdown that tells the items of an indicator apart, or the
// answers to a question with several.
const Answer = "answer"

// answered says whether the figures are told apart by the breakdown "answer".
func (i Indicator) answered() bool { return i.Items != nil || i.Formula.trait().listed }

// of gives the indicator of one item.
func (i Indicator) of(item Item) Indicator {
	i.item = item.Code
	if item.Concepts != nil {
		i.Concepts = item.Concepts
	}
	if item.Parts != nil {
		i.Parts = item.Parts
	}
	if item.Codes != nil {
		i.Codes = item.Codes
	}
	if item.Years != 0 {
		i.Years = item.Years
	}
	i.Items = nil
	return i
}

// quotient is the figure of summed numerators and denominators, nil where the
// denominator is not positive.
func (p *panel) quotient(num, den Int128) *big.Rat {
	if den.Sign() <= 0 {
		return nil
	}
	r := new(big.Rat).SetFrac(num.Big(), den.Big())
	r.Mul(r, big.NewRat(p.ind.Formula.trait().factor, 1))
	if p.scale > p.denScale {
		r.Quo(r, new(big.Rat).SetInt(pow10(p.scale-p.denScale)))
	}
	return r
}
