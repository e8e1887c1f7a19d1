package directory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"coopatlas/app/kit"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// Columns of the list that are no questions.
const (
	columnName      = "label"
	columnPersons   = "persons" // persons working over the years, as a small trend
	columnState     = "state"
	columnChanged   = "changed"
	columnConflicts = "conflicts"
)

// rows turns records into rows of the list. fetch is called from jobs.
type rows struct {
	source *source
	kind   string
	say    *words.Words
	mutex  sync.Mutex
	at     filters
}

func newRows(s *source, kind string, say *words.Words) *rows {
	return &rows{source: s, kind: kind, say: say}
}

func (r *rows) set(f filters) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.at = f
}

func (r *rows) filters() filters {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.at
}

// columns are all that the list can show: those of lists first, the others hidden until they are chosen.
func (r *rows) columns() []kit.TableColumn {
	out := []kit.TableColumn{{Name: columnName, Title: r.say.Say("directory.column.name"), Width: 260, Sorts: true}}
	f, ok := r.source.space.Form(r.kind)
	if !ok {
		return out
	}
	reader := reader{space: r.source.space, say: r.say}
	for _, q := range r.questions(f) {
		column := kit.TableColumn{Name: q.Path, Title: reader.label(f, q), Sorts: true, Hidden: q.ListOrder == 0 || slices.Contains(named[:], q.Name)}
		column.Number = q.Storage() == form.StoreNumber
		if column.Number {
			column.Width = 90
		}
		out = append(out, column)
	}
	if r.kind == kindCooperative {
		out = append(out, kit.TableColumn{Name: columnPersons, Title: r.say.Say("directory.column.persons"), Width: 110})
	}
	return append(out, kit.TableColumn{Name: columnState, Title: r.say.Say("directory.column.state"), Width: 110, Sorts: true, Hidden: true},
		kit.TableColumn{Name: columnConflicts, Title: r.say.Say("directory.column.conflicts"), Width: 100, Number: true, Sorts: true, Hidden: true},
		kit.TableColumn{Name: columnChanged, Title: r.say.Say("directory.column.changed"), Width: 130, Sorts: true, Hidden: true})
}

// named are the questions that the name of a record says already.
var named = [...]string{"legal_name", "short_name", "family_name", "given_name", "acronym", "title", "dossier",
	"from_cooperative", "from_organisation", "to_cooperative", "to_organisation"}

// questions are those that lists may show, the columns of lists first.
func (r *rows) questions(f *form.Form) []*form.Question {
	out := f.ListColumns()
	for _, q := range f.Questions {
		if q.ListOrder == 0 && q.Asked() && q.Stored() && !q.Personal && q.Repeat() == nil && q.Storage() != form.StoreFile {
			out = append(out, q)
		}
	}
	return out
}

// fetch reads a part of the list.
func (r *rows) fetch(ctx context.Context, at filters, q kit.TableQuery) (kit.TablePage, error) {
	where, err := r.source.conditions(at)
	if err != nil {
		return kit.TablePage{}, err
	}
	f, err := r.source.space.MustKnow(r.kind)
	if err != nil {
		return kit.TablePage{}, err
	}
	ask := store.Query{Where: where, Sort: []store.Order{{Column: columnName}}, Columns: []string{}, Limit: q.Limit, Offset: q.Offset, Deleted: at.state == stateDeleted}
	if q.Sort != "" {
		ask.Sort = []store.Order{{Column: q.Sort, Descending: q.Descending}, {Column: columnName}}
	}
	for _, name := range q.Columns {
		if _, ok := f.Question(name); ok {
			ask.Columns = append(ask.Columns, name)
		}
	}
	out := kit.TablePage{}
	if out.Total, err = r.source.space.Store.Total(ctx, r.kind, ask); err != nil || out.Total == 0 {
		return out, err
	}
	found, err := r.source.space.Store.List(ctx, r.kind, ask)
	if err != nil {
		return out, err
	}
	var trends map[string][]float64
	if slices.Contains(q.Columns, columnPersons) {
		if trends, err = persons(ctx, r.source.space, found); err != nil {
			return out, err
		}
	}
	words := newReader(ctx, r.source.space, r.say)
	for _, row := range found {
		out.Rows = append(out.Rows, r.row(words, f, row, trends[row.Record.String()]))
	}
	return out, nil
}

func (r *rows) row(words reader, f *form.Form, row store.Row, trend []float64) kit.TableRow {
	cells := map[string]kit.Cell{
		columnName:    {Text: row.Label},
		columnState:   stateCell(r.say, row.Lifecycle),
		columnChanged: {Text: row.Changed.Format("2006-01-02 15:04")},
		columnPersons: {Spark: trend},
	}
	if len(trend) == 1 {
		cells[columnPersons] = kit.Cell{Text: r.say.Number(trend[0], 0)}
	}
	if row.Conflicts > 0 {
		cells[columnConflicts] = kit.Tell(kit.Warn, r.say.Integer(int64(row.Conflicts)))
		warn := kit.Warn
		cells[columnName] = kit.Cell{Text: row.Label, State: &warn}
	}
	if row.Label == "" {
		cells[columnName] = kit.Cell{Text: r.say.Say("directory.unnamed")}
	}
	for path, answer := range row.Values {
		if q, ok := f.Question(path.Question()); ok {
			cells[string(path)] = kit.Cell{Text: words.value(f, q, answer)}
		}
	}
	return kit.TableRow{Key: row.Record.String(), Cells: cells}
}

// stateCell says where a record stands.
func stateCell(say *words.Words, l record.Lifecycle) kit.Cell {
	return kit.Tell(stateOf(l), say.Say("directory.state."+string(l)))
}

// stateOf is the look of a state of a record.
func stateOf(l record.Lifecycle) kit.State {
	switch l {
	case record.Submitted:
		return kit.Active
	case record.Returned:
		return kit.Warn
	case record.Validated, record.Locked:
		return kit.Good
	case record.Deleted:
		return kit.Bad
	}
	return kit.Neutral
}

// persons are the persons working in cooperatives over the years, by their ids.
func persons(ctx context.Context, space *workspace.Workspace, of []store.Row) (map[string][]float64, error) {
	f, ok := space.Form(kindMapping)
	if !ok || len(of) == 0 {
		return nil, nil
	}
	subject, year, working := pathOf(f, "subject"), pathOf(f, "year"), pathOf(f, "persons_working")
	ids := make([]string, len(of))
	for i, row := range of {
		ids[i] = row.Record.String()
	}
	found, err := space.Store.List(ctx, kindMapping, store.Query{Columns: []string{subject, year, working}, Where: []store.Condition{{Column: subject, Compare: store.In, Values: ids}}})
	if err != nil {
		return nil, err
	}
	number := func(row store.Row, path string) (float64, bool) {
		n, ok := row.Values[record.Path(path)].Value.Number()
		return n.Float(), ok
	}
	slices.SortStableFunc(found, func(a, b store.Row) int {
		x, _ := number(a, year)
		y, _ := number(b, year)
		return cmp.Compare(x, y)
	})
	out := map[string][]float64{}
	for _, row := range found {
		if n, ok := number(row, working); ok {
			id := strings.ToLower(row.Values[record.Path(subject)].Value.String())
			out[id] = append(out[id], n)
		}
	}
	return out, nil
}
