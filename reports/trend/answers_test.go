package trend_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
	"coopatlas/reports/trend"
)

// projects is a frame with so many projects of each status, by year.
func projects(t *testing.T, statuses map[string]int) *indicator.Table {
	t.Helper()
	table := indicator.NewTable(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	n := 0
	for status, count := range statuses {
		for range count {
			n++
			row := indicator.Row{"record": fmt.Sprint("p", n), "year": 2024, "project_status": status, "country": "IT"}
			if err := table.Add("project", row); err != nil {
				t.Fatal(err)
			}
		}
	}
	return table
}

func drawn(t *testing.T, table *indicator.Table, language, code string) chart.Definition {
	t.Helper()
	r, err := indicator.Compute(context.Background(), table, indicator.Query{Indicator: code, Disclosure: true})
	if err != nil {
		t.Fatal(err)
	}
	l := labels(t, language)
	l.Choices = func(kind, concept, code string) string { return kind + "." + concept + "." + code }
	d, err := trend.Chart(r, l)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Of more answers than a chart has room for, those with the largest values are drawn, in the order of the answers.
func TestTheForemostAnswersAreDrawn(t *testing.T) {
	d := drawn(t, projects(t, map[string]int{"a": 1, "b": 9, "c": 2, "d": 8, "e": 3, "f": 7, "g": 4, "h": 1}), "en", "I34a")
	var names []string
	for _, s := range d.Series {
		names = append(names, strings.TrimPrefix(s.Name, "project.project_status."))
	}
	if got := strings.Join(names, " "); got != "b c d e f g" || d.Kind != chart.Column {
		t.Errorf("%s as %s", got, d.Kind)
	}
	if d.Title != "Projects by status" || d.Population != "Projects on record" || d.Coverage != "" || d.Basis != "as recorded for the year" {
		t.Errorf("%q of %q, %q, %q", d.Title, d.Population, d.Coverage, d.Basis)
	}
}

// Numbers in place of rates are columns and say so; beside rates they are not drawn.
func TestNumbersInPlaceOfRates(t *testing.T) {
	few := drawn(t, projects(t, map[string]int{"contracted": 3, "rejected": 1}), "fr", "I34c")
	if few.Kind != chart.Column || few.Unit != "projets" || few.Maximum == nil || *few.Maximum != 5 || !strings.Contains(strings.Join(few.Notes, " "), "Trop peu") {
		t.Errorf("%+v", few)
	}
	many := drawn(t, projects(t, map[string]int{"contracted": 15, "rejected": 10}), "en", "I34c")
	if many.Kind != chart.Level || many.Unit != "%" || len(many.Series[0].Points) != 1 || many.Series[0].Points[0].Value != 60 {
		t.Errorf("%+v", many)
	}
}
