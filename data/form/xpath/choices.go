package xpath

import "strings"

var choiceFunctions = []function{
	{"selected", 2, 2, selected},
	{"is-selected", 2, 2, selected},
	{"selected-at", 2, 2, selectedAt},
	{"count-selected", 1, 1, countSelected},
	{"checklist", 2, many, checklist},
	{"weighted-checklist", 2, many, weightedChecklist},
}

// selected tells whether a choice is among those chosen, which are separated by
// spaces.
func selected(ev *evaluator, args []expr) Value {
	chosen, choice := ev.str(args[0]), strings.TrimSpace(ev.str(args[1]))
	for word := range strings.FieldsSeq(chosen) {
		if word == choice {
			return BooleanOf(true)
		}
	}
	return BooleanOf(choice == "" && strings.TrimSpace(chosen) == "")
}

// selectedAt counts from 0; beyond the choices it is blank.
func selectedAt(ev *evaluator, args []expr) Value {
	chosen, at := strings.Fields(ev.str(args[0])), ev.index(args[1])
	if at < 0 || at >= len(chosen) {
		return Value{}
	}
	return StringOf(chosen[at])
}

func countSelected(ev *evaluator, args []expr) Value {
	return NumberOf(float64(len(strings.Fields(ev.str(args[0])))))
}

// checklist tells whether the number of true factors lies between least and
// most; a negative bound is none.
func checklist(ev *evaluator, args []expr) Value {
	least, most := ev.index(args[0]), ev.index(args[1])
	yes := 0
	ev.values(args[2:], func(v Value) bool {
		if v.BoolValue() {
			yes++
		}
		return true
	})
	return BooleanOf((least < 0 || yes >= least) && (most < 0 || yes <= most))
}

// weightedChecklist is checklist with a weight after each factor, or with one
// path of factors and one of weights.
func weightedChecklist(ev *evaluator, args []expr) Value {
	least, most := ev.num(args[0]), ev.num(args[1])
	if len(args)%2 != 0 {
		return ev.fail("weighted-checklist() needs a weight after every factor")
	}
	var factors, weights []Value
	if len(args) == 4 {
		for i, list := range []*[]Value{&factors, &weights} {
			ev.values(args[2+i:3+i], func(v Value) bool {
				*list = append(*list, v)
				return true
			})
		}
	} else {
		for i := 2; i < len(args); i += 2 {
			factors = append(factors, args[i].eval(ev))
			weights = append(weights, args[i+1].eval(ev))
		}
	}
	if len(factors) != len(weights) {
		return ev.fail("weighted-checklist() needs as many weights as factors, not %d and %d", len(weights), len(factors))
	}
	total := 0.0
	for i, factor := range factors {
		if factor.BoolValue() {
			total += ev.number(weights[i])
		}
	}
	return BooleanOf((least < 0 || total >= least) && (most < 0 || total <= most))
}
