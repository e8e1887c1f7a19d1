package indicator

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// history is a random panel: the records as they would come in.
type history struct {
	rows  []Row
	coops []Row
	links []Row
	years int
}

// drawHistory makes births, deaths, late entries, refusals in the middle,
// carried values, changed units, short periods and mergers.
func drawHistory(t *rapid.T) history {
	h := history{years: rapid.IntRange(2, 5).Draw(t, "years")}
	n := rapid.IntRange(1, 14).Draw(t, "units")
	for u := range n {
		name := fmt.Sprintf("u%02d", u)
		founded := rapid.IntRange(2015, 2020+h.years).Draw(t, "founded")
		entry := rapid.SampledFrom([]string{"birth", "existing", "reentry", "restructuring"}).Draw(t, "entry")
		h.coops = append(h.coops, Row{"record": name, "founded": founded})
		end := rapid.IntRange(2021, 2035).Draw(t, "end")
		for y := 2020; y < 2020+h.years; y++ {
			h.rows = append(h.rows, drawRecord(t, name, y, end, entry)...)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "links") {
		from, to := rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to")
		y := rapid.IntRange(2020, 2020+h.years).Draw(t, "when")
		h.links = append(h.links, Row{
			"record": fmt.Sprintf("u%02d", from), "link_to": fmt.Sprintf("u%02d", to),
			"link_kind": rapid.SampledFrom([]string{"merged_into", "split_from", "subsidiary_of"}).Draw(t, "kind"), "link_date": day(y, 5, 1),
		})
	}
	return h
}

func drawRecord(t *rapid.T, unit string, year, end int, entry string) []Row {
	row := Row{
		"record": fmt.Sprintf("%s-%d", unit, year), "subject": unit, "year": year, "entry": entry, "currency": "EUR",
		"state":         rapid.SampledFrom([]string{"submitted", "validated", "locked"}).Draw(t, "state"),
		"country":       rapid.SampledFrom([]string{"AA", "BB", "CC"}).Draw(t, "country"),
		"figures_cover": rapid.SampledFrom([]string{"entity", "entity", "entity", "group"}).Draw(t, "cover"),
	}
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		return nil
	case 1:
		return []Row{row}
	}
	for _, concept := range []string{"turnover", "members", "persons_working", "equity"} {
		if rapid.IntRange(0, 6).Draw(t, "answered") > 0 {
			row[concept] = rapid.IntRange(-5, 1000).Draw(t, concept)
		}
	}
	back := rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "carried")
	row["fiscal_end"] = day(year-back, 12, 31)
	row["fiscal_start"] = day(year-back, rapid.SampledFrom([]int{1, 1, 1, 7}).Draw(t, "start"), 1)
	if year >= end {
		row["status"] = rapid.SampledFrom([]string{"ceased", "merged", "converted"}).Draw(t, "status")
	}
	return []Row{row}
}

func (h history) table(t testing.TB, random *rand.Rand) *Table {
	table := NewTable(day(2026, 1, 1))
	for _, kind := range []struct {
		name string
		rows []Row
	}{{"mapping", h.rows}, {"cooperative", h.coops}, {"cooperative.links", h.links}} {
		rows := append([]Row(nil), kind.rows...)
		if random != nil {
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		for _, row := range rows {
			if err := table.Add(kind.name, row); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

func drawQuery(t *rapid.T) Query {
	return Query{
		Indicator: rapid.SampledFrom([]string{"I01", "I04", "I05", "I13", "I13d"}).Draw(t, "indicator"),
		By:        rapid.SampledFrom([][]string{nil, {"country"}, {"size"}, {"country", "size"}}).Draw(t, "by"),
		Pairs:     rapid.SampledFrom([]Pairs{Comparable, Any}).Draw(t, "pairs"),
		Decompose: true, MinN: MinNOff,
		Validated: rapid.Bool().Draw(t, "validated"),
	}
}

// Every decomposition adds up; over all cells the sets hold every unit that has
// a value at either end exactly once, and movers cancel out.
func TestDecompositionAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h, q := drawHistory(rt), drawQuery(rt)
		table := h.table(t, nil)
		r, err := Compute(context.Background(), table, q)
		if err != nil {
			rt.Fatal(err)
		}
		moved, units := map[int]Int128{}, map[int]int{}
		for _, d := range r.Decompositions {
			sum := d.Moved.Units
			for _, s := range d.Sets {
				sum = sum.Plus(s.To.Units).Minus(s.From.Units)
				units[d.To] += s.N
			}
			if sum != d.Total.Units.Minus(d.Base.Units) {
				rt.Fatalf("%v does not add up: %+v", d.Keys, d)
			}
			moved[d.To] = moved[d.To].Plus(d.Moved.Units)
		}
		for year, m := range moved {
			if m.Sign() != 0 {
				rt.Fatalf("movers of %d do not cancel out: %+v", year, m)
			}
		}
		q.By = nil
		whole, err := Compute(context.Background(), table, q)
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range whole.Decompositions {
			n := 0
			for _, s := range d.Sets {
				n += s.N
			}
			if n != units[d.To] || d.Moved.Units.Sign() != 0 {
				rt.Fatalf("%d units in the whole, %d in the cells; moved %v", n, units[d.To], d.Moved)
			}
		}
	})
}

// Shuffling the records changes nothing but the identity of the frame.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h, q := drawHistory(rt), drawQuery(rt)
		seed := rapid.Uint64().Draw(rt, "seed")
		var told [2]string
		for i, table := range []*Table{h.table(t, nil), h.table(t, rand.New(rand.NewPCG(seed, 1)))} {
			r, err := Compute(context.Background(), table, q)
			if err != nil {
				rt.Fatal(err)
			}
			r.Frame = ""
			text, err := json.Marshal(r)
			if err != nil {
				rt.Fatal(err)
			}
			told[i] = string(text)
		}
		if told[0] != told[1] {
			rt.Fatalf("shuffled records say\n%s\ninstead of\n%s", told[1], told[0])
		}
	})
}

