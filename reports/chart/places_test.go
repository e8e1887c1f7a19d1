package chart

import (
	"testing"

	"coopatlas/reports/scene"
)

func TestPlacesLieInThePlot(t *testing.T) {
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the third-party files are missing: run `make assets`")
	}
	for _, kind := range []Kind{Index, Level, Column} {
		d := Definition{Kind: kind, Title: "t", Compact: true, Width: 400, Height: 200, Categories: []string{"2021", "2022", "2023"}, Series: []Series{
			{Name: "a", Points: []Point{{Category: 0, Value: 100}, {Category: 2, Value: 120}}}, {Name: "b", Points: []Point{{Category: 1, Value: 90}}}}}
		places, width := Places(d, fonts)
		if len(places) != 3 || width != 400 {
			t.Fatalf("%s: %d places in %v", kind, len(places), width)
		}
		a, c, b := places[0], places[1], places[2]
		if !(a.X < b.X && b.X < c.X && a.X > 20 && c.X < 380) || !(c.Y < a.Y && a.Y < b.Y && c.Y > 0 && b.Y < 200) || c.Category != 2 || b.Series != 1 {
			t.Errorf("%s: %+v", kind, places)
		}
	}
	if places, _ := Places(Definition{}, fonts); places != nil {
		t.Error("a definition that cannot be drawn has places")
	}
}
