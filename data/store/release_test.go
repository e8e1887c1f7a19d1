package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// contents are all columns of a source that a frame of the store has, as texts.
func contents(t testing.TB, s *Store, src indicator.Source) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, k := range s.kinds() {
		for _, table := range k.concepts {
			for _, c := range table.columns {
				if c.name[0] == '.' {
					continue
				}
				column, err := src.Column(table.name, c.name)
				if err != nil {
					t.Fatal(err)
				}
				texts := []string{fmt.Sprint(column.Kind, column.Scale, column.Dictionary, src.Rows(table.name))}
				for i, v := range column.Values {
					if !column.Valid.Get(i) {
						v = math.MinInt64
					}
					texts = append(texts, fmt.Sprint(v))
				}
				out[table.name+" "+c.name] = texts
			}
		}
	}
	return out
}

// filled is a workspace with cooperatives, interviews of all stages, links and a person.
func filled(t testing.TB) *Store {
	t.Helper()
	s := create(t, config())
	row := record.Path("links").Row(record.ID{15: 1})
	a := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "country", "IT", "founded", 1987)}).Record
	b := save(t, s, Change{Kind: "cooperative", Add: []record.Path{row}, Set: answers("name", "B", "country", "FR",
		string(row)+"/link_kind", "split", string(row)+"/link_to", a)}).Record
	for i, operation := range []record.Operation{record.Submit, record.Validate, record.Lock, record.Edit, record.Validate} {
		save(t, s, Change{Kind: "mapping", Operation: operation, Set: answers("subject", []record.ID{a, b}[i%2], "year", 2014+i,
			"members/total", 10*i, "turnover", number("-3.25"))})
	}
	save(t, s, Change{Kind: "person", Set: answers("name", planted[0], "role", "chair")})
	return s
}

func TestAFrozenFrameIsTheFrame(t *testing.T) {
	s := filled(t)
	before := frame(t, s)
	want := contents(t, s, before)
	if err := s.Freeze(background, before, nil); err != nil {
		t.Fatal(err)
	}
	save(t, s, Change{Kind: "mapping", Operation: record.Validate, Set: answers("year", 2020)})
	f := openFrozen(t, s, before.ID())
	if diff := cmp.Diff(want, contents(t, s, f)); diff != "" {
		t.Error(diff)
	}
	if f.ID() != before.ID() || !f.Newest().Equal(before.Newest()) || f.Rows("mapping") != before.Rows("mapping") || f.Rows("choir") != 0 {
		t.Errorf("%s of %v, %d rows", f.ID(), f.Newest(), f.Rows("mapping"))
	}
	for _, unknown := range [][2]string{{"mapping", "hair"}, {"choir", "year"}, {"mapping", ".use"}, {"person", "record"}} {
		if _, err := f.Column(unknown[0], unknown[1]); !errors.Is(err, indicator.ErrNoColumn) {
			t.Errorf("%v: %v", unknown, err)
		}
	}
	if leftovers, _ := filepath.Glob(filepath.Join(s.Dir(), releasesName, ".*")); leftovers != nil {
		t.Errorf("left behind: %q", leftovers)
	}
}

