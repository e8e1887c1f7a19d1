package xpath

import "math"

var booleanFunctions = []function{
	{"true", 0, 0, func(*evaluator, []expr) Value { return BooleanOf(true) }},
	{"false", 0, 0, func(*evaluator, []expr) Value { return BooleanOf(false) }},
	{"boolean", 1, 1, func(ev *evaluator, args []expr) Value { return BooleanOf(ev.truth(args[0])) }},
	{"not", 1, 1, func(ev *evaluator, args []expr) Value { return BooleanOf(!ev.truth(args[0])) }},
	{"boolean-from-string", 1, 1, booleanFromString},
	{"if", 3, 3, ifThenElse},
	{"coalesce", 2, 2, coalesce},
	{"once", 1, 1, once},
	{"depend", 1, many, func(ev *evaluator, args []expr) Value { return args[0].eval(ev) }},
}

// booleanFromString is exact about case, as Enketo is: a stored true is "true".
func booleanFromString(ev *evaluator, args []expr) Value {
	text := ev.str(args[0])
	return BooleanOf(text == "1" || text == "true")
}

func ifThenElse(ev *evaluator, args []expr) Value {
	if ev.truth(args[0]) {
		return args[1].eval(ev)
	}
	return args[2].eval(ev)
}

// coalesce gives its first argument unless that is ” or not a number.
func coalesce(ev *evaluator, args []expr) Value {
	v := args[0].eval(ev)
	if v.kind == Number && math.IsNaN(v.num) || v.kind != Number && v.StringValue() == "" {
		return args[1].eval(ev)
	}
	return v
}

// once gives the value its own question has already, if any.
func once(ev *evaluator, args []expr) Value {
	if own := ev.current(); own != nil && own.Text() != "" {
		return StringOf(own.Text())
	}
	return args[0].eval(ev)
}
