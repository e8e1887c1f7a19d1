package interview

import (
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// node is one group, question or row of a repeat in the tree that expressions read.
type node struct {
	iv       *Interview
	parent   *node
	group    *form.Group    // of groups and rows
	question *form.Question // of questions
	path     record.Path
	row      record.ID // of rows
	kids     []xpath.Node
	cells    []*cell // the expressions that belong to the node
	readers  []*cell // the cells that read the node's text or its children

	answer   record.Answer
	text     string // the answer as expressions see it
	own      bool   // the node's own relevance
	relevant bool   // with that of everything above
	required bool
	readOnly bool
	failed   uint64 // the checks that fail, by their place
	filtered bool   // the choice filter does not offer the answer
	removed  bool
	seed     int64 // of the order of choices, once drawn
	offers   offer // what the choice filter gave last

	holdsRows bool // repeats lie directly below
}

// Name returns the name of the group or question.
func (n *node) Name() string {
	switch {
	case n.question != nil:
		return n.question.Name
	case n.group != nil:
		return n.group.Name
	}
	return ""
}

// Kind tells the root from the elements.
func (n *node) Kind() xpath.NodeKind {
	if n.parent == nil {
		return xpath.Root
	}
	return xpath.Element
}

// Parent returns the node above.
func (n *node) Parent() xpath.Node {
	if n.parent == nil {
		return nil
	}
	return n.parent
}

// Attributes returns none.
func (n *node) Attributes() []xpath.Node { return nil }

// Children returns the nodes below, without rows that are not relevant.
func (n *node) Children() []xpath.Node {
	if n.question != nil {
		return nil
	}
	if !n.holdsRows {
		return n.kids
	}
	n.iv.note(n)
	if !n.iv.hidesRows {
		return n.kids
	}
	hidden := func(kid xpath.Node) bool { k := kid.(*node); return k.isRow() && !k.relevant }
	if !slices.ContainsFunc(n.kids, hidden) {
		return n.kids
	}
	return slices.DeleteFunc(slices.Clone(n.kids), hidden)
}

// Text returns the answer as text, blank where the question is not relevant; of a group all texts below it.
func (n *node) Text() string {
	if n.question != nil {
		n.iv.note(n)
		if !n.relevant {
			return ""
		}
		return n.text
	}
	var b strings.Builder
	for _, kid := range n.Children() {
		b.WriteString(kid.Text())
	}
	return b.String()
}

func (n *node) isRow() bool { return n.group != nil && n.group.Repeat && n.row != record.ID{} }

// each visits the node and everything below it, in order.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, kid := range n.kids {
		kid.(*node).each(visit)
	}
}

// rows returns the rows of a repeat below the node that holds it.
func (n *node) rows(repeat *form.Group) []*node {
	var out []*node
	for _, kid := range n.kids {
		if k := kid.(*node); k.group == repeat {
			out = append(out, k)
		}
	}
	return out
}
