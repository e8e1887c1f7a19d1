package interview

import (
	"slices"

	"coopatlas/data/record"
)

// Reopen puts other content in place of what there is, as Open does, and forgets the edits. An import that holds a
// million rows against one form reopens one interview, which is several times as quick as opening a million: what
// stands in both is left as it is.
func (iv *Interview) Reopen(content Content) {
	iv.done, iv.undone, iv.unplaced = nil, nil, nil
	var rows, leaves []*node
	iv.top.each(func(n *node) {
		switch {
		case n.isRow():
			rows = append(rows, n)
		case n.question != nil && given(n.answer) && !n.answer.Equal(content.Answers[n.path]) && (!iv.computed(n.question) || n.readsItself()):
			leaves = append(leaves, n)
		}
	})
	for _, n := range leaves {
		iv.put(n, record.Answer{})
		iv.recalculate(n)
	}
	for _, n := range slices.Backward(rows) {
		iv.detach(n)
	}
	iv.volatile = slices.DeleteFunc(iv.volatile, func(c *cell) bool { return c.node.removed })
	for _, c := range iv.volatile {
		iv.queue(c)
	}
	iv.hidesRows = false // no row is left
	iv.load(content)
	iv.settle()
	iv.changed = newChanges()
}

// readsItself tells whether the value of a calculation depends on what it was before, as that of once() does.
func (n *node) readsItself() bool {
	return slices.ContainsFunc(n.cells, func(c *cell) bool { return c.job == jobCalculate && slices.Contains(c.reads, n) })
}

// recalculate queues the calculation of a node.
func (iv *Interview) recalculate(n *node) {
	for _, c := range n.cells {
		if c.job == jobCalculate {
			iv.queue(c)
		}
	}
}
