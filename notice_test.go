package coopatlas_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestNoticeNamesEveryPart holds that each third-party part in a built program stands in NOTICE with its licence.
func TestNoticeNamesEveryPart(t *testing.T) {
	text, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		first[name] = strings.TrimSpace(rest) != ""
	}
	for _, part := range append(linked(t), embedded(t)...) {
		if !first[part] {
			t.Errorf("%s is part of the program but NOTICE does not name it with its licence", part)
		}
	}
}

// linked returns the modules that coopctl is built from, ours left out.
func linked(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("go", "list", tags, "-e", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "./cmd/coopctl").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := strings.Fields(string(out))
	slices.Sort(all)
	return slices.Compact(all)
}

// embedded returns the npm packages that files are taken from.
func embedded(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Dependencies map[string]string }
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	var all []string
	for name := range manifest.Dependencies {
		all = append(all, name)
	}
	return all
}
