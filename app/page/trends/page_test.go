package trends

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// unpainted makes the page with blank charts: the engine is tested where charts are.
func unpainted(s page.Services, at page.Route) page.Page {
	p := New(s, at).(*Page)
	p.drawn = func(d chart.Definition) (*scene.Scene, error) {
		return &scene.Scene{Width: d.Width, Height: d.Height}, nil
	}
	return p
}

// open opens the page in the demonstration.
func open(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *Page) {
	t.Helper()
	s := stage.New(t, cfg)
	p := s.Open(unpainted, "trends", route).(*Page)
	t.Cleanup(p.Close)
	return s, p
}

func TestPageShowsChartSentencesAndTable(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "trends?indicator=I05&by=country")
		if p.chart.Scene() == nil {
			t.Fatal("no chart was drawn")
		}
		rows := p.table.Texts()
		if len(rows) != 1+5*3 || len(rows[0]) != len(rows[1]) {
			t.Errorf("%d rows, the first %q", len(rows), rows[0])
		}
		if len(p.said()) < 5 || !strings.Contains(s.Texts(), p.basisInWords()) {
			t.Errorf("it says %v", p.said())
		}
		if parts := p.parts.Texts(); len(parts) != 1+4*3 {
			t.Errorf("the decomposition has %d rows", len(parts))
		}
		if s.Counts == "" || p.Title() == "" {
			t.Error("no title or no count in the footer")
		}
		s.Clean("trends.")
	}
}

func TestChartIsDrawnForTheWidth(t *testing.T) {
	s := stage.New(t, stage.Config{})
	p := s.Open(New, "trends", "trends").(*Page)
	t.Cleanup(p.Close)
	if drawing := p.chart.Scene(); drawing == nil || drawing.Width != p.chart.Points() || len(drawing.Items) < 10 {
		t.Errorf("drawn is %v", drawing)
	}
	s.Clean("trends.")
}

func TestControlsChangeRouteAndFigures(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	before := p.table.Texts()
	p.controls.by.SetSelected("country")
	p.controls.basis.SetSelected("All respondents")
	p.controls.from.SetSelected("2023")
	if last := s.Replaced[len(s.Replaced)-1]; last != "trends?basis=all&by=country&from=2023&indicator=I05" || p.Route() != last {
		t.Errorf("the route is %s, in the history stands %s", p.Route(), last)
	}
	if after := p.table.Texts(); len(after) == len(before) || after[1][0] != "2023" {
		t.Errorf("the table is %q", after)
	}
	p.controls.indicator.SetSelected("Active cooperatives mapped")
	if p.controls.basis.Visible() || p.at.basis != "" {
		t.Error("a count has no basis to choose")
	}
	p.controls.pairs.SetSelected("Any pairs, for looking")
	p.controls.to.SetSelected("2022")
	if p.at.from != 2022 || p.at.to != 2023 {
		t.Errorf("years that run backwards become %d–%d", p.at.from, p.at.to)
	}
	s.Clean("trends.")
}

func TestFilterIsAddedAndTakenAway(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	s.Press("Filter")
	for _, choice := range stage.All[*kit.Select](s) {
		if slices.Contains(choice.Options, "region") && choice.SelectedIndex() < 0 {
			choice.SetSelected("country")
		}
	}
	s.Press("Add the filter")
	if got := p.at.filters(); len(got) != 1 || got[0].name != "country" {
		t.Fatalf("filters %v", got)
	}
	if !strings.Contains(p.Route(), "where=country%3A") {
		t.Errorf("the route %s does not hold the filter", p.Route())
	}
	s.Press(p.class(p.at.filters()[0]))
	if len(p.at.filters()) != 0 {
		t.Error("the filter stays")
	}
	s.Clean("trends.")
}

