package trends

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/app/kit"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// mostRows is how many rows of a table are shown; the saved table has all.
const mostRows = 300

// tableOf is the table of the figures that the chart is drawn from.
func (p *Page) tableOf() ([]kit.GridColumn, [][]kit.Cell) {
	r := p.answer.result
	columns := []kit.GridColumn{{Title: p.say("column.year")}}
	for _, by := range r.By[1:] {
		columns = append(columns, kit.GridColumn{Title: capital(p.s.Words().Say("breakdown." + by))})
	}
	columns = append(columns, kit.GridColumn{Title: capital(p.unit()), Number: true}, kit.GridColumn{Title: p.say("column.n"), Number: true})
	if p.at.indicator.OfCooperatives() {
		columns = append(columns, kit.GridColumn{Title: p.say("column.coverage"), Number: true})
	}
	if p.changing() {
		columns = append(columns, kit.GridColumn{Title: p.say("column.change"), Number: true}, kit.GridColumn{Title: p.say("column.change_n"), Number: true},
			kit.GridColumn{Title: p.say("column.share"), Number: true})
		if r.Basis == indicator.Matched { // survivors flatter: what only they did never stands alone
			columns = append(columns, kit.GridColumn{Title: p.say("column.demographic"), Number: true}, kit.GridColumn{Title: p.say("column.demographic_share"), Number: true})
		}
		if p.indexed() {
			columns = append(columns, kit.GridColumn{Title: p.say("column.index"), Number: true})
		}
	}
	columns = append(columns, kit.GridColumn{Title: p.say("column.marks")})
	whole := p.whole()
	var rows [][]kit.Cell
	for _, point := range r.Points[:min(len(r.Points), mostRows)] {
		rows = append(rows, p.row(point, whole))
	}
	return columns, rows
}

// changing tells whether the table has changes: estimated totals have none.
func (p *Page) changing() bool {
	return p.at.indicator.HasMatched() && p.answer.result.Estimated == nil
}

// unit is the unit of the figures in words.
func (p *Page) unit() string {
	r := p.answer.result
	if r.Unit == "mixed" {
		return p.say("column.value")
	}
	return p.answer.labels.Unit(p.at.indicator, r.Unit)
}

// row is one line of the table.
func (p *Page) row(point indicator.Point, whole bool) []kit.Cell {
	say := p.s.Words()
	cells := []kit.Cell{{Text: point.Keys[0]}}
	for i, value := range point.Keys[1:] {
		cells = append(cells, kit.Cell{Text: p.class(filter{p.answer.result.By[i+1], value})})
	}
	cells = append(cells, kit.Cell{Text: p.value(point, whole)}, kit.Cell{Text: say.Integer(int64(point.N))})
	if p.at.indicator.OfCooperatives() {
		cells = append(cells, p.coverage(point))
	}
	if p.changing() {
		cells = append(cells, p.changeCells(point)...)
	}
	return append(cells, kit.Cell{Text: strings.Join(point.Flags, " ")})
}

func (p *Page) value(point indicator.Point, whole bool) string {
	switch {
	case point.Hidden:
		return p.s.Words().Say("bulletin.confidential")
	case !point.Known:
		return "–"
	case point.Counted:
		return p.s.Words().Say("counted.value", words.Args{"Count": p.number(point.Value, true), "Of": p.s.Words().Integer(int64(point.N))})
	case p.answer.result.Unit == "mixed" && !p.at.indicator.Money:
		return p.number(point.Value, whole) + words.NoBreak + p.answer.labels.Unit(p.at.indicator, point.Unit)
	case p.answer.result.Unit == "mixed":
		return point.Unit + words.NoBreak + p.number(point.Value, whole)
	}
	return p.number(point.Value, whole)
}

// newest is the last year, and how many have a figure in it; an answer does not count them again.
func (a answer) newest() (n, last int) {
	most := map[string]int{}
	for _, point := range a.result.Points {
		if point.Year > last {
			last, most = point.Year, map[string]int{}
		}
		if point.Year != last {
			continue
		}
		keys := point.Keys[1:]
		if a.result.By[len(a.result.By)-1] == indicator.Answer {
			keys = keys[:len(keys)-1]
		}
		cell := strings.Join(keys, "\x00")
		most[cell] = max(most[cell], point.N)
	}
	for _, of := range most {
		n += of
	}
	return n, last
}

// number writes every digit, without decimals that no figure needs.
func (p *Page) number(d indicator.Decimal, whole bool) string {
	text := d.String()
	if number, _, found := strings.Cut(text, "."); found && whole {
		text = number
	}
	return p.s.Words().Exact(text)
}

// whole tells whether all figures are whole numbers.
func (p *Page) whole() bool {
	return !slices.ContainsFunc(p.answer.result.Points, func(point indicator.Point) bool {
		_, fraction, _ := strings.Cut(point.Value.String(), ".")
		return strings.Trim(fraction, "0") != ""
	})
}

// coverage is the share of the known population, with a bar.
func (p *Page) coverage(point indicator.Point) kit.Cell {
	if point.Coverage == nil {
		return kit.Cell{Text: "–"}
	}
	share := *point.Coverage / 100
	return kit.Cell{Text: p.s.Words().Percent(*point.Coverage, 1), Bar: &share}
}

