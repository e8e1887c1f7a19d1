package paper

import (
	"regexp"
	"strings"

	"coopatlas/data/form"
)

// condition is a relevant that can be said in words: a *joint, a *clause, an *opaque, or a constant.
type condition interface{}

// constant is a condition whose truth is known before the interview, as the length of the interview makes it.
type constant bool

// joint is several conditions of which all or any must hold.
type joint struct {
	any   bool
	parts []condition
}

// clause is one statement about one question.
type clause struct {
	question *form.Question
	of       string   // what is compared: "" the answer, "status", "count"
	operator string   // = != < <= > >=, "includes" and "excludes"
	values   []string // the values it is compared with; several for = and !=
}

// opaque is a condition that cannot be said; the questions it reads are named.
type opaque struct{ questions []*form.Question }

// tokens splits an expression of the kind that conditions are written in.
var tokens = regexp.MustCompile(`\$\{[^}]+\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|!=|<=|>=|[=<>(),]|[A-Za-z][\w:-]*|\S`)

// reader turns the text of a condition into what can be said of it.
type reader struct {
	form  *form.Form
	known map[string]string // values that are certain, by the name of a question
	text  []string
	at    int
	depth int
	fault bool
}

// operand is one side of a comparison: a text, a question's answer, or a condition in brackets.
type operand struct {
	literal  *string
	question *form.Question
	of       string
	truth    condition
}

// deepest bounds how far a condition is followed through calculations.
const deepest = 6

// conditionOf reads a condition; with a form and the values that are known in advance.
func conditionOf(f *form.Form, known map[string]string, source string) condition {
	return tidy(read(f, known, source, 0))
}

func read(f *form.Form, known map[string]string, source string, depth int) condition {
	r := &reader{form: f, known: known, text: tokens.FindAllString(source, -1), depth: depth}
	if depth < deepest {
		if c := r.or(); !r.fault && r.at == len(r.text) {
			return c
		}
	}
	return &opaque{questions: readBy(f, source, map[string]bool{})}
}

// names finds ${name} in an expression.
var names = regexp.MustCompile(`\$\{([^}]+)\}`)

// readBy lists the questions that people answer and that an expression reads, also through calculations.
func readBy(f *form.Form, source string, seen map[string]bool) []*form.Question {
	var out []*form.Question
	for _, found := range names.FindAllStringSubmatch(source, -1) {
		if seen[found[1]] {
			continue
		}
		seen[found[1]] = true
		q := questionOf(f, found[1])
		switch {
		case q == nil:
		case q.Asked():
			out = append(out, q)
		case q.Calculation != nil:
			out = append(out, readBy(f, q.Calculation.String(), seen)...)
		}
	}
	return out
}

func questionOf(f *form.Form, name string) *form.Question {
	for _, item := range f.Named(strings.TrimSpace(name)) {
		if q, is := item.(*form.Question); is {
			return q
		}
	}
	return nil
}

func (r *reader) peek() string {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return ""
}

func (r *reader) take() string {
	token := r.peek()
	r.at++
	return token
}

func (r *reader) expect(token string) {
	if r.take() != token {
		r.fault = true
	}
}

func (r *reader) or() condition  { return r.series("or", true, r.and) }
func (r *reader) and() condition { return r.series("and", false, r.comparison) }

func (r *reader) series(word string, any bool, part func() condition) condition {
	first := part()
	if r.peek() != word {
		return first
	}
	j := &joint{any: any, parts: []condition{first}}
	for r.peek() == word && !r.fault {
		r.at++
		j.parts = append(j.parts, part())
	}
	return j
}

