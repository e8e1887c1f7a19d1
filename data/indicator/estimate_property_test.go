package indicator

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawCells makes the cells of a frame with those that answered.
func drawCells(t *rapid.T) []frameCell {
	var out []frameCell
	for _, kind := range rapid.SampledFrom([][]string{{""}, {"producer", "worker"}, {"consumer", "producer", "worker", ""}}).Draw(t, "kinds") {
		sizes := []int32{0}
		if kind != "" && rapid.Bool().Draw(t, "by size") {
			sizes = []int32{1, 2, 3, 4}
		}
		for _, size := range sizes {
			n := rapid.Int64Range(0, 12).Draw(t, "n")
			out = append(out, frameCell{kind, size, rapid.Int64Range(-3, 60).Draw(t, "known"), n})
		}
	}
	return out
}

// Every cell with anybody in it is in exactly one stratum, and a stratum has five
// cooperatives or was reached in full.
func TestJoinedStrataArePartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCells(t)
		placed := int64(0)
		for _, c := range cells {
			placed += c.n
		}
		if placed < weightFrom {
			t.Skip("too few are not estimated")
		}
		groups := joinCells(cells)
		seen := map[int]bool{}
		for _, g := range groups {
			known, n := int64(0), int64(0)
			for _, i := range g.cells {
				if seen[i] {
					t.Fatalf("cell %d is in two strata", i)
				}
				seen[i] = true
				known, n = known+cells[i].known, n+cells[i].n
			}
			if n == 0 || known != g.known || n != g.n || n < weightFrom && n < known {
				t.Fatalf("stratum %+v of cells %+v", g, cells)
			}
		}
		for i, c := range cells {
			if (c.n > 0 || c.known > 0) && !seen[i] {
				t.Fatalf("cell %d is in no stratum", i)
			}
		}
		if again := joinCells(slices.Clone(cells)); fmt.Sprint(again) != fmt.Sprint(groups) {
			t.Fatal("the same cells are joined otherwise")
		}
	})
}

// drawFrame makes records with a frame: of some countries none, of others by type
// and size in any detail.
func drawFrame(t *rapid.T, full bool) (rows, known []Row) {
	types, persons := []string{"worker", "producer"}, []int{3, 20, 90, 400}
	for _, country := range []string{"AA", "BB"} {
		detail := rapid.IntRange(0, 3).Draw(t, "detail")
		if full {
			detail = max(detail, 1)
		}
		count := map[string]int{}
		for u := range rapid.IntRange(0, 24).Draw(t, "units") + 5*int(truth(full)) {
			kind, class := rapid.SampledFrom(types).Draw(t, "type"), rapid.IntRange(0, 3).Draw(t, "size")
			rows = append(rows, Row{
				"record": fmt.Sprint(country, u), "subject": fmt.Sprint(country, u), "year": 2021, "state": "validated", "status": "active",
				"country": country, "ilo_type": kind, "persons_working": persons[class], "members": rapid.IntRange(0, 500).Draw(t, "members"),
				"section": rapid.SampledFrom([]string{"A", "C"}).Draw(t, "section"),
			})
			count[""]++
			count[kind]++
			count[kind+sizeLabels[class+1]]++
		}
		more := func(n int) int {
			if full {
				return n
			}
			return n + rapid.IntRange(-2, 40).Draw(t, "more")
		}
		put := func(kind, size string) {
			row := Row{"country": country, "year": 2021, "known": max(more(count[kind+size]), 0)}
			if kind != "" {
				row["ilo_type"] = kind
			}
			if size != "" {
				row["size"] = size
			}
			known = append(known, row)
		}
		if detail == 1 {
			put("", "")
		}
		for _, kind := range types {
			if detail == 2 {
				put(kind, "")
			}
			for _, size := range sizeLabels[1:] {
				if detail == 3 {
					put(kind, size)
				}
			}
		}
	}
	return rows, known
}

func frameTable(t testing.TB, rows, known []Row, random *rand.Rand) *Table {
	table := NewTable(day(2026, 1, 1))
	for kind, all := range map[string][]Row{"mapping": rows, "population": known} {
		order := make([]int, len(all))
		for i := range order {
			order[i] = i
		}
		if random != nil {
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		for _, i := range order {
			if err := table.Add(kind, all[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

func estimatedAs(t testing.TB, table *Table, q Query) *Result {
	q.Estimated = true
	r, err := Compute(context.Background(), table, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestShufflingChangesNoEstimate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, known := drawFrame(rt, false)
		q := Query{Indicator: "I04", By: []string{"section", "ilo_type"}, Disclosure: rapid.Bool().Draw(rt, "disclosure"), Totals: true}
		var want []byte
		for seed := range uint64(4) {
			r := estimatedAs(t, frameTable(t, rows, known, rand.New(rand.NewPCG(seed, 7))), q)
			r.Frame = ""
			got, err := json.Marshal(r)
			if err != nil {
				rt.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

// The weights of a population that was reached in full are one, and its estimated
// totals are the reported ones.
func TestAFullPopulationStandsForItself(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, known := drawFrame(rt, true)
		table := frameTable(t, rows, known, nil)
		q := Query{Indicator: "I04", By: []string{"country", "section"}, Basis: All}
		plain, err := Compute(context.Background(), table, q)
		if err != nil {
			rt.Fatal(err)
		}
		for i, p := range estimatedAs(t, table, q).Points {
			if p.Value != plain.Points[i].Value || p.N != plain.Points[i].N {
				rt.Fatalf("%v is %v on %d, reported %v on %d", p.Keys, p.Value, p.N, plain.Points[i].Value, plain.Points[i].N)
			}
		}
	})
}

// The weights of the cooperatives that answered add up to the known population,
// but for what trimming takes; none is below one; and what sections give adds up
// to the total.
func TestWeightsAddUpToThePopulation(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows, known := drawFrame(rt, false)
		table := frameTable(t, rows, known, nil)
		ind, _ := Find("I04")
		p, err := newPanel(context.Background(), table.Prepared(), ind, Query{Indicator: "I04"})
		if err != nil {
			rt.Fatal(err)
		}
		w, err := p.weighted()
		if err != nil {
			rt.Fatal(err)
		}
		total := new(big.Rat)
		sums := map[int32]*big.Rat{}
		for row, s := range w.of {
			if s < 0 {
				continue
			}
			if w.weight[s].Cmp(big.NewRat(1, 1)) < 0 {
				rt.Fatalf("a weight is %v", w.weight[s])
			}
			if sums[w.at[row]] == nil {
				sums[w.at[row]] = new(big.Rat)
			}
			sums[w.at[row]].Add(sums[w.at[row]], w.weight[s])
			total.Add(total, new(big.Rat).Mul(w.weight[s], big.NewRat(p.num[row], 1)))
		}
		for at, c := range w.years {
			if c.strata == nil {
				continue
			}
			gap, _ := new(big.Rat).Sub(sums[int32(at)], big.NewRat(int64(c.used.Known-c.used.Lost), 1)).Float64()
			if sum := sums[int32(at)]; math.Abs(gap) > 0.5 || gap != 0 && c.used.Trimmed == 0 { // Lost is a whole number
				rt.Fatalf("%s: weights add up to %v of %+v", c.country, sum, c.used)
			}
		}
		q := Query{Indicator: "I04", By: []string{"section"}, Totals: true}
		for _, pt := range estimatedAs(t, table, q).Points {
			if pt.Keys[1] == AllClasses && pt.Known && pt.Value != roundRat(total, 0) {
				rt.Fatalf("the total is %v, the weights give %v", pt.Value, total)
			}
		}
	})
}
