package directory

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coopatlas/app/page"
	"coopatlas/app/stage"
	"coopatlas/data/workspace"
)

func TestEveryKindHasAList(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		for _, kind := range listed {
			s, p := list(t, stage.Config{Language: language}, page.MakeRoute("directory", "kind", kind))
			if !slices.Contains(workspace.Kinds(), kind) || p.at.kind != kind || p.kind.Value() != kind {
				t.Errorf("%s: the list is of %q", kind, p.at.kind)
			}
			if p.table.Total() == 0 && len(p.empty.Objects) == 0 {
				t.Errorf("%s: an empty list says nothing", kind)
			}
			if kind != kindCooperative && p.Route() != "directory?kind="+kind {
				t.Errorf("%s: the route is %s", kind, p.Route())
			}
			s.Clean("directory.", "fill.status")
		}
	}
}

func TestAnotherKindIsChosenNarrowedAndBegun(t *testing.T) {
	s, p := list(t, stage.Config{}, "directory")
	p.kind.SetSelectedIndex(slices.Index(listed[:], "project"))
	if at := s.Routes[len(s.Routes)-1]; at != "directory?kind=project" {
		t.Fatalf("went to %s", at)
	}
	s, p = list(t, stage.Config{}, "directory?kind=project")
	all := p.table.Total()
	if all < 40 || !strings.Contains(s.Counts, "Projects: ") {
		t.Errorf("%d projects; the footer says %q", all, s.Counts)
	}
	if p.sector.Visible() || !p.country.Visible() || len(p.state.Options) != 3 {
		t.Error("the filters are those of cooperatives")
	}
	p.country.SetSelectedIndex(1)
	if n := p.table.Total(); n == 0 || n >= all {
		t.Errorf("a country leaves %d of %d", n, all)
	}
	p.search.SetText("nothing like it")
	s.Press(p.say("clear"))
	if p.table.Total() != all || p.at.kind != "project" {
		t.Error("the filters are not cleared, or the kind is")
	}
	s.Command("Ctrl+N")
	if at := s.Routes[len(s.Routes)-1]; at != "interviews/new/fill?kind=project" {
		t.Errorf("a new project is begun at %s", at)
	}
	if p.layoutKey() == prefTable {
		t.Error("the columns of projects are kept as those of cooperatives")
	}
}

func TestAnEmptyKindSaysWhatToDo(t *testing.T) {
	s, p := list(t, stage.Config{}, "directory?kind=person")
	if p.table.Total() != 0 || p.country.Visible() {
		t.Fatal("there are persons")
	}
	s.Press("New: Person")
	if at := s.Routes[len(s.Routes)-1]; at != "interviews/new/fill?kind=person" {
		t.Errorf("went to %s", at)
	}
	if kindOf(s.Workspace(), page.Route{}) != kindCooperative {
		t.Error("a route without a kind is not of cooperatives")
	}
}

// A questionnaire of a workspace's own has a list like any other.
func TestOwnQuestionnairesAreListed(t *testing.T) {
	s := stage.New(t, stage.Config{})
	from := workspace.QuestionnaireFile{Folder: fstest.MapFS{"training.md": {Data: []byte(training)}}, Name: "training.md"}
	if _, _, err := s.Workspace().AddQuestionnaire(t.Context(), from, workspace.Consent{}); err != nil {
		t.Fatal(err)
	}
	p := s.Open(NewList, "directory", "directory?kind=training").(*List)
	if p.kind.Value() != "training" || !strings.Contains(s.Counts, "Courses: 0") || len(p.empty.Objects) == 0 {
		t.Errorf("the list is of %q, the footer says %q", p.kind.Value(), s.Counts)
	}
	s.Press("New: Courses")
	if at := s.Routes[len(s.Routes)-1]; at != "interviews/new/fill?kind=training" {
		t.Errorf("went to %s", at)
	}
	s.Clean("directory.", "fill.status")
}

const training = `| survey | |
| | type | name | label | concept |
| | select_one_from_file cooperative | who | Cooperative | subject |
| | integer | year | Year | year |
| settings | |
| | form_id | form_title | version |
| | training | Courses | 1 |
`
