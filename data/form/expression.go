package form

import (
	"regexp"
	"strings"

	"coopatlas/data/form/xpath"
)

// straight replaces the quotation marks that word processors put into expressions.
var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "\u00a0", " ")

// parse reads one cell as an expression and notes it; nil where the cell is blank, says no, or cannot be read.
func (c *compiler) parse(item Item, role Role, row Row, column, sheet string) *xpath.Expr {
	source := strings.TrimSpace(straight.Replace(row.Get(column)))
	at := place{sheet, column, row.Number}
	switch role {
	case RoleRequired, RoleReadOnly:
		if no(source) {
			return nil
		}
		if yes(source) {
			source = "true()"
		}
	case RoleRelevant, RoleCheck:
		if lower := strings.ToLower(source); lower == "yes" || lower == "true" {
			source = "true()"
		} else if lower == "no" || lower == "false" {
			source = "false()"
		}
	}
	return c.expression(item, role, source, at)
}

func (c *compiler) expression(item Item, role Role, source string, at place) *xpath.Expr {
	if source == "" {
		return nil
	}
	parsed, err := xpath.Parse(source)
	if err != nil {
		c.err(at, "the expression cannot be read: %v", err)
		return nil
	}
	c.expressions = append(c.expressions, expression{item: item, role: role, parsed: parsed, source: source, at: at})
	return parsed
}

var (
	callShape   = regexp.MustCompile(`(^|[^\w.-])[A-Za-z_][\w.:-]*\(`)
	arithmetic  = regexp.MustCompile(`^-?[\d.]+\s*(\+|\*|-|div|mod)\s*-?[\d.]+`)
	relativeOne = regexp.MustCompile(`^\.\.?(/|$)`)
)

// dynamic tells whether a default is an expression and not a value.
func dynamic(t Type, text string) bool {
	switch {
	case strings.Contains(text, "${"), relativeOne.MatchString(text):
		return true
	case strings.HasPrefix(text, "jr://"):
		return false
	case callShape.MatchString(text):
		return balanced(text)
	}
	return (t == TypeInteger || t == TypeDecimal) && arithmetic.MatchString(text)
}

// balanced tells whether every bracket is closed, as in an expression and rarely in prose.
func balanced(text string) bool { return strings.Count(text, "(") == strings.Count(text, ")") }

// defaults reads the default column. Prose that only looks like an expression stays a value.
func (w *walker) defaults(q *Question, row Row) {
	text := row.Get("default")
	if !dynamic(q.Type, text) {
		q.DefaultValue = text
		return
	}
	source := straight.Replace(text)
	if _, err := xpath.Parse(source); err != nil && q.Type == TypeText && !strings.Contains(text, "${") {
		q.DefaultValue = text
		return
	}
	q.DefaultExpression = w.expression(q, RoleDefault, source, survey(row, "default"))
}

var triggerShape = regexp.MustCompile(`^\$\{\s*([^}]+?)\s*\}$`)

// triggers reads the names of the questions whose change runs the calculation.
func (w *walker) triggers(q *Question, row Row) {
	cell := row.Get("trigger")
	if cell == "" {
		return
	}
	for _, part := range strings.Split(cell, ",") {
		name := triggerShape.FindStringSubmatch(strings.TrimSpace(part))
		if name == nil {
			w.err(survey(row, "trigger"), "%q names no question; write ${question}", cell)
			continue
		}
		q.Triggers = append(q.Triggers, name[1])
	}
}

// Template is a text for people with expressions inside: "Members of ${name}".
type Template struct {
	Parts []Part
}

// Part is a piece of a template: words as they are, or an expression whose value is written.
type Part struct {
	Words      string
	Expression *xpath.Expr
}

// Template returns the template made of a text of the form; nil where the text holds no reference.
func (f *Form) Template(text string) *Template { return f.templates[text] }

var reference = regexp.MustCompile(`\$\{\s*[^{}]+?\s*\}`)

// templates prepares the texts of a row that hold references.
func (c *compiler) templates(item Item, row Row) {
	for _, column := range sortedKeys(row.Cells) {
		base, _, _ := strings.Cut(column, "::")
		text := row.Cells[column]
		if !shown[base] || !strings.Contains(text, "${") {
			continue
		}
		if strings.Contains(base, "message") {
			text = withoutMark(text)
		}
		c.template(item, text, survey(row, column))
	}
}

func (c *compiler) template(item Item, text string, at place) {
	marked := reference.FindAllStringIndex(text, -1)
	t := &Template{}
	from := 0
	for _, m := range marked {
		t.words(text[from:m[0]])
		if e := c.expression(item, RoleLabel, text[m[0]:m[1]], at); e != nil {
			t.Parts = append(t.Parts, Part{Expression: e})
		}
		from = m[1]
	}
	t.words(text[from:])
	c.form.templates[text] = t
}

func (t *Template) words(words string) {
	if words != "" {
		t.Parts = append(t.Parts, Part{Words: words})
	}
}
