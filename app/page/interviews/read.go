package interviews

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/question"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// Read makes the page that shows a record as it was kept. Its route is "interviews/{id}"; Edit opens a draft of it.
func Read(s page.Services, at page.Route) page.Page {
	return &reading{services: s, route: at, content: container.NewStack()}
}

// reading is a record being read.
type reading struct {
	services page.Services
	route    page.Route
	content  *fyne.Container
	at       readRecord
	open     bool // it was read
}

// readRecord is what the page shows.
type readRecord struct {
	id       record.ID
	form     *form.Form
	state    record.State
	label    string
	changed  time.Time
	draft    bool // there is an unfinished draft of it
	spoken   func(q *form.Question, answer record.Answer) string
	currency string
	queries  []workspace.Query
}

// Route is where the page is.
func (r *reading) Route() string { return r.route.String() }

// Title is the name of the record.
func (r *reading) Title() string {
	if r.at.label != "" {
		return r.at.label
	}
	return r.services.Words().Say("interviews.read.title")
}

// Content is what is shown.
func (r *reading) Content() fyne.CanvasObject { return r.content }

// Reload reads the record.
func (r *reading) Reload() {
	id, err := record.ParseID(r.route.Get("id"))
	if err != nil {
		r.missing()
		return
	}
	w, language := r.services.Workspace(), r.services.Words().Language()
	task.Quiet(r.services.Runner(), func(ctx context.Context) (readRecord, error) { return readOne(ctx, w, id, language) },
		func(found readRecord, err error) {
			switch {
			case errors.Is(err, store.ErrNotFound) && found.draft: // begun and never saved
				r.services.Navigate("interviews/" + id.String() + "/fill")
			case errors.Is(err, store.ErrNotFound):
				r.missing()
			case err != nil:
				r.services.Fail(err)
			default:
				r.show(found)
			}
		})
}

// readOne reads a record with what its answers refer to.
func readOne(ctx context.Context, w *workspace.Workspace, id record.ID, language string) (readRecord, error) {
	out := readRecord{id: id}
	drafts, err := w.Store.Drafts(ctx)
	if err != nil {
		return out, err
	}
	out.draft = slices.ContainsFunc(drafts, func(d store.Draft) bool { return d.Record == id })
	if out.state, err = w.Store.State(ctx, id); err != nil {
		return out, err
	}
	if out.form, out.state, err = w.Shown(out.state); err != nil {
		return out, err
	}
	rows, err := w.Store.List(ctx, out.form.ID, store.Query{Limit: 1, Columns: []string{}, Deleted: true,
		Where: []store.Condition{{Column: "record", Values: []string{id.String()}}}})
	if err == nil && len(rows) > 0 {
		out.label, out.changed = rows[0].Label, rows[0].Changed
	}
	names := w.Namer(ctx, language)
	texts := map[string]string{} // looked up here, so that showing asks nothing
	for path, field := range out.state.Fields {
		if q, ok := out.form.Question(path.Question()); ok && q.Kind+q.File != "" {
			for _, item := range field.Value.Items() {
				texts[item] = names(q, record.Answer{Value: record.Text(item)})
			}
		}
	}
	out.spoken = func(q *form.Question, answer record.Answer) string {
		return spokenChoice(out.form, q, answer, texts, language)
	}
	if queries, failed := w.Queries(ctx, workspace.QuerySelection{About: id}); failed == nil {
		out.queries = queries
	} else if err == nil {
		err = failed
	}
	if q, ok := out.form.ByConcept("currency"); ok {
		out.currency = out.state.Fields[record.Path(q.Path)].Value.String()
	}
	return out, err
}

// spokenChoice writes the labels of chosen things.
func spokenChoice(f *form.Form, q *form.Question, answer record.Answer, texts map[string]string, language string) string {
	var out []string
	for _, item := range answer.Value.Items() {
		label := texts[item]
		if list := f.Lists[q.List]; list != nil {
			if c, ok := list.Choice(item); ok {
				label = c.Label.In(language, f.DefaultLanguage)
			}
		}
		if label == "" {
			label = item
		}
		out = append(out, label)
	}
	return strings.Join(out, ", ")
}

// missing says that there is no such record.
func (r *reading) missing() {
	say := r.services.Words().Say
	r.content.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.IconInterview, say("interviews.fill.not_found"), say("interviews.back"),
		func() { r.services.Navigate("interviews") })}
	r.content.Refresh()
}

// show shows the record: where it stands, and its answers by section.
func (r *reading) show(found readRecord) {
	r.at, r.open = found, true
	say := r.services.Words().Say
	var cards []fyne.CanvasObject
	if card := r.queryCard(); card != nil {
		cards = append(cards, card)
	}
	for _, part := range r.parts() {
		cards = append(cards, kit.Card(part.title, kit.Column(0, part.lines...)))
	}
	state, word := stateOf(r.services.Words(), found.state.Lifecycle)
	edit := kit.Primary(say("interviews.read.edit"), r.edit)
	if found.draft {
		edit.SetText(say("interviews.read.resume"))
	}
	if r.editable() {
		edit.Enable()
	} else {
		edit.Disable()
	}
	head := kit.Filters(edit, kit.NewBadge(state, word), kit.Soft(r.dated()))
	r.content.Objects = []fyne.CanvasObject{container.NewBorder(head, nil, nil, nil,
		container.NewVScroll(kit.Limit(980, kit.Column(kit.Gap12, cards...))))}
	r.content.Refresh()
	r.services.Changed()
}

