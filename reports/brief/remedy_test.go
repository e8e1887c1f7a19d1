package brief_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"coopatlas/assets"
	"coopatlas/data/indicator"
	"coopatlas/reports/brief"
)

// framed is the invented frame, whose three countries have a known population, with Brazil, which has none, and Peru,
// where four answered.
func framed(t testing.TB) *table {
	out := invented(t)
	for year := 2021; year <= 2025; year++ {
		out.add("population", indicator.Row{"record": fmt.Sprint("PE", year), "country": "PE", "year": year, "known": 60})
		for i := range 12 {
			country := "BR"
			if i >= 8 {
				country = "PE"
			}
			out.mapping(fmt.Sprint(country, i), year, indicator.Row{"country": country, "members": 8, "persons_working": 10, "worker_members": 6, "non_member_employees": 4})
		}
	}
	return out
}

func TestABriefOfEstimatedTotals(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"Estimated total, weighted to the known population", "E: estimated total", "Strata of fewer than 5 answers are joined", "Estimated totals: ", "No part of the estimated totals: Brazil (2021–2025, no known population); Peru (2021–2025, too few answers)."},
		"fr": {"Total estimé, pondéré à la population connue", "Les strates de moins de 5 réponses", "Hors des totaux estimés\u00a0: Brésil (2021–2025, population inconnue)"},
	} {
		p := params(t, framed(t), language)
		p.Estimated = true
		text := allWords(build(t, p))
		for _, sentence := range want {
			if !strings.Contains(text, sentence) {
				t.Errorf("%q is missing in\n%s", sentence, text)
			}
		}
		reported := allWords(build(t, params(t, framed(t), language)))
		for _, change := range strings.Fields("+6.6 +5.7 129.4") {
			if strings.Contains(reported, change) != strings.Contains(text, change) {
				t.Errorf("the change %s is in one of the two only", change)
			}
		}
		p.Template = "quality-report"
		if text := allWords(build(t, p)); !strings.Contains(text, want[len(want)-1][:20]) {
			t.Errorf("the quality report says nothing of what is left out:\n%s", text)
		} else if !strings.Contains(text, "I05 | ") || !strings.Contains(text, " | 60 | 28 | 1 | 0 | 0 | 0") {
			t.Errorf("the quality report has no table of weights:\n%s", text)
		}
	}
}

func TestABriefSaysWhatWasFilledIn(t *testing.T) {
	gaps := framed(t)
	for _, unit := range []string{"gap1", "gap2"} {
		gaps.mapping(unit, 2025, indicator.Row{"country": "IT", "isic": "10", "status": "active", "members": 9, "worker_members": 5, "non_member_employees": 4, "other_members_employed": 0})
	}
	p := params(t, gaps, "en")
	p.Impute = indicator.Imputation{Subtotals: true}
	p.Source = indicator.Impute(p.Source, p.Impute)
	text := allWords(build(t, p))
	if !strings.Contains(text, "missing values, by a total less its other parts; at most ") || !strings.Contains(text, "Imputed: values of 2 of ") {
		t.Error(text)
	}
	p.Estimated = true
	if _, err := brief.Build(context.Background(), p); !errors.Is(err, indicator.ErrTwoRemedies) {
		t.Errorf("both: %v", err)
	}
}

// The front matter of a template says what is done, unless something else is asked for.
func TestATemplateAsksForARemedy(t *testing.T) {
	with := func(front string) fstest.MapFS {
		return fstest.MapFS{"templates/trend-bulletin.md": {Data: []byte("---\nwords: bulletin\n" + front + "---\n```method\n```\n")}}
	}
	p := params(t, framed(t), "en")
	for front, want := range map[string]string{"estimated: true\n": "Estimated total (E)", "impute: [carry, ratio]\n": "the last wave with the growth of section and country and the ratio to persons working"} {
		p.Files = with(front)
		if text := allWords(build(t, p)); !strings.Contains(text, want) {
			t.Errorf("%s: %s", front, text)
		}
	}
	for front, want := range map[string]string{"impute: [magic]\n": "magic", "estimated: true\nimpute: [carry]\n": "never both"} {
		p.Files = with(front)
		if _, err := brief.Build(context.Background(), p); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "trend-bulletin") {
			t.Errorf("%s: %v", front, err)
		}
	}
	asked, err := brief.RemedyOf(brief.Params{Files: with("estimated: true\n"), Template: "trend-bulletin", Remedy: brief.Remedy{Impute: indicator.Imputation{Carry: true}}})
	if err != nil || asked.Estimated || !asked.Impute.Carry {
		t.Errorf("what is asked for gives way: %+v, %v", asked, err)
	}
	if out, err := brief.RemedyOf(brief.Params{Files: assets.FS(), Template: "trend-bulletin", Remedy: brief.Remedy{}}); err != nil || !out.None() {
		t.Errorf("the bulletin has %+v, %v", out, err)
	}
	if _, err := brief.RemedyOf(brief.Params{Files: assets.FS(), Template: "none", Remedy: brief.Remedy{}}); err == nil {
		t.Error("a template that is not there")
	}
}
