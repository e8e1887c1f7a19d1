package trend

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"coopatlas/data/codes"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/chart"
)

// Labels says what a chart cannot know from its numbers.
type Labels struct {
	Words *words.Words
	Codes *codes.Lists // names of countries and activities; nil shows codes
	// Choices names answers by kind, concept and code; "" where there is no name. Nil shows codes.
	Choices func(kind, concept, code string) string
	Of      indicator.Indicator // whose answers are named; Chart takes that of the result
	Where   map[string][]string // the filters of the query
	Source  string              // who the data come from; empty names the workspace's own mapping
	// Demonstration says that the data are invented, which the chart then says too.
	Demonstration bool
	Release       string // the title of the release that the frame is of; empty for none
	Internal      bool   // confidential figures are shown, which the chart then says
}

// ErrNothing is returned where a result holds nothing that may be drawn; the sentence says why.
var ErrNothing = errors.New("there is nothing to draw")

// Chart defines the chart of a result: the matched and the demographic basis as index lines in segments, shares as
// levels, all respondents as columns. Of more than six series the six with the most cooperatives are drawn, and a note
// says so. A change that may not be a headline is not drawn.
func Chart(result *indicator.Result, labels Labels) (chart.Definition, error) {
	return newCharter(result, labels).chart()
}

func newCharter(result *indicator.Result, labels Labels) *charter {
	c := &charter{result: result, Labels: labels}
	c.indicator, _ = indicator.Query{Indicator: result.Indicator, Of: result.Of}.Asked()
	c.Of = c.indicator
	return c
}

func (c *charter) chart() (chart.Definition, error) {
	result := c.result
	if len(result.Points) == 0 {
		return chart.Definition{}, fmt.Errorf("%w: no record has a value for these filters and years", ErrNothing)
	}
	c.from, c.to = result.Points[0].Year, result.Points[0].Year
	for _, p := range result.Points {
		c.from, c.to = min(c.from, p.Year), max(c.to, p.Year)
	}
	d := c.definition()
	if drawn := slices.ContainsFunc(d.Series, func(s chart.Series) bool { return len(s.Points) > 0 }); !drawn && result.Estimated != nil && d.Kind != chart.Index {
		return d, fmt.Errorf("%w: no country of these filters has a known population between %d and %d with enough answers, so that no total is estimated", ErrNothing, c.from, c.to)
	} else if !drawn {
		return d, fmt.Errorf("%w: no change between %d and %d may be printed on this basis; `coopctl trend` says why for each year, and --basis all draws the reported totals", ErrNothing, c.from, c.to)
	}
	return d, nil
}

type charter struct {
	Labels
	result    *indicator.Result
	indicator indicator.Indicator
	from, to  int
	part      bool // one of several charts side by side: what holds for all is said elsewhere
}

func (c *charter) say(key string, args words.Args) string { return c.Words.Say("trend."+key, args) }

func (c *charter) definition() chart.Definition {
	d := chart.Definition{
		Kind: c.kind(), Population: c.population(), Years: c.Words.Years(c.from, c.to), Basis: c.basis(), Source: c.Source,
		Language: c.Words.Language(), Numbers: c.Words, Coverage: c.coverage(), Data: c.data(), Notes: c.notes(),
	}
	d.Title = c.title()
	d.Unit = c.unit(d.Kind)
	if d.Source == "" {
		d.Source = c.say("own_source", nil)
	}
	for year := c.from; year <= c.to; year++ {
		d.Categories = append(d.Categories, fmt.Sprint(year))
	}
	lines := c.lines(d.Kind)
	for _, l := range lines[:min(len(lines), chart.MaxSeries)] {
		d.Series = append(d.Series, chart.Series{Name: l.name, Points: l.points})
	}
	if left := len(lines) - len(d.Series); left > 0 {
		d.Notes = append(d.Notes, c.say("left_out", words.Args{"Count": left, "Shown": chart.MaxSeries}))
	}
	if c.part {
		d.Notes = nil
	}
	c.setBeside(&d, lines)
	if d.Kind != chart.Column {
		d.Decimals = decimals(d.Series)
	}
	c.least(&d)
	return d
}

// decimals is how many a chart needs so that figures such as a concentration of 0.023 tell anything.
func decimals(series []chart.Series) int {
	most := 0.0
	for _, line := range series {
		for _, p := range line.Points {
			most = max(most, math.Abs(p.Value))
		}
	}
	switch {
	case most <= 1:
		return 3
	case most < 10:
		return 2
	}
	return 1
}

// kind is how the basis may be drawn (domain reference, B.2).
func (c *charter) kind() chart.Kind {
	switch {
	case c.counted():
		return chart.Column
	case !c.indicator.Additive():
		return chart.Level
	case c.result.Basis == indicator.All:
		return chart.Column
	}
	return chart.Index
}

// counted tells whether every figure is a number in place of a rate.
func (c *charter) counted() bool {
	return !slices.ContainsFunc(c.result.Points, func(p indicator.Point) bool { return p.Known && !p.Counted })
}

func (c *charter) name() string {
	return c.result.Name.In(c.Words.Language())
}

func (c *charter) title() string {
	var by []string
	for _, name := range c.result.By[1:] {
		if name != indicator.Answer { // the legend has the answers
			by = append(by, c.Words.Say("breakdown."+name))
		}
	}
	if len(by) == 0 {
		return c.name()
	}
	return c.say("by", words.Args{"Name": c.name(), "By": c.Words.List(by)})
}

