package xpath

import (
	"math"
)

func (l *literal) eval(*evaluator) Value { return l.value }

func (v *variable) eval(ev *evaluator) Value { return v.resolve(ev, ev.node) }

// resolve asks the host what ${name} means seen from a node, or everywhere.
func (v *variable) resolve(ev *evaluator, from Node) Value {
	if ev.ctx.Resolve == nil {
		return ev.fail("${%s} is not known here", v.name)
	}
	nodes, err := ev.ctx.Resolve(v.name, from)
	if err != nil {
		return ev.fail("${%s}: %w", v.name, err)
	}
	ev.visit(len(nodes))
	return NodesOf(nodes...)
}

func (n *negation) eval(ev *evaluator) Value { return NumberOf(-ev.num(n.operand)) }

func (l *logical) eval(ev *evaluator) Value {
	if ev.truth(l.left) == l.or {
		return BooleanOf(l.or)
	}
	return BooleanOf(ev.truth(l.right))
}

func (a *arithmetic) eval(ev *evaluator) Value {
	left, right := ev.num(a.left), ev.num(a.right)
	switch a.operator {
	case add:
		return NumberOf(left + right)
	case subtract:
		return NumberOf(left - right)
	case multiply:
		return NumberOf(left * right)
	case divide:
		return NumberOf(left / right)
	}
	return NumberOf(math.Mod(left, right))
}

func (c *comparison) eval(ev *evaluator) Value {
	left, right := ev.operand(c.left), ev.operand(c.right)
	switch c.operator {
	case equal:
		return BooleanOf(ev.equal(left, right))
	case notEqual:
		return BooleanOf(ev.notEqual(left, right))
	case less:
		return BooleanOf(ev.less(left, right, false))
	case lessOrEqual:
		return BooleanOf(ev.less(left, right, true))
	case greater:
		return BooleanOf(ev.less(right, left, false))
	}
	return BooleanOf(ev.less(right, left, true))
}

// operand evaluates one side of a comparison. A question that has no node (its
// repeat has no row) is blank, as in JavaRosa, where a path that finds nothing
// equals nothing, as in XPath.
func (ev *evaluator) operand(e expr) Value {
	v := e.eval(ev)
	if _, ok := e.(*variable); ok && v.kind == NodeSet && v.count() == 0 {
		return Value{}
	}
	return v
}

func numbersEqual(a, b float64) bool { return math.Abs(a-b) < tolerance || a == b }

// equal compares as XPath 1.0 does: node-sets are equal when some pair is.
func (ev *evaluator) equal(a, b Value) bool {
	if a.kind == Boolean || b.kind == Boolean {
		return a.BoolValue() == b.BoolValue()
	}
	if a.kind == NodeSet && b.kind == NodeSet {
		return ev.shareText(a, b)
	}
	if b.kind == NodeSet {
		a, b = b, a
	}
	if a.kind != NodeSet {
		return ev.scalarsEqual(a, b)
	}
	for i := range a.count() {
		if ev.visit(1) && ev.scalarsEqual(StringOf(a.at(i).Text()), b) {
			return true
		}
	}
	return false
}

func (ev *evaluator) shareText(a, b Value) bool {
	if a.count() == 1 && b.count() == 1 {
		return a.at(0).Text() == b.at(0).Text()
	}
	texts := make(map[string]bool, a.count())
	for i := range a.count() {
		texts[a.at(i).Text()] = true
	}
	for i := range b.count() {
		if texts[b.at(i).Text()] {
			return true
		}
	}
	return false
}

func (ev *evaluator) notEqual(a, b Value) bool {
	if a.kind == Boolean || b.kind == Boolean {
		return a.BoolValue() != b.BoolValue()
	}
	if a.kind == NodeSet && b.kind == NodeSet {
		return differ(a, b)
	}
	if b.kind == NodeSet {
		a, b = b, a
	}
	if a.kind != NodeSet {
		return !ev.scalarsEqual(a, b)
	}
	for i := range a.count() {
		if ev.visit(1) && !ev.scalarsEqual(StringOf(a.at(i).Text()), b) {
			return true
		}
	}
	return false
}

// differ tells whether some node of a has another text than some node of b:
// always, unless all of them have the same.
func differ(a, b Value) bool {
	if a.count() == 0 || b.count() == 0 {
		return false
	}
	text := a.at(0).Text()
	for i := range b.count() {
		if b.at(i).Text() != text {
			return true
		}
	}
	for i := range a.count() {
		if a.at(i).Text() != text {
			return true
		}
	}
	return false
}

// scalarsEqual compares two values that are neither boolean nor node-set.
func (ev *evaluator) scalarsEqual(a, b Value) bool {
	if a.kind == Number || b.kind == Number {
		return numbersEqual(ev.number(a), ev.number(b))
	}
	if a.kind == String && b.kind == String {
		return a.str == b.str
	}
	x, y := ev.number(a), ev.number(b)
	if math.IsNaN(x) || math.IsNaN(y) {
		return a.StringValue() == b.StringValue()
	}
	return numbersEqual(x, y)
}

// less compares numbers; for node-sets it is enough that some pair compares.
func (ev *evaluator) less(a, b Value, orEqual bool) bool {
	low, high := ev.extreme(a, false), ev.extreme(b, true)
	if orEqual {
		return low <= high
	}
	return low < high
}

// extreme is the greatest or least number of a node-set, NaN when it has none.
func (ev *evaluator) extreme(v Value, greatest bool) float64 {
	if v.kind != NodeSet {
		return ev.number(v)
	}
	result := math.NaN()
	ev.visit(v.count())
	for i := range v.count() {
		f := textNumber(v.at(i).Text(), ev.zone())
		if math.IsNaN(result) || greatest && f > result || !greatest && f < result {
			result = f
		}
	}
	return result
}
