package store

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

func frame(t testing.TB, s *Store) *Frame {
	t.Helper()
	f, err := s.Frame(background)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// column reads a column as texts: "" where nothing is known.
func texts(t testing.TB, f *Frame, kind, concept string) []string {
	t.Helper()
	c, err := f.Column(kind, concept)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Values) != f.Rows(kind) {
		t.Fatalf("%s of %s has %d values for %d rows", concept, kind, len(c.Values), f.Rows(kind))
	}
	out := make([]string, len(c.Values))
	for i, v := range c.Values {
		switch {
		case !c.Valid.Get(i):
		case c.Kind == indicator.Code:
			out[i], _ = c.Text(i)
		case c.Kind == indicator.Date:
			out[i] = time.Unix(v*86400, 0).UTC().Format(time.DateOnly)
		default:
			out[i] = record.NewDecimal(v, c.Scale).String()
		}
	}
	return out
}

func TestFrameHoldsWhatWasSubmitted(t *testing.T) {
	s := create(t, config())
	a := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "country", "IT", "founded", 1987)}).Record
	b := save(t, s, Change{Kind: "cooperative", Set: answers("name", "B", "country", "FR")}).Record
	submitted := save(t, s, Change{Kind: "mapping", Operation: record.Submit, Set: answers("subject", b, "year", 2015, "members/total", 0,
		"turnover", number("1250.5"), "fiscal_end", "2015-12-31")})
	save(t, s, Change{Kind: "mapping", Set: answers("subject", a, "year", 2015)}) // saved only
	validated := save(t, s, Change{Kind: "mapping", Operation: record.Validate, Origin: &record.Origin{Source: "register", Public: true},
		Set: answers("subject", a, "year", 2016, "members/total", record.Answer{Status: record.DontKnow},
			"turnover", record.Answer{Value: number("-3.999").Value, Quality: record.Imputed})})
	f := frame(t, s)
	for _, test := range []struct {
		kind, concept string
		want          []string
	}{
		{"mapping", "subject", []string{b.String(), a.String()}},
		{"mapping", "year", []string{"2015", "2016"}},
		{"mapping", "members", []string{"0", ""}},
		{"mapping", "status:members", []string{"", "dont_know"}},
		{"mapping", "turnover", []string{"1250.5", "-4"}},
		{"mapping", "quality:turnover", []string{"", "I"}},
		{"mapping", "fiscal_end", []string{"2015-12-31", ""}},
		{"mapping", "state", []string{"submitted", "validated"}},
		{"mapping", "public", []string{"0", "1"}},
		{"mapping", "record", []string{submitted.Record.String(), validated.Record.String()}},
		{"cooperative", "country", []string{"IT", "FR"}},
		{"cooperative", "founded", []string{"1987", ""}},
		{"cooperative", "state", []string{"saved", "saved"}},
	} {
		if got := texts(t, f, test.kind, test.concept); !slices.Equal(got, test.want) {
			t.Errorf("%s of %s: %q, want %q", test.concept, test.kind, got, test.want)
		}
	}
	if !f.Newest().Equal(validated.Time) {
		t.Errorf("newest %s, want %s", f.Newest(), validated.Time)
	}
	for _, unknown := range [][2]string{{"mapping", "hair"}, {"choir", "year"}, {"mapping", ".use"}} {
		if _, err := f.Column(unknown[0], unknown[1]); !errors.Is(err, indicator.ErrNoColumn) {
			t.Errorf("%v: %v", unknown, err)
		}
	}
	if dictionary, _ := f.Column("cooperative", "country"); !slices.IsSorted(dictionary.Dictionary) {
		t.Errorf("the dictionary %q is not in order", dictionary.Dictionary)
	}
}

