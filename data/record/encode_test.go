package record_test

import (
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"coopatlas/data/record"
	"github.com/google/go-cmp/cmp"
)

func number(t testing.TB, text string) record.Value {
	t.Helper()
	d, err := record.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return record.Number(d)
}

func TestCanonicalValues(t *testing.T) {
	facts := []struct {
		value record.Value
		want  string // CBOR, RFC 8949
	}{
		{record.Value{}, "f6"},
		{record.Text("é"), "62c3a9"},
		{record.Int(0), "00"},
		{record.Int(-1), "20"},
		{record.Int(1000), "1903e8"},
		{number(t, "273.15"), "c48221196ab3"}, // the example of RFC 8949, section 3.4.4
		{record.List([]string{"a", "b"}), "8261616162"},
	}
	for _, fact := range facts {
		if got := hex.EncodeToString(fact.value.Canonical()); got != fact.want {
			t.Errorf("%v: %s, want %s", fact.value, got, fact.want)
		}
		back, err := record.DecodeValue(fact.value.Canonical())
		if err != nil || !back.Equal(fact.value) {
			t.Errorf("%v reads back as %v, %v", fact.value, back, err)
		}
	}
	if record.Int(0).IsZero() || !record.Text("").IsZero() || record.Int(1).Equal(record.Text("1")) {
		t.Error("zero is a value, the empty text is none, and a number is not its text")
	}
}

