package paper

import (
	"slices"
	"strings"
	"unicode/utf8"

	"coopatlas/data/form"
	"coopatlas/data/words"
)

// longestName bounds how much of a question's label a condition repeats, in characters.
const longestName = 64

// speaker says conditions in the language of its words.
type speaker struct {
	form  *form.Form
	words *words.Words
}

// text picks a text in the language of print and leaves gaps where it would be filled in from answers.
func (s speaker) text(t form.Text) string {
	return strings.TrimSpace(names.ReplaceAllString(t.In(s.words.Language(), s.form.DefaultLanguage), "……"))
}

// only says under which condition something is asked: a whole sentence, empty where it always is.
func (s speaker) only(c condition) string {
	switch c := c.(type) {
	case nil, constant:
		return ""
	case *opaque:
		if len(c.questions) == 0 {
			return ""
		}
		return s.words.Say("paper.depends", "Questions", s.questions(c.questions))
	}
	return s.words.Say("paper.only_if", "Condition", s.say(c, false))
}

func (s speaker) say(c condition, inside bool) string {
	switch c := c.(type) {
	case *joint:
		var parts []string
		for _, part := range c.parts {
			if said := s.say(part, true); said != "" && !slices.Contains(parts, said) {
				parts = append(parts, said)
			}
		}
		word := s.words.Say("paper.and")
		if c.any {
			word = s.words.Say("paper.or")
		}
		said := strings.Join(parts, " "+word+" ")
		if inside && len(parts) > 1 {
			return "(" + said + ")"
		}
		return said
	case *clause:
		return s.clause(c)
	case *opaque:
		return s.words.Say("paper.unsaid", "Questions", s.questions(c.questions))
	}
	return ""
}

func (s speaker) questions(all []*form.Question) string {
	var out []string
	for _, q := range all {
		out = append(out, s.name(q))
	}
	return s.words.List(out)
}

// name is how a sentence calls a question: its number and its label.
func (s speaker) name(q *form.Question) string {
	label := strings.TrimRight(s.text(q.Label), " :")
	if utf8.RuneCountInString(label) > longestName {
		runes := []rune(label)
		label = strings.TrimSpace(string(runes[:longestName-1])) + "…"
	}
	if q.Code == "" {
		return s.words.Say("paper.question", "Label", label)
	}
	return s.words.Say("paper.numbered", "Code", q.Code, "Label", label)
}

// keys of the sentences by operator.
var sentences = map[string]string{
	"=": "paper.is", "!=": "paper.is_not", "<": "paper.less", "<=": "paper.at_most", ">": "paper.more", ">=": "paper.at_least",
	"includes": "paper.includes", "excludes": "paper.excludes",
}

func (s speaker) clause(c *clause) string {
	name := s.name(c.question)
	equal := c.operator == "="
	switch {
	case !c.question.Asked() && !c.question.Label.Empty():
		return s.labelled(c)
	case c.of == "status":
		var all []string
		for _, status := range c.values {
			all = append(all, s.words.Say("paper.status."+status, "Question", name))
		}
		return strings.Join(all, " "+s.words.Say("paper.or")+" ")
	case c.of == "count":
		return s.words.Say("paper.count", "Question", name, "Compared", s.words.Say("paper.compared."+compared[c.operator], "Value", c.values[0]))
	case c.values[0] == "" && equal:
		return s.words.Say("paper.unanswered", "Question", name)
	case c.values[0] == "":
		return s.words.Say("paper.answered", "Question", name)
	case len(c.values) > 1 && !equal:
		return s.words.Say("paper.is_none", "Question", name, "Value", s.either(c.question, c.values, "paper.nor"))
	}
	return s.words.Say(sentences[c.operator], "Question", name, "Value", s.either(c.question, c.values, "paper.or"))
}

// compared names the operators in the keys of counts.
var compared = map[string]string{"=": "is", "!=": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}

// labelled says a calculation by its own words, which tell what holds when it is yes.
func (s speaker) labelled(c *clause) string {
	label := s.text(c.question.Label)
	if yes := c.values[0] == "yes"; yes == (c.operator == "=") {
		return label
	}
	return s.words.Say("paper.not", "Condition", label)
}

// either lists the labels of values, the last one joined by a word.
func (s speaker) either(q *form.Question, values []string, word string) string {
	var labels []string
	for _, value := range values {
		labels = append(labels, s.label(q, value))
	}
	if len(labels) < 2 {
		return labels[0]
	}
	return strings.Join(labels[:len(labels)-1], ", ") + " " + s.words.Say(word) + " " + labels[len(labels)-1]
}

func (s speaker) label(q *form.Question, value string) string {
	if list := s.form.Lists[q.List]; list != nil {
		if c, is := list.Choice(value); is {
			return s.text(c.Label)
		}
	}
	return value
}
