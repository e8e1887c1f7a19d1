package xpath

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd      tokenKind = iota
	tokenNumber             // 1.5
	tokenLiteral            // 'text'
	tokenName               // name, prefix:name, *, prefix:*
	tokenOperator           // and or div mod * = != < <= > >= + - |
	tokenMark               // ( ) [ ] , @ / // . .. ::
	tokenVariable           // ${name}
)

type token struct {
	kind   tokenKind
	text   string // of a literal without quotes, of a variable the name
	offset int    // in bytes
	at     int    // in runes
}

func (t token) is(kind tokenKind, text string) bool { return t.kind == kind && t.text == text }

func (t token) String() string {
	switch t.kind {
	case tokenEnd:
		return "the end"
	case tokenLiteral:
		return fmt.Sprintf("the text %q", t.text)
	case tokenVariable:
		return "${" + t.text + "}"
	}
	return fmt.Sprintf("%q", t.text)
}

// SyntaxError says where an expression cannot be read and what was expected.
type SyntaxError struct {
	Offset  int // the character, counted in runes from 0
	Message string
}

// Error gives the sentence; people count characters from 1.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("at character %d: %s", e.Offset+1, e.Message)
}

func syntaxError(source string, offset int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Offset: utf8.RuneCountInString(source[:offset]), Message: fmt.Sprintf(format, args...)}
}

type lexer struct {
	source string
	offset int
	tokens []token
}

// tokenize cuts the source into tokens, the last of kind tokenEnd.
func tokenize(source string) ([]token, error) {
	l := &lexer{source: source, tokens: make([]token, 0, 8+len(source)/3)}
	for {
		l.offset += len(l.rest()) - len(strings.TrimLeft(l.rest(), " \t\r\n\u00a0"))
		if l.offset >= len(source) {
			l.add(tokenEnd, "", 0)
			countRunes(source, l.tokens)
			return l.tokens, nil
		}
		if err := l.next(); err != nil {
			return nil, err
		}
	}
}

// countRunes gives every token its offset in runes.
func countRunes(source string, tokens []token) {
	offset, at := 0, 0
	for i := range tokens {
		at += utf8.RuneCountInString(source[offset:tokens[i].offset])
		offset = tokens[i].offset
		tokens[i].at = at
	}
}

func (l *lexer) rest() string { return l.source[l.offset:] }

func (l *lexer) add(kind tokenKind, text string, width int) {
	l.tokens = append(l.tokens, token{kind: kind, text: text, offset: l.offset})
	l.offset += width
}

// operand tells whether an operand comes next; otherwise * is "times" and and,
// or, div, mod are operators (XPath 1.0, section 3.7).
func (l *lexer) operand() bool {
	if len(l.tokens) == 0 {
		return true
	}
	last := l.tokens[len(l.tokens)-1]
	if last.kind == tokenOperator {
		return true
	}
	return last.kind == tokenMark && last.text != ")" && last.text != "]" && last.text != "." && last.text != ".."
}

func (l *lexer) next() error {
	rest := l.rest()
	c := rest[0]
	switch {
	case c == '"' || c == '\'':
		return l.literal(c)
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		l.number()
		return nil
	case strings.HasPrefix(rest, "${"):
		return l.variable()
	case c == '*' && l.operand():
		l.add(tokenName, "*", 1)
		return nil
	}
	if !l.operand() {
		if word := operatorWord(rest); word != "" {
			l.add(tokenOperator, word, len(word))
			return nil
		}
	}
	for _, mark := range marks {
		if strings.HasPrefix(rest, mark.text) {
			l.add(mark.kind, mark.text, len(mark.text))
			return nil
		}
	}
	return l.name()
}

