package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"coopatlas/data/record"
)

// Comparison is how a condition compares.
type Comparison string

// The comparisons. In takes any of several values; Contains finds a part of a text, or one item of a list; Blank and
// Filled take no value.
const (
	Equal    Comparison = "="
	Unequal  Comparison = "<>"
	Less     Comparison = "<"
	AtMost   Comparison = "<="
	More     Comparison = ">"
	AtLeast  Comparison = ">="
	In       Comparison = "in"
	Contains Comparison = "contains"
	Blank    Comparison = "blank"
	Filled   Comparison = "filled"
)

// Condition is one condition that rows of a list must meet. Column is a question's path ("members/total") or one of
// "label", "state", "record", "public", "created", "changed", "conflicts" and "alias". Values are written as answers
// are: numbers with a point, dates and times in ISO 8601, references as ids.
type Condition struct {
	Column  string
	Compare Comparison // empty: Equal
	Values  []string
}

// Order is one key that a list is sorted by.
type Order struct {
	Column     string
	Descending bool
}

// Query says which records of a kind are wanted, and what of them.
type Query struct {
	Where   []Condition
	Sort    []Order  // then by the order of entry
	Columns []string // paths of the questions whose answers are wanted; nil: the columns of lists
	Limit   int      // 0: all
	Offset  int
	Deleted bool // deleted records too
}

// Row is one record in a list.
type Row struct {
	Record    record.ID
	Label     string
	Lifecycle record.Lifecycle
	Public    bool
	Created   time.Time
	Changed   time.Time
	Conflicts int
	Alias     record.ID
	Heads     []record.Parent
	Values    map[record.Path]record.Answer // blank answers are left out
}

// List returns the records of a kind that meet the conditions, sorted. The error wraps ErrKind for an unknown kind and
// ErrColumn for a column that lists do not have, as those of personal questions.
func (s *Store) List(ctx context.Context, kind string, q Query) ([]Row, error) {
	k, err := s.kind(kind)
	if err != nil {
		return nil, err
	}
	if k.secret && q.asksName() {
		return s.listByName(ctx, k, q)
	}
	rows, err := s.list(ctx, k, q)
	if err == nil && k.secret {
		err = s.fillNames(ctx, k, rows)
	}
	return rows, err
}

// Count returns how many records of a kind meet the conditions.
func (s *Store) Count(ctx context.Context, kind string, where []Condition) (int, error) {
	k, err := s.kind(kind)
	if err != nil {
		return 0, err
	}
	q := Query{Where: where}
	if k.secret && q.asksName() {
		rows, err := s.listByName(ctx, k, q)
		return len(rows), err
	}
	count := 0
	err = s.read(ctx, func(r querier) error {
		l, err := newLister(r, k, q)
		if err != nil {
			return err
		}
		return r.row("SELECT count(*) FROM "+l.from()+l.where(), l.args...).Scan(&count)
	})
	return count, err
}

func (s *Store) list(ctx context.Context, k *kind, q Query) ([]Row, error) {
	var out []Row
	err := s.read(ctx, func(r querier) error {
		l, err := newLister(r, k, q)
		if err != nil {
			return err
		}
		query, err := l.statement()
		if err != nil {
			return err
		}
		return each(r, func(rows *sql.Rows) error {
			row, err := l.scan(rows)
			out = append(out, row)
			return err
		}, query, l.args...)
	})
	return out, err
}

// lister turns a query into SQL and its rows into answers.
type lister struct {
	querier
	kind    *kind
	query   Query
	columns []*column
	clauses []string
	args    []any
}

func newLister(r querier, k *kind, q Query) (*lister, error) {
	l := &lister{querier: r, kind: k, query: q}
	if !q.Deleted {
		l.clauses = append(l.clauses, "m.state <> 'deleted'")
	}
	for _, c := range q.Where {
		if err := l.condition(c); err != nil {
			return nil, fmt.Errorf("list of %s: %w", k.name, err)
		}
	}
	return l, nil
}

func (l *lister) where() string {
	if len(l.clauses) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(l.clauses, " AND ")
}

// from joins the main table, its further parts and the ids of records.
func (l *lister) from() string {
	from := l.kind.tables[0].name + " m JOIN records r ON r.key = m.record"
	for _, t := range l.kind.tables {
		if t.repeat == "" && t.part > 0 {
			from += fmt.Sprintf(" JOIN %s p%d ON p%d.row = m.row", t.name, t.part, t.part)
		}
	}
	return from
}

