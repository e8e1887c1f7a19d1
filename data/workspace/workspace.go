package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// kinds are the kinds of record that every workspace has, those that others refer to first.
var kinds = [...]string{"cooperative", "organisation", "person", "wave", "population", "context", "rates", "indicator", "questionnaire", "release", "released", "mapping",
	"aggregate", "macro", "relationship", "project", "dossier", "outcome", "query", "view"}

// registers are the kinds whose records count in frames once they are saved: they are not interviews, and nobody
// submits them.
var registers = [...]string{"cooperative", "organisation", "person", "wave", "population", "context", "relationship", "project", "dossier", "outcome"}

// Kinds returns the kinds of record that every workspace has, those that others refer to first.
func Kinds() []string { return append([]string(nil), kinds[:]...) }

// Config is what a workspace is given from outside. Its zero value suits a program.
type Config struct {
	Name   string           // of the person, where an identity has to be made
	Now    func() time.Time // nil is the computer's clock
	Random io.Reader        // nil is the system's secure source
}

// Workspace is an open workspace and its services.
type Workspace struct {
	Dir      string
	Store    *store.Store
	Lists    *codes.Lists
	Identity record.Identity
	shelf    *shelf
	forms    atomic.Pointer[formSet]
	now      func() time.Time
	ids      *idSource
}

// ErrFolder is wrapped where a folder is not a workspace, or cannot become one.
var ErrFolder = errors.New("the folder is not a workspace")

// Create makes a workspace in a folder that is new or empty, and opens it.
func Create(ctx context.Context, dir string, settings Settings, cfg Config) (*Workspace, error) {
	if dir == "" {
		return nil, fmt.Errorf("%w: its name is empty; name a new folder", ErrFolder)
	}
	entries, err := os.ReadDir(dir)
	existed := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the workspace cannot be made: %w", err)
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("%w: %s has files in it already; choose a new folder", ErrFolder, dir)
	}
	w, err := open(dir, cfg, store.Create)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the workspace cannot be made: %w", err), unmake(dir, existed))
	}
	if settings.Language == "" {
		settings.Language = "en"
	}
	if err := w.SetSettings(ctx, settings); err != nil {
		return nil, errors.Join(fmt.Errorf("the workspace cannot be made: %w", err), w.Close(), unmake(dir, existed))
	}
	return w, nil
}

// unmake takes away what a workspace that could not be made has left in a folder that was empty or not there, so that
// making it can be tried again.
func unmake(dir string, keep bool) error {
	if !keep {
		return os.RemoveAll(dir)
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// Open opens the workspace in a folder.
func Open(dir string, cfg Config) (*Workspace, error) {
	if dir == "" {
		return nil, fmt.Errorf("%w: its name is empty; name the folder", ErrFolder)
	}
	if _, err := os.Stat(filepath.Join(dir, "workspace.db")); errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, fmt.Errorf("%w: %s holds no workspace.db; make one with `coopctl init %s`", ErrFolder, dir, dir)
	}
	return open(dir, cfg, store.Open)
}

func open(dir string, cfg Config, with func(string, store.Config) (*store.Store, error)) (*Workspace, error) {
	lists, err := codes.Open(assets.FS())
	if err != nil {
		return nil, err
	}
	w := &Workspace{Dir: dir, Lists: lists, now: cfg.Now, ids: newIDSource(cfg)}
	if w.now == nil {
		w.now = time.Now
	}
	if w.shelf, err = openShelf(); err != nil {
		return nil, err
	}
	set := w.shelf.arrange(nil)
	w.forms.Store(set)
	if w.Identity, err = LoadIdentity(cfg.Name); err != nil {
		return nil, err
	}
	w.Store, err = with(dir, store.Config{Forms: set.forms(), FormKind: questionnaireKind, ReadForms: w.readForms, Now: cfg.Now, Random: cfg.Random, Label: w.label, Registers: registers[:]})
	if err != nil {
		return nil, err // it names the folder
	}
	return w, nil
}

// compileKind compiles the questionnaire of a kind that the program brings; its tests hold that there is nothing to
// report, so that a problem here is a damaged program.
func compileKind(kind string) (*form.Form, error) {
	f, problems, err := xlsform.Kind(assets.FS(), kind)
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		if p.Severity == form.Error {
			return nil, fmt.Errorf("the questionnaire %s: %s", kind, p)
		}
	}
	return f, nil
}

// Close ends all work on the workspace.
func (w *Workspace) Close() error { return w.Store.Close() }

// List returns a code list, such as country.csv.
func (w *Workspace) List(name string) (*codes.List, bool) { return w.Lists.List(name) }

// Country finds a country's code by any name it goes by.
func (w *Workspace) Country(name string) (string, bool) { return w.Lists.Country(name) }
