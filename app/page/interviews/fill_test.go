package interviews

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/question"
	"coopatlas/app/stage"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

func TestAnInterviewIsFilledAndSubmittedByKeyboard(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		t.Run(language, func(t *testing.T) {
			s := stage.New(t, stage.Config{Language: language})
			f := begun(t, s)
			mustBeAt(t, s, "administration/year") // wave and cooperative are answered already
			t.Logf("%d questions", play(t, s))
			s.Command("Ctrl+Enter")
			s.Clean()
			for path, want := range answers {
				if got := stored(t, s, f.session.Record(), path); got != want {
					t.Errorf("%s is %q, want %q", path, got, want)
				}
			}
			state, err := s.Workspace().Store.State(context.Background(), f.session.Record())
			if err != nil || state.Lifecycle != record.Submitted {
				t.Errorf("the record is %s, %v", state.Lifecycle, err)
			}
			if len(s.Routes) != 1 || s.Routes[0] != "interviews/"+f.session.Record().String() {
				t.Errorf("led to %v, want the record", s.Routes)
			}
			if !f.Leave() {
				t.Error("the page does not let go of a submitted record")
			}
		})
	}
}

func TestAnAnswerIsOnDiskBeforeTheKeyboardMovesOn(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyTab, fyne.KeyDown} {
		s := stage.New(t, stage.Config{})
		f := begun(t, s)
		f.goToPath("membership/members")
		s.Type("42")
		if got := kept(t, s, f, "membership/members"); got != "" {
			t.Fatalf("%q is kept while it is typed", got)
		}
		s.Key(key)
		mustBeAt(t, s, "membership/members_natural")
		if got := kept(t, s, f, "membership/members"); got != "42" {
			t.Errorf("%s: the draft says %q, want 42", key, got)
		}
		if len(s.Notes) != 1 || s.Notes[0] != "draft membership/members" {
			t.Errorf("%s: told %q of what was kept", key, s.Notes)
		}
	}
}

func TestAClickElsewhereKeepsToo(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("42")
	f.pane.blocks["membership/members_m"].Focus(s.Canvas())
	if got := kept(t, s, f, "membership/members"); got != "42" {
		t.Errorf("the draft says %q, want 42", got)
	}
}

func TestTheOrderOfTheKeyboard(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Key(fyne.KeyTab)
	mustBeAt(t, s, "membership/members_natural")
	back(s)
	mustBeAt(t, s, "membership/members")
	back(s) // from the first of a section to the last of the one before
	mustBeAt(t, s, "activities/clients")
	s.Key(fyne.KeyReturn)
	mustBeAt(t, s, "membership/members")
	s.Command("Ctrl+PageDown")
	mustBeAt(t, s, "work/persons_working")
	s.Command("Ctrl+PageUp")
	mustBeAt(t, s, "membership/members")
}

func TestAQuestionThatAnAnswerBringsIsNotPassedBy(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyTab} {
		s := stage.New(t, stage.Config{})
		f := begun(t, s)
		f.goToPath("agreement/notice")
		s.Type("b") // on paper: then the day is asked
		s.Key(key)
		mustBeAt(t, s, "agreement/notice_date")
		s.Command("Ctrl+Z")
		if f.pane.index("agreement/notice_date") >= 0 {
			t.Error("the question stays after the answer that brought it was undone")
		}
		mustBeAt(t, s, "agreement/notice")
	}
}

func TestReasonsForHavingNoAnswer(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	for _, c := range []struct{ key, want string }{{"Alt+D", "dont_know"}, {"Alt+R", "refused"}, {"Alt+N", "not_applicable"}, {"Alt+C", "not_collected"}} {
		f.goToPath("membership/members")
		s.Type("9") // is dropped
		s.Command(c.key)
		mustBeAt(t, s, "membership/members_natural")
		if got := kept(t, s, f, "membership/members"); got != c.want {
			t.Errorf("%s: the draft says %q, want %q", c.key, got, c.want)
		}
	}
	f.goToPath("membership/members")
	s.Command("Alt+X")
	if got := kept(t, s, f, "membership/members"); got != "" {
		t.Errorf("a cleared answer is %q in the draft", got)
	}
	mustBeAt(t, s, "membership/members")
}

