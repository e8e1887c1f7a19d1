package question

import (
	"time"

	"fyne.io/fyne/v2"
)

// dateWidth is that of a field for a date, at the normal text size; a date in words fits.
const dateWidth float32 = 190

// date is a field for a day, typed in any of the forms that the questionnaire reads. Page Up and Page Down go a year on
// and back, with Ctrl+arrows left to the text; Up and Down go a day on and back.
type date struct{ *field }

func newDate(cfg Config) Editor {
	d := &date{newField(cfg, min(dateWidth, cfg.Width))}
	d.hint = Format(cfg.Question, cfg.Words)
	d.SetPlaceHolder(d.hint)
	d.onKey = d.key
	return d
}

func (d *date) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyPageUp:
		d.step(1, 0)
	case fyne.KeyPageDown:
		d.step(-1, 0)
	case fyne.KeyUp:
		d.step(0, 1)
	case fyne.KeyDown:
		d.step(0, -1)
	default:
		return false
	}
	return true
}

// step goes on by years and days; an empty field begins at today, and one that holds no date stays as it is.
func (d *date) step(years, days int) {
	text := d.Text
	if text == "" && d.calls.Today != nil {
		d.SetText(d.calls.Today())
		d.selectAll()
		return
	}
	if d.calls.Read != nil {
		if value, err := d.calls.Read(text); err == nil {
			text = value.String()
		}
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return
	}
	d.SetText(day.AddDate(years, 0, days).Format(time.DateOnly))
	d.selectAll()
}