// statement writes the query for the rows.
func (l *lister) statement() (string, error) {
	if err := l.choose(); err != nil {
		return "", err
	}
	wanted := []string{
		"r.id", "m.label", "m.state", "m.public", "m.created", "m.changed", "m.conflicts", "m.heads", "json(m.extra)",
		"(SELECT id FROM records WHERE key = m.alias)",
	}
	for _, c := range l.columns {
		name := l.name(c)
		if c.kept == asReference {
			name = "(SELECT id FROM records WHERE key = " + name + ")"
		}
		wanted = append(wanted, name)
	}
	order, err := l.order()
	if err != nil {
		return "", err
	}
	query := "SELECT " + strings.Join(wanted, ", ") + " FROM " + l.from() + l.where() + order
	if l.query.Limit > 0 || l.query.Offset > 0 {
		limit := l.query.Limit
		if limit == 0 {
			limit = -1
		}
		query += " LIMIT ? OFFSET ?"
		l.args = append(l.args, limit, l.query.Offset)
	}
	return query, nil
}

// choose finds the columns whose answers are wanted.
func (l *lister) choose() error {
	if l.query.Columns == nil {
		for _, q := range l.kind.newest().ListColumns() {
			if t, c := l.kind.column(q.Path); c != nil && t.repeat == "" {
				l.columns = append(l.columns, c)
			}
		}
		return nil
	}
	for _, path := range l.query.Columns {
		c, err := l.column(path)
		if err != nil {
			return err
		}
		l.columns = append(l.columns, c)
	}
	return nil
}

func (l *lister) column(path string) (*column, error) {
	if q := l.kind.questions[path]; q != nil && q.private {
		return nil, fmt.Errorf("%w: %q is personal or a file, so lists do not have it; open the record", ErrColumn, path)
	}
	t, c := l.kind.column(path)
	if c == nil || t.repeat != "" {
		return nil, fmt.Errorf("%w: %q; give a question's path outside repeats", ErrColumn, path)
	}
	return c, nil
}

func (l *lister) name(c *column) string {
	t, _ := l.kind.column(c.path)
	if t.part > 0 {
		return fmt.Sprintf("p%d.%s", t.part, c.name)
	}
	return "m." + c.name
}

func (l *lister) order() (string, error) {
	var keys []string
	for _, o := range l.query.Sort {
		name, _, err := l.operand(o.Column)
		if err != nil {
			return "", err
		}
		if o.Column == "label" {
			name += " COLLATE NOCASE"
		}
		if o.Descending {
			name += " DESC"
		}
		keys = append(keys, name+" NULLS LAST")
	}
	return " ORDER BY " + strings.Join(append(keys, "m.row"), ", "), nil
}

// scan reads one row of the statement.
func (l *lister) scan(rows *sql.Rows) (Row, error) {
	var row Row
	var id, alias, heads []byte
	var state string
	var extra sql.NullString
	var created, changed int64
	values := make([]any, len(l.columns))
	into := []any{&id, &row.Label, &state, &row.Public, &created, &changed, &row.Conflicts, &heads, &extra, &alias}
	for i := range values {
		into = append(into, &values[i])
	}
	if err := rows.Scan(into...); err != nil {
		return row, err
	}
	copy(row.Record[:], id)
	copy(row.Alias[:], alias)
	row.Lifecycle, row.Heads = record.Lifecycle(state), splitHeads(heads)
	row.Created, row.Changed = time.UnixMilli(created).UTC(), time.UnixMilli(changed).UTC()
	notes, err := parseExtra(extra)
	if err != nil {
		return row, err
	}
	row.Values = make(map[record.Path]record.Answer, len(values))
	for i, c := range l.columns {
		a := record.Answer{Value: c.value(values[i])}
		a.Status, a.Quality = notes[c.path].parse()
		if !a.Blank() {
			row.Values[record.Path(c.path)] = a
		}
	}
	return row, nil
}

// value turns what a column holds back into a value; references come as the 16 bytes of the id.
func (c *column) value(kept any) record.Value {
	switch kept := kept.(type) {
	case int64:
		return record.Number(record.NewDecimal(kept, c.scale))
	case []byte:
		var id record.ID
		copy(id[:], kept)
		return record.Text(id.String())
	case string:
		if c.kept == asList {
			return record.List(strings.Fields(kept))
		}
		return record.Text(kept)
	}
	return record.Value{}
}

// note is the status and quality of a field as the sparse column holds them.
type note [2]string

func (n note) parse() (record.Status, record.Quality) {
	status, _ := record.ParseStatus(n[0])
	if n[1] == "" {
		return status, 0
	}
	return status, record.Quality(n[1][0])
}

func parseExtra(extra sql.NullString) (map[string]note, error) {
	if !extra.Valid {
		return nil, nil
	}
	var notes map[string]note
	err := json.Unmarshal([]byte(extra.String), &notes)
	return notes, err
}
