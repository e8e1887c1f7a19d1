package indicator

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// The kinds of record, beside those of the mapping, that indicators count.
const (
	kindMacro   = "macro"
	kindProject = "project"
	kindOutcome = "outcome"
)

// shape says how the records of a kind are read.
type shape struct {
	kind string
	unit string // the concept that says what a record is about
	noun string // what n counts
	// apart says that the units are no cooperatives: they have no accounts, no
	// births and deaths, no mergers and no known population.
	apart bool
	// saved says that a record counts once it is saved; else it must have been
	// submitted.
	saved bool
	// borrows says that the mapping tells what the cooperatives are where the
	// records do not: a questionnaire of a workspace's own asks of them what it
	// wants to know.
	borrows bool
}

// memo names what is remembered of the kind.
func (s shape) memo(what string) string {
	if s.kind == kindMapping {
		return what
	}
	return what + " of " + s.kind
}

// shapes lists the kinds that indicators read, the mapping first. One more is
// one line here.
var shapes = [...]shape{
	{kind: kindMapping, unit: "subject", noun: "cooperatives"},
	{kind: kindMacro, unit: "country", noun: "countries", apart: true},
	{kind: kindProject, unit: "record", noun: "projects", apart: true, saved: true},
	{kind: kindOutcome, unit: "record", noun: "outcomes", apart: true, saved: true},
}

// shapeOf gives the shape of a kind; "" is the mapping. A kind that is not listed
// is a questionnaire of a workspace's own: of cooperatives, in years.
func shapeOf(kind string) shape {
	if kind == "" {
		return shapes[0]
	}
	for _, s := range shapes {
		if s.kind == kind {
			return s
		}
	}
	return shape{kind: kind, unit: "subject", noun: "cooperatives", borrows: true}
}

// Reading is the kind of record that the indicator reads.
func (i Indicator) Reading() string { return shapeOf(i.Kind).kind }

// Noun names what n counts, in English and as a key of words: cooperatives,
// countries, projects or outcomes.
func (i Indicator) Noun() string { return shapeOf(i.Kind).noun }

// OfCooperatives says whether the indicator is about cooperatives, so that there
// may be a coverage of them, pairs of years and a decomposition.
func (i Indicator) OfCooperatives() bool { return !shapeOf(i.Kind).apart }

// Filters names what a query about the indicator may be filtered by: any
// breakdown, but of records that are no cooperatives only those they have.
func (i Indicator) Filters() []string {
	if i.OfCooperatives() {
		return Breakdowns()
	}
	return slices.DeleteFunc(slices.Clone(i.By), func(name string) bool { return name == Answer })
}

// checkFilters refuses a filter that the records do not have.
func (i Indicator) checkFilters(where map[string][]string) error {
	for _, name := range sortedKeys(where) {
		missing := !slices.Contains(i.By, name)
		if i.OfCooperatives() {
			missing = slices.ContainsFunc(dimensions(), func(d dimension) bool { return d.name == name && d.apart })
		}
		if missing {
			return fmt.Errorf("%s is of %s and cannot be filtered by %s: use one of %s", i.Code, i.Noun(), name, strings.Join(i.Filters(), ", "))
		}
	}
	return nil
}

// Years are the years of the records that an indicator reads, in order.
func Years(ctx context.Context, src Source, ind Indicator) ([]int, error) {
	rows, err := prepared(src).of(ind).arranged(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(rows.years), nil
}

// Classes are the known classes of a breakdown among the records that an
// indicator reads, by alphabet. The error names a breakdown that there is not.
func Classes(ctx context.Context, src Source, ind Indicator, breakdown string) ([]string, error) {
	rows, err := prepared(src).of(ind).arranged(ctx)
	if err != nil {
		return nil, err
	}
	c, err := rows.classesOf(breakdown)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(c.labels[1:])
	if !c.ranked {
		slices.Sort(out)
	}
	return out, nil
}
