package app

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
)

// Frame is the window with everything round the pages. It gives pages their services.
type Frame struct {
	cfg    Config
	window fyne.Window
	runner task.Runner
	words  *words.Words
	look   kit.Look
	space  *workspace.Workspace
	unlock func()

	past    history
	current page.Page
	entry   page.Entry
	trail   *trace
	engine  engine

	rail    *rail
	top     *topBar
	foot    *footer
	toasts  *toaster
	dialogs *dialogs
	search  *search
	body    *fyne.Container // the page
	root    *fyne.Container // everything
	jobs    []task.Status
}

var (
	_ page.Services = (*Frame)(nil)
	_ page.House    = (*Frame)(nil)
)

// New makes the window and leads to the first page; Run shows it.
func New(cfg Config) *Frame {
	if cfg.Pages == nil {
		cfg.Pages = Pages()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	f := &Frame{cfg: cfg, trail: newTrace(cfg.Trace, cfg.Now)}
	f.runner = cfg.Runner(f.showJobs)
	f.look = f.rememberedLook()
	if cfg.Mode != nil {
		f.look.Mode = *cfg.Mode
	}
	f.words = cfg.Book.In(f.rememberedLanguage())
	cfg.Fyne.Settings().SetTheme(kit.NewTheme(f.look))
	f.window = cfg.Fyne.NewWindow("Coopatlas")
	f.window.SetMaster()
	f.window.SetPadded(false)
	f.window.SetIcon(kit.IconLogo.In(kit.ColorTeal))
	f.window.Resize(f.rememberedSize())
	f.window.SetCloseIntercept(f.Quit)
	f.window.SetOnDropped(f.dropped)
	f.engine = newEngine(cfg.Fonts)
	f.build()
	f.begin()
	return f
}

// Run shows the window until it is closed.
func (f *Frame) Run() {
	f.window.ShowAndRun()
}

// Window is the window, for tests and for drawing.
func (f *Frame) Window() fyne.Window { return f.window }

// build makes everything round the page, in the present language.
func (f *Frame) build() {
	f.rail = newRail(f)
	f.top = newTopBar(f)
	f.foot = newFooter(f)
	f.toasts = newToaster(f.cfg.After)
	f.dialogs = newDialogs(f)
	f.search = newSearch(f)
	f.body = container.NewStack()
	page := container.NewBorder(container.NewVBox(f.top.box, kit.Rule()), container.NewVBox(kit.Rule(), f.foot.box), nil, nil,
		container.New(pageRoom{}, f.body))
	f.root = container.NewStack(kit.NewShape(kit.ColorPaper, "", 0),
		container.New(sides{}, f.rail.box, page), f.search.layer, f.toasts.layer)
	f.window.SetContent(f.root)
	f.window.Canvas().SetOnTypedKey(f.typedKey)
}

// begin opens the workspace that was asked for, or that of last time, else shows the first page.
func (f *Frame) begin() {
	dir := f.cfg.Dir
	if dir == "" && !f.cfg.Fresh {
		dir = f.lastWorkspace()
	}
	f.goTo(visit{route: welcomeRoute}, true)
	if dir != "" {
		f.Enter(dir)
	}
	if f.cfg.Crash != "" {
		f.offerCrash(f.cfg.Crash)
	}
}

// Quit asks the page and the jobs, remembers how the window stands, and closes it.
func (f *Frame) Quit() {
	if !f.mayLeave() {
		return
	}
	if len(f.jobs) == 0 {
		f.close()
		return
	}
	f.Confirm(page.Confirm{Question: f.words.Say("app.quit_jobs", "Job", f.jobs[0].Name), Action: f.words.Say("app.quit"), Run: f.close})
}

func (f *Frame) close() {
	f.rememberSize()
	f.leavePage()
	f.stopJobs()
	f.engine.close()
	f.release()
	f.window.Close()
}

func (f *Frame) stopJobs() {
	if all, ok := f.runner.(interface{ StopAll() }); ok {
		all.StopAll()
	}
}

// release closes the workspace and lets another window have it.
func (f *Frame) release() {
	if f.space != nil {
		f.Fail(f.space.Close())
		f.space = nil
	}
	if f.unlock != nil {
		f.unlock()
		f.unlock = nil
	}
}

// typedKey takes keys that nothing focused takes: Escape closes what lies on top.
func (f *Frame) typedKey(key *fyne.KeyEvent) {
	if key.Name != fyne.KeyEscape {
		return
	}
	switch {
	case f.dialogs.escape():
	case f.search.close():
	default:
		f.toasts.clear()
	}
}

// dropped hands files to a page that takes them.
func (f *Frame) dropped(_ fyne.Position, uris []fyne.URI) {
	taker, ok := f.current.(page.Dropper)
	if !ok {
		return
	}
	var paths []string
	for _, uri := range uris {
		paths = append(paths, uri.Path())
	}
	taker.Dropped(paths)
}

func (f *Frame) showJobs(jobs []task.Status) {
	f.jobs = jobs
	f.foot.showJobs(jobs)
}

// Engine draws charts; it is loaded when first asked for, by any goroutine.
func (f *Frame) Engine() (*chart.Engine, error) { return f.engine.get() }

// Fail shows an error in the one error dialog.
func (f *Frame) Fail(err error) {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		f.Toast(f.words.Say("app.stopped"), nil)
	default:
		if f.cfg.Log != nil {
			f.cfg.Log(err)
		}
		f.trail.write("error", err.Error())
		f.dialogs.fail(err)
	}
}
