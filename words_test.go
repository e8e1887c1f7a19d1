package coopatlas_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wording is one rule about what may stand in a file of ours. Patterns are put together from pieces, so that the rule's
// own file keeps it.
type wording struct {
	name    string
	pattern *regexp.Regexp
	files   func(path string) bool
	instead string
}

// wordings are the rules.
var wordings = []wording{
	{"unfinished", regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX)\b`), anyText, "finish it, or say in an issue what is left"},
	{"unfinished code", regexp.MustCompile(`(?i:not ` + `implemented|un` + `implemented)|[Pp]lace` + `holder`), goCode, "write the code, or leave the name out"},
	{"a machine's path", regexp.MustCompile(`(^|[^a-z.)])/(` + `tmp|work|root|home)/`), anyText, "use a relative path, a flag or a temporary folder"},
	{"a registry's host", regexp.MustCompile(`registry` + `\.(npm|yarn)|proxy` + `\.golang|deb` + `\.debian|sum` + `\.golang`), anyFile, "leave it to the machine's own settings"},
	{"spelling", regexp.MustCompile(`(?i)\bco-` + `operat`), prose, "write cooperative, without a hyphen"},
}

// TestWording holds every file of ours to the rules on words.
func TestWording(t *testing.T) {
	for _, name := range texts(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		report(t, misworded(name, string(text)))
	}
}

// misworded returns what breaks a rule in a file.
func misworded(name, text string) []string {
	var findings []string
	for _, rule := range wordings {
		if !rule.files(name) {
			continue
		}
		for i, line := range strings.Split(text, "\n") {
			if found := rule.pattern.FindString(line); found != "" {
				findings = append(findings, name+":"+itoa(i+1)+": "+rule.name+" ("+strings.TrimSpace(found)+"): "+rule.instead)
			}
		}
	}
	return findings
}

// anyText are all files that people write; sums, locks and licences are made by others.
func anyText(name string) bool {
	kinds := []string{".go", ".md", ".toml", ".yaml", ".yml", ".json", ".mjs", ".txt", ".csv", ".html", ".css", ".js", ".mod", ""}
	return slices.Contains(kinds, path.Ext(name)) && !slices.Contains([]string{"go.sum", "package-lock.json", "LICENSE"}, path.Base(name))
}

// anyFile are the texts and the lock file, which npm writes.
func anyFile(name string) bool { return anyText(name) || path.Base(name) == "package-lock.json" }

// goCode are the Go files.
func goCode(name string) bool { return path.Ext(name) == ".go" }

// prose is what we say ourselves: not names in registers, nor the tests that quote them, nor titles of others' works.
func prose(name string) bool {
	return anyText(name) && !strings.Contains(name, "testdata/") && !strings.HasSuffix(name, "_test.go") && path.Ext(name) != ".csv"
}
