package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

func TestBackupAndRestore(t *testing.T) {
	s := create(t, config())
	f := addFile(t, s, "photo.png", "picture")
	id := save(t, s, Change{Kind: "person", Set: answers("name", "Ana", "photo", f.Value())}).Record
	to, err := s.Backup(background, filepath.Join(t.TempDir(), "copy"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(background, to); err == nil {
		t.Error("a backup was written over another")
	}
	before := verified(t, s)
	save(t, s, Change{Record: id, Kind: "person", Parents: state(t, s, id).Heads, Set: answers("name", "Later")})
	restored := filepath.Join(t.TempDir(), "again")
	if err := Restore(to, restored); err != nil {
		t.Fatal(err)
	}
	if err := Restore(to, restored); !errors.Is(err, ErrExists) {
		t.Errorf("restoring over a workspace: %v", err)
	}
	again, err := Open(restored, config())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if after := verified(t, again); after.Derived != before.Derived || after.Files != 1 {
		t.Errorf("%+v, before %+v", after, before)
	}
	if st := state(t, again, id); st.Fields["name"].Value.String() != "Ana" {
		t.Errorf("%+v", st.Fields)
	}
	if err := Restore(t.TempDir(), filepath.Join(t.TempDir(), "x")); err == nil {
		t.Error("restored from nothing")
	}
}

func TestVerifyFindsDamage(t *testing.T) {
	for name, test := range map[string]struct{ damage, want string }{
		"derived":   {"UPDATE k_cooperative SET q_founded = 1066", "differs from its history"},
		"stray":     {"INSERT INTO k_cooperative SELECT 77, record, heads, label, state, public, created, changed, conflicts, alias, extra, q_name, q_country, q_founded, q_sectors FROM k_cooperative", "belong to no record"},
		"signature": {"UPDATE commits SET signature = zeroblob(64)", "not what its author signed"},
		"body":      {"UPDATE commits SET body = x'00'", "cannot be read"},
		"index":     {"DELETE FROM revisions", "does not know revision"},
		"opening":   {"UPDATE openings SET value = x'63457665'", "another personal value"},
		"file":      {"UPDATE openings SET file = zeroblob(32)", "missing or damaged"},
	} {
		s := create(t, config())
		save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "founded", 1987)})
		save(t, s, Change{Kind: "person", Set: answers("name", "Ana")})
		verified(t, s)
		if _, err := s.conn.ExecContext(background, test.damage); err != nil {
			t.Fatal(name, err)
		}
		s.log = newBodyCache(cachedBodies)
		report, err := s.Verify(background, nil)
		if err != nil || !slices.ContainsFunc(report.Problems, func(p string) bool { return strings.Contains(p, test.want) }) {
			t.Errorf("%s: %q, %v", name, report.Problems, err)
		}
	}
}

func TestRebuildRepairs(t *testing.T) {
	s := create(t, config())
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "Abeille", "founded", 1987)})
	want := verified(t, s).Derived
	if _, err := s.conn.ExecContext(background, "UPDATE k_cooperative SET q_founded = 1066; DELETE FROM search"); err != nil {
		t.Fatal(err)
	}
	told := 0
	if got, err := s.Rebuild(background, func(done, total int) { told = total }); got != want || err != nil || told != 1 {
		t.Errorf("%s, want %s, told %d, %v", got, want, told, err)
	}
	if hits, err := s.Search(background, "abeille", 0); len(hits) != 1 || err != nil {
		t.Error(hits, err)
	}
}

