package xpath

import "strings"

// Start says where a path begins.
type Start uint8

// The beginnings of paths.
const (
	FromContext    Start = iota // votes, ../votes, .
	FromRoot                    // /data/votes
	FromCurrent                 // current()/../votes
	FromInstance                // instance('list')/root/item
	FromVariable                // ${votes}, ${votes}/share
	FromExpression              // (…)/votes: not known before evaluation
)

// PathStep is one step of a path, without its predicates.
type PathStep struct {
	Axis Axis
	Name string // "*" for any name, "node()" or "text()" for a test of kind
}

// Path is a location path as it stands in an expression.
type Path struct {
	Start    Start
	Instance string // of FromInstance, when its argument is a literal
	Variable string // of FromVariable
	Steps    []PathStep
}

// Reference is something an expression reads.
type Reference struct {
	Path   *Path
	Base   *Reference // of a path in a predicate: the path the predicate filters
	Offset int        // in the source, in runes from 0
	Quoted bool       // ${name} inside the quoted path of jr:choice-name
}

// Variable gives the name in ${name}, without last-saved#, and "" for a path.
func (r Reference) Variable() string { return strings.TrimPrefix(r.Path.Variable, "last-saved#") }

// LastSaved tells whether the reference is ${last-saved#name}: the answer in the
// record saved before.
func (r Reference) LastSaved() bool { return strings.HasPrefix(r.Path.Variable, "last-saved#") }

// Resolve gives the absolute path of names that the reference means when the
// expression stands at context, such as "/data/group/q". When exact is false the
// reference reads something at or below the path, for instance with * or //.
// ok is false for what is not under the context's root: instances, results of
// functions, and ${name}, which the questionnaire resolves by name.
func (r Reference) Resolve(context string) (path string, exact, ok bool) {
	return r.ResolveNamed(context, nil)
}

// ResolveNamed is Resolve with the absolute path of names of every question, by
// which it resolves ${name} too, and paths that begin at it or filter it.
func (r Reference) ResolveNamed(context string, question func(name string) (path string, ok bool)) (path string, exact, ok bool) {
	names, exact, ok := r.names(splitPath(context), question)
	return "/" + strings.Join(names, "/"), exact, ok
}

