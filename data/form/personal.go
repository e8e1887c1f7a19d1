package form

import (
	"slices"

	"coopatlas/data/form/xpath"
)

// personal refuses what would carry personal data into something that is not marked as personal.
func (c *compiler) personal(e expression, read []Item) {
	if !carries(e.role) || c.marked(e) {
		return
	}
	for _, item := range read {
		if q, is := item.(*Question); is && q.Personal {
			c.err(e.at, "this reads the personal question %s; write yes in the column personal of this row too, or do not read it", q.Path)
		}
	}
}

// carries tells the roles in which what an expression reads ends up in a value or a text.
func carries(r Role) bool { return r == RoleCalculation || r == RoleLabel || r == RoleDefault }

// marked tells whether what an expression makes is marked as personal.
func (c *compiler) marked(e expression) bool {
	switch item := e.item.(type) {
	case *Question:
		return item.Personal
	case *Group:
		return item.Personal
	}
	return c.form.NamePersonal
}

// personalNames refuses what would write the name of a record of a kind whose names are personal: by jr:choice-name, by
// pulldata or instance() of its label, by ${question} in a label, or by the name of this very record.
func (c *compiler) personalNames(e expression, read []Item) {
	if !carries(e.role) || c.marked(e) {
		return
	}
	if e.item != nil && c.form.NamePersonal && slices.ContainsFunc(e.parsed.References(), c.namesRecord) {
		c.err(e.at, "this reads the record's name, which is personal; write yes in the column personal of this row too, or do not read it")
	}
	kind := c.labelRead(e)
	if e.role == RoleLabel || e.parsed.Calls("jr:choice-name") {
		for _, item := range read {
			if q, is := item.(*Question); is && c.personalKind(q.Kind) {
				kind = q.Kind
			}
		}
	}
	if kind != "" {
		c.err(e.at, "this writes the name of a %s, which is personal; write yes in the column personal too, or do not name it", kind)
	}
}

func (c *compiler) personalKind(kind string) bool {
	return kind != "" && slices.Contains(c.source.PersonalKinds, kind)
}

// labelRead returns the kind with personal names whose labels an expression reads from its register.
func (c *compiler) labelRead(e expression) string {
	for _, r := range e.parsed.References() {
		steps := r.Path.Steps
		if r.Path.Start == xpath.FromInstance && c.personalKind(r.Path.Instance) && len(steps) > 0 && steps[len(steps)-1].Name != "name" {
			return r.Path.Instance
		}
	}
	found := ""
	e.parsed.Whole().Each(func(p xpath.Part) {
		if p.Operation() != "pulldata" || len(p.Parts()) < 2 {
			return
		}
		source, known := p.Parts()[0].Literal()
		column, literal := p.Parts()[1].Literal()
		if known && c.personalKind(source.StringValue()) && (!literal || column.StringValue() == "label") {
			found = source.StringValue()
		}
	})
	return found
}
