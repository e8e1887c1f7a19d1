package xpath

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// ValueKind says which of the six kinds of value an expression gave.
type ValueKind uint8

// The kinds of value. XPath has the first four; Date and DateTime are dates
// that remember being one, so that they are written as dates and counted as days.
const (
	String ValueKind = iota
	Number
	Boolean
	NodeSet
	Date
	DateTime
)

// Value is the result of an expression. The zero Value is the blank string.
type Value struct {
	kind   ValueKind
	offset int32   // of a DateTime: seconds east of UTC
	num    float64 // number; 1 or 0; days of a Date; milliseconds of a DateTime
	str    string
	node   Node   // of a NodeSet with exactly one node
	nodes  []Node // of any other NodeSet
}

// StringOf gives a string value.
func StringOf(s string) Value { return Value{str: s} }

// NumberOf gives a number value.
func NumberOf(f float64) Value { return Value{kind: Number, num: f} }

// BooleanOf gives a boolean value.
func BooleanOf(b bool) Value {
	if b {
		return Value{kind: Boolean, num: 1}
	}
	return Value{kind: Boolean}
}

// NodesOf gives a node-set value that keeps the order of its nodes.
func NodesOf(nodes ...Node) Value {
	if len(nodes) == 1 {
		return Value{kind: NodeSet, node: nodes[0]}
	}
	return Value{kind: NodeSet, nodes: nodes}
}

// DateOf gives a date, in whole days since 1970-01-01.
func DateOf(days int) Value { return Value{kind: Date, num: float64(days)} }

// DateTimeOf gives an instant, to the millisecond, in the zone of t.
func DateTimeOf(t time.Time) Value {
	_, offset := t.Zone()
	return Value{kind: DateTime, num: float64(t.UnixMilli()), offset: int32(offset)}
}

// Kind says which kind of value v is.
func (v Value) Kind() ValueKind { return v.kind }

// Nodes gives the nodes of a node-set, and nil of any other kind.
func (v Value) Nodes() []Node {
	if v.node != nil {
		return []Node{v.node}
	}
	return v.nodes
}

func (v Value) count() int {
	if v.node != nil {
		return 1
	}
	return len(v.nodes)
}

func (v Value) at(i int) Node {
	if v.node != nil {
		return v.node
	}
	return v.nodes[i]
}

// StringValue converts to a string: of a node-set the first node's text, of a
// number the shortest decimal notation without exponent, of a date yyyy-mm-dd.
func (v Value) StringValue() string {
	switch v.kind {
	case Number:
		return formatNumber(v.num)
	case Boolean:
		if v.num != 0 {
			return "true"
		}
		return "false"
	case NodeSet:
		if v.count() == 0 {
			return ""
		}
		return v.at(0).Text()
	case Date:
		return civil(v.num).Format("2006-01-02")
	case DateTime:
		return v.instant().Format("2006-01-02T15:04:05.000-07:00")
	}
	return v.str
}

// NumberValue converts to a number, NaN when there is none. Scientific notation
// is no number; a date is its days since 1970-01-01. A date with time but
// without zone is taken as UTC: use NumberIn where it must be local.
func (v Value) NumberValue() float64 { return v.NumberIn(time.UTC) }

// NumberIn is NumberValue with the zone that dates with time but without a zone
// are in.
func (v Value) NumberIn(zone *time.Location) float64 {
	switch v.kind {
	case String:
		return textNumber(v.str, zone)
	case NodeSet:
		if v.count() == 0 {
			return math.NaN()
		}
		return textNumber(v.at(0).Text(), zone)
	case DateTime:
		return v.num / dayMilliseconds
	}
	return v.num
}

// BoolValue converts to a boolean as JavaRosa does: a string is true when not
// empty (so "false" is true), a number when neither zero nor NaN, a date always,
// and a node-set when one of its nodes has a value.
func (v Value) BoolValue() bool {
	switch v.kind {
	case Number, Boolean:
		return math.Abs(v.num) > tolerance
	case NodeSet:
		for i := range v.count() {
			if v.at(i).Text() != "" {
				return true
			}
		}
		return false
	case Date, DateTime:
		return true
	}
	return v.str != ""
}

// blank tells whether v is nothing to count: ” or a number that is none.
func (v Value) blank() bool {
	switch v.kind {
	case Number:
		return math.IsNaN(v.num)
	case NodeSet:
		return v.count() == 0 || strings.TrimSpace(v.at(0).Text()) == ""
	case String:
		return strings.TrimSpace(v.str) == ""
	}
	return false
}

func (v Value) instant() time.Time {
	t := time.UnixMilli(int64(v.num))
	if v.offset == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", int(v.offset)))
}

// tolerance is JavaRosa's: nearer numbers are equal, and nearer to 0 is 0.
const tolerance = 1e-12

// formatNumber writes f without exponent, as short as reads back the same.
func formatNumber(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.Abs(f) < tolerance:
		return "0"
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// textNumber reads digits with an optional sign and decimal point, or a date.
func textNumber(s string, zone *time.Location) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return math.NaN()
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && c != '.' && (c < '0' || c > '9') {
			return dateNumber(s, zone)
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return dateNumber(s, zone)
	}
	return f
}

func dateNumber(s string, zone *time.Location) float64 {
	if v, ok := parseDate(s, zone); ok {
		return v.NumberIn(zone)
	}
	return math.NaN()
}
