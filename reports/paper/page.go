package paper

import (
	"strings"

	"coopatlas/reports/scene"
)

// paginate sets the blocks on pages and draws the head and foot of each.
func (s *sheet) paginate() []*scene.Scene {
	var pages []*scene.Scene
	p := &pen{fonts: s.fonts}
	turn := func() {
		p.page, p.y = &scene.Scene{Width: pageWidth, Height: pageHeight}, top
		pages = append(pages, p.page)
	}
	turn()
	for i, b := range s.blocks {
		if p.y > top {
			p.y += b.space
		}
		if p.y+s.needed(i) > bottom && p.y > top {
			turn()
		}
		for _, piece := range b.pieces {
			if p.y+piece.height > bottom && p.y > top {
				turn()
			}
			piece.draw(p)
			p.y += piece.height
		}
	}
	for i, page := range pages {
		s.frame(&pen{fonts: s.fonts, page: page}, i+1, len(pages))
	}
	return pages
}

// needed is the height that must be free for a block to begin: its own, and of what it must stay with. A block that no
// page can hold begins where its first two pieces fit.
func (s *sheet) needed(i int) float64 {
	b := s.blocks[i]
	height := b.height()
	if height > bottom-top {
		height = b.pieces[0].height
		if len(b.pieces) > 1 {
			height += b.pieces[1].height
		}
		return height
	}
	if b.keep && i+1 < len(s.blocks) {
		if more := height + s.blocks[i+1].space + s.needed(i+1); more <= bottom-top {
			return more
		}
	}
	return height
}

// frame draws the head and foot of a page.
func (s *sheet) frame(p *pen, number, of int) {
	title := s.text(s.form.Title)
	version := s.words.Say("paper.version", "Version", s.form.Version) + " · " + s.words.Say("paper.language")
	p.text(left, 34, title, headFont, accent)
	s.atRight(p, 34, version, smallFont, soft)
	record := s.words.Say("paper.record")
	p.text(left, 48, record, smallFont, soft)
	x := left + s.fonts.Measure(record, smallFont.face, smallFont.size) + 6
	if s.cfg.Filled != nil {
		name := s.cfg.Filled.InstanceName()
		p.text(x, 46.5, s.fitted(strings.TrimSpace(name+"  "+s.cfg.Record), penFont, right-x), penFont, written)
	} else {
		p.rule(x, x+170, 58, faint, 0.6)
	}
	p.rule(left, right, 64, accent, 0.8)
	p.rule(left, right, pageHeight-50, faint, 0.5)
	p.text(left, pageHeight-46, s.words.Say("paper.legend"), smallFont, soft)
	page := strings.NewReplacer("{page}", s.words.Say("paper.number", "Number", number), "{pages}", s.words.Say("paper.number", "Number", of)).Replace(s.words.Say("document.page_of"))
	s.atRight(p, pageHeight-46, page, smallFont, soft)
}

func (s *sheet) atRight(p *pen, dy float64, text string, f font, colour scene.Colour) {
	p.text(right-s.fonts.Measure(text, f.face, f.size), dy, text, f, colour)
}

// fitted shortens a text to a width.
func (s *sheet) fitted(text string, f font, width float64) string {
	if s.fonts.Measure(text, f.face, f.size) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && s.fonts.Measure(string(runes)+"…", f.face, f.size) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// cover puts the title, how to fill the paper in, and the boxes that the person in the field needs first.
func (s *sheet) cover() {
	titles := s.fonts.Wrap(s.text(s.form.Title), titleFont.face, titleFont.size, right-left)
	below := s.words.Say("paper.length." + map[string]string{"": "all"}[s.cfg.Length] + s.cfg.Length)
	if s.cfg.Filled != nil {
		below = s.fitted(s.cfg.Filled.InstanceName(), plainFont, right-left)
	}
	s.add(block{pieces: []piece{{height: float64(len(titles))*titleFont.leading + 20, draw: func(p *pen) {
		p.lines(left, 0, titles, titleFont, ink)
		p.text(left, float64(len(titles))*titleFont.leading, below, plainFont, soft)
	}}}})
	if s.cfg.Filled != nil {
		return
	}
	how := s.fonts.Wrap(s.words.Say("paper.how"), plainFont.face, plainFont.size, right-left-20)
	height := float64(len(how))*plainFont.leading + 14
	s.add(block{space: 4, pieces: []piece{{height: height, draw: func(p *pen) {
		p.shade(left, 0, right-left, height, tint)
		p.lines(left+10, 7, how, plainFont, ink)
	}}}})
	s.add(block{space: 10, pieces: []piece{{height: 30, draw: func(p *pen) {
		x := left
		for _, key := range []string{"paper.begun", "paper.ended"} {
			label := s.words.Say(key)
			p.text(x, 3, label, plainFont, ink)
			x += s.fonts.Measure(label, plainFont.face, plainFont.size) + 8
			p.comb(x, 0, 2, "")
			p.text(x+2*cellWidth+3, 3, ":", labelFont, ink)
			p.comb(x+2*cellWidth+9, 0, 2, "")
			x += 4*cellWidth + 34
		}
	}}}})
}
