package xlsform

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"coopatlas/data/form"
)

// Kind reads a kind's questionnaire from forms/<name>.md with every translation forms/<language>/<name>.md, and
// compiles it. The words of forms/<name>.md are in English unless its settings name a default language; its form_id
// is the kind's name unless the settings name another.
func Kind(fsys fs.FS, name string) (*form.Form, []form.Problem, error) {
	source, err := KindSource(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	compiled, problems := form.Compile(source)
	return compiled, problems, nil
}

// KindSource reads what Kind compiles.
func KindSource(fsys fs.FS, name string) (form.Source, error) {
	source, err := Read(fsys, path.Join("forms", name+".md"))
	if err != nil {
		return form.Source{}, fmt.Errorf("the kind %s: %w", name, err)
	}
	source.Settings = withSetting(withSetting(source.Settings, "form_id", name), "default_language", "en")
	entries, err := fs.ReadDir(fsys, "forms")
	if err != nil {
		return form.Source{}, fmt.Errorf("the kind %s: %w", name, err)
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		words, err := Words(fsys, path.Join("forms", entry.Name(), name+".md"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return form.Source{}, fmt.Errorf("the kind %s in %s: %w", name, entry.Name(), err)
		}
		source = Translate(source, entry.Name(), words)
	}
	source.PersonalKinds = personalKinds(fsys, source)
	return source, nil
}

// personalKinds finds, among the kinds that a questionnaire refers to, those whose settings say that a record's name is
// personal.
func personalKinds(fsys fs.FS, source form.Source) []string {
	var found []string
	seen := map[string]bool{}
	for _, row := range source.Survey.Rows {
		words := strings.Fields(row.Get("type"))
		if len(words) < 2 || !strings.HasSuffix(words[0], "_from_file") || seen[words[1]] {
			continue
		}
		seen[words[1]] = true
		other, err := Read(fsys, path.Join("forms", words[1]+".md"))
		if err == nil && len(other.Settings.Rows) > 0 && form.Yes(other.Settings.Rows[0].Get("personal")) {
			found = append(found, words[1])
		}
	}
	return found
}

// Words reads a translation: tables as Markdown reads them, none of which must be there.
func Words(fsys fs.FS, name string) (form.Source, error) {
	source, err := Read(fsys, name)
	if err != nil {
		return form.Source{}, err
	}
	source.Problems = slices.DeleteFunc(source.Problems, func(p form.Problem) bool { return p.Row == 0 })
	return source, nil
}

// Kinds lists the kinds that have a questionnaire in forms, sorted.
func Kinds(fsys fs.FS) ([]string, error) {
	names, err := fs.Glob(fsys, "forms/*.md")
	if err != nil {
		return nil, fmt.Errorf("listing the kinds: %w", err)
	}
	var kinds []string
	for _, name := range names {
		if kind := path.Base(name[:len(name)-len(".md")]); kind != "README" {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return kinds, nil
}

// withSetting gives a setting a value where it has none.
func withSetting(sheet form.Sheet, name, value string) form.Sheet {
	row := form.Row{Cells: map[string]string{}}
	if len(sheet.Rows) > 0 {
		row = form.Row{Number: sheet.Rows[0].Number, Cells: maps.Clone(sheet.Rows[0].Cells)}
	}
	if row.Get(name) != "" {
		return sheet
	}
	row.Cells[name] = value
	return form.Sheet{Name: "settings", Columns: append(slices.Clone(sheet.Columns), name), Rows: []form.Row{row}}
}
