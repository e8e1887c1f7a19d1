package trends

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

// mostMultiples is how many charts stand side by side; more classes are seen by a filter.
const mostMultiples = 12

// small is the chart of one class of the second breakdown.
type small struct {
	class      string
	definition chart.Definition
}

// multiples makes a chart for each class of the second breakdown, those with the most cooperatives first, all on the
// same axes and with the same colours. left names the classes that are not drawn: there are too many, or none of their
// changes may be printed.
func multiples(r *indicator.Result, labels trend.Labels) (out []small, left []string, err error) {
	classes := classesOf(r, 2)
	order := classesOf(r, 1)
	for i, class := range classes {
		name := labels.Class(r.By[2], class)
		d, err := trend.Chart(part(r, class), labels)
		switch {
		case i >= mostMultiples || errors.Is(err, trend.ErrNothing):
			left = append(left, name)
			continue
		case err != nil:
			return nil, nil, err
		}
		d = chart.Definition{Kind: d.Kind, Title: name, Compact: true, Categories: d.Categories, Series: d.Series, Decimals: d.Decimals, Language: d.Language,
			Numbers: d.Numbers, Phrases: d.Phrases, Flags: d.Flags} // what is said of all is said once
		d.Categories, d.Series = aligned(r, d), sameColours(d.Series, order, r.By[1], labels)
		out = append(out, small{class, d})
	}
	all := make([]*chart.Definition, len(out))
	for i := range out {
		all[i] = &out[i].definition
	}
	if len(all) > 0 {
		chart.SameAxes(all)
	}
	return out, left, nil
}

// classesOf are the classes of a breakdown, those with the most cooperatives in the newest year first.
func classesOf(r *indicator.Result, by int) []string {
	newest := 0
	for _, p := range r.Points {
		newest = max(newest, p.Year)
	}
	n := map[string]int{}
	var out []string
	for _, p := range r.Points {
		if _, known := n[p.Keys[by]]; !known {
			out = append(out, p.Keys[by])
			n[p.Keys[by]] = 0
		}
		if p.Year == newest {
			n[p.Keys[by]] += p.N
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	return out
}

// part is the result of one class of the second breakdown alone.
func part(r *indicator.Result, class string) *indicator.Result {
	out := *r
	out.By, out.Points, out.Decompositions = r.By[:2:2], nil, nil
	for _, p := range r.Points {
		if p.Keys[2] == class {
			p.Keys = p.Keys[:2:2]
			out.Points = append(out.Points, p)
		}
	}
	return &out
}

// aligned gives a chart all years of the result, and moves its points to them.
func aligned(r *indicator.Result, d chart.Definition) []string {
	first, last := r.Points[0].Year, r.Points[0].Year
	for _, p := range r.Points {
		first, last = min(first, p.Year), max(last, p.Year)
	}
	var years []string
	for y := first; y <= last; y++ {
		years = append(years, strconv.Itoa(y))
	}
	shift := max(slices.Index(years, d.Categories[0]), 0)
	for s := range d.Series {
		for i := range d.Series[s].Points {
			d.Series[s].Points[i].Category += shift
		}
	}
	return years
}

// sameColours puts the series of a chart in one order for all charts, with an empty one where a class has none, so that
// a class has the same colour everywhere.
func sameColours(series []chart.Series, order []string, by string, labels trend.Labels) []chart.Series {
	out := make([]chart.Series, 0, chart.MaxSeries)
	for _, class := range order[:min(len(order), chart.MaxSeries)] {
		one := chart.Series{Name: labels.Class(by, class)}
		if at := slices.IndexFunc(series, func(s chart.Series) bool { return s.Name == one.Name }); at >= 0 {
			one = series[at]
		}
		out = append(out, one)
	}
	return out
}

// gallery shows charts side by side.
type gallery struct {
	p       *Page
	views   []*kit.SceneView
	box     *fyne.Container
	head    *widget.Label // the title of all
	sub     *widget.Label // population, years, unit and basis
	source  *widget.Label
	left    *widget.Label // what is not drawn
	object  *fyne.Container
	drawing []task.Latest
}

func newGallery(p *Page) *gallery {
	g := &gallery{p: p, box: container.New(&tiles{}), head: kit.Heading(""), sub: kit.Hint(""), source: kit.Hint(""), left: kit.Hint(""), drawing: make([]task.Latest, mostMultiples)}
	for i := range mostMultiples {
		view := kit.NewChartView(p.s.Fonts(), fyne.NewSize(240, 190))
		view.OnWidth = func(float64) { g.draw(i) }
		view.OnTapped = func() { g.only(i) }
		g.views = append(g.views, view)
	}
	g.object = kit.Column(0, kit.Column(-kit.Gap12, g.head, g.sub), g.box, g.left, g.source)
	return g
}

// show shows the charts of an answer; none hides everything.
func (g *gallery) show() {
	a, say := g.p.answer, g.p.s.Words()
	g.object.Hidden = len(a.small) == 0
	g.box.Objects = nil
	for i := range a.small {
		g.box.Add(g.views[i])
		g.views[i].SetScene(nil)
	}
	d := a.definition
	g.head.SetText(d.Title)
	g.sub.SetText(strings.Join([]string{d.Population, d.Years, d.Unit, d.Basis}, " · "))
	g.source.SetText(d.Source + " · " + d.Data)
	g.left.SetText("")
	if len(a.left) > 0 {
		g.left.SetText(g.p.say("multiples_left", "Classes", say.List(a.left)))
	}
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
	d, drawn := g.p.answer.small[i].definition, g.p.drawn
	d.Width, d.Height = width, 150
	task.Do(&g.drawing[i], g.p.s.Runner(), func(context.Context) (*scene.Scene, error) { return drawn(d) }, func(s *scene.Scene, err error) {
		if err != nil {
			g.p.s.Fail(err)
			return
		}
		g.views[i].SetScene(s)
		g.p.results.Refresh()
	})
}

// only shows one class alone: the second breakdown becomes a filter.
func (g *gallery) only(i int) {
	c := g.p.at.with(filter{g.p.at.then, g.p.answer.small[i].class})
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
