package indicator

import (
	"errors"
	"math"
)

// ErrBase is the error of a growth rate whose end-points are not both positive;
// give the absolute change instead.
var ErrBase = errors.New("growth needs two positive values: give the absolute change instead")

// Annualised gives the yearly rate of a growth g over a number of years:
// (1+g)^(1/years) - 1. Rates are fractions: 0.0165 is 1.65 %.
func Annualised(g, years float64) float64 { return math.Pow(1+g, 1/years) - 1 }

// CAGR gives the compound annual growth rate between two values, as a fraction.
// The error is ErrBase where a value is not positive.
func CAGR(from, to, years float64) (float64, error) {
	if from <= 0 || to <= 0 || years <= 0 {
		return 0, ErrBase
	}
	return Annualised(to/from-1, years), nil
}
