package document

import (
	"strconv"
	"strings"

	"coopatlas/reports/scene"
)

// frame is what stands around the content of every page: letterhead or running head, notice, footer.
type frame struct {
	*setter
	doc     *Document
	size    PageSize
	notice  []scene.Item
	footer  []scene.Item
	noticeH float64
	footerH float64
	head    []scene.Item
	headH   float64
}

func newFrame(doc *Document, set *setter, size PageSize) *frame {
	f := &frame{setter: set, doc: doc, size: size}
	if doc.Notice != "" {
		p := set.paint(set.style.small, scene.RGB(0xFFFFFF))
		p.bold = true
		p.align = Centre
		text, height := set.typesetter.block(Plain(doc.Notice), p, 6, 3, set.width-12)
		ground := clay
		f.noticeH = height + 6
		f.notice = append([]scene.Item{&scene.Path{Segments: scene.Rounded(0, 0, set.width, f.noticeH, 3), Fill: &ground}}, text...)
	}
	f.footer, f.footerH = set.typesetter.block(Plain(doc.Footer), set.paint(set.style.tiny, soft), 0, 0, set.width-70)
	f.footerH = max(f.footerH, set.style.tiny.leading)
	f.head, f.headH = f.letterhead()
	return f
}

// content gives the top and bottom of the content of a page, by its number from 0.
func (f *frame) content(page int) (top, bottom float64) {
	bottom = f.size.Height - marginBottom - f.footerH - 14
	top = marginTop + f.headH
	if page > 0 {
		top = marginTop + f.style.tiny.leading + 12
	}
	if f.noticeH > 0 {
		top += f.noticeH + 8
	}
	return top, bottom
}

// room is the least height of content that any page has.
func (f *frame) room() float64 {
	least := f.size.Height
	for page := range 2 {
		top, bottom := f.content(page)
		least = min(least, bottom-top)
	}
	return least
}

func (f *frame) furniture(page, pages int) []scene.Item {
	items := []scene.Item{f.foot(page, pages)}
	y := marginTop
	if page == 0 {
		items = append(items, placed(f.head, marginSide, y))
		y += f.headH
	} else {
		items = append(items, placed(f.running(), marginSide, y))
		y += f.style.tiny.leading + 12
	}
	if len(f.notice) > 0 {
		if page == 0 {
			y -= 2
		}
		items = append(items, placed(f.notice, marginSide, y))
	}
	return items
}

// letterhead sets logo and name at the left, address, contact and register number at the right, a line below.
func (f *frame) letterhead() ([]scene.Item, float64) {
	head := f.doc.Letterhead
	if head.Name == "" && len(head.Logo) == 0 {
		return nil, 0
	}
	var items []scene.Item
	x, logo := 0.0, 0.0
	if len(head.Logo) > 0 {
		var width float64
		width, logo = logoSize(head.Logo, 120, 34)
		items = append(items, &scene.Image{W: width, H: logo, Data: head.Logo, MediaType: mediaType(head.Logo)})
		x = width + 10
	}
	name := f.paint(font{size: 12.5, leading: 16}, teal)
	name.bold = true
	half := f.width * 0.56
	more, height := f.typesetter.block(Plain(head.Name), name, x, 0, half-x)
	items = append(items, more...)
	height = max(height, logo)
	side := f.paint(f.style.tiny, soft)
	side.align = Right
	lines := append(append([]string(nil), head.Address...), head.Contact, head.RegisterNumber)
	y := 0.0
	for _, text := range lines {
		if text == "" {
			continue
		}
		set, h := f.typesetter.block(Plain(text), side, half, y, f.width-half)
		items = append(items, set...)
		y += h
	}
	height = max(height, y) + 6
	items = append(items, f.rule(height, teal, 1.4))
	return items, height + 12
}

// running is the head of the pages after the first: title and publisher.
func (f *frame) running() []scene.Item {
	p := f.paint(f.style.tiny, soft)
	width := f.width * 0.3
	title := f.typesetter.lines(Plain(f.doc.Title), p, f.width-width-gutter)
	items := f.set(title[0], p, 0, 0, f.width)
	if len(title) > 1 {
		items = f.set(append(title[0], word{parts: []Run{{Text: "…"}}}), p, 0, 0, f.width)
	}
	p.align = Right
	name := f.typesetter.lines(Plain(f.doc.Author), p, width)
	items = append(items, f.set(name[0], p, f.width-width, 0, width)...)
	return append(items, f.rule(p.font.leading+2, line, 0.5))
}

func (f *frame) foot(page, pages int) scene.Item {
	y := f.size.Height - marginBottom - f.footerH
	p := f.paint(f.style.tiny, soft)
	p.align = Right
	label := strings.NewReplacer("{page}", strconv.Itoa(page+1), "{pages}", strconv.Itoa(pages)).Replace(f.doc.Labels.PageOf)
	number, _ := f.typesetter.block(Plain(label), p, f.width-66, 0, 66)
	items := append([]scene.Item{f.rule(-5, line, 0.5)}, f.footer...)
	return placed(append(items, number...), marginSide, y)
}
