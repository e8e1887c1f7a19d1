package check

import (
	"math"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// Speaker puts findings into words. Label names a concept as its question does.
type Speaker struct {
	Words *words.Words
	Label func(concept string) string
}

// Says says in a sentence what was seen and what was expected, as it may be asked of a researcher.
func (s Speaker) Says(f Finding) string {
	args := words.Args{
		"Name": s.Label(f.Concept), "Year": words.Year(f.Year), "From": words.Year(f.From), "Seen": s.Number(f, f.Seen), "Expected": s.Number(f, f.Expected),
		"Factor": s.Factor(f.Factor), "Usual": s.Factor(f.Usual), "Peers": f.Peers, "Unit": f.Unit, "Parts": s.Words.List(s.labels(f.With)),
		"Whole": s.Words.List(s.labels(f.Whole)),
	}
	return s.Words.Say("checks.says."+sentence(f), args)
}

// sentence is the key of what is said of a finding.
func sentence(f Finding) string {
	up := "_down"
	if f.Factor > 1 {
		up = "_up"
	}
	switch {
	case f.Rule == RuleUnit && len(f.With) > 0:
		return "unit_person" + up
	case f.Rule == RuleUnit:
		return "unit" + up
	case f.Rule == RuleLastWave && f.Usual > 0:
		return "last_wave_usual"
	case f.Rule == RuleTotal && f.AtMost:
		return "part"
	case f.Rule == RuleZero && len(f.With) > 0 && f.With[0] == persons:
		return "zero_persons"
	case f.Rule == RuleZero && len(f.With) > 0:
		return "zero_type"
	}
	return string(f.Rule)
}

func (s Speaker) labels(concepts []string) []string {
	var out []string
	for _, c := range concepts {
		out = append(out, s.Label(c))
	}
	return out
}

// Rule names a rule, and Test says what it looks for.
func (s Speaker) Rule(r Rule) string { return s.Words.Say("checks.rule." + string(r)) }

// Test says in a sentence what a rule looks for, with its limits.
func (s Speaker) Test(r Rule) string { return s.Words.Say("checks.test." + string(r)) }

// Number writes a number of a finding, with its currency where it is money.
func (s Speaker) Number(f Finding, d indicator.Decimal) string {
	text := s.Words.Exact(d.String())
	if f.Currency != "" {
		text += words.NoBreak + f.Currency
	}
	return text
}

// Factor writes how many times the expected value was seen, such as ×4.2; nothing where it is not known.
func (s Speaker) Factor(factor float64) string {
	if factor <= 0 {
		return ""
	}
	decimals := 0
	if factor < 20 {
		decimals = 2 - int(max(math.Floor(math.Log10(factor)), -2))
	}
	return "×" + s.Words.Number(factor, min(max(decimals-1, 0), 4))
}
