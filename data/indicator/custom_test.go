package indicator

import (
	"context"
	"strings"
	"testing"
)

func TestCustomIndicators(t *testing.T) {
	b := facts(t)
	for _, w := range []struct{ yaml, keys, value string }{
		{"{formula: sum, of: [persons_working]}", "2021", "90"},
		{"{formula: share, of: [employees_f], over: [employees_f, employees_m]}", "2021", "33.33"},
		{"{formula: ratio, of: [turnover], over: [persons_working], money: true}", "2021", "111.11"},
		{"{formula: mean, of: [persons_working]}", "2021", "30.00"},
		{"{formula: median, of: [turnover], over: [persons_working]}", "2021", "100.00"},
		{"{formula: median, of: [employees_f], over: [employees_f, employees_m], unit: '%'}", "2021", "40.00"},
		{"{formula: quartiles, of: [persons_working]}", "2021", "30.00"},
		{"{formula: count, of: [affiliated], codes: ['yes']}", "2021", "2"},
		{"{formula: share_of, of: [difficulties], codes: [law]}", "2021", "33.33"},
		{"{formula: answers, of: [difficulties]}", "2021/law", "33.33"},
		{"{formula: balance, of: [change_jobs], codes: ['5'], against: ['1']}", "2021", "0.00"},
	} {
		parsed, err := ParseCustom([]byte("{code: U1, name: {en: mine}, " + w.yaml[1:]))
		if err != nil {
			t.Fatalf("%s: %v", w.yaml, err)
		}
		ind, err := parsed[0].Indicator()
		if err != nil {
			t.Fatalf("%s: %v", w.yaml, err)
		}
		r, err := ComputeOf(context.Background(), b.table, ind, Query{})
		if err != nil {
			t.Fatalf("%s: %v", w.yaml, err)
		}
		equal(t, w.yaml, point(t, r, strings.Split(w.keys, "/")...).Value.String(), w.value)
		hidden, err := ComputeOf(context.Background(), b.table, ind, Query{Disclosure: true})
		if err != nil || !point(t, hidden, strings.Split(w.keys, "/")...).Hidden {
			t.Errorf("%s tells of three cooperatives", w.yaml)
		}
	}
}

func TestCustomIndicatorsRefused(t *testing.T) {
	for _, w := range []struct {
		c    Custom
		want string
	}{
		{Custom{Formula: "sum", Of: []string{"a"}}, "code:"},
		{Custom{Code: "I04", Formula: "sum", Of: []string{"a"}}, "of the catalogue"},
		{Custom{Code: "U", Formula: "total", Of: []string{"a"}}, "formula:"},
		{Custom{Code: "U", Formula: "sum", Name: Text{"en": "u"}}, "of:"},
		{Custom{Code: "U", Formula: "sum", Of: []string{"a"}}, "name:"},
		{Custom{Code: "U", Formula: "sum", Of: []string{"a", "b"}, Name: Text{"en": "u"}}, "reads one concept"},
		{Custom{Code: "U", Formula: "share", Of: []string{"a"}, Name: Text{"en": "u"}}, "over:"},
		{Custom{Code: "U", Formula: "sum", Of: []string{"a"}, Over: []string{"b"}, Name: Text{"en": "u"}}, "no denominator"},
		{Custom{Code: "U", Formula: "share_of", Of: []string{"a"}, Name: Text{"en": "u"}}, "codes:"},
		{Custom{Code: "U", Formula: "balance", Of: []string{"a"}, Codes: []string{"1"}, Name: Text{"en": "u"}}, "against:"},
	} {
		if _, err := w.c.Indicator(); err == nil || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%+v: %v, want %q", w.c, err, w.want)
		}
	}
}

func FuzzParseCustom(f *testing.F) {
	f.Add("code: U1\nname: {en: Joined}\nformula: sum\nof: [members_joined]\n---\ncode: U2\nname: {en: x}\nformula: share\nof: [a]\nover: [a, b]\n")
	f.Add("formula: [")
	f.Add("code: U1\nformulas: sum")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := ParseCustom([]byte(text))
		for _, c := range all {
			if _, again := c.Indicator(); err == nil && again != nil {
				t.Errorf("%q is accepted and then refused: %v", text, again)
			}
		}
	})
}
