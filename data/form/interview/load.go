package interview

import (
	"maps"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// load puts kept rows and answers into the tree. Whoever wrote into a row says that it is there.
func (iv *Interview) load(content Content) {
	iv.loading = true
	defer func() { iv.loading = false }()
	for _, path := range slices.Sorted(maps.Keys(content.Rows)) {
		for _, id := range content.Rows[path] {
			if iv.ensureRow(path.Row(id)) == nil {
				iv.unplaced = append(iv.unplaced, path.Row(id))
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(content.Answers)) {
		n := iv.ensureQuestion(path)
		if n == nil || !n.question.Stored() {
			iv.unplaced = append(iv.unplaced, path)
			continue
		}
		if answer := content.Answers[path]; !n.answer.Equal(answer) {
			iv.put(n, answer)
			iv.recalculate(n)
		}
	}
}

// ensureQuestion finds the node of a question, making the rows it lies in.
func (iv *Interview) ensureQuestion(path record.Path) *node {
	if n := iv.byPath[path]; n != nil && n.question != nil {
		return n
	}
	for i, b := range []byte(path) {
		if b == ']' && iv.ensureRow(path[:i+1]) == nil {
			return nil
		}
	}
	if n := iv.byPath[path]; n != nil && n.question != nil {
		return n
	}
	return nil
}

func (iv *Interview) ensureRow(path record.Path) *node {
	if n := iv.byPath[path]; n != nil {
		return n
	}
	repeat, id, ok := path.SplitRow()
	if !ok {
		return nil
	}
	parent, g := iv.repeatAt(repeat)
	if g == nil {
		return nil
	}
	return iv.addRow(parent, g, id)
}

// Unplaced returns the paths of the content that the form has no place for, sorted: answers given under another
// version of it.
func (iv *Interview) Unplaced() []record.Path {
	slices.Sort(iv.unplaced)
	return iv.unplaced
}

// Answer returns what is answered now, also where the question is not relevant.
func (iv *Interview) Answer(path record.Path) record.Answer {
	if n := iv.byPath[path]; n != nil {
		return n.answer
	}
	return record.Answer{}
}

// Content returns what a save keeps: the answers of relevant questions and the relevant rows.
func (iv *Interview) Content() Content {
	return iv.content(func(n *node) bool { return n.relevant })
}

// Everything returns all that was answered, also what is not relevant now: what a draft keeps, so that it comes back
// when it is relevant again.
func (iv *Interview) Everything() Content {
	return iv.content(func(*node) bool { return true })
}

func (iv *Interview) content(keep func(*node) bool) Content {
	out := Content{Answers: map[record.Path]record.Answer{}, Rows: map[record.Path][]record.ID{}}
	iv.top.each(func(n *node) {
		switch {
		case !keep(n):
		case n.isRow():
			repeat := pathBelow(n.parent, n.group.Name)
			out.Rows[repeat] = append(out.Rows[repeat], n.row)
		case n.question != nil && n.question.Stored() && given(n.answer):
			out.Answers[n.path] = n.answer
		}
	})
	return out
}

// Answers returns the answers that a save keeps.
func (iv *Interview) Answers() map[record.Path]record.Answer { return iv.Content().Answers }

func given(a record.Answer) bool { return !a.Value.IsZero() || a.Status != record.Answered }

// Dropped returns the answers and rows that a save leaves out, because they are not relevant any more, in the order of
// the form. Calculations are not among them: nobody typed them.
func (iv *Interview) Dropped() []record.Path {
	var out []record.Path
	iv.top.each(func(n *node) {
		switch {
		case n.relevant:
		case n.isRow(), n.question != nil && given(n.answer) && !iv.computed(n.question):
			out = append(out, n.path)
		}
	})
	return out
}

// Question returns the question at a path with rows.
func (iv *Interview) Question(path record.Path) (*form.Question, bool) {
	n := iv.byPath[path]
	if n == nil || n.question == nil {
		return nil, false
	}
	return n.question, true
}
