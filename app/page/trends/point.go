package trends

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/trend"
)

// none is the place of no point.
const none = -1

// card tells of one point: its figure, n and coverage, what its change rests on, why it is hidden or not printed, and
// the records behind it. It keeps its room, so that nothing jumps as the pointer goes over the chart.
type card struct {
	p       *Page
	chosen  int // place among the points of the result, or none
	line    *widget.Label
	why     *widget.Label
	records *widget.Button
	object  fyne.CanvasObject
	asking  task.Latest
}

func newCard(p *Page) *card {
	c := &card{p: p, chosen: none, line: kit.Line(""), why: kit.Hint("")}
	c.records = kit.Quiet(p.say("point.records"), c.showRecords)
	c.object = kit.Sheet(kit.Pad(kit.Gap4, kit.Column(-kit.Gap8, container.NewBorder(nil, nil, nil, c.records, c.line), c.why)))
	return c
}

// choose chooses a point; none takes the choice away.
func (c *card) choose(at int) {
	c.chosen = at
	c.tell(at)
	c.p.pointer.mark(at)
	c.p.gallery.mark(at)
	c.p.rows.mark(at)
	c.p.s.Changed()
}

// tell shows a point, without choosing it.
func (c *card) tell(at int) {
	c.asking.Stop()
	p := c.p
	if at == none || p.answer.result == nil || at >= len(p.answer.result.Points) {
		c.line.SetText(p.say("point.none"))
		c.why.SetText(" ")
		c.records.Hide()
		return
	}
	point := p.answer.result.Points[at]
	c.line.SetText(p.pointLine(point))
	c.why.SetText(strings.Join(append(p.reasons(point), " "), " "))
	c.records.Hidden = at != c.chosen || point.Hidden || point.N == 0
	c.records.SetText(p.say("point.records", point.N))
	c.records.Refresh()
	if point.Hidden && at == c.chosen {
		c.explain(at, point)
	}
}

// pointLine says a point in one line: which, its figure, n, coverage, and its change with what that rests on.
func (p *Page) pointLine(point indicator.Point) string {
	say := p.s.Words()
	name := strconv.Itoa(point.Year)
	if cell := p.cell(point.Keys); cell != "" {
		name = cell + ", " + name
	}
	value := p.value(point, p.whole())
	if point.Known && !point.Hidden && !point.Counted && p.answer.result.Unit != "mixed" {
		value += " " + p.unit()
	}
	coverage := p.say("point.coverage_unknown")
	if point.Coverage != nil {
		coverage = p.say("point.coverage", "Coverage", say.Percent(*point.Coverage, 1))
	}
	parts := []string{name + say.Colon() + " " + value, p.say("point.n", map[string]any{"Count": point.N}), coverage}
	if !p.at.indicator.OfCooperatives() {
		parts = append(parts[:1], say.Say("counted.n", words.Args{"What": p.counted(point.N)}))
	}
	if change := point.Change; change != nil && change.Known && !change.Hidden {
		args := words.Args{"Change": p.change(change), "From": year(change.From), "Count": change.N, "Share": say.Percent(change.Share, 1)}
		key := "point.change"
		if !change.ShareKnown {
			key = "point.change_unknown"
		}
		parts = append(parts, p.say(key, args))
	}
	return strings.Join(parts, " · ")
}

// reasons say in words what the marks of a point mean, and why its change is not printed.
func (p *Page) reasons(point indicator.Point) []string {
	var out []string
	for _, flag := range point.Flags {
		switch {
		case flag == indicator.FlagUnreliable && point.Counted:
			out = append(out, p.s.Words().Say("counted.few"))
		case flag == indicator.FlagUnreliable && point.N >= reliable:
			continue // it is the change that is not reliable, and that is said below
		case flag == indicator.FlagHidden:
			out = append(out, p.say("why.hidden"))
		case p.s.Words().Has("trends.why." + strings.ToLower(flag)):
			out = append(out, p.say("why."+strings.ToLower(flag)))
		}
	}
	if c := point.Change; c != nil && !c.Headline && !point.Hidden {
		out = append(out, p.say("why.change", "Reason", trend.Reason(p.s.Words(), c)))
	}
	return out
}

// reliable is the number of cooperatives below which a figure is marked (domain reference, B.6).
const reliable = 20

// explain says why a figure is confidential, once what stands behind it is known.
func (c *card) explain(at int, point indicator.Point) {
	p, choice, cell := c.p, c.p.at, c.p.cellOf(point)
	task.Do(&c.asking, p.s.Runner(), func(ctx context.Context) (*indicator.Traced, error) {
		return p.figures.contributions(ctx, choice, cell)
	}, func(t *indicator.Traced, err error) {
		if err != nil || c.chosen != at {
			return // the short reason stays
		}
		reasons := p.reasons(point)
		reasons[0] = p.say("why.hidden_" + whyHidden(p.at.indicator, t))
		c.why.SetText(strings.Join(append(reasons, " "), " "))
	})
}

