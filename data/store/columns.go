package store

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
)

// maxColumns is how many questions one table takes; a kind with more gets a second.
const maxColumns = 1500

// table is a derived table: the main one of a kind (repeat is empty, part 0), a further part of it, or one of a repeat.
type table struct {
	name, repeat string
	part         int
	columns      []*column
	missing      []*column // columns that the table does not have yet
	made         bool      // the table is there
	insert       string
	indexes      indexes // of a main table
}

// column is a question's column.
type column struct {
	question *question
	path     string
	name     string
	kept     storage
	scale    uint8
}

// The columns that every main table and every table of a repeat has beside those of questions.
const (
	mainColumns = `row INTEGER PRIMARY KEY, record INTEGER NOT NULL, heads BLOB NOT NULL, label TEXT NOT NULL,
		state TEXT NOT NULL, public INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
		conflicts INTEGER NOT NULL, alias INTEGER, extra BLOB`
	partColumns   = `row INTEGER PRIMARY KEY`
	repeatColumns = `row INTEGER NOT NULL, place TEXT NOT NULL, extra BLOB`
)

// fixed returns the names of the columns before those of questions, and which of them is JSONB.
func (t *table) fixed() []string {
	switch {
	case t.repeat != "":
		return []string{"row", "place", "extra"}
	case t.part > 0:
		return []string{"row"}
	}
	return []string{"row", "record", "heads", "label", "state", "public", "created", "changed", "conflicts", "alias", "extra"}
}

// create makes the table, or adds the columns that it lacks, and the indexes of references.
func (t *tx) create(home *table) error {
	var missing []string
	for _, c := range home.missing {
		missing = append(missing, c.name+" "+c.sqlType())
	}
	if !home.made {
		if err := t.exec(home.definition(missing)); err != nil {
			return err
		}
		missing = nil
	}
	for _, c := range missing {
		if err := t.exec(fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s", home.name, c)); err != nil {
			return err
		}
	}
	for _, c := range home.missing {
		if c.kept != asReference {
			continue
		}
		if err := t.exec(fmt.Sprintf("CREATE INDEX %s ON %s (%s)", referenceIndex(home.name, c.name), home.name, c.name)); err != nil {
			return err
		}
	}
	home.made, home.missing = true, nil
	home.prepare()
	if home.repeat == "" && home.part == 0 {
		return t.index(home)
	}
	return nil
}

func (c *column) sqlType() string {
	if c.kept == asNumber || c.kept == asReference {
		return "INTEGER"
	}
	return "TEXT"
}

func (t *table) definition(columns []string) string {
	own, key, options := mainColumns, "", "STRICT"
	switch {
	case t.repeat != "":
		own, key, options = repeatColumns, ", PRIMARY KEY (row, place)", "STRICT, WITHOUT ROWID"
	case t.part > 0:
		own = partColumns
	}
	return fmt.Sprintf("CREATE TABLE %s (%s%s) %s", t.name, strings.Join(append([]string{own}, columns...), ", "), key, options)
}

// prepare writes the statement that puts a row into the table. One that replaces what is there would have SQLite copy
// every page that it changes, for there are indexes: rows are deleted first where they may be there.
func (t *table) prepare() {
	names, values := t.fixed(), []string{}
	for _, name := range names {
		if name == "extra" {
			values = append(values, "jsonb(?)")
		} else {
			values = append(values, "?")
		}
	}
	for _, c := range t.columns {
		names, values = append(names, c.name), append(values, "?")
	}
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.name, strings.Join(names, ", "), strings.Join(values, ", "))
}

