package record

import (
	"slices"
	"strings"
)

// ValueKind says what a Value holds.
type ValueKind uint8

// The kinds of values. Dates and times are texts in ISO 8601; a reference to another record is the text of its id.
const (
	NoValue ValueKind = iota
	TextValue
	NumberValue
	ListValue
)

// Value is what was answered: nothing, a text, an exact number, or a list of texts. It is immutable; its zero value
// is nothing, which is never the same as zero.
type Value struct {
	kind   ValueKind
	text   string
	number Decimal
	list   []string
}

// Text returns a text value; the empty text is no value.
func Text(text string) Value {
	if text == "" {
		return Value{}
	}
	return Value{kind: TextValue, text: text}
}

// Number returns a number value.
func Number(number Decimal) Value { return Value{kind: NumberValue, number: number} }

// Int returns a whole number value.
func Int(n int64) Value { return Number(Decimal{Coefficient: n}) }

// List returns a value of several texts in the order given; an empty list is no value.
func List(items []string) Value {
	if len(items) == 0 {
		return Value{}
	}
	return Value{kind: ListValue, list: slices.Clone(items)}
}

// Kind says what the value holds.
func (v Value) Kind() ValueKind { return v.kind }

// IsZero tells whether there is no value.
func (v Value) IsZero() bool { return v.kind == NoValue }

// Number returns the number; ok is false where the value is not one.
func (v Value) Number() (number Decimal, ok bool) { return v.number, v.kind == NumberValue }

// Items returns the texts of a list, or the one text of a text value.
func (v Value) Items() []string {
	switch v.kind {
	case TextValue:
		return []string{v.text}
	case ListValue:
		return slices.Clone(v.list)
	}
	return nil
}

// String writes the value as an expression sees it: a text as it is, a number with a point, a list separated by spaces.
func (v Value) String() string {
	switch v.kind {
	case NumberValue:
		return v.number.String()
	case ListValue:
		return strings.Join(v.list, " ")
	}
	return v.text
}

// Equal tells whether both are the same value of the same kind.
func (v Value) Equal(other Value) bool {
	return v.kind == other.kind && v.text == other.text && v.number == other.number && slices.Equal(v.list, other.list)
}

// Status says how a question came to its value, or why it has none.
type Status uint8

// The statuses of an answer. Missing is never zero: a question nobody put is NotCollected.
const (
	Answered Status = iota
	NotApplicable
	DontKnow
	Refused
	NotCollected
	Erased
)

// statusNames are the names of the statuses as they are stored in derived tables, exported and read back.
var statusNames = [...]string{"answered", "not_applicable", "dont_know", "refused", "not_collected", "erased"}

// String returns the status's stable name, such as "dont_know".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return "unknown"
}

// ParseStatus reads a status's stable name; ok is false for any other text.
func ParseStatus(name string) (status Status, ok bool) {
	i := slices.Index(statusNames[:], name)
	return Status(max(i, 0)), i >= 0
}

// Quality grades where an answer comes from; none is 0.
type Quality byte

// The grades of quality.
const (
	Audited    Quality = 'A' // audited or registered
	Documented Quality = 'D'
	Estimated  Quality = 'E' // the respondent's estimate
	Imputed    Quality = 'I' // at headquarters
)

// Valid tells whether the quality is none or one of the four grades.
func (q Quality) Valid() bool {
	return q == 0 || q == Audited || q == Documented || q == Estimated || q == Imputed
}

// Answer is a value with its status and quality.
type Answer struct {
	Value   Value
	Status  Status
	Quality Quality
}

// Blank tells whether nothing was said of the question: no value, and no reason for having none.
func (a Answer) Blank() bool { return a.Value.IsZero() && a.Status == Answered }

// Equal tells whether value, status and quality are the same.
func (a Answer) Equal(b Answer) bool {
	return a.Status == b.Status && a.Quality == b.Quality && a.Value.Equal(b.Value)
}
