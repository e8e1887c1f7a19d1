package questionnaires

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// visits are the invented questionnaires of the tests of data/workspace.
const visits = "../../../data/workspace/testdata/questionnaires"

// open opens the page in an empty workspace.
func open(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *Page) {
	t.Helper()
	cfg.Empty = true
	s := stage.New(t, cfg)
	p := s.Open(New, "questionnaires", route).(*Page)
	t.Cleanup(p.Close)
	return s, p
}

// put puts a questionnaire of the tests in.
func put(t *testing.T, s *stage.Stage, name string, renames form.Renames) {
	t.Helper()
	from := workspace.QuestionnaireFile{Folder: os.DirFS(visits), Name: name, Renames: renames}
	if _, _, err := s.Workspace().AddQuestionnaire(t.Context(), from, workspace.Consent{Losses: true, Apart: true}); err != nil {
		t.Fatal(err)
	}
}

// write writes a questionnaire of a few rows.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.md")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestListOfWhatTheProgramBrings(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "questionnaires")
		if p.kind != "mapping" || p.table.Total() != len(offered(s.Workspace())) || p.table.Total() < 8 || s.Counts == "" {
			t.Errorf("shown is %s, %d kinds, %q", p.kind, p.table.Total(), s.Counts)
		}
		if text := s.Texts(); !strings.Contains(text, p.say("print")) || strings.Contains(text, p.say("remove")) {
			t.Errorf("in sight is\n%s", text)
		}
		p.show("population", "")
		if !strings.HasSuffix(p.Route(), "kind=population") || !strings.Contains(s.Texts(), p.say("phones", 7)) && !strings.Contains(s.Texts(), "population") {
			t.Errorf("%s:\n%s", p.Route(), s.Texts())
		}
		for _, key := range []string{"Ctrl+T", "Ctrl+N"} {
			s.Command(key)
		}
		if want := []string{"interviews/preview/fill?kind=population", "interviews/new/fill?kind=population"}; !slices.Equal(s.Routes, want) {
			t.Errorf("led to %v", s.Routes)
		}
		s.Clean("questionnaires.")
	}
}

func TestQuestionnaireIsLookedOverAndPutIn(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "questionnaires")
		s.Pick = filepath.Join(visits, "visits-1.md")
		s.Command("Ctrl+I")
		if !p.ready() || p.Title() != "visits-1.md" || !strings.Contains(s.Texts(), p.say("new_kind", "Kind", "visits", "Version", "1")) {
			t.Fatalf("in sight is\n%s", s.Texts())
		}
		s.Command("Ctrl+T")
		p.note.SetText("the pilot")
		s.Press(p.say("put_in"))
		if f, ok := s.Workspace().Form("visits"); !ok || f.Version != "1" || p.kind != "visits" || p.file != "" {
			t.Fatalf("it is not there; %v, at %s", s.Errors, p.Route())
		}
		if text := s.Texts(); !strings.Contains(text, "the pilot") || !strings.Contains(text, p.say("remove")) {
			t.Errorf("in sight is\n%s", text)
		}
		if len(s.Routes) != 1 || !strings.HasPrefix(s.Routes[0], "interviews/preview/fill?file=") || len(s.Notes) != 1 {
			t.Errorf("led to %v, noted %v", s.Routes, s.Notes)
		}
		s.Toasts[0].Undo()
		if _, ok := s.Workspace().Form("visits"); ok || p.kind != "mapping" {
			t.Error("what was taken back is there")
		}
		s.Toasts[1].Undo()
		if _, ok := s.Workspace().Form("visits"); !ok || p.kind != "visits" {
			t.Error("what was put back is not there")
		}
		s.Clean("questionnaires.")
	}
}

func TestProblemsStandBesideTheirRows(t *testing.T) {
	s, p := open(t, stage.Config{}, "questionnaires")
	path := write(t, "| survey | |\n| | type | name | label | calculation |\n| | integer | a | How many? | ${nobody} |\n| | text | b | | |\n| settings | |\n| | form_id | version |\n| | person | 1 |\n")
	p.Dropped([]string{path})
	if p.ready() || !p.proposal.Refused() {
		t.Fatal("what is wrong can be put in")
	}
	text := s.Texts()
	for _, says := range []string{"3 errors", "survey, row 3", "${nobody} names no question"} {
		if !strings.Contains(text, says) {
			t.Errorf("%q is not in sight:\n%s", says, text)
		}
	}
	if grids := stage.All[*kit.Grid](s); len(grids) != 1 || !slices.ContainsFunc(grids[0].Texts(), func(row []string) bool { return slices.Equal(row, []string{"label", "How many?"}) }) {
		t.Errorf("the row is not in sight: %d grids", len(grids))
	}
	s.Press("Open the file at this row")
	s.Command("Ctrl+O")
	if !slices.Equal(s.Shown, []string{path, path}) {
		t.Errorf("opened are %v", s.Shown)
	}
	s.Press("Back to the list")
	if p.file != "" || !strings.Contains(s.Texts(), "Add a questionnaire") {
		t.Error("there is no way back")
	}
	s.Clean("questionnaires.")
}

func TestFilesThatAreNone(t *testing.T) {
	s, p := open(t, stage.Config{}, page.MakeRoute("questionnaires", "file", filepath.Join(t.TempDir(), "none.xlsx")))
	if p.ready() || !strings.Contains(s.Texts(), "none.xlsx") {
		t.Errorf("in sight is\n%s", s.Texts())
	}
	p.add()
	s.Press("Back to the list")
	s.Clean("questionnaires.")
	p.show("nothing", "")
	if len(s.Errors) != 1 {
		t.Error("a kind that is not there shows no error")
	}
}

