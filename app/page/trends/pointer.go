package trends

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/reports/chart"
)

// pointer lies over a chart: what is under the mouse is told, a click or the arrow keys choose a point.
type pointer struct {
	widget.BaseWidget
	p      *Page
	class  string // of the second breakdown that the chart is of; "" where it is of all
	missed func() // called where a click is at no point; may be nil
	ring   *canvas.Circle
	frame  *kit.Shape
	places []chart.Place
	points []int   // place of each among the points of the result
	width  float64 // of the drawing
	at     int     // of places, or none
}

func newPointer(p *Page) *pointer {
	o := &pointer{p: p, at: none, ring: canvas.NewCircle(nil), frame: kit.NewShape("", "", kit.Corner)}
	o.ring.StrokeWidth = 2
	o.ring.Hide()
	o.ExtendBaseWidget(o)
	return o
}

// set notes where the points of a drawing stand.
func (o *pointer) set(d chart.Definition) {
	o.places, o.width = chart.Places(d, o.p.s.Fonts())
	o.points = make([]int, len(o.places))
	for i, at := range o.places {
		o.points[i] = o.p.pointOf(o.class, d.Series[at.Series].Name, d.Categories[at.Category])
	}
	o.mark(o.p.card.chosen)
}

// pointOf is the place of a drawn point among those of the result, by the class that its chart is of ("" for all), the name
// of its series and its year. Without a breakdown all series are of the one cell that there is.
func (p *Page) pointOf(class, series, year string) int {
	if p.answer.result == nil {
		return none
	}
	for i, point := range p.answer.result.Points {
		if class != "" && point.Keys[2] != class {
			continue
		}
		if name := p.lineName(class, point.Keys); (name == "" || name == series) && strconv.Itoa(point.Year) == year {
			return i
		}
	}
	return none
}

// lineName is what the line of a point is called in its chart: its cell, without the class that the chart is of.
func (p *Page) lineName(class string, keys []string) string {
	if class == "" {
		return p.cell(keys)
	}
	var names []string
	for i, value := range keys {
		if i > 0 && i != 2 {
			names = append(names, p.class(filter{p.answer.result.By[i], value}))
		}
	}
	return strings.Join(names, ", ")
}

// unit is how many units of the window a point of the drawing is.
func (o *pointer) unit() float64 {
	if o.width == 0 {
		return 1
	}
	return float64(o.Size().Width) / o.width
}

// nearest is the drawn point nearest to a position, or none where all are far.
func (o *pointer) nearest(at fyne.Position) int {
	const near = 28 // units of the window
	best, least := none, math.Inf(1)
	for i, place := range o.places {
		distance := math.Hypot(place.X*o.unit()-float64(at.X), place.Y*o.unit()-float64(at.Y))
		if distance < least && distance < near {
			best, least = i, distance
		}
	}
	return best
}

// mark puts the ring round a point of the result, where it is drawn.
func (o *pointer) mark(point int) {
	o.at = none
	for i, at := range o.points {
		if at == point && point != none {
			o.at = i
		}
	}
	o.ring.Hidden = o.at == none
	if o.at != none {
		const radius = 8
		x, y := float32(o.places[o.at].X*o.unit()), float32(o.places[o.at].Y*o.unit())
		o.ring.StrokeColor = o.Theme().Color(kit.ColorTeal, fyne.CurrentApp().Settings().ThemeVariant())
		o.ring.Resize(fyne.NewSquareSize(2 * radius))
		o.ring.Move(fyne.NewPos(x-radius, y-radius))
	}
	o.ring.Refresh()
}

// Tapped chooses what is under the mouse.
func (o *pointer) Tapped(e *fyne.PointEvent) {
	o.p.s.Canvas().Focus(o)
	if i := o.nearest(e.Position); i != none {
		o.p.card.choose(o.points[i])
		return
	}
	if o.missed != nil {
		o.missed()
	}
}

// MouseIn is Fyne's.
func (o *pointer) MouseIn(*desktop.MouseEvent) {}

// MouseMoved tells what is under the mouse.
func (o *pointer) MouseMoved(e *desktop.MouseEvent) {
	if i := o.nearest(e.Position); i != none {
		o.p.card.tell(o.points[i])
	}
}

// MouseOut tells of the chosen point again.
func (o *pointer) MouseOut() { o.p.card.tell(o.p.card.chosen) }

// FocusGained is Fyne's.
func (o *pointer) FocusGained() { o.frame.SetStroke(kit.ColorTeal, 2) }

// FocusLost is Fyne's.
func (o *pointer) FocusLost() { o.frame.SetStroke("", 0) }

// TypedRune is Fyne's.
func (o *pointer) TypedRune(rune) {}

