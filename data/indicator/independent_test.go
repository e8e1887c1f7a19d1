package indicator

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"
)

// The second implementation below reads the register's file line by line and
// shares nothing with the package: no frame, no panel, no sets of its own. It
// knows nothing of births and deaths, as the file says nothing of them.

// ukFigure is what a cooperative said of one year.
type ukFigure struct {
	value   int
	end     time.Time
	dated   bool
	carried bool
}

// ukFigures reads one column: figures by cooperative and year.
func ukFigures(rows []map[string]string, column string) map[string]map[int]ukFigure {
	out := map[string]map[int]ukFigure{}
	for _, r := range rows {
		value, err := strconv.Atoi(r[column])
		if err != nil {
			continue
		}
		year, _ := strconv.Atoi(r["economic_year"])
		f := ukFigure{value: value}
		f.end, err = time.Parse("2006-01-02", r["year_end"])
		f.dated = err == nil
		for _, other := range rows { // the same accounts under an earlier year
			before, _ := strconv.Atoi(other["economic_year"])
			if f.dated && other["coop_id"] == r["coop_id"] && before < year && other["year_end"] == r["year_end"] {
				f.carried = true
			}
		}
		if out[r["coop_id"]] == nil {
			out[r["coop_id"]] = map[int]ukFigure{}
		}
		out[r["coop_id"]][year] = f
	}
	return out
}

// ukPair is everything that is printed of a pair of years.
type ukPair struct {
	n              [4]int // M N E L
	from, to       [4]int
	g1, share1, g3 string
	n1             int
}

func ukCompare(figures map[string]map[int]ukFigure, s, t int, any bool) ukPair {
	var p ukPair
	for _, years := range figures {
		a, hasA := years[s]
		b, hasB := years[t]
		set := 3
		switch {
		case !hasA && !hasB:
			continue
		case hasA && hasB:
			months := math.Round(b.end.Sub(a.end).Hours() / 24 / 30.436875)
			follows := !a.dated || !b.dated || months >= float64(11*(t-s)) && months <= float64(13*(t-s))
			if set = 0; a.carried || b.carried || !follows {
				set = 1
			}
		case hasB:
			set = 2
		}
		p.n[set]++
		p.from[set] += a.value
		p.to[set] += b.value
	}
	from, to := p.from[0], p.to[0]
	if p.n1 = p.n[0]; any {
		p.n1, from, to = p.n1+p.n[1], from+p.from[1], to+p.to[1]
	}
	all, allTo := 0, 0
	for i := range p.from {
		all, allTo = all+p.from[i], allTo+p.to[i]
	}
	p.g1, p.share1 = "", "0.0"
	if p.n1 > 0 && from > 0 {
		p.g1 = fmt.Sprintf("%.2f", 100*(float64(to)/float64(from)-1))
	}
	p.share1 = fmt.Sprintf("%.1f", 100*float64(from)/float64(all))
	p.g3 = fmt.Sprintf("%.2f", 100*(float64(allTo)/float64(all)-1))
	return p
}

// Sets, n, share, G1, G2, G3 and decomposition of the real panel equal those of
// the second implementation, for four indicators and each pair of years, with
// carried values left out of changes and counted in.
func TestRealPanelEqualsSecondImplementation(t *testing.T) {
	rows := ukRows(t)
	b := ukBook(t, rows)
	compared := 0
	for code, column := range map[string]string{
		"I13": "turnover_gbp", "I04": "memberships", "I05": "employees", "I13d": "member_funds_gbp",
	} {
		figures := ukFigures(rows, column)
		for _, pairs := range []Pairs{Comparable, Any} {
			r := b.compute(Query{Indicator: code, Pairs: pairs, Decompose: true})
			for _, d := range r.Decompositions {
				what := fmt.Sprintf("%s %d-%d %s", code, d.From, d.To, pairs)
				want := ukCompare(figures, d.From, d.To, pairs == Any)
				pt := point(t, r, fmt.Sprint(d.To))
				for i, set := range []Set{SetMatched, SetNotComparable, SetEntered, SetLost} {
					got := d.Sets[set]
					equal(t, what+" set "+set.String(), fmt.Sprint(got.N, got.From, got.To), fmt.Sprint(want.n[i], want.from[i], want.to[i]))
				}
				equal(t, what+" births and deaths", fmt.Sprint(d.Sets[SetBirth].N, d.Sets[SetDeath].N, d.Moved), "0 0 0")
				change := fmt.Sprintf("%s %d %s", want.g1, want.n1, want.share1)
				equal(t, what+" G1", told(pt.Matched), change)
				equal(t, what+" G2", told(pt.Demographic), change)
				cells := pt.All.cells()
				equal(t, what+" G3", cells[0], want.g3)
				equal(t, what+" totals", fmt.Sprint(d.Base, d.Total), fmt.Sprint(sum4(want.from), sum4(want.to)))
				compared++
			}
		}
	}
	if compared != 4*2*5 {
		t.Errorf("%d pairs of years compared, want 40", compared)
	}
}

func sum4(x [4]int) int { return x[0] + x[1] + x[2] + x[3] }
