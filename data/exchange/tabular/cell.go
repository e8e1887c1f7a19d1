package tabular

import (
	"errors"
	"fmt"
	"slices"
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
	if f.decimal == f.group {
		return f, fmt.Errorf("`decimal:` and `group:` are both %q; numbers could not be read", f.group)
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
	{"hh", "15"}, {"mm", "04"}, {"ss", "05"}, {"T", "T"}, {"Z", "Z"},
}

// layouts turns ways to write dates, such as D/M/YYYY, into Go's layouts; ISO dates where none is given. Years of two
// digits are those from 1969 to 2068.
func layouts(written []string) ([]string, error) {
	if len(written) == 0 {
		return []string{time.DateOnly}, nil
	}
	var out []string
	for _, way := range written {
		layout, err := layoutOf(way)
		if err != nil {
			return nil, err
		}
		out = append(out, layout)
	}
	return out, nil
}

func layoutOf(way string) (string, error) {
	layout, rest := "", way
	for rest != "" {
		part, length := rest[:1], 1
		for _, p := range dateParts {
			if strings.HasPrefix(rest, p.written) {
				part, length = p.layout, len(p.written)
				break
			}
		}
		if c := rest[0]; length == 1 && part == rest[:1] && c != 'T' && c != 'Z' && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_') {
			return "", fmt.Errorf("the way to write dates %q has a %q, which stands for nothing: write it of YYYY, YY, MMMM, MMM, MM, M, DD, D, hh, mm and ss", way, part)
		}
		layout, rest = layout+part, rest[length:]
	}
	if !strings.Contains(layout, "06") {
		return "", fmt.Errorf("the way to write dates %q has no year: write it as YYYY-MM-DD or D/M/YYYY", way)
	}
	return layout, nil
}

func (f formats) date(text string, dates []string) (time.Time, bool) {
	for _, layout := range dates {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// number reads a number as the file writes it: "1.234,50" with decimal comma and points between thousands. What
// stands in brackets is negative, as in accounts. A mark between thousands must stand between thousands, so that "1.5"
// is not taken for 15.
func (f formats) number(text string) (record.Decimal, error) {
	written := text
	negative := false
	if inner, ok := strings.CutPrefix(text, "("); ok {
		text, negative = strings.CutSuffix(inner, ")")
		if !negative || strings.HasPrefix(text, "-") || strings.HasPrefix(text, "\u2212") {
			return record.Decimal{}, fmt.Errorf("%q is not a number", written)
		}
	}
	text = strings.Replace(text, "\u2212", "-", 1)
	whole, fraction, fractional := strings.Cut(text, f.decimal)
	whole, ok := f.ungrouped(whole)
	if !ok || fractional && strings.Trim(fraction, "0123456789") != "" {
		return record.Decimal{}, fmt.Errorf("%q is not a number written as the mapping says (decimal %q, group %q)", written, f.decimal, f.group)
	}
	if fractional {
		whole += "." + fraction
	}
	d, err := record.ParseDecimal(whole)
	if err != nil {
		if errors.Is(err, record.ErrDecimalRange) {
			return d, fmt.Errorf("%q: %w", written, record.ErrDecimalRange)
		}
		return d, fmt.Errorf("%q is not a number", written)
	}
	if negative {
		d.Coefficient = -d.Coefficient
	}
	return d, nil
}

// spaces are those that stand between thousands where the mapping says a space.
const spaces = " \u00a0\u2009\u202f"

// ungrouped takes out the marks between thousands. The last group has three digits and those before it two or three,
// as India writes.
func (f formats) ungrouped(whole string) (string, bool) {
	if f.group == "" {
		return whole, !strings.Contains(whole, ".")
	}
	marks := f.group
	if strings.ContainsAny(marks, spaces) {
		marks = spaces
	}
	if !strings.ContainsAny(whole, marks) {
		return whole, !strings.Contains(whole, ".")
	}
	groups := strings.FieldsFunc(whole, func(c rune) bool { return strings.ContainsRune(marks, c) })
	for i, group := range groups {
		last := i == len(groups)-1
		if i > 0 && (len(group) > 3 || last && len(group) != 3 || len(group) < 2) {
			return "", false
		}
	}
	out := strings.Join(groups, "")
	marked := strings.Count(whole, "") - strings.Count(out, "") // how many marks were taken out
	return out, len(groups) > 1 && marked == len(groups)-1 && !strings.Contains(out, ".")
}

// answer reads a cell through the bound rule. An error is one sentence without the column, which the caller names.
func (b *binding) answer(text string) (cell, error) {
	text = strings.TrimSpace(text)
	if b.formats.missing[text] {
		return cell{}, nil
	}
	if mapped, ok := b.listed(text); ok && mapped == "" {
		return cell{}, nil // the table says that it says nothing
	}
	if b.takeYear {
		return b.year(text)
	}
	parts := b.parts(text)
	switch b.question.Storage() {
	case form.StoreNumber:
		return b.number(b.one(parts))
	case form.StoreDate:
		part := b.one(parts)
		t, ok := b.formats.date(part, b.dates)
		if !ok {
			return cell{}, fmt.Errorf("%q is not a date written as the mapping says", part)
		}
		return cell{value: record.Text(t.Format(time.DateOnly))}, nil
	case form.StoreChoice:
		return b.choice(text, parts)
	case form.StoreList:
		return b.choices(parts)
	}
	part := b.one(parts)
	if mapped, ok := b.listed(part); ok {
		part = mapped
	}
	return cell{value: record.Text(part)}, nil
}

// listed returns what the rule's table of values makes of a text.
func (b *binding) listed(text string) (string, bool) {
	if len(b.values) == 0 {
		return "", false
	}
	mapped, ok := b.values[fold(text)]
	return mapped, ok
}

// one returns the part that counts where only one can: the first, or the last with take.
func (b *binding) one(parts []string) string {
	if b.rule.Take == "last" {
		return parts[len(parts)-1]
	}
	return parts[0]
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
	if mapped, ok := b.listed(text); ok {
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
	n, ok := d.Scaled(scale)
	if !ok {
		return cell{}, fmt.Errorf("%q: %w", text, record.ErrDecimalRange)
	}
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
		if says, listed := b.listed(part); listed && says == "" || slices.Contains(names, name) && ok {
			continue
		}
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
	if name := b.choiceNames[key]; name != "" || b.lookup == nil {
		return name, name != ""
	}
	return b.lookup(text)
}
