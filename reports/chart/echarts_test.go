package chart

import (
	"math"
	"strings"
	"testing"

	"coopatlas/reports/scene"
)

// go-echarts knows ECharts 5, the drawing is done by 6: these are the defaults and manners of it that we lean on.

func TestEChartsVersion(t *testing.T) {
	v, err := engine(t).vm.Eval("echarts.version", 0)
	if text, ok := v.(string); err != nil || !ok || !strings.HasPrefix(text, "6.") {
		t.Errorf("ECharts is %v (%v); look at every chart again before accepting another version", v, err)
	}
}

// The plot lies exactly where we measured it: no room is added for labels, categories are bands of the same width, the
// value axis runs straight between its ends.
func TestEChartsKeepsTheGrid(t *testing.T) {
	e := engine(t)
	for _, d := range []Definition{turnover(), columns(), small(), french()} {
		s, l := drawn(t, e, d)
		labels, rules := map[string]scene.Point{}, 0
		each(s.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
			switch it := item.(type) {
			case *scene.Text:
				if it.Size == l.sizes.axis {
					labels[it.String] = m.Apply(scene.Point{X: it.X, Y: it.Y})
				}
			case *scene.Path:
				if it.Stroke == nil || it.Stroke.Colour != paint(light.line) {
					return
				}
				from, to := m.Apply(it.Segments[0].End()), m.Apply(it.Segments[1].End())
				if math.Abs(from.X-l.x0) > 0.6 || math.Abs(to.X-l.x1) > 0.6 {
					t.Errorf("%s: a rule goes from %v to %v, want %v to %v", d.Title, from.X, to.X, l.x0, l.x1)
				}
				rules++
			}
		})
		for i, c := range d.Categories {
			if at := labels[c]; math.Abs(at.X-l.centre(i)) > 0.2 {
				t.Errorf("%s: %s stands at %v, want %v", d.Title, c, at.X, l.centre(i))
			}
		}
		for i, text := range l.axis.labels {
			want := l.level(l.axis.min+float64(i)*l.axis.step) + (e.fonts.Ascent(scene.Face{}, l.sizes.axis)-e.fonts.Descent(scene.Face{}, l.sizes.axis))/2
			if at := labels[text]; math.Abs(at.Y-want) > 0.6 {
				t.Errorf("%s: the tick %s stands at %v, want %v", d.Title, text, at.Y, want)
			}
		}
		if rules < len(l.axis.labels)-1 {
			t.Errorf("%s: %d rules for %d ticks", d.Title, rules, len(l.axis.labels))
		}
	}
}

// ECharts asks our font for the width of a text.
func TestEChartsMeasuresWithOurFont(t *testing.T) {
	e := engine(t)
	v, err := e.vm.Eval(`(()=>{const c=echarts.init(null,null,{renderer:'svg',ssr:true,width:300,height:100});
		try{c.setOption({animation:false,textStyle:{fontFamily:'Noto Sans'},graphic:{type:'text',right:0,top:0,style:{text:'Persons working',font:'bold 12px Noto Sans'}}});
		return c.renderToSVGString()}finally{c.dispose()}})()`, 0)
	if err != nil {
		t.Fatal(err)
	}
	s, err := scene.FromSVG([]byte(v.(string)), e.fonts)
	if err != nil {
		t.Fatal(err)
	}
	want := 300 - e.fonts.Measure("Persons working", scene.Face{Bold: true}, 12)
	each(s.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
		if text, ok := item.(*scene.Text); ok {
			if at := m.Apply(scene.Point{X: text.X}); math.Abs(at.X-want) > 0.05 {
				t.Errorf("a text flush right begins at %v, want %v", at.X, want)
			}
		}
	})
	if got := e.measure("ab", "italic normal 600 20px x"); got != e.fonts.Measure("ab", scene.Face{Bold: true, Italic: true}, 20) {
		t.Errorf("measured %v", got)
	}
}

// Every option that go-echarts writes comes from a field ECharts 6 still reads, and none loads anything.
func TestOptionIsPlain(t *testing.T) {
	d := three()
	p := &plan{layout: arrange(&d, engine(t).fonts), theme: light}
	text, err := p.option()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"animation":false`, `"outerBoundsMode":"none"`, `"connectNulls":true`, `"showAllSymbol":true`, valueFunction} {
		if !strings.Contains(text, want) {
			t.Errorf("the option lacks %s:\n%s", want, text)
		}
	}
	for _, unwanted := range []string{"__f__", "http", "toolbox", `"title"`} {
		if strings.Contains(text, unwanted) {
			t.Errorf("the option holds %s", unwanted)
		}
	}
}
