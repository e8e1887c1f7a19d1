package check_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/assets"
	"coopatlas/data/check"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// rows builds a frame out of records; every one is validated, active, of Italian manufacturing and in euro unless it
// says otherwise.
func rows(t testing.TB, records ...indicator.Row) *indicator.Table {
	t.Helper()
	table := indicator.NewTable(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	for i, r := range records {
		row := indicator.Row{"record": fmt.Sprintf("r%04d", i), "state": "validated", "status": "active", "country": "IT", "section": "C", "currency": "EUR"}
		for k, v := range r {
			row[k] = v
		}
		if err := table.Add("mapping", row); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

func look(t testing.TB, src indicator.Source) []check.Finding {
	t.Helper()
	l, err := check.Through(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	return l.Findings(check.Config{})
}

// crowd is 30 ordinary cooperatives over some years: about ten persons, and 50,000 for each.
func crowd(years ...int) []indicator.Row {
	var out []indicator.Row
	for unit := range 30 {
		for n, year := range years {
			people := 10 + unit%7 + n%2
			out = append(out, indicator.Row{"record": fmt.Sprintf("c%02d-%d", unit, year), "subject": fmt.Sprintf("c%02d", unit), "year": year,
				"persons_working": people, "turnover": people * (48_000 + 400*unit + 500*n)})
		}
	}
	return out
}

// one is the crowd with one more cooperative, told by its figures in 2024 and 2025.
func one(then, now indicator.Row) []indicator.Row {
	all := crowd(2024, 2025)
	for year, r := range map[int]indicator.Row{2024: then, 2025: now} {
		if r == nil {
			continue
		}
		row := indicator.Row{"record": fmt.Sprintf("x-%d", year), "subject": "x", "year": year}
		for k, v := range r {
			row[k] = v
		}
		all = append(all, row)
	}
	return all
}

// told is a finding as a line.
func told(f check.Finding) string {
	return fmt.Sprint(f.Record, " ", f.Rule, " ", f.Concept, " ", strings.Join(f.With, "+"), " ", f.Seen, " for ", f.Expected)
}

func lines(found []check.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, told(f))
	}
	slices.Sort(out)
	return out
}

func TestWhatIsFound(t *testing.T) {
	type row = indicator.Row
	for _, fact := range []struct {
		name      string
		then, now row
		want      []string
	}{
		{"nothing odd", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 13, "turnover": 650_000}, nil},
		{"thousands in place of units", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 620},
			[]string{"x-2025 unit turnover  620 for 600000"}},
		{"units in place of thousands", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 610_000_000},
			[]string{"x-2025 unit turnover  610000000 for 600000"}},
		{"cents", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 61_000_000},
			[]string{"x-2025 unit turnover  61000000 for 600000"}},
		{"without a last wave, by the persons", nil, row{"persons_working": 12, "turnover": 600_000_000},
			[]string{"x-2025 unit turnover persons_working 600000000 for 654000"}},
		{"fivefold", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 3_000_000},
			[]string{"x-2025 last_wave turnover  3000000 for 600000"}},
		{"far from the usual change", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 1_000_000},
			[]string{"x-2025 last_wave turnover  1000000 for 600000"}},
		{"few persons may move much", row{"persons_working": 5}, row{"persons_working": 12}, nil},
		{"persons, by one more digit", row{"persons_working": 12}, row{"persons_working": 1200}, []string{"x-2025 unit persons_working  1200 for 12"}},
		{"another currency", row{"turnover": 600_000}, row{"turnover": 240_000_000, "currency": "HUF"}, nil},
		{"a group and its parent are not compared", row{"persons_working": 12, "figures_cover": "entity"}, row{"persons_working": 30, "figures_cover": "group"}, nil},
		{"zero with persons", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 0},
			[]string{"x-2025 zero turnover persons_working 0 for 742550"}},
		{"zero of one that is dormant", row{"persons_working": 12, "turnover": 600_000}, row{"persons_working": 12, "turnover": 0, "status": "dormant"}, nil},
		{"zero, where nobody has zero", row{"persons_working": 12}, row{"persons_working": 0}, []string{"x-2025 zero persons_working  0 for 14"}},
		{"worker cooperative without worker-members", nil, row{"persons_working": 12, "worker_members": 0, "ilo_type": "worker"},
			[]string{"x-2025 zero worker_members ilo_type 0 for 0"}},
		{"parts that do not add up", nil, row{"members_natural": 42, "members_f": 20, "members_m": 21, "members_x": 0},
			[]string{"x-2025 total members_natural members_f+members_m+members_x 41 for 42"}},
		{"parts of which one is unknown", nil, row{"members_natural": 42, "members_f": 20, "members_m": 21}, nil},
		{"parts above the total", nil, row{"members_natural": 42, "members_f": 20, "members_m": 31},
			[]string{"x-2025 total members_natural members_f+members_m+members_x 51 for 42"}},
		{"more women than the board has", nil, row{"board": 5, "board_f": 6}, []string{"x-2025 total board board_f 6 for 5"}},
		{"FTE within a fifth", nil, row{"persons_working": 10, "fte": indicator.Scaled{Units: 1200, Scale: 2}}, nil},
		{"FTE beyond", nil, row{"persons_working": 10, "fte": indicator.Scaled{Units: 1201, Scale: 2}},
			[]string{"x-2025 total persons_working fte 12.01 for 10"}},
		{"a total of two", nil, row{"worker_members": 6, "non_member_employees": 4, "permanent": 7, "fixed_term": 1, "casual": 0, "apprentices": 1},
			[]string{"x-2025 total worker_members permanent+fixed_term+casual+apprentices 9 for 10"}},
		{"equity, but for rounding", nil, row{"equity": 100, "share_capital": 40, "reserves_indivisible": 40, "reserves_divisible": 21}, nil},
		{"a loss is not allocated", nil, row{"surplus": -100, "allocation_legal": 0}, nil},
		{"a surplus is", nil, row{"surplus": 1000, "allocation_legal": 1020}, []string{"x-2025 total surplus allocation_legal 1020 for 1000"}},
	} {
		var got []string
		for _, line := range lines(look(t, rows(t, one(fact.then, fact.now)...))) {
			line = strings.ReplaceAll(line, "+allocation_reserve+allocation_labour+allocation_patronage+allocation_interest+allocation_education+allocation_community+allocation_mutual+allocation_other", "")
			got = append(got, line)
		}
		if diff := cmp.Diff(fact.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fact.name, diff)
		}
	}
}

