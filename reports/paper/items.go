package paper

import (
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
	"coopatlas/reports/scene"
)

// items sets the rows of a group, below a path of the interview ("" on a blank sheet's root), at a depth of headings.
func (s *sheet) items(g *form.Group, at record.Path, depth int) {
	for _, item := range g.Items {
		switch item := item.(type) {
		case *form.Question:
			if s.asks(item, at) {
				s.question(item, at)
			}
		case *form.Group:
			s.group(item, below(at, item.Name), depth)
		}
	}
}

func below(at record.Path, name string) record.Path {
	if at == "" {
		return record.Path(name)
	}
	return at + "/" + record.Path(name)
}

// asks tells whether a question stands on the paper: it is put to people in this length, and on a filled sheet it was
// asked of this record.
func (s *sheet) asks(q *form.Question, at record.Path) bool {
	if !q.Asked() || !q.Core.AskedIn(letters[s.cfg.Length]) || !s.may(q.Relevant) {
		return false
	}
	if q.Type == form.TypeNote && s.cfg.Filled == nil && s.calculated(q.Relevant) {
		return false
	}
	return s.cfg.Filled == nil || s.cfg.Filled.Relevant(below(at, q.Name))
}

// calculated tells whether a condition rests on a result that only a program works out.
func (s *sheet) calculated(relevant *xpath.Expr) bool {
	if relevant == nil {
		return false
	}
	for _, found := range names.FindAllStringSubmatch(relevant.String(), -1) {
		if q := questionOf(s.form, found[1]); q != nil && !q.Asked() && q.Label.Empty() && s.known[q.Name] == "" {
			return true
		}
	}
	return false
}

// may tells whether a condition can hold.
func (s *sheet) may(relevant *xpath.Expr) bool {
	return relevant == nil || conditionOf(s.form, s.known, relevant.String()) != constant(false)
}

func (s *sheet) only(relevant *xpath.Expr) string {
	if relevant == nil || s.cfg.Filled != nil {
		return ""
	}
	return s.speaker.only(conditionOf(s.form, s.known, relevant.String()))
}

// asksAny tells whether anything in a group stands on the paper.
func (s *sheet) asksAny(g *form.Group, at record.Path) bool {
	if !s.may(g.Relevant) || !g.Core.AskedIn(letters[s.cfg.Length]) {
		return false
	}
	for _, item := range g.Items {
		switch item := item.(type) {
		case *form.Question:
			if item.Type != form.TypeNote && (s.asks(item, at) || g.Repeat && item.Asked()) {
				return true
			}
		case *form.Group:
			if s.asksAny(item, below(at, item.Name)) {
				return true
			}
		}
	}
	return false
}

func (s *sheet) group(g *form.Group, at record.Path, depth int) {
	if !s.asksAny(g, at) || s.cfg.Filled != nil && !s.cfg.Filled.Relevant(at) && !g.Repeat {
		return
	}
	if g.Repeat {
		s.repeat(g, at, depth)
		return
	}
	s.heading(g, depth)
	if hasWord(g.Appearance, "table-list") && s.table(g, at) {
		return
	}
	s.items(g, at, depth+1)
}

func hasWord(all []string, word string) bool {
	for _, one := range all {
		if one == word {
			return true
		}
	}
	return false
}

// heading sets a group's label, hint and condition. A group without any is only a bracket and gets none.
func (s *sheet) heading(g *form.Group, depth int) {
	label, hint, only := s.text(g.Label), s.text(g.Hint), s.only(g.Relevant)
	if label == "" && only == "" {
		return
	}
	section := depth == 1 && g.Parent == s.form.Root && !g.Repeat
	f, x, space := labelFont, body, 9.0
	if section {
		f, x, space = sectionFont, left, 16
	}
	labels := s.fonts.Wrap(label, f.face, f.size, right-x)
	extra := s.under(hint, only, right-x)
	height := float64(len(labels))*f.leading + extra.height + 5
	if section {
		height += 3
	}
	s.add(block{keep: true, space: space, pieces: []piece{{height: height, draw: func(p *pen) {
		if section {
			p.put(&scene.Heading{Level: 1, Text: label, Y: p.y})
			p.lines(x, 0, labels, f, accent)
			p.rule(left, right, float64(len(labels))*f.leading+2, accent, 0.5)
		} else {
			p.text(left, 0.5, g.Code, smallFont, soft)
			p.lines(x, 0, labels, f, ink)
		}
		dy := float64(len(labels)) * f.leading
		if section {
			dy += 4
		}
		extra.draw(p, x, dy)
	}}}})
}

