package interviews

import (
	"context"
	"strconv"

	"coopatlas/app/question"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// earlier is what the same cooperative answered in the newest year before. It is shown once a question is answered, so
// that it does not lead the answer.
type earlier struct {
	of      string // the cooperative
	before  int    // the year of the interview
	year    int    // of the answers; 0 where there are none
	answers map[record.Path]record.Answer
}

// subject is the cooperative and the year of an interview; year is 0 where the kind has no years.
func subject(s *workspace.Session) (of string, year int) {
	iv := s.Interview()
	if q, ok := s.Form().ByConcept("subject"); ok {
		of = iv.Answer(record.Path(q.Path)).Value.String()
	}
	if q, ok := s.Form().ByConcept("year"); ok {
		year, _ = strconv.Atoi(iv.Answer(record.Path(q.Path)).Value.String())
	}
	return of, year
}

// readEarlier looks for the newest answers of a subject before a year.
func readEarlier(ctx context.Context, w *workspace.Workspace, f *form.Form, of string, before int) (earlier, error) {
	out := earlier{of: of, before: before}
	subject, named := f.ByConcept("subject")
	year, dated := f.ByConcept("year")
	if !named || !dated || of == "" || before == 0 {
		return out, nil
	}
	rows, err := w.Store.List(ctx, f.ID, store.Query{Limit: 1, Columns: []string{year.Path},
		Where: []store.Condition{{Column: subject.Path, Values: []string{of}},
			{Column: year.Path, Compare: store.Less, Values: []string{strconv.Itoa(before)}}},
		Sort: []store.Order{{Column: year.Path, Descending: true}}})
	if err != nil || len(rows) == 0 {
		return out, err
	}
	state, err := w.Store.State(ctx, rows[0].Record)
	if err != nil {
		return out, err
	}
	out.answers = map[record.Path]record.Answer{}
	for path, field := range state.Fields {
		out.answers[path] = field.Answer
	}
	out.year, _ = strconv.Atoi(rows[0].Values[record.Path(year.Path)].Value.String())
	return out, nil
}

// beside is the earlier answer to a question, in words, once there is an answer now.
func (e earlier) beside(w writer, step interview.Step, now record.Answer) string {
	before, known := e.answers[step.Path]
	if e.year == 0 || !known || before.Value.IsZero() || now.Blank() || ours(step.Question) {
		return ""
	}
	text := w.shown(step.Path, step.Question, before)
	if change := difference(w.words, step.Question, before.Value, now.Value); change != "" {
		return w.words.Say("interviews.fill.earlier_change", "Year", words.Year(e.year), "Answer", text, "Change", change)
	}
	return w.words.Say("interviews.fill.earlier", "Year", words.Year(e.year), "Answer", text)
}

// ours tells whether a question is about the interview itself, so that last year's answer says nothing.
func ours(q *form.Question) bool {
	switch q.Concept {
	case "wave", "subject", "year", "fiscal_start", "fiscal_end":
		return true
	}
	return q.Parent != nil && (q.Parent.Path == "administration" || q.Parent.Path == "agreement")
}

// difference is by how much a number has changed.
func difference(w *words.Words, q *form.Question, before, now record.Value) string {
	a, known := before.Number()
	b, answered := now.Number()
	if !known || !answered || question.Year(q) || q.Money() {
		return ""
	}
	return w.Signed(b.Float()-a.Float(), q.Decimals)
}
