package interview

import (
	"math"
	"strconv"
	"strings"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// How dates and times are stored.
const (
	isoDate     = "2006-01-02"
	isoTime     = "15:04:05"
	isoDateTime = "2006-01-02T15:04:05-07:00"
)

// maxText bounds the text a calculation may give, in bytes: texts that contain themselves grow without end.
const maxText = 1 << 20

// calculated stores the value of a calculation.
func (iv *Interview) calculated(n *node, value xpath.Value) {
	answer := record.Answer{Value: iv.toValue(n.question, value)}
	if len(answer.Value.String()) > maxText {
		iv.active.runs = maxRuns
		iv.fault(n, n.question.Calculation, "it gives a text of more than a million characters")
		answer = record.Answer{}
	}
	if !n.answer.Equal(answer) {
		iv.put(n, answer)
	}
}

// toValue turns what an expression gave into what the question stores: numbers rounded to its decimals, half away
// from zero; NaN is blank.
func (iv *Interview) toValue(q *form.Question, v xpath.Value) record.Value {
	switch q.Storage() {
	case form.StoreNumber:
		return number(v.NumberIn(iv.context.Location), q.Decimals)
	case form.StoreList:
		return record.List(strings.Fields(v.StringValue()))
	case form.StoreDate:
		if v.Kind() == xpath.Number && !math.IsNaN(v.NumberValue()) {
			v = xpath.DateOf(int(math.Floor(v.NumberValue())))
		}
		text := v.StringValue()
		if day, _, timed := strings.Cut(text, "T"); timed {
			text = day
		}
		return record.Text(text)
	}
	if v.Kind() == xpath.Number && math.IsNaN(v.NumberValue()) {
		return record.Value{}
	}
	return record.Text(v.StringValue())
}

// number makes an exact number of a floating-point one; nothing of one that is not finite or does not fit.
func number(f float64, decimals int) record.Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return record.Value{}
	}
	// Twelve digits after the point are what a double still holds of usual amounts: 0.1 + 0.2 becomes 0.3.
	exact, err := record.ParseDecimal(strconv.FormatFloat(f, 'f', precision(f), 64))
	if err != nil {
		return record.Value{}
	}
	scaled, ok := exact.Scaled(uint8(decimals))
	if !ok {
		return record.Value{}
	}
	return record.Number(record.NewDecimal(scaled, uint8(decimals)))
}

// precision returns how many digits after the point a double of this size holds, at most twelve.
func precision(f float64) int {
	whole := len(strconv.FormatFloat(math.Abs(math.Trunc(f)), 'f', 0, 64))
	return max(0, min(12, 15-whole))
}

// valueOf reads a value as it is stored, such as a default: 12.5, 2026-11-22, a choice's name.
func valueOf(q *form.Question, text string) (record.Value, error) {
	switch q.Storage() {
	case form.StoreNumber:
		decimal, err := record.ParseDecimal(strings.TrimSpace(text))
		if err != nil {
			return record.Value{}, err
		}
		return record.Number(decimal), nil
	case form.StoreList:
		return record.List(strings.Fields(text)), nil
	}
	return record.Text(text), nil
}

// wellFormed tells whether a value is of the kind that a question stores.
func wellFormed(q *form.Question, v record.Value) bool {
	layouts := []string(nil)
	switch q.Storage() {
	case form.StoreNumber:
		n, ok := v.Number()
		return ok && (q.Type != form.TypeInteger || n.IsInteger())
	case form.StoreDate:
		layouts = []string{isoDate}
	case form.StoreTime:
		layouts = []string{isoTime, "15:04", "15:04:05Z07:00", "15:04:05.000Z07:00", "15:04:05.000"}
	case form.StoreDateTime:
		layouts = []string{isoDateTime, "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05"}
	case form.StorePlace:
		return places(v.String())
	default:
		return true
	}
	for _, layout := range layouts {
		if _, err := time.Parse(layout, v.String()); err == nil {
			return v.Kind() == record.TextValue
		}
	}
	return false
}

// places tells whether a text is one or more "latitude longitude altitude accuracy", separated by ";".
func places(text string) bool {
	for _, place := range strings.Split(strings.TrimSuffix(text, ";"), ";") {
		numbers := strings.Fields(place)
		if len(numbers) < 2 || len(numbers) > 4 {
			return false
		}
		for i, limit := range []float64{90, 180, math.Inf(1), math.Inf(1)}[:len(numbers)] {
			f, err := strconv.ParseFloat(numbers[i], 64)
			if err != nil || math.IsNaN(f) || math.Abs(f) > limit {
				return false
			}
		}
	}
	return true
}
