package kit_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/reports/scene"
)

// on puts an object on a window of its own.
func on(t *testing.T, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	window := test.NewTempWindow(t, o)
	window.Resize(fyne.NewSize(600, 300))
	return window
}

func TestEntryHandsOnWhatMeansSomethingToItsForm(t *testing.T) {
	var log []string
	e, next := kit.NewEntry("hint"), kit.NewEntry("")
	e.ID = "members/total"
	note := func(what string) func() { return func() { log = append(log, what) } }
	e.OnEnter, e.OnLeave, e.OnFocus = note("enter"), note("leave"), note("focus")
	e.OnKey = func(key fyne.KeyName) bool { return key == fyne.KeyDown }
	e.OnRune = func(r rune) bool { return r == 'x' }
	window := on(t, kit.Column(0, e, next))
	escaped := false
	window.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { escaped = key.Name == fyne.KeyEscape })
	window.Canvas().Focus(e)
	test.Type(e, "4x2")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	window.Canvas().Focus(next)
	if e.Text != "42" || !escaped || e.FocusName() != "members/total" {
		t.Errorf("text %q, escaped %t", e.Text, escaped)
	}
	if len(log) < 3 || log[0] != "focus" || log[len(log)-2] != "enter" || log[len(log)-1] != "leave" {
		t.Errorf("heard %q", log)
	}
}

func TestNumberTakesNoLetters(t *testing.T) {
	for _, fact := range []struct {
		kind        kit.NumberKind
		typed, want string
	}{
		{kit.Whole, "1a2 b3", "12 3"}, {kit.Whole, "-7", "-7"}, {kit.Decimal, "1,5x", "1,5"}, {kit.Decimal, "1.5", "1.5"},
		{kit.Year, "2026", "2026"}, {kit.Year, "20261", "2026"}, {kit.Year, "-20", "20"},
	} {
		n := kit.NewNumber(fact.kind, "persons")
		on(t, n)
		test.Type(n.Entry, fact.typed)
		if n.Entry.Text != fact.want {
			t.Errorf("%q typed gives %q, want %q", fact.typed, n.Entry.Text, fact.want)
		}
	}
}

func TestDatesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-30": "2026-11-30", "30.11.2026": "2026-11-30", "30/11/2026": "2026-11-30", "1 2 2026": "2026-02-01", "2026-1-5": "2026-01-05",
		"31.02.2026": "31.02.2026", "": "", "soon": "soon", "2026-13-01": "2026-13-01", "29.02.2024": "2024-02-29",
	} {
		if got := kit.ISODate(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

func TestDateIsMovedByKeys(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }
	d := kit.NewDate(kit.DateWords{}, now)
	on(t, d)
	for _, fact := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyUp, "2026-11-22"}, {fyne.KeyUp, "2026-11-23"}, {fyne.KeyDown, "2026-11-22"}, {fyne.KeyPageDown, "2026-12-22"}, {fyne.KeyPageUp, "2026-11-22"}} {
		d.Entry.TypedKey(&fyne.KeyEvent{Name: fact.key})
		if d.Value() != fact.want {
			t.Errorf("after %s the day is %q, want %q", fact.key, d.Value(), fact.want)
		}
	}
}

func TestDateIsChosenFromTheSheet(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }
	words := kit.DateWords{Months: [12]string{10: "November"}, Days: [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}}
	d := kit.NewDate(words, now)
	window := on(t, d)
	test.Tap(d.OpenButton())
	if len(window.Canvas().Overlays().List()) != 1 {
		t.Fatal("no sheet opened")
	}
	pressButton(t, window.Canvas().Overlays().Top(), "30")
	if d.Value() != "2026-11-30" {
		t.Errorf("the day is %q", d.Value())
	}
}

func TestSelectTellsOnlyWhatThePersonChose(t *testing.T) {
	var told []string
	s := kit.NewSelect([]kit.Option{{Value: "a", Label: "First"}, {Value: "b", Label: "Second"}}, "b", func(v string) { told = append(told, v) })
	on(t, s)
	s.SetValue("a")
	if s.Value() != "a" || len(told) != 0 {
		t.Errorf("value %q, told %q", s.Value(), told)
	}
	s.SetSelected("Second")
	s.SetValue("gone")
	if len(told) != 1 || told[0] != "b" || s.Value() != "" {
		t.Errorf("told %q, value %q", told, s.Value())
	}
}

func TestStepsAreChosenAndMarked(t *testing.T) {
	var chosen []string
	s := kit.NewSteps(func(key string) { chosen = append(chosen, key) })
	on(t, s)
	s.Set([]kit.Step{{Key: "a", Title: "Identification", State: kit.Good}, {Key: "b", Title: "Members", Detail: "2 left", State: kit.Active}})
	s.SetPresent("b")
	s.Set([]kit.Step{{Key: "b", Title: "Members", State: kit.Good}, {Key: "c", Title: "Work"}})
	tapLabel(t, s, "Work")
	if s.Present() != "b" || len(chosen) != 1 || chosen[0] != "c" {
		t.Errorf("present %q, chosen %q", s.Present(), chosen)
	}
}

func TestSceneIsDrawnAtTheWidthOfItsView(t *testing.T) {
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the third-party files are missing: run `make assets`")
	}
	red := scene.RGB(0xFF0000)
	drawing := &scene.Scene{Width: 200, Height: 100, Items: []scene.Item{&scene.Path{Segments: scene.Rectangle(0, 0, 200, 100), Fill: &red}}}
	v := kit.NewChartView(fonts, fyne.NewSize(100, 50))
	var widths []float64
	v.OnWidth = func(points float64) { widths = append(widths, points) }
	window := on(t, v)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(400, 300))
	v.SetScene(drawing)
	if v.MinSize().Height != 200 {
		t.Errorf("400 wide, it wants %g of height", v.MinSize().Height)
	}
	if len(widths) == 0 || widths[len(widths)-1] != 300 {
		t.Errorf("told the widths %v, want 300 points last", widths)
	}
	if r, g, _, _ := pixel(window.Canvas().Capture(), 200, 100); r < 0xF0 || g > 0x10 {
		t.Errorf("the middle is %02x %02x", r, g)
	}
	v.SetScene(nil)
	if v.MinSize() != fyne.NewSize(100, 50) {
		t.Errorf("without a scene it wants %v", v.MinSize())
	}
}

func TestPressIsPressedByEnterAndSpace(t *testing.T) {
	n, escaped := 0, false
	p := kit.NewPress("Go", 0, func() { n++ })
	window := on(t, p)
	window.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { escaped = true })
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape} {
		p.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if n != 3 || !escaped {
		t.Errorf("pressed %d times, escaped %t", n, escaped)
	}
}

func TestBarHoldsItsPartsWithinTheWhole(t *testing.T) {
	b := kit.NewBar(kit.Part{Share: 0.5, Color: kit.ColorGood}, kit.Part{Share: 0.9, Color: kit.ColorTeal})
	window := on(t, b)
	b.Set(kit.Part{Share: 2, Color: kit.ColorGood}, kit.Part{Share: -1, Color: kit.ColorBad})
	for _, o := range test.WidgetRenderer(b).Objects() {
		if o.Position().X+o.Size().Width > window.Canvas().Size().Width {
			t.Errorf("a part reaches to %g", o.Position().X+o.Size().Width)
		}
	}
	kit.NewSpark(nil).Set([]float64{1, 1})
}
