package scene

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := ReportFonts()
	if err != nil {
		t.Skipf("the fonts are not installed: %v", err)
	}
	return f
}

func TestMeasureAddsAdvances(t *testing.T) {
	f := fonts(t)
	// Advances of Noto Sans Regular in thousandths of an em: A 639, V 600; kerning would pull them together.
	if got, want := f.Measure("AV", Face{}, 1000), 1239.0; math.Abs(got-want) > 0.5 {
		t.Errorf("AV is %v wide, want %v: advances without kerning", got, want)
	}
	if f.Measure("fi", Face{}, 10) != f.Measure("f", Face{}, 10)+f.Measure("i", Face{}, 10) {
		t.Error("fi must not become a ligature")
	}
	if f.Measure("n", Face{Bold: true}, 10) <= f.Measure("n", Face{}, 10) {
		t.Error("bold must be wider than regular")
	}
	if got := f.Measure("a\u00adb\u200b", Face{}, 10); got != f.Measure("ab", Face{}, 10) {
		t.Errorf("invisible characters take room: %v", got)
	}
}

func TestMetrics(t *testing.T) {
	f := fonts(t)
	if a, d := f.Ascent(Face{}, 1000), f.Descent(Face{}, 1000); math.Abs(a-1069) > 1 || math.Abs(d-293) > 1 {
		t.Errorf("ascent %v, descent %v, want 1069 and 293", a, d)
	}
	if c := f.CapHeight(Face{}, 1000); math.Abs(c-714) > 1 {
		t.Errorf("cap height %v, want 714", c)
	}
}

func TestRunsSplitWhatTheFontLacks(t *testing.T) {
	f := fonts(t)
	runs := f.Runs("né 😀\tok", Face{}, 10)
	var got []string
	for _, r := range runs {
		mark := "text:"
		if r.Outline {
			mark = "outline:"
		}
		got = append(got, mark+r.Text)
	}
	if want := "text:né |outline:😀|text: ok"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
	end := runs[len(runs)-1]
	if math.Abs(end.X+end.Width-f.Measure("né 😀\tok", Face{}, 10)) > 1e-9 {
		t.Error("runs must add up to the measured width")
	}
	if f.Has('😀', Face{}) || !f.Has('é', Face{}) || !f.Has('\u202f', Face{}) {
		t.Error("Has: é and the narrow no-break space are in the font, an emoji is not")
	}
}

func TestGlyphPath(t *testing.T) {
	f := fonts(t)
	segments, advance := f.GlyphPath('H', Face{}, 100)
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, s := range segments {
		if s.Op != Close {
			top, bottom = min(top, s.End().Y), max(bottom, s.End().Y)
		}
	}
	if math.Abs(top+71.4) > 0.1 || bottom != 0 || math.Abs(advance-f.Measure("H", Face{}, 100)) > 1e-9 {
		t.Errorf("H reaches from %v to %v, advance %v", top, bottom, advance)
	}
	if box, _ := f.GlyphPath('😀', Face{}, 100); len(box) == 0 {
		t.Error("a character the font lacks must be a box")
	}
	if none, advance := f.GlyphPath('\u200d', Face{}, 100); len(none) != 0 || advance != 0 {
		t.Error("a joiner draws nothing")
	}
}

func TestWrap(t *testing.T) {
	f := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zA-Z]{1,14} ){0,12}[a-z]{1,30}`).Draw(t, "text")
		width := rapid.Float64Range(30, 300).Draw(t, "width")
		lines := f.Wrap(text, Face{}, 10, width)
		for _, line := range lines {
			if f.Measure(line, Face{}, 10) > width+1e-9 {
				t.Fatalf("line %q is wider than %v", line, width)
			}
		}
		if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("%q lost words: %q", text, lines)
		}
	})
	if got := f.Wrap("", Face{}, 10, 50); len(got) != 1 || got[0] != "" {
		t.Errorf("an empty text is one empty line, got %q", got)
	}
	if got := f.Wrap("1\u00a0234\u202f567 x", Face{}, 10, 60); got[0] != "1\u00a0234\u202f567 x" && got[0] != "1\u00a0234\u202f567" {
		t.Errorf("broken at a no-break space: %q", got)
	}
}

func TestLoadFontsNamesTheBadFace(t *testing.T) {
	f := fonts(t)
	data := f.Data(Face{})
	_, err := LoadFonts(data, []byte("not a font"), data, data)
	if err == nil || !strings.Contains(err.Error(), "bold font") {
		t.Errorf("error %v must name the bold font", err)
	}
}

func TestColours(t *testing.T) {
	for text, want := range map[string]Colour{"#0072B2": {0, 0x72, 0xB2, 255}, "#fff": {255, 255, 255, 255}} {
		if got, err := Hex(text); err != nil || got != want {
			t.Errorf("Hex(%q) = %v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "0072B2", "#00", "#gggggg", "#ééé"} {
		if _, err := Hex(bad); err == nil {
			t.Errorf("Hex(%q) must fail", bad)
		}
	}
	if c := RGB(0x0072B2).WithOpacity(0.5); c.A != 128 || c.String() != "#0072b2" {
		t.Errorf("half opacity: %v", c)
	}
}

func TestMatrix(t *testing.T) {
	m := Translate(10, 0).Mul(Scale(2, 3))
	if got := m.Apply(Point{1, 1}); got != (Point{12, 3}) {
		t.Errorf("scale then translate: %v", got)
	}
	if (Matrix{}).OrIdentity().Apply(Point{4, 5}) != (Point{4, 5}) {
		t.Error("the zero matrix of a group is the identity")
	}
}
