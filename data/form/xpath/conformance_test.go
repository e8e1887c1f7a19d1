package xpath

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// conformanceCase is one line of xpath-cases.jsonl.
type conformanceCase struct {
	ID       int             `json:"id"`
	File     string          `json:"file"`
	Test     string          `json:"test"`
	XML      string          `json:"xml"`
	XForms   bool            `json:"xforms"`
	Context  string          `json:"context"`
	Expr     string          `json:"expr"`
	Kind     string          `json:"kind"`
	Expected json.RawMessage `json:"expected"`
}

// outcome is what our evaluation gave, or why it gave nothing.
type outcome struct {
	value Value
	ctx   *Context
	err   error
}

func conformanceFolder() string {
	if folder := os.Getenv("COOPATLAS_CONFORMANCE"); folder != "" {
		return folder
	}
	return filepath.Join("..", "..", "..", "..", "shared", "conformance")
}

func readCases(t *testing.T) []conformanceCase {
	t.Helper()
	file, err := os.Open(filepath.Join(conformanceFolder(), "xpath-cases.jsonl"))
	if err != nil {
		t.Skipf("no conformance cases here: %v", err)
	}
	defer file.Close()
	var cases []conformanceCase
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c conformanceCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

var prefixes = map[string]string{
	"xhtml": "http://www.w3.org/1999/xhtml",
	"h":     "http://www.w3.org/1999/xhtml",
	"jr":    "http://openrosa.org/javarosa",
}

// phoenix is a zone without summer time, seven hours behind UTC.
func phoenix(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("America/Phoenix")
	if err != nil {
		t.Skipf("no time zones here: %v", err)
	}
	return zone
}

// contextOf builds the document of a case and the context of its expression.
func contextOf(t *testing.T, c conformanceCase) (document *xmlNode, ctx *Context) {
	document = parseTree(t, c.XML)
	ctx = &Context{
		Node: document, Location: phoenix(t),
		Namespace: func(prefix string) string { return prefixes[prefix] },
		Now:       func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) },
		Random:    func() float64 { return 0.5 },
		UUID:      func() string { return "0190163d-8694-739b-aea5-966c26f8ad91" },
	}
	if c.Context != "" {
		ctx.Node = find(t, document, c.Context)
	}
	instances := evaluate(t, &Context{Node: document}, "/h:html/h:head/model/instance").Nodes()
	if len(instances) == 0 {
		return document, ctx
	}
	ctx.Root = instances[0]
	if c.Context == "" {
		ctx.Node = find(t, instances[0], "self::node()/*")
	}
	ctx.Instance = func(id string) (Node, bool) {
		for _, instance := range instances {
			for _, attribute := range instance.Attributes() {
				if attribute.Name() == "id" && attribute.Text() == id {
					return instance, true
				}
			}
		}
		return nil, false
	}
	ctx.Host = translations(t, document, c.Test)
	return document, ctx
}

var languageOfTest = regexp.MustCompile(`"language":"(\w+)"`)

// translations is a host that answers jr:itext from the document, in the
// language that the case's name says.
func translations(t *testing.T, document *xmlNode, test string) func(Call) (Value, error) {
	language := "en"
	if m := languageOfTest.FindStringSubmatch(test); m != nil {
		language = m[1]
	}
	return func(call Call) (Value, error) {
		if call.Name != "jr:itext" {
			return Value{}, ErrUnknownFunction
		}
		path := fmt.Sprintf("//translation[@lang='%s']/text[@id='%s']/value", language, call.Args[0].StringValue())
		nodes := evaluate(t, &Context{Node: document}, path).Nodes()
		slices.SortStableFunc(nodes, func(a, b Node) int { return len(a.Attributes()) - len(b.Attributes()) })
		return NodesOf(nodes...), nil
	}
}

func run(t *testing.T, c conformanceCase) (document *xmlNode, got outcome) {
	document, ctx := contextOf(t, c)
	got.ctx = ctx
	e, err := Parse(c.Expr)
	if err != nil {
		got.err = err
		return document, got
	}
	got.value, got.err = e.Eval(ctx)
	return document, got
}

