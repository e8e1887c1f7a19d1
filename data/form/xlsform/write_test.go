package xlsform_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/form/xpath"
)

// sameForm says how two compiled forms differ but for the rows that things stand in.
func sameForm(a, b *form.Form) string {
	settings := func(f *form.Form) map[string]string {
		out := map[string]string{}
		for name, text := range f.Settings {
			out[name] = text
		}
		out["default_language"] = form.LanguageCode(out["default_language"])
		return out
	}
	byName := func(name string) func(cmp.Path) bool {
		return func(p cmp.Path) bool { return p.Last().String() == name }
	}
	if difference := cmp.Diff(settings(a), settings(b)); difference != "" {
		return difference
	}
	return cmp.Diff(a, b, cmpopts.EquateEmpty(), cmp.Comparer(func(x, y *xpath.Expr) bool { return (x == nil) == (y == nil) && (x == nil || x.String() == y.String()) }),
		cmpopts.IgnoreUnexported(form.Form{}, form.Question{}, form.List{}),
		cmp.FilterPath(byName(".Parent"), cmp.Comparer(func(x, y *form.Group) bool { return (x == nil) == (y == nil) && (x == nil || x.Path == y.Path) })),
		cmp.FilterPath(byName(".Row"), cmp.Ignore()), cmp.FilterPath(byName(".Settings"), cmp.Ignore()))
}

// rewritten writes a questionnaire and reads it back.
func rewritten(t testing.TB, source form.Source) form.Source {
	t.Helper()
	var out bytes.Buffer
	if err := xlsform.WriteWorkbook(&out, source); err != nil {
		t.Fatal(err)
	}
	again, err := xlsform.Workbook(source.Name, out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// Every kind of ours, written as a workbook and read back, is the same form without a word of warning.
func TestWrittenKindsAreTheSame(t *testing.T) {
	kinds, err := xlsform.Kinds(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		source, err := xlsform.KindSource(assets.FS(), kind)
		if err != nil {
			t.Fatal(err)
		}
		before, problems := form.Compile(source)
		if before == nil {
			t.Errorf("%s: %v", kind, form.Errors(problems))
			continue
		}
		after, more := form.Compile(rewritten(t, source))
		if after == nil || len(more) > len(problems) {
			t.Fatalf("%s: %v", kind, more)
		}
		if difference := sameForm(before, after); difference != "" {
			t.Errorf("%s: %s", kind, difference)
		}
	}
}

const exported = `
| survey | |
| | type | name | label | hint::fr | relevant | calculation | personal | Strange | image |
| | select_one_from_file coop | where | Where | Où | | | | kept | |
| | select_multiple_from_file person | who | Who | | | | yes | | |
| | select_one_from_file country.csv | country | Country | Pays | | | | | flag.png |
| | integer | n | N | | status(${where}) = 'refused' or ${n2} > 1 | | | | |
| | integer | n2 | N2 | | | | | | |
| | calculate | c | | | | concat(status(${n}), status(/data/n2)) | | | |
| choices | |
| | list_name | name | label | zone | label::fr |
| | l | 1 | One | x | Un |
| settings | |
| | form_title | form_id | default_language | form_title::fr |
| | Form | f | en | Fiche |
`

func TestWhatPhonesRead(t *testing.T) {
	source := xlsform.Markdown("f.md", exported)
	var out bytes.Buffer
	if err := xlsform.WriteWorkbook(&out, source); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	text := func(sheet string) string {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			lines = append(lines, strings.Join(row, "|"))
		}
		return strings.Join(lines, "\n")
	}
	for sheet, want := range map[string]string{
		"survey": `type|name|label::English (en)|hint::Français (fr)|relevant|calculation|image::English (en)|personal|Strange|calculation_coopatlas|kind|relevant_coopatlas
select_one_from_file coop.csv|where|Where|Où|||||kept||coop
select_multiple_from_file person.csv|who|Who|||||yes|||person
select_one_from_file country.csv|country|Country|Pays|||flag.png
integer|n|N||'' = 'refused' or ${n2} > 1|||||||status(${where}) = 'refused' or ${n2} > 1
integer|n2|N2
calculate|c||||concat('', '')||||concat(status(${n}), status(/data/n2))`,
		"choices":  "list_name|name|label::English (en)|label::Français (fr)|zone\nl|1|One|Un|x",
		"settings": "form_title|form_id|default_language|form_title::fr\nForm|f|English (en)|Fiche",
	} {
		if got := text(sheet); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", sheet, got, want)
		}
	}
	if got, want := source.Survey.Rows[0].Get("type"), "select_one_from_file coop"; got != want {
		t.Errorf("what was written changed: %q", got)
	}
	before, _ := form.Compile(source)
	after, _ := form.Compile(rewritten(t, source))
	if difference := sameForm(before, after); difference != "" {
		t.Error(difference)
	}
}

