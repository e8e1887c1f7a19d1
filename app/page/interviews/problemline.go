package interviews

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/question"
)

// problemLine is one line of what is missing or odd: its key, its icon and its words. A click leads to its question.
type problemLine struct {
	widget.BaseWidget
	back  *kit.Shape
	row   *fyne.Container
	chose func()
}

// problemWidth is that of the words, at the normal text size.
const problemWidth float32 = 760

func newProblemLine(key, text string, level kit.State, chose func()) *problemLine {
	icon := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(18), widget.NewIcon(level.Icon().In(level.Color()))))
	l := &problemLine{back: kit.NewShape("", "", kit.Corner), chose: chose}
	l.row = kit.Pad(kit.Gap4, kit.Row(kit.Gap8, question.NewProse(key, kit.SizeBody, kit.ColorTeal, 18), icon,
		question.NewProse(text, kit.SizeBody, kit.ColorInk, problemWidth)))
	l.ExtendBaseWidget(l)
	return l
}

// Tapped leads to the question.
func (l *problemLine) Tapped(*fyne.PointEvent) { l.chose() }

// MouseIn marks the line.
func (l *problemLine) MouseIn(*desktop.MouseEvent) { l.back.SetFill("hover") }

// MouseMoved is Fyne's.
func (l *problemLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is Fyne's.
func (l *problemLine) MouseOut() { l.back.SetFill("") }

// CreateRenderer is Fyne's.
func (l *problemLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(l.back, l.row))
}
