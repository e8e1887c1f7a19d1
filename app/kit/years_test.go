package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/stage"
)

// sight lists the objects of a type that are in sight.
func sight[T fyne.CanvasObject](in fyne.CanvasObject) []T {
	var out []T
	stage.Walk(in, func(o fyne.CanvasObject) {
		if one, ok := o.(T); ok {
			out = append(out, one)
		}
	})
	return out
}

func TestSingleYearsAreChosen(t *testing.T) {
	var told [][]int
	var asked fyne.CanvasObject
	shut := 0
	y := kit.NewYears(kit.YearsConfig{
		Some: "Only some", Hint: "Which?", Do: "Show", List: func(years []string) string { return strings.Join(years, "+") },
		Dialog: func(_ string, content fyne.CanvasObject, _ func()) func() {
			asked = content
			return func() { shut++ }
		},
		Changed: func(years []int) { told = append(told, years) },
	})
	on(t, y)
	y.Set([]int{2021, 2022, 2023, 2024}, []int{2021, 2024})
	if buttons := sight[*widget.Button](y); len(buttons) != 2 || buttons[0].Text != "2021+2024" {
		t.Fatalf("what is chosen does not show: %v", buttons)
	}
	pressButton(t, y, "Only some")
	on(t, asked)
	ticks := sight[*kit.Ticks](asked)[0]
	for _, year := range []int{2021, 2024, 1999} {
		ticks.Tick(year)
	}
	if buttons := sight[*widget.Button](asked); !buttons[0].Disabled() {
		t.Error("no year at all can be shown")
	}
	ticks.Tick(2023)
	ticks.Tick(2022)
	pressButton(t, asked, "Show")
	pressButton(t, y, "2021+2024")
	if len(told) != 2 || !slices.Equal(told[0], []int{2022, 2023}) || told[1] != nil || shut != 1 {
		t.Errorf("told %v, closed %d times", told, shut)
	}
	if y.Set(nil, nil); len(sight[*widget.Button](y)) != 1 {
		t.Error("nothing is chosen, and something shows")
	}
}
