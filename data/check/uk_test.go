package check_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"coopatlas/data/check"
	"coopatlas/data/indicator"
)

// ukPanel reads the real panel of worker cooperatives; it skips where it is absent.
func ukPanel(t testing.TB) []indicator.Row {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv"))
	if err != nil {
		t.Skipf("the sample data are not here: %v", err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []indicator.Row
	for i, line := range lines[1:] {
		at := map[string]string{}
		for k, name := range lines[0] {
			at[name] = line[k]
		}
		year, _ := strconv.Atoi(at["economic_year"])
		row := indicator.Row{"record": fmt.Sprintf("m%04d", i), "subject": at["coop_id"], "year": year, "state": "submitted", "currency": "GBP", "country": "GB", "section": at["sic_section"]}
		for concept, name := range map[string]string{"turnover": "turnover_gbp", "members": "memberships", "persons_working": "employees", "equity": "member_funds_gbp"} {
			if n, err := strconv.Atoi(at[name]); err == nil {
				row[concept] = n
			}
		}
		if end, err := time.Parse(time.DateOnly, at["year_end"]); err == nil {
			row["fiscal_end"] = end
		}
		out = append(out, row)
	}
	return out
}

func TestRealPanel(t *testing.T) {
	panel := ukPanel(t)
	src := indicator.NewTable(time.Time{})
	for _, row := range panel {
		if err := src.Add("mapping", row); err != nil {
			t.Fatal(err)
		}
	}
	found := look(t, src)
	count := map[check.Rule]int{}
	for _, f := range found {
		count[f.Rule]++
	}
	if len(found) < 20 || len(found) > len(panel)/10 {
		t.Errorf("%d findings in %d records: that is too few or too many to be looked at (%v)", len(found), len(panel), count)
	}
	first := found[0]
	if first.Subject != "R002010" || first.Concept != "members" || first.Influence < 5 {
		t.Errorf("the first is %s of %s, %.1f %%", told(first), first.Subject, first.Influence)
	}
}

// generated is a frame of n records: a fifth as many cooperatives, five years.
func generated(b testing.TB, n int) *indicator.Table {
	random := rand.New(rand.NewPCG(7, 7))
	units := n / 5
	texts := func(count int, form string) []string {
		out := make([]string, count)
		for i := range out {
			out[i] = fmt.Sprintf(form, i)
		}
		return out
	}
	column := func(name string, kind indicator.ColumnKind, dictionary ...string) *indicator.Column {
		return &indicator.Column{Name: name, Kind: kind, Values: make([]int64, n), Valid: indicator.NewBits(n), Dictionary: dictionary}
	}
	all := []*indicator.Column{
		column("record", indicator.Code, texts(n, "%032x")...), column("subject", indicator.Code, texts(units, "%032x")...), column("year", indicator.Integer),
		column("country", indicator.Code, texts(40, "C%02d")...), column("section", indicator.Code, texts(20, "S%02d")...), column("currency", indicator.Code, texts(15, "X%02d")...),
		column("persons_working", indicator.Integer), column("turnover", indicator.Integer), column("members", indicator.Integer),
		column("worker_members", indicator.Integer), column("assets", indicator.Integer), column("equity", indicator.Integer),
	}
	base := make([]float64, units)
	for row := range n {
		u := row % units
		if row < units {
			base[u] = 3 + math.Exp(1+random.NormFloat64())
		}
		people := int64(base[u] * (0.95 + random.Float64()/10))
		each := int64(30_000 * math.Exp(random.NormFloat64()/10))
		if random.IntN(1000) == 0 {
			each *= 1000
		}
		values := []int64{int64(row), int64(u), int64(2021 + row/units), int64(u % 40), int64(u / 40 % 20), int64(u % 15), people, people * each, people * 2, people / 2, people * each / 2, people * each / 4}
		for i, v := range values {
			all[i].Values[row] = v
			all[i].Valid.Set(row)
		}
	}
	t := indicator.NewTable(time.Time{})
	for _, c := range all {
		if err := t.SetColumn("mapping", c); err != nil {
			b.Fatal(err)
		}
	}
	return t
}

// BenchmarkThrough looks through a million records with six figures.
func BenchmarkThrough(b *testing.B) {
	src := generated(b, 1_000_000)
	for b.Loop() {
		l, err := check.Through(b.Context(), src)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(l.Findings(check.Config{}))), "findings")
	}
}
