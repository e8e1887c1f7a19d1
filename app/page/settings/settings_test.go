package settings_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page/settings"
	"coopatlas/app/stage"
)

func show(t *testing.T, cfg stage.Config, part string) *stage.Stage {
	t.Helper()
	s := stage.New(t, cfg)
	s.Open(settings.New, "settings", "settings?part="+part)
	return s
}

func TestEveryPartShowsInEveryLanguage(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		for _, part := range []string{"", "look", "workspace", "letterhead", "backup", "keys", "about"} {
			s := show(t, stage.Config{Empty: true, Language: language}, part)
			if seen := s.Texts(); len(seen) < 100 || strings.Contains(seen, "[") {
				t.Errorf("%s, %s:\n%s", language, part, seen)
			}
		}
	}
}

func TestLookIsInForceAtOnce(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "look")
	for _, choice := range stage.All[*kit.Select](s) {
		for _, option := range []string{"Dark", "125\u00a0%", "Compact", "Français"} {
			for _, have := range choice.Options {
				if have == option {
					choice.SetSelected(option)
				}
			}
		}
	}
	if look := s.Look(); look.Mode != kit.Dark || look.Text != 1.25 || look.Density != kit.Compact {
		t.Errorf("the look is %+v", look)
	}
	if s.Words().Language() != "fr" {
		t.Errorf("the language is %s", s.Words().Language())
	}
}

func TestLetterheadIsWrittenAsAFieldIsLeftAndCanBeTakenBack(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "letterhead")
	ctx := context.Background()
	for _, e := range stage.All[*kit.Entry](s) {
		if e.ID == "settings.publisher" {
			s.Canvas().Focus(e)
		}
	}
	s.Type("Federation of Cooperatives")
	s.Key(fyne.KeyReturn)
	if got, err := s.Workspace().Settings(ctx); err != nil || got.Letterhead.Name != "Federation of Cooperatives" {
		t.Fatalf("kept %+v, %v", got.Letterhead, err)
	}
	if len(s.Notes) != 1 || len(s.Toasts) != 1 {
		t.Fatalf("saved %q, said %v", s.Notes, s.Toasts)
	}
	s.Toasts[0].Undo()
	if got, err := s.Workspace().Settings(ctx); err != nil || got.Letterhead.Name != "" {
		t.Errorf("after undo: %+v, %v", got.Letterhead, err)
	}
}

func TestLogoMustBeAPicture(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "letterhead")
	s.Pick = filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(s.Pick, []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("Choose a picture …")
	if len(s.Errors) != 1 {
		t.Fatalf("errors %v", s.Errors)
	}
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
	if err := os.WriteFile(s.Pick, []byte(png), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("Choose a picture …")
	got, err := s.Workspace().Settings(context.Background())
	if err != nil || got.Letterhead.Logo == "" {
		t.Fatalf("kept %+v, %v; errors %v", got.Letterhead, err, s.Errors)
	}
	s.Press("Remove")
	if got, _ = s.Workspace().Settings(context.Background()); got.Letterhead.Logo != "" {
		t.Error("the logo stays")
	}
}

func TestBackupAndBringingItBack(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "backup")
	if !strings.Contains(s.Texts(), "No backup has been made yet.") {
		t.Fatalf("in sight:\n%s", s.Texts())
	}
	s.Command("Ctrl+B")
	if len(s.Toasts) != 1 || len(s.Errors) != 0 {
		t.Fatalf("said %v, errors %v", s.Toasts, s.Errors)
	}
	s.Press("Bring back")
	if len(s.Confirms) != 1 || len(s.Entered) != 0 {
		t.Fatalf("asked %v", s.Confirms)
	}
	s.Yes = true
	s.Press("Bring back")
	s.Press("Bring back")
	if want := s.Workspace().Dir + " restored"; len(s.Entered) != 2 || s.Entered[0] != want || s.Entered[1] != want+" 2" {
		t.Errorf("entered %q, want %q", s.Entered, want)
	}
	if _, err := os.Stat(filepath.Join(s.Entered[0], "workspace.db")); err != nil {
		t.Error(err)
	}
}

func TestBackupThatFailsSaysSo(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "backup")
	s.Pick = filepath.Join(t.TempDir(), "no", "such")
	if err := os.WriteFile(filepath.Dir(s.Pick), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("Back up to another place …")
	if len(s.Errors) != 1 {
		t.Errorf("errors %v, said %v", s.Errors, s.Toasts)
	}
}

func TestPartsAreChosenAtTheLeft(t *testing.T) {
	s := show(t, stage.Config{Empty: true}, "")
	steps := stage.All[*kit.Steps](s)
	steps[0].OnChoose("about")
	if s.Page.Route() != "settings?part=about" || len(s.Replaced) != 1 || !strings.Contains(s.Texts(), "Version test") {
		t.Errorf("route %s, replaced %q:\n%s", s.Page.Route(), s.Replaced, s.Texts())
	}
}
