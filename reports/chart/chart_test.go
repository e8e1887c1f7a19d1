package chart

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"coopatlas/reports/scene"
)

// drawn is a chart as a scene and its layout.
func drawn(t *testing.T, e *Engine, d Definition) (*scene.Scene, *layout) {
	t.Helper()
	s, err := e.Scene(d)
	if err != nil {
		t.Fatal(err)
	}
	return s, arrange(&d, e.fonts)
}

// each walks all items, with the transform they stand under.
func each(items []scene.Item, m scene.Matrix, do func(scene.Item, scene.Matrix)) {
	for _, item := range items {
		if g, ok := item.(*scene.Group); ok {
			each(g.Items, m.Mul(g.Transform.OrIdentity()), do)
			continue
		}
		do(item, m)
	}
}

func sceneTexts(s *scene.Scene) []string {
	var out []string
	each(s.Items, scene.Identity(), func(item scene.Item, _ scene.Matrix) {
		if t, ok := item.(*scene.Text); ok {
			out = append(out, t.String)
		}
	})
	return out
}

// lines are the lines of data in the plot, each as the places it passes.
func lines(s *scene.Scene, colour string) [][]scene.Point {
	var out [][]scene.Point
	each(s.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
		p, ok := item.(*scene.Path)
		if !ok || p.Fill != nil || p.Stroke == nil || p.Stroke.Colour != paint(colour) || math.Abs(p.Stroke.Width-lineWidth) > 0.01 {
			return
		}
		var points []scene.Point
		for _, segment := range scene.Transformed(p.Segments, m) {
			points = append(points, segment.End())
		}
		if points[len(points)-1].X-points[0].X > sample+0.01 { // not the key in the legend
			out = append(out, points)
		}
	})
	return out
}

// markers are the middles of the markers of a series in the plot, hollow ones apart.
func markers(s *scene.Scene, l *layout, series int) (filled, hollow []scene.Point) {
	each(s.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
		p, ok := item.(*scene.Path)
		if !ok || p.Fill == nil {
			return
		}
		colour := paint(marks[series].colour)
		isHollow := p.Stroke != nil && p.Stroke.Colour == colour && *p.Fill == paint(light.sheet)
		if *p.Fill != colour && !isHollow {
			return
		}
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, segment := range scene.Transformed(p.Segments, m) {
			if e := segment.End(); segment.Op != scene.Close {
				x0, x1, y0, y1 = min(x0, e.X), max(x1, e.X), min(y0, e.Y), max(y1, e.Y)
			}
		}
		at := scene.Point{X: (x0 + x1) / 2, Y: (y0 + y1) / 2}
		if at.X < l.x0 || at.X > l.x1 || at.Y < l.y0-1 || at.Y > l.y1+1 {
			return
		}
		if isHollow {
			hollow = append(hollow, at)
		} else {
			filled = append(filled, at)
		}
	})
	return filled, hollow
}

func TestEveryChartSaysWhatItMust(t *testing.T) {
	e := engine(t)
	for name, d := range map[string]Definition{"line": turnover(), "lines": three(), "columns": columns(), "compact": small(), "French": french()} {
		s, _ := drawn(t, e, d)
		all := strings.Join(sceneTexts(s), " ")
		for _, want := range append([]string{d.Title, d.Population, d.Years, d.Unit, d.Basis, d.Source, d.Data, d.phrases().N}, d.Categories[0]) {
			if !strings.Contains(strings.ReplaceAll(all, " · ", " "), strings.ReplaceAll(want, " · ", " ")) {
				t.Errorf("%s: %q does not stand on the chart:\n%s", name, want, all)
			}
		}
		d.eachPoint(func(p Point) {
			if p.N > 0 && !slices.Contains(sceneTexts(s), d.count(p.N)) {
				t.Errorf("%s: n %d is missing", name, p.N)
			}
		})
		for _, row := range [...]struct {
			there bool
			words string
		}{{d.anySmall() && !d.Compact && d.Kind != Column, d.phrases().SmallMarker}, {d.Notes != nil, strings.Join(d.Notes, "")}} {
			if row.there && !strings.Contains(all, row.words) {
				t.Errorf("%s: %q is missing", name, row.words)
			}
		}
	}
}

