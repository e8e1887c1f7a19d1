package checks

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/check"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// unpainted makes the page with blank charts: the engine is tested where charts are.
func unpainted(s page.Services, at page.Route) page.Page {
	p := New(s, at).(*Page)
	p.pane.drawn = func(d chart.Definition) (*scene.Scene, error) {
		return &scene.Scene{Width: d.Width, Height: d.Height}, nil
	}
	return p
}

// open opens the page in the demonstration.
func open(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *Page) {
	t.Helper()
	s := stage.New(t, cfg)
	p := s.Open(unpainted, "checks", route).(*Page)
	t.Cleanup(p.Close)
	return s, p
}

// stands are the stands of all findings, with how many there are of each.
func stands(p *Page) map[workspace.Stand]int {
	out := map[workspace.Stand]int{}
	for _, c := range p.source.all {
		out[c.Stand]++
	}
	return out
}

func stageOf(t *testing.T, s *stage.Stage, id string) record.Lifecycle {
	t.Helper()
	of, err := record.ParseID(id)
	if err != nil {
		t.Fatal(err)
	}
	state, err := s.Workspace().Store.State(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lifecycle
}

func TestFindingsStandBesideTheirHistory(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "checks")
		if p.table.Total() == 0 || !p.pane.shown || p.table.Chosen() != p.pane.at.Key() {
			t.Fatalf("%d findings, the first is shown: %t", p.table.Total(), p.pane.shown)
		}
		if len(p.pane.detail.steps) < 2 || p.pane.chart.Scene() == nil || p.pane.title.Text == "" {
			t.Errorf("no history beside it: %+v", p.pane.detail)
		}
		if p.pane.text.Text != p.source.speaker().Says(p.pane.at.Finding) || !strings.Contains(s.Counts, "582") {
			t.Errorf("asked would be %q; the footer says %q", p.pane.text.Text, s.Counts)
		}
		s.Key(fyne.KeyDown)
		row, _ := p.table.Row(1)
		if p.pane.at.Key() != row.Key {
			t.Error("the second finding is not shown")
		}
		s.Key(fyne.KeyReturn)
		if want := "interviews/" + p.pane.at.Record; !slices.Equal(s.Routes, []string{want}) {
			t.Errorf("led to %v, want %s", s.Routes, want)
		}
		s.Clean("checks.")
	}
}

func TestChartIsDrawn(t *testing.T) {
	s := stage.New(t, stage.Config{})
	p := s.Open(New, "checks", "checks").(*Page)
	t.Cleanup(p.Close)
	if drawing := p.pane.chart.Scene(); drawing == nil || len(drawing.Items) < 10 {
		t.Errorf("drawn is %v", drawing)
	}
	s.Clean("checks.")
}

func TestAskingGoesToTheResearcher(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks")
	first, before := p.pane.at, p.table.Total()
	stood := stageOf(t, s, first.Record)
	p.pane.text.SetText("Did they move?")
	s.Command("Ctrl+Enter")
	if p.table.Total() != before-1 || p.pane.at.Key() == first.Key() || stageOf(t, s, first.Record) != record.Returned {
		t.Errorf("%d findings left, shown is %s, the interview is %s", p.table.Total(), p.pane.at.Key(), stageOf(t, s, first.Record))
	}
	open, err := s.Workspace().Queries(t.Context(), workspace.QuerySelection{})
	if err != nil || len(open) != 1 || open[0].Text != "Did they move?" {
		t.Fatalf("%+v, %v", open, err)
	}
	p.stand.SetSelected("Asked")
	if p.table.Total() != 1 || !strings.Contains(s.Texts(), "Did they move?") {
		t.Errorf("%d are asked; in sight is\n%s", p.table.Total(), s.Texts())
	}
	s.Toasts[len(s.Toasts)-1].Undo()
	if stageOf(t, s, first.Record) != stood || stands(p)[workspace.StandAsked] != 0 {
		t.Errorf("taken back, the interview is %s: %v", stageOf(t, s, first.Record), stands(p))
	}
	p.Reload()
	if now := stands(p); now[workspace.StandOpen] != before {
		t.Errorf("read again: %v", now)
	}
	s.Clean("checks.")
}