func TestFrameOfRepeats(t *testing.T) {
	s := create(t, config())
	a := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	row, other := record.Path("links").Row(record.ID{15: 1}), record.Path("links").Row(record.ID{15: 2})
	b := save(t, s, Change{Kind: "cooperative", Add: []record.Path{row, other}, Set: answers("name", "B",
		string(row)+"/link_kind", "merged_into", string(row)+"/link_to", a, string(row)+"/note/link_date", "2014-07-01")}).Record
	gone := save(t, s, Change{Kind: "cooperative", Add: []record.Path{row}, Set: answers("name", "C", string(row)+"/link_kind", "split")})
	save(t, s, Change{Record: gone.Record, Kind: "cooperative", Operation: record.Delete, Parents: []record.Parent{{ID: gone.ID, Depth: 1}}})
	f := frame(t, s)
	for concept, want := range map[string][]string{
		"record": {b.String(), b.String()}, "link_kind": {"merged_into", ""}, "link_to": {a.String(), ""}, "link_date": {"2014-07-01", ""},
	} {
		if got := texts(t, f, "cooperative.links", concept); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", concept, got, want)
		}
	}
	heads := state(t, s, b).Heads
	save(t, s, Change{Record: b, Kind: "cooperative", Parents: heads, Remove: []record.Path{other}})
	if later := frame(t, s); later.Rows("cooperative.links") != 1 || f.Rows("cooperative.links") != 2 {
		t.Errorf("rows: %d now, %d before", later.Rows("cooperative.links"), f.Rows("cooperative.links"))
	}
	verified(t, s)
}

func TestFrameIsFrozen(t *testing.T) {
	s := create(t, config())
	r := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "country", "IT")})
	before := frame(t, s)
	save(t, s, Change{Record: r.Record, Kind: "cooperative", Parents: []record.Parent{{ID: r.ID, Depth: 1}}, Set: answers("country", "FR")})
	after := frame(t, s)
	if got := texts(t, before, "cooperative", "country"); !slices.Equal(got, []string{"IT"}) {
		t.Errorf("before: %q", got)
	}
	if got := texts(t, after, "cooperative", "country"); !slices.Equal(got, []string{"FR"}) {
		t.Errorf("after: %q", got)
	}
	if before.ID() == after.ID() || len(after.ID()) != 64 {
		t.Errorf("ids %s and %s", before.ID(), after.ID())
	}
	if again := frame(t, s); again.ID() != after.ID() {
		t.Error("the same records gave another id")
	}
	after.Close()
	if _, err := after.Column("cooperative", "founded"); err == nil || errors.Is(err, indicator.ErrNoColumn) {
		t.Errorf("a column of a closed frame: %v", err)
	}
}

func TestFrameLeavesDuplicatesOut(t *testing.T) {
	s := create(t, config())
	a := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	b := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A again")})
	save(t, s, Change{Kind: "mapping", Operation: record.Submit, Set: answers("subject", b.Record, "year", 2015)})
	save(t, s, Change{Record: b.Record, Kind: "cooperative", Operation: record.Alias, Alias: a, Parents: []record.Parent{{ID: b.ID, Depth: 1}}})
	f := frame(t, s)
	if f.Rows("cooperative") != 1 {
		t.Errorf("%d cooperatives", f.Rows("cooperative"))
	}
	if got := texts(t, f, "mapping", "subject"); !slices.Equal(got, []string{a.String()}) {
		t.Errorf("the interview is about %q, want %s", got, a)
	}
}

func TestFrameOfManyChunks(t *testing.T) {
	s := create(t, config())
	const count = 2*chunkRows + 100
	changes := func(yield func(Change) bool) {
		for i := range count {
			if !yield(Change{Kind: "mapping", Operation: record.Submit, Set: answers("year", 2000+i%20, "members/total", i)}) {
				return
			}
		}
	}
	if _, err := s.SaveAll(background, identity(1), changes, nil); err != nil {
		t.Fatal(err)
	}
	c, err := frame(t, s).Column("mapping", "members")
	if err != nil || len(c.Values) != count {
		t.Fatal(len(c.Values), err)
	}
	for i, v := range c.Values {
		if !c.Valid.Get(i) || v != int64(i) {
			t.Fatalf("row %d holds %d", i, v)
		}
	}
}

func FuzzDecodeChunk(f *testing.F) {
	var c chunkColumn
	c.set(0, 5)
	c.set(70, -9)
	f.Add(c.encode(71))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		valid, err := decodeChunk(data, make([]int64, 100))
		if err == nil && len(valid) > 2 {
			t.Fatal("a row after the last")
		}
	})
}

