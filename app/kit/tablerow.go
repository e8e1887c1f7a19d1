package kit

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// rowView shows one row; the list uses a few of them for all rows.
type rowView struct {
	widget.BaseWidget
	t     *Table
	index int
	box   *fyne.Container
	cells []*cellView
}

func newRowView(t *Table) *rowView {
	v := &rowView{t: t, box: container.New(columnsLayout{t})}
	v.fit()
	v.ExtendBaseWidget(v)
	return v
}

// fit makes as many cells as there are columns.
func (v *rowView) fit() {
	for len(v.cells) < len(v.t.layout.Columns) {
		v.cells = append(v.cells, newCellView())
	}
	v.box.Objects = nil
	for _, c := range v.cells[:len(v.t.layout.Columns)] {
		v.box.Objects = append(v.box.Objects, c)
	}
}

// show sets every cell; a row that is not here yet is asked for and shows nothing meanwhile.
func (v *rowView) show(index int) {
	v.index = index
	if len(v.box.Objects) != len(v.t.layout.Columns) {
		v.fit()
	}
	v.box.Layout.Layout(v.box.Objects, v.box.Size()) // the widths may have changed with the rows
	row, ok := v.t.Row(index)
	if !ok {
		v.t.need(index)
	}
	for i, c := range v.t.shown() {
		v.cells[i].show(row.Cells[c.Name], c.Number)
	}
}

// Tapped chooses the row.
func (v *rowView) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.t); c != nil {
		c.Focus(v.t.rows)
	}
	v.t.rows.choose(v.index)
}

// DoubleTapped opens the row.
func (v *rowView) DoubleTapped(*fyne.PointEvent) {
	v.t.rows.choose(v.index)
	v.t.rows.open()
}

// CreateRenderer is Fyne's.
func (v *rowView) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.box) }

// cellView shows one cell.
type cellView struct {
	widget.BaseWidget
	icon  *widget.Icon
	text  *widget.Label
	bar   *Bar
	spark *Spark
	left  *fyne.Container

	shown  Cell
	number bool
}

func newCellView() *cellView {
	c := &cellView{icon: widget.NewIcon(nil), text: Line(""), bar: NewBar(), spark: NewSpark(nil)}
	c.bar.Hide()
	c.spark.Hide()
	c.icon.Hide()
	c.left = container.NewHBox(c.icon, container.NewCenter(c.bar))
	c.ExtendBaseWidget(c)
	return c
}

// show sets what stands in the cell. One that stands there already is left alone: to fit a text into its width is most
// of what a list costs.
func (c *cellView) show(cell Cell, number bool) {
	if number == c.number && reflect.DeepEqual(cell, c.shown) {
		return
	}
	c.shown, c.number = cell, number
	c.text.Alignment = fyne.TextAlignLeading
	if number {
		c.text.Alignment = fyne.TextAlignTrailing
	}
	c.text.Importance = widget.MediumImportance
	c.icon.Hidden = cell.State == nil || cell.Text == ""
	if cell.State != nil {
		c.text.Importance = stateLooks[*cell.State].importance
		c.icon.SetResource(cell.State.Icon().In(cell.State.Color()))
	}
	c.bar.Hidden = cell.Bar == nil
	if cell.Bar != nil {
		c.bar.Set(Part{*cell.Bar, ColorTeal})
	}
	c.spark.Hidden = len(cell.Spark) < 2
	c.spark.Set(cell.Spark)
	c.text.Text = cell.Text
	c.Refresh()
}

// CreateRenderer is Fyne's.
func (c *cellView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, c.left, nil, container.NewStack(c.text, container.NewPadded(c.spark))))
}
