package xpath

import (
	"math"
	"math/big"
	"strconv"
)

var numberFunctions = []function{
	{"number", 0, 1, number},
	{"int", 1, 1, integer},
	{"round", 1, 2, round},
	{"floor", 1, 1, each(math.Floor)},
	{"ceiling", 1, 1, each(math.Ceil)},
	{"abs", 1, 1, each(math.Abs)},
	{"pow", 2, 2, both(math.Pow)},
	{"exp", 1, 1, each(math.Exp)},
	{"exp10", 1, 1, each(func(x float64) float64 { return math.Pow(10, x) })},
	{"log", 1, 1, each(math.Log)},
	{"log10", 1, 1, each(math.Log10)},
	{"sqrt", 1, 1, each(math.Sqrt)},
	{"sin", 1, 1, each(math.Sin)},
	{"cos", 1, 1, each(math.Cos)},
	{"tan", 1, 1, each(math.Tan)},
	{"asin", 1, 1, each(math.Asin)},
	{"acos", 1, 1, each(math.Acos)},
	{"atan", 1, 1, each(math.Atan)},
	{"atan2", 2, 2, both(math.Atan2)},
	{"pi", 0, 0, func(*evaluator, []expr) Value { return NumberOf(math.Pi) }},
}

func each(f func(float64) float64) func(*evaluator, []expr) Value {
	return func(ev *evaluator, args []expr) Value { return NumberOf(f(ev.num(args[0]))) }
}

func both(f func(a, b float64) float64) func(*evaluator, []expr) Value {
	return func(ev *evaluator, args []expr) Value { return NumberOf(f(ev.num(args[0]), ev.num(args[1]))) }
}

// number converts to a number. A date with time is its whole days: the time of
// day is what decimal-date-time() is for.
func number(ev *evaluator, args []expr) Value {
	var v Value
	if len(args) > 0 {
		v = args[0].eval(ev)
	} else {
		v = StringOf(ev.subject(nil))
	}
	if v.kind == NodeSet {
		v = StringOf(v.StringValue())
	}
	if v.kind == String {
		if f := plainNumber(v.str); !math.IsNaN(f) {
			return NumberOf(f)
		}
		v, _ = parseDate(v.str, ev.zone())
	}
	if v.kind == String {
		return NumberOf(math.NaN())
	}
	if v.kind == DateTime {
		return NumberOf(math.Floor(ev.number(v)))
	}
	return NumberOf(ev.number(v))
}

func integer(ev *evaluator, args []expr) Value { return NumberOf(math.Trunc(ev.num(args[0]))) }

// round rounds a half upwards (towards plus infinity) at a number of decimals,
// working on the decimal digits of the number as people see them.
func round(ev *evaluator, args []expr) Value {
	f, places := ev.num(args[0]), 0
	if len(args) == 2 {
		places = ev.index(args[1])
	}
	return NumberOf(roundTo(f, places))
}

func roundTo(f float64, places int) float64 {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return f
	case places > 30 || places < -30:
		return math.NaN()
	case places == 0 && math.Abs(f) < 1<<52:
		return math.Floor(f + 0.5)
	}
	exact, ok := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	if !ok {
		return math.NaN()
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(places, -places))), nil))
	if places < 0 {
		scale.Inv(scale)
	}
	exact.Mul(exact, scale).Add(exact, big.NewRat(1, 2))
	whole := new(big.Int).Div(exact.Num(), exact.Denom()) // Euclidean: the floor, as the denominator is positive
	result, _ := new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale).Float64()
	return result
}
