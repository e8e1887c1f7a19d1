package document

import (
	"errors"

	"coopatlas/reports/scene"
)

// densities are tried one after another until a document keeps to its number of pages.
var densities = [...]float64{1, 0.96, 0.92, 0.88, 0.85}

// Layout sets a document on pages of a size. Where the document has a limit of pages, of the optional blocks those are
// taken, in their order, with which it still fits; where it does not fit without them, all type is made up to a seventh
// smaller; a document that still does not fit has more pages. Its error names the part that no page can hold.
func Layout(doc *Document, fonts *scene.Fonts, size PageSize) ([]*scene.Scene, error) {
	if fonts == nil {
		return nil, errors.New("the document cannot be laid out without fonts")
	}
	if size.Width < 3*marginSide || size.Height < 4*marginTop+4*marginBottom {
		return nil, errors.New("the paper is too small for the margins: choose A4 or Letter")
	}
	optional := optionals(doc.Blocks)
	taken := map[*Optional]bool{}
	if doc.Pages <= 0 {
		for _, one := range optional {
			taken[one] = true
		}
		return layoutAt(doc, fonts, size, 1, taken)
	}
	var pages []*scene.Scene
	for _, density := range densities {
		var err error
		if pages, err = layoutAt(doc, fonts, size, density, taken); err != nil {
			return nil, err
		}
		if len(pages) <= doc.Pages {
			for _, one := range optional {
				taken[one] = true
				if more, err := layoutAt(doc, fonts, size, density, taken); err == nil && len(more) <= doc.Pages {
					pages = more
				} else {
					taken[one] = false
				}
			}
			return pages, nil
		}
	}
	return pages, nil
}

// optionals lists the optional blocks of a document, those within others after them.
func optionals(blocks []Block) []*Optional {
	var out []*Optional
	for _, block := range blocks {
		switch block := block.(type) {
		case *Optional:
			out = append(append(out, block), optionals(block.Blocks)...)
		case *Callout:
			out = append(out, optionals(block.Blocks)...)
		case *Columns:
			for _, part := range block.Columns {
				out = append(out, optionals(part.Blocks)...)
			}
		}
	}
	return out
}

func layoutAt(doc *Document, fonts *scene.Fonts, size PageSize, density float64, taken map[*Optional]bool) ([]*scene.Scene, error) {
	set := &setter{
		typesetter: typesetter{fonts: fonts}, style: styleAt(density), labels: doc.Labels,
		taken: taken, width: size.Width - 2*marginSide,
	}
	frame := newFrame(doc, set, size)
	set.maxHeight = frame.room()
	fragments := set.blocks(doc.Blocks)
	if doc.Title != "" || doc.Kicker != "" {
		fragments = append([]fragment{set.titles(doc)}, fragments...)
	}
	if statement := doc.Letterhead.FunderStatement; statement != "" {
		fragments = append(fragments, set.funder(statement))
	}
	flow := newFlow(marginSide, frame.content)
	if err := flow.place(fragments); err != nil {
		return nil, err
	}
	pages := make([]*scene.Scene, len(flow.pages))
	for i, items := range flow.pages {
		furniture := frame.furniture(i, len(flow.pages))
		pages[i] = &scene.Scene{Width: size.Width, Height: size.Height, Items: append(furniture, items...)}
	}
	return pages, nil
}

// titles sets the kicker and the title of the first page.
func (s *setter) titles(doc *Document) fragment {
	kicker := s.paint(s.style.small, soft)
	kicker.bold = true
	items, height := s.typesetter.block(Plain(doc.Kicker), kicker, 0, 0, s.width)
	title := s.paint(s.style.title, ink)
	title.bold = true
	title, width := s.balanced(doc.Title, title)
	more, titleHeight := s.typesetter.block(Plain(doc.Title), title, 0, height+2, width)
	items = append(items, more...)
	items = append(items, &scene.Heading{Level: 1, Text: doc.Title})
	return fragment{height: height + 2 + titleHeight, items: items, keep: true}
}

// balanced makes a title a little smaller where that saves its third line, and gives the least width that keeps the
// number of its lines, so that they are about equally long.
func (s *setter) balanced(text string, p paint) (paint, float64) {
	count := func(p paint, width float64) int { return len(s.typesetter.lines(Plain(text), p, width)) }
	for range 4 {
		if count(p, s.width) <= 2 {
			break
		}
		smaller := p
		smaller.font = font{size: p.font.size * 0.95, leading: p.font.leading * 0.95}
		if count(smaller, s.width) < count(p, s.width) || smaller.font.size > 0.85*s.style.title.size {
			p = smaller
		}
	}
	low, high, lines := s.width/2, s.width, count(p, s.width)
	for range 20 {
		if middle := (low + high) / 2; count(p, middle) > lines {
			low = middle
		} else {
			high = middle
		}
	}
	return p, high
}

func (s *setter) funder(statement string) fragment {
	items, height := s.typesetter.block(Plain(statement), s.paint(s.style.tiny, soft), 0, 5, s.width)
	items = append(items, s.rule(0, line, 0.5))
	return fragment{before: s.style.gap, height: height + 6, items: items, pinned: true}
}
