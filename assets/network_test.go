package assets_test

import (
	"testing"
	"time"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// of opens an interview of a kind with some answers.
func of(t *testing.T, kind, answers string) *interview.Interview {
	t.Helper()
	iv := interview.New(compiled(t, kind), interview.Env{Now: func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }})
	answer(t, iv, answers)
	return iv
}

func TestYearOfAProject(t *testing.T) {
	for answers, want := range map[string]string{
		"noted=2021-05-06":                                         "2021",
		"noted=2021-05-06 submitted=2022-01-31":                    "2022",
		"noted=2021-05-06 submitted=2022-01-31 decided=2023-02-01": "2023",
		"noted=2021-05-06 decided=2023-02-01":                      "2023",
	} {
		iv := of(t, "project", answers)
		if got := iv.Answer(find(t, iv, "year")).Value.String(); got != want {
			t.Errorf("%s: %q, want %s", answers, got, want)
		}
	}
	iv := of(t, "outcome", "date=2024-12-31")
	if got := iv.Answer(find(t, iv, "year")).Value.String(); got != "2024" {
		t.Errorf("an outcome of the last day of 2024 is of %q", got)
	}
}

func TestWhatAProjectDoesNotAllow(t *testing.T) {
	for answers, want := range map[string]string{
		"total_cost=100 grant_asked=101":                                 "grant_asked",
		"grant_asked=101":                                                "",
		"noted=2021-05-06 submitted=2021-05-05":                          "submitted",
		"noted=2021-05-06 submitted=2022-01-31 decided=2022-01-30":       "decided",
		"starts=2022-01-01 ends=2021-01-01":                              "ends",
		"noted=2021-05-06 submitted=2022-01-31 decided=2022-01-31":       "",
		"status=contracted total_cost=100 grant_asked=80 cofinancing=20": "",
	} {
		if hard, soft := failing(t, of(t, "project", answers)); hard != want || soft != "" {
			t.Errorf("%s: %q blocks, want %q; %q asks for a comment", answers, hard, want, soft)
		}
	}
}

func TestEndsOfARelationship(t *testing.T) {
	iv := of(t, "relationship", "from_kind=cooperative to_kind=organisation")
	for name, want := range map[string]bool{"from_cooperative": true, "from_organisation": false, "to_cooperative": false, "to_organisation": true} {
		if got := iv.Relevant(record.Path(find(t, iv, name))); got != want {
			t.Errorf("%s is asked: %v", name, got)
		}
	}
	if hard, _ := failing(t, of(t, "relationship", "since=2020 until=2019")); hard != "until" {
		t.Errorf("a link that ends before it begins: %q", hard)
	}
}
