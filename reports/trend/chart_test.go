package trend_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"coopatlas/assets"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
	"coopatlas/reports/trend"
)

// panel is a table of persons working: 30 cooperatives in each country, of which in one year only two answered.
func panel(t *testing.T, countries ...string) *indicator.Table {
	t.Helper()
	table := indicator.NewTable(time.Date(2026, 3, 4, 5, 6, 0, 0, time.UTC))
	for _, country := range countries {
		for unit := range 30 {
			id := fmt.Sprintf("%s%d", country, unit)
			for year := 2021; year <= 2025; year++ {
				if year == 2023 && unit > 1 {
					continue
				}
				err := table.Add("mapping", indicator.Row{"record": fmt.Sprint(id, year), "subject": id, "year": year, "state": "validated", "status": "active",
					"country": country, "persons_working": 10 + unit + year - 2021, "fiscal_end": time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return table
}

func result(t *testing.T, q indicator.Query, countries ...string) *indicator.Result {
	t.Helper()
	r, err := indicator.Compute(context.Background(), panel(t, countries...), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func labels(t *testing.T, language string) trend.Labels {
	t.Helper()
	book, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	return trend.Labels{Words: book.In(language)}
}

func TestIndexLinesBreakWhereNoChangeMayBePrinted(t *testing.T) {
	d, err := trend.Chart(result(t, indicator.Query{Indicator: "I05"}, "IT"), labels(t, "en"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != chart.Index || len(d.Series) != 1 || len(d.Categories) != 5 {
		t.Fatalf("%s with %d series over %v", d.Kind, len(d.Series), d.Categories)
	}
	segments := map[int][]int{}
	for _, p := range d.Series[0].Points {
		segments[p.Segment] = append(segments[p.Segment], p.Category)
	}
	if len(segments) != 2 {
		t.Errorf("segments %v: 2023 rests on two cooperatives and must part them", segments)
	}
	for _, p := range d.Series[0].Points {
		if p.N != 0 && p.N != 30 {
			t.Errorf("a link on %d cooperatives is drawn", p.N)
		}
	}
}

// What survivors did never stands alone (domain reference, B.2).
func TestBirthsAndDeathsStandBesideTheMatched(t *testing.T) {
	table := panel(t, "IT", "FR")
	for unit := range 9 { // they cease in 2022
		for year, status := range map[int]string{2021: "active", 2022: "ceased"} {
			err := table.Add("mapping", indicator.Row{"record": fmt.Sprint("gone", unit, year), "subject": fmt.Sprint("gone", unit), "year": year, "state": "validated",
				"status": status, "country": "IT", "persons_working": 40, "fiscal_end": time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	draw := func(q indicator.Query) chart.Definition {
		q.Indicator = "I05"
		r, err := indicator.Compute(context.Background(), table, q)
		if err != nil {
			t.Fatal(err)
		}
		d, err := trend.Chart(r, labels(t, "en"))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	one := draw(indicator.Query{To: 2022})
	if len(one.Series) != 2 || one.Series[0].Name != "matched" || one.Series[1].Name != "with births and deaths" {
		t.Fatalf("series %+v", one.Series)
	}
	if m, d := one.Series[0].Points[1], one.Series[1].Points[1]; m.Value <= 100 || d.Value >= 100 || d.N != m.N+9 {
		t.Errorf("matched %+v, with births and deaths %+v", m, d)
	}
	many := draw(indicator.Query{To: 2022, By: []string{"country"}})
	if note := strings.Join(many.Notes, " "); len(many.Series) != 2 || !strings.Contains(note, "With births and deaths, at the end of each line: ") {
		t.Errorf("%d series, notes %q", len(many.Series), note)
	}
	for _, q := range []indicator.Query{{To: 2022, Basis: indicator.Demographic}, {To: 2022, Where: map[string][]string{"country": {"FR"}}}} {
		if d := draw(q); len(d.Series) != 1 {
			t.Errorf("%+v: %d series", q, len(d.Series))
		}
	}
}

func TestKindFollowsTheBasis(t *testing.T) {
	facts := []struct {
		query indicator.Query
		want  chart.Kind
	}{
		{indicator.Query{Indicator: "I05", Basis: indicator.Matched}, chart.Index},
		{indicator.Query{Indicator: "I05", Basis: indicator.Demographic}, chart.Index},
		{indicator.Query{Indicator: "I05", Basis: indicator.All}, chart.Column},
		{indicator.Query{Indicator: "I01"}, chart.Column},
	}
	for _, fact := range facts {
		d, err := trend.Chart(result(t, fact.query, "IT"), labels(t, "en"))
		if err != nil || d.Kind != fact.want {
			t.Errorf("%s on %s: %s, %v; want %s", fact.query.Indicator, fact.query.Basis, d.Kind, err, fact.want)
		}
		for _, line := range []string{d.Title, d.Population, d.Years, d.Unit, d.Basis, d.Source, d.Data} {
			if line == "" || strings.HasPrefix(line, "[") {
				t.Errorf("%s on %s: a line of the chart says %q", fact.query.Indicator, fact.query.Basis, line)
			}
		}
	}
}

func TestSmallFiguresHaveTheDecimalsTheyNeed(t *testing.T) {
	for code, want := range map[string]int{"I29b": 3, "I05": 1} {
		d, err := trend.Chart(result(t, indicator.Query{Indicator: code}, "IT"), labels(t, "en"))
		if err != nil || d.Decimals != want {
			t.Errorf("%s has %d decimals, want %d: %v", code, d.Decimals, want, err)
		}
	}
}

func TestMoreSeriesThanAChartHolds(t *testing.T) {
	d, err := trend.Chart(result(t, indicator.Query{Indicator: "I05", By: []string{"country"}}, "IT", "FR", "PT", "ES", "DE", "AT", "BE", "NL"), labels(t, "fr"))
	if err != nil {
		t.Fatal(err)
	}
	note := strings.Join(d.Notes, " ")
	if len(d.Series) != chart.MaxSeries || !strings.Contains(note, "2 séries plus petites") {
		t.Errorf("%d series, notes %q", len(d.Series), note)
	}
	if d.Title != "Emploi dans les coopératives par pays" {
		t.Errorf("the title is %q", d.Title)
	}
}

func TestNothingToDrawIsSaid(t *testing.T) {
	_, err := trend.Chart(result(t, indicator.Query{Indicator: "I05", MinN: 100}, "IT"), labels(t, "en"))
	if !errors.Is(err, trend.ErrNothing) || !strings.Contains(err.Error(), "--basis all") {
		t.Errorf("no link may be drawn: %v", err)
	}
	if _, err := trend.Chart(&indicator.Result{}, labels(t, "en")); !errors.Is(err, trend.ErrNothing) {
		t.Errorf("an empty result: %v", err)
	}
}

func TestInventedDataAreSaidToBe(t *testing.T) {
	l := labels(t, "en")
	l.Demonstration = true
	d, err := trend.Chart(result(t, indicator.Query{Indicator: "I05"}, "IT"), l)
	if err != nil || !strings.Contains(d.Data, "INVENTED DATA") {
		t.Errorf("the data line says %q, %v", d.Data, err)
	}
}

func TestItemsAreNamedInALanguageWordedByTheEnglish(t *testing.T) {
	profile := find(t, "constitution")
	for language, want := range map[string]string{"en": "The constitution mentions cooperatives", "es": "La constitución menciona a las cooperativas"} {
		l := labels(t, language)
		l.Of = profile
		if got := l.Class(indicator.Answer, "constitution"); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

// find gives the indicator of the catalogue that has an item of this code.
func find(t *testing.T, item string) indicator.Indicator {
	t.Helper()
	for _, i := range indicator.Catalogue() {
		for _, of := range i.Items {
			if of.Code == item {
				return i
			}
		}
	}
	t.Fatalf("no indicator has the item %s", item)
	return indicator.Indicator{}
}
