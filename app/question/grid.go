package question

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// GridConfig is what a grid is made from.
type GridConfig struct {
	Name    string // of the line that adds a row, for traces and tests
	Words   *words.Words
	Title   string
	Columns []string // the labels of the questions of a row
	Room    float32  // at the normal text size
	Fixed   bool     // the questionnaire says how many rows there are
	// Add adds a row, Remove takes one away, Move goes on from the line under the rows.
	Add     func()
	Remove  func(row record.Path)
	Move    func(to Direction)
	Focused func()
	// Turn shows the rows before (-1) or after (+1) those that are shown.
	Turn func(by int)
}

// GridRow is one row: its editors by column, nil where the question is not asked in this row.
type GridRow struct {
	Path    record.Path
	Cells   []Editor
	Message string
	Level   kit.State
}

// Grid is a repeat: one line a row, an editor in each cell, and under them a line that adds a row.
type Grid struct {
	cfg    GridConfig
	object *fyne.Container
	head   *fyne.Container
	body   *fyne.Container
	pager  *fyne.Container
	adder  *adder
	notes  map[record.Path]*Prose
}

// The widths of a grid's narrow columns, at the normal text size.
const (
	numberWidth float32 = 40
	removeWidth float32 = 40
)

// CellWidth is how wide each cell of a grid is, at the normal text size.
func CellWidth(room float32, columns int) float32 {
	return (room-numberWidth-removeWidth)/float32(max(columns, 1)) - kit.Gap8
}

// NewGrid makes a grid without rows; Set brings them.
func NewGrid(cfg GridConfig) *Grid {
	g := &Grid{cfg: cfg, head: container.New(gridLine{cfg}), body: kit.Column(kit.Gap4), pager: kit.Row(kit.Gap8), notes: map[record.Path]*Prose{}}
	g.head.Add(NewProse("", kit.SizeCaption, kit.ColorSoft, numberWidth))
	for _, label := range cfg.Columns {
		p := NewProse(label, kit.SizeCaption, kit.ColorSoft, CellWidth(cfg.Room, len(cfg.Columns)))
		p.style.Bold = true
		g.head.Add(p)
	}
	g.adder = newAdder(cfg)
	g.object = kit.Column(kit.Gap4, g.head, kit.Rule(), g.body, g.pager)
	if cfg.Title != "" {
		g.object.Objects = append([]fyne.CanvasObject{kit.Heading(cfg.Title)}, g.object.Objects...)
	}
	if !cfg.Fixed {
		g.object.Add(kit.Row(kit.Gap8, g.adder))
	}
	return g
}

// Object is the whole grid.
func (g *Grid) Object() fyne.CanvasObject { return g.object }

// Focus gives the keyboard to the line that adds a row; false where rows are not added.
func (g *Grid) Focus(c fyne.Canvas) bool {
	if g.cfg.Fixed {
		return false
	}
	c.Focus(g.adder)
	return true
}

// Set shows rows, of which first rows stand before and total in all.
func (g *Grid) Set(rows []GridRow, first, total int) {
	g.body.Objects = nil
	clear(g.notes)
	for i, row := range rows {
		g.body.Add(g.line(row, first+i+1))
	}
	g.pager.Objects = nil
	if len(rows) < total {
		g.pager.Add(kit.IconButton(kit.IconBack, "", func() { g.cfg.Turn(-1) }))
		g.pager.Add(kit.Soft(g.cfg.Words.Say("question.rows_shown", "From", first+1, "To", first+len(rows), "Count", total)))
		g.pager.Add(kit.IconButton(kit.IconNext, "", func() { g.cfg.Turn(1) }))
	}
	g.object.Refresh()
}

// Say shows what is wrong or odd in a row.
func (g *Grid) Say(row record.Path, message string, level kit.State) {
	if p := g.notes[row]; p != nil && p.text != message {
		p.Set(message, level.Color())
		g.object.Refresh()
	}
}

