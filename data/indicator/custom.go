package indicator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Custom is an indicator that a user declares, over concepts of the frame, or
// paths of questions that feed none. It has the field names of its YAML form:
//
//	code: U1
//	name: {en: Members who joined, fr: Nouveaux membres}
//	formula: sum
//	of: [members_joined]
//	unit: memberships
type Custom struct {
	Code string `yaml:"code" json:"code"`
	Name Text   `yaml:"name" json:"name"`
	// Question is the question of policy that it answers; the name where there is none.
	Question Text     `yaml:"question,omitempty" json:"question,omitempty"`
	By       []string `yaml:"by,omitempty" json:"by,omitempty"` // breakdowns; nil for all
	// Kind is the questionnaire whose records it reads; "" is the mapping. One of a
	// workspace's own is of cooperatives and years: it has questions with the
	// concepts subject and year.
	Kind    string   `yaml:"kind,omitempty" json:"kind,omitempty"`
	Formula string   `yaml:"formula" json:"formula"` // a key of CustomFormulas
	Of      []string `yaml:"of" json:"of"`           // concepts: the numerator, or the one question
	// Over are the concepts of the denominator of a share or ratio, and of a
	// mean or median of the ratios of single cooperatives.
	Over    []string            `yaml:"over,omitempty" json:"over,omitempty"`
	Codes   []string            `yaml:"codes,omitempty" json:"codes,omitempty"`     // answers that share_of and balance count
	Against []string            `yaml:"against,omitempty" json:"against,omitempty"` // answers that balance takes away
	Only    map[string][]string `yaml:"only,omitempty" json:"only,omitempty"`       // keep records with these codes of a concept
	Unit    string              `yaml:"unit,omitempty" json:"unit,omitempty"`
	Flow    bool                `yaml:"flow,omitempty" json:"flow,omitempty"`   // over the year; else on its last day
	Money   bool                `yaml:"money,omitempty" json:"money,omitempty"` // in the currency of the record
	Missing Text                `yaml:"missing,omitempty" json:"missing,omitempty"`
	Pitfall Text                `yaml:"pitfall,omitempty" json:"pitfall,omitempty"`
}

// ParseCustom reads the declarations of user-defined indicators: YAML documents
// of the fields of [Custom], with a line of three hyphens between them. The
// error names the document, and the line of a field that does not exist.
func ParseCustom(text []byte) ([]Custom, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var out []Custom
	for {
		var c Custom
		err := decoder.Decode(&c)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err == nil {
			_, err = c.Indicator()
		}
		if err != nil {
			return nil, fmt.Errorf("indicator %d: %w", len(out)+1, err)
		}
		out = append(out, c)
	}
}

// customFormulas are the formulas that a user may choose.
var customFormulas = map[string]Formula{
	"sum": Sum, "share": Share, "ratio": Rate, "mean": Mean, "median": Median, "quartiles": Quartiles,
	"count": CountHas, "share_of": Has, "answers": Cited, "balance": Balance,
}

// CustomFormulas names the formulas of user-defined indicators: sum, share
// (sums over sums in percent), ratio (sums over sums), mean, median, quartiles,
// count (cooperatives with one of the codes), share_of (their share), answers
// (the share of each answer) and balance.
func CustomFormulas() []string { return sortedKeys(customFormulas) }

// Indicator turns a declaration into an indicator for [ComputeOf]. The error
// names the field that is wrong. A user-defined indicator is always under
// disclosure control.
func (c Custom) Indicator() (Indicator, error) {
	formula, ok := customFormulas[c.Formula]
	switch _, taken := Find(c.Code); {
	case c.Code == "":
		return Indicator{}, fmt.Errorf("code: the indicator needs a code of its own, such as U1")
	case taken:
		return Indicator{}, fmt.Errorf("code: %s is an indicator of the catalogue; choose another code", c.Code)
	case !ok:
		return Indicator{}, fmt.Errorf("formula: %q is unknown; use one of %s", c.Formula, strings.Join(CustomFormulas(), ", "))
	case len(c.Of) == 0 || slices.Contains(c.Of, "") || slices.Contains(c.Over, ""):
		return Indicator{}, fmt.Errorf("of: name at least one question's concept, and none that is blank")
	case len(c.Name) == 0:
		return Indicator{}, fmt.Errorf("name: give the indicator a name in at least one language")
	}
	out := Indicator{
		Code: c.Code, Name: c.Name, Question: c.Name, Formula: formula, Only: c.Only, Unit: c.Unit, By: everyBreakdown,
		Flow: c.Flow, Money: c.Money, Magnitude: true, Missing: c.Missing, Pitfall: c.Pitfall, Codes: c.Codes, Against: c.Against,
	}
	if c.Question != nil {
		out.Question = c.Question
	}
	if out.Kind = c.Kind; shapeOf(c.Kind).apart { // they have no pairs of years, and no section, type or size
		out.Unmatched, out.By = true, []string{"country", "currency"}
	}
	allowed := out.By
	if c.By != nil {
		out.By = c.By
	}
	for _, name := range out.By {
		if !slices.Contains(allowed, name) {
			return out, fmt.Errorf("by: there is no breakdown %q; use some of %s", name, strings.Join(allowed, ", "))
		}
	}
	if out.Missing == nil {
		out.Missing = reportedTotal
	}
	return c.measure(out)
}

// measure fills in what the formula reads.
func (c Custom) measure(out Indicator) (Indicator, error) {
	answers := out.Formula == CountHas || out.Formula == Has || out.Formula == Cited || out.Formula == Balance
	fraction := len(c.Over) > 0 || out.Formula == Share || out.Formula == Rate
	switch {
	case fraction && len(c.Over) == 0:
		return out, fmt.Errorf("over: a %s needs the concepts of its denominator", c.Formula)
	case fraction && (answers || out.Formula == Sum):
		return out, fmt.Errorf("over: a %s has no denominator; leave it out", c.Formula)
	case !fraction && len(c.Of) != 1:
		return out, fmt.Errorf("of: a %s reads one concept, not %d", c.Formula, len(c.Of))
	case answers && out.Formula != Cited && len(c.Codes) == 0:
		return out, fmt.Errorf("codes: say which answers a %s counts", c.Formula)
	case out.Formula == Balance && len(c.Against) == 0:
		return out, fmt.Errorf("against: say which answers a balance takes away")
	}
	if out.Concepts = c.Of; fraction {
		out.Concepts, out.Parts = nil, []Fraction{{c.Of, c.Over}}
	}
	if out.Unit == "" {
		out.Unit = map[bool]string{true: "%", false: "units"}[out.Percent()]
	}
	return out, nil
}
