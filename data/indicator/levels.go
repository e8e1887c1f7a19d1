package indicator

import (
	"fmt"
	"math/big"
	"strings"
)

// level is the reported total of one cell and year.
type level struct {
	records    int32 // used records, with or without a value
	n          int32
	active     int32 // active cooperatives mapped
	num, den   Int128
	closed     int32     // contributors whose figures are not public
	private    Int128    // what they contribute
	top        largest   // of them
	holders    int32     // of them, those with a numerator above zero
	unknown    int32     // cooperatives out of sight, of survival
	values     [][]int64 // of all contributors, where the formula needs them
	carried    share
	old        share
	imputed    share
	unverified share
	value      *big.Rat // the figure, nil where not known
	countries  Bits     // of the records, where the population is known at all
}

// share is what some sort of record contributes.
type share struct {
	n   int32
	sum Int128
}

func (s *share) add(v int64) {
	s.n++
	s.sum.Add(v)
}

// merge adds another level.
func (l *level) merge(o *level) {
	l.records, l.n, l.active, l.closed = l.records+o.records, l.n+o.n, l.active+o.active, l.closed+o.closed
	l.holders, l.unknown = l.holders+o.holders, l.unknown+o.unknown
	l.num, l.den, l.private = l.num.Plus(o.num), l.den.Plus(o.den), l.private.Plus(o.private)
	l.top.merge(o.top)
	for _, s := range [...][2]*share{{&l.carried, &o.carried}, {&l.old, &o.old}, {&l.imputed, &o.imputed}, {&l.unverified, &o.unverified}} {
		s[0].n, s[0].sum = s[0].n+s[1].n, s[0].sum.Plus(s[1].sum)
	}
	l.countries = l.countries.or(o.countries)
	l.values = append(l.values, o.values...)
}

// add adds a contributor. What it gives away is its denominator, but of a mean
// the value itself: n times the mean is the sum.
func (l *level) add(f rowFlag, num, den int64, mean bool) {
	l.n++
	l.num.Add(num)
	l.den.Add(den)
	if f&public == 0 {
		l.closed++
		gives := den
		if mean {
			gives = num
		}
		l.private.Add(gives)
		l.top.add(gives)
		l.holders += truth32(num > 0)
	}
	if f&(carried|old|imputed|unvalidated) != 0 {
		l.addMarked(f, den)
	}
}

// addMarked adds to the parts of a level that are doubtful.
func (l *level) addMarked(f rowFlag, den int64) {
	if f&carried != 0 {
		l.carried.add(den)
	}
	if f&old != 0 {
		l.old.add(den)
	}
	if f&imputed != 0 {
		l.imputed.add(den)
	}
	if f&unvalidated != 0 {
		l.unverified.add(den)
	}
}

func truth32(is bool) int32 { return int32(truth(is)) }

// units gives the currency of each cell, and an error where a cell mixes
// several. Years count as one cell, because a change compares them.
func (p *panel) units(t *tally) ([]string, error) {
	units := make([]string, p.cells.size)
	for cell := range units {
		switch c := t.coins[cell]; {
		case !p.ind.Money || p.money != nil:
			units[cell] = p.unitName()
		case c.mixed():
			return nil, p.mixed(int32(cell))
		case c.high <= 1: // no currency
		case p.ind.Unit != "currency":
			units[cell] = p.ind.Unit
		default:
			if units[cell] = p.currency.labels[c.high-1]; p.ind.Per != "" {
				units[cell] += "/" + p.ind.Per
			}
		}
	}
	return units, nil
}

// unitName is the unit of figures that are not in several currencies.
func (p *panel) unitName() string {
	if p.money == nil || p.ind.Unit != "currency" {
		return p.ind.Unit
	}
	if p.ind.Per != "" {
		return p.query.Money.unit() + "/" + p.ind.Per
	}
	return p.query.Money.unit()
}

// mixed is the error about a cell with several currencies.
func (p *panel) mixed(cell int32) error {
	found := map[string]bool{}
	for row, f := range p.flags {
		if f&valued != 0 && p.cells.of[row] == cell && p.inRange(row) {
			found[p.currency.labels[p.currency.codes[row]]] = true
		}
	}
	names := sortedKeys(found)
	where := ""
	if keys := p.cells.keys[cell]; len(keys) > 0 {
		where = strings.Join(keys, ", ")
	}
	return &CurrencyError{Of: where, Currencies: names}
}

// CurrencyError is the error about amounts of several currencies that would have to be added.
type CurrencyError struct {
	Of         string   // the classes of the cell, joined by commas; "" where there is no breakdown
	Currencies []string // in alphabetical order
}

// Error says which currencies, and how to ask instead on the command line.
func (e *CurrencyError) Error() string {
	of := ""
	if e.Of != "" {
		of = " of " + e.Of
	}
	return fmt.Sprintf("the records%s give money in %s, which are never added: use --by currency or --where currency=%s", of, strings.Join(e.Currencies, ", "), e.Currencies[0])
}

// hideShares leaves out what the shares of a hidden value would tell.
func (pt *Point) hideShares() {
	for _, part := range [...]*Part{&pt.CarriedForward, &pt.Old, &pt.Imputed, &pt.Unvalidated} {
		part.Share = 0
	}
}
