package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"coopatlas/data/check"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

const queryKind = "query"

// Progress says where a query stands.
type Progress string

// A query is open until the researcher has answered it; headquarters then closes it, or accepts what it asked about as
// right, so that the finding is not shown again while the value stays.
const (
	QueryOpen     Progress = "open"
	QueryAnswered Progress = "answered"
	QueryClosed   Progress = "closed"
	QueryAccepted Progress = "accepted"
)

// ErrQuery is wrapped where something cannot be asked about a record, or a query cannot be answered.
var ErrQuery = errors.New("the query cannot be made")

// Query is a question about one answer of an interview.
type Query struct {
	Record     record.ID   `json:"record"`
	About      record.ID   `json:"about"` // the interview
	Question   record.Path `json:"question"`
	Concept    string      `json:"concept"`
	Year       int         `json:"year,omitempty"`
	Rule       check.Rule  `json:"rule,omitempty"`
	Finding    string      `json:"finding,omitempty"` // check.Finding.Key
	Seen       string      `json:"seen,omitempty"`
	Expected   string      `json:"expected,omitempty"`
	Text       string      `json:"text"`
	By         string      `json:"by,omitempty"`
	On         string      `json:"on,omitempty"` // a day, such as 2026-03-01
	Progress   Progress    `json:"progress"`
	Answer     string      `json:"answer,omitempty"`
	AnsweredOn string      `json:"answered_on,omitempty"`
	// Name is what the interview is called, and Stage where it stands now.
	Name  string           `json:"name"`
	Stage record.Lifecycle `json:"stage"`
}

// QuerySelection says which queries are wanted: all where it is empty.
type QuerySelection struct {
	About    record.ID
	Progress []Progress
}

// Queries lists queries, the oldest first. Those about interviews that were deleted are left out.
func (w *Workspace) Queries(ctx context.Context, of QuerySelection) ([]Query, error) {
	f, err := w.MustKnow(queryKind)
	if err != nil {
		return nil, err
	}
	q := store.Query{Sort: []store.Order{{Column: "created"}}, Columns: plainPaths(f)}
	if !of.About.IsZero() {
		q.Where = append(q.Where, store.Condition{Column: "about", Values: []string{of.About.String()}})
	}
	if len(of.Progress) > 0 {
		var values []string
		for _, p := range of.Progress {
			values = append(values, string(p))
		}
		q.Where = append(q.Where, store.Condition{Column: "progress", Compare: store.In, Values: values})
	}
	rows, err := w.Store.List(ctx, queryKind, q)
	if err != nil {
		return nil, err
	}
	out := make([]Query, len(rows))
	for i, row := range rows {
		out[i] = readQuery(row)
	}
	return w.nameInterviews(ctx, out)
}

func readQuery(row store.Row) Query {
	text := func(path record.Path) string { return row.Values[path].Value.String() }
	q := Query{
		Record: row.Record, Question: record.Path(text("question")), Concept: text("variable"), Rule: check.Rule(text("rule")), Finding: text("finding"),
		Seen: text("seen"), Expected: text("expected"), Text: text("asked"), By: text("asked_by"), On: text("asked_on"),
		Progress: Progress(text("progress")), Answer: text("answer"), AnsweredOn: text("answered_on"),
	}
	q.Year, _ = strconv.Atoi(text("year"))
	if id, err := record.ParseID(text("about")); err == nil {
		q.About = id
	}
	return q
}

// nameInterviews says what the interviews of queries are called and where they stand.
func (w *Workspace) nameInterviews(ctx context.Context, queries []Query) ([]Query, error) {
	ids := map[string]bool{}
	for _, q := range queries {
		ids[q.About.String()] = true
	}
	rows, err := w.interviewRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept := queries[:0]
	for _, q := range queries {
		if row, ok := rows[q.About.String()]; ok {
			q.Name, q.Stage = row.Label, row.Lifecycle
			kept = append(kept, q)
		}
	}
	return kept, nil
}

// interviewRows reads interviews, without their answers, by their ids; those that were deleted are left out.
func (w *Workspace) interviewRows(ctx context.Context, ids map[string]bool) (map[string]store.Row, error) {
	const step = 500 // ids in one condition
	out := make(map[string]store.Row, len(ids))
	for some := range slices.Chunk(slices.Sorted(maps.Keys(ids)), step) {
		rows, err := w.Store.List(ctx, "mapping", store.Query{Columns: []string{}, Where: []store.Condition{{Column: "record", Compare: store.In, Values: some}}})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out[row.Record.String()] = row
		}
	}
	return out, nil
}

// Asked is what asking did, so that it can be taken back.
type Asked struct {
	Query  record.ID
	About  record.ID
	Before record.Lifecycle // where the interview stood
}

// Ask keeps a question about a finding and returns the interview to its researcher, who finds the question beside the
// answer. The error wraps ErrStage where the interview is locked or deleted.
func (w *Workspace) Ask(ctx context.Context, about check.Finding, text string) (Asked, error) {
	if text == "" {
		return Asked{}, fmt.Errorf("%w: say what is asked", ErrQuery)
	}
	out, state, err := w.keepQuery(ctx, about, text, QueryOpen)
	if err != nil || state.Lifecycle == record.Returned {
		return out, err
	}
	if _, err := w.Revise(ctx, out.About, record.Return, nil, text); err != nil {
		return out, errors.Join(err, w.remove(ctx, out.Query))
	}
	return out, nil
}

