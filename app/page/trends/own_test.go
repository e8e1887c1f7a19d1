package trends

import (
	"context"
	"slices"
	"strings"
	"testing"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// declared puts indicators into the workspace: a good one, and one whose definition is wrong.
func declared(t *testing.T, s *stage.Stage) {
	t.Helper()
	for i, answers := range []map[record.Path]string{
		{"code": "U1", "name": "Members for each person", "name_fr": "Membres par personne", "formula": "ratio", "of": "members", "over": "persons_working", "unit": "memberships"},
		{"code": "U2", "name": "Half of it", "formula": "share", "of": "members"},
		{"code": "U3", "name": "Nothing", "formula": "sum", "of": "bicycles"},
	} {
		set := map[record.Path]record.Answer{}
		for path, text := range answers {
			set[path] = record.Answer{Value: record.Text(text)}
		}
		w := s.Workspace()
		if _, err := w.Store.Save(context.Background(), w.Identity, store.Change{Record: record.ID{15: byte(i + 1)}, Kind: "indicator", Set: set}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOwnIndicatorsAreOffered(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends")
	declared(t, s)
	p.Reload()
	group, offered := "", map[string]string{}
	for _, o := range p.ownOptions() {
		group, offered[o.Value] = o.Group, o.Label
	}
	if len(offered) != 3 || offered["U1"] != "U1 · Members for each person" || group != "Declared in this workspace" {
		t.Errorf("offered are %v in %q", offered, group)
	}
	p.controls.indicator.SetSelected(offered["U1"])
	if p.Route() != "trends?indicator=U1" || !p.at.own || !p.answer.drawn || p.answer.result.Indicator != "U1" || !strings.Contains(s.Texts(), "Members for each person") {
		t.Fatalf("%s: %v", p.Route(), p.answer.result)
	}
	p.controls.by.SetSelected("country")
	if p.Route() != "trends?by=country&indicator=U1" || len(p.answer.result.By) != 2 {
		t.Errorf("by country: %s", p.Route())
	}
	p.card.choose(0)
	p.card.showRecords()
	p.keepView("Ours")
	p.choose(readChoice(page.ParseRoute("trends")))
	if p.at.own || p.at.indicator.Code != firstIndicator {
		t.Errorf("back to %s", p.Route())
	}
	p.withViews(func(views []workspace.View) { p.openView(views[0]) })
	if p.at.indicator.Name["en"] != "Members for each person" || p.at.by != "country" {
		t.Errorf("the view shows %s", p.Route())
	}
	p.ownMenu(p.controls.indicator)
	if s.Canvas().Overlays().Top() == nil {
		t.Error("no menu is shown")
	}
	s.Canvas().Overlays().Remove(s.Canvas().Overlays().Top())
	p.openDefinition()
	p.declare()
	if want := []string{"directory/" + record.ID{15: 1}.String(), "interviews/new/fill?kind=indicator"}; !slices.Equal(s.Routes, want) {
		t.Errorf("led to %q", s.Routes)
	}
	s.Clean("trends.")
}

func TestWrongDefinitionsSayWhatIsWrong(t *testing.T) {
	s, p := open(t, stage.Config{Language: "fr"}, "trends")
	declared(t, s)
	p.Reload()
	p.choose(readChoice(page.ParseRoute("trends?indicator=u2&by=country")))
	if text := s.Texts(); !strings.Contains(text, "over: a share needs the concepts of its denominator") || p.results.Visible() {
		t.Errorf("in sight is:\n%s", text)
	}
	s.Press("Ouvrir sa définition")
	if len(s.Routes) != 1 || s.Routes[0] != "directory/"+(record.ID{15: 2}).String() {
		t.Errorf("led to %q", s.Routes)
	}
	p.controls.indicator.SetSelected("U3 · Nothing")
	if text := s.Texts(); !strings.Contains(text, "the questionnaire mapping has no question with the concept or path \"bicycles\"") {
		t.Errorf("in sight is:\n%s", text)
	}
	p.controls.indicator.SetSelected("U1 · Membres par personne")
	if !p.answer.drawn || !p.results.Visible() {
		t.Error("another one does not show")
	}
	p.choose(readChoice(page.ParseRoute("trends?indicator=U9&by=country")))
	if p.at.indicator.Code != firstIndicator || p.at.by != "country" || p.Route() != "trends?by=country&indicator="+firstIndicator {
		t.Errorf("a code that nobody has leads to %s", p.Route())
	}
	s.Clean("trends.")
}

func TestYearsAreChosenOneByOne(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&from=2022")
	p.controls.some.Ask()
	ticks := stage.All[*kit.Ticks](s)[0]
	ticks.Tick(2025)
	ticks.Tick(2021)
	s.Press("Show these years")
	if p.Route() != "trends?indicator=I05&years=2021%2C2025" || p.controls.span.Visible() {
		t.Fatalf("%s", p.Route())
	}
	var years []int
	for _, point := range p.answer.result.Points {
		years = append(years, point.Year)
	}
	if !slices.Equal(years, []int{2021, 2025}) || p.answer.result.Points[1].Matched.From != 2021 {
		t.Errorf("the figures are of %v", years)
	}
	if again := readChoice(page.ParseRoute(p.Route())); !slices.Equal(again.years, p.at.years) {
		t.Errorf("the route is read as %v", again.years)
	}
	s.Press("2021 and 2025")
	if p.Route() != "trends?indicator=I05" || !p.controls.span.Visible() {
		t.Errorf("all years again: %s", p.Route())
	}
	p.choose(readChoice(page.ParseRoute("trends?indicator=I05&years=2024")))
	if p.Route() != "trends?from=2024&indicator=I05&to=2024" {
		t.Errorf("one year: %s", p.Route())
	}
	s.Clean("trends.")
}