// series is one cooperative in a crowd, with a turnover for each year from 2020 on; 0 is no record.
func series(turnover ...int) []indicator.Row {
	years := []int{2020, 2021, 2022, 2023, 2024, 2025}[:len(turnover)]
	all := crowd(years...)
	for i, v := range turnover {
		if v > 0 {
			all = append(all, indicator.Row{"record": fmt.Sprintf("x-%d", years[i]), "subject": "x", "year": years[i], "persons_working": 11, "turnover": v,
				"fiscal_end": time.Date(years[i], 12, 31, 0, 0, 0, 0, time.UTC)})
		}
	}
	return all
}

func TestWhatComesAfter(t *testing.T) {
	for _, fact := range []struct {
		name     string
		turnover []int
		want     []string
	}{
		{"going back to normal is not odd", []int{500_000, 510_000_000, 520_000}, []string{"x-2021 unit turnover  510000000 for 500000"}},
		{"a new level is odd once", []int{500_000, 4_000_000, 4_100_000, 4_200_000}, []string{"x-2021 last_wave turnover  4000000 for 500000"}},
		{"the year before is the last there is", []int{500_000, 0, 0, 2_500_000}, []string{"x-2023 last_wave turnover  2500000 for 500000"}},
		{"copied", []int{530_000, 530_000, 530_000}, []string{"x-2022 copied turnover  530000 for 530000"}},
		{"twice the same is not copied", []int{530_000, 530_000}, nil},
	} {
		if diff := cmp.Diff(fact.want, lines(look(t, rows(t, series(fact.turnover...)...)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fact.name, diff)
		}
	}
	carried := series(530_000, 530_000, 530_000)
	for _, r := range carried {
		if r["subject"] == "x" {
			r["fiscal_end"] = time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)
		}
	}
	if found := look(t, rows(t, carried...)); len(found) > 0 {
		t.Errorf("accounts carried forward are told: %v", lines(found))
	}
}

