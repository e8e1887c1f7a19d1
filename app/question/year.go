package question

import (
	"strconv"

	"fyne.io/fyne/v2"
)

// yearWidth is that of a field for a year, at the normal text size.
const yearWidth float32 = 84

// newYear makes the editor of a year: Page Up and Page Down go to the year after and before.
func newYear(cfg Config) Editor {
	n := newNumber(cfg, yearWidth)
	n.onKey = func(key fyne.KeyName) bool {
		steps := map[fyne.KeyName]int{fyne.KeyPageUp: 1, fyne.KeyPageDown: -1}[key]
		if steps == 0 {
			return false
		}
		n.step(steps)
		return true
	}
	return n
}

// step goes on by years; an empty field begins at this year.
func (n *number) step(years int) {
	year, err := strconv.Atoi(n.Text)
	if err != nil {
		if n.calls.Today == nil || n.Text != "" {
			return
		}
		year, _ = strconv.Atoi(n.calls.Today()[:4])
		years = 0
	}
	n.SetText(strconv.Itoa(year + years))
	n.selectAll()
}
