package interviews

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// mapping is the kind that interviews are of, where a route names none.
const mapping = "mapping"

// Fill makes the page that fills a questionnaire. Its route is "interviews/{id}/fill", with the query kind for records
// of another kind than mapping. The id "new" begins a record: name fills in its first question, and for and path say
// which question of which record it is then the answer to. The id "preview" tries a questionnaire and keeps nothing: a
// version of a kind, or the file of one that is not in the workspace.
func Fill(s page.Services, at page.Route) page.Page {
	f := &filling{services: s, route: at, kind: at.Get("kind"), refused: map[record.Path]string{}}
	if f.kind == "" {
		f.kind = mapping
	}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	f.second = s.Preference("interviews.second")
	f.content = container.NewStack()
	return f
}

// filling is a questionnaire being filled.
type filling struct {
	services page.Services
	route    page.Route
	kind     string
	ctx      context.Context // of the session: its lookups outlive the job that began it
	cancel   context.CancelFunc
	content  *fyne.Container

	session  *workspace.Session
	writer   writer
	second   string
	earlier  earlier
	queries  []workspace.Query // what headquarters asks about this interview
	asking   task.Latest       // for those
	looking  task.Latest       // for earlier answers
	finding  task.Latest       // for records while somebody types
	sections []section
	present  int // of sections; len(sections) is the end
	pane     *pane
	end      *ending
	frame    *fillFrame
	at       record.Path // the question that has the keyboard
	refused  map[record.Path]string
	checked  bool // the person has tried to submit: missing answers are spoken of
	touched  bool // something was answered in this session
	closed   bool
}

// Route is where the page is.
func (f *filling) Route() string {
	if f.session == nil || f.route.Get("id") != "new" {
		return f.route.String()
	}
	return page.MakeRoute("interviews/"+f.session.Record().String()+"/fill", "kind", f.other(),
		"for", f.route.Get("for"), "path", f.route.Get("path"))
}

// other is the kind, where the route must say it.
func (f *filling) other() string {
	if f.kind == mapping {
		return ""
	}
	return f.kind
}

// Title is the name of the record, or the questionnaire's.
func (f *filling) Title() string {
	if f.session == nil {
		return f.services.Words().Say("interviews.fill.title")
	}
	if f.previews() {
		return f.services.Words().Say("interviews.preview.title", "Name", f.session.Form().Title.In(f.services.Words().Language(), f.session.Form().DefaultLanguage))
	}
	if name := strings.TrimSpace(f.session.Interview().InstanceName()); name != "" {
		return name
	}
	return f.session.Form().Title.In(f.services.Words().Language(), f.session.Form().DefaultLanguage)
}

// Content is what is shown.
func (f *filling) Content() fyne.CanvasObject { return f.content }

// Reload begins the session, or begins it again after handing over what was typed.
func (f *filling) Reload() {
	if f.session != nil && f.commit() != nil {
		return
	}
	of := workspace.SessionOf{Kind: f.kind, Language: f.services.Words().Language()}
	if id := f.route.Get("id"); f.session != nil {
		of.Record = f.session.Record()
	} else if id != "new" && !f.previews() {
		var err error
		if of.Record, err = record.ParseID(id); err != nil {
			f.broken(err)
			return
		}
	}
	w := f.services.Workspace()
	task.Quiet(f.services.Runner(), func(context.Context) (*workspace.Session, error) { return f.begin(w, of) },
		func(s *workspace.Session, err error) {
			switch {
			case f.closed:
			case err != nil:
				f.broken(err)
			default:
				f.opened(s)
			}
		})
}

// begin opens the session; a new record takes the name that the route brings as the answer to its first question.
func (f *filling) begin(w *workspace.Workspace, of workspace.SessionOf) (*workspace.Session, error) {
	if f.previews() {
		return f.rehearse(w, of.Language)
	}
	s, err := w.Begin(f.ctx, of)
	if err != nil || !of.Record.IsZero() || f.route.Get("name") == "" {
		return s, err
	}
	if step, ok := s.Interview().Next(""); ok && step.Question != nil {
		_, err = s.SetText(f.ctx, step.Path, f.route.Get("name"))
	}
	return s, err
}

