package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"github.com/google/go-cmp/cmp"
)

// asked is one question of a whole mapping interview: what is typed in English and in French, and what is stored.
type asked struct {
	path, english, french, stored string
}

// whole is an interview of the short length, in the order of its questions. An empty line keeps what stands there.
var whole = []asked{
	{"administration/wave", "Wave 2025", "a", "<wave>"},
	{"administration/cooperative", "terra viva", "VIVA", "<cooperative>"},
	{"administration/year", "", "", "2025"},
	{"administration/fiscal_start", "", "1/1/2025", "2025-01-01"},
	{"administration/fiscal_end", "2025-12-31", "31.12.2025", "2025-12-31"},
	{"administration/interview_date", "2026-03-14", "14/3/2026", "2026-03-14"},
	{"administration/mode", "", "a", "face"},
	{"administration/interviewer", "", "Rossi", "<person>"},
	{"administration/supervisor", "Anna", "1", "<person>"},
	{"administration/outcome", "Complete", "a", "complete"},
	{"agreement/notice", "On paper", "Sur papier", "paper"},
	{"agreement/notice_date", "", "", "2026-03-14"},
	{"agreement/agrees", "y", "o", "yes"},
	{"agreement/named_use", "b, Coospace", "b c", "directory;matching"},
	{"identification/status", "a", "En activité", "active"},
	{"identification/level", "primary", "a", "primary"},
	{"identification/figures_cover", "a", "1", "entity"},
	{"location/country", "", "italie", "IT"},
	{"location/region", "emilia-romagna", "IT-45", "IT-45"},
	{"types/legal_form", "Società cooperativa", "Società cooperativa", "Società cooperativa"},
	{"types/ilo_type", "worker", "a", "worker"},
	{"types/family", "b", "Coopérative sociale", "social"},
	{"types/purpose", "a b", "a;b", "services;integration"},
	{"activities/activity", "Bakery", "Bakery", "Bakery"},
	{"activities/isic", "food products", "10", "10"},
	{"membership/members", "1,200 /E", "1 200 /e", "1200/E"},
	{"work/persons_working", "15", "15", "15"},
	{"work/worker_members", "5", "5", "5"},
	{"work/non_member_employees", "10", "10", "10"},
	{"work/disadvantaged", ":d", ":dontknow", ":dont_know"},
	{"work/beneficiaries", "40", "40", "40"},
	{"governance/voting", "a", "1", "one_member"},
	{"economics/currency", "", "EUR", "EUR"},
	{"economics/accounting", "c", "c", "national"},
	{"economics/turnover", ":r", ":refused", ":refused"},
	{"economics/turnover_band", "d", "d", "250k_2m"},
	{"quality/source", "interview only", "e", "interview"},
	{"quality/reliability", "Weak", "Faible", "1"},
	{"quality/reliability_note", `Only a talk, \`, `Only a talk, \`, "Only a talk,\nno papers"},
}

// more are the lines after a line that goes on in the next.
var more = map[string]string{"quality/reliability_note": "no papers"}

func (a asked) typed(language string) string {
	text := a.english
	if language == "fr" {
		text = a.french
	}
	if next := more[a.path]; next != "" {
		return text + "\n" + next + "\n"
	}
	return text + "\n"
}

func script(language string) string {
	var b strings.Builder
	for _, a := range whole {
		b.WriteString(a.typed(language))
	}
	return b.String()
}

// built builds the program as it is shipped, and returns where it lies.
func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "coopctl")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-tags", "sqlite_fts5,sqlite_math_functions", "-o", binary, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	return binary
}

// referred names the records that the script refers to.
func referred(t *testing.T, w *workspace.Workspace) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, kind := range []string{"wave", "person", "cooperative"} {
		rows, err := w.Store.List(t.Context(), kind, store.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if kind != "cooperative" || row.Label == "Cooperativa Terra Viva" {
				out["<"+kind+">"] = row.Record.String()
			}
		}
	}
	return out
}

// scripted are the answers that the script stores, by path.
func scripted(names map[string]string) map[record.Path]string {
	out := map[record.Path]string{}
	for _, a := range whole {
		if out[record.Path(a.path)] = a.stored; names[a.stored] != "" {
			out[record.Path(a.path)] = names[a.stored]
		}
	}
	return out
}

// storedAnswers are what a record says to the questions that are asked.
func storedAnswers(t *testing.T, w *workspace.Workspace, id record.ID) map[record.Path]string {
	t.Helper()
	state, err := w.Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := w.Form(state.Kind)
	out := map[record.Path]string{}
	for path, field := range state.Fields {
		if q, ok := f.Question(path.Question()); ok && q.Type.Asked() && !field.Answer.Blank() {
			out[path] = written(field.Answer)
		}
	}
	return out
}

// TestFillBinary drives the program as it is shipped, from a pipe.
func TestFillBinary(t *testing.T) {
	binary := built(t)
	t.Run("whole interview", func(t *testing.T) { wholeInterview(t, binary) })
	t.Run("killed", func(t *testing.T) { killed(t, binary) })
}

func wholeInterview(t *testing.T, binary string) {
	for _, language := range []string{"en", "fr"} {
		t.Run(language, func(t *testing.T) {
			dir := fillWorkspace(t)
			c := exec.Command(binary, "fill", dir, "mapping", "--lang", language, "--submit")
			c.Stdin = strings.NewReader(script(language))
			out, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			w, err := workspace.Open(dir, workspace.Config{})
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			rows, err := w.Store.List(t.Context(), "mapping", store.Query{})
			if err != nil || len(rows) != 1 {
				t.Fatalf("%d interviews: %v\n%s", len(rows), err, out)
			}
			if rows[0].Lifecycle != record.Submitted || rows[0].Label != "Cooperativa Terra Viva 2025" {
				t.Errorf("%s is %s", rows[0].Label, rows[0].Lifecycle)
			}
			if diff := cmp.Diff(scripted(referred(t, w)), storedAnswers(t, w, rows[0].Record)); diff != "" {
				t.Errorf("%s\n%s", diff, out)
			}
		})
	}
}

// prompts finds the prompts in what the program printed.
var prompts = regexp.MustCompile(`(?m)^ +(\[[^\n]*\] )?> `)

// feeder runs the program and types one line after each prompt.
type feeder struct {
	command *exec.Cmd
	in      io.WriteCloser
	printed chan []byte
	out     bytes.Buffer
	killer  *time.Timer
	gone    chan struct{} // closed once it is killed
	delay   time.Duration // from the first prompt until it is killed; 0: it is not
	prompt  int           // at which it is killed at once; 0: at none
}

func (f *feeder) killAfter(delay time.Duration) {
	f.killer = time.AfterFunc(delay, func() {
		_ = f.command.Process.Kill()
		close(f.gone)
	})
}

func start(t *testing.T, binary string, args ...string) *feeder {
	t.Helper()
	f := &feeder{command: exec.Command(binary, args...), printed: make(chan []byte), gone: make(chan struct{})}
	in, err := f.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	f.in, f.command.Stderr = in, os.Stderr
	if err := f.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(f.printed)
		for {
			buffer := make([]byte, 4096)
			n, err := out.Read(buffer)
			if n > 0 {
				f.printed <- buffer[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return f
}

// feed types lines, each at its prompt, until the program ends. It returns how many prompts were printed.
func (f *feeder) feed(lines []string) int {
	seen := 0
	for chunk := range f.printed {
		f.out.Write(chunk)
		if f.delay > 0 && f.killer == nil && prompts.Match(f.out.Bytes()) {
			f.killAfter(f.delay)
		}
		for now := len(prompts.FindAllIndex(f.out.Bytes(), -1)); seen < now; seen++ {
			switch {
			case seen+1 == f.prompt:
				f.killAfter(0)
				<-f.gone
			case seen < len(lines):
				_, _ = io.WriteString(f.in, lines[seen]) // the program may be gone
			default:
				f.in.Close()
			}
		}
	}
	_ = f.command.Wait()
	return seen
}

// linesFrom are the lines of the script from the question where a draft stands, and the paths they answer.
func linesFrom(t *testing.T, cursor string) (typed []string, paths []record.Path) {
	t.Helper()
	for i, a := range whole {
		if cursor != "" && a.path != cursor {
			continue
		}
		for _, a := range whole[i:] {
			for _, line := range strings.SplitAfter(a.typed("en"), "\n") {
				if line != "" {
					typed, paths = append(typed, line), append(paths, record.Path(a.path))
				}
			}
		}
		return typed, paths
	}
	if cursor != "*" {
		t.Fatalf("the draft stands at %s, which the script does not know", cursor)
	}
	return nil, nil
}

// killed kills the program at random moments, and holds that each answer whose next prompt had been printed is
// in the draft; then it goes on from where it was.
func killed(t *testing.T, binary string) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	dir := fillWorkspace(t)
	random := rand.New(rand.NewPCG(2026, 11))
	want := map[record.Path]string{}
	promised, finished := 0, 0
	for kill := 0; kill < kills; kill++ {
		cursor, held := draftNow(t, dir, &want)
		args := []string{"fill", dir, "mapping", "--submit"}
		if held {
			args = append(args, "--resume")
		}
		typed, paths := linesFrom(t, cursor)
		f := start(t, binary, args...)
		switch kill % 5 {
		case 0: // while it opens the workspace and the draft, too
			f.killAfter(time.Duration(random.IntN(200)) * time.Millisecond)
		case 1, 2: // at any time
			f.delay = time.Duration(1+random.IntN(60_000)) * time.Microsecond
		default: // as soon as it promises that an answer is kept
			f.prompt = 2 + random.IntN(12)
		}
		seen := f.feed(typed)
		if f.killer != nil && !f.killer.Stop() {
			promised += checkPromises(t, dir, want, paths[:min(len(paths), max(0, seen-1))], paths, seen, f.out.String())
			continue
		}
		finished++ // it ended before it was killed
		kill--
		if finished > kills {
			t.Fatalf("the program ends before it can be killed:\n%s", f.out.String())
		}
	}
	finishAll(t, binary, dir, want)
	t.Logf("%d kills, %d answers whose next prompt was seen before one, %d interviews ended between them", kills, promised, finished)
}

// draftNow tells where the draft stands, and works out once what the script stores.
func draftNow(t *testing.T, dir string, want *map[record.Path]string) (cursor string, held bool) {
	t.Helper()
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if len(*want) == 0 {
		maps.Copy(*want, scripted(referred(t, w)))
	}
	drafts, err := w.Store.Drafts(t.Context())
	if err != nil || len(drafts) > 1 {
		t.Fatalf("%d drafts: %v", len(drafts), err)
	}
	if len(drafts) == 0 {
		return "", false
	}
	return drafts[0].Cursor, true
}

// checkPromises holds that the draft, or the record if it was kept, has every answer before the last prompt.
func checkPromises(t *testing.T, dir string, want map[record.Path]string, answered, all []record.Path, seen int, out string) int {
	t.Helper()
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	drafts, err := w.Store.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(drafts) == 0 {
		if len(answered) > 0 && seen < len(all) {
			t.Errorf("there is no draft, and %d prompts were seen:\n%s", seen, out)
		}
		return 0 // submitted, or killed before it began
	}
	s, err := w.Begin(context.Background(), workspace.SessionOf{Kind: "mapping", Record: drafts[0].Record})
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range answered {
		if i+1 < len(all) && all[i+1] == path {
			continue // the first line of several
		}
		if got := written(s.Interview().Answer(path)); got != want[path] {
			t.Errorf("%s was answered and is %q, not %q:\n%s", path, got, want[path], out)
		}
	}
	return len(answered)
}

// finishAll brings the draft that is left to its end, compares every interview with the script, and verifies.
func finishAll(t *testing.T, binary, dir string, want map[record.Path]string) {
	t.Helper()
	if cursor, held := draftNow(t, dir, &want); held {
		typed, _ := linesFrom(t, cursor)
		f := start(t, binary, "fill", dir, "mapping", "--submit", "--resume")
		if f.feed(typed); f.command.ProcessState.ExitCode() != 0 {
			t.Fatalf("the interview was not submitted:\n%s", f.out.String())
		}
	}
	if out, err := exec.Command(binary, "verify", dir).CombinedOutput(); err != nil || !strings.Contains(string(out), "All is well.") {
		t.Errorf("verify: %v\n%s", err, out)
	}
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Store.List(t.Context(), "mapping", store.Query{})
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d interviews: %v", len(rows), err)
	}
	for _, row := range rows {
		if diff := cmp.Diff(want, storedAnswers(t, w, row.Record)); diff != "" || row.Lifecycle != record.Submitted {
			t.Errorf("%s is %s: %s", row.Record, row.Lifecycle, diff)
		}
	}
}