func TestInfluenceOrdersFindings(t *testing.T) {
	all := crowd(2024, 2025)
	for i, r := range all {
		if r["record"] == "c03-2025" {
			all[i]["turnover"] = r["turnover"].(int) * 1000
		}
		if r["record"] == "c04-2025" {
			all[i]["turnover"] = r["turnover"].(int) / 1000
		}
	}
	found := look(t, rows(t, all...))
	if len(found) != 2 || found[0].Record != "c03-2025" || found[1].Record != "c04-2025" {
		t.Fatalf("%v", lines(found))
	}
	f := found[0]
	if f.Influence < 90 || f.Influence > 100 || f.Unit != 1000 || f.From != 2024 || f.Peers != 30 || f.Country != "IT" || f.Section != "C" || f.Currency != "EUR" {
		t.Errorf("%+v", f)
	}
	if found[1].Influence > 0.1 || found[1].Influence <= 0 {
		t.Errorf("the second moves the total by %f %%", found[1].Influence)
	}
}

func TestOnlyWhatIsAskedFor(t *testing.T) {
	src := rows(t, append(one(indicator.Row{"turnover": 600_000, "board": 1, "board_f": 2, "wave": "w24"}, indicator.Row{"turnover": 600, "wave": "w25"}),
		indicator.Row{"record": "y", "subject": "y", "year": 2025, "country": "FR", "board": 1, "board_f": 3})...)
	l, err := check.Through(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range []struct {
		cfg  check.Config
		want int
	}{
		{check.Config{}, 3}, {check.Config{Rules: []check.Rule{check.RuleTotal}}, 2}, {check.Config{Years: []int{2025}}, 2}, {check.Config{Wave: "w25"}, 1},
		{check.Config{Country: "FR"}, 1}, {check.Config{Concepts: []string{"turnover"}}, 1}, {check.Config{Country: "FR", Rules: []check.Rule{check.RuleUnit}}, 0},
	} {
		if found := l.Findings(fact.cfg); len(found) != fact.want {
			t.Errorf("%+v: %v, want %d", fact.cfg, lines(found), fact.want)
		}
	}
	if years := l.Years(); !slices.Equal(years, []int{2024, 2025}) {
		t.Errorf("years %v", years)
	}
}

func TestHistoryStandsBesideThePeers(t *testing.T) {
	l, err := check.Through(t.Context(), rows(t, series(500_000, 0, 530_000_000)...))
	if err != nil {
		t.Fatal(err)
	}
	found := l.Findings(check.Config{})
	steps, err := l.History(found[0])
	if err != nil || len(steps) != 2 {
		t.Fatalf("%d steps, %v", len(steps), err)
	}
	last := steps[1]
	if last.Year != 2022 || last.Value == nil || *last.Value != 530_000_000 || last.Middle == nil || *last.Middle < 400_000 || *last.Middle > 900_000 || last.Peers != 31 {
		t.Errorf("%+v", last)
	}
	if steps, err := l.History(check.Finding{Subject: "nobody", Concept: "turnover"}); err != nil || steps != nil {
		t.Errorf("of nobody: %v, %v", steps, err)
	}
}

func TestNothingToLookAt(t *testing.T) {
	l, err := check.Through(t.Context(), indicator.NewTable(time.Time{}))
	if err != nil || l.Findings(check.Config{}) != nil || l.Years() != nil {
		t.Errorf("an empty frame: %v", err)
	}
	if steps, err := l.History(check.Finding{}); steps != nil || err != nil {
		t.Errorf("its history: %v, %v", steps, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := check.Through(ctx, rows(t, crowd(2024)...)); err == nil {
		t.Error("stopped work gives no error")
	}
}

func TestCountryOfTheCooperative(t *testing.T) {
	all := one(indicator.Row{"turnover": 600_000}, indicator.Row{"turnover": 600})
	for _, r := range all {
		r["country"] = nil
	}
	src := rows(t, all...)
	if err := src.Add("cooperative", indicator.Row{"record": "x", "country": "PT"}); err != nil {
		t.Fatal(err)
	}
	if found := look(t, src); len(found) != 1 || found[0].Country != "PT" {
		t.Errorf("%+v", found)
	}
}

func TestKeysNameFindings(t *testing.T) {
	key := func(now int) string {
		found := look(t, rows(t, one(indicator.Row{"turnover": 600_000}, indicator.Row{"turnover": now})...))
		return found[0].Key()
	}
	first := key(600)
	if again, other := key(600), key(601); first != again || first == other {
		t.Errorf("%s, %s and %s", first, again, other)
	}
}

// TestShuffledRecords holds that the order of the records changes nothing, and that a value multiplied by 1,000 is found.
func TestShuffledRecords(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		all := crowd(2023, 2024, 2025)
		for i := range all {
			all[i]["members"] = 5 + random.IntN(40)
			all[i]["turnover"] = all[i]["turnover"].(int) * (90 + random.IntN(20)) / 100
			all[i]["country"] = []string{"IT", "FR"}[i/3%2]
		}
		wrong := rapid.IntRange(0, len(all)-1).Draw(r, "wrong")
		all[wrong]["turnover"] = all[wrong]["turnover"].(int) * 1000
		before := look(t, rows(t, all...))
		id := all[wrong]["record"]
		if !slices.ContainsFunc(before, func(f check.Finding) bool {
			return f.Record == id && f.Concept == "turnover" && (f.Rule == check.RuleUnit || f.Rule == check.RuleLastWave)
		}) {
			first := all[wrong]["year"] == 2023 // then the next year falls from it, or its persons tell
			if !first || len(before) == 0 {
				r.Fatalf("%v is not found in %v", id, lines(before))
			}
		}
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(before, look(t, rows(t, all...)), cmp.AllowUnexported(indicator.Int128{})); diff != "" {
			r.Fatalf("shuffled: %s", diff)
		}
	})
}

func TestFindingsInWords(t *testing.T) {
	book, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range book.Languages() {
		s := check.Speaker{Words: book.In(language), Label: func(c string) string { return "«" + c + "»" }}
		for _, rule := range check.Rules() {
			if s.Rule(rule) == "" || len(s.Test(rule)) < 20 {
				t.Errorf("%s: %s is %q, %q", language, rule, s.Rule(rule), s.Test(rule))
			}
			for _, f := range variants(rule) {
				if text := s.Says(f); strings.Contains(text, "checks.") || strings.Contains(text, "<no value>") || !strings.Contains(text, "2025") || !strings.Contains(text, "«") {
					t.Errorf("%s: %s says %q", language, rule, text)
				}
			}
		}
	}
	s := check.Speaker{Words: book.In("en"), Label: func(c string) string { return c }}
	for factor, want := range map[float64]string{1000: "×1,000", 15: "×15", 4.23: "×4.2", 0.32: "×0.32", 0.0011: "×0.001", 0: ""} {
		if got := s.Factor(factor); got != want {
			t.Errorf("%v is %s, want %s", factor, got, want)
		}
	}
}

// variants are the ways in which a rule can find something.
func variants(rule check.Rule) []check.Finding {
	f := check.Finding{Rule: rule, Year: 2025, From: 2024, Concept: "turnover", Currency: "EUR", Factor: 4, Peers: 12, Unit: 1000}
	less, with, other, part, usual := f, f, f, f, f
	less.Factor, with.With, other.With, part.AtMost, usual.Usual = 0.2, []string{"persons_working"}, []string{"ilo_type"}, true, 1.1
	part.With, part.Whole, f.With, f.Whole = []string{"a"}, []string{"b"}, nil, nil
	if rule == check.RuleTotal {
		f.With, f.Whole = []string{"a", "b"}, []string{"c", "d"}
		return []check.Finding{f, part}
	}
	both := with
	both.Factor = 0.2
	return []check.Finding{f, less, with, both, other, usual}
}
