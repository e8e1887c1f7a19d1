package form_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

const coded = `| survey | |
| | type | name | label | label::fr | hint | code | relevant | constraint | check | check_message | required | unit | decimals | concept | core | personal | calculation |
| | begin_group | g | G | | | | ${n} > 1 | | | | | | | | O | | |
| | decimal | share | Share | Part | In percent. | M1.01 | ${n} > 2 | . <= 100 | . <= 50 | Much. | yes | % | 1 | share | | | |
| | begin_repeat | r | R | | | | | | | | | | | | | | |
| | text | n2 | Who | Qui | | | | | | | | | | | C | yes | |
| | end_repeat | | | | | | | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | integer | n | N | | | | | | | | | | | | | | |
| | note | hello | Hello | | | | | | | | | | | | | | |
| | select_one yn | yes | Yes? | Oui ? | | | | | | | | | | | | | |
| | select_one_from_file coop | coop | Coop | | | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | | | | | | ${n} * 2 |
| | begin_group | h | H | | | | | | | | | | | | | | |
| | integer | share | Share again | | | | | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| choices | |
| | list_name | name | label | label::fr |
| | yn | 1 | Yes | Oui |
| | yn | 0 | No | |
| settings | |
| | version | default_language |
| | 3 | en |
`

func TestCodebook(t *testing.T) {
	f, problems := form.Compile(xlsform.Markdown("c.md", coded))
	if f == nil {
		t.Fatal(form.Errors(problems))
	}
	want := []form.Entry{
		{Variable: "g_share", Path: "g/share", Code: "M1.01", Type: "decimal", Label: "Part", Hint: "In percent.", Unit: "%", Decimals: 1, Concept: "share", Core: "O",
			Required: "true()", Relevant: "(${n} > 1) and (${n} > 2)", Constraint: ". <= 100"},
		{Variable: "n2", Path: "g/r/n2", Repeat: "g/r", Type: "text", Label: "Qui", Core: "C", Personal: true, Relevant: "${n} > 1"},
		{Variable: "n", Path: "n", Type: "integer", Label: "N"},
		{Variable: "yes", Path: "yes", Type: "select_one yn", Label: "Oui ?", Choices: []form.CodebookChoice{{"1", "Oui"}, {"0", "No"}}},
		{Variable: "coop", Path: "coop", Type: "select_one_from_file coop", Label: "Coop"},
		{Variable: "twice", Path: "twice", Type: "calculate", Calculation: "${n} * 2"},
		{Variable: "h_share", Path: "h/share", Type: "integer", Label: "Share again"},
	}
	for i := range want {
		want[i].Version = "3"
	}
	if difference := cmp.Diff(want, form.Codebook(f, "fr")); difference != "" {
		t.Error(difference)
	}
}
