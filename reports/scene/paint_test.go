package scene

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	blue  = RGB(0x0072B2)
	black = RGB(0)
)

func painted(t testing.TB, w, h float64, items ...Item) *image.RGBA {
	t.Helper()
	img, err := Paint(&Scene{Width: w, Height: h, Items: items}, fonts(t), 1)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// ink adds up how much of the image is covered, in pixels.
func ink(img *image.RGBA) float64 {
	sum := 0.0
	for i := 3; i < len(img.Pix); i += 4 {
		sum += float64(img.Pix[i])
	}
	return sum / 255
}

func at(img *image.RGBA, x, y int) color.RGBA { return img.RGBAAt(x, y) }

func TestFillCoversItsArea(t *testing.T) {
	for name, c := range map[string]struct {
		path *Path
		want float64
	}{
		"square":        {&Path{Segments: Rectangle(10, 10, 20, 20), Fill: &blue}, 400},
		"half pixels":   {&Path{Segments: Rectangle(10.5, 10.5, 20, 20), Fill: &blue}, 400},
		"circle":        {&Path{Segments: Ellipse(50, 50, 30, 30), Fill: &blue}, math.Pi * 900},
		"rounded":       {&Path{Segments: Rounded(10, 10, 40, 30, 5), Fill: &blue}, 1200 - 25*(4-math.Pi)},
		"beyond edges":  {&Path{Segments: Rectangle(-500, -500, 1e6, 510), Fill: &blue}, 1000},
		"left of edges": {&Path{Segments: Rectangle(-90, 0, 80, 50), Fill: &blue}, 0},
		"even-odd hole": {&Path{Segments: append(Rectangle(0, 0, 40, 40), Rectangle(10, 10, 20, 20)...), Fill: &blue, EvenOdd: true}, 1200},
		"non-zero":      {&Path{Segments: append(Rectangle(0, 0, 40, 40), Rectangle(10, 10, 20, 20)...), Fill: &blue}, 1600},
	} {
		if got := ink(painted(t, 100, 100, c.path)); math.Abs(got-c.want) > 1+c.want*0.003 {
			t.Errorf("%s covers %.1f pixels, want %.1f", name, got, c.want)
		}
	}
}

func TestStrokes(t *testing.T) {
	line := []Segment{Move(10, 50), Line(90, 50)}
	corner := []Segment{Move(20, 80), Line(20, 20), Line(80, 20)}
	for name, c := range map[string]struct {
		segments []Segment
		stroke   Stroke
		want     float64
	}{
		"butt":         {line, Stroke{Width: 4}, 320},
		"square":       {line, Stroke{Width: 4, Cap: SquareCap}, 336},
		"round":        {line, Stroke{Width: 4, Cap: RoundCap}, 320 + math.Pi*4},
		"dashes":       {line, Stroke{Width: 4, Dash: []float64{10, 10}}, 160},
		"odd dashes":   {line, Stroke{Width: 4, Dash: []float64{10}}, 160},
		"closed":       {Rectangle(20, 20, 60, 60), Stroke{Width: 4}, 4 * 60 * 4},
		"miter":        {corner, Stroke{Width: 8}, 2*60*8 + 0},
		"bevel":        {corner, Stroke{Width: 8, Join: BevelJoin}, 2*60*8 - 8},
		"round join":   {corner, Stroke{Width: 8, Join: RoundJoin}, 2*60*8 - 16 + math.Pi*4},
		"curve":        {Ellipse(50, 50, 30, 30), Stroke{Width: 2}, 2 * math.Pi * 30 * 2},
		"dot":          {[]Segment{Move(50, 50), Line(50, 50)}, Stroke{Width: 10, Cap: RoundCap}, math.Pi * 25},
		"nothing":      {[]Segment{Move(50, 50), Line(50, 50)}, Stroke{Width: 10}, 0},
		"endless dash": {line, Stroke{Width: 4, Dash: []float64{1e-9, 1e-9}}, 320},
	} {
		c.stroke.Colour = black
		got := ink(painted(t, 100, 100, &Path{Segments: c.segments, Stroke: &c.stroke}))
		if math.Abs(got-c.want) > 2+c.want*0.006 {
			t.Errorf("%s covers %.1f pixels, want %.1f", name, got, c.want)
		}
	}
}

func TestClipAndTransform(t *testing.T) {
	inner := &Group{
		Transform: Translate(50, 0),
		Clip:      &Path{Segments: Rectangle(0, 0, 20, 100)},
		Items:     []Item{&Path{Segments: Rectangle(-50, 10, 100, 10), Fill: &blue}},
	}
	img := painted(t, 100, 100, inner)
	if got := ink(img); math.Abs(got-200) > 1 {
		t.Errorf("clipped strip covers %v, want 200", got)
	}
	if at(img, 49, 15).A != 0 || at(img, 50, 15).A != 255 || at(img, 70, 15).A != 0 {
		t.Error("the clip must move with the group")
	}
	outer := &Group{Clip: &Path{Segments: Rectangle(0, 0, 60, 100)}, Items: []Item{inner}}
	if got := ink(painted(t, 100, 100, outer)); math.Abs(got-100) > 1 {
		t.Errorf("two clips let %v through, want 100", got)
	}
	nothing := &Group{Clip: &Path{Segments: Rectangle(0, 200, 60, 100)}, Items: []Item{inner}}
	if got := ink(painted(t, 100, 100, nothing)); got != 0 {
		t.Errorf("a clip outside the drawing lets %v through", got)
	}
}

func TestTextStandsOnItsBaseline(t *testing.T) {
	for _, c := range []struct {
		anchor       Align
		rotate       float64
		inX0, inX1   int
		inY0, inY1   int
		emptyX, outY int
	}{
		{Start, 0, 50, 95, 35, 50, 45, 55},
		{End, 0, 5, 50, 35, 50, 55, 55},
		{Start, -90, 35, 50, 5, 50, 55, 55},
	} {
		img := painted(t, 100, 100, &Text{X: 50, Y: 50, String: "HEH", Size: 20, Anchor: c.anchor, Rotate: c.rotate, Colour: black})
		inside := 0.0
		for y := c.inY0; y < c.inY1; y++ {
			for x := c.inX0; x < c.inX1; x++ {
				inside += float64(at(img, x, y).A) / 255
			}
		}
		if all := ink(img); all < 100 || all-inside > 1 {
			t.Errorf("%+v: %.0f of %.0f pixels lie where they belong", c, inside, all)
		}
	}
}

func TestPictures(t *testing.T) {
	source := image.NewRGBA(image.Rect(0, 0, 2, 1))
	source.Set(0, 0, color.RGBA{255, 0, 0, 255})
	source.Set(1, 0, color.RGBA{0, 0, 255, 255})
	var data bytes.Buffer
	if err := png.Encode(&data, source); err != nil {
		t.Fatal(err)
	}
	img := painted(t, 100, 100, &Image{X: 10, Y: 10, W: 80, H: 40, Data: data.Bytes(), MediaType: "image/png"})
	if r, b := at(img, 15, 30), at(img, 85, 30); r.R < 240 || b.B < 240 || at(img, 50, 60).A != 0 {
		t.Errorf("left %v must be red, right %v blue", r, b)
	}
	_, err := Paint(&Scene{Width: 10, Height: 10, Items: []Item{&Image{W: 5, H: 5, Data: []byte("x")}}}, fonts(t), 1)
	if err == nil || !strings.Contains(err.Error(), "PNG or JPEG") {
		t.Errorf("a broken picture: %v", err)
	}
}

func TestPaintRefusesSizesItCannotPaint(t *testing.T) {
	for _, s := range []Scene{{}, {Width: 1e9, Height: 1e9}, {Width: math.NaN(), Height: 5}} {
		if _, err := Paint(&s, fonts(t), 1); err == nil {
			t.Errorf("%g × %g must be refused", s.Width, s.Height)
		}
	}
	if data, err := PNG(&Scene{Width: 20, Height: 10}, fonts(t), 2); err != nil {
		t.Error(err)
	} else if c, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width != 40 || c.Height != 20 {
		t.Errorf("%v × %v, %v; want 40 × 20", c.Width, c.Height, err)
	}
}

// No polyline, however it turns, may panic or cover more than its length times its width and its joins.
func TestStrokeNeverRunsAway(t *testing.T) {
	f := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 12).Draw(t, "count")
		var segments []Segment
		for i := range count {
			x, y := rapid.Float64Range(-50, 150).Draw(t, "x"), rapid.Float64Range(-50, 150).Draw(t, "y")
			if i == 0 {
				segments = append(segments, Move(x, y))
			} else {
				segments = append(segments, Line(x, y))
			}
		}
		if rapid.Bool().Draw(t, "closed") {
			segments = append(segments, Shut())
		}
		stroke := Stroke{Colour: black, Width: rapid.Float64Range(0.1, 5).Draw(t, "width"),
			Join: Join(rapid.IntRange(0, 2).Draw(t, "join")), Cap: Cap(rapid.IntRange(0, 2).Draw(t, "cap")),
			Dash: rapid.SliceOfN(rapid.Float64Range(0, 9), 0, 3).Draw(t, "dash")}
		img, err := Paint(&Scene{Width: 100, Height: 100, Items: []Item{&Path{Segments: segments, Stroke: &stroke}}}, f, 1)
		if err != nil {
			t.Fatal(err)
		}
		limit := (totalLength(flatten(segments, Identity()))+10)*stroke.Width + float64(count+1)*stroke.Width*stroke.Width*MiterLimit
		if got := ink(img); got > limit*1.05+2 && len(stroke.Dash) == 0 {
			t.Fatalf("covers %v, at most %v expected", got, limit)
		}
	})
}
