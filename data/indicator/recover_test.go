package indicator

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// attack is what a reader knows of one year of a published table: equations
// over the cells that are hidden.
type attack struct {
	names  []string
	truth  []float64
	rows   [][]float64 // coefficients of the hidden cells
	totals []float64
}

// newAttack reads the published points of a year and the true ones, which only
// the test has.
func newAttack(published, truth *Result, year int) *attack {
	a := &attack{}
	value := map[string]float64{}
	column := map[string]int{}
	for i, p := range published.Points {
		if p.Year != year {
			continue
		}
		name := strings.Join(p.Keys[1:], "/")
		if p.Hidden {
			column[name] = len(a.names)
			a.names = append(a.names, name)
			a.truth = append(a.truth, truth.Points[i].Value.Float())
		} else {
			value[name] = p.Value.Float()
		}
	}
	lines := map[string][]string{}
	for _, p := range published.Points {
		if p.Year != year {
			continue
		}
		for d := 1; d < len(p.Keys); d++ {
			if p.Keys[d] != AllClasses {
				total := slices.Clone(p.Keys[1:])
				total[d-1] = AllClasses
				of := fmt.Sprint(d, " ", strings.Join(total, "/"))
				lines[of] = append(lines[of], strings.Join(p.Keys[1:], "/"))
			}
		}
	}
	for _, of := range sortedKeys(lines) {
		_, total, _ := strings.Cut(of, " ")
		row, sum := make([]float64, len(a.names)), 0.0
		put := func(name string, sign float64) {
			if c, hidden := column[name]; hidden {
				row[c] += sign
			} else {
				sum -= sign * value[name]
			}
		}
		for _, part := range lines[of] {
			put(part, 1)
		}
		put(total, -1)
		a.rows, a.totals = append(a.rows, row), append(a.totals, sum)
	}
	return a
}

// extreme solves for the largest (sign 1) or smallest (sign -1) value that a
// hidden cell can have where no cell is negative, by the simplex method with
// Bland's rule over artificial variables; +Inf where nothing bounds it.
func (a *attack) extreme(cell int, sign float64) float64 {
	m, n := len(a.rows), len(a.names)
	t := make([][]float64, m)
	basis := make([]int, m)
	for i, row := range a.rows {
		t[i] = make([]float64, n+m+1)
		flip := 1.0
		if a.totals[i] < 0 {
			flip = -1
		}
		for j, v := range row {
			t[i][j] = flip * v
		}
		t[i][n+i], t[i][n+m], basis[i] = 1, flip*a.totals[i], n+i
	}
	first := make([]float64, n+m)
	for j := n; j < n+m; j++ {
		first[j] = -1
	}
	simplex(t, basis, first, n+m)
	for i := range basis { // artificial variables leave where they can
		for j := 0; basis[i] >= n && j < n; j++ {
			if math.Abs(t[i][j]) > 1e-7 {
				pivot(t, basis, i, j)
			}
		}
	}
	second := make([]float64, n+m)
	second[cell] = sign
	if !simplex(t, basis, second, n) {
		return sign * math.Inf(1)
	}
	for i, b := range basis {
		if b == cell {
			return t[i][n+m]
		}
	}
	return 0
}

// simplex maximises over the first columns; it says no where there is no bound.
func simplex(t [][]float64, basis []int, gain []float64, columns int) bool {
	for {
		enter := -1
		for j := 0; j < columns && enter < 0; j++ {
			d := gain[j]
			for i, b := range basis {
				d -= gain[b] * t[i][j]
			}
			if d > 1e-7 && !slices.Contains(basis, j) {
				enter = j
			}
		}
		if enter < 0 {
			return true
		}
		leave, least := -1, math.Inf(1)
		for i := range t {
			if c := t[i][enter]; c > 1e-7 {
				r := t[i][len(t[i])-1] / c
				if r < least-1e-9 || r < least+1e-9 && basis[i] < basis[leave] {
					leave, least = i, r
				}
			}
		}
		if leave < 0 {
			return false
		}
		pivot(t, basis, leave, enter)
	}
}

func pivot(t [][]float64, basis []int, row, column int) {
	by := t[row][column]
	for j := range t[row] {
		t[row][j] /= by
	}
	for i := range t {
		if f := t[i][column]; i != row && f != 0 {
			for j := range t[i] {
				t[i][j] -= f * t[row][j]
			}
		}
	}
	basis[row] = column
}

// randomTable is a frame whose table of country by type has cells of few, of
// dominated and of many contributors.
func randomTable(t testing.TB, r *rand.Rand) *book {
	b := newBook(t)
	countries, types := 2+r.IntN(4), 1+r.IntN(4)
	for c := range countries {
		for k := range types {
			n := [...]int{0, 1, 2, 4, 6, 9, 14}[r.IntN(7)]
			for u := range n {
				size := 1 + r.IntN(200)
				if u == 0 && r.IntN(3) == 0 {
					size *= 100
				}
				for y := 2021; y < 2023; y++ {
					if r.IntN(12) > 0 {
						b.mapping(fmt.Sprint("u", c, "-", k, "-", u), y, Row{
							"persons_working": size + r.IntN(20), "country": string(rune('A'+c)) + "X", "ilo_type": fmt.Sprint("type", k),
						})
					}
				}
			}
		}
	}
	return b
}

