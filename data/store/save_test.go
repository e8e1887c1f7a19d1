package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/record"
)

var background = context.Background()

func TestSaveGivesAState(t *testing.T) {
	s := create(t, config())
	first := save(t, s, Change{Kind: "cooperative", Set: answers("name", "Panificio Sociale", "country", "IT", "founded", 1987)})
	id := first.Record
	second := save(t, s, Change{Record: id, Kind: "cooperative", Parents: state(t, s, id).Heads, Set: answers("founded", 1988)})
	st := state(t, s, id)
	if st.Fields["founded"].Value.String() != "1988" || st.Fields["name"].Value.String() != "Panificio Sociale" {
		t.Errorf("fields: %v", st.Fields)
	}
	if len(st.Heads) != 1 || st.Heads[0].ID != second.ID || st.Heads[0].Depth != 2 {
		t.Errorf("heads: %v", st.Heads)
	}
	rows, err := s.List(background, "cooperative", Query{})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	row := rows[0]
	if row.Label != "Panificio Sociale" || row.Record != id || row.Lifecycle != record.Saved || row.Values["country"].Value.String() != "IT" {
		t.Errorf("row: %+v", row)
	}
	verified(t, s)
}

func TestSaveRefusals(t *testing.T) {
	s := create(t, config())
	r := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	for name, test := range map[string]struct {
		change Change
		want   error
	}{
		"unknown kind":     {Change{Kind: "choir", Set: answers("name", "A")}, ErrKind},
		"unknown question": {Change{Kind: "cooperative", Set: answers("hair", "A")}, ErrChange},
		"nothing":          {Change{Kind: "cooperative"}, ErrNothing},
		"other kind":       {Change{Record: r.Record, Kind: "mapping", Set: answers("year", 2020)}, ErrChange},
		"unknown parent":   {Change{Record: r.Record, Kind: "cooperative", Parents: []record.Parent{{ID: record.Hash{1}, Depth: 1}}, Set: answers("name", "B")}, ErrChange},
		"wrong depth":      {Change{Record: r.Record, Kind: "cooperative", Parents: []record.Parent{{ID: r.ID, Depth: 7}}, Set: answers("name", "B")}, record.ErrRevision},
		"erase":            {Change{Record: r.Record, Kind: "cooperative", Operation: record.Erase}, ErrChange},
	} {
		if _, err := s.Save(background, identity(1), test.change); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if report := verified(t, s); report.Revisions != 1 {
		t.Errorf("%d revisions were kept", report.Revisions)
	}
	if _, err := s.State(background, record.ID{9}); !errors.Is(err, ErrNotFound) {
		t.Errorf("state of nobody: %v", err)
	}
}

func TestTwoPeopleChangeOneField(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "country", "IT")}).Record
	heads := state(t, s, id).Heads
	for who, name := range map[byte]string{2: "B", 3: "C"} {
		if _, err := s.Save(background, identity(who), Change{Record: id, Kind: "cooperative", Parents: heads, Set: answers("name", name)}); err != nil {
			t.Fatal(err)
		}
	}
	st := state(t, s, id)
	if len(st.Conflicts) != 1 || len(st.Conflicts[0].Writes) != 2 || len(st.Heads) != 2 {
		t.Fatalf("conflicts: %+v", st.Conflicts)
	}
	rows, err := s.List(background, "cooperative", Query{Where: []Condition{{Column: "conflicts", Compare: More, Values: []string{"0"}}}})
	if err != nil || len(rows) != 1 || rows[0].Conflicts != 1 {
		t.Errorf("list of conflicts: %v, %v", rows, err)
	}
	save(t, s, Change{Record: id, Kind: "cooperative", Parents: st.Heads, Set: answers("name", "D")})
	if st := state(t, s, id); len(st.Conflicts) != 0 || st.Fields["name"].Value.String() != "D" {
		t.Errorf("after deciding: %+v", st)
	}
	verified(t, s)
}

