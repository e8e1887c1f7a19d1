package trends

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

// gallery shows charts side by side.
type gallery struct {
	p       *Page
	views   []*kit.SceneView
	over    []*pointer // over each view
	box     *fyne.Container
	head    *widget.Label // the title of all
	sub     *widget.Label // population, years, unit and basis
	source  *widget.Label
	left    *widget.Label // what is not drawn
	object  *fyne.Container
	drawing []task.Latest
}

func newGallery(p *Page) *gallery {
	g := &gallery{p: p, box: container.New(&tiles{}), head: kit.Heading(""), sub: kit.Hint(""), source: kit.Hint(""), left: kit.Hint(""), drawing: make([]task.Latest, trend.MostMultiples)}
	for i := range trend.MostMultiples {
		view := kit.NewChartView(p.s.Fonts(), fyne.NewSize(240, 190))
		view.OnWidth = func(float64) { g.draw(i) }
		over := newPointer(p)
		over.missed = func() { g.only(i) }
		g.views, g.over = append(g.views, view), append(g.over, over)
	}
	g.object = kit.Column(0, kit.Column(-kit.Gap12, g.head, g.sub), g.box, g.left, g.source)
	return g
}

// show shows the charts of an answer; none hides everything.
func (g *gallery) show() {
	a := g.p.answer
	g.object.Hidden = len(a.small) == 0
	g.box.Objects = nil
	for i := range a.small {
		g.box.Add(container.NewStack(g.views[i], g.over[i]))
		g.views[i].SetScene(nil)
		g.over[i].class, g.over[i].places, g.over[i].points = a.small[i].Class, nil, nil
		g.over[i].mark(none)
	}
	d := a.definition
	g.head.SetText(d.Title)
	g.sub.SetText(strings.Join([]string{d.Population, d.Years, d.Unit, d.Basis}, " · "))
	g.source.SetText(d.Source + " · " + d.Data)
	g.left.SetText(trend.Left(g.p.s.Words(), a.left))
	g.left.Hidden = len(a.left) == 0
	g.object.Refresh()
	for i := range a.small {
		g.draw(i)
	}
}

// draw draws one chart for the width that it has.
func (g *gallery) draw(i int) {
	width := g.views[i].Points()
	if i >= len(g.p.answer.small) || width < 100 {
		return
	}
	d, drawn := g.p.answer.small[i].Definition, g.p.drawn
	d.Width, d.Height = width, 170
	task.Do(&g.drawing[i], g.p.s.Runner(), func(context.Context) (*scene.Scene, error) { return drawn(d) }, func(s *scene.Scene, err error) {
		if err != nil {
			g.p.s.Fail(err)
			return
		}
		g.views[i].SetScene(s)
		g.p.results.Refresh()
		g.over[i].set(d)
	})
}

// mark puts a ring round a point of the result in the chart that shows it.
func (g *gallery) mark(point int) {
	for i := range g.p.answer.small {
		g.over[i].mark(point)
	}
}

// only shows one class alone: the second breakdown becomes a filter.
func (g *gallery) only(i int) {
	c := g.p.at.with(filter{g.p.at.then, g.p.answer.small[i].Class})
	c.then = ""
	g.p.choose(c)
}

func (g *gallery) stop() {
	for i := range g.drawing {
		g.drawing[i].Stop()
	}
}

// tiles lays objects out in rows of equal widths.
type tiles struct{ width float32 } // of the last layout

// leastTile is the least width of one, at the normal text size.
const leastTile float32 = 300

// mostColumns is how many stand in a row.
const mostColumns = 4

func (t *tiles) columns(objects int) int {
	return max(1, min(mostColumns, objects, int((t.width+kit.Gap12)/(leastTile*kit.Scale()+kit.Gap12))))
}

// MinSize is one tile wide, and as high as all rows at the width of the last layout.
func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	columns := t.columns(len(objects))
	rows := (len(objects) + columns - 1) / columns
	return fyne.NewSize(240, float32(rows)*(t.height(objects)+kit.Gap12)-kit.Gap12)
}

// height is that of the highest tile.
func (t *tiles) height(objects []fyne.CanvasObject) (height float32) {
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

// Layout places them.
func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.width = size.Width
	columns := t.columns(len(objects))
	width := (size.Width - float32(columns-1)*kit.Gap12) / float32(columns)
	for i, o := range objects {
		o.Resize(fyne.NewSize(width, t.height(objects)))
		o.Move(fyne.NewPos(float32(i%columns)*(width+kit.Gap12), float32(i/columns)*(t.height(objects)+kit.Gap12)))
	}
}
