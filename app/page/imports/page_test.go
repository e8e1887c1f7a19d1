package imports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/app/task"
	"coopatlas/data/exchange/tabular"
)

// register is a small register with a mapping that refuses some of its rows.
const (
	register = "id,name,since,land\n1,Terra Viva,1999-02-03,Italy\n2,Lanterna,2001-01-01,Italy\n,Senza,2001-01-01,Italy\n3,Elba,2001-01-01,Elbonia\n4,Vera,1850-01-01,Italy\n5,Nova,1851-01-01,Italy\n"
	mapping  = "source: Register\nattribution: A register\nrecords:\n  - kind: cooperative\n    key: [id]\n    columns:\n      names/legal_name: name\n      beginnings/founded: {column: since, take: year}\n      country: {column: land, lookup: country.csv}\n"
)

// files writes a file and its mapping.
func files(t *testing.T, table, rules string) (file, mapped string) {
	t.Helper()
	dir := t.TempDir()
	file, mapped = filepath.Join(dir, "register.csv"), filepath.Join(dir, "register.yaml")
	for path, text := range map[string]string{file: table, mapped: rules} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file, mapped
}

// open opens the page in an empty workspace.
func open(t *testing.T, cfg stage.Config, file, mapped string) (*stage.Stage, *Page) {
	t.Helper()
	cfg.Empty = true
	s := stage.New(t, cfg)
	p := s.Open(New, "imports", page.MakeRoute("imports", "file", file, "mapping", mapped)).(*Page)
	t.Cleanup(p.Close)
	return s, p
}

func TestImportIsTriedThenDone(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		file, mapped := files(t, register, mapping)
		s, p := open(t, stage.Config{Language: language}, file, mapped)
		if !slices.Equal(p.glance.columns, []string{"id", "name", "since", "land"}) || len(p.glance.rows) != previewRows || p.glance.source != "Register" {
			t.Errorf("%+v", p.glance)
		}
		s.Press(p.say("try"))
		if p.last == nil || !p.last.DryRun || p.last.Refused != 2 {
			t.Fatalf("tried: %+v, %v", p.last, s.Errors)
		}
		if n, err := s.Workspace().Store.Count(t.Context(), "cooperative", nil); err != nil || n != 0 {
			t.Errorf("a trial stored %d records, %v", n, err)
		}
		s.Press(p.say("import"))
		if n, err := s.Workspace().Store.Count(t.Context(), "cooperative", nil); err != nil || n != 4 || p.last.DryRun {
			t.Errorf("%d records are stored, %v", n, err)
		}
		s.Press(p.say("see"))
		if !slices.Equal(s.Routes, []string{"directory"}) || len(s.Notes) != 1 {
			t.Errorf("led to %v, noted %v", s.Routes, s.Notes)
		}
		p.run(true)
		if !p.last.Nothing() || !strings.Contains(s.Texts(), p.say("refused", 2)) {
			t.Errorf("again: %+v", p.last)
		}
		s.Clean("imports.")
	}
}

func TestReportNamesLineAndReason(t *testing.T) {
	file, mapped := files(t, register, mapping)
	s, p := open(t, stage.Config{}, file, mapped)
	p.run(true)
	s.Pick = filepath.Join(t.TempDir(), "report.csv")
	s.Press("Save the list")
	data, err := os.ReadFile(s.Pick)
	if err != nil || !strings.Contains(string(data), "refused,4,") || !strings.Contains(string(data), "Elbonia") {
		t.Errorf("saved %s, %v", data, err)
	}
	if got := p.place("cooperative: names/legal_name"); got != "Legal name" {
		t.Errorf("a question is called %q", got)
	}
	for _, column := range []string{"land", "x: y"} {
		if got := p.place(column); got != column {
			t.Errorf("the column %s is called %q", column, got)
		}
	}
	s.Clean("imports.")
	s.Pick = filepath.Join(t.TempDir(), "none", "report.csv")
	p.saveReport(p.last)
	if len(s.Errors) != 1 {
		t.Error("a folder that is not there shows no error")
	}
}

func TestLongReportsAreCutShort(t *testing.T) {
	file, mapped := files(t, register, mapping)
	_, p := open(t, stage.Config{}, file, mapped)
	long := &tabular.Report{DryRun: true, Rows: 5000, Refused: 4000, Warned: 900, Carried: 3, Old: 2}
	for i := range mostListed + 50 {
		long.Refusals = append(long.Refusals, tabular.Problem{Line: i, Column: "id", Message: fmt.Sprint("reason ", i)})
		long.Warnings = append(long.Warnings, tabular.Problem{Line: i, Column: "id", Message: fmt.Sprint("warning ", i), More: 3})
	}
	p.last = long
	p.show()
	if len(p.results.Objects) != 6 {
		t.Errorf("the report has %d parts", len(p.results.Objects))
	}
}

