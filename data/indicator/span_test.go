package indicator

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSpansAreReadAndWritten(t *testing.T) {
	for _, c := range []struct {
		text, written string
		from, to      int
		years         []int
	}{
		{"", "", 0, 0, nil},
		{"2011-2016", "2011-2016", 2011, 2016, nil},
		{" 2011 ", "2011", 2011, 2011, nil},
		{"2016, 2011,2013,2011", "2011,2013,2016", 0, 0, []int{2011, 2013, 2016}},
	} {
		got, err := ParseSpan(c.text)
		if err != nil || got.From != c.from || got.To != c.to || !slices.Equal(got.Years, c.years) || got.String() != c.written {
			t.Errorf("%q gives %+v, written %q: %v", c.text, got, got, err)
		}
	}
	for _, text := range []string{"2016-2011", "11-16", "2011,", "2011-2013,2016", "2011-", "-2011", "twenty", "02011", "2011;2012", "+2011"} {
		if got, err := ParseSpan(text); !errors.Is(err, ErrSpan) {
			t.Errorf("%q gives %+v, %v", text, got, err)
		}
	}
}

// A span within another one covers the years that both cover.
func TestSpansWithinOneAnother(t *testing.T) {
	year := rapid.IntRange(2010, 2020)
	span := rapid.Custom(func(t *rapid.T) Span {
		if rapid.Bool().Draw(t, "chosen") {
			years := rapid.SliceOfNDistinct(year, 0, 5, rapid.ID[int]).Draw(t, "years")
			slices.Sort(years)
			return Span{Years: append([]int{}, years...)}
		}
		return Span{From: year.Draw(t, "from"), To: rapid.OneOf(rapid.Just(0), year).Draw(t, "to")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, y := span.Draw(t, "a"), span.Draw(t, "b"), year.Draw(t, "y")
		if got := a.Within(b).Covers(y); got != (a.Covers(y) && b.Covers(y)) {
			t.Fatalf("%+v within %+v is %+v, which covers %d: %v", a, b, a.Within(b), y, got)
		}
	})
}

func FuzzParseSpan(f *testing.F) {
	for _, text := range []string{"", "2011", "2011-2016", "2011,2013", "2011,,", "9999-0000"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		span, err := ParseSpan(text)
		if err != nil {
			return
		}
		if again, err := ParseSpan(span.String()); err != nil || again.String() != span.String() {
			t.Errorf("%q is written %q, which gives %+v, %v", text, span, again, err)
		}
	})
}
