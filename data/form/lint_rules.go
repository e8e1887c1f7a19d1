package form

import (
	"slices"
	"strings"
	"time"

	"coopatlas/data/form/xpath"
)

// depth bounds how far the linter follows calculations that read calculations.
const depth = 8

// numbers looks at arithmetic, comparisons and conversions.
func (l lookout) numbers(name string, parts []xpath.Part) {
	switch name {
	case "+", "-", "*", "div", "mod", "int", "number", "abs":
		if slices.ContainsFunc(parts, func(p xpath.Part) bool { return l.dated(p, depth) }) {
			l.say("date-number", "")
		}
	case "=", "!=":
		if slices.ContainsFunc(parts, func(p xpath.Part) bool { return arithmeticSign(p.Operation()) && l.fraction(p, depth) }) {
			l.say("equal-fractions", "")
		}
	}
	if (name == "int" || name == "number") && len(parts) == 1 && l.exponent(parts[0]) {
		l.say("exponent", "")
	}
}

func arithmeticSign(name string) bool {
	return slices.Contains([]string{"+", "-", "*", "div", "mod", "sum", "pow", "sqrt"}, name)
}

// aggregate looks at what sum, max and min are taken of.
func (l lookout) aggregate(name string, parts []xpath.Part) {
	for _, p := range parts {
		if _, is := p.Reference(); is && l.blank(p, nil, depth) && !filtered(p) {
			l.say("blank-aggregate", name+"("+l.nameOf(p)+")")
		}
	}
}

// filtered tells whether a path takes out blanks or anything else by a predicate.
func filtered(p xpath.Part) bool {
	return slices.ContainsFunc(p.Parts(), func(inner xpath.Part) bool { return inner.Operation() != "" })
}

// volatile looks at what changes by itself in a calculation.
func (l lookout) volatile(name string, once bool) {
	if q, is := l.e.item.(*Question); is && l.e.role == RoleCalculation && !once && len(q.Triggers) == 0 {
		l.say("not-once", name+"()")
	}
}

// date looks at what a date is made of.
func (l lookout) date(name string, parts []xpath.Part) {
	if len(parts) != 1 {
		return
	}
	if v, is := parts[0].Literal(); is {
		day, _, _ := strings.Cut(v.StringValue(), "T")
		if _, err := time.Parse("2006-01-02", day); err != nil && v.Kind() == xpath.String {
			l.say("bad-date", name+"('"+v.StringValue()+"')")
		}
		return
	}
	if q := l.question(parts[0]); q != nil && l.free(q) {
		l.say("bad-date", name+"("+l.nameOf(parts[0])+")")
	}
}

// exponent tells whether a part may be a number written with an exponent.
func (l lookout) exponent(p xpath.Part) bool {
	if v, is := p.Literal(); is {
		return v.Kind() == xpath.String && strings.ContainsAny(v.StringValue(), "eE")
	}
	q := l.question(p)
	return q != nil && l.free(q) && q.Type != TypeCalculate
}

// free tells whether a question is answered with any text.
func (l lookout) free(q *Question) bool {
	return q.Storage() == StoreText && (q.Type == TypeText || q.Type == TypeBarcode || q.Type == TypeHidden)
}

// result follows what an expression gives, and looks at arithmetic with blanks in it; sure are the questions that an
// enclosing if has asked about.
func (l lookout) result(p xpath.Part, sure []Item) {
	parts := p.Parts()
	switch name := p.Operation(); name {
	case "+", "-", "*", "div", "mod":
		for _, operand := range parts {
			if l.blank(operand, sure, depth) {
				l.say("blank-arithmetic", l.nameOf(l.blankIn(operand, sure))+" may be blank")
				return
			}
		}
	case "if":
		if len(parts) == 3 {
			sure = append(slices.Clone(sure), l.mentioned(parts[0])...)
			l.result(parts[1], sure)
			l.result(parts[2], sure)
		}
	case "coalesce", "concat", "string", "round", "int", "number", "abs", "once":
		for _, inner := range parts {
			l.result(inner, sure)
		}
	}
}

