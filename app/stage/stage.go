package stage

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// Config says what a stage is set with. Its zero value is the demonstration, in English.
type Config struct {
	Language string
	Empty    bool   // a workspace without records
	None     bool   // no workspace at all
	Folder   string // of a workspace to open as it is, in place of the demonstration
	Runner   task.Runner
	Now      time.Time // 22 November 2026 unless told
	Look     kit.Look  // light unless told
	Size     fyne.Size // of the window; 1366 by 768 unless told
}

// Stage is a frame that does nothing and remembers everything. It is a page.Services, a page.House and a page.Chooser.
type Stage struct {
	App    fyne.App
	Window fyne.Window
	Page   page.Page // the page that Open opened last

	Routes   []string // led to by Navigate, in order
	Replaced []string
	Backs    int
	Toasts   []Toast
	Errors   []error
	Confirms []page.Confirm
	Shown    []string // files opened with the system's viewer
	Copied   string
	Notes    []string // what Saved was told
	Counts   string   // what Footer was told last
	Entered  []string // folders that were entered
	Adopted  *workspace.Workspace

	Yes  bool   // the answer to the next Confirm; else it is left open
	Pick string // the path that the chooser answers; "" changes its mind

	t      testing.TB
	cfg    Config
	space  *workspace.Workspace
	words  *words.Words
	prefs  map[string]string
	fonts  *scene.Fonts
	engine *chart.Engine
	recent []string
}

// Toast is something that was said in passing.
type Toast struct {
	Text string
	Undo func()
}

// New sets a stage and clears it away when the test ends.
func New(t testing.TB, cfg Config) *Stage {
	t.Helper()
	if cfg.Language == "" {
		cfg.Language = "en"
	}
	if cfg.Runner == nil {
		cfg.Runner = task.Inline{}
	}
	if cfg.Now.IsZero() {
		cfg.Now = time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC)
	}
	if cfg.Look.Mode == kit.System {
		cfg.Look.Mode = kit.Light
	}
	if cfg.Size.IsZero() {
		cfg.Size = fyne.NewSize(1366, 768)
	}
	s := &Stage{t: t, cfg: cfg, prefs: map[string]string{}}
	s.open()
	s.App = test.NewTempApp(t)
	s.App.Settings().SetTheme(kit.NewTheme(cfg.Look))
	s.Window = s.App.NewWindow("")
	s.Window.Resize(cfg.Size)
	t.Cleanup(s.Window.Close)
	return s
}

// open opens the workspace and the words.
func (s *Stage) open() {
	s.t.Helper()
	identity := filepath.Join(s.t.TempDir(), "identity.json")
	if set, ok := s.t.(interface{ Setenv(key, value string) }); ok {
		set.Setenv(workspace.IdentityVariable, identity)
	}
	var err error
	if s.words, err = workspace.Words(s.cfg.Language); err != nil {
		s.t.Fatal(err)
	}
	if s.fonts, err = scene.ReportFonts(); err != nil {
		s.t.Skip("the third-party files are missing: run `make assets`")
	}
	switch {
	case s.cfg.None:
	case s.cfg.Folder != "":
		s.space, err = workspace.Open(s.cfg.Folder, s.config())
	case s.cfg.Empty:
		s.space, err = workspace.Create(context.Background(), filepath.Join(s.t.TempDir(), "empty"),
			workspace.Settings{Name: "Mapping 2026", Language: s.cfg.Language}, s.config())
	default:
		s.space, err = Demonstration(s.t, s.config())
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if s.space != nil {
		s.t.Cleanup(func() { s.space.Close() })
	}
}

// Reopen opens the workspace of Config.Folder anew, so that nothing is remembered of it.
func (s *Stage) Reopen() {
	s.t.Helper()
	s.space.Close()
	var err error
	if s.space, err = workspace.Open(s.cfg.Folder, s.config()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Stage) config() workspace.Config {
	return workspace.Config{Name: "Test Person", Now: s.Now}
}

// master is the demonstration as it was made once for all tests of a program; each test works on a copy.
var master = sync.OnceValues(makeMaster)

func makeMaster() (string, error) {
	dir, err := os.MkdirTemp("", "coopatlas-demonstration-")
	if err != nil {
		return "", err
	}
	w, err := workspace.Create(context.Background(), filepath.Join(dir, "demo"), workspace.DemonstrationSettings("en"), workspace.Config{Name: "Test Person"})
	if err != nil {
		return "", err
	}
	if err := w.Demonstrate(context.Background(), nil); err != nil {
		return "", err
	}
	return w.Dir, w.Close()
}

// Demonstration opens a fresh copy of the demonstration in a folder of the test.
func Demonstration(t testing.TB, cfg workspace.Config) (*workspace.Workspace, error) {
	t.Helper()
	from, err := master()
	if err != nil {
		return nil, err
	}
	to := filepath.Join(t.TempDir(), "demo")
	if err := os.CopyFS(to, os.DirFS(from).(fs.ReadDirFS)); err != nil {
		return nil, err
	}
	return workspace.Open(to, cfg)
}

// Open makes a page at a route, shows it in the window, and lets it read what it shows, as the frame does.
func (s *Stage) Open(make page.New, pattern, route string) page.Page {
	s.t.Helper()
	at, ok := page.Match(pattern, page.ParseRoute(route))
	if !ok {
		s.t.Fatalf("the route %q does not fit the pattern %q", route, pattern)
	}
	s.Page = make(s, at)
	s.Window.SetContent(s.Page.Content())
	s.Window.Resize(s.cfg.Size)
	s.Page.Reload()
	if f, ok := s.Page.(page.Focuser); ok {
		f.Focus()
	}
	return s.Page
}

// Command runs a command of the page by its key.
func (s *Stage) Command(key string) {
	s.t.Helper()
	if c, ok := s.Page.(page.Commander); ok {
		for _, command := range c.Commands() {
			if command.Key == key && !command.Off {
				command.Run()
				return
			}
		}
	}
	s.t.Fatalf("the page has no command %s that can be chosen now", key)
}
