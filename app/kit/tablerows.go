package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// columnsLayout shares a width among the columns of a table.
type columnsLayout struct{ t *Table }

// MinSize is small: a table takes what it gets and cuts texts short.
func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.NewSize(200, 0)
	for _, o := range objects {
		out.Height = max(out.Height, o.MinSize().Height)
	}
	return out
}

// Layout gives each column its share.
func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widths := l.t.widths(size.Width)
	var x float32
	for i, o := range objects {
		if i >= len(widths) {
			o.Resize(fyne.NewSize(0, size.Height))
			continue
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(widths[i], size.Height))
		x += widths[i]
	}
}

// tableHead is the row of column heads.
type tableHead struct {
	widget.BaseWidget
	t   *Table
	box *fyne.Container
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{t: t, box: container.New(columnsLayout{t})}
	h.ExtendBaseWidget(h)
	h.update()
	return h
}

func (h *tableHead) update() {
	h.box.Objects = nil
	for _, c := range h.t.shown() {
		h.box.Objects = append(h.box.Objects, newHeadCell(h.t, c))
	}
	h.box.Refresh()
}

// CreateRenderer is Fyne's.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(NewShape("headerBackground", "", 0), h.box))
}

// headCell is the head of one column.
type headCell struct {
	widget.BaseWidget
	t      *Table
	column TableColumn
	hover  *Shape
	box    fyne.CanvasObject
}

func newHeadCell(t *Table, c TableColumn) *headCell {
	cell := &headCell{t: t, column: c, hover: NewShape("", "", 0)}
	title := Caption(c.Title)
	title.Truncation, title.TextStyle.Bold = fyne.TextTruncateEllipsis, true
	if c.Number {
		title.Alignment = fyne.TextAlignTrailing
	}
	var mark fyne.CanvasObject
	if t.layout.Sort == c.Name {
		icon := IconUp
		if t.layout.Descending {
			icon = IconDown
		}
		mark = container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(14), widget.NewIcon(icon.In(ColorTeal))))
	}
	if c.Number {
		cell.box = container.NewBorder(nil, nil, mark, nil, title)
	} else {
		cell.box = container.NewBorder(nil, nil, nil, mark, title)
	}
	cell.ExtendBaseWidget(cell)
	return cell
}

// Tapped is Fyne's.
func (c *headCell) Tapped(*fyne.PointEvent) {
	if c.column.Sorts {
		c.t.SortBy(c.column.Name)
	}
}

// MouseIn is Fyne's.
func (c *headCell) MouseIn(*desktop.MouseEvent) {
	if c.column.Sorts {
		c.hover.SetFill("hover")
	}
}

// MouseMoved is Fyne's.
func (c *headCell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (c *headCell) MouseOut() { c.hover.SetFill("") }

// CreateRenderer is Fyne's.
func (c *headCell) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.hover, c.box))
}

// tableRows is the list of rows. Arrows choose, Enter opens.
type tableRows struct {
	widget.List
	t     *Table
	index int // of the chosen row; -1 for none
}

func newTableRows(t *Table) *tableRows {
	r := &tableRows{t: t, index: -1}
	r.Length = func() int { return t.total }
	r.CreateItem = func() fyne.CanvasObject { return newRowView(t) }
	r.UpdateItem = func(id widget.ListItemID, o fyne.CanvasObject) { o.(*rowView).show(id) }
	r.OnSelected = r.selected
	r.ExtendBaseWidget(r)
	return r
}

// update shows what was read, and keeps the chosen row chosen where it is at hand.
func (r *tableRows) update() {
	r.Refresh()
	if row, ok := r.t.Row(r.index); ok && row.Key == r.t.chosen {
		return
	}
	r.index = -1
	r.UnselectAll()
	if r.t.chosen != "" {
		for part, rows := range r.t.pages {
			for i, row := range rows {
				if row.Key == r.t.chosen {
					r.choose(part*tablePage + i)
				}
			}
		}
	}
}

// choose marks a row.
func (r *tableRows) choose(index int) {
	if index >= 0 && index < r.t.total {
		r.Select(index)
		r.Highlight(index) // where the keyboard is, and nowhere else
	}
}

func (r *tableRows) selected(index int) {
	row, ok := r.t.Row(index)
	again := ok && r.index == index && r.t.chosen == row.Key
	r.index = index
	if !ok || again {
		return
	}
	r.t.chosen = row.Key
	if r.t.cfg.OnSelect != nil {
		r.t.cfg.OnSelect(row)
	}
}

// open opens the chosen row.
func (r *tableRows) open() {
	if row, ok := r.t.Row(r.index); ok && r.t.cfg.OnOpen != nil {
		r.t.cfg.OnOpen(row)
	}
}

// TypedKey is Fyne's.
func (r *tableRows) TypedKey(key *fyne.KeyEvent) {
	page := max(int(r.Size().Height/r.CreateItem().MinSize().Height)-1, 1)
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.open()
	case fyne.KeyDown:
		r.choose(min(r.index+1, r.t.total-1))
	case fyne.KeyUp:
		r.choose(max(r.index-1, 0))
	case fyne.KeyPageDown:
		r.choose(min(r.index+page, r.t.total-1))
	case fyne.KeyPageUp:
		r.choose(max(r.index-page, 0))
	case fyne.KeyHome:
		r.choose(0)
	case fyne.KeyEnd:
		r.choose(r.t.total - 1)
	}
}

// FocusGained is Fyne's; the first row is chosen where none is.
func (r *tableRows) FocusGained() {
	r.List.FocusGained()
	if r.index < 0 {
		r.choose(0)
	}
}
