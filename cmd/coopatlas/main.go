package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	toolkit "fyne.io/fyne/v2/app"

	"coopatlas/app"
	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/assets"
	"coopatlas/data/words"
	"coopatlas/reports/scene"
)

// version is that of FyneApp.toml, which a test compares.
const version = "0.1.0"

// identifier names the program to the system; what the window remembers lies under it.
const identifier = "coop.coopatlas.Coopatlas"

// Exit codes, as those of coopctl.
const (
	exitInput = 1
	exitUsage = 2
)

// options are what the command line asks for.
type options struct {
	dir, trace, language, theme string
	fresh, digits               bool
}

// errUsage is wrapped where the command line cannot be read.
var errUsage = errors.New("usage")

// parse reads the command line.
func parse(args []string, out io.Writer, book *words.Book) (options, error) {
	var o options
	f := flag.NewFlagSet("coopatlas", flag.ContinueOnError)
	f.SetOutput(out)
	f.Usage = func() {
		fmt.Fprint(out, "Map cooperatives in a window. The same work without one: coopctl.\n\nUsage:\n  coopatlas [flags] [DIR]\n\nExample:\n  coopatlas --lang fr mapping\n\nFlags:\n")
		f.PrintDefaults()
	}
	f.StringVar(&o.trace, "trace", "", "write route, focus and what was saved to this file, as JSON lines, for tests")
	f.StringVar(&o.language, "lang", "", "language of the program: such as en or fr; else that of last time")
	f.StringVar(&o.theme, "theme", "", "light, dark or system; else that of last time")
	f.BoolVar(&o.fresh, "start", false, "show the first page instead of the workspace of last time")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, errUsage // the flag set has said what
	}
	switch {
	case f.NArg() > 1:
		return o, fmt.Errorf("%w: name one workspace folder, not %d", errUsage, f.NArg())
	case !app.Supported(o.language, book.Languages()):
		return o, fmt.Errorf("%w: --lang %q is unknown: say one of %v", errUsage, o.language, book.Languages())
	case o.theme != "" && o.theme != "light" && o.theme != "dark" && o.theme != "system":
		return o, fmt.Errorf("%w: --theme %q is unknown: say light, dark or system", errUsage, o.theme)
	}
	o.dir = f.Arg(0)
	return o, nil
}

// mode is the look that --theme asks for; nil is that of last time.
func (o options) mode() *kit.Mode {
	modes := map[string]kit.Mode{"light": kit.Light, "dark": kit.Dark, "system": kit.System}
	if m, ok := modes[o.theme]; ok {
		return &m
	}
	return nil
}

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// run runs the program and returns its exit code.
func run(args []string, errs io.Writer) int {
	book, err := words.Open(assets.FS())
	if err != nil {
		return fail(errs, err)
	}
	o, err := parse(args, errs, book)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		if err.Error() != errUsage.Error() {
			fmt.Fprintf(errs, "coopatlas: %v\n", err)
		}
		return exitUsage
	}
	fonts, err := scene.ReportFonts()
	if err != nil {
		return fail(errs, err)
	}
	if o.digits, err = canDraw(); err != nil {
		return fail(errs, fmt.Errorf("no window can be drawn on this machine (%w); the same work is done without one: coopctl fill DIR KIND answers a questionnaire at a terminal, coopctl --help lists the rest", err))
	}
	if err := open(o, book, fonts); err != nil {
		return fail(errs, err)
	}
	return 0
}

func fail(errs io.Writer, err error) int {
	fmt.Fprintf(errs, "coopatlas: %v\n", err)
	return exitInput
}

// open makes the window and runs it until it is closed.
func open(o options, book *words.Book, fonts *scene.Fonts) error {
	notes, err := openNotes(time.Now)
	if err != nil {
		return err
	}
	defer notes.close()
	var trace io.Writer
	if o.trace != "" {
		file, err := os.OpenFile(o.trace, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			return fmt.Errorf("the trace cannot be written: %w", err)
		}
		defer file.Close()
		trace = file
	}
	toolkit.SetMetadata(fyne.AppMetadata{ID: identifier, Name: "Coopatlas", Version: version, Migrations: map[string]bool{"fyneDo": true}})
	timers := task.NewTimers(fyne.Do)
	window := app.New(app.Config{
		Fyne: toolkit.NewWithID(identifier), Book: book, Fonts: fonts, Dir: o.dir, Fresh: o.fresh,
		Language: o.language, Mode: o.mode(), Version: version, Crash: notes.crash, Trace: trace, Log: notes.log, Show: view,
		After: timers.After, NoDigits: !o.digits,
		Runner: func(changed func([]task.Status)) task.Runner {
			return task.NewBackground(task.Config{Call: fyne.Do, Changed: changed})
		},
	})
	if trace != nil {
		defer timers.Every(10*time.Millisecond, window.WatchFocus)()
	}
	window.Run()
	return nil
}

// view opens a file with the system's own viewer.
func view(path string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	if _, err := exec.LookPath(command[0]); err != nil {
		return fmt.Errorf("this system has no viewer for %s: %w", path, err)
	}
	return exec.Command(command[0], append(command[1:], path)...).Start()
}
