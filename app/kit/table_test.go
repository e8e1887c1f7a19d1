package kit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/stage"
	"coopatlas/app/task"
)

// source has so many rows, numbered, and notes what it was asked.
type source struct {
	rows  int
	asked []kit.TableQuery
	err   error
}

func (s *source) fetch(_ context.Context, q kit.TableQuery) (kit.TablePage, error) {
	s.asked = append(s.asked, q)
	page := kit.TablePage{Total: s.rows}
	for i := q.Offset; i < min(q.Offset+q.Limit, s.rows); i++ {
		n := i
		if q.Descending {
			n = s.rows - 1 - i
		}
		share := 0.5
		page.Rows = append(page.Rows, kit.TableRow{Key: fmt.Sprint(n), Cells: map[string]kit.Cell{
			"name": {Text: fmt.Sprintf("row %d", n)}, "state": kit.Tell(kit.Good, "fine"), "share": {Text: "50", Bar: &share}, "trend": {Spark: []float64{1, 3, 2}}}})
	}
	return page, s.err
}

func newTable(t *testing.T, s *source, change func(*kit.TableConfig)) *kit.Table {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	cfg := kit.TableConfig{Runner: task.Inline{}, Fetch: s.fetch, Columns: []kit.TableColumn{
		{Name: "name", Title: "Name", Width: 200, Sorts: true}, {Name: "state", Title: "State"}, {Name: "share", Title: "Share", Number: true},
		{Name: "trend", Title: "Trend", Hidden: true}}}
	if change != nil {
		change(&cfg)
	}
	table := kit.NewTable(cfg)
	window := test.NewTempWindow(t, table)
	window.Resize(fyne.NewSize(800, 400))
	table.Reload()
	return table
}

