package form

import (
	"slices"
	"strings"

	"coopatlas/data/form/xpath"
)

// reads finds the groups and questions that an expression reads, and refuses references to what is not there.
func (c *compiler) reads(e expression) []Item {
	var out []Item
	add := func(item Item) {
		if item != nil && !slices.Contains(out, item) {
			out = append(out, item)
		}
	}
	for _, r := range e.parsed.References() {
		switch r.Path.Start {
		case xpath.FromVariable:
			if c.namesRecord(r) {
				for _, item := range c.readName() {
					add(item)
				}
				continue
			}
			add(c.readVariable(e, r))
		case xpath.FromInstance, xpath.FromExpression:
		default:
			for _, item := range c.readPath(e, r) {
				add(item)
			}
		}
	}
	return out
}

// namesRecord tells whether a reference is the record's own name, ${instanceName}.
func (c *compiler) namesRecord(r xpath.Reference) bool {
	return r.Path.Variable == "instanceName" && len(c.form.named["instanceName"]) == 0
}

// readName finds what the record's name is made of.
func (c *compiler) readName() []Item {
	for _, e := range c.expressions {
		if e.item == nil && e.parsed == c.form.InstanceName && !slices.ContainsFunc(e.parsed.References(), c.namesRecord) {
			return c.reads(e)
		}
	}
	return nil
}

// readVariable finds what ${name} or ${name}/more means.
func (c *compiler) readVariable(e expression, r xpath.Reference) Item {
	name := r.Variable()
	if (name == "instanceID" || name == "instanceName") && len(c.form.named[name]) == 0 {
		return nil
	}
	item := c.find(name, e.item, e.at)
	if item == nil {
		return nil
	}
	if r.LastSaved() {
		c.personal(e, []Item{item})
		return nil
	}
	path := item.ItemPath()
	for _, step := range r.Path.Steps {
		if step.Axis != xpath.Child {
			return item
		}
		path = join(path, step.Name)
	}
	if inner := c.itemAt(path); inner != nil {
		return inner
	}
	return item
}

func (c *compiler) itemAt(path string) Item {
	if q, is := c.form.questions[path]; is {
		return q
	}
	if g, is := c.form.groups[path]; is {
		return g
	}
	return nil
}

// readPath finds what a path means: one item, or everything below a group where the path leaves that open.
func (c *compiler) readPath(e expression, r xpath.Reference) []Item {
	if e.role == RoleChoices && r.Path.Start == xpath.FromContext && r.Base == nil {
		c.readColumn(e, r)
		return nil
	}
	here := "/" + c.form.Root.Name
	if e.item != nil {
		here += "/" + e.item.ItemPath()
	}
	absolute, exact, ok := r.Resolve(here)
	if !ok {
		return nil
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(absolute, "/"), "/")
	item := c.itemAt(path)
	switch {
	case item == nil && exact && !strings.HasPrefix(path, "meta"):
		c.warn(e.at, "the path %s names no question; write ${question} or correct the path", absolute)
		return nil
	case item == nil || item == Item(c.form.Root) && exact:
		return nil
	case exact:
		return []Item{item}
	}
	return c.below(item, e.item)
}

// below returns an item and everything in it but the one that asks.
func (c *compiler) below(item, asking Item) []Item {
	var out []Item
	if item != Item(c.form.Root) {
		out = append(out, item)
	}
	for _, other := range c.items() {
		_, question := other.(*Question)
		inside := item.ItemPath() == "" || strings.HasPrefix(other.ItemPath(), item.ItemPath()+"/")
		if question && inside && other != asking {
			out = append(out, other)
		}
	}
	return out
}

// readColumn holds a choice filter's names against the columns of the list.
func (c *compiler) readColumn(e expression, r xpath.Reference) {
	q, is := e.item.(*Question)
	if !is || len(r.Path.Steps) != 1 || r.Path.Steps[0].Axis != xpath.Child {
		return
	}
	list := c.form.Lists[q.List]
	column := r.Path.Steps[0].Name
	if list == nil || column == "name" || column == "label" || column == "*" || slices.Contains(list.Columns, column) {
		return
	}
	c.warn(e.at, "the list %s has no column %q; add it to the choices sheet or write ${%s}", list.Name, column, column)
}
