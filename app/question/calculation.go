package question

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// calculation shows an answer that nobody types: one that is worked out, or that may not be changed here.
type calculation struct {
	label *widget.Label
	row   *fyne.Container
}

func newCalculation(cfg Config) Editor {
	label := kit.Line("")
	icon := widget.NewIcon(kit.IconLock.In(kit.ColorSoft))
	return &calculation{label, kit.Row(kit.Gap4, kit.Fixed(min(cfg.Width, 360)-28, label), icon)}
}

func (c *calculation) Object() fyne.CanvasObject { return c.row }
func (c *calculation) Focus(fyne.Canvas) bool    { return false }
func (c *calculation) Commit() error             { return nil }
func (c *calculation) Typing() bool              { return false }
func (c *calculation) Reset()                    {}

// Present shows the answer, or a dash.
func (c *calculation) Present(s State) {
	text := first(s.Shown, s.Text, s.Absent, "–")
	if s.Unit != "" && s.Text != "" {
		text += " " + s.Unit
	}
	c.label.SetText(text)
}
