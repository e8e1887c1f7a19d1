package interview

import (
	"math"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
)

// plan is how a choice filter is run over a list: columns that must equal a value are looked up in an index, and only
// what is left of the filter is tried row by row.
type plan struct {
	keys []key
	rest bool // the filter asks more than that the keys are equal
}

// key is a condition column = value whose value is the same for every row.
type key struct {
	column string
	value  *xpath.Expr
}

// planOf takes a choice filter apart.
func (iv *Interview) planOf(q *form.Question) plan {
	p, made := iv.plans[q]
	if !made {
		p.take(q.ChoiceFilter.Whole())
		iv.plans[q] = p
	}
	return p
}

func (p *plan) take(condition xpath.Part) {
	if condition.Operation() == "and" {
		for _, part := range condition.Parts() {
			p.take(part)
		}
		return
	}
	if condition.Operation() == "=" {
		sides := condition.Parts()
		for i, side := range sides {
			if column := columnOf(side); column != "" && steady(sides[1-i].Expr()) {
				p.keys = append(p.keys, key{column: column, value: sides[1-i].Expr()})
				return
			}
		}
	}
	p.rest = true
}

// columnOf returns the column that a part names, if it names nothing else.
func columnOf(p xpath.Part) string {
	r, is := p.Reference()
	if !is || len(p.Parts()) > 0 || r.Path.Start != xpath.FromContext || len(r.Path.Steps) != 1 || r.Path.Steps[0].Axis != xpath.Child {
		return ""
	}
	switch name := r.Path.Steps[0].Name; name {
	case "*", "node()", "text()":
		return ""
	default:
		return name
	}
}

// steady tells whether an expression has the same value for every row of a list.
func steady(e *xpath.Expr) bool {
	if e.Volatile() || e.Calls("position") || e.Calls("last") || e.Calls("once") {
		return false
	}
	return !slices.ContainsFunc(e.References(), func(r xpath.Reference) bool {
		return r.Path.Start == xpath.FromContext && r.Base == nil
	})
}

// offer is what a choice filter gave, and when.
type offer struct {
	rows    []int32
	version uint64
	list    *list
}

// offered returns the places of the choices that a question's filter lets through. It is worked out again only after
// something changed, so that searching among them costs nothing more.
func (iv *Interview) offered(n *node, l *list) []int32 {
	filter := n.question.ChoiceFilter
	if n.offers.list == l && n.offers.version == iv.version && !filter.Volatile() {
		return n.offers.rows
	}
	outer := iv.enter(nil, n)
	defer iv.leave(outer)
	p := iv.planOf(n.question)
	rows, exact := iv.lookUp(p, n, l)
	if !exact {
		rows = iv.try(filter, rows, n, l)
	}
	if rows == nil {
		rows = []int32{} // nil would mean all
	}
	n.offers = offer{rows: rows, version: iv.version, list: l}
	return rows
}

// lookUp finds the rows whose columns equal what the plan's keys say; exact tells that nothing is left to be tried.
func (iv *Interview) lookUp(p plan, n *node, l *list) (rows []int32, exact bool) {
	exact = !p.rest
	found := false
	for _, k := range p.keys {
		texts, ok := textsOf(iv.value(k.value, n, n))
		if !ok {
			exact = false
			continue
		}
		var these []int32
		for _, text := range texts {
			these = append(these, l.rowsWhere(k.column, text)...)
		}
		if len(texts) > 1 {
			slices.Sort(these)
			these = slices.Compact(these)
		}
		if found {
			these = common(rows, these)
		}
		rows, found = these, true
	}
	if !found {
		return all(len(l.choices)), false
	}
	return rows, exact
}

// textsOf returns the texts that a column must be one of to equal a value; ok is false for numbers and truths, which
// equal texts in other ways, and for paths that find nothing.
func textsOf(v xpath.Value) (texts []string, ok bool) {
	switch v.Kind() {
	case xpath.String:
		return []string{v.StringValue()}, true
	case xpath.NodeSet:
		for _, node := range v.Nodes() {
			texts = append(texts, node.Text())
		}
		return texts, len(texts) > 0
	}
	return nil, false
}

func all(n int) []int32 {
	out := make([]int32, 0, min(n, math.MaxInt32))
	for i := range cap(out) {
		out = append(out, int32(i))
	}
	return out
}

// common returns the rows that stand in both of two sorted lists.
func common(a, b []int32) []int32 {
	var out []int32
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i, j = i+1, j+1
		}
	}
	return out
}

// try evaluates a filter for each of the rows.
func (iv *Interview) try(filter *xpath.Expr, rows []int32, n *node, l *list) []int32 {
	ctx := iv.context
	ctx.Current = n
	why := ""
	kept := make([]int32, 0, min(len(rows), 256))
	for _, row := range rows {
		ctx.Node = l.items[row]
		value, err := filter.Eval(&ctx)
		if err != nil {
			why = err.Error()
			continue
		}
		if value.BoolValue() {
			kept = append(kept, row)
		}
	}
	iv.fault(n, filter, why)
	return kept
}

// rowsWhere returns the rows that have a value in a column, in their order.
func (l *list) rowsWhere(column, value string) []int32 {
	groups, made := l.groups[column]
	if !made {
		groups = map[string][]int32{}
		for i := range l.choices {
			if text, has := l.choices[i].cell(column); has {
				groups[text] = append(groups[text], int32(i))
			}
		}
		l.groups[column] = groups
	}
	return groups[value]
}

// cell returns a column of a choice as expressions see it, and whether the choice has the column at all.
func (c *Choice) cell(column string) (string, bool) {
	switch column {
	case "name":
		return c.Name, true
	case "label":
		return c.Label, true
	}
	text, has := c.Attributes[column]
	return text, has
}
