package interviews

import (
	"strings"
	"testing"

	"coopatlas/app/stage"
	"coopatlas/data/check"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// queried asks about the turnover of an interview of the demonstration.
func queried(t *testing.T, s *stage.Stage) record.ID {
	t.Helper()
	w := s.Workspace()
	rows, err := w.Store.List(t.Context(), mapping, store.Query{Limit: 1, Columns: []string{}, Where: []store.Condition{
		{Column: "state", Values: []string{"validated"}}, {Column: "economics/turnover", Compare: store.Filled}}})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	about := check.Finding{Record: rows[0].Record.String(), Rule: check.RuleUnit, Concept: "turnover", Year: 2025}
	if _, err := w.Ask(t.Context(), about, "Is it in thousands?"); err != nil {
		t.Fatal(err)
	}
	return rows[0].Record
}

func TestAQueryStandsBesideItsQuestion(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s := stage.New(t, stage.Config{Language: language})
		id := queried(t, s)
		f := fill(t, s, id, "")
		mustBeAt(t, s, "economics/turnover")
		asks := s.Words().Say("query.asks", "Text", "Is it in thousands?")
		if got := f.pane.blocks["economics/turnover"].Face().Message; got != asks {
			t.Errorf("beside the question stands %q", got)
		}
		f.goTo(f.sections[0].key)
		s.Command("Ctrl+J")
		mustBeAt(t, s, "economics/turnover")
		s.Clean()
	}
}

func TestAQueryIsAnswered(t *testing.T) {
	s := stage.New(t, stage.Config{})
	id := queried(t, s)
	f := fill(t, s, id, "")
	f.menu("economics/turnover", f.pane.blocks["economics/turnover"].Button())
	s.Canvas().Overlays().Remove(s.Canvas().Overlays().Top())
	s.Command("Alt+A")
	s.Press("Send the answer") // nothing was written
	s.Press("It is so")
	s.Press("Send the answer")
	all, err := s.Workspace().Queries(t.Context(), workspace.QuerySelection{About: id})
	if err != nil || len(all) != 1 || all[0].Progress != workspace.QueryAnswered || all[0].Answer != "Checked, it is so:" {
		t.Fatalf("%+v, %v", all, err)
	}
	if f.pane.blocks["economics/turnover"].Face().Message != "" || len(f.queries) != 0 {
		t.Error("the query still stands beside the question")
	}
	s.Toasts[len(s.Toasts)-1].Undo()
	if all, err = s.Workspace().Queries(t.Context(), workspace.QuerySelection{About: id}); err != nil || all[0].Progress != workspace.QueryOpen || len(f.queries) != 1 {
		t.Errorf("taken back: %+v, %v", all, err)
	}
	f.at = "membership/members"
	f.answerQuery()
	f.keepAnswer(workspace.Query{}, "x")
	if len(s.Errors) != 1 {
		t.Errorf("of no query: %v", s.Errors)
	}
}

func TestQueriesAreReadWithTheRecord(t *testing.T) {
	s := stage.New(t, stage.Config{})
	id := queried(t, s)
	s.Open(Read, readPattern, "interviews/"+id.String())
	if text := s.Texts(); !strings.Contains(text, "Queries of headquarters") || !strings.Contains(text, "Is it in thousands?") {
		t.Errorf("in sight is\n%s", text)
	}
	all, err := s.Workspace().Queries(t.Context(), workspace.QuerySelection{About: id})
	if err != nil {
		t.Fatal(err)
	}
	for progress, word := range map[workspace.Progress]string{workspace.QueryClosed: "closed", workspace.QueryAnswered: "answered"} {
		if err := s.Workspace().AnswerQuery(t.Context(), all[0].Record, "Yes."); err != nil {
			t.Fatal(err)
		}
		if err := s.Workspace().Settle(t.Context(), all[0].Record, progress); err != nil {
			t.Fatal(err)
		}
		s.Page.Reload()
		if text := s.Texts(); !strings.Contains(text, word) || !strings.Contains(text, "Is it in thousands? – Yes.") {
			t.Errorf("%s: in sight is\n%s", progress, text)
		}
	}
	s.Clean()
}
