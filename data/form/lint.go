package form

import (
	"cmp"
	"fmt"
	"slices"

	"coopatlas/data/form/xpath"
)

// Finding is a row of a questionnaire on which ODK Collect, Enketo and Coopatlas differ: where it is, which rule it
// falls under, what each of the three does, and how to write it so that they agree.
type Finding struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Name   string `json:"name,omitempty"` // of the question or group
	Rule   string `json:"rule"`           // "blank-arithmetic"
	Detail string `json:"detail,omitempty"`
	Behaviour
}

// Behaviour is what the three programs do, and what to do about it.
type Behaviour struct {
	Collect string `json:"collect"`
	Enketo  string `json:"enketo"`
	Ours    string `json:"coopatlas"`
	Advice  string `json:"advice"`
}

// String writes the finding as one line.
func (f Finding) String() string {
	where := fmt.Sprintf("%s row %d, %s", f.Sheet, f.Row, f.Column)
	if f.Name != "" {
		where += " (" + f.Name + ")"
	}
	if f.Detail != "" {
		where += ": " + f.Detail
	}
	return fmt.Sprintf("%s: Collect %s; Enketo %s; Coopatlas %s. %s. [%s]", where, f.Collect, f.Enketo, f.Ours, f.Advice, f.Rule)
}

// LintRules returns the names of the rules of Lint, sorted.
func LintRules() []string { return sortedKeys(behaviours) }

// behaviours are what the programs do differently, by rule. The first ones are the table of the field's reference; the
// others come of what only we have.
var behaviours = map[string]Behaviour{
	"blank-arithmetic": {"stores a blank", `stores the text "NaN"`, "stores a blank", "Write coalesce(x, 0) around what may be blank, or if(x != '', …, '') around the whole"},
	"blank-aggregate":  {"skips blanks", "gives NaN as soon as one is blank", "skips blanks", "Take the blanks out with a predicate, x[. != ''], or give x a value with coalesce in a calculation"},
	"regex-part":       {"matches the whole text", "matches any part of it", "matches the whole text", "Begin the pattern with ^ and end it with $"},
	"round-half":       {"rounds -1.5 to -1", "rounds -1.5 to -2", "rounds -1.5 to -1", "Round the absolute value, or accept a difference of one in the last digit"},
	"date-number":      {"counts whole days", "counts days with a fraction of the time zone", "counts whole days", "Write int(decimal-date-time(x)), or compare dates with dates"},
	"bad-date":         {"stops with an error at a bad date", "tries to guess it", "leaves it blank and says so", "Ask for a date with a question of the type date"},
	"equal-fractions":  {"finds numbers equal within 1e-12", "asks for exactly the same", "finds numbers equal within 1e-12", "Write abs(a - b) < 0.000001, or round both sides"},
	"exponent":         {"reads 1.1e6 as no number", "reads it as 1100000", "reads 1.1e6 as no number", "Ask for an integer or a decimal"},
	"not-once":         {"works it out again on open and save", "works it out again on open and change", "works it out again on open, change and save", "Write once(…), or let a trigger run it"},
	"once-elsewhere":   {"gives the present answer", "gives the present answer or a new value", "gives the present answer", "Use once() in calculations only"},
	"status":           {"does not have status() and stops", "does not have status() and stops", "gives how the question stands", "Export writes '' for it; make sure that the row still holds"},
	"soft-constraint":  {"refuses the answer", "refuses the answer", "asks for a comment and goes on", "Put the condition into the column check, or take care that it may bind"},
	"check":            {"does not check it", "does not check it", "asks for a comment and goes on", "Nothing is lost: what comes from phones is checked here"},
	"core":             {"always asks it", "always asks it", "asks it in interviews of that length only", "Add a relevant if a phone must skip it"},
	"personal":         {"keeps it open on the phone and in what it sends", "keeps it open in what it sends", "seals it, and erases it on withdrawal", "Encrypt the form on the server, or ask it here only"},
	"register":         {"offers the list as it was exported", "offers the list as it was exported", "offers the live register", "Export again when the register has grown"},
	"decimals":         {"takes any number of decimals", "takes any number of decimals", "rounds to the decimals that are given", "Nothing is lost: what comes from phones is rounded here"},
}

