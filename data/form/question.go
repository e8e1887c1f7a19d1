package form

import (
	"strconv"
	"strings"
)

// warningMark begins the message of a constraint that asks for a comment and does not block.
const warningMark = "⚠"

// question reads a row that is neither the begin nor the end of a group.
func (w *walker) question(row Row) {
	q := &Question{Name: row.Get("name"), Parent: w.group, Row: row.Number, Code: row.Get("code"),
		Label: w.text(row, "label"), Hint: w.text(row, "hint"), Guidance: w.text(row, "guidance_hint"),
		RequiredMessage: w.text(row, "required_message"), Media: w.media(row), Extra: extra(row),
		Appearance: w.appearance(row), Parameters: w.parameters(row),
		Core: w.core(row, w.group), Personal: yes(row.Get("personal")) || w.group.Personal,
		Unit: row.Get("unit"), Concept: row.Get("concept"), ListOrder: w.listOrder(row)}
	if !w.typed(q, row) {
		return
	}
	if q.Name == "" && !q.Type.Asked() && q.Type != TypeCalculate && q.Type != TypeHidden {
		q.Name = strings.ReplaceAll(q.Type.String(), " ", "_")
	}
	w.place(row, q.Name, q)
	q.Path = join(w.group.Path, q.Name)
	if q.Type == TypeInstance {
		w.form.Instances[q.Name] = q.Name + "." + externalExtension(row.Get("type"))
		return
	}
	w.kindColumn(q)
	w.expressionsOf(q, row)
	q.Decimals = w.decimals(q, row)
	w.checkQuestion(q, row)
	w.addQuestion(q)
	if q.OrOther {
		w.addOtherText(q, row)
	}
}

func externalExtension(kind string) string {
	extension, _, _ := strings.Cut(strings.ToLower(kind), "-")
	return extension
}

func (w *walker) addQuestion(q *Question) {
	w.group.Items = append(w.group.Items, q)
	w.form.Questions = append(w.form.Questions, q)
	w.form.questions[q.Path] = q
	w.form.named[q.Name] = append(w.form.named[q.Name], q)
}

// addOtherText adds the text question that or_other asks for.
func (w *walker) addOtherText(q *Question, row Row) {
	other := &Question{Name: q.Name + "_other", Path: q.Path + "_other", Parent: q.Parent, Type: TypeText, Row: q.Row,
		Core: q.Core, Personal: q.Personal, Label: Text{"default": "Specify other.", "en": "Specify other.",
			"fr": "Précisez.", "es": "Especifique.", "it": "Specificare.", "pt": "Especifique."}}
	cell := Row{Number: row.Number, Cells: map[string]string{"relevant": "selected(${" + q.Name + "}, 'other')"}}
	other.Relevant = w.parse(other, RoleRelevant, cell, "relevant", "survey")
	w.addQuestion(other)
}

// expressionsOf parses the expressions of a question's row.
func (w *walker) expressionsOf(q *Question, row Row) {
	q.Relevant = w.parse(q, RoleRelevant, row, "relevant", "survey")
	q.Required = w.parse(q, RoleRequired, row, "required", "survey")
	q.ReadOnly = w.parse(q, RoleReadOnly, row, "read_only", "survey")
	q.Calculation = w.parse(q, RoleCalculation, row, "calculation", "survey")
	q.ChoiceFilter = w.parse(q, RoleChoices, row, "choice_filter", "survey")
	w.checks(q, row)
	w.defaults(q, row)
	w.triggers(q, row)
	w.templates(q, row)
	if from := row.Get("type"); q.ItemsFrom == nil && q.List == "" && strings.Contains(from, "${") && q.Type.TakesChoices() {
		cell := Row{Number: row.Number, Cells: map[string]string{"type": from[strings.Index(from, "${"):]}}
		q.ItemsFrom = w.parse(q, RoleChoices, cell, "type", "survey")
	}
}

