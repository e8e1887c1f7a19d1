package indicator

import "context"

// A questionnaire of a workspace's own says of cooperatives what it asks. What
// they are, the mapping says: their classes, births and deaths are borrowed from
// it where the questionnaire is silent.

// counterparts gives, for each cooperative that has records, its unit in the
// mapping; -1 where the mapping does not know it.
func (r *frameRows) counterparts() ([]int32, error) {
	var own, theirs *Column
	if err := columns(r.prepared.src, r.prepared.shape.kind, map[string]**Column{r.prepared.shape.unit: &own}); err != nil {
		return nil, err
	}
	if err := columns(r.prepared.src, kindMapping, map[string]**Column{"subject": &theirs}); err != nil {
		return nil, err
	}
	var names []string
	if theirs != nil {
		names = theirs.Dictionary
	}
	if own == nil {
		return nil, nil
	}
	return finder{names}.find(own.Dictionary), nil
}

// borrowClasses fills the classes that are not known from the mapping: of the same
// year, else of the nearest year before, else of the first after.
func (r *frameRows) borrowClasses(c *classes, name string) (*classes, error) {
	units, err := r.counterparts()
	if err != nil {
		return nil, err
	}
	mapping, err := r.prepared.main.choose(context.Background(), false)
	if err != nil {
		return nil, err
	}
	theirs, err := mapping.classesOf(name)
	if err != nil {
		return nil, err
	}
	codes := make([]int32, r.count())
	for row := range codes {
		if at := mapping.nearest(units[r.unit[row]], r.years[r.yearOf[row]], theirs.codes); at >= 0 {
			codes[row] = theirs.codes[at]
		}
	}
	if !c.ranked {
		return c.orElse(&classes{codes: codes, labels: theirs.labels}), nil
	}
	for row, code := range c.codes { // ranked classes are the same everywhere
		if code != 0 {
			codes[row] = code
		}
	}
	return &classes{codes: codes, labels: c.labels, ranked: true}, nil
}

// nearest gives the record of a unit, -1 for none, that has a class and is of a
// year, else of the nearest before, else of the first after.
func (c *chosen) nearest(unit int32, year int, codes []int32) int32 {
	if unit < 0 {
		return -1
	}
	best := int32(-1)
	from, to := c.rowsOf(unit)
	for row := from; row < to; row++ {
		if c.flags[row]&used == 0 || codes[row] == 0 {
			continue
		}
		if best < 0 || c.years[c.yearOf[row]] <= year {
			best = row
		}
	}
	return best
}

// borrowLives takes over the births and deaths that the mapping tells of.
func (c *chosen) borrowLives(validated bool) error {
	units, err := c.counterparts()
	if err != nil {
		return err
	}
	mapping, err := c.prepared.main.choose(context.Background(), validated)
	if err != nil {
		return err
	}
	for own, theirs := range units {
		if theirs < 0 {
			continue
		}
		u, from := int32(own), mapping.lives
		if events := from.events[theirs]; len(events) > 0 {
			c.lives.events[u] = append(append([]lifeEvent(nil), events...), c.lives.events[u]...)
			sortEvents(c.lives.events[u])
			c.lives.mortal.Set(own)
		}
		if from.born.Get(int(theirs)) {
			c.lives.born.Set(own)
		}
		if c.roll.began[u] == 0 && from.began[theirs] != 0 && (c.lives.began[u] == 0 || from.began[theirs] < c.lives.began[u]) {
			c.lives.began[u] = from.began[theirs]
		}
	}
	return nil
}
