package brief_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/brief"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

var newest = time.Date(2026, 11, 22, 5, 28, 24, 0, time.UTC)

// workshop is what all tests share: fonts and the chart engine take a moment to load.
type workshop struct {
	fonts  *scene.Fonts
	engine *chart.Engine
	book   *words.Book
	lists  *codes.Lists
	err    error
}

var load = sync.OnceValue(func() workshop {
	var w workshop
	if w.fonts, w.err = scene.ReportFonts(); w.err != nil {
		return w
	}
	if w.engine, w.err = chart.NewEngine(w.fonts); w.err != nil {
		return w
	}
	if w.book, w.err = words.Open(assets.FS()); w.err != nil {
		return w
	}
	w.lists, w.err = codes.Open(assets.FS())
	return w
})

func shop(t testing.TB) workshop {
	t.Helper()
	w := load()
	if errors.Is(w.err, assets.ErrNotBuilt) {
		t.Skip("the third-party files are missing: ", w.err)
	}
	if w.err != nil {
		t.Fatal(w.err)
	}
	return w
}

// table is a frame in memory that is filled row by row.
type table struct {
	*indicator.Table
	t testing.TB
	n int
}

func newTable(t testing.TB) *table { return &table{Table: indicator.NewTable(newest), t: t} }

func (f *table) add(kind string, row indicator.Row) {
	f.t.Helper()
	if err := f.Add(kind, row); err != nil {
		f.t.Fatal(err)
	}
}

func (f *table) mapping(unit string, year int, more indicator.Row) {
	f.n++
	row := indicator.Row{
		"record": fmt.Sprintf("r%05d", f.n), "state": "validated", "subject": unit, "year": year, "status": "active",
		"fiscal_start": time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), "fiscal_end": time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC),
	}
	for key, value := range more {
		row[key] = value
	}
	f.add("mapping", row)
}

// kingdom is the real panel of the sample data.
func kingdom(t testing.TB) indicator.Source {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv"))
	if err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines[0][0] = strings.TrimPrefix(lines[0][0], "\ufeff")
	out := newTable(t)
	known := map[string]bool{}
	for i, line := range lines[1:] {
		row := map[string]string{}
		for j, name := range lines[0] {
			row[name] = line[j]
		}
		year, _ := strconv.Atoi(row["economic_year"])
		one := indicator.Row{"record": fmt.Sprintf("r%05d", i), "state": "validated", "subject": row["coop_id"], "year": year, "currency": "GBP", "country": "GB", "public": 1}
		for concept, column := range map[string]string{"turnover": "turnover_gbp", "members": "memberships", "persons_working": "employees", "equity": "member_funds_gbp"} {
			if value, err := strconv.ParseInt(row[column], 10, 64); err == nil {
				one[concept] = value
			}
		}
		if end, err := time.Parse("2006-01-02", row["year_end"]); err == nil {
			one["fiscal_end"] = end
		}
		out.add("mapping", one)
		if !known[row["coop_id"]] {
			known[row["coop_id"]] = true
			cooperative := indicator.Row{"record": row["coop_id"], "country": "GB"}
			if founded, err := time.Parse("2006-01-02", row["incorporated"]); err == nil {
				cooperative["founded"] = founded.Year()
			}
			out.add("cooperative", cooperative)
		}
	}
	return out
}

// invented is a frame of three countries with three currencies, births, a death, and a year that cannot be compared.
func invented(t testing.TB) *table {
	out := newTable(t)
	for i := range 90 {
		unit := fmt.Sprintf("u%02d", i)
		country := []string{"IT", "KE", "CO"}[i%3]
		out.add("cooperative", indicator.Row{"record": unit, "country": country, "founded": 1990 + i%25})
		for year := 2021; year <= 2025; year++ {
			if (i%9 == 0 && year == 2023) || (i%20 == 3 && year > 2023) {
				continue
			}
			persons := 10 + i%7 + (year-2021)*(i%3)
			row := indicator.Row{
				"country": country, "currency": map[string]string{"IT": "EUR", "KE": "KES", "CO": "COP"}[country],
				"members": persons - 2, "persons_working": persons, "worker_members": persons - 4, "non_member_employees": 4,
				"turnover": int64(persons * 31000), "equity": int64(persons * 4100),
			}
			out.mapping(unit, year, row)
		}
	}
	for _, country := range []string{"IT", "KE", "CO"} {
		for year := 2021; year <= 2025; year++ {
			out.add("population", indicator.Row{"record": country + fmt.Sprint(year), "country": country, "year": year, "known": 60})
		}
	}
	return out
}

func params(t testing.TB, source indicator.Source, language string) brief.Params {
	w := shop(t)
	return brief.Params{
		Template: "trend-bulletin", Files: assets.FS(), Source: source, Words: w.book.In(language), Codes: w.lists, Charts: &spy{}, Fonts: w.fonts,
		Attribution: "Co-operatives UK, open data, June 2016 extract, ODC-By 1.0",
		Letterhead: document.Letterhead{
			Name: "Network of Worker Cooperatives", Address: []string{"12 Example Street", "1000 Brussels"}, Contact: "contact@example.org",
			RegisterNumber:  "EU Transparency Register 000000000000-00",
			FunderStatement: "This document has been produced with the financial assistance of the European Union. The contents of this document are the sole responsibility of the network and can in no way be taken to reflect the views of the European Union.",
		},
	}
}

func writeFile(path string, data []byte) error { return os.WriteFile(path, data, 0o600) }

// drawn gives the parameters with the real chart engine, which takes longer than most tests need.
func drawn(t testing.TB, p brief.Params) brief.Params {
	p.Charts = shop(t).engine
	return p
}

func build(t testing.TB, p brief.Params) *document.Document {
	t.Helper()
	doc, err := brief.Build(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
