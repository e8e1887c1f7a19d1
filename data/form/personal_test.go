package form_test

import (
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// The name of a person is personal wherever it is written.
func TestNamesOfPersonsArePersonal(t *testing.T) {
	head := "| survey | |\n| | type | name | label | calculation | personal | relevant |\n| | select_one_from_file person | who | Who | | | |\n| | select_one_from_file coop | where | Where | | | |\n"
	for row, want := range map[string]string{
		"| | calculate | x | | jr:choice-name(${who}, '${who}') | | |":                                                                              "calculation",
		"| | calculate | x | | jr:choice-name(${who}, '${who}') | yes | |":                                                                          "",
		"| | calculate | x | | jr:choice-name(${where}, '${where}') | | |":                                                                          "",
		"| | calculate | x | | ${who} | | |":                                                                                                        "", // an id
		"| | note | x | You are ${who} | | | |":                                                                                                     "label",
		"| | note | x | This is ${where} | | | |":                                                                                                   "",
		"| | calculate | x | | pulldata('person', 'label', 'name', ${who}) | | |":                                                                   "calculation",
		"| | calculate | x | | pulldata('person', 'role', 'name', ${who}) | | |":                                                                    "",
		"| | calculate | x | | instance('person')/root/item[name = ${who}]/label | | |":                                                             "calculation",
		"| | text | x | X | | | jr:choice-name(${who}, '${who}') = 'Ana' |":                                                                         "", // decides, does not write
		"| | calculate | x | | 1 | | |\n| settings | |\n| | instance_name |\n| | jr:choice-name(${who}, '${who}') |":                                "instance_name",
		"| | calculate | x | | 1 | | |\n| settings | |\n| | instance_name | personal |\n| | jr:choice-name(${who}, '${who}') | yes |":               "",
		"| | calculate | x | | ${instanceName} | | |\n| settings | |\n| | instance_name | personal |\n| | jr:choice-name(${who}, '${who}') | yes |": "calculation",
	} {
		source := xlsform.Markdown("p.md", head+row)
		source.PersonalKinds = []string{"person"}
		_, problems := form.Compile(source)
		got := ""
		for _, p := range form.Errors(problems) {
			got += p.Column
			if !strings.Contains(p.Message, "personal") {
				t.Error(p)
			}
		}
		if got != want {
			t.Errorf("%s: refused in %q, want %q", row, got, want)
		}
	}
}