func TestSegmentsAreNeverJoined(t *testing.T) {
	e := engine(t)
	d := three()
	s, l := drawn(t, e, d)
	funds := lines(s, marks[2].colour)
	if len(funds) != 3 {
		t.Fatalf("three segments must be three lines, got %d", len(funds))
	}
	for i, line := range funds {
		from, to := l.centre(2*i), l.centre(2*i+1)
		if len(line) != 2 || math.Abs(line[0].X-from) > 0.2 || math.Abs(line[1].X-to) > 0.2 {
			t.Errorf("segment %d goes through %v, want from %v to %v", i, line, from, to)
		}
	}
	if whole := lines(s, marks[0].colour); len(whole) != 1 || len(whole[0]) != 6 {
		t.Errorf("a line without gaps is one line of six points, got %v", whole)
	}
}

func TestYearsWithoutWaveAreNotGaps(t *testing.T) {
	d := turnover()
	d.Series[0].Points = []Point{{Category: 0, Value: 100}, {Category: 3, Value: 133.1, N: 40}}
	s, _ := drawn(t, engine(t), d)
	if got := lines(s, marks[0].colour); len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("one straight line from 2011 to 2014 wanted, got %v", got)
	}
}

func TestPointsStandWhereTheirValuesAre(t *testing.T) {
	e := engine(t)
	d := turnover()
	s, l := drawn(t, e, d)
	filled, hollow := markers(s, l, 0)
	if len(filled) != 5 || len(hollow) != 1 {
		t.Fatalf("five filled markers and one hollow (n 8) wanted, got %d and %d", len(filled), len(hollow))
	}
	for i, p := range append(filled, hollow...) {
		want := d.Series[0].Points[i]
		if math.Abs(p.X-l.centre(want.Category)) > 0.2 || math.Abs(p.Y-l.level(want.Value)) > 0.2 {
			t.Errorf("%s stands at %v, want (%v, %v)", d.Categories[want.Category], p, l.centre(want.Category), l.level(want.Value))
		}
	}
}

func TestColumnsRiseFromZero(t *testing.T) {
	e := engine(t)
	d := french()
	s, l := drawn(t, e, d)
	if l.axis.min != 0 {
		t.Errorf("a magnitude axis begins at 0, not %v", l.axis.min)
	}
	for series := range d.Series {
		filled, hollow := markers(s, l, series)
		for i, p := range append(filled, hollow...) {
			want := d.Series[series].Points[i]
			if middle := (l.level(0) + l.level(want.Value)) / 2; math.Abs(p.Y-middle) > 1 || math.Abs(p.X-l.barCentre(series, i)) > 1 {
				t.Errorf("series %d, column %d: middle at %v, want (%v, %v)", series, i, p, l.barCentre(series, i), middle)
			}
		}
		if joined := lines(s, marks[series].colour); len(joined) > 0 {
			t.Errorf("columns are never joined: %v", joined)
		}
	}
}

func TestPaintedPixels(t *testing.T) {
	e := engine(t)
	s, l := drawn(t, e, columns())
	img, err := scene.Paint(s, e.fonts, 2)
	if err != nil {
		t.Fatal(err)
	}
	pixel := func(x, y float64) scene.Colour {
		c := img.RGBAAt(int(x*2), int(y*2))
		return scene.Colour{R: c.R, G: c.G, B: c.B, A: c.A}
	}
	blue, white := paint(marks[0].colour), paint(light.sheet)
	for _, c := range []struct {
		name string
		x, y float64
		want scene.Colour
	}{
		{"inside the first column", l.centre(0), l.level(600), blue},
		{"above the first column", l.centre(0), l.level(1680), white},
		{"between columns", l.x0 + 1.0*l.step(), l.level(600), white},
		{"inside the hollow column", l.centre(5), l.level(300), white},
		{"corner of the sheet", 1, 1, white},
	} {
		if got := pixel(c.x, c.y); got != c.want {
			t.Errorf("%s is %v, want %v", c.name, got, c.want)
		}
	}
}

