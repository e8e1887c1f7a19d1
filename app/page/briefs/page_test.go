package briefs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/app/task"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// blank draws charts as empty sheets: the engine is tested where charts are.
type blank struct{}

func (blank) Scene(d chart.Definition) (*scene.Scene, error) {
	return &scene.Scene{Width: max(d.Width, 100), Height: max(d.Height, 80)}, nil
}

// unpainted makes the page with blank charts.
func unpainted(s page.Services, at page.Route) page.Page {
	p := New(s, at).(*Page)
	p.charts = blank{}
	return p
}

// open opens the page in the demonstration.
func open(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *Page) {
	t.Helper()
	s := stage.New(t, cfg)
	p := s.Open(unpainted, "briefs", route).(*Page)
	t.Cleanup(p.Close)
	return s, p
}

func TestBriefIsMadeAndPagedThrough(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "briefs?lang="+language)
		s.Press(p.say("make"))
		if p.made == nil || len(p.made.pages) < 2 || p.made.doc.Language != language {
			t.Fatalf("made %v, errors %v", p.made, s.Errors)
		}
		if p.view.Scene() != p.made.pages[0] || p.panes.at != 2 {
			t.Error("the first page is not shown")
		}
		s.Command("Ctrl+PageDown")
		if p.view.Scene() != p.made.pages[1] {
			t.Error("the next page is not shown")
		}
		s.Command("Ctrl+PageUp")
		p.turn(7)
		if p.number != 0 || !strings.Contains(p.pager.Text, "1") {
			t.Errorf("on page %d, said %q", p.number, p.pager.Text)
		}
		if lines := headings(p.made); len(lines) < 3 || lines[0].text != p.made.doc.Title || lines[len(lines)-1].page != 1 {
			t.Errorf("the contents are %v", lines)
		}
		s.Clean("briefs.")
	}
}

func TestBriefHasRealCharts(t *testing.T) {
	s := stage.New(t, stage.Config{})
	p := s.Open(New, "briefs", "briefs?show=1&country=IT").(*Page)
	if p.made == nil || len(textOf(p.made.pages[0].Items)) < 500 {
		t.Error("the first page says little")
	}
	s.Clean("briefs.")
}

func TestSomeYearsAreChosen(t *testing.T) {
	s, p := open(t, stage.Config{}, "briefs?from=2022")
	p.form.some.Ask()
	ticks := stage.All[*kit.Ticks](s)[0]
	ticks.Tick(2021)
	ticks.Tick(2025)
	s.Press("Take these years")
	if want := "briefs?template=trend-bulletin&years=2021%2C2025"; p.Route() != want || p.form.span.Visible() {
		t.Fatalf("the route is %s, want %s", p.Route(), want)
	}
	p.make()
	if !strings.Contains(p.made.doc.Kicker, "2021 and 2025") || p.fileName() != "trend-bulletin-2021-2025" {
		t.Errorf("made was %q, called %s", p.made.doc.Kicker, p.fileName())
	}
	if again := readScope(page.ParseRoute(p.Route())); again != p.at {
		t.Errorf("%+v is read as %+v", p.at, again)
	}
	p.panes.open(0)
	s.Press("2021 and 2025")
	if p.at.years != "" || !p.form.span.Visible() {
		t.Errorf("all years again: %s", p.Route())
	}
	for _, years := range []struct{ from, to, want string }{{"2023", "", "2023-2025"}, {"", "2022", "2021-2022"}, {"", "", ""}} {
		p.at = readScope(page.ParseRoute("briefs?from=" + years.from + "&to=" + years.to))
		p.freeze()
		if texts := s.Texts(); years.want != "" && !strings.Contains(texts, years.want) {
			t.Errorf("a release of %s is asked for in\n%s", years.want, texts)
		}
		s.Press(s.Words().Say("freezing.cancel"))
	}
	s.Clean("briefs.", "freezing.")
}

