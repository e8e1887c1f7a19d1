package xpath

import (
	"strings"
	"testing"
	"time"
)

// functionContext is a context with everything, over a small document.
func functionContext(t testing.TB) *Context {
	tree := parseTree(t, `<data id="d">
		<chosen>rice maize beans</chosen>
		<when>2026-03-04T23:05:06.789+01:00</when>
		<day>2026-03-04</day>
		<votes><share>10</share></votes>
		<votes><share>20</share></votes>
		<votes><share>70</share></votes>
		<point>0 0 0 0</point><point>0 1 0 0</point>
		<list><i>a</i><i>b</i><i>c</i><i>d</i><i>e</i></list>
	</data>`)
	return &Context{
		Node: find(t, tree, "/data"), Location: phoenix(t),
		Now:    func() time.Time { return time.Date(2026, 3, 5, 2, 0, 0, 0, time.UTC) },
		Random: func() float64 { return 0.25 },
		UUID:   func() string { return "0190163d-8694-739b-aea5-966c26f8ad91" },
		Instance: func(id string) (Node, bool) {
			return tree, id == "here"
		},
	}
}

func TestFunctions(t *testing.T) {
	ctx := functionContext(t)
	for source, want := range map[string]string{
		"true()": "true", "false()": "false", "not('')": "true", "boolean(0)": "false",
		"boolean-from-string('1')": "true", "boolean-from-string('yes')": "false",
		"if(0, 1 div nothing(), 'other')": "other", "coalesce('', 'x')": "x", "coalesce(0, 'x')": "0",
		"depend(5, 6)": "5", "string(1 = 1)": "true", "string()": evaluate(t, ctx, "string(.)").StringValue(),
		"concat('a', 1, true())": "a1true", "concat(list/i)": "abcde", "join('-', list/i, 'z')": "a-b-c-d-e-z", "join('-')": "",
		"substr('hello', 1, 3)": "el", "substr('hello', -3)": "llo", "substr('hello', 4, 2)": "", "substr('héllo', 1, 2)": "é",
		"substring('12345', 2, 3)": "234", "substring('12345', 1.5, 2.6)": "234", "substring('12345', 0, 3)": "12",
		"substring-before('2026-03', '-')": "2026", "substring-after('2026-03', '-')": "03", "substring-after('a', 'x')": "",
		"contains('abc', 'b')": "true", "starts-with('abc', 'ab')": "true", "ends-with('abc', 'bc')": "true",
		"string-length('été')": "3", "normalize-space('  a \n b ')": "a b", "translate('bar', 'abc', 'AB')": "BAr", "translate('cab', 'c', '')": "ab",
		"regex('a1', concat('[a-z]', '[0-9]'))": "true",
		"number('12')":                          "12", "number(true())": "1", "int(-1.9)": "-1", "int('7.9')": "7", "floor(-1.5)": "-2", "ceiling(1.2)": "2",
		"abs(-3)": "3", "pow(2, 10)": "1024", "exp(0)": "1", "exp10(2)": "100", "log(1)": "0", "log10(1000)": "3", "sqrt(9)": "3",
		"sin(0)": "0", "cos(0)": "1", "tan(0)": "0", "asin(0)": "0", "acos(1)": "0", "atan(0)": "0", "atan2(0, 1)": "0", "floor(pi() * 100)": "314",
		"round(12.345, 1)": "12.3", "round(1, 99)": "NaN", "round(1 div 0)": "Infinity", "round('')": "NaN", "round(15, -1)": "20",
		"sum(votes/share)": "100", "max(votes/share)": "70", "min(3, 1, 2)": "1", "count(votes)": "3", "count-non-empty(list/i | nowhere)": "5",
		"today()": "2026-03-04", "now()": "2026-03-04T19:00:00.000-07:00", "today() = '2026-03-04'": "true", "today() > date('2026-03-03')": "true",
		"date(when)": "2026-03-04", "date-time(when)": "2026-03-04T15:05:06.789-07:00", "date(now())": "2026-03-04",
		"decimal-date-time('1970-01-02T12:00:00Z')": "1.5", "decimal-date-time(day)": "20516", "decimal-date-time('x')": "NaN",
		"decimal-time('12:00')": "0.5", "decimal-time('12:00:00Z')": "0.20833333333333334", "decimal-time(2.25)": "0.25",
		"decimal-time(date-time('1970-01-02T06:00:00'))": "0.25", "decimal-time(day)": "0",
		"format-date(day, '%d/%m/%Y %e %n %y %b %B %a %A %%')": "04/03/2026 4 3 26 Mar March Wed Wednesday %",
		"format-date-time(when, '%H:%M:%S.%3 %h')":             "15:05:06.789 15",
		"format-date('2026-03-04T09:00:00', '%H')":             "09",
		"format-date(0, '%Y-%m-%d')":                           "1969-12-31",
		"format-date(date(0), '%Y-%m-%d W%W')":                 "1970-01-01 W1",
		"position(votes[2])":                                   "2", "position(votes[3]/share)": "1", "position()": "1", "last()": "1",
		"votes[last()]/share": "70", "votes[position() = 2]/share": "20", "votes[share > 15][1]/share": "20", "(votes/share)[3]": "70",
		"name()": "data", "name(nowhere)": "", "local-name(@id)": "id", "namespace-uri()": "", "count(id('d'))": "1", "lang('en')": "false",
		"count(instance('here')/data/votes)": "3", "current()/day": "2026-03-04", "count(votes[share > current()/votes[1]/share])": "2",
		"selected(chosen, 'maize')": "true", "selected(chosen, 'mai')": "false", "is-selected('a', ' a ')": "true", "selected('a', '')": "false",
		"selected-at(chosen, 2)": "beans", "selected-at(chosen, 3)": "", "selected-at(chosen, -1)": "", "count-selected(chosen)": "3",
		"checklist(1, 2, 1, 0, 1)": "true", "checklist(3, -1, 1, 0, 1)": "false", "weighted-checklist(4, 6, 1, 5, 0, 9)": "true",
		"weighted-checklist(100, 100, votes, votes/share)": "true",
		"distance(point)": "111318.85", "distance('0 0', '0 1')": "111318.85", "distance('0 0;0 x')": "0", "distance('')": "0",
		"area('0 0;0 1;1 1;1 0')": "12391256135.81", "enclosed-area('0 0;1 1')": "0", "area('91 0;0 1;1 1')": "0",
		"geofence('0.5 0.5', '0 0;0 1;1 1;1 0')": "true", "geofence('', '0 0;0 1;1 1')": "false",
		"digest('abc', 'MD5', 'hex')": "900150983cd24fb0d6963f7d28e17f72", "digest('abc', 'SHA-1', 'hex')": "a9993e364706816aba3e25717850c26c9cd0d89d",
		"digest('abc', 'SHA-256')":                      "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
		"substr(digest('abc', 'SHA-384', 'hex'), 0, 8)": "cb00753f",
		"substr(digest('abc', 'SHA-512', 'hex'), 0, 8)": "ddaf35a1",
		"base64-decode('SGVsbG8=')":                     "Hello", "base64-decode('SGVs bG8')": "Hello", "base64-decode('!')": "",
		"random()": "0.25", "uuid()": "0190163d-8694-739b-aea5-966c26f8ad91", "uuid(6)": "019016", "string-length(uuid(40))": "40",
		"count(randomize(list/i))": "5",
	} {
		if got := evaluate(t, ctx, source).StringValue(); got != want {
			t.Errorf("%s = %q, want %q", source, got, want)
		}
	}
}