// renderings are all files of a chart, by kind.
func renderings(t *testing.T, e *Engine, d Definition) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for kind, draw := range map[string]func() ([]byte, error){
		"svg":  func() ([]byte, error) { return e.SVG(d, "a") },
		"png":  func() ([]byte, error) { return e.PNG(d, 1) },
		"page": func() ([]byte, error) { return e.Page(d) },
	} {
		data, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = data
	}
	return out
}

func TestSameDefinitionSameBytesFromTwoEngines(t *testing.T) {
	used := engine(t) // has drawn other charts before, and draws one now
	if _, err := used.Scene(french()); err != nil {
		t.Fatal(err)
	}
	other, err := fresh()
	if err != nil {
		t.Fatal(err)
	}
	a, b := renderings(t, used, three()), renderings(t, other, three())
	for kind := range a {
		if !bytes.Equal(a[kind], b[kind]) {
			t.Errorf("the %s differs from one engine to the next", kind)
		}
	}
	for range 2 {
		if err := other.Close(); err != nil {
			t.Errorf("close, and close again: %v", err)
		}
	}
	if _, err := other.Scene(small()); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("a closed engine: %v", err)
	}
}

func TestSeveralDrawingsShareAPage(t *testing.T) {
	e := engine(t)
	ids := regexp.MustCompile(` id="([^"]+)"`)
	seen := map[string]bool{}
	for _, id := range []string{"a", "b"} {
		data, err := e.SVG(three(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ids.FindAllSubmatch(data, -1) {
			if seen[string(m[1])] {
				t.Errorf("the id %s stands twice", m[1])
			}
			seen[string(m[1])] = true
		}
		if !bytes.Contains(data, []byte("<desc>")) || !bytes.Contains(data, []byte(`role="img"`)) {
			t.Error("a drawing must describe itself")
		}
	}
}

func TestEngineTakesTurns(t *testing.T) {
	e := engine(t)
	var wait sync.WaitGroup
	for range 3 {
		wait.Go(func() {
			if _, err := e.Scene(small()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestTextsNeverOverlapTheEdges(t *testing.T) {
	e := engine(t)
	wide := three()
	wide.Title = strings.Repeat("A long finding about cooperatives ", 8)
	wide.Width, wide.Height = 200, 120
	many := columns()
	many.Categories = nil
	for range 24 {
		many.Categories = append(many.Categories, "United Republic of Somewhere")
	}
	for name, d := range map[string]Definition{"tight": wide, "many": many, "French": french(), "compact": small()} {
		s, l := drawn(t, e, d)
		if l.y1-l.y0 < 50 {
			t.Errorf("%s: the plot is only %v high", name, l.y1-l.y0)
		}
		each(s.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
			text, ok := item.(*scene.Text)
			if !ok {
				return
			}
			at := m.Apply(scene.Point{X: text.X, Y: text.Y})
			width := e.fonts.Measure(text.String, text.Face, text.Size)
			left := at.X - scene.AnchorOffset(text.Anchor, width)
			if left < -0.5 || left+width > s.Width+0.5 || at.Y < 0 || at.Y > s.Height {
				t.Errorf("%s: %q reaches from %.1f to %.1f at %.1f in a drawing of %g × %g", name, text.String, left, left+width, at.Y, s.Width, s.Height)
			}
		})
	}
}

func TestEmptyChartSaysSo(t *testing.T) {
	d := turnover()
	d.Series = []Series{{Name: "Matched"}}
	s, _ := drawn(t, engine(t), d)
	if !slices.Contains(sceneTexts(s), "No value can be shown") {
		t.Error("an empty chart must say that there is nothing to show")
	}
}