func TestFilesAreChosenAndDropped(t *testing.T) {
	file, mapped := files(t, register, mapping)
	s, p := open(t, stage.Config{}, "", "")
	if p.ready() || !p.try.Disabled() {
		t.Error("nothing can be tried without a file")
	}
	s.Pick = file
	s.Command("Ctrl+I")
	p.Dropped([]string{mapped})
	if p.file != file || p.mapping != mapped || !p.ready() || s.Preference(prefMapping) != mapped {
		t.Errorf("file %s, mapping %s", p.file, p.mapping)
	}
	if again := New(s, page.ParseRoute("imports")).(*Page); again.mapping != mapped {
		t.Error("the mapping is forgotten")
	}
	s.Command("Ctrl+T")
	s.Command("Ctrl+Enter")
	if p.last == nil || !p.last.Stored {
		t.Errorf("%+v", p.last)
	}
	s.Clean("imports.")
}

func TestWhatIsWrongStandsBesideIt(t *testing.T) {
	for _, fact := range []struct{ name, table, rules, says string }{
		{"mapping", register, "source: [", "mapping"},
		{"lacking", "id,name\n1,A\n", mapping, "lacks 2 columns"},
		{"empty", "", mapping, "file"},
		{"question", register, strings.Replace(mapping, "names/legal_name", "names/none", 1), "names/none"},
	} {
		file, mapped := files(t, fact.table, fact.rules)
		s, p := open(t, stage.Config{}, file, mapped)
		if p.ready() {
			p.run(true)
		}
		if p.ready() || !strings.Contains(s.Texts(), fact.says) {
			t.Errorf("%s: in sight is\n%s", fact.name, s.Texts())
		}
		p.run(true)
		s.Clean("imports.")
	}
	s, p := open(t, stage.Config{}, filepath.Join(t.TempDir(), "none.csv"), filepath.Join(t.TempDir(), "none.yaml"))
	if p.glance.file == nil || p.glance.mapping == nil {
		t.Error("files that are not there are read")
	}
	s.Clean("imports.")
}

func TestStrictAndStopped(t *testing.T) {
	file, mapped := files(t, register, mapping)
	s, p := open(t, stage.Config{}, file, mapped)
	p.strict = true
	p.run(false)
	if n, _ := s.Workspace().Store.Count(t.Context(), "cooperative", nil); n != 0 || len(s.Toasts) != 1 || p.last == nil {
		t.Errorf("%d records are stored, said %v", n, s.Toasts)
	}
	p.ended(&tabular.Report{Saved: 3}, context.Canceled)
	p.ended(nil, context.Canceled)
	if last := s.Toasts[1].Text; !strings.Contains(last, "3 records") || p.last.Saved != 3 {
		t.Errorf("stopped: %s", last)
	}
	s.Clean("imports.")
	p.ended(nil, errors.New("the disk is full"))
	if len(s.Errors) != 1 {
		t.Error("a failure shows no error")
	}
}

// held is a runner that starts nothing until it is told to.
type held struct {
	jobs    []task.Job
	stopped int
}

func (h *held) Start(job task.Job) func() {
	h.jobs = append(h.jobs, job)
	return func() { h.stopped++ }
}

func TestImportCanBeStopped(t *testing.T) {
	file, mapped := files(t, register, mapping)
	runner := &held{}
	s, p := open(t, stage.Config{Runner: runner}, file, mapped)
	runner.jobs[0].Done(runner.jobs[0].Work(t.Context(), nil))
	p.run(true)
	p.run(true)
	s.Press("Stop")
	if len(runner.jobs) != 2 || runner.stopped != 1 {
		t.Fatalf("%d jobs, %d stopped", len(runner.jobs), runner.stopped)
	}
	told := 0
	runner.jobs[1].Done(runner.jobs[1].Work(t.Context(), func(done, _ int) { told = done }))
	if told == 0 || p.last == nil || p.stop.Visible() {
		t.Errorf("%d rows were told of; %+v", told, p.last)
	}
	s.Clean("imports.")
}

func TestTheBeginningOfAMappingIsWritten(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		file, _ := files(t, register, "")
		s, p := open(t, stage.Config{Language: language}, file, "")
		if p.ready() {
			t.Error("it can be tried without a mapping")
		}
		s.Pick = filepath.Join(t.TempDir(), "sketch.yaml")
		s.Press(p.say("sketch"))
		if p.mapping != s.Pick || !p.ready() || len(s.Shown) != 1 || s.Shown[0] != s.Pick {
			t.Errorf("mapping %q, ready %v, shown %q", p.mapping, p.ready(), s.Shown)
		}
		s.Command("Ctrl+T")
		if p.last == nil || p.last.Rows != 6 {
			t.Errorf("the beginning of a mapping cannot be tried: %+v", p.last)
		}
		s.Clean("imports.")
	}
}
