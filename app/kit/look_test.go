package kit_test

import (
	"bytes"
	"image"
	"image/color"
	"io/fs"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"coopatlas/app/kit"
	"coopatlas/assets"
)

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		s := float64(v) / 65535
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextCanBeReadOnEveryGround(t *testing.T) {
	grounds := []fyne.ThemeColorName{kit.ColorPaper, kit.ColorSheet, kit.ColorRail, kit.ColorTint, theme.ColorNameButton, theme.ColorNameInputBackground}
	for _, mode := range []kit.Mode{kit.Light, kit.Dark} {
		look := kit.NewTheme(kit.Look{Mode: mode})
		at := func(name fyne.ThemeColorName) color.Color { return look.Color(name, theme.VariantLight) }
		for _, ground := range grounds {
			for _, ink := range []fyne.ThemeColorName{kit.ColorInk, kit.ColorSoft, kit.ColorTeal} {
				if c := contrast(at(ink), at(ground)); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", mode, ink, ground, c)
				}
			}
		}
		for _, ink := range []fyne.ThemeColorName{kit.ColorGood, kit.ColorWarn, kit.ColorBad, kit.ColorClay} {
			if c := contrast(at(ink), at(kit.ColorSheet)); c < 4.5 {
				t.Errorf("%s: %s on the sheet has a contrast of %.2f", mode, ink, c)
			}
		}
		for on, ground := range map[fyne.ThemeColorName]fyne.ThemeColorName{theme.ColorNameForegroundOnPrimary: kit.ColorTeal,
			theme.ColorNameForegroundOnError: kit.ColorBad, theme.ColorNameForegroundOnSuccess: kit.ColorGood, theme.ColorNameForegroundOnWarning: kit.ColorWarn} {
			if c := contrast(at(on), at(ground)); c < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", mode, on, c)
			}
		}
	}
}

func TestModeDecidesOverTheSystem(t *testing.T) {
	for _, fact := range []struct {
		mode    kit.Mode
		variant fyne.ThemeVariant
		dark    bool
	}{
		{kit.System, theme.VariantLight, false}, {kit.System, theme.VariantDark, true},
		{kit.Light, theme.VariantDark, false}, {kit.Dark, theme.VariantLight, true},
	} {
		paper := kit.NewTheme(kit.Look{Mode: fact.mode}).Color(kit.ColorPaper, fact.variant)
		if dark := luminance(paper) < 0.5; dark != fact.dark {
			t.Errorf("mode %q in variant %d: dark is %t", fact.mode, fact.variant, dark)
		}
	}
}

func TestTextSizesFollowTheLook(t *testing.T) {
	for _, fact := range []struct {
		text float32
		name fyne.ThemeSizeName
		want float32
	}{
		{0, kit.SizeBody, 14}, {1, kit.SizeTitle, 28}, {1.25, kit.SizeBody, 17.5}, {1, kit.SizeCaption, 12}, {1, kit.SizeLead, 16},
		{1, kit.SizeSection, 20}, {9, kit.SizeBody, 21}, {0.1, kit.SizeBody, 11.9},
	} {
		if got := kit.NewTheme(kit.Look{Text: fact.text}).Size(fact.name); math.Abs(float64(got-fact.want)) > 0.01 {
			t.Errorf("text %g, %s is %g, want %g", fact.text, fact.name, got, fact.want)
		}
	}
}

func TestEveryIconIsThereAndTakesItsColour(t *testing.T) {
	test.NewTempApp(t)
	entries, err := fs.ReadDir(assets.FS(), "icons")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".svg")
		if !ok {
			continue
		}
		for _, icon := range []kit.Icon{kit.Icon(name), kit.Icon(name).Fine()} {
			content := icon.In(kit.ColorBad).Content()
			if len(content) < 200 {
				t.Errorf("%s is empty", icon)
			}
			if bytes.Contains(content, []byte("NaN")) {
				t.Errorf("%s has a point that is no number", icon)
			}
		}
	}
	for state := kit.Neutral; state <= kit.Bad; state++ {
		if len(state.Icon().Resource().Content()) < 200 {
			t.Errorf("the state %d has no icon", state)
		}
	}
	if content := kit.Icon("no such").Resource().Content(); len(content) == 0 {
		t.Error("a name without a file gives no picture at all")
	}
}

func TestIconIsDrawnInTheColourOfTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	picture := canvas.NewImageFromResource(kit.IconRemove.In(kit.ColorBad))
	window := test.NewTempWindow(t, picture)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(48, 48))
	r, g, _, _ := pixel(window.Canvas().Capture(), 24, 24)
	if r < 0xA0 || g > 0x60 {
		t.Errorf("the middle of a red minus is %02x %02x", r, g)
	}
}

// pixel is one pixel in 8 bits a channel.
func pixel(img image.Image, x, y int) (r, g, b, a uint32) {
	r, g, b, a = img.At(x, y).RGBA()
	return r >> 8, g >> 8, b >> 8, a >> 8
}
