package directory

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// list opens the list in the demonstration.
func list(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *List) {
	t.Helper()
	s := stage.New(t, cfg)
	return s, s.Open(NewList, "directory", route).(*List)
}

// first is the first cooperative of the demonstration that has every year.
func first(t *testing.T, s *stage.Stage) record.ID {
	t.Helper()
	rows, err := s.Workspace().Store.List(t.Context(), kindCooperative, store.Query{Limit: 1, Where: []store.Condition{{Column: "label", Compare: store.Contains, Values: []string{"Aurora"}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal("the demonstration has no such cooperative", err)
	}
	return rows[0].Record
}

// disagree makes two people give different years of foundation.
func disagree(t *testing.T, s *stage.Stage, id record.ID) {
	t.Helper()
	old, err := s.Workspace().Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range []int64{1999, 2001} {
		if _, err := s.Workspace().Store.Save(t.Context(), s.Workspace().Identity, store.Change{Record: id, Kind: kindCooperative, Parents: old.Heads, Set: map[record.Path]record.Answer{"beginnings/founded": {Value: record.Int(year)}}}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestListShowsAndNarrows(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := list(t, stage.Config{Language: language}, "directory")
		all := p.table.Total()
		if all < 100 || !strings.Contains(s.Counts, fmt.Sprint(all)) {
			t.Fatalf("%d cooperatives, the footer says %q", all, s.Counts)
		}
		p.search.SetText("aurora")
		few := p.table.Total()
		if few == 0 || few >= all || s.Replaced[len(s.Replaced)-1] != "directory?q=aurora" {
			t.Errorf("%d are called aurora; the route is %q", few, s.Replaced)
		}
		p.country.SetSelectedIndex(1)
		if p.table.Total() > few || p.at.country == "" {
			t.Error("a country does not narrow")
		}
		p.search.SetText("zzz")
		s.Press(p.say("clear"))
		if p.table.Total() != all || p.Route() != "directory" {
			t.Errorf("cleared, %d are left at %s", p.table.Total(), p.Route())
		}
		s.Clean("directory.", "fill.status")
	}
}

func TestListFilters(t *testing.T) {
	s, p := list(t, stage.Config{}, "directory")
	all := p.table.Total()
	disagree(t, s, first(t, s))
	if _, err := s.Workspace().Revise(t.Context(), rowID(t, p, 5), record.Delete, nil, ""); err != nil {
		t.Fatal(err)
	}
	p.Reload()
	totals := map[string]int{}
	for _, state := range []string{"", stateExisting, stateCeased, stateConflicts, stateDeleted} {
		p.state.SetSelectedIndex(slices.Index([]string{"", stateExisting, stateCeased, stateConflicts, stateDeleted}, state))
		totals[state] = p.table.Total()
	}
	if totals[""] != all-1 || totals[stateExisting]+totals[stateCeased] != all-1 || totals[stateConflicts] != 1 || totals[stateDeleted] != 1 {
		t.Errorf("of %d: %v", all, totals)
	}
	p.state.SetSelectedIndex(0)
	sectors := 0
	for i := range p.sector.Options[1:] {
		p.sector.SetSelectedIndex(i + 1)
		sectors += p.table.Total()
	}
	if sectors < all/2 {
		t.Errorf("all sectors together have %d of %d", sectors, all)
	}
	p.sector.SetSelected("C " + strings.TrimPrefix(p.sector.Options[3], "C "))
	p.search.SetText("a")
	if p.table.Total() == 0 {
		t.Error("search and sector together leave none")
	}
	s.Clean("directory.", "fill.status")
}

func rowID(t *testing.T, p *List, i int) record.ID {
	t.Helper()
	row, ok := p.table.Row(i)
	id, err := record.ParseID(row.Key)
	if !ok || err != nil {
		t.Fatal("there is no such row", err)
	}
	return id
}

func TestListSortsAndRemembersColumns(t *testing.T) {
	s, p := list(t, stage.Config{}, "directory")
	s.Command("Ctrl+F")
	if s.Canvas().Focused() != fyne.Focusable(p.search) {
		t.Error("Ctrl+F does not lead to the search")
	}
	layout := p.table.Layout()
	layout.Sort, layout.Descending = "beginnings/founded", true
	p.table.SetLayout(layout)
	p.table.Reload()
	a, _ := p.table.Row(0)
	b, _ := p.table.Row(9)
	if a.Cells["beginnings/founded"].Text < b.Cells["beginnings/founded"].Text {
		t.Errorf("%q stands before %q", a.Cells["beginnings/founded"].Text, b.Cells["beginnings/founded"].Text)
	}
	p.chooseColumns()
	p.table.SetColumn("changed", true)
	if !strings.Contains(s.Preference(prefTable), "changed") {
		t.Errorf("remembered is %q", s.Preference(prefTable))
	}
	again := NewList(s, page.ParseRoute("directory")).(*List)
	if !slices.Contains(again.table.Layout().Columns, "changed") {
		t.Error("the column is forgotten")
	}
	s.Clean("directory.", "fill.status")
}

func TestListLeadsOn(t *testing.T) {
	s, p := list(t, stage.Config{}, "directory")
	row, _ := p.table.Row(3)
	p.table.Choose(row.Key)
	if !p.pane.shown() || p.pane.id.String() != row.Key {
		t.Error("the profile of the chosen cooperative does not stand beside the list")
	}
	keep := p.Keep()
	p.open(row)
	s.Command("Ctrl+N")
	if want := []string{"directory/" + row.Key, "interviews/new/fill?kind=cooperative"}; !slices.Equal(s.Routes, want) {
		t.Errorf("led to %v", s.Routes)
	}
	again := NewList(s, page.ParseRoute("directory")).(*List)
	again.Restore(keep)
	again.Reload()
	if again.table.Chosen() != row.Key {
		t.Error("the chosen row is forgotten")
	}
	s.Clean("directory.", "fill.status")
}

func TestListIsEmptyOrFails(t *testing.T) {
	s, p := list(t, stage.Config{Empty: true}, "directory")
	s.Press("Import a register")
	if !slices.Equal(s.Routes, []string{"imports"}) || p.table.Total() != 0 {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean("directory.", "fill.status")
	if err := s.Workspace().Close(); err != nil {
		t.Fatal(err)
	}
	p.Reload()
	if len(s.Errors) == 0 {
		t.Error("a workspace that cannot be read shows no error")
	}
}

func TestProfileShowsEverything(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s := stage.New(t, stage.Config{Language: language})
		id := first(t, s)
		p := s.Open(NewProfile, "directory/{id}", "directory/"+id.String()).(*Profile)
		if len(p.view.known.years) == 0 || len(p.view.known.sections) < 3 || len(p.view.known.versions) != 1 {
			t.Errorf("%d years, %d sections, %d versions", len(p.view.known.years), len(p.view.known.sections), len(p.view.known.versions))
		}
		if text := s.Texts(); !strings.Contains(text, p.view.name()) || !strings.Contains(text, "IT001") {
			t.Errorf("in sight is\n%s", text)
		}
		s.Command("Ctrl+E")
		s.Command("Ctrl+H")
		if want := []string{"interviews/" + id.String() + "/fill?kind=cooperative", "directory/" + id.String() + "/history"}; !slices.Equal(s.Routes, want) {
			t.Errorf("led to %v", s.Routes)
		}
		s.Clean("directory.", "fill.status")
	}
}

func TestProfileShowsLinksAndOtherKinds(t *testing.T) {
	s := stage.New(t, stage.Config{})
	rows, err := s.Workspace().Store.List(t.Context(), kindCooperative, store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	linked := 0
	for _, row := range rows {
		k, err := read(t.Context(), s.Workspace(), s.Words(), row.Record)
		if err != nil {
			t.Fatal(err)
		}
		if len(k.links) > 0 && k.links[0].name != "" && k.links[0].what != "" {
			linked++
		}
	}
	if linked == 0 {
		t.Error("the demonstration's mergers are not shown as links")
	}
	waves, err := s.Workspace().Store.List(t.Context(), "wave", store.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	p := s.Open(NewProfile, "directory/{id}", "directory/"+waves[0].Record.String()).(*Profile)
	if len(p.view.known.sections) == 0 || p.Title() != "Wave" {
		t.Errorf("%q: %v", p.Title(), p.view.known.sections)
	}
	s.Clean("directory.", "fill.status")
}

func TestConflictIsDecided(t *testing.T) {
	s := stage.New(t, stage.Config{})
	id := first(t, s)
	disagree(t, s, id)
	p := s.Open(NewProfile, "directory/{id}", "directory/"+id.String()).(*Profile)
	d := p.view.known.conflicts
	if len(d) != 1 || len(d[0].sides) != 2 || !strings.Contains(d[0].who[0], "Test Person") {
		t.Fatalf("%+v", d)
	}
	kept := d[0].sides[0]
	s.Press("Keep this")
	if len(p.view.known.conflicts) != 0 || p.view.known.state.Fields["beginnings/founded"].Value.String() != kept {
		t.Errorf("kept %s of %v", p.view.known.state.Fields["beginnings/founded"].Value, d[0].sides)
	}
	if len(s.Toasts) != 1 || len(s.Notes) != 1 {
		t.Error("nothing says that it was kept")
	}
	s.Clean("directory.", "fill.status")
}

func TestProfileOfNothing(t *testing.T) {
	s := stage.New(t, stage.Config{})
	s.Open(NewProfile, "directory/{id}", "directory/"+record.ID{1}.String())
	s.Press("To the list")
	if !slices.Equal(s.Routes, []string{"directory"}) {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean("directory.", "fill.status")
	s.Open(NewProfile, "directory/{id}", "directory/x")
	s.Open(NewHistory, "directory/{id}/history", "directory/x/history")
	if len(s.Errors) != 2 {
		t.Errorf("ids that are none: %v", s.Errors)
	}
}

func TestHistoryComparesAndRestores(t *testing.T) {
	s := stage.New(t, stage.Config{})
	id := first(t, s)
	if _, err := s.Workspace().Revise(t.Context(), id, record.Edit, map[string]string{"beginnings/founded": "1999", "names/short_name": "OA"}, "from the register"); err != nil {
		t.Fatal(err)
	}
	p := s.Open(NewHistory, "directory/{id}/history", "directory/"+id.String()+"/history").(*History)
	rows := p.grid.Texts()
	if len(rows) != 3 || !slices.ContainsFunc(rows, func(r []string) bool { return r[0] == "Year founded" && r[2] == "1999" }) {
		t.Fatalf("it differs in %q", rows)
	}
	p.all = true
	p.compare()
	if len(p.grid.Texts()) <= len(rows) {
		t.Error("what is the same is not shown too")
	}
	p.all = false
	p.table.Choose(p.known.versions[1].id.String())
	p.choice.SetSelected("as it is now")
	if got := p.grid.Texts(); len(got) != 3 || !strings.Contains(p.Route(), "against=now") {
		t.Errorf("against now it differs in %q, at %s", got, p.Route())
	}
	s.Press("Bring this version back")
	if len(p.known.versions) != 3 || p.known.state.Fields["beginnings/founded"].Value.String() == "1999" {
		t.Fatalf("%d versions, founded %s", len(p.known.versions), p.known.state.Fields["beginnings/founded"].Value)
	}
	s.Toasts[0].Undo()
	if got := p.known.state.Fields["names/short_name"].Value.String(); got != "OA" || len(p.known.versions) != 4 {
		t.Errorf("taken back, the short name is %q after %d versions", got, len(p.known.versions))
	}
	p.choice.SetSelectedIndex(3)
	s.Command("Ctrl+E")
	s.Clean("directory.", "fill.status")
}

func TestHistorySpeaksFrench(t *testing.T) {
	s := stage.New(t, stage.Config{Language: "fr", Look: kit.Look{Mode: kit.Dark}})
	p := s.Open(NewHistory, "directory/{id}/history", "directory/"+first(t, s).String()+"/history").(*History)
	if p.Title() == "" || len(p.grid.Texts()) < 3 {
		t.Errorf("%q: %q", p.Title(), p.grid.Texts())
	}
	p.restore(p.known.versions[0])
	if len(s.Toasts) != 1 {
		t.Error("bringing back what is there is silent")
	}
	s.Clean("directory.", "fill.status")
}

func TestEntriesFitTheirPages(t *testing.T) {
	for _, e := range Entries() {
		for _, sample := range e.Samples {
			if _, ok := page.Match(e.Route, page.ParseRoute(strings.ReplaceAll(sample, "{cooperative}", "x"))); !ok {
				t.Errorf("%s does not fit %s", sample, e.Route)
			}
		}
	}
}
