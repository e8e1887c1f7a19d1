package interview

import (
	"fmt"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// edit is what one action changed beyond calculations, which follow by themselves: it can be taken back.
type edit struct {
	steps []step
}

// step is one answer that changed, or one row that came or went.
type step struct {
	node          *node
	before, after record.Answer
	row           bool
	added         bool
	place         int // among the nodes of the row's parent
}

// Set gives a question an answer and works out what follows. The error says that there is no such question, or that
// the answer belongs to nobody: a calculation or a note.
func (iv *Interview) Set(path record.Path, answer record.Answer) (Change, error) {
	n, err := iv.find(path)
	if err != nil {
		return Change{}, err
	}
	if iv.computed(n.question) || !n.question.Stored() {
		return Change{}, fmt.Errorf("%s is worked out by the questionnaire and takes no answer", path)
	}
	if n.answer.Equal(answer) {
		return Change{}, nil
	}
	iv.begin()
	iv.assign(n, answer)
	iv.finish()
	return iv.takeChange(), nil
}

// computed tells whether a question's value is a calculation that runs by itself.
func (iv *Interview) computed(q *form.Question) bool {
	return q.Calculation != nil && len(q.Triggers) == 0
}

func (iv *Interview) begin() { iv.open = &edit{} }

// finish settles what an edit started and keeps it for undo.
func (iv *Interview) finish() {
	for _, c := range iv.volatile {
		iv.queue(c)
	}
	iv.settle()
	iv.done, iv.undone = append(iv.done, *iv.open), nil
	iv.open = nil
}

// assign stores an answer that is not calculated, notes it for undo, and runs what it triggers.
func (iv *Interview) assign(n *node, answer record.Answer) {
	if iv.open != nil {
		iv.open.steps = append(iv.open.steps, step{node: n, before: n.answer, after: answer})
	}
	iv.put(n, answer)
	if iv.open == nil {
		return
	}
	for _, d := range iv.form.Dependents(n.question.Path) {
		q, is := iv.form.Question(d.Path)
		if is && d.Role == form.RoleCalculation && slices.Contains(q.Triggers, n.question.Path) {
			iv.trigger(q, n)
		}
	}
}

// trigger runs the calculation of a question once, in the row of the question that changed or in every row.
func (iv *Interview) trigger(q *form.Question, from *node) {
	if q.Calculation == nil {
		return
	}
	var targets []xpath.Node
	if n := iv.byItem[q]; n != nil {
		targets = []xpath.Node{n}
	} else {
		targets = iv.instancesOf(q, from)
	}
	for _, target := range targets {
		n := target.(*node)
		iv.settle()
		answer := record.Answer{Value: iv.toValue(q, iv.evaluate(nil, q.Calculation, n, n))}
		if !n.answer.Equal(answer) {
			iv.assign(n, answer)
		}
	}
}

// put stores an answer and queues what reads it.
func (iv *Interview) put(n *node, answer record.Answer) {
	restated := n.answer.Status != answer.Status || given(n.answer) != given(answer)
	n.answer = answer
	text := ""
	if answer.Status == record.Answered {
		text = answer.Value.String()
	}
	iv.changed.value(n)
	if text != n.text || restated {
		n.text = text
		iv.touch(n)
	}
	for _, c := range n.cells {
		if c.job == jobCheck || c.job == jobFilter {
			iv.queue(c)
		}
	}
}

// Undo takes the last edit back; ok is false where there is none.
func (iv *Interview) Undo() (change Change, ok bool) {
	if len(iv.done) == 0 {
		return Change{}, false
	}
	last := iv.done[len(iv.done)-1]
	iv.done = iv.done[:len(iv.done)-1]
	for _, s := range slices.Backward(last.steps) {
		switch {
		case !s.row:
			iv.put(s.node, s.before)
		case s.added:
			iv.detach(s.node)
		default:
			iv.attach(s.node, s.place)
		}
	}
	iv.settle()
	iv.undone = append(iv.undone, last)
	return iv.takeChange(), true
}

// Redo makes the edit again that was taken back last; ok is false where there is none.
func (iv *Interview) Redo() (change Change, ok bool) {
	if len(iv.undone) == 0 {
		return Change{}, false
	}
	last := iv.undone[len(iv.undone)-1]
	iv.undone = iv.undone[:len(iv.undone)-1]
	for _, s := range last.steps {
		switch {
		case !s.row:
			iv.put(s.node, s.after)
		case s.added:
			iv.attach(s.node, s.place)
		default:
			iv.detach(s.node)
		}
	}
	iv.settle()
	iv.done = append(iv.done, last)
	return iv.takeChange(), true
}

// CanUndo tells whether Undo would do anything.
func (iv *Interview) CanUndo() bool { return len(iv.done) > 0 }

// CanRedo tells whether Redo would do anything.
func (iv *Interview) CanRedo() bool { return len(iv.undone) > 0 }
