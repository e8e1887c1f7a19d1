package tabular

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// cell is what a rule made of a cell: a value, and a warning where something was left out or changed on the way.
type cell struct {
	value   record.Value
	warning string
}

// formats is how a file writes what a cell may hold.
type formats struct {
	decimal, group string
	dates          []string // Go layouts
	missing        map[string]bool
}

func formatsOf(m *Mapping) (formats, error) {
	f := formats{decimal: m.Decimal, group: m.Group, missing: map[string]bool{"": true}}
	if f.decimal == "" {
		f.decimal = "."
	}
	for _, text := range m.Missing {
		f.missing[strings.TrimSpace(text)] = true
	}
	var err error
	f.dates, err = layouts(m.Dates)
	return f, err
}

// dateParts are the parts of a way to write dates and what Go calls them, the longer ones first.
var dateParts = []struct{ written, layout string }{
	{"YYYY", "2006"}, {"YY", "06"}, {"MMMM", "January"}, {"MMM", "Jan"}, {"MM", "01"}, {"M", "1"}, {"DD", "02"}, {"D", "2"},
	{"hh", "15"}, {"mm", "04"}, {"ss", "05"},
}

// layouts turns ways to write dates, such as D/M/YYYY, into Go's layouts; ISO dates where none is given.
func layouts(written []string) ([]string, error) {
	if len(written) == 0 {
		return []string{time.DateOnly}, nil
	}
	var out []string
	for _, way := range written {
		layout, rest := "", way
		for rest != "" {
			part, length := rest[:1], 1
			for _, p := range dateParts {
				if strings.HasPrefix(rest, p.written) {
					part, length = p.layout, len(p.written)
					break
				}
			}
			layout, rest = layout+part, rest[length:]
		}
		if !strings.Contains(layout, "06") {
			return nil, fmt.Errorf("the way to write dates %q has no year: write it as YYYY-MM-DD or D/M/YYYY", way)
		}
		out = append(out, layout)
	}
	return out, nil
}

func (f formats) date(text string, dates []string) (time.Time, bool) {
	for _, layout := range dates {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// number reads a number as the file writes it: "1.234,50" with decimal comma and points between thousands.
func (f formats) number(text string) (record.Decimal, error) {
	if f.group != "" {
		text = strings.ReplaceAll(text, f.group, "")
	}
	if f.decimal != "." {
		if strings.Contains(text, ".") {
			return record.Decimal{}, fmt.Errorf("%q is not a number", text)
		}
		text = strings.ReplaceAll(text, f.decimal, ".")
	}
	text = strings.Replace(text, "\u2212", "-", 1)
	return record.ParseDecimal(text)
}

// answer reads a cell through the bound rule. An error is one sentence without the column, which the caller names.
func (b *binding) answer(text string) (cell, error) {
	text = strings.TrimSpace(text)
	if b.formats.missing[text] {
		return cell{}, nil
	}
	parts := b.parts(text)
	if b.takeYear {
		return b.year(text)
	}
	switch b.question.Storage() {
	case form.StoreNumber:
		return b.number(parts[0])
	case form.StoreDate:
		t, ok := b.formats.date(parts[0], b.dates)
		if !ok {
			return cell{}, fmt.Errorf("%q is not a date written as the mapping says", parts[0])
		}
		return cell{value: record.Text(t.Format(time.DateOnly))}, nil
	case form.StoreChoice:
		return b.choice(text, parts)
	case form.StoreList:
		return b.choices(parts)
	}
	if mapped, ok := b.values[fold(text)]; ok {
		text = mapped
	}
	return cell{value: record.Text(text)}, nil
}

// parts cuts a cell at the characters the rule names.
func (b *binding) parts(text string) []string {
	if b.rule.Split == "" {
		return []string{text}
	}
	var parts []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(b.rule.Split, c) }) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return []string{text}
	}
	return parts
}

func (b *binding) year(text string) (cell, error) {
	if t, ok := b.formats.date(text, b.dates); ok {
		return cell{value: record.Int(int64(t.Year()))}, nil
	}
	if year, err := strconv.Atoi(text); err == nil && len(text) == 4 {
		return cell{value: record.Int(int64(year))}, nil
	}
	return cell{}, fmt.Errorf("%q is not a date written as the mapping says", text)
}

func (b *binding) number(text string) (cell, error) {
	if mapped, ok := b.values[fold(text)]; ok {
		text = mapped
	}
	d, err := b.formats.number(text)
	if err != nil {
		return cell{}, err
	}
	if b.question.Type == form.TypeInteger && !d.IsInteger() {
		return cell{}, fmt.Errorf("%q is not a whole number", text)
	}
	scale := uint8(min(max(b.question.Decimals, 0), record.MaxScale))
	if b.question.Type == form.TypeInteger || d.Scale <= scale {
		return cell{value: record.Number(d)}, nil
	}
	n, _ := d.Scaled(scale)
	return cell{record.Number(record.NewDecimal(n, scale)), fmt.Sprintf("%q was rounded to %d decimals", text, scale)}, nil
}

// choice finds the one choice a cell names: as a whole, else by the first (or last) of its parts that is known.
func (b *binding) choice(text string, parts []string) (cell, error) {
	if name, ok := b.known(text); ok {
		return cell{value: record.Text(name)}, nil
	}
	found := ""
	for _, part := range parts {
		if name, ok := b.known(part); ok && (found == "" || b.rule.Take == "last") {
			found = name
		}
	}
	if found == "" {
		return cell{}, fmt.Errorf("%q is not among the values that the mapping or the questionnaire knows", text)
	}
	return cell{value: record.Text(found)}, nil
}

func (b *binding) choices(parts []string) (cell, error) {
	var names []string
	for _, part := range parts {
		name, ok := b.known(part)
		if !ok {
			return cell{}, fmt.Errorf("%q is not among the values that the mapping or the questionnaire knows", part)
		}
		names = append(names, name)
	}
	return cell{value: record.List(names)}, nil
}

// known looks a text up in the rule's table of values, then among the choices by name and by label.
func (b *binding) known(text string) (string, bool) {
	key := fold(text)
	if name, ok := b.values[key]; ok {
		return name, name != ""
	}
	if name, ok := b.choiceNames[key]; ok || b.lookup == nil {
		return name, ok
	}
	return b.lookup(text)
}
