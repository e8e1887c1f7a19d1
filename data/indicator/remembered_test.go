package indicator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// shelf is a source that remembers, and whose questions each begin from what it
// remembers, as those of new processes do.
type shelf struct {
	Source
	mu      sync.Mutex
	kept    map[string][]byte
	recalls int
}

func newShelf(src Source) *shelf { return &shelf{Source: src, kept: map[string][]byte{}} }

func (s *shelf) Recall(name string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[name] != nil {
		s.recalls++
	}
	return s.kept[name], true
}

func (s *shelf) Remember(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[name] = data
}

// What a new process remembers answers as what it would have made.
func TestRememberedAnswersAsFreshDoes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := drawHistory(rt).table(t, nil)
		remembers := newShelf(table)
		for range rapid.IntRange(2, 5).Draw(rt, "questions") {
			q := drawQuestion(rt)
			for range 2 {
				if diff := sameAnswer(remembers, forgetful{table}, q); diff != "" {
					rt.Fatal(diff)
				}
			}
		}
		if remembers.recalls == 0 {
			rt.Fatal("nothing was ever recalled")
		}
	})
}

func TestRememberedPanelOfManyAnswersAsFreshDoes(t *testing.T) {
	table := crowd(t, 5000)
	remembers := newShelf(table)
	for range 2 {
		for _, q := range crowdQueries() {
			if diff := sameAnswer(remembers, forgetful{table}, q); diff != "" {
				t.Errorf("%+v: %s", q, diff)
			}
		}
	}
}

// What is remembered is all there was.
func TestMemosHoldAllOfAThing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		prep := Prepare(drawHistory(rt).table(t, nil))
		rows, err := arrange(context.Background(), prep)
		if err != nil {
			rt.Fatal(err)
		}
		all := cmp.Options{
			cmpopts.EquateEmpty(),
			cmp.AllowUnexported(frameRows{}, roll{}, classes{}, part{}, continuity{}, parentLink{}, lives{}, lifeEvent{}),
			cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".prepared" }, cmp.Ignore()),
		}
		back := again[*frameRows](rt, &rowsMemo{prep}, rows)
		if diff := cmp.Diff(rows, back, all); diff != "" {
			rt.Fatal(diff)
		}
		validated := rapid.Bool().Draw(rt, "validated")
		picked, err := choose(context.Background(), rows, validated)
		if err != nil {
			rt.Fatal(err)
		}
		chosenBack := again[*chosen](rt, &chosenMemo{rows}, picked)
		if diff := cmp.Diff(picked.lives, chosenBack.lives, all); diff != "" || !slices.Equal(picked.flags, chosenBack.flags) || picked.repeated != chosenBack.repeated {
			rt.Fatal(diff)
		}
		size, err := rows.classesOf("size")
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(size, again[*classes](rt, &classesMemo{rows}, size), all); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// again gives a thing as it is read back.
func again[V any](t *rapid.T, m memo[V], v V) V {
	w := packing{}
	m.pack(&w, v)
	r := unpacking{data: w.data}
	out := m.unpack(&r)
	if r.broken || len(r.data) > 0 {
		t.Fatal("it cannot be read back")
	}
	return out
}

func TestTablesOfNumbersAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.OneOf(rapid.Int32(), rapid.Int32Range(-3, 300), rapid.Just(int32(unknownDay)))).Draw(t, "values")
		apart := int64(unknownDay)
		if !slices.Contains(values, unknownDay) && rapid.Bool().Draw(t, "alike") {
			apart = allAlike
		}
		w := packing{}
		packInts(&w, values, apart)
		r := unpacking{data: slices.Clone(w.data)}
		back := unpackInts[int32](&r, math.MinInt32, math.MaxInt32+1, apart)
		if r.broken || len(r.data) > 0 || !slices.Equal(back, values) {
			t.Fatalf("%v is read back as %v", values, back)
		}
		if len(values) == 0 {
			return
		}
		low, high := int64(slices.Min(values)), int64(slices.Max(values))+1
		if apart == allAlike && low < high-1 {
			for _, bounds := range [][2]int64{{low + 1, high}, {low, high - 1}} {
				r = unpacking{data: w.data}
				if unpackInts[int32](&r, bounds[0], bounds[1], apart); !r.broken {
					t.Fatalf("%v passes for numbers from %d up to %d", values, bounds[0], bounds[1])
				}
			}
		}
		r = unpacking{data: w.data[:len(w.data)-1]}
		if unpackInts[int32](&r, math.MinInt32, math.MaxInt32+1, apart); !r.broken {
			t.Fatal("a table that is cut short passes for whole")
		}
	})
}