// checks reads the constraint and the soft checks beside it.
func (w *walker) checks(q *Question, row Row) {
	soft := yes(row.Get("soft"))
	for _, pair := range [...][2]string{{"constraint", "constraint_message"}, {"check", "check_message"},
		{"check2", "check_message2"}, {"check3", "check_message3"}} {
		condition := w.parse(q, RoleCheck, row, pair[0], "survey")
		if condition == nil {
			continue
		}
		message, marked := unmark(w.text(row, pair[1]))
		if message.Empty() && pair[0] != "constraint" {
			w.warn(survey(row, pair[1]), "the check of %s says nothing when it fails; write a message", q.Name)
		}
		q.Checks = append(q.Checks, Check{Condition: condition, Message: message,
			Soft: soft || marked || pair[0] != "constraint"})
	}
	if soft && row.Get("constraint") == "" {
		w.warn(survey(row, "soft"), "%s is soft, but has no constraint; write one or take the word out", q.Name)
	}
}

// unmark takes the warning mark off a message.
func unmark(message Text) (Text, bool) {
	marked := false
	for language, text := range message {
		if strings.HasPrefix(text, warningMark) {
			marked = true
			message[language] = withoutMark(text)
		}
	}
	return message, marked
}

// withoutMark takes the warning mark off the beginning of a text.
func withoutMark(text string) string {
	if rest, found := strings.CutPrefix(text, warningMark); found {
		return strings.TrimSpace(strings.TrimPrefix(rest, "\ufe0f"))
	}
	return text
}

// core reads the length a question belongs to, its own or its group's.
func (w *walker) core(row Row, group *Group) Core {
	cell := row.Get("core")
	switch strings.ToUpper(cell) {
	case "":
		return group.Core
	case "R":
		return Required
	case "C":
		return CoreOnly
	case "O":
		return Optional
	}
	w.err(survey(row, "core"), "%q is no length; write R (required), C (core) or O (optional)", cell)
	return Always
}

func (w *walker) listOrder(row Row) int {
	cell := row.Get("list")
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 {
		w.err(survey(row, "list"), "%q is no place among the columns of a list; write 1, 2, 3 …", cell)
	}
	return n
}

// decimals reads how many digits after the point answers may have: two for decimals, none for whole numbers, those of
// the step for a range.
func (w *walker) decimals(q *Question, row Row) int {
	cell := row.Get("decimals")
	if cell != "" {
		n, err := strconv.Atoi(cell)
		if err != nil || n < 0 || n > 9 {
			w.err(survey(row, "decimals"), "%q is no number of decimals; write 0 to 9", cell)
			return 0
		}
		if q.Type == TypeInteger && n != 0 {
			w.err(survey(row, "decimals"), "%s is an integer and can have no decimals; make it a decimal", q.Name)
		}
		q.number = true
		return n
	}
	switch q.Type {
	case TypeDecimal:
		return 2
	case TypeRange:
		_, fraction, _ := strings.Cut(q.Parameters["step"], ".")
		return len(fraction)
	}
	return 0
}

// checkQuestion refuses what cannot be asked.
func (w *walker) checkQuestion(q *Question, row Row) {
	w.checkParameters(q, row)
	if q.Type == TypeCalculate && q.Calculation == nil && q.DefaultExpression == nil && row.Get("calculation") == "" {
		w.err(survey(row, "calculation"), "%s is a calculate without a calculation; write one", q.Name)
	}
	visible := q.Type.Asked() && q.Calculation == nil && row.Get("calculation") == "" && q.DefaultExpression == nil && row.Get("trigger") == ""
	if visible && q.Label.Empty() && q.Hint.Empty() && q.Media == nil {
		w.err(survey(row, "label"), "%s is shown but has no label and no hint; add a label", q.Name)
	}
	if q.Media["big-image"] != nil && q.Media["image"] == nil {
		w.err(survey(row, "big-image"), "%s has a big image but no image; name the small one too", q.Name)
	}
	if q.Type != TypeCalculate && q.Type != TypeDecimal && q.Unit == "currency" && q.Type != TypeInteger {
		w.err(survey(row, "unit"), "%s is an amount of money and must be a decimal or an integer", q.Name)
	}
	if other, taken := w.form.ByConcept(q.Concept); taken {
		w.err(survey(row, "concept"), "the concept %s is fed by %s (row %d) already; keep one of them", q.Concept, other.Path, other.Row)
	}
}
