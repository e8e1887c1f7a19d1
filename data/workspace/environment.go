package workspace

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
)

// Words opens the words of a language; English where there is none of that code.
func Words(language string) (*words.Words, error) {
	book, err := words.Open(assets.FS())
	if err != nil {
		return nil, err
	}
	return book.In(language), nil
}

// Languages returns the codes of the languages there are words in.
func Languages() ([]string, error) {
	book, err := words.Open(assets.FS())
	if err != nil {
		return nil, err
	}
	return book.Languages(), nil
}

// environment is what interviews ask of a workspace: the rows of code lists and registers. It remembers what it has
// looked up, so that one is made for each task and thrown away with it.
type environment struct {
	w        *Workspace
	store    *store.Store // the workspace's; while that is being opened, the one that is being opened
	ctx      context.Context
	trial    *Questionnaire // one that is not in the workspace
	language string
	mutex    sync.Mutex
	lists    map[string][]interview.Choice
	index    map[string]map[string]int      // of lists, by name
	records  map[record.ID]interview.Choice // those looked up last
	older    map[record.ID]interview.Choice // those looked up before them
}

// recordLimit bounds how many records of registers an environment remembers: so many, and as many older ones.
const recordLimit = 1 << 13

func (w *Workspace) environment(ctx context.Context, language string) *environment {
	return &environment{w: w, store: w.Store, ctx: ctx, language: language, lists: map[string][]interview.Choice{},
		index: map[string]map[string]int{}, records: map[record.ID]interview.Choice{}}
}

// env is the environment in the form that interviews of a questionnaire take.
func (e *environment) env(f *form.Form, length string) interview.Env {
	env := interview.Env{
		Now: e.w.now, Location: time.Local, Language: e.language, Length: length, NewID: e.w.ids.next, Random: rand.Float64,
		Username: e.w.Identity.Name, Choices: e.choices, Lookup: e.lookup,
	}
	own := e.own(f)
	if len(own) == 0 {
		return env
	}
	env.Choices = func(source string) ([]interview.Choice, error) {
		if list, ok := own[source]; ok {
			return list.in(e.language), nil
		}
		return e.choices(source)
	}
	env.Lookup = func(source, name string) (interview.Choice, bool) {
		if list, ok := own[source]; ok {
			return list.find(name, e.language)
		}
		return e.lookup(source, name)
	}
	return env
}

// own are the lists that a questionnaire brings.
func (e *environment) own(f *form.Form) ownLists {
	if e.trial != nil && e.trial.Form == f {
		return e.trial.lists
	}
	if q := e.w.set().at(f.ID, f.Version); q != nil {
		return q.lists
	}
	return nil
}

// choices returns the rows of a code list, or the records of a kind.
func (e *environment) choices(source string) ([]interview.Choice, error) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if known, ok := e.lists[source]; ok {
		return known, nil
	}
	var out []interview.Choice
	if f, ok := e.w.Form(source); ok {
		rows, err := e.store.List(e.ctx, source, store.Query{Sort: []store.Order{{Column: "label"}}, Columns: plainPaths(f)})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out = append(out, choiceOfRow(f, row))
		}
		return out, nil // a register grows while it is worked on
	}
	list, err := e.w.Lists.Load(source)
	if err != nil {
		return nil, err
	}
	for i := range list.Codes {
		out = append(out, e.choiceOfCode(&list.Codes[i]))
	}
	e.lists[source] = out
	return out, nil
}

func (e *environment) choiceOfCode(code *codes.Code) interview.Choice {
	return interview.Choice{Name: code.Value, Label: code.Label(e.language), Attributes: code.Attributes}
}

// plainPaths are the questions of a register that others may read: outside repeats, no files, and not personal.
func plainPaths(f *form.Form) []string {
	var paths []string
	for _, q := range f.Questions {
		if q.Stored() && !q.Personal && q.Storage() != form.StoreFile && q.Repeat() == nil {
			paths = append(paths, q.Path)
		}
	}
	return paths
}

func choiceOfRow(f *form.Form, row store.Row) interview.Choice {
	c := interview.Choice{Name: row.Record.String(), Label: row.Label, Attributes: map[string]string{}}
	for path, answer := range row.Values {
		if q, ok := f.Question(path.Question()); ok && answer.Status == record.Answered {
			c.Attributes[q.Name] = answer.Value.String()
		}
	}
	return c
}

// lookup finds one row of a code list by its code, or one record by its id.
func (e *environment) lookup(source, name string) (interview.Choice, bool) {
	if f, ok := e.w.Form(source); ok {
		return e.lookupRecord(f, name)
	}
	list, ok := e.w.Lists.List(source)
	if !ok {
		return interview.Choice{}, false
	}
	code, ok := list.Code(name)
	if !ok {
		return interview.Choice{}, false
	}
	return e.choiceOfCode(code), true
}

