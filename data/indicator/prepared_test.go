package indicator

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// forgetful is a source that keeps nothing: every question begins from the start.
type forgetful struct{ Source }

// sameAnswer compares what two sources answer, errors included.
func sameAnswer(a, b Source, q Query) string {
	r, err1 := Compute(context.Background(), a, q)
	s, err2 := Compute(context.Background(), b, q)
	return cmp.Diff(fmt.Sprint(err1), fmt.Sprint(err2)) + cmp.Diff(r, s, cmp.AllowUnexported(Change{}, Int128{}))
}

// drawQuestion draws more of a query than drawQuery does.
func drawQuestion(t *rapid.T) Query {
	q := drawQuery(t)
	q.Indicator = rapid.SampledFrom([]string{"I01", "I02", "I04", "I05", "I08", "I08m", "I13", "I13d", "I14", "I15b", "I19", "I26a", "I27", "I28", "I29a"}).Draw(t, "code")
	q.Disclosure = rapid.Bool().Draw(t, "disclosure")
	q.Totals = rapid.Bool().Draw(t, "totals")
	q.Where = rapid.SampledFrom([]map[string][]string{nil, {"country": {"AA"}}, {"size": {"10-49", "50-249"}}}).Draw(t, "where")
	if rapid.Bool().Draw(t, "years") {
		q.From = rapid.IntRange(2019, 2024).Draw(t, "from")
		q.To = q.From + rapid.IntRange(0, 4).Draw(t, "span")
	}
	return q
}

// A frame that has answered other questions answers as one that is asked for the
// first time.
func TestPreparedAnswersAsColdDoes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := drawHistory(rt).table(t, nil)
		for range rapid.IntRange(1, 2*keptMeasures).Draw(rt, "questions") {
			if diff := sameAnswer(table, forgetful{table}, drawQuestion(rt)); diff != "" {
				rt.Fatal(diff)
			}
		}
	})
}

// crowd is a panel large enough to be divided among processors.
func crowd(t testing.TB, units int) *Table {
	random := rand.New(rand.NewPCG(3, 5))
	b := newBook(t)
	for u := range units {
		name, country := fmt.Sprintf("u%05d", u), []string{"AA", "BB", "CC"}[random.IntN(3)]
		b.cooperative(name, Row{"founded": 2015 + random.IntN(9)})
		for y := 2020; y < 2026; y++ {
			if random.IntN(5) == 0 {
				continue
			}
			row := Row{"country": country, "currency": "EUR", "turnover": random.IntN(1_000_000) - 1000, "members": random.IntN(500), "persons_working": random.IntN(300), "worker_members": random.IntN(90), "non_member_employees": random.IntN(90)}
			if random.IntN(40) == 0 {
				row["country"] = "BB" // it moved
			}
			if random.IntN(30) == 0 {
				row["status"] = []string{"ceased", "merged", "converted"}[random.IntN(3)]
			}
			if random.IntN(10) == 0 {
				row["fiscal_end"] = day(y-1, 12, 31)
			}
			row["entry"], row["quality:turnover"] = []string{"birth", "existing"}[random.IntN(2)], []string{"I", "A"}[random.IntN(2)]
			b.mapping(name, y, row)
		}
		if random.IntN(20) == 0 {
			b.link(name, "merged_into", fmt.Sprintf("u%05d", random.IntN(units)), day(2020+random.IntN(6), 3, 1))
		}
	}
	return b.table
}

func crowdQueries() []Query {
	return []Query{
		{Indicator: "I13", By: []string{"country"}, Decompose: true, Totals: true},
		{Indicator: "I13", By: []string{"country", "size"}, Disclosure: true, Decompose: true},
		{Indicator: "I04", Where: map[string][]string{"country": {"AA", "BB"}}, From: 2021, To: 2024, Decompose: true},
		{Indicator: "I08", By: []string{"size"}},
		{Indicator: "I08m", By: []string{"country"}, Disclosure: true},
		{Indicator: "I15b", By: []string{"country"}},
		{Indicator: "I26a", By: []string{"country"}},
		{Indicator: "I29a", By: []string{"country"}},
	}
}

// How many processors there are changes no number.
func TestProcessorsDoNotMatter(t *testing.T) {
	table := crowd(t, 5000)
	if count := len(table.kinds["mapping"].columns["year"].Values) / leastPart; count < 4 {
		t.Fatalf("the panel has only %d parts", count)
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	alone := Prepare(table)
	for _, q := range crowdQueries() {
		r, err := Compute(context.Background(), keeping{table, alone}, q)
		if err != nil || !slices.ContainsFunc(r.Points, func(p Point) bool { return p.Known }) {
			t.Fatal(q.Indicator, err)
		}
	}
	runtime.GOMAXPROCS(4)
	for _, q := range crowdQueries() {
		if diff := sameAnswer(keeping{table, alone}, forgetful{table}, q); diff != "" {
			t.Errorf("%+v: %s", q, diff)
		}
	}
}

// keeping is a source with what was prepared of it.
type keeping struct {
	Source
	prepared *Prepared
}

func (k keeping) Prepared() *Prepared { return k.prepared }

// Many may ask one frame at once.
func TestPreparedIsAskedByManyAtOnce(t *testing.T) {
	table := crowd(t, 1000)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			queries := crowdQueries()
			for range i {
				queries = append(queries[1:], queries[0])
			}
			for _, q := range queries {
				if diff := sameAnswer(table, forgetful{table}, q); diff != "" {
					t.Errorf("%+v: %s", q, diff)
				}
			}
		})
	}
	wait.Wait()
}

