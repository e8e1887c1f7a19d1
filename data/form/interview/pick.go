package interview

import (
	"errors"
	"strconv"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// parseChoices reads one choice, or several apart by commas, semicolons or spaces.
func (iv *Interview) parseChoices(n *node, text string) (record.Value, error) {
	offered := iv.Choices(n.path)
	one, err := iv.pick(n, offered, text)
	if n.question.Storage() != form.StoreList {
		return record.Text(one), err
	}
	if err == nil {
		return record.List([]string{one}), nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' })
	if len(parts) == 1 {
		parts = strings.Fields(text)
	}
	var names []string
	for _, part := range parts {
		name, err := iv.pick(n, offered, strings.TrimSpace(part))
		if err != nil {
			return record.Value{}, err
		}
		names = append(names, name)
	}
	return record.List(unique(names)), nil
}

func unique(names []string) []string {
	seen := map[string]bool{}
	out := names[:0]
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// pick finds the choice that typed text means: its name, its label, its number in the list (from 1), or letters that
// only one label begins with or, failing that, holds.
func (iv *Interview) pick(n *node, offered []Choice, text string) (string, error) {
	low := strings.ToLower(text)
	for _, c := range offered {
		if c.Name == text || strings.ToLower(c.Label) == low {
			return c.Name, nil
		}
	}
	if i, err := strconv.Atoi(text); err == nil && i >= 1 && i <= len(offered) {
		return offered[i-1].Name, nil
	}
	for _, fits := range [...]func(Choice) bool{
		func(c Choice) bool { return strings.ToLower(c.Name) == low },
		func(c Choice) bool { return strings.HasPrefix(strings.ToLower(c.Label), low) },
		func(c Choice) bool { return strings.Contains(strings.ToLower(c.Label), low) },
	} {
		switch found, name := count(offered, fits); {
		case found == 1:
			return name, nil
		case found > 1:
			return "", errors.New(iv.say("interview.choice.many", text))
		}
	}
	return "", errors.New(iv.say("interview.choice", text))
}

func count(offered []Choice, fits func(Choice) bool) (found int, name string) {
	for _, c := range offered {
		if fits(c) {
			found++
			name = c.Name
		}
	}
	return found, name
}
