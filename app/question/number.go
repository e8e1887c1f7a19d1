package question

import (
	"unicode"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
)

// number is a field for a number, with its unit behind it. Thousands stand apart while it is not being typed.
type number struct {
	*field
	unit *unitLabel
	row  *fyne.Container
}

// widths of number fields, at the normal text size.
const (
	wholeWidth   float32 = 120
	decimalWidth float32 = 150
)

// newWhole makes the editor of a whole number, or of a year.
func newWhole(cfg Config) Editor {
	if Year(cfg.Question) {
		return newYear(cfg)
	}
	return newNumber(cfg, wholeWidth)
}

// newDecimal makes the editor of a number with decimals, or of money.
func newDecimal(cfg Config) Editor {
	if cfg.Question.Money() {
		return newMoney(cfg)
	}
	return newNumber(cfg, decimalWidth)
}

func newNumber(cfg Config, width float32) *number {
	n := &number{field: newField(cfg, min(width, cfg.Width)), unit: newUnit()}
	n.row = kit.Row(kit.Gap4, n.field, n.unit)
	if cfg.Compact {
		n.unit.Hide()
	}
	return n
}

// Object is the field and its unit.
func (n *number) Object() fyne.CanvasObject { return n.row }

// Present shows a number and its unit.
func (n *number) Present(s State) {
	n.unit.set(s.Unit)
	n.field.Present(s)
}

// digit is the value of a digit, or -1.
func digit(r rune) int {
	if unicode.IsDigit(r) && r <= '9' {
		return int(r - '0')
	}
	return -1
}
