package page

import (
	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// Page is one screen. All methods are called on the thread of the window.
type Page interface {
	// Route is where the page is now, such as "interviews/0190c1d2-…" or "trends?indicator=I05": enough to make it
	// again.
	Route() string
	// Title is what stands in the top bar, in the person's language.
	Title() string
	// Content is what is shown; the same object each time.
	Content() fyne.CanvasObject
	// Reload reads again what the page shows. The frame calls it once after the page is made, and when somebody asks
	// for it.
	Reload()
}

// Keeper is a page that history brings back as it was left: where it was scrolled to, which row was chosen.
type Keeper interface {
	Keep() any
	Restore(kept any) // what Keep gave, before the first Reload
}

// Focuser is a page that says where the keyboard begins. It is called once the page is shown.
type Focuser interface{ Focus() }

// Commander is a page with commands of its own. They stand in the main menu, with their keys, while it is shown.
type Commander interface{ Commands() []Command }

// Leaver is a page that must be asked before it is left; false stays.
type Leaver interface{ Leave() bool }

// Closer is a page that holds something that must be let go of. Close is called when it is no longer shown; a page that
// history comes back to is made anew.
type Closer interface{ Close() }

// Dropper is a page that takes files dropped on the window.
type Dropper interface{ Dropped(paths []string) }

// Group is a part of the rail.
type Group uint8

// The groups of the rail, from top to bottom.
const (
	Field Group = iota
	Network
	Analysis
	Exchange
	System
)

// New makes a page at a route. It must not wait for data: Reload fetches them.
type New func(s Services, at Route) Page

// Entry is one line of the page list.
type Entry struct {
	Name  string   // in the route, and the key of its words: app.page.<name>
	Route string   // the pattern, "interviews/{id}"; the name where it has no parts
	Group Group    // of the rail
	Icon  kit.Icon // in the rail; "" keeps the page out of the rail (a detail page)
	New   New
	Bare  bool // can be shown while no workspace is open
	// Opens are the kinds of record that this route's {id} leads to, for the search over everything; AnyKind stands for
	// those that somebody has put in.
	Opens []string
	// Samples are the routes that `make screens` draws; nil: the page at its plain route. A "{kind}" in a sample, such
	// as "interviews/{mapping}", becomes the id of the first record of that kind in the demonstration.
	Samples []string
}

// AnyKind stands for every kind of record that somebody has put into the workspace.
const AnyKind = "*"

// Command is something a person can do on a page or anywhere; each stands in the main menu.
type Command struct {
	Label string // in the person's language
	Key   string // "Ctrl+Enter", "Ctrl+Shift+N", "Alt+Left"; needs Ctrl or Alt; "" for none
	Menu  Menu   // where it stands
	Off   bool   // shown, and cannot be chosen now
	Run   func()
}

// Menu says in which menu a command stands.
type Menu uint8

// The menus. Commands of pages stand in Here unless they say otherwise.
const (
	Here Menu = iota // what can be done on the page that is shown
	File
	Edit
	View
	Go
	Help
)
