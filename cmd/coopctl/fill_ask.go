package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// ask puts one step and carries out what the person types, until the cursor is to move.
func (f *filler) ask(step interview.Step) error {
	f.heading(step)
	f.hits = nil
	if step.Kind == interview.StepRepeat {
		return f.askRow(step)
	}
	f.question(step)
	if !step.Question.Stored() || step.ReadOnly {
		return f.pass(step.Path)
	}
	for {
		text, err := f.read(step)
		if err != nil {
			return err
		}
		moved, err := f.take(step, text)
		if err != nil || moved {
			return err
		}
	}
}

// take carries out one line; moved tells that another step is to be asked.
func (f *filler) take(step interview.Step, text string) (moved bool, err error) {
	if text == "" {
		return true, f.pass(step.Path)
	}
	if key, ok := keyOf(text); ok {
		return f.press(step, key)
	}
	if grade, ok := qualityOf(text); ok {
		return f.grade(step, grade)
	}
	return f.answer(step, literal(text))
}

// pass goes on to the step after a path and leaves the answer as it is.
func (f *filler) pass(path record.Path) error {
	next, _ := f.session.Interview().Next(path)
	return f.session.MoveTo(f.ctx, next.Path)
}

// read shows the prompt and waits for a line. A line that ends with a backslash goes on in the next where a text may
// have several.
func (f *filler) read(step interview.Step) (string, error) {
	f.page.prompt(f.present(step))
	text, err := f.line()
	if step.Question == nil || !multiline(step.Question) {
		return strings.TrimSpace(text), err
	}
	for err == nil && strings.HasSuffix(text, `\`) {
		f.page.prompt("")
		var more string
		more, err = f.line()
		text = strings.TrimRight(strings.TrimSuffix(text, `\`), " ") + "\n" + more
	}
	return strings.TrimSpace(text), err
}

func (f *filler) line() (string, error) {
	text, err := f.lines.next()
	if err != nil {
		f.page.literal("")
		return "", err
	}
	if f.lines.echo {
		f.page.literal(text)
	}
	return text, nil
}

func multiline(q *form.Question) bool { return q.Storage() == form.StoreText && q.Has("multiline") }

// literal takes the backslash off a text that would be a key without it.
func literal(text string) string {
	if rest, escaped := strings.CutPrefix(text, `\`); escaped && rest != "" && strings.ContainsRune(`:<?/\`, rune(rest[0])) {
		return rest
	}
	return text
}

// answer reads a typed answer and keeps it.
func (f *filler) answer(step interview.Step, text string) (moved bool, err error) {
	q := step.Question
	switch {
	case q.Type.TakesChoices():
		return f.choose(step, text)
	case q.Storage() == form.StoreFile:
		return f.attach(step, text)
	}
	answer := record.Answer{}
	if q.Storage() == form.StoreNumber {
		text, answer.Quality = cutQuality(text)
	}
	if answer.Value, err = f.session.Interview().Parse(step.Path, text); err != nil {
		f.page.bad(sentence(err))
		return false, nil
	}
	return f.keep(step, answer)
}

// keep sets an answer, says how it was understood, and what is wrong with it.
func (f *filler) keep(step interview.Step, answer record.Answer) (moved bool, err error) {
	if _, err := f.session.Set(f.ctx, step.Path, answer); err != nil {
		return false, err
	}
	return f.kept(step)
}

func (f *filler) kept(step interview.Step) (moved bool, err error) {
	f.confirm(step.Path)
	hard := false
	for _, p := range f.session.Interview().ProblemsIn(step.Path) {
		switch {
		case p.Kind == interview.ProblemRequired:
		case p.Hard:
			hard = true
			f.page.bad(p.Message)
		default:
			f.page.warn(f.words.Say("fill.note") + f.words.Colon() + " " + p.Message)
		}
	}
	if !hard {
		return true, nil
	}
	f.page.line(f.words.Say("fill.wrong"))
	return false, f.session.MoveTo(f.ctx, step.Path)
}

// confirm shows an answer as it was understood, and how far the interview is.
func (f *filler) confirm(path record.Path) {
	done, total := f.session.Progress()
	answer := f.shown(path, f.session.Interview().Answer(path))
	if answer == "" {
		answer = f.words.Say("fill.cleared")
	}
	f.page.confirmed(answer, f.words.Say("fill.progress", "Done", done, "Total", total))
}

// attach keeps a file as the answer.
func (f *filler) attach(step interview.Step, path string) (moved bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		var cause *os.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		f.page.bad(f.words.Say("fill.file_unreadable", "Reason", err.Error()))
		return false, nil
	}
	defer file.Close()
	if _, err := f.session.SetFile(f.ctx, step.Path, filepath.Base(path), file); err != nil {
		return false, err
	}
	return f.kept(step)
}

// grade gives the present answer a quality.
func (f *filler) grade(step interview.Step, quality record.Quality) (moved bool, err error) {
	answer := f.session.Interview().Answer(step.Path)
	if answer.Value.IsZero() {
		f.page.bad(f.words.Say("fill.quality_none"))
		return false, nil
	}
	answer.Quality = quality
	return f.keep(step, answer)
}

// askRow asks whether there is one more row of a repeat.
func (f *filler) askRow(step interview.Step) error {
	rows := len(f.session.Interview().Rows(step.Path))
	if rows == 0 {
		f.page.line(f.words.Say("fill.asked_first"))
	} else {
		f.page.line(f.words.Say("fill.asked_more", rows))
	}
	for {
		text, err := f.read(step)
		if err != nil {
			return err
		}
		if key, ok := keyOf(text); ok {
			if moved, err := f.press(step, key); err != nil || moved {
				return err
			}
			continue
		}
		switch yes, known := yesOrNo(text); {
		case known && yes:
			_, err := f.session.AddRow(f.ctx, step.Path)
			return err
		case known, text == "":
			return f.pass(step.Path)
		}
		f.page.bad(f.words.Say("fill.yes_or_no"))
	}
}

func yesOrNo(text string) (yes, known bool) {
	switch strings.ToLower(text) {
	case "y", "yes", "o", "oui", "s", "si", "sí", "sì", "sim":
		return true, true
	case "n", "no", "non", "não", "nao":
		return false, true
	}
	return false, false
}

// sentence begins a message with a capital letter.
func sentence(err error) string {
	text := []rune(err.Error())
	return strings.ToUpper(string(text[:1])) + string(text[1:])
}

// present is the answer there is, for the prompt.
func (f *filler) present(step interview.Step) string {
	if step.Kind == interview.StepRepeat {
		return ""
	}
	return f.shown(step.Path, f.session.Interview().Answer(step.Path))
}

// shown writes an answer for the person: its labels, its number as the language writes it, or why there is none.
func (f *filler) shown(path record.Path, answer record.Answer) string {
	iv := f.session.Interview()
	q, _ := iv.Question(path)
	text := iv.Format(path, answer.Value)
	number, isNumber := answer.Value.Number()
	switch {
	case answer.Status != record.Answered:
		text = f.status(answer.Status)
	case answer.Value.IsZero():
		return ""
	case isNumber && q.Unit != "":
		text = f.words.Exact(number.String())
	case q.Storage() == form.StoreFile:
		text, _, _ = strings.Cut(text, ",")
	case q.Type == form.TypeAcknowledge:
		text = "✓"
	}
	if quality := f.quality(answer.Quality); quality != "" {
		text += " (" + quality + ")"
	}
	return strings.Join(strings.Split(text, "\n"), " / ")
}

func (f *filler) status(s record.Status) string { return f.words.Say("fill.status." + s.String()) }

func (f *filler) quality(q record.Quality) string {
	switch q {
	case record.Audited:
		return f.words.Say("fill.quality.audited")
	case record.Documented:
		return f.words.Say("fill.quality.documented")
	case record.Estimated:
		return f.words.Say("fill.quality.estimated")
	case record.Imputed:
		return f.words.Say("fill.quality.imputed")
	}
	return ""
}

// heading shows the section that a step lies in, when it is another than before.
func (f *filler) heading(step interview.Step) {
	group := step.Path
	if step.Kind == interview.StepQuestion {
		group = parent(step.Path)
	}
	title := titleOf(f.session, f.words, group)
	if title != f.section && title != "" {
		f.page.heading(title)
		f.opened = true
	}
	f.section = title
}

// parent is the path without its last name.
func parent(path record.Path) record.Path {
	if at := strings.LastIndexByte(string(path), '/'); at >= 0 {
		return path[:at]
	}
	return ""
}

// titleOf names a section by the labels of its groups and the numbers of its rows.
func titleOf(s *workspace.Session, w *words.Words, path record.Path) string {
	var titles []string
	for ; path != ""; path = parent(path) {
		label := s.Interview().Label(path)
		if repeat, row, ok := path.SplitRow(); ok {
			for i, id := range s.Interview().Rows(repeat) {
				if id == row {
					label = w.Say("fill.row", "Label", label, "Number", i+1)
				}
			}
		} else if g, is := s.Form().Group(path.Question()); is && label == "" {
			label = g.Label.In(w.Language(), s.Form().DefaultLanguage)
		}
		if label != "" {
			titles = append([]string{label}, titles...)
		}
	}
	return strings.Join(titles, " › ")
}
