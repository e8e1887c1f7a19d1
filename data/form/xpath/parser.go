package xpath

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of one expression: far beyond what people write, and near enough that
// a hostile one cannot exhaust the stack.
const (
	maxDepth  = 200
	maxSource = 1 << 16
)

type parser struct {
	tokens []token
	next   int
	depth  int
	err    *SyntaxError
}

func parse(source string) (expr, error) {
	if len(source) > maxSource {
		return nil, &SyntaxError{Message: "the expression is longer than " + strconv.Itoa(maxSource) + " bytes; split it into several calculations"}
	}
	if !utf8.ValidString(source) {
		return nil, &SyntaxError{Message: "the expression is not valid UTF-8; save the file as UTF-8"}
	}
	tokens, err := tokenize(source)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	if p.peek().kind == tokenEnd {
		return nil, &SyntaxError{Message: "the expression is empty"}
	}
	root := p.or()
	if p.err == nil && p.peek().kind != tokenEnd {
		p.expected(p.afterOperand())
	}
	if p.err != nil {
		return nil, p.err
	}
	return root, nil
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != tokenEnd {
		p.next++
	}
	return t
}

func (p *parser) accept(kind tokenKind, text string) bool {
	if !p.peek().is(kind, text) {
		return false
	}
	p.next++
	return true
}

// expect takes a mark, or fails saying it was expected.
func (p *parser) expect(mark string) {
	if !p.accept(tokenMark, mark) {
		p.expected(strconv.Quote(mark))
	}
}

func (p *parser) expected(what string) {
	p.fail(p.peek().at, "expected %s but found %s", what, p.peek())
}

// fail keeps the first error and skips to the end, so that every loop stops.
func (p *parser) fail(at int, format string, args ...any) {
	if p.err == nil {
		p.err = &SyntaxError{Offset: at, Message: fmt.Sprintf(format, args...)}
	}
	p.next = len(p.tokens) - 1
}

func (p *parser) afterOperand() string {
	t := p.peek()
	if t.kind == tokenOperator && t.text == "=" && p.next > 0 && p.tokens[p.next-1].is(tokenOperator, "=") {
		return "a single ="
	}
	return "an operator (such as +, = or and) or the end"
}

// enter counts nesting; every enter is followed by a leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.fail(p.peek().at, "the expression is nested more than %d levels deep; split it into several calculations", maxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) or() expr {
	p.enter()
	defer p.leave()
	left := p.and()
	for p.accept(tokenOperator, "or") {
		left = &logical{or: true, left: left, right: p.and()}
	}
	return left
}

func (p *parser) and() expr {
	left := p.binary(0)
	for p.accept(tokenOperator, "and") {
		left = &logical{left: left, right: p.binary(0)}
	}
	return left
}

// levels are the operators between "and" and the unary minus, loosest first.
var levels = [...]map[string]operator{
	{"=": equal, "!=": notEqual},
	{"<": less, "<=": lessOrEqual, ">": greater, ">=": greaterOrEqual},
	{"+": add, "-": subtract},
	{"*": multiply, "div": divide, "mod": modulo},
}

func (p *parser) binary(level int) expr {
	if level == len(levels) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for p.peek().kind == tokenOperator {
		op, found := levels[level][p.peek().text]
		if !found {
			break
		}
		p.next++
		right := p.binary(level + 1)
		if op < add {
			left = &comparison{operator: op, left: left, right: right}
		} else {
			left = &arithmetic{operator: op, left: left, right: right}
		}
	}
	return left
}

func (p *parser) unary() expr {
	negative, minus := false, false
	for p.accept(tokenOperator, "-") {
		negative, minus = !negative, true
	}
	operand := p.union()
	switch {
	case negative:
		return &negation{operand}
	case minus:
		return &negation{&negation{operand}}
	}
	return operand
}

func (p *parser) union() expr {
	left := p.path()
	for p.accept(tokenOperator, "|") {
		left = &union{left: left, right: p.path()}
	}
	return left
}

// primary reads what is not a location path; nil when one begins here.
func (p *parser) primary() expr {
	t := p.peek()
	switch t.kind {
	case tokenNumber:
		p.next++
		f, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			p.fail(t.at, "the number is too large")
		}
		return &literal{value: NumberOf(f), offset: t.at}
	case tokenLiteral:
		p.next++
		return &literal{value: StringOf(t.text), offset: t.at}
	case tokenVariable:
		p.next++
		return &variable{name: t.text, offset: t.at}
	case tokenMark:
		if t.text == "(" {
			p.next++
			inner := p.or()
			p.expect(")")
			return inner
		}
	case tokenName:
		if p.tokens[p.next+1].is(tokenMark, "(") && nodeTests[t.text] == testName {
			return p.call()
		}
	}
	return nil
}

