package main

import (
	"context"
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app"
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/assets"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/scene"
)

// setting is one way in which the window is drawn.
type setting struct {
	language string
	mode     kit.Mode
	size     fyne.Size
	text     float32 // its size; 0 is normal
}

// name is the folder that its pictures lie in.
func (s setting) name() string {
	name := fmt.Sprintf("%s-%s-%.0fx%.0f", s.language, s.mode, s.size.Width, s.size.Height)
	if s.text != 0 {
		name += fmt.Sprintf("-text%.0f", 100*s.text)
	}
	return name
}

// settings are those that are drawn: English and French in each mode, small and large; French in larger text on the small
// screen, and so every other language as it is.
func settings(languages []string) []setting {
	var out []setting
	for _, language := range languages {
		if language != "en" && language != "fr" {
			out = append(out, setting{language: language, mode: kit.Light, size: fyne.NewSize(1366, 768)})
		}
	}
	for _, size := range []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)} {
		for _, language := range []string{"en", "fr"} {
			for _, mode := range []kit.Mode{kit.Light, kit.Dark} {
				out = append(out, setting{language: language, mode: mode, size: size})
			}
		}
	}
	return append(out, setting{language: "fr", mode: kit.Light, size: fyne.NewSize(1366, 768), text: 1.25})
}

func main() {
	to := flag.String("to", "out/screens", "the folder to draw to")
	only := flag.String("only", "", "draw only settings and pages whose file name contains this")
	flag.Parse()
	if err := run(*to, *only); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// studio is what all pictures are drawn with.
type studio struct {
	to, only     string
	book         *words.Book
	fonts        *scene.Fonts
	demonstrated string // the folder of the demonstration
	empty        string // of an empty workspace
	ids          map[string]string
	drawn        int
}

func run(to, only string) error {
	temporary, err := os.MkdirTemp("", "coopatlas-screens-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	if err := os.Setenv(workspace.IdentityVariable, filepath.Join(temporary, "identity.json")); err != nil {
		return err
	}
	s := &studio{to: to, only: only, demonstrated: filepath.Join(temporary, "demonstration"), empty: filepath.Join(temporary, "empty"), ids: map[string]string{}}
	if s.book, err = words.Open(assets.FS()); err != nil {
		return err
	}
	if s.fonts, err = scene.ReportFonts(); err != nil {
		return err
	}
	if err := s.furnish(); err != nil {
		return err
	}
	for _, set := range settings(s.book.Languages()) {
		if err := s.draw(set); err != nil {
			return err
		}
	}
	fmt.Printf("%d pictures in %s\n", s.drawn, to)
	return nil
}

// furnish makes the two workspaces, and notes the first record of each kind.
func (s *studio) furnish() error {
	ctx := context.Background()
	cfg := workspace.Config{Name: "Ada Example", Now: clock}
	empty, err := workspace.Create(ctx, s.empty, workspace.Settings{Name: "Mapping 2026", Language: "en"}, cfg)
	if err != nil {
		return err
	}
	if err := empty.Close(); err != nil {
		return err
	}
	w, err := workspace.Create(ctx, s.demonstrated, workspace.DemonstrationSettings("en"), cfg)
	if err != nil {
		return err
	}
	defer w.Close()
	if err := w.Demonstrate(ctx, nil); err != nil {
		return err
	}
	for _, kind := range workspace.Kinds() {
		rows, err := w.Store.List(ctx, kind, store.Query{Limit: 1, Columns: []string{}, Sort: []store.Order{{Column: "label"}}})
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			s.ids[kind] = rows[0].Record.String()
		}
	}
	if err := freeze(ctx, w); err != nil {
		return err
	}
	return s.begin(ctx, w)
}

// begin leaves two interviews unfinished, so that drafts show.
func (s *studio) begin(ctx context.Context, w *workspace.Workspace) error {
	for _, id := range []string{"", s.ids["mapping"]} {
		of := workspace.SessionOf{Kind: "mapping"}
		rows, err := w.Store.List(ctx, "mapping", store.Query{Where: []store.Condition{{Column: "state", Values: []string{"submitted"}}}, Limit: 1, Columns: []string{}})
		if err != nil {
			return err
		}
		if id != "" && len(rows) > 0 {
			of.Record = rows[0].Record
		}
		session, err := w.Begin(ctx, of)
		if err != nil {
			return err
		}
		session.Leave()
	}
	return nil
}

// clock stands still, so that pictures can be compared.
func clock() time.Time { return time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC) }

// draw draws all pages in one setting.
func (s *studio) draw(set setting) error {
	full, frame := s.window(set, s.demonstrated, false)
	for _, entry := range app.Pages() {
		for i, route := range samples(entry) {
			name := strings.NewReplacer("/", "-", "{", "", "}", "").Replace(entry.Route)
			if i > 0 {
				name = fmt.Sprintf("%s-%d", name, i+1)
			}
			if err := s.shoot(frame, set, s.resolve(route), name); err != nil {
				return err
			}
		}
	}
	full.Quit()
	bare, frame := s.window(set, s.empty, false)
	for _, entry := range app.Pages() {
		if !entry.Bare && entry.Icon != "" {
			if err := s.shoot(frame, set, entry.Name, entry.Name+"-empty"); err != nil {
				return err
			}
		}
	}
	bare.Quit()
	first, frame := s.window(set, "", true)
	defer first.Quit()
	return s.shoot(frame, set, "welcome", "first-start")
}

func samples(entry page.Entry) []string {
	if entry.Samples != nil {
		return entry.Samples
	}
	return []string{entry.Route}
}

var record = regexp.MustCompile(`\{(\w+)\}`)

// resolve puts ids of records in a sample.
func (s *studio) resolve(route string) string {
	return record.ReplaceAllStringFunc(route, func(name string) string { return s.ids[strings.Trim(name, "{}")] })
}

// window makes a frame over a workspace, drawn by the software canvas.
func (s *studio) window(set setting, dir string, fresh bool) (fyne.App, *app.Frame) {
	fyneApp := test.NewApp()
	frame := app.New(app.Config{
		Fyne: fyneApp, Book: s.book, Fonts: s.fonts, Dir: dir, Fresh: fresh, Language: set.language, Mode: &set.mode,
		Version: "0.1.0", Now: clock, NoLock: true,
		After:  func(time.Duration, func()) func() { return func() {} },
		Runner: func(func([]task.Status)) task.Runner { return task.Inline{} },
	})
	if set.text != 0 {
		look := frame.Look()
		look.Text = set.text
		frame.SetLook(look)
	}
	frame.Window().Resize(set.size)
	return fyneApp, frame
}

// shoot goes to a route and draws what is there.
func (s *studio) shoot(frame *app.Frame, set setting, route, name string) error {
	file := filepath.Join(s.to, set.name(), name+".png")
	if !strings.Contains(file, s.only) {
		return nil
	}
	frame.Navigate(route)
	frame.Window().Resize(set.size)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	s.drawn++
	return png.Encode(out, frame.Window().Canvas().Capture())
}