func expectedNumber(t *testing.T, c conformanceCase) (f float64, decimals int) {
	text := strings.Trim(string(c.Expected), `"`)
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("case %d: %v", c.ID, err)
	}
	_, fraction, _ := strings.Cut(text, ".")
	return f, len(fraction)
}

func expectedString(c conformanceCase) string {
	var text string
	_ = json.Unmarshal(c.Expected, &text)
	return text
}

// passes compares what we got with what the case expects.
func passes(t *testing.T, c conformanceCase, document *xmlNode, got outcome) bool {
	if got.err != nil {
		return false
	}
	v := got.value
	switch c.Kind {
	case "string":
		return v.StringValue() == expectedString(c)
	case "string_regex":
		return regexp.MustCompile(expectedString(c)).MatchString(v.StringValue())
	case "boolean":
		return strconv.FormatBool(v.BoolValue()) == string(c.Expected)
	case "number":
		want, _ := expectedNumber(t, c)
		have := v.NumberIn(got.ctx.Location)
		return have == want || math.IsNaN(have) && math.IsNaN(want) || math.Abs(have-want) <= 1e-14*math.Abs(want)
	case "number_rounded":
		want, decimals := expectedNumber(t, c)
		return math.Abs(v.NumberIn(got.ctx.Location)-want) <= 0.5000001*math.Pow10(-decimals)
	case "nodeset":
		return sameNodes(t, c, document, v)
	}
	t.Fatalf("case %d: unknown kind %q", c.ID, c.Kind)
	return false
}

func sameNodes(t *testing.T, c conformanceCase, document *xmlNode, v Value) bool {
	var paths []string
	if err := json.Unmarshal(c.Expected, &paths); err != nil {
		t.Fatal(err)
	}
	have := v.Nodes()
	if strings.HasPrefix(c.Expr, "jr:itext") {
		have = inOrder(&evaluator{ctx: &Context{}, visits: maxVisits}, have)
	}
	if len(have) != len(paths) {
		return false
	}
	for i, path := range paths {
		if !slices.Contains(wanted(t, document, path), have[i]) {
			return false
		}
	}
	return true
}

var textPath = regexp.MustCompile(`^(.*)/text\(\)\[(\d+)\]$`)

// wanted gives the nodes an expected path may mean: the ids of translations are
// not unique, and the cases count texts and CDATA sections separately.
func wanted(t *testing.T, document *xmlNode, path string) []Node {
	m := textPath.FindStringSubmatch(path)
	if m == nil {
		return evaluate(t, &Context{Node: document}, path).Nodes()
	}
	place, _ := strconv.Atoi(m[2])
	var nodes []Node
	for _, cdata := range []bool{false, true} {
		seen := 0
		for _, child := range find(t, document, m[1]).Children() {
			if text := child.(*xmlNode); text.kind == Text && text.cdata == cdata {
				if seen++; seen == place {
					nodes = append(nodes, child)
				}
			}
		}
	}
	return nodes
}

var (
	dateTimeText = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	dateOnlyText = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	dateInside   = regexp.MustCompile(`\d{4}-\d\d-\d\d|date`)
	roundCall    = regexp.MustCompile(`^round\(\s*["']?(-?[0-9.]+)["']?\s*(?:,.*)?\)$`)
	anyRegex     = regexp.MustCompile(`^regex\(`)
	bestCall     = regexp.MustCompile(`^(max|min)\((.*)\)$`)
)

// byDesign tells whether a case expects what our table of meanings excludes:
// where Enketo and JavaRosa differ, the questionnaire follows JavaRosa.
func byDesign(t *testing.T, c conformanceCase, got outcome) bool {
	if got.err != nil {
		return false
	}
	v := got.value
	switch c.Kind {
	case "number", "number_rounded":
		want, _ := expectedNumber(t, c)
		return dateFraction(c, want, v.NumberValue()) || halfRounded(c, want, v.NumberValue()) || skipsBlank(t, c, want, got)
	case "string":
		want := expectedString(c)
		if want == "Invalid Date" {
			return v.StringValue() == ""
		}
		if number, err := strconv.ParseFloat(want, 64); err == nil {
			return dateFraction(c, number, v.NumberValue())
		}
		return dateTimeText.MatchString(want) && dateOnlyText.MatchString(v.StringValue())
	case "boolean":
		return anyRegex.MatchString(c.Expr) && string(c.Expected) == "true" && !v.BoolValue()
	}
	return false
}

