package store

import (
	"encoding/hex"
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
var ownColumns = []string{"label", "state", "record", "public", "created", "changed", "conflicts", "alias"}

// operand is a column in SQL, and how a value written as an answer is compared with it.
type operand struct {
	name    string
	column  string // where it is one of the main table
	convert func(string) (any, error)
}

func (l *lister) operand(name string) (operand, error) {
	if slices.Contains(ownColumns, name) {
		of := operand{"m." + name, name, func(text string) (any, error) { return l.ownValue(name, text) }}
		if name == "record" {
			of.name, of.column = l.recordID(), ""
		}
		return of, nil
	}
	c, err := l.column(name)
	if err != nil {
		return operand{}, err
	}
	of := operand{name: l.name(c), convert: func(text string) (any, error) { return l.answerValue(c, text) }}
	if column, ok := strings.CutPrefix(of.name, "m."); ok {
		of.column = column
	}
	return of, nil
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

// condition adds one condition to the tests.
func (l *lister) condition(s *Store, c Condition) error {
	switch {
	case c.Compare == Words:
		return l.byWords(c)
	case c.Compare == Referred:
		return l.byReference(s, c)
	case c.Column == "record" && (c.Compare == "" || c.Compare == Equal || c.Compare == In):
		return l.byRecord(c)
	}
	of, err := l.operand(c.Column)
	if err != nil {
		return err
	}
	t := test{column: of.column, args: make([]any, len(c.Values))}
	for i, text := range c.Values {
		if t.args[i], err = of.convert(text); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrColumn, c.Column, err)
		}
	}
	if t.clause, err = c.clause(of.name, len(c.Values)); err != nil {
		return err
	}
	t.exact = c.Compare == "" || c.Compare == Equal || c.Compare == In
	if c.Compare == Contains {
		t.args = []any{l.pattern(c)}
		if l.holdsList(c.Column) {
			t.clause = "' ' || " + of.name + " || ' ' LIKE ? ESCAPE '\\'"
		}
	}
	l.tests = append(l.tests, t)
	return nil
}

// byRecord adds a test for certain records, which asks where their rows are rather than reading every row's record.
func (l *lister) byRecord(c Condition) error {
	if len(c.Values) == 0 || c.Compare != In && len(c.Values) != 1 {
		return fmt.Errorf("%w: record %s with %d values", ErrColumn, c.Compare, len(c.Values))
	}
	ids := make([]string, len(c.Values))
	for i, text := range c.Values {
		id, err := record.ParseID(text)
		if err != nil {
			return fmt.Errorf("%w: record: %w", ErrColumn, err)
		}
		ids[i] = hex.EncodeToString(id[:])
	}
	l.tests = append(l.tests, test{
		column: "row", args: []any{jsonTexts(ids), l.kind.name},
		clause: "m.row IN (SELECT row FROM records WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND kind = ?)",
	})
	return nil
}

// jsonTexts writes texts that need no escaping as a JSON array.
func jsonTexts(texts []string) string {
	if len(texts) == 0 {
		return "[]"
	}
	return `["` + strings.Join(texts, `","`) + `"]`
}

// Of the two tests below the record has a plus before it, which SQLite takes for: do not look each of these up in an
// index for each row, but ask of each row whether it is among them.

// byWords adds a test for words of the name and of the texts shown in lists.
func (l *lister) byWords(c Condition) error {
	if c.Column != "label" || len(c.Values) != 1 {
		return fmt.Errorf("%w: %s %s with %d values", ErrColumn, c.Column, c.Compare, len(c.Values))
	}
	t := test{column: "record", clause: "+m.record IN (SELECT rowid FROM search WHERE search MATCH ?)"}
	if wanted := words(c.Values[0]); len(wanted) > 0 {
		t.args = []any{expression(wanted)}
	} else {
		t.clause = "0"
	}
	l.tests = append(l.tests, t)
	return nil
}

// byReference adds a test for being referred to by certain records of another kind.
func (l *lister) byReference(s *Store, c Condition) error {
	if c.Column != "record" || c.By == nil {
		return fmt.Errorf("%w: %s %s", ErrColumn, c.Column, c.Compare)
	}
	k, err := s.kind(c.By.Kind)
	if err != nil {
		return err
	}
	other, err := s.newLister(l.querier, k, Query{Where: c.By.Where})
	if err != nil {
		return err
	}
	of, err := other.column(c.By.Path)
	if err != nil {
		return err
	}
	if of.kept != asReference {
		return fmt.Errorf("%w: %q refers to no record", ErrColumn, c.By.Path)
	}
	name := other.name(of)
	from, err := other.source()
	if err != nil {
		return err
	}
	l.tests = append(l.tests, test{
		column: "record", wide: true, clause: "+m.record IN (SELECT " + name + " FROM " + from + other.where() + ")", args: other.args(),
	})
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
