package brief

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/document"

	"gopkg.in/yaml.v3"
)

// column makes a column title from its key.
func (b *builder) column(key string, align document.Align, weight float64) document.Column {
	return document.Column{Title: b.Words.Say("bulletin.column." + key), Align: align, Weight: weight}
}

// roomForRows is how many rows of figures the second page of a bulletin has room for.
const roomForRows = 48

// table is the table of the figures behind the charts. Rows that would fill more than a page, of further currencies and
// of the earliest years, go to a second table, which pages may leave out and the web edition has.
func (b *builder) table(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	var first, further []tableLine
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		for i, line := range p.lines {
			if i == 0 {
				first = append(first, tableLine{p, line})
			} else {
				further = append(further, tableLine{p, line})
			}
		}
	}
	all := b.allYears()
	years := len(all)
	if (len(first)+len(further))*(years+1) <= roomForRows {
		first, further = b.inOrder(in.Indicators), nil
	}
	from := b.From
	if rows := len(first) * (years + 1); rows > roomForRows && len(first) > 0 {
		from = all[max(0, years-max(3, roomForRows/len(first)-1))]
	}
	out := []document.Block{b.tableOf(first, from, b.To)}
	if len(further) > 0 || from > b.From {
		second := b.tableOf(first, b.From, from-1)
		second.Rows = append(second.Rows, b.tableOf(further, b.From, b.To).Rows...)
		second.Caption = b.Words.Say("bulletin.further")
		out = append(out, &document.Optional{
			Blocks: []document.Block{second},
			Else:   []document.Block{&document.Note{Text: rich(b.Words.Say("bulletin.further_elsewhere"))}},
		})
	}
	return out, nil
}

// tableLine is one line of a panel in a table.
type tableLine struct {
	panel *panel
	line  *seriesLine
}

func (b *builder) inOrder(codes []string) []tableLine {
	var out []tableLine
	for _, code := range codes {
		if p, err := b.panel(code); err == nil {
			for _, line := range p.lines {
				out = append(out, tableLine{p, line})
			}
		}
	}
	return out
}

// tableOf makes a table of lines over some of the years.
func (b *builder) tableOf(lines []tableLine, from, to int) *document.Table {
	out := b.emptyTable(max(from, b.From), to)
	if from > to {
		return out
	}
	for _, one := range lines {
		out.Rows = append(out.Rows, document.Row{Section: true, Cells: []document.Text{document.Plain(b.head(one.panel, one.line))}})
		for _, point := range one.line.points {
			if point.Year >= from && point.Year <= to {
				out.Rows = append(out.Rows, b.tableRow(one.panel, one.line, point))
			}
		}
	}
	if out.Notes = []string{b.Words.Say("bulletin.table_notes")}; b.Estimated {
		out.Notes = append(out.Notes, b.Words.Say("bulletin.table_estimated"))
	}
	return out
}

// head names the rows of a line by indicator and unit, once where they are the same word.
func (b *builder) head(p *panel, line *seriesLine) string {
	name, unit := b.short(p.Indicator), b.unit(p, line)
	if !p.Money && strings.Contains(strings.ToLower(name), strings.ToLower(unit)) {
		return name
	}
	return name + ", " + unit
}

func (b *builder) emptyTable(from, to int) *document.Table {
	value := "value"
	if b.Estimated {
		value = "estimated"
	}
	return &document.Table{
		Caption: b.Words.Say("bulletin.table", words.Args{"Where": b.where(), "Years": b.yearsOf(from, to)}),
		Dense:   true,
		Columns: []document.Column{
			b.column("year", document.Left, 1), b.column(value, document.Right, 1.6), b.column("n", document.Right, 1),
			b.column("carried", document.Right, 1), b.column("old", document.Right, 1),
			b.column("matched", document.Right, 1), b.column("n", document.Right, 1), b.column("share", document.Right, 1),
			b.column("demographic", document.Right, 1), b.column("index", document.Right, 1),
		},
	}
}

func optional(yes bool, block document.Block) []document.Block {
	if yes {
		block = &document.Optional{Blocks: []document.Block{block}}
	}
	return []document.Block{block}
}

// tableRow gives one year. A change that may not be a headline is a colon, with the n and share that say why.
func (b *builder) tableRow(p *panel, line *seriesLine, point indicator.Point) document.Row {
	value := b.exact(line, point)
	if flags := publicFlags(point); flags != "" {
		value += " " + flags
	}
	cells := []string{fmt.Sprint(point.Year), value, b.Words.Integer(int64(point.N)), b.part(point, point.CarriedForward), b.part(point, point.Old)}
	switch change := point.Matched; {
	case !p.HasMatched() || change == nil:
		cells = append(cells, "", "", "", "")
	case change.Hidden:
		cells = append(cells, "c", "c", "c", "c")
	default:
		cells = append(cells, b.changeCell(change), b.Words.Integer(int64(change.N)), b.shareCell(change), b.changeCell(point.Demographic))
	}
	cells = append(cells, b.indexCell(line, point))
	row := document.Row{}
	for _, cell := range cells {
		row.Cells = append(row.Cells, document.Plain(cell))
	}
	return row
}

