package scene

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// drawing wraps elements in an svg of 200 × 100.
func drawing(inner string) []byte {
	return []byte(`<svg width="200" height="100" xmlns="http://www.w3.org/2000/svg">` + inner + `</svg>`)
}

func read(t testing.TB, inner string) *Scene {
	t.Helper()
	s, err := FromSVG(drawing(inner), fonts(t))
	if err != nil {
		t.Fatalf("%s: %v", inner, err)
	}
	return s
}

func TestSVGShapes(t *testing.T) {
	for inner, want := range map[string]string{
		`<path d="M1 2L3 4l1,1H9v-1Z" fill="#f00"/>`:                       "M1 2L3 4L4 5L9 5L9 4Z",
		`<path d="m1 1 2 0 0 2z" fill="#f00"/>`:                            "M1 1L3 1L3 3Z",
		`<path d="M0 0C1 1 2 1 3 0S5-1 6 0" fill="#f00"/>`:                 "M0 0C1 1 2 1 3 0C4 -1 5 -1 6 0",
		`<path d="M0 0Q3 3 6 0T12 0" fill="#f00"/>`:                        "M0 0C2 2 4 2 6 0C8 -2 10 -2 12 0",
		`<path d="M0 0.5.5.25" fill="#f00"/>`:                              "M0 0.5L0.5 0.25",
		`<rect x="1" y="2" width="3" height="4" fill="red"/>`:              "M1 2L4 2L4 6L1 6Z",
		`<polygon points="0,0 1,0 1,1" fill="#f00"/>`:                      "M0 0L1 0L1 1Z",
		`<polyline points="0 0 1 0 1 1" fill="none" stroke="#00f"/>`:       "M0 0L1 0L1 1",
		`<line x1="0" y1="1" x2="2" y2="3" stroke="#00f"/>`:                "M0 1L2 3",
		`<path d="M0 0L1 1" fill="#f00" transform="matrix(2,0,0,2,5,5)"/>`: "M5 5L7 7",
	} {
		s := read(t, inner)
		if len(s.Items) != 1 {
			t.Errorf("%s gives %d items", inner, len(s.Items))
			continue
		}
		if got := PathData(s.Items[0].(*Path).Segments); got != want {
			t.Errorf("%s\n got %s\nwant %s", inner, got, want)
		}
	}
}

func TestSVGArcsAreRound(t *testing.T) {
	s := read(t, `<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix(30,0,0,30,50,50)" fill="#fff"/>`+
		`<circle cx="150" cy="50" r="30"/>`)
	for _, item := range s.Items {
		x0, y0, x1, y1 := 1e9, 1e9, -1e9, -1e9
		for _, c := range flatten(item.(*Path).Segments, Identity()) {
			for _, p := range c.points {
				x0, y0, x1, y1 = min(x0, p.X), min(y0, p.Y), max(x1, p.X), max(y1, p.Y)
			}
		}
		if math.Abs(x1-x0-60) > 0.3 || math.Abs(y1-y0-60) > 0.3 {
			t.Errorf("the circle is %v × %v, want 60 × 60", x1-x0, y1-y0)
		}
	}
}

func TestSVGStyle(t *testing.T) {
	s := read(t, `<g style="fill:none;stroke:rgba(0,114,178,0.5);stroke-width:2px" opacity="0.5">
		<path d="M0 0L9 9" stroke-dasharray="4,2" stroke-linecap="round" stroke-linejoin="bevel"/></g>`)
	p := s.Items[0].(*Path)
	if p.Fill != nil || p.Stroke == nil {
		t.Fatalf("want a stroke only: %+v", p)
	}
	if c := p.Stroke.Colour; c.String() != "#0072b2" || c.A != 64 {
		t.Errorf("colour %v with opacity %d, want #0072b2 with 64", c, c.A)
	}
	if p.Stroke.Width != 2 || len(p.Stroke.Dash) != 2 || p.Stroke.Cap != RoundCap || p.Stroke.Join != BevelJoin {
		t.Errorf("stroke %+v", p.Stroke)
	}
	if s := read(t, `<rect width="9" height="9" fill="none"/><rect width="9" height="9" fill-opacity="0"/>`+
		`<rect width="9" height="9" visibility="hidden"/><style>.a{}</style><defs/>`); len(s.Items) != 0 {
		t.Errorf("what is not seen gives no items: %d", len(s.Items))
	}
}