// TestAQuestionnaireChanges: questions come, change their type, become personal; what is derived follows.
func TestAQuestionnaireChanges(t *testing.T) {
	s := create(t, config(cooperative()))
	id := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "founded", 1987, "country", "IT")}).Record
	s.Close()
	newer := cooperative()
	newer.Version = "2"
	newer.Questions[2] = &form.Question{Name: "founded", Path: "founded", Type: form.TypeText, ListOrder: 4, Parent: newer.Root}
	newer.Questions[1].Personal = true
	newer.Questions = append(newer.Questions, &form.Question{Name: "Founded", Path: "Founded", Type: form.TypeText, Parent: newer.Root})
	s, err := Open(s.Dir(), config(cooperative(), newer))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.List(background, "cooperative", Query{})
	if err != nil || !rows[0].Values["founded"].Equal(answer("1987")) {
		t.Errorf("%+v, %v", rows, err)
	}
	if _, err := s.List(background, "cooperative", Query{Columns: []string{"country"}}); !errors.Is(err, ErrColumn) {
		t.Errorf("a column that became personal: %v", err)
	}
	save(t, s, Change{Record: id, Kind: "cooperative", Parents: state(t, s, id).Heads, Set: answers("Founded", "spring", "founded", "1988")})
	rows, err = s.List(background, "cooperative", Query{Columns: []string{"Founded", "founded"}})
	if err != nil || !rows[0].Values["Founded"].Equal(answer("spring")) || !rows[0].Values["founded"].Equal(answer("1988")) {
		t.Errorf("%+v, %v", rows, err)
	}
	verified(t, s)
}

func TestAKindWithManyQuestions(t *testing.T) {
	f := &form.Form{ID: "census", Version: "1", Root: &form.Group{Name: "data"}}
	for i := range 3100 {
		name := "q" + strings.Repeat("x", 50) + string(rune('0'+i%10)) + "_" + strings.Repeat("y", i/10%7) + "_" + record.ID{0: byte(i >> 8), 1: byte(i)}.String()[:4]
		f.Questions = append(f.Questions, &form.Question{Name: name, Path: name, Type: form.TypeInteger, Parent: f.Root, Concept: name})
	}
	s := create(t, config(f))
	set := map[record.Path]record.Answer{}
	for i, q := range f.Questions {
		set[record.Path(q.Path)] = answer(i)
	}
	save(t, s, Change{Kind: "census", Operation: record.Submit, Set: set})
	for _, i := range []int{0, 1499, 1500, 3099} {
		path := f.Questions[i].Path
		rows, err := s.List(background, "census", Query{Columns: []string{path}, Where: []Condition{{Column: path, Compare: Filled}}, Sort: []Order{{path, true}}})
		if err != nil || len(rows) != 1 || !rows[0].Values[record.Path(path)].Equal(answer(i)) {
			t.Errorf("question %d: %+v, %v", i, rows, err)
		}
		if got := texts(t, frame(t, s), "census", path); len(got) != 1 || got[0] != answer(i).Value.String() {
			t.Errorf("frame, question %d: %q", i, got)
		}
	}
	verified(t, s)
}

func TestARecordOfAKindWithoutAQuestionnaireWaits(t *testing.T) {
	from, to := create(t, config()), create(t, config(mapping()))
	id := save(t, from, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	var commits []record.Commit
	_ = from.Commits(background, 0, func(_ int64, c record.Commit) error { commits = append(commits, c); return nil })
	if _, err := to.Receive(background, commits, nil); err != nil {
		t.Fatal(err)
	}
	verified(t, to)
	to.Close()
	to, err := Open(to.Dir(), config())
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if rows, err := to.List(background, "cooperative", Query{}); err != nil || len(rows) != 1 || rows[0].Record != id {
		t.Error(rows, err)
	}
	verified(t, to)
}

func TestFiles(t *testing.T) {
	s := create(t, config())
	f := addFile(t, s, "desk/report.pdf", "%PDF-1.7")
	if f.Name != "report.pdf" || f.MediaType != "application/pdf" || f.Size != 8 {
		t.Errorf("%+v", f)
	}
	back, err := ParseFile(f.Value())
	if err != nil || back != f {
		t.Errorf("%+v, %v", back, err)
	}
	if again := addFile(t, s, "other.pdf", "%PDF-1.7"); again.SHA256 != f.SHA256 {
		t.Error("the same contents lie under two names")
	}
	entries, _ := os.ReadDir(filepath.Join(s.Dir(), filesName))
	if len(entries) != 1 || entries[0].Name() != f.SHA256.String() {
		t.Errorf("%v", entries)
	}
	for _, v := range []record.Value{{}, record.Text("x"), record.List([]string{"a", "b", "c", "d"}), record.List([]string{"a", "b", "x", f.SHA256.String()})} {
		if _, err := ParseFile(v); err == nil {
			t.Errorf("%v is taken for a file", v)
		}
	}
	if _, err := s.OpenFile(FileInfo{Name: "gone"}); err == nil {
		t.Error("opened a file that is not there")
	}
}