// editable tells whether the record may be changed where it stands.
func (r *reading) editable() bool {
	return r.open && r.at.state.Lifecycle != record.Locked && r.at.state.Lifecycle != record.Deleted
}

// dated says when the record was changed last.
func (r *reading) dated() string {
	if r.at.changed.IsZero() {
		return ""
	}
	return r.services.Words().Say("interviews.read.changed", "Time", r.services.Words().Time(r.at.changed))
}

// part is a section with its lines.
type part struct {
	key, title string
	lines      []fyne.CanvasObject
}

// parts are the answered questions by section, in the order of the questionnaire.
func (r *reading) parts() []part {
	var out []part
	language := r.services.Words().Language()
	for _, q := range r.at.form.Questions {
		if !q.Stored() || !q.Asked() {
			continue
		}
		for _, path := range r.paths(q) {
			field := r.at.state.Fields[path]
			if field.Answer.Blank() {
				continue
			}
			key, title := heading(r.at.form, q, language)
			if len(out) == 0 || out[len(out)-1].key != key {
				out = append(out, part{key: key, title: title})
			}
			last := &out[len(out)-1]
			last.lines = append(last.lines, r.line(q, field.Answer))
		}
	}
	return out
}

// paths are the paths of a question's answers: one, or one a row.
func (r *reading) paths(q *form.Question) []record.Path {
	repeat := q.Repeat()
	if repeat == nil {
		return []record.Path{record.Path(q.Path)}
	}
	var out []record.Path
	for path := range r.at.state.Fields {
		if path.Question() == q.Path {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// heading is the section of a question: its outermost group.
func heading(f *form.Form, q *form.Question, language string) (key, title string) {
	top, _, inside := strings.Cut(q.Path, "/")
	if g, ok := f.Group(top); ok && inside {
		return top, g.Label.In(language, f.DefaultLanguage)
	}
	return "~", ""
}

// The widths of a line, at the normal text size.
const (
	lineCode  float32 = 64
	lineLabel float32 = 420
	lineText  float32 = 420
)

// line is a question with its answer.
func (r *reading) line(q *form.Question, answer record.Answer) fyne.CanvasObject {
	text, tone := r.text(q, answer), kit.ColorInk
	if answer.Status != record.Answered {
		tone = kit.ColorSoft
	}
	return kit.Pad(kit.Gap4, kit.Row(kit.Gap12,
		question.NewProse(q.Code, kit.SizeCaption, kit.ColorSoft, lineCode),
		question.NewProse(q.Label.In(r.services.Words().Language(), r.at.form.DefaultLanguage), kit.SizeBody, kit.ColorSoft, lineLabel),
		question.NewProse(text, kit.SizeBody, tone, lineText)))
}

// text is an answer in words.
func (r *reading) text(q *form.Question, answer record.Answer) string {
	w := writer{words: r.services.Words()}
	if answer.Status != record.Answered {
		return w.status(answer.Status)
	}
	text := ""
	if q.Type.TakesChoices() {
		text = r.at.spoken(q, answer)
	} else {
		text = w.shown("", q, answer)
	}
	unit := q.Unit
	switch {
	case q.Money():
		unit = r.at.currency
	case unit != "" && w.words.Has("unit."+unit):
		unit = w.words.Say("unit." + unit)
	}
	if grade := w.quality(answer.Quality); grade != "" && graded(q) {
		unit += " (" + grade + ")"
	}
	return strings.TrimSpace(text + " " + unit)
}

// edit opens a draft of the record.
func (r *reading) edit() {
	kind := r.at.form.ID
	if kind == mapping {
		kind = ""
	}
	r.services.Navigate(page.MakeRoute("interviews/"+r.at.id.String()+"/fill", "kind", kind))
}

// Commands are what can be done with the record.
func (r *reading) Commands() []page.Command {
	return []page.Command{{Label: r.services.Words().Say("interviews.read.edit"), Key: "Ctrl+E", Off: !r.editable(), Run: func() {
		if r.editable() {
			r.edit()
		}
	}}}
}

// stateOf says in a word where a record stands.
func stateOf(w *words.Words, l record.Lifecycle) (kit.State, string) {
	word := w.Say("interviews.state." + string(l))
	switch l {
	case record.Validated, record.Locked:
		return kit.Good, word
	case record.Submitted:
		return kit.Active, word
	case record.Returned:
		return kit.Accent, word
	case record.Deleted:
		return kit.Bad, word
	}
	return kit.Neutral, word
}