func (p *parser) call() expr {
	name := p.take()
	p.take() // the parenthesis
	c := &call{name: name.text, offset: name.at, fn: lookup(name.text)}
	if p.accept(tokenMark, ")") {
		return c
	}
	for p.err == nil {
		c.args = append(c.args, p.or())
		if p.accept(tokenMark, ")") {
			break
		}
		if !p.accept(tokenMark, ",") {
			p.expected(`"," or ")"`)
		}
	}
	p.compile(c)
	return c
}

// compile prepares the pattern of regex() when it is literal, so that a pattern
// that cannot run is refused with the form and not in the field.
func (p *parser) compile(c *call) {
	if c.name != "regex" || len(c.args) != 2 {
		return
	}
	l, ok := c.args[1].(*literal)
	if !ok || l.value.kind != String {
		return
	}
	pattern, err := wholePattern(l.value.str)
	if err != nil {
		p.fail(l.offset, "the pattern cannot be run: %s", patternMessage(err))
		return
	}
	c.pattern = pattern
}

// wholePattern compiles a pattern that must match the whole text.
func wholePattern(pattern string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err
	}
	return regexp.Compile(`\A(?:` + pattern + `)\z`)
}

func patternMessage(err error) string {
	return strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}

func (p *parser) predicates() []predicate {
	var list []predicate
	for p.accept(tokenMark, "[") {
		test := p.or()
		p.expect("]")
		one := predicate{test: test}
		if l, ok := test.(*literal); ok && l.value.kind == Number && l.value.num >= 1 && l.value.num < 1<<31 {
			if whole := int(l.value.num); float64(whole) == l.value.num {
				one.position = whole
			}
		}
		list = append(list, one)
	}
	return list
}

func (p *parser) path() expr {
	result := &path{start: fromContext, offset: p.peek().at}
	if base := p.primary(); base != nil {
		if list := p.predicates(); list != nil {
			base = &filter{base: base, predicates: list}
		}
		if !p.separator(result) {
			return base
		}
		result.start, result.base = fromExpression, base
	} else if p.separator(result) {
		result.start = fromRoot
		if len(result.steps) == 0 && !p.stepFollows() {
			return result.finish()
		}
	}
	for p.err == nil {
		p.step(result)
		if !p.separator(result) {
			break
		}
	}
	return result.finish()
}

// separator takes / or //, the latter being a step of its own.
func (p *parser) separator(result *path) bool {
	if p.accept(tokenMark, "//") {
		result.steps = append(result.steps, step{axis: DescendantOrSelf, test: testNode})
		return true
	}
	return p.accept(tokenMark, "/")
}

func (p *parser) stepFollows() bool {
	t := p.peek()
	return t.kind == tokenName || t.kind == tokenMark && (t.text == "." || t.text == ".." || t.text == "@")
}

func (p *parser) step(result *path) {
	s := step{axis: Child}
	switch {
	case p.accept(tokenMark, "."):
		s.axis, s.test = Self, testNode
		result.steps = append(result.steps, s)
		return
	case p.accept(tokenMark, ".."):
		s.axis, s.test = Parent, testNode
		result.steps = append(result.steps, s)
		return
	case p.accept(tokenMark, "@"):
		s.axis = AttributeAxis
	case p.peek().kind == tokenName && p.tokens[p.next+1].is(tokenMark, "::"):
		axis, found := axes[p.peek().text]
		if !found {
			p.expected("an axis such as child, parent or following-sibling")
		}
		s.axis = axis
		p.take()
		p.take()
	}
	p.nodeTest(&s)
	s.predicates = p.predicates()
	result.steps = append(result.steps, s)
}

func (p *parser) nodeTest(s *step) {
	t := p.peek()
	if t.kind != tokenName {
		p.expected("a value, a path or a function")
		return
	}
	p.next++
	if kind := nodeTests[t.text]; kind != testName && p.accept(tokenMark, "(") {
		s.test = kind
		if kind == testInstruction && p.peek().kind == tokenLiteral {
			s.name = p.take().text
		}
		p.expect(")")
		return
	}
	s.name = t.text
	prefix, local, found := strings.Cut(t.text, ":")
	if found {
		s.prefix, s.local = prefix, local
	} else {
		s.local = t.text
	}
	if s.local == "*" {
		s.test = testAny
	}
}