func TestFrameNamesRecordsOfManyChunks(t *testing.T) {
	s := create(t, config())
	const count = chunkRows + 100 // keys of one full chunk of ids, and of one that is not
	var want []string
	changes := func(yield func(Change) bool) {
		for i := range count {
			id := record.RegisterID("register", "cooperative", strconv.Itoa(i))
			want = append(want, id.String())
			if !yield(Change{Record: id, Kind: "cooperative", Set: answers("name", "A")}) {
				return
			}
		}
	}
	if _, err := s.SaveAll(background, identity(1), changes, nil); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"made", "kept"} {
		if got := texts(t, frame(t, s), "cooperative", "record"); !slices.Equal(got, want) {
			t.Errorf("%s: the records are named wrongly", how)
		}
	}
}

// What is kept of a frame is not believed after anything has changed.
func TestFrameHeaderIsKeptUntilChunksChange(t *testing.T) {
	s := create(t, config())
	first := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	seen := map[string]bool{}
	for i := range 3 {
		made, kept := frame(t, s), frame(t, s)
		if made.ID() != kept.ID() || !made.Newest().Equal(kept.Newest()) || seen[made.ID()] {
			t.Fatalf("round %d: ids %s and %s", i, made.ID(), kept.ID())
		}
		seen[made.ID()] = true
		save(t, s, Change{Kind: "cooperative", Set: answers("name", "B")})
		if made.ID() != kept.ID() {
			t.Fatal("a frame changed its id")
		}
	}
	before := frame(t, s).ID()
	if _, err := s.Rebuild(background, nil); err != nil {
		t.Fatal(err)
	}
	if after := frame(t, s).ID(); after != before {
		t.Errorf("a rebuild changed the id of the frame from %s to %s", before, after)
	}
	b := save(t, s, Change{Kind: "cooperative", Set: answers("name", "C")})
	save(t, s, Change{Kind: "mapping", Operation: record.Submit, Set: answers("subject", b.Record, "year", 2015)})
	frame(t, s)
	save(t, s, Change{Record: b.Record, Kind: "cooperative", Operation: record.Alias, Alias: first.Record, Parents: []record.Parent{{ID: b.ID, Depth: 1}}})
	for range 2 {
		if got := texts(t, frame(t, s), "mapping", "subject"); !slices.Equal(got, []string{first.Record.String()}) {
			t.Errorf("the interview is about %q, want %s", got, first.Record)
		}
	}
}

func TestBitsArePutAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, rows := rapid.IntRange(0, 200).Draw(t, "from"), rapid.IntRange(1, 200).Draw(t, "rows")
		set, into := indicator.NewBits(rows), indicator.NewBits(from+rows)
		for i := range rows {
			if rapid.Bool().Draw(t, "in") {
				set.Set(i)
			}
		}
		into.Put(set, from)
		for i := range from + rows {
			if into.Get(i) != set.Get(i-from) {
				t.Fatalf("row %d", i)
			}
		}
	})
}

func TestChunksGiveWhatWasPutIntoThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(0, 300).Draw(t, "rows")
		sparse := rapid.IntRange(0, 3).Draw(t, "sparse")
		of := rapid.SampledFrom([]*rapid.Generator[int64]{rapid.Just[int64](0), rapid.Int64Range(-3, 3), rapid.Int64Range(0, 1e9), rapid.Int64()}).Draw(t, "of")
		var c chunkColumn
		want := make([]int64, rows)
		for row := range rows {
			if rapid.IntRange(0, 3).Draw(t, "known") >= sparse {
				want[row] = of.Draw(t, "value")
				c.set(row, want[row])
			}
		}
		got := make([]int64, rows)
		valid, err := decodeChunk(c.encode(rows), got)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) || !slices.Equal(valid, c.valid.Grow(rows)) {
			t.Fatalf("%v of %v came back, where %v of %v were put", got, valid, want, c.valid)
		}
	})
}

func TestOccurringValuesAreThoseThatAreKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 500), 0, 1000).Draw(t, "values")
		c := &indicator.Column{Values: values, Valid: indicator.NewBits(len(values))}
		var want []int64
		for i, v := range values {
			if rapid.Bool().Draw(t, "known") {
				c.Valid.Set(i)
				want = append(want, v)
			} else {
				values[i] = 0
			}
		}
		slices.Sort(want)
		if got := occurring(c); !slices.Equal(got, slices.Compact(want)) {
			t.Fatalf("%v occur, where %v do", got, want)
		}
	})
}
