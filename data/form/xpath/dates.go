package xpath

import (
	"math"
	"strings"
	"time"
)

const dayMilliseconds = 24 * 60 * 60 * 1000

// farthestDay bounds dates made from numbers, so that the calendar stays in
// years of four digits.
const farthestDay = 2932896 // 9999-12-31

// civil gives the calendar date of a number of days since 1970-01-01.
func civil(days float64) time.Time {
	return time.Unix(int64(days)*24*60*60, 0).UTC()
}

func daysOf(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// digits reads a run of exactly n digits at the start of s.
func digits(s string, n int) (value int, rest string, ok bool) {
	if len(s) < n {
		return 0, s, false
	}
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return 0, s, false
		}
		value = value*10 + int(s[i]-'0')
	}
	return value, s[n:], true
}

func skip(s string, c byte) (string, bool) {
	if s == "" || s[0] != c {
		return s, false
	}
	return s[1:], true
}

// parseDay reads yyyy-mm-dd and gives what follows it.
func parseDay(s string) (day time.Time, rest string, ok bool) {
	year, s, ok := digits(s, 4)
	if !ok {
		return day, s, false
	}
	month, s, ok := dashed(s)
	if !ok {
		return day, s, false
	}
	number, s, ok := dashed(s)
	if !ok {
		return day, s, false
	}
	day = time.Date(year, time.Month(month), number, 0, 0, 0, 0, time.UTC)
	return day, s, day.Day() == number && int(day.Month()) == month
}

// dashed reads a dash and one or two digits.
func dashed(s string) (value int, rest string, ok bool) {
	s, ok = skip(s, '-')
	if !ok {
		return 0, s, false
	}
	if value, rest, ok = digits(s, 2); ok {
		return value, rest, true
	}
	return digits(s, 1)
}

// clock is a time of day as written, with its zone if it says one.
type clock struct {
	milliseconds int
	offset       int // seconds east of UTC
	zoned        bool
}

// parseClock reads hh:mm[:ss[.fff]] and an optional zone, to the end of s.
func parseClock(s string) (c clock, ok bool) {
	hour, s, ok := digits(s, 2)
	if !ok || hour > 23 {
		return c, false
	}
	minute, s, ok := colon(s)
	if !ok || minute > 59 {
		return c, false
	}
	c.milliseconds = (hour*60 + minute) * 60000
	if second, rest, found := colon(s); found {
		if second > 59 {
			return c, false
		}
		fraction, left := fractionOf(rest)
		c.milliseconds += second*1000 + fraction
		s = left
	}
	return parseZone(c, s)
}

func colon(s string) (value int, rest string, ok bool) {
	left, ok := skip(s, ':')
	if !ok {
		return 0, s, false
	}
	return digits(left, 2)
}

// fractionOf reads a decimal fraction of a second as milliseconds.
func fractionOf(s string) (milliseconds int, rest string) {
	left, ok := skip(s, '.')
	if !ok {
		return 0, s
	}
	scale := 100
	for left != "" && left[0] >= '0' && left[0] <= '9' {
		milliseconds += int(left[0]-'0') * scale
		scale /= 10
		left = left[1:]
	}
	return milliseconds, left
}

// parseZone reads Z, +hh, +hhmm or +hh:mm, or nothing.
func parseZone(c clock, s string) (clock, bool) {
	if s == "" {
		return c, true
	}
	if s == "Z" || s == "z" {
		c.zoned = true
		return c, true
	}
	if s[0] != '+' && s[0] != '-' {
		return c, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	hours, rest, ok := digits(s[1:], 2)
	if !ok || hours > 14 {
		return c, false
	}
	minutes := 0
	if rest = strings.TrimPrefix(rest, ":"); rest != "" {
		if minutes, rest, ok = digits(rest, 2); !ok || minutes > 59 || rest != "" {
			return c, false
		}
	}
	c.offset, c.zoned = sign*(hours*3600+minutes*60), true
	return c, true
}

// parseDate reads an ISO date, or a date with time, as a Date or a DateTime.
// A time without zone is in the zone given.
func parseDate(s string, zone *time.Location) (Value, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 {
		return Value{}, false
	}
	day, rest, ok := parseDay(s)
	if !ok {
		return Value{}, false
	}
	if rest == "" {
		return DateOf(daysOf(day.Year(), day.Month(), day.Day())), true
	}
	if rest[0] != 'T' && rest[0] != ' ' {
		return Value{}, false
	}
	c, ok := parseClock(rest[1:])
	if !ok {
		return Value{}, false
	}
	return DateTimeOf(moment(day, c, zone)), true
}

func moment(day time.Time, c clock, zone *time.Location) time.Time {
	if c.zoned {
		zone = time.UTC
		if c.offset != 0 {
			zone = time.FixedZone("", c.offset)
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, c.milliseconds*int(time.Millisecond), zone)
}

// toDate converts a value to a date or, when the time of day is kept, to a date
// with time. What cannot be a date is blank.
func (ev *evaluator) toDate(v Value, keepTime bool) Value {
	switch v.kind {
	case Boolean:
		return Value{}
	case Number:
		return ev.dateOfNumber(v.num, keepTime)
	case String, NodeSet:
		text := v.StringValue()
		date, ok := parseDate(text, ev.zone())
		if !ok {
			number := plainNumber(text)
			return ev.dateOfNumber(number, keepTime)
		}
		if date.kind == DateTime && keepTime {
			return DateTimeOf(date.instant().In(ev.zone()))
		}
		v = date
	}
	if v.kind == DateTime && !keepTime {
		t := v.instant()
		return DateOf(daysOf(t.Year(), t.Month(), t.Day()))
	}
	return v
}

// plainNumber reads a number, but no date.
func plainNumber(s string) float64 {
	if strings.Count(s, "-") > 1 || strings.Contains(s, ":") {
		return math.NaN()
	}
	return textNumber(s, time.UTC)
}

func (ev *evaluator) dateOfNumber(days float64, keepTime bool) Value {
	if !(math.Abs(days) <= farthestDay) {
		return Value{}
	}
	if keepTime {
		milliseconds := int64(math.Floor(days*dayMilliseconds + 0.5))
		return DateTimeOf(time.UnixMilli(milliseconds).In(ev.zone()))
	}
	return DateOf(int(math.Trunc(days)))
}