func (c *charter) population() string {
	var parts []string
	for _, name := range slices.Sorted(mapKeys(c.Where)) {
		var labels []string
		for _, value := range c.Where[name] {
			labels = append(labels, c.Class(name, value))
		}
		parts = append(parts, c.Words.List(labels))
	}
	all := c.say("population", nil)
	if !c.indicator.OfCooperatives() {
		all = c.Words.Say("counted.population." + c.indicator.Noun())
	}
	switch where := strings.Join(parts, ", "); {
	case len(parts) == 0:
		return all
	case !c.indicator.OfCooperatives():
		return all + ", " + where
	default:
		return c.say("population_of", words.Args{"Where": where})
	}
}

// Class is what people call a class of a breakdown, such as "Italy" for country IT.
func (l Labels) Class(breakdown, value string) string {
	if value == indicator.Unknown {
		return l.Words.Say("trend.unknown")
	}
	if key := "class." + breakdown + "." + value; l.Words.Has(key) {
		return l.Words.Say(key)
	}
	if name := l.answer(breakdown, value); name != "" {
		return name
	}
	list := map[string]string{"country": codes.CountryList, "region": codes.SubdivisionList, "section": codes.ISICList}[breakdown]
	if l.Codes == nil || list == "" {
		return value
	}
	if known, ok := l.Codes.List(list); ok {
		if code, ok := known.Code(value); ok {
			return code.Label(l.Words.Language())
		}
	}
	return value
}

// answer is what people call an answer of the indicator, or a class that is an answer of its kind.
func (l Labels) answer(breakdown, value string) string {
	concept := breakdown
	if breakdown == indicator.Answer {
		for _, item := range l.Of.Items {
			if name := item.Name.In(l.Words.Language()); item.Code == value && name != "" {
				return name
			}
		}
		if len(l.Of.Concepts) == 0 {
			return ""
		}
		concept = l.Of.Concepts[0]
	}
	if l.Choices == nil {
		return ""
	}
	return l.Choices(l.Of.Reading(), concept, value)
}

// Unit is what people call the unit of a figure: "persons", "GBP, current prices" for money.
func (l Labels) Unit(of indicator.Indicator, unit string) string {
	switch {
	case of.Money && unit != "mixed" && unit != "":
		return l.Words.Say("bulletin.current_prices", words.Args{"Currency": unit})
	case l.Words.Has("unit." + unit):
		return l.Words.Say("unit." + unit)
	}
	return unit
}

func (c *charter) basis() string {
	if !c.indicator.OfCooperatives() {
		return c.Words.Say("counted.basis")
	}
	basis := c.say("basis."+string(c.result.Basis), nil)
	if c.kind() == chart.Level {
		basis = c.say("basis.level", nil)
	}
	if c.result.Estimated != nil && c.kind() != chart.Index {
		return c.say("basis.estimated", nil)
	}
	if c.result.Pairs == indicator.Any {
		basis += ", " + c.say("any_pairs", nil)
	}
	return basis
}

func (c *charter) unit(kind chart.Kind) string {
	if kind == chart.Index {
		return c.say("index", nil)
	}
	if c.result.Money != nil {
		return Money(c.Words, c.result.Money)
	}
	return c.Unit(c.indicator, c.result.Unit)
}

// coverage is the coverage of the last year, where the chart is of one cell.
func (c *charter) coverage() string {
	if len(c.result.By) > 1 || !c.indicator.OfCooperatives() {
		return ""
	}
	last := c.result.Points[len(c.result.Points)-1]
	if last.Coverage == nil {
		return c.Words.Say("bulletin.population_unknown")
	}
	return c.Words.Say("bulletin.coverage", words.Args{"Coverage": c.Words.Percent(*last.Coverage, 1)})
}

func (c *charter) data() string {
	line := DataLine(c.Words, c.Release, c.result.Frame, c.result.Newest)
	if c.Internal {
		line = c.Words.Say("figures.internal") + ". " + line
	}
	if c.Demonstration {
		return c.Words.Say("document.demonstration") + ". " + line
	}
	return line
}

func (c *charter) notes() []string {
	var out []string
	for _, note := range c.result.Notes {
		if key := "bulletin.quality." + string(note.Key); note.Count > 0 && c.Words.Has(key) {
			out = append(out, strings.ReplaceAll(c.Words.Say(key, words.Args{"Count": note.Count, "Of": note.Of}), "**", ""))
		}
	}
	if left := LeftOut(c.Labels, c.result.Estimated); left != "" {
		out = append(out, left)
	}
	if slices.ContainsFunc(c.result.Points, func(p indicator.Point) bool { return p.Counted }) {
		out = append(out, c.Words.Say("counted.few"))
	}
	return append(out, MoneyNotes(c.Words, c.result)...)
}

// fewest is the height of a chart of small counts, so that its axis has whole numbers only.
const fewest = 5

// least gives a chart of small counts the height of a few.
func (c *charter) least(d *chart.Definition) {
	if c.indicator.Formula != indicator.Counted && c.indicator.Formula != indicator.CountHas && !c.counted() {
		return
	}
	for _, p := range c.result.Points {
		if p.Value.Float() > fewest {
			return
		}
	}
	highest := float64(fewest)
	d.Maximum = &highest
}