func (g *Grid) line(row GridRow, number int) fyne.CanvasObject {
	line := container.New(gridLine{g.cfg}, container.NewCenter(kit.Caption(strconv.Itoa(number))))
	for _, cell := range row.Cells {
		if cell == nil {
			line.Add(kit.Soft("–"))
			continue
		}
		line.Add(cell.Object())
	}
	if !g.cfg.Fixed {
		line.Add(kit.IconButton(kit.IconRemove, "", func() { g.cfg.Remove(row.Path) }))
	}
	note := NewProse(row.Message, kit.SizeCaption, row.Level.Color(), g.cfg.Room-numberWidth)
	g.notes[row.Path] = note
	return kit.Column(0, line, kit.Row(0, kit.Fixed(numberWidth, kit.NewShape("", "", 0)), note))
}

// gridLine shares the width of a row among its cells.
type gridLine struct{ cfg GridConfig }

// MinSize is the room of the grid and the greatest height.
func (l gridLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(l.cfg.Room*kit.Scale(), 0)
	for _, o := range objects {
		least.Height = max(least.Height, o.MinSize().Height)
	}
	return least
}

// Layout gives each cell its column.
func (l gridLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	k := kit.Scale()
	cell := CellWidth(l.cfg.Room, len(l.cfg.Columns)) * k
	for i, o := range objects {
		switch {
		case i == 0:
			o.Move(fyne.NewPos(0, 0))
			o.Resize(fyne.NewSize(numberWidth*k, size.Height))
		case i <= len(l.cfg.Columns):
			o.Move(fyne.NewPos(numberWidth*k+float32(i-1)*(cell+kit.Gap8), 0))
			o.Resize(fyne.NewSize(cell, o.MinSize().Height))
		default:
			o.Move(fyne.NewPos(numberWidth*k+float32(len(l.cfg.Columns))*(cell+kit.Gap8), 0))
			o.Resize(fyne.NewSize((removeWidth-kit.Gap4)*k, o.MinSize().Height))
		}
	}
}

// adder is the line under the rows: Space, + or a click adds a row, Enter goes on.
type adder struct {
	widget.BaseWidget
	cfg   GridConfig
	ring  *kit.Shape
	label *widget.Label
	shift bool
}

func newAdder(cfg GridConfig) *adder {
	a := &adder{cfg: cfg, ring: kit.NewShape("", "inputBorder", kit.Corner), label: kit.Plain(cfg.Words.Say("question.add_row"))}
	a.ExtendBaseWidget(a)
	return a
}

// FocusName is the name of the repeat.
func (a *adder) FocusName() string { return a.cfg.Name }

// AcceptsTab keeps Tab for the line.
func (a *adder) AcceptsTab() bool { return true }

// Tapped adds a row.
func (a *adder) Tapped(*fyne.PointEvent) { a.cfg.Add() }

// TypedRune adds a row at +.
func (a *adder) TypedRune(r rune) {
	if r == '+' {
		a.cfg.Add()
	}
}

// TypedKey adds a row at Space, and goes on.
func (a *adder) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace:
		a.cfg.Add()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		a.cfg.Move(sideways(a.shift || driverShift()))
	case fyne.KeyUp, fyne.KeyDown:
		a.cfg.Move(upright(key.Name))
	}
}

// KeyDown notes Shift.
func (a *adder) KeyDown(key *fyne.KeyEvent) { a.shift = a.shift || isShift(key.Name) }

// KeyUp notes Shift.
func (a *adder) KeyUp(key *fyne.KeyEvent) { a.shift = a.shift && !isShift(key.Name) }

// FocusGained shows the ring.
func (a *adder) FocusGained() {
	a.ring.SetStroke(kit.ColorTeal, 2)
	if a.cfg.Focused != nil {
		a.cfg.Focused()
	}
}

// FocusLost hides it.
func (a *adder) FocusLost() {
	a.shift = false
	a.ring.SetStroke("inputBorder", 1)
}

// CreateRenderer is Fyne's.
func (a *adder) CreateRenderer() fyne.WidgetRenderer {
	icon := container.NewCenter(widget.NewIcon(kit.IconAdd.In(kit.ColorTeal)))
	return widget.NewSimpleRenderer(container.NewStack(a.ring, container.NewBorder(nil, nil, kit.Row(0, kit.Pad(kit.Gap4, icon)), nil, a.label)))
}
