package form_test

import (
	"slices"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// lintHead are questions that the rows under test read.
const lintHead = `| survey | |
| | type | name | label | relevant | calculation | constraint | default | trigger | core | personal | check | check_message | soft | decimals |
| | integer | a | A | | | | | | | | | | | |
| | integer | b | B | | | . >= 0 | | | | | | | | |
| | decimal | d | D | | | | | | | | | | | |
| | decimal | p | P | | | . > 0 and . < 9 | | | | | | | | |
| | integer | z | Z | | | | 0 | | | | | | | |
| | date | day | Day | | | | | | | | | | | |
| | text | t | T | | | | | | | | | | | |
| | calculate | safe | | | coalesce(${a}, 0) | | | | | | | | | |
| | calculate | half | | | ${p} div 2 | | | | | | | | | |
| | begin_repeat | r | R | | | | | | | | | | | |
| | integer | x | X | | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | | |
`

// lintRules gives the rules that a row under lintHead falls under.
func lintRules(row string) string {
	var out []string
	for _, f := range form.Lint(xlsform.Markdown("l.md", lintHead+row+"\n")) {
		if f.Row > 14 {
			out = append(out, f.Column+" "+f.Rule)
		}
	}
	return strings.Join(out, ", ")
}

func TestLintExpressions(t *testing.T) {
	for calculation, want := range map[string]string{
		"${a} + 1":                              "blank-arithmetic",
		"1 - ${t}":                              "blank-arithmetic",
		"coalesce(${a} + ${b}, 0)":              "blank-arithmetic", // Enketo's coalesce lets NaN through
		"coalesce(${a}, 0) + coalesce(${b}, 0)": "",
		"if(${a} != '', ${a} + 1, '')":          "",
		"if(${a} > ${b}, ${a} - ${b}, 0)":       "",
		"if(${a} + 1 > 2, 'x', 'y')":            "", // a comparison stores no NaN
		"${z} + 1":                              "", // begins as 0
		"${safe} * 2":                           "",
		"concat('x', ${a})":                     "",
		"concat('x', ${a} * 2)":                 "blank-arithmetic",
		"count(${r}) + 1":                       "",
		"pulldata('l', 'n', 'name', ${t}) * 2":  "blank-arithmetic",
		"sum(${x})":                             "blank-aggregate",
		"sum(${x}[. != ''])":                    "",
		"sum(/data/r/x)":                        "blank-aggregate",
		"max(${a}, 0)":                          "blank-aggregate",
		"max(coalesce(${a}, 0), 1)":             "",
		"min(${safe}, ${z})":                    "",
		"regex(${t}, '[a-z]+')":                 "regex-part",
		"regex(${t}, '^[a-z]+$')":               "",
		"regex(${t}, '^a|b$')":                  "regex-part",
		"regex(${t}, '^(a|b)$')":                "",
		"regex(${t}, '^[a|b]$')":                "",
		`regex(${t}, '^a\$')`:                   "regex-part",
		"regex(${t}, ${t})":                     "regex-part",
		"round(${d}, 0)":                        "round-half",
		"round(${p}, 0)":                        "",
		"round(${a}, 0)":                        "",
		"round(${half}, 1)":                     "",
		"round(-1.5, 0)":                        "round-half",
		"if(${p} = '', '', round(${p} - 5, 0))": "round-half",
		"if(${day} = '', '', ${day} + 1)":       "date-number",
		"number(${day})":                        "date-number",
		"int(decimal-date-time(${day}))":        "",
		"today() - date('2026-01-01')":          "not-once, date-number",
		"date('2026-13-01')":                    "bad-date",
		"date('2026-12-01')":                    "",
		"date(${t})":                            "bad-date",
		"date-time(${day})":                     "",
		"${p} div 3 = 0.1":                      "equal-fractions",
		"${a} = 0.1":                            "",
		"coalesce(${d}, 0) * 3 != ${p}":         "equal-fractions",
		"${a} + ${b} = 3":                       "",
		"int('1.1e6')":                          "exponent",
		"number(${t})":                          "exponent",
		"int(${a})":                             "",
		"now()":                                 "not-once",
		"once(now())":                           "",
		"concat(uuid(), random())":              "not-once, not-once",
		"status(${a})":                          "status",
		"if(status(${a}) = 'refused', 1, 0)":    "status",
		"${a} + (":                              "", // an error, which Compile names
		"${nobody} + 1":                         "blank-arithmetic",
	} {
		var rules []string
		for _, rule := range strings.Split(lintRules("| | calculate | c | | | "+strings.ReplaceAll(calculation, "|", `\|`)+" | | | | | | | | | |"), ", ") {
			rules = append(rules, strings.TrimPrefix(rule, "calculation "))
		}
		slices.Sort(rules)
		wanted := strings.Split(want, ", ")
		slices.Sort(wanted)
		if !slices.Equal(rules, wanted) {
			t.Errorf("%s: %q, want %q", calculation, rules, wanted)
		}
	}
}

func TestLintRows(t *testing.T) {
	for row, want := range map[string]string{
		"| | integer | q | Q | ${a} + 1 > 2 | | | | | | | | | | |":                                              "", // NaN is in no way greater
		"| | integer | q | Q | max(${a}, ${b}) > 2 | | | | | | | | | | |":                                       "relevant blank-aggregate, relevant blank-aggregate",
		"| | date | q | Q | | | . <= today() | | | | | | | | |":                                                 "",
		"| | text | q | Q | | | regex(., 'x') | | | | | | | | |":                                                "constraint regex-part",
		"| | text | q | Q | | | once(.) = 1 | | | | | | | | |":                                                  "constraint once-elsewhere",
		"| | date | q | Q | | today() | | | ${a} | | | | | | |":                                                 "", // filled in once
		"| | date | q | Q | | | | today() | | | | | | | |":                                                      "", // a default
		"| | integer | q | Q | | | . > 1 | | | | | | | yes | |":                                                 "constraint soft-constraint",
		"| | integer | q | Q | | | . > 1 | | | | | . > 2 | Large? | | |":                                        "check check",
		"| | integer | q | Q | | | | | | O | yes | | | | |":                                                     "core core, personal personal",
		"| | integer | q | Q | | | | | | R | | | | | |":                                                         "",
		"| | decimal | q | Q | | | | | | | | | | | 1 |":                                                         "decimals decimals",
		"| | select_one_from_file coop | q | Q | | | | | | | | | | | |":                                         "type register",
		"| | note | q | Q | | | | | | | | | | | |\n| settings | |\n| | instance_name |\n| | regex(${t}, 'a') |": "instance_name regex-part",
	} {
		if got := lintRules(row); got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
}

// What may be blank is named, however deep it stands.
func TestLintNamesTheBlank(t *testing.T) {
	for _, f := range form.Lint(xlsform.Markdown("l.md", lintHead+"| | calculate | c | | | ${z} + 2 * (1 - ${a}) | | | | | | | | | |\n")) {
		if f.Row > 14 && f.Rule == "blank-arithmetic" && f.Detail != "${a} may be blank" {
			t.Error(f)
		}
	}
}

// A finding says where, what each program does, and what to do.
func TestFindingIsOneSentenceForEachProgram(t *testing.T) {
	findings := form.Lint(xlsform.Markdown("l.md", "| survey | |\n| | type | name | label | calculation |\n| | integer | a | A | |\n| | calculate | c | | ${a} * 2 |\n"))
	want := `survey row 4, calculation (c): ${a} may be blank: Collect stores a blank; Enketo stores the text "NaN"; Coopatlas stores a blank. Write coalesce(x, 0) around what may be blank, or if(x != '', …, '') around the whole. [blank-arithmetic]`
	if len(findings) != 1 || findings[0].String() != want {
		t.Errorf("%v", findings)
	}
	for _, rule := range form.LintRules() {
		if strings.TrimSpace(rule) == "" {
			t.Error("a rule without a name")
		}
	}
}
