package interview_test

import (
	"testing"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

const reopened = `
| survey | |
| | type | name | label | calculation |
| | integer | a | A | |
| | calculate | kept | | once(${a}) |
| | calculate | double | | ${a} * 2 |
`

// What an earlier record calculated, or a later one brings along without its reason, does not stay.
func TestReopenWorksOutAnew(t *testing.T) {
	f := compile(t, reopened)
	contents := []interview.Content{
		{Answers: map[record.Path]record.Answer{"a": whole(1)}},
		{Answers: map[record.Path]record.Answer{"a": whole(2)}},
		{Answers: map[record.Path]record.Answer{"a": whole(2), "kept": {Value: record.Text("7")}}},
		{Answers: map[record.Path]record.Answer{"a": whole(2)}},
		{Answers: map[record.Path]record.Answer{"double": {Value: record.Text("9")}}},
		{Answers: map[record.Path]record.Answer{"double": {Value: record.Text("8")}}},
		{},
	}
	used := interview.New(f, env())
	for i, content := range contents {
		used.Reopen(content)
		fresh := interview.Open(f, env(), content)
		for _, path := range []record.Path{"a", "kept", "double"} {
			if got, want := used.Answer(path), fresh.Answer(path); !got.Equal(want) {
				t.Errorf("record %d, %s: %+v, opened alone %+v", i, path, got, want)
			}
		}
	}
}
