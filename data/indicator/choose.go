package indicator

import (
	"context"
	"math"
)

// readAccounts reads what fiscal years and units the figures rest on.
func (r *frameRows) readAccounts() error {
	var start, end *Column
	err := columns(r.prepared.src, r.prepared.shape.kind, map[string]**Column{"fiscal_start": &start, "fiscal_end": &end})
	if err != nil {
		return err
	}
	if r.cover, err = codeClasses(r, "figures_cover"); err != nil {
		return err
	}
	r.end = make([]int32, r.count())
	lastDays := make([]int64, len(r.years))
	for y, year := range r.years {
		lastDays[y] = lastDay(year)
	}
	atOnce(len(r.parts), func(i int) {
		r.readPeriods(start, end, r.parts[i].rows)
		r.flagAccounts(lastDays, r.parts[i].units)
	})
	return nil
}

// readPeriods reads the fiscal years of a run of rows.
func (r *frameRows) readPeriods(start, end *Column, rows run) {
	for row := int(rows[0]); row < int(rows[1]); row++ {
		r.end[row] = unknownDay
		at := r.place(row)
		if end == nil || !end.Valid.Get(at) {
			continue
		}
		if day := end.Values[at]; day > math.MinInt32 && day <= math.MaxInt32 {
			r.end[row] = int32(day)
		}
		if start != nil && start.Valid.Get(at) {
			if m := months(end.Values[at] - start.Values[at] + 1); m < 11 || m > 13 {
				r.flags[row] |= irregular
			}
		}
	}
}

// flagAccounts marks what is carried forward and what is old among the records of
// some units. Records that are not validated are evidence too, even where they are
// not counted.
func (r *frameRows) flagAccounts(lastDays []int64, units [2]int32) {
	for u := units[0]; u < units[1]; u++ {
		from, to := r.rowsOf(u)
		for row := from; row < to; row++ {
			end := r.end[row]
			if end == unknownDay {
				continue
			}
			if lastDays[r.yearOf[row]]-int64(end) > OldAfter {
				r.flags[row] |= old
			}
			for before := from; before < row; before++ {
				if r.end[before] == end && r.yearOf[before] < r.yearOf[row] {
					r.flags[row] |= carried
					break
				}
			}
		}
	}
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

// chosen are the rows with one record of each cooperative and year marked as
// used, and the lives that these tell.
type chosen struct {
	*frameRows
	flags    []rowFlag
	lives    *lives
	repeated int // further records of a cooperative and year, left out
}

// choose leaves out what nobody validated, where that is wanted, and all but
// one record of a cooperative and year.
func choose(ctx context.Context, rows *frameRows, validated bool) (*chosen, error) {
	c := &chosen{frameRows: rows, flags: make([]rowFlag, rows.count())}
	inRuns(len(c.flags), func(from, to int) {
		for row := from; row < to; row++ {
			f := rows.flags[row]
			if c.flags[row] = f; validated && f&unvalidated != 0 {
				c.flags[row] &^= used
			}
		}
	})
	for _, step := range []func() error{c.dropRepeated, func() error { return c.readLives(validated) }} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// dropRepeated keeps one record of a cooperative and year: locked before
// validated before submitted, then the latest accounts, then the record with the
// highest id.
func (c *chosen) dropRepeated() error {
	var record *Column
	for u := range int32(len(c.start) - 1) {
		best := int32(-1)
		from, to := c.rowsOf(u)
		for row := from; row < to; row++ {
			if c.flags[row]&used == 0 {
				continue
			}
			if best < 0 || c.yearOf[best] != c.yearOf[row] {
				best = row
				continue
			}
			if record == nil { // most frames never need it
				var err error
				if record, err = c.column("record"); err != nil {
					return err
				}
			}
			c.repeated++
			loser := row
			if c.better(record, row, best) {
				loser, best = best, row
			}
			c.flags[loser] &^= used
		}
	}
	return nil
}

func (c *chosen) better(record *Column, a, b int32) bool {
	if va, vb := c.flags[a]&unvalidated == 0, c.flags[b]&unvalidated == 0; va != vb {
		return va
	}
	if la, lb := c.flags[a]&locked != 0, c.flags[b]&locked != 0; la != lb {
		return la
	}
	if c.end[a] != c.end[b] {
		return c.end[a] > c.end[b]
	}
	ra, _ := record.Text(int(a))
	rb, _ := record.Text(int(b))
	return ra > rb
}

// readLives reads who was born, lives and died, and marks the records of active
// cooperatives.
func (c *chosen) readLives(validated bool) error {
	var status, outcome *Column
	if c.prepared.shape.apart {
		c.lives = newLives(c.roll)
		for row, f := range c.flags {
			if f&used != 0 {
				c.flags[row] |= active
			}
		}
		return nil
	}
	if err := c.columns(map[string]**Column{"status": &status, "outcome": &outcome}); err != nil {
		return err
	}
	c.lives = newLives(c.roll)
	cessation, err := c.column("cessation_year")
	if err != nil {
		return err
	}
	c.readDeaths(status, outcome, cessation)
	if err := c.readEntries(); err != nil {
		return err
	}
	if c.prepared.shape.borrows {
		if err := c.borrowLives(validated); err != nil {
			return err
		}
	}
	c.lives.dateLinks(c.roll)
	c.flagActive(status, outcome)
	return nil
}

// flagActive marks records of active cooperatives: M2.06 says so, or says
// nothing and the interview took place.
func (c *chosen) flagActive(status, outcome *Column) {
	isActive := matches(status, "active")
	took := matches(outcome, "complete", "partial")
	inRuns(len(c.flags), func(from, to int) {
		for row := from; row < to; row++ {
			if c.flags[row]&used == 0 {
				continue
			}
			known := status != nil && status.Valid.Get(row)
			happened := outcome == nil || !outcome.Valid.Get(row) || hit(outcome, took, row)
			if known && hit(status, isActive, row) || !known && happened && !c.lives.dead(c.unit[row], c.years[c.yearOf[row]]) {
				c.flags[row] |= active
			}
		}
	})
}