// opposite gives the operator that holds where another does not; mirrored the one with its sides exchanged.
var (
	opposite = map[string]string{"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "includes": "excludes", "excludes": "includes"}
	mirrored = map[string]string{"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
)

func (r *reader) comparison() condition {
	left := r.operand()
	operator := r.peek()
	if mirrored[operator] == "" {
		if left.truth == nil {
			r.fault = true
		}
		return left.truth
	}
	r.at++
	right := r.operand()
	if left.literal != nil {
		left, right, operator = right, left, mirrored[operator]
	}
	if left.question == nil || right.literal == nil {
		r.fault = true
		return nil
	}
	return r.compare(left, operator, *right.literal)
}

func (r *reader) operand() operand {
	token := r.take()
	switch {
	case token == "(":
		inner := r.or()
		r.expect(")")
		return operand{truth: inner}
	case token == "" || r.fault:
		r.fault = true
		return operand{}
	case len(token) > 1 && (token[0] == '\'' || token[0] == '"'):
		text := token[1 : len(token)-1]
		return operand{literal: &text}
	case token[0] >= '0' && token[0] <= '9':
		return operand{literal: &token}
	case strings.HasPrefix(token, "${"):
		q := questionOf(r.form, token[2:len(token)-1])
		r.fault = r.fault || q == nil
		return operand{question: q}
	case r.peek() == "(":
		r.at++
		return r.call(token)
	}
	r.fault = true
	return operand{}
}

// call reads the functions that conditions are written with.
func (r *reader) call(name string) operand {
	if name == "not" {
		inner := r.or()
		r.expect(")")
		return operand{truth: negated(inner)}
	}
	args := []operand{r.operand()}
	for r.peek() == "," && !r.fault {
		r.at++
		args = append(args, r.operand())
	}
	r.expect(")")
	switch {
	case name == "status" && len(args) == 1:
		return operand{question: args[0].question, of: "status"}
	case name == "count-selected" && len(args) == 1:
		return operand{question: args[0].question, of: "count"}
	case name == "coalesce" && len(args) == 2 && args[0].question != nil && args[0].of == "" && args[1].literal != nil:
		return args[0]
	case name == "selected" && len(args) == 2:
		return operand{truth: r.selected(args[0], args[1])}
	}
	r.fault = true
	return operand{}
}

func (r *reader) selected(list, item operand) condition {
	switch {
	case list.question != nil && item.literal != nil && list.question.Type == form.TypeSelectOne:
		return r.compare(list, "=", *item.literal)
	case list.question != nil && item.literal != nil:
		return &clause{question: list.question, operator: "includes", values: []string{*item.literal}}
	case list.literal != nil && item.question != nil:
		j := &joint{any: true}
		for _, value := range strings.Fields(*list.literal) {
			j.parts = append(j.parts, r.compare(item, "=", value))
		}
		return j
	}
	r.fault = true
	return nil
}

// compare makes a statement about a question. A known value decides it; a calculation without words of its own is
// replaced by what it is calculated from.
func (r *reader) compare(left operand, operator, value string) condition {
	q := left.question
	if q == nil {
		r.fault = true
		return nil
	}
	if known, is := r.known[q.Name]; is && left.of == "" && (operator == "=" || operator == "!=") {
		return constant((known == value) == (operator == "="))
	}
	if q.Asked() || left.of != "" || !q.Label.Empty() || q.Calculation == nil {
		return &clause{question: q, of: left.of, operator: operator, values: []string{value}}
	}
	if c, is := r.through(q, operator, value); is {
		return c
	}
	return &opaque{questions: readBy(r.form, "${"+q.Name+"}", map[string]bool{})}
}

// choice finds if(condition, 'a', 'b').
var choice = regexp.MustCompile(`^if\((.*), '([^']*)', '([^']*)'\)$`)

// through follows a calculation that is if(condition, 'a', 'b') to its condition.
func (r *reader) through(q *form.Question, operator, value string) (condition, bool) {
	found := choice.FindStringSubmatch(q.Calculation.String())
	if found == nil || operator != "=" && operator != "!=" {
		return nil, false
	}
	when := func(result string) bool { return (result == value) == (operator == "=") }
	c := read(r.form, r.known, found[1], r.depth+1)
	switch yes, no := when(found[2]), when(found[3]); {
	case yes && no:
		return constant(true), true
	case yes:
		return c, true
	case no:
		return negated(c), true
	}
	return constant(false), true
}

func negated(c condition) condition {
	switch c := c.(type) {
	case constant:
		return !c
	case *joint:
		out := &joint{any: !c.any}
		for _, part := range c.parts {
			out.parts = append(out.parts, negated(part))
		}
		return out
	case *clause:
		out := *c
		out.operator = opposite[c.operator]
		return &out
	}
	return c
}

// tidy drops what is certain, and joins statements about one question: "is A or B", "is none of A, B".
func tidy(c condition) condition {
	j, is := c.(*joint)
	if !is {
		return c
	}
	out := &joint{any: j.any}
	for _, part := range j.parts {
		part = tidy(part)
		if known, is := part.(constant); is {
			if bool(known) == j.any {
				return known
			}
			continue
		}
		if inner, is := part.(*joint); is && inner.any == j.any {
			for _, p := range inner.parts {
				out.add(p)
			}
			continue
		}
		out.add(part)
	}
	switch len(out.parts) {
	case 0:
		return constant(!j.any)
	case 1:
		return out.parts[0]
	}
	return out
}

// add appends a part, or joins it to one before it that speaks of the same question in the same way.
func (j *joint) add(part condition) {
	if c, is := part.(*clause); is && (c.operator == "=" && j.any || c.operator == "!=" && !j.any) && c.values[0] != "" {
		for i, before := range j.parts {
			b, is := before.(*clause)
			if is && b.question == c.question && b.of == c.of && b.operator == c.operator && b.values[0] != "" {
				merged := *b
				merged.values = append(append([]string{}, b.values...), c.values...)
				j.parts[i] = &merged
				return
			}
		}
	}
	j.parts = append(j.parts, part)
}
