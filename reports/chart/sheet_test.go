package chart

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"coopatlas/reports/scene"
)

// sheet is charts side by side, of which the second is higher.
func sheet(n int) Sheet {
	head := three()
	head.Notes = []string{"A note for all."}
	out := Sheet{Head: head}
	for i := range n {
		d := three()
		d.Compact, d.Title, d.Source, d.Notes = true, "Place "+string(rune('A'+i)), "", []string{"Its own note."}
		out.Charts = append(out.Charts, d)
	}
	return out
}

func TestASheetSaysOnceWhatHoldsForAll(t *testing.T) {
	e := engine(t)
	s, err := e.SheetScene(sheet(5))
	if err != nil {
		t.Fatal(err)
	}
	if want := 3.0*sheetWidth + 2*sheetGap; s.Width != want {
		t.Errorf("it is %v wide, want %v", s.Width, want)
	}
	groups := 0
	lowest := 0.0
	for _, item := range s.Items {
		if g, ok := item.(*scene.Group); ok {
			groups++
			lowest = max(lowest, g.Transform.F)
		}
	}
	if groups != 5 || lowest+sheetHeight > s.Height {
		t.Errorf("%d charts, the lowest at %v of %v", groups, lowest, s.Height)
	}
	text := strings.Join(sceneTexts(s), "\n")
	for _, once := range []string{"A note for all.", "Source: ", "Place E"} {
		if strings.Count(text, once) != 1 {
			t.Errorf("%q stands %d times in\n%s", once, strings.Count(text, once), text)
		}
	}
}

func TestASheetIsWrittenInEachForm(t *testing.T) {
	e := engine(t)
	drawing, err := e.SheetSVG(sheet(2))
	if err != nil || !bytes.Contains(drawing, []byte("Place B: ")) {
		t.Errorf("the drawing: %v", err)
	}
	picture, err := e.SheetPNG(sheet(2), 1)
	if err != nil {
		t.Fatal(err)
	}
	if decoded, err := png.Decode(bytes.NewReader(picture)); err != nil || decoded.Bounds().Dx() != 2*sheetWidth+sheetGap {
		t.Errorf("the picture: %v", err)
	}
	data, err := e.SheetPage(sheet(2))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for want, times := range map[string]int{`id="chart-2"`: 1, "<section>": 2, "<noscript><svg": 2, "<tbody>": 2, "echarts.init(": 2, "A note for all.": 1, "</script>": 2, ">Its own note.</p>": 2} {
		if got := strings.Count(text[strings.Index(text, "<main"):], want); got != times && want != "echarts.init(" || got < times {
			t.Errorf("%q stands %d times, want %d", want, got, times)
		}
	}
}

func TestASheetNeedsChartsAndWords(t *testing.T) {
	e := engine(t)
	nameless := sheet(1)
	nameless.Head.Source = " "
	for want, s := range map[string]Sheet{"give at least one": sheet(0), "its source is not said": nameless} {
		if _, err := e.SheetScene(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the scene: %v", err)
		}
		if _, err := e.SheetPage(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the page: %v", err)
		}
	}
}

// What one chart is called never becomes code of the page that it stands on with others.
func TestASheetEscapesEverything(t *testing.T) {
	s := sheet(2)
	s.Head.Title, s.Charts[1].Title, s.Charts[1].Series[0].Name = hostile, hostile, hostile
	data, err := engine(t).SheetPage(s)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); strings.Contains(text, "<script>alert") || strings.Count(text, "</script>") != 2 {
		t.Error("a hostile text came through")
	}
}
