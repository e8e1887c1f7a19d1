package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// NumberKind says which characters a number field takes.
type NumberKind uint8

// The kinds of numbers.
const (
	Whole   NumberKind = iota // digits, a sign, spaces between thousands
	Decimal                   // beside those, point and comma
	Year                      // four digits
)

// Number is a field for a number with its unit behind it. It takes no letters; what the typed text means is for the
// caller to say.
type Number struct {
	widget.BaseWidget
	// Entry is the field itself, with its callbacks.
	Entry *Entry

	kind NumberKind
	unit *widget.Label
	box  *fyne.Container
}

// NewNumber makes an empty number field; unit may be empty.
func NewNumber(kind NumberKind, unit string) *Number {
	n := &Number{Entry: NewEntry(""), kind: kind, unit: Soft(unit)}
	n.Entry.SetWidth(map[NumberKind]float32{Whole: 130, Decimal: 150, Year: 84}[kind])
	n.Entry.OnRune = func(r rune) bool { return !n.takes(r) }
	n.box = container.NewHBox(n.Entry, n.unit)
	if unit == "" {
		n.unit.Hide()
	}
	n.ExtendBaseWidget(n)
	return n
}

// CreateRenderer is Fyne's.
func (n *Number) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.box) }

// SetUnit changes the unit.
func (n *Number) SetUnit(unit string) {
	n.unit.SetText(unit)
	n.unit.Hidden = unit == ""
	n.box.Refresh()
}

// takes tells whether a character can be part of such a number. The field never refuses what is pasted: the
// questionnaire says what is wrong with it.
func (n *Number) takes(r rune) bool {
	switch {
	case unicode.IsDigit(r):
		return n.kind != Year || len([]rune(n.Entry.Text)) < 4 || n.Entry.SelectedText() != ""
	case n.kind == Year:
		return false
	case strings.ContainsRune("-−+ \u00a0\u202f'", r):
		return true
	}
	return strings.ContainsRune(".,", r)
}
