package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// chip is one chosen thing with a cross that lets it go.
type chip struct {
	widget.BaseWidget
	label  *widget.Label
	remove func()
}

func newChip(text string, remove func()) *chip {
	c := &chip{label: kit.Plain(text), remove: remove}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped lets it go.
func (c *chip) Tapped(*fyne.PointEvent) { c.remove() }

// MinSize is flat.
func (c *chip) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(c.label.MinSize().Width+22*kit.Scale(), 28*kit.Scale())
}

// CreateRenderer is Fyne's.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	cross := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(14), widget.NewIcon(kit.IconClose.In(kit.ColorSoft))))
	return widget.NewSimpleRenderer(container.NewStack(kit.NewShape(kit.ColorTint, "", kit.Corner),
		container.NewBorder(nil, nil, nil, kit.Row(0, cross, kit.NewShape("", "", 0)), c.label)))
}
