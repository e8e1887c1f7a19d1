package interview

import (
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// meta gives what ${…} reads that is no question of the form: ${instanceID}, ${instanceName} and ${last-saved#name}.
func (iv *Interview) meta(name string) []xpath.Node {
	if question, last := strings.CutPrefix(name, "last-saved#"); last {
		return iv.lastSaved(question)
	}
	text := ""
	switch {
	case name == "instanceName":
		text = iv.nameWithin()
	case name == "instanceID" && iv.env.Record != (record.ID{}):
		text = "uuid:" + iv.env.Record.String()
	}
	return []xpath.Node{reading(name, text)}
}

// reading is a node that only has a text.
func reading(name, text string) *element {
	return &element{kind: xpath.Element, name: name, text: text, built: true}
}

// nameWithin works the record's name out while an expression that reads it runs, so that the expression runs again
// when the name changes.
func (iv *Interview) nameWithin() string {
	if iv.form.InstanceName == nil || iv.naming {
		return ""
	}
	iv.naming = true
	current := iv.frame.current
	iv.frame.current = iv.top
	defer func() { iv.naming, iv.frame.current = false, current }()
	return strings.TrimSpace(iv.value(iv.form.InstanceName, iv.top, iv.top).StringValue())
}

// lastSaved gives the answers that a question has in the record saved before, one for each row it had.
func (iv *Interview) lastSaved(question string) []xpath.Node {
	items := iv.form.Named(question)
	if len(items) == 0 || iv.env.LastSaved == nil {
		return []xpath.Node{reading(question, "")}
	}
	var out []xpath.Node
	answers := iv.env.LastSaved.Answers
	for _, path := range slices.Sorted(maps.Keys(answers)) {
		if a := answers[path]; path.Question() == items[0].ItemPath() && a.Status == record.Answered {
			out = append(out, reading(question, a.Value.String()))
		}
	}
	if out == nil {
		return []xpath.Node{reading(question, "")}
	}
	return out
}