func TestSVGText(t *testing.T) {
	f := fonts(t)
	s := read(t, `<text dominant-baseline="central" text-anchor="end" style="font-size:12px;font-family:sans-serif" `+
		`transform="translate(67 220)" fill="#54555a">1,234 &lt; 5</text>`+
		`<text style="font: italic normal bold 9px sans-serif" transform="rotate(-90)" x="3" y="4">up</text>`)
	a := s.Items[0].(*Text)
	drop := (f.Ascent(Face{}, 12) - f.Descent(Face{}, 12)) / 2
	if a.X != 67 || math.Abs(a.Y-220-drop) > 1e-9 || a.String != "1,234 < 5" || a.Anchor != End || a.Size != 12 {
		t.Errorf("text %+v", a)
	}
	g := s.Items[1].(*Group)
	if b := g.Items[0].(*Text); b.Face != (Face{Bold: true, Italic: true}) || b.Size != 9 || b.X != 3 {
		t.Errorf("text %+v", b)
	}
}

func TestSVGClipAndGradient(t *testing.T) {
	s := read(t, `<defs><clipPath id="c"><rect width="50" height="100"/></clipPath>
		<linearGradient id="g" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#000"/><stop offset="100%" stop-color="#fff"/></linearGradient></defs>
		<g clip-path="url(#c)"><rect width="100" height="100" fill="url(#g)"/></g>`)
	img, err := Paint(s, fonts(t), 1)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := at(img, 2, 50), at(img, 48, 50); a.R > 10 || b.R < 110 || b.R > 130 || a.A != 255 || b.A != 255 {
		t.Errorf("the gradient goes from %v to %v", a, b)
	}
	if at(img, 51, 50).A != 0 {
		t.Error("the clip must cut at 50")
	}
}

func TestSVGErrorsNameWhatIsWrong(t *testing.T) {
	for inner, want := range map[string]string{
		`<foreignObject/>`:                                        "foreignObject",
		`<g><image href="x"/></g>`:                                "image",
		`<path d="L1 1"/>`:                                        "must begin with M",
		`<path d="M1 1X"/>`:                                       "unknown command",
		`<path d="M1 1e99"/>`:                                     "not a number",
		`<path d="M1 1A1 1 0 7 0 2 2"/>`:                          "flag",
		`<rect width="a" height="1"/>`:                            "width",
		`<rect width="1" height="1" fill="mauvish"/>`:             "mauvish",
		`<rect width="1" height="1" fill="url(#x)"/>`:             "linearGradient",
		`<g clip-path="url(#x)"><line/></g>`:                      "",
		`<g clip-path="url(#x)"><rect width="1" height="1"/></g>`: "clipPath",
		`<rect width="1" height="1" transform="wobble(1)"/>`:      "wobble",
		`<text>a<tspan>b</tspan></text>`:                          "tspan",
		`<g>`:                                                     "well-formed",
	} {
		_, err := FromSVG(drawing(inner), fonts(t))
		if want == "" {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v must name %q", inner, err, want)
		}
	}
	if _, err := FromSVG([]byte(`<svg/>`), fonts(t)); err == nil {
		t.Error("a drawing without a size must be refused")
	}
}

