package store

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// database opens an empty database file as a writer does.
func database(t *testing.T, dir string) *sql.Conn {
	t.Helper()
	db, conn, err := openWriter(background, filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); db.Close() })
	return conn
}

func TestMigrate(t *testing.T) {
	conn := database(t, t.TempDir())
	var copies []int
	note := func(version int) error { copies = append(copies, version); return nil }
	first, second := "CREATE TABLE a (x INTEGER) STRICT", "ALTER TABLE a ADD COLUMN y TEXT"
	for range 2 {
		if err := migrate(background, conn, []string{first}, note); err != nil || len(copies) != 0 {
			t.Fatal(copies, err)
		}
	}
	broken := []string{first, second + "; CREATE TABLE b (x INTEGER) STRICT; nonsense"}
	if err := migrate(background, conn, broken, note); err == nil {
		t.Fatal("a migration that cannot be done was done")
	}
	if _, err := conn.ExecContext(background, "SELECT y FROM a"); err == nil {
		t.Error("half of a migration was kept")
	}
	refused := errors.New("the disk is full")
	if err := migrate(background, conn, []string{first, second}, func(int) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("without a safety copy: %v", err)
	}
	if err := migrate(background, conn, []string{first, second}, note); err != nil || len(copies) != 2 || copies[1] != 1 {
		t.Error(copies, err)
	}
	if version, err := schemaVersion(background, conn, 2); version != 2 || err != nil {
		t.Error(version, err)
	}
	if _, err := schemaVersion(background, conn, 1); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer schema: %v", err)
	}
}

func TestOtherDatabasesAreRefused(t *testing.T) {
	dir := t.TempDir()
	conn := database(t, dir)
	if _, err := conn.ExecContext(background, "CREATE TABLE recipes (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, config()); !errors.Is(err, ErrForeign) {
		t.Error(err)
	}
}

func TestPragmas(t *testing.T) {
	s := create(t, config())
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "user_version": strconv.Itoa(len(migrations)), "application_id": "1131376496",
	} {
		var got string
		if err := s.conn.QueryRowContext(background, "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s, %v", pragma, got, want, err)
		}
	}
	if _, err := s.reads.Exec("DELETE FROM records"); err == nil {
		t.Error("a reader can write")
	}
	var loose int
	err := s.conn.QueryRowContext(background, `SELECT count(*) FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'`).Scan(&loose)
	if err != nil || loose != 0 {
		t.Errorf("%d tables are not STRICT, %v", loose, err)
	}
}

// TestLabel: the name of a record is asked of Config.Label, from its state alone.
func TestLabel(t *testing.T) {
	cfg := config()
	cfg.Label = func(_ *Store, f *form.Form, st record.State) string {
		return f.ID + ": " + strings.ToUpper(st.Fields["name"].Value.String())
	}
	s := create(t, cfg)
	r := save(t, s, Change{Kind: "cooperative", Set: answers("name", "Abeille"), Label: "cooperative: ABEILLE"})
	save(t, s, Change{Kind: "person", Set: answers("name", "Ana")})
	for kind, want := range map[string]string{"cooperative": "cooperative: ABEILLE", "person": "person: ANA"} {
		if rows, err := s.List(background, kind, Query{}); err != nil || rows[0].Label != want {
			t.Errorf("%s: %+v, %v", kind, rows, err)
		}
	}
	save(t, s, Change{Record: r.Record, Kind: "cooperative", Parents: state(t, s, r.Record).Heads, Set: answers("name", "Bourdon")})
	if hits, err := s.Search(background, "bourdon", 0); len(hits) != 1 || hits[0].Label != "cooperative: BOURDON" || err != nil {
		t.Error(hits, err)
	}
	verified(t, s)
	s.Close()
	data, err := os.ReadFile(filepath.Join(s.Dir(), databaseName))
	if err != nil || strings.Contains(string(data), "person: ANA") {
		t.Errorf("a personal name is in a derived table, %v", err)
	}
}

func TestColumnsOfCalculations(t *testing.T) {
	f := &form.Form{ID: "sums", Version: "1", Root: &form.Group{Name: "data"}}
	f.Questions = []*form.Question{
		{Name: "money", Path: "money", Type: form.TypeCalculate, Unit: "currency", Decimals: 2, Concept: "money", Parent: f.Root},
		{Name: "share", Path: "share", Type: form.TypeDecimal, Concept: "share", Parent: f.Root},
		{Name: "word", Path: "word", Type: form.TypeCalculate, Concept: "word", Parent: f.Root},
		{Name: "when", Path: "when", Type: form.TypeDateTime, Concept: "when", Parent: f.Root},
		{Name: "count", Path: "count", Type: form.TypeInteger, Concept: "count", Parent: f.Root},
	}
	s := create(t, config(f))
	save(t, s, Change{Kind: "sums", Operation: record.Submit, Set: answers("money", "12.345", "share", number("0.123456789"), "word", "many",
		"when", "2026-11-22T09:30:00+01:00", "count", "not a number")})
	fr := frame(t, s)
	for concept, want := range map[string]string{"money": "12.35", "share": "0.123457", "word": "many", "when": "2026-11-22", "count": ""} {
		if got := texts(t, fr, "sums", concept); got[0] != want {
			t.Errorf("%s: %q, want %q", concept, got, want)
		}
	}
	verified(t, s)
}