// plain is a second, plain implementation of the sets for units without links.
func plain(h history, concept string, s, t int) [6]int {
	type record struct {
		value             int
		has, carried, off bool
		cover             any
		gone              bool
	}
	units, entry, ends := map[string]map[int]record{}, map[string]any{}, map[string]map[any]bool{}
	for _, row := range h.rows {
		u, y := row["subject"].(string), row["year"].(int)
		if units[u] == nil {
			units[u], ends[u] = map[int]record{}, map[any]bool{}
		}
		entry[u] = row["entry"]
		r := record{cover: row["figures_cover"], gone: row["status"] != nil}
		if end := row["fiscal_end"]; end != nil {
			r.value, r.has = row[concept].(int)
			r.carried = ends[u][end]
			r.off = concept == "turnover" && int(row["fiscal_start"].(time.Time).Month()) == 7
			ends[u][end] = true
		}
		units[u][y] = r
	}
	founded := map[string]int{}
	for _, c := range h.coops {
		founded[c["record"].(string)] = c["founded"].(int)
	}
	var sets [6]int
	for u, years := range units {
		gone := func(until int) bool {
			for y, r := range years {
				if r.gone && y <= until {
					return true
				}
			}
			return false
		}
		at := func(y int) (record, bool) {
			r := years[y]
			last := y
			if concept == "turnover" {
				last--
			}
			return r, r.has && !gone(last)
		}
		a, hasA := at(s)
		b, hasB := at(t)
		if set, in := plainSet(hasA, hasB, gone(t), a.carried, b.carried,
			a.off || b.off || a.cover != b.cover || plainApart(h, u, s, t), entry[u] == "birth" && founded[u] > s); in {
			if hasB {
				sets[set] += b.value
			}
			if hasA {
				sets[set] -= a.value
			}
		}
	}
	return sets
}

func plainSet(hasA, hasB, gone, carriedA, carriedB, differ, born bool) (Set, bool) {
	switch {
	case !hasA && !hasB:
		return 0, false
	case hasA && hasB && gone:
		return SetDeath, true
	case hasA && hasB && (carriedA || carriedB || differ):
		return SetNotComparable, true
	case hasA && hasB:
		return SetMatched, true
	case hasB && !carriedB && born:
		return SetBirth, true
	case hasB:
		return SetEntered, true
	case gone && !carriedA:
		return SetDeath, true
	}
	return SetLost, true
}

// plainApart says whether two fiscal years do not follow each other as far as
// their reference years do; all of them end on 31 December.
func plainApart(h history, unit string, s, t int) bool {
	var end [2]int
	for _, row := range h.rows {
		if row["subject"] == unit && row["fiscal_end"] != nil {
			for i, y := range [2]int{s, t} {
				if row["year"] == y {
					end[i] = row["fiscal_end"].(time.Time).Year()
				}
			}
		}
	}
	return end[1]-end[0] != t-s
}

// The sets equal those of the second implementation.
func TestSetsEqualPlainOnes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := drawHistory(rt)
		h.links = nil
		concept := map[string]string{"I04": "members", "I05": "persons_working", "I13": "turnover"}
		code := rapid.SampledFrom([]string{"I04", "I05", "I13"}).Draw(rt, "indicator")
		r, err := Compute(context.Background(), h.table(t, nil), Query{Indicator: code, Decompose: true})
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range r.Decompositions {
			want := plain(h, concept[code], d.From, d.To)
			if got := split(d); got != fmt.Sprintf("%d %d %d %d %d %d", want[0], want[1], want[2], want[3], want[4], want[5]) {
				rt.Fatalf("%s %d to %d: sets %s, want %v", code, d.From, d.To, got, want)
			}
		}
	})
}
