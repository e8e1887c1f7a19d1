package xpath

import (
	"regexp"
	"slices"
)

// Expr is a parsed expression. It never changes and may be used by many at once.
type Expr struct {
	source     string
	root       expr
	references []Reference
	functions  []string
	calls      []*call
}

// Parse reads an expression. The error is a *SyntaxError that points at the
// character and says what was expected. Functions that do not exist and wrong
// numbers of arguments are found by Problems, since JavaRosa and Enketo only
// trip over them when they are evaluated.
func Parse(source string) (*Expr, error) {
	root, err := parse(source)
	if err != nil {
		return nil, err
	}
	return newExpr(source, root), nil
}

// newExpr finds what a tree reads and calls.
func newExpr(source string, root expr) *Expr {
	e := &Expr{source: source, root: root}
	walk(root, func(x expr) {
		if c, ok := x.(*call); ok {
			e.calls = append(e.calls, c)
			e.functions = append(e.functions, c.name)
		}
	})
	slices.Sort(e.functions)
	e.functions = slices.Compact(e.functions)
	e.references = references(root)
	return e
}

// String gives the source as it was parsed.
func (e *Expr) String() string { return e.source }

// References gives everything the expression reads, in the order of the source,
// also what predicates and arguments read. The caller does not change the slice.
func (e *Expr) References() []Reference { return e.references }

// Functions gives the names of the functions called, sorted, each once. The
// caller does not change the slice.
func (e *Expr) Functions() []string { return e.functions }

// Calls tells whether the expression calls the function named.
func (e *Expr) Calls(name string) bool {
	_, found := slices.BinarySearch(e.functions, name)
	return found
}

// Volatile tells whether the value may change although nothing it reads did:
// whether it calls now, today, random, uuid, or randomize without a seed.
func (e *Expr) Volatile() bool {
	for _, c := range e.calls {
		switch c.name {
		case "now", "today", "random", "uuid":
			return true
		case "randomize":
			if len(c.args) < 2 {
				return true
			}
		}
	}
	return false
}

// Constant gives the value of an expression that is one text or number.
func (e *Expr) Constant() (Value, bool) {
	l, ok := e.root.(*literal)
	if !ok {
		return Value{}, false
	}
	return l.value, true
}

// Problems gives a *SyntaxError for every call of a function that does not exist
// or that has too few or too many arguments. The host's functions count as
// existing when known says so; nil knows none beyond the usual ones.
func (e *Expr) Problems(known func(name string) bool) []error {
	var problems []error
	for _, c := range e.calls {
		message := ""
		switch {
		case c.fn != nil:
			message = c.fn.arityMessage(len(c.args))
		case !hostFunctions[c.name] && (known == nil || !known(c.name)):
			message = "there is no function " + c.name + "()"
		}
		if message != "" {
			problems = append(problems, &SyntaxError{Offset: c.offset, Message: message})
		}
	}
	return problems
}

// expr is a node of the syntax tree.
type expr interface {
	eval(ev *evaluator) Value
}

type literal struct {
	value  Value
	offset int
}

// variable is ${name}.
type variable struct {
	name   string
	offset int
}

type negation struct{ operand expr }

type logical struct {
	or          bool
	left, right expr
}

type comparison struct {
	operator    operator
	left, right expr
}

type arithmetic struct {
	operator    operator
	left, right expr
}

type union struct{ left, right expr }

type call struct {
	name    string
	fn      *function // nil: the host's
	args    []expr
	offset  int
	pattern *regexp.Regexp // of regex() with a literal pattern
}

// filter is an expression with predicates: (…)[1].
type filter struct {
	base       expr
	predicates []predicate
}

type predicate struct {
	test     expr
	position int // of a literal number, else 0
}

type operator uint8

const (
	equal operator = iota
	notEqual
	less
	lessOrEqual
	greater
	greaterOrEqual
	add
	subtract
	multiply
	divide
	modulo
)

// walk visits e and everything in it, in the order of the source.
func walk(e expr, visit func(expr)) {
	visit(e)
	switch e := e.(type) {
	case *negation:
		walk(e.operand, visit)
	case *logical:
		walk(e.left, visit)
		walk(e.right, visit)
	case *comparison:
		walk(e.left, visit)
		walk(e.right, visit)
	case *arithmetic:
		walk(e.left, visit)
		walk(e.right, visit)
	case *union:
		walk(e.left, visit)
		walk(e.right, visit)
	case *call:
		for _, arg := range e.args {
			walk(arg, visit)
		}
	case *filter:
		walk(e.base, visit)
		walkPredicates(e.predicates, visit)
	case *path:
		if e.base != nil {
			walk(e.base, visit)
		}
		for i := range e.steps {
			walkPredicates(e.steps[i].predicates, visit)
		}
	}
}

func walkPredicates(predicates []predicate, visit func(expr)) {
	for _, p := range predicates {
		walk(p.test, visit)
	}
}
