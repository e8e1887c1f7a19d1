package xpath

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawTree makes a small tree with attributes.
func drawTree(t *rapid.T) *xmlNode {
	root := &xmlNode{kind: Root}
	open := []*xmlNode{root}
	for i := range rapid.IntRange(1, 40).Draw(t, "size") {
		parent := open[rapid.IntRange(0, len(open)-1).Draw(t, "parent")]
		child := parent.add(&xmlNode{kind: Element, name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name")})
		if rapid.Bool().Draw(t, "attribute") {
			child.attributes = append(child.attributes, &xmlNode{kind: Attribute, name: "id", value: fmt.Sprint(i), parent: child})
		}
		open = append(open, child)
	}
	return root
}

// documentOrder lists every node but attributes as it appears in the document.
func documentOrder(n Node) []Node {
	list := []Node{n}
	for _, child := range n.Children() {
		list = append(list, documentOrder(child)...)
	}
	return list
}

func TestAxesPartitionTheDocument(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		root := drawTree(rt)
		all := documentOrder(root)
		from := all[rapid.IntRange(0, len(all)-1).Draw(rt, "from")]
		var parts []Node
		for _, axis := range []string{"ancestor", "preceding", "self", "descendant", "following"} {
			nodes := evaluate(t, &Context{Node: from}, axis+"::node()").Nodes()
			if !slices.IsSortedFunc(nodes, compareNodes) {
				rt.Fatalf("%s is out of order", axis)
			}
			parts = append(parts, nodes...)
		}
		if sorted := slices.SortedFunc(slices.Values(parts), compareNodes); !slices.Equal(sorted, all) {
			rt.Fatalf("the five axes give %d nodes of %d", len(sorted), len(all))
		}
	})
}

func TestPathsGiveEachNodeOnceInOrder(t *testing.T) {
	steps := []string{"a", "b", "*", "..", ".", "//c", "//*", "ancestor::*", "following-sibling::*", "preceding-sibling::a",
		"descendant::b", "@id/..", "*[1]", "*[last()]", "preceding::*", "ancestor-or-self::node()", "*[a or b]"}
	rapid.Check(t, func(rt *rapid.T) {
		root := drawTree(rt)
		source := "/"
		for i := range rapid.IntRange(1, 4).Draw(rt, "steps") {
			step := rapid.SampledFrom(steps).Draw(rt, "step")
			if i > 0 && !strings.HasPrefix(step, "//") {
				source += "/"
			}
			source += strings.TrimPrefix(step, "//")
			if strings.HasPrefix(step, "//") && i > 0 {
				source = strings.TrimSuffix(source, strings.TrimPrefix(step, "//")) + step
			}
		}
		e, err := Parse(source)
		if err != nil {
			rt.Skip(source)
		}
		v, err := e.Eval(&Context{Node: root})
		if err != nil {
			rt.Fatal(err)
		}
		nodes := v.Nodes()
		rank := map[Node]int{}
		for i, n := range documentOrder(root) {
			rank[n] = i + 1
		}
		for i := 1; i < len(nodes); i++ {
			if rank[nodes[i-1]] >= rank[nodes[i]] {
				rt.Fatalf("%s gives nodes %d and %d in this order", source, rank[nodes[i-1]], rank[nodes[i]])
			}
		}
		if union := evaluate(t, &Context{Node: root}, source+" | "+source).Nodes(); !slices.Equal(union, nodes) {
			rt.Fatalf("%s united with itself differs", source)
		}
	})
}

func TestNumbersAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := rapid.Float64().Draw(rt, "f")
		if math.Abs(f) < tolerance {
			return
		}
		if got := StringOf(formatNumber(f)).NumberValue(); got != f {
			rt.Fatalf("%v is written %s and read as %v", f, formatNumber(f), got)
		}
	})
}

func TestDatesAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		days := rapid.IntRange(-700000, farthestDay).Draw(rt, "days")
		text := DateOf(days).StringValue()
		if got := StringOf(text).NumberValue(); got != float64(days) {
			rt.Fatalf("day %d is written %s and read as %v", days, text, got)
		}
	})
}

func TestRoundingIsNearestAndUpwards(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		hundredths := rapid.Int64Range(-1e9, 1e9).Draw(rt, "hundredths")
		got := roundTo(float64(hundredths)/100, 1)
		want := math.Floor(float64(hundredths+5)/10) / 10
		if math.Abs(got-want) > 1e-9 {
			rt.Fatalf("%v rounds to %v, want %v", float64(hundredths)/100, got, want)
		}
	})
}

func TestRandomizeKeepsTheNodes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		root := drawTree(rt)
		ctx := &Context{Node: root}
		seed := rapid.Int64().Draw(rt, "seed")
		source := fmt.Sprintf("randomize(//*, '%d')", seed)
		shuffled := evaluate(t, ctx, source).Nodes()
		if again := evaluate(t, ctx, source).Nodes(); !slices.Equal(shuffled, again) {
			rt.Fatal("one seed gives two orders")
		}
		sorted := slices.SortedFunc(slices.Values(shuffled), compareNodes)
		if !slices.Equal(sorted, evaluate(t, ctx, "//*").Nodes()) {
			rt.Fatal("nodes were lost")
		}
	})
}
