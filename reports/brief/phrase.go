package brief

import (
	"fmt"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/trend"
)

// short is the name of an indicator as it stands in a sentence.
func (b *builder) short(ind indicator.Indicator) string {
	if key := "bulletin.short." + ind.Code; b.Words.Has(key) {
		return b.Words.Say(key)
	}
	return ind.Name.In(b.Words.Language())
}

// name is the short name with the currency where a panel has several.
func (b *builder) name(p *panel, l *seriesLine) string {
	if p.Money && len(p.lines) > 1 {
		return b.short(p.Indicator) + " (" + l.unit + ")"
	}
	return b.short(p.Indicator)
}

// unit is the unit of a line in words: "memberships", or the currency with its prices.
func (b *builder) unit(p *panel, l *seriesLine) string {
	if p.used != nil {
		return trend.Money(b.Words, p.used)
	}
	if p.Money {
		return b.Words.Say("bulletin.current_prices", words.Args{"Currency": l.unit})
	}
	if p.percent() {
		return "%"
	}
	return b.unitName(p.Unit)
}

func (b *builder) unitName(unit string) string {
	if key := "unit." + unit; b.Words.Has(key) {
		return b.Words.Say(key)
	}
	return unit
}

// percent tells whether the values of a panel are percentages.
func (p *panel) percent() bool {
	return p.Percent()
}

// value writes a value as text rounds it: money and large counts short, ratios with one decimal.
func (b *builder) value(p *panel, l *seriesLine, at indicator.Point) string {
	switch {
	case at.Hidden:
		return b.Words.Say("bulletin.confidential")
	case !at.Known:
		return "–"
	case p.percent():
		return b.Words.Percent(at.Value.Float(), 1)
	case p.Money:
		return b.Words.Say("bulletin.money", words.Args{"Currency": l.unit, "Amount": b.Words.Compact(at.Value.Float())})
	}
	return b.Words.Compact(at.Value.Float())
}

// exact writes a value in full, as tables do; decimals that no value of the line needs are left out.
func (b *builder) exact(l *seriesLine, at indicator.Point) string {
	switch {
	case at.Hidden:
		return "c"
	case !at.Known:
		return "–"
	}
	return b.full(l, at.Value)
}

// full writes every digit of a number, without the decimals that no value of its line needs.
func (b *builder) full(l *seriesLine, number indicator.Decimal) string {
	text := number.String()
	if whole, fraction, _ := strings.Cut(text, "."); l.whole() && strings.Trim(fraction, "0") == "" {
		text = whole
	}
	return b.Words.Exact(text)
}

// whole tells whether all values of a line are whole numbers.
func (l *seriesLine) whole() bool {
	for _, point := range l.points {
		if _, fraction, _ := strings.Cut(point.Value.String(), "."); strings.Trim(fraction, "0") != "" {
			return false
		}
	}
	return true
}

// changed writes a change that may be a headline, with one decimal.
func (b *builder) changed(change *indicator.Change) string {
	if change.Points {
		return b.Words.Points(change.Pct, 1)
	}
	return b.Words.Change(change.Pct, 1)
}

// reason says why a change is no headline, to stand after "because". The change itself is not told.
func (b *builder) reason(change *indicator.Change) string { return trend.Reason(b.Words, change) }

// shortReason says why a change is no headline in a few words, to stand in brackets.
func (b *builder) shortReason(change *indicator.Change) string {
	if change == nil || change.Hidden {
		return b.reason(change)
	}
	args := words.Args{"Count": change.N, "Share": b.Words.Percent(change.Share, 1)}
	switch change.Reason {
	case indicator.ReasonFew:
		return b.Words.Say("bulletin.short_reason.too_few", args)
	case indicator.ReasonShare:
		return b.Words.Say("bulletin.short_reason.share", args)
	}
	return b.reason(change)
}

// coverage says how much of the known population the mapping reaches in a year, or that the population is unknown.
func (b *builder) coverage(year int) (string, error) {
	count, err := b.panel("I01")
	if err != nil {
		return "", err
	}
	for _, line := range count.lines {
		for _, point := range line.points {
			if point.Year == year && point.Coverage != nil {
				return b.Words.Say("bulletin.coverage", words.Args{"Coverage": b.Words.Percent(*point.Coverage, 1)}), nil
			}
		}
	}
	return b.Words.Say("bulletin.population_unknown"), nil
}

// finding is a trend that may be a headline: a chain of changes without a gap.
type finding struct {
	line     *seriesLine
	from, to int
	change   float64 // in percent, or points
	points   bool
	missing  []int // years of the line after to, which have no comparable figure
}

// findingOf gives the newest unbroken chain of headlines of a line.
func (l *seriesLine) findingOf() (finding, bool) {
	last := l.lastHeadline()
	if last == nil {
		return finding{}, false
	}
	out := finding{line: l, to: last.Year, from: last.Matched.From, change: last.Matched.Pct, points: last.Matched.Points}
	for _, point := range l.points {
		if point.Year > last.Year && point.Known {
			out.missing = append(out.missing, point.Year)
		}
	}
	if last.Index == nil || out.points {
		return out, true
	}
	for _, point := range l.points {
		if point.Segment == last.Segment && point.Index != nil {
			out.from, out.change = point.Year, *last.Index-100
			break
		}
	}
	return out, true
}

// title is the finding of the first indicator of the template that has one.
func (b *builder) title() (string, error) {
	if key := b.template.Title; key != "" {
		return b.Words.Say(key, words.Args{"Where": b.where(), "Years": b.years()}), nil
	}
	for _, code := range b.template.Finding {
		p, err := b.panel(code)
		if err != nil {
			return "", err
		}
		if len(p.lines) != 1 {
			continue // of several currencies none can speak for all
		}
		if found, ok := p.lines[0].findingOf(); ok {
			return b.headlineOf(b.short(p.Indicator), found), nil
		}
	}
	return b.Words.Say("bulletin.title.none", words.Args{"Where": b.where(), "Years": b.years()}), nil
}

func (b *builder) headlineOf(name string, found finding) string {
	amount := found.change
	if amount < 0 {
		amount = -amount
	}
	text := b.Words.Percent(amount, 1)
	if found.points {
		text = b.Words.Say("bulletin.points", words.Args{"Number": b.Words.Number(amount, 1)})
	}
	args := words.Args{"Name": name, "Change": text, "From": words.Year(found.from), "To": words.Year(found.to)}
	key := "same"
	if rounded := b.Words.Signed(found.change, 1); found.change > 0 && rounded[0] == '+' {
		key = "rose"
	} else if found.change < 0 && rounded != b.Words.Number(0, 1) {
		key = "fell"
	}
	title := b.Words.Say("bulletin.title."+key, args)
	if n := len(found.missing); n > 0 {
		title += b.Words.Say("bulletin.title.gap", words.Args{"Count": n, "Years": b.yearList(found.missing)})
	}
	return title
}

func (b *builder) yearList(years []int) string {
	if n := len(years); n > 2 && years[n-1]-years[0] == n-1 {
		return b.Words.Years(years[0], years[n-1])
	}
	texts := make([]string, len(years))
	for i, year := range years {
		texts[i] = fmt.Sprint(year)
	}
	return b.Words.List(texts)
}
