package indicator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrSpan is wrapped where years are not written as [ParseSpan] reads them.
var ErrSpan = errors.New("the years cannot be read")

// Span is the years that are spoken of. Its zero value is all there are.
type Span struct {
	From, To int   // the first and the last, 0 for those there are
	Years    []int // these only, in ascending order; nil for all from From to To
}

// ParseSpan reads "2011-2016", "2011", "2011,2013,2016", or nothing for all
// years. Years with commas come once each and in order. The error wraps
// [ErrSpan].
func ParseSpan(text string) (Span, error) {
	wrong := fmt.Errorf("%w: %q is neither of the form 2011-2016 nor of the form 2011,2013,2016", ErrSpan, text)
	if text = strings.TrimSpace(text); text == "" {
		return Span{}, nil
	}
	if strings.Contains(text, ",") {
		var out Span
		for _, one := range strings.Split(text, ",") {
			year, ok := parseYear(one)
			if !ok {
				return Span{}, wrong
			}
			out.Years = append(out.Years, year)
		}
		slices.Sort(out.Years)
		out.Years = slices.Compact(out.Years)
		return out, nil
	}
	first, last, found := strings.Cut(text, "-")
	if !found {
		last = first
	}
	from, ok1 := parseYear(first)
	to, ok2 := parseYear(last)
	if !ok1 || !ok2 || from > to {
		return Span{}, wrong
	}
	return Span{From: from, To: to}, nil
}

// parseYear reads a year of four digits.
func parseYear(text string) (int, bool) {
	text = strings.TrimSpace(text)
	year, err := strconv.ParseUint(text, 10, 16)
	return int(year), err == nil && len(text) == 4 && year >= 1000
}

// String writes a span as [ParseSpan] reads it. Of one whose first or last year
// is open only what is chosen can be written.
func (s Span) String() string {
	switch {
	case len(s.Years) == 1:
		return strconv.Itoa(s.Years[0])
	case len(s.Years) > 1:
		var out []string
		for _, year := range s.Years {
			out = append(out, strconv.Itoa(year))
		}
		return strings.Join(out, ",")
	case s.From == 0 || s.To == 0:
		return ""
	case s.From == s.To:
		return strconv.Itoa(s.From)
	}
	return fmt.Sprintf("%d-%d", s.From, s.To)
}

// Of gives a query the years of the span.
func (s Span) Of(q Query) Query {
	q.From, q.To, q.Years = s.From, s.To, s.Years
	return q
}

// Covers says whether a year is among those of the span.
func (s Span) Covers(year int) bool {
	return (s.From == 0 || year >= s.From) && (s.To == 0 || year <= s.To) && (s.Years == nil || slices.Contains(s.Years, year))
}

// Within keeps a span to the years of another one. Where nothing is left, years
// are chosen and there are none of them.
func (s Span) Within(o Span) Span {
	out := Span{From: max(s.From, o.From), To: s.To, Years: s.Years}
	if o.To != 0 && (out.To == 0 || out.To > o.To) {
		out.To = o.To
	}
	if o.Years == nil {
		return out
	}
	if out.Years == nil {
		out.Years = o.Years
	}
	out.Years = slices.DeleteFunc(slices.Clone(out.Years), func(year int) bool { return !slices.Contains(o.Years, year) })
	if out.Years == nil {
		out.Years = []int{}
	}
	return out
}
