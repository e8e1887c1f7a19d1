package interviews

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/question"
	"coopatlas/app/task"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// nextStop is where answering leads.
const nextStop = question.Next

// ending is the last part of an interview: what is missing or odd, each with a key that leads to it, and the button that
// submits.
type ending struct {
	filling *filling
	review  workspace.Review
	lines   *problemLines
	comment *kit.Entry
	object  fyne.CanvasObject
}

// showEnd shows the end: the person has asked to submit, so that missing answers are spoken of from now on.
func (f *filling) showEnd() {
	f.checked = true
	f.present = len(f.sections)
	f.at = ""
	f.end = newEnding(f)
	f.frame.head(f.frame.endTitle(), "")
	f.frame.main.Objects = []fyne.CanvasObject{f.end.object}
	f.frame.main.Refresh()
	f.refreshFaces()
	f.services.Changed()
	f.note("")
	f.end.focus()
}

// review goes to the end, after handing over what is typed.
func (f *filling) review() {
	if f.commit() == nil {
		f.showEnd()
	}
}

// submit goes to the end first; from there it submits.
func (f *filling) submit() {
	if f.present < len(f.sections) {
		f.review()
		return
	}
	f.finish()
}

// finish submits the record, or saves one of a register.
func (f *filling) finish() {
	if f.previews() {
		f.endPreview()
		return
	}
	if f.end == nil || !f.end.ready() {
		return
	}
	var revision record.Revision
	var err error
	if f.session.Submits() {
		revision, err = f.session.Submit(f.ctx, strings.TrimSpace(f.end.comment.Text))
	} else {
		revision, err = f.session.Save(f.ctx)
	}
	switch {
	case errors.Is(err, store.ErrNothing):
		f.services.Toast(f.services.Words().Say("interviews.fill.nothing_changed"), nil)
		f.services.Back()
		return
	case err != nil:
		f.services.Fail(err)
		return
	}
	f.closed = true
	f.services.Saved("record " + revision.Record.String())
	f.done(revision.Record)
}

// done says so and goes on: to the question that the record is the answer to, or to the record.
func (f *filling) done(id record.ID) {
	words := f.services.Words()
	if f.session.Submits() {
		f.services.Toast(words.Say("interviews.fill.submitted", "Name", f.Title()), nil)
	} else {
		f.services.Toast(words.Say("interviews.fill.saved", "Name", f.Title()), nil)
	}
	if owner := f.route.Get("for"); owner != "" {
		if err := f.answerOwner(owner, id); err != nil {
			f.services.Fail(err)
		}
		f.services.Back()
		return
	}
	if wave := f.route.Get("wave"); wave != "" { // a cooperative that was entered to be interviewed
		w, language := f.services.Workspace(), f.services.Words().Language()
		task.Quiet(f.services.Runner(), func(ctx context.Context) (record.ID, error) { return beginInterview(ctx, w, id, wave, language) },
			f.begun)
		return
	}
	f.services.Navigate(page.MakeRoute("interviews/"+id.String(), "kind", f.other()))
}

func (f *filling) begun(interview record.ID, err error) {
	if err != nil {
		f.services.Fail(err)
		return
	}
	f.services.Navigate("interviews/" + interview.String() + "/fill")
}

// answerOwner makes the new record the answer to the question that it was made for.
func (f *filling) answerOwner(owner string, id record.ID) error {
	of, err := record.ParseID(owner)
	if err != nil {
		return err
	}
	s, err := f.services.Workspace().Begin(f.ctx, workspace.SessionOf{Kind: f.route.Get("in"), Record: of, Language: f.services.Words().Language()})
	if err != nil {
		return err
	}
	defer s.Leave()
	_, err = s.Set(f.ctx, record.Path(f.route.Get("path")), record.Answer{Value: record.Text(id.String())})
	return err
}

// newEnding looks the interview through.
func newEnding(f *filling) *ending {
	e := &ending{filling: f, review: f.session.Review(), comment: kit.NewEntry("")}
	say := f.services.Words().Say
	var objects []fyne.CanvasObject
	e.lines = newProblemLines(f.goToPath, f.finish)
	e.add(&objects, say("interviews.review.missing"), e.review.Missing, kit.Bad, false)
	e.add(&objects, say("interviews.review.wrong"), append(e.refused(), e.review.Wrong...), kit.Bad, true)
	e.add(&objects, say("interviews.review.odd"), e.review.Odd, kit.Warn, true)
	if len(e.review.Dropped) > 0 {
		var names []string
		for _, path := range e.review.Dropped {
			names = append(names, f.session.Name(path))
		}
		objects = append(objects, kit.Hint(say("interviews.review.dropped", "Answers", strings.Join(names, "; "))))
	}
	if len(objects) == 0 {
		objects = append(objects, kit.NewBadge(kit.Good, say("interviews.review.clean")))
	}
	if len(e.lines.paths) > 0 {
		objects = append(objects, kit.Hint(say("interviews.review.keys")))
	}
	list := container.NewVScroll(kit.Pad(kit.Gap8, kit.Column(kit.Gap8, objects...)))
	below := kit.Column(kit.Gap4, append([]fyne.CanvasObject{e.lines}, e.action()...)...)
	e.object = container.NewBorder(nil, kit.Pad(kit.Gap4, kit.Limit(820, below)), nil, nil, list)
	return e
}

