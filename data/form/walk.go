package form

import (
	"regexp"
	"strings"
)

// walker goes down the survey sheet and keeps the group it is in.
type walker struct {
	*compiler
	group *Group
}

var (
	boundary  = regexp.MustCompile(`^(begin|end)[\s_]+(group|repeat|loop|looped[\s_]+group)\b`)
	nameShape = regexp.MustCompile(`^[\pL_][\pL\pM\pN_.\-]*$`)
)

func validName(name string) bool { return nameShape.MatchString(name) }

// row reads one row: the begin or end of a group, or a question.
func (w *walker) row(row Row) {
	kind := row.Get("type")
	switch {
	case kind == "" && row.Get("name") == "" && row.Get("label") == "":
		return
	case strings.HasPrefix(kind, "#"):
		return
	case kind == "":
		w.err(survey(row, "type"), "%s has no type; write text, integer, select_one … in it", rowName(row))
		return
	}
	parts := boundary.FindStringSubmatch(strings.ToLower(kind))
	switch {
	case parts == nil:
		w.question(row)
	case strings.HasPrefix(parts[2], "loop"):
		w.err(survey(row, "type"), "loop is not taken; write a repeat, or one group for each choice")
	case parts[1] == "begin":
		w.begin(row, parts[2] == "repeat")
	default:
		w.end(row, parts[2] == "repeat")
	}
}

func (w *walker) begin(row Row, repeat bool) {
	g := &Group{Name: row.Get("name"), Parent: w.group, Repeat: repeat, Row: row.Number,
		Label: w.text(row, "label"), Hint: w.text(row, "hint"), Appearance: w.appearance(row), Code: row.Get("code"),
		Core: w.core(row, w.group), Personal: yes(row.Get("personal")) || w.group.Personal, Extra: extra(row)}
	w.place(row, g.Name, g)
	g.Path = join(w.group.Path, g.Name)
	g.Relevant = w.parse(g, RoleRelevant, row, "relevant", "survey")
	if repeat {
		g.RepeatCount = w.parse(g, RoleRepeatCount, row, "repeat_count", "survey")
	}
	w.templates(g, row)
	w.group.Items = append(w.group.Items, g)
	w.form.Groups = append(w.form.Groups, g)
	w.form.groups[g.Path] = g
	w.form.named[g.Name] = append(w.form.named[g.Name], g)
	w.group = g
}

func (w *walker) end(row Row, repeat bool) {
	at := survey(row, "type")
	if w.group == w.form.Root {
		w.err(at, "this ends a %s that was never begun; take the row out", groupWord(repeat))
		return
	}
	if w.group.Repeat != repeat {
		w.err(at, "this ends a %s, but what is open is the %s %s of row %d; write end_%s", groupWord(repeat),
			groupWord(w.group.Repeat), w.group.Name, w.group.Row, groupWord(w.group.Repeat))
	}
	w.group = w.group.Parent
}

// place checks the name of a row within its group.
func (w *walker) place(row Row, name string, item Item) {
	at := survey(row, "name")
	switch {
	case name == "":
		w.err(at, "the row has no name; give it one of letters, digits and _")
	case !validName(name):
		w.err(at, "%q cannot be a name; begin with a letter and use letters, digits, _, - and . only", name)
	default:
		for _, other := range w.group.Items {
			if other != item && strings.EqualFold(other.ItemName(), name) {
				w.duplicate(at, other, name)
			}
		}
	}
}

func (w *walker) duplicate(at place, other Item, name string) {
	where := "the form"
	if w.group.Path != "" {
		where = "the group " + w.group.Path
	}
	if other.ItemName() == name {
		w.err(at, "%s has the name %s in row %d already; rename one of them", where, name, itemRow(other))
		return
	}
	w.warn(at, "%s differs from %s in row %d only in capitals; rename one of them", name, other.ItemName(), itemRow(other))
}

func itemRow(item Item) int {
	switch item := item.(type) {
	case *Group:
		return item.Row
	case *Question:
		return item.Row
	}
	return 0
}

func join(group, name string) string {
	if group == "" {
		return name
	}
	return group + "/" + name
}
