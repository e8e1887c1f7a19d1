package interviews

import (
	"slices"
	"strings"
	"time"

	"coopatlas/app/kit"
	"coopatlas/app/question"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// writer puts the answers of a session into the words and numbers of the person's language.
type writer struct {
	session *workspace.Session
	words   *words.Words
	second  string // the language that stands under the first; "" for none
}

// state is what an editor shows of a question.
func (w writer) state(step interview.Step) question.State {
	iv, q := w.session.Interview(), step.Question
	answer := iv.Answer(step.Path)
	s := question.State{Answer: answer, Unit: w.unit(q)}
	if answer.Status != record.Answered {
		s.Absent = w.status(answer.Status)
	}
	switch {
	case q.Type.TakesChoices() && short(w.session.Form(), q):
		s.Choices = w.choices(step.Path, q)
	case q.Type.TakesChoices():
		for _, name := range answer.Value.Items() {
			s.Choices = append(s.Choices, interview.Choice{Name: name, Label: iv.ChoiceLabel(step.Path, name)})
		}
	}
	s.Text = w.typed(step.Path, q, answer)
	s.Shown = w.shown(step.Path, q, answer)
	return s
}

// short tells whether all choices of a question are shown at once.
func short(f *form.Form, q *form.Question) bool {
	if q.Kind != "" || q.File != "" {
		return false
	}
	if list := f.Lists[q.List]; list != nil {
		return len(list.Choices) <= question.ShortList
	}
	return false
}

// choices are those of a short list, with their labels in the second language behind the first.
func (w writer) choices(path record.Path, q *form.Question) []interview.Choice {
	offered := slices.Clone(w.session.Interview().Choices(path)) // the interview's own stay as they are
	if list := w.session.Form().Lists[q.List]; w.second != "" && list != nil {
		for i := range offered {
			if c, ok := list.Choice(offered[i].Name); ok && c.Label[w.second] != "" && c.Label[w.second] != offered[i].Label {
				offered[i].Label += " · " + c.Label[w.second]
			}
		}
	}
	return offered
}

// typed is an answer as a person would type it.
func (w writer) typed(path record.Path, q *form.Question, answer record.Answer) string {
	text := answer.Value.String()
	switch {
	case answer.Value.IsZero():
		return ""
	case q.Storage() == form.StoreNumber:
		return strings.Replace(text, ".", decimalMark(w.words), 1)
	case q.Type.TakesChoices():
		return w.session.Interview().Format(path, answer.Value)
	}
	return text
}

// shown is an answer as it is read: thousands apart, a date in words, a file by its name.
func (w writer) shown(path record.Path, q *form.Question, answer record.Answer) string {
	text := answer.Value.String()
	switch {
	case answer.Value.IsZero():
		return ""
	case q.Storage() == form.StoreNumber && !question.Year(q):
		return w.words.Exact(text)
	case q.Storage() == form.StoreDate:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return w.words.Date(day)
		}
	case q.Storage() == form.StoreFile:
		if items := answer.Value.Items(); len(items) > 0 {
			return items[0]
		}
	}
	return w.typed(path, q, answer)
}

// decimalMark is the point or comma of a language.
func decimalMark(w *words.Words) string { return strings.Trim(w.Number(0.5, 1), "05") }

// unit is what a number counts; of money, the currency that the interview has by now.
func (w writer) unit(q *form.Question) string {
	if q.Money() {
		if currency, ok := w.session.Form().ByConcept("currency"); ok {
			return w.session.Interview().Answer(record.Path(currency.Path)).Value.String()
		}
	}
	if q.Unit != "" && w.words.Has("unit."+q.Unit) {
		return w.words.Say("unit." + q.Unit)
	}
	return q.Unit
}

func (w writer) status(s record.Status) string { return w.words.Say("question.status." + s.String()) }

// qualities are the grades that one key goes through, in its order.
var qualities = [...]record.Quality{0, record.Audited, record.Documented, record.Estimated}

func (w writer) quality(q record.Quality) string {
	switch q {
	case record.Audited:
		return w.words.Say("question.quality.audited")
	case record.Documented:
		return w.words.Say("question.quality.documented")
	case record.Estimated:
		return w.words.Say("question.quality.estimated")
	case record.Imputed:
		return w.words.Say("question.quality.imputed")
	}
	return ""
}

// label is what a question asks, in a second language too where one is wanted.
func (w writer) label(step interview.Step) (first, second string) {
	iv, f := w.session.Interview(), w.session.Form()
	first = iv.Label(step.Path)
	if w.second == "" || step.Question == nil {
		return first, ""
	}
	second = step.Question.Label[w.second]
	if f.Template(second) != nil { // filled in with the interview's own values only in its own language
		second = ""
	}
	if second == first {
		second = ""
	}
	return first, second
}

// face is what stands round an editor. Missing answers are spoken of once the person has tried to submit.
func (w writer) face(step interview.Step, problems []interview.Problem, refused string, checked bool, earlier earlier) question.Face {
	iv, q := w.session.Interview(), step.Question
	face := question.Face{Code: q.Code, Hint: iv.Hint(step.Path), Needed: step.Required, Level: kit.Bad}
	face.Label, face.Second = w.label(step)
	answer := iv.Answer(step.Path)
	var aside []string
	if answer.Status != record.Answered {
		aside = append(aside, w.status(answer.Status))
	}
	if grade := w.quality(answer.Quality); grade != "" {
		aside = append(aside, grade)
	}
	if before := earlier.beside(w, step, answer); before != "" {
		aside = append(aside, before)
	}
	face.Aside = strings.Join(aside, " · ")
	face.Message, face.Level = w.message(step.Path, problems, refused, checked)
	return face
}

// message is the worst of what is to be said about an answer.
func (w writer) message(path record.Path, problems []interview.Problem, refused string, checked bool) (string, kit.State) {
	if refused != "" {
		return refused, kit.Bad
	}
	soft := ""
	for _, p := range problems {
		switch {
		case p.Kind == interview.ProblemRequired && !checked:
		case p.Hard:
			return p.Message, kit.Bad
		case soft == "":
			soft = p.Message
		}
	}
	if answers := w.session.Conflict(path); soft == "" && len(answers) > 0 {
		var said []string
		q, _ := w.session.Interview().Question(path)
		for _, answer := range answers {
			said = append(said, w.spoken(path, q, answer))
		}
		soft = w.words.Say("question.conflict", "Answers", strings.Join(said, " | "))
	}
	return soft, kit.Warn
}

// spoken is an answer in words, also where there is a reason for having none.
func (w writer) spoken(path record.Path, q *form.Question, answer record.Answer) string {
	if answer.Status != record.Answered {
		return w.status(answer.Status)
	}
	return w.shown(path, q, answer)
}
