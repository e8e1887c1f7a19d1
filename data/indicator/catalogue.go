package indicator

import "strings"

// Text is a text by language code ("en", "fr").
type Text map[string]string

// Formula says how an indicator is made from its concepts.
type Formula uint8

// The formulas.
const (
	Sum      Formula = iota // the sum of the first concept
	Count                   // the number of active cooperatives
	Coverage                // mapped active cooperatives over the known population
	Ratio                   // sum of the first concept over the sum of all of them, both valid
)

// Indicator is an entry of the catalogue: a declared formula with its rules.
type Indicator struct {
	Code     string
	Name     Text
	Question Text // the policy question it answers
	Formula  Formula
	Concepts []string // of the kind "mapping"
	Unit     string   // "persons", "%", …; money takes the currency's code
	Flow     bool     // over the fiscal year; else a stock at its last day
	Money    bool     // added within one currency only
	// PrimaryOnly leaves secondary and tertiary cooperatives out, whose members
	// are counted below them.
	PrimaryOnly bool
	// Consolidate leaves subsidiaries out whose figures are inside those of a
	// group.
	Consolidate bool
	Magnitude   bool // under disclosure control
	By          []string
	Missing     Text // what happens to missing values
	Pitfall     Text // what the figure must not be taken for
}

// HasMatched says whether the indicator has the bases matched and demographic.
func (i Indicator) HasMatched() bool { return i.Formula == Sum || i.Formula == Ratio }

// Catalogue lists the indicators in the order of their codes. The list is the
// caller's to keep.
func Catalogue() []Indicator { return append([]Indicator(nil), catalogue[:]...) }

// Find gives the indicator of a code; "I13" alone means I13a.
func Find(code string) (Indicator, bool) {
	if strings.EqualFold(code, "I13") {
		code = "I13a"
	}
	for _, i := range catalogue {
		if strings.EqualFold(i.Code, code) {
			return i, true
		}
	}
	return Indicator{}, false
}
