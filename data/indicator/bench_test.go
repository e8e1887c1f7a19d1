package indicator

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// generated is a frame of n records: a fifth as many cooperatives, ten years.
func generated(b testing.TB, n int) *Table {
	random := rand.New(rand.NewPCG(7, 7))
	units := n / 5
	names := make([]string, units)
	for u := range names {
		names[u] = fmt.Sprintf("%032x", u)
	}
	column := func(name string, kind ColumnKind, dictionary ...string) *Column {
		return &Column{Name: name, Kind: kind, Values: make([]int64, n), Valid: NewBits(n), Dictionary: dictionary}
	}
	subject, year, state := column("subject", Code, names...), column("year", Integer), column("state", Code, "validated")
	end, turnover := column("fiscal_end", Date), column("turnover", Integer)
	currency, country := column("currency", Code, "EUR"), column("country", Code, "FR", "IT", "ES", "PT")
	kind := column("ilo_type", Code, "worker", "producer", "consumer", "multi")
	section := column("section", Code, "A", "C", "F", "G", "H", "I", "J", "M", "N", "P", "Q", "R")
	all := []*Column{subject, year, state, end, turnover, currency, country, kind, section}
	for row := range n {
		u, y := row%units, 2011+2*(row/units)+random.IntN(2)
		for i, v := range []int64{int64(u), int64(y), 0, lastDay(y), random.Int64N(1e9), 0, int64(u % 4), int64(u / 4 % 4), int64(u % 12)} {
			all[i].Values[row] = v
			if all[i] != turnover || random.IntN(10) > 0 {
				all[i].Valid.Set(row)
			}
		}
	}
	t := NewTable(day(2026, 1, 1))
	for _, c := range all {
		if err := t.SetColumn("mapping", c); err != nil {
			b.Fatal(err)
		}
	}
	return t
}

// question is one of those that are asked of us and of DuckDB.
type question struct {
	name string
	ask  func(b testing.TB, t *Table) (rows int)
}

func questions() []question {
	compute := func(b testing.TB, t *Table, q Query) int {
		r, err := Compute(context.Background(), t, q)
		if err != nil {
			b.Fatal(err)
		}
		return len(r.Points)
	}
	custom := func(b testing.TB, t *Table, formula string, q Query) int {
		ind, err := Custom{Code: "U1", Name: Text{"en": "u"}, Formula: formula, Of: []string{"turnover"}, Flow: true, Money: true}.Indicator()
		if err != nil {
			b.Fatal(err)
		}
		r, err := ComputeOf(context.Background(), t, ind, q)
		if err != nil {
			b.Fatal(err)
		}
		return len(r.Points)
	}
	france := Query{Basis: All, Where: map[string][]string{"country": {"FR"}}}
	return []question{
		{"sum and count by year and type", func(b testing.TB, t *Table) int {
			return compute(b, t, Query{Indicator: "I13", Basis: All, By: []string{"ilo_type"}})
		}},
		{"mean and median of a country", func(b testing.TB, t *Table) int {
			custom(b, t, "mean", france)
			return custom(b, t, "median", france)
		}},
		{"distinct cooperatives by country", func(b testing.TB, t *Table) int {
			counts, err := Distinct(context.Background(), t, Query{By: []string{"country"}})
			if err != nil {
				b.Fatal(err)
			}
			return len(counts)
		}},
		{"matched growth by year", func(b testing.TB, t *Table) int {
			r, err := Compute(context.Background(), t, Query{Indicator: "I13"})
			if err != nil {
				b.Fatal(err)
			}
			known := 0
			for _, p := range r.Points {
				if p.Matched != nil && p.Matched.Known {
					known++
				}
			}
			return known
		}},
		{"median by section and year", func(b testing.TB, t *Table) int {
			return custom(b, t, "median", Query{Basis: All, By: []string{"section"}})
		}},
	}
}

var sizes = [...]int{10_000, 100_000, 1_000_000}

func BenchmarkQuestions(b *testing.B) {
	for _, n := range sizes {
		t := generated(b, n)
		for _, q := range questions() {
			b.Run(fmt.Sprintf("%d/%s", n, q.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					q.ask(b, t)
				}
			})
		}
	}
}

