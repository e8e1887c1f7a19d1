package indicator

// loadValues reads the indicator's concepts and marks the rows with a value.
func (p *panel) loadValues() error {
	if err := p.loadActive(); err != nil {
		return err
	}
	steps := []func() error{p.readMeasure, p.readQuality, p.readPeriods, p.keepOnly, p.keepPositive,
		p.dropLevels, p.dropConsolidated, p.dropDead, p.readCurrency, p.exchange}
	if !p.measured() {
		p.num = make([]int64, p.rows)
		for row, f := range p.flags {
			if f&active != 0 {
				p.num[row] = 1
				p.flags[row] |= valued
			}
		}
		p.den = p.num
		steps = steps[3:5]
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// measured says whether the indicator reads what cooperatives said, and does
// not only count them.
func (p *panel) measured() bool {
	f := p.ind.Formula
	return f != Count && f != Coverage && !f.trait().lives
}

// loadActive marks records of active cooperatives: M2.06 says so, or says
// nothing and the interview took place.
func (p *panel) loadActive() error {
	var status, outcome *Column
	if err := columns(p.src, kindMapping, map[string]**Column{"status": &status, "outcome": &outcome}); err != nil {
		return err
	}
	isActive := matches(status, "active")
	took := matches(outcome, "complete", "partial")
	for row := range p.flags {
		if p.flags[row]&used == 0 {
			continue
		}
		known := status != nil && status.Valid.Get(row)
		happened := outcome == nil || !outcome.Valid.Get(row) || hit(outcome, took, row)
		if known && hit(status, isActive, row) || !known && happened && !p.lives.dead(p.unit[row], p.years[p.yearOf[row]]) {
			p.flags[row] |= active
		}
	}
	return nil
}

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
func (p *panel) readQuality() error {
	for _, concept := range p.ind.reads() {
		c, err := column(p.src, kindMapping, "quality:"+concept)
		if err != nil {
			return err
		}
		is := matches(c, "I")
		for row := range p.flags {
			if hit(c, is, row) {
				p.flags[row] |= imputed
			}
		}
	}
	return nil
}

// readPeriods marks flows over a fiscal period that is not 11 to 13 months.
func (p *panel) readPeriods() error {
	start, err := column(p.src, kindMapping, "fiscal_start")
	if err != nil || start == nil || p.end == nil || !p.ind.Flow {
		return err
	}
	for row := range p.flags {
		if start.Valid.Get(row) && p.end.Valid.Get(row) {
			if m := months(p.end.Values[row] - start.Values[row] + 1); m < 11 || m > 13 {
				p.flags[row] |= irregular
			}
		}
	}
	return nil
}

// months is a number of days as whole months of 30.436875 days, rounded half
// away from zero (domain reference, B.2).
func months(days int64) int64 {
	const month = 30436875
	scaled := days * 1000000
	if scaled < 0 {
		return -((-2*scaled + month) / (2 * month))
	}
	return (2*scaled + month) / (2 * month)
}

// drop takes the value from rows and notes how many it took it from. All rows
// are judged before any is changed, so that their order does not matter.
func (p *panel) drop(key NoteKey, out func(row int) bool) {
	var gone []int
	dropped, of := 0, 0
	for row := range p.flags {
		if p.flags[row]&valued == 0 {
			continue
		}
		if p.inRange(row) {
			of++
		}
		if out(row) {
			gone = append(gone, row)
			if p.inRange(row) {
				dropped++
			}
		}
	}
	for _, row := range gone {
		p.flags[row] &^= valued
	}
	p.note(key, dropped, of)
}

// inRange says whether a record is one of those the query asks about.
func (p *panel) inRange(row int) bool {
	return p.flags[row]&passes != 0 && p.query.covers(p.years[p.yearOf[row]])
}

func (q Query) covers(year int) bool {
	return (q.From == 0 || year >= q.From) && (q.To == 0 || year <= q.To)
}

func (p *panel) dropLevels() error {
	if !p.ind.PrimaryOnly {
		return nil
	}
	level, err := column(p.src, kindMapping, "level")
	if err != nil || level == nil {
		return err
	}
	higher := matches(level, "secondary", "tertiary")
	p.drop(NoteHigherLevel, func(row int) bool { return hit(level, higher, row) })
	return nil
}

// dropConsolidated leaves out the subsidiaries of a group whose own record of
// the year covers the whole group.
func (p *panel) dropConsolidated() error {
	if !p.ind.Consolidate || p.cover == nil || len(p.lives.parents) == 0 {
		return nil
	}
	group := matches(p.cover, "group")
	p.drop(NoteConsolidated, func(row int) bool {
		for _, l := range p.lives.parents[p.unit[row]] {
			if l.year > p.years[p.yearOf[row]] {
				continue
			}
			if r := p.rowAt(l.to, p.yearOf[row], used); r >= 0 && hit(p.cover, group, int(r)) && p.flags[r]&valued != 0 {
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
func (p *panel) dropDead() error {
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
func (p *panel) readCurrency() error {
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

// rowAt gives the record of a unit in a year that has all the flags, or -1.
func (p *panel) rowAt(u int32, year int16, want rowFlag) int32 {
	for _, row := range p.rowsOf(u) {
		if p.yearOf[row] == year && p.flags[row]&(want|used) == want|used {
			return row
		}
	}
	return -1
}
