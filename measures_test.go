package coopatlas_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

// measures are the figures of the tree that show where it is going.
type measures struct {
	functions, files   []int // lines of each, without tests
	names, bare        int   // exported, and those of them without a comment
	code, tests, packs int
}

// TestMeasures prints the measures in one line (go test -v) and holds what the tree as a whole must keep: functions
// short at the median, and tests no shorter than a floor.
func TestMeasures(t *testing.T) {
	m := measure(t)
	if len(m.functions) == 0 {
		t.Fatal("found no function to measure")
	}
	function, file := m.functions[len(m.functions)/2], m.files[len(m.files)-1]
	t.Logf("%d packages, %d functions of %d lines at the median and %d at most, files of %d lines at most, %d lines of code and %d of tests, %d exported names, %.1f %% of them explained",
		m.packs, len(m.functions), function, m.functions[len(m.functions)-1], file, m.code, m.tests, m.names, 100*float64(m.names-m.bare)/float64(max(m.names, 1)))
	if function > 15 {
		t.Errorf("half of the functions have more than %d lines: about 10 is what reads well", function)
	}
	if 3*m.tests < m.code { // a floor; the aim is as many
		t.Errorf("%d lines of tests for %d lines of code: fewer than one in three; they should be about as many", m.tests, m.code)
	}
}

// measure reads the whole tree; the scripts that test the command line count as tests.
func measure(t *testing.T) measures {
	t.Helper()
	var m measures
	for _, p := range allPackages(t) {
		m.packs++
		for _, s := range parsed(t, p.files()...) {
			m.files = append(m.files, s.lines)
			m.code += s.lines
			for _, f := range functions(s.file) {
				m.functions = append(m.functions, height(s.set, f))
			}
			names, bare := exported(s)
			m.names += names
			m.bare += len(bare)
		}
	}
	for _, path := range texts(t) {
		if strings.HasSuffix(path, "_test.go") || strings.Contains(path, "/testdata/script/") {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			m.tests += bytes.Count(text, []byte("\n"))
		}
	}
	slices.Sort(m.functions)
	slices.Sort(m.files)
	return m
}
