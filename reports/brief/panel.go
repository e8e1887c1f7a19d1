package brief

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"coopatlas/data/codes"
	"coopatlas/data/indicator"
)

// panel is an indicator over the years of the brief, one line for each unit: money has a line for each currency,
// because currencies are never added.
type panel struct {
	indicator.Indicator
	lines  []*seriesLine
	notes  map[indicator.NoteKey]indicator.Note
	result *indicator.Result    // on the matched basis, where there is one
	used   *indicator.MoneyUsed // the rates that amounts were converted with; nil for none
}

// seriesLine is one series of points in the order of the years.
type seriesLine struct {
	unit        string
	points      []indicator.Point       // with the index of the basis matched
	demographic map[int]indicator.Point // by year, with the index of the basis demographic
	parts       []indicator.Decomposition
}

// query is the question a brief may ask: validated records only, with disclosure control.
func (b *builder) query(ind indicator.Indicator, basis indicator.Basis) indicator.Query {
	q := indicator.Query{
		Indicator: ind.Code, Basis: basis, Where: b.Where, From: b.From, To: b.To, Years: b.Years,
		Validated: true, Disclosure: true, Decompose: basis == indicator.Matched, Estimated: b.estimates(ind) && basis != indicator.Demographic,
	}
	switch {
	case ind.Money && b.converts():
		q.Money = b.Money
	case ind.Money && slices.Contains(ind.By, "currency"):
		q.By = []string{"currency"}
	}
	return q
}

// converts tells whether amounts are given in another money than their own.
func (b *builder) converts() bool {
	return b.Money.Kind != "" && b.Money.Kind != indicator.National
}

// panel computes an indicator, once.
func (b *builder) panel(code string) (*panel, error) {
	ind, err := b.Find(b.ctx, code)
	if err != nil {
		return nil, err
	}
	if done := b.panels[ind.Code]; done != nil {
		return done, nil
	}
	basis := indicator.All
	if ind.HasMatched() {
		basis = indicator.Matched
	}
	main, err := b.Compute(b.ctx, b.query(ind, basis))
	if err != nil {
		return nil, err
	}
	out := &panel{Indicator: ind, notes: map[indicator.NoteKey]indicator.Note{}, result: main, used: main.Money}
	for _, note := range main.Notes {
		out.notes[note.Key] = note
	}
	lines := map[string]*seriesLine{}
	for _, point := range main.Points {
		key := unitOf(point.Keys, point.Unit)
		if lines[key] == nil {
			lines[key] = &seriesLine{unit: point.Unit, demographic: map[int]indicator.Point{}}
			out.lines = append(out.lines, lines[key])
		}
		lines[key].points = append(lines[key].points, point)
	}
	if err := b.addParts(ind, main, lines); err != nil {
		return nil, err
	}
	if ind.HasMatched() {
		if err := b.addDemographic(ind, lines); err != nil {
			return nil, err
		}
	}
	out.lines = slices.DeleteFunc(out.lines, func(l *seriesLine) bool { return l.latest() == nil })
	sort.SliceStable(out.lines, func(i, j int) bool { return out.lines[i].latest().N > out.lines[j].latest().N })
	b.panels[ind.Code] = out
	return out, nil
}

// addParts adds what the changes of the reported totals are made of. Estimated totals have none of their own.
func (b *builder) addParts(ind indicator.Indicator, of *indicator.Result, lines map[string]*seriesLine) error {
	if q := b.query(ind, indicator.Matched); q.Estimated && ind.HasMatched() {
		q.Estimated = false
		var err error
		if of, err = b.Compute(b.ctx, q); err != nil {
			return err
		}
	}
	for _, part := range of.Decompositions {
		if at := lines[unitOf(part.Keys, part.Unit)]; at != nil {
			at.parts = append(at.parts, part)
		}
	}
	return nil
}

func (b *builder) addDemographic(ind indicator.Indicator, lines map[string]*seriesLine) error {
	result, err := b.Compute(b.ctx, b.query(ind, indicator.Demographic))
	if err != nil {
		return err
	}
	for _, point := range result.Points {
		if at := lines[unitOf(point.Keys, point.Unit)]; at != nil {
			at.demographic[point.Year] = point
		}
	}
	return nil
}

