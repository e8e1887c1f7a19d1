package form

import (
	"regexp"
	"slices"
	"strings"
)

// link finds what every expression reads: it refuses names that do not exist, personal leaks and cycles, and keeps
// the graph and an order of calculation.
func (c *compiler) link() {
	graph := map[string][]string{} // what the value or relevance of an item is made from
	for _, item := range c.items() {
		if parent := item.ItemParent(); parent != nil && parent != c.form.Root {
			graph[item.ItemPath()] = append(graph[item.ItemPath()], parent.Path)
		}
	}
	for _, e := range c.expressions {
		for _, problem := range e.parsed.Problems(ours) {
			c.err(e.at, "the expression cannot be evaluated: %v", problem)
		}
		read := c.reads(e)
		c.personal(e, read)
		c.personalNames(e, read)
		c.instances(e)
		if e.item == nil {
			continue
		}
		for _, item := range read {
			c.depend(item.ItemPath(), Dependent{e.item.ItemPath(), e.role})
			if c.makes(e, item) {
				graph[e.item.ItemPath()] = append(graph[e.item.ItemPath()], item.ItemPath())
			}
		}
	}
	c.linkTriggers()
	s := sorter{compiler: c, graph: graph, state: map[string]int{}}
	for _, item := range c.items() {
		s.visit(item.ItemPath())
	}
}

// ours tells the functions that interviews add to the language: status(${question}) is how a question stands, such as
// "refused", and blank where there is no answer.
func ours(function string) bool { return function == "status" }

// items returns every group and question in the order of the sheet.
func (c *compiler) items() []Item {
	var out []Item
	var walk func(g *Group)
	walk = func(g *Group) {
		for _, item := range g.Items {
			out = append(out, item)
			if inner, is := item.(*Group); is {
				walk(inner)
			}
		}
	}
	walk(c.form.Root)
	return out
}

func (c *compiler) depend(path string, d Dependent) {
	if !slices.Contains(c.form.dependents[path], d) {
		c.form.dependents[path] = append(c.form.dependents[path], d)
	}
}

// otherRow tells expressions that pick out a row of a repeat: they may read their own question in another row.
var otherRow = regexp.MustCompile(`indexed-repeat\(|\[|sibling`)

// makes tells whether what an expression reads decides the value or relevance of its item, so that reading in a
// circle would never end.
func (c *compiler) makes(e expression, read Item) bool {
	switch e.role {
	case RoleRelevant, RoleRepeatCount:
	case RoleCalculation:
		q, is := e.item.(*Question)
		if is && len(q.Triggers) > 0 || q == read && !strings.Contains(e.source, "${") {
			return false
		}
	default:
		return false
	}
	return !(otherRow.MatchString(e.source) && sharesRepeat(e.item, read))
}

func sharesRepeat(a, b Item) bool {
	return slices.ContainsFunc(repeatsOf(a), func(g *Group) bool { return slices.Contains(repeatsOf(b), g) })
}

func repeatsOf(item Item) []*Group {
	if g, is := item.(*Group); is {
		return repeatsAbove(g)
	}
	return repeatsAbove(item.ItemParent())
}

var (
	pulled   = regexp.MustCompile(`pulldata\(\s*['"]([^'"]+)['"]`)
	instance = regexp.MustCompile(`instance\(\s*['"]([^'"]+)['"]`)
)

// instances holds the files and lists that an expression names against those that the form has.
func (c *compiler) instances(e expression) {
	for _, m := range pulled.FindAllStringSubmatch(e.source, -1) {
		id := strings.TrimSuffix(m[1], ".csv")
		file := id + ".csv"
		have, taken := c.form.Instances[id]
		if strings.HasPrefix(have, "kind:") {
			continue
		}
		if taken && have != file {
			c.err(e.at, "pulldata reads %s, but %s is the name of %s already; rename one of them", file, id, have)
			continue
		}
		c.form.Instances[id] = file
	}
	for _, m := range instance.FindAllStringSubmatch(e.source, -1) {
		id := m[1]
		if _, known := c.form.Instances[id]; known || strings.HasPrefix(id, "__") {
			continue
		}
		if c.form.Lists[id] != nil {
			c.form.Instances[id] = "list:" + id
			continue
		}
		c.warn(e.at, "instance('%s') is no list of the choices sheet and no file that a question names; correct the name", id)
	}
}

// linkTriggers turns the names of triggers into paths.
func (c *compiler) linkTriggers() {
	for _, q := range c.form.Questions {
		at := place{"survey", "trigger", q.Row}
		for i, name := range q.Triggers {
			item := c.find(name, q, at)
			if item == nil {
				continue
			}
			if other, is := item.(*Question); is && (!other.Type.Asked() || other.Calculation != nil) {
				c.err(at, "%s is not shown, so that nothing a person does can trigger %s; name a question that is asked", name, q.Name)
			}
			q.Triggers[i] = item.ItemPath()
			c.depend(item.ItemPath(), Dependent{q.Path, RoleCalculation})
		}
	}
}

// find finds what ${name} means seen from an item: the one of that name, or the nearest of several.
func (c *compiler) find(name string, from Item, at place) Item {
	found := c.form.named[name]
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) == 0:
		c.err(at, "${%s} names no question%s; correct the name", name, c.similar(name))
		return nil
	}
	if item := nearest(found, from); item != nil {
		return item
	}
	c.err(at, "${%s} could be any of %d questions (rows %d and %d among them); rename one of them", name, len(found), itemRow(found[0]), itemRow(found[1]))
	return nil
}

// nearest picks the item in the same group, if just one is there.
func nearest(found []Item, from Item) Item {
	if from == nil {
		return nil
	}
	for _, item := range found {
		if item.ItemParent() == from.ItemParent() {
			return item
		}
	}
	return nil
}

// similar names a question that differs only in capitals, if there is one.
func (c *compiler) similar(name string) string {
	for other := range c.form.named {
		if strings.EqualFold(other, name) {
			return " (there is ${" + other + "})"
		}
	}
	return ""
}

// sorter puts items after what they are made from, and names the circles it meets.
type sorter struct {
	*compiler
	graph map[string][]string
	state map[string]int // 1 while being visited, 2 after
	trail []string
}

func (s *sorter) visit(path string) {
	if s.state[path] != 0 {
		return
	}
	s.state[path] = 1
	s.trail = append(s.trail, path)
	for _, read := range s.graph[path] {
		if s.state[read] == 1 {
			s.cycle(s.trail[slices.Index(s.trail, read):])
			continue
		}
		s.visit(read)
	}
	s.trail = s.trail[:len(s.trail)-1]
	s.state[path] = 2
	s.form.order[path] = len(s.form.order)
}

func (s *sorter) cycle(trail []string) {
	round := append(slices.Clone(trail), trail[0])
	row := 0
	if q, is := s.form.questions[trail[0]]; is {
		row = q.Row
	} else if g, is := s.form.groups[trail[0]]; is {
		row = g.Row
	}
	s.err(place{"survey", "", row}, "these depend on each other in a circle: %s; break it by taking one reference out", strings.Join(round, " → "))
}