// Accept notes that a finding was checked and its value is right: it is not shown again until the value changes.
func (w *Workspace) Accept(ctx context.Context, about check.Finding, text string) (Asked, error) {
	out, _, err := w.keepQuery(ctx, about, text, QueryAccepted)
	return out, err
}

// keepQuery saves a query about a finding.
func (w *Workspace) keepQuery(ctx context.Context, about check.Finding, text string, progress Progress) (Asked, record.State, error) {
	id, err := record.ParseID(about.Record)
	if err != nil {
		return Asked{}, record.State{}, fmt.Errorf("%w: %w", ErrQuery, err)
	}
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return Asked{}, state, err
	}
	f, err := w.MustKnow(state.Kind)
	if err != nil {
		return Asked{}, state, err
	}
	q, ok := f.ByConcept(about.Concept)
	if !ok {
		return Asked{}, state, fmt.Errorf("%w: the questionnaire %s has no question that gives %s", ErrQuery, state.Kind, about.Concept)
	}
	if progress == QueryOpen {
		if err := mayFollow(record.Return, state.Lifecycle); err != nil {
			return Asked{}, state, err
		}
	}
	out := Asked{Query: w.ids.next(), About: id, Before: state.Lifecycle}
	return out, state, w.saveAnswers(ctx, out.Query, queryKind, w.labelOf(ctx, state)+", "+about.Concept, map[string]string{
		"about": id.String(), "question": q.Path, "variable": about.Concept, "year": strconv.Itoa(about.Year), "rule": string(about.Rule),
		"seen": about.Seen.String(), "expected": about.Expected.String(), "finding": about.Key(), "asked": text, "asked_by": w.Identity.Name,
		"asked_on": w.today(), "progress": string(progress),
	})
}

func (w *Workspace) today() string { return w.now().Format(time.DateOnly) }

func (w *Workspace) labelOf(ctx context.Context, state record.State) string {
	f, _ := w.Form(state.Kind)
	return w.environment(ctx, f.DefaultLanguage).labelOf(f, state)
}

// saveAnswers saves a new record with answers that a program gives, by the path of the question; numbers among them are
// those of integer questions.
func (w *Workspace) saveAnswers(ctx context.Context, id record.ID, kind, label string, answers map[string]string) error {
	f, err := w.MustKnow(kind)
	if err != nil {
		return err
	}
	set := map[record.Path]record.Answer{}
	for path, text := range answers {
		if text == "" {
			continue
		}
		value := record.Text(text)
		if q, ok := f.Question(path); ok && q.Storage() == form.StoreNumber {
			n, err := strconv.Atoi(text)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			value = record.Int(int64(n))
		}
		set[record.Path(path)] = record.Answer{Value: value}
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: id, Kind: kind, Form: f.Version, Set: set, Label: label})
	return err
}

// TakeBack undoes Ask and Accept: the query goes, and the interview stands where it stood.
func (w *Workspace) TakeBack(ctx context.Context, asked Asked) error {
	if err := w.remove(ctx, asked.Query); err != nil {
		return err
	}
	state, err := w.Store.State(ctx, asked.About)
	if err != nil || state.Lifecycle != record.Returned || asked.Before == record.Returned {
		return err
	}
	operation, ok := map[record.Lifecycle]record.Operation{record.Submitted: record.Submit, record.Validated: record.Validate}[asked.Before]
	if !ok {
		return nil // it was saved and never submitted: an edit leads there again
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: asked.About, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Operation: operation})
	return err
}

// remove deletes a record that is not an interview.
func (w *Workspace) remove(ctx context.Context, id record.ID) error {
	state, err := w.Store.State(ctx, id)
	if err != nil || state.Lifecycle == record.Deleted {
		return err
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: id, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Operation: record.Delete})
	return err
}

// AnswerQuery keeps what the researcher says to a query.
func (w *Workspace) AnswerQuery(ctx context.Context, id record.ID, answer string) error {
	if answer == "" {
		return fmt.Errorf("%w: say what was found out", ErrQuery)
	}
	return w.change(ctx, id, map[record.Path]string{"answer": answer, "answered_on": w.today(), "progress": string(QueryAnswered)})
}

// Settle takes a query on: closed, accepted as right, or open again.
func (w *Workspace) Settle(ctx context.Context, id record.ID, progress Progress) error {
	return w.change(ctx, id, map[record.Path]string{"progress": string(progress)})
}

// change sets texts of a record that is not an interview; an empty one is taken away.
func (w *Workspace) change(ctx context.Context, id record.ID, texts map[record.Path]string) error {
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return err
	}
	set := map[record.Path]record.Answer{}
	for path, text := range texts {
		if answer := (record.Answer{Value: record.Text(text)}); !state.Fields[path].Answer.Equal(answer) {
			set[path] = answer
		}
	}
	if len(set) == 0 {
		return nil
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: id, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Set: set})
	return err
}
