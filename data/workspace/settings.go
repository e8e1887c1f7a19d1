package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Settings is what a workspace says of itself. It is kept in the workspace and printed on its briefs.
type Settings struct {
	Name          string     `json:"name"`
	Language      string     `json:"language"`      // of questions and briefs where nothing else is said
	Demonstration bool       `json:"demonstration"` // everything in it is invented
	Letterhead    Letterhead `json:"letterhead"`
	// Attributions are the lines that the licences of imported registers ask for, by source.
	Attributions map[string]string `json:"attributions"`
}

// Letterhead is what the first page of a brief says of its publisher.
type Letterhead struct {
	Name     string `json:"name"`
	Contact  string `json:"contact"`
	Register string `json:"register"` // number in the EU Transparency Register
	Funder   string `json:"funder"`   // the funder's statement, word for word
	Logo     string `json:"logo"`     // an image among the workspace's files, by its SHA-256; "" for none
}

const settingsKey = "workspace"

// Settings reads the workspace's settings.
func (w *Workspace) Settings(ctx context.Context) (Settings, error) {
	text, found, err := w.Store.Setting(ctx, settingsKey)
	if err != nil || !found {
		return Settings{Language: "en"}, err
	}
	var s Settings
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return Settings{}, fmt.Errorf("the workspace's settings are damaged; set them anew: %w", err)
	}
	return s, nil
}

// SetSettings keeps the workspace's settings.
func (w *Workspace) SetSettings(ctx context.Context, s Settings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return w.Store.SetSetting(ctx, settingsKey, string(text))
}

// attribute keeps the line that a register's licence asks for.
func (w *Workspace) attribute(ctx context.Context, source, line string) error {
	s, err := w.Settings(ctx)
	if err != nil || line == "" || s.Attributions[source] == line {
		return err
	}
	if s.Attributions == nil {
		s.Attributions = map[string]string{}
	}
	s.Attributions[source] = line
	return w.SetSettings(ctx, s)
}

// Sources returns the attribution lines of the imported registers, in the order of their sources.
func (s Settings) Sources() []string {
	var lines []string
	for _, source := range slices.Sorted(maps.Keys(s.Attributions)) {
		lines = append(lines, s.Attributions[source])
	}
	return lines
}
