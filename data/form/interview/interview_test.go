package interview_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

// compile makes a form of Markdown tables that must have no errors.
func compile(t testing.TB, markdown string) *form.Form {
	t.Helper()
	f, problems := form.Compile(xlsform.Markdown("test.md", markdown))
	for _, p := range form.Errors(problems) {
		t.Fatal(p)
	}
	return f
}

// survey makes a form of rows below a header; columns are apart by " | ".
func survey(t testing.TB, header string, rows ...string) *form.Form {
	t.Helper()
	lines := []string{"| survey | |", "| | " + header + " |"}
	for _, row := range rows {
		lines = append(lines, "| | "+row+" |")
	}
	return compile(t, strings.Join(lines, "\n"))
}

// env gives ids 1, 2, 3 … and a clock that stands still.
func env() interview.Env {
	next := uint32(0)
	return interview.Env{
		Now:   func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) },
		NewID: func() record.ID { next++; return record.ID{14: byte(next >> 8), 15: byte(next)} },
	}
}

func text(s string) record.Answer { return record.Answer{Value: record.Text(s)} }

func whole(n int64) record.Answer { return record.Answer{Value: record.Int(n)} }

func set(t testing.TB, iv *interview.Interview, path record.Path, a record.Answer) interview.Change {
	t.Helper()
	change, err := iv.Set(path, a)
	if err != nil {
		t.Fatal(err)
	}
	return change
}

func value(iv *interview.Interview, path record.Path) string { return iv.Answer(path).Value.String() }

func kinds(problems []interview.Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, string(p.Path)+" "+string(p.Kind))
	}
	return out
}

func paths(steps []interview.Step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, string(s.Path))
	}
	return out
}

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestRelevanceHidesAndKeeps(t *testing.T) {
	f := survey(t, "type | name | label | relevant | calculation",
		"integer | staff | Staff | |",
		"begin_group | people | People | ${staff} > 0 |",
		"integer | women | Women | |",
		"end_group | | | |",
		"calculate | known | | | coalesce(${women}, 'none')")
	iv := interview.New(f, env())
	same(t, "at first", paths(iv.Steps()), []string{"staff"})
	set(t, iv, "staff", whole(5))
	set(t, iv, "people/women", whole(3))
	same(t, "with staff", paths(iv.Steps()), []string{"staff", "people/women"})
	if got := value(iv, "known"); got != "3" {
		t.Errorf("known is %q", got)
	}
	change := set(t, iv, "staff", whole(0))
	if !slices.Contains(change.Relevance, "people/women") || !slices.Contains(change.Values, "known") {
		t.Errorf("the change says %+v", change)
	}
	if got := value(iv, "known"); got != "none" {
		t.Errorf("a hidden answer is read as %q", got)
	}
	if got := value(iv, "people/women"); got != "3" {
		t.Errorf("a hidden answer is kept as %q", got)
	}
	if _, kept := iv.Answers()["people/women"]; kept {
		t.Error("a hidden answer is saved")
	}
	if got := iv.Dropped(); len(got) != 1 || got[0] != "people/women" {
		t.Errorf("dropped: %v", got)
	}
	set(t, iv, "staff", whole(2))
	if got := value(iv, "known"); got != "3" {
		t.Errorf("after it is relevant again: %q", got)
	}
}

func TestRequiredIsMetByAStatus(t *testing.T) {
	f := survey(t, "type | name | label | required | required_message",
		"integer | total | Total | yes | How many?", "note | n | Thanks | yes |")
	for _, c := range []struct {
		answer record.Answer
		want   []string
	}{
		{record.Answer{}, []string{"total required"}},
		{whole(0), nil},
		{record.Answer{Status: record.Refused}, nil},
		{record.Answer{Status: record.DontKnow}, nil},
		{record.Answer{Status: record.NotCollected}, nil},
		{record.Answer{Status: record.NotApplicable}, []string{"total required"}},
	} {
		iv := interview.New(f, env())
		set(t, iv, "total", c.answer)
		same(t, c.answer.Status.String(), kinds(iv.Problems()), c.want)
		for _, p := range iv.Problems() {
			if !p.Hard || p.Message != "How many?" {
				t.Errorf("%+v", p)
			}
		}
	}
}

