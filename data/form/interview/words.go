package interview

import (
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// Label returns the label of a question, group or row in the interview's language, with ${…} filled in.
func (iv *Interview) Label(path record.Path) string {
	n := iv.byPath[path]
	if n == nil {
		return ""
	}
	if n.question != nil {
		return iv.render(n.question.Label, n)
	}
	return iv.render(n.group.Label, n)
}

// Hint returns the hint of a question or group.
func (iv *Interview) Hint(path record.Path) string {
	n := iv.byPath[path]
	if n == nil {
		return ""
	}
	if n.question != nil {
		return iv.render(n.question.Hint, n)
	}
	return iv.render(n.group.Hint, n)
}

// Guidance returns the longer help of a question.
func (iv *Interview) Guidance(path record.Path) string {
	n := iv.byPath[path]
	if n == nil || n.question == nil {
		return ""
	}
	return iv.render(n.question.Guidance, n)
}

// InstanceName returns the record's name, as the form's instance_name makes it of the answers.
func (iv *Interview) InstanceName() string {
	if iv.form.InstanceName == nil {
		return ""
	}
	return strings.TrimSpace(iv.evaluate(nil, iv.form.InstanceName, iv.top, iv.top).StringValue())
}

// render picks the language of a text and fills in what it refers to.
func (iv *Interview) render(text form.Text, n *node) string {
	words := text.In(iv.env.Language, iv.form.DefaultLanguage)
	template := iv.form.Template(words)
	if template == nil {
		return words
	}
	var b strings.Builder
	for _, part := range template.Parts {
		b.WriteString(part.Words)
		if part.Expression != nil {
			b.WriteString(iv.shown(iv.evaluate(nil, part.Expression, n, n)))
		}
	}
	return b.String()
}

// shown writes a value inside a text: a reference to another record as that record's name, everything else as it is.
func (iv *Interview) shown(v xpath.Value) string {
	if nodes := v.Nodes(); len(nodes) > 0 {
		if n, is := nodes[0].(*node); is && n.question != nil && n.question.Kind != "" && n.relevant && n.text != "" {
			return iv.choiceLabel(n, n.text)
		}
	}
	return v.StringValue()
}

// ChoiceLabel returns the label of one choice of a question, or the choice's name where it has none.
func (iv *Interview) ChoiceLabel(path record.Path, name string) string {
	if n := iv.byPath[path]; n != nil && n.question != nil && n.question.Type.TakesChoices() {
		return iv.choiceLabel(n, name)
	}
	return name
}

// Format writes an answer's value for people: labels of choices, numbers and dates as they are stored.
func (iv *Interview) Format(path record.Path, value record.Value) string {
	n := iv.byPath[path]
	if n == nil || n.question == nil || !n.question.Type.TakesChoices() {
		return value.String()
	}
	items := value.Items()
	for i, name := range items {
		items[i] = iv.choiceLabel(n, name)
	}
	return strings.Join(items, ", ")
}
