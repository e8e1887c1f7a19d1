package xpath

import (
	"math"
	"testing"
)

// TestTableOfMeanings holds the table "What it must mean" of the questionnaires.
func TestTableOfMeanings(t *testing.T) {
	tree := parseTree(t, `<data>
		<blank/><no>false</no><three>3</three>
		<g><n>4</n><n/><n>6</n></g>
		<minus><n>-5</n><n/><n>-15</n></minus>
		<empty><n/><n/></empty>
		<words><n>1</n><n>many</n></words>
	</data>`)
	ctx := &Context{Node: find(t, tree, "/data"), Location: phoenix(t)}
	for _, c := range []struct{ about, source, want string }{
		{"a blank in arithmetic", "blank + 1", "NaN"},
		{"a blank in arithmetic", "coalesce(blank, 0) + 1", "1"},
		{"sum skips blanks", "sum(g/n)", "10"},
		{"sum of nothing", "sum(nowhere)", "0"},
		{"sum of words", "sum(words/n)", "NaN"},
		{"max skips blanks", "max(g/n)", "6"},
		{"min skips blanks", "min(g/n)", "4"},
		{"max of negatives", "max(minus/n)", "-5"},
		{"min of negatives", "min(minus/n)", "-15"},
		{"max of blanks only", "max(empty/n)", "NaN"},
		{"min of nothing", "min(nowhere)", "NaN"},
		{"max of arguments", "max(blank, 2, 1)", "2"},
		{"regex matches the whole", "regex('1234', '[0-9]{3}')", "false"},
		{"regex matches the whole", "regex('123', '[0-9]{3}')", "true"},
		{"regex: alternatives", "regex('ab', 'a|b')", "false"},
		{"a half is rounded upwards", "round(-1.5)", "-1"},
		{"a half is rounded upwards", "round(1.5)", "2"},
		{"a half is rounded upwards", "round(-2.5)", "-2"},
		{"decimal digits are rounded", "round(2.15, 1)", "2.2"},
		{"decimal digits are rounded", "round(-1.475, 2)", "-1.47"},
		{"hundreds are rounded", "round(626.3, -3)", "1000"},
		{"whole days", "number(date('2008-09-05'))", "14127"},
		{"whole days", "number('2008-09-05')", "14127"},
		{"whole days", "date('2026-03-01') - date('2026-02-01')", "28"},
		{"no zone", "date('2026-01-01T23:30:00+14:00')", "2026-01-01"},
		{"a date from a number", "date(14127)", "2008-09-05"},
		{"a date from a number", "date(1.9)", "1970-01-02"},
		{"a bad date is blank", "date('2026-02-30')", ""},
		{"a bad date is blank", "date('soon')", ""},
		{"a bad date is blank", "date-time('2026-13-01')", ""},
		{"a bad date is blank", "format-date('never', '%Y')", ""},
		{"equal within 1e-12", "0.1 + 0.2 = 0.3", "true"},
		{"equal within 1e-12", "0.1 + 0.2 != 0.3", "false"},
		{"not within 1e-12", "1 = 1.00000000001", "false"},
		{"no scientific notation", "int('1.1e6')", "NaN"},
		{"no scientific notation", "number('1e3')", "NaN"},
		{"a stored false", "boolean(no)", "true"},
		{"a stored false", "boolean('false')", "true"},
		{"a stored false", "boolean-from-string(no)", "false"},
		{"a blank question is false", "boolean(blank)", "false"},
		{"an answered one is true", "if(three, 'yes', 'no')", "yes"},
		{"selected-at counts from 0", "selected-at('a b c', 0)", "a"},
		{"substr counts from 0", "substr('abc', 0, 1)", "a"},
		{"position counts from 1", "position(g/n)", "1"},
		{"indexed-repeat counts from 1", "indexed-repeat(g/n, g/n, 1)", "4"},
		{"nothing chosen", "count-selected('')", "0"},
		{"a blank equals ''", "blank = ''", "true"},
		{"a path that finds nothing", "nowhere = ''", "false"},
	} {
		if got := evaluate(t, ctx, c.source).StringValue(); got != c.want {
			t.Errorf("%s: %s = %q, want %q", c.about, c.source, got, c.want)
		}
	}
}

func TestConversions(t *testing.T) {
	for _, c := range []struct {
		value Value
		text  string
		f     float64
		truth bool
	}{
		{Value{}, "", math.NaN(), false},
		{StringOf("false"), "false", math.NaN(), true},
		{StringOf(" 1.5 "), " 1.5 ", 1.5, true},
		{StringOf("-.5"), "-.5", -0.5, true},
		{StringOf("--5"), "--5", math.NaN(), true},
		{StringOf("0x10"), "0x10", math.NaN(), true},
		{StringOf("Infinity"), "Infinity", math.NaN(), true},
		{StringOf("2026-03-04"), "2026-03-04", 20516, true},
		{StringOf("1970-01-02T12:00:00Z"), "1970-01-02T12:00:00Z", 1.5, true},
		{NumberOf(0), "0", 0, false},
		{NumberOf(math.NaN()), "NaN", math.NaN(), false},
		{NumberOf(math.Inf(-1)), "-Infinity", math.Inf(-1), true},
		{NumberOf(1e20), "100000000000000000000", 1e20, true},
		{NumberOf(-1e-13), "0", -1e-13, false},
		{NumberOf(1.0 / 3), "0.3333333333333333", 1.0 / 3, true},
		{BooleanOf(true), "true", 1, true},
		{BooleanOf(false), "false", 0, false},
		{DateOf(0), "1970-01-01", 0, true},
		{DateOf(-1), "1969-12-31", -1, true},
		{NodesOf(), "", math.NaN(), false},
	} {
		if got := c.value.StringValue(); got != c.text {
			t.Errorf("%v: text %q, want %q", c.value, got, c.text)
		}
		if got := c.value.NumberValue(); got != c.f && !(math.IsNaN(got) && math.IsNaN(c.f)) {
			t.Errorf("%v: number %v, want %v", c.value, got, c.f)
		}
		if got := c.value.BoolValue(); got != c.truth {
			t.Errorf("%v: truth %t, want %t", c.value, got, c.truth)
		}
	}
}
