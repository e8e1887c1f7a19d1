package paper

import (
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/reports/scene"
)

// mostOffered bounds how many choices are printed; of longer lists the answer is written.
const mostOffered = 40

// offers tells whether a question's choices are printed with boxes.
func (s *sheet) offers(q *form.Question) bool {
	list := s.form.Lists[q.List]
	return q.Type.TakesChoices() && list != nil && len(list.Choices) > 0 && len(list.Choices) <= mostOffered
}

// answer gives the room for an answer, with the answer in it on a filled sheet.
func (s *sheet) answer(q *form.Question, path record.Path, given record.Answer) []piece {
	text := s.filledText(s.cfg.Filled, q, path, given)
	switch {
	case s.offers(q):
		return s.choices(q, given)
	case q.Type.TakesChoices():
		return s.writing(text, rowsFor(q))
	}
	switch q.Storage() {
	case form.StoreNumber:
		return []piece{s.number(q, text, given)}
	case form.StoreDate:
		return []piece{s.date(given.Value.String())}
	case form.StoreTime:
		return []piece{s.clock(given.Value.String())}
	case form.StoreDateTime:
		return s.writing(text, 1)
	case form.StorePlace:
		return []piece{s.place(given.Value.String())}
	case form.StoreFile:
		return []piece{s.ticked(s.words.Say("paper.attached"), text)}
	}
	if q.Type == form.TypeAcknowledge {
		return []piece{s.ticked(s.words.Say("paper.agreed"), text)}
	}
	return s.writing(text, rowsFor(q))
}

func rowsFor(q *form.Question) int {
	switch {
	case q.Has("multiline"):
		return 5
	case q.Type == form.TypeSelectMultiple:
		return 2
	}
	return 1
}

// lineHeight is the distance of lines to write on.
const lineHeight = 19.0

// writing gives lines to write on; a filled answer takes as many as it needs.
func (s *sheet) writing(text string, rows int) []piece {
	var lines []string
	if s.cfg.Filled != nil {
		lines = s.fonts.Wrap(text, penFont.face, penFont.size, bodyWidth-4)
		rows = len(lines)
	}
	var out []piece
	for i := range rows {
		out = append(out, piece{height: lineHeight, draw: func(p *pen) {
			p.rule(body, body+bodyWidth, lineHeight-3, faint, 0.6)
			if i < len(lines) {
				p.text(body+2, 3.5, lines[i], penFont, written)
			}
		}})
	}
	return out
}

// number gives a box with the unit beside it, or cells for a year.
func (s *sheet) number(q *form.Question, text string, given record.Answer) piece {
	if q.Has("year") {
		return piece{height: cellHeight + 2, draw: func(p *pen) { p.comb(body, 1, 4, given.Value.String()) }}
	}
	width := numberWidth
	if q.Money() {
		width = moneyWidth
	}
	return piece{height: cellHeight + 2, draw: func(p *pen) { s.numberBox(p, body, width, q, text) }}
}

// How wide the boxes for numbers are, in points.
const numberWidth, moneyWidth = 96.0, 150.0

// numberBox draws the box of a number, with its unit beside it.
func (s *sheet) numberBox(p *pen, x, width float64, q *form.Question, text string) {
	const dy = 1
	p.box(x, dy, width, cellHeight)
	p.put(&scene.Text{X: x + width - 6, Y: p.y + dy + cellHeight - 5, String: text, Face: penFont.face, Size: penFont.size, Colour: written, Anchor: scene.End})
	p.text(x+width+6, dy+3, s.unit(q), plainFont, soft)
}

// unit names a unit of measure in the language of print; of money the record's currency, once it is known.
func (s *sheet) unit(q *form.Question) string {
	if q.Money() {
		if currency, is := s.form.ByConcept("currency"); is && s.cfg.Filled != nil && currency.Repeat() == nil {
			return s.given(record.Path(currency.Path)).Value.String()
		}
		return s.words.Say("paper.money")
	}
	if key := "unit." + q.Unit; q.Unit != "" && s.words.Has(key) {
		return s.words.Say(key)
	}
	if q.Type == form.TypeRange {
		return q.Parameters["start"] + "–" + q.Parameters["end"]
	}
	return q.Unit
}

