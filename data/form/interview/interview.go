package interview

import (
	"fmt"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// Interview is a form being filled. It is not safe for use by several goroutines at once.
type Interview struct {
	form    *form.Form
	env     Env
	root    *node // above the element that bears the form's name
	top     *node // the element that bears the form's name
	context xpath.Context
	byPath  map[record.Path]*node
	byItem  map[form.Item]*node // of items outside repeats

	heap      []*cell
	frame     frame
	active    *cell // the cell that is running
	buffer    []*node
	hidesRows bool
	volatile  []*cell // calculations that change by themselves
	version   uint64  // rises with every change of what expressions read
	plans     map[*form.Question]plan
	fresh     bool // defaults still apply
	loading   bool

	changed  *changes
	faults   map[record.Path]map[*xpath.Expr]string
	lists    map[string]*list
	broken   map[string]string // lists that could not be read, and why
	done     []edit
	undone   []edit
	open     *edit // being made
	naming   bool  // the instance name is being worked out
	unplaced []record.Path
}

// New opens an empty interview: defaults are filled in and calculations have run.
func New(f *form.Form, env Env) *Interview { return start(f, env, nil) }

// Open opens an interview on what was kept of it. Defaults do not run again; answers to questions that the form does
// not have are left out.
func Open(f *form.Form, env Env, content Content) *Interview { return start(f, env, &content) }

func start(f *form.Form, env Env, content *Content) *Interview {
	if env.Language == "" {
		env.Language = f.DefaultLanguage
	}
	iv := &Interview{form: f, env: env, fresh: content == nil, faults: map[record.Path]map[*xpath.Expr]string{},
		byPath: make(map[record.Path]*node, 2*len(f.Questions)), byItem: make(map[form.Item]*node, len(f.Questions)),
		lists: map[string]*list{}, plans: map[*form.Question]plan{}, broken: map[string]string{}, changed: newChanges()}
	iv.root = &node{iv: iv, own: true, relevant: true}
	iv.context = xpath.Context{Root: iv.root, Instance: iv.instance, Resolve: iv.resolve, Host: iv.host,
		Now: env.now, Location: env.Location, Random: env.Random, DateNames: env.DateNames,
		UUID: func() string { return env.newID().String() }}
	iv.top = iv.build(f.Root, iv.root)
	iv.root.kids = []xpath.Node{iv.top}
	if content != nil {
		iv.load(*content)
	}
	iv.settle()
	iv.metadata()
	iv.settle()
	iv.changed = newChanges()
	return iv
}

// Form returns the form that is being filled.
func (iv *Interview) Form() *form.Form { return iv.form }

// build makes the node of a group with everything below it, without rows.
func (iv *Interview) build(g *form.Group, parent *node) *node {
	n := &node{iv: iv, parent: parent, group: g, path: pathBelow(parent, g.Name), own: true, relevant: parent.relevant}
	if parent.parent == nil {
		n.path = ""
	}
	iv.fill(n)
	return n
}

func pathBelow(parent *node, name string) record.Path {
	if parent.path == "" {
		return record.Path(name)
	}
	return parent.path + "/" + record.Path(name)
}

// fill makes the nodes below a group or row, and the cells of its own.
func (iv *Interview) fill(n *node) {
	n.kids = make([]xpath.Node, 0, len(n.group.Items))
	iv.index(n, n.group)
	iv.relevance(n, n.group.Relevant)
	for _, item := range n.group.Items {
		switch item := item.(type) {
		case *form.Question:
			n.kids = append(n.kids, iv.leaf(item, n))
		case *form.Group:
			if !item.Repeat {
				n.kids = append(n.kids, iv.build(item, n))
				continue
			}
			n.holdsRows = true
			if item.RepeatCount != nil {
				iv.cell(n, jobCount, item.RepeatCount).repeat = item
			}
		}
	}
}

// index makes a node findable.
func (iv *Interview) index(n *node, item form.Item) {
	iv.byPath[n.path] = n
	if len(repeats(item)) == 0 {
		iv.byItem[item] = n
	}
}

func repeats(item form.Item) []*form.Group {
	if g, is := item.(*form.Group); is {
		return g.Repeats()
	}
	return item.ItemParent().Repeats()
}

func (iv *Interview) relevance(n *node, condition *xpath.Expr) {
	if condition != nil {
		iv.cell(n, jobRelevant, condition)
	}
}

// leaf makes the node of a question with its cells and defaults.
func (iv *Interview) leaf(q *form.Question, parent *node) *node {
	n := &node{iv: iv, parent: parent, question: q, path: pathBelow(parent, q.Name), own: true, relevant: parent.relevant}
	iv.index(n, q)
	iv.relevance(n, q.Relevant)
	if q.Calculation != nil && len(q.Triggers) == 0 {
		c := iv.cell(n, jobCalculate, q.Calculation)
		if q.Calculation.Volatile() {
			iv.volatile = append(iv.volatile, c)
		}
	}
	if q.ChoiceFilter != nil {
		iv.cell(n, jobFilter, q.ChoiceFilter)
	}
	iv.conditional(n, jobRequired, q.Required, &n.required)
	iv.conditional(n, jobReadOnly, q.ReadOnly, &n.readOnly)
	for i, check := range q.Checks {
		iv.cell(n, jobCheck, check.Condition).check = i
	}
	if iv.fresh {
		iv.setDefault(n)
	}
	return n
}

// conditional sets a flag that is always on, or makes the cell that decides it.
func (iv *Interview) conditional(n *node, j job, expr *xpath.Expr, flag *bool) {
	switch {
	case expr == nil:
	case expr.String() == "true()":
		*flag = true
	default:
		iv.cell(n, j, expr)
	}
}

func (iv *Interview) cell(n *node, j job, expr *xpath.Expr) *cell {
	rank := 0
	if n.question != nil {
		rank = iv.form.Rank(n.question.Path)
	} else {
		rank = iv.form.Rank(n.group.Path)
	}
	c := &cell{node: n, job: j, expr: expr, key: rank*8 + int(j)}
	n.cells = append(n.cells, c)
	iv.queue(c)
	return c
}

// find returns the node of a question's path.
func (iv *Interview) find(path record.Path) (*node, error) {
	n := iv.byPath[path]
	if n == nil || n.question == nil {
		return nil, fmt.Errorf("the questionnaire has no question at %q; check the path and its row", path)
	}
	return n, nil
}

// resolve finds the nodes that ${name} means seen from a node: the one in the same row, or all of them where the
// question lies in a repeat that the node is not in. From nil it gives all of them.
func (iv *Interview) resolve(name string, from xpath.Node) ([]xpath.Node, error) {
	items := iv.form.Named(name)
	if len(items) == 0 {
		return iv.meta(name), nil
	}
	at, _ := from.(*node)
	if at == nil && from != nil {
		at = iv.frame.current
	}
	item := items[0]
	if len(items) > 1 && at != nil {
		item = nearest(items, at)
	}
	if n := iv.byItem[item]; n != nil {
		return []xpath.Node{n}, nil
	}
	return iv.instancesOf(item, at), nil
}

func nearest(items []form.Item, at *node) form.Item {
	for _, item := range items {
		if at.parent != nil && at.parent.group == item.ItemParent() {
			return item
		}
	}
	return items[0]
}

// instancesOf gathers the nodes of an item inside repeats, within the innermost row that it shares with a node.
func (iv *Interview) instancesOf(item form.Item, at *node) []xpath.Node {
	above := repeats(item)
	holder := iv.top
	if own, is := item.(*form.Group); is && own.Repeat {
		above = above[:len(above)-1]
	}
	for ; at != nil; at = at.parent {
		if at.isRow() && slices.Contains(above, at.group) {
			holder = at
			break
		}
	}
	return holder.descend(item)
}

// descend gathers the nodes of an item below a node.
func (n *node) descend(item form.Item) []xpath.Node {
	var names []form.Item
	for up := item; up != form.Item(n.group); up = up.ItemParent() {
		names = append(names, up)
	}
	slices.Reverse(names)
	level := []xpath.Node{n}
	for _, want := range names {
		var next []xpath.Node
		for _, at := range level {
			for _, kid := range at.Children() {
				if kid.(*node).is(want) {
					next = append(next, kid)
				}
			}
		}
		level = next
	}
	return level
}

func (n *node) is(item form.Item) bool {
	if n.question != nil {
		return form.Item(n.question) == item
	}
	return form.Item(n.group) == item
}
