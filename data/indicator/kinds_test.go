package indicator

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// law adds the form of a country and year.
func (b *book) law(country string, year int, more Row) {
	b.t.Helper()
	b.n++
	row := Row{"record": fmt.Sprintf("l%05d", b.n), "state": "validated", "country": country, "year": year}
	for k, v := range more {
		row[k] = v
	}
	b.add("macro", row)
}

// project adds a project; it is a register's record, whose state nobody asks for.
func (b *book) project(year int, status string, more Row) {
	b.t.Helper()
	b.n++
	row := Row{"record": fmt.Sprintf("p%05d", b.n), "state": "saved", "year": year, "project_status": status, "country": "IT"}
	for k, v := range more {
		row[k] = v
	}
	b.add("project", row)
}

// counts are the points of a year as "key=value/n", in the order of the result.
func counts(r *Result, year int) string {
	var out []string
	for _, p := range r.Points {
		if p.Year == year {
			out = append(out, fmt.Sprintf("%s=%s/%d", strings.Join(p.Keys[1:], ","), p.Value, p.N))
		}
	}
	return strings.Join(out, " ")
}

func laws(t *testing.T) *book {
	b := newBook(t)
	b.law("IT", 2024, Row{"world_region": "Europe", "assessment": "4", "policy": "yes", "types": "worker social"})
	b.law("FR", 2024, Row{"world_region": "Europe", "assessment": "5", "policy": "no", "types": "worker"})
	b.law("KE", 2024, Row{"world_region": "Africa", "assessment": "4", "policy": "yes"})
	b.law("BR", 2023, Row{"world_region": "Americas", "assessment": "2", "policy": "yes", "types": "none"})
	b.law("IT", 2025, Row{"world_region": "Europe", "assessment": "4", "state": "submitted"})
	b.law("FR", 2025, Row{"world_region": "Europe", "assessment": "1", "state": "draft"})
	return b
}

// By hand: answers of countries are counted in the year in which they were
// given, n is the countries that answered, and nothing is carried forward.
func TestProfileGolden(t *testing.T) {
	b := laws(t)
	equal(t, "assessment 2024", counts(b.compute(Query{Indicator: "I33s"}), 2024), "1=0/3 2=0/3 4=2/3 5=1/3")
	equal(t, "assessment 2023", counts(b.compute(Query{Indicator: "I33s"}), 2023), "1=0/1 2=1/1 4=0/1 5=0/1")
	equal(t, "Europe", counts(b.compute(Query{Indicator: "I33s", Where: map[string][]string{"world_region": {"Europe"}}}), 2024), "1=0/2 2=0/2 4=1/2 5=1/2")
	byRegion := b.compute(Query{Indicator: "I33b", By: []string{"world_region"}})
	equal(t, "types by region", counts(byRegion, 2024), "Africa,none=0/0 Europe,none=0/2 Africa,social=0/0 Europe,social=1/2 Africa,worker=0/0 Europe,worker=2/2")
	r := b.compute(Query{Indicator: "I33a"})
	if p := point(t, r, "2024", "policy"); p.Value.String() != "2" || p.N != 3 || p.Unit != "countries" || p.Coverage != nil {
		t.Errorf("policy: %+v", p)
	}
	if p := point(t, b.compute(Query{Indicator: "I33s"}), "2025", "4"); p.N != 1 || p.Change != nil || fmt.Sprint(p.Flags) != "[V]" {
		t.Errorf("a submitted form and a draft: %+v", p)
	}
	if r := b.compute(Query{Indicator: "I33s", Validated: true}); counts(r, 2025) != "" {
		t.Errorf("nobody has validated 2025: %s", counts(r, 2025))
	}
}

// Two forms of one country and year count once: the locked one, else the newest.
func TestACountryCountsOnce(t *testing.T) {
	b := laws(t)
	b.law("IT", 2024, Row{"world_region": "Europe", "assessment": "1", "state": "locked"})
	r := b.compute(Query{Indicator: "I33s"})
	equal(t, "assessment", counts(r, 2024), "1=1/3 2=0/3 4=1/3 5=1/3")
	if len(r.Notes) == 0 || r.Notes[0].Key != NoteRepeated {
		t.Errorf("notes: %+v", r.Notes)
	}
}