func TestPersonalValuesStayInOpenings(t *testing.T) {
	s := create(t, config())
	r := save(t, s, Change{Kind: "person", Set: answers("name", "Żaneta Kowalczyk", "contact/email", "z@example.org", "role", "director")})
	st := state(t, s, r.Record)
	if st.Fields["name"].Value.String() != "Żaneta Kowalczyk" || st.Fields["contact/email"].Value.String() != "z@example.org" {
		t.Errorf("opened: %v", st.Fields)
	}
	bare, err := s.BareState(background, r.Record)
	if err != nil || !bare.Fields["name"].Value.IsZero() || bare.Fields["name"].Commitment == nil || bare.Fields["role"].Value.String() != "director" {
		t.Errorf("bare: %v, %v", bare.Fields, err)
	}
	if bytes.Contains(record.EncodeRevision(r), []byte("example.org")) {
		t.Error("the revision holds a personal value")
	}
	for _, query := range []string{"kowal", "zaneta", "ŻANETA KO"} {
		hits, err := s.Search(background, query, 10)
		if err != nil || len(hits) != 1 || hits[0].Label != "Żaneta Kowalczyk" {
			t.Errorf("search %q: %v, %v", query, hits, err)
		}
	}
	var stored int
	if err := s.conn.QueryRowContext(background, "SELECT count(*) FROM search WHERE search MATCH 'kowalczyk'").Scan(&stored); err != nil || stored != 0 {
		t.Errorf("%d rows of the search hold a personal name, %v", stored, err)
	}
	if _, err := s.List(background, "person", Query{Columns: []string{"contact/email"}}); !errors.Is(err, ErrColumn) {
		t.Errorf("a personal column: %v", err)
	}
	verified(t, s)
}

func TestSaveAll(t *testing.T) {
	s := create(t, config())
	var changes []Change
	for i := range 2300 {
		changes = append(changes, Change{Record: record.RegisterID("register", "cooperative", string(rune('a'+i%26)), string(rune(i))),
			Kind: "cooperative", Set: answers("name", "Cooperative", "founded", 1900+i%100)})
	}
	told := 0
	saved, err := s.SaveAll(background, identity(1), slices.Values(changes), func(done, _ int) { told = done })
	if err != nil || saved != 2300 || told != 2300 {
		t.Fatal(saved, told, err)
	}
	count, err := s.Count(background, "cooperative", nil)
	if err != nil || count != 2300 {
		t.Errorf("%d records, %v", count, err)
	}
	if report := verified(t, s); report.Revisions != 2300 || report.Commits < 3 {
		t.Errorf("%+v", report)
	}
}

func TestSaveAllStopsAtTheFirstThatCannotBeSaved(t *testing.T) {
	s := create(t, config())
	changes := []Change{{Kind: "cooperative", Set: answers("name", "A")}, {Kind: "choir"}}
	if saved, err := s.SaveAll(background, identity(1), slices.Values(changes), nil); !errors.Is(err, ErrKind) || saved != 0 {
		t.Error(saved, err)
	}
	ctx, cancel := context.WithCancel(background)
	cancel()
	if _, err := s.SaveAll(ctx, identity(1), slices.Values(changes[:1]), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if saved, err := s.SaveAll(background, identity(1), slices.Values[[]Change](nil), nil); saved != 0 || err != nil {
		t.Error(saved, err)
	}
}

func TestOpenRefusals(t *testing.T) {
	s := create(t, config())
	if _, err := Create(s.Dir(), config()); !errors.Is(err, ErrExists) {
		t.Errorf("creating twice: %v", err)
	}
	if _, err := Open(t.TempDir(), config()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening nothing: %v", err)
	}
	if _, err := s.conn.ExecContext(background, "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Open(s.Dir(), config()); !errors.Is(err, ErrNewer) {
		t.Errorf("opening a newer workspace: %v", err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, databaseName), []byte("not a database, but long enough to be read as one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(foreign, config()); err == nil || strings.Contains(err.Error(), "panic") {
		t.Errorf("opening a foreign file: %v", err)
	}
}

func TestSettings(t *testing.T) {
	s := create(t, config())
	if err := errors.Join(s.SetSetting(background, "name", "Atlas"), s.SetSetting(background, "language", "fr"), s.SetSetting(background, "language", "")); err != nil {
		t.Fatal(err)
	}
	value, found, err := s.Setting(background, "name")
	if value != "Atlas" || !found || err != nil {
		t.Error(value, found, err)
	}
	if _, found, err := s.Setting(background, "language"); found || err != nil {
		t.Error(found, err)
	}
	if all, err := s.Settings(background); len(all) != 1 || err != nil {
		t.Error(all, err)
	}
}
