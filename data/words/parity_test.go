package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"coopatlas/assets"

	"gopkg.in/yaml.v3"
)

const root = "../.."

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	book := open(t)
	english := map[string]bool{}
	for _, key := range book.Keys("en") {
		english[key] = true
	}
	for _, language := range book.Languages() {
		theirs := map[string]bool{}
		for _, key := range book.Keys(language) {
			theirs[key] = true
			if !english[key] {
				t.Errorf("%s.yaml has %s, which en.yaml lacks", language, key)
			}
		}
		for key := range english {
			if !theirs[key] {
				t.Errorf("%s.yaml lacks %s", language, key)
			}
		}
	}
}

var field = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

// TestEveryLanguageUsesTheSameValues compares the named values of each sentence over the languages.
func TestEveryLanguageUsesTheSameValues(t *testing.T) {
	fields := map[string]map[string]string{}
	for _, language := range open(t).Languages() {
		data, err := fs.ReadFile(assets.FS(), "lang/"+language+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := yaml.Unmarshal(data, &tree); err != nil {
			t.Fatal(err)
		}
		fields[language] = map[string]string{}
		flatten("", tree, fields[language])
	}
	for language, sentences := range fields {
		for key, text := range sentences {
			other, ok := fields["en"][key]
			if !ok {
				continue
			}
			if a, b := named(text), named(other); a != b {
				t.Errorf("%s in %s uses %s, in English %s", key, language, a, b)
			}
		}
	}
}

func named(text string) string {
	seen := map[string]bool{}
	for _, match := range field.FindAllStringSubmatch(text, -1) {
		seen[match[1]] = true
	}
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	return strings.Join(sorted(names), " ")
}

func sorted(names []string) []string {
	for i := range names {
		for j := i; j > 0 && names[j] < names[j-1]; j-- {
			names[j], names[j-1] = names[j-1], names[j]
		}
	}
	return names
}

func flatten(prefix string, tree map[string]any, out map[string]string) {
	for key, value := range tree {
		switch value := value.(type) {
		case map[string]any:
			flatten(prefix+key+".", value, out)
		default:
			out[prefix+key], _ = value.(string)
		}
	}
}

// TestNoKeyInTheCodeIsMissing reads every call of Say with a literal key in packages that use this room.
func TestNoKeyInTheCodeIsMissing(t *testing.T) {
	english := open(t).Keys("en")
	has := map[string]bool{}
	for _, key := range english {
		has[key] = true
	}
	for _, call := range said(t) {
		if call.prefix {
			if !anyWithPrefix(english, call.key) {
				t.Errorf("%s says keys that begin with %q: en.yaml has none", call.where, call.key)
			}
		} else if !has[call.key] {
			t.Errorf("%s says %q, which en.yaml lacks", call.where, call.key)
		}
	}
}

func anyWithPrefix(keys []string, prefix string) bool {
	for _, key := range keys {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

type call struct {
	key, where string
	prefix     bool
}

func said(t *testing.T) []call {
	t.Helper()
	var calls []call
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if name := entry.Name(); err == nil && (name == "node_modules" || name == "vendor" || (strings.HasPrefix(name, ".") && name != "..")) {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil || !usesWords(filepath.Dir(path)) {
			return err
		}
		file, err := parser.ParseFile(set, path, source, 0)
		if err != nil {
			return nil // a file that does not parse fails its own build
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if found, ok := sayOf(node); ok {
				found.where = set.Position(node.Pos()).String()
				calls = append(calls, found)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

func usesWords(folder string) bool {
	files, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	for _, file := range files {
		source, _ := os.ReadFile(file)
		if strings.Contains(string(source), `"coopatlas/data/words"`) || strings.Contains(string(source), "\npackage words\n") {
			return true
		}
	}
	return false
}

func sayOf(node ast.Node) (call, bool) {
	expression, ok := node.(*ast.CallExpr)
	if !ok || len(expression.Args) == 0 {
		return call{}, false
	}
	selector, ok := expression.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Say" {
		return call{}, false
	}
	switch argument := expression.Args[0].(type) {
	case *ast.BasicLit:
		key, err := strconv.Unquote(argument.Value)
		return call{key: key}, err == nil
	case *ast.BinaryExpr:
		left := argument.X
		for {
			inner, ok := left.(*ast.BinaryExpr)
			if !ok {
				break
			}
			left = inner.X
		}
		if literal, ok := left.(*ast.BasicLit); ok {
			key, err := strconv.Unquote(literal.Value)
			return call{key: key, prefix: true}, err == nil
		}
	}
	return call{}, false
}
