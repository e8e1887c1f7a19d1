package interview

import (
	"fmt"
	"math"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// maxRows bounds how many rows a repeat_count may ask for.
const maxRows = 10_000

// Rows returns the rows of a repeat ("votes", or "votes[…]/shares" inside another) in their order.
func (iv *Interview) Rows(repeat record.Path) []record.ID {
	parent, g := iv.repeatAt(repeat)
	if g == nil {
		return nil
	}
	var out []record.ID
	for _, row := range parent.rows(g) {
		out = append(out, row.row)
	}
	return out
}

// AddRow adds a row at the end of a repeat and returns its path ("votes[…]").
func (iv *Interview) AddRow(repeat record.Path) (record.Path, Change, error) {
	parent, g := iv.repeatAt(repeat)
	if g == nil {
		return "", Change{}, fmt.Errorf("the questionnaire has no repeat at %q; check the path", repeat)
	}
	iv.begin()
	row := iv.addRow(parent, g, iv.env.newID())
	iv.finish()
	return row.path, iv.takeChange(), nil
}

// RemoveRow removes a row with everything in it.
func (iv *Interview) RemoveRow(path record.Path) (Change, error) {
	n := iv.byPath[path]
	if n == nil || !n.isRow() {
		return Change{}, fmt.Errorf("the questionnaire has no row at %q; check the path", path)
	}
	iv.begin()
	at := slices.Index(n.parent.kids, xpath.Node(n))
	iv.open.steps = append(iv.open.steps, step{node: n, row: true, place: at})
	iv.detach(n)
	iv.finish()
	return iv.takeChange(), nil
}

// repeatAt finds the node that holds the rows of a repeat, and the repeat.
func (iv *Interview) repeatAt(path record.Path) (*node, *form.Group) {
	g, is := iv.form.Group(path.Question())
	if !is || !g.Repeat {
		return nil, nil
	}
	if g.Parent == iv.form.Root {
		return iv.top, g
	}
	above := path[:max(0, len(path)-len(g.Name)-1)]
	if parent := iv.byPath[above]; parent != nil && parent.group == g.Parent && pathBelow(parent, g.Name) == path {
		return parent, g
	}
	return nil, nil
}

// addRow makes a row with its defaults, notes it for undo, and puts it after the rows there are.
func (iv *Interview) addRow(parent *node, g *form.Group, id record.ID) *node {
	n := iv.makeRow(parent, g, id)
	place := iv.placeOf(parent, g)
	if iv.open != nil {
		iv.open.steps = append(iv.open.steps, step{node: n, row: true, added: true, place: place})
	}
	iv.insert(n, place)
	if !iv.loading {
		iv.dynamicDefaults(n)
	}
	return n
}

// makeRow builds the nodes of a row; it is not in the tree yet.
func (iv *Interview) makeRow(parent *node, g *form.Group, id record.ID) *node {
	n := &node{iv: iv, parent: parent, group: g, row: id, path: pathBelow(parent, g.Name).Row(id), own: true, relevant: parent.relevant}
	iv.hidesRows = iv.hidesRows || !n.relevant
	fresh := iv.fresh
	iv.fresh = !iv.loading
	iv.fill(n)
	iv.fresh = fresh
	return n
}

// placeOf returns where the next row of a repeat goes among the nodes of its parent.
func (iv *Interview) placeOf(parent *node, g *form.Group) int {
	before := map[form.Item]bool{}
	for _, item := range parent.group.Items {
		before[item] = true
		if item == form.Item(g) {
			break
		}
	}
	place := 0
	for i, kid := range parent.kids {
		k := kid.(*node)
		if before[form.Item(k.group)] && k.group != nil || k.question != nil && before[k.question] {
			place = i + 1
		}
	}
	return place
}

func (iv *Interview) insert(n *node, place int) {
	kids := make([]xpath.Node, 0, len(n.parent.kids)+1)
	kids = append(append(append(kids, n.parent.kids[:place]...), n), n.parent.kids[place:]...)
	n.parent.kids = kids
	iv.changed.rows[n.path] = true
	iv.touch(n.parent)
}

// detach takes a row out of the tree; its nodes stay as they are for undo.
func (iv *Interview) detach(n *node) {
	at := slices.Index(n.parent.kids, xpath.Node(n))
	n.parent.kids = slices.Delete(slices.Clone(n.parent.kids), at, at+1)
	n.each(func(inner *node) {
		inner.removed = true
		delete(iv.byPath, inner.path)
		iv.touch(inner)
		for _, c := range inner.cells {
			c.unsubscribe()
		}
	})
	iv.changed.rows[n.path] = true
	iv.touch(n.parent)
}

// attach puts a row back that was detached.
func (iv *Interview) attach(n *node, place int) {
	n.each(func(inner *node) {
		inner.removed = false
		iv.byPath[inner.path] = inner
		for _, c := range inner.cells {
			iv.queue(c)
		}
	})
	iv.insert(n, min(place, len(n.parent.kids)))
}

// setCount adds rows until a repeat has as many as its repeat_count says. It never removes any.
func (iv *Interview) setCount(parent *node, g *form.Group, count float64) {
	if math.IsNaN(count) {
		return
	}
	have := len(parent.rows(g))
	for ; have < int(math.Min(count, maxRows)); have++ {
		iv.addRow(parent, g, iv.env.newID())
	}
}
