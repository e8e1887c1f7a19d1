package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// book builds a frame for tests out of short lines.
type book struct {
	t     testing.TB
	table *Table
	n     int
}

func newBook(t testing.TB) *book {
	return &book{t: t, table: NewTable(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))}
}

func (b *book) add(kind string, row Row) {
	b.t.Helper()
	if err := b.table.Add(kind, row); err != nil {
		b.t.Fatal(err)
	}
}

// mapping adds a record of a unit and year; its fiscal year is the calendar
// year unless more says otherwise.
func (b *book) mapping(unit string, year int, more Row) {
	b.t.Helper()
	b.n++
	row := Row{
		"record": fmt.Sprintf("r%05d", b.n), "state": "validated", "subject": unit, "year": year,
		"fiscal_start": day(year, 1, 1), "fiscal_end": day(year, 12, 31),
	}
	for k, v := range more {
		row[k] = v
	}
	b.add("mapping", row)
}

func (b *book) cooperative(unit string, more Row) {
	row := Row{"record": unit}
	for k, v := range more {
		row[k] = v
	}
	b.add("cooperative", row)
}

func (b *book) link(from, kind, to string, date any) {
	b.add("cooperative.links", Row{"record": from, "link_kind": kind, "link_to": to, "link_date": date})
}

func (b *book) compute(q Query) *Result {
	b.t.Helper()
	r, err := Compute(context.Background(), b.table, q)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// point finds the point of a year and breakdown.
func point(t testing.TB, r *Result, keys ...string) Point {
	t.Helper()
	for _, p := range r.Points {
		if strings.Join(p.Keys, "/") == strings.Join(keys, "/") {
			return p
		}
	}
	t.Fatalf("no point %v in %d points", keys, len(r.Points))
	return Point{}
}

// told is a change as one line: percent, n, share.
func told(c *Change) string {
	if c == nil {
		return "none"
	}
	cells := c.cells()
	return strings.Join(cells, " ")
}

// split is a decomposition as one line: the differences of M N B D E L.
func split(d Decomposition) string {
	var parts []string
	for _, s := range d.Sets {
		parts = append(parts, Decimal{s.To.Units.Minus(s.From.Units), s.To.Scale}.String())
	}
	return strings.Join(parts, " ")
}

// line is the index of a cell through its points, "-" where there is none, "|"
// before a new segment.
func line(r *Result) string {
	var parts []string
	segment := 1
	for _, p := range r.Points {
		if p.Segment != segment {
			parts = append(parts, "|")
			segment = p.Segment
		}
		if p.Index == nil {
			parts = append(parts, "-")
			continue
		}
		parts = append(parts, fmt.Sprintf("%.2f", *p.Index))
	}
	return strings.Join(parts, " ")
}

func equal(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %s, want %s", what, got, want)
	}
}