// BenchmarkDisclosure is the road that numbers take out.
func BenchmarkDisclosure(b *testing.B) {
	t := generated(b, 1_000_000)
	for b.Loop() {
		q := Query{Indicator: "I13", By: []string{"country", "section"}, Disclosure: true}
		if _, err := Compute(context.Background(), t, q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQuestionsBesideDuckDB asks the same of DuckDB, whose npm package it installs
// into a temporary folder; without it, it says so and skips.
func BenchmarkQuestionsBesideDuckDB(b *testing.B) {
	dir := b.TempDir()
	script, err := filepath.Abs(filepath.Join("testdata", "duckdb.mjs"))
	if err != nil {
		b.Fatal(err)
	}
	run := func(name string, args ...string) ([]byte, error) {
		ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
		defer stop()
		c := exec.CommandContext(ctx, name, args...)
		c.Dir = dir
		return c.Output()
	}
	if _, err := run("npm", "install", "--silent", "--no-audit", "--no-fund", "@duckdb/node-api"); err != nil {
		b.Skipf("DuckDB cannot be installed here, so nothing is compared: %v", err)
	}
	for _, n := range sizes {
		t := generated(b, n)
		file := filepath.Join(dir, "records.csv")
		writeGenerated(b, t, file)
		text, err := run("node", script, "warm", file)
		if err != nil {
			b.Skipf("DuckDB does not run here, so nothing is compared: %v", err)
		}
		var theirs map[string]struct {
			NS   int64 `json:"ns"`
			Rows int   `json:"rows"`
		}
		if err := json.Unmarshal(text, &theirs); err != nil {
			b.Fatalf("%v: %s", err, text)
		}
		for _, q := range questions() {
			best, rows := time.Duration(1<<62), 0
			var before, after runtime.MemStats
			q.ask(b, t)
			runtime.ReadMemStats(&before)
			for range 9 {
				begun := time.Now()
				rows = q.ask(b, t)
				best = min(best, time.Since(begun))
			}
			runtime.ReadMemStats(&after)
			b.Logf("%8d records, %-34s %8.2f ms, DuckDB %8.2f ms; we allocate %6d KB", n, q.name,
				float64(best.Nanoseconds())/1e6, float64(theirs[q.name].NS)/1e6, (after.TotalAlloc-before.TotalAlloc)/9>>10)
			if rows != theirs[q.name].Rows {
				b.Errorf("%s: %d rows, DuckDB %d", q.name, rows, theirs[q.name].Rows)
			}
		}
	}
}

// writeGenerated writes a generated frame as DuckDB reads it.
func writeGenerated(b testing.TB, t *Table, file string) {
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	defer out.Flush()
	names := []string{"subject", "year", "turnover", "country", "ilo_type", "section"}
	fmt.Fprintln(out, "subject,year,turnover,country,ilo_type,section")
	columns := make([]*Column, len(names))
	for i, name := range names {
		if columns[i], err = t.Column("mapping", name); err != nil {
			b.Fatal(err)
		}
	}
	for row := range t.Rows("mapping") {
		for i, c := range columns {
			if i > 0 {
				out.WriteByte(',')
			}
			if text, ok := c.Text(row); ok {
				out.WriteString(text)
			} else if c.Valid.Get(row) {
				fmt.Fprint(out, c.Values[row])
			}
		}
		out.WriteByte('\n')
	}
}

func TestDistinct(t *testing.T) {
	b := newBook(t)
	for unit, country := range map[string]string{"a": "FR", "b": "FR", "c": "IT"} {
		for y := 2021; y < 2024; y++ {
			b.mapping(unit, y, Row{"country": country})
		}
	}
	b.mapping("a", 2024, Row{"country": "IT"})
	got, err := Distinct(context.Background(), b.table, Query{By: []string{"country"}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "by country", fmt.Sprint(got), "[{[FR] 2} {[IT] 2}]")
	all, _ := Distinct(context.Background(), b.table, Query{To: 2022})
	equal(t, "all", fmt.Sprint(all), "[{[] 3}]")
}
