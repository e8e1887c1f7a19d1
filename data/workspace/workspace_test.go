package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"coopatlas/data/demonstration"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// identify lets a test sign with an identity file of its own, and returns its path.
func identify(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys", "identity.json")
	t.Setenv(IdentityVariable, path)
	return path
}

// A rebuild that was broken off is done again when the workspace is opened, names that read other records included.
func TestOpeningAfterABrokenRebuild(t *testing.T) {
	identify(t)
	dir := filepath.Join(t.TempDir(), "w")
	w, err := Create(t.Context(), dir, DemonstrationSettings("en"), Config{})
	if err != nil {
		t.Fatal(err)
	}
	e, changes := w.environment(t.Context(), "en"), []store.Change{}
	for _, r := range demonstration.Records(demonstration.Seed)[:60] {
		change, err := w.invented(e, r)
		if err != nil {
			t.Fatal(err)
		}
		e.remember(change.Record, interview.Choice{Name: change.Record.String(), Label: change.Label})
		changes = append(changes, change)
	}
	if _, err := w.Store.SaveAll(t.Context(), w.Identity, slices.Values(changes), nil); err != nil {
		t.Fatal(err)
	}
	report, err := w.Store.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	if _, err := w.Store.Rebuild(ctx, func(int, int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Fatalf("the rebuild was not broken off: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w, err = Open(dir, Config{}); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	again, err := w.Store.Verify(t.Context(), nil)
	if err != nil || len(again.Problems) > 0 || again.Derived != report.Derived {
		t.Errorf("%v %q: derived %s, before %s", err, again.Problems, again.Derived, report.Derived)
	}
}

func TestAWorkspaceThatCannotBeMadeLeavesNothing(t *testing.T) {
	identify(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	fresh, empty := filepath.Join(t.TempDir(), "fresh"), t.TempDir()
	for _, dir := range []string{fresh, empty} {
		if _, err := Create(ctx, dir, Settings{}, Config{}); !errors.Is(err, context.Canceled) {
			t.Fatalf("%v", err)
		}
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a new folder is still there: %v", err)
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	w, err := Create(t.Context(), empty, Settings{}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
}

func TestWhatIsNoWorkspace(t *testing.T) {
	identify(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", file, filepath.Join(file, "below"), filepath.Join(filepath.Dir(file), "none")} {
		if _, err := Open(dir, Config{}); !errors.Is(err, ErrFolder) {
			t.Errorf("opening %q: %v", dir, err)
		}
	}
	if _, err := Create(t.Context(), "", Settings{}, Config{}); !errors.Is(err, ErrFolder) {
		t.Error(err)
	}
	emptied := filepath.Dir(file)
	if err := os.WriteFile(filepath.Join(emptied, "workspace.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(emptied, Config{}); !errors.Is(err, store.ErrEmpty) {
		t.Error(err)
	}
}

func TestIdentity(t *testing.T) {
	path := identify(t)
	first, err := LoadIdentity("Ana")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := LoadIdentity("Bea")
	if err != nil || again.Key() != first.Key() || again.Name != "Ana" {
		t.Errorf("%v, %v", again.Name, err)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	for _, damaged := range []string{"", "x", `{"coopatlas_identity": 1, "name": "Ana", "seed": "AAAA"}`, `{"coopatlas_identity": 2}`} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadIdentity("Ana"); !errors.Is(err, record.ErrIdentity) || !strings.Contains(err.Error(), "move the file away") {
			t.Errorf("%q: %v", damaged, err)
		}
	}
}

// Programs that start at the same moment agree on one identity.
func TestIdentityIsMadeOnce(t *testing.T) {
	path := identify(t)
	keys := make([]record.Key, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			identity, err := LoadIdentity("Ana")
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = identity.Key()
		})
	}
	all.Wait()
	for _, key := range keys {
		if key != keys[0] {
			t.Errorf("%s and %s", key, keys[0])
		}
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
}
