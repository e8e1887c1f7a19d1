package window

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"coopatlas/data/workspace"
)

// patience is how long a test waits for what must come; a slow machine has time enough.
const patience = 90 * time.Second

// programs are the programs as they are built, once for all tests.
var programs = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "coopatlas-window-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "coopatlas")
	build := exec.Command("go", "build", "-tags="+tags(), "-o", path, "../../cmd/coopatlas")
	if out, err := build.CombinedOutput(); err != nil {
		return string(out), err
	}
	return path, nil
})

// tags are those that these tests were built with: the program is built with the same. Without migrated_fynedo the
// toolkit reports each call that comes from another thread than the window's.
func tags() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-tags" {
				return s.Value
			}
		}
	}
	return ""
}

// TestMain throws the built program away at the end.
func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := programs(); err == nil && built {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

var built bool

// desk is a display with a keyboard, and a workspace with the demonstration.
type desk struct {
	t        *testing.T
	display  string
	home     string
	space    string
	strokes  int // keys that were pressed
	running  *running
	language string
}

// running is the program while it runs.
type running struct {
	command *exec.Cmd
	events  chan event
	seen    []event
	ended   chan struct{}
}

// event is one line of the trace.
type event struct{ Event, Value string }

// sit sets up a desk with a keyboard layout ("us", "fr"); the test is left out where the tools are missing.
func sit(t *testing.T, layout, language string) *desk {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes half a minute: left out with -short")
	}
	for _, tool := range []string{"Xvfb", "xdotool", "setxkbmap", "mkfifo", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing, so there is no window to test; `make test` installs it", tool)
		}
	}
	d := &desk{t: t, home: t.TempDir(), language: language}
	d.light()
	d.must("setxkbmap", layout)
	query := exec.Command("setxkbmap", "-query")
	query.Env = d.environment()
	if out, err := query.Output(); err != nil || !strings.Contains(string(out), layout) {
		t.Fatalf("the keyboard is not %s: %v %s", layout, err, out)
	}
	t.Setenv(workspace.IdentityVariable, filepath.Join(d.home, "identity.json"))
	w, err := workspace.Create(context.Background(), filepath.Join(d.home, "demo"), workspace.DemonstrationSettings(language), workspace.Config{Name: "Test Person"})
	if err != nil {
		t.Fatal(err)
	}
	d.space = w.Dir
	if err := w.Demonstrate(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

// light turns the display on: the first number that is free.
func (d *desk) light() {
	d.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	// A display that resets itself when its last client goes would forget the keyboard, and refuse who comes meanwhile.
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset")
	x.ExtraFiles = []*os.File{write}
	if err := x.Start(); err != nil {
		d.t.Fatal(err)
	}
	write.Close()
	d.t.Cleanup(func() {
		_ = x.Process.Kill()
		_ = x.Wait()
	})
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.t.Skip("Xvfb does not start here, so there is no window to test")
	}
	d.display = ":" + strings.TrimSpace(number)
}

// environment is that of everything on the desk.
func (d *desk) environment() []string {
	return append(os.Environ(), "DISPLAY="+d.display, "HOME="+d.home, "XDG_CONFIG_HOME="+d.home, "XDG_CACHE_HOME="+d.home,
		"LC_ALL=C.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1")
}

// must runs a tool of the display.
func (d *desk) must(name string, args ...string) {
	d.t.Helper()
	c := exec.Command(name, args...)
	c.Env = d.environment()
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Fatalf("%s %s: %v: %s", name, strings.Join(args, " "), err, out)
	}
}

// start starts the program and waits until the workspace is open.
func (d *desk) start() {
	d.t.Helper()
	path, err := programs()
	if err != nil {
		d.t.Fatalf("the program cannot be built: %v\n%s", err, path)
	}
	built = true
	pipe := filepath.Join(d.t.TempDir(), "trace")
	d.must("mkfifo", pipe)
	r := &running{command: exec.Command(path, "--lang", d.language, "--trace", pipe, d.space), events: make(chan event, 10_000), ended: make(chan struct{})}
	r.command.Env = d.environment()
	errs := &strings.Builder{}
	r.command.Stderr = errs
	if err := r.command.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() {
		_ = r.command.Wait()
		close(r.ended)
		if file, err := os.OpenFile(pipe, os.O_WRONLY, 0); err == nil { // lets go of a reader whose program never came
			file.Close()
		}
	}()
	go r.listen(pipe)
	d.running = r
	d.t.Cleanup(func() {
		d.kill()
		if strings.Contains(errs.String(), "Error in Fyne call thread") {
			d.t.Error("the window was touched from another thread than its own")
		}
		if d.t.Failed() && errs.Len() > 0 {
			d.t.Logf("the program said:\n%s", errs)
		}
	})
	d.wait("route", func(value string) bool { return value == "home" })
}

// listen reads the trace until the program ends.
func (r *running) listen(pipe string) {
	defer close(r.events)
	file, err := os.Open(pipe)
	if err != nil {
		return
	}
	defer file.Close()
	lines := json.NewDecoder(file)
	for {
		var e event
		if err := lines.Decode(&e); err != nil {
			return // io.EOF, or half a line of a program that was killed
		}
		r.events <- e
	}
}

// next is the next line of the trace.
func (d *desk) next() (event, error) {
	select {
	case e, more := <-d.running.events:
		if !more {
			return e, io.EOF
		}
		d.running.seen = append(d.running.seen, e)
		return e, nil
	case <-time.After(patience):
		return event{}, context.DeadlineExceeded
	}
}

// wait waits for a line of the trace.
func (d *desk) wait(kind string, fits func(value string) bool) string {
	d.t.Helper()
	for {
		e, err := d.next()
		switch {
		case err != nil:
			d.t.Fatalf("waiting for %s: %v; the trace so far: %v", kind, err, d.running.seen)
		case e.Event == "error":
			d.t.Fatalf("the program shows an error: %s", e.Value)
		case e.Event == kind && fits(e.Value):
			return e.Value
		}
	}
}

// kill ends the program at once, as a power cut does, and reads what it had written.
func (d *desk) kill() {
	if d.running == nil {
		return
	}
	_ = d.running.command.Process.Kill()
	<-d.running.ended
	for e := range d.running.events {
		d.running.seen = append(d.running.seen, e)
	}
	d.running = nil
}

// press presses keys by their names in X.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	d.strokes += len(keys)
	d.must("xdotool", append([]string{"key", "--delay", "4"}, keys...)...)
}

// types types ASCII through the layout of the keyboard.
func (d *desk) types(text string) {
	d.t.Helper()
	if text == "" {
		return
	}
	d.strokes += len(text)
	d.must("xdotool", "type", "--delay", "4", "--", text)
}
