package form

import (
	"slices"
	"strings"
)

// Entry is one variable of a codebook: a question whose answers are kept.
type Entry struct {
	Variable    string // the question's name, or its path joined by _ where the name stands twice
	Path        string // "votes/share"
	Repeat      string // the path of the innermost repeat that it lies in
	Code        string // the questionnaire's own number
	Type        string // "select_one yes_no"
	Label, Hint string
	Choices     []CodebookChoice // of the choices sheet; a file or a register has too many
	Unit        string
	Decimals    int
	Concept     string // the variable that indicators read
	Core        string // R, C or O
	Personal    bool
	Required    string // conditions as they are written; "true()" is always
	Relevant    string // with the conditions of the groups above, joined by and
	Constraint  string
	Calculation string
	Version     string // of the questionnaire
}

// CodebookChoice is one code with its label.
type CodebookChoice struct{ Code, Label string }

// Codebook lists the variables of a questionnaire with everything that decides about their values, in the order of the
// survey sheet. Labels are in a language, or in the default one where they lack it.
func Codebook(f *Form, language string) []Entry {
	var out []Entry
	for _, q := range f.Questions {
		if q.Stored() {
			out = append(out, f.entry(q, language))
		}
	}
	return out
}

func (f *Form) entry(q *Question, language string) Entry {
	words := func(t Text) string { return t.In(language, f.DefaultLanguage) }
	e := Entry{Variable: q.Name, Path: q.Path, Code: q.Code, Type: q.TypeName(), Label: words(q.Label), Hint: words(q.Hint), Unit: q.Unit,
		Decimals: q.Decimals, Concept: q.Concept, Core: letter(q.Core), Personal: q.Personal, Required: source(q.Required),
		Relevant: relevance(q), Constraint: constraint(q), Calculation: source(q.Calculation), Version: f.Version}
	if len(f.Named(q.Name)) > 1 {
		e.Variable = strings.ReplaceAll(q.Path, "/", "_")
	}
	if repeat := q.Repeat(); repeat != nil {
		e.Repeat = repeat.Path
	}
	if list := f.Lists[q.List]; list != nil {
		for _, c := range list.Choices {
			e.Choices = append(e.Choices, CodebookChoice{c.Name, words(c.Label)})
		}
	}
	return e
}

// relevance joins the conditions of a question and the groups above it, the outermost first.
func relevance(q *Question) string {
	var out []string
	for item := Item(q); ; {
		if relevant := source(item.ItemRelevant()); relevant != "" {
			out = append(out, relevant)
		}
		if item.ItemParent() == nil {
			break
		}
		item = item.ItemParent()
	}
	slices.Reverse(out)
	if len(out) < 2 {
		return strings.Join(out, "")
	}
	return "(" + strings.Join(out, ") and (") + ")"
}

// constraint writes the hard constraint; soft checks do not decide about values.
func constraint(q *Question) string {
	for _, c := range q.Checks {
		if !c.Soft {
			return source(c.Condition)
		}
	}
	return ""
}
