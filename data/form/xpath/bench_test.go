package xpath

import "testing"

// benchmarkForm is a form of 600 questions; question q7 is 7.
func benchmarkForm() (*xmlNode, *Context) {
	root := &xmlNode{kind: Root}
	data := root.add(&xmlNode{kind: Element, name: "data"})
	byName := map[string]Node{}
	for i := range 600 {
		name := "q" + formatNumber(float64(i))
		question := data.add(&xmlNode{kind: Element, name: name})
		question.add(&xmlNode{kind: Text, value: formatNumber(float64(i))})
		byName[name] = question
	}
	resolve := func(name string, _ Node) ([]Node, error) { return []Node{byName[name]}, nil }
	return root, &Context{Node: byName["q7"], Root: root, Resolve: resolve}
}

func BenchmarkEval(b *testing.B) {
	_, ctx := benchmarkForm()
	for _, source := range []string{
		". >= 1", "${q3} + ${q4}", "../q5 * 2", "/data/q500 = 'a'", "if(${q3} > 2, ${q4}, 0)",
		"selected(${q3}, '3') and ${q9} != ''", "sum(../q1 | ../q2)", "regex(., '[0-9]{1,3}')",
		"format-date('2026-03-04', '%d %b %Y')",
	} {
		e, err := Parse(source)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(source, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Eval(ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