func TestPipelineGolden(t *testing.T) {
	b := newBook(t)
	for i, status := range []string{"contracted", "closed", "rejected", "withdrawn", "submitted", "cancelled", "implementing"} {
		b.project(2024, status, Row{"currency": "EUR", "grant_asked": 100 * (i + 1), "total_cost": 200 * (i + 1)})
	}
	b.project(2023, "rejected", Row{"currency": "USD", "grant_asked": 50})
	equal(t, "by status", counts(b.compute(Query{Indicator: "I34a"}), 2024),
		"cancelled=1/7 closed=1/7 contracted=1/7 implementing=1/7 rejected=1/7 submitted=1/7 withdrawn=1/7")
	worth := b.compute(Query{Indicator: "I34b", By: []string{"currency"}})
	equal(t, "asked in EUR", point(t, worth, "2024", "EUR", "grant_asked").Value.String(), "2800")
	equal(t, "cost in EUR", point(t, worth, "2024", "EUR", "total_cost").Value.String(), "5600")
	equal(t, "unit", point(t, worth, "2023", "USD", "grant_asked").Unit, "USD")
	if _, err := Compute(context.Background(), b.table, Query{Indicator: "I34b"}); !errors.As(err, new(*CurrencyError)) {
		t.Errorf("two currencies added: %v", err)
	}
	rate := point(t, b.compute(Query{Indicator: "I34c"}), "2024")
	if !rate.Counted || rate.Value.String() != "3" || rate.Unit != "projects" || rate.N != 4 || fmt.Sprint(rate.Flags) != "[u]" || rate.Change != nil {
		t.Errorf("3 contracts of 4 decisions: %+v", rate)
	}
}

// From 20 decisions on the rate is told, below that the number of contracts.
func TestSuccessRateNeedsTwentyDecisions(t *testing.T) {
	b := newBook(t)
	for i := range 19 {
		b.project(2022, []string{"rejected", "contracted"}[i%2], nil)
	}
	for i := range 20 {
		b.project(2023, []string{"rejected", "contracted", "rejected", "closed"}[i%4], nil)
		b.project(2024, []string{"rejected", "contracted", "rejected", "rejected"}[i%4], nil)
	}
	r := b.compute(Query{Indicator: "I34c"})
	equal(t, "unit of all", r.Unit, "mixed")
	if p := point(t, r, "2022"); !p.Counted || p.Value.String() != "9" || p.N != 19 {
		t.Errorf("2022: %+v", p)
	}
	if p := point(t, r, "2023"); p.Counted || p.Value.String() != "50.00" || p.Unit != "%" || p.Change != nil || len(p.Flags) != 0 {
		t.Errorf("2023: %+v", p)
	}
	if p := point(t, r, "2024"); p.Value.String() != "25.00" || p.Change != nil {
		t.Errorf("2024: %+v", p)
	}
	equal(t, "counts only", b.compute(Query{Indicator: "I34c", To: 2022}).Unit, "projects")
}

// Amounts of projects are magnitudes: few projects, or two large ones, hide them.
func TestValuesOfProjectsAreProtected(t *testing.T) {
	b := newBook(t)
	for i := range 4 {
		b.project(2023, "submitted", Row{"currency": "EUR", "grant_asked": 100 + i})
		b.project(2024, "submitted", Row{"currency": "EUR", "grant_asked": 100 + i})
	}
	b.project(2024, "submitted", Row{"currency": "EUR", "grant_asked": 100})
	b.project(2025, "submitted", Row{"currency": "EUR", "grant_asked": 1000000})
	for range 6 {
		b.project(2025, "submitted", Row{"currency": "EUR", "grant_asked": 1})
	}
	r := b.compute(Query{Indicator: "I34b", Disclosure: true})
	for year, hidden := range map[string]bool{"2023": true, "2024": false, "2025": true} {
		if p := point(t, r, year, "grant_asked"); p.Hidden != hidden {
			t.Errorf("%s: hidden %v", year, p.Hidden)
		}
	}
	if p := point(t, b.compute(Query{Indicator: "I34a", Disclosure: true}), "2023", "submitted"); p.Hidden || p.Value.String() != "4" {
		t.Errorf("counts are no magnitudes: %+v", p)
	}
	if _, err := Trace(context.Background(), b.table, Query{Indicator: "I34b", Disclosure: true}, map[string]string{"year": "2023", "answer": "grant_asked"}); !errors.Is(err, ErrConfidential) {
		t.Errorf("traced: %v", err)
	}
	traced, err := Trace(context.Background(), b.table, Query{Indicator: "I34a"}, map[string]string{"year": "2023", "answer": "submitted"})
	if err != nil || len(traced.Records) != 4 || traced.Records[0].Record != traced.Records[0].Subject {
		t.Errorf("traced: %+v %v", traced, err)
	}
}