func TestCurrenciesAreNeverAdded(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	rows, err := s.Workspace().Store.List(t.Context(), "mapping", store.Query{Limit: 1, Where: []store.Condition{{Column: "state", Values: []string{"validated"}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal("no interview", err)
	}
	if _, err := s.Workspace().Revise(t.Context(), rows[0].Record, record.Edit, map[string]string{"currency": "GBP"}, ""); err != nil {
		t.Fatal(err)
	}
	p.Reload()
	p.controls.indicator.SetSelected("Turnover")
	if text := s.Texts(); !strings.Contains(text, "never added") || p.results.Visible() {
		t.Fatalf("mixed currencies show\n%s", text)
	}
	s.Press("Show by currency")
	if p.at.by != "currency" || !p.results.Visible() {
		t.Errorf("by %q", p.at.by)
	}
	p.choose(p.at.with(filter{"currency", "EUR"}))
	if rows := p.table.Texts(); len(rows) < 2 {
		t.Errorf("%q", rows)
	}
	s.Clean("trends.")
}

func TestEmptyStates(t *testing.T) {
	s, _ := open(t, stage.Config{Empty: true}, "trends")
	s.Press("Go to the interviews")
	if !slices.Equal(s.Routes, []string{"interviews"}) {
		t.Errorf("led to %v", s.Routes)
	}
	s.Clean("trends.")
	s, p := open(t, stage.Config{}, "trends?where=country:ZZ")
	s.Press("Clear filters and years")
	if len(p.at.where) != 0 || !p.results.Visible() {
		t.Error("the filters stay")
	}
	s.Clean("trends.")
}

func TestFailureIsShownAndCanBeTriedAgain(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	p.answered(answer{}, errors.New("the disk is full"))
	if len(s.Errors) != 1 || p.results.Visible() {
		t.Fatalf("errors %v", s.Errors)
	}
	s.Press("Try again")
	if !p.results.Visible() {
		t.Error("trying again shows nothing")
	}
	p.answered(answer{}, context.Canceled)
	p.stop()
	if len(s.Errors) != 1 || !p.results.Visible() {
		t.Error("what was stopped is an error")
	}
}

func TestNothingThatMayBePrinted(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?where=size:250%2B")
	if p.answer.result != nil && p.answer.drawn {
		t.Skip("the demonstration has large cooperatives enough")
	}
	if p.answer.result != nil {
		s.Press("Draw the reported totals")
		if p.at.basis != indicator.All {
			t.Error("the basis stays")
		}
	}
	s.Clean("trends.")
}

func TestSavesAndCopies(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?by=country")
	for _, f := range forms {
		s.Pick = filepath.Join(t.TempDir(), "x"+f.ending)
		p.save(f)
		if data, err := os.ReadFile(s.Pick); err != nil || len(data) < 200 {
			t.Errorf("%s: %d bytes, %v", f.ending, len(data), err)
		}
	}
	if len(s.Toasts) != len(forms) {
		t.Errorf("%d messages", len(s.Toasts))
	}
	s.Command("Ctrl+Shift+C")
	if !strings.HasPrefix(s.Copied, "Year\tCountry\t") || strings.Count(s.Copied, "\n") != 16 {
		t.Errorf("copied %q", s.Copied)
	}
	var picture []byte
	p.copying = func(path string) (err error) { picture, err = os.ReadFile(path); return err }
	s.Command("Ctrl+Alt+C")
	if !strings.HasPrefix(string(picture), "\x89PNG") {
		t.Errorf("the picture is %.10q", picture)
	}
	p.copying = func(string) error { return errClipboard }
	s.Command("Ctrl+Alt+C")
	if last := s.Toasts[len(s.Toasts)-1].Text; !strings.Contains(last, "Save the picture") {
		t.Errorf("without a clipboard: %s", last)
	}
	s.Pick = filepath.Join(t.TempDir(), "none", "x.png")
	p.save(forms[0])
	if len(s.Errors) != 1 {
		t.Errorf("a folder that is not there: %v", s.Errors)
	}
	p.saveMenu(p.controls.row)
	if s.Canvas().Overlays().Top() == nil {
		t.Error("no menu was shown")
	}
}

func TestPartsOfThePageAreRemembered(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	heads := stage.All[interface {
		fyne.CanvasObject
		fyne.Tappable
		fyne.Focusable
		desktop.Cursorable
	}](s)
	for _, head := range heads {
		if _, button := head.(*widget.Button); !button && p.foldSays.Open() {
			test.Tap(head)
		}
	}
	if s.Preference(prefSays) != "shut" {
		t.Error("it is not remembered that it was folded away")
	}
	kept := p.Keep()
	p.Restore(kept)
	if again := New(s, page.ParseRoute("trends")).(*Page); again.foldSays.Open() {
		t.Error("it opens again")
	}
}

func TestFrameIsKeptAndLetGo(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	frame := p.figures.open
	p.controls.by.SetSelected("country")
	if p.figures.open != frame {
		t.Error("the frame is made anew for each change of a control")
	}
	p.Reload()
	if p.figures.open == frame {
		t.Error("reading again shows the old records")
	}
	p.Close()
	if _, err := p.figures.compute(t.Context(), p.at, false, s.Words()); !errors.Is(err, context.Canceled) {
		t.Errorf("after the page: %v", err)
	}
	s.Clean("trends.")
}

// held is a runner that starts nothing until it is told to.
type held struct{ jobs []task.Job }

func (h *held) Start(job task.Job) func() { h.jobs = append(h.jobs, job); return func() {} }

func TestComputingCanBeStopped(t *testing.T) {
	runner := &held{}
	s, p := open(t, stage.Config{Runner: runner}, "trends")
	if !p.busy.Visible() {
		t.Error("nothing says that figures are being computed")
	}
	s.Press("Stop")
	if p.busy.Visible() {
		t.Error("it is still said")
	}
	for _, job := range runner.jobs {
		job.Done(job.Work(t.Context(), func(int, int) {}))
	}
	if p.answer.result != nil {
		t.Error("what was stopped is shown")
	}
}

func TestRouteHoldsTheChoice(t *testing.T) {
	catalogue := indicator.Catalogue()
	rapid.Check(t, func(t *rapid.T) {
		c := choice{indicator: rapid.SampledFrom(catalogue).Draw(t, "indicator"), where: map[string][]string{},
			by: rapid.SampledFrom(append(indicator.Breakdowns(), "", "x")).Draw(t, "by"), then: rapid.SampledFrom(append(indicator.Breakdowns(), "", "x")).Draw(t, "then"),
			money: rapid.SampledFrom([]indicator.MoneyKind{"", "eur", "ppp", "x"}).Draw(t, "money"), basis: rapid.SampledFrom([]indicator.Basis{"", "demographic", "all", "x"}).Draw(t, "basis"),
			pairs: rapid.SampledFrom([]indicator.Pairs{"", "any", "comparable"}).Draw(t, "pairs"), estimated: rapid.Bool().Draw(t, "estimated"), from: rapid.IntRange(2000, 2030).Draw(t, "from"), to: rapid.IntRange(2000, 2030).Draw(t, "to")}.fitting()
		for range rapid.IntRange(0, 3).Draw(t, "filters") {
			c = c.with(filter{rapid.SampledFrom(indicator.Breakdowns()).Draw(t, "name"), rapid.StringMatching(`[A-Z:&= ]{1,4}`).Draw(t, "value")})
		}
		again := readChoice(page.ParseRoute(c.route()))
		if again.route() != c.route() || !slices.Equal(again.filters(), c.filters()) {
			t.Fatalf("%s is read as %s", c.route(), again.route())
		}
	})
}

func TestClipboardPrograms(t *testing.T) {
	for _, fact := range []struct {
		system  string
		wayland bool
		name    string
	}{{"linux", false, "xclip"}, {"linux", true, "wl-copy"}, {"darwin", false, "osascript"}, {"windows", false, "powershell"}} {
		name, args := clipboardProgram(fact.system, fact.wayland, "chart.png")
		if name != fact.name || fact.name != "wl-copy" && !strings.Contains(strings.Join(args, " "), "chart.png") {
			t.Errorf("%s: %s %q", fact.system, name, args)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if err := copyPicture("chart.png"); !errors.Is(err, errClipboard) {
		t.Errorf("without any program: %v", err)
	}
}

// BenchmarkChange is a change of a control until the chart stands.
func BenchmarkChange(b *testing.B) {
	s := stage.New(b, stage.Config{})
	p := s.Open(New, "trends", "trends").(*Page)
	defer p.Close()
	for b.Loop() {
		p.choose(p.at)
	}
}

// waiting is a runner whose work goes on for ever.
type waiting struct{}

func (waiting) Start(task.Job) (stop func()) { return func() {} }

// Until there is an answer the page says only that it is computing, and can be stopped.
func TestNothingIsShownBeforeTheFirstAnswer(t *testing.T) {
	s := stage.New(t, stage.Config{Runner: waiting{}})
	p := s.Open(New, "trends", "trends").(*Page)
	if p.results.Visible() || !strings.Contains(s.Texts(), p.say("computing")) {
		t.Errorf("in sight is:\n%s", s.Texts())
	}
	s.Clean("trends.")
	s.Press(p.say("stop"))
	if text := s.Texts(); !strings.Contains(text, p.say("stopped_first")) || strings.Contains(text, p.say("computing")) {
		t.Errorf("after stopping in sight is:\n%s", text)
	}
}
