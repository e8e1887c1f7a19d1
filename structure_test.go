package coopatlas_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	longestFile     = 500 // lines
	longestFunction = 80  // lines, from its first to its closing one
	mostArguments   = 4   // of a constructor
)

// itoa keeps findings short to write.
func itoa(n int) string { return strconv.Itoa(n) }

// TestLength holds files and functions to what fits a head and a screen.
func TestLength(t *testing.T) {
	for _, p := range allPackages(t) {
		for _, s := range parsed(t, p.files()...) {
			if s.lines > longestFile {
				t.Errorf("%s has %d lines, more than %d: split it by what it is about", s.path, s.lines, longestFile)
			}
			report(t, tooLong(s))
		}
	}
}

// report prints each finding as an error of its own.
func report(t *testing.T, findings []string) {
	t.Helper()
	for _, f := range findings {
		t.Error(f)
	}
}

// tooLong returns the functions with too many lines and the constructors with too many arguments.
func tooLong(s source) []string {
	var findings []string
	for _, f := range functions(s.file) {
		if n := height(s.set, f); n > longestFunction {
			findings = append(findings, s.at(f.Pos())+": "+f.Name.Name+" has "+itoa(n)+" lines, more than "+itoa(longestFunction))
		}
		if n := f.Type.Params.NumFields(); f.Recv == nil && strings.HasPrefix(f.Name.Name, "New") && n > mostArguments {
			findings = append(findings, s.at(f.Pos())+": "+f.Name.Name+" takes "+itoa(n)+" arguments, more than "+itoa(mostArguments)+": give it a Config")
		}
	}
	return findings
}

// functions returns the functions and methods declared in a file.
func functions(file *ast.File) []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			all = append(all, f)
		}
	}
	return all
}

// height counts the lines of a function.
func height(set *token.FileSet, f *ast.FuncDecl) int {
	return set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
}

// TestEveryPackageSaysWhatItIsFor holds that each package has a doc.go with a comment on the package.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range allPackages(t) {
		name := filepath.Join(p.Dir, "doc.go")
		if _, err := os.Stat(name); err != nil {
			t.Errorf("%s has no doc.go: say what it is for, what it must not know, how to add one more", p.room())
			continue
		}
		for _, s := range parsed(t, name) {
			if s.file.Doc.Text() == "" {
				t.Errorf("%s has no comment on the package", s.path)
			}
		}
	}
}

// TestEveryExportedNameIsExplained holds that nobody has to read code to learn what a name means.
func TestEveryExportedNameIsExplained(t *testing.T) {
	for _, p := range allPackages(t) {
		for _, s := range parsed(t, p.files()...) {
			_, bare := exported(s)
			report(t, bare)
		}
	}
}

// exported counts the exported names of a file and returns those without a sentence.
func exported(s source) (names int, bare []string) {
	note := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		names++
		for _, d := range docs {
			if d.Text() != "" {
				return
			}
		}
		bare = append(bare, s.at(name.Pos())+": "+name.Name+" has no comment")
	}
	for _, declaration := range s.file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type)) {
				note(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch one := spec.(type) {
				case *ast.TypeSpec:
					note(one.Name, d.Doc, one.Doc)
				case *ast.ValueSpec:
					for _, name := range one.Names {
						note(name, d.Doc, one.Doc, one.Comment)
					}
				}
			}
		}
	}
	return names, bare
}

// receiver returns the name of a method's type.
func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}

// TestFormat holds every Go file to gofmt.
func TestFormat(t *testing.T) {
	for _, path := range texts(t) {
		if !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata/") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tidy, err := format.Source(text)
		if err != nil {
			t.Errorf("%s does not parse: %v", path, err)
		} else if !bytes.Equal(text, tidy) {
			t.Errorf("%s is not as gofmt writes it", path)
		}
	}
}
