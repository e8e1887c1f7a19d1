package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app"
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/app/task"
	"coopatlas/assets"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/scene"
)

// house is a frame with what a test needs of it.
type house struct {
	*app.Frame
	t     testing.TB
	fyne  fyne.App
	trace *bytes.Buffer
	later []func() // what After was given
}

// build makes a frame over pages that note what happens to them, and over the real ones.
func build(t testing.TB, change func(*app.Config)) *house {
	t.Helper()
	t.Setenv(workspace.IdentityVariable, filepath.Join(t.TempDir(), "identity.json"))
	book, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the third-party files are missing: run `make assets`")
	}
	h := &house{t: t, fyne: test.NewTempApp(t), trace: &bytes.Buffer{}}
	cfg := app.Config{Fyne: h.fyne, Book: book, Fonts: fonts, Fresh: true, Language: "en", Version: "9.9", Trace: h.trace,
		Runner: func(func([]task.Status)) task.Runner { return task.Inline{} },
		After: func(_ time.Duration, do func()) func() {
			h.later = append(h.later, do)
			return func() {}
		},
		Now: func() time.Time { return time.Date(2026, 11, 22, 14, 2, 0, 0, time.Local) }}
	cfg.Pages = light()
	if change != nil {
		change(&cfg)
	}
	h.Frame = app.New(cfg)
	h.Window().Resize(fyne.NewSize(1366, 768))
	return h
}

// demonstrated is a frame in the demonstration.
func demonstrated(t *testing.T, change func(*app.Config)) *house {
	t.Helper()
	h := build(t, change)
	w, err := stage.Demonstration(t, workspace.Config{Name: "Test Person"})
	if err != nil {
		t.Fatal(err)
	}
	h.Adopt(w)
	t.Cleanup(func() { _ = w.Close() })
	return h
}

// light is the page list with a home that draws no chart, which takes long under the race detector.
func light() []page.Entry {
	all := app.Pages()
	for i := range all {
		if all[i].Name == "home" {
			all[i].New = newPlain
		}
	}
	return all
}

// texts is every text in sight.
func (h *house) texts() string {
	var out []string
	visit := func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			out = append(out, o.Text)
		case *widget.Button:
			out = append(out, o.Text)
		case *kit.Press:
			out = append(out, o.Text)
		}
	}
	stage.Walk(h.Window().Content(), visit)
	for _, over := range h.Window().Canvas().Overlays().List() {
		stage.Walk(over, visit)
	}
	return strings.Join(out, "\n")
}

// key runs the command of a key as the main menu does.
func (h *house) key(name fyne.KeyName, modifier fyne.KeyModifier) {
	h.t.Helper()
	want := (&desktop.CustomShortcut{KeyName: name, Modifier: modifier}).ShortcutName()
	for _, menu := range h.Window().MainMenu().Items {
		for _, item := range menu.Items {
			if item.Shortcut != nil && item.Shortcut.ShortcutName() == want {
				item.Action()
				return
			}
		}
	}
	h.t.Fatalf("no command has the key %s", want)
}

// events are the traced values of one kind.
func (h *house) events(kind string) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(h.trace.String()), "\n") {
		var one struct{ Event, Value string }
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			h.t.Fatalf("%q: %v", line, err)
		}
		if one.Event == kind {
			out = append(out, one.Value)
		}
	}
	return out
}

func TestTheFirstStartShowsTheFirstPage(t *testing.T) {
	h := build(t, nil)
	if seen := h.texts(); !strings.Contains(seen, "Open the demonstration") || strings.Contains(seen, "Home") {
		t.Errorf("in sight:\n%s", seen)
	}
	h.Navigate("home") // there is no workspace yet
	if !strings.Contains(h.texts(), "Open the demonstration") {
		t.Error("a page without a workspace shows")
	}
}

