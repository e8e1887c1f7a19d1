package interview

import (
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Trial is what becomes of answers under another version of their questionnaire, before anything is changed.
type Trial struct {
	Content   Content       // what the other version keeps, under its own paths
	Moved     []Move        // answers whose path changed
	Converted []Conversion  // answers whose value had to be written in another type
	Lost      []Loss        // answers and rows that the other version has no place for
	Dropped   []record.Path // answers that a save would leave out, since they are not asked under it
	Problems  []Problem     // what is wrong with the answers under it
}

// Fits tells whether nothing is lost or dropped and nothing hard is wrong.
func (t Trial) Fits() bool {
	return len(t.Lost)+len(t.Dropped) == 0 && !slices.ContainsFunc(t.Problems, func(p Problem) bool { return p.Hard })
}

// Move is an answer that has another path now.
type Move struct{ From, To record.Path }

// Conversion is an answer that has another type now.
type Conversion struct {
	Path          record.Path // under the other version
	Before, After record.Value
}

// LossReason says why an answer has no place under another version.
type LossReason string

// The reasons of losses: the question is gone, it lies in other repeats, or it takes no such answer.
const (
	LostQuestion LossReason = "the question is gone"
	LostRows     LossReason = "it lies in other repeats now"
	LostType     LossReason = "its type takes no such answer"
)

// Loss is an answer, or a row, that has no place under another version.
type Loss struct {
	Path   record.Path // under the version it was given in
	Answer record.Answer
	Reason LossReason
}

// Carry tries answers that were given under one version of a questionnaire against another: it moves them by the renames
// (old paths of questions and groups to new ones, old choices to new ones), converts what was retyped where nothing is
// lost by it, and opens the other version on them. Calculations are left out, since they are worked out anew. The content
// is not changed.
func Carry(f *form.Form, env Env, content Content, renames form.Renames) Trial {
	t := carrier{form: f, renames: renames, Trial: Trial{Content: Content{Answers: map[record.Path]record.Answer{}, Rows: map[record.Path][]record.ID{}}}}
	for _, path := range slices.Sorted(maps.Keys(content.Rows)) {
		t.rows(path, content.Rows[path])
	}
	for _, path := range slices.Sorted(maps.Keys(content.Answers)) {
		t.answer(path, content.Answers[path])
	}
	iv := Open(f, env, t.Content)
	t.Problems, t.Dropped = iv.Problems(), iv.Dropped()
	return t.Trial
}

// carrier is a Trial being made.
type carrier struct {
	Trial
	form    *form.Form
	renames form.Renames
}

func (t *carrier) rows(path record.Path, rows []record.ID) {
	g, is := t.form.Group(form.Renamed(path.Question(), t.renames))
	lose := func(reason LossReason) {
		for _, row := range rows {
			t.Lost = append(t.Lost, Loss{Path: path.Row(row), Reason: reason})
		}
	}
	if !is || !g.Repeat {
		lose(LostQuestion)
		return
	}
	above := g.Repeats()
	to, ok := moved(path, g.Path, above[:len(above)-1])
	if !ok {
		lose(LostRows)
		return
	}
	t.Content.Rows[to] = slices.Clone(rows)
}

func (t *carrier) answer(path record.Path, answer record.Answer) {
	lose := func(reason LossReason) { t.Lost = append(t.Lost, Loss{path, answer, reason}) }
	q, is := t.form.Question(form.Renamed(path.Question(), t.renames))
	if !is || !q.Stored() {
		lose(LostQuestion)
		return
	}
	if q.Calculation != nil && len(q.Triggers) == 0 {
		return
	}
	to, ok := moved(path, q.Path, q.Repeats())
	if !ok {
		lose(LostRows)
		return
	}
	value := answer.Value
	if q.Type.TakesChoices() {
		value = recode(value, func(choice string) string { return t.renames.Choice(path.Question(), choice) })
	}
	value, ok = convert(t.form, q, value)
	if !ok {
		lose(LostType)
		return
	}
	if !value.Equal(answer.Value) {
		t.Converted = append(t.Converted, Conversion{to, answer.Value, value})
		answer.Value = value
	}
	if to != path {
		t.Moved = append(t.Moved, Move{path, to})
	}
	t.Content.Answers[to] = answer
}

// moved writes a path of the form with the rows of an answer's path: one row for each repeat, the outermost first.
func moved(path record.Path, to string, repeats []*form.Group) (record.Path, bool) {
	rows := rowsOf(path)
	if len(rows) != len(repeats) {
		return "", false
	}
	var out record.Path
	done := 0
	for i, g := range repeats {
		out += record.Path(g.Path[done:] + rows[i])
		done = len(g.Path)
	}
	return out + record.Path(to[done:]), true
}

// rowsOf returns the "[…]" of a path, from the outermost.
func rowsOf(path record.Path) []string {
	var out []string
	for text := string(path); ; {
		_, rest, found := strings.Cut(text, "[")
		if !found {
			return out
		}
		row, after, _ := strings.Cut(rest, "]")
		out = append(out, "["+row+"]")
		text = after
	}
}

// convert writes a value as a question stores it; ok is false where that would change what was answered.
func convert(f *form.Form, q *form.Question, v record.Value) (out record.Value, ok bool) {
	if v.IsZero() {
		return v, true
	}
	text := v.String()
	switch q.Storage() {
	case form.StoreNumber:
		if v.Kind() == record.NumberValue {
			return v, wellFormed(q, v)
		}
		number, err := record.ParseDecimal(strings.TrimSpace(text))
		out = record.Number(number)
		return out, err == nil && v.Kind() == record.TextValue && wellFormed(q, out)
	case form.StoreChoice:
		if v.Kind() == record.TextValue {
			return v, true // a choice that is gone is a problem of the answer, which a person solves
		}
		return record.Text(text), len(v.Items()) == 1 && offeredBy(f, q, text)
	case form.StoreList:
		if v.Kind() == record.ListValue {
			return v, true
		}
		return record.List([]string{text}), offeredBy(f, q, text)
	case form.StoreDate:
		day, _, _ := strings.Cut(text, "T")
		out = record.Text(day)
		return out, wellFormed(q, out)
	case form.StoreText:
		return record.Text(text), true
	}
	return v, v.Kind() == record.TextValue && wellFormed(q, v)
}

// offeredBy tells whether a question has a choice, as far as the form itself knows.
func offeredBy(f *form.Form, q *form.Question, name string) bool {
	list := f.Lists[q.List]
	if list == nil {
		return true
	}
	_, found := list.Choice(name)
	return found
}
