package xpath

import (
	"testing"
	"time"
	"unicode/utf8"
)

var fuzzSeeds = []string{
	"1 + 2 * -3 div 4 mod 5", ". >= 1 and . <= ${total}", "/data/votes[share > current()/../x][1]/@id", "//a[last()] | b/..",
	"if(selected(${a}, 'b'), concat('x', 1), jr:choice-name(${a}, '${a}'))", "format-date(today(), '%Y-%m-%d %3')",
	"indexed-repeat(${a}, ${b}, position(..) - 1)", "regex(., '[a-z]{2,3}')", "round(-1.475, 2)", "substr('héllo', -3, 99)",
	"instance('x')/root/item[name = 'y']/label", "date('2026-02-30') + decimal-time('12:00:00+01:00')", "((((1))))", "[", "${", "'",
	"randomize(//*, 'seed')", "area('0 0;0 1;1 1') - distance(a)", "ancestor-or-self::node()/following::*", "1 and1 or-1",
}

// FuzzParse holds that every input is an expression or a *SyntaxError that
// points into the input, and that what was parsed can be described.
func FuzzParse(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if err != nil {
			problem, ok := err.(*SyntaxError)
			if !ok || problem.Offset < 0 || problem.Offset > utf8.RuneCountInString(source) || problem.Message == "" {
				t.Fatalf("Parse(%q) gave %#v", source, err)
			}
			return
		}
		for _, r := range e.References() {
			r.Resolve("/data/q")
		}
		e.Problems(nil)
		if again, err := Parse(e.String()); err != nil || len(again.References()) != len(e.References()) {
			t.Fatalf("%q does not parse twice the same", source)
		}
	})
}

// FuzzEval holds that evaluation ends, and never panics.
func FuzzEval(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed, "17")
	}
	f.Fuzz(func(t *testing.T, source, answer string) {
		e, err := Parse(source)
		if err != nil {
			return
		}
		tree := parseTree(t, `<data id="d"><a/><b>2026-03-04</b><c><a>1</a><a>x y</a></c></data>`)
		answered := find(t, tree, "/data/a").(*xmlNode)
		answered.add(&xmlNode{kind: Text, value: answer})
		ctx := &Context{
			Node: answered, Now: func() time.Time { return time.Unix(0, 0) },
			Random: func() float64 { return 0.999 }, UUID: func() string { return "u" },
			Instance: func(string) (Node, bool) { return tree, true },
			Resolve:  func(string, Node) ([]Node, error) { return []Node{answered}, nil },
			Host:     func(call Call) (Value, error) { return StringOf(call.Name), nil },
		}
		v, err := e.Eval(ctx)
		if err != nil {
			return
		}
		v.StringValue()
		v.NumberValue()
		v.BoolValue()
	})
}