// date gives cells for day, month and year.
func (s *sheet) date(value string) piece {
	year, month, day := "", "", ""
	if len(value) >= len("2006-01-02") {
		year, month, day = value[:4], value[5:7], value[8:10]
	}
	return piece{height: cellHeight + 12, draw: func(p *pen) {
		x := body
		for _, part := range []struct {
			key, text string
			cells     int
		}{{"paper.day", day, 2}, {"paper.month", month, 2}, {"paper.year", year, 4}} {
			p.comb(x, 1, part.cells, part.text)
			p.text(x, cellHeight+2, s.words.Say(part.key), smallFont, soft)
			x += float64(part.cells)*cellWidth + 10
		}
	}}
}

func (s *sheet) clock(value string) piece {
	hours, minutes := "", ""
	if len(value) >= 5 {
		hours, minutes = value[:2], value[3:5]
	}
	return piece{height: cellHeight + 2, draw: func(p *pen) {
		p.comb(body, 1, 2, hours)
		p.text(body+2*cellWidth+3, 4, ":", labelFont, ink)
		p.comb(body+2*cellWidth+9, 1, 2, minutes)
	}}
}

// place gives room for latitude and longitude.
func (s *sheet) place(value string) piece {
	parts := append(strings.Fields(value), "", "")
	return piece{height: lineHeight, draw: func(p *pen) {
		x := body
		for i, key := range []string{"paper.latitude", "paper.longitude"} {
			label := s.words.Say(key)
			p.text(x, 4, label, plainFont, soft)
			start := x + s.fonts.Measure(label, plainFont.face, plainFont.size) + 5
			p.rule(start, x+bodyWidth/2-10, lineHeight-3, faint, 0.6)
			p.text(start+2, 3.5, s.fitted(parts[i], penFont, x+bodyWidth/2-12-start), penFont, written)
			x += bodyWidth / 2
		}
	}}
}

// ticked gives one box with words beside it and a line after them.
func (s *sheet) ticked(label, text string) piece {
	return piece{height: lineHeight, draw: func(p *pen) {
		p.tick(body, 5, 8.5, false, text != "")
		p.text(body+14, 3.5, label, plainFont, ink)
		start := body + 20 + s.fonts.Measure(label, plainFont.face, plainFont.size)
		p.rule(start, body+bodyWidth, lineHeight-3, faint, 0.6)
		p.text(start+2, 3.5, s.fitted(text, penFont, body+bodyWidth-start-4), penFont, written)
	}}
}

// option is one choice as it is printed.
type option struct {
	lines  []string
	ticked bool
	rank   string
}

// choices gives the choices with boxes, in as many columns as their labels allow, read down each column.
func (s *sheet) choices(q *form.Question, given record.Answer) []piece {
	list := s.form.Lists[q.List].Choices
	widest := 0.0
	for _, c := range list {
		widest = max(widest, s.fonts.Measure(s.text(c.Label), plainFont.face, plainFont.size))
	}
	columns := max(1, min(3, int(bodyWidth/(widest+26)), len(list)))
	rows := (len(list) + columns - 1) / columns
	width := bodyWidth / float64(columns)
	chosen := given.Value.Items()
	var out []piece
	for r := range rows {
		var line []option
		height := 1
		for column := range columns {
			if i := column*rows + r; i < len(list) {
				o := option{lines: s.fonts.Wrap(s.text(list[i].Label), plainFont.face, plainFont.size, width-18), ticked: slices.Contains(chosen, list[i].Name)}
				if at := slices.Index(chosen, list[i].Name); q.Type == form.TypeRank && at >= 0 {
					o.rank = string(rune('1' + at))
				}
				line = append(line, o)
				height = max(height, len(o.lines))
			}
		}
		out = append(out, piece{height: float64(height)*plainFont.leading + 3, draw: func(p *pen) { s.options(p, q, line, width) }})
	}
	if q.OrOther {
		out = append(out, s.ticked(s.words.Say("paper.other"), ""))
	}
	return out
}

func (s *sheet) options(p *pen, q *form.Question, line []option, width float64) {
	for i, o := range line {
		x := body + float64(i)*width
		if q.Type == form.TypeRank {
			p.box(x, 1.5, 10, 10)
			p.text(x+2.5, 0.5, o.rank, penFont, written)
		} else {
			p.tick(x, 2.6, 8.5, q.Type == form.TypeSelectOne, o.ticked)
		}
		p.lines(x+14, 1, o.lines, plainFont, ink)
	}
}
