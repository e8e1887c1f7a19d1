package interviews

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"coopatlas/app/stage"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// The patterns of the routes, as the page list has them.
const (
	listPattern = "interviews"
	newPattern  = "interviews/new"
	readPattern = "interviews/{id}"
	fillPattern = "interviews/{id}/fill"
)

// newestWave is the wave of the demonstration that was held last.
func newestWave(t testing.TB, w *workspace.Workspace) store.Row {
	t.Helper()
	waves, err := w.Store.List(context.Background(), "wave", store.Query{Sort: []store.Order{{Column: "year", Descending: true}}})
	if err != nil || len(waves) == 0 {
		t.Fatalf("%d waves, %v", len(waves), err)
	}
	return waves[0]
}

// unvisited is a cooperative without an interview in the newest wave, that has one of an earlier wave.
func unvisited(t testing.TB, w *workspace.Workspace) store.Row {
	t.Helper()
	rows, err := w.Store.List(context.Background(), "cooperative", store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	wave := newestWave(t, w)
	count := func(where ...store.Condition) int {
		n, err := w.Store.Count(context.Background(), mapping, where)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, row := range rows {
		of := store.Condition{Column: "administration/cooperative", Values: []string{row.Record.String()}}
		if count(of) > 0 && count(of, store.Condition{Column: "administration/wave", Values: []string{wave.Record.String()}}) == 0 {
			return row
		}
	}
	t.Fatal("every cooperative of the demonstration has an interview of the newest wave")
	return store.Row{}
}

// begun opens the filling of an interview that was just begun.
func begun(t testing.TB, s *stage.Stage) *filling {
	t.Helper()
	w := s.Workspace()
	id, err := beginInterview(context.Background(), w, unvisited(t, w).Record, newestWave(t, w).Record.String(), s.Words().Language())
	if err != nil {
		t.Fatal(err)
	}
	return fill(t, s, id, "")
}

// fill opens the filling of a record.
func fill(t testing.TB, s *stage.Stage, id record.ID, query string) *filling {
	t.Helper()
	f := s.Open(Fill, fillPattern, "interviews/"+id.String()+"/fill"+query).(*filling)
	if f.session == nil {
		t.Fatalf("the questionnaire did not open: %v", s.Errors)
	}
	t.Cleanup(f.Close)
	return f
}

// kept is what the draft on disk says of a question.
func kept(t testing.TB, s *stage.Stage, f *filling, path record.Path) string {
	t.Helper()
	draft, err := s.Workspace().Store.Draft(context.Background(), f.session.Draft().ID)
	if err != nil {
		t.Fatal(err)
	}
	answer := draft.Answers[path]
	if answer.Status != record.Answered {
		return answer.Status.String()
	}
	return answer.Value.String()
}

// keyboardAt is the name of what has the keyboard.
func keyboardAt(s *stage.Stage) string {
	if named, ok := s.Canvas().Focused().(interface{ FocusName() string }); ok {
		return named.FocusName()
	}
	return ""
}

// mustBeAt fails where the keyboard is elsewhere.
func mustBeAt(t testing.TB, s *stage.Stage, want string) {
	t.Helper()
	if got := keyboardAt(s); got != want {
		t.Fatalf("the keyboard is at %q, want %q", got, want)
	}
}

// back presses Shift and Tab.
func back(s *stage.Stage) {
	held := s.Canvas().Focused().(desktop.Keyable)
	held.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	s.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	held.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// script answers an interview by keyboard: what is typed at a question, before Enter. Alt+D says that it is not known.
var script = map[string]string{
	"administration/mode": "a", "administration/interviewer": "Alt+D", "administration/supervisor": "Alt+D", "administration/outcome": "a",
	"agreement/notice": "a", "agreement/agrees": "a", "agreement/named_use": "b",
	"identification/status": "a", "identification/level": "a", "identification/figures_cover": "a",
	"types/ilo_type": "a", "types/family": "a", "activities/activity": "Printing of books", "activities/isic": "1811",
	"membership/members": "42", "work/persons_working": "50", "work/worker_members": "40", "work/non_member_employees": "10",
	"governance/voting": "a", "economics/accounting": "a", "economics/turnover": "1234567.5",
	"quality/source": "b", "quality/reliability": "c",
}

// answers are what the script leaves in the record, as expressions see them.
var answers = map[string]string{
	"administration/mode": "face", "administration/interviewer": "dont_know", "administration/outcome": "complete",
	"agreement/notice": "oral", "agreement/agrees": "yes", "agreement/named_use": "directory", "identification/status": "active",
	"types/ilo_type": "worker", "types/family": "worker", "activities/activity": "Printing of books", "activities/isic": "1811",
	"membership/members": "42", "work/persons_working": "50", "work/worker_members": "40", "work/non_member_employees": "10",
	"governance/voting": "one_member", "economics/turnover": "1234567.5", "quality/source": "accounts", "quality/reliability": "3",
}

// play answers by the script until the end is reached, and returns how many questions it went through.
func play(t testing.TB, s *stage.Stage) int {
	t.Helper()
	for n := range 400 {
		at := keyboardAt(s)
		switch keys := script[at]; {
		case at == "review":
			return n
		case keys == "Alt+D":
			s.Command(keys)
		default:
			s.Type(keys)
			s.Key(fyne.KeyReturn)
		}
		if keyboardAt(s) == at {
			t.Fatalf("the keyboard stays at %q after %q", at, script[at])
		}
	}
	t.Fatal("the interview does not end")
	return 0
}

// stored is an answer of a record as it was kept.
func stored(t testing.TB, s *stage.Stage, id record.ID, path string) string {
	t.Helper()
	state, err := s.Workspace().Store.State(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	field := state.Fields[record.Path(path)]
	if field.Status != record.Answered {
		return field.Status.String()
	}
	return field.Value.String()
}
