package kit

import (
	"regexp"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// DateWords are the words of a date field in the person's language.
type DateWords struct {
	Hint   string     // "2026-11-30"
	Months [12]string // January first
	Days   [7]string  // short, Monday first
}

// Date is a field for a day: typed as 2026-11-30 or 30.11.2026 (day first, with any of . / - or a space), moved by a
// day with Up and Down and by a month with Page Up and Page Down, or chosen from a month's sheet.
type Date struct {
	widget.BaseWidget
	// Entry is the field itself, with its callbacks; its text is in ISO 8601 once it is left.
	Entry *Entry
	// OnKey is asked first for keys, before the field's own.
	OnKey func(key fyne.KeyName) bool

	words DateWords
	now   func() time.Time
	open  *widget.Button
	box   *fyne.Container
	sheet *widget.PopUp
}

// NewDate makes an empty date field.
func NewDate(words DateWords, now func() time.Time) *Date {
	d := &Date{Entry: NewEntry(words.Hint), words: words, now: now}
	d.Entry.SetWidth(130)
	d.Entry.OnKey = d.key
	d.open = IconButton(IconCalendar, "", d.showSheet)
	d.box = container.NewHBox(d.Entry, d.open)
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is Fyne's.
func (d *Date) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.box) }

// Value is the day in ISO 8601 where the text is one, else the text as it is.
func (d *Date) Value() string { return ISODate(d.Entry.Text) }

var (
	isoDate  = regexp.MustCompile(`^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$`)
	dayFirst = regexp.MustCompile(`^\s*(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})\s*$`)
)

// ISODate writes a day that was typed in ISO 8601; what is no day comes back as it is.
func ISODate(text string) string {
	parts := isoDate.FindStringSubmatch(text)
	if parts == nil {
		if parts = dayFirst.FindStringSubmatch(text); parts == nil {
			return text
		}
		parts[1], parts[3] = parts[3], parts[1]
	}
	year, _ := strconv.Atoi(parts[1])
	month, _ := strconv.Atoi(parts[2])
	day, _ := strconv.Atoi(parts[3])
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Month() != time.Month(month) || date.Day() != day {
		return text
	}
	return date.Format(time.DateOnly)
}

func (d *Date) key(key fyne.KeyName) bool {
	if d.OnKey != nil && d.OnKey(key) {
		return true
	}
	switch key {
	case fyne.KeyUp:
		d.shift(0, 1)
	case fyne.KeyDown:
		d.shift(0, -1)
	case fyne.KeyPageUp:
		d.shift(-1, 0)
	case fyne.KeyPageDown:
		d.shift(1, 0)
	default:
		return false
	}
	return true
}

// day is the day in the field, else today.
func (d *Date) day() (day time.Time, known bool) {
	day, err := time.Parse(time.DateOnly, d.Value())
	if err != nil {
		return d.now(), false
	}
	return day, true
}

// shift moves the day; an empty field begins at today.
func (d *Date) shift(months, days int) {
	day, known := d.day()
	if known {
		day = day.AddDate(0, months, days)
	}
	d.Entry.SetText(day.Format(time.DateOnly))
}

// OpenButton is the button that opens the sheet.
func (d *Date) OpenButton() *widget.Button { return d.open }

// showSheet opens the sheet of a month under the field.
func (d *Date) showSheet() {
	c := fyne.CurrentApp().Driver().CanvasForObject(d)
	if c == nil {
		return
	}
	day, _ := d.day()
	body := container.NewStack()
	d.sheet = widget.NewPopUp(container.NewPadded(body), c)
	d.fill(body, day)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d)
	d.sheet.ShowAtPosition(at.AddXY(0, d.Size().Height))
}

// fill puts a month on the sheet: a row to change month and year, then its days.
func (d *Date) fill(body *fyne.Container, month time.Time) {
	turn := func(icon Icon, years, months int) *widget.Button {
		return IconButton(icon, "", func() {
			first := time.Date(month.Year()+years, month.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
			d.fill(body, first)
		})
	}
	name := Heading(d.words.Months[month.Month()-1] + " " + strconv.Itoa(month.Year()))
	name.Alignment = fyne.TextAlignCenter
	head := container.NewBorder(nil, nil, container.NewHBox(turn(IconBack, 0, -1), turn(IconDown, -1, 0)),
		container.NewHBox(turn(IconUp, 1, 0), turn(IconNext, 0, 1)), name)
	grid := container.New(layout.NewGridLayoutWithColumns(7))
	for _, short := range d.words.Days {
		day := Caption(short)
		day.Alignment = fyne.TextAlignCenter
		grid.Add(day)
	}
	first := time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, time.UTC)
	for range (int(first.Weekday()) + 6) % 7 {
		grid.Add(layout.NewSpacer())
	}
	chosen, _ := d.day()
	for day := first; day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
		grid.Add(d.dayButton(day, day.Format(time.DateOnly) == chosen.Format(time.DateOnly)))
	}
	body.Objects = []fyne.CanvasObject{Column(Gap4, head, grid)}
	body.Refresh()
	d.sheet.Resize(d.sheet.Content.MinSize())
}

func (d *Date) dayButton(day time.Time, chosen bool) *widget.Button {
	b := widget.NewButton(strconv.Itoa(day.Day()), func() {
		d.Entry.SetText(day.Format(time.DateOnly))
		d.sheet.Hide()
		if c := fyne.CurrentApp().Driver().CanvasForObject(d.Entry); c != nil {
			c.Focus(d.Entry)
		}
	})
	b.Importance = widget.LowImportance
	if chosen {
		b.Importance = widget.HighImportance
	}
	return b
}
