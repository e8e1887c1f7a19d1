package indicator

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestQualitySheet(t *testing.T) {
	b := flagged(t)
	b.mapping("refused", 2022, Row{"country": "FI", "outcome": "refused"})
	b.mapping("answered", 2022, Row{"country": "FI", "outcome": "complete", "persons_working": 12})
	b.add("population", Row{"country": "FI", "year": 2023, "known": 50})
	jobs := b.compute(Query{Indicator: "I05", By: []string{"country"}, Disclosure: true})
	count := b.compute(Query{Indicator: "I01"})
	s, err := Quality(context.Background(), b.table, About{Contact: "statistics", Release: "R1", Program: "test 1"}, jobs, count)
	if err != nil {
		t.Fatal(err)
	}
	hidden := 0
	for _, p := range jobs.Points {
		if p.Hidden {
			hidden++
		}
	}
	for what, pair := range map[string][2]string{
		"contact":         {s.Contact, "statistics"},
		"description":     {s.Description[0].Code + " " + s.Description[0].Unit + " " + s.Description[1].Code, "I05 persons I01"},
		"period":          {fmt.Sprint(s.ReferencePeriod), "[2021 2023]"},
		"countries":       {strings.Join(s.Coverage.Countries, " "), "BR FE FI HI HJ IM NO SU"},
		"mapped":          {fmt.Sprint(s.Coverage.Mapped[2023]), "50"},
		"coverage":        {fmt.Sprint(s.Coverage.Share), "map[FI:50]"},
		"confidentiality": {fmt.Sprint(s.Confidentiality), fmt.Sprint(ConfidentialSheet{true, hidden, len(jobs.Points) + len(count.Points)})},
		"unit response":   {fmt.Sprint(s.Accuracy.UnitResponse[2022]), "50"},
		"imputed":         {fmt.Sprint(s.Accuracy.Imputed["I05"]), "100"},
		"item response":   {fmt.Sprint(s.Accuracy.ItemResponse["I05"], s.Accuracy.ItemResponse["I01"]), "90.5 -1"},
		"breaks":          {fmt.Sprint(s.Comparability), "[{I05 [2022 BR]}]"},
		"states":          {fmt.Sprint(s.Processing.States), "map[submitted:25 validated:239]"},
		"timeliness":      {fmt.Sprint(s.Timeliness.Days), "733"},
		"trace":           {s.Trace[0].Traces + "; " + s.Trace[5].Traces, "I05, I01; R1"},
	} {
		equal(t, what, pair[0], pair[1])
	}
	if len(s.Trace) != 7 {
		t.Errorf("seven phases, not %d", len(s.Trace))
	}
}

func TestQualitySheetRefuses(t *testing.T) {
	b := facts(t)
	if _, err := Quality(context.Background(), b.table, About{}); err == nil {
		t.Error("a sheet of nothing")
	}
	r := b.compute(Query{Indicator: "I05"})
	b.mapping("new", 2021, Row{"persons_working": 3})
	if _, err := Quality(context.Background(), b.table, About{}, r); err == nil || !strings.Contains(err.Error(), "another frame") {
		t.Errorf("a result of another frame: %v", err)
	}
}
