package interview

import (
	"maps"
	"slices"

	"coopatlas/data/form/xpath"
)

// element is a node of a secondary instance: root/item/column. The columns of an item are made when they are first
// asked for.
type element struct {
	kind   xpath.NodeKind
	name   string
	text   string
	parent *element
	kids   []xpath.Node
	choice *Choice
	built  bool
}

// Name returns the name of the element.
func (e *element) Name() string { return e.name }

// Kind tells the root from the elements.
func (e *element) Kind() xpath.NodeKind { return e.kind }

// Parent returns the element above.
func (e *element) Parent() xpath.Node {
	if e.parent == nil {
		return nil
	}
	return e.parent
}

// Attributes returns none.
func (e *element) Attributes() []xpath.Node { return nil }

// Children returns the columns of an item, or what else lies below.
func (e *element) Children() []xpath.Node {
	if e.built || e.choice == nil {
		return e.kids
	}
	e.built = true
	columns := make([]element, 0, 2+len(e.choice.Attributes))
	columns = append(columns, element{kind: xpath.Element, name: "name", text: e.choice.Name, parent: e, built: true})
	columns = append(columns, element{kind: xpath.Element, name: "label", text: e.choice.Label, parent: e, built: true})
	for _, name := range slices.Sorted(maps.Keys(e.choice.Attributes)) {
		if name != "name" && name != "label" {
			columns = append(columns, element{kind: xpath.Element, name: name, text: e.choice.Attributes[name], parent: e, built: true})
		}
	}
	e.kids = make([]xpath.Node, len(columns))
	for i := range columns {
		e.kids[i] = &columns[i]
	}
	return e.kids
}

// Text returns the text of a column, or all texts below.
func (e *element) Text() string {
	text := e.text
	for _, kid := range e.Children() {
		text += kid.Text()
	}
	return text
}
