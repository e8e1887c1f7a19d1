package interview

import (
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// StepKind says what a step of a walk through the interview asks.
type StepKind uint8

// The kinds of steps: a question (or note), and whether there is one more row of a repeat.
const (
	StepQuestion StepKind = iota
	StepRepeat
)

// Step is one thing to ask. Path is the question's, or the repeat's without a row ("votes").
type Step struct {
	Kind     StepKind
	Path     record.Path
	Question *form.Question
	Repeat   *form.Group
	Required bool
	ReadOnly bool
}

// Steps returns what is to be asked now, in order: questions and notes that are relevant and belong to the interview's
// length, and after the rows of each repeat the question whether there is one more.
func (iv *Interview) Steps() []Step { return iv.steps(iv.top, nil) }

func (iv *Interview) steps(n *node, out []Step) []Step {
	if !n.relevant {
		return out
	}
	if q := n.question; q != nil {
		if q.Asked() && q.Core.AskedIn(iv.env.Length) {
			out = append(out, Step{Kind: StepQuestion, Path: n.path, Question: q,
				Required: n.required && q.Stored(), ReadOnly: n.readOnly})
		}
		return out
	}
	next := 0
	for _, item := range n.group.Items {
		from := next
		for next < len(n.kids) && n.kids[next].(*node).is(item) {
			next++
		}
		for _, kid := range n.kids[from:next] {
			out = iv.steps(kid.(*node), out)
		}
		if g, is := item.(*form.Group); is && g.Repeat && iv.offersRow(n, g, n.kids[from:next]) {
			out = append(out, Step{Kind: StepRepeat, Path: pathBelow(n, g.Name), Repeat: g})
		}
	}
	return out
}

// offersRow tells whether a person may add a row: the repeat has no count of its own, it is relevant, and something in
// it is asked in this length.
func (iv *Interview) offersRow(parent *node, g *form.Group, rows []xpath.Node) bool {
	if g.RepeatCount != nil || !asks(g, iv.env.Length) {
		return false
	}
	if g.Relevant == nil {
		return true
	}
	if len(rows) > 0 {
		return slices.ContainsFunc(rows, func(row xpath.Node) bool { return row.(*node).relevant })
	}
	// Where there is no row yet, the condition is tried at the place where the first would stand.
	trial := &node{iv: iv, parent: parent, group: g, path: pathBelow(parent, g.Name), own: true, relevant: true}
	return iv.evaluate(nil, g.Relevant, trial, trial).BoolValue()
}

// asks tells whether anything in a group is asked in a length.
func asks(g *form.Group, length string) bool {
	return slices.ContainsFunc(g.Items, func(item form.Item) bool {
		if inner, is := item.(*form.Group); is {
			return asks(inner, length)
		}
		q := item.(*form.Question)
		return q.Asked() && q.Stored() && q.Core.AskedIn(length)
	})
}

// Next returns the first step after a path; the empty path is before the first. A path that is no step any more
// counts by the place its question has in the form.
func (iv *Interview) Next(after record.Path) (Step, bool) {
	steps := iv.Steps()
	if after == "" {
		return at(steps, 0)
	}
	if i := slices.IndexFunc(steps, func(s Step) bool { return s.Path == after }); i >= 0 {
		return at(steps, i+1)
	}
	return at(steps, slices.IndexFunc(steps, func(s Step) bool { return iv.before(after, s.Path) }))
}

// Previous returns the last step before a path; the empty path is after the last.
func (iv *Interview) Previous(before record.Path) (Step, bool) {
	steps := iv.Steps()
	if before == "" {
		return at(steps, len(steps)-1)
	}
	if i := slices.IndexFunc(steps, func(s Step) bool { return s.Path == before }); i >= 0 {
		return at(steps, i-1)
	}
	for i, s := range slices.Backward(steps) {
		if iv.before(s.Path, before) {
			return at(steps, i)
		}
	}
	return Step{}, false
}

func at(steps []Step, i int) (Step, bool) {
	if i < 0 || i >= len(steps) {
		return Step{}, false
	}
	return steps[i], true
}

// before tells whether one path stands before another in the tree.
func (iv *Interview) before(a, b record.Path) bool {
	order := map[record.Path]int{}
	iv.top.each(func(n *node) { order[n.path] = len(order) + 1 })
	if order[a] == 0 || order[b] == 0 {
		return iv.rowOf(a) < iv.rowOf(b)
	}
	return order[a] < order[b]
}

// rowOf returns the row of the survey sheet that a path stands in.
func (iv *Interview) rowOf(path record.Path) int {
	if q, is := iv.form.Question(path.Question()); is {
		return q.Row
	}
	if g, is := iv.form.Group(path.Question()); is {
		return g.Row
	}
	return 0
}

// Asked tells whether a question is put to a person now: relevant, part of the interview's length, not a calculation.
func (iv *Interview) Asked(path record.Path) bool {
	n := iv.byPath[path]
	return n != nil && n.question != nil && n.relevant && n.question.Asked() && n.question.Core.AskedIn(iv.env.Length)
}

// Relevant tells whether a question, group or row is relevant now.
func (iv *Interview) Relevant(path record.Path) bool {
	n := iv.byPath[path]
	return n != nil && n.relevant
}

// Required tells whether a question needs an answer now.
func (iv *Interview) Required(path record.Path) bool {
	n := iv.byPath[path]
	return n != nil && n.required && n.relevant
}

// ReadOnly tells whether a question may not be changed by a person now.
func (iv *Interview) ReadOnly(path record.Path) bool {
	n := iv.byPath[path]
	return n != nil && n.readOnly
}
