package coopatlas_test

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// TestNothingGlobalChanges holds that a package keeps no state: a package-level variable is an error value, an embedded
// folder, a compiled pattern, an assertion that a type meets an interface, or a table that nothing ever writes to.
func TestNothingGlobalChanges(t *testing.T) {
	for _, p := range allPackages(t) {
		report(t, globals(parsed(t, p.files()...)))
	}
}

// globals returns what is wrong with the package-level variables of one package.
func globals(sources []source) []string {
	if len(sources) == 0 {
		return nil
	}
	var findings []string
	info := resolve(sources)
	variables := map[types.Object]bool{}
	for id, object := range info.Defs {
		if v, ok := object.(*types.Var); ok && v.Parent() != nil && v.Parent() == v.Pkg().Scope() && id.Name != "_" {
			variables[object] = true
		}
	}
	for _, s := range sources {
		for _, spec := range packageVariables(s.file) {
			for i, name := range spec.Names {
				if reason := holdsState(spec, i); reason != "" && name.Name != "_" {
					findings = append(findings, s.at(name.Pos())+": "+name.Name+" "+reason)
				}
			}
		}
	}
	for _, s := range sources {
		findings = append(findings, writes(s, info, variables)...)
	}
	return findings
}

// resolve finds what each name means within the package; what it imports stays unknown, and that is enough.
func resolve(sources []source) *types.Info {
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	var files []*ast.File
	for _, s := range sources {
		files = append(files, s.file)
	}
	config := types.Config{Importer: unknown{}, Error: func(error) {}, FakeImportC: true}
	_, _ = config.Check(sources[0].file.Name.Name, sources[0].set, files, info) // its errors are those of unknown imports
	return info
}

// unknown imports nothing.
type unknown struct{}

func (unknown) Import(string) (*types.Package, error) { return nil, errors.New("not needed here") }

// packageVariables returns the var specs at the top of a file that the compiler does not fill from a file.
func packageVariables(file *ast.File) []*ast.ValueSpec {
	var all []*ast.ValueSpec
	for _, d := range file.Decls {
		if block, ok := d.(*ast.GenDecl); ok && block.Tok == token.VAR {
			for _, spec := range block.Specs {
				if one := spec.(*ast.ValueSpec); !embeds(block.Doc) && !embeds(one.Doc) {
					all = append(all, one)
				}
			}
		}
	}
	return all
}

// embeds says whether a comment tells the compiler to embed files.
func embeds(comment *ast.CommentGroup) bool {
	return comment != nil && slices.ContainsFunc(comment.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// holdsState says why a variable can only be meant to change, or nothing.
func holdsState(spec *ast.ValueSpec, i int) string {
	if len(spec.Values) == 0 {
		return "has no value at the start, so it is meant to change: pass it to who needs it"
	}
	if i >= len(spec.Values) {
		return "" // several results of one call
	}
	switch value := spec.Values[i].(type) {
	case *ast.UnaryExpr:
		if value.Op == token.AND {
			return "is a pointer, which invites changes: pass it to who needs it"
		}
	case *ast.CompositeLit:
		if selector, ok := value.Type.(*ast.SelectorExpr); ok && (named(selector, "sync", "") || named(selector, "atomic", "")) {
			return "is there to be changed: pass it to who needs it"
		}
	case *ast.CallExpr:
		if call, ok := value.Fun.(*ast.Ident); ok && (call.Name == "make" || call.Name == "new") {
			return "starts empty, so it is meant to change: pass it to who needs it"
		}
	}
	return ""
}

// named says whether a selector is package.Name; an empty name is any.
func named(x *ast.SelectorExpr, from, name string) bool {
	id, ok := x.X.(*ast.Ident)
	return ok && id.Name == from && (name == "" || x.Sel.Name == name)
}

// writes returns the places where a package-level variable is assigned to, changed in place, or its address taken.
func writes(s source, info *types.Info, variables map[types.Object]bool) []string {
	var findings []string
	note := func(x ast.Expr, how string) {
		if id := root(x); id != nil && variables[info.Uses[id]] {
			findings = append(findings, s.at(id.Pos())+": "+id.Name+" "+how+": a package-level variable must not change")
		}
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				note(left, "is assigned to")
			}
		case *ast.IncDecStmt:
			note(n.X, "is counted up or down")
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				note(n.Key, "is assigned to")
				note(n.Value, "is assigned to")
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X, "has its address taken")
			}
		case *ast.CallExpr:
			if changesFirst(n.Fun) && len(n.Args) > 0 {
				note(n.Args[0], "is changed in place")
			}
			if selector, ok := n.Fun.(*ast.SelectorExpr); ok && byPointer(info.Selections[selector]) {
				note(selector.X, "has a method called that may change it")
			}
		}
		return true
	})
	return findings
}

// root returns the variable that an expression such as v, v[i], v.f or *v begins with.
func root(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.IndexExpr:
		return root(x.X)
	case *ast.SelectorExpr:
		return root(x.X)
	case *ast.SliceExpr:
		return root(x.X)
	case *ast.StarExpr:
		return root(x.X)
	case *ast.ParenExpr:
		return root(x.X)
	}
	return nil
}

// changesFirst says whether a function changes its first argument.
func changesFirst(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name == "append" || f.Name == "delete" || f.Name == "clear" || f.Name == "copy"
	case *ast.SelectorExpr:
		return named(f, "sort", "Slice") || named(f, "sort", "SliceStable") || named(f, "sort", "Strings") || named(f, "sort", "Ints") ||
			named(f, "slices", "Sort") || named(f, "slices", "SortFunc") || named(f, "slices", "SortStableFunc") || named(f, "slices", "Reverse") ||
			named(f, "maps", "Copy") || named(f, "maps", "DeleteFunc")
	}
	return false
}

// byPointer says whether a method takes a variable's address that is not a pointer itself.
func byPointer(selection *types.Selection) bool {
	if selection == nil || selection.Kind() != types.MethodVal {
		return false
	}
	signature := selection.Obj().Type().(*types.Signature)
	_, wants := types.Unalias(signature.Recv().Type()).(*types.Pointer)
	_, has := types.Unalias(selection.Recv()).Underlying().(*types.Pointer)
	return wants && !has
}
