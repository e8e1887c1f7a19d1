package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"coopatlas/data/record"
)

// ErrColumn is wrapped where a list is asked for a column that it does not have, or a value that a column cannot hold.
var ErrColumn = errors.New("lists cannot be asked for that")

// ownColumns are the columns of lists that are no questions.
var ownColumns = map[string]string{
	"label": "m.label", "state": "m.state", "record": "r.id", "public": "m.public", "created": "m.created",
	"changed": "m.changed", "conflicts": "m.conflicts", "alias": "m.alias",
}

// operand returns the SQL of a column and how a value written as an answer is compared with it.
func (l *lister) operand(name string) (string, func(string) (any, error), error) {
	if own, ok := ownColumns[name]; ok {
		return own, func(text string) (any, error) { return l.ownValue(name, text) }, nil
	}
	c, err := l.column(name)
	if err != nil {
		return "", nil, err
	}
	return l.name(c), func(text string) (any, error) { return l.answerValue(c, text) }, nil
}

func (l *lister) ownValue(name, text string) (any, error) {
	switch name {
	case "label", "state":
		return text, nil
	case "record":
		id, err := record.ParseID(text)
		return id[:], err
	case "alias":
		return l.keyOf(text)
	case "created", "changed":
		at, err := time.Parse(time.RFC3339, text)
		return at.UnixMilli(), err
	}
	n, ok := scaled(record.Text(text), 0)
	if !ok {
		return nil, fmt.Errorf("%w: %s is a number, not %q", ErrColumn, name, text)
	}
	return n, nil
}

func (l *lister) answerValue(c *column, text string) (any, error) {
	switch c.kept {
	case asReference:
		return l.keyOf(text)
	case asNumber:
		n, ok := scaled(record.Text(text), c.scale)
		if !ok {
			return nil, fmt.Errorf("%w: %s is a number, not %q", ErrColumn, c.path, text)
		}
		return n, nil
	}
	return text, nil
}

// keyOf returns the key of the record of an id; a record that is not here has none, so nothing equals it.
func (l *lister) keyOf(text string) (any, error) {
	id, err := record.ParseID(text)
	if err != nil {
		return nil, err
	}
	rec, err := findRecord(l.querier, id)
	return rec.keyOr(-1), err
}

// condition adds one condition to the clauses.
func (l *lister) condition(c Condition) error {
	name, convert, err := l.operand(c.Column)
	if err != nil {
		return err
	}
	values := make([]any, len(c.Values))
	for i, text := range c.Values {
		if values[i], err = convert(text); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrColumn, c.Column, err)
		}
	}
	clause, err := c.clause(name, len(values))
	if err != nil {
		return err
	}
	if c.Compare == Contains {
		values = []any{l.pattern(c)}
		if l.holdsList(c.Column) {
			clause = "' ' || " + name + " || ' ' LIKE ? ESCAPE '\\'"
		}
	}
	l.clauses, l.args = append(l.clauses, clause), append(l.args, values...)
	return nil
}

func (c Condition) clause(name string, values int) (string, error) {
	single := []Comparison{"", Equal, Unequal, Less, AtMost, More, AtLeast, Contains}
	switch {
	case c.Compare == Blank && values == 0:
		return name + " IS NULL", nil
	case c.Compare == Filled && values == 0:
		return name + " IS NOT NULL", nil
	case c.Compare == In && values > 0:
		return name + " IN (?" + strings.Repeat(", ?", values-1) + ")", nil
	case !slices.Contains(single, c.Compare) || values != 1:
		return "", fmt.Errorf("%w: %s %s with %d values", ErrColumn, c.Column, c.Compare, values)
	case c.Compare == Contains:
		return name + " LIKE ? ESCAPE '\\'", nil
	case c.Compare == "":
		return name + " = ?", nil
	}
	return name + " " + string(c.Compare) + " ?", nil
}

// pattern writes what a text must contain, or which item a list.
func (l *lister) pattern(c Condition) string {
	escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(c.Values[0])
	if l.holdsList(c.Column) {
		return "% " + escaped + " %"
	}
	return "%" + escaped + "%"
}

func (l *lister) holdsList(path string) bool {
	_, c := l.kind.column(path)
	return c != nil && c.kept == asList
}
