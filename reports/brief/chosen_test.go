package brief_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/reports/brief"
)

// A brief of chosen years speaks of those, and of the changes over all the years between them.
func TestABriefOfChosenYears(t *testing.T) {
	p := uk(t, "en")
	p.From, p.To, p.Years = 0, 0, []int{2011, 2013, 2015}
	text := strings.ReplaceAll(allWords(build(t, p)), "\u00a0", " ")
	for _, want := range []string{"2011, 2013 and 2015", "2013 | 217,831,802 | 221", "from 2013 to 2015"} {
		if !strings.Contains(text, want) {
			t.Errorf("the brief does not say %q", want)
		}
	}
	for _, year := range []string{"\n2012 |", "\n2014 |", "\n2016 |", "2011–2015"} {
		if strings.Contains(text, year) {
			t.Errorf("the brief says %q", year)
		}
	}
	p.Years = []int{1999}
	if _, err := brief.Build(t.Context(), p); !errors.Is(err, brief.ErrNothing) || !strings.Contains(err.Error(), "the years 1999") {
		t.Errorf("a year without records: %v", err)
	}
}

// A template of one's own may name an indicator that is declared beside the catalogue.
func TestATemplateNamesIndicatorsOfOnesOwn(t *testing.T) {
	own, err := indicator.Custom{Code: "U1", Name: indicator.Text{"en": "Turnover of a member"}, Formula: "ratio", Of: []string{"turnover"}, Over: []string{"members"}, By: []string{"country"}, Money: true}.Indicator()
	if err != nil {
		t.Fatal(err)
	}
	p := uk(t, "fr")
	p.Template, p.Text = "ours", []byte("---\nwords: bulletin\nfinding: [U1, I01]\n---\n\n```table\nindicators: [u1]\n```\n")
	p.Find = func(_ context.Context, code string) (indicator.Indicator, error) {
		if ind, ok := indicator.Find(code); ok || !strings.EqualFold(code, "U1") {
			return ind, nil
		}
		return own, nil
	}
	p.Compute = func(ctx context.Context, q indicator.Query) (*indicator.Result, error) {
		if q.Indicator == "U1" {
			q.Of = &own
		}
		return indicator.Compute(ctx, p.Source, q)
	}
	if text := allWords(build(t, p)); !strings.Contains(text, "Turnover of a member") {
		t.Errorf("the brief does not name it:\n%s", text)
	}
	p.Text = []byte("no front matter")
	if _, err := brief.Build(t.Context(), p); err == nil || !strings.Contains(err.Error(), "the template ours has no front matter") {
		t.Errorf("a damaged template: %v", err)
	}
}