// unitOf tells the lines of a panel apart: by their breakdown, of which the year is the first key.
func unitOf(keys []string, unit string) string {
	if len(keys) > 1 {
		return strings.Join(keys[1:], "|")
	}
	return unit
}

// latest is the newest point that has a value, nil where none has.
func (l *seriesLine) latest() *indicator.Point {
	for i := len(l.points) - 1; i >= 0; i-- {
		if l.points[i].Known {
			return &l.points[i]
		}
	}
	return nil
}

// headline tells whether a change may be used in words, tables and charts.
func headline(change *indicator.Change) bool {
	return change != nil && change.Known && !change.Hidden && change.Headline
}

// lastHeadline is the newest point whose matched change may be used, nil where none may.
func (l *seriesLine) lastHeadline() *indicator.Point {
	for i := len(l.points) - 1; i >= 0; i-- {
		if headline(l.points[i].Matched) {
			return &l.points[i]
		}
	}
	return nil
}

// findYears replaces open years by the first and the last that the mapping has, or that are chosen.
func (b *builder) findYears() error {
	count, err := b.panel("I01")
	if err != nil {
		return err
	}
	if len(count.lines) == 0 {
		return fmt.Errorf("%w%s: a brief uses validated and locked records only, so validate some first or widen the filters", ErrNothing, b.asked())
	}
	points := count.lines[0].points
	if b.From == 0 {
		b.From = points[0].Year
	}
	if b.To == 0 {
		b.To = points[len(points)-1].Year
	}
	if all := b.allYears(); b.Years != nil && len(all) > 0 {
		b.From, b.To = all[0], all[len(all)-1]
	}
	return nil
}

// allYears are the years of the brief, in order.
func (b *builder) allYears() []int {
	var out []int
	for year := b.From; year <= b.To; year++ {
		if b.within(year) {
			out = append(out, year)
		}
	}
	return out
}

// years says in words which years the brief is about: the first and the last, or each that is chosen.
func (b *builder) years() string { return b.yearsOf(b.From, b.To) }

// yearsOf says in words which years of the brief lie between two.
func (b *builder) yearsOf(from, to int) string {
	if b.Years == nil {
		return b.Words.Years(from, to)
	}
	return b.yearList(slices.DeleteFunc(b.allYears(), func(year int) bool { return year < from || year > to }))
}

// asked repeats the filters and years in an error.
func (b *builder) asked() string {
	var parts []string
	for _, name := range sortedKeys(b.Where) {
		parts = append(parts, name+"="+strings.Join(b.Where[name], ","))
	}
	switch span := (indicator.Span{From: b.From, To: b.To, Years: b.Years}); {
	case span.Years != nil:
		parts = append(parts, "the years "+span.String())
	case b.From != 0 || b.To != 0:
		parts = append(parts, fmt.Sprintf("years %d-%d", b.From, b.To))
	}
	if len(parts) == 0 {
		return ""
	}
	return " for " + strings.Join(parts, ", ")
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// where says in words which part of the mapping the brief is about.
func (b *builder) where() string {
	var parts []string
	for _, name := range sortedKeys(b.Where) {
		labels := make([]string, len(b.Where[name]))
		for i, value := range b.Where[name] {
			labels[i] = b.label(name, value)
		}
		parts = append(parts, b.Words.List(labels))
	}
	if len(parts) == 0 {
		return b.Words.Say("bulletin.everywhere")
	}
	return strings.Join(parts, ", ")
}

// label is the name of a class of a breakdown in the brief's language.
func (b *builder) label(dimension, value string) string {
	list := map[string]string{"country": codes.CountryList, "region": codes.SubdivisionList, "section": codes.ISICList}[dimension]
	if b.Codes != nil && list != "" {
		if found, ok := b.Codes.List(list); ok {
			if code, ok := found.Code(value); ok {
				return code.Label(b.Words.Language())
			}
		}
	}
	if key := "class." + dimension + "." + strings.ReplaceAll(value, " ", "_"); b.Words.Has(key) {
		return b.Words.Say(key)
	}
	return value
}
