package paper

import (
	"strconv"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// How many rows of a repeat a blank sheet has room for, and how many questions fit a roster.
const (
	rosterRows  = 4
	copiedRows  = 2
	rosterWidth = 8
)

// repeat sets a repeat: as a roster, one line a row, where its questions fit the width; else its questions once a row.
func (s *sheet) repeat(g *form.Group, at record.Path, depth int) {
	rows := s.rowsOf(g, at)
	if len(rows) == 0 {
		return
	}
	s.heading(g, depth)
	if columns, fits := s.columns(g); fits {
		s.roster(columns, rows)
		return
	}
	for i, row := range rows {
		label := s.words.Say("paper.row", "Number", i+1)
		s.add(block{keep: true, space: 10, pieces: []piece{{height: labelFont.leading + 4, draw: func(p *pen) {
			p.shade(body, 0, wideWidth, labelFont.leading+2, tint)
			p.text(body+6, 1, label, labelFont, accent)
		}}}})
		s.items(g, row, depth+2)
	}
}

// rowsOf gives the paths of the rows that are printed.
func (s *sheet) rowsOf(g *form.Group, at record.Path) []record.Path {
	var out []record.Path
	if s.cfg.Filled != nil {
		for _, id := range s.cfg.Filled.Rows(at) {
			out = append(out, record.Path(string(at)+"["+id.String()+"]"))
		}
		return out
	}
	count := rosterRows
	if _, fits := s.columns(g); !fits {
		count = copiedRows
	}
	for range count {
		out = append(out, at)
	}
	return out
}

// column is one question of a roster.
type column struct {
	question *form.Question
	x, width float64
	head     []string
}

// columns gives the columns of a roster, and whether the repeat fits one.
func (s *sheet) columns(g *form.Group) ([]column, bool) {
	var out []column
	shares, free := 0.0, wideWidth
	for _, item := range g.Items {
		q, is := item.(*form.Question)
		if !is || q.Has("multiline") && s.cfg.Filled == nil && len(g.Items) > 3 {
			return nil, false
		}
		if !q.Asked() || q.Type == form.TypeNote || !q.Core.AskedIn(letters[s.cfg.Length]) || !s.may(q.Relevant) {
			continue
		}
		out = append(out, column{question: q, width: s.widest(q) + 8})
		shares += weight(q)
		free -= s.widest(q) + 8
	}
	if len(out) == 0 || len(out) > rosterWidth || free < 0 {
		return nil, false
	}
	x := body
	for i := range out {
		c := &out[i]
		c.x, c.width = x, c.width+weight(c.question)*free/shares
		c.head = s.fonts.Wrap(s.text(c.question.Label), headFont.face, headFont.size, c.width-6)
		x += c.width
	}
	return out, true
}

// widest is the width of the longest word at the head of a column, which is not broken.
func (s *sheet) widest(q *form.Question) float64 {
	width := 0.0
	for _, word := range strings.Fields(s.text(q.Label)) {
		width = max(width, s.fonts.Measure(word, headFont.face, headFont.size))
	}
	return width
}

// weight is the share that a column takes of the width that the words of the heads leave.
func weight(q *form.Question) float64 {
	switch {
	case q.Type == form.TypeSelectMultiple, q.Kind != "", q.File != "":
		return 2
	case q.Type.TakesChoices(), q.Has("year"):
		return 1
	case q.Storage() == form.StoreNumber, q.Storage() == form.StoreDate:
		return 1.3
	}
	return 2.4
}

// roster sets the rows as a table; choices are written as the numbers of a key below it.
func (s *sheet) roster(columns []column, rows []record.Path) {
	deepest := 0
	for _, c := range columns {
		deepest = max(deepest, len(c.head))
	}
	height := float64(deepest)*headFont.leading + 6
	head := piece{height: height, draw: func(p *pen) {
		p.shade(body, 0, wideWidth, height, tint)
		for _, c := range columns {
			p.box(c.x, 0, c.width, height)
			p.lines(c.x+3, 3, c.head, headFont, ink)
		}
	}}
	pieces := []piece{head}
	for i, row := range rows {
		pieces = append(pieces, s.rosterRow(columns, row, i+1))
	}
	for range columns {
		s.asked++
	}
	pieces = append(pieces, s.keys(columns)...)
	s.add(block{space: 3, pieces: pieces})
}

func (s *sheet) rosterRow(columns []column, row record.Path, number int) piece {
	cells := make([][]string, len(columns))
	height := 26.0
	for i, c := range columns {
		path := below(row, c.question.Name)
		text := s.filledText(s.cfg.Filled, c.question, path, s.given(path))
		if text == "" {
			continue
		}
		cells[i] = s.fonts.Wrap(text, hintFont.face, hintFont.size, c.width-6)
		height = max(height, float64(len(cells[i]))*hintFont.leading+6)
	}
	return piece{height: height, draw: func(p *pen) {
		p.text(body-12, height/2-4.5, strconv.Itoa(number), smallFont, soft)
		for i, c := range columns {
			p.box(c.x, 0, c.width, height)
			p.lines(c.x+3, 3, cells[i], hintFont, written)
		}
	}}
}

// keys lists the numbers of the choices, and under which condition a column is asked.
func (s *sheet) keys(columns []column) []piece {
	if s.cfg.Filled != nil {
		return nil
	}
	var out []piece
	add := func(text string) {
		lines := s.fonts.Wrap(text, skipFont.face, skipFont.size, wideWidth)
		out = append(out, piece{height: float64(len(lines))*skipFont.leading + 2, draw: func(p *pen) { p.lines(body, 2, lines, skipFont, soft) }})
	}
	for _, c := range columns {
		label := s.text(c.question.Label) + s.words.Colon() + " "
		if s.offers(c.question) {
			var parts []string
			for i, choice := range s.form.Lists[c.question.List].Choices {
				parts = append(parts, strconv.Itoa(i+1)+"\u00a0"+s.text(choice.Label))
			}
			add(label + strings.Join(parts, " · "))
		}
		if only := s.only(c.question.Relevant); only != "" {
			add(label + only)
		}
		if hint := s.text(c.question.Hint); hint != "" {
			add(label + hint)
		}
	}
	return out
}
