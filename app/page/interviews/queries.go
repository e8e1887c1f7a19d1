package interviews

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// problemQuery is the kind of a question of headquarters, which stands beside the answer as a soft problem does.
const problemQuery interview.ProblemKind = "query"

// readQueries reads what headquarters asks about the interview, and goes to the first where the person has not begun.
func (f *filling) readQueries() {
	w, of := f.services.Workspace(), workspace.QuerySelection{About: f.session.Record(), Progress: []workspace.Progress{workspace.QueryOpen}}
	if f.session.IsNew() {
		return
	}
	task.Do(&f.asking, f.services.Runner(), func(ctx context.Context) ([]workspace.Query, error) { return w.Queries(ctx, of) }, func(queries []workspace.Query, err error) {
		switch {
		case f.closed:
		case err != nil:
			f.services.Fail(err)
		case len(queries) > 0:
			f.queries = queries
			f.refreshFaces()
			if !f.session.Resumed() && !f.touched {
				f.goToPath(queries[0].Question)
			}
			f.services.Changed()
		}
	})
}

// problems are those of the interview by question, with what headquarters asks first.
func (f *filling) problems() map[record.Path][]interview.Problem {
	out := map[record.Path][]interview.Problem{}
	for _, q := range f.queries {
		out[q.Question] = append(out[q.Question], interview.Problem{Path: q.Question, Kind: problemQuery, Message: f.services.Words().Say("query.asks", "Text", q.Text)})
	}
	for _, p := range f.session.Interview().Problems() {
		out[p.Path] = append(out[p.Path], p)
	}
	return out
}

// queriesOf are what headquarters asks about a question.
func (f *filling) queriesOf(path record.Path) []workspace.Query {
	var out []workspace.Query
	for _, q := range f.queries {
		if q.Question == path {
			out = append(out, q)
		}
	}
	return out
}

// answerQuery asks for what the researcher found out about the present question, and keeps it.
func (f *filling) answerQuery() {
	asked := f.queriesOf(f.at)
	if len(asked) == 0 || f.commit() != nil {
		return
	}
	say, q := f.services.Words().Say, asked[0]
	var shut func()
	text := kit.NewEntry(say("query.answer_hint"))
	text.MultiLine, text.Wrapping = true, fyne.TextWrapWord
	text.SetMinRowsVisible(4)
	send := kit.Primary(say("query.send"), func() {
		if answer := strings.TrimSpace(text.Text); answer != "" {
			shut()
			f.keepAnswer(q, answer)
		}
	})
	so := kit.Button(say("query.is_so"), func() { text.SetText(say("query.is_so_text") + " ") })
	body := kit.Column(kit.Gap8, kit.Body(q.Text), text, container.NewHBox(so, kit.Spacer(), send))
	shut = f.services.Dialog(say("query.answer"), kit.Fixed(460, body), nil)
	f.services.Canvas().Focus(text)
}

// keepAnswer keeps the answer to a query, and offers to take it back.
func (f *filling) keepAnswer(q workspace.Query, answer string) {
	w := f.services.Workspace()
	f.inBackground(func(ctx context.Context) error { return w.AnswerQuery(ctx, q.Record, answer) }, func() {
		f.setQueries(func(other workspace.Query) bool { return other.Record != q.Record })
		f.services.Saved("answer to a query")
		f.services.Toast(f.services.Words().Say("query.answered"), func() {
			f.inBackground(func(ctx context.Context) error { return w.Settle(ctx, q.Record, workspace.QueryOpen) }, func() {
				f.queries = append(f.queries, q)
				f.setQueries(func(workspace.Query) bool { return true })
			})
		})
	})
}

// inBackground does something with the workspace, and shows what went wrong.
func (f *filling) inBackground(do func(ctx context.Context) error, done func()) {
	task.Quiet(f.services.Runner(), func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		switch {
		case err != nil:
			f.services.Fail(err)
		case !f.closed:
			done()
		}
	})
}

// setQueries leaves the queries that are kept, and shows it.
func (f *filling) setQueries(keep func(workspace.Query) bool) {
	var left []workspace.Query
	for _, q := range f.queries {
		if keep(q) {
			left = append(left, q)
		}
	}
	f.queries = left
	f.refreshFaces()
	f.services.Changed()
}

// queryCard shows, where a record is read, what headquarters has asked about it and what was answered; nil for nothing.
func (r *reading) queryCard() fyne.CanvasObject {
	say := r.services.Words().Say
	var lines []fyne.CanvasObject
	for _, q := range r.at.queries {
		state, word := kit.Accent, "query.open"
		text := q.Text
		switch q.Progress {
		case workspace.QueryAnswered:
			state, word = kit.Active, "query.is_answered"
		case workspace.QueryClosed, workspace.QueryAccepted:
			state, word = kit.Good, "query.is_closed"
		}
		if q.Answer != "" {
			text += " – " + q.Answer
		}
		lines = append(lines, container.NewBorder(nil, nil, nil, container.NewCenter(kit.NewBadge(state, say(word))), kit.Body(text)))
	}
	if len(lines) == 0 {
		return nil
	}
	return kit.Card(say("query.card"), kit.Column(0, lines...))
}
