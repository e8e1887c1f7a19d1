package form_test

import (
	"slices"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// table makes Markdown of a header and rows below a sheet's name.
func table(sheet, header string, rows ...string) string {
	lines := []string{"| " + sheet + " | |", "| | " + header + " |"}
	for _, row := range rows {
		lines = append(lines, "| | "+row+" |")
	}
	return strings.Join(lines, "\n") + "\n"
}

func compile(markdown string) (*form.Form, []form.Problem) {
	return form.Compile(xlsform.Markdown("test.md", markdown))
}

func TestProblems(t *testing.T) {
	const header = "type | name | label | relevant | constraint | calculation | choice_filter | trigger | parameters | appearance | personal | core | concept | decimals | default"
	choices := table("choices", "list_name | name | label", "c | a | A", "c | b | B")
	for name, c := range map[string]struct {
		rows  string // apart by "/"
		want  string // part of the message; "" for none
		where string // column
	}{
		"all well":             {"text | a | A / select_one c | b | B | ${a} = 1", "", ""},
		"duplicate":            {"text | a | A / text | a | B / select_one c | z | Z", "has the name a in row 3 already", "name"},
		"duplicate by case":    {"text | a | A / text | A | B / select_one c | z | Z", "differs from a in row 3 only in capitals", "name"},
		"bad name":             {"text | 1a | A / select_one c | z | Z", "cannot be a name", "name"},
		"no name":              {"text | | A / select_one c | z | Z", "has no name", "name"},
		"no type":              {" | a | A / select_one c | z | Z", "a has no type", "type"},
		"unknown type":         {"txet | a | A / select_one c | z | Z", "no type of question", "type"},
		"no label":             {"text | a | / select_one c | z | Z", "no label and no hint", "label"},
		"unknown list":         {"select_one d | a | A / select_one c | z | Z", `list "d"`, "type"},
		"no list":              {"select_one | a | A / select_one c | z | Z", "does not say which list", "type"},
		"unknown name":         {"text | a | A | ${nope} = 1 / select_one c | z | Z", "${nope} names no question", "relevant"},
		"wrong capitals":       {"text | a | A / text | b | B | ${A} = 1 / select_one c | z | Z", "there is ${a}", "relevant"},
		"unknown path":         {"text | a | A | ../nope = 1 / select_one c | z | Z", "/data/nope names no question", "relevant"},
		"syntax":               {"text | a | A | 1 + / select_one c | z | Z", "cannot be read", "relevant"},
		"unknown function":     {"text | a | A | foo(1) / select_one c | z | Z", "foo", "relevant"},
		"circle":               {"calculate | a | | | | ${b} / calculate | b | | | | ${a} / select_one c | z | Z", "a → b → a", ""},
		"circle by relevance":  {"text | a | A | ${b} = 1 / text | b | B | ${a} = 1 / select_one c | z | Z", "a → b → a", ""},
		"circle by group":      {"begin_group | g | G | ${a} = 1 / text | a | A / end_group / select_one c | z | Z", "g → g/a → g", ""},
		"once is no circle":    {"calculate | a | | | | once(random()) / select_one c | z | Z", "", ""},
		"personal leak":        {"text | a | A | | | | | | | | yes / calculate | b | | | | ${a} / select_one c | z | Z", "reads the personal question a", "calculation"},
		"personal leak, label": {"text | a | A | | | | | | | | yes / note | b | Hello ${a} / select_one c | z | Z", "reads the personal question a", "label"},
		"personal marked":      {"text | a | A | | | | | | | | yes / calculate | b | | | | ${a} | | | | | yes / select_one c | z | Z", "", ""},
		"personal relevance":   {"text | a | A | | | | | | | | yes / text | b | B | ${a} != '' / select_one c | z | Z", "", ""},
		"open group":           {"begin_group | g | G / text | a | A / select_one c | z | Z", "is never ended", "type"},
		"end of nothing":       {"text | a | A / end_group / select_one c | z | Z", "never begun", "type"},
		"wrong end":            {"begin_repeat | g | G / text | a | A / end_group / select_one c | z | Z", "write end_repeat", "type"},
		"loop":                 {"begin loop over c | g | G / select_one c | z | Z", "loop is not taken", "type"},
		"external select":      {"select_one_external x | g | G / select_one c | z | Z", "use select_one_from_file", "type"},
		"osm":                  {"osm x | g | G / select_one c | z | Z", "osm is not taken", "type"},
		"search":               {"select_one c | z | Z | | | | | | | search('x')", "search() is not taken", "appearance"},
		"unknown appearance":   {"select_one c | z | Z | | | | | | | sparkling", "sparkling", "appearance"},
		"bad trigger":          {"select_one c | z | Z / text | a | A | | | now() | | z", "write ${question}", "trigger"},
		"hidden trigger":       {"select_one c | z | Z / calculate | a | | | | 1 / text | b | B | | | now() | | ${a}", "is not shown", "trigger"},
		"bad parameter":        {"range | r | R | | | | | | step=x / select_one c | z | Z", "must be a number", "parameters"},
		"no parameter":         {"range | r | R | | | | | | fast / select_one c | z | Z", "name=value", "parameters"},
		"bad core":             {"text | a | A | | | | | | | | | X / select_one c | z | Z", "no length", "core"},
		"concept twice":        {"text | a | A | | | | | | | | | | m / text | b | B | | | | | | | | | | m / select_one c | z | Z", "the concept m is fed by a", "concept"},
		"integer decimals":     {"integer | a | A | | | | | | | | | | | 2 / select_one c | z | Z", "make it a decimal", "decimals"},
		"no calculation":       {"calculate | a | / select_one c | z | Z", "without a calculation", "calculation"},
		"bad filter column":    {"select_one c | z | Z | | | | region = 1", "has no column", "choice_filter"},
		"bad default":          {"integer | a | A | | | | | | | | | | | | ${nope} / select_one c | z | Z", "names no question", "default"},
	} {
		rows := strings.Split(c.rows, " / ")
		f, problems := compile(table("survey", header, rows...) + choices)
		switch {
		case c.want == "" && (len(problems) > 0 || f == nil):
			t.Errorf("%s: %v", name, problems)
		case c.want != "" && !slices.ContainsFunc(problems, func(p form.Problem) bool {
			return strings.Contains(p.Message, c.want) && p.Column == c.where && p.Row > 0
		}):
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestAllProblemsInOnePass(t *testing.T) {
	f, problems := compile(table("survey", "type | name | label | relevant", "text | a | | ", "txet | b | B | ", "text | c | C | ${d} = ", "text | e | E | ${x}"))
	if f != nil || len(form.Errors(problems)) != 4 {
		t.Errorf("%v", problems)
	}
	for _, p := range problems {
		if p.Sheet != "survey" || p.Row < 3 || !strings.HasPrefix(p.String(), "error: survey row ") {
			t.Errorf("%v", p)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	survey := table("survey", "type | name | label | personal", "text | a | A | yes")
	if f, problems := compile(survey + table("settings", "instance_name", "${a}")); f != nil || problems[0].Sheet != "settings" {
		t.Errorf("a personal name: %v", problems)
	}
	f, problems := compile(survey + table("settings", "form_id | version | instance_name | personal", "person | 3 | ${a} | yes"))
	if f == nil || !f.NamePersonal || f.ID != "person" || f.Version != "3" {
		t.Errorf("%v", problems)
	}
	if f, _ := compile(survey + table("settings", "sms_keyword", "x")); f != nil {
		t.Error("answers by SMS are taken")
	}
}

func TestLanguagesAndTexts(t *testing.T) {
	f, problems := compile(table("survey", "type | name | label::English (en) | label::Français (fr) | hint", "text | a | Name | Nom | short", "text | b | Place | |"))
	if f == nil || !slices.Equal(f.Languages, []string{"en", "fr"}) || f.DefaultLanguage != "en" {
		t.Fatalf("%v", problems)
	}
	a, _ := f.Question("a")
	if a.Label.In("fr", "en") != "Nom" || a.Label.In("de", "en") != "Name" || a.Hint["en"] != "short" {
		t.Errorf("%+v", a)
	}
	if !slices.ContainsFunc(problems, func(p form.Problem) bool { return p.Row == 4 && p.Message == "b has no label in fr; add it" }) {
		t.Errorf("a missing label: %v", problems)
	}
	if got := (form.Text{"it": "Nome"}).In("fr", "en"); got != "Nome" {
		t.Errorf("any language will do: %q", got)
	}
}

func TestOurColumns(t *testing.T) {
	f, problems := compile(table("survey",
		"type | name | label | core | list | unit | concept | decimals | code | colour | calculation",
		"begin_group | g | G | O | | | | | M9 | |",
		"decimal | turnover | Turnover | | 2 | currency | turnover | | M9.02 | red |",
		"integer | staff | Staff | R | 1 | persons | staff | | | |",
		"end_group",
		"calculate | rate | | | | % | rate | 1 | | | ${turnover} div ${staff}"))
	if f == nil || len(problems) > 0 {
		t.Fatal(problems)
	}
	turnover, _ := f.Question("g/turnover")
	staff, _ := f.ByConcept("staff")
	rate, _ := f.Question("rate")
	switch {
	case !turnover.Money() || turnover.Core != form.Optional || turnover.Decimals != 2 || turnover.Code != "M9.02" || turnover.Extra["colour"] != "red":
		t.Errorf("%+v", turnover)
	case staff.Core != form.Required || staff.Decimals != 0 || staff.Path != "g/staff":
		t.Errorf("%+v", staff)
	case rate.Storage() != form.StoreNumber || rate.Decimals != 1 || rate.Asked():
		t.Errorf("%+v", rate)
	}
	if columns := f.ListColumns(); len(columns) != 2 || columns[0] != staff {
		t.Errorf("%v", columns)
	}
	if _, found := f.ByConcept(""); found {
		t.Error("no concept is a concept")
	}
}

func TestDependents(t *testing.T) {
	f, problems := compile(table("survey", "type | name | label | relevant | calculation | constraint",
		"integer | a | A", "calculate | c | | | ${b} + 1", "calculate | b | | | ${a} + 1", "text | d | D ${a} | ${c} > 1 | | . != ${a}"))
	if f == nil {
		t.Fatal(problems)
	}
	want := []form.Dependent{{Path: "b", Role: form.RoleCalculation}, {Path: "d", Role: form.RoleCheck}, {Path: "d", Role: form.RoleLabel}}
	if got := f.Dependents("a"); !slices.Equal(got, want) {
		t.Errorf("dependents of a: %v", got)
	}
	if !(f.Rank("a") < f.Rank("b") && f.Rank("b") < f.Rank("c") && f.Rank("c") < f.Rank("d")) {
		t.Errorf("the order is %d %d %d %d", f.Rank("a"), f.Rank("b"), f.Rank("c"), f.Rank("d"))
	}
	if d, _ := f.Question("d"); f.Template(d.Label["default"]) == nil || len(f.Template(d.Label["default"]).Parts) != 2 {
		t.Error("the label has no template")
	}
}

func TestSelects(t *testing.T) {
	f, problems := compile(table("survey", "type | name | label",
		"select one c | a | A", "select_multiple c or_other | b | B", "select_one_from_file cooperative | k | K", "select_multiple_from_file x.csv | x | X",
		"rank c | r | R", "begin_repeat | rep | R", "text | who | Who", "end_repeat", "select_one ${who} | w | W", "add select one prompt using c | z | Z",
		"select all that apply from c | m | M") +
		table("choices", "list_name | name | label | region", "c | p | P | n", "c | q | Q | s"))
	if f == nil || len(problems) > 0 {
		t.Fatal(problems)
	}
	find := func(path string) *form.Question {
		q, ok := f.Question(path)
		if !ok {
			t.Fatalf("no %s", path)
		}
		return q
	}
	switch {
	case find("a").Type != form.TypeSelectOne || find("a").List != "c":
		t.Errorf("%+v", find("a"))
	case !find("b").OrOther || find("b_other").Relevant == nil:
		t.Errorf("%+v", find("b"))
	case find("k").Kind != "cooperative" || find("x").File != "x.csv" || find("x").Storage() != form.StoreList:
		t.Errorf("%+v %+v", find("k"), find("x"))
	case find("w").ItemsFrom == nil || find("z").List != "c" || find("m").Type != form.TypeSelectMultiple || find("r").Type != form.TypeRank:
		t.Error("other selects")
	}
	if !slices.Equal(f.Kinds(), []string{"cooperative"}) || f.Instances["cooperative"] != "kind:cooperative" || f.Instances["x"] != "x.csv" {
		t.Errorf("%v %v", f.Kinds(), f.Instances)
	}
	if c, found := f.Lists["c"].Choice("q"); !found || c.Attributes["region"] != "s" {
		t.Errorf("%+v", c)
	}
	if repeat := find("rep/who").Repeat(); repeat == nil || repeat.Path != "rep" || find("a").Repeat() != nil {
		t.Error("the repeat of a question")
	}
}

func TestDefaults(t *testing.T) {
	for _, c := range []struct {
		kind, text string
		dynamic    bool
	}{
		{"text", "plain words", false}, {"text", "a (b)", false}, {"text", "today()", true}, {"text", "${a}", true}, {"integer", "12", false},
		{"integer", "3 + 4", true}, {"date", "2026-11-22", false}, {"text", "3 + 4", false}, {"image", "jr://images/a(1).png", false}, {"text", "../a", true},
		{"text", "call me (soon", false}, {"text", "f(x", false},
	} {
		f, problems := compile(table("survey", "type | name | label | default", "text | a | A", c.kind+" | q | Q | "+c.text))
		if f == nil {
			t.Errorf("%q: %v", c.text, problems)
			continue
		}
		q, _ := f.Question("q")
		if (q.DefaultExpression != nil) != c.dynamic || !c.dynamic && q.DefaultValue != c.text {
			t.Errorf("%q: dynamic %v, %q", c.text, q.DefaultExpression != nil, q.DefaultValue)
		}
	}
}

func TestTypes(t *testing.T) {
	for name, want := range map[string]form.Type{"Text": form.TypeText, "string": form.TypeText, "int": form.TypeInteger, "dateTime": form.TypeDateTime,
		"photo": form.TypeImage, "select  one": form.TypeSelectOne, "phonenumber": form.TypeMetadata} {
		if got, ok := form.ParseType(name); !ok || got != want {
			t.Errorf("%q is %v", name, got)
		}
	}
	if _, ok := form.ParseType("nothing"); ok {
		t.Error("nothing is a type")
	}
}

// Rows that fall into each other are refused; a row that reads the row before is not a circle.
func TestReadingTheRowBeforeIsNoCircle(t *testing.T) {
	f, problems := compile(table("survey", "type | name | label | calculation", "begin_repeat | r | R", "integer | x | X",
		"calculate | sum | | coalesce(indexed-repeat(${sum}, ${r}, position(..) - 1), 0) + ${x}", "end_repeat"))
	if f == nil || len(problems) > 0 {
		t.Error(problems)
	}
}