func TestPreparedIsMadeAgainAfterAnError(t *testing.T) {
	table := crowd(t, 10)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Compute(ctx, table, Query{Indicator: "I13"}); !errors.Is(err, context.Canceled) {
		t.Errorf("an answer to a question that was withdrawn: %v", err)
	}
	if diff := sameAnswer(table, forgetful{table}, Query{Indicator: "I13"}); diff != "" {
		t.Error(diff)
	}
	table.changed()
	b := &book{t: t, table: table, n: 90000}
	b.mapping("new", 2030, Row{"turnover": 5, "currency": "EUR"})
	if diff := sameAnswer(table, forgetful{table}, Query{Indicator: "I13"}); diff != "" {
		t.Error("after a change:", diff)
	}
}

func TestKeptHoldsWhatWasAskedForLast(t *testing.T) {
	k, made := kept[int, int]{most: 2}, 0
	get := func(key int) {
		t.Helper()
		if v, err := k.get(key, func() (int, error) { made++; return key * 10, nil }); err != nil || v != key*10 {
			t.Fatal(v, err)
		}
	}
	for _, key := range []int{1, 2, 1, 3, 1} {
		get(key)
	}
	if made != 3 {
		t.Errorf("%d made for three keys", made)
	}
	if get(2); made != 4 || len(k.held) != 2 {
		t.Errorf("%d made, %d held", made, len(k.held))
	}
}

// Neighbours in order are those of the sorted values.
func TestNeighboursAreThoseOfSortedValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		n, wide := rapid.IntRange(1, 3000).Draw(t, "n"), rapid.SampledFrom([]int64{1, 3, 1000, 1 << 40, 1 << 62}).Draw(t, "wide")
		pieces := make([][]int64, 3)
		for i := range n {
			v := random.Int64N(wide) - wide/2
			if random.IntN(50) == 0 {
				v = random.Int64() - 1<<62 // a few far away
			}
			pieces[i%3] = append(pieces[i%3], v)
		}
		all := slices.Sorted(slices.Values(slices.Concat(pieces...)))
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		first, second := neighbours(pieces, n, at)
		if first != all[at] || second != all[min(at+1, n-1)] {
			t.Fatalf("at %d of %d: %d and %d, want %d and %d", at, n, first, second, all[at], all[min(at+1, n-1)])
		}
	})
}

// timesOver rounds as exact numbers do.
func TestTimesOverIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64().Draw(t, "v")
		times, over := rapid.Int64Range(1, 1<<62).Draw(t, "times"), rapid.Int64Range(1, 1<<62).Draw(t, "over")
		want := quotient(fromInt(v).Big(), fromInt(over).Big(), times, 0).Units
		if got := timesOver(v, times, over); want == fromInt(int64(want.lo)) && got != int64(want.lo) {
			t.Fatalf("%d × %d / %d: %d, want %v", v, times, over, got, want.Big())
		}
	})
}

func TestYearsAreNumberedInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 70, 9000}).Draw(t, "records")
		few := rapid.SliceOfN(rapid.IntRange(-200, 3000), 1, 80).Draw(t, "years")
		c := &Column{Values: make([]int64, n), Valid: NewBits(n)}
		for row := range n {
			if c.Values[row] = int64(few[row*7%len(few)]); row%11 != 3 {
				c.Valid.Set(row)
			}
		}
		r := &frameRows{records: n}
		places := r.indexYears(c)
		if !slices.IsSorted(r.years) {
			t.Fatalf("the years are %v", r.years)
		}
		for row, place := range places {
			if known := c.Valid.Get(row); known != (place >= 0) || known && r.years[place] != int(c.Values[row]) {
				t.Fatalf("record %d of year %d has place %d of %v", row, c.Values[row], place, r.years)
			}
		}
	})
}

// A mean, a median and quartiles are of the same values, which are read once.
func TestSpreadsOfOneConceptAnswerAsEachAloneDoes(t *testing.T) {
	table := crowd(t, 3000)
	keeps := keeping{table, Prepare(table)}
	for _, formula := range []string{"mean", "median", "quartiles", "mean"} {
		own := Custom{Code: "U1", Name: Text{"en": "u"}, Formula: formula, Of: []string{"turnover"}, Flow: true, Money: true}
		ind, err := own.Indicator()
		if err != nil {
			t.Fatal(formula, err)
		}
		for _, q := range []Query{{Basis: All, By: []string{"country"}}, {Disclosure: true, Where: map[string][]string{"country": {"AA"}}}} {
			r, err1 := ComputeOf(context.Background(), keeps, ind, q)
			s, err2 := ComputeOf(context.Background(), forgetful{table}, ind, q)
			if diff := cmp.Diff(r, s, cmp.AllowUnexported(Change{}, Int128{})); diff != "" || err1 != nil || err2 != nil {
				t.Errorf("%s, %+v: %v, %v, %s", formula, q, err1, err2, diff)
			}
		}
	}
}
