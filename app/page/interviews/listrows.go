package interviews

import (
	"context"
	"slices"
	"strings"
	"time"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// The columns that are not questions.
const (
	labelColumn   = "label"
	stateColumn   = "state"
	changedColumn = "changed"
)

// filter says which interviews are listed; empty parts let all through.
type filter struct{ wave, country, state, interviewer, text string }

func filterOf(at page.Route) filter {
	return filter{at.Get("wave"), at.Get("country"), at.Get("state"), at.Get("interviewer"), at.Get("text")}
}

// route is the list with the filter.
func (f filter) route() string {
	return page.MakeRoute("interviews", "wave", f.wave, "country", f.country, "state", f.state, "interviewer", f.interviewer, "text", f.text)
}

// where is the filter as the store reads it.
func (f filter) where(form *form.Form) []store.Condition {
	var out []store.Condition
	add := func(column, value string, compare store.Comparison) {
		if column != "" && value != "" {
			out = append(out, store.Condition{Column: column, Compare: compare, Values: []string{value}})
		}
	}
	add(pathOf(form, "wave"), f.wave, store.Equal)
	add(pathOf(form, "country"), f.country, store.Equal)
	add("administration/interviewer", f.interviewer, store.Equal)
	add("state", f.state, store.Equal)
	add("label", strings.TrimSpace(f.text), store.Contains)
	return out
}

func pathOf(f *form.Form, concept string) string {
	if q, ok := f.ByConcept(concept); ok {
		return q.Path
	}
	return ""
}

// rowReader reads rows of the list. It is never changed, so that it may be used in the background.
type rowReader struct {
	w     *workspace.Workspace
	words *words.Words
	form  *form.Form
	where []store.Condition
	names func(q *form.Question, answer record.Answer) string
}

// read reads a part of the rows.
func (r *rowReader) read(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
	total, err := r.w.Store.Count(ctx, mapping, r.where)
	if err != nil || total == 0 {
		return kit.TablePage{}, err
	}
	query := store.Query{Where: r.where, Limit: q.Limit, Offset: q.Offset, Columns: []string{}}
	for _, name := range q.Columns {
		if _, ok := r.form.Question(name); ok {
			query.Columns = append(query.Columns, name)
		}
	}
	sort := store.Order{Column: q.Sort, Descending: q.Descending}
	if sort.Column == "" {
		sort = store.Order{Column: changedColumn, Descending: true}
	}
	query.Sort = []store.Order{sort}
	rows, err := r.w.Store.List(ctx, mapping, query)
	if err != nil {
		return kit.TablePage{}, err
	}
	page := kit.TablePage{Total: total}
	for _, row := range rows {
		page.Rows = append(page.Rows, r.row(row))
	}
	return page, nil
}

func (r *rowReader) row(row store.Row) kit.TableRow {
	out := kit.TableRow{Key: row.Record.String(), Cells: map[string]kit.Cell{}}
	out.Cells[labelColumn] = kit.Cell{Text: row.Label}
	if row.Conflicts > 0 {
		out.Cells[labelColumn] = kit.Tell(kit.Warn, row.Label)
	}
	out.Cells[stateColumn] = kit.Tell(stateOf(r.words, row.Lifecycle))
	out.Cells[changedColumn] = kit.Cell{Text: day(r.words, row.Changed)}
	for path, answer := range row.Values {
		if q, ok := r.form.Question(path.Question()); ok {
			out.Cells[q.Path] = kit.Cell{Text: r.text(q, answer)}
		}
	}
	return out
}

// text is an answer in a cell.
func (r *rowReader) text(q *form.Question, answer record.Answer) string {
	if answer.Status != record.Answered {
		return r.words.Say("question.status." + answer.Status.String())
	}
	if list := r.form.Lists[q.List]; list != nil {
		if c, ok := list.Choice(answer.Value.String()); ok {
			return c.Label.In(r.words.Language(), r.form.DefaultLanguage)
		}
	}
	return r.names(q, answer)
}

// day is a date short enough for a column.
func day(_ *words.Words, moment time.Time) string { return moment.Local().Format(time.DateOnly) }

// listData is what the list shows beside its rows.
type listData struct {
	waves, countries, interviewers []kit.Option
	drafts                         []draft
}

// draft is an unfinished interview.
type draft struct {
	id          record.ID
	name        string
	done, total int
	changed     time.Time
}

// draftLimit is how many drafts are shown.
const draftLimit = 6

// readList reads filters and drafts.
func readList(ctx context.Context, w *workspace.Workspace, language string) (listData, error) {
	var out listData
	waves, err := w.Store.List(ctx, "wave", store.Query{Columns: []string{"year", "countries"}, Sort: []store.Order{{Column: "year", Descending: true}}})
	if err != nil {
		return out, err
	}
	countries := map[string]bool{}
	for _, row := range waves {
		out.waves = append(out.waves, kit.Option{Value: row.Record.String(), Label: row.Label})
		for _, code := range row.Values["countries"].Value.Items() {
			countries[code] = true
		}
	}
	out.countries = countryOptions(w, countries, language)
	persons, err := w.Store.List(ctx, "person", store.Query{Columns: []string{}, Limit: 200})
	if err != nil {
		return out, err
	}
	for _, row := range persons {
		out.interviewers = append(out.interviewers, kit.Option{Value: row.Record.String(), Label: row.Label})
	}
	out.drafts, err = readDrafts(ctx, w, language)
	return out, err
}

// countryOptions are countries by name.
func countryOptions(w *workspace.Workspace, codes map[string]bool, language string) []kit.Option {
	list, ok := w.List("country.csv")
	if !ok {
		return nil
	}
	var out []kit.Option
	for code := range codes {
		if c, ok := list.Code(code); ok {
			out = append(out, kit.Option{Value: code, Label: c.Label(language)})
		}
	}
	slices.SortFunc(out, func(a, b kit.Option) int { return strings.Compare(a.Label, b.Label) })
	return out
}

// readDrafts reads the unfinished interviews, the one changed last first, with how far each is.
func readDrafts(ctx context.Context, w *workspace.Workspace, language string) ([]draft, error) {
	drafts, err := w.Store.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	var out []draft
	for _, d := range drafts {
		if d.Kind != mapping || len(out) == draftLimit {
			continue
		}
		s, err := w.Begin(ctx, workspace.SessionOf{Kind: d.Kind, Record: d.Record, Language: language})
		if err != nil {
			continue // a record that was locked meanwhile keeps its draft, which cannot be filled
		}
		one := draft{id: d.Record, name: s.Interview().InstanceName(), changed: d.Changed}
		one.done, one.total = s.Progress()
		s.Leave()
		out = append(out, one)
	}
	return out, nil
}
