package paper

import (
	"coopatlas/reports/scene"
)

// The page and its columns, in points.
const (
	pageWidth, pageHeight = 595.28, 841.89
	left, right           = 50.0, pageWidth - 50.0
	top, bottom           = 78.0, pageHeight - 62.0
	codeWidth             = 38.0
	statusWidth           = 86.0
	body                  = left + codeWidth
	bodyWidth             = right - statusWidth - body
	wideWidth             = right - body
)

// The colours of print.
var (
	ink     = scene.RGB(0x1B2426)
	soft    = scene.RGB(0x586568)
	accent  = scene.RGB(0x0F5257)
	faint   = scene.RGB(0xB9C1C1)
	tint    = scene.RGB(0xEEF3F2)
	written = scene.RGB(0x1E3A8A) // answers, as with a pen
)

// font is a face with its size and the distance from line to line.
type font struct {
	face          scene.Face
	size, leading float64
}

var (
	titleFont   = font{scene.Face{Bold: true}, 20, 24}
	sectionFont = font{scene.Face{Bold: true}, 12, 15}
	labelFont   = font{scene.Face{Bold: true}, 9.2, 12}
	plainFont   = font{scene.Face{}, 8.8, 11.6}
	hintFont    = font{scene.Face{Italic: true}, 7.8, 10.4}
	skipFont    = font{scene.Face{}, 7.8, 10.4}
	smallFont   = font{scene.Face{}, 6.8, 9}
	headFont    = font{scene.Face{Bold: true}, 7.2, 9}
	penFont     = font{scene.Face{Italic: true}, 9.2, 11.8}
)

// pen draws at a place of a page.
type pen struct {
	fonts *scene.Fonts
	page  *scene.Scene
	y     float64 // top of the piece
}

func (p *pen) put(items ...scene.Item) { p.page.Items = append(p.page.Items, items...) }

// text writes one line whose top is dy below the piece's.
func (p *pen) text(x, dy float64, text string, f font, colour scene.Colour) {
	p.put(&scene.Text{X: x, Y: p.y + dy + baseline(f), String: text, Face: f.face, Size: f.size, Colour: colour})
}

// baseline is how far the baseline lies below the top of a line.
func baseline(f font) float64 { return (f.leading+f.size)/2 - f.size*0.12 }

func (p *pen) lines(x, dy float64, lines []string, f font, colour scene.Colour) {
	for i, line := range lines {
		p.text(x, dy+float64(i)*f.leading, line, f, colour)
	}
}

func (p *pen) rule(x1, x2, dy float64, colour scene.Colour, width float64, dash ...float64) {
	y := p.y + dy
	p.put(&scene.Path{Segments: []scene.Segment{scene.Move(x1, y), scene.Line(x2, y)},
		Stroke: &scene.Stroke{Colour: colour, Width: width, Dash: dash}})
}

// box draws an empty rectangle.
func (p *pen) box(x, dy, w, h float64) {
	p.put(&scene.Path{Segments: scene.Rectangle(x, p.y+dy, w, h), Stroke: &scene.Stroke{Colour: ink, Width: 0.6}})
}

func (p *pen) shade(x, dy, w, h float64, colour scene.Colour) {
	p.put(&scene.Path{Segments: scene.Rectangle(x, p.y+dy, w, h), Fill: &colour})
}

// tick draws a box, or a circle where only one of several is chosen, with a cross in it where it is ticked.
func (p *pen) tick(x, dy, size float64, round, ticked bool) {
	if round {
		r := size / 2
		p.put(&scene.Path{Segments: scene.Ellipse(x+r, p.y+dy+r, r, r), Stroke: &scene.Stroke{Colour: ink, Width: 0.6}})
	} else {
		p.box(x, dy, size, size)
	}
	if ticked {
		y, in := p.y+dy, size*0.2
		cross := []scene.Segment{scene.Move(x+in, y+in), scene.Line(x+size-in, y+size-in), scene.Move(x+size-in, y+in), scene.Line(x+in, y+size-in)}
		p.put(&scene.Path{Segments: cross, Stroke: &scene.Stroke{Colour: written, Width: 1.3, Cap: scene.RoundCap}})
	}
}

// arrowWidth is the room that an arrow takes before the condition it points to.
const arrowWidth = 11.0

// arrow draws the arrow that stands before a condition, its shaft dy below the top of the piece.
func (p *pen) arrow(x, dy float64) {
	y := p.y + dy
	p.put(&scene.Path{Segments: []scene.Segment{scene.Move(x, y), scene.Line(x+7, y), scene.Move(x+4.5, y-2.2), scene.Line(x+7, y), scene.Line(x+4.5, y+2.2)},
		Stroke: &scene.Stroke{Colour: accent, Width: 0.8}})
}

// comb draws cells for single characters and writes a text into them.
func (p *pen) comb(x, dy float64, cells int, text string) {
	for i := range cells {
		p.box(x+float64(i)*cellWidth, dy, cellWidth, cellHeight)
	}
	for i, r := range []rune(text) {
		if i < cells {
			p.put(&scene.Text{X: x + (float64(i)+0.5)*cellWidth, Y: p.y + dy + cellHeight - 5, String: string(r), Face: penFont.face,
				Size: penFont.size, Colour: written, Anchor: scene.Middle})
		}
	}
}

// The size of a comb's cells, in points.
const cellWidth, cellHeight = 14.0, 17.0
