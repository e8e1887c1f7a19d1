package xpath

// Axis is the direction of a step.
type Axis uint8

// The axes of XPath 1.0. There are no namespace nodes: that axis is empty.
const (
	Child Axis = iota
	Parent
	Self
	Descendant
	DescendantOrSelf
	Ancestor
	AncestorOrSelf
	FollowingSibling
	PrecedingSibling
	Following
	Preceding
	AttributeAxis
	NamespaceAxis
)

var axes = map[string]Axis{
	"child": Child, "parent": Parent, "self": Self,
	"descendant": Descendant, "descendant-or-self": DescendantOrSelf,
	"ancestor": Ancestor, "ancestor-or-self": AncestorOrSelf,
	"following-sibling": FollowingSibling, "preceding-sibling": PrecedingSibling,
	"following": Following, "preceding": Preceding,
	"attribute": AttributeAxis, "namespace": NamespaceAxis,
}

func (a Axis) reverse() bool {
	switch a {
	case Parent, Ancestor, AncestorOrSelf, PrecedingSibling, Preceding:
		return true
	}
	return false
}

type nodeTest uint8

const (
	testName nodeTest = iota
	testAny           // * or prefix:*
	testNode
	testText
	testComment
	testInstruction
)

var nodeTests = map[string]nodeTest{
	"node": testNode, "text": testText, "comment": testComment, "processing-instruction": testInstruction,
}

type startKind uint8

const (
	fromContext startKind = iota
	fromRoot
	fromExpression
)

type path struct {
	start  startKind
	base   expr // of fromExpression
	steps  []step
	offset int
}

type step struct {
	axis                Axis
	test                nodeTest
	name, prefix, local string
	predicates          []predicate
	sort                bool // the nodes of several contexts come out of order
}

// finish shortens // and finds out after which steps nodes must be put in order.
func (p *path) finish() *path {
	steps := p.steps[:0:0]
	for i := 0; i < len(p.steps); i++ {
		s := p.steps[i]
		if s.axis == DescendantOrSelf && s.test == testNode && len(s.predicates) == 0 && i+1 < len(p.steps) {
			if after := p.steps[i+1]; after.axis == Child && !positional(after.predicates) {
				after.axis = Descendant
				steps = append(steps, after)
				i++
				continue
			}
		}
		steps = append(steps, s)
	}
	p.steps = steps
	level := p.single() // all nodes lie equally deep, in order
	for i := range p.steps {
		level = p.steps[i].order(level)
	}
	return p
}

// single tells whether the path starts at one node at most.
func (p *path) single() bool {
	if p.start != fromExpression {
		return true
	}
	c, ok := p.base.(*call)
	return ok && (c.name == "current" || c.name == "instance")
}

// order sets whether the step must sort, and tells whether its nodes lie equally
// deep. Nodes equally deep have children equally deep and in order.
func (s *step) order(level bool) bool {
	switch s.axis {
	case Child, Parent:
		s.sort = !level || s.axis == Parent
		return level
	case Self:
		return level
	case AttributeAxis:
		return false
	}
	s.sort = true
	return false
}

// positional tells whether a predicate may depend on a node's position.
func positional(predicates []predicate) bool {
	for _, p := range predicates {
		switch p.test.(type) {
		case *comparison, *logical, *path:
		default:
			return true
		}
		found := false
		walk(p.test, func(e expr) {
			if c, ok := e.(*call); ok && (c.name == "position" || c.name == "last") {
				found = true
			}
		})
		if found {
			return true
		}
	}
	return false
}

// nodeList is a list of nodes that needs no memory for a single one.
type nodeList struct {
	one  Node
	many []Node
}

func (l nodeList) value() Value {
	if l.one == nil && l.many == nil {
		return Value{kind: NodeSet}
	}
	if len(l.many) == 1 {
		return Value{kind: NodeSet, node: l.many[0]}
	}
	return Value{kind: NodeSet, node: l.one, nodes: l.many}
}

func (p *path) eval(ev *evaluator) Value {
	var list nodeList
	switch p.start {
	case fromContext:
		list.one = ev.node
	case fromRoot:
		list.one = ev.root()
	case fromExpression:
		v := p.base.eval(ev)
		if v.kind != NodeSet {
			if ev.err == nil {
				ev.fail("what stands before / is not a node but %q", v.StringValue())
			}
			return Value{}
		}
		list = nodeList{one: v.node, many: v.nodes}
	}
	if list.one == nil && len(list.many) == 0 {
		return Value{kind: NodeSet}
	}
	for i := range p.steps {
		list = p.steps[i].from(ev, list)
		if list.one == nil && len(list.many) == 0 || ev.err != nil {
			return Value{kind: NodeSet}
		}
	}
	return list.value()
}

// from walks the step from every node of the list.
func (s *step) from(ev *evaluator, list nodeList) nodeList {
	if list.many == nil {
		return s.fromOne(ev, list.one)
	}
	var out []Node
	for _, n := range list.many {
		found := s.fromOne(ev, n)
		if found.one != nil {
			out = append(out, found.one)
		} else {
			out = append(out, found.many...)
		}
		if ev.err != nil {
			return nodeList{}
		}
	}
	if s.sort {
		out = inOrder(ev, out)
	}
	return nodeList{many: out}
}

