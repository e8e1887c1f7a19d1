package crowd

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// DirVariable names the folder that made workspaces are kept in between runs; without it each run makes its own.
const DirVariable = "COOPATLAS_BENCH_DIR"

// The sizes that are measured, in interviews.
const (
	Large = 100_000
	Huge  = 1_000_000 // only where made workspaces are kept: making it takes minutes
)

// edition changes with what is invented, so that what an earlier program made is not measured.
const edition = 1

// Sizes returns the sizes to measure in this run.
func Sizes() []int {
	if os.Getenv(DirVariable) == "" {
		return []int{Large}
	}
	return []int{Large, Huge}
}

// Config is what the workspace is opened with.
func Config() workspace.Config { return workspace.Config{Name: "Test Person", Now: now} }

func now() time.Time { return time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC) }

// Folder returns a workspace of so many interviews, which is made where there is none yet. It is kept in the folder
// that DirVariable names, else in one of the test's. Nothing may be left changed in it.
func Folder(t testing.TB, interviews int) string {
	t.Helper()
	home := os.Getenv(DirVariable)
	if home == "" {
		home = t.TempDir()
	}
	if set, ok := t.(interface{ Setenv(key, value string) }); ok {
		set.Setenv(workspace.IdentityVariable, filepath.Join(home, "identity"))
	}
	dir := filepath.Join(home, fmt.Sprintf("crowd-%d-%d", edition, interviews))
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	began := time.Now()
	unfinished := dir + ".part"
	err := os.RemoveAll(unfinished)
	if err == nil {
		err = Make(unfinished, interviews)
	}
	if err == nil {
		err = os.Rename(unfinished, dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("made a workspace of %d interviews in %v", interviews, time.Since(began).Round(time.Second))
	return dir
}

// Make makes a workspace of so many interviews in a new folder.
func Make(dir string, interviews int) error {
	ctx := context.Background()
	cfg := Config()
	ticks := 0
	cfg.Now = func() time.Time { // a hundred saves a second over the last months
		ticks++
		return now().Add(time.Duration(ticks-12*interviews/10) * 10 * time.Millisecond)
	}
	w, err := workspace.Create(ctx, dir, workspace.Settings{Name: "Crowd (invented data)", Language: "en", Demonstration: true}, cfg)
	if err != nil {
		return err
	}
	c := &crowd{interviews: interviews, units: max(interviews/perUnit, 1), form: w.MustKnow}
	_, err = w.Store.SaveAll(ctx, w.Identity, c.changes, nil)
	if c.err != nil {
		err = c.err
	}
	if err == nil {
		err = settle(ctx, w.Store)
	}
	if failed := w.Close(); err == nil {
		err = failed
	}
	return err
}

// settle makes the columns of figures, which the first reading after an import makes.
func settle(ctx context.Context, s *store.Store) error {
	frame, err := s.Frame(ctx)
	if err != nil {
		return err
	}
	return frame.Close()
}