// changeCells are the change, what it rests on, that with births and deaths beside a matched one, and the index.
func (p *Page) changeCells(point indicator.Point) []kit.Cell {
	cells := p.changed(point.Change)
	if p.answer.result.Basis == indicator.Matched {
		beside := p.changed(point.Demographic)
		cells = append(cells, beside[0], beside[2])
	}
	if !p.indexed() {
		return cells
	}
	index := kit.Cell{}
	if point.Index != nil {
		index.Text = p.s.Words().Number(*point.Index, 1)
	}
	return append(cells, index)
}

// changed are a change, its n and its share of the base. One that is no finding stands in brackets.
func (p *Page) changed(c *indicator.Change) []kit.Cell {
	say, cells := p.s.Words(), make([]kit.Cell, 3)
	if c == nil || c.Hidden {
		return cells
	}
	cells[0].Text, cells[1].Text = ":", say.Integer(int64(c.N))
	if c.Known {
		cells[0].Text = p.change(c)
	}
	if c.Known && !c.Headline {
		warn := kit.Warn
		cells[0].Text, cells[0].State = "("+cells[0].Text+")", &warn
	}
	if c.ShareKnown {
		cells[2].Text = say.Percent(c.Share, 1)
	}
	return cells
}

// indexed tells whether the basis has an index.
func (p *Page) indexed() bool {
	return slices.ContainsFunc(p.answer.result.Points, func(point indicator.Point) bool { return point.Index != nil })
}

// marksOf explains the marks that the table uses.
func (p *Page) marksOf() string {
	used := map[string]bool{}
	for _, point := range p.answer.result.Points {
		for _, flag := range point.Flags {
			used[flag] = true
		}
	}
	var out []string
	for _, flag := range []string{indicator.FlagMissing, indicator.FlagHidden, indicator.FlagImputed, indicator.FlagEstimated, indicator.FlagUnreliable, indicator.FlagUnvalidated} {
		if used[flag] {
			out = append(out, flag+" "+p.say("mark."+strings.ToLower(flag)))
		}
	}
	text := p.say("marks", words.Args{"Marks": strings.Join(out, p.s.Words().Say("number.semicolon"))})
	if len(out) == 0 {
		text = p.say("marks_none")
	}
	if more := len(p.answer.result.Points) - mostRows; more > 0 {
		text += " " + p.say("more_rows", words.Args{"Count": more})
	}
	return text
}

// partsOf is the table of what the change of the reported total is made of.
func (p *Page) partsOf() ([]kit.GridColumn, [][]kit.Cell) {
	r, say := p.answer.result, p.s.Words()
	columns := []kit.GridColumn{{Title: p.say("column.years")}}
	for _, by := range r.By[1:] {
		columns = append(columns, kit.GridColumn{Title: capital(say.Say("breakdown." + by))})
	}
	columns = append(columns, kit.GridColumn{Title: p.say("column.base"), Number: true})
	for set := indicator.SetMatched; set <= indicator.SetLost; set++ {
		columns = append(columns, kit.GridColumn{Title: p.say("column.set_" + strings.ToLower(set.String())), Number: true})
	}
	moved := slices.ContainsFunc(r.Decompositions, func(d indicator.Decomposition) bool { return d.Moved.Units.Sign() != 0 })
	if moved {
		columns = append(columns, kit.GridColumn{Title: p.say("column.moved"), Number: true})
	}
	columns = append(columns, kit.GridColumn{Title: p.say("column.total"), Number: true})
	var rows [][]kit.Cell
	for _, d := range r.Decompositions[:min(len(r.Decompositions), mostRows)] {
		rows = append(rows, p.part(d, moved))
	}
	return columns, rows
}

// part is one line of the decomposition: what each set adds, with its cooperatives in brackets.
func (p *Page) part(d indicator.Decomposition, moved bool) []kit.Cell {
	say, whole := p.s.Words(), p.whole()
	cells := []kit.Cell{{Text: say.Years(d.From, d.To)}}
	for i, value := range d.Keys[1:] {
		cells = append(cells, kit.Cell{Text: p.class(filter{p.answer.result.By[i+1], value})})
	}
	if d.Hidden {
		return append(cells, kit.Cell{Text: say.Say("bulletin.confidential")})
	}
	cells = append(cells, kit.Cell{Text: p.number(d.Base, whole)})
	for _, sum := range d.Sets {
		text := "–"
		if sum.N > 0 {
			text = fmt.Sprintf("%s (%s)", p.signed(sum.Difference(), whole), say.Integer(int64(sum.N)))
		}
		cells = append(cells, kit.Cell{Text: text})
	}
	if moved {
		cells = append(cells, kit.Cell{Text: p.signed(d.Moved, whole)})
	}
	return append(cells, kit.Cell{Text: p.number(d.Total, whole)})
}

// signed writes a difference with its sign.
func (p *Page) signed(d indicator.Decimal, whole bool) string {
	text := p.number(d, whole)
	if d.Units.Sign() > 0 {
		return "+" + text
	}
	return text
}

// capital makes the first letter of a label a capital.
func capital(text string) string {
	letters := []rune(text)
	if len(letters) > 0 {
		letters[0] = []rune(strings.ToUpper(string(letters[0])))[0]
	}
	return string(letters)
}
