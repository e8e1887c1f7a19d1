package record

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// MaxScale is the greatest number of digits after the decimal point that a Decimal holds.
const MaxScale = 18

// ErrDecimalRange is wrapped where a number does not fit 64 bits of digits.
var ErrDecimalRange = errors.New("the number has more digits than can be kept exactly")

// Decimal is an exact decimal number: Coefficient × 10^-Scale. It is always normalised: no zero stands at the end of
// the digits after the point, so two equal numbers are equal with ==.
type Decimal struct {
	Coefficient int64
	Scale       uint8
}

// NewDecimal returns coefficient × 10^-scale, normalised; scale is at most MaxScale.
func NewDecimal(coefficient int64, scale uint8) Decimal {
	for scale > 0 && coefficient%10 == 0 {
		coefficient /= 10
		scale--
	}
	return Decimal{coefficient, scale}
}

// ParseDecimal reads "-12.50": digits with at most one point and an optional sign, no exponent and no grouping.
func ParseDecimal(text string) (Decimal, error) {
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	if len(text)-len(digits) > 1 || digits == "" || strings.Trim(digits, "0123456789.") != "" {
		return Decimal{}, fmt.Errorf("%q is not a number", text)
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	fraction = strings.TrimRight(fraction, "0")
	if strings.Contains(fraction, ".") || whole == "" && !strings.Contains(digits, ".") || digits == "." {
		return Decimal{}, fmt.Errorf("%q is not a number", text)
	}
	if len(fraction) > MaxScale {
		return Decimal{}, fmt.Errorf("%q: %w", text, ErrDecimalRange)
	}
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign = "-"
	}
	coefficient, err := strconv.ParseInt(sign+"0"+whole+fraction, 10, 64)
	if err != nil {
		return Decimal{}, fmt.Errorf("%q: %w", text, ErrDecimalRange)
	}
	return NewDecimal(coefficient, uint8(len(fraction))), nil
}

// String writes the number as ParseDecimal reads it.
func (d Decimal) String() string {
	if d.Scale == 0 {
		return strconv.FormatInt(d.Coefficient, 10)
	}
	digits := strings.TrimPrefix(strconv.FormatInt(d.Coefficient, 10), "-")
	if missing := int(d.Scale) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	sign := ""
	if d.Coefficient < 0 {
		sign = "-"
	}
	point := len(digits) - int(d.Scale)
	return sign + digits[:point] + "." + digits[point:]
}

// Float returns the nearest binary floating-point number.
func (d Decimal) Float() float64 {
	return float64(d.Coefficient) / math.Pow10(int(d.Scale))
}

// IsInteger tells whether no digit stands after the point.
func (d Decimal) IsInteger() bool { return d.Scale == 0 }

// Scaled returns the number as an integer count of 10^-scale, rounded half away from zero; ok is false where it does
// not fit 64 bits.
func (d Decimal) Scaled(scale uint8) (n int64, ok bool) {
	n = d.Coefficient
	for s := d.Scale; s < scale; s++ {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, false
		}
		n *= 10
	}
	if d.Scale <= scale {
		return n, true
	}
	unit := pow10(d.Scale - scale)
	rest := n % unit
	n /= unit
	switch {
	case rest >= unit-rest:
		n++
	case -rest >= unit+rest:
		n--
	}
	return n, true
}

func pow10(n uint8) int64 {
	unit := int64(1)
	for range n {
		unit *= 10
	}
	return unit
}