// broken says in place of the questions why they cannot be filled.
func (f *filling) broken(err error) {
	text := f.services.Words().Say("interviews.fill.broken")
	switch {
	case errors.Is(err, workspace.ErrStage):
		text = f.services.Words().Say("interviews.fill.stage")
	case errors.Is(err, store.ErrNotFound):
		text = f.services.Words().Say("interviews.fill.not_found")
	default:
		f.services.Fail(err)
	}
	f.content.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.IconLock, text, f.services.Words().Say("interviews.back"),
		func() { f.services.Navigate("interviews") })}
	f.content.Refresh()
}

// opened shows a session, at the question where the person stood.
func (f *filling) opened(s *workspace.Session) {
	fresh := f.session == nil && f.route.Get("id") == "new"
	f.session = s
	f.writer = writer{s, f.services.Words(), f.second}
	f.sections = sectionsOf(s)
	f.frame = newFillFrame(f)
	f.content.Objects = []fyne.CanvasObject{f.frame.object}
	f.content.Refresh()
	if fresh {
		f.services.Replace(f.Route())
	}
	step, ok := s.Cursor()
	if !ok {
		f.showEnd()
	} else {
		f.showSection(max(indexOf(f.sections, step.Path), 0), step.Path)
	}
	f.services.Changed()
	f.lookBack()
	f.readQueries()
	if s.Review().Moved {
		f.services.Toast(f.services.Words().Say("interviews.fill.moved"), nil)
	}
}

// Focus gives the keyboard to the question where the person stands.
func (f *filling) Focus() {
	switch {
	case f.session == nil:
	case f.present == len(f.sections):
		f.end.focus()
	default:
		f.pane.focus(f.at)
	}
}

// lookBack reads what the cooperative answered the year before, where that is not known yet.
func (f *filling) lookBack() {
	of, year := subject(f.session)
	if of == f.earlier.of && year == f.earlier.before {
		return
	}
	f.earlier = earlier{of: of, before: year}
	w, form := f.services.Workspace(), f.session.Form()
	task.Do(&f.looking, f.services.Runner(), func(ctx context.Context) (earlier, error) {
		return readEarlier(ctx, w, form, of, year)
	}, func(found earlier, err error) {
		if err == nil && !f.closed { // without it the page is as good, only less telling
			f.earlier = found
			f.refreshFaces()
		}
	})
}

// commit hands over what is typed in the question that has the keyboard.
func (f *filling) commit() error {
	if f.pane == nil {
		return nil
	}
	return f.pane.commit(f.at)
}

// Leave hands over what is typed and notes where the person stands. A draft in which nothing was answered is thrown
// away. It stays where what is typed cannot be an answer.
func (f *filling) Leave() bool {
	if f.session == nil || f.closed || f.previews() {
		return true
	}
	if f.commit() != nil {
		f.services.Toast(f.services.Words().Say("interviews.fill.mend_first"), nil)
		return false
	}
	if !f.touched && !f.session.Resumed() && (f.route.Get("name") == "" || !f.session.IsNew()) {
		if err := f.session.Discard(f.ctx); err != nil {
			f.services.Fail(err)
		}
		return true
	}
	if f.present < len(f.sections) {
		f.note(f.at)
	}
	return true
}

// note keeps in the draft where the person stands.
func (f *filling) note(path record.Path) {
	if err := f.session.MoveTo(f.ctx, path); err != nil {
		f.services.Fail(err)
	}
}

// Close ends the session; the draft stays.
func (f *filling) Close() {
	f.closed = true
	f.looking.Stop()
	f.asking.Stop()
	f.finding.Stop()
	f.cancel()
}