func openFrozen(t testing.TB, s *Store, id string) *Frozen {
	t.Helper()
	f, err := s.OpenFrozen(id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// The frame of a release is made again from the log: after newer revisions, commits of others and an erasure.
func TestAFrameIsMadeAgainFromTheEndsOfTheChains(t *testing.T) {
	s := filled(t)
	before := frame(t, s)
	want := contents(t, s, before)
	chains, revisions, err := s.Chains(background)
	if err != nil || len(chains) != 1 || chains[0].Commits != 8 || revisions != 8 {
		t.Fatalf("%+v, %d, %v", chains, revisions, err)
	}
	other := create(t, config())
	theirs := save(t, other, Change{Kind: "mapping", Operation: record.Validate, Set: answers("year", 2030)})
	var commits []record.Commit
	if err := other.Commits(background, 0, func(_ int64, c record.Commit) error { commits = append(commits, c); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receive(background, commits, nil); err != nil {
		t.Fatal(err)
	}
	rows, err := s.List(background, "mapping", Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		save(t, s, Change{Record: row.Record, Kind: "mapping", Parents: row.Heads, Set: answers("members/total", 99)})
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	people, err := s.List(background, "person", Query{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(background, identity(1), people[0].Record, nil); err != nil {
		t.Fatal(err)
	}
	if now := frame(t, s); now.ID() == before.ID() || now.Rows("mapping") != 5 {
		t.Fatalf("%d rows with %s", now.Rows("mapping"), theirs.Record)
	}
	id, again, err := s.FreezeAt(background, chains, nil, nil)
	if err != nil || id != before.ID() || again != revisions {
		t.Fatalf("%s of %d revisions, want %s of %d: %v", id, again, before.ID(), revisions, err)
	}
	if diff := cmp.Diff(want, contents(t, s, openFrozen(t, s, id))); diff != "" {
		t.Error(diff)
	}
	for _, text := range planted[:1] {
		absentBelow(t, filepath.Join(s.Dir(), releasesName), text)
	}
	if more, _, err := s.Chains(background); err != nil || len(more) != 2 {
		t.Errorf("%+v, %v", more, err)
	}
	chains[0].Last[0]++
	if _, _, err := s.FreezeAt(background, chains, nil, nil); !errors.Is(err, ErrCut) {
		t.Errorf("a chain that is not there: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.Dir(), releasesName, ".*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

// absentBelow fails where a text stands in a file below a folder.
func absentBelow(t *testing.T, folder, text string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			t.Errorf("%s holds %q", path, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestADamagedFrozenFrameIsRefused(t *testing.T) {
	s := filled(t)
	id := frame(t, s).ID()
	if _, err := s.OpenFrozen(id); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a frame that was never kept: %v", err)
	}
	if err := s.Freeze(background, frame(t, s), nil); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.frozenPath(id))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)-3], "short": whole[:20], "tail": append(slices.Clone(whole[:len(whole)-16]), []byte("\x7f\xff\xff\xff\xff\xff\xff\xffcoopfrm1")...),
	} {
		if err := os.WriteFile(s.frozenPath(id), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.OpenFrozen(id); !errors.Is(err, ErrFrozen) {
			t.Errorf("%s: %v", name, err)
		}
	}
	damaged := slices.Clone(whole)
	for i := len(frozenMark); i < len(frozenMark)+60; i++ {
		damaged[i]++
	}
	if err := os.WriteFile(s.frozenPath(id), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openFrozen(t, s, id).Column("cooperative", "record"); !errors.Is(err, ErrFrozen) {
		t.Errorf("a changed column: %v", err)
	}
	if err := errors.Join(s.Thaw(id), s.Thaw(id)); err != nil {
		t.Error(err)
	}
}

// Records of kinds that feed no concept are no part of a frame: neither its id nor its time change with them.
func TestFramesAreOfKindsThatFeedConcepts(t *testing.T) {
	s := filled(t)
	before := frame(t, s)
	save(t, s, Change{Kind: "person", Operation: record.Validate, Set: answers("role", "chair")})
	if after := frame(t, s); after.ID() != before.ID() || !after.Newest().Equal(before.Newest()) || after.Rows("person") != 0 {
		t.Errorf("%s at %v, before %s at %v", after.ID(), after.Newest(), before.ID(), before.Newest())
	}
}

func TestColumnsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64(), 0, 200).Draw(t, "values")
		if rapid.Bool().Draw(t, "small") {
			for i := range values {
				values[i] %= 200
			}
		}
		c := &indicator.Column{Values: values, Valid: indicator.NewBits(len(values))}
		for i := range values {
			if rapid.Bool().Draw(t, "valid") {
				c.Valid.Set(i)
			} else {
				values[i] = 0
			}
		}
		back := &indicator.Column{Values: make([]int64, len(values)), Valid: indicator.NewBits(len(values))}
		data := encodeFrozen(c, len(values))
		if data == nil {
			return
		}
		if err := decodeFrozen(data, len(values), back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzDecodeFrozen(f *testing.F) {
	c := &indicator.Column{Values: []int64{1, -5, 300}, Valid: indicator.Bits{5}}
	f.Add(encodeFrozen(c, 3), 3)
	f.Fuzz(func(t *testing.T, data []byte, rows int) {
		if rows < 0 || rows > 10_000 {
			return
		}
		into := &indicator.Column{Values: make([]int64, rows), Valid: indicator.NewBits(rows)}
		if err := decodeFrozen(data, rows, into); err != nil && !errors.Is(err, ErrFrozen) {
			t.Error(err)
		}
	})
}
