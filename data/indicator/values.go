package indicator

import (
	"slices"
	"time"
)

func allValid(parts []*Column, row int) bool {
	for _, c := range parts {
		if !c.Valid.Get(row) {
			return false
		}
	}
	return true
}

func int64Pow10(n uint8) int64 {
	v := int64(1)
	for ; n > 0; n-- {
		v *= 10
	}
	return v
}

// readQuality marks imputed values.
func (p *measured) readQuality() error {
	for _, concept := range p.ind.reads() {
		c, err := p.column("quality:" + concept)
		if err != nil {
			return err
		}
		if is := matches(c, "I"); slices.Contains(is, true) {
			for row := range p.flags {
				if hit(c, is, row) {
					p.flags[row] |= imputed
				}
			}
		}
	}
	return nil
}

func (p *measured) dropLevels() error {
	if !p.ind.PrimaryOnly {
		return nil
	}
	level, err := p.column("level")
	if err != nil || level == nil {
		return err
	}
	higher := matches(level, "secondary", "tertiary")
	p.drop(NoteHigherLevel, func(row int) bool { return hit(level, higher, row) })
	return nil
}

// dropConsolidated leaves out the subsidiaries of a group whose own record of
// the year covers the whole group.
func (p *measured) dropConsolidated() error {
	if !p.ind.Consolidate || len(p.roll.parents) == 0 {
		return nil
	}
	group := int32(slices.Index(p.cover.labels, "group"))
	p.drop(NoteConsolidated, func(row int) bool {
		for _, l := range p.roll.parents[p.unit[row]] {
			if l.year > p.years[p.yearOf[row]] {
				continue
			}
			if r := p.rowAt(l.to, p.yearOf[row], used); r >= 0 && p.cover.codes[r] == group && p.flags[r]&valued != 0 {
				return true
			}
		}
		return false
	})
	return nil
}

// dropDead leaves out who no longer belongs to the population: a stock needs a
// cooperative that is alive at the end of the year, a flow one that was alive
// at its beginning (a part-year flow stays).
func (p *measured) dropDead() error {
	if len(p.lives.events) == 0 {
		return nil
	}
	back := 0
	if p.ind.Flow {
		back = 1
	}
	p.drop(NoteOutPopulation, func(row int) bool {
		return p.lives.dead(p.unit[row], p.years[p.yearOf[row]]-back)
	})
	return nil
}

// readCurrency leaves out money without a currency, as soon as any record has
// one: it could not be added to anything.
func (p *measured) readCurrency() error {
	if !p.ind.Money {
		return nil
	}
	c, err := p.classesOf("currency")
	if err != nil {
		return err
	}
	p.currency = c
	if len(c.labels) > 1 {
		p.drop(NoteNoCurrency, func(row int) bool { return c.codes[row] == 0 })
	}
	return nil
}

// flagFiscalYears marks the records whose fiscal year does not end with the
// calendar year, so that yearly rates only come near theirs.
func (p *measured) flagFiscalYears() {
	for row, f := range p.flags {
		if f&valued == 0 || p.end[row] == unknownDay {
			continue
		}
		if time.Unix(int64(p.end[row])*86400, 0).UTC().Month() != time.December {
			p.flags[row] |= notDecember
		}
	}
}

// rowAt gives the record of a unit in a year that has all the flags, or -1.
func (p *measured) rowAt(u int32, year int16, want rowFlag) int32 {
	from, to := p.rowsOf(u)
	for row := from; row < to; row++ {
		if p.yearOf[row] == year && p.flags[row]&(want|used) == want|used {
			return row
		}
	}
	return -1
}