func kindNames(kinds map[string]*kind) []string {
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// layOutKind makes the tables and columns that a kind lacks, and tells whether its records must be derived again.
func (t *tx) layOutKind(k *kind) (stale bool, err error) {
	if err := t.exec("INSERT OR IGNORE INTO kinds (name) VALUES (?)", k.name); err != nil {
		return false, err
	}
	k.tables = nil
	if _, err := t.tableOf(k, "", 0); err != nil {
		return false, err
	}
	for _, path := range k.paths {
		if err := t.layOutQuestion(k, k.questions[path]); err != nil {
			return false, err
		}
	}
	for _, table := range k.tables {
		if err := t.create(table); err != nil {
			return false, err
		}
	}
	k.concepts = frameTables(k)
	var before []byte
	if err := t.row("SELECT signature FROM kinds WHERE name = ?", k.name).Scan(&before); err != nil {
		return false, err
	}
	return string(before) != string(k.signature()), nil
}

// signature is a hash of all that decides how the kind's records are derived.
func (k *kind) signature() []byte {
	h := sha256.New()
	for _, f := range k.forms {
		fmt.Fprintf(h, "form %q %q\n", f.Version, nameExpression(f))
	}
	fmt.Fprintf(h, "register %t secret %t\n", k.register, k.secret)
	for _, path := range k.paths {
		q := k.questions[path]
		fmt.Fprintf(h, "%q %q %t %d %q %q\n", path, q.columnType(), q.private, q.ListOrder, q.Concept, q.repeat)
	}
	k.newest().EachRenamed(func(path, was, now string) { fmt.Fprintf(h, "%q was %q %q\n", path, was, now) })
	return h.Sum(nil)
}

// layOutQuestion gives a question its column, unless its values are kept out of derived tables.
func (t *tx) layOutQuestion(k *kind, q *question) error {
	if q.private {
		return t.dropColumns(k, q)
	}
	kept, scale := q.storage()
	c := &column{question: q, path: q.Path, kept: kept, scale: scale}
	home, err := t.home(k, q)
	if err != nil {
		return err
	}
	if err := t.nameColumn(k, home, c); err != nil {
		return err
	}
	home.columns = append(home.columns, c)
	return nil
}

// home returns the table that a question's column stands in: where it stands already, or the last part with room.
func (t *tx) home(k *kind, q *question) (*table, error) {
	var part int
	err := t.row(`SELECT part FROM kind_columns JOIN kind_tables ON kind_tables.name = in_table
		WHERE kind_columns.kind = ? AND path = ? AND type = ?`, k.name, q.Path, q.columnType()).Scan(&part)
	if err == nil {
		return t.tableOf(k, q.repeat, part)
	}
	if err != sql.ErrNoRows {
		return nil, err
	}
	for part = 0; ; part++ {
		home, err := t.tableOf(k, q.repeat, part)
		if err != nil {
			return nil, err
		}
		var count int
		if err := t.row("SELECT count(*) FROM kind_columns WHERE in_table = ?", home.name).Scan(&count); err != nil || count < maxColumns {
			return home, err
		}
	}
}

// tableOf returns a table of the kind, which gets a name where it is not there.
func (t *tx) tableOf(k *kind, repeat string, part int) (*table, error) {
	for _, have := range k.tables {
		if have.repeat == repeat && have.part == part {
			return have, nil
		}
	}
	made := &table{repeat: repeat, part: part}
	k.tables = append(k.tables, made)
	err := t.row("SELECT name FROM kind_tables WHERE kind = ? AND repeat = ? AND part = ?", k.name, repeat, part).Scan(&made.name)
	if err != sql.ErrNoRows {
		made.made = true
		return made, err
	}
	wish := "k_" + slug(k.name)
	if repeat != "" {
		wish += "_" + slug(repeat)
	}
	if made.name, err = t.unused(wish, "SELECT count(*) FROM kind_tables WHERE name = ?"); err != nil {
		return nil, err
	}
	return made, t.exec("INSERT INTO kind_tables (name, kind, repeat, part) VALUES (?, ?, ?, ?)", made.name, k.name, repeat, part)
}

// nameColumn finds the column of a question or gives it one. A retyped question gets a new one.
func (t *tx) nameColumn(k *kind, home *table, c *column) error {
	typed := c.question.columnType()
	err := t.row("SELECT name FROM kind_columns WHERE kind = ? AND path = ? AND type = ?", k.name, c.path, typed).Scan(&c.name)
	if err != sql.ErrNoRows {
		return err
	}
	wish := "q_" + slug(c.path)
	if c.name, err = t.unused(wish, "SELECT count(*) FROM kind_columns WHERE in_table = '"+home.name+"' AND name = ?"); err != nil {
		return err
	}
	home.missing = append(home.missing, c)
	return t.exec("INSERT INTO kind_columns (kind, path, type, in_table, name) VALUES (?, ?, ?, ?, ?)", k.name, c.path, typed, home.name, c.name)
}

// dropColumns removes the columns of a question that has become personal.
func (t *tx) dropColumns(k *kind, q *question) error {
	type place struct{ table, name, typed string }
	var places []place
	err := each(t, func(rows *sql.Rows) error {
		var p place
		defer func() { places = append(places, p) }()
		return rows.Scan(&p.table, &p.name, &p.typed)
	}, "SELECT in_table, name, type FROM kind_columns WHERE kind = ? AND path = ?", k.name, q.Path)
	if err != nil {
		return err
	}
	for _, p := range places {
		if err := t.unindex(p.table); err != nil {
			return err
		}
		for _, statement := range []string{
			"DROP INDEX IF EXISTS " + referenceIndex(p.table, p.name),
			fmt.Sprintf("ALTER TABLE %s DROP COLUMN %s", p.table, p.name),
		} {
			if err := t.exec(statement); err != nil {
				return err
			}
		}
		if err := t.exec("DELETE FROM kind_columns WHERE kind = ? AND path = ? AND type = ?", k.name, q.Path, p.typed); err != nil {
			return err
		}
	}
	return nil
}

// unused returns the name wished for, with a number behind it where it is taken. Names differ in more than case.
func (t *tx) unused(wish, query string) (string, error) {
	name := wish
	for n := 2; ; n++ {
		var taken int
		if err := t.row(query, name).Scan(&taken); err != nil || taken == 0 {
			return name, err
		}
		name = fmt.Sprintf("%s_%d", wish, n)
	}
}

// slug makes a name that SQL takes without quotes: lower-case letters, digits and _, at most 48 of them.
func slug(path string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, path)
	return name[max(0, len(name)-48):]
}

// column finds the column of a question of the main table or its parts, with its table.
func (k *kind) column(path string) (*table, *column) {
	for _, t := range k.tables {
		for _, c := range t.columns {
			if c.path == path {
				return t, c
			}
		}
	}
	return nil, nil
}

// listText returns the columns whose texts can be searched: those that lists show.
func (k *kind) listText() []*column {
	var out []*column
	for _, t := range k.tables {
		for _, c := range t.columns {
			if t.repeat == "" && c.question.ListOrder > 0 && c.kept == asText && c.question.Type.Storage() == form.StoreText {
				out = append(out, c)
			}
		}
	}
	return out
}
