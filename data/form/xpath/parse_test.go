package xpath

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestParseErrorsPointAtTheCharacter(t *testing.T) {
	for _, c := range []struct {
		source  string
		offset  int
		message string
	}{
		{"", 0, "empty"},
		{"   ", 0, "empty"},
		{"1 +", 3, "expected a value, a path or a function but found the end"},
		{"(1", 2, `expected ")" but found the end`},
		{"if(1, 2", 7, `expected "," or ")"`},
		{"/data/x[1", 9, `expected "]"`},
		{"1 == 1", 3, "found \"=\""},
		{"a b", 2, "expected an operator"},
		{"'é' &", 4, "concat"},
		{"${a", 0, "no closing }"},
		{"${}", 2, "name of a question"},
		{"${a b}", 2, "name of a question"},
		{"'open", 0, "no closing '"},
		{`é = "open`, 4, "no closing"},
		{"“x”", 0, "straight quote"},
		{"5 % 2", 2, "mod"},
		{"a ≤ b", 2, "<="},
		{"$a", 0, "${name}"},
		{"!a", 0, "!="},
		{"wrong::a", 0, "axis"},
		{"jr:", 3, "expected a name"},
		{"regex(., '(?=a)b')", 9, "pattern cannot be run"},
		{"regex(., ')(')", 9, "pattern cannot be run"},
		{"a\xff", 0, "UTF-8"},
		{"../", 3, "expected a value"},
		{"a//", 3, "expected a value"},
		{"concat(,)", 7, "expected a value"},
		{strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300), 200, "nested more than 200"},
		{strings.Repeat("1+", 40000) + "1", 0, "longer than"},
	} {
		_, err := Parse(c.source)
		var problem *SyntaxError
		if !errors.As(err, &problem) {
			t.Errorf("Parse(%.40q) gave %v, not a *SyntaxError", c.source, err)
			continue
		}
		if problem.Offset != c.offset || !strings.Contains(problem.Message, c.message) {
			t.Errorf("Parse(%.40q) = %d %q, want %d …%s…", c.source, problem.Offset, problem.Message, c.offset, c.message)
		}
	}
	_, err := Parse("1 +")
	if want := "at character 4: "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%q does not begin with %q", err, want)
	}
}

func TestLongAndDeepExpressions(t *testing.T) {
	sources := []string{
		strings.Repeat("1+", 30000) + "1",
		strings.Repeat("-", 60000) + "1",
		strings.Repeat("(", 150) + "1" + strings.Repeat(")", 150),
		"a" + strings.Repeat("[1]", 20000),
		"a" + strings.Repeat("/..", 20000),
		strings.Repeat("1 or ", 13000) + "0",
		"a" + strings.Repeat("[b]/a", 13000),
		strings.Repeat("a[", 190) + "1" + strings.Repeat("]", 190),
	}
	for _, source := range sources {
		e, err := Parse(source)
		if err != nil {
			t.Errorf("Parse(%.20q…): %v", source, err)
			continue
		}
		if _, err := e.Eval(nil); err != nil {
			t.Errorf("Eval(%.20q…): %v", source, err)
		}
	}
}

func TestEvaluationIsBounded(t *testing.T) {
	root := &xmlNode{kind: Root}
	data := root.add(&xmlNode{kind: Element, name: "data"})
	for range 3000 {
		data.add(&xmlNode{kind: Element, name: "a"})
	}
	e, err := Parse("count(//a[count(//a[count(//a) > 1]) > 1])")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Eval(&Context{Node: root}); err == nil || !strings.Contains(err.Error(), "narrower path") {
		t.Errorf("a cubic expression gave %v, not an error", err)
	}
}

func TestOperatorsAndNames(t *testing.T) {
	tree := parseTree(t, `<data><div>8</div><mod>3</mod><and>1</and><a-b>5</a-b><a>9</a><b>4</b></data>`)
	ctx := &Context{Node: find(t, tree, "/data")}
	for source, want := range map[string]string{
		"div div mod":         "2.6666666666666665",
		"div mod mod":         "2",
		"and and and":         "true",
		"a-b":                 "5",
		"a -b":                "5",
		"a - b":               "5",
		"1 and1":              "true",
		"2 * * * 2":           "32",
		"* * 2":               "16",
		"-a":                  "-9",
		"--a":                 "9",
		"-2 * -3":             "6",
		"2 + 3 * 4 - 1":       "13",
		"1 = 1 = true()":      "true",
		"1 < 2 = true()":      "true",
		"3 > 2 > 1":           "false",
		".5 + 1.":             "1.5",
		"10 - 2 - 3":          "5",
		"true() or 1 div x":   "true",
		`concat("it's", '"')`: `it's"`,
	} {
		if got := evaluate(t, ctx, source).StringValue(); got != want {
			t.Errorf("%s = %s, want %s", source, got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	e, err := Parse("if(1, 2) + sizeof(.) + pulldata('a', 'b', 'c', 'd') + mine()")
	if err != nil {
		t.Fatal(err)
	}
	var messages []string
	for _, problem := range e.Problems(func(name string) bool { return name == "mine" }) {
		messages = append(messages, problem.Error())
	}
	want := []string{"at character 1: if() takes 3 arguments, not 2", "at character 12: there is no function sizeof()"}
	if !slices.Equal(messages, want) {
		t.Errorf("Problems = %q, want %q", messages, want)
	}
	if problems := mustParse(t, "concat() = round(1, 2)").Problems(nil); problems != nil {
		t.Errorf("Problems = %v, want none", problems)
	}
}

func mustParse(t testing.TB, source string) *Expr {
	t.Helper()
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("Parse(%q): %v", source, err)
	}
	return e
}

func TestWhatIsKnownOfAnExpression(t *testing.T) {
	e := mustParse(t, "if(today() > ${end}, once(random()), concat(1, concat(2, 3)))")
	if want := []string{"concat", "if", "once", "random", "today"}; !slices.Equal(e.Functions(), want) {
		t.Errorf("Functions = %q, want %q", e.Functions(), want)
	}
	if !e.Calls("once") || e.Calls("now") {
		t.Error("Calls does not agree with Functions")
	}
	for source, want := range map[string]bool{
		"now()": true, "uuid()": true, "1 + 1": false, "randomize(a)": true, "randomize(a, 3)": false, "position(..)": false,
	} {
		if got := mustParse(t, source).Volatile(); got != want {
			t.Errorf("Volatile(%s) = %t", source, got)
		}
	}
	if v, ok := mustParse(t, " 'yes' ").Constant(); !ok || v.StringValue() != "yes" {
		t.Errorf("Constant = %v, %t", v, ok)
	}
	if _, ok := mustParse(t, "1 + 1").Constant(); ok {
		t.Error("1 + 1 is no constant")
	}
	if source := " 1+ 1"; mustParse(t, source).String() != source {
		t.Error("String is not the source")
	}
}

func TestManyEvaluateAtOnce(t *testing.T) {
	e := mustParse(t, "count(/data/a[regex(., '[0-9]+')]) + round(1.25, 1)")
	tree := parseTree(t, "<data><a>1</a><a>x</a></data>")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if v, err := e.Eval(&Context{Node: tree}); err != nil || v.StringValue() != "2.3" {
					t.Errorf("got %v, %v", v.StringValue(), err)
					return
				}
			}
		})
	}
	group.Wait()
}