func TestWorkbookIsTheSameEveryTime(t *testing.T) {
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := xlsform.WriteWorkbook(out, xlsform.Markdown("f.md", exported)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same questionnaire gives two workbooks")
	}
}

func TestTextsTooLongForACell(t *testing.T) {
	source := xlsform.Markdown("f.md", "| survey | |\n| | type | name | label |\n| | text | a | "+strings.Repeat("é", 32768)+" |\n")
	err := xlsform.WriteWorkbook(&bytes.Buffer{}, source)
	if err == nil || err.Error() != "writing the workbook, sheet survey: row 2, label has 32768 characters, and a cell holds 32767; shorten it" {
		t.Error(err)
	}
}

// Any words come back as they were.
func TestWordsSurviveAWorkbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching("[a-zA-Zé=+@'\"<>&_x0-9 ;\u4e2d-]{1,30}")
		var survey strings.Builder
		survey.WriteString("| survey | |\n| | type | name | label | label::fr | own |\n")
		for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
			fmt.Fprintf(&survey, "| | text | q%d | %s | %s | %s |\n", i, words.Draw(t, "label"), words.Draw(t, "fr"), words.Draw(t, "own"))
		}
		source := xlsform.Markdown("f.md", survey.String())
		again := rewritten(quiet{}, source)
		for i, row := range source.Survey.Rows {
			want := map[string]string{}
			for column, text := range row.Cells {
				if column == "label::fr" {
					column = "label::Français (fr)"
				}
				want[column] = text
			}
			if difference := cmp.Diff(want, again.Survey.Rows[i].Cells); difference != "" {
				t.Fatal(difference)
			}
		}
	})
}

// quiet is a testing.TB for what cannot fail.
type quiet struct{ testing.TB }

func (quiet) Helper()           {}
func (quiet) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

func TestWriteList(t *testing.T) {
	for _, c := range []struct {
		name    string
		choices []form.Choice
		want    string
	}{
		{"nothing", nil, "name,label\n"},
		{"one language", []form.Choice{{Name: "a", Label: form.Text{"en": "A, or so"}}}, "name,label\na,\"A, or so\"\n"},
		{"more", []form.Choice{{Name: "a", Label: form.Text{"en": "A", "fr": "Ä"}, Attributes: map[string]string{"zone": "1", "name": "no"}}, {Name: "b", Label: form.Text{"en": "B"}, Attributes: map[string]string{"area": "2"}}},
			"name,label,label_fr,area,zone\na,A,Ä,,1\nb,B,,2,\n"},
	} {
		var out strings.Builder
		if err := xlsform.WriteList(&out, c.choices, "en"); err != nil || out.String() != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.name, out.String(), c.want, err)
		}
	}
}

// FuzzWritten writes whatever compiles, reads it back and compares, and looks for differences between programs.
func FuzzWritten(f *testing.F) {
	f.Add(exported)
	f.Add(small)
	f.Add(kindTables)
	f.Add("| survey | |\n| | type | name | label | check | default | choice_filter |\n| | select_one l or_other | a | A | . != 'x' | once(random()) | name = ${a} |\n| choices | |\n| | list_name | name | label |\n| | l | x | X |\n")
	f.Fuzz(func(t *testing.T, text string) {
		source := xlsform.Markdown("fuzz.md", text)
		form.Lint(source)
		before, _ := form.Compile(source)
		if before == nil {
			return
		}
		form.Codebook(before, "fr")
		var out bytes.Buffer
		if err := xlsform.WriteWorkbook(&out, source); err != nil {
			return // a text that no cell holds
		}
		again, err := xlsform.Workbook("fuzz.xlsx", out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		after, problems := form.Compile(again)
		if after == nil {
			t.Fatal(form.Errors(problems))
		}
		if d := form.Compare(before, after, nil); !d.Empty() {
			t.Fatalf("%q", d.Lines())
		}
	})
}