// What a source remembers wrongly is made anew.
func TestDamagedMemoriesCountForNothing(t *testing.T) {
	table, q := crowd(t, 300), Query{Indicator: "I13", By: []string{"country"}, Decompose: true}
	whole := newShelf(table)
	if diff := sameAnswer(whole, forgetful{table}, q); diff != "" || len(whole.kept) < 3 {
		t.Fatal(len(whole.kept), diff)
	}
	for name, data := range whole.kept {
		for _, cut := range []int{0, 1, len(data) / 2, len(data) - 1} {
			damaged := newShelf(table)
			damaged.kept[name] = data[:cut:cut]
			if diff := sameAnswer(damaged, forgetful{table}, q); diff != "" {
				t.Errorf("%s cut to %d: %s", name, cut, diff)
			}
			if !slices.Equal(damaged.kept[name], data) {
				t.Errorf("%s cut to %d is not mended", name, cut)
			}
		}
	}
}

// FuzzMemos reads whatever a source may remember.
func FuzzMemos(f *testing.F) {
	table := crowd(f, 40)
	whole := newShelf(table)
	if _, err := Compute(context.Background(), whole, Query{Indicator: "I13", By: []string{"country"}}); err != nil {
		f.Fatal(err)
	}
	for _, name := range sortedKeys(whole.kept) {
		f.Add(whole.kept[name])
	}
	prep := Prepare(table)
	rows, err := prep.arranged(context.Background())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		(&rowsMemo{prep}).unpack(&unpacking{data: data})
		(&chosenMemo{rows}).unpack(&unpacking{data: data})
		(&classesMemo{rows}).unpack(&unpacking{data: data})
	})
}

// storied is a panel with all that arranging, choosing and putting into classes
// looks at.
func storied(t testing.TB) *Table {
	random := rand.New(rand.NewPCG(11, 13))
	pick := func(texts ...string) any {
		if i := random.IntN(len(texts) + 1); i < len(texts) {
			return texts[i]
		}
		return nil
	}
	b := newBook(t)
	for u := range 400 {
		name := fmt.Sprintf("u%03d", u)
		if u%9 > 0 {
			b.cooperative(name, Row{"country": pick("AA", "BB"), "founded": 1990 + random.IntN(33), "registered": []any{nil, 2020, 2022}[random.IntN(3)], "ceased": []any{nil, nil, nil, 2023}[random.IntN(4)], "origin": pick("new", "conversion", "transfer")})
		}
		for y := 2019; y < 2025; y++ {
			for range random.IntN(4) * random.IntN(2) {
				row := Row{
					"state": pick("submitted", "validated", "locked", "saved"), "outcome": pick("complete", "partial", "refused", "ceased", "merged", "duplicate", "out_of_scope"),
					"status": pick("active", "active", "active", "dormant", "ceased", "merged", "converted"), "entry": pick("birth", "existing", "reentry"),
					"figures_cover": pick("entity", "group"), "public": pick("yes", "no"), "country": pick("AA", "BB", "CC"), "region": pick("R1"), "section": pick("A", "F", "Q"),
					"isic": pick("0111", "4100", "87"), "ilo_type": pick("worker", "multi"), "family": pick("worker", "social"), "currency": pick("EUR", "GBP"), "macro_sector": pick("services"),
					"wave": pick("w1", "w2"), "level": pick("primary", "secondary"), "persons_working": random.IntN(400), "cessation_year": []any{nil, 2021}[random.IntN(2)],
				}
				if random.IntN(5) == 0 {
					row["fiscal_end"], row["fiscal_start"] = day(y-random.IntN(3), 3+random.IntN(9), 28), day(y-1, 1+random.IntN(6), 1)
				}
				b.mapping(name, y, row)
			}
		}
		if random.IntN(6) == 0 {
			kind := []string{"merged_into", "split_from", "takeover_of", "subsidiary_of", "parent_of"}[random.IntN(5)]
			b.link(name, kind, fmt.Sprintf("u%03d", random.IntN(420)), []any{nil, day(2022, 5, 1)}[random.IntN(2)])
		}
	}
	return b.table
}

// TestArrangedAs fails where records are arranged, chosen or put into classes
// otherwise than by the version that arrangedAs names. Then raise arrangedAs and
// write down the new sum, so that nobody's program takes for its own what an
// earlier one remembered.
func TestArrangedAs(t *testing.T) {
	const version, sum = 2, "375f692ed6d28c36"
	remembers := newShelf(storied(t))
	prep := Prepare(remembers)
	for _, validated := range []bool{false, true} {
		if _, err := prep.choose(context.Background(), validated); err != nil {
			t.Fatal(err)
		}
	}
	rows, _ := prep.arranged(context.Background())
	for _, d := range dimensions() {
		if _, err := rows.classesOf(d.name); err != nil {
			t.Fatal(d.name, err)
		}
	}
	h, names := sha256.New(), sortedKeys(remembers.kept)
	for _, name := range names {
		fmt.Fprintf(h, "%s: %x\n", strings.Split(name, ", as")[0], remembers.kept[name])
	}
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != sum || arrangedAs != version {
		t.Errorf("%d things as %d have the sum %s, not %s as %d: raise arrangedAs and write both down here", len(names), arrangedAs, got, sum, version)
	}
}