func TestScopeIsChosenAndRemembered(t *testing.T) {
	s, p := open(t, stage.Config{}, "briefs")
	p.form.country.SetSelected("Italy")
	p.form.from.SetSelected("2023")
	p.form.language.SetSelected("Français")
	if want := "briefs?country=IT&from=2023&lang=fr&template=trend-bulletin"; p.Route() != want || s.Replaced[len(s.Replaced)-1] != want {
		t.Errorf("the route is %s", p.Route())
	}
	p.make()
	if p.made.doc.Language != "fr" || !strings.Contains(p.made.doc.Kicker, "Italie") || !strings.Contains(p.made.doc.Kicker, "2023") {
		t.Errorf("made was %q in %s", p.made.doc.Kicker, p.made.doc.Language)
	}
	if got := p.fileName(); got != "trend-bulletin-it-2023" {
		t.Errorf("the file is called %s", got)
	}
	backwards := scope{from: 2025, to: 2021}
	if ask := backwards.ask(s.Words()); ask.From != 2021 || ask.To != 2025 {
		t.Error("years that run backwards stay so")
	}
	test.Tap(p.form.pages["trend-bulletin"])
	if again := readScope(page.ParseRoute(p.Route())); again != p.at {
		t.Errorf("%+v is read as %+v", p.at, again)
	}
	s.Clean("briefs.")
}

func TestABriefIsMadeWithEstimatedTotals(t *testing.T) {
	s, p := open(t, stage.Config{}, "briefs?country=FR")
	if !p.form.totals.Visible() {
		t.Fatal("the demonstration has known populations")
	}
	p.form.totals.SetChecked(true)
	if want := "briefs?country=FR&template=trend-bulletin&totals=estimated"; p.Route() != want || readScope(page.ParseRoute(want)) != p.at {
		t.Errorf("the route is %s", p.Route())
	}
	p.make()
	said := ""
	for _, of := range p.made.pages {
		said += textOf(of.Items)
	}
	if !strings.Contains(said, "Estimated total") || p.fileName() != "trend-bulletin-fr-estimated" {
		t.Errorf("%s says %s", p.fileName(), said)
	}
	p.offer.framed = false
	if p.form.show(); p.form.totals.Visible() {
		t.Error("totals are offered that nobody can estimate")
	}
	s.Clean("briefs.")
}

func TestBriefIsSavedAndOpened(t *testing.T) {
	s, p := open(t, stage.Config{}, "briefs?show=1")
	for key, begins := range map[string]string{"Ctrl+S": "%PDF", "Ctrl+Shift+S": "<!doctype html"} {
		s.Pick = filepath.Join(t.TempDir(), map[string]string{"Ctrl+S": "b.pdf", "Ctrl+Shift+S": "b.html"}[key])
		s.Command(key)
		if data, err := os.ReadFile(s.Pick); err != nil || !strings.HasPrefix(strings.ToLower(string(data[:min(len(data), 20)])), strings.ToLower(begins)) {
			t.Errorf("%s: %.20q, %v", key, data, err)
		}
	}
	s.Command("Ctrl+P")
	if len(s.Shown) != 1 || len(s.Toasts) != 2 {
		t.Fatalf("opened %v, said %v", s.Shown, s.Toasts)
	}
	if err := os.RemoveAll(filepath.Dir(s.Shown[0])); err != nil {
		t.Error(err)
	}
	s.Clean("briefs.")
	s.Pick = filepath.Join(t.TempDir(), "none", "b.pdf")
	p.save(".pdf")
	if len(s.Errors) != 1 {
		t.Error("a folder that is not there shows no error")
	}
}