func TestWhatIsSoIsNotListedAgain(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks")
	first, before := p.pane.at.Key(), p.table.Total()
	s.Press("It is so")
	if p.table.Total() != before-1 || len(s.Toasts) != 1 {
		t.Errorf("%d findings left, said %v", p.table.Total(), s.Toasts)
	}
	p.Reload()
	if p.table.Total() != before-1 || p.pane.at.Key() == first {
		t.Error("it is listed again")
	}
	p.stand.SetSelected("It is so")
	if p.pane.at.Key() != first || !strings.Contains(s.Texts(), "Checked by Test Person on 2026-11-22") {
		t.Errorf("in sight is\n%s", s.Texts())
	}
	if may := p.pane.may(); may.ask || may.accept || may.close {
		t.Errorf("%+v", may)
	}
	s.Toasts[0].Undo()
	p.stand.SetSelected("To look at")
	if p.table.Total() != before {
		t.Errorf("taken back, %d are listed", p.table.Total())
	}
	s.Clean("checks.")
}

// answered opens the page with one query that the researcher has answered, and the interview sent in as it was.
func answered(t *testing.T) (*stage.Stage, *Page, workspace.Checked) {
	t.Helper()
	s, p := open(t, stage.Config{}, "checks")
	c := p.pane.at
	s.Command("Ctrl+Enter")
	open, err := s.Workspace().Queries(t.Context(), workspace.QuerySelection{})
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	if err := s.Workspace().AnswerQuery(t.Context(), open[0].Record, "It is so: a new shop."); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Workspace().Revise(t.Context(), open[0].About, record.Validate, nil, ""); err != nil {
		t.Fatal(err)
	}
	p.Reload()
	p.stand.SetSelected("Answered")
	if p.table.Total() != 1 || !strings.Contains(s.Texts(), "a new shop") {
		t.Fatalf("%d answered; in sight is\n%s", p.table.Total(), s.Texts())
	}
	return s, p, c
}

func TestAnswersAreSettled(t *testing.T) {
	for _, fact := range []struct {
		name string
		do   func(s *stage.Stage, p *Page)
		want workspace.Stand
	}{
		{"accepted", func(s *stage.Stage, p *Page) { s.Command("Ctrl+Shift+Enter") }, workspace.StandAccepted},
		{"closed", func(s *stage.Stage, p *Page) { s.Press("Close the query") }, workspace.StandOpen}, // the figure is as it was
		{"asked again", func(s *stage.Stage, p *Page) { s.Press("Ask the researcher") }, workspace.StandAsked},
	} {
		s, p, c := answered(t)
		fact.do(s, p)
		undo := s.Toasts[len(s.Toasts)-1].Undo
		p.Reload()
		if now, ok := p.source.find(c.Key()); !ok || now.Stand != fact.want {
			t.Errorf("%s: %s", fact.name, now.Stand)
		}
		undo()
		p.Reload()
		if now, ok := p.source.find(c.Key()); !ok || now.Stand != workspace.StandAnswered {
			t.Errorf("%s, taken back: %s", fact.name, now.Stand)
		}
		s.Clean("checks.")
	}
}

func TestFiltersNarrowTheList(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks")
	all := p.table.Total()
	counts := p.source.counts()
	if counts[""] != all || counts[check.RuleLastWave] == 0 {
		t.Errorf("counts %v of %d", counts, all)
	}
	p.narrow(func(c *choice) { c.rule = check.RuleLastWave })
	if p.table.Total() != counts[check.RuleLastWave] {
		t.Errorf("%d by rule", p.table.Total())
	}
	p.country.SetSelected("France")
	p.year.SetSelected("2024")
	if last := s.Replaced[len(s.Replaced)-1]; last != "checks?country=FR&rule=last_wave&year=2024" || p.Route() != last {
		t.Errorf("the route is %s", last)
	}
	if n := p.table.Total(); n == 0 || n >= counts[check.RuleLastWave] {
		t.Errorf("%d in France in 2024", n)
	}
	for _, option := range p.known.waves {
		p.narrow(func(c *choice) { *c = choice{stand: workspace.StandOpen, wave: option.Value} })
		all -= p.table.Total()
	}
	if all != 0 {
		t.Errorf("the waves leave %d findings", all)
	}
	p.narrow(func(c *choice) { c.rule = check.RuleCopied; c.wave = "" })
	s.Press("Clear the filters")
	if p.at != (choice{stand: workspace.StandOpen}) {
		t.Errorf("filters stay: %+v", p.at)
	}
	s.Clean("checks.")
}

