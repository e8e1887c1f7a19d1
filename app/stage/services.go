package stage

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

var (
	_ page.Services = (*Stage)(nil)
	_ page.House    = (*Stage)(nil)
	_ page.Chooser  = (*Stage)(nil)
)

// Workspace is the copy of the demonstration, or what Config says.
func (s *Stage) Workspace() *workspace.Workspace { return s.space }

// Words are those of Config.Language.
func (s *Stage) Words() *words.Words { return s.words }

// Runner is the inline one unless Config says otherwise.
func (s *Stage) Runner() task.Runner { return s.cfg.Runner }

// Navigate notes the route.
func (s *Stage) Navigate(route string) { s.Routes = append(s.Routes, route) }

// Replace notes the route.
func (s *Stage) Replace(route string) { s.Replaced = append(s.Replaced, route) }

// Back counts.
func (s *Stage) Back() { s.Backs++ }

// Toast notes what is said.
func (s *Stage) Toast(text string, undo func()) { s.Toasts = append(s.Toasts, Toast{text, undo}) }

// Fail notes the error.
func (s *Stage) Fail(err error) { s.Errors = append(s.Errors, err) }

// Confirm notes the question, and answers yes where Yes is set.
func (s *Stage) Confirm(c page.Confirm) {
	s.Confirms = append(s.Confirms, c)
	if s.Yes {
		c.Run()
	}
}

// Dialog shows the content over the page.
func (s *Stage) Dialog(title string, content fyne.CanvasObject, _ func()) (closeIt func()) {
	body := kit.Sheet(kit.Pad(kit.Gap16, kit.Column(kit.Gap8, kit.Section(title), content)))
	pop := widget.NewModalPopUp(container.NewStack(body), s.Window.Canvas())
	pop.Show()
	return pop.Hide
}

// Chooser is the stage, which answers Pick.
func (s *Stage) Chooser() page.Chooser { return s }

// OpenFile answers Pick.
func (s *Stage) OpenFile(_ page.Filter, done func(string)) { s.pick(done) }

// SaveFile answers Pick.
func (s *Stage) SaveFile(_ string, _ page.Filter, done func(string)) { s.pick(done) }

// OpenFolder answers Pick.
func (s *Stage) OpenFolder(done func(string)) { s.pick(done) }

func (s *Stage) pick(done func(string)) {
	if s.Pick != "" {
		done(s.Pick)
	}
}

// Show notes the file.
func (s *Stage) Show(path string) { s.Shown = append(s.Shown, path) }

// Canvas is that of the window.
func (s *Stage) Canvas() fyne.Canvas { return s.Window.Canvas() }

// Copy notes the text.
func (s *Stage) Copy(text string) { s.Copied = text }

// Engine loads the charts once a test.
func (s *Stage) Engine() (*chart.Engine, error) {
	if s.engine == nil {
		engine, err := chart.NewEngine(s.fonts)
		if err != nil {
			return nil, err
		}
		s.engine = engine
		s.t.Cleanup(func() { engine.Close() })
	}
	return s.engine, nil
}

// Fonts are the report fonts.
func (s *Stage) Fonts() *scene.Fonts { return s.fonts }

// Now is Config.Now.
func (s *Stage) Now() time.Time { return s.cfg.Now }

// Saved notes what was saved.
func (s *Stage) Saved(what string) { s.Notes = append(s.Notes, what) }

// Footer notes the counts.
func (s *Stage) Footer(text string) { s.Counts = text }

// Changed does nothing.
func (s *Stage) Changed() {}

// Preference returns what SetPreference kept.
func (s *Stage) Preference(key string) string { return s.prefs[key] }

// SetPreference keeps it for the test.
func (s *Stage) SetPreference(key, value string) { s.prefs[key] = value }

// House is the stage.
func (s *Stage) House() page.House { return s }

// Enter notes the folder.
func (s *Stage) Enter(dir string) { s.Entered = append(s.Entered, dir) }

// Adopt notes the workspace, which is closed when the test ends.
func (s *Stage) Adopt(w *workspace.Workspace) {
	s.Adopted = w
	s.t.Cleanup(func() { w.Close() })
}

// Recent are those that SetRecent set.
func (s *Stage) Recent() []string { return s.recent }

// SetRecent sets the recent workspaces.
func (s *Stage) SetRecent(dirs ...string) { s.recent = dirs }

// Look is how the window looks.
func (s *Stage) Look() kit.Look { return s.cfg.Look }

// SetLook changes it.
func (s *Stage) SetLook(look kit.Look) {
	s.cfg.Look = look
	s.App.Settings().SetTheme(kit.NewTheme(look))
}

// Languages are English and French.
func (s *Stage) Languages() []string { return []string{"en", "fr"} }

// SetLanguage changes the words; a page is made anew by Open.
func (s *Stage) SetLanguage(code string) {
	s.cfg.Language = code
	if spoken, err := workspace.Words(code); err == nil {
		s.words = spoken
	}
}

// Keys are two commands.
func (s *Stage) Keys() []page.Command {
	return []page.Command{{Label: "Search", Key: "Ctrl+K", Menu: page.Go}, {Label: "Back", Key: "Alt+Left", Menu: page.Go}}
}

// Version is that of no release.
func (s *Stage) Version() string { return "test" }
