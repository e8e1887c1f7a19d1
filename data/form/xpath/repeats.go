package xpath

import "math"

var repeatFunctions = []function{
	{"indexed-repeat", 3, 11, indexedRepeat},
}

// indexedRepeat gives the value of a question in given rows: the question, then
// pairs of a repeat and the number of a row, counted from 1, outer repeats first.
// A repeat that is not named keeps the row the expression stands in. A number
// below 1 is the first row, as in JavaRosa; a blank one is no row.
func indexedRepeat(ev *evaluator, args []expr) Value {
	if len(args)%2 == 0 {
		return ev.fail("indexed-repeat() takes a question and pairs of a repeat and a number, not %d arguments", len(args))
	}
	target := ev.everywhere(args[0])
	var row Node
	for i := 1; i < len(args) && ev.err == nil; i += 2 {
		index := ev.num(args[i+1])
		number := max(1, wholeNumber(index))
		rows := ev.nearest(ev.everywhere(args[i]), row)
		if math.IsNaN(index) || number > len(rows) {
			return Value{kind: NodeSet}
		}
		row = rows[number-1]
	}
	for i := range target.count() {
		if n := target.at(i); ev.visit(1) && within(n, row) {
			return NodesOf(n)
		}
	}
	return Value{kind: NodeSet}
}

// everywhere evaluates a path; ${name} means its nodes in all rows.
func (ev *evaluator) everywhere(e expr) Value {
	if v, ok := e.(*variable); ok {
		return v.resolve(ev, nil)
	}
	return ev.nodeSet("indexed-repeat", e)
}

// nearest keeps the rows inside the row chosen before, or else those whose
// repeat shares most ancestors with the node the expression stands at.
func (ev *evaluator) nearest(set Value, row Node) []Node {
	var ancestors map[Node]int
	if row == nil {
		ancestors = map[Node]int{}
		line := ev.ancestors()
		for i, n := range line {
			ancestors[n] = len(line) - i
		}
	}
	var kept []Node
	best := -1
	for i := range set.count() {
		n := set.at(i)
		if !ev.visit(1) {
			return nil
		}
		if row != nil {
			if within(n, row) {
				kept = append(kept, n)
			}
			continue
		}
		shared := 0
		for up := n.Parent(); up != nil && shared == 0; up = up.Parent() {
			shared = ancestors[up]
		}
		if shared > best {
			kept, best = nil, shared
		}
		if shared == best {
			kept = append(kept, n)
		}
	}
	return kept
}

// ancestors is the line from the current node up to the root.
func (ev *evaluator) ancestors() []Node {
	var line []Node
	for n := ev.current(); n != nil; n = n.Parent() {
		line = append(line, n)
	}
	return line
}

// within tells whether n is, or lies under, the row; every node is without one.
func within(n, row Node) bool {
	for up := n; row != nil; up = up.Parent() {
		if up == nil {
			return false
		}
		if up == row {
			return true
		}
	}
	return true
}
