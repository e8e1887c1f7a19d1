package form

import (
	"strings"
)

// lists reads the choices sheet.
func (c *compiler) lists() {
	duplicates := false
	if rows := c.source.Settings.Rows; len(rows) > 0 {
		duplicates = yes(rows[0].Get("allow_choice_duplicates"))
	}
	for _, row := range c.source.Choices.Rows {
		name := row.Get("list_name")
		at := place{"choices", "list_name", row.Number}
		if name == "" {
			if row.Get("name") != "" || row.Get("label") != "" {
				c.warn(at, "the choice %s belongs to no list and is left out; give it a list_name", row.Get("name"))
			}
			continue
		}
		list := c.form.Lists[name]
		if list == nil {
			list = &List{Name: name, Columns: attributeColumns(c.source.Choices.Columns)}
			c.form.Lists[name] = list
		}
		c.choice(list, row, duplicates)
	}
}

func attributeColumns(columns []string) []string {
	var out []string
	for _, column := range columns {
		base, _, _ := strings.Cut(column, "::")
		if base != "list_name" && !shown[base] {
			out = append(out, column)
		}
	}
	return out
}

func (c *compiler) choice(list *List, row Row, duplicates bool) {
	at := place{"choices", "name", row.Number}
	choice := Choice{Name: row.Get("name"), Label: c.text(row, "label"), Media: c.media(row), Row: row.Number}
	if choice.Name == "" {
		c.err(at, "a choice of the list %s has no name; give it a short code that stays the same in every language", list.Name)
		return
	}
	if before, found := list.Choice(choice.Name); found && !duplicates {
		c.err(at, "the list %s has the choice %s in row %d already; give one of them another name", list.Name, choice.Name, before.Row)
		return
	}
	if choice.Label.Empty() && choice.Media == nil {
		c.warn(place{"choices", "label", row.Number}, "the choice %s of the list %s has no label, and its name will be shown; add one", choice.Name, list.Name)
	}
	for _, column := range list.Columns {
		if cell := row.Get(column); cell != "" && column != "name" {
			if choice.Attributes == nil {
				choice.Attributes = map[string]string{}
			}
			choice.Attributes[column] = cell
		}
	}
	list.add(choice)
}

// listUse is a question that takes its choices from a list.
type listUse struct {
	question *Question
	at       place
}

// checkLists holds every use of a list against the lists there are.
func (c *compiler) checkLists() {
	used := map[string]bool{}
	for _, use := range c.uses {
		q := use.question
		list := c.form.Lists[q.List]
		if list == nil {
			c.err(use.at, "%s takes its choices from the list %q, which the choices sheet does not have; add it there or correct the name", q.Name, q.List)
			continue
		}
		if q.OrOther && !used[q.List] {
			addOther(list)
		}
		used[q.List] = true
		if q.Type == TypeSelectMultiple || q.Type == TypeRank {
			c.spacedNames(q, list)
		}
	}
	for _, name := range sortedKeys(c.form.Lists) {
		list := c.form.Lists[name]
		if !used[name] && len(list.Choices) > 0 && !c.named(name) {
			c.warn(place{"choices", "list_name", list.Choices[0].Row}, "no question takes its choices from the list %s", name)
		}
	}
}

// named tells whether some expression names a list as a secondary instance.
func (c *compiler) named(list string) bool {
	for _, e := range c.expressions {
		if strings.Contains(e.source, "instance(") && strings.Contains(e.source, list) {
			return true
		}
	}
	return false
}

func (c *compiler) spacedNames(q *Question, list *List) {
	for _, choice := range list.Choices {
		if strings.ContainsAny(choice.Name, " \t\n") {
			c.err(place{"choices", "name", choice.Row}, "the choice %q has a space in its name, but %s lets people take several, which are kept separated by spaces; use _ instead", choice.Name, q.Name)
		}
	}
}

// addOther ends a list with the choice that asks for a text.
func addOther(list *List) {
	if _, found := list.Choice("other"); !found {
		list.add(Choice{Name: "other", Label: Text{
			"default": "Other", "en": "Other", "fr": "Autre", "es": "Otro", "it": "Altro", "pt": "Outro"}})
	}
}