func TestNextVersionAsksAndTries(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "questionnaires")
		put(t, s, "visits-1.md", nil)
		begun, err := s.Workspace().Begin(t.Context(), workspace.SessionOf{Kind: "visits"})
		if err != nil {
			t.Fatal(err)
		}
		for path, text := range map[record.Path]string{"place": "Hall", "agrees": "n"} {
			if _, err := begun.SetText(t.Context(), path, text); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := begun.SetText(t.Context(), "because", "Rain"); err != nil {
			t.Fatal(err)
		}
		p.open(filepath.Join(visits, "visits-2.md"))
		before := len(p.proposal.Undecided)
		if before < 3 || !strings.Contains(s.Texts(), p.say("renames")) {
			t.Fatalf("%v\n%s", p.proposal.Undecided, s.Texts())
		}
		for _, r := range slices.Clone(p.proposal.Undecided) {
			p.decide(r, "yes")
		}
		p.decide(form.Rename{Old: "place", New: "site"}, "no")
		p.decide(form.Rename{Old: "place", New: "site"}, "ask")
		if len(p.proposal.Undecided) != 1 || !strings.Contains(s.Texts(), "Rain") {
			t.Errorf("%v\n%s", p.proposal.Undecided, s.Texts())
		}
		s.Command("Ctrl+Enter")
		if len(s.Confirms) != 1 || !s.Confirms[0].Danger {
			t.Fatalf("asked was %+v", s.Confirms)
		}
		if f, _ := s.Workspace().Form("visits"); f.Version != "1" {
			t.Fatal("it was put in without an answer")
		}
		s.Yes = true
		p.decide(form.Rename{Old: "place", New: "site"}, "yes")
		s.Command("Ctrl+Enter")
		if f, _ := s.Workspace().Form("visits"); f.Version != "2" {
			t.Fatalf("it is not there: %v", s.Errors)
		}
		text := s.Texts()
		for _, says := range []string{p.say("changed", "From", "1", "To", "2"), p.say("difference.renamed_line", "Old", "place", "New", "site"), p.say("reason.wording")} {
			if !strings.Contains(text, says) {
				t.Errorf("%q is not in sight:\n%s", says, text)
			}
		}
		p.show("visits", "1")
		if strings.Contains(s.Texts(), p.say("difference.renamed_line", "Old", "place", "New", "site")) {
			t.Error("the first version differs from one before")
		}
		s.Clean("questionnaires.")
	}
}

func TestVersionsAreWritten(t *testing.T) {
	s, p := open(t, stage.Config{}, "questionnaires")
	put(t, s, "visits-1.md", nil)
	p.show("visits", "")
	folder := t.TempDir()
	for key, name := range map[string]string{"Ctrl+P": "paper.pdf", "Ctrl+B": "book.xlsx", "Ctrl+E": "phone.xlsx"} {
		s.Pick = filepath.Join(folder, name)
		s.Command(key)
		if info, err := os.Stat(s.Pick); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v, %v", name, err, s.Errors)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "towns.csv")); err != nil {
		t.Error(err)
	}
	s.Press("Copy as text")
	if !strings.Contains(s.Copied, "| survey |") {
		t.Errorf("copied is %q", s.Copied)
	}
	s.Clean("questionnaires.")
	s.Pick = filepath.Join(folder, "none", "x.pdf")
	s.Command("Ctrl+P")
	p.print("nothing", "")
	if len(s.Errors) != 2 {
		t.Errorf("%d errors are shown", len(s.Errors))
	}
}

func TestRecordsOfAnAddedKind(t *testing.T) {
	s, p := open(t, stage.Config{}, "questionnaires")
	put(t, s, "visits-1.md", nil)
	begun, err := s.Workspace().Begin(t.Context(), workspace.SessionOf{Kind: "visits"})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range [][2]string{{"place", "Hall"}, {"year", "2025"}, {"agrees", "y"}, {"town", "rm"}} {
		if _, err := begun.SetText(t.Context(), record.Path(answer[0]), answer[1]); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := begun.Save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.kind = "visits"
	p.Reload()
	tables := stage.All[*kit.Table](s)
	if len(tables) != 2 || tables[1].Total() != 1 || strings.Contains(s.Texts(), p.say("remove")) {
		t.Fatalf("%d tables", len(tables))
	}
	if tables[1].Choose(saved.Record.String()); !strings.Contains(s.Texts(), "1") {
		t.Error("no count is in sight")
	}
	p.remove("visits", "1")
	if len(s.Errors) != 1 || !errors.Is(s.Errors[0], workspace.ErrQuestionnaire) {
		t.Errorf("a version with records is taken out: %v", s.Errors)
	}
}

// Every rule of the lint, and every reason of a break, has its words.
func TestEveryRuleHasWords(t *testing.T) {
	s, _ := open(t, stage.Config{}, "questionnaires")
	for _, rule := range form.LintRules() {
		for _, part := range []string{".differ", ".advice"} {
			if key := "questionnaires.lint." + strings.ReplaceAll(rule, "-", "_") + part; !s.Words().Has(key) {
				t.Errorf("%s has no words", key)
			}
		}
	}
}
