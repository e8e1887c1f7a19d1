package indicator

// addLives puts births and deaths into levels: the base of a rate is every
// cooperative that was active at any time in the year, in the cell of its record
// of that year, else of the one before, else of the one after (Eurostat,
// business demography; domain reference, I26 to I28).
func (a *answer) addLives(levels []level) {
	for i := range levels {
		levels[i].n, levels[i].num, levels[i].den = 0, Int128{}, Int128{}
	}
	var rows []int32
	for u := range int32(len(a.start) - 1) {
		rows = a.usedRows(u, rows[:0])
		for y := range a.years {
			if len(rows) == 0 || !a.query.covers(a.years[y]) {
				continue
			}
			cell := a.cells.of[a.nearest(rows, y)]
			if cell < 0 {
				continue
			}
			l := &levels[int(cell)*len(a.years)+y]
			if a.ind.Formula == Survival {
				a.follow(l, u, rows, y)
			} else {
				a.countLife(l, u, rows, y)
			}
		}
	}
}

// usedRows appends the records of a unit that count.
func (a *answer) usedRows(u int32, to []int32) []int32 {
	from, end := a.rowsOf(u)
	for row := from; row < end; row++ {
		if a.flags[row]&used != 0 {
			to = append(to, row)
		}
	}
	return to
}

// nearest gives the record that says in which cell a cooperative was.
func (p *panel) nearest(rows []int32, year int) int32 {
	at := rows[0]
	for _, row := range rows {
		if int(p.yearOf[row]) <= year {
			at = row
		}
	}
	return at
}

// countLife counts a cooperative that was active at any time in a year.
func (a *answer) countLife(l *level, u int32, rows []int32, y int) {
	born, died := a.bornIn(u, a.years[y]), a.diedIn(u, a.years[y])
	if !born && !died && !a.activeAt(u, rows, y) {
		return
	}
	value := int64(0)
	switch a.ind.Formula {
	case Births:
		value = truth(born)
	case Deaths:
		value = truth(died)
	case NetCreation:
		value = a.netOf(u, y, born, died)
	}
	l.n++
	l.num.Add(value)
	l.den.Add(1)
}

func truth(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// netOf counts what an item of net creation counts. Conversions are apart.
func (a *answer) netOf(u int32, y int, born, died bool) int64 {
	year := a.years[y]
	began := int(a.lives.began[u]) == year
	switch a.ind.item {
	case "births":
		return truth(born)
	case "deaths":
		return truth(died)
	case "converted_in":
		return truth(began && a.lives.convert.Get(int(u)))
	case "converted_out":
		e, ok := a.ended(u, year)
		return truth(ok && e.turned)
	}
	return truth(born) - truth(died)
}

// bornIn says whether a cooperative was registered in a year and entered as a
// birth: mergers, splits, conversions and newly mapped ones are none.
func (a *answer) bornIn(u int32, year int) bool {
	return int(a.lives.began[u]) == year && a.lives.born.Get(int(u)) && !a.lives.convert.Get(int(u))
}

// diedIn says whether a cooperative ceased in a year for good: merging and
// converting is no death, and a reactivation within two years cancels it.
func (a *answer) diedIn(u int32, year int) bool {
	e, ok := a.ended(u, year)
	return ok && !e.turned && !e.merged
}

// ended gives the event by which a cooperative ended in a year.
func (a *answer) ended(u int32, year int) (lifeEvent, bool) {
	before := false // dead already
	for i, e := range a.lives.events[u] {
		if e.year >= year {
			break
		}
		before = a.lives.events[u][i].dead
	}
	e, ok := a.lives.last(u, year)
	if !ok || !e.dead || e.year != year || before {
		return lifeEvent{}, false
	}
	for _, later := range a.lives.events[u] {
		if !later.dead && later.year > year && later.year <= year+2 {
			return lifeEvent{}, false
		}
	}
	return e, true
}

// activeAt says whether a cooperative was active at the end of a year: its
// record says so, or those before and after it do.
func (a *answer) activeAt(u int32, rows []int32, y int) bool {
	before, after := false, false
	for _, row := range rows {
		switch is := a.flags[row]&active != 0; {
		case int(a.yearOf[row]) == y:
			return is
		case int(a.yearOf[row]) < y:
			before = is
		default:
			after = after || is
		}
	}
	return before && after && !a.lives.dead(u, a.years[y])
}

// follow counts a cooperative born in a year by what became of it: alive, dead,
// or out of sight, which is no death.
func (a *answer) follow(l *level, u int32, rows []int32, y int) {
	until := a.years[y] + a.ind.Years
	if !a.bornIn(u, a.years[y]) || until > a.years[len(a.years)-1] {
		return
	}
	l.n++
	l.den.Add(1)
	last := a.years[a.yearOf[rows[len(rows)-1]]]
	switch {
	case a.lives.dead(u, until):
	case last >= until:
		l.num.Add(1)
	default:
		l.unknown++
	}
}

// provisional says whether deaths of a year may still turn out to be none.
func (a *answer) provisional(year int) bool {
	f := a.ind.Formula
	return (f == Deaths || f == NetCreation) && a.years[len(a.years)-1] < year+2
}
