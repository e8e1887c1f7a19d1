package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// GridColumn is one column of a Grid.
type GridColumn struct {
	Title  string
	Number bool // set at the right
	Grow   bool // takes the width that is left over; without any, all do
}

// Grid is a printed table: as high as its rows, without scrolling, choosing or sorting. It suits some hundred rows; for
// more there is Table. Cells that find no room are cut short.
type Grid struct {
	widget.BaseWidget
	columns []GridColumn
	rows    [][]Cell
}

// NewGrid makes a table of rows, each with a cell for each column.
func NewGrid(columns []GridColumn, rows [][]Cell) *Grid {
	g := &Grid{columns: columns, rows: rows}
	g.ExtendBaseWidget(g)
	return g
}

// Set shows other columns and rows.
func (g *Grid) Set(columns []GridColumn, rows [][]Cell) {
	g.columns, g.rows = columns, rows
	g.Refresh()
}

// Texts are the texts of the grid by row, its heads first.
func (g *Grid) Texts() [][]string {
	out := make([][]string, 0, len(g.rows)+1)
	var heads []string
	for _, c := range g.columns {
		heads = append(heads, c.Title)
	}
	out = append(out, heads)
	for _, row := range g.rows {
		var texts []string
		for _, cell := range row {
			texts = append(texts, cell.Text)
		}
		out = append(out, texts)
	}
	return out
}

// CreateRenderer is Fyne's.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	r := &gridRenderer{grid: g}
	r.Refresh()
	return r
}

// gridCell is one cell as it is drawn.
type gridCell struct {
	text  *canvas.Text
	bar   *Bar
	full  string // before it was cut short
	wants float32
}

// gridRenderer draws a Grid.
type gridRenderer struct {
	grid    *Grid
	cells   [][]gridCell // heads first
	back    *canvas.Rectangle
	lines   []*canvas.Rectangle
	objects []fyne.CanvasObject
	wants   []float32 // width of each column
	height  float32   // of a row
}

// gridBar is the width of a bar in a cell.
const gridBar float32 = 48

func (r *gridRenderer) Destroy()                     {}
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is narrow, because cells are cut short, and as high as all rows.
func (r *gridRenderer) MinSize() fyne.Size {
	return fyne.NewSize(240, r.height*float32(len(r.cells)))
}

// Refresh makes the objects anew.
func (r *gridRenderer) Refresh() {
	r.cells, r.lines = nil, nil
	r.back = canvas.NewRectangle(colour("headerBackground"))
	r.objects = []fyne.CanvasObject{r.back}
	r.wants = make([]float32, len(r.grid.columns))
	heads := make([]Cell, len(r.grid.columns))
	for i, c := range r.grid.columns {
		heads[i] = Cell{Text: c.Title}
	}
	r.height = fyne.MeasureText("Hg", size(SizeBody), fyne.TextStyle{}).Height + Gap8
	r.add(heads, true)
	for _, row := range r.grid.rows {
		r.add(row, false)
	}
	r.Layout(r.grid.Size())
	canvas.Refresh(r.grid)
}

// add draws one row and notes how wide its cells want to be.
func (r *gridRenderer) add(row []Cell, head bool) {
	line := canvas.NewRectangle(colour(ColorLine))
	r.lines = append(r.lines, line)
	r.objects = append(r.objects, line)
	cells := make([]gridCell, 0, len(row))
	for i, cell := range row[:min(len(row), len(r.wants))] {
		drawn := r.draw(cell, head)
		r.wants[i] = max(r.wants[i], drawn.wants)
		cells = append(cells, drawn)
	}
	r.cells = append(r.cells, cells)
}

func (r *gridRenderer) draw(cell Cell, head bool) gridCell {
	var ink color.Color = colour(ColorInk)
	if cell.State != nil {
		ink = colour(cell.State.Color())
	}
	out := gridCell{text: canvas.NewText(cell.Text, ink), full: cell.Text}
	out.text.TextSize = size(SizeBody)
	if head {
		out.text.Color, out.text.TextSize, out.text.TextStyle.Bold = colour(ColorSoft), size(SizeCaption), true
	}
	out.wants = out.text.MinSize().Width + Gap16
	r.objects = append(r.objects, out.text)
	if cell.Bar != nil {
		out.bar = NewBar(Part{Share: *cell.Bar, Color: ColorTeal})
		out.bar.SetLeast(fyne.NewSize(gridBar, 8))
		out.wants += gridBar + Gap8
		r.objects = append(r.objects, out.bar)
	}
	return out
}

// widths shares a width among the columns: each what it wants and its part of what is left over; where there is too
// little, those that want most give way.
func (r *gridRenderer) widths(width float32) []float32 {
	out := append([]float32(nil), r.wants...)
	var sum, growing float32
	for i, w := range out {
		sum += w
		if r.grid.columns[i].Grow {
			growing += w
		}
	}
	if sum == 0 {
		return out
	}
	if width < sum {
		return narrowed(out, width)
	}
	for i := range out {
		switch {
		case growing == 0:
			out[i] += (width - sum) * out[i] / sum
		case r.grid.columns[i].Grow:
			out[i] += (width - sum) * r.wants[i] / growing
		}
	}
	return out
}

// narrowed cuts the widest columns to one width, so that all fit.
func narrowed(widths []float32, width float32) []float32 {
	low, high := float32(0), width
	for range 24 {
		limit, sum := (low+high)/2, float32(0)
		for _, w := range widths {
			sum += min(w, limit)
		}
		if sum > width {
			high = limit
		} else {
			low = limit
		}
	}
	for i := range widths {
		widths[i] = min(widths[i], low)
	}
	return widths
}

// Layout places the cells.
func (r *gridRenderer) Layout(of fyne.Size) {
	if of.Width <= 0 {
		return
	}
	widths := r.widths(of.Width)
	r.back.Resize(fyne.NewSize(of.Width, r.height))
	for y, row := range r.cells {
		top := float32(y) * r.height
		r.lines[y].Hidden = y == len(r.cells)-1 // the sheet's own line is there
		r.lines[y].Resize(fyne.NewSize(of.Width, 1))
		r.lines[y].Move(fyne.NewPos(0, top+r.height-1))
		var x float32
		for i, cell := range row {
			cell.place(fyne.NewPos(x, top), fyne.NewSize(widths[i], r.height), r.grid.columns[i].Number)
			x += widths[i]
		}
	}
}

// place sets a cell into its box, its text cut short where it does not fit.
func (c gridCell) place(at fyne.Position, box fyne.Size, number bool) {
	room, x := box.Width-Gap16, at.X+Gap8
	if c.bar != nil {
		c.bar.Resize(fyne.NewSize(gridBar, 8))
		c.bar.Move(fyne.NewPos(x, at.Y+(box.Height-8)/2))
		room, x = room-gridBar-Gap8, x+gridBar+Gap8
	}
	c.text.Text = shortened(c.full, room, c.text)
	wants := c.text.MinSize()
	if number {
		x += max(room-wants.Width, 0)
	}
	c.text.Resize(wants)
	c.text.Move(fyne.NewPos(x, at.Y+(box.Height-wants.Height)/2))
}

// shortened cuts a text to a width, and says so with an ellipsis.
func shortened(text string, width float32, like *canvas.Text) string {
	fits := func(s string) bool {
		return fyne.MeasureText(s, like.TextSize, like.TextStyle).Width <= width+0.5
	}
	if fits(text) {
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters)
	for low < high {
		middle := (low + high + 1) / 2
		if fits(string(letters[:middle]) + "…") {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(letters[:low]) + "…"
}