func TestTheSourceOfAFigureByOneKey(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Command("Alt+Q")
	if len(s.Toasts) != 1 {
		t.Error("nothing is said about grading no answer")
	}
	s.Type("42")
	s.Command("Alt+Q")
	s.Command("Alt+Q")
	if got := f.session.Interview().Answer("membership/members").Quality; got != record.Documented {
		t.Errorf("the quality is %c, want D", got)
	}
	if face := f.pane.blocks["membership/members"].Face(); !strings.Contains(face.Aside, "D: documented") {
		t.Errorf("beside the field stands %q", face.Aside)
	}
}

func TestUndoAndRedo(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("42")
	s.Key(fyne.KeyReturn)
	s.Type("7")
	s.Command("Ctrl+Z") // what is being typed goes first
	if got := kept(t, s, f, "membership/members"); got != "42" {
		t.Fatalf("the draft says %q", got)
	}
	s.Command("Ctrl+Z")
	mustBeAt(t, s, "membership/members")
	if got := kept(t, s, f, "membership/members"); got != "" {
		t.Errorf("the draft says %q after undo", got)
	}
	s.Command("Ctrl+Y")
	if got := kept(t, s, f, "membership/members"); got != "42" {
		t.Errorf("the draft says %q after redo", got)
	}
	s.Command("Ctrl+Y")
	if len(s.Toasts) != 1 {
		t.Errorf("%d things were said about nothing to redo", len(s.Toasts))
	}
}

func TestWhatCannotBeReadIsSaidBesideTheField(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("many")
	s.Key(fyne.KeyReturn)
	mustBeAt(t, s, "membership/members")
	if face := f.pane.blocks["membership/members"].Face(); !strings.Contains(face.Message, "is not a whole number") || face.Level != kit.Bad {
		t.Errorf("the field says %q", face.Message)
	}
	if f.Leave() {
		t.Error("the page is left with a field that cannot be kept")
	}
	s.Command("Ctrl+Enter")
	mustBeAt(t, s, "membership/members")
	s.Key(fyne.KeyEscape)
	if face := f.pane.blocks["membership/members"].Face(); face.Message != "" {
		t.Errorf("the field still says %q", face.Message)
	}
	s.Key(fyne.KeyReturn)
	mustBeAt(t, s, "membership/members_natural")
	if !f.Leave() {
		t.Error("the page is not left")
	}
}

func TestProblemsStandBesideTheFieldAndAreListed(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("administration/fiscal_start")
	s.Type("2027-06-01")
	s.Key(fyne.KeyReturn)
	var marked record.Path
	for path, b := range f.pane.blocks {
		if b.Face().Message != "" {
			marked = path
		}
	}
	if marked == "" {
		t.Fatal("nothing is said about a fiscal year that ends before it begins")
	}
	f.goToPath("membership/members")
	s.Command("Ctrl+J")
	mustBeAt(t, s, string(marked))
}

func TestSubmitListsWhatIsMissingWithOneKeyToEach(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	s.Command("Ctrl+Enter")
	mustBeAt(t, s, "review")
	first := f.end.review.Missing[0].Path
	s.Command("Ctrl+Enter") // submits nothing
	if f.closed || len(s.Errors) > 0 {
		t.Fatal("an interview with missing answers was submitted")
	}
	s.Type("1")
	mustBeAt(t, s, string(first))
	if b := f.pane.blocks[first]; b.Face().Message == "" {
		t.Error("the missing answer is not spoken of beside its field")
	}
	s.Command("Ctrl+L")
	s.Type("a")
	mustBeAt(t, s, string(f.session.Review().Missing[9].Path))
}

