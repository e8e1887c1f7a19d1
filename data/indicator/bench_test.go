package indicator

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

// generated is a frame of n records: a fifth as many cooperatives, ten years.
// It has fewer where units are born late, die or do not answer.
func generated(b testing.TB, n int) *Table {
	random := rand.New(rand.NewPCG(7, 7))
	units := n / 5
	names := make([]string, units)
	for u := range names {
		names[u] = fmt.Sprintf("%032x", u)
	}
	column := func(name string, kind ColumnKind, dictionary ...string) *Column {
		return &Column{Name: name, Kind: kind, Values: make([]int64, n), Valid: NewBits(n), Dictionary: dictionary}
	}
	subject, year, state := column("subject", Code, names...), column("year", Integer), column("state", Code, "validated")
	end, turnover := column("fiscal_end", Date), column("turnover", Integer)
	currency, country := column("currency", Code, "EUR"), column("country", Code, "FR", "IT", "ES", "PT")
	all := []*Column{subject, year, state, end, turnover, currency, country}
	for row := range n {
		u, y := row%units, 2011+2*(row/units)+random.IntN(2)
		for i, v := range []int64{int64(u), int64(y), 0, lastDay(y), random.Int64N(1e9), 0, int64(u % 4)} {
			all[i].Values[row] = v
			if all[i] != turnover || random.IntN(10) > 0 {
				all[i].Valid.Set(row)
			}
		}
	}
	t := NewTable(day(2026, 1, 1))
	for _, c := range all {
		if err := t.SetColumn("mapping", c); err != nil {
			b.Fatal(err)
		}
	}
	return t
}

func BenchmarkMatchedGrowthMillion(b *testing.B) {
	t := generated(b, 1_000_000)
	for _, by := range [][]string{nil, {"country"}} {
		b.Run(fmt.Sprint("by", len(by)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Compute(context.Background(), t, Query{Indicator: "I13", By: by}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