func TestWrittenSVGReadsBackTheSame(t *testing.T) {
	f := fonts(t)
	fill := blue.WithOpacity(0.5)
	s := &Scene{Width: 120, Height: 80, Items: []Item{
		&Path{Segments: Rounded(10, 10, 50, 30, 4), Fill: &fill, Stroke: &Stroke{Colour: black, Width: 1.5, Dash: []float64{3, 1}, Join: RoundJoin}},
		&Group{Clip: &Path{Segments: Rectangle(0, 0, 60, 60)}, Transform: Translate(20, 10), Items: []Item{
			&Text{X: 5, Y: 20, String: "a < b & «c»", Size: 10, Colour: black, Anchor: Middle, Face: Face{Bold: true}},
		}},
	}}
	first := SVG(s, f, SVGOptions{ID: "x", Title: `"Title" <1>`})
	if !bytes.Equal(first, SVG(s, f, SVGOptions{ID: "x", Title: `"Title" <1>`})) {
		t.Error("the same scene must give the same bytes")
	}
	back, err := FromSVG(first, f)
	if err != nil {
		t.Fatalf("%v\n%s", err, first)
	}
	a, err := Paint(s, f, 2)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Paint(back, f, 2)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Pix { // coordinates are written with three decimals
		if d := int(a.Pix[i]) - int(b.Pix[i]); d < -2 || d > 2 {
			t.Fatalf("reading back what was written must paint the same: byte %d differs by %d", i, d)
		}
	}
	if again := SVG(back, f, SVGOptions{ID: "x", Title: `"Title" <1>`}); !bytes.Equal(first, again) {
		t.Errorf("written again:\n%s\n%s", first, again)
	}
}

func TestSVGLinksNeverRunScripts(t *testing.T) {
	out := string(SVG(&Scene{Width: 9, Height: 9, Items: []Item{
		&Link{W: 5, H: 5, Target: "javascript:alert(1)"}, &Link{W: 5, H: 5, Target: "https://example.org/?a&b"}, &Anchor{Name: "n"},
	}}, fonts(t), SVGOptions{}))
	if strings.Contains(out, "javascript") || !strings.Contains(out, `href="https://example.org/?a&amp;b"`) || !strings.Contains(out, `id="n"`) {
		t.Error(out)
	}
}

// FuzzFromSVG: no drawing may panic, neither read nor painted.
func FuzzFromSVG(f *testing.F) {
	for _, seed := range []string{
		`<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0Z" stroke="#000" stroke-dasharray="4,2"/>`,
		`<defs><clipPath id="c"><rect width="5" height="5"/></clipPath></defs><g clip-path="url(#c)"><text x="1">a</text></g>`,
		`<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><circle r="4" fill="url(#g)"/>`,
		`<polygon points="1 2 3" transform="rotate(4 5 6) scale(0)"/><polyline points="1 2" stroke="blue" stroke-width="9"/>`,
	} {
		f.Add(string(drawing(seed)))
	}
	// As ECharts writes it.
	f.Add(string(drawing(`<rect width="200" height="100" x="0" y="0" fill="none"></rect>
<path d="M75 20.5L150 20.5" fill="none" pointer-events="visible" stroke="#dbdee4" class="zr0-cls-0"></path>
<text dominant-baseline="central" text-anchor="middle" style="font: normal normal 12px sans-serif" y="9" transform="translate(21.875 28)" fill="#54555a">2011</text>
<g clip-path="url(#zr0-c0)"><path d="M21.9 90.8L15.6 83.1M43.1 75.3" fill="none" stroke="#5070dd" stroke-width="2" stroke-dasharray="4,2" stroke-linejoin="bevel"></path></g>
<path d="M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0" transform="matrix(3,0,0,3,121.875,90.8333)" fill="#fff" stroke="#5070dd" ecmeta_series_index="0"></path>
<defs ><clipPath id="zr0-c0"><path d="M74 64l77 0l0 157l-77 0Z" fill="#000"></path></clipPath></defs>
<style ><![CDATA[.zr0-cls-0:hover {pointer-events:none;}]]></style>`)))
	loaded := fonts(f)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := FromSVG([]byte(text), loaded)
		if err != nil {
			return
		}
		s.Width, s.Height = min(s.Width, 200), min(s.Height, 200)
		_, _ = Paint(s, loaded, 0.5)
		SVG(s, loaded, SVGOptions{})
	})
}
