package interview_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

const carried = `| survey | |
| | type | name | label | calculation | relevant | constraint |
| | text | name | Name | | | |
| | integer | staff | Staff | | | |
| | text | founded | Founded | | | |
| | select_one colour | colour | Colour | | | |
| | select_multiple colour | colours | Colours | | | |
| | calculate | double | | ${staff} * 2 | | |
| | begin_group | visits | Visits | | | |
| | begin_repeat | visit | Visit | | | |
| | dateTime | at | At | | | |
| | begin_repeat | guest | Guest | | | |
| | text | who | Who | | | |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | end_group | | | | | |
| choices | |
| | list_name | name | label |
| | colour | red | Red |
| | colour | 7 | Seven |
`

// given are answers to every question of carried.
func given() interview.Content {
	visit := record.Path("visits/visit").Row(record.ID{15: 1})
	guest := (visit + "/guest").Row(record.ID{15: 2})
	return interview.Content{
		Rows: map[record.Path][]record.ID{"visits/visit": {{15: 1}}, visit + "/guest": {{15: 2}}},
		Answers: map[record.Path]record.Answer{"name": text("12"), "staff": whole(3), "founded": text("1998"), "colour": text("red"), "double": text("6"),
			"colours": {Value: record.List([]string{"7"})}, visit + "/at": text("2026-11-22T09:30:00+01:00"), guest + "/who": text("Ana")},
	}
}

func TestCarry(t *testing.T) {
	for _, c := range []struct {
		name     string
		replaced []string
		renames  map[string]string
		want     string
	}{
		{"the same version", nil, nil, ""},
		{"renamed", []string{"| name | Name", "| title | Name"}, map[string]string{"name": "title"}, "moved name title"},
		{"renamed without a map", []string{"| name | Name", "| title | Name"}, nil, "lost name the question is gone"},
		{"a group renamed", []string{"begin_group | visits", "begin_group | meetings"}, map[string]string{"visits": "meetings"},
			"moved visits/visit[1]/at meetings/visit[1]/at; moved visits/visit[1]/guest[2]/who meetings/visit[1]/guest[2]/who"},
		{"a repeat renamed", []string{"begin_repeat | visit |", "begin_repeat | meeting |"}, map[string]string{"visits/visit": "visits/meeting"},
			"moved visits/visit[1]/at visits/meeting[1]/at; moved visits/visit[1]/guest[2]/who visits/meeting[1]/guest[2]/who"},
		{"text to integer", []string{"text | name", "integer | name"}, nil, "converted name 12"},
		{"text to integer with letters", []string{"text | name", "integer | colour0", "| colour | Colour ", "| name | Colour "}, map[string]string{"colour": "colour0", "name": "x"}, "lost colour its type takes no such answer; lost name the question is gone"},
		{"integer to text", []string{"integer | staff", "text | staff"}, nil, "converted staff 3"},
		{"integer to date", []string{"integer | staff", "date | staff"}, nil, "lost staff its type takes no such answer"},
		{"text to date", []string{"text | founded", "date | founded"}, nil, "lost founded its type takes no such answer"},
		{"a moment to a day", []string{"dateTime | at", "date | at"}, nil, "converted visits/visit[1]/at 2026-11-22"},
		{"one to several", []string{"select_one colour | colour", "select_multiple colour | colour"}, nil, "converted colour red"},
		{"several to one", []string{"select_multiple colour", "select_one colour"}, nil, "converted colours 7"},
		{"several to a number", []string{"select_multiple colour | colours", "integer | colours"}, nil, "lost colours its type takes no such answer"},
		{"a choice gone", []string{"| | colour | red | Red |\n", ""}, nil, "problem colour choice"},
		{"several to one without the choice", []string{"select_multiple colour", "select_one colour", "| | colour | 7 | Seven |\n", ""}, nil, "lost colours its type takes no such answer"},
		{"a choice renamed", []string{"| colour | red |", "| colour | rouge |"}, map[string]string{"colour:red": "rouge", "colours:7": "7"}, "converted colour rouge"},
		{"a choice and its question renamed", []string{"| colour | red |", "| colour | rouge |", "| colour | Colour ", "| hue | Colour "}, map[string]string{"colour:red": "rouge", "colour": "hue"}, "moved colour hue; converted hue rouge"},
		{"a repeat gone", []string{"| | begin_repeat | guest | Guest | | | |\n", "", "who | Who | | | |\n| | end_repeat | | | | | |\n", "who | Who | | | |\n"}, nil,
			"lost visits/visit[1]/guest[2] the question is gone; lost visits/visit[1]/guest[2]/who the question is gone"},
		{"a repeat that became a group", []string{"begin_repeat | guest", "begin_group | guest", "who | Who | | | |\n| | end_repeat", "who | Who | | | |\n| | end_group"}, nil,
			"lost visits/visit[1]/guest[2] the question is gone; lost visits/visit[1]/guest[2]/who it lies in other repeats now"},
		{"no longer asked", []string{"| founded | Founded | | |", "| founded | Founded | | ${staff} > 5 |"}, nil, "dropped founded"},
		{"a stricter check", []string{"| staff | Staff | | | |", "| staff | Staff | | | . > 5 |"}, nil, "problem staff constraint"},
	} {
		f := compile(t, strings.NewReplacer(c.replaced...).Replace(carried))
		trial := interview.Carry(f, env(), given(), c.renames)
		var got []string
		say := func(format string, args ...any) { got = append(got, fmt.Sprintf(format, args...)) }
		for _, l := range trial.Lost {
			say("lost %s %s", short(l.Path), l.Reason)
		}
		for _, m := range trial.Moved {
			say("moved %s %s", short(m.From), short(m.To))
		}
		for _, v := range trial.Converted {
			say("converted %s %s", short(v.Path), v.After)
		}
		for _, path := range trial.Dropped {
			say("dropped %s", short(path))
		}
		for _, p := range trial.Problems {
			say("problem %s %s", short(p.Path), p.Kind)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, "; "), c.want)
		}
		if fits := !strings.Contains(c.want, "lost") && !strings.Contains(c.want, "dropped") && !strings.Contains(c.want, "problem"); trial.Fits() != fits {
			t.Errorf("%s: fits is %v", c.name, trial.Fits())
		}
		if iv := interview.Open(f, env(), trial.Content); len(iv.Unplaced()) > 0 {
			t.Errorf("%s: %v is carried without a place", c.name, iv.Unplaced())
		}
	}
}

// short writes row ids without their zeros.
func short(path record.Path) string {
	return strings.ReplaceAll(string(path), "00000000-0000-0000-0000-00000000000", "")
}

// Whatever was answered, the same version keeps all of it.
func TestCarryToTheSameVersion(t *testing.T) {
	f := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		iv := interview.New(f, env())
		for range rapid.IntRange(0, 20).Draw(t, "acts") {
			act(t, iv)
		}
		trial := interview.Carry(f, env(), iv.Everything(), nil)
		if len(trial.Lost)+len(trial.Moved)+len(trial.Converted) > 0 {
			t.Fatalf("%+v", trial)
		}
		again := interview.Open(f, env(), trial.Content)
		for path, answer := range iv.Everything().Answers {
			if q, _ := iv.Question(path); q.Type != form.TypeCalculate && q.Calculation == nil && !again.Answer(path).Equal(answer) {
				t.Fatalf("%s was %v and is %v", path, answer, again.Answer(path))
			}
		}
	})
}
