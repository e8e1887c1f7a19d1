package interview

import (
	"maps"
	"slices"

	"coopatlas/data/record"
)

// Change says what one edit did, so that a window redraws only that. Paths are sorted.
type Change struct {
	Relevance []record.Path // groups, rows and questions that came or went
	Values    []record.Path // questions whose answer changed, the edited ones included
	Cleared   []record.Path // answers that a choice filter no longer offers
	Rows      []record.Path // rows that were added or removed
	Problems  []record.Path // questions whose problems, or whether they are required, may have changed
}

// changes gathers a Change.
type changes struct {
	relevant, values, cleared, rows, problems map[record.Path]bool
}

func newChanges() *changes {
	return &changes{map[record.Path]bool{}, map[record.Path]bool{}, map[record.Path]bool{}, map[record.Path]bool{}, map[record.Path]bool{}}
}

func (c *changes) relevance(n *node) {
	c.relevant[n.path] = true
	if n.question != nil {
		c.problems[n.path] = true
	}
}

func (c *changes) value(n *node) {
	c.values[n.path] = true
	c.problems[n.path] = true
}

func (c *changes) problem(n *node) { c.problems[n.path] = true }

func sorted(paths map[record.Path]bool) []record.Path { return slices.Sorted(maps.Keys(paths)) }

func (iv *Interview) takeChange() Change {
	c := iv.changed
	iv.changed = newChanges()
	return Change{Relevance: sorted(c.relevant), Values: sorted(c.values), Cleared: sorted(c.cleared),
		Rows: sorted(c.rows), Problems: sorted(c.problems)}
}
