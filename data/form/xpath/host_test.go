package xpath

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// rowContext is a form with a repeat in a repeat, seen from the second row of
// the first visit; ${name} is the nearest node of that name, or all from nil.
func rowContext(t testing.TB) *Context {
	tree := parseTree(t, `<data>
		<visit><day>mon</day><vote><kind>a</kind><share>1</share></vote><vote><kind>b</kind><share>2</share></vote></visit>
		<visit><day>tue</day><vote><kind>c</kind><share>3</share></vote><vote><kind>d</kind><share>4</share></vote></visit>
		<note/>
	</data>`)
	ctx := &Context{Node: find(t, tree, "/data/visit[1]/vote[2]/kind")}
	ctx.Resolve = func(name string, from Node) ([]Node, error) {
		if name == "unknown" {
			return nil, errors.New("no question has this name")
		}
		for up := from; up != nil; up = up.Parent() {
			if nodes := evaluate(t, &Context{Node: up}, "descendant::"+name).Nodes(); len(nodes) > 0 {
				return nodes, nil
			}
		}
		if from != nil {
			return nil, nil
		}
		return evaluate(t, &Context{Node: tree}, "//"+name).Nodes(), nil
	}
	ctx.Host = func(call Call) (Value, error) {
		switch call.Name {
		case "jr:choice-name":
			return StringOf("label of " + call.Args[0].StringValue() + " in " + call.Args[1].StringValue()), nil
		case "pulldata":
			if len(call.Args) != 4 {
				return Value{}, fmt.Errorf("pulldata takes 4 arguments, not %d", len(call.Args))
			}
			return Value{}, nil
		case "here":
			return NodesOf(call.Node), nil
		}
		return Value{}, ErrUnknownFunction
	}
	return ctx
}

func TestVariablesAndHost(t *testing.T) {
	ctx := rowContext(t)
	for source, want := range map[string]string{
		"${kind}":                              "b",
		"${share} * 10":                        "20",
		"sum(${vote}/share)":                   "3",
		"count(${vote}[share > 1])":            "1",
		"${day}":                               "mon",
		"${note} = ''":                         "true",
		"${absent} = ''":                       "true",
		"${absent} != 'x'":                     "true",
		"if(${note}, 'full', 'void')":          "void",
		"jr:choice-name(${kind}, '${kind}')":   "label of b in ${kind}",
		"pulldata('list', 'a', 'b', 'c')":      "",
		"string(here())":                       "b",
		"once('new')":                          "b",
		"indexed-repeat(${share}, ${vote}, 1)": "1",
		"indexed-repeat(${share}, ${vote}, position(..))":              "2",
		"indexed-repeat(${share}, ${vote}, 3)":                         "",
		"indexed-repeat(${share}, ${vote}, 0)":                         "1",
		"indexed-repeat(${share}, ${vote}, '')":                        "",
		"indexed-repeat(${share}, ${visit}, 2, ${vote}, 1)":            "3",
		"indexed-repeat(${day}, ${visit}, 2)":                          "tue",
		"indexed-repeat(/data/visit/vote/share, /data/visit/vote, 1)":  "1",
		"indexed-repeat(/data/visit/day, /data/visit, 2)":              "tue",
		"indexed-repeat(../../../visit/day, ../../../visit, 2)":        "tue",
		"indexed-repeat(${share}, ${visit}, 2, ${vote}, 2) - ${share}": "2",
		"position(../..)":                                                         "1",
		"count(../preceding-sibling::vote)":                                       "1",
		"/data/visit[day = 'tue']/vote[position() = last()]/kind":                 "d",
		"/data/visit[vote/share = 4]/day":                                         "tue",
		"join(',', /data/visit/vote/kind)":                                        "a,b,c,d",
		"join(',', /data/visit[vote/kind = current()]/vote/kind[. != current()])": "a",
	} {
		if got := evaluate(t, ctx, source).StringValue(); got != want {
			t.Errorf("%s = %q, want %q", source, got, want)
		}
	}
}

func TestHostErrors(t *testing.T) {
	ctx := rowContext(t)
	for source, want := range map[string]string{
		"${unknown} + 1":      "${unknown}: no question has this name",
		"pulldata('x')":       "pulldata(): pulldata takes 4 arguments",
		"strange()":           "there is no function strange()",
		"strange(${unknown})": "no question has this name",
	} {
		_, err := mustParse(t, source).Eval(ctx)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want …%s…", source, err, want)
		}
	}
	_, err := mustParse(t, "strange()").Eval(ctx)
	if !errors.Is(err, ErrUnknownFunction) {
		t.Errorf("%v does not wrap ErrUnknownFunction", err)
	}
}

// indexedNode finds its children by name.
type indexedNode struct{ *xmlNode }

func (n indexedNode) ChildrenNamed(name string) []Node {
	var named []Node
	for _, child := range n.children {
		if child.Name() == name {
			named = append(named, child)
		}
	}
	return named
}

func TestIndexedNodes(t *testing.T) {
	tree := parseTree(t, `<data><a>1</a><b>2</b><a>3</a></data>`)
	data := indexedNode{find(t, tree, "/data").(*xmlNode)}
	for source, want := range map[string]string{"a[2]": "3", "join(',', a)": "1,3", "b": "2", "c": "", "count(a | b)": "3"} {
		if got := evaluate(t, &Context{Node: data}, source).StringValue(); got != want {
			t.Errorf("%s = %q, want %q", source, got, want)
		}
	}
}
