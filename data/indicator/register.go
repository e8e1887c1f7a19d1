package indicator

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// Register is the set of cells that earlier releases told or kept back. Given
// to a query as Earlier, it keeps the pattern: what was hidden stays hidden, and
// what was told is never counted on to protect another cell. It is not safe for
// use by several goroutines at once.
type Register struct {
	cells map[cellID]ReleasedCell
}

type cellID struct {
	indicator, of string
	year          int
}

// ReleasedCell is one figure of an earlier release.
type ReleasedCell struct {
	Indicator string `json:"indicator"`
	// Of names the classes of the breakdowns and filters, by breakdown:
	// "country=IT;size=0-9"; several classes of a filter have | between them,
	// and the total of everything is "". An estimated total has totals=estimated
	// among them.
	Of     string `json:"of"`
	Year   int    `json:"year"`
	Hidden bool   `json:"hidden"`
	N      int    `json:"n"` // cooperatives with a value
}

// NewRegister gives a register of cells, such as those that Cells gave.
func NewRegister(cells ...ReleasedCell) *Register {
	r := &Register{cells: map[cellID]ReleasedCell{}}
	r.Put(cells...)
	return r
}

// Put enters cells as they were told or hidden. A cell that was ever hidden
// counts as hidden.
func (r *Register) Put(cells ...ReleasedCell) {
	for _, c := range cells {
		r.put(c)
	}
}

func (r *Register) put(c ReleasedCell) {
	id := cellID{c.Indicator, c.Of, c.Year}
	c.Hidden = c.Hidden || r.cells[id].Hidden
	r.cells[id] = c
}

// Add enters the figures of a result that is released. Only figures under
// disclosure control are entered. A cell that was ever hidden counts as hidden.
func (r *Register) Add(q Query, result *Result) {
	for _, c := range released(q, result) {
		r.put(c)
	}
}

// Cells gives all cells in the order of indicator, cell and year.
func (r *Register) Cells() []ReleasedCell {
	out := make([]ReleasedCell, 0, len(r.cells))
	for _, c := range r.cells {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b ReleasedCell) int {
		return cmp.Or(strings.Compare(a.Indicator, b.Indicator), strings.Compare(a.Of, b.Of), cmp.Compare(a.Year, b.Year))
	})
	return out
}

// Differences gives the cells that were told earlier and that a result would
// tell again with 1 to 4 cooperatives more or fewer: the difference of the two
// figures would tell of those few. The cells are as they were told.
func (r *Register) Differences(q Query, result *Result) []ReleasedCell {
	var out []ReleasedCell
	for _, c := range released(q, result) {
		for _, of := range [...]string{c.Of, otherTotal(c.Of)} {
			before, ok := r.cells[cellID{c.Indicator, of, c.Year}]
			if gap := before.N - c.N; ok && !before.Hidden && !c.Hidden && (few(gap) || few(-gap)) {
				out = append(out, before)
			}
		}
	}
	return out
}

// released lists what a result tells or hides, as the register keeps it.
func released(q Query, result *Result) []ReleasedCell {
	ind, ok := Find(result.Indicator)
	if ok && !ind.Magnitude {
		return nil
	}
	var out []ReleasedCell
	for i := range result.Points {
		pt := &result.Points[i]
		if !pt.Known {
			continue
		}
		classes := map[string][]string{}
		for name, values := range q.Where {
			classes[name] = values
		}
		for d, name := range result.By {
			if name != "year" && pt.Keys[d] != AllClasses {
				classes[name] = []string{pt.Keys[d]}
			}
		}
		of := cellName(classes)
		if result.Estimated != nil {
			of = asEstimated(of)
		}
		out = append(out, ReleasedCell{result.Indicator, of, pt.Year, pt.Hidden, pt.N})
	}
	return out
}

// estimatedTotals marks the name of a cell whose total is estimated. It stands
// last, where no breakdown could.
const estimatedTotals = "totals=estimated"

// asEstimated names the estimated total of a cell.
func asEstimated(of string) string {
	if of == "" {
		return estimatedTotals
	}
	return of + ";" + estimatedTotals
}

// otherTotal names the reported total of an estimated cell, and the other way
// round.
func otherTotal(of string) string {
	if reported, is := strings.CutSuffix(of, estimatedTotals); is {
		return strings.TrimSuffix(reported, ";")
	}
	return asEstimated(of)
}

// cellName writes classes by breakdown in one way only.
func cellName(classes map[string][]string) string {
	var parts []string
	for _, name := range sortedKeys(classes) {
		values := append([]string(nil), classes[name]...)
		sort.Strings(values)
		parts = append(parts, name+"="+strings.Join(values, "|"))
	}
	return strings.Join(parts, ";")
}
