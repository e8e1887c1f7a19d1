package kit

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/task"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Name   string // as Fetch knows it
	Title  string
	Width  float32 // where its rows hold a picture or none, at the normal text size; 0 is 120
	Number bool    // set at the right
	Sorts  bool    // its head can be clicked
	Hidden bool    // not shown until it is chosen
}

// Cell is what stands in one place of a table: a text, perhaps with the icon and colour of a state, or a picture beside
// it.
type Cell struct {
	Text  string
	State *State    // nil: plain
	Bar   *float64  // a share from 0 to 1, drawn as a bar before the text
	Spark []float64 // a small trend, drawn in place of the text
}

// Tell is a cell with a state.
func Tell(state State, word string) Cell { return Cell{Text: word, State: &state} }

// TableRow is one row. Cells are by the name of their column.
type TableRow struct {
	Key   string
	Cells map[string]Cell
}

// TableQuery is what a table asks for.
type TableQuery struct {
	Offset, Limit int
	Sort          string // the name of a column; "" is the order of the source
	Descending    bool
	Columns       []string // the names of those that are shown
}

// TablePage is a part of the rows, and how many there are in all.
type TablePage struct {
	Total int
	Rows  []TableRow
}

// TableConfig is what a Table is made from.
type TableConfig struct {
	Columns []TableColumn
	Runner  task.Runner
	// Fetch reads a part of the rows; it runs in the background.
	Fetch func(ctx context.Context, q TableQuery) (TablePage, error)
	// OnSelect is told which row is chosen; OnOpen which is opened by Enter or a second click. Either may be nil.
	OnSelect, OnOpen func(row TableRow)
	// OnTotal is told how many rows there are after each reading; OnFail what went wrong. Either may be nil.
	OnTotal func(total int)
	OnFail  func(err error)
	// OnLayout is told when the sorting or the columns were changed by the person.
	OnLayout func(TableLayout)
	// Empty is shown in place of no rows; nil shows an empty table.
	Empty fyne.CanvasObject
}

// TableLayout is how a person has set a table: which columns, sorted by which.
type TableLayout struct {
	Columns    []string `json:"columns"`
	Sort       string   `json:"sort"`
	Descending bool     `json:"descending"`
}

// tablePage is how many rows are read at once.
const tablePage = 100

// Table shows rows of any number: it reads the parts that are looked at, in the background, and keeps them.
type Table struct {
	widget.BaseWidget
	cfg    TableConfig
	layout TableLayout
	total  int
	pages  map[int][]TableRow
	asked  map[int]func() // of parts being read, how to stop
	round  int            // of readings; results of an earlier one are dropped
	chosen string         // key of the chosen row
	wants  map[string]want
	head   *tableHead
	rows   *tableRows
	body   *fyne.Container
}

// NewTable makes a table; Reload fills it.
func NewTable(cfg TableConfig) *Table {
	t := &Table{cfg: cfg, pages: map[int][]TableRow{}, asked: map[int]func(){}}
	for _, c := range cfg.Columns {
		if !c.Hidden {
			t.layout.Columns = append(t.layout.Columns, c.Name)
		}
	}
	t.head, t.rows = newTableHead(t), newTableRows(t)
	t.body = container.NewStack(t.rows)
	if cfg.Empty != nil {
		cfg.Empty.Hide()
		t.body.Add(cfg.Empty)
	}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is Fyne's.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Sheet(container.NewBorder(Column(0, t.head, Rule()), nil, nil, nil, t.body)))
}

// Reload reads the rows again, from the top.
func (t *Table) Reload() {
	t.round++
	for _, stop := range t.asked {
		stop()
	}
	clear(t.asked)
	clear(t.pages)
	t.fetch(0)
}

// Total is how many rows there are.
func (t *Table) Total() int { return t.total }

// Layout is how the person has set the table.
func (t *Table) Layout() TableLayout { return t.layout }

// SetLayout sets columns and sorting, as remembered; columns that are not there any more are left out. Reload follows.
func (t *Table) SetLayout(l TableLayout) {
	known := slices.DeleteFunc(slices.Clone(l.Columns), func(name string) bool { return t.column(name) == nil })
	if len(known) > 0 {
		t.layout.Columns = known
	}
	if c := t.column(l.Sort); c != nil && c.Sorts {
		t.layout.Sort, t.layout.Descending = l.Sort, l.Descending
	}
	t.head.update()
}