// publicFlags are the flags of a level that a reader must see; those of the change stand in its own cell.
func publicFlags(point indicator.Point) string {
	var out []string
	for _, flag := range point.Flags {
		if flag == indicator.FlagImputed || flag == indicator.FlagEstimated || flag == indicator.FlagUnvalidated {
			out = append(out, flag)
		}
		if flag == indicator.FlagUnreliable && point.N < 20 {
			out = append(out, flag)
		}
	}
	return strings.Join(out, " ")
}

func (b *builder) part(point indicator.Point, part indicator.Part) string {
	if !point.Known || point.Hidden {
		return ""
	}
	return b.Words.Number(part.Share, 1)
}

func (b *builder) changeCell(change *indicator.Change) string {
	switch {
	case change == nil:
		return ""
	case change.Hidden:
		return "c"
	case !headline(change):
		return ":"
	case change.Points:
		return b.Words.Points(change.Pct, 2)
	}
	return b.Words.Signed(change.Pct, 2)
}

func (b *builder) shareCell(change *indicator.Change) string {
	if !change.ShareKnown {
		return "–"
	}
	return b.Words.Number(change.Share, 1)
}

// indexCell gives the index; where a new segment begins, it begins with 100 again.
func (b *builder) indexCell(line *seriesLine, point indicator.Point) string {
	if point.Index == nil || !line.drawn(point) {
		return ""
	}
	return b.Words.Number(*point.Index, 1)
}

// drawn tells whether a point of an index belongs to a segment that has a link, so that it says something.
func (l *seriesLine) drawn(point indicator.Point) bool {
	links := 0
	for _, other := range l.points {
		if other.Index != nil && other.Segment == point.Segment {
			links++
		}
	}
	return links > 1
}

// decomposition is the table that splits the changes of the reported totals into the sets.
func (b *builder) decomposition(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	out := &document.Table{
		Caption: b.Words.Say("bulletin.decomposition"), Dense: true,
		Columns: []document.Column{
			b.column("years", document.Left, 1), b.column("base", document.Right, 1.4),
			b.column("set_m", document.Right, 1), b.column("set_n", document.Right, 1), b.column("set_b", document.Right, 1),
			b.column("set_d", document.Right, 1), b.column("set_e", document.Right, 1), b.column("set_l", document.Right, 1),
			b.column("total", document.Right, 1.4),
		},
		Notes: []string{b.Words.Say("bulletin.decomposition_notes")},
	}
	told, names := false, []string(nil)
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		for _, line := range p.lines {
			if len(line.parts) == 0 {
				continue
			}
			head := b.head(p, line)
			names = append(names, head)
			out.Rows = append(out.Rows, document.Row{Section: true, Cells: []document.Text{document.Plain(head)}})
			for _, part := range line.parts {
				out.Rows = append(out.Rows, b.partRow(line, part))
				told = told || !part.Hidden
			}
		}
	}
	switch {
	case len(out.Rows) == 0:
		return nil, nil
	case !told:
		return []document.Block{&document.Note{Text: rich(b.Words.Say("bulletin.decomposition_hidden", words.Args{"Names": b.Words.List(names)}))}}, nil
	}
	return optional(in.Optional || len(out.Rows) > roomForParts, out), nil
}

// roomForParts is how many rows of a decomposition always have room; a longer one may be left out of the pages.
const roomForParts = 9

// partRow gives the sums of one pair of years; those of a confidential one are not told.
func (b *builder) partRow(line *seriesLine, part indicator.Decomposition) document.Row {
	cells := []string{b.Words.Years(part.From, part.To)}
	if part.Hidden {
		cells = append(cells, slices.Repeat([]string{"c"}, 8)...)
	} else {
		cells = append(cells, b.full(line, part.Base))
		for _, set := range part.Sets {
			cells = append(cells, b.difference(line, set))
		}
		cells = append(cells, b.full(line, part.Total))
	}
	row := document.Row{}
	for _, cell := range cells {
		row.Cells = append(row.Cells, document.Plain(cell))
	}
	return row
}

// difference writes what one set adds, exactly, with its sign.
func (b *builder) difference(line *seriesLine, set indicator.SetSum) string {
	if set.N == 0 {
		return "–"
	}
	scale := max(set.From.Scale, set.To.Scale)
	if set.From.Scale != set.To.Scale {
		return b.Words.Signed(set.To.Float()-set.From.Float(), int(scale))
	}
	units := set.To.Units.Minus(set.From.Units)
	text := b.full(line, indicator.Decimal{Units: units, Scale: scale})
	if units.Sign() > 0 {
		return "+" + text
	}
	return text
}
