package xpath

import (
	"math"
	"strings"
	"unicode/utf8"
)

var stringFunctions = []function{
	{"string", 0, 1, func(ev *evaluator, args []expr) Value { return StringOf(ev.subject(args)) }},
	{"concat", 0, many, concat},
	{"join", 1, many, join},
	{"substr", 2, 3, substr},
	{"substring", 2, 3, substring},
	{"substring-before", 2, 2, substringBefore},
	{"substring-after", 2, 2, substringAfter},
	{"contains", 2, 2, pair(strings.Contains)},
	{"starts-with", 2, 2, pair(strings.HasPrefix)},
	{"ends-with", 2, 2, pair(strings.HasSuffix)},
	{"string-length", 0, 1, stringLength},
	{"normalize-space", 0, 1, normalizeSpace},
	{"translate", 3, 3, translate},
	{"regex", 2, 2, regex},
}

// subject is the only argument as a string, or the context node's value.
func (ev *evaluator) subject(args []expr) string {
	if len(args) > 0 {
		return ev.str(args[0])
	}
	if ev.node == nil {
		return ""
	}
	return ev.node.Text()
}

// pair makes a function of a test of two strings.
func pair(test func(a, b string) bool) func(*evaluator, []expr) Value {
	return func(ev *evaluator, args []expr) Value {
		return BooleanOf(test(ev.str(args[0]), ev.str(args[1])))
	}
}

func concat(ev *evaluator, args []expr) Value {
	var b strings.Builder
	ev.values(args, func(v Value) bool {
		b.WriteString(v.StringValue())
		return true
	})
	return StringOf(b.String())
}

func join(ev *evaluator, args []expr) Value {
	separator := ev.str(args[0])
	var parts []string
	ev.values(args[1:], func(v Value) bool {
		parts = append(parts, v.StringValue())
		return true
	})
	return StringOf(strings.Join(parts, separator))
}

// substr counts from 0, and negative numbers from the end; the end is exclusive.
func substr(ev *evaluator, args []expr) Value {
	text := []rune(ev.str(args[0]))
	start, end := ev.index(args[1]), len(text)
	if len(args) == 3 {
		end = ev.index(args[2])
	}
	if start < 0 {
		start += len(text)
	}
	if end < 0 {
		end += len(text)
	}
	start, end = min(max(0, start), len(text)), min(max(0, end), len(text))
	if start >= end {
		return Value{}
	}
	return StringOf(string(text[start:end]))
}

// index is a whole number within bounds that arithmetic cannot leave; 0 for NaN.
func (ev *evaluator) index(e expr) int { return wholeNumber(ev.num(e)) }

func wholeNumber(f float64) int {
	const bound = 1 << 40
	switch {
	case math.IsNaN(f):
		return 0
	case f > bound:
		return bound
	case f < -bound:
		return -bound
	}
	return int(f)
}

// substring counts from 1 and rounds, as XPath 1.0 says.
func substring(ev *evaluator, args []expr) Value {
	text := ev.str(args[0])
	first := math.Floor(ev.num(args[1]) + 0.5)
	end := math.Inf(1)
	if len(args) == 3 {
		end = first + math.Floor(ev.num(args[2])+0.5)
	}
	var b strings.Builder
	position := 0.0
	for _, r := range text {
		position++
		if position >= first && position < end {
			b.WriteRune(r)
		}
	}
	return StringOf(b.String())
}

func substringBefore(ev *evaluator, args []expr) Value {
	before, _, found := strings.Cut(ev.str(args[0]), ev.str(args[1]))
	if !found {
		return Value{}
	}
	return StringOf(before)
}

func substringAfter(ev *evaluator, args []expr) Value {
	_, after, _ := strings.Cut(ev.str(args[0]), ev.str(args[1]))
	return StringOf(after)
}

func stringLength(ev *evaluator, args []expr) Value {
	return NumberOf(float64(utf8.RuneCountInString(ev.subject(args))))
}

func normalizeSpace(ev *evaluator, args []expr) Value {
	words := strings.FieldsFunc(ev.subject(args), xmlSpace)
	return StringOf(strings.Join(words, " "))
}

func xmlSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

func translate(ev *evaluator, args []expr) Value {
	text, from, to := ev.str(args[0]), []rune(ev.str(args[1])), []rune(ev.str(args[2]))
	replacement := make(map[rune]rune, len(from))
	for i, r := range from {
		if _, found := replacement[r]; found {
			continue
		}
		replacement[r] = -1
		if i < len(to) {
			replacement[r] = to[i]
		}
	}
	return StringOf(strings.Map(func(r rune) rune {
		if other, found := replacement[r]; found {
			return other
		}
		return r
	}, text))
}

// regex matches the whole text. A literal pattern was compiled when parsing.
func regex(ev *evaluator, args []expr) Value {
	text, source := ev.str(args[0]), ev.str(args[1])
	pattern, err := wholePattern(source)
	if err != nil {
		return ev.fail("the pattern %q of regex() cannot be run: %s", source, patternMessage(err))
	}
	return BooleanOf(pattern.MatchString(text))
}
