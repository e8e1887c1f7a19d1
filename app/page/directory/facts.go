package directory

import (
	"context"
	"regexp"
	"strings"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// fact is one answer as people read it.
type fact struct {
	path         record.Path
	label, value string
}

// section is a part of the questionnaire with its facts.
type section struct {
	title string
	facts []fact
}

// reader puts answers into words. It belongs to one job.
type reader struct {
	space *workspace.Workspace
	say   *words.Words
	name  func(q *form.Question, answer record.Answer) string
	// authors are the names that people gave themselves; only read fills them in.
	authors map[record.Key]string
}

func newReader(ctx context.Context, space *workspace.Workspace, say *words.Words) reader {
	return reader{space: space, say: say, name: space.Namer(ctx, say.Language())}
}

// filled is a part of a text that an interview fills in.
var filled = regexp.MustCompile(`\$\{[^}]*\}`)

func (r reader) text(f *form.Form, t form.Text) string {
	return filled.ReplaceAllString(t.In(r.say.Language(), f.DefaultLanguage), "…")
}

// label is what a question is called in lists of answers.
func (r reader) label(f *form.Form, q *form.Question) string {
	if text := r.text(f, q.Label); text != "" {
		return text
	}
	return strings.ReplaceAll(q.Name, "_", " ")
}

// labelOf is the label of the question at a path.
func (r reader) labelOf(f *form.Form, path record.Path) string {
	if q, ok := f.Question(path.Question()); ok {
		return r.label(f, q)
	}
	if g, ok := f.Group(path.Question()); ok {
		return r.text(f, g.Label)
	}
	return string(path)
}

// value is an answer in words: the choice, the number with its unit, or why there is none.
func (r reader) value(f *form.Form, q *form.Question, a record.Answer) string {
	switch {
	case a.Status != record.Answered && a.Value.IsZero():
		return r.say.Say("fill.status." + a.Status.String())
	case a.Value.IsZero():
		return ""
	case q.Storage() == form.StoreFile:
		if info, err := store.ParseFile(a.Value); err == nil {
			return info.Name
		}
	case q.Storage() == form.StoreList:
		var labels []string
		for _, item := range a.Value.Items() {
			labels = append(labels, r.choice(f, q, item, a))
		}
		return r.say.List(labels)
	case q.Storage() == form.StoreChoice:
		return r.choice(f, q, a.Value.String(), a)
	}
	if number, ok := a.Value.Number(); ok {
		return r.number(q, number)
	}
	if day, err := time.Parse(time.DateOnly, a.Value.String()); err == nil {
		return r.say.Date(day)
	}
	return a.Value.String()
}

// number writes a number with its unit; years are not grouped.
func (r reader) number(q *form.Question, n record.Decimal) string {
	if strings.Contains(q.Name, "year") || q.Has("year") || q.Concept == "founded" || q.Concept == "registered" {
		return n.String()
	}
	text := r.say.Exact(n.String())
	if key := "unit." + q.Unit; q.Unit != "" && r.say.Has(key) && !q.Money() {
		text += " " + r.say.Say("unit."+q.Unit)
	}
	return text
}

func (r reader) choice(f *form.Form, q *form.Question, item string, a record.Answer) string {
	if list := f.Lists[q.List]; list != nil {
		if c, ok := list.Choice(item); ok {
			return r.text(f, c.Label)
		}
	}
	if list, ok := r.space.List(q.File); ok && q.File != "" {
		if code, ok := list.Code(item); ok {
			return code.Label(r.say.Language())
		}
	}
	return r.name(q, a)
}

// sections are the answers of a record in the order of its questionnaire; what has no answer is left out.
func (r reader) sections(f *form.Form, s record.State) []section {
	var out []section
	add := func(title string, one fact) {
		if n := len(out); n == 0 || out[n-1].title != title {
			out = append(out, section{title: title})
		}
		out[len(out)-1].facts = append(out[len(out)-1].facts, one)
	}
	done := map[*form.Group]bool{}
	for _, q := range f.Questions {
		repeat := q.Repeat()
		if repeat == nil {
			if one, ok := r.fact(f, q, s, record.Path(q.Path)); ok {
				add(r.titleOf(f, q), one)
			}
			continue
		}
		if done[repeat] {
			continue
		}
		done[repeat] = true
		for i, row := range s.Rows[record.Path(repeat.Path)] {
			title := r.text(f, repeat.Label) + " " + r.say.Integer(int64(i+1))
			for _, item := range repeat.Items {
				if in, ok := item.(*form.Question); ok {
					if one, ok := r.fact(f, in, s, record.Path(repeat.Path).Row(row)+"/"+record.Path(in.Name)); ok {
						add(title, one)
					}
				}
			}
		}
	}
	return out
}

func (r reader) fact(f *form.Form, q *form.Question, s record.State, path record.Path) (fact, bool) {
	field, ok := s.Fields[path]
	if !ok || field.Blank() && field.Commitment == nil || !q.Asked() {
		return fact{}, false
	}
	value := r.value(f, q, field.Answer)
	if value == "" && field.Commitment != nil {
		value = r.say.Say("directory.sealed")
	}
	return fact{path, r.label(f, q), value}, value != ""
}

// titleOf is the label of the outermost group of a question; questions without one stand under a title of ours.
func (r reader) titleOf(f *form.Form, q *form.Question) string {
	top := q.Parent
	for top != nil && top.Parent != nil && top.Parent.Parent != nil {
		top = top.Parent
	}
	if top == nil || top.Parent == nil || top.Label.Empty() {
		return r.say.Say("directory.general")
	}
	return r.text(f, top.Label)
}
