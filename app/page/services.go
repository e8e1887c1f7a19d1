package page

import (
	"time"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// Services is what a page is given. Its methods are called on the thread of the window.
type Services interface {
	// Workspace is the open workspace; nil only on pages that are Bare. Its methods may be called from jobs.
	Workspace() *workspace.Workspace
	// Words are those of the person's language now. When the language changes, the page is made anew.
	Words() *words.Words
	// Runner does background work: task.Run, task.Quiet, task.Do.
	Runner() task.Runner
	// Navigate leads to a route and notes it in the history. Replace changes the present route in the history without
	// making the page again, as when a filter changes.
	Navigate(route string)
	Replace(route string)
	// Back leads to where the person was before.
	Back()
	// Toast says a short thing in passing; undo may be nil.
	Toast(text string, undo func())
	// Fail shows an error in the one error dialog, or in passing where it says no more than that work was stopped.
	Fail(err error)
	// Confirm asks before what cannot be undone.
	Confirm(c Confirm)
	// Dialog shows a page's own small form over the page; close takes it away. Esc does too, and calls cancelled (which
	// may be nil).
	Dialog(title string, content fyne.CanvasObject, cancelled func()) (close func())
	// Chooser asks for files and folders.
	Chooser() Chooser
	// Show opens a file with the system's own viewer.
	Show(path string)
	// Canvas is what the page is drawn on, for focus.
	Canvas() fyne.Canvas
	// Copy puts a text on the clipboard.
	Copy(text string)
	// Engine draws charts; it is loaded when first asked for (a quarter of a second: ask in a job; it is safe there).
	Engine() (*chart.Engine, error)
	// Fonts are the report fonts, for painting scenes.
	Fonts() *scene.Fonts
	// Now is the time.
	Now() time.Time
	// Saved tells that a draft or record was kept: the top bar shows it, and a trace notes what was saved.
	Saved(what string)
	// Footer sets the counts in the footer, such as "381 cooperatives · 12 with problems".
	Footer(text string)
	// Changed tells that the title or the commands of the page are others now.
	Changed()
	// Preference and SetPreference keep small choices of the person on this computer, such as the columns of a list.
	Preference(key string) string
	SetPreference(key, value string)
	// House is what only the first page and the settings need.
	House() House
}

// Confirm is a question before something that cannot be undone.
type Confirm struct {
	Question string // a sentence
	Detail   string // what will happen; may be empty
	Action   string // the word on the button, a verb
	Danger   bool   // the button is red
	Run      func() // where the person says yes
}

// Chooser asks the person for a file or folder; done is not called where they change their mind. A frame shows
// dialogs, a test answers.
type Chooser interface {
	OpenFile(filter Filter, done func(path string))
	// SaveFile suggests a name; the ending of the filter is added where the person leaves it out.
	SaveFile(name string, filter Filter, done func(path string))
	OpenFolder(done func(path string))
}

// Filter says which files are wanted: a title, and endings with their dot (".csv"). The first is added to new files.
type Filter struct {
	Title   string
	Endings []string
}

// House is the program round the workspace.
type House interface {
	// Enter opens a workspace folder and leads to the home page; where it cannot, the error is shown and everything
	// stays.
	Enter(dir string)
	// Adopt goes on in a workspace that a page has just opened or made.
	Adopt(w *workspace.Workspace)
	// Recent are the folders of workspaces that were open on this computer, the last first.
	Recent() []string
	// Look and SetLook are how the window looks; it changes at once and is remembered.
	Look() kit.Look
	SetLook(look kit.Look)
	// Languages are those the program speaks. SetLanguage changes at once and is remembered.
	Languages() []string
	SetLanguage(code string)
	// Keys are all commands with a key, for the map of the keyboard.
	Keys() []Command
	// Version is the program's.
	Version() string
}