// marks are tried in this order: longer ones before their beginnings.
var marks = []token{
	{kind: tokenOperator, text: "!="}, {kind: tokenOperator, text: "<="}, {kind: tokenOperator, text: ">="},
	{kind: tokenOperator, text: "="}, {kind: tokenOperator, text: "<"}, {kind: tokenOperator, text: ">"},
	{kind: tokenOperator, text: "+"}, {kind: tokenOperator, text: "-"}, {kind: tokenOperator, text: "|"},
	{kind: tokenOperator, text: "*"},
	{kind: tokenMark, text: "//"}, {kind: tokenMark, text: "/"}, {kind: tokenMark, text: "::"},
	{kind: tokenMark, text: ".."}, {kind: tokenMark, text: "."}, {kind: tokenMark, text: "@"},
	{kind: tokenMark, text: "("}, {kind: tokenMark, text: ")"}, {kind: tokenMark, text: "["},
	{kind: tokenMark, text: "]"}, {kind: tokenMark, text: ","},
}

// operatorWord reads and, or, div or mod; "1 and1" is "1 and 1".
func operatorWord(s string) string {
	for _, word := range [...]string{"and", "or", "div", "mod"} {
		if strings.HasPrefix(s, word) {
			r, _ := utf8.DecodeRuneInString(s[len(word):])
			if !nameStart(r) || len(s) == len(word) {
				return word
			}
		}
	}
	return ""
}

func (l *lexer) literal(quote byte) error {
	text, _, found := strings.Cut(l.rest()[1:], string(quote))
	if !found {
		return syntaxError(l.source, l.offset, "the text that starts here has no closing %c", quote)
	}
	l.add(tokenLiteral, text, len(text)+2)
	return nil
}

func (l *lexer) number() {
	rest := l.rest()
	width := 0
	for width < len(rest) && isDigit(rest[width]) {
		width++
	}
	if width < len(rest) && rest[width] == '.' && !strings.HasPrefix(rest[width:], "..") {
		width++
		for width < len(rest) && isDigit(rest[width]) {
			width++
		}
	}
	l.add(tokenNumber, rest[:width], width)
}

func (l *lexer) variable() error {
	inside, _, found := strings.Cut(l.rest()[2:], "}")
	name := strings.TrimSpace(inside)
	if !found {
		return syntaxError(l.source, l.offset, "the ${ that starts here has no closing }")
	}
	plain := strings.TrimPrefix(name, "last-saved#")
	if width := nameWidth(plain); plain == "" || width != len(plain) {
		return syntaxError(l.source, l.offset+2, "expected the name of a question between ${ and }, not %q", name)
	}
	l.add(tokenVariable, name, len(inside)+3)
	return nil
}

func (l *lexer) name() error {
	rest := l.rest()
	width := nameWidth(rest)
	if width == 0 {
		return l.stray()
	}
	after := rest[width:]
	if strings.HasPrefix(after, ":") && !strings.HasPrefix(after, "::") {
		local := nameWidth(after[1:])
		if local == 0 && strings.HasPrefix(after, ":*") {
			local = 1
		}
		if local == 0 {
			return syntaxError(l.source, l.offset+width+1, "expected a name after %q", rest[:width+1])
		}
		width += 1 + local
	}
	l.add(tokenName, rest[:width], width)
	return nil
}

// stray explains a character that no expression has here.
func (l *lexer) stray() error {
	r, _ := utf8.DecodeRuneInString(l.rest())
	hint := "expected a name, a number, a text in quotes or an operator"
	switch r {
	case '“', '”', '‘', '’', '„', '«', '»':
		hint = `use a straight quote (' or ")`
	case '!':
		hint = "write != for \"is not equal\", or not(…)"
	case '&':
		hint = "write and, or concat(…) to join texts"
	case '$':
		hint = "write ${name}"
	case '%':
		hint = "write mod for the remainder"
	case '≤', '≥', '≠':
		hint = "write <=, >= or !="
	}
	return syntaxError(l.source, l.offset, "unexpected %q; %s", r, hint)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func nameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }

// nameWidth measures the name (XML NCName) at the start of s, in bytes.
func nameWidth(s string) int {
	for i, r := range s {
		if nameStart(r) {
			continue
		}
		if i > 0 && (r == '-' || r == '.' || r == '·' || unicode.IsDigit(r) || unicode.Is(unicode.M, r)) {
			continue
		}
		return i
	}
	return len(s)
}
