package home_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/app/page/home"
	"coopatlas/app/stage"
	"coopatlas/data/check"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

func TestHomeShowsTheWavesAndTheNewestTrend(t *testing.T) {
	s := stage.New(t, stage.Config{})
	s.Open(home.New, "home", "home")
	seen := s.Texts()
	for _, want := range []string{"Wave 2025 (invented)", "Nothing is left unfinished.", "validated"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q does not show:\n%s", want, seen)
		}
	}
	views := stage.All[*kit.SceneView](s)
	if len(views) != 1 || views[0].Scene() == nil {
		t.Fatalf("%d charts in sight", len(views))
	}
	test.Tap(views[0])
	if len(s.Routes) != 1 || s.Routes[0] != "trends" {
		t.Errorf("the chart leads to %q", s.Routes)
	}
	if !strings.Contains(s.Counts, "cooperatives") || len(s.Errors) != 0 {
		t.Errorf("counts %q, errors %v", s.Counts, s.Errors)
	}
}

func TestHomeLeadsOnToDrafts(t *testing.T) {
	s := stage.New(t, stage.Config{})
	session, err := s.Workspace().Begin(context.Background(), workspace.SessionOf{Kind: "mapping"})
	if err != nil {
		t.Fatal(err)
	}
	session.Leave()
	s.Open(home.New, "home", "home")
	if !strings.Contains(s.Texts(), "draft") {
		t.Fatalf("the draft does not show:\n%s", s.Texts())
	}
	for range 20 {
		s.Key(fyne.KeyTab)
		if f := s.Canvas().Focused(); f != nil {
			s.Key(fyne.KeyReturn)
			break
		}
	}
	if want := "interviews/" + session.Record().String() + "/fill"; len(s.Routes) == 0 || s.Routes[0] != want {
		t.Errorf("led to %q, want %q", s.Routes, want)
	}
}

func TestHomeOfAnEmptyWorkspaceOffersTheFirstInterview(t *testing.T) {
	for language, button := range map[string]string{"en": "New interview", "fr": "Nouvel entretien"} {
		s := stage.New(t, stage.Config{Empty: true, Language: language})
		s.Open(home.New, "home", "home")
		s.Press(button)
		if len(s.Routes) != 1 || s.Routes[0] != "interviews/new" {
			t.Errorf("%s: led to %q", language, s.Routes)
		}
		s.Command("Ctrl+N")
		if len(s.Routes) != 2 {
			t.Error("Ctrl+N does nothing")
		}
	}
}

func TestHomeSaysWhatWentWrong(t *testing.T) {
	s := stage.New(t, stage.Config{Empty: true})
	if err := s.Workspace().Close(); err != nil {
		t.Fatal(err)
	}
	s.Open(home.New, "home", "home")
	if len(s.Errors) == 0 {
		t.Error("a closed workspace goes unnoticed")
	}
}

func TestHomeFitsASmallWindow(t *testing.T) {
	s := stage.New(t, stage.Config{Size: fyne.NewSize(800, 600), Look: kit.Look{Mode: kit.Dark, Text: 1.25}})
	p := s.Open(home.New, "home", "home")
	if w := p.Content().MinSize().Width; w > 700 {
		t.Errorf("the page cannot be narrower than %g", w)
	}
}

func TestHomeCountsQueries(t *testing.T) {
	s := stage.New(t, stage.Config{})
	rows, err := s.Workspace().Store.List(t.Context(), "mapping", store.Query{Limit: 1, Columns: []string{}, Where: []store.Condition{{Column: "state", Values: []string{"validated"}}}})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	for _, concept := range []string{"turnover", "members"} {
		if _, err := s.Workspace().Ask(t.Context(), check.Finding{Record: rows[0].Record.String(), Concept: concept}, "Is it so?"); err != nil {
			t.Fatal(err)
		}
	}
	s.Open(home.New, "home", "home")
	if seen := s.Texts(); !strings.Contains(seen, rows[0].Label) || !strings.Contains(seen, "· 2 queries") {
		t.Errorf("in sight is\n%s", seen)
	}
}
