package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"coopatlas/data/record"
)

// Comparison is how a condition compares.
type Comparison string

// The comparisons. In takes any of several values; Contains finds a part of a text, or one item of a list; Blank and
// Filled take no value. Words, of the label only, finds records as Search does: by words of their name and of the texts
// shown in lists; where names are personal, by words of the name. Referred, of the record only, finds records that some
// record of another kind refers to, as By says.
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
	Words    Comparison = "words"
	Referred Comparison = "referred"
)

// Condition is one condition that rows of a list must meet. Column is a question's path ("members/total") or one of
// "label", "state", "record", "public", "created", "changed", "conflicts" and "alias". Values are written as answers
// are: numbers with a point, dates and times in ISO 8601, references as ids.
type Condition struct {
	Column  string
	Compare Comparison // empty: Equal
	Values  []string
	By      *By // of Referred
}

// By names records that refer to others: those of a kind that meet conditions, by the path of a reference.
type By struct {
	Kind, Path string
	Where      []Condition
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
// ErrColumn for a column that lists do not have, as those of personal questions. A part of a list (Limit) is found
// without reading the other rows.
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

// Count returns how many records of a kind meet the conditions, those that are deleted left out.
func (s *Store) Count(ctx context.Context, kind string, where []Condition) (int, error) {
	return s.Total(ctx, kind, Query{Where: where})
}

// Total returns how many records List would find if there were no Limit and no Offset. The answer is remembered until a
// record of the kind changes, unless a condition looks at other records.
func (s *Store) Total(ctx context.Context, kind string, q Query) (int, error) {
	k, err := s.kind(kind)
	if err != nil {
		return 0, err
	}
	q.Sort, q.Limit, q.Offset = nil, 0, 0
	if k.secret && q.asksName() {
		rows, err := s.listByName(ctx, k, q)
		return len(rows), err
	}
	var count int64
	err = s.read(ctx, func(r querier) error {
		l, err := s.newLister(r, k, q)
		if err == nil {
			count, err = l.count()
		}
		return err
	})
	return int(count), err
}

// Distinct returns the values that a column has among the records of a kind that are not deleted, sorted as it is; it
// is a question's path outside repeats that is no list and no reference.
func (s *Store) Distinct(ctx context.Context, kind, path string) ([]string, error) {
	k, err := s.kind(kind)
	if err != nil {
		return nil, err
	}
	var out []string
	err = s.read(ctx, func(r querier) error {
		l := &lister{querier: r, kind: k}
		c, err := l.column(path)
		if err == nil && (c.kept == asReference || c.kept == asList) {
			err = fmt.Errorf("%w: %q has no values of its own", ErrColumn, path)
		}
		if err != nil {
			return err
		}
		return each(r, func(rows *sql.Rows) error {
			var kept any
			err := rows.Scan(&kept)
			out = append(out, c.value(kept).String())
			return err
		}, l.distinct(c))
	})
	return out, err
}

func (s *Store) list(ctx context.Context, k *kind, q Query) ([]Row, error) {
	var out []Row
	err := s.read(ctx, func(r querier) error {
		l, err := s.newLister(r, k, q)
		if err == nil {
			err = l.choose()
		}
		if err != nil {
			return err
		}
		if q.Limit > 0 {
			out, err = l.part()
			return err
		}
		out, err = l.all()
		return err
	})
	return out, err
}

// lister turns a query into SQL and its rows into answers.
type lister struct {
	querier
	kind    *kind
	counts  *countCache
	bounds  bounds
	asked   Query
	columns []*column // whose answers are wanted
	tests   []test
	keys    []key
	joins   map[string]string // what is joined to the main table, by alias
}

// test is a condition as SQL.
type test struct {
	column string // of the main table; empty where it looks elsewhere too
	exact  bool   // it takes one value or several
	wide   bool   // it looks at records of other kinds
	clause string
	args   []any
}

// key is one key that is sorted by.
type key struct {
	column     string // of the main table; empty for others
	name       string
	descending bool
}

func (s *Store) newLister(r querier, k *kind, q Query) (*lister, error) {
	l := &lister{querier: r, kind: k, counts: s.counts, bounds: s.bounds, asked: q, joins: map[string]string{}}
	for _, c := range q.Where {
		if err := l.condition(s, c); err != nil {
			return nil, fmt.Errorf("list of %s: %w", k.name, err)
		}
	}
	for _, o := range q.Sort {
		of, err := l.operand(o.Column)
		if err != nil {
			return nil, fmt.Errorf("list of %s: %w", k.name, err)
		}
		l.keys = append(l.keys, key{of.column, of.name, o.Descending})
	}
	return l, nil
}

func (l *lister) where() string {
	var clauses []string
	if !l.asked.Deleted {
		clauses = append(clauses, "m.state <> 'deleted'")
	}
	for _, t := range l.tests {
		clauses = append(clauses, t.clause)
	}
	if len(clauses) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(clauses, " AND ")
}

func (l *lister) args() []any {
	var out []any
	for _, t := range l.tests {
		out = append(out, t.args...)
	}
	return out
}

// order is how rows are sorted: blanks last, and at the end by the order of entry. Backwards it is the other way round.
func (l *lister) order(backwards bool) string {
	directions := [...]string{" ASC NULLS LAST", " DESC NULLS LAST", " DESC NULLS FIRST", " ASC NULLS FIRST"}
	out, last := " ORDER BY ", "m.row"
	for _, k := range l.keys {
		at := 0
		if k.descending {
			at = 1
		}
		if backwards {
			at += 2
		}
		out += k.name + collations[k.column] + directions[at] + ", "
	}
	if backwards {
		last += " DESC"
	}
	return out + last
}

// table is the main table with what is joined to it.
func (l *lister) table() string {
	from := l.kind.tables[0].name + " m"
	for _, alias := range slices.Sorted(maps.Keys(l.joins)) {
		from += l.joins[alias]
	}
	return from
}

// all reads every row there is.
func (l *lister) all() ([]Row, error) {
	selected := l.selected()
	query := "SELECT " + selected + " FROM " + l.table() + l.where() + l.order(false)
	args := l.args()
	if l.asked.Offset > 0 {
		query, args = query+" LIMIT -1 OFFSET ?", append(args, l.asked.Offset)
	}
	var out []Row
	err := each(l, func(rows *sql.Rows) error {
		_, row, err := l.scan(rows)
		out = append(out, row)
		return err
	}, query, args...)
	return out, err
}

// selected is what is read of a row.
func (l *lister) selected() string {
	wanted := []string{
		"m.row", l.recordID(), "m.label", "m.state", "m.public", "m.created", "m.changed", "m.conflicts", "m.heads", "json(m.extra)",
		"(SELECT id FROM records WHERE key = m.alias)",
	}
	for _, c := range l.columns {
		name := l.name(c)
		if c.kept == asReference {
			name = "(SELECT id FROM records WHERE key = " + name + ")"
		}
		wanted = append(wanted, name)
	}
	return strings.Join(wanted, ", ")
}

// choose finds the columns whose answers are wanted.
func (l *lister) choose() error {
	if l.asked.Columns == nil {
		for _, q := range l.kind.newest().ListColumns() {
			if t, c := l.kind.column(q.Path); c != nil && t.repeat == "" {
				l.columns = append(l.columns, c)
			}
		}
		return nil
	}
	for _, path := range l.asked.Columns {
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

// name is a question's column in SQL; a further part of the main table that it stands in is joined.
func (l *lister) name(c *column) string {
	t, _ := l.kind.column(c.path)
	if t.part == 0 {
		return "m." + c.name
	}
	alias := fmt.Sprintf("p%d", t.part)
	l.joins[alias] = fmt.Sprintf(" JOIN %s %s ON %s.row = m.row", t.name, alias, alias)
	return alias + "." + c.name
}

// recordID is the id of the record in SQL.
func (l *lister) recordID() string {
	l.joins["r"] = " JOIN records r ON r.key = m.record"
	return "r.id"
}

// scan reads one row of what selected asks for, and its place in the table.
func (l *lister) scan(rows *sql.Rows) (int64, Row, error) {
	var place int64
	var row Row
	var id, alias, heads []byte
	var state string
	var extra sql.NullString
	var created, changed int64
	values := make([]any, len(l.columns))
	into := []any{&place, &id, &row.Label, &state, &row.Public, &created, &changed, &row.Conflicts, &heads, &extra, &alias}
	for i := range values {
		into = append(into, &values[i])
	}
	if err := rows.Scan(into...); err != nil {
		return place, row, err
	}
	copy(row.Record[:], id)
	copy(row.Alias[:], alias)
	row.Lifecycle, row.Heads = record.Lifecycle(state), splitHeads(heads)
	row.Created, row.Changed = time.UnixMilli(created).UTC(), time.UnixMilli(changed).UTC()
	notes, err := parseExtra(extra)
	if err != nil {
		return place, row, err
	}
	row.Values = make(map[record.Path]record.Answer, len(values))
	for i, c := range l.columns {
		a := record.Answer{Value: c.value(values[i])}
		a.Status, a.Quality = notes[c.path].parse()
		if !a.Blank() {
			row.Values[record.Path(c.path)] = a
		}
	}
	return place, row, nil
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
