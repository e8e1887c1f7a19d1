package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// stateLook is how a state is drawn: never by colour alone.
type stateLook struct {
	icon       Icon
	colour     fyne.ThemeColorName
	importance widget.Importance
}

var stateLooks = map[State]stateLook{
	Neutral: {IconCircle, ColorSoft, widget.LowImportance},
	Active:  {IconHalf, ColorTeal, widget.HighImportance},
	Accent:  {IconInfo, ColorClay, widget.MediumImportance},
	Good:    {IconCheck, ColorGood, widget.SuccessImportance},
	Warn:    {IconWarning, ColorWarn, widget.WarningImportance},
	Bad:     {IconProblem, ColorBad, widget.DangerImportance},
	Plainly: {"", ColorInk, widget.MediumImportance},
}

// Icon is the icon that goes with the state.
func (s State) Icon() Icon { return stateLooks[s].icon }

// Color is the colour of the theme that goes with the state.
func (s State) Color() fyne.ThemeColorName { return stateLooks[s].colour }

// Badge is a state in an icon and a word.
type Badge struct {
	widget.BaseWidget
	state State
	icon  *widget.Icon
	word  *widget.Label
}

// NewBadge makes a badge.
func NewBadge(state State, word string) *Badge {
	b := &Badge{icon: widget.NewIcon(nil), word: label("", SizeBody, false, fyne.TextWrapOff)}
	b.ExtendBaseWidget(b)
	b.Set(state, word)
	return b
}

// Set changes state and word.
func (b *Badge) Set(state State, word string) {
	b.state = state
	b.word.Importance = stateLooks[state].importance
	b.word.SetText(word)
	b.icon.SetResource(state.Icon().In(state.Color()))
}

// Text is the word.
func (b *Badge) Text() string { return b.word.Text }

// State is the state.
func (b *Badge) State() State { return b.state }

// CreateRenderer is Fyne's.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, container.NewCenter(b.icon), nil, b.word))
}
