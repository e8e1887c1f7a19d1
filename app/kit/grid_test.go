package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestGridFitsItsWidth(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Look{Mode: Light}))
	half := 0.5
	g := NewGrid([]GridColumn{{Title: "Year"}, {Title: "Value", Number: true}, {Title: "Coverage", Number: true}},
		[][]Cell{{{Text: "2024"}, {Text: "1,234"}, {Text: "50 %", Bar: &half}}, {{Text: "A very long name of a cooperative that finds no room"}, Tell(Bad, "c"), {}}})
	r := test.WidgetRenderer(g).(*gridRenderer)
	for _, width := range []float32{240, 320, 900} {
		g.Resize(fyne.NewSize(width, g.MinSize().Height))
		for y, row := range r.cells {
			var right float32
			for _, cell := range row {
				at := cell.text.Position().X
				if at < right-1 || at+cell.text.Size().Width > width+1 {
					t.Errorf("at %.0f, row %d: %q stands from %.0f to %.0f, after %.0f", width, y, cell.text.Text, at, at+cell.text.Size().Width, right)
				}
				right = at + cell.text.Size().Width
			}
		}
	}
	if a, b := r.cells[1][1].text, r.cells[0][1].text; a.Position().X+a.Size().Width-b.Position().X-b.Size().Width > 1 {
		t.Error("numbers are not set at the right")
	}
	if texts := g.Texts(); len(texts) != 3 || texts[0][2] != "Coverage" || texts[2][1] != "c" {
		t.Errorf("%q", texts)
	}
	g.Set([]GridColumn{{Title: "One"}}, nil)
	if len(g.Texts()) != 1 || len(r.cells) != 1 {
		t.Error("the old rows are still drawn")
	}
}

func TestFoldOpensByClickAndKey(t *testing.T) {
	test.NewTempApp(t)
	body, told := widget.NewLabel("body"), []bool{}
	f := NewFold("Title", false, body)
	f.OnChanged = func(open bool) { told = append(told, open) }
	if body.Visible() {
		t.Error("it begins open")
	}
	test.Tap(f.head)
	if !body.Visible() || !f.Open() {
		t.Error("a click does not open it")
	}
	f.head.FocusGained()
	f.head.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.head.TypedRune(' ')
	f.head.TypedRune('x')
	f.head.FocusLost()
	f.SetOpen(false)
	f.SetTitle("Other")
	if len(told) != 3 || body.Visible() || f.title.Text != "Other" {
		t.Errorf("told %v, visible %t", told, body.Visible())
	}
}

func TestWrapIsAsHighAsItsLines(t *testing.T) {
	test.NewTempApp(t)
	w := NewWrap(widget.NewButton("one button", nil), widget.NewButton("another button", nil), Spacer(), widget.NewButton("a third", nil))
	test.NewTempWindow(t, w)
	w.Resize(fyne.NewSize(900, 40))
	one := w.MinSize().Height
	w.Resize(fyne.NewSize(150, 40))
	if three := w.MinSize().Height; three < 3*one {
		t.Errorf("one line is %.0f high, three are %.0f", one, three)
	}
	w.Set(widget.NewButton("alone", nil))
	if w.MinSize().Height > one {
		t.Error("lines of objects that are gone")
	}
}
