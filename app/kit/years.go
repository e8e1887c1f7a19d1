package kit

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// YearsConfig is what a choice of years is made from. Its words are in the person's language.
type YearsConfig struct {
	Some, Hint, Do string // on the button, over the years to choose from, on the button under them
	// List writes the years that are chosen, such as "2011, 2013 and 2016".
	List func(years []string) string
	// Dialog shows the years to choose from.
	Dialog func(title string, content fyne.CanvasObject, cancelled func()) (close func())
	// Changed is told which years the person has chosen, in order; none for all of them.
	Changed func(years []int)
}

// Years chooses single years, beside a first and a last year that are chosen elsewhere: a button that asks which, and what
// was chosen, to be taken back by a click.
type Years struct {
	widget.BaseWidget
	cfg    YearsConfig
	all    []int
	chosen []int
	taken  *widget.Button
	row    *fyne.Container
}

// NewYears makes the choice; Set says what there is to choose.
func NewYears(cfg YearsConfig) *Years {
	y := &Years{cfg: cfg}
	y.taken = IconButton(IconClose, "", func() { cfg.Changed(nil) })
	y.taken.Importance = widget.MediumImportance
	y.row = Row(Gap4, y.taken, IconButton(IconCalendar, cfg.Some, y.Ask))
	y.ExtendBaseWidget(y)
	y.Set(nil, nil)
	return y
}

// CreateRenderer is Fyne's.
func (y *Years) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(y.row) }

// Set says which years there are and which of them are chosen.
func (y *Years) Set(all, chosen []int) {
	y.all, y.chosen = all, chosen
	var texts []string
	for _, year := range chosen {
		texts = append(texts, strconv.Itoa(year))
	}
	y.taken.SetText(y.cfg.List(texts))
	y.taken.Hidden = len(chosen) == 0
	y.row.Refresh()
	y.Refresh()
}

// Ask asks which years are wanted.
func (y *Years) Ask() {
	ticks := NewTicks(y.all, y.chosen)
	var shut func()
	do := Primary(y.cfg.Do, func() {
		shut()
		y.cfg.Changed(ticks.Chosen())
	})
	enough := func() {
		if len(ticks.Chosen()) > 0 {
			do.Enable()
		} else {
			do.Disable()
		}
	}
	ticks.OnChanged = enough
	enough()
	shut = y.cfg.Dialog(y.cfg.Some, Fixed(420, Column(Gap8, Hint(y.cfg.Hint), ticks, container.NewHBox(Spacer(), do))), nil)
}

// Ticks are years with a box each.
type Ticks struct {
	widget.BaseWidget
	OnChanged func() // may be nil
	years     []int
	boxes     []*widget.Check
}

// NewTicks makes boxes for years, of which some are ticked.
func NewTicks(years, ticked []int) *Ticks {
	t := &Ticks{years: years}
	for _, year := range years {
		box := widget.NewCheck(strconv.Itoa(year), nil)
		box.Checked = slices.Contains(ticked, year)
		box.OnChanged = func(bool) {
			if t.OnChanged != nil {
				t.OnChanged()
			}
		}
		t.boxes = append(t.boxes, box)
	}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is Fyne's.
func (t *Ticks) CreateRenderer() fyne.WidgetRenderer {
	const inRow = 5
	grid := container.NewGridWithColumns(inRow)
	for _, box := range t.boxes {
		grid.Add(box)
	}
	return widget.NewSimpleRenderer(grid)
}

// Chosen are the years that are ticked, in their order.
func (t *Ticks) Chosen() []int {
	var out []int
	for i, box := range t.boxes {
		if box.Checked {
			out = append(out, t.years[i])
		}
	}
	return out
}

// Tick ticks a year or takes its tick away, as a click does.
func (t *Ticks) Tick(year int) {
	if i := slices.Index(t.years, year); i >= 0 {
		t.boxes[i].SetChecked(!t.boxes[i].Checked)
	}
}