func TestConstraintsAndSoftChecks(t *testing.T) {
	f := survey(t, "type | name | label | constraint | constraint_message | check | check_message | soft",
		"integer | members | Members | . >= 0 | Not below 0 | . >= 1 | Really none? |",
		"integer | women | Women | . <= ${members} | ⚠ More women than ${members} members? | | |",
		"decimal | share | Share | . <= 100 | Over 100 | | | yes")
	iv := interview.New(f, env())
	if got := iv.Problems(); len(got) != 0 {
		t.Errorf("blank answers are checked: %v", got)
	}
	set(t, iv, "members", whole(-1))
	same(t, "below 0", kinds(iv.Problems()), []string{"members constraint", "members check"})
	set(t, iv, "members", whole(0))
	got := iv.Problems()
	if len(got) != 1 || got[0].Hard || got[0].Message != "Really none?" {
		t.Errorf("a soft check: %+v", got)
	}
	set(t, iv, "members", whole(4))
	set(t, iv, "women", whole(5))
	set(t, iv, "share", whole(120))
	got = iv.Problems()
	if len(got) != 2 || got[0].Hard || got[1].Hard || got[0].Message != "More women than 4 members?" {
		t.Errorf("soft by its mark and by its column: %+v", got)
	}
	change := set(t, iv, "members", whole(9))
	if !slices.Contains(change.Problems, "women") {
		t.Errorf("the check of women ran unnoticed: %+v", change)
	}
	same(t, "more members", kinds(iv.Problems()), []string{"share check"})
}

// The check on a sum binds only when its parts are there: where they are unknown, the total stands alone.
func TestTotalsStandAlone(t *testing.T) {
	f := survey(t, "type | name | label | constraint",
		"integer | members | Worker-members |", "integer | employees | Employees |",
		"integer | total | Total | count-non-empty(${members} \\| ${employees}) < 2 or . = ${members} + ${employees}")
	iv := interview.New(f, env())
	set(t, iv, "total", whole(10))
	same(t, "alone", kinds(iv.Problems()), nil)
	set(t, iv, "members", whole(7))
	same(t, "one part", kinds(iv.Problems()), nil)
	set(t, iv, "employees", whole(7))
	same(t, "both parts", kinds(iv.Problems()), []string{"total constraint"})
	set(t, iv, "employees", record.Answer{Status: record.Refused})
	same(t, "a part refused", kinds(iv.Problems()), nil)
	set(t, iv, "employees", whole(3))
	same(t, "adding up", kinds(iv.Problems()), nil)
}