// ready tells whether the record can be kept: registers may be saved with answers missing.
func (e *ending) ready() bool {
	if !e.filling.session.Submits() {
		return len(e.review.Wrong) == 0 && len(e.filling.refused) == 0
	}
	return e.review.Ready() && len(e.filling.refused) == 0
}

// refused are what was typed and cannot be read, as problems.
func (e *ending) refused() []interview.Problem {
	var out []interview.Problem
	for path, message := range e.filling.refused {
		out = append(out, interview.Problem{Path: path, Hard: true, Message: message})
	}
	return out
}

// add shows problems under a heading, each with its key.
func (e *ending) add(objects *[]fyne.CanvasObject, title string, problems []interview.Problem, level kit.State, why bool) {
	if len(problems) == 0 {
		return
	}
	*objects = append(*objects, kit.Heading(title))
	for _, p := range problems {
		text := e.filling.session.Name(p.Path)
		if why {
			text += e.filling.services.Words().Colon() + " " + p.Message
		}
		*objects = append(*objects, e.lines.line(p.Path, text, level))
	}
}

// action is the comment, where something is odd, and the button.
func (e *ending) action() []fyne.CanvasObject {
	f, say := e.filling, e.filling.services.Words().Say
	var out []fyne.CanvasObject
	e.comment.OnEnter = f.finish
	if f.previews() {
		out = append(out, kit.Hint(say("interviews.preview.nothing")))
	} else if f.session.Submits() && e.ready() && len(e.review.Odd) > 0 {
		out = append(out, kit.Body(say("interviews.review.comment")), e.comment)
	}
	button := kit.Primary(f.frame.endTitle(), f.finish)
	if !e.ready() && !f.previews() {
		button.Disable()
		out = append(out, kit.Hint(say("interviews.review.not_ready")))
	}
	return append(out, kit.Row(kit.Gap8, button, kit.Caption("Ctrl+Enter")))
}

// focus gives the keyboard to the list, where Enter submits.
func (e *ending) focus() { e.filling.services.Canvas().Focus(e.lines) }

// problemLines is where the keyboard is at the end: a digit or letter goes to the line with that key, Enter submits, Up
// goes back.
type problemLines struct {
	widget.BaseWidget
	paths  []record.Path
	goTo   func(record.Path)
	submit func()
	ring   *kit.Shape
}

func newProblemLines(goTo func(record.Path), submit func()) *problemLines {
	l := &problemLines{goTo: goTo, submit: submit, ring: kit.NewShape("", "", 1)}
	l.ring.SetLeast(fyne.NewSize(40, 2))
	l.ExtendBaseWidget(l)
	return l
}

// keyOf is the key of a line: digits, then letters; none for the rest.
func keyOf(i int) string {
	switch {
	case i < 9:
		return string(rune('1' + i))
	case i < 35:
		return string(rune('a' + i - 9))
	}
	return ""
}

// line adds a line and returns how it is shown.
func (l *problemLines) line(path record.Path, text string, level kit.State) fyne.CanvasObject {
	key := keyOf(len(l.paths))
	l.paths = append(l.paths, path)
	return newProblemLine(key, text, level, func() { l.goTo(path) })
}

// FocusName is its name in traces.
func (l *problemLines) FocusName() string { return "review" }

// TypedRune goes to the line of a key.
func (l *problemLines) TypedRune(r rune) {
	for i, path := range l.paths {
		if keyOf(i) == string(unicode.ToLower(r)) {
			l.goTo(path)
			return
		}
	}
}

// TypedKey submits at Enter.
func (l *problemLines) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		l.submit()
	}
}

// FocusGained shows where the keyboard is.
func (l *problemLines) FocusGained() { l.ring.SetFill(kit.ColorTeal) }

// FocusLost hides it.
func (l *problemLines) FocusLost() { l.ring.SetFill("") }

// CreateRenderer is Fyne's.
func (l *problemLines) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.ring) }
