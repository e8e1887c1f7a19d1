package trend_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
	"coopatlas/reports/trend"
)

func TestEstimatedTotalsSayWhatTheyRestOn(t *testing.T) {
	table := panel(t, "IT", "FR")
	for _, row := range []indicator.Row{
		{"country": "IT", "year": 2021, "known": 60}, {"country": "IT", "year": 2022, "known": 90}, {"country": "IT", "year": 2023, "known": 90},
		{"country": "IT", "year": 2025, "known": 60, "ilo_type": "worker"},
	} {
		if err := table.Add("population", row); err != nil {
			t.Fatal(err)
		}
	}
	r, err := indicator.Compute(context.Background(), table, indicator.Query{Indicator: "I05", Estimated: true})
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string][]string{
		"en": {"estimated total, weighted to the known population", "Estimated totals: 60 answers are weighted to 150 known cooperatives", "No part of the estimated totals: FR (2021–2025, no known population); IT (2023, 2025, too few answers); IT (2024, no known population)."},
		"fr": {"total estimé, pondéré à la population connue", "Totaux estimés\u00a0: 60 réponses", "Hors des totaux estimés\u00a0: FR (2021–2025, population inconnue)"},
	} {
		d, err := trend.Chart(r, labels(t, language))
		if err != nil {
			t.Fatal(err)
		}
		said := d.Basis + "\n" + strings.Join(d.Notes, "\n")
		for _, text := range want {
			if !strings.Contains(said, text) {
				t.Errorf("%q is missing in\n%s", text, said)
			}
		}
		if d.Kind != chart.Column || len(d.Series[0].Points) != 2 || !slices.Contains([]string{"E"}, d.Series[0].Points[0].Flag) {
			t.Errorf("%s of %v", d.Kind, d.Series[0].Points)
		}
	}
	if text := trend.LeftOut(labels(t, "en"), &indicator.Estimated{LeftOut: []indicator.LeftOut{{Country: "IT", Year: 2021, Type: "producer"}}}); !strings.Contains(text, "IT, Producer cooperatives (2021, not in its known population)") {
		t.Error(text)
	}
	if trend.LeftOut(labels(t, "en"), nil)+trend.LeftOut(labels(t, "en"), &indicator.Estimated{}) != "" {
		t.Error("something is left out of nothing")
	}
	none, err := indicator.Compute(context.Background(), table, indicator.Query{Indicator: "I05", Estimated: true, Where: map[string][]string{"country": {"FR"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trend.Chart(none, labels(t, "en")); !errors.Is(err, trend.ErrNothing) || !strings.Contains(err.Error(), "known population") {
		t.Errorf("a chart of no estimate: %v", err)
	}
}
