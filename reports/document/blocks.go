package document

import (
	"fmt"

	"coopatlas/reports/scene"
)

// setter turns blocks into fragments of one width.
type setter struct {
	typesetter
	style     style
	labels    Labels
	taken     map[*Optional]bool
	maxHeight float64 // of a page's content
	width     float64
}

// within gives a setter of another width.
func (s *setter) within(width float64) *setter {
	inner := *s
	inner.width = width
	return &inner
}

func (s *setter) paint(f font, colour scene.Colour) paint { return paint{font: f, colour: colour} }

// blocks sets blocks one after another.
func (s *setter) blocks(blocks []Block) []fragment {
	var out []fragment
	breaks := false
	for _, block := range blocks {
		if _, ok := block.(*PageBreak); ok {
			breaks = true
			continue
		}
		fragments := s.block(block)
		if len(fragments) == 0 {
			continue
		}
		fragments[0].newly = fragments[0].newly || breaks
		breaks = false
		out = append(out, fragments...)
	}
	return out
}

func (s *setter) block(block Block) []fragment {
	switch block := block.(type) {
	case *Heading:
		return s.heading(block)
	case *Paragraph:
		return s.paragraph(block)
	case *List:
		return s.list(block)
	case *Table:
		return s.table(block)
	case *Figure:
		return s.figure(block)
	case *Grid:
		return s.grid(block)
	case *KeyFigures:
		return s.keyFigures(block)
	case *Callout:
		return s.callout(block)
	case *Columns:
		return s.columns(block)
	case *Note:
		return s.lines(block.Text, s.paint(s.style.tiny, soft), s.style.gap*0.5, 0)
	case *Rule:
		return []fragment{{before: s.style.gap, height: 0.6, items: []scene.Item{s.rule(0, line, 0.6)}}}
	case *Optional:
		if !s.taken[block] {
			return s.blocks(block.Else)
		}
		return s.blocks(block.Blocks)
	}
	return nil
}

func (s *setter) rule(y float64, colour scene.Colour, height float64) scene.Item {
	return &scene.Path{Segments: scene.Rectangle(0, y, s.width, height), Fill: &colour}
}

// lines sets a text as one fragment a line. The first two lines stay together, and the last two.
func (s *setter) lines(text Text, p paint, before, indent float64) []fragment {
	lines := s.typesetter.lines(text, p, s.width-indent)
	out := make([]fragment, len(lines))
	for i, line := range lines {
		out[i] = fragment{
			height: p.font.leading,
			items:  s.set(line, p, indent, 0, s.width-indent),
			keep:   i < len(lines)-1 && (i == 0 || i == len(lines)-2),
		}
	}
	out[0].before = before
	return out
}

func (s *setter) heading(heading *Heading) []fragment {
	f := s.style.headingFont(heading.Level)
	p := s.paint(f, ink)
	p.bold = true
	if heading.Level <= 2 {
		p.colour = teal
	}
	items, height := s.typesetter.block(Plain(heading.Text), p, 0, 0, s.width)
	items = append([]scene.Item{&scene.Heading{Level: heading.Level, Text: heading.Text, Y: 0}}, items...)
	if heading.Anchor != "" {
		items = append(items, &scene.Anchor{Name: heading.Anchor})
	}
	return []fragment{{before: s.style.gap * 1.4, height: height + s.style.gap*0.15, items: items, keep: true}}
}

func (s *setter) paragraph(paragraph *Paragraph) []fragment {
	p := s.paint(s.style.body, ink)
	if paragraph.Lead {
		p = s.paint(s.style.lead, ink)
	}
	return s.lines(paragraph.Text, p, s.style.gap*0.6, 0)
}

func (s *setter) list(list *List) []fragment {
	p := s.paint(s.style.body, ink)
	indent := p.font.size * 1.25
	var out []fragment
	for i, item := range list.Items {
		fragments := s.lines(item, p, s.style.gap*0.35, indent)
		mark := "•"
		if list.Ordered {
			mark = fmt.Sprintf("%d.", i+1)
		}
		bullet := p
		bullet.colour = teal
		bullet.bold = true
		sign, _ := s.typesetter.block(Plain(mark), bullet, 0, 0, indent)
		fragments[0].items = append(sign, fragments[0].items...)
		out = append(out, fragments...)
	}
	if len(out) > 0 {
		out[0].before = s.style.gap * 0.6
	}
	return out
}

// columns sets parts side by side where a page can hold them, else one after another.
func (s *setter) columns(columns *Columns) []fragment {
	total := 0.0
	for _, part := range columns.Columns {
		total += max(part.Weight, 0.01)
	}
	room := s.width - gutter*float64(len(columns.Columns)-1)
	out := fragment{before: s.style.gap}
	x := 0.0
	for _, part := range columns.Columns {
		width := room * max(part.Weight, 0.01) / total
		side := stacked(s.within(width).blocks(part.Blocks))
		out.items = append(out.items, placed(side.items, x, 0))
		out.height = max(out.height, side.height)
		x += width + gutter
	}
	if out.height <= s.maxHeight {
		return []fragment{out}
	}
	var one []fragment
	for _, part := range columns.Columns {
		one = append(one, s.blocks(part.Blocks)...)
	}
	return one
}

// callout sets its blocks on a tinted ground with a bar at the left. The ground is drawn piece by piece, so that a
// callout may be broken over pages.
func (s *setter) callout(callout *Callout) []fragment {
	const pad, bar = 9.0, 2.4
	ground, accent := tint, teal
	if callout.Accent {
		ground, accent = warm, clay
	}
	inner := s.within(s.width - 2*pad - bar)
	if callout.Dense {
		inner.style.body = s.style.dense
		inner.style.gap *= 0.75
	}
	var fragments []fragment
	if callout.Title != "" {
		p := s.paint(s.style.headingFont(3), accent)
		p.bold = true
		items, height := s.typesetter.block(Plain(callout.Title), p, 0, 0, inner.width)
		items = append(items, &scene.Heading{Level: 2, Text: callout.Title})
		fragments = append(fragments, fragment{height: height, items: items, keep: true})
	}
	fragments = append(fragments, inner.blocks(callout.Blocks)...)
	for i := range fragments {
		f := &fragments[i]
		above, below := f.before, 0.0
		if i == 0 {
			above = pad * 0.75
		}
		if i == len(fragments)-1 {
			below = pad * 0.85
		}
		height := above + f.height + below
		f.items = []scene.Item{
			&scene.Path{Segments: scene.Rectangle(0, 0, s.width, height+overlap(below)), Fill: &ground},
			&scene.Path{Segments: scene.Rectangle(0, 0, bar, height+overlap(below)), Fill: &accent},
			placed(f.items, pad+bar, above),
		}
		f.before, f.height, f.header = 0, height, nil
	}
	if len(fragments) > 0 {
		fragments[0].before = s.style.gap * 1.2
	}
	return fragments
}

// overlap lets the ground of a piece reach a hair under the next one, so that no seam shows between them.
func overlap(below float64) float64 {
	if below > 0 {
		return 0
	}
	return 0.5
}