func TestHistoryLeadsBackAndForward(t *testing.T) {
	h := demonstrated(t, nil)
	h.Navigate("settings?part=about")
	h.key(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.key(fyne.KeyLeft, fyne.KeyModifierAlt) // there is nothing before
	h.key(fyne.KeyRight, fyne.KeyModifierAlt)
	h.Back()
	h.Navigate("settings")
	h.key(fyne.KeyRight, fyne.KeyModifierAlt) // what lay ahead is forgotten
	got := strings.Join(h.events("route"), " ")
	if want := "welcome home settings?part=about home settings?part=about home settings"; got != want {
		t.Errorf("went\n%s, want\n%s", got, want)
	}
}

func TestPagesOfTheRailAreReachedByNumber(t *testing.T) {
	h := demonstrated(t, nil)
	for i, entry := range h.RailNames() {
		if i > 8 {
			break
		}
		h.key(fyne.KeyName(rune('1'+i)), fyne.KeyModifierAlt)
		if routes := h.events("route"); routes[len(routes)-1] != entry {
			t.Errorf("Alt+%d leads to %s, want %s", i+1, routes[len(routes)-1], entry)
		}
	}
}

func TestARouteThatLeadsNowhereIsSaidInOneDialog(t *testing.T) {
	h := demonstrated(t, nil)
	h.Navigate("no/such/page")
	if seen := h.texts(); !strings.Contains(seen, "There is no such page") {
		t.Fatalf("in sight:\n%s", seen)
	}
	h.Window().Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(h.Window().Canvas().Overlays().List()) != 0 {
		t.Error("Escape leaves the dialog open")
	}
}

func TestErrorsAreSaidInTheLanguageOfThePerson(t *testing.T) {
	var logged []error
	h := demonstrated(t, func(c *app.Config) { c.Language = "fr"; c.Log = func(err error) { logged = append(logged, err) } })
	h.Fail(nil)
	h.Fail(context.Canceled)
	if len(h.Window().Canvas().Overlays().List()) != 0 || !strings.Contains(h.texts(), "Arrêté.") {
		t.Errorf("stopping is shown as an error:\n%s", h.texts())
	}
	h.Fail(workspace.ErrFolder)
	h.Fail(errors.New("the drive is full"))
	for _, want := range []string{"Ce dossier n’est pas un espace de travail", "Cela n’a pas fonctionné", "The drive is full."} {
		if !strings.Contains(h.texts(), want) {
			t.Errorf("%q does not show:\n%s", want, h.texts())
		}
	}
	if len(logged) != 2 {
		t.Errorf("logged %v", logged)
	}
}

func TestLanguageChangesEverythingAtOnce(t *testing.T) {
	h := demonstrated(t, nil)
	h.Navigate("settings?part=keys")
	h.SetLanguage("fr")
	for _, want := range []string{"Réglages", "Accueil", "Tout rechercher", "Précédent"} {
		if !strings.Contains(h.texts(), want) {
			t.Errorf("%q does not show:\n%s", want, h.texts())
		}
	}
	if got := h.Window().MainMenu().Items[0].Label; got != "Fichier" {
		t.Errorf("the first menu is %s", got)
	}
	if h.fyne.Preferences().String("language") != "fr" {
		t.Error("the language is forgotten")
	}
}

func TestLookIsRemembered(t *testing.T) {
	h := demonstrated(t, nil)
	h.SetLook(kit.Look{Mode: kit.Dark, Text: 1.25})
	h.key(fyne.KeyDown, fyne.KeyModifierShortcutDefault)
	if look := h.Look(); look.Mode != kit.Dark || look.Text != 1.125 {
		t.Errorf("the look is %+v", look)
	}
	if kept := h.fyne.Preferences().String("look"); !strings.Contains(kept, "dark") {
		t.Errorf("kept %q", kept)
	}
}

func TestConfirmWaitsForAnAnswer(t *testing.T) {
	h := demonstrated(t, nil)
	n := 0
	ask := page.Confirm{Question: "Delete it?", Detail: "It can be restored.", Action: "Delete", Danger: true, Run: func() { n++ }}
	h.Confirm(ask)
	h.Window().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // on cancel
	h.Confirm(ask)
	h.Window().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if n != 0 || len(h.Window().Canvas().Overlays().List()) != 0 {
		t.Fatalf("ran %d times", n)
	}
	h.Confirm(ask)
	h.key(fyne.KeyR, fyne.KeyModifierShortcutDefault) // commands rest meanwhile
	for _, o := range h.Window().Canvas().Overlays().List() {
		stage.Walk(o, func(o fyne.CanvasObject) {
			if p, ok := o.(*kit.Press); ok && p.Text == "Delete" {
				p.Tapped(nil)
			}
		})
	}
	if n != 1 {
		t.Errorf("ran %d times", n)
	}
}

func TestToastCanBeUndoneAndGoesAway(t *testing.T) {
	h := demonstrated(t, nil)
	undone := 0
	h.Toast("Removed.", func() { undone++ })
	stage.Walk(h.Window().Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == "Undo" {
			test.Tap(b)
		}
	})
	if undone != 1 || strings.Contains(h.texts(), "Removed.") {
		t.Errorf("undone %d times:\n%s", undone, h.texts())
	}
	h.Toast("Kept.", nil)
	h.later[len(h.later)-1]()
	if strings.Contains(h.texts(), "Kept.") {
		t.Error("the message stays")
	}
}

