package indicator

// Basis says which cooperatives a change rests on.
type Basis string

// The three bases of the domain reference, B.2.
const (
	Matched     Basis = "matched"     // G1: the same cooperatives in both years
	Demographic Basis = "demographic" // G2: matched, births and deaths
	All         Basis = "all"         // G3: the change of the reported total
)

// Pairs says which pairs of figures count as matched.
type Pairs string

// The two ways to match.
const (
	Comparable Pairs = "comparable" // set M only; the only one that may be printed
	Any        Pairs = "any"        // sets M and N, for looking only
)

// MinNOff, given as Query.MinN, switches the minimum n of a change off.
const MinNOff = -1

// DefaultMinN is the number of cooperatives a change needs at least.
const DefaultMinN = 5

// Query asks for one indicator over a frame. The zero value of every field but
// Indicator is a sensible default.
type Query struct {
	Indicator string `json:"indicator"` // a code of the catalogue; "I13" means I13a
	// Of is an indicator of the workspace's own, in place of one of the catalogue;
	// nil for none.
	Of *Indicator `json:"-"`
	// By are the breakdowns beside the year, in the order of the columns. The
	// year is always the axis and may be named or left out.
	By    []string `json:"by,omitempty"`
	Basis Basis    `json:"basis,omitempty"` // default matched; all where there is no matched basis
	Pairs Pairs    `json:"pairs,omitempty"` // default comparable
	// Where keeps records whose breakdown has one of the values. In a pair of
	// years the class at the first year decides, as in a breakdown.
	Where map[string][]string `json:"where,omitempty"`
	From  int                 `json:"from,omitempty"` // first year, 0 for the first there is
	To    int                 `json:"to,omitempty"`   // last year, 0 for the last there is
	// Years publishes these years only, so that a change is between them, over
	// all the years in between; nil for all from From to To.
	Years     []int `json:"years,omitempty"`
	Decompose bool  `json:"decompose,omitempty"` // give the sums of the sets
	// MinN is the number of cooperatives a change needs: 0 means DefaultMinN,
	// MinNOff none.
	MinN int `json:"min_n,omitempty"`
	// Validated uses validated and locked records only. Otherwise submitted
	// ones are used too and their figures carry the flag V.
	Validated bool `json:"validated,omitempty"`
	// Disclosure hides confidential figures. It must be on for everything that
	// leaves headquarters.
	Disclosure bool `json:"disclosure,omitempty"`
	// Estimated gives estimated totals in place of the reported ones: weighted to
	// the known population, where there is one. Only levels are estimated; changes
	// and indices stay those of reported figures, and the change of the total and
	// its decomposition are left out.
	Estimated bool `json:"estimated,omitempty"`
	// Totals adds the totals over the breakdowns, with the key AllClasses.
	Totals bool `json:"totals,omitempty"`
	// Earlier are the cells of earlier releases, whose pattern is kept; nil for
	// none.
	Earlier *Register `json:"-"`
	// Money says in which money amounts are given: national currency by default.
	Money Money `json:"money,omitzero"`
}

// Asked gives the indicator that the query is about, and whether there is one.
func (q Query) Asked() (Indicator, bool) {
	if q.Of != nil {
		return *q.Of, true
	}
	return Find(q.Indicator)
}

// minimum is the smallest n of a change that may be drawn.
func (q Query) minimum() int {
	switch {
	case q.MinN == 0:
		return DefaultMinN
	case q.MinN < 0:
		return 0
	}
	return q.MinN
}
