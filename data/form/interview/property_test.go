package interview_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

const everything = `
| survey | |
| | type | name | label | relevant | calculation | choice_filter | constraint | repeat_count |
| | integer | staff | Staff | | | | . < 9 | |
| | select_one country | country | Country | | | | | |
| | select_one region | region | Region | | | country = ${country} | | |
| | begin_group | people | People | ${staff} > 2 | | | | |
| | integer | women | Women | | | | . <= ${staff} | |
| | integer | men | Men | ${women} != 1 | ${staff} - ${women} | | | |
| | begin_repeat | team | Team | ${women} > 0 | | | | |
| | integer | size | Size | | | | . <= ${staff} | |
| | calculate | running | | | coalesce(indexed-repeat(${running}, ${team}, position(..) - 1), 0) * (position(..) > 1) + coalesce(${size}, 0) | | | |
| | integer | share | Share | ${size} > 1 | | | | |
| | end_repeat | | | | | | | |
| | end_group | | | | | | | |
| | calculate | total | | | sum(${size}) + count(${team}) | | | |
| | begin_repeat | shift | Shift | | | | | ${staff} |
| | text | what | What | ${total} > 3 | | | | |
| | end_repeat | | | | | | | |
| choices | |
| | list_name | name | label | country |
| | country | it | Italy | |
| | country | fr | France | |
| | region | er | Emilia-Romagna | it |
| | region | br | Brittany | fr |
`

// act makes one random edit.
func act(t *rapid.T, iv *interview.Interview) {
	answer := rapid.SampledFrom([]record.Answer{{}, whole(0), whole(1), whole(2), whole(3), whole(5), whole(12), {Status: record.Refused}}).Draw(t, "answer")
	row := func(repeat record.Path) (record.Path, bool) {
		rows := iv.Rows(repeat)
		if len(rows) == 0 {
			return "", false
		}
		return repeat.Row(rapid.SampledFrom(rows).Draw(t, "row")), true
	}
	put := func(path record.Path, a record.Answer) {
		if _, err := iv.Set(path, a); err != nil {
			t.Fatal(err)
		}
	}
	switch rapid.IntRange(0, 7).Draw(t, "act") {
	case 0:
		put("staff", answer)
	case 1:
		put("country", text(rapid.SampledFrom([]string{"it", "fr", ""}).Draw(t, "country")))
	case 2:
		put("region", text(rapid.SampledFrom([]string{"er", "br", ""}).Draw(t, "region")))
	case 3:
		put("people/women", answer)
	case 4:
		if _, _, err := iv.AddRow("people/team"); err != nil {
			t.Fatal(err)
		}
	case 5:
		if path, ok := row("people/team"); ok {
			if _, err := iv.RemoveRow(path); err != nil {
				t.Fatal(err)
			}
		}
	case 6:
		if path, ok := row("people/team"); ok {
			put(path+"/size", answer)
		}
	case 7:
		if path, ok := row("shift"); ok {
			put(path+"/what", text("x"))
		}
	}
}

// picture is everything that can be seen of an interview.
func picture(iv *interview.Interview) map[string]string {
	out := map[string]string{}
	for path, a := range iv.Answers() {
		out["answer "+string(path)] = a.Status.String() + " " + a.Value.String()
	}
	for repeat, rows := range iv.Content().Rows {
		for _, row := range rows {
			out["row "+string(repeat.Row(row))] = "there"
		}
	}
	for _, p := range iv.Problems() {
		out["problem "+string(p.Path)+" "+string(p.Kind)] = p.Message
	}
	for _, s := range iv.Steps() {
		out["step "+string(s.Path)] = ""
	}
	return out
}

// What follows from an answer, worked out bit by bit, is what a fresh start on the same answers gives.
func TestIncrementalIsTheSameAsAFreshStart(t *testing.T) {
	f := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		iv := interview.New(f, env())
		for range rapid.IntRange(0, 25).Draw(t, "edits") {
			act(t, iv)
		}
		again := interview.Open(f, env(), iv.Everything())
		if got, want := picture(again), picture(iv); !maps.Equal(got, want) {
			t.Fatalf("fresh %v\nbit by bit %v", got, want)
		}
	})
}

// Taking every edit back gives the beginning, and making them again the end.
func TestUndoAndRedo(t *testing.T) {
	f := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		iv := interview.New(f, env())
		pictures := []map[string]string{picture(iv)}
		for range rapid.IntRange(0, 15).Draw(t, "edits") {
			act(t, iv)
			pictures = append(pictures, picture(iv))
		}
		undone := 0
		for {
			if _, ok := iv.Undo(); !ok {
				break
			}
			undone++
			if !slices.ContainsFunc(pictures, func(p map[string]string) bool { return maps.Equal(p, picture(iv)) }) {
				t.Fatalf("undo %d gives what never was: %v", undone, picture(iv))
			}
		}
		if !maps.Equal(picture(iv), pictures[0]) {
			t.Fatalf("undone to %v, began with %v", picture(iv), pictures[0])
		}
		for iv.CanRedo() {
			iv.Redo()
		}
		if last := pictures[len(pictures)-1]; !maps.Equal(picture(iv), last) {
			t.Fatalf("redone to %v, ended with %v", picture(iv), last)
		}
	})
}

// Putting other content in place is the same as opening it.
func TestReopen(t *testing.T) {
	f := compile(t, everything)
	rapid.Check(t, func(t *rapid.T) {
		used, other := interview.New(f, env()), interview.New(f, env())
		for range rapid.IntRange(0, 12).Draw(t, "edits") {
			act(t, used)
			act(t, other)
		}
		content := other.Everything()
		used.Reopen(content)
		if got, want := picture(used), picture(interview.Open(f, env(), content)); !maps.Equal(got, want) {
			t.Fatalf("reopened %v\nopened %v", got, want)
		}
		if used.CanUndo() || used.CanRedo() {
			t.Fatal("edits outlive what they were made on")
		}
	})
}
