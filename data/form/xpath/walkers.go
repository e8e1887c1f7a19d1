package xpath

import "slices"

// collect appends the nodes of the step's axis that pass its test, nearest first.
func (s *step) collect(ev *evaluator, n Node, out []Node) []Node {
	switch s.axis {
	case Child:
		return s.pick(ev, n.Children(), out)
	case AttributeAxis:
		return s.pick(ev, n.Attributes(), out)
	case Parent:
		if parent := n.Parent(); parent != nil {
			return s.pickOne(ev, parent, out)
		}
	case Self:
		return s.pickOne(ev, n, out)
	case Descendant:
		return s.below(ev, n, out)
	case DescendantOrSelf:
		return s.below(ev, n, s.pickOne(ev, n, out))
	case Ancestor:
		return s.above(ev, n.Parent(), out)
	case AncestorOrSelf:
		return s.above(ev, n, out)
	case FollowingSibling:
		_, after := siblings(n)
		return s.pick(ev, after, out)
	case PrecedingSibling:
		before, _ := siblings(n)
		return s.pickBackwards(ev, before, out)
	case Following:
		return s.following(ev, n, out)
	case Preceding:
		return s.preceding(ev, n, out)
	}
	return out
}

func (s *step) pickOne(ev *evaluator, n Node, out []Node) []Node {
	if ev.visit(1) && s.matches(ev, n) {
		return append(out, n)
	}
	return out
}

func (s *step) pick(ev *evaluator, nodes, out []Node) []Node {
	for _, n := range nodes {
		out = s.pickOne(ev, n, out)
	}
	return out
}

func (s *step) pickBackwards(ev *evaluator, nodes, out []Node) []Node {
	for _, n := range slices.Backward(nodes) {
		out = s.pickOne(ev, n, out)
	}
	return out
}

func (s *step) below(ev *evaluator, n Node, out []Node) []Node {
	for _, child := range n.Children() {
		out = s.pickOne(ev, child, out)
		if ev.err != nil {
			return out
		}
		out = s.below(ev, child, out)
	}
	return out
}

// belowBackwards gives n and all below it in reverse document order.
func (s *step) belowBackwards(ev *evaluator, n Node, out []Node) []Node {
	for _, child := range slices.Backward(n.Children()) {
		if ev.err != nil {
			return out
		}
		out = s.belowBackwards(ev, child, out)
	}
	return s.pickOne(ev, n, out)
}

func (s *step) above(ev *evaluator, n Node, out []Node) []Node {
	for ; n != nil; n = n.Parent() {
		out = s.pickOne(ev, n, out)
	}
	return out
}

func (s *step) following(ev *evaluator, n Node, out []Node) []Node {
	if n.Kind() == Attribute {
		n = n.Parent()
		out = s.below(ev, n, out)
	}
	for ; n != nil; n = n.Parent() {
		_, after := siblings(n)
		for _, sibling := range after {
			out = s.below(ev, sibling, s.pickOne(ev, sibling, out))
		}
	}
	return out
}

func (s *step) preceding(ev *evaluator, n Node, out []Node) []Node {
	if n.Kind() == Attribute {
		n = n.Parent()
	}
	for ; n != nil; n = n.Parent() {
		before, _ := siblings(n)
		for _, sibling := range slices.Backward(before) {
			out = s.belowBackwards(ev, sibling, out)
		}
	}
	return out
}

// siblings gives the nodes beside n; an attribute has none.
func siblings(n Node) (before, after []Node) {
	parent := n.Parent()
	if parent == nil || n.Kind() == Attribute {
		return nil, nil
	}
	all := parent.Children()
	if at := slices.Index(all, n); at >= 0 {
		return all[:at], all[at+1:]
	}
	return nil, nil
}

func reverse(nodes []Node) { slices.Reverse(nodes) }

// inOrder removes repetitions and puts nodes in document order.
func inOrder(ev *evaluator, nodes []Node) []Node {
	if len(nodes) < 2 {
		return nodes
	}
	seen := make(map[Node]int, len(nodes))
	unique := nodes[:0:0]
	for _, n := range nodes {
		if _, found := seen[n]; !found {
			seen[n] = len(unique)
			unique = append(unique, n)
		}
	}
	if len(unique) <= 12 {
		slices.SortStableFunc(unique, compareNodes)
		return unique
	}
	rank := rankAll(ev, unique, seen)
	slices.SortStableFunc(unique, func(a, b Node) int { return rank[a] - rank[b] })
	return unique
}

// rankAll numbers the nodes wanted by walking their trees once.
func rankAll(ev *evaluator, nodes []Node, wanted map[Node]int) map[Node]int {
	rank := make(map[Node]int, len(nodes))
	done := map[Node]bool{}
	var number func(n Node)
	number = func(n Node) {
		if _, found := wanted[n]; found {
			rank[n] = len(rank)
		}
		for _, attribute := range n.Attributes() {
			if _, found := wanted[attribute]; found {
				rank[attribute] = len(rank)
			}
		}
		children := n.Children()
		if len(rank) == len(wanted) || !ev.visit(len(children)) {
			return
		}
		for _, child := range children {
			number(child)
		}
	}
	for _, n := range nodes {
		if root := rootOf(n); !done[root] {
			done[root] = true
			number(root)
		}
	}
	return rank
}

// compareNodes orders two nodes of one tree; nodes of different trees stay as
// they are.
func compareNodes(a, b Node) int {
	up, down := chain(a), chain(b)
	if up[0] != down[0] {
		return 0
	}
	for i := 1; i < len(up) && i < len(down); i++ {
		if up[i] != down[i] {
			return indexIn(up[i-1], up[i]) - indexIn(up[i-1], down[i])
		}
	}
	return len(up) - len(down)
}

// chain gives the nodes from the root down to n.
func chain(n Node) []Node {
	list := make([]Node, 0, 16)
	for ; n != nil; n = n.Parent() {
		list = append(list, n)
	}
	slices.Reverse(list)
	return list
}

// indexIn is the place of n below its parent, attributes before children.
func indexIn(parent, n Node) int {
	if n.Kind() == Attribute {
		attributes := parent.Attributes()
		return slices.Index(attributes, n) - len(attributes)
	}
	return slices.Index(parent.Children(), n)
}