// Lint names every row of a questionnaire on which ODK Collect, Enketo and Coopatlas would differ, in the order of the
// survey sheet, then the settings. It says as much as it can of a questionnaire that has errors.
func Lint(source Source) []Finding {
	l := &linter{compiler: compile(source)}
	for _, e := range l.expressions {
		l.expression(e)
	}
	for _, q := range l.form.Questions {
		l.columns(q)
	}
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Sheet, a.Sheet), cmp.Compare(a.Row, b.Row)) // survey before settings
	})
	return slices.CompactFunc(l.findings, func(a, b Finding) bool { return a == b })
}

// linter looks through a compiled questionnaire.
type linter struct {
	*compiler
	findings []Finding
}

func (l *linter) note(rule string, at place, item Item, detail string) {
	f := Finding{Sheet: at.sheet, Row: at.row, Column: at.column, Rule: rule, Detail: detail, Behaviour: behaviours[rule]}
	if item != nil {
		f.Name = item.ItemName()
	}
	if !slices.Contains(l.findings, f) {
		l.findings = append(l.findings, f)
	}
}

// columns looks at what only we read in a question's row.
func (l *linter) columns(q *Question) {
	say := func(rule, column string) { l.note(rule, survey(Row{Number: q.Row}, column), q, "") }
	for i, check := range q.Checks {
		switch {
		case check.Soft && i == 0 && l.has(q, "constraint"):
			say("soft-constraint", "constraint")
		case check.Soft:
			say("check", "check")
		}
	}
	if q.Core == CoreOnly || q.Core == Optional {
		say("core", "core")
	}
	if q.Personal {
		say("personal", "personal")
	}
	if q.Kind != "" {
		say("register", "type")
	}
	if l.has(q, "decimals") {
		say("decimals", "decimals")
	}
}

// has tells whether the question's row has something in a column.
func (l *linter) has(q *Question, column string) bool {
	i := slices.IndexFunc(l.source.Survey.Rows, func(r Row) bool { return r.Number == q.Row })
	return i >= 0 && l.source.Survey.Rows[i].Get(column) != ""
}

// expression looks at one expression.
func (l *linter) expression(e expression) {
	look := lookout{linter: l, e: e}
	if e.role == RoleCalculation || e.role == RoleDefault {
		look.result(e.parsed.Whole(), nil)
	}
	look.part(e.parsed.Whole(), false)
}

// lookout goes through the parts of one expression.
type lookout struct {
	*linter
	e expression
}

func (l lookout) say(rule, detail string) { l.note(rule, l.e.at, l.e.item, detail) }

// part looks at a part and everything in it; once tells that it stands within once().
func (l lookout) part(p xpath.Part, once bool) {
	name, parts := p.Operation(), p.Parts()
	switch name {
	case "sum", "max", "min":
		l.aggregate(name, parts)
	case "regex":
		if len(parts) == 2 && !anchored(parts[1]) {
			l.say("regex-part", "")
		}
	case "round":
		if len(parts) > 0 && l.fraction(parts[0], depth) && l.negative(parts[0], depth) {
			l.say("round-half", "")
		}
	case "status":
		l.say("status", "")
	case "date", "date-time":
		l.date(name, parts)
	case "now", "today", "random", "uuid":
		l.volatile(name, once)
	case "once":
		if once = true; l.e.role != RoleCalculation && l.e.role != RoleDefault {
			l.say("once-elsewhere", "")
		}
	}
	l.numbers(name, parts)
	for _, inner := range parts {
		l.part(inner, once)
	}
}
