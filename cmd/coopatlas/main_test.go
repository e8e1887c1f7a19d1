package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coopatlas/app/kit"
	"coopatlas/assets"
	"coopatlas/data/words"
)

func book(t *testing.T) *words.Book {
	t.Helper()
	b, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCommandLine(t *testing.T) {
	for _, fact := range []struct {
		args string
		says string // "" is that it can be read
	}{
		{"", ""}, {"mapping", ""}, {"--lang fr --theme dark --trace out.jsonl mapping", ""}, {"--lang fr-BE", ""}, {"--start", ""},
		{"--lang xx", `--lang "xx" is unknown`}, {"--theme pink", `--theme "pink" is unknown`}, {"a b", "name one workspace folder"},
		{"--no-such-flag", "flag provided but not defined"},
	} {
		var out bytes.Buffer
		_, err := parse(strings.Fields(fact.args), &out, book(t))
		if (err == nil) != (fact.says == "") {
			t.Errorf("%q: %v", fact.args, err)
		}
		if err != nil && (!errors.Is(err, errUsage) || !strings.Contains(out.String()+err.Error(), fact.says)) {
			t.Errorf("%q says %q, %v", fact.args, out.String(), err)
		}
	}
}

func TestHelpNamesTheProgramWithoutAWindow(t *testing.T) {
	var out bytes.Buffer
	if _, err := parse([]string{"--help"}, &out, book(t)); !errors.Is(err, flag.ErrHelp) || !strings.Contains(out.String(), "coopctl") {
		t.Errorf("help says %q, %v", out.String(), err)
	}
	if code := run([]string{"--help"}, &out); code != 0 {
		t.Errorf("exit %d", code)
	}
	if code := run([]string{"--theme", "pink"}, &out); code != exitUsage {
		t.Errorf("exit %d", code)
	}
}

func TestThemeOfTheCommandLine(t *testing.T) {
	if m := (options{theme: "dark"}).mode(); m == nil || *m != kit.Dark {
		t.Error("dark is not dark")
	}
	if (options{}).mode() != nil {
		t.Error("nothing said is something")
	}
}

func TestAMachineWithoutADisplayIsToldOfCoopctl(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if _, err := canDraw(); err == nil {
		t.Skip("this system has windows without a display variable")
	}
	var out bytes.Buffer
	if code := run(nil, &out); code != exitInput || !strings.Contains(out.String(), "coopctl fill") || strings.Count(strings.TrimSpace(out.String()), "\n") != 0 {
		t.Errorf("exit %d, says %q", code, out.String())
	}
}

func TestAFaultIsSetAsideAtTheNextStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "coopatlas")
	now := func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }
	first, err := openNotesIn(dir, now)
	if err != nil || first.crash != "" {
		t.Fatal(first, err)
	}
	first.log(errors.New("the drive is full"))
	first.close()
	if err := os.WriteFile(filepath.Join(dir, "fault.txt"), []byte("panic: no"), 0o600); err != nil {
		t.Fatal(err)
	}
	second, err := openNotesIn(dir, now)
	if err != nil {
		t.Fatal(err)
	}
	second.close()
	if text, err := os.ReadFile(second.crash); err != nil || string(text) != "panic: no" {
		t.Errorf("set aside %q, %v", text, err)
	}
	third, err := openNotesIn(dir, now)
	if err != nil || third.crash != "" {
		t.Errorf("offered again: %q, %v", third.crash, err)
	}
	third.close()
	if log, err := os.ReadFile(filepath.Join(dir, "log.txt")); err != nil || !strings.Contains(string(log), "2026-11-22T00:00:00Z the drive is full") {
		t.Errorf("the log is %q, %v", log, err)
	}
}

func TestVersionIsThatOfThePackage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `Version = "`+version+`"`) || !strings.Contains(string(text), `ID = "`+identifier+`"`) {
		t.Errorf("FyneApp.toml says otherwise than %s, %s", version, identifier)
	}
}
