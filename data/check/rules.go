package check

import "math"

// Rule names what a finding rests on.
type Rule string

// The rules. A figure of a record that several of the first four find is told once, by the first of them.
const (
	RuleUnit      Rule = "unit"       // about 100 or 1,000 times the last wave, or the peers' amount for each person
	RuleLastWave  Rule = "last_wave"  // far from the cooperative's own last wave
	RulePerPerson Rule = "per_person" // an amount for each person working that is far from that of peers
	RulePeers     Rule = "peers"      // far from cooperatives of its section, country and size class
	RuleZero      Rule = "zero"       // zero, where others never are
	RuleTotal     Rule = "total"      // parts that do not fit their total
	RuleCopied    Rule = "copied"     // the same value in all years
)

// Rules are all rules, in the order of their weight.
func Rules() []Rule {
	return []Rule{RuleUnit, RuleLastWave, RulePerPerson, RulePeers, RuleZero, RuleTotal, RuleCopied}
}

// The limits. Deviations are robust: from the median, in units of 1.4826 times the median absolute deviation, which is
// the standard deviation where figures are spread normally.
const (
	fewestPeers    = 10  // in a group, for its median to say something
	farFromPeers   = 3.5 // deviations, on a logarithmic scale (Iglewicz and Hoaglin)
	farFromAll     = 5.0 // the same, where cooperatives of all sizes are compared
	farFromOwnPath = 5.0 // deviations of the change since the last wave from that of its section and country
	leastChange    = 10  // units that a count must have moved to be asked about
	fewestYears    = 3   // in which a value is repeated
	rareZero       = 50  // of so many peers at most one reports zero,
	fewestForZero  = 20  // or none other of at least so many
	madToSigma     = 1.4826
)

// Limits of ratios, as logarithms.
var (
	threefold   = math.Log(3)   // always asked about, against the last wave; and the least against peers
	byHalf      = math.Log(1.5) // the least change that is asked about against the last wave
	thousand    = math.Log(1000)
	hundred     = math.Log(100)
	nearOwn     = math.Log(2)   // how near to 1,000 times one's own last wave
	nearOwn100  = math.Log(1.5) // and to 100 times
	nearPeer    = math.Log(2.5) // how near to 1,000 times the peers' amount for each person
	nearPeer100 = math.Log(1.6) // and to 100 times
)

// unitFactor is the factor, 1,000 or 100, that a logarithm of a ratio is near to, or 0. Both ways are errors: thousands
// in place of units, and units in place of thousands.
func unitFactor(ratio, near1000, near100 float64) int {
	switch size := math.Abs(ratio); {
	case math.Abs(size-thousand) < near1000:
		return 1000
	case math.Abs(size-hundred) < near100:
		return 100
	}
	return 0
}
