package question

import (
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// unitLabel is the unit behind a number.
type unitLabel struct{ widget.Label }

func newUnit() *unitLabel {
	u := &unitLabel{}
	u.SizeName, u.Importance = kit.SizeBody, widget.LowImportance
	u.ExtendBaseWidget(u)
	return u
}

func (u *unitLabel) set(text string) {
	if u.Text != text {
		u.SetText(text)
	}
}
