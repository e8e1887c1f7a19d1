package indicator

import (
	"slices"
	"strings"
)

// Text is a text by language code ("en", "fr").
type Text map[string]string

// In gives the text in a language: as it is declared, else as the English one is
// worded in that language, else the English one.
func (t Text) In(language string) string {
	if own := t[language]; own != "" {
		return own
	}
	if worded := wordings[language][t["en"]]; worded != "" {
		return worded
	}
	return t["en"]
}

// Indicator is an entry of the catalogue: a declared formula with its rules.
type Indicator struct {
	Code     string
	Name     Text
	Question Text // the policy question it answers
	Formula  Formula
	Kind     string     // of the records that it reads; "" is "mapping"
	Concepts []string   // of that kind
	Parts    []Fraction // of Share and Rate, and of the figures of single cooperatives
	Codes    []string   // the answers that Has and Balance count
	Against  []string   // the answers that Balance takes away; others count in its base only
	Items    []Item     // the figures of an indicator that has several
	Years    int        // after which Survival looks
	// Only keeps records that have one of these codes of a concept.
	Only map[string][]string
	// Positive keeps records with more than zero of a concept.
	Positive string
	Unit     string // "persons", "%", …; money takes the currency's code
	Per      string // what a Rate of money is for, after the currency: "FTE"
	Flow     bool   // over the fiscal year; else a stock at its last day
	Money    bool   // added within one currency only
	// PrimaryOnly leaves secondary and tertiary cooperatives out, whose members
	// are counted below them.
	PrimaryOnly bool
	// Consolidate leaves subsidiaries out whose figures are inside those of a
	// group.
	Consolidate bool
	Magnitude   bool // under disclosure control
	// Persons says that the numerator counts persons by a sensitive attribute:
	// fewer than five of them, or of fewer than three cooperatives, are hidden.
	Persons   bool
	By        []string
	Unmatched bool // says who was reached, so that there is nothing to match
	// Least is the number of records that a rate needs: of fewer their count is
	// told in its place. 0 tells the rate always.
	Least   int
	Missing Text // what happens to missing values
	Pitfall Text // what the figure must not be taken for

	item string // the code of the item that this is
}

// Catalogue lists the indicators in the order of their codes. The list is the
// caller's to keep.
func Catalogue() []Indicator {
	var all []Indicator
	for _, part := range [...][]Indicator{catalogue[:], people[:], economy[:], practice[:], demography[:], ties[:], profile(), pipeline[:]} {
		all = append(all, part...)
	}
	slices.SortStableFunc(all, func(a, b Indicator) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Find gives the indicator of a code; "I13" alone means I13a.
func Find(code string) (Indicator, bool) {
	if strings.EqualFold(code, "I13") {
		code = "I13a"
	}
	for _, i := range Catalogue() {
		if strings.EqualFold(i.Code, code) {
			return i, true
		}
	}
	return Indicator{}, false
}
