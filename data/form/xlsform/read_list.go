package xlsform

import (
	"fmt"
	"strings"

	"coopatlas/data/form"
)

// ReadList reads a list of choices from a .csv that lies beside a questionnaire: its columns value and label (empty:
// "name" and "label") give the code and what people read, label_fr or "label::Français (fr)" that in other languages, and
// every column is an attribute that choice filters and pulldata may read. Without a column of that name the first one
// gives the code.
func ReadList(name string, data []byte, value, label string) ([]form.Choice, error) {
	lines, err := csvLines(name, data)
	if err != nil {
		return nil, err
	}
	header := -1
	for i, l := range lines {
		if !l.blank() {
			header = i
			break
		}
	}
	if header < 0 {
		return nil, fmt.Errorf("%w: %s is empty; give its first line the names of the columns", ErrFormat, name)
	}
	columns := make([]string, len(lines[header].cells))
	code := 0
	for i, cell := range lines[header].cells {
		if columns[i] = trim(cell); columns[i] == orElse(value, "name") {
			code = i
		}
	}
	var out []form.Choice
	for _, l := range lines[header+1:] {
		if !l.blank() {
			out = append(out, listChoice(columns, l, code, orElse(label, "label")))
		}
	}
	return out, nil
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func listChoice(columns []string, l line, code int, label string) form.Choice {
	c := form.Choice{Label: form.Text{}, Attributes: map[string]string{}, Row: l.number}
	for i, cell := range l.cells[:min(len(l.cells), len(columns))] {
		text := trim(cell)
		if text == "" {
			continue
		}
		if i == code {
			c.Name = text
		}
		rest, is := strings.CutPrefix(columns[i], label)
		switch {
		case is && rest == "":
			c.Label["default"] = text
		case is && strings.HasPrefix(rest, "::"):
			c.Label[form.LanguageCode(rest[2:])] = text
		case is && strings.HasPrefix(rest, "_"):
			c.Label[rest[1:]] = text
		}
		if columns[i] != "" {
			c.Attributes[columns[i]] = text
		}
	}
	return c
}
