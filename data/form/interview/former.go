package interview

import (
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Present gives what was kept under earlier versions of a questionnaire the names that this version has for it: answers
// and rows under the paths of the questions that they are of now, choices under their present names. What is kept under a
// present name already stays before what an earlier version kept, and what this version does not ask stays where it was.
// The content itself is not changed.
func Present(f *form.Form, content Content) Content {
	if !f.Renamed() {
		return content
	}
	p := presenter{form: f, now: map[string]string{}, out: Content{Answers: make(map[record.Path]record.Answer, len(content.Answers)), Rows: map[record.Path][]record.ID{}}}
	for _, q := range f.Questions {
		p.note(q.Path)
	}
	for _, g := range f.Groups {
		p.note(g.Path)
	}
	for path, rows := range content.Rows {
		to := p.path(path)
		for _, row := range rows {
			if !slices.Contains(p.out.Rows[to], row) {
				p.out.Rows[to] = append(p.out.Rows[to], row)
			}
		}
	}
	for _, rows := range p.out.Rows {
		slices.SortFunc(rows, record.ID.Compare)
	}
	p.answers(content)
	return p.out
}

// presenter is a Content being given its present names.
type presenter struct {
	form *form.Form
	now  map[string]string // the present path of a former one
	out  Content
}

func (p *presenter) note(path string) {
	for _, was := range p.form.Former(path) {
		p.now[was] = path
	}
}

// answers moves answers: those of the last version first, so that an older one never takes their place.
func (p *presenter) answers(content Content) {
	for path, answer := range content.Answers {
		if _, moves := p.now[path.Question()]; !moves {
			p.out.Answers[p.path(path)] = p.recoded(path.Question(), answer)
		}
	}
	for _, q := range p.form.Questions {
		for _, was := range p.form.Former(q.Path) {
			for path, answer := range content.Answers {
				if to := p.path(path); path.Question() == was && !p.holds(to) {
					p.out.Answers[to] = p.recoded(q.Path, answer)
				}
			}
		}
	}
}

// holds tells whether there is an answer; one that was taken back is none, but stands before older ones.
func (p *presenter) holds(path record.Path) bool {
	_, ok := p.out.Answers[path]
	return ok
}

// path is the present path of an answer or a repeat.
func (p *presenter) path(path record.Path) record.Path {
	to, is := p.now[path.Question()]
	if !is {
		return path
	}
	var repeats []*form.Group
	if q, ok := p.form.Question(to); ok {
		repeats = q.Repeats()
	} else if g, ok := p.form.Group(to); ok {
		if repeats = g.Repeats(); g.Repeat {
			repeats = repeats[:len(repeats)-1]
		}
	}
	if out, ok := moved(path, to, repeats); ok {
		return out
	}
	return path
}

func (p *presenter) recoded(question string, answer record.Answer) record.Answer {
	answer.Value = recode(answer.Value, func(choice string) string { return p.form.Recode(question, choice) })
	return answer
}

// recode gives the choices of a value other names.
func recode(v record.Value, name func(choice string) string) record.Value {
	switch v.Kind() {
	case record.TextValue:
		return record.Text(name(v.String()))
	case record.ListValue:
		names := slices.Clone(v.Items())
		for i, choice := range names {
			names[i] = name(choice)
		}
		return record.List(names)
	}
	return v
}

// PresentPath gives the present path of an answer, a repeat or a row that was kept under an earlier version.
func PresentPath(f *form.Form, path record.Path) record.Path {
	p := presenter{form: f, now: map[string]string{}}
	for _, q := range f.Questions {
		p.note(q.Path)
	}
	for _, g := range f.Groups {
		p.note(g.Path)
	}
	if repeat, row, is := path.SplitRow(); is {
		return p.path(repeat).Row(row)
	}
	return p.path(path)
}

// Fit writes answers that were given under another version as the questions of this one store them. What cannot be
// written so without changing what was answered, and what this version does not ask, is left out.
func Fit(f *form.Form, content Content) Content {
	out := Content{Answers: make(map[record.Path]record.Answer, len(content.Answers)), Rows: content.Rows}
	for path, answer := range content.Answers {
		q, is := f.Question(path.Question())
		if !is || !q.Stored() || len(rowsOf(path)) != len(q.Repeats()) {
			continue
		}
		value, ok := convert(f, q, answer.Value)
		if !ok {
			continue
		}
		answer.Value = value
		out.Answers[path] = answer
	}
	return out
}