// dateFraction: a date counted with the fraction of its zone, where ours is whole.
func dateFraction(c conformanceCase, want, have float64) bool {
	return dateInside.MatchString(c.Expr) && want != math.Trunc(want) && have == math.Trunc(have) && math.Abs(want-have) < 1
}

// halfRounded: a half rounded away from zero, where ours is rounded upwards.
func halfRounded(c conformanceCase, want, have float64) bool {
	m := roundCall.FindStringSubmatch(c.Expr)
	if m == nil || want >= have {
		return false
	}
	argument, err := strconv.ParseFloat(m[1], 64)
	return err == nil && math.Abs((argument-want)-(have-argument)) < 1e-9
}

// skipsBlank: max or min that a blank makes NaN, where ours skips it.
func skipsBlank(t *testing.T, c conformanceCase, want float64, got outcome) bool {
	m := bestCall.FindStringSubmatch(c.Expr)
	if m == nil || !math.IsNaN(want) || math.IsNaN(got.value.NumberValue()) {
		return false
	}
	return slices.ContainsFunc(evaluate(t, got.ctx, m[2]).Nodes(), func(n Node) bool { return strings.TrimSpace(n.Text()) == "" })
}

// knownFailures reads testdata/known.txt: a case's number and why it fails.
func knownFailures(t *testing.T) map[int]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "known.txt"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[int]string{}
	for line := range strings.Lines(string(data)) {
		number, reason, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("testdata/known.txt: %q does not begin with a case number", line)
		}
		known[id] = reason
	}
	return known
}

// tally counts the cases of one upstream file, or of all.
type tally struct{ passed, failed, design int }

func (t tally) rate() float64 {
	if t.passed+t.failed == 0 {
		return 100
	}
	return 100 * float64(t.passed) / float64(t.passed+t.failed)
}

func (t tally) plus(o tally) tally {
	return tally{t.passed + o.passed, t.failed + o.failed, t.design + o.design}
}

func TestConformance(t *testing.T) {
	cases, known := readCases(t), knownFailures(t)
	files := map[string]tally{}
	var forms, all tally
	for _, c := range cases {
		document, got := run(t, c)
		var one tally
		switch {
		case passes(t, c, document, got):
			one.passed = 1
			if known[c.ID] != "" {
				t.Errorf("case %d passes now: take it out of testdata/known.txt", c.ID)
			}
		case byDesign(t, c, got):
			one.design = 1
		default:
			one.failed = 1
			report(t, c, got, known[c.ID])
		}
		files[c.File], all = files[c.File].plus(one), all.plus(one)
		if c.XForms {
			forms = forms.plus(one)
		}
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f := files[name]
		fmt.Printf("conformance: %-40s %5.1f %% of %d, by design %d\n", name, f.rate(), f.passed+f.failed, f.design)
	}
	if 100*all.design > 4*len(cases) {
		t.Errorf("%d of %d cases are by design: at most 4 %% may be", all.design, len(cases))
	}
	if forms.rate() < 97 {
		t.Errorf("%.1f %% of the cases for questionnaires pass: at least 97 %% must", forms.rate())
	}
	fmt.Printf("conformance: xpath xforms %.1f %% all %.1f %% by design %d\n", forms.rate(), all.rate(), all.design)
}

func report(t *testing.T, c conformanceCase, got outcome, reason string) {
	t.Helper()
	if reason != "" {
		return
	}
	have := got.value.StringValue()
	if got.err != nil {
		have = got.err.Error()
	}
	t.Errorf("case %d (%s, %s): %s\n\texpected %s %s\n\tgot %s", c.ID, c.File, c.Test, c.Expr, c.Kind, c.Expected, have)
}
