package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// tableRow is one row of a derived table: values in the order of the table's insert statement.
type tableRow struct {
	table  *table
	values []any
}

// derived is everything that the state of one record gives: its rows, and what it can be found by.
type derived struct {
	rows        []tableRow
	label, body string // words of the search; both empty where the record cannot be found
	version     string // of the questionnaire under which it was last saved
}

// deriver computes what a record gives. refer turns a reference into the key of the record that it names; nil where
// it cannot be.
type deriver struct {
	*kind
	key, row int64
	state    record.State
	label    string
	refer    func(record.ID) (any, error)
}

// derive computes the rows of a record from its state alone.
func (d *deriver) derive() (derived, error) {
	out := derived{version: d.state.Form}
	for _, t := range d.tables {
		if t.repeat != "" {
			continue
		}
		values := []any{d.row}
		if t.part == 0 {
			values = d.fixed()
		}
		values, err := d.fill(t, values, "")
		if err != nil {
			return out, err
		}
		out.rows = append(out.rows, tableRow{t, values})
	}
	repeated, err := d.repeats()
	if err != nil {
		return out, err
	}
	out.rows = append(out.rows, repeated...)
	if d.state.Lifecycle != record.Deleted {
		out.label, out.body = findable(d.label), d.searchable()
	}
	return out, nil
}

// fixed returns the values of the main table's own columns.
func (d *deriver) fixed() []any {
	st := &d.state
	public := int64(0)
	if st.Public {
		public = 1
	}
	var alias any
	if !st.Alias.IsZero() {
		alias, _ = d.refer(st.Alias) // reported by fill where references cannot be read at all
	}
	return []any{
		d.row, d.key, joinHeads(st.Heads), d.label, string(st.Lifecycle), public, st.Created.UnixMilli(),
		st.Changed.UnixMilli(), int64(len(st.Conflicts)), alias, d.extra("", ""),
	}
}

// fill appends the values of the questions' columns; place is the row of the repeat, empty outside repeats.
func (d *deriver) fill(t *table, values []any, place record.Path) ([]any, error) {
	for _, c := range t.columns {
		field, ok := d.field(&d.state, place, c.path)
		if !ok || field.Value.IsZero() {
			values = append(values, nil)
			continue
		}
		v, err := c.keep(field.Value, d.refer)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

// keep turns a value into what its column holds; what does not fit the question's type is left out.
func (c *column) keep(v record.Value, refer func(record.ID) (any, error)) (any, error) {
	switch c.kept {
	case asNumber:
		if n, ok := scaled(v, c.scale); ok {
			return n, nil
		}
		return nil, nil
	case asReference:
		if id, err := record.ParseID(v.String()); err == nil {
			return refer(id)
		}
		return nil, nil
	}
	return v.String(), nil
}

func scaled(v record.Value, scale uint8) (int64, bool) {
	number, ok := v.Number()
	if !ok {
		parsed, err := record.ParseDecimal(v.String())
		if err != nil {
			return 0, false
		}
		number = parsed
	}
	return number.Scaled(scale)
}

// repeats returns the rows of the repeats' tables, in the order of their places.
func (d *deriver) repeats() ([]tableRow, error) {
	var out []tableRow
	for _, t := range d.tables {
		if t.repeat == "" {
			continue
		}
		for _, place := range d.places(t.repeat) {
			values, err := d.fill(t, []any{d.row, string(place), d.extra(place, t.repeat)}, place)
			if err != nil {
				return nil, err
			}
			out = append(out, tableRow{t, values})
		}
	}
	return out, nil
}

// places returns the rows of a repeat as paths.
func (d *deriver) places(repeat string) []record.Path {
	var places []record.Path
	for path, ids := range d.state.Rows {
		if under := path.Question(); under != repeat && !slices.Contains(d.former[repeat], under) {
			continue
		}
		for _, id := range ids {
			places = append(places, path.Row(id))
		}
	}
	slices.Sort(places)
	return places
}

// extra returns, as JSON, every status and quality that is not the default, of the record's own fields or of those of
// one row of a repeat; nil where there is none. Private fields are left out.
func (d *deriver) extra(place record.Path, repeat string) any {
	var b strings.Builder
	for _, path := range d.paths {
		q := d.questions[path]
		if q.private || q.repeat != repeat {
			continue
		}
		field, ok := d.field(&d.state, place, path)
		if !ok || field.Status == record.Answered && field.Quality == 0 {
			continue
		}
		b.WriteString(separator(b.Len()))
		name, _ := json.Marshal(path) // a text always can be
		fmt.Fprintf(&b, `%s:[%q,%q]`, name, field.Status, qualityText(field.Quality))
	}
	if b.Len() == 0 {
		return nil
	}
	return b.String() + "}"
}

func separator(written int) string {
	if written == 0 {
		return "{"
	}
	return ","
}

func qualityText(q record.Quality) string {
	if q == 0 {
		return ""
	}
	return string(rune(q))
}

// searchable returns the texts that a record is found by beside its name.
func (d *deriver) searchable() string {
	var texts []string
	for _, c := range d.listText() {
		if field, ok := d.field(&d.state, "", c.path); ok && !field.Value.IsZero() {
			texts = append(texts, field.Value.String())
		}
	}
	return findable(strings.Join(texts, "\n"))
}

// nameOf returns the name of a record for lists and search; empty where the name is personal.
func (s *Store) nameOf(k *kind, st record.State) string {
	if k.secret {
		return ""
	}
	return s.anyName(k, st)
}

// anyName returns the name of a record, personal or not.
func (s *Store) anyName(k *kind, st record.State) string {
	f := k.version(st.Form)
	if s.cfg.Label != nil {
		return s.cfg.Label(s, f, st)
	}
	for _, q := range f.ListColumns() {
		if own := k.questions[q.Path]; own == nil || own.private && !k.secret || q.Type.Storage() == form.StoreFile {
			continue
		}
		if field, ok := k.field(&st, "", q.Path); ok && !field.Value.IsZero() {
			return field.Value.String()
		}
	}
	return ""
}