func TestCalculations(t *testing.T) {
	f := survey(t, "type | name | label | calculation | decimals",
		"decimal | a | A | |", "decimal | b | B | |",
		"decimal | sum | | ${a} + ${b} |",
		"calculate | third | | ${a} div 3 | 3",
		"calculate | word | | if(${sum} > 1, 'much', 'little') |",
		"calculate | nothing | | ${a} + 1 |",
		"date | day | | date(20000) |")
	iv := interview.New(f, env())
	if got := value(iv, "nothing"); got != "" {
		t.Errorf("a number made of nothing is kept as %q", got)
	}
	a, _ := record.ParseDecimal("0.1")
	b, _ := record.ParseDecimal("0.2")
	set(t, iv, "a", record.Answer{Value: record.Number(a)})
	set(t, iv, "b", record.Answer{Value: record.Number(b)})
	for path, want := range map[record.Path]string{"sum": "0.3", "third": "0.033", "word": "little", "nothing": "1.1", "day": "2024-10-04"} {
		if got := value(iv, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if _, err := iv.Set("sum", whole(1)); err == nil {
		t.Error("a calculation takes an answer")
	}
	if _, err := iv.Set("nowhere", whole(1)); err == nil {
		t.Error("an unknown question takes an answer")
	}
}

const places = `
| survey | |
| | type | name | label | choice_filter |
| | select_one country | country | Country | |
| | select_multiple region | region | Region | country = ${country} |
| choices | |
| | list_name | name | label | label::Français (fr) | country |
| | country | it | Italy | Italie | |
| | country | fr | France | France | |
| | region | er | Emilia-Romagna | Émilie-Romagne | it |
| | region | to | Tuscany | Toscane | it |
| | region | br | Brittany | Bretagne | fr |
`

func TestChoiceFilterClearsAndUndoBringsBack(t *testing.T) {
	iv := interview.New(compile(t, places), env())
	set(t, iv, "country", text("it"))
	var labels []string
	for _, c := range iv.Choices("region") {
		labels = append(labels, c.Label)
	}
	same(t, "regions of Italy", labels, []string{"Emilia-Romagna", "Tuscany"})
	set(t, iv, "region", record.Answer{Value: record.List([]string{"er", "to"})})
	change := set(t, iv, "country", text("fr"))
	if got := value(iv, "region"); got != "" || !slices.Contains(change.Cleared, "region") {
		t.Errorf("region is still %q, %+v", got, change)
	}
	if _, ok := iv.Undo(); !ok || value(iv, "country") != "it" || value(iv, "region") != "er to" {
		t.Errorf("undo gives %q, %q", value(iv, "country"), value(iv, "region"))
	}
	if _, ok := iv.Redo(); !ok || value(iv, "country") != "fr" || value(iv, "region") != "" {
		t.Errorf("redo gives %q, %q", value(iv, "country"), value(iv, "region"))
	}
	same(t, "problems", kinds(iv.Problems()), nil)
	set(t, iv, "country", text("xx"))
	same(t, "no such choice", kinds(iv.Problems()), []string{"country choice"})
}

func TestLanguages(t *testing.T) {
	e := env()
	e.Language = "fr"
	iv := interview.New(compile(t, places), e)
	if got := iv.ChoiceLabel("country", "it"); got != "Italie" {
		t.Errorf("the label is %q", got)
	}
	if got := iv.Label("country"); got != "Country" {
		t.Errorf("a label that is missing falls back to %q", got)
	}
}

const votes = `
| survey | |
| | type | name | label | relevant | calculation | default |
| | begin_repeat | votes | Votes | | | |
| | text | category | Category | | | |
| | integer | share | Share | | | 10 |
| | calculate | place | | | position(..) | |
| | calculate | double | | | ${share} * 2 | |
| | end_repeat | | | | | |
| | integer | total | | | sum(${share}) | |
| | calculate | rows | | | count(${votes}) | |
| | calculate | second | | | indexed-repeat(${share}, ${votes}, 2) | |
`

func TestRepeats(t *testing.T) {
	iv := interview.New(compile(t, votes), env())
	same(t, "without rows", paths(iv.Steps()), []string{"votes"})
	first, _, err := iv.AddRow("votes")
	if err != nil {
		t.Fatal(err)
	}
	second, change, _ := iv.AddRow("votes")
	if !slices.Contains(change.Values, "total") || value(iv, "total") != "20" {
		t.Errorf("the total is %q, %+v", value(iv, "total"), change)
	}
	change = set(t, iv, second+"/share", whole(60))
	want := map[record.Path]string{"total": "70", "rows": "2", "second": "60", second + "/double": "120", first + "/double": "20",
		first + "/place": "1", second + "/place": "2"}
	for path, v := range want {
		if value(iv, path) != v {
			t.Errorf("%s is %q, want %q", path, value(iv, path), v)
		}
	}
	if slices.Contains(change.Values, first+"/double") {
		t.Error("another row's calculation ran")
	}
	same(t, "steps", paths(iv.Steps()), []string{string(first + "/category"), string(first + "/share"),
		string(second + "/category"), string(second + "/share"), "votes"})
	if _, err := iv.RemoveRow(first); err != nil {
		t.Fatal(err)
	}
	if value(iv, "total") != "60" || value(iv, second+"/place") != "1" || value(iv, "rows") != "1" {
		t.Errorf("after removal: %q %q", value(iv, "total"), value(iv, second+"/place"))
	}
	iv.Undo()
	if value(iv, "total") != "70" || value(iv, second+"/place") != "2" || len(iv.Rows("votes")) != 2 {
		t.Errorf("after undo: %q", value(iv, "total"))
	}
	iv.Undo()
	iv.Undo()
	iv.Undo()
	if value(iv, "total") != "" && value(iv, "total") != "0" || len(iv.Rows("votes")) != 0 || iv.CanUndo() {
		t.Errorf("after undoing all: %q", value(iv, "total"))
	}
	for iv.CanRedo() {
		iv.Redo()
	}
	if value(iv, "total") != "60" {
		t.Errorf("after redoing all: %q", value(iv, "total"))
	}
	if _, _, err := iv.AddRow("nowhere"); err == nil {
		t.Error("a row in no repeat")
	}
	if _, err := iv.RemoveRow("votes"); err == nil {
		t.Error("a repeat removed as a row")
	}
}

func TestRepeatCount(t *testing.T) {
	f := survey(t, "type | name | label | repeat_count",
		"integer | n | How many |", "begin_repeat | person | Person | ${n}", "text | who | Who |", "end_repeat | | |")
	iv := interview.New(f, env())
	set(t, iv, "n", whole(3))
	rows := iv.Rows("person")
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	set(t, iv, record.Path("person").Row(rows[2])+"/who", text("Ada"))
	set(t, iv, "n", whole(1))
	if len(iv.Rows("person")) != 3 {
		t.Error("lowering the count deletes rows")
	}
	iv.Undo()
	iv.Undo()
	iv.Undo()
	if len(iv.Rows("person")) != 0 {
		t.Error("undo keeps rows")
	}
}

func TestSaveAndOpenAgain(t *testing.T) {
	f := compile(t, votes)
	iv := interview.New(f, env())
	row, _, _ := iv.AddRow("votes")
	set(t, iv, row+"/share", whole(42))
	set(t, iv, row+"/category", record.Answer{Status: record.Refused, Quality: 0})
	content := iv.Content()
	content.Answers["gone/away"] = text("from an older version")
	again := interview.Open(f, env(), content)
	if value(again, row+"/share") != "42" || value(again, "total") != "42" || again.Answer(row+"/category").Status != record.Refused {
		t.Errorf("opened again: %q, %q", value(again, row+"/share"), value(again, "total"))
	}
	if got := again.Unplaced(); len(got) != 1 || got[0] != "gone/away" {
		t.Errorf("unplaced: %v", got)
	}
	delete(content.Rows, "votes")
	if again = interview.Open(f, env(), content); len(again.Rows("votes")) != 1 {
		t.Error("who writes into a row says that it is there")
	}
}

func TestLengths(t *testing.T) {
	f := survey(t, "type | name | label | core | required",
		"text | a | A | R | yes", "text | b | B | C | yes", "begin_group | g | G | O |", "text | c | C | | yes", "end_group | | | |", "note | n | N | |")
	for length, want := range map[string][]string{"R": {"a", "n"}, "RC": {"a", "b", "n"}, "RCO": {"a", "b", "g/c", "n"}, "": {"a", "b", "g/c", "n"}} {
		e := env()
		e.Length = length
		iv := interview.Open(f, e, interview.Content{Answers: map[record.Path]record.Answer{"g/c": text("kept")}})
		same(t, length, paths(iv.Steps()), want)
		if _, kept := iv.Answers()["g/c"]; !kept {
			t.Errorf("%s: an answer that is not asked for is lost", length)
		}
		if got := len(iv.Problems()); got != len(want)-1-strings.Count(strings.Join(want, ""), "g/c") {
			t.Errorf("%s: %v", length, iv.Problems())
		}
	}
}

func TestWalk(t *testing.T) {
	f := survey(t, "type | name | label | relevant", "text | a | A |", "text | b | B | ${a} = 'x'", "text | c | C |")
	iv := interview.New(f, env())
	next := func(p record.Path) string { s, _ := iv.Next(p); return string(s.Path) }
	previous := func(p record.Path) string { s, _ := iv.Previous(p); return string(s.Path) }
	same(t, "forward", []string{next(""), next("a"), next("c"), next("b")}, []string{"a", "c", "", "c"})
	same(t, "backward", []string{previous(""), previous("c"), previous("a"), previous("b")}, []string{"c", "a", "", "a"})
	set(t, iv, "a", text("x"))
	same(t, "with b", []string{next("a"), previous("c")}, []string{"b", "b"})
}

func TestDefaultsMetadataAndTriggers(t *testing.T) {
	f := survey(t, "type | name | label | default | calculation | trigger",
		"start | start | | | |", "end | end | | | |", "today | today | | | |", "username | user | | | |",
		"text | word | Word | plain | |", "integer | year | Year | number(format-date(today(), '%Y')) | |",
		"text | a | A | | |", "text | copy | Copy | | concat(${a}, '!') | ${a}")
	e := env()
	e.Username = "ada"
	iv := interview.New(f, e)
	for path, want := range map[record.Path]string{"start": "2026-11-22T09:30:00+00:00", "today": "2026-11-22", "user": "ada",
		"word": "plain", "year": "2026", "copy": "", "end": ""} {
		if got := value(iv, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	set(t, iv, "a", text("x"))
	if got := value(iv, "copy"); got != "x!" {
		t.Errorf("the trigger gives %q", got)
	}
	set(t, iv, "copy", text("mine"))
	iv.Finish()
	if value(iv, "copy") != "mine" || value(iv, "end") == "" {
		t.Errorf("at the end: %q %q", value(iv, "copy"), value(iv, "end"))
	}
	iv.Undo()
	iv.Undo()
	if value(iv, "copy") != "" || value(iv, "a") != "" {
		t.Errorf("undo gives %q", value(iv, "copy"))
	}
}

func TestReferencesToRecords(t *testing.T) {
	f := compile(t, `
| survey | |
| | type | name | label | calculation | choice_filter |
| | select_one_from_file cooperative | cooperative | Cooperative | | |
| | integer | year | Year of ${cooperative} | | |
| | calculate | country | | pulldata('cooperative', 'country', 'name', ${cooperative}) | |
| | calculate | founded | | instance('cooperative')/root/item[name = ${cooperative}]/founded | |
| settings | |
| | form_title | instance_name |
| | Mapping | concat(jr:choice-name(${cooperative}, '${cooperative}'), ' ', ${year}) |
`)
	e := env()
	register := []interview.Choice{{Name: "id-1", Label: "Alba", Attributes: map[string]string{"country": "it", "founded": "1988"}},
		{Name: "id-2", Label: "Zenit", Attributes: map[string]string{"country": "fr"}}}
	e.Choices = func(string) ([]interview.Choice, error) { return register, nil }
	e.Lookup = func(kind, name string) (interview.Choice, bool) {
		i := slices.IndexFunc(register, func(c interview.Choice) bool { return c.Name == name })
		if kind != "cooperative" || i < 0 {
			return interview.Choice{}, false
		}
		return register[i], true
	}
	iv := interview.New(f, e)
	set(t, iv, "cooperative", text("id-1"))
	set(t, iv, "year", whole(2015))
	same(t, "the record", []string{iv.InstanceName(), iv.Label("year"), value(iv, "country"), value(iv, "founded")},
		[]string{"Alba 2015", "Year of Alba", "it", "1988"})
	v, err := iv.Parse("cooperative", "zen")
	if err != nil || v.String() != "id-2" {
		t.Errorf("picked by letters: %v %v", v, err)
	}
	set(t, iv, "cooperative", text("id-9"))
	if got := iv.Problems(); len(got) != 1 || got[0].Hard {
		t.Errorf("a record that is not at hand: %+v", got)
	}
}

func TestStatusInExpressions(t *testing.T) {
	f := survey(t, "type | name | label | relevant",
		"integer | turnover | Turnover |", "text | band | Band | status(${turnover}) = 'refused'")
	iv := interview.New(f, env())
	for _, c := range []struct {
		answer record.Answer
		want   bool
	}{{record.Answer{Status: record.Refused}, true}, {record.Answer{Status: record.DontKnow}, false}, {whole(3), false},
		{record.Answer{Status: record.Refused}, true}, {record.Answer{}, false}} {
		set(t, iv, "turnover", c.answer)
		if iv.Relevant("band") != c.want {
			t.Errorf("after %+v the band is relevant: %v", c.answer, !c.want)
		}
	}
}

// A text that contains itself stops growing, and its question says why.
func TestTextsThatContainThemselves(t *testing.T) {
	f := survey(t, "type | name | label | calculation", "text | a | A |", "calculate | b | | concat(/, 'x')", "calculate | c | | concat(/, 'y')")
	iv := interview.New(f, env())
	set(t, iv, "a", text("z"))
	for _, p := range iv.Problems() {
		if p.Kind == interview.ProblemForm && strings.HasPrefix(p.Message, "The questionnaire could not be worked out here: ") {
			return
		}
	}
	t.Errorf("no problem says so: %+v", iv.Problems())
}
