package interview_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// renamed is carried under its third version: nearly everything is called otherwise.
func renamed(t testing.TB) (*form.Form, form.Renames) {
	t.Helper()
	f := compile(t, strings.NewReplacer("| name | Name", "| title | Name", "| begin_group | visits", "| begin_group | meetings", "begin_repeat | visit |", "begin_repeat | meeting |",
		"| colour | red |", "| colour | rouge |").Replace(carried))
	steps := []form.Renames{{"name": "label", "visits": "meetings", "visits/visit": "meetings/visit", "colour:red": "rot"}, {"label": "title", "meetings/visit": "meetings/meeting", "colour:rot": "rouge"}}
	both := form.Renames{"name": "title", "visits": "meetings", "visits/visit": "meetings/meeting", "colour:red": "rouge"}
	return f.After(steps), both
}

func TestPresent(t *testing.T) {
	f, both := renamed(t)
	was := given()
	now := interview.Present(f, was)
	trial := interview.Carry(f, env(), was, both)
	delete(now.Answers, "double") // works itself out
	if !cmp.Equal(now, trial.Content) || len(trial.Lost) > 0 {
		t.Errorf("present: %s; lost %v", cmp.Diff(trial.Content, now), trial.Lost)
	}
	if was.Answers["name"].Blank() || len(was.Rows["visits/visit"]) != 1 {
		t.Error("what was kept has changed")
	}
	later := given()
	row := record.Path("meetings/meeting").Row(record.ID{15: 1})
	maps.Copy(later.Answers, map[record.Path]record.Answer{"label": text("13"), row + "/at": text("2027-01-01T10:00:00Z"), "gone": text("x")})
	later.Rows["meetings/meeting"] = []record.ID{{15: 1}, {15: 9}}
	now = interview.Present(f, later)
	if got := now.Answers["title"].Value.String(); got != "13" {
		t.Errorf("the title is %q, and the last version called it 13", got)
	}
	if got := now.Answers[row+"/at"].Value.String(); !strings.HasPrefix(got, "2027") || !slices.Equal(now.Rows["meetings/meeting"], []record.ID{{15: 1}, {15: 9}}) {
		t.Errorf("the meeting was at %s, rows %v", got, now.Rows)
	}
	if now.Answers["gone"].Blank() {
		t.Error("what is not asked any more is gone")
	}
}

// What is present stays as it is, and nothing is lost or invented on the way.
func TestPresentSettles(t *testing.T) {
	f, _ := renamed(t)
	paths := []record.Path{"name", "label", "title", "staff", "colour", "gone"}
	rapid.Check(t, func(t *rapid.T) {
		content := interview.Content{Answers: map[record.Path]record.Answer{}, Rows: map[record.Path][]record.ID{}}
		for _, path := range rapid.SliceOfDistinct(rapid.SampledFrom(paths), rapid.ID[record.Path]).Draw(t, "paths") {
			content.Answers[path] = text(rapid.SampledFrom([]string{"red", "rot", "rouge", "7"}).Draw(t, "answer"))
		}
		once := interview.Present(f, content)
		if twice := interview.Present(f, once); !cmp.Equal(once, twice) {
			t.Fatalf("%v becomes %v, then %v", content, once, twice)
		}
		_, had := content.Answers["name"]
		_, has := once.Answers["title"]
		if had && !has || len(once.Answers) > len(content.Answers) {
			t.Fatalf("%v becomes %v", content, once)
		}
	})
}

func TestFit(t *testing.T) {
	f := compile(t, strings.NewReplacer("text | name", "integer | name", "integer | staff", "date | staff", "select_one colour | colour", "select_multiple colour | colour").Replace(carried))
	got := interview.Fit(f, given()).Answers
	if n, ok := got["name"].Value.Number(); !ok || n.String() != "12" || !got["staff"].Blank() || !slices.Equal(got["colour"].Value.Items(), []string{"red"}) {
		t.Errorf("%v", got)
	}
	if old, _ := renamed(t); interview.PresentPath(old, "visits/visit[00000000-0000-0000-0000-000000000001]") != "meetings/meeting[00000000-0000-0000-0000-000000000001]" ||
		interview.PresentPath(old, "name") != "title" || interview.PresentPath(old, "staff") != "staff" {
		t.Error("present paths are others")
	}
}
