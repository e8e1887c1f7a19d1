// Package coopatlas_test holds the house rules over the whole tree: who may import whom, how long a function may be,
// what must be explained, what may change after the start. ARCHITECTURE.md says the rules; these tests read it.
package coopatlas_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
)

// tags are what the Makefile builds with; without them data/store does not compile.
const tags = "-tags=sqlite_fts5,sqlite_math_functions"

// module is the path of our module; a room is an import path without it.
const module = "coopatlas"

// listed is what go list says of one package.
type listed struct {
	ImportPath, Dir                   string
	Imports                           []string
	GoFiles, CgoFiles, IgnoredGoFiles []string
	Error                             *struct{ Err string }
}

// room returns the package's path inside the module; the root is the empty path.
func (p listed) room() string { return room(p.ImportPath) }

// files returns the package's own files, also those that these build tags leave out.
func (p listed) files() []string {
	var names []string
	for _, list := range [][]string{p.GoFiles, p.CgoFiles, p.IgnoredGoFiles} {
		for _, name := range list {
			if !strings.HasSuffix(name, "_test.go") {
				names = append(names, filepath.Join(p.Dir, name))
			}
		}
	}
	return names
}

// room strips the module from an import path; what is not ours stays as it is.
func room(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}

// ours says whether an import path lies in this module.
func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// within says whether a room is the named one or lies below it.
func within(room, above string) bool { return room == above || strings.HasPrefix(room, above+"/") }

// packages lists all packages of the module once.
var packages = sync.OnceValues(func() ([]listed, error) { return list("-e", "./...") })

// list runs go list in the root of the module.
func list(args ...string) ([]listed, error) {
	command := exec.Command("go", append([]string{"list", tags, "-json=ImportPath,Dir,Imports,GoFiles,CgoFiles,IgnoredGoFiles,Error"}, args...)...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, err
	}
	var all []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var one listed
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
}

// allPackages returns every package of the module that has code of its own.
func allPackages(t *testing.T) []listed {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var code []listed
	for _, p := range all {
		if len(p.files()) > 0 {
			code = append(code, p)
		}
	}
	return code
}

// source is one parsed file.
type source struct {
	path  string // relative to the root, with slashes
	lines int
	set   *token.FileSet
	file  *ast.File
}

// at names a place in the file for a finding.
func (s source) at(pos token.Pos) string {
	position := s.set.Position(pos)
	return s.path + ":" + itoa(position.Line)
}

// parsed reads files of one package into one set of positions.
func parsed(t *testing.T, names ...string) []source {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var all []source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		path, err := filepath.Rel(root, name)
		if err != nil {
			path = name
		}
		file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%s does not parse: %v", path, err)
			continue
		}
		all = append(all, source{filepath.ToSlash(path), strings.Count(string(text), "\n"), set, file})
	}
	return all
}

// texts returns the files of ours that people write, relative to the root: not what is built, installed or kept by git.
func texts(t *testing.T) []string {
	t.Helper()
	skip := map[string]bool{".git": true, "node_modules": true, "bin": true, "out": true, "assets/vendor": true, "fuzz": true}
	var all []string
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skip[path]:
			return filepath.SkipDir
		case entry.Type().IsRegular():
			all = append(all, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(all)
	return all
}