// under is what stands below a label: its hint and its condition.
type under struct {
	hint, only []string
	height     float64
}

func (s *sheet) under(hint, only string, width float64) under {
	var u under
	if hint != "" {
		u.hint = s.fonts.Wrap(hint, hintFont.face, hintFont.size, width)
	}
	if only != "" {
		u.only = s.fonts.Wrap(only, skipFont.face, skipFont.size, width-arrowWidth)
	}
	u.height = float64(len(u.hint))*hintFont.leading + float64(len(u.only))*skipFont.leading
	return u
}

func (u under) draw(p *pen, x, dy float64) {
	if len(u.only) > 0 {
		p.arrow(x, dy+skipFont.leading/2)
	}
	p.lines(x+arrowWidth, dy, u.only, skipFont, accent)
	p.lines(x, dy+float64(len(u.only))*skipFont.leading, u.hint, hintFont, soft)
}

// question sets one question: its number, label, hint and condition, the boxes for its status, and room for the answer.
func (s *sheet) question(q *form.Question, at record.Path) {
	path := below(at, q.Name)
	label := s.text(q.Label)
	if s.cfg.Filled != nil {
		label = s.cfg.Filled.Label(path)
	}
	if q.Type == form.TypeNote {
		s.note(label)
		return
	}
	s.asked++
	labels := s.fonts.Wrap(label, labelFont.face, labelFont.size, bodyWidth-8)
	hint := s.text(q.Hint)
	if how := s.how(q); how != "" {
		hint = strings.TrimSpace(hint + " " + how)
	}
	extra := s.under(hint, s.only(q.Relevant), bodyWidth-8)
	given := s.given(path)
	head := piece{height: float64(len(labels))*labelFont.leading + extra.height + 3, draw: func(p *pen) {
		p.text(left, 1.2, q.Code, smallFont, soft)
		p.lines(body, 0, labels, labelFont, ink)
		s.statuses(p, 1, given)
		extra.draw(p, body, float64(len(labels))*labelFont.leading)
	}}
	pieces := append([]piece{head}, s.answer(q, path, given)...)
	s.add(block{space: 9, pieces: pieces})
}

// how says how a choice is made.
func (s *sheet) how(q *form.Question) string {
	switch {
	case s.cfg.Filled != nil || !s.offers(q):
		return ""
	case q.Type == form.TypeSelectMultiple:
		return s.words.Say("paper.several")
	case q.Type == form.TypeRank:
		return s.words.Say("paper.rank")
	}
	return ""
}

func (s *sheet) note(label string) {
	lines := s.fonts.Wrap(label, plainFont.face, plainFont.size, wideWidth-16)
	height := float64(len(lines))*plainFont.leading + 10
	s.add(block{space: 8, pieces: []piece{{height: height, draw: func(p *pen) {
		p.shade(body, 0, wideWidth, height, tint)
		p.lines(body+8, 5, lines, plainFont, ink)
	}}}})
}

// given is the answer of a filled sheet; nothing on a blank one.
func (s *sheet) given(path record.Path) record.Answer {
	if s.cfg.Filled == nil {
		return record.Answer{}
	}
	return s.cfg.Filled.Answer(path)
}

// statuses draws the boxes for an answer that is missing and known to be.
func (s *sheet) statuses(p *pen, dy float64, given record.Answer) {
	x := right - statusWidth + 4
	for _, one := range []struct {
		key    string
		status record.Status
	}{{"refused", record.Refused}, {"dont_know", record.DontKnow}, {"not_applicable", record.NotApplicable}} {
		p.tick(x, dy+1.4, 7, false, given.Status == one.status && s.cfg.Filled != nil)
		label := s.words.Say("paper.short." + one.key)
		p.text(x+9.5, dy, label, smallFont, soft)
		x += 28
	}
}

// filledText is a filled answer in words: labels of choices, numbers as the language writes them.
func (s *sheet) filledText(iv *interview.Interview, q *form.Question, path record.Path, given record.Answer) string {
	if iv == nil {
		return ""
	}
	if given.Status == record.NotCollected {
		return s.words.Say("paper.not_collected")
	}
	text := iv.Format(path, given.Value)
	if _, number := given.Value.Number(); number && !q.Has("year") {
		return s.words.Exact(text)
	}
	return text
}
