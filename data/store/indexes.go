package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form"
)

// A main table is wide, and most of its bytes concern no list. Two sorts of index hold what lists ask, so that finding
// rows reads none of it. The list index has the columns that lists show and are filtered by, in the order of the rows: whatever is asked of
// them is answered by running through it, and it costs an import little because it only grows at its end. Behind it,
// each column that a list can be sorted by has an index of its own, of the records that are not deleted.

// indexes are those of the main table of a kind, by the SQL names of columns.
type indexes struct {
	list   string
	has    map[string]bool   // what the list index has
	sorted map[string]string // the index that is sorted by a column; those of references hold deleted records too
}

// collations are those of columns that are not sorted byte by byte.
var collations = map[string]string{"label": " COLLATE NOCASE"}

// alwaysListed are the columns of the table itself that every list index has.
var alwaysListed = []string{"row", "record", "state", "label", "changed", "conflicts"}

// indexed works out the indexes of a main table, with the statement that makes each.
func (t *table) indexed() (indexes, map[string]string) {
	columns := slices.Clone(alwaysListed)
	sorted := []string{"label", "changed"}
	in := indexes{list: t.name + " as listed", has: map[string]bool{}, sorted: map[string]string{}}
	for _, c := range t.columns {
		if c.kept == asReference {
			in.sorted[c.name] = referenceIndex(t.name, c.name)
		} else if c.question.ListOrder > 0 && c.kept != asList {
			sorted = append(sorted, c.name)
		}
		if c.kept == asReference || c.question.ListOrder > 0 || c.classes() {
			columns = append(columns, c.name)
		}
	}
	slices.Sort(columns[len(alwaysListed):]) // the order of the questionnaire may change, and the index stay
	made := map[string]string{in.list: fmt.Sprintf("CREATE INDEX %q ON %s (%s)", in.list, t.name, strings.Join(columns, ", "))}
	for _, name := range columns {
		in.has[name] = true
	}
	for _, name := range sorted {
		in.sorted[name] = t.name + " by " + name
		made[in.sorted[name]] = fmt.Sprintf("CREATE INDEX %q ON %s (%s%s) WHERE state <> 'deleted'", in.sorted[name], t.name, name, collations[name])
	}
	return in, made
}

// classes tells whether a question is worked out to class records by, as the ISIC section is: lists are filtered by it.
func (c *column) classes() bool {
	return c.question.Type == form.TypeCalculate && c.question.Concept != "" && c.kept == asText
}

func referenceIndex(table, column string) string { return "i_" + table + "_" + column }

// index makes the indexes of a main table that are not there, and drops those that are not wanted any more.
func (t *tx) index(home *table) error {
	in, wanted := home.indexed()
	home.indexes = in
	there, err := t.indexesOf(home.name)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		if wanted[name] == there[name] {
			delete(wanted, name)
			continue
		}
		if err := t.exec(fmt.Sprintf("DROP INDEX %q", name)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if err := t.exec(wanted[name]); err != nil {
			return err
		}
	}
	return nil
}

// unindex drops the indexes of a main table, so that columns can be dropped.
func (t *tx) unindex(name string) error {
	there, err := t.indexesOf(name)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		if err := t.exec(fmt.Sprintf("DROP INDEX %q", name)); err != nil {
			return err
		}
	}
	return nil
}

// indexesOf returns the statements of the indexes that a table has for lists.
func (t *tx) indexesOf(name string) (map[string]string, error) {
	there := map[string]string{}
	err := each(t, func(rows *sql.Rows) error {
		var index, statement string
		err := rows.Scan(&index, &statement)
		there[index] = statement
		return err
	}, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND name LIKE tbl_name || ' %'", name)
	return there, err
}
