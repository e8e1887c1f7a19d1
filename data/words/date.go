package words

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

var soundOfI = regexp.MustCompile(`(?i)^[«“"*]*h?(í|i[^aeoáéó])`)

// Date writes a day in full: "22 November 2026", in French "1er décembre 2026".
func (w *Words) Date(day time.Time) string {
	month := w.Say(fmt.Sprintf("date.months.m%02d", int(day.Month())))
	return w.Say("date.day", Args{"Day": w.dayNumber(day.Day()), "Month": month, "Year": Year(day.Year())})
}

// Time writes a moment to the minute in universal time: "22 November 2026, 05:28 UTC".
func (w *Words) Time(moment time.Time) string {
	moment = moment.UTC()
	return w.Say("date.moment", Args{"Date": w.Date(moment), "Clock": moment.Format("15:04")})
}

func (w *Words) dayNumber(day int) string {
	if day == 1 {
		return w.Say("date.first")
	}
	return fmt.Sprint(day)
}

// Years writes a span of years with an en dash, or the one year where both are the same.
func (w *Words) Years(from, to int) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

// List joins the parts of a sentence: "a", "a and b", "a, b and c". Empty parts are left out.
func (w *Words) List(parts []string) string {
	kept := make([]string, 0, len(parts))
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	switch len(kept) {
	case 0:
		return ""
	case 1:
		return kept[0]
	}
	last := len(kept) - 1
	return strings.Join(kept[:last], ", ") + " " + w.and(kept[last]) + " " + kept[last]
}

// and is the word before the last part of a list: Spanish says "e" for "y" before the sound of an i, as in "Francia e
// Italia", but not where that i glides into a vowel, as in "hierro".
func (w *Words) and(next string) string {
	if w.language == "es" && soundOfI.MatchString(next) {
		return "e"
	}
	return w.Say("number.and")
}
