package xpath

// Part is a part of an expression, for those who look into expressions without
// evaluating them: checkers of questionnaires, and indexes of choice lists.
type Part struct {
	in   *Expr
	node expr
}

// Whole gives the expression as a part, the outermost one.
func (e *Expr) Whole() Part { return Part{in: e, node: e.root} }

var operatorNames = [...]string{
	equal: "=", notEqual: "!=", less: "<", lessOrEqual: "<=", greater: ">", greaterOrEqual: ">=",
	add: "+", subtract: "-", multiply: "*", divide: "div", modulo: "mod",
}

// Operation gives the operator ("and", "=", "div", "-" also before one operand)
// or the name of the function called, and "" for anything else.
func (p Part) Operation() string {
	switch e := p.node.(type) {
	case *negation:
		return "-"
	case *logical:
		if e.or {
			return "or"
		}
		return "and"
	case *comparison:
		return operatorNames[e.operator]
	case *arithmetic:
		return operatorNames[e.operator]
	case *union:
		return "|"
	case *call:
		return e.name
	}
	return ""
}

// Parts gives the operands of an operator, the arguments of a call, and of a path
// what stands before it and in its predicates.
func (p Part) Parts() []Part {
	var out []Part
	add := func(inner ...expr) {
		for _, e := range inner {
			out = append(out, Part{in: p.in, node: e})
		}
	}
	tests := func(predicates []predicate) {
		for _, test := range predicates {
			add(test.test)
		}
	}
	switch e := p.node.(type) {
	case *negation:
		add(e.operand)
	case *logical:
		add(e.left, e.right)
	case *comparison:
		add(e.left, e.right)
	case *arithmetic:
		add(e.left, e.right)
	case *union:
		add(e.left, e.right)
	case *call:
		add(e.args...)
	case *filter:
		add(e.base)
		tests(e.predicates)
	case *path:
		if e.base != nil {
			add(e.base)
		}
		for i := range e.steps {
			tests(e.steps[i].predicates)
		}
	}
	return out
}

// Literal gives the value of a text or number that is written out.
func (p Part) Literal() (Value, bool) {
	l, ok := p.node.(*literal)
	if !ok {
		return Value{}, false
	}
	return l.value, true
}

// Reference gives the path that the part is: ${name}, a path, or either of them
// with predicates. What the predicates read is not in it.
func (p Part) Reference() (Reference, bool) {
	switch e := p.node.(type) {
	case *variable:
		return Reference{Path: &Path{Start: FromVariable, Variable: e.name}, Offset: e.offset}, true
	case *path:
		return Reference{Path: e.describe(), Offset: e.offset}, true
	case *filter:
		return Part{in: p.in, node: e.base}.Reference()
	}
	return Reference{}, false
}

// Expr gives the part as an expression by itself; its String is that of the
// expression it was taken from.
func (p Part) Expr() *Expr {
	if p.node == p.in.root {
		return p.in
	}
	return newExpr(p.in.source, p.node)
}

// Each visits the part and everything in it, in the order of the source.
func (p Part) Each(visit func(Part)) {
	walk(p.node, func(e expr) { visit(Part{in: p.in, node: e}) })
}
