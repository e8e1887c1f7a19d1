package window

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// script is what is typed at each question; "Alt+d" and the like are pressed. Questions that it does not name are passed
// with Enter.
var script = map[string]string{
	"administration/mode": "a", "administration/interviewer": "alt+d", "administration/supervisor": "alt+d", "administration/outcome": "a",
	"agreement/notice": "a", "agreement/agrees": "a", "agreement/named_use": "b",
	"identification/status": "a", "identification/level": "a", "identification/figures_cover": "a",
	"types/ilo_type": "a", "types/family": "a", "activities/activity": "Printing of books", "activities/isic": "1811",
	"membership/members": "42", "work/persons_working": "50", "work/worker_members": "40", "work/non_member_employees": "10",
	"governance/voting": "a", "economics/accounting": "a", "economics/turnover": "1234567",
	"quality/source": "b", "quality/reliability": "c",
}

// answers are what the script must leave, as expressions see them.
var answers = map[string]string{
	"administration/mode": "face", "administration/interviewer": "dont_know", "administration/supervisor": "dont_know",
	"administration/outcome": "complete", "agreement/notice": "oral", "agreement/agrees": "yes", "agreement/named_use": "directory",
	"identification/status": "active", "identification/level": "primary", "identification/figures_cover": "entity",
	"types/ilo_type": "worker", "types/family": "worker", "activities/activity": "Printing of books", "activities/isic": "1811",
	"membership/members": "42", "work/persons_working": "50", "work/worker_members": "40", "work/non_member_employees": "10",
	"governance/voting": "one_member", "economics/accounting": "cash", "economics/turnover": "1234567",
	"quality/source": "accounts", "quality/reliability": "3",
}

// open opens the workspace of the desk, while the program does not run.
func (d *desk) open() *workspace.Workspace {
	d.t.Helper()
	w, err := workspace.Open(d.space, workspace.Config{Name: "Test Person"})
	if err != nil {
		d.t.Fatal(err)
	}
	return w
}

// unvisited is the name of a cooperative without an interview in the newest wave, in letters that every layout has.
func (d *desk) unvisited() string {
	d.t.Helper()
	w := d.open()
	defer w.Close()
	ctx := context.Background()
	waves, err := w.Store.List(ctx, "wave", store.Query{Sort: []store.Order{{Column: "year", Descending: true}}})
	if err != nil || len(waves) == 0 {
		d.t.Fatalf("%d waves, %v", len(waves), err)
	}
	rows, err := w.Store.List(ctx, "cooperative", store.Query{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, row := range rows {
		name, _, _ := strings.Cut(row.Label, " (")
		n, err := w.Store.Count(ctx, "mapping", []store.Condition{{Column: "administration/cooperative", Values: []string{row.Record.String()}},
			{Column: "administration/wave", Values: []string{waves[0].Record.String()}}})
		if err != nil {
			d.t.Fatal(err)
		}
		hits, err := w.Store.Search(ctx, name, 60)
		hits = slices.DeleteFunc(hits, func(h store.Hit) bool { return h.Kind != "cooperative" })
		if err == nil && n == 0 && len(hits) > 0 && hits[0].Record == row.Record && ascii(name) {
			return name
		}
	}
	d.t.Fatal("every cooperative of the demonstration has an interview in its newest wave")
	return ""
}

func ascii(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 126 }) < 0
}

// begin begins an interview by keyboard and returns the id of its record.
func (d *desk) begin(name string) record.ID {
	d.t.Helper()
	d.press("ctrl+n")
	d.wait("focus", func(value string) bool { return value == "interviews.new.search" })
	d.types(name)
	d.press("Return")
	route := d.wait("route", func(value string) bool { return strings.HasSuffix(value, "/fill") })
	id, err := record.ParseID(strings.Split(route, "/")[1])
	if err != nil {
		d.t.Fatalf("the filling is at %s: %v", route, err)
	}
	return id
}

// answer answers the question that has the keyboard, and returns the name of the next.
func (d *desk) answer(at string) string {
	d.t.Helper()
	if keys := script[at]; strings.HasPrefix(keys, "alt+") {
		d.press(keys)
	} else {
		d.types(keys)
		d.press("Return")
	}
	return d.wait("focus", func(value string) bool { return value != "" && value != at })
}