// blankIn returns the innermost part that makes arithmetic blank.
func (l lookout) blankIn(p xpath.Part, sure []Item) xpath.Part {
	if arithmeticSign(p.Operation()) || p.Operation() == "number" {
		for _, inner := range p.Parts() {
			if l.blank(inner, sure, depth) {
				return l.blankIn(inner, sure)
			}
		}
	}
	return p
}

// mentioned returns what a condition reads.
func (l lookout) mentioned(condition xpath.Part) []Item {
	var out []Item
	condition.Each(func(p xpath.Part) {
		if item := l.item(p); item != nil {
			out = append(out, item)
		}
	})
	return out
}

// item returns the group or question that a part is a path to; nil where it is none, or several.
func (l lookout) item(p xpath.Part) Item {
	r, is := p.Reference()
	if !is {
		return nil
	}
	said := len(l.problems)
	defer func() { l.compiler.problems = l.compiler.problems[:said] }() // what is wrong with it, Compile says
	switch r.Path.Start {
	case xpath.FromVariable:
		return l.readVariable(l.e, r)
	case xpath.FromInstance, xpath.FromExpression:
		return nil
	}
	if items := l.readPath(l.e, r); len(items) == 1 {
		return items[0]
	}
	return nil
}

func (l lookout) question(p xpath.Part) *Question {
	q, _ := l.item(p).(*Question)
	return q
}

// nameOf names a part for people.
func (l lookout) nameOf(p xpath.Part) string {
	if item := l.item(p); item != nil {
		return "${" + item.ItemName() + "}"
	}
	if name := p.Operation(); name != "" {
		return name
	}
	return "a path"
}

// some tells whether a test holds for some of the parts.
func some(parts []xpath.Part, holds func(xpath.Part) bool) bool {
	return slices.ContainsFunc(parts, holds)
}

// blank tells whether a part may be blank: a question nobody has asked about, or what is made of one.
func (l lookout) blank(p xpath.Part, sure []Item, deep int) bool {
	if deep == 0 {
		return false
	}
	inner := func(p xpath.Part) bool { return l.blank(p, sure, deep-1) }
	if v, is := p.Literal(); is {
		return v.StringValue() == ""
	}
	if _, is := p.Reference(); is {
		item := l.item(p)
		q, question := item.(*Question)
		switch {
		case item != nil && slices.Contains(sure, item), item != nil && !question:
			return false
		case !question:
			return true
		case q.Calculation != nil && len(q.Triggers) == 0 && q.Relevant == nil:
			return l.at(q).blank(q.Calculation.Whole(), nil, deep-1)
		}
		return q.DefaultValue == "" || q.Relevant != nil
	}
	parts := p.Parts()
	switch p.Operation() {
	case "coalesce":
		return !some(parts, func(p xpath.Part) bool { return !inner(p) })
	case "if":
		return len(parts) == 3 && some(parts[1:], func(p xpath.Part) bool {
			return l.blank(p, append(slices.Clone(sure), l.mentioned(parts[0])...), deep-1)
		})
	case "+", "-", "*", "div", "mod", "number", "int", "round", "abs", "once":
		return some(parts, inner)
	case "pulldata", "indexed-repeat", "jr:choice-name":
		return true
	}
	return false
}

// at looks from the calculation of another question.
func (l lookout) at(q *Question) lookout {
	other := l.e
	other.item, other.role = q, RoleCalculation
	return lookout{linter: l.linter, e: other}
}

