package indicator

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func traced(t testing.TB, src Source, q Query, cell string) *Traced {
	t.Helper()
	at, err := ParseCell(cell)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Trace(context.Background(), src, q, at)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTraceNamesTheRecordsAndTheirSets(t *testing.T) {
	b := newBook(t)
	b.mapping("u1", 2021, Row{"persons_working": 100, "country": "IT"})
	b.mapping("u1", 2022, Row{"persons_working": 110, "country": "IT", "public": 1})
	b.mapping("u2", 2021, Row{"persons_working": 50, "country": "IT"})
	b.mapping("u3", 2022, Row{"persons_working": 5, "country": "IT", "state": "submitted"})
	b.mapping("u4", 2022, Row{"persons_working": 7, "country": "FR"})
	q := Query{Indicator: "I05", By: []string{"country"}, MinN: MinNOff}
	got := traced(t, b.table, q, "year=2022,country=IT")
	var lines []string
	for _, r := range got.Records {
		lines = append(lines, fmt.Sprint(r.Record, " ", r.Subject, " ", r.Value, " ", r.Public, r.Unvalidated))
	}
	equal(t, "records", strings.Join(lines, "; "), "r00002 u1 110 true false; r00004 u3 5 false true")
	lines = nil
	for _, c := range got.Changes {
		lines = append(lines, fmt.Sprint(c.Set, " ", c.Before, ">", c.After, " ", c.From, " ", c.To))
	}
	equal(t, "changes", strings.Join(lines, "; "), "M r00001>r00002 100 110; E >r00004 0 5; L r00003> 50 0")
	equal(t, "the figure", got.Point.Value.String()+fmt.Sprint(" ", got.From, got.Ratio), "115 2021 false")
	if first := traced(t, b.table, q, "year=2021,country=IT"); first.From != 0 || first.Changes != nil || len(first.Records) != 2 {
		t.Errorf("the first year: %+v", first)
	}
}

func TestTraceRefusesWhatIsConfidential(t *testing.T) {
	b := newBook(t)
	for i := range 9 {
		b.mapping(fmt.Sprint("i", i), 2021, Row{"turnover": 10, "currency": "EUR", "country": "IT"})
	}
	for i := range 2 {
		b.mapping(fmt.Sprint("f", i), 2021, Row{"turnover": 10, "currency": "EUR", "country": "FR"})
	}
	cell := map[string]string{"year": "2021", "country": "FR"}
	q := Query{Indicator: "I13", By: []string{"country"}, Disclosure: true}
	if _, err := Trace(context.Background(), b.table, q, cell); !errors.Is(err, ErrConfidential) {
		t.Errorf("two cooperatives: %v", err)
	}
	q.Disclosure = false
	if got, err := Trace(context.Background(), b.table, q, cell); err != nil || len(got.Records) != 2 {
		t.Errorf("inside headquarters: %+v, %v", got, err)
	}
	for want, bad := range map[string]map[string]string{
		"names no year": {"country": "FR"}, "not broken down by size": {"year": "2021", "country": "FR", "size": "0-9"}, "no figure": {"year": "1999", "country": "FR"},
	} {
		if _, err := Trace(context.Background(), b.table, q, bad); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, code := range []string{"I99", "I26", "I26a", "I28"} {
		if _, err := Trace(context.Background(), b.table, Query{Indicator: code}, cell); err == nil {
			t.Errorf("%s was traced", code)
		}
	}
	for _, bad := range []string{"", "2021", "year=", "year=now", "year=2021,year=2022", "country=IT"} {
		if _, err := ParseCell(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// Of every cell the records add up to the level, and the sets to the
// decomposition.
func TestTracesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, q := drawHistory(rt).table(t, nil), drawQuery(rt)
		r, err := Compute(context.Background(), table, q)
		if err != nil {
			rt.Fatal(err)
		}
		sets := map[string]Decomposition{}
		for _, d := range r.Decompositions {
			sets[strings.Join(d.Keys, "/")] = d
		}
		for _, pt := range r.Points {
			cell := map[string]string{}
			for i, name := range r.By {
				cell[name] = pt.Keys[i]
			}
			got, err := Trace(context.Background(), table, q, cell)
			if err != nil {
				rt.Fatal(err)
			}
			var sum Int128
			for _, e := range got.Records {
				sum = sum.Plus(e.Value.Units)
			}
			if pt.Known && sum != pt.Value.Units || len(got.Records) != pt.N {
				rt.Fatalf("%v: %d records of %v, want %d of %v", pt.Keys, len(got.Records), sum, pt.N, pt.Value)
			}
			var counts [6]int
			var from, to [6]Int128
			for _, c := range got.Changes {
				set := strings.Index("MNBDEL", c.Set)
				counts[set]++
				from[set], to[set] = from[set].Plus(c.From.Units), to[set].Plus(c.To.Units)
			}
			for i, want := range sets[strings.Join(pt.Keys, "/")].Sets {
				if counts[i] != want.N || from[i] != want.From.Units || to[i] != want.To.Units {
					rt.Fatalf("%v, set %s: %d of %v to %v, want %+v", pt.Keys, Set(i), counts[i], from[i], to[i], want)
				}
			}
		}
	})
}