func (e *environment) lookupRecord(f *form.Form, name string) (interview.Choice, bool) {
	id, err := record.ParseID(name)
	if err != nil {
		return interview.Choice{}, false
	}
	if known, ok := e.recall(id); ok {
		return known, true
	}
	state, err := e.store.State(e.ctx, id)
	if err != nil || state.Kind != f.ID || state.Lifecycle == record.Deleted {
		return interview.Choice{}, false
	}
	c := interview.Choice{Name: name, Label: e.labelOf(f, state), Attributes: plainAnswers(f, state)}
	e.remember(id, c)
	return c, true
}

// recall returns what is remembered of a record.
func (e *environment) recall(id record.ID) (interview.Choice, bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	known, ok := e.records[id]
	if !ok {
		known, ok = e.older[id]
	}
	return known, ok
}

// Namer names the records and codes that answers refer to, in a language; other answers it writes as they are.
func (w *Workspace) Namer(ctx context.Context, language string) func(q *form.Question, answer record.Answer) string {
	e := w.environment(ctx, language)
	return func(q *form.Question, answer record.Answer) string {
		text := answer.Value.String()
		if source := q.Kind + q.File; source != "" && q.Storage() == form.StoreChoice {
			if list, ok := w.set().listOf(q); ok {
				if c, ok := list.find(text, language); ok {
					return c.Label
				}
			}
			if c, ok := e.lookup(source, text); ok {
				return c.Label
			}
		}
		return text
	}
}

// remember keeps what is known of a record, until many more have been.
func (e *environment) remember(id record.ID, c interview.Choice) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if len(e.records) >= recordLimit {
		e.older, e.records = e.records, map[record.ID]interview.Choice{}
	}
	e.records[id] = c
}

func plainAnswers(f *form.Form, state record.State) map[string]string {
	out := map[string]string{}
	for path, field := range state.Fields {
		q, ok := f.Question(string(path))
		if ok && !q.Personal && field.Status == record.Answered && !field.Value.IsZero() {
			out[q.Name] = field.Value.String()
		}
	}
	return out
}

// labelOf names a record by its questionnaire's instance_name; without one, by its first answers in lists.
func (e *environment) labelOf(f *form.Form, state record.State) string {
	iv := interview.Open(f, e.env(f, ""), contentFor(f, state))
	if f.InstanceName != nil {
		return iv.InstanceName()
	}
	var said []string
	for _, q := range f.ListColumns() {
		path := record.Path(q.Path)
		if answer := iv.Answer(path); !answer.Value.IsZero() && !q.Personal && len(said) < labelAnswers {
			said = append(said, shortly(iv, path, answer.Value))
		}
	}
	return strings.Join(said, ", ")
}

// shortly writes an answer as a part of a name, cut short where it is long.
func shortly(iv *interview.Interview, path record.Path, v record.Value) string {
	text := []rune(strings.Join(strings.Fields(iv.Format(path, v)), " "))
	if len(text) > labelRunes {
		return string(text[:labelRunes-1]) + "…"
	}
	return string(text)
}

// labelRunes is how long one answer of a name may be.
const labelRunes = 40

// labelAnswers is how many answers name a record whose questionnaire does not say how.
const labelAnswers = 2

// label is the store's hook for naming records. Names are kept in English, the language of the kinds.
func (w *Workspace) label(known *store.Store, f *form.Form, state record.State) string {
	e := w.environment(context.Background(), f.DefaultLanguage)
	e.store = known
	return e.labelOf(f, state)
}

// content turns the state of a record into what an interview is opened with.
func content(state record.State) interview.Content {
	c := interview.Content{Answers: make(map[record.Path]record.Answer, len(state.Fields)), Rows: map[record.Path][]record.ID{}}
	for path, field := range state.Fields {
		c.Answers[path] = field.Answer
	}
	for repeat, rows := range state.Rows {
		c.Rows[repeat] = slices.Clone(rows)
	}
	return c
}

// contentFor is what a record says, as a version of its questionnaire calls and stores it.
func contentFor(f *form.Form, state record.State) interview.Content {
	return presentIn(f, state.Form, content(state))
}

// presentIn gives what was kept under a version of a questionnaire to another one.
func presentIn(f *form.Form, version string, c interview.Content) interview.Content {
	c = interview.Present(f, c)
	if version == "" || version == f.Version {
		return c
	}
	return interview.Fit(f, c)
}
