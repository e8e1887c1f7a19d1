package indicator

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// ErrNoEstimate is wrapped where a query asks for an estimated total of what has
// none.
var ErrNoEstimate = errors.New("there is no estimated total")

// Estimable says whether an indicator has an estimated total: it is a total, or
// the weight of a total in the economy, of cooperatives. Shares, means and medians
// are not weighted, and nothing but cooperatives has a known population.
func (i Indicator) Estimable() bool {
	return (i.Formula == Sum || i.Formula == Weight) && i.Items == nil && i.Reading() == kindMapping
}

// Estimated says what estimated totals rest on (domain reference, B.4): weights
// that bring the cooperatives that answered up to the known population.
type Estimated struct {
	Weights []WeightedYear `json:"weights"`            // by year and country
	LeftOut []LeftOut      `json:"left_out,omitempty"` // by year and country: no part of the totals
}

// WeightedYear is the frame of one country and year, and how its weights came
// about.
type WeightedYear struct {
	Country string `json:"country"`
	Year    int    `json:"year"`
	// Known is how many cooperatives the frame counts; at least those that were
	// found, stratum by stratum.
	Known   int `json:"known"`
	N       int `json:"n"`                 // of them, those that answered
	Strata  int `json:"strata"`            // of type and size, after joining
	Joined  int `json:"joined,omitempty"`  // strata of the frame that were joined because they had too few
	Trimmed int `json:"trimmed,omitempty"` // strata whose weight was cut
	Lost    int `json:"lost,omitempty"`    // of Known, those that nobody stands for since
	Raised  int `json:"raised,omitempty"`  // strata in which more were found than the frame counts
	// Alone are cooperatives that stand for themselves: their type or size is not
	// known, or the frame does not count them.
	Alone int `json:"alone,omitempty"`
}

// LeftOut is what an estimated total leaves out: a country without a known
// population in the year, or a type that its frame does not count.
type LeftOut struct {
	Country string `json:"country"`
	Year    int    `json:"year"`
	Type    string `json:"type,omitempty"` // "" for all of the country
	Few     bool   `json:"few,omitempty"`  // there is a frame, and too few answered
}

// refuseEstimate says why a query has no estimated total.
func (q Query) refuseEstimate(ind Indicator) error {
	switch {
	case !q.Estimated:
		return nil
	case !ind.Estimable():
		return fmt.Errorf("%w of %s, because it is not a total of cooperatives: leave estimated totals to sums, such as I04, I05 or I13", ErrNoEstimate, ind.Code)
	}
	return nil
}

// ErrTwoRemedies is wrapped where missing values would be filled in and weighted
// away at once.
var ErrTwoRemedies = errors.New("missing values are filled in or weighted away, never both")

// estimate is what stands behind the estimated total of a cell and year.
type estimate struct {
	in, out level            // what has a weight, and what is left out; both without weights
	sums    map[int32]*level // the first, by stratum
	short   bool             // the total leaves cooperatives out
}

// estimates are those of all cells and years of a panel.
type estimates struct {
	*weighting
	of []estimate // cell × years
}

// estimates sums what the cells of a panel have, stratum by stratum, so that the
// order of the records changes nothing. Of all countries with a weight the marks
// are kept where country is not nil.
func (p *panel) estimates(country *classes) (*estimates, error) {
	w, err := p.weighted()
	if err != nil {
		return nil, err
	}
	out := &estimates{w, make([]estimate, p.cells.size*len(p.years))}
	for row, f := range p.flags {
		if !p.inRange(row) {
			continue
		}
		e := &out.of[int(p.cells.of[row])*len(p.years)+int(p.yearOf[row])]
		if country != nil && w.years[w.at[row]].strata != nil {
			e.in.countries = e.in.countries.Grow(len(country.labels))
			e.in.countries.Set(int(country.codes[row]))
		}
		if f&valued != 0 {
			e.add(w, w.of[row], f, p.num[row])
		}
	}
	return out, nil
}

// add adds a contributor of a stratum, or one without weight.
func (e *estimate) add(w *weighting, stratum int32, f rowFlag, v int64) {
	if stratum < 0 {
		e.out.add(f, v, v, false)
		return
	}
	e.in.add(f, v, v, false)
	e.short = e.short || w.short[stratum]
	if e.sums == nil {
		e.sums = map[int32]*level{}
	}
	s := e.sums[stratum]
	if s == nil {
		s = &level{}
		e.sums[stratum] = s
	}
	s.add(f, v, v, false)
}

// sum multiplies what strata give by their weights, exactly.
func (w *weighting) sum(of map[int32]*level, give func(*level) Int128) *big.Rat {
	total := new(big.Rat)
	for stratum, s := range of {
		part := new(big.Rat).SetInt(give(s).Big())
		total.Add(total, part.Mul(part, w.weight[stratum]))
	}
	return total
}