// dated tells whether a part is a date.
func (l lookout) dated(p xpath.Part, deep int) bool {
	switch p.Operation() {
	case "today", "now", "date", "date-time":
		return true
	case "once", "coalesce":
		return deep > 0 && some(p.Parts(), func(p xpath.Part) bool { return l.dated(p, deep-1) })
	case "if":
		return deep > 0 && len(p.Parts()) == 3 && some(p.Parts()[1:], func(p xpath.Part) bool { return l.dated(p, deep-1) })
	}
	q := l.question(p)
	if q == nil || deep == 0 {
		return false
	}
	if q.Type == TypeCalculate && q.Calculation != nil {
		return l.at(q).dated(q.Calculation.Whole(), deep-1)
	}
	return q.Storage() == StoreDate || q.Storage() == StoreDateTime
}

// fraction tells whether a part may be a number with a fraction.
func (l lookout) fraction(p xpath.Part, deep int) bool {
	if deep == 0 {
		return false
	}
	if v, is := p.Literal(); is {
		return v.Kind() == xpath.Number && v.NumberValue() != float64(int64(v.NumberValue()))
	}
	switch p.Operation() {
	case "div", "sqrt", "exp", "log", "log10", "pow", "random":
		return true
	case "+", "-", "*", "mod", "sum", "max", "min", "coalesce", "abs", "number", "once":
		return some(p.Parts(), func(p xpath.Part) bool { return l.fraction(p, deep-1) })
	case "if":
		return len(p.Parts()) == 3 && some(p.Parts()[1:], func(p xpath.Part) bool { return l.fraction(p, deep-1) })
	}
	q := l.question(p)
	switch {
	case q == nil:
		return false
	case q.Calculation != nil && q.Type == TypeCalculate:
		return l.at(q).fraction(q.Calculation.Whole(), deep-1)
	}
	return q.Storage() == StoreNumber && q.Decimals > 0
}

// negative tells whether a part may be a number below zero.
func (l lookout) negative(p xpath.Part, deep int) bool {
	if deep == 0 {
		return true
	}
	if v, is := p.Literal(); is {
		return v.NumberValue() < 0
	}
	inner := func(p xpath.Part) bool { return l.negative(p, deep-1) }
	switch p.Operation() {
	case "count", "count-non-empty", "count-selected", "string-length", "position", "abs", "sqrt", "exp", "random", "area", "distance":
		return false
	case "+", "*", "div", "mod", "sum", "max", "min", "coalesce", "number", "int", "round", "once", "pow":
		return some(p.Parts(), inner)
	case "if":
		return len(p.Parts()) == 3 && some(p.Parts()[1:], inner)
	}
	q := l.question(p)
	switch {
	case q == nil:
		return true
	case q.Calculation != nil && q.Type == TypeCalculate:
		return l.at(q).negative(q.Calculation.Whole(), deep-1)
	}
	return !slices.ContainsFunc(q.Checks, func(c Check) bool { return !c.Soft && notNegative(c.Condition.Whole()) })
}

// notNegative tells whether a constraint keeps an answer from being below zero.
func notNegative(condition xpath.Part) bool {
	parts := condition.Parts()
	switch condition.Operation() {
	case "and":
		return some(parts, notNegative)
	case ">=", ">":
		v, is := parts[1].Literal()
		return is && self(parts[0]) && v.NumberValue() >= 0
	case "<=", "<":
		v, is := parts[0].Literal()
		return is && self(parts[1]) && v.NumberValue() >= 0
	}
	return false
}

// self tells whether a part is the answer itself.
func self(p xpath.Part) bool {
	r, is := p.Reference()
	return is && r.Path.Start == xpath.FromContext && len(r.Path.Steps) == 1 && r.Path.Steps[0].Axis == xpath.Self
}

// anchored tells whether a pattern matches the same whether the whole text or any part of it is tried: it begins with ^
// and ends with $, and neither belongs to one of several alternatives only.
func anchored(p xpath.Part) bool {
	v, is := p.Literal()
	pattern := v.StringValue()
	if !is || !strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$") || strings.HasSuffix(pattern, `\$`) {
		return false
	}
	open, class := 0, false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			open++
		case c == ')':
			open--
		case c == '|' && open == 0:
			return false
		}
	}
	return true
}
