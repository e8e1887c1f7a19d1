package trends

import (
	"slices"
	"strings"
	"testing"

	"coopatlas/app/stage"
	"coopatlas/data/indicator"
)

// What is not of cooperatives has levels only: no basis, no coverage, no change, and n says of what.
func TestCountsOfOtherKinds(t *testing.T) {
	for route, want := range map[string][]string{
		"trends?indicator=I33a":                   {"n = 3 countries", "3 countries with a figure in 2025"},
		"trends?indicator=I33s&by=world_region":   {"Europe", "Mixed", "3 countries with a figure in 2025"},
		"trends?indicator=I34a":                   {"projects", "Concept note submitted"},
		"trends?indicator=I34a&where=country:IT":  {"Italy"},
		"trends?indicator=I34b":                   {"Grant asked", "Total cost"},
		"trends?indicator=I34d&by=outcome_status": {"Verified", "outcomes"},
	} {
		s, p := open(t, stage.Config{}, route)
		if p.answer.result == nil || !p.answer.drawn {
			t.Errorf("%s draws nothing", route)
			continue
		}
		p.card.choose(len(p.answer.result.Points) - 1)
		said := s.Texts() + s.Counts + strings.Join(slices.Concat(p.table.Texts()...), " ")
		for _, text := range want {
			if !strings.Contains(said, text) {
				t.Errorf("%s does not say %q", route, text)
			}
		}
		if slices.Contains(p.table.Texts()[0], p.say("column.coverage")) || p.controls.basis.Visible() || p.foldPart.Visible() || strings.Contains(p.card.line.Text, "coverage") {
			t.Errorf("%s has a coverage, a basis or a decomposition", route)
		}
		if !strings.Contains(said, "There is no matched basis") {
			t.Errorf("%s does not say why there is no change", route)
		}
		s.Clean("trends.")
	}
}

func TestFewDecisionsGiveACount(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I34c")
	rows := p.table.Texts()
	if !strings.Contains(rows[1][1], " of ") || p.unit() != "projects" {
		t.Errorf("the first row is %q in %s", rows[1], p.unit())
	}
	p.card.choose(0)
	if !strings.Contains(s.Texts(), "Too few for a rate") {
		t.Error("the point does not say why it has no rate")
	}
	s.Clean("trends.")
}

// A filter that the records do not have is left out when another indicator is chosen.
func TestFiltersFollowTheIndicator(t *testing.T) {
	c := choice{where: map[string][]string{"size": {"0-9"}, "country": {"IT"}}}
	c.indicator, _ = indicator.Find("I34a")
	if fit := c.fitting(); len(fit.where) != 1 || fit.where["country"] == nil {
		t.Errorf("left: %v", fit.where)
	}
	c.indicator, _ = indicator.Find("I05")
	if fit := c.fitting(); len(fit.where) != 2 {
		t.Errorf("left: %v", fit.where)
	}
}
