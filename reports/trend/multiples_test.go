package trend_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/reports/trend"
)

// crossed is a result by two breakdowns, with an answer beside them where answers are named.
func crossed(classes int, answers ...string) *indicator.Result {
	r := &indicator.Result{Indicator: "I05", By: []string{"year", "ilo_type", "country"}, Basis: indicator.All}
	if len(answers) > 0 {
		r.By = append(r.By, indicator.Answer)
	} else {
		answers = []string{""}
	}
	for i := range classes {
		for year := 2023; year < 2025; year++ {
			for _, answer := range answers {
				keys := []string{"", "worker", string(rune('A' + i))}
				if answer != "" {
					keys = append(keys, answer)
				}
				r.Points = append(r.Points, indicator.Point{Year: year, Keys: keys, N: 30 - i, Known: true, Segment: 1})
			}
		}
	}
	return r
}

func TestASheetHasAChartForEachClass(t *testing.T) {
	said := labels(t, "en")
	s, err := trend.Sheet(crossed(14), said)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Charts) != trend.MostMultiples || s.Charts[0].Title != "A" || !strings.Contains(strings.Join(s.Head.Notes, " "), "M and N") {
		t.Errorf("%d charts, notes %q", len(s.Charts), s.Head.Notes)
	}
	if s.Head.Title == "" || s.Head.Source == "" || s.Charts[3].Source != "" {
		t.Errorf("said once is %+v", s.Head)
	}
	for _, d := range s.Charts {
		if *d.Minimum != *s.Charts[0].Minimum || !slices.Equal(d.Categories, []string{"2023", "2024"}) {
			t.Errorf("%s has axes of its own", d.Title)
		}
	}
	if _, err := trend.Sheet(&indicator.Result{Indicator: "I05", By: []string{"year", "ilo_type", "country"}}, said); !errors.Is(err, trend.ErrNothing) {
		t.Errorf("without a point: %v", err)
	}
}

// What only survivors did never stands alone, in a chart of one line either; lines keep their names and colours.
func TestASheetSaysWhatBirthsAndDeathsMake(t *testing.T) {
	s, err := trend.Sheet(result(t, indicator.Query{Indicator: "I05", By: []string{"section", "country"}}, "IT", "FR"), labels(t, "en"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Charts) != 2 {
		t.Fatalf("%d charts", len(s.Charts))
	}
	for _, d := range s.Charts {
		if len(d.Series) != 1 || len(d.Series[0].Points) < 2 || len(d.Notes) != 1 || !strings.HasPrefix(d.Notes[0], "With births and deaths") {
			t.Errorf("%s has %+v and says %q", d.Title, d.Series, d.Notes)
		}
	}
}

// An indicator that lists answers has a line for each of them in every chart.
func TestASheetTellsAnswersApart(t *testing.T) {
	s, err := trend.Sheet(crossed(2, "one", "two"), labels(t, "en"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Charts {
		var names []string
		for _, one := range d.Series {
			names = append(names, one.Name)
			if len(one.Points) != 2 {
				t.Errorf("%s, %s has %d points", d.Title, one.Name, len(one.Points))
			}
		}
		if len(names) != 2 || !strings.HasSuffix(names[0], ", one") {
			t.Errorf("%s has the lines %q", d.Title, names)
		}
	}
}
