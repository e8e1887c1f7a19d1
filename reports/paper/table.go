package paper

import (
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// table sets a group that is a table: numbers under each other, or one choice a row under common heads. It tells whether
// it could: a group with anything else in it is set row by row.
func (s *sheet) table(g *form.Group, at record.Path) bool {
	var rows []*form.Question
	for _, item := range g.Items {
		q, is := item.(*form.Question)
		switch {
		case !is:
			return false
		case !q.Asked():
			continue
		case q.Storage() != form.StoreNumber && !(q.Type == form.TypeSelectOne && s.offers(q)):
			return false
		case s.asks(q, at):
			rows = append(rows, q)
		}
	}
	if len(rows) == 0 {
		return false
	}
	if rows[0].Type != form.TypeSelectOne {
		s.numbers(rows, at)
		return true
	}
	if list := rows[0].List; slices.ContainsFunc(rows, func(q *form.Question) bool { return q.List != list }) || len(s.form.Lists[list].Choices) > 6 {
		return false
	}
	s.grid(rows, at)
	return true
}

// numbers sets one number a line: its label, its box and the boxes for its status.
func (s *sheet) numbers(rows []*form.Question, at record.Path) {
	var pieces []piece
	const labelWidth = 190.0
	for _, q := range rows {
		s.asked++
		path := below(at, q.Name)
		given := s.given(path)
		text := s.filledText(s.cfg.Filled, q, path, given)
		lines := s.fonts.Wrap(s.text(q.Label), plainFont.face, plainFont.size, labelWidth-8)
		extra := s.under(s.text(q.Hint), s.only(q.Relevant), labelWidth-8)
		height := max(cellHeight+4, float64(len(lines))*plainFont.leading+extra.height+5)
		pieces = append(pieces, piece{height: height, draw: func(p *pen) {
			p.text(left, 4, q.Code, smallFont, soft)
			p.lines(body, 3, lines, plainFont, ink)
			extra.draw(p, body, 3+float64(len(lines))*plainFont.leading)
			s.numberBox(p, body+labelWidth, numberWidth, q, text)
			s.statuses(p, 4, given)
			p.rule(body, right, height-0.5, tint, 0.6)
		}})
	}
	s.add(block{space: 2, pieces: pieces})
}

// grid sets one choice a line, the choices as heads of columns.
func (s *sheet) grid(rows []*form.Question, at record.Path) {
	list := s.form.Lists[rows[0].List].Choices
	const labelWidth = 110.0
	width := (bodyWidth - labelWidth) / float64(len(list))
	heads, deepest := make([][]string, len(list)), 0
	for i, c := range list {
		heads[i] = s.fonts.Wrap(s.text(c.Label), smallFont.face, smallFont.size, width-4)
		deepest = max(deepest, len(heads[i]))
	}
	pieces := []piece{{height: float64(deepest)*smallFont.leading + 3, draw: func(p *pen) {
		for i, head := range heads {
			for j, line := range head {
				x := body + labelWidth + (float64(i)+0.5)*width - s.fonts.Measure(line, smallFont.face, smallFont.size)/2
				p.text(x, float64(deepest-len(head)+j)*smallFont.leading, line, smallFont, soft)
			}
		}
	}}}
	for _, q := range rows {
		s.asked++
		given := s.given(below(at, q.Name))
		lines := s.fonts.Wrap(s.text(q.Label), plainFont.face, plainFont.size, labelWidth-6)
		height := float64(len(lines))*plainFont.leading + 5
		pieces = append(pieces, piece{height: height, draw: func(p *pen) {
			p.text(left, 3, q.Code, smallFont, soft)
			p.lines(body, 2, lines, plainFont, ink)
			for i, c := range list {
				p.tick(body+labelWidth+(float64(i)+0.5)*width-4.25, 3.4, 8.5, true, slices.Contains(given.Value.Items(), c.Name))
			}
			s.statuses(p, 3, given)
			p.rule(body, right, height-0.5, tint, 0.6)
		}})
	}
	s.add(block{space: 2, pieces: pieces})
}