func splitPath(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

func (r Reference) names(context []string, question func(string) (string, bool)) (names []string, exact, ok bool) {
	exact = true
	switch r.Path.Start {
	case FromContext:
		names = context
		if r.Base != nil {
			if names, exact, ok = r.Base.names(context, question); !ok || !exact {
				return names, exact, ok
			}
		}
	case FromCurrent:
		names = context
	case FromRoot:
	case FromVariable:
		if question == nil || r.LastSaved() {
			return nil, false, false
		}
		path, found := question(r.Variable())
		if !found {
			return nil, false, false
		}
		names = splitPath(path)
	default:
		return nil, false, false
	}
	return follow(append([]string(nil), names...), r.Path.Steps)
}

// follow walks the steps over names, as far as names are known.
func follow(names []string, steps []PathStep) (result []string, exact, ok bool) {
	for _, s := range steps {
		named := s.Name != "*" && s.Name != "node()" && s.Name != "text()"
		switch s.Axis {
		case Self:
		case Child:
			if s.Name == "text()" {
				continue
			}
			if !named {
				return names, false, true
			}
			names = append(names, s.Name)
		case AttributeAxis:
			return names, true, true
		case Parent:
			if len(names) == 0 {
				return names, false, true
			}
			names = names[:len(names)-1]
		case FollowingSibling, PrecedingSibling:
			if len(names) == 0 || !named {
				return names[:max(0, len(names)-1)], false, true
			}
			names = append(names[:len(names)-1], s.Name)
		case Descendant, DescendantOrSelf:
			return names, false, true
		default:
			return nil, false, true
		}
	}
	return names, true, true
}

type referenceCollector struct{ list []Reference }

func references(root expr) []Reference {
	var c referenceCollector
	c.collect(root, nil)
	return c.list
}

func (c *referenceCollector) add(p *Path, base *Reference, offset int, quoted bool) *Reference {
	if p.Start != FromContext {
		base = nil
	}
	r := Reference{Path: p, Base: base, Offset: offset, Quoted: quoted}
	c.list = append(c.list, r)
	return &r
}

func (c *referenceCollector) collect(e expr, base *Reference) {
	switch e := e.(type) {
	case *variable:
		c.add(&Path{Start: FromVariable, Variable: e.name}, base, e.offset, false)
	case *negation:
		c.collect(e.operand, base)
	case *logical:
		c.both(e.left, e.right, base)
	case *comparison:
		c.both(e.left, e.right, base)
	case *arithmetic:
		c.both(e.left, e.right, base)
	case *union:
		c.both(e.left, e.right, base)
	case *call:
		c.call(e, base)
	case *filter:
		c.filter(e, base)
	case *path:
		c.path(e, base)
	}
}

func (c *referenceCollector) both(left, right expr, base *Reference) {
	c.collect(left, base)
	c.collect(right, base)
}

// call collects what a call reads: its arguments, and the context node where a
// function without arguments takes that.
func (c *referenceCollector) call(e *call, base *Reference) {
	switch e.name {
	case "string", "number", "string-length", "normalize-space":
		if len(e.args) == 0 {
			c.add(&Path{Steps: []PathStep{{Axis: Self, Name: "node()"}}}, base, e.offset, false)
		}
	case "current", "instance":
		if p := startOf(e); p != nil {
			c.add(p, base, e.offset, false)
			return
		}
	case "jr:choice-name":
		c.quoted(e, base)
	}
	for _, arg := range e.args {
		c.collect(arg, base)
	}
}

// quoted finds ${name} in the second argument of jr:choice-name, a quoted path.
func (c *referenceCollector) quoted(e *call, base *Reference) {
	if len(e.args) != 2 {
		return
	}
	l, ok := e.args[1].(*literal)
	if !ok {
		return
	}
	inner, err := parse(l.value.StringValue())
	if err != nil {
		return
	}
	switch inner := inner.(type) {
	case *variable:
		c.add(&Path{Start: FromVariable, Variable: inner.name}, base, l.offset, true)
	case *path:
		c.add(inner.describe(), base, l.offset, true)
	}
}

// startOf describes the beginnings that are known before evaluation.
func startOf(e expr) *Path {
	switch e := e.(type) {
	case *variable:
		return &Path{Start: FromVariable, Variable: e.name}
	case *call:
		switch {
		case e.name == "current" && len(e.args) == 0:
			return &Path{Start: FromCurrent}
		case e.name == "instance" && len(e.args) == 1:
			if l, ok := e.args[0].(*literal); ok {
				return &Path{Start: FromInstance, Instance: l.value.StringValue()}
			}
		}
	case *filter:
		return startOf(e.base)
	}
	return nil
}

func (c *referenceCollector) filter(e *filter, base *Reference) {
	from := len(c.list)
	c.collect(e.base, base)
	var filtered *Reference
	if len(c.list) > from {
		first := c.list[from]
		filtered = &first
	}
	c.predicates(e.predicates, filtered)
}

func (c *referenceCollector) predicates(list []predicate, filtered *Reference) {
	for _, p := range list {
		c.collect(p.test, filtered)
	}
}

func (c *referenceCollector) path(e *path, base *Reference) {
	if e.base != nil && startOf(e.base) == nil {
		c.collect(e.base, base)
	}
	whole := c.add(e.describe(), base, e.offset, false)
	if f, ok := e.base.(*filter); ok && startOf(e.base) != nil {
		c.predicates(f.predicates, &Reference{Path: startOf(e.base)})
	}
	for i := range e.steps {
		if len(e.steps[i].predicates) == 0 {
			continue
		}
		part := *whole.Path // the steps are shared, so that long paths stay linear
		part.Steps = part.Steps[: i+1 : i+1]
		c.predicates(e.steps[i].predicates, &Reference{Path: &part, Base: whole.Base, Offset: e.offset})
	}
}

// describe gives the path as others see it.
func (p *path) describe() *Path {
	result := &Path{}
	switch p.start {
	case fromRoot:
		result.Start = FromRoot
	case fromExpression:
		result.Start = FromExpression
		if known := startOf(p.base); known != nil {
			result = known
		}
	}
	result.Steps = make([]PathStep, 0, len(p.steps))
	for i := range p.steps {
		s := &p.steps[i]
		name := s.name
		switch s.test {
		case testNode, testComment, testInstruction:
			name = "node()"
		case testText:
			name = "text()"
		case testAny:
			name = "*"
		}
		result.Steps = append(result.Steps, PathStep{Axis: s.axis, Name: name})
	}
	return result
}