// TypedKey goes from point to point: left and right in a series, up and down among those of a year.
func (o *pointer) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		o.step(func(from, to chart.Place) float64 { return ahead(from.X-to.X, from.Series, to.Series) })
	case fyne.KeyRight:
		o.step(func(from, to chart.Place) float64 { return ahead(to.X-from.X, from.Series, to.Series) })
	case fyne.KeyUp:
		o.step(func(from, to chart.Place) float64 { return ahead(from.Y-to.Y, from.Category, to.Category) })
	case fyne.KeyDown:
		o.step(func(from, to chart.Place) float64 { return ahead(to.Y-from.Y, from.Category, to.Category) })
	case fyne.KeyReturn, fyne.KeyEnter:
		o.p.card.showRecords()
	case fyne.KeyEscape:
		o.p.card.choose(none)
	}
}

// ahead is a distance that counts only ahead, and only between places that have something in common.
func ahead(distance float64, a, b int) float64 {
	if a != b || distance <= 0 {
		return math.Inf(1)
	}
	return distance
}

// step chooses the nearest point by a distance; the first one where none is chosen.
func (o *pointer) step(distance func(from, to chart.Place) float64) {
	if len(o.places) == 0 {
		return
	}
	if o.at == none {
		o.p.card.choose(o.points[len(o.points)-1])
		return
	}
	best, least := none, math.Inf(1)
	for i, place := range o.places {
		if d := distance(o.places[o.at], place); d < least {
			best, least = i, d
		}
	}
	if best != none {
		o.p.card.choose(o.points[best])
	}
}

// CreateRenderer is Fyne's.
func (o *pointer) CreateRenderer() fyne.WidgetRenderer { return &pointerRenderer{o} }

// pointerRenderer draws the ring and the line of the focus.
type pointerRenderer struct{ o *pointer }

func (r *pointerRenderer) Destroy()           {}
func (r *pointerRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *pointerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.o.frame, r.o.ring}
}
func (r *pointerRenderer) Refresh() { r.o.mark(r.o.p.card.chosen) }

// Layout is Fyne's.
func (r *pointerRenderer) Layout(size fyne.Size) {
	r.o.frame.Resize(size)
	r.o.mark(r.o.p.card.chosen)
}

// rows lies over the table: a click or the arrow keys choose a row.
type rows struct {
	widget.BaseWidget
	p      *Page
	tint   *kit.Shape
	frame  *kit.Shape
	shown  int // rows of the table
	height float32
}

func newRows(p *Page) *rows {
	o := &rows{p: p, tint: kit.NewShape("", kit.ColorTeal, 0), frame: kit.NewShape("", "", kit.Corner)}
	o.tint.Hide()
	o.ExtendBaseWidget(o)
	return o
}

// set notes how many rows the table has.
func (o *rows) set(shown int) {
	o.shown = shown
	o.mark(o.p.card.chosen)
}

// mark draws a line round the row of a point.
func (o *rows) mark(point int) {
	o.height = o.Size().Height / float32(max(o.shown+1, 1))
	o.tint.Hidden = point == none || point >= o.shown
	o.tint.Move(fyne.NewPos(0, float32(point+1)*o.height))
	o.tint.Resize(fyne.NewSize(o.Size().Width, o.height))
	o.tint.Refresh()
}

// Tapped chooses the row that is clicked.
func (o *rows) Tapped(e *fyne.PointEvent) {
	o.p.s.Canvas().Focus(o)
	if at := int(e.Position.Y/max(o.height, 1)) - 1; at >= 0 && at < o.shown {
		o.p.card.choose(at)
	}
}

// FocusGained is Fyne's.
func (o *rows) FocusGained() { o.frame.SetStroke(kit.ColorTeal, 2) }

// FocusLost is Fyne's.
func (o *rows) FocusLost() { o.frame.SetStroke("", 0) }

// TypedRune is Fyne's.
func (o *rows) TypedRune(rune) {}

// TypedKey goes from row to row.
func (o *rows) TypedKey(key *fyne.KeyEvent) {
	at := o.p.card.chosen
	switch key.Name {
	case fyne.KeyUp:
		o.p.card.choose(max(at-1, 0))
	case fyne.KeyDown:
		o.p.card.choose(min(at+1, o.shown-1))
	case fyne.KeyReturn, fyne.KeyEnter:
		o.p.card.showRecords()
	case fyne.KeyEscape:
		o.p.card.choose(none)
	}
}

// CreateRenderer is Fyne's.
func (o *rows) CreateRenderer() fyne.WidgetRenderer { return &rowsRenderer{o} }

// rowsRenderer draws the line round the chosen row, and that of the focus.
type rowsRenderer struct{ o *rows }

func (r *rowsRenderer) Destroy()                     {}
func (r *rowsRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *rowsRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.o.tint, r.o.frame} }
func (r *rowsRenderer) Refresh()                     { r.o.mark(r.o.p.card.chosen) }

// Layout is Fyne's.
func (r *rowsRenderer) Layout(size fyne.Size) {
	r.o.frame.Resize(size)
	r.o.mark(r.o.p.card.chosen)
}
