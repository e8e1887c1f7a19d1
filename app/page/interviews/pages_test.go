package interviews

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

func openList(t *testing.T, s *stage.Stage, route string) *listing {
	t.Helper()
	l := s.Open(List, listPattern, route).(*listing)
	t.Cleanup(l.Close)
	return l
}

func TestTheListShowsInterviewsAndWhatIsUnfinished(t *testing.T) {
	s := stage.New(t, stage.Config{})
	f := begun(t, s)
	f.goToPath("membership/members")
	s.Type("42")
	f.Leave()
	f.Close()
	l := openList(t, s, "interviews")
	total, err := s.Workspace().Store.Count(t.Context(), mapping, nil)
	if err != nil || l.table.Total() != total {
		t.Errorf("%d rows, want %d (%v)", l.table.Total(), total, err)
	}
	for _, want := range []string{"Unfinished", "11 of ", "Go on"} {
		if !strings.Contains(s.Texts(), want) {
			t.Errorf("%q is not in sight", want)
		}
	}
	if !strings.Contains(s.Counts, "interviews") {
		t.Errorf("the footer says %q", s.Counts)
	}
	s.Press("Go on")
	if s.Routes[0] != "interviews/"+f.session.Record().String()+"/fill" {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean()
}

func TestTheListIsFiltered(t *testing.T) {
	s := stage.New(t, stage.Config{})
	wave := newestWave(t, s.Workspace())
	l := openList(t, s, "interviews")
	all := l.table.Total()
	l.change(func(f *filter) { f.wave = wave.Record.String() })
	some := l.table.Total()
	if some == 0 || some >= all {
		t.Errorf("%d of %d interviews are of the newest wave", some, all)
	}
	if len(s.Replaced) != 1 || !strings.Contains(s.Replaced[0], wave.Record.String()) {
		t.Errorf("the route says %v", s.Replaced)
	}
	row, _ := l.table.Row(0)
	s.Canvas().Focus(l.search)
	s.Type(string([]rune(row.Cells[labelColumn].Text)[:6]))
	if n := l.table.Total(); n == 0 || n > some {
		t.Errorf("%d interviews have the name", n)
	}
	s.Type("zzzz")
	if !strings.Contains(s.Texts(), "No interview fits these filters.") {
		t.Error("nothing is said about no interview")
	}
	s.Press("Show all")
	if s.Routes[0] != "interviews" {
		t.Errorf("led to %v", s.Routes)
	}
	again := openList(t, s, l.Route())
	if again.filter != l.filter || again.table.Total() != 0 {
		t.Error("the route does not bring the filters back")
	}
}

func TestTheListIsSortedAndItsColumnsChosen(t *testing.T) {
	s := stage.New(t, stage.Config{})
	l := openList(t, s, "interviews")
	l.table.SetColumn("identification/status", true)
	if !strings.Contains(s.Preference(columnsKey), "identification/status") {
		t.Errorf("the columns are remembered as %q", s.Preference(columnsKey))
	}
	again := openList(t, s, "interviews")
	row, ok := again.table.Row(0)
	if !ok || row.Cells["identification/status"].Text == "" {
		t.Errorf("the chosen column says %q", row.Cells["identification/status"].Text)
	}
	for _, c := range again.columns() {
		if c.Title == "" {
			t.Errorf("the column %s has no title", c.Name)
		}
	}
	again.chooseColumns(again.search)
	if s.Canvas().Overlays().Top() == nil {
		t.Error("no columns are offered")
	}
}

func TestARowOpensItsRecord(t *testing.T) {
	s := stage.New(t, stage.Config{})
	l := openList(t, s, "interviews")
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeyReturn)
	row, _ := l.table.Row(1)
	if len(s.Routes) != 1 || s.Routes[0] != "interviews/"+row.Key {
		t.Errorf("led to %v, want %s", s.Routes, row.Key)
	}
	kept := l.Keep()
	again := List(s, l.route).(*listing)
	again.Restore(kept)
	s.Window.SetContent(again.Content())
	again.Reload()
	if again.table.Chosen() != row.Key {
		t.Errorf("history brings back %q, want %q", again.table.Chosen(), row.Key)
	}
}

