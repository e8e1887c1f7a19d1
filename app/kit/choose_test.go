package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

func TestChoicesStandUnderTheirGroups(t *testing.T) {
	var chosen []string
	s := kit.NewSelect([]kit.Option{{Value: "a", Label: "A"}, {Value: "u", Label: "U", Group: "Ours"}, {Value: "v", Label: "V", Group: "Ours"}}, "a",
		func(value string) { chosen = append(chosen, value) })
	window := on(t, s)
	var labels string
	for _, item := range s.Menu().Items {
		labels += item.Label + "|"
		if item.Action != nil {
			item.Action()
		}
		if item.Label == "Ours" && !item.Disabled {
			t.Error("the name of a group can be chosen")
		}
	}
	if labels != "A||Ours|U|V|" {
		t.Errorf("the list is %q", labels)
	}
	if len(chosen) != 3 || s.Value() != "v" {
		t.Errorf("told %q, chosen is %q", chosen, s.Value())
	}
	for _, open := range []func(){func() { s.Tapped(&fyne.PointEvent{}) }, func() { s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) }} {
		open()
		over := window.Canvas().Overlays()
		if over.Top() == nil {
			t.Fatal("no list is shown")
		}
		over.Remove(over.Top())
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if s.Value() != "a" {
		t.Errorf("one on from the last is %q", s.Value())
	}
}
