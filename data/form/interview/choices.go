package interview

import (
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// list is a choice list in the interview's language, findable by name and readable by expressions.
type list struct {
	choices []Choice
	byName  map[string]int
	items   []*element // beside choices
	root    *element
	keys    map[string]map[string]int     // by column, for pulldata
	groups  map[string]map[string][]int32 // rows by column and value, for choice filters
	folded  []foldedChoice                // beside choices, once something was searched
	last    searched
}

func newList(choices []Choice) *list {
	l := &list{choices: choices, byName: make(map[string]int, len(choices)), keys: map[string]map[string]int{}, groups: map[string]map[string][]int32{}}
	l.root = &element{kind: xpath.Root}
	top := &element{kind: xpath.Element, name: "root", parent: l.root}
	l.root.kids = []xpath.Node{top}
	l.root.built, top.built = true, true
	l.items = make([]*element, len(choices))
	top.kids = make([]xpath.Node, len(choices))
	for i := range choices {
		if _, taken := l.byName[choices[i].Name]; !taken {
			l.byName[choices[i].Name] = i
		}
		l.items[i] = &element{kind: xpath.Element, name: "item", parent: top, choice: &choices[i]}
		top.kids[i] = l.items[i]
	}
	return l
}

// find returns the first row that has a value in a column, or -1.
func (l *list) find(column, value string) int {
	if column == "name" {
		if i, found := l.byName[value]; found {
			return i
		}
	}
	index := l.keys[column]
	if index == nil {
		index = map[string]int{}
		for i := range l.choices {
			key := l.choices[i].column(column)
			if _, taken := index[key]; !taken {
				index[key] = i
			}
		}
		l.keys[column] = index
	}
	if i, found := index[value]; found {
		return i
	}
	return -1
}

// column returns a column of a choice by its name.
func (c *Choice) column(name string) string {
	if text, has := c.Attributes[name]; has {
		return text
	}
	switch name {
	case "name":
		return c.Name
	case "label":
		return c.Label
	}
	return ""
}

// listFor returns the list of a secondary instance: "list:cities", "kind:cooperative" or "species.csv".
func (iv *Interview) listFor(source string) *list {
	if l := iv.lists[source]; l != nil {
		return l
	}
	var choices []Choice
	if name, internal := strings.CutPrefix(source, "list:"); internal {
		choices = iv.formChoices(iv.form.Lists[name])
	} else if iv.env.Choices != nil {
		var err error
		if choices, err = iv.env.Choices(strings.TrimPrefix(source, "kind:")); err != nil {
			iv.broken[source] = err.Error()
		}
	}
	l := newList(choices)
	iv.lists[source] = l
	return l
}

func (iv *Interview) formChoices(l *form.List) []Choice {
	if l == nil {
		return nil
	}
	out := make([]Choice, len(l.Choices))
	for i, c := range l.Choices {
		out[i] = Choice{Name: c.Name, Label: c.Label.In(iv.env.Language, iv.form.DefaultLanguage), Attributes: c.Attributes}
		if out[i].Label == "" {
			out[i].Label = c.Name
		}
	}
	return out
}

// source names the list a question takes its choices from; empty where they come from the rows of a repeat.
func source(q *form.Question) string {
	switch {
	case q.List != "":
		return "list:" + q.List
	case q.Kind != "":
		return "kind:" + q.Kind
	}
	return q.File
}

// Choices returns the choices that a question offers now: those of its list that the choice filter lets through.
func (iv *Interview) Choices(path record.Path) []Choice {
	n := iv.byPath[path]
	if n == nil || n.question == nil || !n.question.Type.TakesChoices() {
		return nil
	}
	if n.question.ItemsFrom != nil {
		return iv.rowChoices(n)
	}
	l := iv.listFor(source(n.question))
	if n.question.ChoiceFilter == nil {
		return iv.shuffled(n, l.choices)
	}
	offered := iv.offered(n, l)
	out := make([]Choice, len(offered))
	for i, at := range offered {
		out[i] = l.choices[at]
	}
	return iv.shuffled(n, out)
}

// rowChoices makes choices of the rows of a repeat (select_one ${name}): each answer that is not blank.
func (iv *Interview) rowChoices(n *node) []Choice {
	var out []Choice
	for _, row := range iv.evaluate(nil, n.question.ItemsFrom, n, n).Nodes() {
		if text := row.Text(); text != "" {
			out = append(out, Choice{Name: text, Label: text})
		}
	}
	return out
}

// choice finds a choice of a question by its name, whether the filter offers it or not.
func (iv *Interview) choice(n *node, name string) (Choice, bool) {
	q := n.question
	if q.List == "" && iv.env.Lookup != nil {
		return iv.env.Lookup(strings.TrimPrefix(source(q), "kind:"), name)
	}
	if q.ItemsFrom != nil {
		return Choice{Name: name, Label: name}, true
	}
	l := iv.listFor(source(q))
	if i, found := l.byName[name]; found {
		return l.choices[i], true
	}
	return Choice{}, false
}

// choiceLabel returns the label of a choice, or its name where it has none.
func (iv *Interview) choiceLabel(n *node, name string) string {
	if c, found := iv.choice(n, name); found && c.Label != "" {
		return c.Label
	}
	return name
}

// filterAnswer clears what the choice filter no longer offers; outside of an edit it only notes it.
func (iv *Interview) filterAnswer(c *cell) {
	n := c.node
	if n.text == "" {
		c.unsubscribe()
		n.filtered = false
		return
	}
	outer := iv.enter(c, n)
	var kept []string
	items := n.answer.Value.Items()
	for _, name := range items {
		if iv.offers(n, name) {
			kept = append(kept, name)
		}
	}
	iv.leave(outer)
	filtered := len(kept) < len(items)
	if !filtered || iv.open == nil {
		iv.flag(n, &n.filtered, filtered)
		return
	}
	iv.changed.cleared[n.path] = true
	value := record.Value{}
	if n.question.Storage() == form.StoreList {
		value = record.List(kept)
	}
	iv.assign(n, record.Answer{Value: value})
}

// offers tells whether the filter lets a choice through; names that are no choices are another problem.
func (iv *Interview) offers(n *node, name string) bool {
	if n.question.Kind != "" && iv.env.Lookup != nil {
		c, found := iv.env.Lookup(n.question.Kind, name)
		return !found || iv.value(n.question.ChoiceFilter, newList([]Choice{c}).items[0], n).BoolValue()
	}
	l := iv.listFor(source(n.question))
	i, found := l.byName[name]
	return !found || iv.value(n.question.ChoiceFilter, l.items[i], n).BoolValue()
}

// shuffled puts choices into a random order where the question asks for that; a seed makes it the same every time.
func (iv *Interview) shuffled(n *node, choices []Choice) []Choice {
	if !strings.EqualFold(n.question.Parameters["randomize"], "true") {
		return choices
	}
	return shuffle(choices, iv.seed(n))
}
