package coopatlas_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// homes says which imports from outside may be used in which rooms only.
var homes = []struct {
	what  string
	rooms []string
}{
	{"database/sql", []string{"data/store"}},
	{"github.com/mattn/go-sqlite3", []string{"data/store"}},
	{"github.com/jung-kurt/gofpdf", []string{"reports/pdf"}},
	{"github.com/go-echarts/go-echarts", []string{"reports/chart"}},
	{"modernc.org/quickjs", []string{"reports/chart"}},
	{"fyne.io", []string{"app", "cmd/coopatlas"}},
	{"log", []string{"cmd", "app"}}, // lower layers return errors
}

// below says what a part of the house must never import; "" is all of ours.
var below = []struct {
	part  string
	never []string
}{
	{"assets", []string{""}},
	{"data", []string{"reports", "app", "cmd"}},
	{"reports", []string{"app", "cmd"}},
	{"app", []string{"cmd"}},
	{"data/record", []string{""}},
	{"data/indicator", []string{""}},
	{"data/form/xpath", []string{""}},
}

// TestDirections holds the directions: what looks down never looks up, and a part from outside has one home.
func TestDirections(t *testing.T) {
	for _, p := range allPackages(t) {
		for _, path := range p.Imports {
			if finding := direction(p.room(), path); finding != "" {
				t.Errorf("%s imports %s: %s", p.room(), path, finding)
			}
		}
	}
}

// direction says what is wrong with an import, or nothing.
func direction(from, path string) string {
	if !ours(path) {
		for _, home := range homes {
			if within(path, home.what) && !slices.ContainsFunc(home.rooms, func(r string) bool { return within(from, r) }) {
				return "only " + strings.Join(home.rooms, " and ") + " may"
			}
		}
		return ""
	}
	to := room(path)
	for _, rule := range below {
		if !within(from, rule.part) || within(to, rule.part) {
			continue
		}
		if slices.ContainsFunc(rule.never, func(n string) bool { return n == "" || within(to, n) }) {
			return rule.part + " never looks up to it"
		}
	}
	if a, b := page(from), page(to); a != "" && b != "" && a != b {
		return "pages never import pages, they navigate by route"
	}
	return ""
}

// page returns the name of the screen group that a room belongs to, or nothing.
func page(room string) string {
	rest, found := strings.CutPrefix(room, "app/page/")
	if !found {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// TestCoopctlLinksNoWindow holds that the program for servers and scripts links no toolkit for windows.
func TestCoopctlLinksNoWindow(t *testing.T) {
	all, err := list("-e", "-deps", "./cmd/coopctl")
	if err != nil {
		t.Fatalf("go list -deps: %v", err)
	}
	for _, p := range all {
		if within(p.ImportPath, "fyne.io") || within(p.ImportPath, "github.com/go-gl") || within(p.ImportPath, module+"/app") {
			t.Errorf("coopctl links %s", p.ImportPath)
		}
	}
}

// TestRooms holds every package to the table in ARCHITECTURE.md: it has a row (or lies in a room that has one) and
// imports only what the row allows.
func TestRooms(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	table, err := roomTable(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range allPackages(t) {
		home, allowed := table.of(p.room())
		if home == "" {
			if !within(p.room(), "app") {
				t.Errorf("%s has no row in ARCHITECTURE.md: say what it is for and what it may import", p.room())
			}
			continue
		}
		for _, path := range p.Imports {
			to := room(path)
			if ours(path) && !within(to, home) && !slices.ContainsFunc(allowed, func(a string) bool { return within(to, a) }) {
				t.Errorf("%s imports %s, but ARCHITECTURE.md allows it only %s", p.room(), to, strings.Join(allowed, ", "))
			}
		}
	}
}

// rooms maps a room to the rooms it may import.
type rooms map[string][]string

// of returns the nearest row for a package: its own, or that of the room it lies in.
func (r rooms) of(name string) (home string, allowed []string) {
	for name != "" {
		if allowed, found := r[name]; found {
			return name, allowed
		}
		name = name[:max(strings.LastIndex(name, "/"), 0)]
	}
	return "", nil
}

// row matches a line of the table of rooms: name, purpose, what it may import.
var row = regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\|[^|]*\\| ([^|]*) \\|$")

// roomTable reads the table of rooms. A name in its last column is a room's whole path or the end of it; a part such as
// "data" stands for all rooms in it.
func roomTable(text string) (rooms, error) {
	matches := row.FindAllStringSubmatch(text, -1)
	if len(matches) == 0 {
		return nil, fmt.Errorf("ARCHITECTURE.md has no table of rooms")
	}
	table := rooms{}
	for _, m := range matches {
		table[m[1]] = nil
	}
	for _, m := range matches {
		cell := strings.NewReplacer("`", "", "all of ", "").Replace(m[2])
		if strings.HasPrefix(cell, "nothing") {
			continue
		}
		for _, name := range strings.Split(cell, ",") {
			full, err := table.named(strings.TrimSpace(name))
			if err != nil {
				return nil, fmt.Errorf("ARCHITECTURE.md, row %s: %w", m[1], err)
			}
			table[m[1]] = append(table[m[1]], full)
		}
	}
	return table, nil
}

// named finds the room that a name in the table means.
func (r rooms) named(name string) (string, error) {
	if slices.Contains([]string{"cmd", "app", "data", "reports", "assets"}, name) {
		return name, nil
	}
	for full := range r {
		if full == name || strings.HasSuffix(full, "/"+name) {
			return full, nil
		}
	}
	return "", fmt.Errorf("there is no room named %q", name)
}
