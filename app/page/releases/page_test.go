package releases

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

const someRates = "kind,of,year,value,source,vintage\naverage,BRL,2024,5.8,Bank,2026-03-01\ndeflator,IT,2024,112.4,Bank,2026-03-01\nhyperinflation,AR,2024,,Bank,2026-03-01\n"

func open(t *testing.T, cfg stage.Config, route string) (*stage.Stage, *Page) {
	t.Helper()
	s := stage.New(t, cfg)
	return s, s.Open(New, "releases", route).(*Page)
}

// frozen makes a release of the stage's workspace and tells a chart of it.
func frozen(t *testing.T, s *stage.Stage, title string) workspace.Release {
	t.Helper()
	w := s.Workspace()
	r, err := w.MakeRelease(t.Context(), workspace.ReleaseJob{Title: title, From: 2022, Submitted: workspace.LeaveSubmitted, Program: "test 1", About: indicator.About{Contact: "data@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	q := indicator.Query{Indicator: "I05", Disclosure: true}
	f, err := w.Figures(t.Context(), workspace.FiguresOf{Release: r.Record.String(), What: workspace.What("chart", q)})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Compute(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// written writes a file of a test.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReleaseSaysWhatItHoldsAndWhatWasMadeOfIt(t *testing.T) {
	s, p := open(t, stage.Config{}, "releases")
	first, second := frozen(t, s, "First"), frozen(t, s, "Second")
	p.Reload()
	text := s.Texts()
	for _, want := range []string{second.Frame, "since 2022", "data@example.org", "countries FR IT PT", "test 1"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in sight:\n%s", want, text)
		}
	}
	if len(p.known.releases) != 2 || p.chosen[partReleases] != second.Record.String() || s.Counts != "2 releases" {
		t.Errorf("shown is %v of %d, counted %q", p.chosen, len(p.known.releases), s.Counts)
	}
	p.choose(first.Record.String())
	if p.Route() != "releases?show="+first.Record.String() || !strings.Contains(s.Texts(), "First") {
		t.Errorf("chosen: %s", p.Route())
	}
	if r := p.known.releases[1]; len(r.told) != 1 || p.toldName(r.told[0]) != "Chart: I05" || p.toldName(workspace.Told{What: "other thing", Verb: "other"}) != "other thing" {
		t.Errorf("made of it was %+v", r.told)
	}
	s.Press("Make a brief")
	if !slices.Equal(s.Routes, []string{"briefs?release=" + first.Record.String()}) {
		t.Errorf("led to %v", s.Routes)
	}
	s.Pick = filepath.Join(t.TempDir(), "register.csv")
	s.Command("Ctrl+E")
	if data, err := os.ReadFile(s.Pick); err != nil || !strings.Contains(string(data), ",I05,,2025,false,") {
		t.Errorf("the register is %s, %v", data, err)
	}
	s.Clean("releases.")
}

func TestAReleaseIsCheckedAgainstTheLog(t *testing.T) {
	s, p := open(t, stage.Config{}, "releases")
	r := frozen(t, s, "First")
	p.Reload()
	s.Command("Ctrl+L")
	if text := s.Texts(); !strings.Contains(text, "The log gives the same frame from ") {
		t.Errorf("in sight is:\n%s", text)
	}
	p.checks[r.Record.String()] = check{found: &workspace.ReleaseCheck{Release: r, Frame: strings.Repeat("0", 64), Revisions: 1, Erased: 2}}
	p.again(r.Record.String())
	for _, want := range []string{"another frame, 0000000000, from 1 revision:", "2 erasures came after it", "Import it again"} {
		if !strings.Contains(s.Texts(), want) {
			t.Errorf("%q is not in sight:\n%s", want, s.Texts())
		}
	}
	lost := p.known.releases[0]
	lost.Chains = slices.Clone(lost.Chains)
	lost.Chains[0].Last[0]++
	p.check(lost)
	if !strings.Contains(s.Texts(), "the log does not hold all commits of the release") {
		t.Errorf("a commit that is missing:\n%s", s.Texts())
	}
	s.Clean("releases.")
}

// held keeps named jobs until they are let go.
type held struct {
	task.Inline
	stops int
}

func (h *held) Start(job task.Job) func() {
	if job.Name == "" {
		return h.Inline.Start(job)
	}
	return func() { h.stops++ }
}

func TestACheckCanBeStopped(t *testing.T) {
	h := &held{}
	s, p := open(t, stage.Config{Runner: h}, "releases")
	frozen(t, s, "First")
	p.Reload()
	s.Press("Check against the log")
	if !strings.Contains(s.Texts(), "the footer shows how far") {
		t.Fatalf("in sight is:\n%s", s.Texts())
	}
	s.Press("Check against the log") // it is under way
	s.Press("Stop")
	if h.stops != 1 {
		t.Errorf("stopped %d times", h.stops)
	}
	s.Clean("releases.")
}

func TestFiguresAreFrozenHere(t *testing.T) {
	s, p := open(t, stage.Config{}, "releases")
	if !p.empty.Visible() || !strings.Contains(s.Texts(), "A release freezes the figures") {
		t.Fatalf("without a release:\n%s", s.Texts())
	}
	s.Command("Ctrl+N")
	s.Type("Mapping 2025")
	s.Press("Freeze")
	if len(p.known.releases) != 1 || p.chosen[partReleases] != p.known.releases[0].Record.String() || p.empty.Visible() {
		t.Errorf("frozen is %+v, errors %v", p.known.releases, s.Errors)
	}
	s.Clean("releases.", "freezing.")
}

func TestRatesAreImportedAndShown(t *testing.T) {
	s, p := open(t, stage.Config{}, "releases?part=rates")
	if !strings.Contains(s.Texts(), "Figures stay in their own currency") {
		t.Fatalf("without rates:\n%s", s.Texts())
	}
	p.Dropped([]string{written(t, "rates.csv", someRates)})
	if text := s.Texts(); !p.entered.ready() || !strings.Contains(text, "3 lines of Bank, taken on 2026-03-01, 2024. Exchange rates: BRL.") {
		t.Fatalf("in sight is:\n%s", text)
	}
	s.Command("Ctrl+Enter")
	if len(p.known.rates) != 1 || p.entered != nil || p.Route() != "releases?part=rates&show=2026-03-01" || s.Counts != "1 table of rates" {
		t.Fatalf("%+v, %s, errors %v", p.known.rates, p.Route(), s.Errors)
	}
	if text := s.Texts(); !strings.Contains(text, "Argentina 2024") || !strings.Contains(text, "BRL") {
		t.Errorf("in sight is:\n%s", text)
	}
	r := p.known.rates[0]
	if all, some := p.lines(r, ""), p.lines(r, "deflator"); len(all) != 3 || len(some) != 1 || some[0].Cells["of"].Text != "Italy" || some[0].Cells["value"].Text != "112.4" {
		t.Errorf("lines %+v", some)
	}
	s.Pick = filepath.Join(t.TempDir(), "out.csv")
	s.Command("Ctrl+E")
	if data, err := os.ReadFile(s.Pick); err != nil || string(data) != someRates {
		t.Errorf("saved is %s, %v", data, err)
	}
	frozen(t, s, "First")
	p.Reload()
	if !strings.Contains(s.Texts(), "First") || p.usedBy(p.known.rates[0]) != "First" {
		t.Errorf("the release that uses it is not named:\n%s", s.Texts())
	}
	s.Clean("releases.")
}

func TestLinesThatCannotBeUsedAreNamed(t *testing.T) {
	s, p := open(t, stage.Config{Language: "fr"}, "releases")
	path := written(t, "taux.csv", "kind,of,year,value\naverage,BRL,2024,5.8\naverage,ARS,2024,viel\nstrange,X,2024,1\n")
	s.Pick = path
	s.Command("Ctrl+T")
	s.Command("Ctrl+I")
	if p.part != partRates || p.entered.ready() || !strings.Contains(s.Texts(), `no column "source"`) {
		t.Fatalf("a table without a source:\n%s", s.Texts())
	}
	p.entered.source.SetText("Banque")
	p.entered.vintage.SetText("2026-03-01")
	s.Canvas().Focus(p.entered.vintage)
	s.Key(fyne.KeyReturn)
	if len(p.entered.glance.problems) != 2 || p.entered.glance.problems[0].Line != 3 || p.entered.ready() {
		t.Fatalf("problems %+v", p.entered.glance.problems)
	}
	s.Press("Annuler")
	if p.entered != nil || !p.empty.Visible() {
		t.Error("the table is still there")
	}
	p.enter(filepath.Join(t.TempDir(), "nothing.csv"))
	if !strings.Contains(s.Texts(), "the file cannot be read") {
		t.Errorf("a file that is not there:\n%s", s.Texts())
	}
	good := written(t, "bon.csv", someRates)
	p.enter(good)
	p.entered.keep()
	p.enter(written(t, "autre.csv", strings.Replace(someRates, "5.8", "5.9", 1)))
	p.entered.keep()
	if p.entered == nil || !strings.Contains(s.Texts(), "another table has the vintage 2026-03-01") || len(p.known.rates) != 1 {
		t.Errorf("another table of the vintage:\n%s", s.Texts())
	}
	p.choose("2026-03-01")
	if p.entered != nil || !strings.Contains(s.Texts(), "Argentine 2024") {
		t.Errorf("back to the list:\n%s", s.Texts())
	}
	s.Clean("releases.")
}

func TestYearsOfAReleaseAreSaid(t *testing.T) {
	_, p := open(t, stage.Config{}, "releases")
	for want, r := range map[string]workspace.Release{"all": {}, "since 2022": {From: 2022}, "until 2023": {To: 2023}, "2021–2023": {From: 2021, To: 2023}, "2021, 2025": {Years: []int{2021, 2025}}} {
		if got := p.yearsOf(r); got != want {
			t.Errorf("%+v is of %q, want %q", r, got, want)
		}
	}
}

func TestThePageIsEntered(t *testing.T) {
	all := Entries()
	if _, ok := page.Match(all[0].Route, page.ParseRoute("releases?part=rates")); !ok || all[0].Icon == "" || all[1].Icon != "" {
		t.Errorf("%+v", all)
	}
	s := stage.New(t, stage.Config{})
	first := frozen(t, s, "First")
	frozen(t, s, "Second")
	p := s.Open(New, all[1].Route, "releases/"+first.Record.String()).(*Page)
	if p.Route() != "releases?show="+first.Record.String() || !strings.Contains(s.Texts(), first.Frame) {
		t.Errorf("the route of one release leads to %s", p.Route())
	}
}