func TestAnEmptyListLeadsToTheFirstInterview(t *testing.T) {
	s := stage.New(t, stage.Config{Empty: true})
	openList(t, s, "interviews")
	if !strings.Contains(s.Texts(), "There is no interview here yet.") {
		t.Errorf("in sight is %q", s.Texts())
	}
	s.Press("New interview")
	if s.Routes[0] != "interviews/new" {
		t.Errorf("led to %v", s.Routes)
	}
}

func TestTheListSaysWhatWentWrong(t *testing.T) {
	s := stage.New(t, stage.Config{})
	l := List(s, page.ParseRoute("interviews")).(*listing)
	s.Window.SetContent(l.Content())
	if err := s.Workspace().Store.Close(); err != nil {
		t.Fatal(err)
	}
	l.Reload()
	if len(s.Errors) == 0 {
		t.Error("nothing is said about a workspace that cannot be read")
	}
}

func TestACooperativeIsLookedForFirst(t *testing.T) {
	s := stage.New(t, stage.Config{})
	of := unvisited(t, s.Workspace())
	b := s.Open(New, newPattern, "interviews/new").(*beginning)
	t.Cleanup(b.Close)
	s.Type(of.Label)
	if len(b.choices) < 2 || b.choices[0].id != of.Record {
		t.Fatalf("%d cooperatives are offered for %q", len(b.choices), of.Label)
	}
	s.Key(fyne.KeyReturn)
	if len(s.Routes) != 1 || !strings.HasSuffix(s.Routes[0], "/fill") {
		t.Fatalf("led to %v, want the filling", s.Routes)
	}
	s.Key(fyne.KeyReturn) // the same cooperative again
	b.look()
	s.Key(fyne.KeyReturn)
	drafts, err := s.Workspace().Store.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b.look(); len(drafts) > 2 || !b.choices[0].draft {
		t.Errorf("%d drafts, and the list does not say that one is begun", len(drafts))
	}
	if last := s.Routes[len(s.Routes)-1]; !strings.Contains(last, b.choices[0].record.String()) {
		t.Errorf("led to %s, want the draft there is", last)
	}
	s.Clean()
}

func TestCooperativesOfTheWaveStillToVisitAreOffered(t *testing.T) {
	s := stage.New(t, stage.Config{})
	b := s.Open(New, newPattern, "interviews/new").(*beginning)
	t.Cleanup(b.Close)
	if len(b.choices) == 0 || !strings.Contains(s.Texts(), "Not yet interviewed in this wave") {
		t.Fatalf("%d cooperatives are offered:\n%s", len(b.choices), s.Texts())
	}
	for _, c := range b.choices {
		if !c.record.IsZero() {
			t.Errorf("%s has an interview of the wave", c.label)
		}
		row, err := s.Workspace().Store.List(t.Context(), "cooperative", store.Query{Columns: []string{ceasedPath}, Where: []store.Condition{{Column: "record", Values: []string{c.id.String()}}}})
		if err != nil || len(row) != 1 || !row[0].Values[ceasedPath].Blank() {
			t.Errorf("%s has ceased: %v", c.label, err)
		}
	}
	s.Key(fyne.KeyReturn)
	if len(s.Routes) != 0 {
		t.Errorf("Enter led to %v before anything was typed", s.Routes)
	}
	s.Press("Begin")
	if len(s.Routes) != 1 || !strings.HasSuffix(s.Routes[0], "/fill") {
		t.Errorf("led to %v, want the filling", s.Routes)
	}
	s.Clean()
}

