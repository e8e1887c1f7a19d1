package xpath

import "math"

var aggregateFunctions = []function{
	{"sum", 1, 1, sum},
	{"max", 1, many, func(ev *evaluator, args []expr) Value { return ev.best(args, math.Max) }},
	{"min", 1, many, func(ev *evaluator, args []expr) Value { return ev.best(args, math.Min) }},
	{"count", 1, 1, count},
	{"count-non-empty", 1, 1, countNonEmpty},
}

// sum adds numbers and skips blanks; a text that is no number makes it NaN.
func sum(ev *evaluator, args []expr) Value {
	total := 0.0
	ev.values(args, func(v Value) bool {
		if !v.blank() {
			total += ev.number(v)
		}
		return true
	})
	return NumberOf(total)
}

// best is the greatest or least number, skipping blanks; NaN when there is none.
func (ev *evaluator) best(args []expr, better func(a, b float64) float64) Value {
	result, found := math.NaN(), false
	ev.values(args, func(v Value) bool {
		if v.blank() {
			return true
		}
		if f := ev.number(v); found {
			result = better(result, f)
		} else {
			result, found = f, true
		}
		return true
	})
	return NumberOf(result)
}

// nodeSet evaluates an argument that must be a path.
func (ev *evaluator) nodeSet(name string, e expr) Value {
	v := e.eval(ev)
	if v.kind != NodeSet {
		if ev.err == nil {
			ev.fail("%s() needs a path, not %q", name, v.StringValue())
		}
		return Value{kind: NodeSet}
	}
	return v
}

func count(ev *evaluator, args []expr) Value {
	return NumberOf(float64(ev.nodeSet("count", args[0]).count()))
}

func countNonEmpty(ev *evaluator, args []expr) Value {
	v := ev.nodeSet("count-non-empty", args[0])
	filled := 0
	for i := range v.count() {
		if ev.visit(1) && v.at(i).Text() != "" {
			filled++
		}
	}
	return NumberOf(float64(filled))
}
