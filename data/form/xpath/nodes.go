package xpath

import "strings"

var nodeFunctions = []function{
	{"current", 0, 0, func(ev *evaluator, _ []expr) Value { return nodeOrNone(ev.current()) }},
	{"instance", 1, 1, instance},
	{"position", 0, 1, position},
	{"last", 0, 0, last},
	{"name", 0, 1, func(ev *evaluator, args []expr) Value { return ev.nameOf(args, Node.Name) }},
	{"local-name", 0, 1, func(ev *evaluator, args []expr) Value { return ev.nameOf(args, localName) }},
	{"namespace-uri", 0, 1, func(ev *evaluator, args []expr) Value { return ev.nameOf(args, namespaceOf) }},
	{"id", 1, 1, identified},
	{"lang", 1, 1, language},
}

func nodeOrNone(n Node) Value {
	if n == nil {
		return Value{kind: NodeSet}
	}
	return NodesOf(n)
}

func instance(ev *evaluator, args []expr) Value {
	id := ev.str(args[0])
	if ev.ctx.Instance != nil {
		if n, found := ev.ctx.Instance(id); found {
			return NodesOf(n)
		}
	}
	return ev.fail("there is no list or instance called %q", id)
}

// position counts from 1: in a predicate the node's place among those filtered;
// elsewhere, and of a node given, its place among siblings of the same name.
func position(ev *evaluator, args []expr) Value {
	if len(args) == 0 && ev.size > 0 {
		return NumberOf(float64(ev.pos))
	}
	n := ev.node
	if len(args) == 1 {
		v := ev.nodeSet("position", args[0])
		if v.count() == 0 {
			return NumberOf(0)
		}
		n = v.at(0)
	}
	return NumberOf(float64(ev.place(n)))
}

func (ev *evaluator) place(n Node) int {
	if n == nil || n.Parent() == nil {
		return 1
	}
	place, name := 1, n.Name()
	for _, sibling := range n.Parent().Children() {
		if sibling == n || !ev.visit(1) {
			break
		}
		if sibling.Kind() == Element && sibling.Name() == name {
			place++
		}
	}
	return place
}

func last(ev *evaluator, _ []expr) Value { return NumberOf(float64(max(1, ev.size))) }

func (ev *evaluator) nameOf(args []expr, naming func(Node) string) Value {
	n := ev.node
	if len(args) == 1 {
		v := ev.nodeSet("name", args[0])
		if v.count() == 0 {
			return Value{}
		}
		n = v.at(0)
	}
	if n == nil {
		return Value{}
	}
	return StringOf(naming(n))
}

func localName(n Node) string {
	_, local := splitName(n.Name())
	return local
}

// identified gives the elements whose attribute id is one of the words given.
func identified(ev *evaluator, args []expr) Value {
	wanted := map[string]bool{}
	ev.values(args, func(v Value) bool {
		for word := range strings.FieldsSeq(v.StringValue()) {
			wanted[word] = true
		}
		return true
	})
	var found []Node
	var search func(n Node)
	search = func(n Node) {
		for _, attribute := range n.Attributes() {
			if attribute.Name() == "id" && wanted[attribute.Text()] {
				found = append(found, n)
				break
			}
		}
		for _, child := range n.Children() {
			if ev.visit(1) {
				search(child)
			}
		}
	}
	if root := ev.root(); root != nil {
		search(root)
	}
	return NodesOf(found...)
}

// language tells whether the nearest xml:lang is the language or a variety of it.
func language(ev *evaluator, args []expr) Value {
	wanted := strings.ToLower(ev.str(args[0]))
	for n := ev.node; n != nil; n = n.Parent() {
		for _, attribute := range n.Attributes() {
			if attribute.Name() == "xml:lang" {
				have := strings.ToLower(attribute.Text())
				return BooleanOf(have == wanted || strings.HasPrefix(have, wanted+"-"))
			}
		}
	}
	return BooleanOf(false)
}