func TestSavingIsSeenAndTraced(t *testing.T) {
	h := demonstrated(t, nil)
	h.Saved("draft 1")
	h.Footer("12 records")
	if seen := h.texts(); !strings.Contains(seen, "saved 14:02") || !strings.Contains(seen, "12 records") {
		t.Errorf("in sight:\n%s", seen)
	}
	if got := h.events("saved"); len(got) != 1 || got[0] != "draft 1" {
		t.Errorf("traced %q", got)
	}
}

func TestFocusIsTracedOnceForEachMove(t *testing.T) {
	h := demonstrated(t, nil)
	h.key(fyne.KeyK, fyne.KeyModifierShortcutDefault)
	h.WatchFocus()
	h.WatchFocus()
	h.Window().Canvas().Unfocus()
	h.WatchFocus()
	if got := strings.Join(h.events("focus"), ","); got != "search," {
		t.Errorf("traced %q", got)
	}
}

func TestOneWindowForEachWorkspace(t *testing.T) {
	h := demonstrated(t, nil)
	dir := h.Workspace().Dir
	other := build(t, nil)
	other.Enter(dir)
	if !strings.Contains(other.texts(), "This workspace is open already") {
		t.Fatalf("in sight:\n%s", other.texts())
	}
	h.Quit()
	third := build(t, nil)
	third.Enter(dir)
	if third.Workspace() == nil {
		t.Errorf("after the first window is closed:\n%s", third.texts())
	}
	third.Quit()
}

func TestRecentWorkspacesAreRemembered(t *testing.T) {
	h := demonstrated(t, nil)
	dir := h.Workspace().Dir
	if got := h.Recent(); len(got) != 1 || got[0] != dir {
		t.Fatalf("recent are %q", got)
	}
	h.Enter(t.TempDir())
	if h.Workspace() == nil || len(h.Recent()) != 1 {
		t.Error("a folder that is no workspace took its place")
	}
	h.Quit()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if len(h.Recent()) != 0 {
		t.Error("a workspace that is gone is offered")
	}
}

func TestACrashIsOfferedAndCanBeDeleted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "crash-1.txt")
	if err := os.WriteFile(file, []byte("fault"), 0o600); err != nil {
		t.Fatal(err)
	}
	var read []string
	h := build(t, func(c *app.Config) {
		c.Crash = file
		c.Show = func(path string) error { read = append(read, path); return nil }
	})
	for _, button := range []string{"Read it", "Delete it"} {
		for _, o := range h.Window().Canvas().Overlays().List() {
			stage.Walk(o, func(o fyne.CanvasObject) {
				if p, ok := o.(*kit.Press); ok && p.Text == button {
					p.Tapped(nil)
				}
			})
		}
	}
	if _, err := os.Stat(file); len(read) != 1 || err == nil {
		t.Errorf("read %q, still there: %t", read, err == nil)
	}
}

func TestEveryCommandHasAKeyOfItsOwn(t *testing.T) {
	h := demonstrated(t, func(c *app.Config) { c.Pages = app.Pages() })
	for _, entry := range app.Pages() {
		if strings.Contains(entry.Route, "{") {
			continue
		}
		h.Navigate(entry.Name)
		taken := map[string]string{}
		for _, menu := range h.Window().MainMenu().Items {
			for _, item := range menu.Items {
				if item.Shortcut == nil {
					continue
				}
				key := item.Shortcut.ShortcutName()
				if before, twice := taken[key]; twice {
					t.Errorf("on %s, %s is the key of both %q and %q", entry.Name, key, before, item.Label)
				}
				taken[key] = item.Label
			}
		}
	}
}