func TestOutcomesByGrade(t *testing.T) {
	b := newBook(t)
	for i, grade := range []string{"0", "3", "3", "5"} {
		b.add("outcome", Row{"record": fmt.Sprint("o", i), "year": 2024, "outcome_grade": grade, "outcome_status": []string{"claimed", "verified"}[i%2]})
	}
	equal(t, "grades", counts(b.compute(Query{Indicator: "I34d"}), 2024), "0=1/4 3=2/4 5=1/4")
	r := b.compute(Query{Indicator: "I34d", By: []string{"outcome_status"}})
	equal(t, "by status", counts(r, 2024), "claimed,0=1/2 verified,0=0/2 claimed,3=1/2 verified,3=1/2 claimed,5=0/2 verified,5=1/2")
}

func TestWhatOtherKindsDoNotHave(t *testing.T) {
	b := laws(t)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Indicator: "I33s", Basis: Matched}, "no matched basis"},
		{Query{Indicator: "I33s", By: []string{"country"}}, "cannot be broken down by country"},
		{Query{Indicator: "I33s", Where: map[string][]string{"size": {"0-9"}}}, "of countries and cannot be filtered by size: use one of world_region"},
		{Query{Indicator: "I05", Where: map[string][]string{"world_region": {"Europe"}}}, "cannot be filtered by world_region"},
	} {
		if _, err := Compute(context.Background(), b.table, c.q); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
	sheet, err := Quality(context.Background(), b.table, About{}, b.compute(Query{Indicator: "I33s"}))
	if err != nil || sheet.Accuracy.ItemResponse["I33s"] != 100 {
		t.Errorf("quality sheet: %+v %v", sheet, err)
	}
}

// However records are ordered, the figures are the same.
func TestOrderOfOtherKindsChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		tables := [2]*book{newBook(t), newBook(t)}
		random := rand.New(rand.NewPCG(seed, 1))
		rows := make([]Row, rapid.IntRange(0, 60).Draw(rt, "rows"))
		for i := range rows {
			rows[i] = Row{
				"record": fmt.Sprintf("x%03d", i), "year": 2020 + random.IntN(4), "country": []string{"IT", "FR", "KE"}[random.IntN(3)], "state": "validated",
				"world_region": "Europe", "project_status": decided[random.IntN(len(decided))], "assessment": fmt.Sprint(1 + random.IntN(5)),
				"currency": "EUR", "grant_asked": random.IntN(1000), "total_cost": 1000,
			}
		}
		for turn, b := range tables {
			for i := range rows {
				at := i
				if turn == 1 {
					at = len(rows) - 1 - i
				}
				b.add("project", rows[at])
				b.add("macro", rows[at])
			}
		}
		for _, code := range []string{"I33s", "I34a", "I34b", "I34c"} {
			q := Query{Indicator: code, Disclosure: rapid.Bool().Draw(rt, "disclosure")}
			one, two := tables[0].compute(q), tables[1].compute(q)
			if !reflect.DeepEqual(one.Points, two.Points) {
				rt.Fatalf("%s changes with the order of records", code)
			}
		}
	})
}

// What a large frame remembers of one kind is not taken for that of another.
func TestKindsAreRememberedApart(t *testing.T) {
	b := laws(t)
	for _, country := range []string{"IT", "FR"} {
		b.mapping(country, 2024, Row{"country": country, "status": "active"})
		b.project(2024, "idea", nil)
	}
	remembers := newShelf(b.table)
	for range 2 { // the second time from what is remembered
		for code, want := range map[string]string{"I01": "=2/2", "I33s": "1=0/3 2=0/3 4=2/3 5=1/3", "I34a": "idea=2/2"} {
			r, err := Compute(context.Background(), remembers, Query{Indicator: code})
			if err != nil {
				t.Fatal(err)
			}
			equal(t, code, counts(r, 2024), want)
		}
	}
	if remembers.recalls == 0 {
		t.Error("nothing was remembered")
	}
}
