package words

import (
	"math"
	"strconv"
	"strings"
)

// Spaces and signs that numbers are written with.
const (
	// NoBreak is the no-break space.
	NoBreak = "\u00a0"
	// Narrow is the narrow no-break space, which French sets between thousands and before the percent sign.
	Narrow = "\u202f"
	// Minus is the real minus sign, as wide as a plus.
	Minus = "\u2212"
)

// marks are the signs a language writes numbers with.
type marks struct {
	group, decimal string
	least          int // digits a number must have before it is grouped
	unit           string
	colon          string
}

func marksOf(language string) marks {
	switch language {
	case "fr":
		return marks{group: Narrow, decimal: ",", least: 4, unit: Narrow, colon: NoBreak + ":"}
	case "es", "pt":
		return marks{group: Narrow, decimal: ",", least: 5, unit: NoBreak, colon: ":"}
	case "it":
		return marks{group: ".", decimal: ",", least: 4, unit: NoBreak, colon: ":"}
	}
	return marks{group: ",", decimal: ".", least: 4, unit: NoBreak, colon: ":"}
}

// Number writes a number with the given decimals, rounded half away from zero: "1,234.5", in French "1 234,5" with a
// narrow no-break space. What is not a number is written as an en dash.
func (w *Words) Number(value float64, decimals int) string {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return "–"
	}
	rounded := roundAway(value, decimals)
	text := strconv.FormatFloat(math.Abs(rounded), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	text = w.grouped(whole)
	if fraction != "" {
		text += w.marks.decimal + fraction
	}
	if rounded < 0 {
		return Minus + text
	}
	return text
}

// Integer writes a whole number with the language's grouping.
func (w *Words) Integer(value int64) string {
	text := strconv.FormatInt(value, 10)
	if value < 0 {
		return Minus + w.grouped(text[1:])
	}
	return w.grouped(text)
}

func (w *Words) grouped(digits string) string {
	if len(digits) < w.marks.least {
		return digits
	}
	var out strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteString(w.marks.group)
		}
		out.WriteRune(digit)
	}
	return out.String()
}

// roundAway rounds half away from zero. The decimal text of the number decides, so that 2.675 becomes 2.68 although
// its binary form lies a hair below.
func roundAway(value float64, decimals int) float64 {
	scale := math.Pow(10, float64(decimals))
	scaled := value * scale
	if math.Abs(scaled) > 1<<52 {
		return value
	}
	nudge := math.Abs(scaled) * 1e-14
	return math.Copysign(math.Floor(math.Abs(scaled)+0.5+nudge), scaled) / scale
}

// Percent writes a share in percent, given in percent: 88.04 becomes "88.0 %" with one decimal.
func (w *Words) Percent(value float64, decimals int) string {
	return w.Number(value, decimals) + w.marks.unit + "%"
}

// Signed writes a number with its sign: "+6.4", "−0.2", and "0.0" for what rounds to nothing.
func (w *Words) Signed(value float64, decimals int) string {
	text := w.Number(value, decimals)
	if roundAway(value, decimals) > 0 {
		return "+" + text
	}
	return text
}

// Change writes a signed change in percent: "+6.4 %", "−0.2 %".
func (w *Words) Change(percent float64, decimals int) string {
	return w.Signed(percent, decimals) + w.marks.unit + "%"
}

// Points writes a signed change in percentage points: "+0.3 pp", in French "+0,3 pt".
func (w *Words) Points(points float64, decimals int) string {
	return w.Signed(points, decimals) + w.marks.unit + w.Say("number.points")
}

// Compact writes a large number short, for headlines: "62.3 million", "410 thousand", "12.6 billion"; numbers below
// a hundred thousand in full.
func (w *Words) Compact(value float64) string {
	size := math.Abs(value)
	for _, step := range []struct {
		from, unit float64
		key        string
	}{{999.5e6, 1e9, "number.billion"}, {999.5e3, 1e6, "number.million"}, {1e5, 1e3, "number.thousand"}} {
		if size >= step.from {
			scaled := value / step.unit
			decimals := 1
			if math.Abs(scaled) >= 99.95 {
				decimals = 0
			}
			return w.Say(step.key, Args{"Count": math.Abs(roundAway(scaled, decimals)), "Number": w.Number(scaled, decimals)})
		}
	}
	return w.Number(value, 0)
}

// Colon is the colon as the language sets it: French puts a no-break space before it.
func (w *Words) Colon() string { return w.marks.colon }

// Exact writes a decimal number given as plain text ("-1234567.80") with the language's signs, every digit kept. What is
// no such text comes back as it is.
func (w *Words) Exact(text string) string {
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return text
	}
	out := w.grouped(whole)
	if point {
		out += w.marks.decimal + fraction
	}
	if negative {
		return Minus + out
	}
	return out
}