// fromOne walks the step from one node; the result is in document order.
func (s *step) fromOne(ev *evaluator, n Node) nodeList {
	switch {
	case len(s.predicates) > 0:
		found := s.collect(ev, n, nil)
		for i := range s.predicates {
			found = s.predicates[i].keep(ev, found)
		}
		if s.axis.reverse() {
			reverse(found)
		}
		return shorten(found)
	case s.axis == Child && s.test == testName:
		return s.children(ev, n)
	case s.axis == Self:
		if s.matches(ev, n) {
			return nodeList{one: n}
		}
		return nodeList{}
	case s.axis == Parent:
		if parent := n.Parent(); parent != nil && ev.visit(1) && s.matches(ev, parent) {
			return nodeList{one: parent}
		}
		return nodeList{}
	}
	found := s.collect(ev, n, nil)
	if s.axis.reverse() {
		reverse(found)
	}
	return shorten(found)
}

func shorten(found []Node) nodeList {
	if len(found) == 1 {
		return nodeList{one: found[0]}
	}
	return nodeList{many: found}
}

// children is the most frequent step: children by name, mostly one.
func (s *step) children(ev *evaluator, n Node) nodeList {
	if s.prefix == "" {
		if indexed, ok := n.(Indexed); ok {
			named := indexed.ChildrenNamed(s.name)
			ev.visit(1 + len(named))
			return shorten(named)
		}
	}
	all := n.Children()
	if !ev.visit(len(all)) {
		return nodeList{}
	}
	var list nodeList
	for _, child := range all {
		if !s.matches(ev, child) {
			continue
		}
		switch {
		case list.many != nil:
			list.many = append(list.many, child)
		case list.one != nil:
			list.many = append(make([]Node, 0, 8), list.one, child)
			list.one = nil
		default:
			list.one = child
		}
	}
	return list
}

// matches applies the node test.
func (s *step) matches(ev *evaluator, n Node) bool {
	switch s.test {
	case testNode:
		return true
	case testText:
		return n.Kind() == Text
	case testComment:
		return n.Kind() == Comment
	case testInstruction:
		return n.Kind() == Instruction && (s.name == "" || n.Name() == s.name)
	}
	principal := Element
	if s.axis == AttributeAxis {
		principal = Attribute
	}
	if s.test == testName && s.prefix == "" {
		return n.Name() == s.name && n.Kind() == principal && (principal == Attribute || namespaceOf(n) == "")
	}
	if n.Kind() != principal {
		return false
	}
	if s.test == testAny && s.prefix == "" {
		return true
	}
	return s.matchesPrefixed(ev, n)
}

func (s *step) matchesPrefixed(ev *evaluator, n Node) bool {
	name := n.Name()
	if name == s.name {
		return true
	}
	prefix, local := splitName(name)
	if s.test == testName && local != s.local {
		return false
	}
	if uri := ev.namespace(s.prefix); uri != "" {
		return namespaceOf(n) == uri
	}
	return prefix == s.prefix
}

func (ev *evaluator) namespace(prefix string) string {
	if ev.ctx.Namespace == nil {
		return ""
	}
	return ev.ctx.Namespace(prefix)
}

func namespaceOf(n Node) string {
	if named, ok := n.(Namespaced); ok {
		return named.Namespace()
	}
	return ""
}

func splitName(name string) (prefix, local string) {
	for i := range len(name) {
		if name[i] == ':' {
			return name[:i], name[i+1:]
		}
	}
	return "", name
}

// keep filters nodes, which are in the order of their axis.
func (p *predicate) keep(ev *evaluator, nodes []Node) []Node {
	if p.position > 0 {
		if p.position > len(nodes) {
			return nil
		}
		return []Node{nodes[p.position-1]}
	}
	node, pos, size := ev.node, ev.pos, ev.size
	kept := make([]Node, 0, len(nodes))
	ev.size = len(nodes)
	for i, n := range nodes {
		ev.node, ev.pos = n, i+1
		v := p.test.eval(ev)
		if !ev.visit(1) {
			break
		}
		if v.holds(ev.pos) {
			kept = append(kept, n)
		}
	}
	ev.node, ev.pos, ev.size = node, pos, size
	return kept
}

// holds tells whether a predicate's value keeps the node: a number is a
// position, and a node-set holds when it has a node.
func (v Value) holds(position int) bool {
	switch v.kind {
	case Number:
		return v.num == float64(position)
	case NodeSet:
		return v.count() > 0
	}
	return v.BoolValue()
}

func (f *filter) eval(ev *evaluator) Value {
	v := f.base.eval(ev)
	if v.kind != NodeSet {
		if ev.err == nil {
			ev.fail("what stands before [ is not a node but %q", v.StringValue())
		}
		return Value{}
	}
	nodes := v.Nodes()
	for i := range f.predicates {
		nodes = f.predicates[i].keep(ev, nodes)
	}
	return NodesOf(nodes...)
}

func (u *union) eval(ev *evaluator) Value {
	left, right := u.left.eval(ev), u.right.eval(ev)
	if left.kind != NodeSet || right.kind != NodeSet {
		return ev.fail("both sides of | must be paths")
	}
	all := append(append(make([]Node, 0, left.count()+right.count()), left.Nodes()...), right.Nodes()...)
	return NodesOf(inOrder(ev, all)...)
}
