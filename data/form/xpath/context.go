package xpath

import (
	"errors"
	"fmt"
	"time"
)

// NodeKind says what a node of the tree is.
type NodeKind uint8

// The kinds of node. Questionnaires have the first three and perhaps Text; the
// others exist so that a whole XML document can be walked.
const (
	Root NodeKind = iota
	Element
	Attribute
	Text
	Comment
	Instruction
)

// Node is one node of the tree an expression reads. Two nodes are the same node
// when they compare equal, so the dynamic type must be comparable: a pointer.
type Node interface {
	// Name is the name as written, with its prefix; "" for a root or a text.
	Name() string
	// Kind says what the node is.
	Kind() NodeKind
	// Parent is nil for a root; of an attribute it is the element.
	Parent() Node
	// Children gives elements (and texts, if any) in document order. The caller
	// does not change the slice.
	Children() []Node
	// Attributes gives the attributes of an element in their order.
	Attributes() []Node
	// Text is the value: of an element all text within it, "" when not relevant.
	Text() string
}

// Namespaced is what a Node may also be: one whose name lies in a namespace.
type Namespaced interface {
	// Namespace is the URI of the name's namespace, "" for none.
	Namespace() string
}

// Indexed is what a Node may also be: one that finds its children by name. With
// hundreds of questions side by side it spares looking at each of them.
type Indexed interface {
	// ChildrenNamed gives the child elements of that name, those without a
	// namespace only, in document order. The caller does not change the slice.
	ChildrenNamed(name string) []Node
}

// Call is a call of a function that the language leaves to the host.
type Call struct {
	Name          string
	Args          []Value
	Node, Current Node
}

// ErrUnknownFunction is what a host answers for a function it does not have.
var ErrUnknownFunction = errors.New("no such function")

// DateNames are the words of format-date, short and long, from January and Sunday.
type DateNames struct {
	Months, ShortMonths [12]string
	Days, ShortDays     [7]string
}

// Context is what an expression is evaluated in. Only Node is needed by most
// expressions; what is missing is an error where an expression asks for it.
// A Context is not changed by evaluation and may be used by many at once.
type Context struct {
	// Node is the context node: what "." is.
	Node Node
	// Current is what current() is; Node when nil.
	Current Node
	// Root is where absolute paths start; the root above Node when nil.
	Root Node
	// Instance gives the node above the root element of a secondary instance.
	Instance func(id string) (Node, bool)
	// Resolve gives the nodes that ${name} means seen from a node; from nil it
	// gives all of them, in document order (for indexed-repeat).
	Resolve func(name string, from Node) ([]Node, error)
	// Host runs jr:choice-name, jr:itext, pulldata, version, property and every
	// other function that is not in this package.
	Host func(call Call) (Value, error)
	// Namespace gives the URI of a prefix used in the expression, "" for none.
	Namespace func(prefix string) string
	// Now is the clock of now() and today().
	Now func() time.Time
	// Location is the zone of the respondent; UTC when nil.
	Location *time.Location
	// Random gives numbers from 0 up to, but not, 1.
	Random func() float64
	// UUID gives a fresh UUID as text.
	UUID func() string
	// DateNames are the words of format-date; English when nil.
	DateNames *DateNames
}

// maxVisits bounds the nodes one evaluation may look at, so that a hostile
// expression ends with an error instead of never.
const maxVisits = 20_000_000

// evaluator is the state of one evaluation. The first error sticks.
type evaluator struct {
	ctx       *Context
	node      Node
	pos, size int // 0 outside of predicates
	top       Node
	visits    int
	err       error
}

// Eval evaluates the expression. The error is one sentence naming the expression.
func (e *Expr) Eval(ctx *Context) (Value, error) {
	if ctx == nil {
		ctx = &Context{}
	}
	ev := evaluator{ctx: ctx, node: ctx.Node, visits: maxVisits}
	v := e.root.eval(&ev)
	if ev.err != nil {
		return Value{}, fmt.Errorf("cannot evaluate %q: %w", e.source, ev.err)
	}
	return v, nil
}

func (ev *evaluator) fail(format string, args ...any) Value {
	if ev.err == nil {
		ev.err = fmt.Errorf(format, args...)
	}
	return Value{}
}

// visit counts n nodes looked at and tells whether to go on.
func (ev *evaluator) visit(n int) bool {
	ev.visits -= n
	if ev.visits < 0 {
		ev.fail("it looks at more than %d nodes; write a narrower path", maxVisits)
	}
	return ev.err == nil
}

func (ev *evaluator) zone() *time.Location {
	if ev.ctx.Location == nil {
		return time.UTC
	}
	return ev.ctx.Location
}

func (ev *evaluator) current() Node {
	if ev.ctx.Current != nil {
		return ev.ctx.Current
	}
	return ev.ctx.Node
}

// root is where absolute paths start: above the node the evaluation began at,
// even inside a predicate over another instance.
func (ev *evaluator) root() Node {
	if ev.top == nil {
		if ev.top = ev.ctx.Root; ev.top == nil && ev.ctx.Node != nil {
			ev.top = rootOf(ev.ctx.Node)
		}
	}
	return ev.top
}

func rootOf(n Node) Node {
	for {
		parent := n.Parent()
		if parent == nil {
			return n
		}
		n = parent
	}
}

func (ev *evaluator) str(e expr) string      { return e.eval(ev).StringValue() }
func (ev *evaluator) num(e expr) float64     { return e.eval(ev).NumberIn(ev.zone()) }
func (ev *evaluator) truth(e expr) bool      { return e.eval(ev).BoolValue() }
func (ev *evaluator) number(v Value) float64 { return v.NumberIn(ev.zone()) }