// Choose marks a row by its key where it is at hand, and scrolls to it.
func (t *Table) Choose(key string) {
	t.chosen = key
	for part, rows := range t.pages {
		for i, row := range rows {
			if row.Key == key {
				t.rows.choose(part*tablePage + i)
				return
			}
		}
	}
	t.rows.Refresh()
}

// Chosen is the key of the chosen row; "" for none.
func (t *Table) Chosen() string { return t.chosen }

// Row returns a row that has been read.
func (t *Table) Row(index int) (TableRow, bool) {
	rows := t.pages[index/tablePage]
	if i := index % tablePage; index >= 0 && i < len(rows) {
		return rows[i], true
	}
	return TableRow{}, false
}

// Focus gives the rows the keyboard.
func (t *Table) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t.rows)
	}
}

// TablePlace is where a person is in a table: the key of the chosen row, and how far the rows are scrolled.
type TablePlace struct {
	Chosen string
	Offset float32
}

// Place is where the person is.
func (t *Table) Place() TablePlace { return TablePlace{t.chosen, t.rows.GetScrollOffset()} }

// Go brings the person back to a place; the zero place changes nothing.
func (t *Table) Go(to TablePlace) {
	if to != (TablePlace{}) {
		t.Choose(to.Chosen)
		t.rows.ScrollToOffset(to.Offset)
	}
}

func (t *Table) column(name string) *TableColumn {
	for i := range t.cfg.Columns {
		if t.cfg.Columns[i].Name == name {
			return &t.cfg.Columns[i]
		}
	}
	return nil
}

// shown are the columns in their order.
func (t *Table) shown() []TableColumn {
	var out []TableColumn
	for _, name := range t.layout.Columns {
		if c := t.column(name); c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// need asks for the part that a row lies in, unless it is here or on its way.
func (t *Table) need(index int) {
	part := index / tablePage
	if _, here := t.pages[part]; here {
		return
	}
	if _, asked := t.asked[part]; !asked {
		t.fetch(part)
	}
}

func (t *Table) fetch(part int) {
	round, q := t.round, TableQuery{Offset: part * tablePage, Limit: tablePage, Sort: t.layout.Sort,
		Descending: t.layout.Descending, Columns: slices.Clone(t.layout.Columns)}
	t.asked[part] = func() {}
	stop := task.Quiet(t.cfg.Runner, func(ctx context.Context) (TablePage, error) { return t.cfg.Fetch(ctx, q) },
		func(page TablePage, err error) {
			if round == t.round {
				t.fetched(part, page, err)
			}
		})
	if _, still := t.asked[part]; still && round == t.round {
		t.asked[part] = stop
	}
}

func (t *Table) fetched(part int, page TablePage, err error) {
	delete(t.asked, part)
	if err != nil {
		t.pages[part] = nil // not asked for again until Reload
		if t.cfg.OnFail != nil {
			t.cfg.OnFail(err)
		}
		return
	}
	t.pages[part], t.total = page.Rows, page.Total
	if part == 0 { // measured once a reading, so that no column moves while rows are scrolled
		t.measure(page.Rows)
	}
	if t.cfg.Empty != nil {
		show(t.cfg.Empty, t.total == 0)
		show(t.rows, t.total > 0)
	}
	t.rows.update()
	if t.cfg.OnTotal != nil {
		t.cfg.OnTotal(t.total)
	}
}

// SortBy sorts by a column, or the other way round where it is sorted by it. Columns that do not sort are left alone.
func (t *Table) SortBy(name string) {
	if c := t.column(name); c == nil || !c.Sorts {
		return
	}
	t.layout.Descending = t.layout.Sort == name && !t.layout.Descending
	t.layout.Sort = name
	t.changed()
}

// SetColumn shows or hides a column; the last one stays.
func (t *Table) SetColumn(name string, shown bool) {
	have := slices.Contains(t.layout.Columns, name)
	switch {
	case shown && !have:
		t.layout.Columns = t.inOrder(append(t.layout.Columns, name))
	case !shown && have && len(t.layout.Columns) > 1:
		t.layout.Columns = slices.DeleteFunc(t.layout.Columns, func(n string) bool { return n == name })
	default:
		return
	}
	t.changed()
}

// inOrder sorts names as the columns were given.
func (t *Table) inOrder(names []string) []string {
	var out []string
	for _, c := range t.cfg.Columns {
		if slices.Contains(names, c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

func (t *Table) changed() {
	t.head.update()
	t.Reload()
	if t.cfg.OnLayout != nil {
		t.cfg.OnLayout(t.layout)
	}
}
