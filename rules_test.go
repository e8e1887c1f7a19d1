package coopatlas_test

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// snippet parses a piece of Go as a file of its own.
func snippet(t *testing.T, text string) source {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "snippet.go", "package p\n"+text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return source{"snippet.go", strings.Count(text, "\n"), set, file}
}

// TestRuleOnState shows what counts as package-level state.
func TestRuleOnState(t *testing.T) {
	for _, fact := range []struct {
		name, text string
		findings   int
	}{
		{"error value", `import "errors"; var ErrGone = errors.New("gone")`, 0},
		{"embedded folder", "import \"embed\"\n//go:embed forms\nvar files embed.FS", 0},
		{"embedded text", "import _ \"embed\"\n//go:embed page.html\nvar page string", 0},
		{"embedded text assigned", "import _ \"embed\"\n//go:embed page.html\nvar page string\nfunc f() { page = \"\" }", 1},
		{"pattern", `import "regexp"; var year = regexp.MustCompile("[0-9]{4}")`, 0},
		{"assertion", `type t struct{}; var _ interface{ M() } = (*t)(nil)`, 0},
		{"table read", `var table = map[string]int{"a": 1}; func f() int { return table["a"] }`, 0},
		{"table ranged over", `var table = []int{1}; func f() (n int) { for _, v := range table { n += v }; return }`, 0},
		{"local of the same name", `var table = []int{1}; func f() { table := []int{}; table = append(table, 1); _ = table }`, 0},
		{"no value", `var count int`, 1},
		{"lock", `import "sync"; var lock sync.Mutex`, 1},
		{"pool", `import "sync"; var pool = sync.Pool{}`, 1},
		{"pointer", `type t struct{}; var one = &t{}`, 1},
		{"empty map", `var cache = make(map[string]int)`, 1},
		{"assigned", `var limit = 3; func Set(n int) { limit = n }`, 1},
		{"counted", `var limit = 3; func f() { limit++ }`, 1},
		{"index assigned", `var table = map[string]int{}; func f() { table["a"] = 1 }`, 1},
		{"field assigned", `var one = struct{ n int }{1}; func f() { one.n = 2 }`, 1},
		{"element removed", `var table = map[string]int{}; func f() { delete(table, "a") }`, 1},
		{"appended to", `var table = []int{1}; func f() []int { return append(table, 2) }`, 1},
		{"sorted", `import "sort"; var table = []string{"b"}; func f() { sort.Strings(table) }`, 1},
		{"address taken", `var limit = 3; func f() *int { return &limit }`, 1},
		{"address of an element", `var table = []int{1}; func f() *int { return &table[0] }`, 1},
		{"method by pointer", `type t struct{ n int }; func (x *t) Add() { x.n++ }; var one = t{}; func f() { one.Add() }`, 1},
		{"method by value", `type t struct{ n int }; func (x t) Get() int { return x.n }; var one = t{}; func f() int { return one.Get() }`, 0},
		{"assigned in a range", `var limit = 3; func f(all []int) { for limit = range all { } }`, 1},
	} {
		t.Run(fact.name, func(t *testing.T) {
			if found := globals([]source{snippet(t, fact.text)}); len(found) != fact.findings {
				t.Errorf("%s: %d findings %q, want %d", fact.text, len(found), found, fact.findings)
			}
		})
	}
}

// TestRuleOnDirections shows who may import whom.
func TestRuleOnDirections(t *testing.T) {
	for _, fact := range []struct {
		from, path string
		allowed    bool
	}{
		{"data/store", "database/sql", true},
		{"data/workspace", "database/sql", false},
		{"data/workspace", "database/sql/driver", false},
		{"data/store/migrate", "github.com/mattn/go-sqlite3", true},
		{"reports/html", "github.com/go-echarts/go-echarts/v2/charts", false},
		{"reports/chart", "modernc.org/quickjs", true},
		{"reports/brief", "github.com/jung-kurt/gofpdf", false},
		{"data/form", "coopatlas/reports/chart", false},
		{"data/form", "coopatlas/data/form/xpath", true},
		{"data/form/xpath", "coopatlas/data/form", false},
		{"reports/chart", "coopatlas/app/kit", false},
		{"reports/brief", "coopatlas/data/indicator", true},
		{"cmd/coopctl", "fyne.io/fyne/v2", false},
		{"app/kit", "fyne.io/fyne/v2/widget", true},
		{"app/page/home", "coopatlas/app/page/map", false},
		{"app/page/home", "coopatlas/app/page/home/card", true},
		{"assets", "coopatlas/data/codes", false},
		{"data/record", "coopatlas/data/form", false},
		{"data/store", "log/slog", false},
		{"cmd/coopctl", "log", true},
		{"data/store", "logic", true},
	} {
		if finding := direction(fact.from, fact.path); (finding == "") != fact.allowed {
			t.Errorf("%s imports %s: allowed is %t, want %t %s", fact.from, fact.path, !fact.allowed, fact.allowed, finding)
		}
	}
}

