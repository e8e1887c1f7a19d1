package freezing_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/freezing"
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// blank is a page with nothing on it.
type blank struct{ content fyne.CanvasObject }

func (b blank) Route() string              { return "blank" }
func (b blank) Title() string              { return "" }
func (b blank) Content() fyne.CanvasObject { return b.content }
func (b blank) Reload()                    {}

func TestFiguresAreFrozenAsThePersonSays(t *testing.T) {
	s := stage.New(t, stage.Config{})
	s.Open(func(page.Services, page.Route) page.Page { return blank{widget.NewLabel("")} }, "blank", "blank")
	var made []workspace.Release
	ask := func(years indicator.Span) []*kit.Entry {
		freezing.Ask(s, years, func(r workspace.Release) { made = append(made, r) })
		return stage.All[*kit.Entry](s)
	}
	fields := ask(indicator.Span{From: 2022, To: 2025})
	if fields[1].Text != "2022-2025" {
		t.Errorf("the years are %q", fields[1].Text)
	}
	s.Press("Freeze") // a title is missing
	s.Type("Mapping")
	fields[1].SetText("2025-2022")
	s.Press("Freeze")
	if len(made) != 0 || !strings.Contains(s.Texts(), "Write them as 2021-2025") {
		t.Fatalf("years that run backwards: %v\n%s", made, s.Texts())
	}
	fields[1].SetText("2025, 2021")
	fields[2].SetText("data@federation.example")
	s.Press("Freeze")
	if len(made) != 1 || !slices.Equal(made[0].Years, []int{2021, 2025}) || made[0].About.Contact != "data@federation.example" || made[0].Submitted || made[0].Program != "coopatlas test" {
		t.Fatalf("made was %+v, errors %v", made, s.Errors)
	}
	if len(s.Toasts) != 1 || s.Notes[0] != "Mapping" {
		t.Errorf("said was %v, saved %v", s.Toasts, s.Notes)
	}
	s.Clean("freezing.")
	ask(indicator.Span{})
	s.Type("mapping")
	s.Press("Freeze")
	if len(made) != 1 || len(s.Errors) != 1 {
		t.Errorf("a title that is taken: %v, %v", made, s.Errors)
	}
}
