package interview_test

import (
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

const named = `
| survey | |
| | type | name | label | calculation | default |
| | text | first | First | | ${last-saved#first} |
| | text | second | Second | | |
| | calculate | id | | ${instanceID} | |
| | calculate | shout | | concat(${instanceName}, '!') | |
| | note | seen | This is ${instanceName} | | |
| | begin_repeat | r | Row | | |
| | calculate | inside | | concat(${instanceName}, ' ', position(..)) | |
| | integer | n | N | | |
| | end_repeat | | | | |
| | calculate | before | | sum(${last-saved#n}) | |
| settings | |
| | instance_name |
| | concat(${first}, ' ', ${second}) |
`

func TestNamesOfTheRecord(t *testing.T) {
	e := env()
	e.Record = record.ID{15: 7}
	iv := interview.New(compile(t, named), e)
	row, _, err := iv.AddRow("r")
	if err != nil {
		t.Fatal(err)
	}
	set(t, iv, "first", text("Ana"))
	set(t, iv, "second", text("Torres"))
	for path, want := range map[record.Path]string{"id": "uuid:00000000-0000-0000-0000-000000000007", "shout": "Ana Torres!", row + "/inside": "Ana Torres 1", "before": "0"} {
		if got := value(iv, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	set(t, iv, "second", text("Ruiz")) // what reads the name follows it
	if got := value(iv, "shout") + iv.Label("seen"); got != "Ana Ruiz!This is Ana Ruiz" {
		t.Error(got)
	}
}

func TestLastSaved(t *testing.T) {
	e := env()
	rows := []record.Path{record.Path("r").Row(record.ID{1}) + "/n", record.Path("r").Row(record.ID{2}) + "/n"}
	e.LastSaved = &interview.Content{Answers: map[record.Path]record.Answer{"first": text("Bo"), rows[0]: whole(3), rows[1]: whole(4)}}
	iv := interview.New(compile(t, named), e)
	if got := value(iv, "first") + value(iv, "before") + value(iv, "id"); got != "Bo7" {
		t.Errorf("%q", got)
	}
	if got := value(interview.New(compile(t, named), env()), "first"); got != "" {
		t.Errorf("without a record before: %q", got)
	}
}

// What reads the record's name stands after what the name is made of, and a circle through it is named.
func TestNameInACircle(t *testing.T) {
	for calculation, want := range map[string]string{
		"${instanceName}":      "survey row 3: these depend on each other in a circle: a → a; break it by taking one reference out",
		"${last-saved#a}":      "",
		"${instanceID}":        "",
		"${instance_name}":     "survey row 3, calculation: ${instance_name} names no question; correct the name",
		"${last-saved#nobody}": "survey row 3, calculation: ${nobody} names no question; correct the name",
		"${last-saved#secret}": "survey row 3, calculation: this reads the personal question secret; write yes in the column personal of this row too, or do not read it",
	} {
		_, problems := form.Compile(xlsform.Markdown("c.md", "| survey | |\n| | type | name | label | calculation | personal |\n| | text | a | A | "+calculation+" | |\n| | text | secret | S | | yes |\n| settings | |\n| | instance_name |\n| | ${a} |\n"))
		got := ""
		for _, p := range form.Errors(problems) {
			got += p.String()
		}
		if want != "" {
			want = "error: " + want
		}
		if got != want {
			t.Errorf("%s: %q, want %q", calculation, got, want)
		}
	}
}