// estimate gives a point the estimated total in place of the reported one. Its
// changes stay as they are, but for that of the reported total.
func (a *answer) estimate(pt *Point, cell int32, year int) {
	e := &a.estimated.of[int(cell)*len(a.years)+year]
	pt.Hidden = pt.Hidden || a.hides(&e.in) || a.hides(&e.out) || a.shade.hides(a.cells.keys[cell], a.years[year])
	pt.N, pt.Value, pt.AtLeast = int(e.in.n), Decimal{}, false
	pt.CarriedForward, pt.Old, pt.Imputed, pt.Unvalidated = e.in.part(e.in.carried), e.in.part(e.in.old), e.in.part(e.in.imputed), e.in.part(e.in.unverified)
	value := a.estimatedFigure(e, year)
	if pt.Known = value != nil; pt.Known && !pt.Hidden {
		pt.Value = roundRat(value, a.decimals())
		pt.AtLeast = a.ind.Formula == Weight && e.short
	}
	if pt.Hidden = pt.Hidden && pt.Known; pt.Hidden {
		pt.hideShares()
	}
	if pt.All = nil; a.query.Basis == All {
		pt.Change = nil
	}
	pt.Flags = a.flagsOf(pt)
}

// estimatedFigure is the estimated total, or its weight in the economies that it
// is of; nil where nobody has a weight.
func (a *answer) estimatedFigure(e *estimate, year int) *big.Rat {
	if e.in.n == 0 {
		return nil
	}
	total := a.estimated.sum(e.sums, func(s *level) Int128 { return s.num })
	total.Quo(total, new(big.Rat).SetInt(pow10(a.scale)))
	if a.ind.Formula == Weight {
		return a.weight(total, &e.in, year)
	}
	return total
}

// estimatedOf says what the estimated totals of a result rest on: the countries
// and years that any of its records is of. The notes count over all of them.
func (a *answer) estimatedOf() *Estimated {
	if a.estimated == nil {
		return nil
	}
	w := a.estimated.weighting
	asked := make([]bool, len(w.years))
	for row := range a.flags {
		if a.inRange(row) && w.at[row] >= 0 {
			asked[w.at[row]] = true
		}
	}
	out := &Estimated{}
	known, n, strata, joined, trimmed, lost, raised, alone := 0, 0, 0, 0, 0, 0, 0, 0
	for i, c := range w.years {
		if !asked[i] {
			continue
		}
		out.LeftOut = append(out.LeftOut, c.leftOut()...)
		if u := c.used; c.strata != nil {
			out.Weights = append(out.Weights, u)
			known, n, strata, joined, trimmed = known+u.Known, n+u.N, strata+u.Strata, joined+u.Joined, trimmed+u.Trimmed
			lost, raised, alone = lost+u.Lost, raised+u.Raised, alone+u.Alone
		}
	}
	a.note(NoteWeighted, n, known)
	a.note(NoteStrataJoined, joined, strata)
	a.note(NoteTrimmed, trimmed, strata)
	a.note(NoteNobody, lost, known)
	a.note(NoteFrameShort, raised, strata)
	a.note(NoteAlone, alone, n+alone)
	slices.SortFunc(out.Weights, func(a, b WeightedYear) int {
		return cmp.Or(a.Year-b.Year, strings.Compare(a.Country, b.Country))
	})
	slices.SortFunc(out.LeftOut, func(a, b LeftOut) int {
		return cmp.Or(a.Year-b.Year, strings.Compare(a.Country, b.Country), strings.Compare(a.Type, b.Type))
	})
	return out
}

// of sums the frames of the countries that a point is of.
func (e *Estimated) of(r *Result, pt *Point) WeightedYear {
	var out WeightedYear
	if e == nil {
		return out
	}
	at := slices.Index(r.By, "country")
	for _, u := range e.Weights {
		if u.Year == pt.Year && (at < 0 || pt.Keys[at] == AllClasses || pt.Keys[at] == u.Country) {
			out.Known, out.N, out.Trimmed, out.Lost = out.Known+u.Known, out.N+u.N, out.Trimmed+u.Trimmed, out.Lost+u.Lost
		}
	}
	return out
}

// leftOut lists what of a country and year has no part in estimated totals.
func (c *countryYear) leftOut() []LeftOut {
	if c.strata == nil {
		return []LeftOut{{Country: c.country, Year: c.year, Few: c.frame != nil}}
	}
	var out []LeftOut
	for _, kind := range c.types {
		out = append(out, LeftOut{Country: c.country, Year: c.year, Type: kind})
	}
	return out
}
