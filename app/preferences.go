package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"coopatlas/app/kit"
)

// What is remembered on this computer. Nothing of it is a secret or an answer.
const (
	languagePreference = "language"
	lookPreference     = "look"
	sizePreference     = "size"
	recentPreference   = "recent"
	recentMost         = 8
)

// Preference returns a small choice of the person.
func (f *Frame) Preference(key string) string { return f.cfg.Fyne.Preferences().String(key) }

// SetPreference keeps it.
func (f *Frame) SetPreference(key, value string) { f.cfg.Fyne.Preferences().SetString(key, value) }

func (f *Frame) rememberedLanguage() string {
	switch {
	case f.cfg.Language != "":
		return f.cfg.Language
	case f.Preference(languagePreference) != "":
		return f.Preference(languagePreference)
	}
	return lang.SystemLocale().LanguageString()
}

func (f *Frame) rememberedLook() kit.Look {
	var look kit.Look
	if json.Unmarshal([]byte(f.Preference(lookPreference)), &look) != nil {
		return kit.Look{} // nothing was remembered, or not in a way that this version knows
	}
	return look
}

func (f *Frame) rememberLook(look kit.Look) {
	if text, err := json.Marshal(look); err == nil {
		f.SetPreference(lookPreference, string(text))
	}
}

// rememberedSize is that of the window when it was closed; the toolkit tells no place on the screen.
func (f *Frame) rememberedSize() fyne.Size {
	var size fyne.Size
	if json.Unmarshal([]byte(f.Preference(sizePreference)), &size) != nil || size.Width < 640 || size.Height < 400 {
		return fyne.NewSize(1280, 720)
	}
	return size
}

func (f *Frame) rememberSize() {
	if text, err := json.Marshal(f.window.Canvas().Size()); err == nil {
		f.SetPreference(sizePreference, string(text))
	}
}

// Recent are the workspaces that were open on this computer, the last first; those that are gone are left out.
func (f *Frame) Recent() []string {
	return slices.DeleteFunc(f.recents(), func(dir string) bool { return !isWorkspace(dir) })
}

func (f *Frame) recents() []string {
	return f.cfg.Fyne.Preferences().StringList(recentPreference)
}

func (f *Frame) remember(dir string) {
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	all := slices.DeleteFunc(f.recents(), func(other string) bool { return other == dir })
	all = append([]string{dir}, all...)
	f.cfg.Fyne.Preferences().SetStringList(recentPreference, all[:min(len(all), recentMost)])
}

// forget takes a folder off the recent ones where it turned out to be no workspace; one that is only taken stays.
func (f *Frame) forget(dir string, err error) {
	if !isWorkspace(dir) && err != nil {
		all := slices.DeleteFunc(f.recents(), func(other string) bool { return other == dir })
		f.cfg.Fyne.Preferences().SetStringList(recentPreference, all)
	}
}

// lastWorkspace is the one that was open last, if it is still there.
func (f *Frame) lastWorkspace() string {
	if all := f.recents(); len(all) > 0 && isWorkspace(all[0]) {
		return all[0]
	}
	return ""
}

func isWorkspace(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "workspace.db"))
	return err == nil && info.Mode().IsRegular()
}

// Supported tells whether the program speaks a language given on the command line.
func Supported(code string, languages []string) bool {
	short, _, _ := strings.Cut(code, "-")
	return code == "" || slices.Contains(languages, code) || slices.Contains(languages, short)
}
