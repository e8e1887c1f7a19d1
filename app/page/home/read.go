package home

import (
	"context"
	"slices"
	"strings"
	"time"

	"coopatlas/app/page"
	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

const (
	mappingKind = "mapping"
	waveKind    = "wave"
	mostWaves   = 6
	mostLines   = 8
	// newest is the indicator of the small chart: persons working, which most mappings know.
	newest = "I05"
)

// wave is how far one wave is, in numbers of interviews.
type wave struct {
	id, title                             string
	saved, returned, submitted, validated int
}

func (w wave) total() int { return w.saved + w.returned + w.submitted + w.validated }

// line is something to go on with.
type line struct {
	label, about string
	route        string
	state        string // a key below home.state
}

// overview is what the page shows.
type overview struct {
	cooperatives, interviews int
	waves                    []wave
	drafts                   []line
	looks                    []line
	moreDrafts, moreLooks    int
}

// reader reads the overview from a workspace.
type reader struct {
	space *workspace.Workspace
	words *words.Words
}

func (r reader) read(ctx context.Context) (o overview, err error) {
	if o.cooperatives, err = r.space.Store.Count(ctx, "cooperative", nil); err != nil {
		return o, err
	}
	if o.interviews, err = r.space.Store.Count(ctx, mappingKind, nil); err != nil {
		return o, err
	}
	if o.waves, err = r.waves(ctx); err != nil {
		return o, err
	}
	if o.drafts, o.moreDrafts, err = r.drafts(ctx); err != nil {
		return o, err
	}
	o.looks, o.moreLooks, err = r.looks(ctx)
	return o, err
}

// waves counts the interviews of the newest waves by where they stand.
func (r reader) waves(ctx context.Context) ([]wave, error) {
	f, err := r.space.MustKnow(mappingKind)
	if err != nil {
		return nil, err
	}
	path, ok := reference(f, waveKind)
	if !ok {
		return nil, nil
	}
	rows, err := r.space.Store.List(ctx, waveKind, store.Query{Sort: []store.Order{{Column: "year", Descending: true}, {Column: "label"}}, Limit: mostWaves})
	if err != nil {
		return nil, err
	}
	var out []wave
	for _, row := range rows {
		w := wave{id: row.Record.String(), title: row.Label}
		for state, to := range map[record.Lifecycle]*int{record.Saved: &w.saved, record.Returned: &w.returned, record.Submitted: &w.submitted} {
			if *to, err = r.count(ctx, path, w.id, string(state)); err != nil {
				return nil, err
			}
		}
		if w.validated, err = r.count(ctx, path, w.id, string(record.Validated), string(record.Locked)); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

func (r reader) count(ctx context.Context, path, id string, states ...string) (int, error) {
	return r.space.Store.Count(ctx, mappingKind, []store.Condition{
		{Column: path, Values: []string{id}}, {Column: "state", Compare: store.In, Values: states}})
}

// reference finds the question of a form that refers to a kind of record.
func reference(f *form.Form, kind string) (path string, ok bool) {
	for _, q := range f.Questions {
		if q.Kind == kind && q.Repeat() == nil {
			return q.Path, true
		}
	}
	return "", false
}

// drafts are what the person left unfinished, the newest first.
func (r reader) drafts(ctx context.Context) ([]line, int, error) {
	drafts, err := r.space.Store.Drafts(ctx)
	if err != nil {
		return nil, 0, err
	}
	more := max(len(drafts)-mostLines, 0)
	var out []line
	for _, d := range drafts[:len(drafts)-more] {
		kind := r.kindTitle(d.Kind)
		l := line{label: r.words.Say("home.new_record", "Kind", kind), about: r.words.Say("home.draft_about", "Kind", kind, "Count", len(d.Answers), "When", when(r.words, d.Changed)),
			route: fillRoute(d.Kind, d.Record), state: "draft"}
		if len(d.Heads) > 0 {
			if l.label, err = r.label(ctx, d.Kind, d.Record); err != nil {
				return nil, 0, err
			}
		}
		out = append(out, l)
	}
	return out, more, nil
}

func (r reader) label(ctx context.Context, kind string, id record.ID) (string, error) {
	rows, err := r.space.Store.List(ctx, kind, store.Query{Where: []store.Condition{{Column: "record", Values: []string{id.String()}}}, Columns: []string{}})
	if err != nil || len(rows) == 0 {
		return r.kindTitle(kind), err
	}
	return rows[0].Label, nil
}

func (r reader) kindTitle(kind string) string {
	f, ok := r.space.Form(kind)
	if !ok {
		return kind
	}
	return f.Title.In(r.words.Language(), f.DefaultLanguage)
}

// looks are records that want a look: returned with a question, or changed by two people at once.
func (r reader) looks(ctx context.Context) ([]line, int, error) {
	var out []line
	more := 0
	asked := map[record.ID]int{}
	queries, err := r.space.Queries(ctx, workspace.QuerySelection{Progress: []workspace.Progress{workspace.QueryOpen}})
	if err != nil {
		return nil, 0, err
	}
	for _, q := range queries {
		asked[q.About]++
	}
	for _, kind := range r.space.Kinds() {
		for state, where := range map[string]store.Condition{
			"conflict": {Column: "conflicts", Compare: store.More, Values: []string{"0"}},
			"returned": {Column: "state", Values: []string{string(record.Returned)}},
		} {
			all, err := r.space.Store.Count(ctx, kind, []store.Condition{where})
			if err != nil {
				return nil, 0, err
			}
			rows, err := r.space.Store.List(ctx, kind, store.Query{Where: []store.Condition{where}, Sort: []store.Order{{Column: "changed", Descending: true}}, Limit: mostLines, Columns: []string{}})
			if err != nil {
				return nil, 0, err
			}
			more += all - len(rows)
			for _, row := range rows {
				out = append(out, line{label: row.Label, about: r.kindTitle(kind) + r.asked(asked[row.Record]), route: routeOf(kind, row.Record), state: state})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b line) int { return strings.Compare(a.state+a.label, b.state+b.label) })
	if len(out) > mostLines {
		more += len(out) - mostLines
		out = out[:mostLines]
	}
	return out, more, nil
}

// asked says how many queries of headquarters a record has.
func (r reader) asked(queries int) string {
	if queries == 0 {
		return ""
	}
	return " · " + r.words.Say("home.queries", "Count", queries)
}

// fillRoute is where a draft is gone on with.
func fillRoute(kind string, id record.ID) string {
	if kind == mappingKind {
		kind = "" // what is filled where nothing is said
	}
	return page.MakeRoute("interviews/"+id.String()+"/fill", "kind", kind)
}

// routeOf is where a record of a kind is worked on.
func routeOf(kind string, id record.ID) string {
	if kind == mappingKind {
		return "interviews/" + id.String()
	}
	return "directory/" + id.String()
}

// when writes a moment short: the day and the time of the person's clock.
func when(w *words.Words, moment time.Time) string {
	local := moment.Local()
	return w.Date(local) + ", " + local.Format("15:04")
}

// drawing asks for a chart of so many points' width.
type drawing struct {
	reader
	engine func() (*chart.Engine, error)
	width  float64
}

// draw makes the small chart of the newest trend; nil where there is nothing to show.
func (d drawing) draw(ctx context.Context) (*scene.Scene, error) {
	settings, err := d.space.Settings(ctx)
	if err != nil {
		return nil, err
	}
	frame, err := d.space.Store.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	if frame.Rows(mappingKind) == 0 {
		return nil, nil
	}
	result, err := indicator.Compute(ctx, frame, indicator.Query{Indicator: newest, Disclosure: true})
	if err != nil || len(result.Points) == 0 {
		return nil, err
	}
	definition, err := trend.Chart(result, trend.Labels{Words: d.words, Codes: d.space.Lists, Source: strings.Join(settings.Sources(), "; "), Demonstration: settings.Demonstration})
	if err != nil {
		return nil, err
	}
	definition.Width, definition.Height = d.width, d.width*0.62
	engine, err := d.engine()
	if err != nil {
		return nil, err
	}
	return engine.Scene(definition)
}