func TestSortsByEveryColumn(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks?stand=all")
	for _, c := range p.source.columns() {
		p.table.SetColumn(c.Name, true)
		if !c.Sorts {
			continue
		}
		p.table.SortBy(c.Name)
		first, _ := p.table.Row(0)
		p.table.SortBy(c.Name)
		last, _ := p.table.Row(p.table.Total() - 1)
		if first.Cells[c.Name].Text != last.Cells[c.Name].Text {
			t.Errorf("%s: first %q, backwards last %q", c.Name, first.Cells[c.Name].Text, last.Cells[c.Name].Text)
		}
	}
	if s.Preference(prefTable) == "" {
		t.Error("the columns are not remembered")
	}
	again := New(s, page.ParseRoute("checks")).(*Page)
	if len(again.table.Layout().Columns) != len(p.source.columns()) {
		t.Error("the columns are forgotten")
	}
	s.Press("Columns")
	s.Clean("checks.")
}

func TestEmptyStates(t *testing.T) {
	s, _ := open(t, stage.Config{Empty: true}, "checks")
	s.Press("Go to the interviews")
	if !slices.Equal(s.Routes, []string{"interviews"}) {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean("checks.")
	s, p := open(t, stage.Config{}, "checks")
	for p.table.Total() > 0 {
		s.Command("Ctrl+Shift+Enter")
	}
	s.Press("Show everything")
	if p.at.stand != anyStand || p.table.Total() == 0 {
		t.Errorf("%+v shows %d", p.at, p.table.Total())
	}
	s.Clean("checks.")
}

func TestFailuresAreShown(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks")
	p.do(func(context.Context) error { return errors.New("the disk is full") }, func() { t.Error("done all the same") })
	if len(s.Errors) != 1 {
		t.Errorf("errors %v", s.Errors)
	}
	of, _ := record.ParseID(p.pane.at.Record)
	if _, err := s.Workspace().Revise(t.Context(), of, record.Lock, nil, ""); err != nil {
		t.Fatal(err)
	}
	before := p.table.Total()
	s.Command("Ctrl+Enter")
	if len(s.Errors) != 2 || !errors.Is(s.Errors[1], workspace.ErrStage) || p.table.Total() != before {
		t.Errorf("of a locked interview: %v", s.Errors)
	}
}

func TestKeepsWhereThePersonWas(t *testing.T) {
	s, p := open(t, stage.Config{}, "checks")
	s.Key(fyne.KeyDown)
	s.Key(fyne.KeyDown)
	at := p.table.Chosen()
	again := unpainted(s, page.ParseRoute("checks")).(*Page)
	again.Restore(p.Keep())
	s.Window.SetContent(again.Content())
	again.Reload()
	t.Cleanup(again.Close)
	if again.table.Chosen() != at || again.pane.at.Key() != at {
		t.Errorf("chosen is %s, was %s", again.table.Chosen(), at)
	}
	s.Clean("checks.")
}

func TestRouteHoldsTheChoice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := readChoice(page.ParseRoute(page.MakeRoute("checks", "rule", rapid.SampledFrom([]string{"", "unit", "total", "x"}).Draw(t, "rule"),
			"year", rapid.SampledFrom([]string{"", "2024", "x"}).Draw(t, "year"), "country", rapid.StringMatching(`[A-Z]{0,2}`).Draw(t, "country"),
			"wave", rapid.StringMatching(`[a-f0-9-]{0,8}`).Draw(t, "wave"), "stand", rapid.SampledFrom([]string{"", "all", "asked", "x"}).Draw(t, "stand"))))
		if again := readChoice(page.ParseRoute(c.route())); again != c {
			t.Fatalf("%+v is read as %+v", c, again)
		}
	})
}
