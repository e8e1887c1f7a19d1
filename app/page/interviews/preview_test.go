package interviews

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/page"
	"coopatlas/app/stage"
)

// The questionnaires of the tests of data/workspace.
const invented = "../../../data/workspace/testdata/questionnaires/visits-1.md"

func TestAPreviewKeepsNothing(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		for _, route := range []string{page.MakeRoute("interviews/preview/fill", "file", invented), "interviews/preview/fill?kind=cooperative", "interviews/preview/fill?kind=mapping&version=2026.1"} {
			s := stage.New(t, stage.Config{Language: language, Empty: true})
			f := s.Open(Fill, fillPattern, route).(*filling)
			t.Cleanup(f.Close)
			if f.session == nil || f.Route() != page.ParseRoute(route).String() || !strings.HasPrefix(f.Title(), s.Words().Say("interviews.preview.title", "Name", "")) {
				t.Fatalf("%s did not open: %v", route, s.Errors)
			}
			if strings.Contains(route, "file") {
				s.Type("Hall")
				s.Key(fyne.KeyReturn)
				if got := f.session.Interview().Answer("place").Value.String(); got != "Hall" {
					t.Errorf("the place is %q", got)
				}
				if _, err := f.session.SetFile(f.ctx, "place", "x", strings.NewReader("")); err == nil {
					t.Error("a text takes a file")
				}
			}
			f.undo()
			f.showEnd()
			if text := s.Texts(); !strings.Contains(text, s.Words().Say("interviews.preview.nothing")) {
				t.Errorf("nothing says that it is a preview:\n%s", text)
			}
			s.Command("Ctrl+Enter")
			drafts, err := s.Workspace().Store.Drafts(t.Context())
			if err != nil || len(drafts) > 0 || len(s.Notes) > 0 || s.Backs != 1 || len(s.Errors) > 0 || !f.Leave() {
				t.Errorf("%s: %d drafts, noted %v, back %d times, %v", route, len(drafts), s.Notes, s.Backs, s.Errors)
			}
		}
	}
}

func TestPreviewsThatCannotBe(t *testing.T) {
	for _, query := range []string{"?kind=nothing", "?kind=mapping&version=1", "?file=" + filepath.Join(t.TempDir(), "none.xlsx")} {
		s := stage.New(t, stage.Config{Empty: true})
		f := s.Open(Fill, fillPattern, "interviews/preview/fill"+query).(*filling)
		t.Cleanup(f.Close)
		if f.session != nil || len(s.Errors) != 1 || !strings.Contains(s.Texts(), s.Words().Say("interviews.fill.broken")) {
			t.Errorf("%s: %v", query, s.Errors)
		}
	}
}