// No solver can tell a hidden cell from the rows, columns and totals that are
// published, or bound it within 10 % on both sides: 1,000 random tables.
func TestHiddenCellsCannotBeRecovered(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	hidden, shown := 0, 0
	for round := range 1000 {
		b := randomTable(t, random)
		by := [][]string{{"country", "ilo_type"}, {"country", "ilo_type"}, {"country"}}[round%3]
		if b.n == 0 {
			continue
		}
		q := Query{Indicator: "I05", By: by, Totals: true}
		truth := b.compute(q)
		q.Disclosure = true
		published := b.compute(q)
		for year := 2021; year < 2023; year++ {
			a := newAttack(published, truth, year)
			hidden += len(a.names)
			for cell, name := range a.names {
				low, high := a.extreme(cell, -1), a.extreme(cell, 1)
				if tooNarrow(a.truth[cell], low, high) {
					t.Fatalf("table %d, %d: %s is %g, and the published figures bound it from %g to %g", round, year, name, a.truth[cell], low, high)
				}
			}
		}
		for _, p := range published.Points {
			if !p.Hidden {
				shown++
			}
		}
	}
	t.Logf("%d cells hidden, %d published", hidden, shown)
	if hidden < 1000 || shown < 1000 {
		t.Errorf("the tables show little: %d cells hidden, %d published", hidden, shown)
	}
}

// Every line with a hidden cell has two, of three contributors together, and
// the pattern is the same in both years.
func TestRuleOfTwo(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for range 200 {
		b := randomTable(t, random)
		if b.n == 0 {
			continue
		}
		r := b.compute(Query{Indicator: "I05", By: []string{"country", "ilo_type"}, Totals: true, Disclosure: true})
		cells, people, totals, years := map[string]int{}, map[string]int{}, map[string]bool{}, map[string][]bool{}
		for _, p := range r.Points {
			if p.Keys[1] != AllClasses || p.Keys[2] != AllClasses {
				name := p.Keys[1] + "/" + p.Keys[2]
				years[name] = append(years[name], p.Hidden)
			}
			for d, other := range [...]string{"", p.Keys[2], p.Keys[1]} {
				of := fmt.Sprint(p.Year, d, other)
				switch {
				case d == 0 || !p.Hidden:
				case p.Keys[d] == AllClasses:
					totals[of] = true
				default:
					cells[of]++
					people[of] += p.N
				}
			}
		}
		for of, n := range cells {
			if !totals[of] && (n < 2 || people[of] < leastUnion) {
				t.Fatalf("%s has %d hidden cells of %d contributors and its total is told", of, n, people[of])
			}
		}
		for name, pattern := range years {
			if slices.Contains(pattern, true) && slices.Contains(pattern, false) {
				t.Fatalf("%s is hidden in one year only", name)
			}
		}
	}
}

// A filter and a breakdown hide the same, and so does what earlier releases hid.
func TestPatternHoldsAcrossQueries(t *testing.T) {
	b := newBook(t)
	put := func(country string, n, size int) {
		for u := range n {
			for y := 2021; y < 2023; y++ {
				b.mapping(fmt.Sprint(country, u), y, Row{"persons_working": size + u, "country": country})
			}
		}
	}
	put("AA", 2, 10)
	put("BB", 9, 10)
	put("CC", 9, 50)
	put("DD", 9, 500)
	by := Query{Indicator: "I05", By: []string{"country"}, Disclosure: true}
	told := b.compute(by)
	pattern := ""
	for _, p := range told.Points {
		pattern += fmt.Sprint(p.Keys[1], p.Hidden, " ")
	}
	equal(t, "by country", pattern, "AAtrue BBtrue CCfalse DDfalse AAtrue BBtrue CCfalse DDfalse ")
	for country, want := range map[string]bool{"AA": true, "BB": true, "CC": false} {
		r := b.compute(Query{Indicator: "I05", Where: map[string][]string{"country": {country}}, Disclosure: true, From: 2022})
		if got := point(t, r, "2022"); got.Hidden != want || !want && got.Change == nil == (r.Points[0].Year == 2021) {
			t.Errorf("the filter %s hides %v, the breakdown %v", country, got.Hidden, want)
		}
	}
	if r := b.compute(Query{Indicator: "I05", Where: map[string][]string{"country": {"AA", "CC", "DD"}}, Disclosure: true}); !r.Points[0].Hidden {
		t.Error("the sum without BB tells BB by its difference from the total, and then AA")
	}
	// an earlier release hid DD and told BB: DD stays hidden, and hiding BB again would help nobody
	earlier := NewRegister(ReleasedCell{"I05", "country=DD", 2021, true, 9}, ReleasedCell{"I05", "country=BB", 2021, false, 9})
	by.Earlier = earlier
	again := b.compute(by)
	pattern = ""
	for _, p := range again.Points[:4] {
		pattern += fmt.Sprint(p.Keys[1], p.Hidden, " ")
	}
	equal(t, "after the earlier release", pattern, "AAtrue BBfalse CCfalse DDtrue ")
}

