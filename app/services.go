package app

import (
	"time"

	"fyne.io/fyne/v2"

	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/scene"
)

// Workspace is the open workspace, or nil.
func (f *Frame) Workspace() *workspace.Workspace { return f.space }

// Words are those of the person's language.
func (f *Frame) Words() *words.Words { return f.words }

// Runner does background work.
func (f *Frame) Runner() task.Runner { return f.runner }

// Canvas is what pages are drawn on.
func (f *Frame) Canvas() fyne.Canvas { return f.window.Canvas() }

// Fonts are the report fonts.
func (f *Frame) Fonts() *scene.Fonts { return f.cfg.Fonts }

// Now is the time.
func (f *Frame) Now() time.Time { return f.cfg.Now() }

// House is what the first page and the settings need.
func (f *Frame) House() page.House { return f }

// Version is the program's.
func (f *Frame) Version() string { return f.cfg.Version }

// Copy puts a text on the clipboard.
func (f *Frame) Copy(text string) {
	f.cfg.Fyne.Clipboard().SetContent(text)
	f.Toast(f.words.Say("app.copied"), nil)
}

// Toast says a short thing in passing.
func (f *Frame) Toast(text string, undo func()) {
	f.toasts.show(text, f.words.Say("app.undo"), undo)
}

// Show opens a file with the system's viewer.
func (f *Frame) Show(path string) {
	if f.cfg.Show != nil {
		f.Fail(f.cfg.Show(path))
	}
}

// Saved tells that something was kept.
func (f *Frame) Saved(what string) {
	f.top.showSaved(f.words.Say("app.saved_at", "Time", f.cfg.Now().Local().Format("15:04")))
	f.trail.write("saved", what)
}

// Footer sets the counts in the footer.
func (f *Frame) Footer(text string) { f.foot.setCounts(text) }

// Changed shows the page's title and commands as they are now.
func (f *Frame) Changed() {
	if f.current == nil {
		return
	}
	title := f.current.Title()
	f.top.show(title, f.placeName(), f.space != nil)
	f.rail.mark(f.railName(), f.space != nil)
	show(f.rail.box, f.space != nil)
	f.window.SetTitle(title + " – Coopatlas")
	f.window.SetMainMenu(f.menu())
}

// railName is the page of the rail that the present page belongs to: itself, or the one its route begins with.
func (f *Frame) railName() string {
	if f.entry.Icon != "" {
		return f.entry.Name
	}
	at := page.ParseRoute(f.entry.Route).Path
	for _, entry := range f.cfg.Pages {
		if entry.Icon != "" && len(at) > len(entry.Route) && at[:len(entry.Route)] == entry.Route {
			return entry.Name
		}
	}
	return ""
}

func show(object fyne.CanvasObject, shown bool) {
	if shown {
		object.Show()
	} else {
		object.Hide()
	}
}
