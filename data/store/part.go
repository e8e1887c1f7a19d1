package store

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A part of a list is found in two steps: first which rows it has, from the indexes alone, then those few rows. The
// indexes say in which order and how many; what is read of the wide table is only what is shown.

// bounds decide which way a part of a list is found.
type bounds struct {
	few int64 // so many rows may be looked up one by one; beyond, running through the list index is quicker
	far int64 // from this offset on it is worth to know how many rows there are, so as to come from the nearer end
}

var usualBounds = bounds{few: 1000, far: 1000}

// part reads the rows from Offset on, at most Limit of them.
func (l *lister) part() ([]Row, error) {
	places, err := l.places()
	if err != nil || len(places) == 0 {
		return nil, err
	}
	at := make(map[int64]int, len(places))
	texts := make([]string, len(places))
	for i, place := range places {
		at[place], texts[i] = i, strconv.FormatInt(place, 10)
	}
	l.joins = map[string]string{} // conditions and order have had their say
	selected := l.selected()
	query := "SELECT " + selected + " FROM " + l.table() + " WHERE m.row IN (SELECT value FROM json_each(?))"
	out := make([]Row, len(places))
	err = each(l, func(rows *sql.Rows) error {
		place, row, err := l.scan(rows)
		out[at[place]] = row
		return err
	}, query, "["+strings.Join(texts, ",")+"]")
	return out, err
}

// places finds which rows a part of the list has, in order.
func (l *lister) places() ([]int64, error) {
	offset, limit := int64(l.asked.Offset), int64(l.asked.Limit)
	total, known, err := l.known()
	if err == nil && !known && offset >= l.bounds.far {
		total, err = l.count()
		known = true
	}
	if err != nil || known && offset >= total {
		return nil, err
	}
	backwards := known && offset > total/2
	if backwards {
		limit = min(limit, total-offset)
		offset = total - offset - limit
	}
	from, err := l.arranged(offset+limit, total)
	if err != nil {
		return nil, err
	}
	var out []int64
	err = each(l, func(rows *sql.Rows) error {
		var place int64
		err := rows.Scan(&place)
		out = append(out, place)
		return err
	}, "SELECT m.row FROM "+from+l.where()+l.order(backwards)+" LIMIT ? OFFSET ?", append(l.args(), limit, offset)...)
	if backwards {
		slices.Reverse(out)
	}
	return out, err
}

// arranged is the table, through the indexes that give the first rows of the order quickest; total is how many rows
// there are, 0 where that is not known.
func (l *lister) arranged(first, total int64) (string, error) {
	in := l.kind.tables[0].indexes
	if selective, err := l.selective(); err != nil || selective != "" {
		return selective, err
	}
	if len(l.keys) == 1 && (!l.asked.Deleted || l.refers(l.keys[0].column)) {
		walked := in.sorted[l.keys[0].column]
		switch {
		case walked == "":
		case len(l.tests) == 0 && !l.refers(l.keys[0].column):
			return l.indexedBy(walked), nil
		case l.covered() && (len(l.tests) == 0 || first*8 < total):
			return l.walk(walked), nil
		}
	}
	if l.covered() && !slices.ContainsFunc(l.keys, func(k key) bool { return !in.has[k.column] }) {
		return l.indexedBy(in.list), nil
	}
	return l.plain(), nil
}

// source is the table, through the indexes that find the rows that meet the conditions quickest.
func (l *lister) source() (string, error) {
	if selective, err := l.selective(); err != nil || selective != "" {
		return selective, err
	}
	if l.covered() {
		return l.indexedBy(l.kind.tables[0].indexes.list), nil
	}
	return l.plain(), nil
}

// plain is the table as it lies: going through it by way of an index that finds nothing would be worse.
func (l *lister) plain() string {
	if slices.ContainsFunc(l.tests, func(t test) bool { return t.column == "row" || l.lookup(t) != "" }) {
		return l.table()
	}
	from, joined, _ := strings.Cut(l.table(), " JOIN")
	if joined != "" {
		joined = " JOIN" + joined
	}
	return from + " NOT INDEXED" + joined
}

// covered tells whether the list index answers the conditions.
func (l *lister) covered() bool {
	in := l.kind.tables[0].indexes
	return !slices.ContainsFunc(l.tests, func(t test) bool { return !in.has[t.column] })
}

// indexedBy is the main table through an index.
func (l *lister) indexedBy(index string) string {
	return l.kind.tables[0].name + " m INDEXED BY \"" + index + "\""
}

// walk is the list index, taken in the order of another.
func (l *lister) walk(index string) string {
	name := l.kind.tables[0].name
	condition := ""
	if !l.asked.Deleted && !l.refers(l.keys[0].column) {
		condition = " AND o.state <> 'deleted'" // what the index holds
	}
	l.keys[0].name = "o." + l.keys[0].column
	return fmt.Sprintf("%s o INDEXED BY %q CROSS JOIN %s m INDEXED BY %q ON m.row = o.row%s", name, index, name, l.kind.tables[0].indexes.list, condition)
}

// refers tells whether a column of the main table holds references: those indexes hold deleted records too.
func (l *lister) refers(name string) bool {
	return slices.ContainsFunc(l.kind.tables[0].columns, func(c *column) bool { return c.name == name && c.kept == asReference })
}

// selective is the table through the index of a condition that leaves few rows, nothing where there is none such.
func (l *lister) selective() (string, error) {
	if len(l.joins) > 0 {
		return "", nil // what is joined may be selective itself
	}
	for _, t := range l.tests {
		if t.column == "row" {
			return l.table(), nil
		}
		index := l.lookup(t)
		if index == "" {
			continue
		}
		from, deleted := l.indexedBy(index), ""
		if !l.asked.Deleted && !l.refers(t.column) {
			deleted = " AND m.state <> 'deleted'"
		}
		var found int64
		query := fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s%s LIMIT %d)", from, t.clause, deleted, l.bounds.few+1)
		if err := l.row(query, t.args...).Scan(&found); err != nil {
			return "", err
		}
		if found <= l.bounds.few {
			return from, nil
		}
	}
	return "", nil
}

// lookup is the index that finds the rows of one condition, nothing where there is none.
func (l *lister) lookup(t test) string {
	if !t.exact || collations[t.column] != "" || l.asked.Deleted && !l.refers(t.column) {
		return ""
	}
	return l.kind.tables[0].indexes.sorted[t.column]
}

// distinct writes the query for the values of a column: from one to the next in the index that is sorted by it.
func (l *lister) distinct(c *column) string {
	name := l.name(c)
	index := ""
	if column, ok := strings.CutPrefix(name, "m."); ok {
		index = l.kind.tables[0].indexes.sorted[column]
	}
	if index == "" {
		return "SELECT DISTINCT " + name + " FROM " + l.table() + " WHERE m.state <> 'deleted' AND " + name + " IS NOT NULL ORDER BY 1"
	}
	least := "SELECT min(" + name + ") FROM " + l.indexedBy(index) + " WHERE m.state <> 'deleted'"
	return "WITH RECURSIVE v (x) AS (" + least + " UNION ALL SELECT (" + least + " AND " + name + " > v.x) FROM v WHERE v.x IS NOT NULL) " +
		"SELECT x FROM v WHERE x IS NOT NULL"
}