func TestADraftInWhichNothingWasAnsweredGoes(t *testing.T) {
	s := stage.New(t, stage.Config{})
	rows, err := s.Workspace().Store.List(t.Context(), mapping, store.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	drafts := func() int {
		all, err := s.Workspace().Store.Drafts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	f := fill(t, s, rows[0].Record, "")
	if drafts() != 1 || !f.Leave() || drafts() != 0 {
		t.Errorf("%d drafts stay after a record was only looked at", drafts())
	}
	f = fill(t, s, rows[0].Record, "")
	f.goToPath("membership/members")
	s.Type("77")
	if !f.Leave() || drafts() != 1 {
		t.Errorf("%d drafts after an answer, want 1", drafts())
	}
	fill(t, s, rows[0].Record, "")
	mustBeAt(t, s, "membership/members") // where the person was
}

func TestTheYearBeforeIsShownOnceAQuestionIsAnswered(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	before, known := f.earlier.answers["membership/members"]
	if f.earlier.year == 0 || !known {
		t.Skip("the cooperative of the demonstration did not say its members the year before")
	}
	f.goToPath("membership/members")
	face := func() string { return f.pane.blocks["membership/members"].Face().Aside }
	if face() != "" {
		t.Errorf("%q leads the answer", face())
	}
	number, _ := before.Value.Number()
	s.Type(record.Int(number.Coefficient + 3).String())
	s.Key(fyne.KeyReturn)
	if !strings.Contains(face(), "+3") {
		t.Errorf("beside the field stands %q, want the answer before and +3", face())
	}
}

func TestRowsOfAGrid(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := fill(t, s, unvisited(t, s.Workspace()).Record, "?kind=cooperative")
	f.goToPath("links")
	mustBeAt(t, s, "links")
	s.Type("+")
	row := rowOf(record.Path(keyboardAt(s)))
	if row == "" {
		t.Fatalf("the keyboard is at %q, want the first cell of a new row", keyboardAt(s))
	}
	s.Command("Ctrl+Enter") // in a grid it adds a row
	if n := len(f.session.Interview().Rows("links")); n != 2 {
		t.Fatalf("%d rows, want 2", n)
	}
	s.Key(fyne.KeyUp)
	mustBeAt(t, s, string(row)+"/link_kind")
	s.Key(fyne.KeyReturn)
	mustBeAt(t, s, string(row)+"/link_to")
	s.Command("Alt+Delete")
	if n := len(f.session.Interview().Rows("links")); n != 1 {
		t.Fatalf("%d rows after one was removed, want 1", n)
	}
	s.Toasts[0].Undo()
	if n := len(f.session.Interview().Rows("links")); n != 2 {
		t.Errorf("%d rows after the removal was undone, want 2", n)
	}
	s.Clean()
}

func TestNoMoreEditorsLiveThanThePageBears(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := fill(t, s, unvisited(t, s.Workspace()).Record, "?kind=cooperative")
	f.goToPath("links")
	for range 45 {
		f.addRow("links")
	}
	if n := len(f.pane.order); n > editorLimit+1 {
		t.Errorf("%d editors live, want at most %d and the line that adds a row", n, editorLimit)
	}
	if !strings.HasPrefix(keyboardAt(s), string(rowOf(f.at))) || f.pane.index(f.at) < 0 {
		t.Errorf("the keyboard is at %q, which is not shown", keyboardAt(s))
	}
	f.pane.grids["links"].turn(-1)
	s.Clean()
}

func TestASecondLanguageStandsUnderTheFirst(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("administration/mode")
	said := map[string]string{}
	for range f.session.Form().Languages {
		s.Command("Alt+L")
		said[s.Preference("interviews.second")] = f.pane.blocks["administration/mode"].Face().Second
		mustBeAt(t, s, "administration/mode")
	}
	if said["fr"] != "Mode de collecte" || said["es"] != "Modo de recogida" || said["it"] != "Modo di raccolta" || said["pt"] != "Modo de recolha" {
		t.Errorf("the second lines say %q", said)
	}
	if second, off := said[""]; !off || second != "" || s.Preference("interviews.second") != "" {
		t.Errorf("the second line says %q after it was turned off: %q", second, said)
	}
}

func TestANewRecordBecomesTheAnswer(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("administration/interviewer")
	s.Type("Zita")
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeyReturn)
	if len(s.Routes) != 1 || !strings.HasPrefix(s.Routes[0], "interviews/new/fill?") {
		t.Fatalf("led to %v, want a new person", s.Routes)
	}
	if !f.Leave() {
		t.Fatal("the interview is not left")
	}
	f.Close()
	person := s.Open(Fill, fillPattern, s.Routes[0]).(*filling)
	if got := person.session.Interview().Answer("names/family_name").Value.String(); got != "Zita" {
		t.Fatalf("the new person is called %q", got)
	}
	for path, text := range map[record.Path]string{"ground/basis": "other", "ground/contact_source": "person"} {
		if step, ok := person.session.Step(path); ok {
			choice := person.session.Interview().Choices(path)[0].Name
			if err := person.answer(step.Path, record.Answer{Value: record.Text(choice)}); err != nil {
				t.Fatal(text, err)
			}
		}
	}
	s.Command("Ctrl+Enter")
	s.Command("Ctrl+Enter")
	s.Clean()
	if s.Backs != 1 {
		t.Fatalf("went back %d times, want 1; still: %v %v", s.Backs, person.end.review.Missing, person.end.review.Wrong)
	}
	again := fill(t, s, f.session.Record(), "")
	want := person.session.Record().String()
	if got := again.session.Interview().Answer("administration/interviewer").Value.String(); got != want {
		t.Errorf("the interviewer is %q, want the new person %q", got, want)
	}
}

func TestWhatCannotBeFilledSaysWhy(t *testing.T) {
	s := stage.New(t, stage.Config{})
	s.Open(Fill, fillPattern, "interviews/"+record.ID{1}.String()+"/fill")
	if !strings.Contains(s.Texts(), "There is no such record") {
		t.Errorf("in sight is %q", s.Texts())
	}
	rows, err := s.Workspace().Store.List(t.Context(), mapping, store.Query{Limit: 1, Where: []store.Condition{{Column: "state", Values: []string{"validated"}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	if _, err := s.Workspace().Revise(t.Context(), rows[0].Record, record.Lock, nil, ""); err != nil {
		t.Fatal(err)
	}
	s.Open(Fill, fillPattern, "interviews/"+rows[0].Record.String()+"/fill")
	if !strings.Contains(s.Texts(), "cannot be changed as it stands") {
		t.Errorf("in sight is %q", s.Texts())
	}
	s.Press("Back to the interviews")
	if len(s.Routes) != 1 || s.Routes[0] != "interviews" {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean()
}

func TestAnAnswerThatCannotBeKeptStays(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("42")
	f.cancel() // as if the disk were full
	s.Key(fyne.KeyReturn)
	mustBeAt(t, s, "membership/members")
	if len(s.Errors) == 0 || !errors.Is(s.Errors[0], context.Canceled) {
		t.Errorf("the errors shown are %v", s.Errors)
	}
	if i := f.pane.index("membership/members"); !f.pane.order[i].editor.Typing() {
		t.Error("what was typed is gone")
	}
}

func TestThrowingADraftAwayAsksFirst(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.discard()
	if len(s.Confirms) != 1 || !s.Confirms[0].Danger {
		t.Fatal("nothing was asked")
	}
	s.Yes = true
	f.discard()
	drafts, err := s.Workspace().Store.Drafts(t.Context())
	if err != nil || len(drafts) != 0 || len(s.Routes) != 1 {
		t.Errorf("%d drafts stay, led to %v, %v", len(drafts), s.Routes, err)
	}
}

func TestSectionsHoldEveryStepOnce(t *testing.T) {
	s := stage.New(t, stage.Config{})
	for _, kind := range workspace.Kinds() {
		session, err := s.Workspace().Begin(t.Context(), workspace.SessionOf{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		seen, keys := map[record.Path]int{}, map[string]bool{}
		for _, part := range sectionsOf(session) {
			if keys[part.key] || part.title == "" || len(part.steps) > editorLimit {
				t.Errorf("%s: the section %q (%q) holds %d steps, or comes twice", kind, part.key, part.title, len(part.steps))
			}
			keys[part.key] = true
			for _, step := range part.steps {
				seen[step.Path]++
			}
		}
		for _, step := range session.Interview().Steps() {
			if seen[step.Path] != 1 {
				t.Errorf("%s: %s stands in %d sections", kind, step.Path, seen[step.Path])
			}
		}
	}
}

func TestEveryCommandHasAKeyOfItsOwn(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	seen := map[string]string{}
	for _, c := range f.Commands() {
		if c.Label == "" || strings.HasPrefix(c.Label, "[") {
			t.Errorf("a command is called %q", c.Label)
		}
		if other, taken := seen[c.Key]; c.Key != "" && taken {
			t.Errorf("%s is the key of %q and of %q", c.Key, other, c.Label)
		}
		seen[c.Key] = c.Label
	}
}

func TestTheMenuOfAQuestionSaysWhatCanBeDone(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("42")
	f.menu("membership/members", f.pane.blocks["membership/members"].Button())
	if s.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu is shown")
	}
	s.Canvas().Overlays().Remove(s.Canvas().Overlays().Top())
	if err := f.commit(); err != nil {
		t.Fatal(err)
	}
	f.setQuality("membership/members", record.Audited)
	if got := f.session.Interview().Answer("membership/members").Quality; got != record.Audited {
		t.Errorf("the quality is %c, want A", got)
	}
}

var _ question.Editor = (*question.Block)(nil)