func press(t *testing.T, table *kit.Table, keys ...fyne.KeyName) {
	t.Helper()
	table.Focus()
	focused := fyne.CurrentApp().Driver().CanvasForObject(table).Focused()
	for _, key := range keys {
		focused.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestTableReadsOnlyWhatIsLookedAt(t *testing.T) {
	s := &source{rows: 100_000}
	total := 0
	table := newTable(t, s, func(c *kit.TableConfig) { c.OnTotal = func(n int) { total = n } })
	if len(s.asked) != 1 || s.asked[0].Limit > 200 || total != 100_000 || table.Total() != total {
		t.Fatalf("asked %d times, %d rows", len(s.asked), total)
	}
	press(t, table, fyne.KeyEnd)
	last := s.asked[len(s.asked)-1]
	if len(s.asked) > 3 || last.Offset < 99_000 {
		t.Errorf("after End it asked %d times, last from %d", len(s.asked), last.Offset)
	}
	if row, ok := table.Row(99_999); !ok || row.Key != "99999" {
		t.Errorf("the last row is %q", row.Key)
	}
	if _, ok := table.Row(50_000); ok {
		t.Error("a row that nobody looked at was read")
	}
}

func TestTableIsWorkedByKeys(t *testing.T) {
	var selected, opened []string
	table := newTable(t, &source{rows: 500}, func(c *kit.TableConfig) {
		c.OnSelect = func(r kit.TableRow) { selected = append(selected, r.Key) }
		c.OnOpen = func(r kit.TableRow) { opened = append(opened, r.Key) }
	})
	press(t, table, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeyHome, fyne.KeyUp)
	if want := []string{"0", "1", "2", "1", "0"}; !slices.Equal(selected, want) {
		t.Errorf("selected %q, want %q", selected, want)
	}
	if !slices.Equal(opened, []string{"2"}) {
		t.Errorf("opened %q", opened)
	}
	if table.Chosen() != "0" {
		t.Errorf("chosen is %q", table.Chosen())
	}
}

func TestTableSortsAndRemembersItsLayout(t *testing.T) {
	s := &source{rows: 10}
	var layouts []kit.TableLayout
	table := newTable(t, s, func(c *kit.TableConfig) { c.OnLayout = func(l kit.TableLayout) { layouts = append(layouts, l) } })
	table.SortBy("name")
	table.SortBy("name")
	table.SortBy("state") // does not sort
	if len(layouts) != 2 || layouts[0].Descending || !layouts[1].Descending {
		t.Fatalf("layouts %+v", layouts)
	}
	if row, _ := table.Row(0); row.Key != "9" {
		t.Errorf("the first row is %q", row.Key)
	}
	table.SetColumn("trend", true)
	table.SetColumn("state", false)
	if got := table.Layout().Columns; !slices.Equal(got, []string{"name", "share", "trend"}) {
		t.Errorf("columns %q", got)
	}
	other := newTable(t, s, nil)
	other.SetLayout(kit.TableLayout{Columns: []string{"share", "gone"}, Sort: "name", Descending: true})
	if got := other.Layout(); !slices.Equal(got.Columns, []string{"share"}) || got.Sort != "name" || !got.Descending {
		t.Errorf("brought back %+v", got)
	}
	other.SetColumn("share", false)
	if len(other.Layout().Columns) != 1 {
		t.Error("the last column went")
	}
}

func TestTableKeepsWhatWasChosen(t *testing.T) {
	s := &source{rows: 50}
	selects := 0
	table := newTable(t, s, func(c *kit.TableConfig) { c.OnSelect = func(kit.TableRow) { selects++ } })
	table.Choose("7")
	table.Reload()
	if table.Chosen() != "7" || selects != 1 {
		t.Errorf("chosen %q after %d selections", table.Chosen(), selects)
	}
	table.SortBy("name")
	table.SortBy("name")
	press(t, table, fyne.KeyDown)
	if table.Chosen() != "6" {
		t.Errorf("below row 7, from the end, is %q", table.Chosen())
	}
}

func TestTableWithoutRowsShowsWhatStandsForThem(t *testing.T) {
	s := &source{}
	empty := kit.NewEmpty(kit.IconInterview, "Nothing here.", "Begin", func() {})
	table := newTable(t, s, func(c *kit.TableConfig) { c.Empty = empty })
	if !empty.Visible() {
		t.Error("the empty state does not show")
	}
	s.rows = 3
	table.Reload()
	press(t, table, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyPageUp)
	if empty.Visible() {
		t.Error("the empty state still shows")
	}
}

func TestTableHandsOnWhatGoesWrong(t *testing.T) {
	s := &source{err: errors.New("the drive is gone")}
	var failures []error
	newTable(t, s, func(c *kit.TableConfig) { c.OnFail = func(err error) { failures = append(failures, err) } })
	if len(failures) != 1 {
		t.Errorf("%d failures", len(failures))
	}
}

func TestCellsOfEveryKindAreDrawn(t *testing.T) {
	table := newTable(t, &source{rows: 3}, nil)
	table.SetColumn("trend", true)
	bars, sparks := 0, 0
	stage.Walk(table, func(o fyne.CanvasObject) {
		switch o.(type) {
		case *kit.Bar:
			bars++
		case *kit.Spark:
			sparks++
		}
	})
	if bars < 3 || sparks < 3 {
		t.Errorf("%d bars and %d small trends in sight", bars, sparks)
	}
}

// TestColumnsTakeTheWidthOfNewRows: what is read later is laid out in the widths that its rows need.
func TestColumnsTakeTheWidthOfNewRows(t *testing.T) {
	s := &source{rows: 4}
	table := newTable(t, s, func(c *kit.TableConfig) {
		short := c.Fetch
		c.Fetch = func(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
			page, err := short(ctx, q)
			if q.Descending {
				for _, row := range page.Rows {
					row.Cells["share"] = kit.Cell{Text: strings.Repeat("wide ", 12)}
				}
			}
			return page, err
		}
	})
	lefts := func() (out []float32) {
		stage.Walk(table, func(o fyne.CanvasObject) {
			if l, ok := o.(*widget.Label); ok && l.Text == "fine" {
				out = append(out, l.Size().Width)
			}
		})
		return out
	}
	before := lefts()
	table.SortBy("name")
	table.SortBy("name")
	after := lefts()
	if len(before) != 4 || len(after) != 4 || after[0] >= before[0] || after[0] != after[3] {
		t.Errorf("the column beside had the widths %v, and has %v", before, after)
	}
}