func TestAnInterviewIsFilledAndSubmittedInAWindow(t *testing.T) {
	for _, c := range []struct{ layout, language string }{{"us", "en"}, {"fr", "fr"}} {
		t.Run(c.language, func(t *testing.T) {
			d := sit(t, c.layout, c.language)
			name := d.unvisited()
			d.start()
			id := d.begin(name)
			d.strokes = 0
			questions := 0
			at := d.wait("focus", func(value string) bool { return strings.Contains(value, "/") })
			for ; at != "review"; questions++ {
				if questions > 300 {
					t.Fatal("the interview does not end")
				}
				at = d.answer(at)
			}
			d.press("ctrl+Return")
			d.wait("saved", func(value string) bool { return value == "record "+id.String() })
			d.kill()
			t.Logf("%d keystrokes for %d questions: %.1f each", d.strokes, questions, float64(d.strokes)/float64(questions))
			d.compare(id)
		})
	}
}

// compare compares the stored answers with the script.
func (d *desk) compare(id record.ID) {
	d.t.Helper()
	w := d.open()
	defer w.Close()
	state, err := w.Store.State(context.Background(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	if state.Lifecycle != record.Submitted {
		d.t.Errorf("the record is %s, want submitted", state.Lifecycle)
	}
	for path, want := range answers {
		if got := said(state.Fields[record.Path(path)].Answer); got != want {
			d.t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// said is an answer as the script has it.
func said(answer record.Answer) string {
	if answer.Status != record.Answered {
		return answer.Status.String()
	}
	return answer.Value.String()
}

// killsVariable is the environment variable that says how often the program is killed; it is 5 unless told.
const killsVariable = "COOPATLAS_KILLS"

func TestAKilledWindowLosesNoMoreThanTheFieldBeingTyped(t *testing.T) {
	kills := 5
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		kills = n
	}
	d := sit(t, "us", "en")
	name := d.unvisited()
	for round := range kills {
		d.start()
		id := d.begin(name)
		left := d.typeUntilKilled()
		d.check(round, id, left)
	}
}

// typeUntilKilled types answers and kills the program at a moment nobody knows before. It returns the questions that the
// keyboard had left by then.
func (d *desk) typeUntilKilled() (left []string) {
	d.t.Helper()
	at := d.wait("focus", func(value string) bool { return strings.Contains(value, "/") })
	for range rand.IntN(14) {
		at = d.answer(at)
	}
	running := d.running
	moment := time.AfterFunc(time.Duration(rand.IntN(120))*time.Millisecond, func() { _ = running.command.Process.Kill() })
	defer moment.Stop()
	text := script[at]
	if strings.HasPrefix(text, "alt+") {
		text = ""
	}
	d.types(text + "\n" + "\n")
	<-running.ended
	d.kill()
	for i, e := range running.seen {
		if e.Event != "focus" || e.Value == "" {
			continue
		}
		for _, later := range running.seen[i+1:] {
			if later.Event == "focus" && later.Value != "" && later.Value != e.Value {
				left = append(left, e.Value)
				break
			}
		}
	}
	return left
}

// check looks whether everything that was left is kept, and whether the workspace is sound.
func (d *desk) check(round int, id record.ID, left []string) {
	d.t.Helper()
	w := d.open()
	defer w.Close()
	ctx := context.Background()
	drafts, err := w.Store.Drafts(ctx)
	if err != nil || len(drafts) != 1 || drafts[0].Record != id {
		d.t.Fatalf("round %d: %d drafts, %v", round, len(drafts), err)
	}
	kept := 0
	for _, path := range left {
		want, scripted := answers[path]
		if !scripted {
			continue
		}
		kept++
		if got := said(drafts[0].Answers[record.Path(path)]); got != want {
			d.t.Errorf("round %d: %s is %q in the draft, want %q", round, path, got, want)
		}
	}
	report, err := w.Store.Verify(ctx, nil)
	if err != nil || len(report.Problems) > 0 {
		d.t.Errorf("round %d: verify finds %v, %v", round, report.Problems, err)
	}
	d.t.Logf("round %d: killed after %d answers, all kept", round+1, kept)
	if err := w.Store.DropDraft(ctx, drafts[0].ID); err != nil {
		d.t.Fatal(err)
	}
}
