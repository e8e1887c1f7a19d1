package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/record"
)

// planted are values that must be found nowhere after they were erased.
var planted = []string{
	"Wilhelmina Quackenbush", "quackenbush@example.org", "a portrait of Wilhelmina", "Wilhelmina Typed-in-a-Draft",
	strings.Repeat("a long value that needs overflow pages of its own, Quackenbush; ", 400),
}

func addFile(t *testing.T, s *Store, name, contents string) FileInfo {
	t.Helper()
	f, err := s.AddFile(background, name, strings.NewReader(contents))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// plant makes a workspace with a person whose values are everywhere that they can be, and another person.
func plant(t *testing.T, cfg Config) (s *Store, id, other record.ID, shared FileInfo) {
	t.Helper()
	s = create(t, cfg)
	photo, shared := addFile(t, s, "portrait.jpg", planted[2]), addFile(t, s, "group.jpg", "a picture of many")
	other = save(t, s, Change{Kind: "person", Set: answers("name", "Bruno", "photo", shared.Value())}).Record
	id = save(t, s, Change{Kind: "person", Set: answers("name", planted[0], "contact/email", planted[1], "role", "chair", "photo", shared.Value())}).Record
	save(t, s, Change{Record: id, Kind: "person", Parents: state(t, s, id).Heads, Set: answers("photo", photo.Value(), "contact/email", planted[4])})
	if _, err := s.Backup(background, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.safetyCopy(1); err != nil {
		t.Fatal(err)
	}
	d, err := s.OpenDraft(background, DraftOf{Record: id, Kind: "person", Heads: state(t, s, id).Heads})
	for path, text := range map[record.Path]string{"name": planted[3], "contact/email": planted[4]} {
		if err == nil {
			err = s.SetDraft(background, d.ID, path, answer(text))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(background, ""); err != nil { // with the draft
		t.Fatal(err)
	}
	return s, id, other, shared
}

// What stands in backups/ and cannot be rewritten neither stops the erasure of the rest nor shuts the workspace.
func TestErasureBesideDamagedBackups(t *testing.T) {
	s, id, _, _ := plant(t, config())
	damaged := filepath.Join(s.Dir(), backupsName, "damaged")
	_, err := s.Backup(background, "")
	for name, data := range map[string]string{".DS_Store": "left by a desktop", "notes.txt": "", "damaged/" + databaseName: "SQLite format 3\x00and no more"} {
		path := filepath.Join(s.Dir(), backupsName, name)
		err = errors.Join(err, os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(data), 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(background, identity(1), id, nil); err == nil || !strings.Contains(err.Error(), damaged) || strings.Contains(err.Error(), "DS_Store") {
		t.Fatalf("a damaged backup is not named: %v", err)
	}
	if found := findPlanted(t, s.Dir(), planted...); len(found) > 0 {
		t.Errorf("%q", found)
	}
	s.Close()
	again, err := Open(s.Dir(), config())
	if err != nil {
		t.Fatal(err)
	}
	report, err := again.Verify(background, nil)
	if err != nil || len(report.Problems) != 1 || again.Unfinished() == nil {
		t.Errorf("%q, %v, %v", report.Problems, again.Unfinished(), err)
	}
	again.Close()
	if err := os.RemoveAll(damaged); err != nil {
		t.Fatal(err)
	}
	if again, err = Open(s.Dir(), config()); err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	verified(t, again)
}

// findPlanted returns the files in a folder in which a planted value is, as it is or within a compressed body.
func findPlanted(t *testing.T, dir string, values ...string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, value := range values {
			if bytes.Contains(data, []byte(value)) {
				found = append(found, filepath.Base(path)+": "+value[:20])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestErasureLeavesNoByte(t *testing.T) {
	s, id, other, shared := plant(t, config())
	values := append(slices.Clone(planted), planted[4][:4000]+"", planted[4][100:300])
	if found := findPlanted(t, s.Dir(), values...); len(found) < 8 {
		t.Fatalf("planting failed: %q", found)
	}
	if _, err := s.Erase(background, identity(1), id, nil); err != nil {
		t.Fatal(err)
	}
	if found := findPlanted(t, s.Dir(), values...); len(found) > 0 {
		t.Errorf("while open: %q", found)
	}
	st := state(t, s, id)
	for _, path := range []record.Path{"name", "contact/email", "role", "photo"} {
		if f := st.Fields[path]; f.Status != record.Erased || !f.Value.IsZero() {
			t.Errorf("%s: %+v", path, f)
		}
	}
	if d, err := s.Drafts(background); err != nil || len(d) != 1 || len(d[0].Answers) != 0 {
		t.Errorf("drafts: %+v, %v", d, err)
	}
	if hits, err := s.Search(background, "quackenbush", 0); len(hits) != 0 || err != nil {
		t.Errorf("found: %v, %v", hits, err)
	}
	if st := state(t, s, other); st.Fields["name"].Value.String() != "Bruno" {
		t.Errorf("the other person: %+v", st)
	}
	if f, err := s.OpenFile(shared); err != nil {
		t.Errorf("a file that somebody still uses is gone: %v", err)
	} else {
		f.Close()
	}
	verified(t, s)
	searchLog(t, s, values)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found := findPlanted(t, s.Dir(), values...); len(found) > 0 {
		t.Errorf("after closing: %q", found)
	}
	checkRestored(t, s.Dir(), id)
}

// searchLog looks for values in the decompressed bodies of the log.
func searchLog(t *testing.T, s *Store, values []string) {
	t.Helper()
	err := s.Commits(background, 0, func(seq int64, c record.Commit) error {
		for _, r := range c.Revisions {
			for _, value := range values {
				if bytes.Contains(record.EncodeRevision(r), []byte(value)) {
					t.Errorf("commit %d holds %q", seq, value[:20])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkRestored restores each backup and looks at the person, who must not come back.
func checkRestored(t *testing.T, dir string, id record.ID) {
	t.Helper()
	backups, err := filepath.Glob(filepath.Join(dir, backupsName, "*Z"))
	if err != nil || len(backups) != 2 {
		t.Fatal(backups, err)
	}
	for _, backup := range backups {
		to := filepath.Join(t.TempDir(), "restored")
		if err := Restore(backup, to); err != nil {
			t.Fatal(err)
		}
		s, err := Open(to, config())
		if err != nil {
			t.Fatal(err)
		}
		if st := state(t, s, id); !st.Fields["name"].Value.IsZero() || st.Fields["role"].Value.String() != "chair" {
			t.Errorf("restored: %+v", st.Fields)
		}
		verified(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestErasureOfOnePath(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "person", Set: answers("name", "Ana", "contact/email", planted[1])}).Record
	if _, err := s.Erase(background, identity(1), id, []record.Path{"contact"}); err != nil {
		t.Fatal(err)
	}
	st := state(t, s, id)
	if st.Fields["name"].Value.String() != "Ana" || st.Fields["contact/email"].Status != record.Erased {
		t.Errorf("%+v", st.Fields)
	}
	save(t, s, Change{Record: id, Kind: "person", Parents: st.Heads, Set: answers("contact/email", "new@example.org")})
	if _, err := s.Erase(background, identity(1), id, []record.Path{"name"}); err != nil {
		t.Fatal(err)
	}
	if st := state(t, s, id); st.Fields["contact/email"].Value.String() != "new@example.org" {
		t.Errorf("what was written after the first erasure: %+v", st.Fields)
	}
	verified(t, s)
}

func TestWhatDoesNotKnowOfTheErasureIsErasedWhenSaved(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "person", Set: answers("name", "Ana")}).Record
	heads := state(t, s, id).Heads
	if _, err := s.Erase(background, identity(1), id, nil); err != nil {
		t.Fatal(err)
	}
	save(t, s, Change{Record: id, Kind: "person", Parents: heads, Set: answers("name", planted[0])})
	if st := state(t, s, id); st.Fields["name"].Status != record.Erased {
		t.Errorf("%+v", st.Fields)
	}
	verified(t, s)
	s.Close()
	if found := findPlanted(t, s.Dir(), planted[0]); len(found) > 0 {
		t.Errorf("%q", found)
	}
}

func TestAnErasureThatArrivesIsCarriedOut(t *testing.T) {
	from, to := create(t, config()), create(t, config())
	id := save(t, from, Change{Kind: "person", Set: answers("name", planted[0])}).Record
	send := func() {
		t.Helper()
		var commits []record.Commit
		_ = from.Commits(background, 0, func(_ int64, c record.Commit) error { commits = append(commits, c); return nil })
		openings, err := from.Openings(background, id)
		if err == nil {
			_, err = to.Receive(background, commits, openings)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	send()
	if _, err := to.Backup(background, ""); err != nil {
		t.Fatal(err)
	}
	late, err := from.Openings(background, id)
	if err == nil {
		_, err = from.Erase(background, identity(1), id, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	send()
	if got, err := to.Receive(background, nil, late); err != nil || got.Dropped != 1 || got.Openings != 0 {
		t.Errorf("a late opening: %+v, %v", got, err)
	}
	if found := findPlanted(t, to.Dir(), planted[0]); len(found) > 0 {
		t.Errorf("%q", found)
	}
	verified(t, to)
}

func TestErasureAndUnsentBundles(t *testing.T) {
	cfg := config()
	s := create(t, cfg)
	id := save(t, s, Change{Kind: "person", Set: answers("name", "Ana")}).Record
	bundle := filepath.Join(s.Dir(), outboxName, "letter.bundle")
	if err := os.WriteFile(bundle, []byte("Ana"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(background, identity(1), id, nil); !errors.Is(err, ErrUnsent) {
		t.Fatal(err)
	}
	if st := state(t, s, id); st.Fields["name"].Value.IsZero() {
		t.Error("erased although it was refused")
	}
	s.cfg.Unsent = func(_ context.Context, path string, erased []Erased) error {
		if len(erased) != 1 || erased[0].Record != id || !slices.Equal(erased[0].Paths, []record.Path{""}) {
			t.Errorf("%+v", erased)
		}
		return os.WriteFile(path, nil, 0o600)
	}
	if _, err := s.Erase(background, identity(1), id, nil); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(bundle); len(data) > 0 || err != nil {
		t.Error(string(data), err)
	}
}

func TestErasureIsFinishedLater(t *testing.T) {
	s, id, _, _ := plant(t, config())
	f := frame(t, s)
	s.busy = 50
	if _, err := s.Erase(background, identity(1), id, nil); !errors.Is(err, ErrReaders) {
		t.Fatalf("with an open frame: %v", err)
	}
	f.Close()
	s.Close()
	again, err := Open(s.Dir(), config())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if found := findPlanted(t, s.Dir(), planted...); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