// TestRoomTable shows how the table of rooms is read.
func TestRoomTable(t *testing.T) {
	table, err := roomTable("| room | for | may import |\n|---|---|---|\n| `data/form` | x | `form/xpath` |\n| `data/form/xpath` | y | nothing of ours |\n| `reports/brief` | z | data, form |\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range []struct{ room, home, allowed string }{
		{"data/form", "data/form", "data/form/xpath"},
		{"data/form/lint", "data/form", "data/form/xpath"},
		{"data/form/xpath", "data/form/xpath", ""},
		{"reports/brief", "reports/brief", "data data/form"},
		{"reports/pdf", "", ""},
	} {
		home, allowed := table.of(fact.room)
		if home != fact.home || strings.Join(allowed, " ") != fact.allowed {
			t.Errorf("%s: row %q allows %q, want row %q with %q", fact.room, home, allowed, fact.home, fact.allowed)
		}
	}
	for _, bad := range []string{"no table", "| `data/form` | x | attic |\n"} {
		if _, err := roomTable(bad); err == nil {
			t.Errorf("%q is read without an error", bad)
		}
	}
}

// TestRuleOnExplanations shows which names need a comment.
func TestRuleOnExplanations(t *testing.T) {
	for _, fact := range []struct {
		text        string
		names, bare int
	}{
		{"// F does.\nfunc F() {}", 1, 0},
		{"func F() {}", 1, 1},
		{"func f() {}", 0, 0},
		{"type T struct{}\nfunc (T) M() {}", 2, 2},
		{"type t struct{}\nfunc (*t) M() {}", 0, 0},
		{"// T is.\ntype T[K any] struct{}\nfunc (*T[K]) M() {}", 2, 1},
		{"// Sizes.\nconst (\n\tA = 1\n\tB = 2\n)", 2, 0},
		{"const (\n\tA = 1 // one\n\tB = 2\n)", 2, 1},
	} {
		if names, bare := exported(snippet(t, fact.text)); names != fact.names || len(bare) != fact.bare {
			t.Errorf("%s: %d names, bare %q; want %d and %d", fact.text, names, bare, fact.names, fact.bare)
		}
	}
}

// TestRuleOnLength shows where a function becomes too long, and a constructor too wide.
func TestRuleOnLength(t *testing.T) {
	for _, fact := range []struct {
		text     string
		findings int
	}{
		{"func f() {\n" + strings.Repeat("\t_ = 1\n", longestFunction-2) + "}", 0},
		{"func f() {\n" + strings.Repeat("\t_ = 1\n", longestFunction-1) + "}", 1},
		{"func NewT(a, b, c, d int) {}", 0},
		{"func NewT(a, b int, c, d, e string) {}", 1},
	} {
		if found := tooLong(snippet(t, fact.text)); len(found) != fact.findings {
			t.Errorf("%.40s: %q, want %d findings", fact.text, found, fact.findings)
		}
	}
}

// TestRuleOnWording shows which words are findings in which files; the words are put together, as in the rules.
func TestRuleOnWording(t *testing.T) {
	for _, fact := range []struct {
		name, text string
		findings   int
	}{
		{"a.go", "// TO" + "DO later", 1},
		{"a.md", "X" + "XX", 1},
		{"a.go", "MAXX" + "XX", 0},
		{"a.go", `open("/` + `tmp/x")`, 1},
		{"a.md", "see /" + "home/ann/notes", 1},
		{"a.go", "shared/" + "work/plan, $dir/" + "root/x", 0},
		{"a.md", "instance('codes')/" + "root/item", 0},
		{"package.json", "https://registry" + ".npmjs.org/echarts", 1},
		{"package-lock.json", "https://registry" + ".npmjs.org/echarts", 1},
		{"package-lock.json", "TO" + "DO", 0},
		{"README.md", "a Co-" + "operative", 1},
		{"a_test.go", "Unicorn Co-" + "operative Ltd", 0},
		{"data/x/testdata/uk.yaml", "Unicorn Co-" + "operative Ltd", 0},
		{"a.go", "place" + "holder", 1},
		{"a.html", "place" + "holder", 0},
		{"logo.png", "TO" + "DO", 0},
	} {
		if found := misworded(fact.name, fact.text); len(found) != fact.findings {
			t.Errorf("%s %q: %q, want %d findings", fact.name, fact.text, found, fact.findings)
		}
	}
}
