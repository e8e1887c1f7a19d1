package indicator

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// ukRows reads the real panel, by column name; it skips where it is absent.
func ukRows(t testing.TB) []map[string]string {
	t.Helper()
	name := filepath.Join("..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv")
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("the sample data are not here: %v", err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines[0][0] = strings.TrimPrefix(lines[0][0], "\ufeff")
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func ukBook(t testing.TB, rows []map[string]string) *book {
	b := newBook(t)
	known := map[string]bool{}
	for i, r := range rows {
		year, _ := strconv.Atoi(r["economic_year"])
		row := Row{
			"record": fmt.Sprintf("m%d", i), "subject": r["coop_id"], "year": year, "state": "submitted",
			"currency": "GBP", "country": "GB", "public": 1,
		}
		for concept, name := range map[string]string{
			"turnover": "turnover_gbp", "members": "memberships", "persons_working": "employees", "equity": "member_funds_gbp",
		} {
			if n, err := strconv.Atoi(r[name]); err == nil {
				row[concept] = n
			}
		}
		if end, err := time.Parse(time.DateOnly, r["year_end"]); err == nil {
			row["fiscal_end"] = end
		}
		b.add("mapping", row)
		if !known[r["coop_id"]] {
			known[r["coop_id"]] = true
			coop := Row{"record": r["coop_id"], "country": "GB"}
			if d, err := time.Parse(time.DateOnly, r["incorporated"]); err == nil {
				coop["founded"] = d.Year()
			}
			b.add("cooperative", coop)
		}
	}
	return b
}

func TestRealPanel(t *testing.T) {
	b := ukBook(t, ukRows(t))
	for _, w := range []struct {
		indicator string
		basis     Basis
		pairs     Pairs
		year      string
		want      string // percent, n, share; flags
		headline  bool
	}{
		{"I13", Matched, Comparable, "2012", "6.44 75 88.0; V", true},
		{"I13", Matched, Comparable, "2013", "6.23 59 82.9; V", true},
		{"I13", Matched, Comparable, "2014", "6.01 54 82.2; V", true},
		{"I13", Matched, Comparable, "2015", "3.29 32 62.6; V", true},
		{"I13", Matched, Comparable, "2016", "-0.20 8 18.2; u V", false},
		{"I04", Matched, Comparable, "2013", "0.50 37 41.2; u V", false},
		{"I13d", Matched, Comparable, "2013", "8.07 49 67.7; V", true},
		{"I13", Matched, Any, "2012", "5.58 190", false},
		{"I04", Matched, Any, "2013", "2.32 125", false},
		{"I04", All, Comparable, "2013", "-16.81", false},
	} {
		r := b.compute(Query{Indicator: w.indicator, Basis: w.basis, Pairs: w.pairs})
		p := point(t, r, w.year)
		got := told(p.Change) + "; " + strings.Join(p.Flags, " ")
		if !strings.HasPrefix(got, w.want) || p.Change.Headline != w.headline {
			t.Errorf("%s %s %s %s: got %s (headline %v), want %s", w.indicator, w.basis, w.pairs, w.year, got, p.Change.Headline, w.want)
		}
	}
	r := b.compute(Query{Indicator: "I13"})
	equal(t, "the gap of 2016", fmt.Sprint(r.Points[5].Segment, *r.Points[5].Index), "2 100")
	equal(t, "notes", fmt.Sprint(r.Notes), "[{carried_forward 1093 1809} {old 1203 1809} {unvalidated 1809 1809}]")
	if hidden := b.compute(Query{Indicator: "I13", Disclosure: true}); hidden.Points[5].Hidden {
		t.Error("figures that are public already need no hiding")
	}
}

func TestAccountsOfRealPanel(t *testing.T) {
	var accounts []Account
	carriedRows, oldRows := 0, 0
	for _, r := range ukRows(t) {
		year, _ := strconv.Atoi(r["economic_year"])
		end, err := time.Parse(time.DateOnly, r["year_end"])
		accounts = append(accounts, Account{r["coop_id"], year, Days(end), err == nil})
		if err == nil && Old(year, Days(end)) {
			oldRows++
		}
	}
	for _, is := range CarriedForward(accounts) {
		if is {
			carriedRows++
		}
	}
	if carriedRows != 1093 || oldRows != 1203 {
		t.Errorf("carried forward %d, old %d; want 1093 and 1203", carriedRows, oldRows)
	}
}
