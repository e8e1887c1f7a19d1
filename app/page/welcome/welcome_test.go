package welcome_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/page/welcome"
	"coopatlas/app/stage"
	"coopatlas/data/workspace"
)

// begin shows the first page to a person with a home of their own.
func begin(t *testing.T, language string) (s *stage.Stage, home string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	s = stage.New(t, stage.Config{None: true, Language: language})
	s.Open(welcome.New, "welcome", "welcome")
	return s, home
}

func TestDemonstrationIsMadeOnceAndOpenedAfterwards(t *testing.T) {
	s, home := begin(t, "en")
	s.Press("Open the demonstration")
	if s.Adopted == nil {
		t.Fatalf("nothing was made: %v", s.Errors)
	}
	settings, err := s.Adopted.Settings(context.Background())
	if err != nil || !settings.Demonstration {
		t.Errorf("settings %+v, %v", settings, err)
	}
	dir := filepath.Join(home, "Coopatlas demonstration")
	if s.Adopted.Dir != dir {
		t.Errorf("it lies in %s, want %s", s.Adopted.Dir, dir)
	}
	s.Press("Open the demonstration")
	if len(s.Entered) != 1 || s.Entered[0] != dir {
		t.Errorf("the second time it entered %q", s.Entered)
	}
}

func TestAWorkspaceIsMadeByKeyboard(t *testing.T) {
	s, home := begin(t, "en")
	s.Press("Make a workspace …")
	s.Type("Mapping: 2026")
	s.Key(fyne.KeyReturn) // to the language
	s.Key(fyne.KeyTab)    // to the name
	s.Type("Ada Example")
	s.Key(fyne.KeyReturn) // past the choice of a folder, to the folder
	if f, ok := s.Canvas().Focused().(interface{ FocusName() string }); !ok || f.FocusName() != "welcome.folder" {
		t.Fatalf("the focus is on %T", s.Canvas().Focused())
	}
	s.Key(fyne.KeyReturn)
	if s.Adopted == nil {
		t.Fatalf("nothing was made; errors %v, in sight:\n%s", s.Errors, s.Texts())
	}
	if want := filepath.Join(home, "Mapping 2026"); s.Adopted.Dir != want || s.Adopted.Identity.Name != "Ada Example" {
		t.Errorf("it lies in %s and is signed by %s", s.Adopted.Dir, s.Adopted.Identity.Name)
	}
}

func TestWhatIsMissingIsSaidBesideTheFields(t *testing.T) {
	s, _ := begin(t, "fr")
	s.Press("Créer un espace…")
	s.Press("Créer l’espace de travail")
	if !strings.Contains(s.Texts(), "Donnez un nom") {
		t.Errorf("the name is not asked for:\n%s", s.Texts())
	}
	s.Type("Essai")
	s.Press("Créer l’espace de travail")
	if !strings.Contains(s.Texts(), "Dites qui vous êtes") || s.Adopted != nil {
		t.Errorf("the person is not asked for:\n%s", s.Texts())
	}
	s.Press("Annuler")
	if !strings.Contains(s.Texts(), "Découvrir") {
		t.Error("there is no way back")
	}
}

func TestAKnownIdentityIsShownAndKept(t *testing.T) {
	s, _ := begin(t, "en")
	if _, err := workspace.LoadIdentity("Grace Example"); err != nil {
		t.Fatal(err)
	}
	s.Press("Make a workspace …")
	if !strings.Contains(s.Texts(), "Grace Example") {
		t.Errorf("the name does not show:\n%s", s.Texts())
	}
}

func TestAFolderThatIsTakenIsAnError(t *testing.T) {
	s, home := begin(t, "en")
	if err := os.WriteFile(filepath.Join(home, "Taken"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Press("Make a workspace …")
	s.Type("Taken")
	s.Key(fyne.KeyTab)
	s.Key(fyne.KeyTab)
	s.Type("Ada")
	s.Press("Make the workspace")
	if len(s.Errors) != 1 || s.Adopted != nil {
		t.Errorf("errors %v", s.Errors)
	}
}

func TestOthersAreOpenedFromAFolderOrTheList(t *testing.T) {
	s, _ := begin(t, "en")
	s.Press("Open a folder …") // changes their mind
	s.Pick = "somewhere"
	s.Press("Open a folder …")
	s.SetRecent(filepath.Join("places", "Mapping 2025"))
	s.Page.Reload()
	s.Press("Mapping 2025")
	s.Page.(interface{ Dropped([]string) }).Dropped([]string{"dropped"})
	if want := []string{"somewhere", filepath.Join("places", "Mapping 2025"), "dropped"}; strings.Join(s.Entered, "|") != strings.Join(want, "|") {
		t.Errorf("entered %q, want %q", s.Entered, want)
	}
}
