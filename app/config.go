package app

import (
	"io"
	"time"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/reports/scene"
)

// Config is what a window is made from. Fyne, Book, Fonts, Runner and After must be given.
type Config struct {
	Fyne   fyne.App
	Book   *words.Book
	Fonts  *scene.Fonts
	Pages  []page.Entry // nil: Pages()
	Runner func(changed func([]task.Status)) task.Runner
	// After runs a function later on the thread of the window, for messages that go away by themselves.
	After func(wait time.Duration, do func()) (stop func())

	Dir      string    // the workspace to open at once; "" is the one of last time, if it is still there
	Fresh    bool      // show the first page instead of the workspace of last time
	Language string    // "" is that of last time, else the system's
	Mode     *kit.Mode // nil is that of last time
	Person   string    // name for a new identity; "" is the account's
	Version  string
	Crash    string             // a file that an earlier start left behind; "" for none
	Trace    io.Writer          // route, focus and what was saved, as JSON lines; nil for none
	Log      func(error)        // what was shown in the error dialog; may be nil
	Show     func(string) error // opens a file with the system's viewer; nil shows nothing
	Now      func() time.Time   // nil is the computer's clock
	NoDigits bool               // the keyboard's digits need Shift
	NoLock   bool               // do not hold the workspace against a second window (tests)
}
