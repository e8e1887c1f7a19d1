package xlsform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form"
)

// Translate merges the words of a translation into a questionnaire: its survey, choices and settings tables, matched
// by name (a survey row also by its path, where a name stands twice), become "label::<language>" columns. Rows that
// the questionnaire does not have come back as problems inside the source.
func Translate(source form.Source, language string, translation form.Source) form.Source {
	out := source
	out.Problems = slices.Clone(source.Problems)
	for _, p := range translation.Problems {
		if p.Row > 0 {
			p.Sheet = language + " " + p.Sheet
			out.Problems = append(out.Problems, p)
		}
	}
	m := merger{language: language, problems: &out.Problems}
	out.Survey = m.merge(source.Survey, translation.Survey, surveyKeys(source.Survey), func(r form.Row) string {
		return r.Get("name")
	})
	out.Choices = m.merge(source.Choices, translation.Choices, choiceKeys(source.Choices), func(r form.Row) string {
		return r.Get("list_name") + " " + r.Get("name")
	})
	if len(source.Settings.Rows) > 0 {
		only := map[string][]int{"": {0}}
		out.Settings = m.merge(source.Settings, translation.Settings, only, func(form.Row) string { return "" })
	}
	return out
}

type merger struct {
	language string
	problems *[]form.Problem
}

// merge copies the translated columns of each row of words into the rows of the sheet that have its key.
func (m merger) merge(sheet, words form.Sheet, rows map[string][]int, key func(form.Row) string) form.Sheet {
	out := form.Sheet{Name: sheet.Name, Columns: slices.Clone(sheet.Columns), Rows: slices.Clone(sheet.Rows)}
	seen := map[string]bool{}
	for _, word := range words.Rows {
		k := key(word)
		switch {
		case len(rows[k]) == 0:
			m.problem(words, word, fmt.Sprintf("there is no row named %q in the questionnaire; correct the name or take the row out", strings.TrimSpace(k)))
		case seen[k] && k != "":
			m.problem(words, word, fmt.Sprintf("%q is translated twice; keep one of the rows", strings.TrimSpace(k)))
		}
		seen[k] = true
		for _, i := range rows[k] {
			out.Rows[i] = m.add(&out, out.Rows[i], word)
		}
	}
	return out
}

func (m merger) add(sheet *form.Sheet, row, word form.Row) form.Row {
	cells := maps.Clone(row.Cells)
	for _, column := range slices.Sorted(maps.Keys(word.Cells)) {
		if !translated[column] {
			continue
		}
		if row.Cells[column] == "" && column != "form_title" {
			m.problem(form.Sheet{Name: sheet.Name}, word, fmt.Sprintf("%s has words in %s that the questionnaire itself lacks; add them there first", column, m.language))
		}
		name := column + "::" + m.language
		cells[name] = word.Cells[column]
		if !slices.Contains(sheet.Columns, name) {
			sheet.Columns = append(sheet.Columns, name)
		}
	}
	return form.Row{Number: row.Number, Cells: cells}
}

func (m merger) problem(sheet form.Sheet, row form.Row, message string) {
	*m.problems = append(*m.problems, form.Problem{Severity: form.Error, Sheet: m.language + " " + sheet.Name,
		Row: row.Number, Column: "name", Message: message})
}

// surveyKeys finds the rows of a survey sheet by name and by path.
func surveyKeys(sheet form.Sheet) map[string][]int {
	keys := map[string][]int{}
	var groups []string
	for i, row := range sheet.Rows {
		kind := columnKey(row.Get("type"))
		if strings.HasPrefix(kind, "end_") && (strings.HasSuffix(kind, "group") || strings.HasSuffix(kind, "repeat")) {
			if len(groups) > 0 {
				groups = groups[:len(groups)-1]
			}
			continue
		}
		name := row.Get("name")
		if name == "" {
			continue
		}
		keys[name] = append(keys[name], i)
		if path := strings.Join(append(slices.Clone(groups), name), "/"); path != name {
			keys[path] = append(keys[path], i)
		}
		if strings.HasPrefix(kind, "begin_") {
			groups = append(groups, name)
		}
	}
	return keys
}

func choiceKeys(sheet form.Sheet) map[string][]int {
	keys := map[string][]int{}
	for i, row := range sheet.Rows {
		key := row.Get("list_name") + " " + row.Get("name")
		keys[key] = append(keys[key], i)
	}
	return keys
}