func fullRevision(t testing.TB) record.Revision {
	t.Helper()
	hash := record.Hash{7}
	row := record.Path("votes").Row(record.ID{1, 6: 0x70, 8: 0x80})
	r, err := record.Revision{
		Record: record.RegisterID("register", "cooperative", "R1"), Kind: "mapping", Form: "2026.1", Author: record.Key{9},
		Time: time.Date(2026, 3, 4, 5, 6, 7, 891011, time.UTC), Operation: record.Submit,
		Changes: record.Changes{
			Set: map[record.Path]record.Write{
				"members/total": {Answer: record.Answer{Value: record.Int(42), Quality: record.Audited}},
				"turnover":      {Answer: record.Answer{Status: record.Refused}},
				"phone":         {Commitment: &hash},
			},
			Add: []record.Path{row}, Note: "as told", Origin: &record.Origin{Source: "register", Row: record.Hash{8}, Public: true},
		},
	}.Sealed([]record.Parent{{ID: record.Hash{2}, Depth: 4}, {ID: record.Hash{1}, Depth: 2}, {ID: record.Hash{2}, Depth: 4}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The ids of revisions are for ever. If this test fails, the encoding was changed, which must not be.
func TestRevisionEncodingIsFixed(t *testing.T) {
	r := fullRevision(t)
	if r.Depth != 5 || len(r.Parents) != 2 || r.Parents[0] != (record.Hash{1}) || r.Time.Nanosecond() != 0 {
		t.Errorf("sealed with depth %d, parents %v, time %v", r.Depth, r.Parents, r.Time)
	}
	const want = "5c4d98e9f16b7eba8f156bde05477407be45a7ab4a1de71dfdcc6126ed1e39d6"
	if r.ID.String() != want {
		t.Errorf("the id is %s, want %s", r.ID, want)
	}
	back, err := record.DecodeRevision(record.EncodeRevision(r))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back, cmp.Comparer(record.Write.Equal)); diff != "" {
		t.Error(diff)
	}
}

func TestRegisterIDsAreFixed(t *testing.T) {
	id := record.RegisterID("UK worker co-operatives", "cooperative", "R000036")
	if id.String() != "4a3d6999-a65d-8037-ae9f-b80deefef2ab" {
		t.Errorf("the id of a register's record is %s", id)
	}
	if id == record.RegisterID("UK worker co-operatives", "mapping", "R000036") || id == record.RegisterID("UK worker co-operatives", "cooperative", "R0000", "36") {
		t.Error("another kind, or other keys, gave the same id")
	}
	made := record.NewID(time.UnixMilli(0x0123456789ab), [10]byte{0xff, 0xff, 0xff})
	if made.String() != "01234567-89ab-7fff-bf00-000000000000" {
		t.Errorf("UUIDv7: %s", made)
	}
}

func TestDecodeRevisionRefuses(t *testing.T) {
	good := record.EncodeRevision(fullRevision(t))
	for name, data := range map[string][]byte{
		"nothing":   nil,
		"cut off":   good[:len(good)-1],
		"too long":  append(append([]byte{}, good...), 0),
		"a text":    {0x61, 'a'},
		"a newer":   append([]byte{good[0], 0x00, 0x02}, good[3:]...),
		"bad UTF-8": {0xa1, 0x02, 0x61, 0xff},
	} {
		if _, err := record.DecodeRevision(data); !errors.Is(err, record.ErrEncoding) {
			t.Errorf("%s: %v, want ErrEncoding", name, err)
		}
	}
}

func TestSealedRefuses(t *testing.T) {
	base := func(change func(*record.Revision)) error {
		r := record.Revision{Record: record.ID{1}, Kind: "mapping", Operation: record.Edit, Time: time.Unix(0, 0)}
		change(&r)
		_, err := r.Sealed(nil)
		return err
	}
	if err := base(func(*record.Revision) {}); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*record.Revision){
		"no record":        func(r *record.Revision) { r.Record = record.ID{} },
		"no kind":          func(r *record.Revision) { r.Kind = "" },
		"no operation":     func(r *record.Revision) { r.Operation = "" },
		"erase nothing":    func(r *record.Revision) { r.Operation = record.Erase },
		"erase by an edit": func(r *record.Revision) { r.Changes.Erase = []record.Path{"name"} },
		"alias of nothing": func(r *record.Revision) { r.Operation = record.Alias },
		"a bad row":        func(r *record.Revision) { r.Changes.Add = []record.Path{"votes"} },
		"a row removed and added": func(r *record.Revision) {
			row := record.Path("votes").Row(record.ID{1})
			r.Changes.Add, r.Changes.Remove = []record.Path{row}, []record.Path{row}
		},
		"a bad status": func(r *record.Revision) {
			r.Changes.Set = map[record.Path]record.Write{"a": {Answer: record.Answer{Status: 9}}}
		},
		"a bad quality": func(r *record.Revision) {
			r.Changes.Set = map[record.Path]record.Write{"a": {Answer: record.Answer{Quality: 'Z'}}}
		},
		"value and commitment": func(r *record.Revision) {
			r.Changes.Set = map[record.Path]record.Write{"a": {Answer: record.Answer{Value: record.Int(1)}, Commitment: &record.Hash{}}}
		},
	} {
		if err := base(change); !errors.Is(err, record.ErrRevision) {
			t.Errorf("%s: %v, want ErrRevision", name, err)
		}
	}
}

func TestPaths(t *testing.T) {
	row := record.ID{1, 6: 0x70, 8: 0x80}
	path := record.Path("work/votes").Row(row) + "/share"
	if path.Question() != "work/votes/share" || record.Path("a/b").Question() != "a/b" {
		t.Errorf("question of %s: %s", path, path.Question())
	}
	facts := []struct {
		path, other record.Path
		want        bool
	}{
		{"a/b", "a", true}, {"a/b", "a/b", true}, {"ab", "a", false}, {path, record.Path("work/votes").Row(row), true},
		{path, "work/votes", true}, {path, "", true}, {"a", "a/b", false},
	}
	for _, fact := range facts {
		if got := fact.path.Within(fact.other); got != fact.want {
			t.Errorf("%s within %s: %v", fact.path, fact.other, got)
		}
	}
	repeat, id, ok := record.Path("work/votes").Row(row).SplitRow()
	if repeat != "work/votes" || id != row || !ok {
		t.Errorf("split into %s, %s, %v", repeat, id, ok)
	}
	for _, bad := range []record.Path{"", "]", "a", "[01]", "a[b]"} {
		if _, _, ok := bad.SplitRow(); ok {
			t.Errorf("%q was split", bad)
		}
	}
}

func FuzzDecodeRevision(f *testing.F) {
	f.Add(record.EncodeRevision(fullRevision(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := record.DecodeRevision(data)
		if err != nil {
			return
		}
		record.Merge([]record.Revision{r, r})
		again, err := record.DecodeRevision(record.EncodeRevision(r))
		if err != nil || again.Record != r.Record {
			t.Fatalf("decoded but not again: %v", err)
		}
	})
}

func FuzzDecodeValue(f *testing.F) {
	f.Add(record.List([]string{"a", "b"}).Canonical())
	f.Add(number(f, "273.15").Canonical())
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := record.DecodeValue(data)
		if err != nil {
			return
		}
		if back, err := record.DecodeValue(v.Canonical()); err != nil || !back.Equal(v) {
			t.Fatalf("%v reads back as %v, %v", v, back, err)
		}
	})
}