// whyHidden names the rule that hides a figure by itself; "other" where none does, and it is hidden because another one
// could be worked out from it.
func whyHidden(ind indicator.Indicator, t *indicator.Traced) string {
	var values []int64
	var all indicator.Int128
	for _, e := range t.Records {
		if !e.Public {
			values = append(values, e.Value.Units.Big().Int64())
		}
		all = all.Plus(e.Value.Units)
	}
	sum := indicator.Decimal{Units: all}
	if len(t.Records) > 0 {
		sum.Scale = t.Records[0].Value.Scale
	}
	const fewest = 5
	switch {
	case len(values) > 0 && len(values) < fewest:
		return "few"
	case indicator.Confidential(values):
		return "dominated"
	case ind.Persons && sum.Float() < fewest:
		return "persons"
	}
	return "other"
}

// cellOf names the cell of a point.
func (p *Page) cellOf(point indicator.Point) map[string]string {
	out := map[string]string{}
	for i, by := range p.answer.result.By {
		out[by] = point.Keys[i]
	}
	return out
}

// mostTraced is how many records behind a point are read; `coopctl trace` lists any number.
const mostTraced = 500

// showRecords lists the records behind the chosen point: those that may be named by name, the others as a count.
func (c *card) showRecords() {
	p := c.p
	if c.chosen == none {
		return
	}
	point := p.answer.result.Points[c.chosen]
	if point.N > mostTraced {
		p.s.Toast(p.say("point.too_many", map[string]any{"Count": point.N, "Most": mostTraced}), nil)
		return
	}
	choice, internal, cell := p.at, p.answer.internal, p.cellOf(point)
	task.Quiet(p.s.Runner(), func(ctx context.Context) (workspace.NamedTrace, error) {
		return p.figures.trace(ctx, choice, internal, cell)
	}, func(t workspace.NamedTrace, err error) {
		switch {
		case errors.Is(err, indicator.ErrConfidential):
			p.s.Toast(p.say("why.hidden"), nil)
		case err != nil:
			p.s.Fail(err)
		default:
			p.listRecords(point, t, internal)
		}
	})
}

// listRecords shows records in a dialog. Figures of single records show inside headquarters only.
func (p *Page) listRecords(point indicator.Point, t workspace.NamedTrace, internal bool) {
	title, hidden := p.say("point.interview"), "trends.point.unnamed"
	if !p.at.indicator.OfCooperatives() {
		title, hidden = p.s.Words().Say("counted.record"), "counted.unnamed"
	}
	columns := []kit.GridColumn{{Title: title, Grow: true}}
	if internal {
		columns = append(columns, kit.GridColumn{Title: capital(p.unit()), Number: true})
	}
	weighted := internal && p.answer.result.Estimated != nil
	if weighted {
		columns = append(columns, kit.GridColumn{Title: p.say("point.weight"), Number: true})
	}
	var rows [][]kit.Cell
	records := slices.Clone(t.Records)
	slices.SortStableFunc(records, func(a, b indicator.Evidence) int { return strings.Compare(t.Names[a.Record], t.Names[b.Record]) })
	for _, e := range records {
		name := t.Names[e.Record]
		if name == "" {
			continue
		}
		row := []kit.Cell{{Text: name}}
		if internal {
			row = append(row, kit.Cell{Text: p.number(e.Value, false)})
		}
		if weighted && e.Weight != nil {
			row = append(row, kit.Cell{Text: p.number(*e.Weight, false)})
		}
		rows = append(rows, row)
	}
	what := kit.Column(kit.Gap8, kit.Body(p.pointLine(point)))
	if internal {
		what.Add(kit.NewBadge(kit.Warn, p.say("internal_mark")))
	}
	if len(rows) > 0 {
		grid := kit.NewGrid(columns, rows)
		scroll := container.NewVScroll(kit.Sheet(grid))
		scroll.SetMinSize(fyne.NewSize(520, min(grid.MinSize().Height+kit.Gap8, 360)))
		what.Add(scroll)
	}
	if unnamed := len(t.Records) - len(rows); unnamed > 0 {
		what.Add(kit.Hint(p.s.Words().Say(hidden, words.Args{"Count": unnamed})))
	}
	p.s.Dialog(p.say("point.records", point.N), kit.Fixed(540, what), nil)
}
