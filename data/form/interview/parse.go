package interview

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Parse turns typed text into the value of a question. The error is one sentence for the person who typed it, in the
// interview's language. Blank text is no value.
func (iv *Interview) Parse(path record.Path, text string) (record.Value, error) {
	n, err := iv.find(path)
	if err != nil {
		return record.Value{}, err
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return record.Value{}, nil
	}
	q := n.question
	if q.Type.TakesChoices() {
		return iv.parseChoices(n, text)
	}
	var value record.Value
	var ok bool
	switch q.Storage() {
	case form.StoreNumber:
		value, ok = parseNumber(q, text)
		if decimal, _ := value.Number(); ok && int(decimal.Scale) > q.Decimals {
			return record.Value{}, errors.New(iv.say("interview.type.decimals", text, decimalsOf(q)))
		}
	case form.StoreDate:
		value, ok = parseDate(q, text)
	case form.StoreTime:
		value, ok = parseTime(text)
	case form.StoreDateTime:
		value, ok = iv.parseDateTime(q, text)
	case form.StorePlace:
		value, ok = parsePlace(text)
	default:
		if q.Type == form.TypeAcknowledge {
			return iv.parseYes(text)
		}
		return record.Text(text), nil
	}
	if !ok {
		return record.Value{}, errors.New(iv.say(typeMessage(q), text))
	}
	return value, nil
}

func decimalsOf(q *form.Question) string { return string(rune('0' + q.Decimals)) }

func (iv *Interview) parseYes(text string) (record.Value, error) {
	switch strings.ToLower(text) {
	case "y", "yes", "ok", "o", "oui", "s", "si", "sí", "sì", "sim", "true", "1", "x":
		return record.Text("OK"), nil
	}
	return record.Value{}, errors.New(iv.say("interview.yes"))
}

var (
	spaces    = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "’", "", "−", "-")
	thousands = regexp.MustCompile(`^[-+]?\d{1,3}([.,]\d{3})+$`)
)

// parseNumber reads digits with a point or a comma before the decimals, and with thousands apart by spaces. Where a
// point and a comma stand, the last of them is the decimal one. In a whole number either may part the thousands.
func parseNumber(q *form.Question, text string) (record.Value, bool) {
	text = spaces.Replace(text)
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case q.Decimals == 0 && thousands.MatchString(text), points > 1 && commas == 0, commas > 1 && points == 0:
		if !thousands.MatchString(text) {
			return record.Value{}, false
		}
		text = strings.NewReplacer(".", "", ",", "").Replace(text)
	case points > 0 && commas > 0 && strings.LastIndex(text, ",") > strings.LastIndex(text, "."):
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	case points > 0 && commas > 0:
		text = strings.ReplaceAll(text, ",", "")
	default:
		text = strings.ReplaceAll(text, ",", ".")
	}
	decimal, err := record.ParseDecimal(text)
	if err != nil || q.Type == form.TypeInteger && !decimal.IsInteger() {
		return record.Value{}, false
	}
	return record.Number(decimal), true
}

// The ways a date may be typed: the day before the month, as the field writes it, unless the year comes first.
var (
	dayLayouts   = [...]string{isoDate, "2006-1-2", "2006/1/2", "2006.1.2", "2/1/2006", "2.1.2006", "2-1-2006"}
	monthLayouts = [...]string{"2006-1", "2006/1", "1/2006", "1.2006", "1-2006"}
	timeLayouts  = [...]string{"15:04", isoTime, "15h04", "15.04", "15h"}
)

func parseDay(q *form.Question, text string) (time.Time, bool) {
	for _, layout := range dayLayouts {
		if day, err := time.Parse(layout, text); err == nil {
			return day, true
		}
	}
	if q.Has("month-year") {
		for _, layout := range monthLayouts {
			if day, err := time.Parse(layout, text); err == nil {
				return day, true
			}
		}
	}
	if q.Has("year") {
		day, err := time.Parse("2006", text)
		return day, err == nil
	}
	return time.Time{}, false
}

func parseDate(q *form.Question, text string) (record.Value, bool) {
	day, ok := parseDay(q, text)
	if !ok {
		return record.Value{}, false
	}
	return record.Text(day.Format(isoDate)), true
}

func parseClock(text string) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if clock, err := time.Parse(layout, text); err == nil {
			return clock, true
		}
	}
	return time.Time{}, false
}

func parseTime(text string) (record.Value, bool) {
	clock, ok := parseClock(text)
	if !ok {
		return record.Value{}, false
	}
	return record.Text(clock.Format(isoTime)), true
}

// parseDateTime reads a date and a time of the respondent's zone.
func (iv *Interview) parseDateTime(q *form.Question, text string) (record.Value, bool) {
	if moment, err := time.Parse(time.RFC3339, text); err == nil {
		return record.Text(moment.Format(isoDateTime)), true
	}
	date, clock, found := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	day, ok := parseDay(q, date)
	hour, timed := parseClock(strings.TrimSpace(clock))
	if !found || !ok || !timed {
		return record.Value{}, false
	}
	zone := iv.env.Location
	if zone == nil {
		zone = time.UTC
	}
	moment := time.Date(day.Year(), day.Month(), day.Day(), hour.Hour(), hour.Minute(), hour.Second(), 0, zone)
	return record.Text(moment.Format(isoDateTime)), true
}

// parsePlace reads "44.49 11.34" or "44.49, 11.34", with altitude and accuracy if given, several places apart by ";".
func parsePlace(text string) (record.Value, bool) {
	var out []string
	for _, place := range strings.Split(strings.TrimSuffix(text, ";"), ";") {
		out = append(out, strings.Join(strings.FieldsFunc(place, func(r rune) bool { return r == ',' || r == ' ' }), " "))
	}
	joined := strings.Join(out, ";")
	return record.Text(joined), places(joined)
}
