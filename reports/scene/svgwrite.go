package scene

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// SVGOptions says how a scene is written as SVG. ID begins every id in the drawing, so that several drawings can share
// a page; it must be a valid XML name. Title and Description are read out to those who cannot see the drawing.
type SVGOptions struct{ ID, Title, Description string }

// SVG writes a scene as an SVG file with one unit a point. Texts stay texts, in the report font or whatever the reader
// has, squeezed to the width that our metric gave them. The same scene gives the same bytes.
func SVG(s *Scene, fonts *Fonts, options SVGOptions) []byte {
	w := &svgWriter{fonts: fonts, id: options.ID}
	if w.id == "" {
		w.id = "scene"
	}
	w.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %[1]s %[2]s" role="img" `+
		`font-family="%s, sans-serif" xml:space="preserve"`, digits(s.Width), digits(s.Height), FontFamily)
	if options.Title != "" {
		w.printf(` aria-label="%s"`, escape(options.Title))
	}
	w.printf(">")
	if options.Title != "" {
		w.printf("<title>%s</title>", escape(options.Title))
	}
	if options.Description != "" {
		w.printf("<desc>%s</desc>", escape(options.Description))
	}
	w.printf("\n")
	w.items(s.Items)
	w.printf("</svg>\n")
	return w.out.Bytes()
}

type svgWriter struct {
	out   bytes.Buffer
	fonts *Fonts
	id    string
	clips int
}

func (w *svgWriter) printf(format string, args ...any) { fmt.Fprintf(&w.out, format, args...) }

// digits writes a number with at most three decimals.
func digits(v float64) string {
	v = math.Round(v*1000) / 1000
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func escape(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a strings.Builder never fails
	return out.String()
}

func (w *svgWriter) items(items []Item) {
	for _, item := range items {
		switch it := item.(type) {
		case *Path:
			w.path(it)
		case *Text:
			w.text(it)
		case *Image:
			w.printf(`<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" href="data:%s;base64,%s"/>`+"\n",
				digits(it.X), digits(it.Y), digits(it.W), digits(it.H), escape(it.MediaType), base64.StdEncoding.EncodeToString(it.Data))
		case *Group:
			w.group(it)
		case *Link:
			w.link(it)
		case *Anchor:
			w.printf(`<g id="%s"/>`+"\n", escape(it.Name))
		}
	}
}

func (w *svgWriter) path(p *Path) {
	w.printf(`<path d="%s"`, PathData(p.Segments))
	w.paint("fill", p.Fill)
	if p.EvenOdd {
		w.printf(` fill-rule="evenodd"`)
	}
	if p.Stroke != nil {
		w.stroke(p.Stroke)
	}
	w.printf("/>\n")
}

func (w *svgWriter) paint(property string, c *Colour) {
	if c == nil {
		w.printf(` %s="none"`, property)
		return
	}
	w.printf(` %s="%s"`, property, c)
	if c.A != 255 {
		w.printf(` %s-opacity="%s"`, property, digits(c.Opacity()))
	}
}

func (w *svgWriter) stroke(s *Stroke) {
	w.paint("stroke", &s.Colour)
	w.printf(` stroke-width="%s"`, digits(s.Width))
	if len(s.Dash) > 0 {
		parts := make([]string, len(s.Dash))
		for i, d := range s.Dash {
			parts[i] = digits(d)
		}
		w.printf(` stroke-dasharray="%s"`, strings.Join(parts, ","))
	}
	if name := [...]string{"", "round", "square"}[s.Cap]; name != "" {
		w.printf(` stroke-linecap="%s"`, name)
	}
	if name := [...]string{"", "round", "bevel"}[s.Join]; name != "" {
		w.printf(` stroke-linejoin="%s"`, name)
	} else {
		w.printf(` stroke-miterlimit="%d"`, MiterLimit)
	}
}

func (w *svgWriter) text(t *Text) {
	w.printf(`<text x="%s" y="%s" font-size="%s"`, digits(t.X), digits(t.Y), digits(t.Size))
	if t.Face.Bold {
		w.printf(` font-weight="bold"`)
	}
	if t.Face.Italic {
		w.printf(` font-style="italic"`)
	}
	if name := [...]string{"", "middle", "end"}[t.Anchor]; name != "" {
		w.printf(` text-anchor="%s"`, name)
	}
	w.paint("fill", &t.Colour)
	if width := w.fonts.Measure(t.String, t.Face, t.Size); width > 0 && len([]rune(t.String)) > 1 {
		w.printf(` textLength="%s" lengthAdjust="spacingAndGlyphs"`, digits(width))
	}
	if t.Rotate != 0 {
		w.printf(` transform="rotate(%s %s %s)"`, digits(t.Rotate), digits(t.X), digits(t.Y))
	}
	w.printf(">%s</text>\n", escape(strings.Map(flat, t.String)))
}

func (w *svgWriter) group(g *Group) {
	clip := ""
	if g.Clip != nil {
		w.clips++
		clip = fmt.Sprintf("%s-c%d", w.id, w.clips)
		w.printf(`<clipPath id="%s"><path d="%s"`, clip, PathData(g.Clip.Segments))
		if g.Clip.EvenOdd {
			w.printf(` clip-rule="evenodd"`)
		}
		w.printf("/></clipPath>\n")
	}
	w.printf("<g")
	if m := g.Transform.OrIdentity(); m != Identity() {
		w.printf(` transform="matrix(%s %s %s %s %s %s)"`, fine(m.A), fine(m.B), fine(m.C), fine(m.D), digits(m.E), digits(m.F))
	}
	if clip != "" {
		w.printf(` clip-path="url(#%s)"`, clip)
	}
	w.printf(">\n")
	w.items(g.Items)
	w.printf("</g>\n")
}

// fine writes a factor with more decimals than a coordinate needs.
func fine(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

func (w *svgWriter) link(l *Link) {
	if !SafeTarget(l.Target) {
		return
	}
	w.printf(`<a href="%s"><rect x="%s" y="%s" width="%s" height="%s" fill="none" pointer-events="all"/></a>`+"\n",
		escape(l.Target), digits(l.X), digits(l.Y), digits(l.W), digits(l.H))
}

// SafeTarget says whether a link may be followed from a page: a web or mail address, or an anchor; never a script.
func SafeTarget(target string) bool {
	for _, prefix := range [...]string{"#", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(target, prefix) {
			return true
		}
	}
	return false
}

// PathData writes segments as the d attribute of an SVG path.
func PathData(segments []Segment) string {
	var out strings.Builder
	for _, s := range segments {
		out.WriteByte("MLCZ"[s.Op])
		count := [...]int{1, 1, 3, 0}[s.Op]
		for i, p := range s.P[:count] {
			if i > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(digits(p.X) + " " + digits(p.Y))
		}
	}
	return out.String()
}