func TestACooperativeThatIsNotThereIsAdded(t *testing.T) {
	s := stage.New(t, stage.Config{})
	b := s.Open(New, newPattern, "interviews/new").(*beginning)
	t.Cleanup(b.Close)
	s.Type("Quxquux")
	s.Press("Add “Quxquux”")
	if len(s.Routes) != 1 || !strings.Contains(s.Routes[0], "kind=cooperative") || !strings.Contains(s.Routes[0], "name=Quxquux") {
		t.Fatalf("led to %v", s.Routes)
	}
	f := s.Open(Fill, fillPattern, s.Routes[0]).(*filling)
	t.Cleanup(f.Close)
	if got := f.session.Interview().Answer("names/legal_name").Value.String(); got != "Quxquux" {
		t.Errorf("the new cooperative is called %q", got)
	}
	s.Command("Ctrl+Enter") // a register is saved with answers missing
	s.Command("Ctrl+Enter")
	s.Clean()
	if last := s.Routes[len(s.Routes)-1]; len(s.Routes) != 2 || !strings.HasSuffix(last, "/fill") {
		t.Fatalf("led to %v, want its interview", s.Routes)
	}
}

func TestWithoutAWaveOneIsMadeFirst(t *testing.T) {
	s := stage.New(t, stage.Config{Empty: true})
	s.Open(New, newPattern, "interviews/new")
	s.Press("Make a wave")
	if len(s.Routes) != 1 || !strings.Contains(s.Routes[0], "kind=wave") {
		t.Errorf("led to %v", s.Routes)
	}
}

func TestARecordIsReadAndEdited(t *testing.T) {
	s := stage.New(t, stage.Config{Language: "fr"})
	rows, err := s.Workspace().Store.List(t.Context(), mapping, store.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	id := rows[0].Record.String()
	r := s.Open(Read, readPattern, "interviews/"+id).(*reading)
	if r.Title() != rows[0].Label {
		t.Errorf("the title is %q, want %q", r.Title(), rows[0].Label)
	}
	if parts := r.parts(); len(parts) < 5 || parts[0].title != "Administration" {
		t.Errorf("%d sections are shown", len(parts))
	}
	s.Command("Ctrl+E")
	if len(s.Routes) != 1 || s.Routes[0] != "interviews/"+id+"/fill" {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean()
}

func TestALockedRecordIsReadOnly(t *testing.T) {
	s := stage.New(t, stage.Config{})
	rows, err := s.Workspace().Store.List(t.Context(), mapping, store.Query{Limit: 1, Where: []store.Condition{{Column: "state", Values: []string{"validated"}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	if _, err := s.Workspace().Revise(t.Context(), rows[0].Record, record.Lock, nil, ""); err != nil {
		t.Fatal(err)
	}
	r := s.Open(Read, readPattern, "interviews/"+rows[0].Record.String()).(*reading)
	if commands := r.Commands(); !commands[0].Off {
		t.Error("a locked record can be edited")
	}
}

func TestAReadingOfNothing(t *testing.T) {
	s := stage.New(t, stage.Config{})
	for _, id := range []string{record.ID{9}.String(), "nonsense"} {
		s.Open(Read, readPattern, "interviews/"+id)
		if !strings.Contains(s.Texts(), "There is no such record") {
			t.Errorf("%s: in sight is %q", id, s.Texts())
		}
	}
	f := begun(t, s) // a draft that was never saved leads to its filling
	s.Open(Read, readPattern, "interviews/"+f.session.Record().String())
	if want := "interviews/" + f.session.Record().String() + "/fill"; len(s.Routes) != 1 || s.Routes[0] != want {
		t.Errorf("led to %v, want %s", s.Routes, want)
	}
}

func TestEveryLifecycleHasItsWord(t *testing.T) {
	s := stage.New(t, stage.Config{None: true})
	for _, l := range append(states[:], record.Deleted) {
		if state, word := stateOf(s.Words(), l); word == "" || strings.HasPrefix(word, "[") || state > kit.Bad {
			t.Errorf("%s is called %q", l, word)
		}
	}
}