func TestRegister(t *testing.T) {
	b := newBook(t)
	for u := range 12 {
		b.mapping(fmt.Sprint("u", u), 2021, Row{"persons_working": 10, "country": "AA"})
	}
	q := Query{Indicator: "I05", Where: map[string][]string{"country": {"AA"}}, Disclosure: true}
	register := NewRegister()
	register.Add(q, b.compute(q))
	equal(t, "cells", fmt.Sprint(register.Cells()), "[{I05 country=AA 2021 false 12}]")
	equal(t, "unchanged", fmt.Sprint(register.Differences(q, b.compute(q))), "[]")
	b.mapping("late", 2021, Row{"persons_working": 77, "country": "AA"})
	equal(t, "one more", fmt.Sprint(register.Differences(q, b.compute(q))), "[{I05 country=AA 2021 false 12}]")
	for u := range 5 {
		b.mapping(fmt.Sprint("later", u), 2021, Row{"persons_working": 7, "country": "AA"})
	}
	equal(t, "six more", fmt.Sprint(register.Differences(q, b.compute(q))), "[]")
	count := Query{Indicator: "I01", Disclosure: true}
	register.Add(count, b.compute(count))
	equal(t, "counts are public", fmt.Sprint(len(register.Cells())), "1")
	hiddenOnce := NewRegister(ReleasedCell{Indicator: "I05", Hidden: true}, ReleasedCell{Indicator: "I05"})
	if !hiddenOnce.Cells()[0].Hidden {
		t.Error("what was ever hidden counts as hidden")
	}
}

// The total of money in several currencies is no total, and protects nothing.
func TestTotalsOverCurrencies(t *testing.T) {
	b := newBook(t)
	for i, c := range []string{"EUR", "GBP"} {
		for u := range 6 {
			b.mapping(fmt.Sprint(c, u), 2021, Row{"turnover": 100 + u, "currency": c, "country": []string{"FR", "GB"}[i]})
		}
	}
	r, err := Compute(context.Background(), b.table, Query{Indicator: "I13", By: []string{"country"}, Totals: true, Disclosure: true})
	if err != nil || len(r.Points) != 2 || r.Points[0].Hidden {
		t.Errorf("%v %+v", err, r)
	}
}

// A bridge between two blocks of hidden cells is exact although each line has
// two: only the network finds it.
func TestNetworkFindsBridges(t *testing.T) {
	var cells [][]int32
	for r := range int32(5) {
		for c := range int32(5) {
			cells = append(cells, []int32{r, c})
		}
	}
	l, up := newLattice(cells, 2)
	f := newFigures(l, 1)
	for i := range cells {
		for _, node := range up[i] {
			f.n[0][node] += 9
			f.value[0][node] += 100
		}
	}
	hidden := [][2]int32{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 2}, {2, 3}, {3, 2}, {3, 3}}
	for _, h := range hidden {
		f.hide(0, l.index[tupleKey([]int32{h[0], h[1]})])
	}
	for _, eq := range l.lines {
		if f.broken(0, eq) {
			t.Fatal("each line should have none or two hidden cells")
		}
	}
	narrow := newNetwork(f, 0, 3).narrow()
	if len(narrow) != 1 || fmt.Sprint(l.tuples[narrow[0]]) != "[0 2]" {
		t.Fatalf("bounded too narrowly: %v", narrow)
	}
	f.protect()
	if left := newNetwork(f, 0, 3).narrow(); len(left) > 0 {
		t.Errorf("still bounded too narrowly: %v", left)
	}
}

// The same holds of tables of three breakdowns, where lines only bound each
// other: 100 random tables.
func TestHiddenCellsOfThreeBreakdowns(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for round := range 100 {
		b := newBook(t)
		for cell := range 12 {
			n := [...]int{2, 6, 9, 14, 20, 30}[random.IntN(6)]
			for u := range n {
				b.mapping(fmt.Sprint(cell, "-", u), 2021, Row{
					"persons_working": 20 + random.IntN(200), "country": fmt.Sprint("C", cell/4),
					"ilo_type": fmt.Sprint("t", cell/2%2), "family": fmt.Sprint("f", cell%2),
				})
			}
		}
		q := Query{Indicator: "I05", By: []string{"country", "ilo_type", "family"}, Totals: true}
		truth := b.compute(q)
		q.Disclosure = true
		a := newAttack(b.compute(q), truth, 2021)
		for cell, name := range a.names {
			if low, high := a.extreme(cell, -1), a.extreme(cell, 1); tooNarrow(a.truth[cell], low, high) {
				t.Fatalf("table %d: %s is %g, and the published figures bound it from %g to %g", round, name, a.truth[cell], low, high)
			}
		}
	}
}