func TestFunctionErrors(t *testing.T) {
	empty := &Context{}
	full := functionContext(t)
	for _, c := range []struct {
		ctx             *Context
		source, message string
	}{
		{empty, "now()", "no clock"},
		{empty, "today()", "no clock"},
		{empty, "random()", "random numbers"},
		{empty, "uuid()", "UUIDs"},
		{empty, "${a}", "${a} is not known here"},
		{empty, "instance('x')", `no list or instance called "x"`},
		{empty, "nothing(1)", "no function nothing()"},
		{empty, "if(1, 2)", "if() takes 3 arguments, not 2"},
		{empty, "join()", "join() takes at least 1 arguments, not 0"},
		{empty, "substr('a')", "substr() takes 2 to 3 arguments, not 1"},
		{empty, "not()", "not() takes 1 argument, not 0"},
		{empty, "'a' | 'b'", "must be paths"},
		{empty, "'a'/b", "is not a node"},
		{empty, "('a')[1]", "is not a node"},
		{empty, "count('a')", "needs a path"},
		{full, "randomize(list/i) and randomize('a')", "needs a path"},
		{empty, "regex('a', concat('(', ''))", "cannot be run"},
		{empty, "digest('a', 'CRC')", "SHA-512, not"},
		{empty, "digest('a', 'MD5', 'binary')", "base64 or hex"},
		{full, "format-date(day, '%')", "ends with %"},
		{full, "format-date(day, '%Q')", "%Q, which is not"},
		{empty, "weighted-checklist(1, 2, 3)", "a weight after every factor"},
		{full, "weighted-checklist(1, 2, votes, 3)", "as many weights"},
		{full, "indexed-repeat(votes, votes, 1, votes)", "pairs"},
	} {
		_, err := mustParse(t, c.source).Eval(c.ctx)
		if err == nil || !strings.Contains(err.Error(), c.message) || !strings.Contains(err.Error(), "cannot evaluate") {
			t.Errorf("%s: %v, want …%s…", c.source, err, c.message)
		}
	}
}

// TestRandomizeIsTheSameEverywhere holds the order that the XForms specification's
// generator gives; a questionnaire shows choices in one order on every device.
func TestRandomizeIsTheSameEverywhere(t *testing.T) {
	next := parkMiller(42)
	// The generator's first states from 42: 705894, 1126542223, 1579310009.
	for _, state := range []float64{705894, 1126542223, 1579310009} {
		if got, want := next(), (state-1)/2147483646; got != want {
			t.Errorf("the generator gave %v, want %v", got, want)
		}
	}
	ctx := functionContext(t)
	same := evaluate(t, ctx, "join(' ', randomize(list/i, 42))").StringValue()
	if again := evaluate(t, ctx, "join(' ', randomize(list/i, '42.9'))").StringValue(); again != same {
		t.Errorf("the same seed gave %q and %q", same, again)
	}
	if text := evaluate(t, ctx, "join(' ', randomize(list/i, 'seed'))").StringValue(); len(text) != len(same) {
		t.Errorf("a text as seed gave %q", text)
	}
}

func TestWordsOfDates(t *testing.T) {
	ctx := functionContext(t)
	french := english
	french.Months[2], french.ShortDays[3] = "mars", "mer."
	ctx.DateNames = &french
	if got := evaluate(t, ctx, "format-date(day, '%a %e %B')").StringValue(); got != "mer. 4 mars" {
		t.Errorf("got %q", got)
	}
}
