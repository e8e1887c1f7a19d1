package workspace

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// Questionnaire returns a version of a kind's questionnaire; the newest where version is empty. The error wraps ErrKind.
func (w *Workspace) Questionnaire(kind, version string) (*Questionnaire, error) {
	if _, err := w.MustKnow(kind); err != nil {
		return nil, err
	}
	set := w.set()
	if version == "" {
		return set.newest(kind), nil
	}
	if q := set.at(kind, version); q != nil {
		return q, nil
	}
	var known []string
	for _, q := range set.versions[kind] {
		known = append(known, q.Form.Version)
	}
	return nil, fmt.Errorf("%w: %s has no version %q; there are %s", ErrKind, kind, version, strings.Join(known, ", "))
}

// Compare says what changed between two versions of a kind's questionnaire, the older one first.
func (w *Workspace) Compare(kind, from, to string) (form.Difference, error) {
	old, err := w.Questionnaire(kind, from)
	if err != nil {
		return form.Difference{}, err
	}
	now, err := w.Questionnaire(kind, to)
	if err != nil {
		return form.Difference{}, err
	}
	return form.Compare(old.Form, now.Form, renamesBetween(old.Form, now.Form)), nil
}

// renamesBetween are the renames of all versions from one to another, as one step.
func renamesBetween(old, now *form.Form) form.Renames {
	out := form.Renames{}
	was := func(path string) string { // of a present path
		for _, before := range now.Former(path) {
			if known(old, before) {
				return before
			}
		}
		return path
	}
	now.EachRenamed(func(path, before, code string) {
		switch q, ok := old.Question(was(path)); {
		case code == "" && was(path) == before:
			out[before] = path
		case code != "" && ok && old.Lists[q.List] != nil:
			if _, had := old.Lists[q.List].Choice(before); had {
				out[q.Path+":"+before] = code
			}
		}
	})
	return out
}

func known(f *form.Form, path string) bool {
	_, question := f.Question(path)
	_, group := f.Group(path)
	return question || group
}

// Written is one file of a questionnaire that is written for phones.
type Written struct {
	Name string
	Data []byte
	Rows int    // of a list; 0 for the questionnaire itself
	Left string // the kind whose register is left out because its names are personal; then there is no data
}

// Write writes a questionnaire as an XLSForm workbook of a name, and beside it every list and register that it reads.
// Registers with personal names are written where personal says so.
func (w *Workspace) Write(ctx context.Context, q *Questionnaire, name string, personal bool) ([]Written, error) {
	source, err := q.Source()
	if err != nil {
		return nil, err
	}
	var book bytes.Buffer
	if err := xlsform.WriteWorkbook(&book, source); err != nil {
		return nil, err
	}
	out := []Written{{Name: name, Data: book.Bytes()}}
	for _, id := range slices.Sorted(maps.Keys(q.Form.Instances)) {
		from := q.Form.Instances[id]
		if strings.HasPrefix(from, "list:") {
			continue
		}
		list, err := w.writeList(ctx, q, id+".csv", from, personal)
		if err != nil {
			return nil, err
		}
		if list.Name != "" {
			out = append(out, list)
		}
	}
	return out, nil
}

// writeList writes one list: one that the questionnaire brings, a register, or a code list. What there are no choices of
// has no name.
func (w *Workspace) writeList(ctx context.Context, q *Questionnaire, name, from string, personal bool) (Written, error) {
	if list, own := q.lists[from]; own {
		return Written{Name: from, Data: []byte(list.text), Rows: len(list.choices)}, nil
	}
	var choices []form.Choice
	kind, register := strings.CutPrefix(from, "kind:")
	switch {
	case register:
		f, err := w.MustKnow(kind)
		if err != nil {
			return Written{}, err
		}
		if f.NamePersonal && !personal {
			return Written{Name: name, Left: kind}, nil
		}
		if choices, err = w.registerChoices(ctx, f); err != nil {
			return Written{}, err
		}
	default:
		list, known := w.Lists.List(from)
		if !known {
			return Written{}, nil // its file was not there when it was put in
		}
		for _, code := range list.Codes {
			choices = append(choices, form.Choice{Name: code.Value, Label: form.Text(code.Labels), Attributes: code.Attributes})
		}
	}
	var out bytes.Buffer
	err := xlsform.WriteList(&out, choices, q.Form.DefaultLanguage)
	return Written{Name: name, Data: out.Bytes(), Rows: len(choices)}, err
}

// registerChoices are the records of a register as choices, with their answers that are not personal.
func (w *Workspace) registerChoices(ctx context.Context, f *form.Form) ([]form.Choice, error) {
	rows, err := w.Store.List(ctx, f.ID, store.Query{Sort: []store.Order{{Column: "label"}}, Columns: plainPaths(f)})
	if err != nil {
		return nil, err
	}
	choices := make([]form.Choice, len(rows))
	for i, row := range rows {
		choices[i] = form.Choice{Name: row.Record.String(), Label: form.Text{f.DefaultLanguage: row.Label}, Attributes: map[string]string{}}
		for path, answer := range row.Values {
			if q, known := f.Question(path.Question()); known && answer.Status == record.Answered {
				choices[i].Attributes[q.Name] = answer.Value.String()
			}
		}
	}
	return choices, nil
}
