package document

import (
	"strings"

	"coopatlas/reports/scene"
)

// sheet is a table being set: its columns have places and widths.
type sheet struct {
	*setter
	table  *Table
	font   font
	pad    float64 // above and below the text of a row
	widths []float64
}

// cellGap is the room between two columns in points.
const cellGap = 8.0

func (s *setter) table(table *Table) []fragment {
	sheet := &sheet{setter: s, table: table, font: s.style.small, pad: 2.1}
	if table.Dense {
		sheet.font, sheet.pad = s.style.tiny, 1.3
	}
	sheet.measure()
	header := sheet.header(table.Caption)
	again := header
	if table.Caption != "" && s.labels.Continued != "" {
		again = sheet.header(table.Caption + " " + s.labels.Continued)
	}
	header.before = s.style.gap * 1.2
	header.keep = true
	if table.Caption != "" {
		header.items = append(header.items, &scene.Heading{Level: 2, Text: table.Caption})
	}
	out := []fragment{header}
	for i, row := range table.Rows {
		f := sheet.row(row, i == len(table.Rows)-1)
		f.header = &again
		f.keep = row.Section || i == 0 || i == len(table.Rows)-2
		out = append(out, f)
	}
	out[len(out)-1].keep = len(table.Notes) > 0
	if notes := strings.Join(table.Notes, " "); notes != "" {
		out = append(out, s.lines(Plain(notes), s.paint(s.style.tiny, soft), 2.5, 0)...)
	}
	return out
}

// measure gives each column the width its contents ask for; a title may be broken between its words. What is left over goes to the columns with a weight; what
// is missing is taken from the widest.
func (t *sheet) measure() {
	n := len(t.table.Columns)
	t.widths = make([]float64, n)
	for i, column := range t.table.Columns {
		for _, part := range strings.Fields(column.Title) {
			t.widths[i] = max(t.widths[i], t.fonts.Measure(part, scene.Face{Bold: true}, t.font.size)+0.5)
		}
	}
	for _, row := range t.table.Rows {
		if row.Section {
			continue
		}
		for i, cell := range row.Cells {
			if i < n {
				face := scene.Face{Bold: row.Strong}
				t.widths[i] = max(t.widths[i], t.fonts.Measure(cell.String(), face, t.font.size)+0.5)
			}
		}
	}
	t.share(t.width - cellGap*float64(max(0, n-1)))
}

func (t *sheet) share(room float64) {
	total, weights := 0.0, 0.0
	for i, column := range t.table.Columns {
		total += t.widths[i]
		weights += column.Weight
	}
	if left := room - total; left > 0 {
		for i, column := range t.table.Columns {
			if weights > 0 {
				t.widths[i] += left * column.Weight / weights
			} else {
				t.widths[i] += left / float64(len(t.widths))
			}
		}
		return
	}
	// Water level: no column is wider than the level, and all together fill the room.
	low, high := 0.0, room
	for range 50 {
		level := (low + high) / 2
		sum := 0.0
		for _, width := range t.widths {
			sum += min(width, level)
		}
		if sum > room {
			high = level
		} else {
			low = level
		}
	}
	for i := range t.widths {
		t.widths[i] = min(t.widths[i], low)
	}
}

func (t *sheet) header(caption string) fragment {
	out := fragment{}
	if caption != "" {
		p := t.paint(t.style.small, ink)
		p.bold = true
		items, height := t.typesetter.block(Plain(caption), p, 0, 0, t.width)
		out.items, out.height = items, height+2
	}
	cells := make([]Text, len(t.table.Columns))
	for i, column := range t.table.Columns {
		cells[i] = Plain(column.Title)
	}
	p := t.paint(t.font, soft)
	p.bold = true
	items, height := t.cells(cells, p, true)
	out.items = append(out.items, t.rule(out.height, teal, 1), placed(items, 0, out.height+1))
	out.height += height + 1
	out.items = append(out.items, t.rule(out.height-0.5, teal, 0.5))
	return out
}

func (t *sheet) row(row Row, last bool) fragment {
	p := t.paint(t.font, ink)
	p.bold = row.Strong || row.Section
	var out fragment
	if row.Section && len(row.Cells) > 0 {
		ground := tint
		items, height := t.typesetter.block(row.Cells[0], p, 2, t.pad, t.width-4)
		out.height = height + 2*t.pad
		out.items = append([]scene.Item{&scene.Path{Segments: scene.Rectangle(0, 0, t.width, out.height), Fill: &ground}}, items...)
	} else {
		out.items, out.height = t.cells(row.Cells, p, false)
	}
	colour, thick := line, 0.4
	if last {
		colour, thick = teal, 0.7
	}
	out.items = append(out.items, t.rule(out.height-thick, colour, thick))
	return out
}

// cells sets the texts of one row; a header stands on the line below it, other rows hang from the line above.
func (t *sheet) cells(cells []Text, p paint, header bool) ([]scene.Item, float64) {
	heights := make([]float64, len(t.widths))
	items := make([][]scene.Item, len(t.widths))
	x, height := 0.0, 0.0
	for i, width := range t.widths {
		if i < len(cells) {
			p.align = t.table.Columns[i].Align
			items[i], heights[i] = t.typesetter.block(cells[i], p, x, 0, width)
		}
		height = max(height, heights[i], p.font.leading)
		x += width + cellGap
	}
	var out []scene.Item
	for i := range items {
		down := t.pad
		if header {
			down += height - heights[i]
		}
		if len(items[i]) > 0 {
			out = append(out, placed(items[i], 0, down))
		}
	}
	return out, height + 2*t.pad
}
