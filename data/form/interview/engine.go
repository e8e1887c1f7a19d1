package interview

import (
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
)

// job says what a cell decides about its node.
type job uint8

const (
	jobRelevant job = iota
	jobCount
	jobCalculate
	jobFilter
	jobRequired
	jobReadOnly
	jobCheck
)

// cell is one expression at one node: what it read when it last ran, and whether it must run again.
type cell struct {
	node   *node
	job    job
	check  int         // which check, for jobCheck
	repeat *form.Group // for jobCount
	expr   *xpath.Expr
	reads  []*node
	key    int // place in the order of calculation
	queued bool
	runs   int // in the present settling
}

// maxRuns bounds how often one cell runs before an answer is settled: rows that read each other settle row by row,
// expressions that never agree stop here.
const maxRuns = 2000

// frame is one evaluation under way.
type frame struct {
	cell    *cell
	current *node
	noted   []*node
}

// note tells the cell that is being evaluated that it reads a node.
func (iv *Interview) note(n *node) {
	if iv.frame.cell == nil {
		return
	}
	if last := len(iv.frame.noted) - 1; last >= 0 && iv.frame.noted[last] == n {
		return
	}
	iv.frame.noted = append(iv.frame.noted, n)
}

// enter begins to note what a cell reads; leave ends it and makes the cell a reader of that.
func (iv *Interview) enter(c *cell, current *node) (outer frame) {
	outer = iv.frame
	iv.frame = frame{cell: c, current: current, noted: iv.buffer[:0]}
	iv.buffer = nil
	return outer
}

func (iv *Interview) leave(outer frame) {
	if iv.frame.cell != nil {
		iv.frame.cell.subscribe(iv.frame.noted)
	}
	iv.buffer = iv.frame.noted
	iv.frame = outer
}

// evaluate runs an expression at a question, a group or a choice, for a cell or (nil) without noting what it reads.
func (iv *Interview) evaluate(c *cell, expr *xpath.Expr, at xpath.Node, current *node) xpath.Value {
	outer := iv.enter(c, current)
	defer iv.leave(outer)
	return iv.value(expr, at, current)
}

// value runs an expression within what is entered. An expression that fails is blank, and its question says so.
func (iv *Interview) value(expr *xpath.Expr, at xpath.Node, current *node) xpath.Value {
	ctx := iv.context
	ctx.Node, ctx.Current = at, current
	value, err := expr.Eval(&ctx)
	if err != nil {
		iv.fault(current, expr, err.Error())
		return xpath.Value{}
	}
	iv.fault(current, expr, "")
	if value.Kind() == xpath.NodeSet {
		_ = value.StringValue() // so that the cell is noted as a reader of the node whose text stands for the set
	}
	return value
}

// fault notes why an expression could not be worked out, or that it could be again.
func (iv *Interview) fault(n *node, expr *xpath.Expr, why string) {
	switch {
	case why == "":
		if len(iv.faults) > 0 { // as good as never, and asked of every evaluation
			delete(iv.faults[n.path], expr)
		}
	case iv.faults[n.path] == nil:
		iv.faults[n.path] = map[*xpath.Expr]string{expr: why}
	default:
		iv.faults[n.path][expr] = why
	}
}

// subscribe makes the cell a reader of exactly the nodes it read.
func (c *cell) subscribe(noted []*node) {
	if slices.Equal(c.reads, noted) {
		return
	}
	c.unsubscribe()
	c.reads = append(c.reads[:0], noted...)
	for _, n := range c.reads {
		if len(n.readers) == 0 || n.readers[len(n.readers)-1] != c {
			n.readers = append(n.readers, c)
		}
	}
}

func (c *cell) unsubscribe() {
	for _, n := range c.reads {
		if i := slices.Index(n.readers, c); i >= 0 {
			n.readers[i] = n.readers[len(n.readers)-1]
			n.readers = n.readers[:len(n.readers)-1]
		}
	}
	c.reads = c.reads[:0]
}

// touch queues every cell that reads a node.
func (iv *Interview) touch(n *node) {
	iv.version++
	for _, c := range n.readers {
		if c != iv.active || c.node != n { // what a cell changes at its own node does not run it again
			iv.queue(c)
		}
	}
}

// queue puts a cell into the heap of cells to run, ordered by their keys.
func (iv *Interview) queue(c *cell) {
	if c.queued || c.node.removed {
		return
	}
	c.queued = true
	iv.heap = append(iv.heap, c)
	for i := len(iv.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if iv.heap[up].key <= iv.heap[i].key {
			return
		}
		iv.heap[up], iv.heap[i] = iv.heap[i], iv.heap[up]
		i = up
	}
}

func (iv *Interview) pop() *cell {
	top := iv.heap[0]
	last := len(iv.heap) - 1
	iv.heap[0] = iv.heap[last]
	iv.heap = iv.heap[:last]
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if iv.heap[child].key < iv.heap[least].key {
				least = child
			}
		}
		if least == i {
			break
		}
		iv.heap[i], iv.heap[least] = iv.heap[least], iv.heap[i]
		i = least
	}
	top.queued = false
	return top
}

// settle runs queued cells until nothing changes any more.
func (iv *Interview) settle() {
	var ran []*cell
	for len(iv.heap) > 0 {
		c := iv.pop()
		if c.node.removed {
			continue
		}
		if c.runs >= maxRuns {
			iv.fault(c.node, c.expr, "it depends on itself and never settles")
			continue
		}
		if c.runs == 0 {
			ran = append(ran, c)
		}
		c.runs++
		iv.active = c
		iv.run(c)
		iv.active = nil
	}
	for _, c := range ran {
		c.runs = 0
	}
}

// run evaluates one cell and applies what it gives.
func (iv *Interview) run(c *cell) {
	n := c.node
	switch c.job {
	case jobRelevant:
		iv.setRelevant(n, iv.evaluate(c, c.expr, n, n).BoolValue())
	case jobCalculate:
		value := iv.evaluate(c, c.expr, n, n)
		iv.calculated(n, value)
	case jobCount:
		iv.setCount(n, c.repeat, iv.evaluate(c, c.expr, n, n).NumberIn(iv.context.Location))
	case jobFilter:
		iv.filterAnswer(c)
	case jobRequired:
		iv.flag(n, &n.required, iv.evaluate(c, c.expr, n, n).BoolValue())
	case jobReadOnly:
		iv.flag(n, &n.readOnly, iv.evaluate(c, c.expr, n, n).BoolValue())
	case jobCheck:
		iv.runCheck(c)
	}
}

func (iv *Interview) flag(n *node, flag *bool, value bool) {
	if *flag != value {
		*flag = value
		iv.changed.problem(n)
	}
}

// setRelevant changes a node's own relevance, and with it that of everything below.
func (iv *Interview) setRelevant(n *node, own bool) {
	n.own = own
	iv.spread(n, n.parent == nil || n.parent.relevant)
}

func (iv *Interview) spread(n *node, above bool) {
	relevant := above && n.own
	if n.relevant == relevant {
		return
	}
	n.relevant = relevant
	iv.changed.relevance(n)
	iv.touch(n)
	if n.isRow() {
		iv.hidesRows = iv.hidesRows || !relevant
		iv.touch(n.parent)
	}
	for _, kid := range n.kids {
		iv.spread(kid.(*node), relevant)
	}
}
