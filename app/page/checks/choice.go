package checks

import (
	"slices"
	"strconv"

	"coopatlas/app/page"
	"coopatlas/data/check"
	"coopatlas/data/workspace"
)

// choice is what the filters say. The route holds it.
type choice struct {
	rule    check.Rule // "" for all
	year    int        // 0 for all
	wave    string     // id of a wave, "" for all
	country string     // "" for all
	stand   workspace.Stand
}

// anyStand is the stand that shows all findings.
const anyStand workspace.Stand = "all"

// readChoice reads a route; what it cannot hold is left out.
func readChoice(at page.Route) choice {
	c := choice{rule: check.Rule(at.Get("rule")), wave: at.Get("wave"), country: at.Get("country"), stand: workspace.Stand(at.Get("stand"))}
	c.year, _ = strconv.Atoi(at.Get("year"))
	if !slices.Contains(check.Rules(), c.rule) {
		c.rule = ""
	}
	if c.stand != anyStand && !slices.Contains(workspace.Stands(), c.stand) {
		c.stand = workspace.StandOpen
	}
	return c
}

// route writes the choice as readChoice reads it.
func (c choice) route() string {
	year, stand := "", string(c.stand)
	if c.year != 0 {
		year = strconv.Itoa(c.year)
	}
	if c.stand == workspace.StandOpen {
		stand = ""
	}
	return page.MakeRoute("checks", "rule", string(c.rule), "year", year, "wave", c.wave, "country", c.country, "stand", stand)
}

// but tells whether a finding passes all filters but that of the rule.
func (c choice) but(f *workspace.Checked) bool {
	return (c.year == 0 || c.year == f.Year) && (c.wave == "" || c.wave == f.Wave) && (c.country == "" || c.country == f.Country) &&
		(c.stand == anyStand || c.stand == f.Stand)
}

// keeps tells whether a finding passes all filters.
func (c choice) keeps(f *workspace.Checked) bool {
	return c.but(f) && (c.rule == "" || c.rule == f.Rule)
}