func TestEmptyAndFailing(t *testing.T) {
	s, p := open(t, stage.Config{Empty: true}, "briefs")
	s.Press(p.say("empty_action"))
	if !slices.Equal(s.Routes, []string{"interviews"}) || p.panes.Visible() {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean("briefs.")

	s, p = open(t, stage.Config{}, "briefs?country=ZZ&show=1")
	if p.made != nil || !strings.Contains(s.Texts(), "No validated record") {
		t.Errorf("of no record is made %v", p.made)
	}
	s.Clean("briefs.")
	p.finished(nil, errors.New("the disk is full"))
	p.finished(nil, context.Canceled)
	if len(s.Errors) != 1 || len(s.Toasts) != 1 {
		t.Errorf("errors %v, said %v", s.Errors, s.Toasts)
	}
	if err := s.Workspace().Close(); err != nil {
		t.Fatal(err)
	}
	p.Reload()
	if len(s.Errors) != 2 || p.panes.Visible() {
		t.Error("a workspace that cannot be read shows no error")
	}
	p.open()
	p.save(".pdf")
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

func TestMakingCanBeStopped(t *testing.T) {
	runner := &held{}
	s, p := open(t, stage.Config{Runner: runner}, "briefs")
	runner.jobs[0].Done(runner.jobs[0].Work(t.Context(), func(int, int) {}))
	p.make()
	p.make()
	if len(runner.jobs) != 2 || !p.form.halt.Visible() || !p.form.start.Disabled() {
		t.Fatalf("%d jobs; it can be stopped: %t", len(runner.jobs), p.form.halt.Visible())
	}
	s.Press("Stop")
	ended, end := context.WithCancel(t.Context())
	end()
	told := 0
	runner.jobs[1].Done(runner.jobs[1].Work(ended, func(done, _ int) { told = done }))
	if runner.stopped != 1 || p.made != nil || p.form.start.Disabled() || told != 0 {
		t.Errorf("stopped %d times, made %v, %d charts drawn", runner.stopped, p.made, told)
	}
	s.Clean("briefs.")
}

func TestPanesStandSideBySideWhereThereIsRoom(t *testing.T) {
	for width, wide := range map[float32]bool{1366: false, 1920: true} {
		s, p := open(t, stage.Config{Size: fyne.NewSize(width, 900), Look: kit.Look{Mode: kit.Dark}}, "briefs?show=1")
		visible := 0
		for _, part := range p.panes.parts {
			if part.content.Visible() {
				visible++
			}
		}
		if p.panes.wide() != wide || wide && visible != 3 || !wide && visible != 1 {
			t.Errorf("at %.0f, %d parts are in sight", width, visible)
		}
		s.Clean("briefs.")
	}
}

func TestMiniatureHintsAtItsTemplate(t *testing.T) {
	for _, h := range hints("trend-bulletin") {
		if h.place.X < 0 || h.place.X+h.size.Width > paperWidth || h.place.Y+h.size.Height > paperHeight {
			t.Errorf("%v stands beyond the page", h)
		}
	}
	if n := len(hints("trend-bulletin")); n < 12 {
		t.Errorf("only %d rectangles", n)
	}
	if charts("trend-bulletin") != 6 || charts("none") != 0 {
		t.Errorf("the bulletin has %d charts", charts("trend-bulletin"))
	}
	if len(hints("none")) != 1 {
		t.Error("a template that there is none of is drawn")
	}
}

func TestABriefIsMadeFromFrozenFigures(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "briefs?lang="+language)
		if n := len(p.releases()); n != 1 {
			t.Fatalf("%d choices of figures in a workspace without a release", n)
		}
		s.Press(p.say("release.freeze"))
		s.Press(s.Words().Say("freezing.do")) // without a title it asks for one
		if len(p.offer.releases) != 0 {
			t.Error("a release without a title was made")
		}
		s.Type("Mapping 2025")
		s.Press(s.Words().Say("freezing.do"))
		if len(p.offer.releases) != 1 || p.at.release != p.offer.releases[0].Record.String() || !strings.Contains(p.Route(), "release="+p.at.release) {
			t.Fatalf("releases %v, chosen %q, errors %v", p.offer.releases, p.at.release, s.Errors)
		}
		s.Press(p.say("make"))
		if p.made == nil || !strings.Contains(p.form.release.Selected, "Mapping 2025") {
			t.Fatalf("made %v, from %q, errors %v", p.made, p.form.release.Selected, s.Errors)
		}
		s.Clean("briefs.")
		p.panes.open(0)
		s.Press(p.say("release.freeze"))
		s.Type("mapping 2025")
		s.Press(s.Words().Say("freezing.do"))
		if len(s.Errors) != 1 || len(p.offer.releases) != 1 {
			t.Errorf("the same title again: releases %d, errors %v", len(p.offer.releases), s.Errors)
		}
	}
}
