package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form/xpath"
)

// Compile makes a form of a questionnaire's rows and says everything that is wrong with them in one pass. The form is
// nil if one of the problems is an error.
func Compile(source Source) (*Form, []Problem) {
	c := compile(source)
	if len(Errors(c.problems)) > 0 {
		return nil, c.problems
	}
	return c.form, c.problems
}

func compile(source Source) *compiler {
	c := &compiler{
		source:   source,
		problems: slices.Clone(source.Problems),
		form: &Form{
			Lists: map[string]*List{}, Settings: map[string]string{}, Instances: map[string]string{},
			Root:      &Group{Name: "data"},
			questions: map[string]*Question{}, groups: map[string]*Group{}, named: map[string][]Item{},
			templates: map[string]*Template{}, dependents: map[string][]Dependent{}, order: map[string]int{},
		},
	}
	c.form.groups[""] = c.form.Root
	c.languages()
	c.settings()
	c.lists()
	c.survey()
	c.listColumns()
	c.instanceName()
	c.checkLists()
	c.link()
	c.missingTexts()
	return c
}

// compiler is the state of one compilation.
type compiler struct {
	source      Source
	form        *Form
	problems    []Problem
	expressions []expression // in the order of the sheet
	uses        []listUse
}

// expression is one parsed expression, where it stands and what it decides there.
type expression struct {
	item   Item // nil for settings
	role   Role
	parsed *xpath.Expr
	source string
	at     place
}

// place is where something was written.
type place struct {
	sheet, column string
	row           int
}

func (c *compiler) add(severity Severity, at place, format string, args ...any) {
	c.problems = append(c.problems, Problem{Severity: severity, Sheet: at.sheet, Row: at.row, Column: at.column,
		Message: fmt.Sprintf(format, args...)})
}

func (c *compiler) err(at place, format string, args ...any)  { c.add(Error, at, format, args...) }
func (c *compiler) warn(at place, format string, args ...any) { c.add(Warning, at, format, args...) }

func survey(row Row, column string) place {
	return place{sheet: "survey", row: row.Number, column: column}
}

// settings reads the first row of the settings sheet.
func (c *compiler) settings() {
	f := c.form
	if len(c.source.Settings.Rows) == 0 {
		f.ID = stem(c.source.Name)
		return
	}
	row := c.source.Settings.Rows[0]
	for column, text := range row.Cells {
		f.Settings[column] = text
		if strings.HasPrefix(column, "sms_") {
			c.err(place{"settings", column, row.Number}, "answers by SMS (%s) are not taken; take the column out", column)
		}
	}
	f.ID, f.Version = row.Get("form_id"), row.Get("version")
	if f.ID == "" {
		f.ID = stem(c.source.Name)
	}
	f.Title = c.text(row, "form_title")
	if name := row.Get("name"); name != "" {
		if !validName(name) {
			c.err(place{"settings", "name", row.Number}, "%q cannot be the name of the form; use letters, digits and _", name)
		}
		f.Root.Name = name
	}
	f.Root.Label = f.Title
}

func stem(name string) string {
	name = name[strings.LastIndexAny(name, "/\\")+1:]
	if i := strings.LastIndex(name, "."); i > 0 {
		name = name[:i]
	}
	return name
}

// instanceName parses the expression that names a record.
func (c *compiler) instanceName() {
	if len(c.source.Settings.Rows) == 0 {
		return
	}
	row := c.source.Settings.Rows[0]
	c.form.NamePersonal = yes(row.Get("personal"))
	c.form.InstanceName = c.parse(nil, RoleCalculation, row, "instance_name", "settings")
}

// survey reads the rows of the survey sheet into the tree.
func (c *compiler) survey() {
	w := walker{compiler: c, group: c.form.Root}
	for _, row := range c.source.Survey.Rows {
		w.row(row)
	}
	for ; w.group != c.form.Root; w.group = w.group.Parent {
		c.err(place{"survey", "type", w.group.Row}, "%s %s is never ended; add a row %q", groupWord(w.group.Repeat), w.group.Name, "end_"+groupWord(w.group.Repeat))
	}
	if len(c.form.Questions) == 0 && len(c.source.Survey.Rows) > 0 {
		c.warn(place{sheet: "survey"}, "no row is a question that can be asked")
	}
	if len(c.source.Survey.Rows) == 0 && c.source.Problems == nil {
		c.err(place{sheet: "survey"}, "there are no questions; add rows below the header")
	}
}

// usualColumns is how many columns a list of records has where the questionnaire says nothing of it.
const usualColumns = 4

// listColumns makes the first questions the columns of a list where no row of the survey says which are.
func (c *compiler) listColumns() {
	if len(c.form.ListColumns()) > 0 {
		return
	}
	order := 0
	for _, q := range c.form.Questions {
		storage := q.Storage()
		if order < usualColumns && q.Asked() && q.Repeat() == nil && !personal(q) && storage != StoreNothing && storage != StoreFile {
			order++
			q.ListOrder = order
		}
	}
}

func personal(q *Question) bool {
	for g := q.Parent; g != nil; g = g.Parent {
		if g.Personal {
			return true
		}
	}
	return q.Personal
}

func groupWord(repeat bool) string {
	if repeat {
		return "repeat"
	}
	return "group"
}

// Yes tells whether a cell says yes in one of the ways the field writes it: yes, true, 1, x, oui.
func Yes(cell string) bool { return yes(strings.TrimSpace(cell)) }

// yes reads a cell that says yes or no in one of the ways the field writes it.
func yes(cell string) bool {
	switch strings.ToLower(cell) {
	case "yes", "y", "true", "true()", "1", "x", "oui":
		return true
	}
	return false
}

func no(cell string) bool {
	switch strings.ToLower(cell) {
	case "", "no", "n", "false", "false()", "0", "non":
		return true
	}
	return false
}

// extra keeps the cells of the columns that are not ours.
func extra(row Row) map[string]string {
	out := map[string]string{}
	for column, text := range row.Cells {
		base, _, _ := strings.Cut(column, "::")
		if !knownColumns[base] {
			out[column] = text
		}
	}
	return out
}

// knownColumns are the columns of the survey sheet that mean something here.
var knownColumns = set("type", "name", "label", "hint", "guidance_hint", "relevant", "required", "required_message",
	"constraint", "constraint_message", "check", "check_message", "check2", "check_message2", "check3", "check_message3",
	"calculation", "default", "choice_filter", "read_only", "repeat_count", "appearance", "parameters", "trigger",
	"image", "big-image", "audio", "video", "core", "list", "personal", "unit", "concept", "decimals", "soft", "code")

func set(words ...string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
