package xpath

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var dateFunctions = []function{
	{"today", 0, 0, today},
	{"now", 0, 0, now},
	{"date", 1, 1, func(ev *evaluator, args []expr) Value { return ev.toDate(args[0].eval(ev), false) }},
	{"date-time", 1, 1, func(ev *evaluator, args []expr) Value { return ev.toDate(args[0].eval(ev), true) }},
	{"decimal-date-time", 1, 1, decimalDateTime},
	{"decimal-time", 1, 1, decimalTime},
	{"format-date", 2, 2, formatDate},
	{"format-date-time", 2, 2, formatDate},
}

func (ev *evaluator) clock(name string) (time.Time, bool) {
	if ev.ctx.Now == nil {
		ev.fail("%s() is not possible here: there is no clock", name)
		return time.Time{}, false
	}
	return ev.ctx.Now().In(ev.zone()), true
}

func today(ev *evaluator, _ []expr) Value {
	t, ok := ev.clock("today")
	if !ok {
		return Value{}
	}
	return DateOf(daysOf(t.Year(), t.Month(), t.Day()))
}

func now(ev *evaluator, _ []expr) Value {
	t, ok := ev.clock("now")
	if !ok {
		return Value{}
	}
	return DateTimeOf(t)
}

// decimalDateTime is days since 1970-01-01 UTC with the time as a fraction; a
// date without time is whole days.
func decimalDateTime(ev *evaluator, args []expr) Value {
	v := ev.toDate(args[0].eval(ev), true)
	if v.kind == String {
		return NumberOf(math.NaN())
	}
	return NumberOf(ev.number(v))
}

// decimalTime is the time of day in the respondent's zone as a fraction of a day.
func decimalTime(ev *evaluator, args []expr) Value {
	v := args[0].eval(ev)
	switch v.kind {
	case Number:
		return NumberOf(v.num - math.Floor(v.num))
	case NodeSet:
		v = StringOf(v.StringValue())
	}
	if v.kind == String {
		text := strings.TrimSpace(v.str)
		if c, ok := parseClock(text); ok {
			return NumberOf(ev.dayFraction(c))
		}
		v = ev.toDate(v, true)
	}
	switch v.kind {
	case Date:
		return NumberOf(0)
	case DateTime:
		t := v.instant().In(ev.zone())
		return NumberOf(float64(t.Sub(midnight(t)).Milliseconds()) / dayMilliseconds)
	}
	return NumberOf(math.NaN())
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// dayFraction takes a time of day of another zone to the respondent's.
func (ev *evaluator) dayFraction(c clock) float64 {
	milliseconds := c.milliseconds
	if c.zoned {
		reference := time.Unix(0, 0)
		if ev.ctx.Now != nil {
			reference = ev.ctx.Now()
		}
		_, offset := reference.In(ev.zone()).Zone()
		milliseconds = (milliseconds + (offset-c.offset)*1000) % dayMilliseconds
	}
	return float64((milliseconds+dayMilliseconds)%dayMilliseconds) / dayMilliseconds
}

// formatDate writes a date by a pattern; what is no date is blank.
func formatDate(ev *evaluator, args []expr) Value {
	v := ev.toDate(args[0].eval(ev), true)
	pattern := ev.str(args[1])
	var t time.Time
	switch v.kind {
	case Date:
		t = civil(v.num)
	case DateTime:
		t = v.instant().In(ev.zone())
	default:
		return Value{}
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			b.WriteByte(pattern[i])
			continue
		}
		if i++; i == len(pattern) {
			return ev.fail("the date pattern %q ends with %%", pattern)
		}
		text, ok := ev.dateField(t, pattern[i])
		if !ok {
			return ev.fail("the date pattern %q has %%%c, which is not one of %%Y %%y %%m %%n %%B %%b %%d %%e %%H %%h %%M %%S %%3 %%A %%a %%W", pattern, pattern[i])
		}
		b.WriteString(text)
	}
	return StringOf(b.String())
}

func (ev *evaluator) dateField(t time.Time, escape byte) (string, bool) {
	names := english
	if ev.ctx.DateNames != nil {
		names = *ev.ctx.DateNames
	}
	switch escape {
	case '%':
		return "%", true
	case 'Y':
		return fmt.Sprintf("%04d", t.Year()), true
	case 'y':
		return fmt.Sprintf("%02d", t.Year()%100), true
	case 'm':
		return fmt.Sprintf("%02d", int(t.Month())), true
	case 'n':
		return strconv.Itoa(int(t.Month())), true
	case 'B':
		return names.Months[t.Month()-1], true
	case 'b':
		return names.ShortMonths[t.Month()-1], true
	case 'd':
		return fmt.Sprintf("%02d", t.Day()), true
	case 'e':
		return strconv.Itoa(t.Day()), true
	case 'A':
		return names.Days[t.Weekday()], true
	case 'a':
		return names.ShortDays[t.Weekday()], true
	case 'W':
		_, week := t.ISOWeek()
		return strconv.Itoa(week), true
	}
	return timeField(t, escape)
}

func timeField(t time.Time, escape byte) (string, bool) {
	switch escape {
	case 'H':
		return fmt.Sprintf("%02d", t.Hour()), true
	case 'h':
		return strconv.Itoa(t.Hour()), true
	case 'M':
		return fmt.Sprintf("%02d", t.Minute()), true
	case 'S':
		return fmt.Sprintf("%02d", t.Second()), true
	case '3':
		return fmt.Sprintf("%03d", t.Nanosecond()/int(time.Millisecond)), true
	}
	return "", false
}

var english = DateNames{
	Months: [12]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"},
	ShortMonths: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	Days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	ShortDays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}
