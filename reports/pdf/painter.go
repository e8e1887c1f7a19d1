package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"coopatlas/reports/scene"

	"github.com/jung-kurt/gofpdf"
)

// family is the name of the embedded fonts, as gofpdf and the file know them.
const family = "NotoSans"

// painter draws scenes onto the pages of one file. Each page begins by turning the y axis round, so that everything
// after is in the coordinates of the scene.
type painter struct {
	file    *gofpdf.Fpdf
	fonts   *scene.Fonts
	loaded  map[string]bool
	images  map[string]string // hash of an image to the name it is registered by; empty if it cannot be read
	anchors map[string]int
	height  float64 // of the page that is being drawn
	level   int     // of the bookmark before; levels may go deeper by one only
}

func newPainter(file *gofpdf.Fpdf, fonts *scene.Fonts) *painter {
	return &painter{
		file: file, fonts: fonts,
		loaded: map[string]bool{}, images: map[string]string{}, anchors: map[string]int{},
		level: -1,
	}
}

// findAnchors gives every anchor its link before drawing begins, so that links may lead forwards.
func (p *painter) findAnchors(pages []*scene.Scene) {
	for i, page := range pages {
		walk(page.Items, scene.Identity(), func(item scene.Item, m scene.Matrix) {
			anchor, ok := item.(*scene.Anchor)
			if !ok || p.anchors[anchor.Name] != 0 {
				return
			}
			link := p.file.AddLink()
			p.file.SetLink(link, m.Apply(scene.Point{Y: anchor.Y}).Y, i+1)
			p.anchors[anchor.Name] = link
		})
	}
}

// walk visits all items, those of groups too, with the transform that places them on the page.
func walk(items []scene.Item, m scene.Matrix, visit func(scene.Item, scene.Matrix)) {
	for _, item := range items {
		visit(item, m)
		if group, ok := item.(*scene.Group); ok {
			walk(group.Items, m.Mul(group.Transform.OrIdentity()), visit)
		}
	}
}

func (p *painter) page(number int, page *scene.Scene) {
	p.height = page.Height
	p.file.AddPageFormat("P", gofpdf.SizeType{Wd: page.Width, Ht: page.Height})
	p.raw("q 1 0 0 -1 0 " + num(page.Height) + " cm")
	for _, item := range page.Items {
		p.draw(item, scene.Identity())
	}
	p.raw("Q")
}

// raw writes drawing operators; gofpdf ends the line.
func (p *painter) raw(operators string) { p.file.RawWriteStr(operators) }

// draw draws one item; m is the transform from its coordinates to those of the page, which links and bookmarks need
// because they lie outside the drawing.
func (p *painter) draw(item scene.Item, m scene.Matrix) {
	switch item := item.(type) {
	case *scene.Path:
		p.path(item)
	case *scene.Text:
		p.text(item)
	case *scene.Image:
		p.image(item)
	case *scene.Group:
		p.group(item, m)
	case *scene.Link:
		p.link(item, m)
	case *scene.Heading:
		p.bookmark(item, m)
	}
}

func (p *painter) group(group *scene.Group, m scene.Matrix) {
	transform := group.Transform.OrIdentity()
	p.raw("q " + matrix(transform) + " cm")
	if group.Clip != nil && len(group.Clip.Segments) > 0 {
		rule := " W n"
		if group.Clip.EvenOdd {
			rule = " W* n"
		}
		p.raw(outline(group.Clip.Segments) + rule)
	}
	for _, item := range group.Items {
		p.draw(item, m.Mul(transform))
	}
	p.raw("Q")
}

// box is the rectangle on the page that holds a rectangle moved by a transform.
func box(m scene.Matrix, x, y, w, h float64) (left, top, width, height float64) {
	left, top = math.Inf(1), math.Inf(1)
	right, bottom := math.Inf(-1), math.Inf(-1)
	for _, corner := range []scene.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x, Y: y + h}, {X: x + w, Y: y + h}} {
		at := m.Apply(corner)
		left, right = min(left, at.X), max(right, at.X)
		top, bottom = min(top, at.Y), max(bottom, at.Y)
	}
	return left, top, right - left, bottom - top
}

func (p *painter) link(link *scene.Link, m scene.Matrix) {
	x, y, w, h := box(m, link.X, link.Y, link.W, link.H)
	if name, within := strings.CutPrefix(link.Target, "#"); within {
		if target := p.anchors[name]; target != 0 {
			p.file.Link(x, y, w, h, target)
		}
		return
	}
	p.file.LinkString(x, y, w, h, ascii(link.Target))
}

// ascii writes an address with the characters beyond ASCII escaped, as a PDF's addresses must be.
func ascii(address string) string {
	var out strings.Builder
	for i := 0; i < len(address); i++ {
		if c := address[i]; c > ' ' && c < 0x7f {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// bookmark adds an entry of the outline. A level that skips one is drawn up, because gofpdf would lose it.
func (p *painter) bookmark(heading *scene.Heading, m scene.Matrix) {
	level := max(0, min(heading.Level-1, p.level+1))
	p.level = level
	p.face(scene.Face{}, 1)
	p.file.Bookmark(within16(heading.Text), level, m.Apply(scene.Point{Y: heading.Y}).Y)
}

// within16 replaces what two bytes cannot hold, because gofpdf's text strings know no pairs.
func within16(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '□'
		}
		return r
	}, text)
}

// face selects a font, embedding it the first time.
func (p *painter) face(face scene.Face, size float64) {
	style := ""
	if face.Bold {
		style += "B"
	}
	if face.Italic {
		style += "I"
	}
	if !p.loaded[style] {
		p.file.AddUTF8FontFromBytes(family, style, bytes.Clone(p.fonts.Data(face)))
		p.loaded[style] = true
	}
	p.file.SetFont(family, style, size)
}

// num writes a number as PDF wants it: no exponent, at most four decimals, no trailing zeros.
func num(value float64) string {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return "0"
	}
	text := strconv.FormatFloat(value, 'f', 4, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" || text == "" {
		return "0"
	}
	return text
}

func matrix(m scene.Matrix) string {
	return strings.Join([]string{num(m.A), num(m.B), num(m.C), num(m.D), num(m.E), num(m.F)}, " ")
}
