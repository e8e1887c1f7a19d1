package coopatlas_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a pretended one: a folder of commands that .ci/need finds and no others.
type machine struct {
	t      *testing.T
	folder string
}

// newMachine has what every system has, and the commands named; "node=18.20.4" says what it answers.
func newMachine(t *testing.T, commands string) machine {
	t.Helper()
	m := machine{t, t.TempDir()}
	for _, name := range []string{"sh", "sed", "sort", "head", "tr", "dirname", "env", "cat", "chmod", "cp"} {
		real, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("this machine has no %s", name)
		}
		if err := os.Symlink(real, filepath.Join(m.folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	m.command("uname=Linux")
	for _, one := range strings.Fields(commands) {
		m.command(one)
	}
	return m
}

// command adds a command that prints its answer. What is left out of "name=answer" succeeds and prints nothing;
// apt-get and dnf write down what they are asked for and bring the compiler and Node.js.
func (m machine) command(text string) {
	m.t.Helper()
	name, answer, _ := strings.Cut(text, "=")
	script := "#!/bin/sh\necho '" + answer + "'\n"
	switch name {
	case "apt-get", "dnf":
		script = "#!/bin/sh\necho " + name + " \"$@\" >>" + m.path("asked") + "\ncase \"$*\" in *install*) for c in gcc npm pdftotext pdffonts pdftoppm chromium Xvfb xdotool setxkbmap import; do cp " + m.path("uname") + " " + m.path("") + "/$c; done\nprintf '#!/bin/sh\\necho v20.0.0\\n' >" + m.path("node") + "; chmod +x " + m.path("node") + " ;; esac\n"
	case "sudo":
		script = "#!/bin/sh\necho sudo >>" + m.path("asked") + "\nexec \"$@\"\n"
	}
	if err := os.WriteFile(m.path(name), []byte(script), 0o755); err != nil {
		m.t.Fatal(err)
	}
}

// path is where a command of the machine lies.
func (m machine) path(name string) string { return filepath.Join(m.folder, name) }

// need runs .ci/need with nobody at the terminal and returns what it says, what it asked of the package manager, and
// whether it succeeded.
func (m machine) need(goal string) (says, asked string, ok bool) {
	m.t.Helper()
	command := exec.Command(m.path("sh"), ".ci/need", goal)
	command.Env = []string{"PATH=" + m.folder}
	out, err := command.CombinedOutput()
	log, _ := os.ReadFile(m.path("asked"))
	return string(out), string(log), err == nil
}

// TestNeed shows what the Makefile does on machines that lack something.
func TestNeed(t *testing.T) {
	const whole = "go=go1.26.0 gcc node=v20.1.0 npm pdftotext pdffonts pdftoppm chromium Xvfb xdotool setxkbmap import id=0"
	for _, fact := range []struct {
		name, machine, goal string
		says, asks          string
		ok                  bool
	}{
		{"nothing missing", whole, "test", "", "", true},
		{"no Go", "gcc id=0 apt-get", "build", "Go is missing: install Go 1.26 or newer", "", false},
		{"old Go", "go=go1.9.7 gcc id=0 apt-get", "build", "Go 1.9.7 is too old: install Go 1.26", "", false},
		{"newer Go", "go=go1.100.1 gcc id=0", "build", "", "", true},
		{"no compiler on Debian", "go=go1.26.3 id=0 apt-get apt-cache", "build", "to be installed by apt-get: gcc libc6-dev\n", "install -q -y --no-install-recommends gcc libc6-dev\n", true},
		{"no compiler on Fedora", "go=go1.26.3 id=0 dnf", "build", "to be installed by dnf: gcc glibc-devel\n", "gcc glibc-devel\n", true},
		{"not root", "go=go1.26.3 id=1000 sudo apt-get apt-cache", "build", "to be installed by apt-get", "sudo\n", true},
		{"neither root nor sudo", "go=go1.26.3 id=1000 apt-get", "build", "Run as root: apt-get install gcc libc6-dev", "", false},
		{"assets need no Node.js to build", "go=go1.26.3 gcc id=0", "build", "", "", true},
		{"old Node.js", "go=go1.26.3 gcc node=v12.22.5 npm id=0 dnf", "assets", "nodejs npm", "nodejs npm", true},
		{"tests read PDFs and pages", "go=go1.26.3 gcc node=v20.1.0 npm Xvfb xdotool setxkbmap import id=0 dnf", "test", "poppler-utils chromium", "poppler-utils chromium", true},
		{"tests look at a window", strings.Replace(whole, "Xvfb ", "", 1) + " apt-get apt-cache", "test", "xvfb xauth xdotool", "xvfb xauth xdotool x11-xkb-utils libgl1-mesa-dri imagemagick", true},
		{"a window without a compiler", "go=go1.26.3 id=0 apt-get apt-cache", "window", "gcc libc6-dev libgl1-mesa-dev xorg-dev", "gcc libc6-dev libgl1-mesa-dev xorg-dev", true},
		{"no package manager", "go=go1.26.3 gcc id=0", "assets", "Missing: Node.js 18.20 or newer with npm. Install", "", false},
	} {
		t.Run(fact.name, func(t *testing.T) {
			says, asked, ok := newMachine(t, fact.machine).need(fact.goal)
			if ok != fact.ok || !strings.Contains(says, fact.says) || (fact.says == "") != (says == "") {
				t.Errorf("success %t, says %q; want %t, %q", ok, says, fact.ok, fact.says)
			}
			if !strings.Contains(asked, fact.asks) || (fact.asks == "") != (asked == "") {
				t.Errorf("asks for %q, want %q", asked, fact.asks)
			}
		})
	}
}

// TestNeedOnMacOS shows that a Mac is told what to install, and nothing is installed.
func TestNeedOnMacOS(t *testing.T) {
	m := newMachine(t, "go=go1.26.3 id=501")
	m.command("uname=Darwin")
	says, _, ok := m.need("assets")
	if ok || !strings.Contains(says, "xcode-select --install; brew install node") {
		t.Errorf("success %t, says %q", ok, says)
	}
}
