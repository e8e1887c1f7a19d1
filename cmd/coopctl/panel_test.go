package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"coopatlas/data/indicator"
)

// The second implementation below reads the register's file and shares nothing with the program: no import, no store, no
// frame, no sets of its own. Of births and deaths the file says nothing.

// account is what a cooperative said of one year.
type account struct {
	value   int
	end     time.Time
	carried bool // its year end is that of an earlier year
}

// accountsOf reads one column of the register: accounts by cooperative and year.
func accountsOf(t *testing.T, rows [][]string, column string) map[string]map[int]account {
	t.Helper()
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	ends := map[string]map[string]int{} // cooperative, year end: the first year that has it
	field := func(row []string, name string) string { return row[at[name]] }
	for _, row := range rows[1:] {
		id, end := field(row, "coop_id"), field(row, "year_end")
		year, err := strconv.Atoi(field(row, "economic_year"))
		if err != nil {
			t.Fatal(err)
		}
		if ends[id] == nil {
			ends[id] = map[string]int{}
		}
		if first, known := ends[id][end]; !known || year < first {
			ends[id][end] = year
		}
	}
	out := map[string]map[int]account{}
	for _, row := range rows[1:] {
		value, err := strconv.Atoi(field(row, column))
		if err != nil {
			continue
		}
		id, text := field(row, "coop_id"), field(row, "year_end")
		year, _ := strconv.Atoi(field(row, "economic_year"))
		end, err := time.Parse(time.DateOnly, text)
		if out[id] == nil {
			out[id] = map[int]account{}
		}
		out[id][year] = account{value, end, err == nil && ends[id][text] < year}
	}
	return out
}

// pair is what the register says of two years, as text: of each set n, the sum before and after; then n, share, change on
// matched pairs, and the change of the total.
func pair(accounts map[string]map[int]account, s, t int, any bool) string {
	var n, from, to [6]int
	for _, years := range accounts {
		a, before := years[s]
		b, after := years[t]
		set := indicator.SetLost
		switch {
		case !before && !after:
			continue
		case before && after:
			set = indicator.SetMatched
			apart := math.Round(b.end.Sub(a.end).Hours() / 24 / 30.436875)
			dated := !a.end.IsZero() && !b.end.IsZero()
			if a.carried || b.carried || dated && (apart < float64(11*(t-s)) || apart > float64(13*(t-s))) {
				set = indicator.SetNotComparable
			}
		case after:
			set = indicator.SetEntered
		}
		n[set], from[set], to[set] = n[set]+1, from[set]+a.value, to[set]+b.value
	}
	matched, base, now := n[0], from[0], to[0]
	if any {
		matched, base, now = matched+n[1], base+from[1], now+to[1]
	}
	all, allNow := 0, 0
	for set := range n {
		all, allNow = all+from[set], allNow+to[set]
	}
	percent := func(x, y int) string {
		if y == 0 {
			return "unknown"
		}
		return fmt.Sprintf("%.2f%%", 100*(float64(x)/float64(y)-1))
	}
	return fmt.Sprintf("%v %v %v; G1 = G2 %s n %d share %.1f; G3 %s", n, from, to,
		percent(now, base), matched, 100*float64(base)/float64(all), percent(allNow, all))
}

// printed says the same of a trend that the program printed.
func printed(t *testing.T, d indicator.Decomposition, r indicator.Result) string {
	t.Helper()
	var n, from, to [6]int
	for set, sums := range d.Sets {
		n[set], from[set], to[set] = sums.N, sumOf(t, sums.From), sumOf(t, sums.To)
	}
	for _, p := range r.Points {
		if p.Year == d.To && p.Matched != nil && p.Demographic != nil && p.All != nil {
			if g1, g2 := p.Matched, p.Demographic; g1.Pct != g2.Pct || g1.N != g2.N || g1.Share != g2.Share {
				t.Errorf("%s %d: without births and deaths G1 is %+v and G2 is %+v", r.Indicator, d.To, g1, g2)
			}
			growth := "unknown"
			if p.Matched.Known {
				growth = fmt.Sprintf("%.2f%%", p.Matched.Pct)
			}
			return fmt.Sprintf("%v %v %v; G1 = G2 %s n %d share %.1f; G3 %.2f%%", n, from, to,
				growth, p.Matched.N, p.Matched.Share, p.All.Pct)
		}
	}
	t.Fatalf("%s has no change to %d", r.Indicator, d.To)
	return ""
}

func sumOf(t *testing.T, d indicator.Decimal) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSuffix(d.String(), ".00"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// everyPair lists the years to ask for so that every two of the six stand next to each other once: all of them, every
// second one, every third one and so on.
func everyPair() []string {
	out := []string{"2011-2016"}
	for apart := 2; apart <= 5; apart++ {
		for first := 2011; first < 2011+apart && first+apart <= 2016; first++ {
			var years []string
			for year := first; year <= 2016; year += apart {
				years = append(years, strconv.Itoa(year))
			}
			out = append(out, strings.Join(years, ","))
		}
	}
	return out
}

// The program, from the import of the real register to the trend it prints, equals a plain count over the file: for four
// indicators and each of the fifteen pairs of years the sets, n, share, changes and decomposition, with carried values left
// out of changes and counted in.
func TestTrendOfTheRegisterEqualsAPlainCount(t *testing.T) {
	register := filepath.Join("..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv")
	file, err := os.ReadFile(register)
	if err != nil {
		t.Skipf("the sample data are not here: %v", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("COOPATLAS_IDENTITY", filepath.Join(dir, "identity.json"))
	atlas := filepath.Join(dir, "atlas")
	command(t, "init", atlas)
	command(t, "import", atlas, register, "--map", filepath.Join("..", "..", "data", "exchange", "tabular", "testdata", "uk-worker-coops.yaml"))
	compared := 0
	for code, column := range map[string]string{"I13": "turnover_gbp", "I04": "memberships", "I05": "employees", "I13d": "member_funds_gbp"} {
		accounts := accountsOf(t, rows, column)
		for _, pairs := range []string{"comparable", "any"} {
			for _, years := range everyPair() {
				var r indicator.Result
				if err := json.Unmarshal(command(t, "trend", atlas, "--indicator", code, "--pairs", pairs, "--years", years, "--decompose", "--json"), &r); err != nil {
					t.Fatal(err)
				}
				for _, d := range r.Decompositions {
					if got, want := printed(t, d, r), pair(accounts, d.From, d.To, pairs == "any"); got != want {
						t.Errorf("%s %d to %d, pairs %s:\n got %s\nwant %s", code, d.From, d.To, pairs, got, want)
					}
					compared++
				}
			}
		}
	}
	if compared != 4*2*15 {
		t.Errorf("%d pairs of years compared, want 120", compared)
	}
}
