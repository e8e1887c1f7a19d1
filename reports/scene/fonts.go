package scene

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"coopatlas/assets"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// FontFamily is the name of the report fonts.
const FontFamily = "Noto Sans"

// Fonts are the four faces that reports are set in, and the one text metric of charts, layout, PDF and images: the
// sum of the advances of the characters, without kerning or ligatures. It is safe for use by several goroutines.
type Fonts struct{ faces [4]*face }

type face struct {
	data            []byte
	font            *sfnt.Font
	ppem            fixed.Int26_6
	em              float64
	ascent, descent float64 // in ems
	capital         float64 // height of a capital letter, in ems

	mu     sync.Mutex
	buffer sfnt.Buffer
	glyphs map[rune]glyph
}

type glyph struct {
	index   sfnt.GlyphIndex // 0 where the font lacks the character
	advance float64         // in ems
}

// LoadFonts reads the four faces from TrueType or OpenType files. Its error names the face that cannot be read.
func LoadFonts(regular, bold, italic, boldItalic []byte) (*Fonts, error) {
	f := &Fonts{}
	names := [4]string{"regular", "bold", "italic", "bold italic"}
	for i, data := range [4][]byte{regular, bold, italic, boldItalic} {
		face, err := loadFace(data)
		if err != nil {
			return nil, fmt.Errorf("%s font: %w", names[i], err)
		}
		f.faces[i] = face
	}
	return f, nil
}

// ReportFonts loads the Noto Sans faces that the program carries with it.
func ReportFonts() (*Fonts, error) {
	var data [4][]byte
	for i, name := range [4]string{"Regular", "Bold", "Italic", "BoldItalic"} {
		file, err := assets.Vendor("fonts/NotoSans-" + name + ".ttf")
		if err != nil {
			return nil, err
		}
		data[i] = file
	}
	return LoadFonts(data[0], data[1], data[2], data[3])
}

func loadFace(data []byte) (*face, error) {
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("not a font file that can be read: %w", err)
	}
	f := &face{data: data, font: parsed, em: float64(parsed.UnitsPerEm()), glyphs: map[rune]glyph{}}
	f.ppem = fixed.I(int(parsed.UnitsPerEm()))
	metrics, err := parsed.Metrics(&f.buffer, f.ppem, font.HintingNone)
	if err != nil {
		return nil, fmt.Errorf("the font has no metrics: %w", err)
	}
	f.ascent, f.descent = f.ems(metrics.Ascent), f.ems(metrics.Descent)
	f.capital = f.ems(metrics.CapHeight)
	return f, nil
}

func (f *face) ems(x fixed.Int26_6) float64 { return float64(x) / 64 / f.em }

// glyph looks a character up, once; f.mu must not be held.
func (f *face) glyph(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g, ok := f.glyphs[r]; ok {
		return g
	}
	index, err := f.font.GlyphIndex(&f.buffer, r)
	if err != nil {
		index = 0
	}
	g := glyph{index: index}
	if advance, err := f.font.GlyphAdvance(&f.buffer, index, f.ppem, font.HintingNone); err == nil && !invisible(r) {
		g.advance = f.ems(advance)
	}
	f.glyphs[r] = g
	return g
}

// invisible characters take no room and draw nothing: soft hyphens, joiners, direction marks and controls.
func invisible(r rune) bool { return r == 0xAD || r == 0xFEFF || unicode.In(r, unicode.Cf, unicode.Cc) }

// flat makes the white space that has a meaning in files an ordinary space, as a line of text shows it.
func flat(r rune) rune {
	if r == '\n' || r == '\t' || r == '\r' {
		return ' '
	}
	return r
}

func (f *Fonts) face(of Face) *face {
	i := 0
	if of.Bold {
		i |= 1
	}
	if of.Italic {
		i |= 2
	}
	return f.faces[i]
}

// Data returns the font file of a face, for embedding.
func (f *Fonts) Data(of Face) []byte { return f.face(of).data }

// Measure returns the width of a text in points, at a size in points.
func (f *Fonts) Measure(text string, of Face, size float64) float64 {
	face, sum := f.face(of), 0.0
	for _, r := range text {
		sum += face.glyph(flat(r)).advance
	}
	return sum * size
}

// Ascent returns how far the face reaches above the baseline, in points at a size in points.
func (f *Fonts) Ascent(of Face, size float64) float64 { return f.face(of).ascent * size }

// Descent returns how far the face reaches below the baseline, as a positive number of points.
func (f *Fonts) Descent(of Face, size float64) float64 { return f.face(of).descent * size }

// CapHeight returns the height of a capital letter in points.
func (f *Fonts) CapHeight(of Face, size float64) float64 { return f.face(of).capital * size }

// Has says whether a face has a glyph of its own for a character. A character without one is drawn as a box.
func (f *Fonts) Has(r rune, of Face) bool {
	return invisible(r) || f.face(of).glyph(flat(r)).index != 0
}

// Run is a stretch of a text that is drawn in one way.
type Run struct {
	Text    string
	Outline bool    // draw it by GlyphPath or TextPath: the font lacks it, or it lies beyond U+FFFF
	X       float64 // where the run begins, in points from the beginning of the text
	Width   float64 // in points
}

// Runs splits a text into stretches that can be set as text (present in the font and not beyond U+FFFF) and stretches
// that must be drawn as outlines or boxes. Invisible characters are left out; tabs and line breaks become spaces.
func (f *Fonts) Runs(text string, of Face, size float64) []Run {
	face := f.face(of)
	var runs []Run
	var x float64
	for _, r := range text {
		if r = flat(r); invisible(r) {
			continue
		}
		g := face.glyph(r)
		outline := g.index == 0 || r > 0xFFFF
		if len(runs) == 0 || runs[len(runs)-1].Outline != outline {
			runs = append(runs, Run{Outline: outline, X: x})
		}
		last := &runs[len(runs)-1]
		last.Text += string(r)
		last.Width += g.advance * size
		x += g.advance * size
	}
	return runs
}

// GlyphPath returns the outline of a character with its origin at (0, 0) on the baseline, and its advance, both in
// points at a size in points. A character the face lacks comes as the font's box; an invisible one has no outline.
func (f *Fonts) GlyphPath(r rune, of Face, size float64) ([]Segment, float64) {
	face := f.face(of)
	r = flat(r)
	g := face.glyph(r)
	if invisible(r) {
		return nil, 0
	}
	return face.outline(g.index, size), g.advance * size
}

// TextPath returns the outlines of a whole text beginning at (0, 0) on the baseline.
func (f *Fonts) TextPath(text string, of Face, size float64) []Segment {
	var out []Segment
	x := 0.0
	for _, r := range text {
		segments, advance := f.GlyphPath(r, of, size)
		out = append(out, Transformed(segments, Translate(x, 0))...)
		x += advance
	}
	return out
}

func (f *face) outline(index sfnt.GlyphIndex, size float64) []Segment {
	f.mu.Lock()
	defer f.mu.Unlock()
	loaded, err := f.font.LoadGlyph(&f.buffer, index, f.ppem, nil)
	if err != nil {
		return nil
	}
	at := func(p fixed.Point26_6) Point { return Point{f.ems(p.X) * size, f.ems(p.Y) * size} }
	var out []Segment
	var pen Point
	for _, s := range loaded {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if len(out) > 0 {
				out = append(out, Shut())
			}
			pen = at(s.Args[0])
			out = append(out, Segment{Op: MoveTo, P: [3]Point{pen}})
		case sfnt.SegmentOpLineTo:
			pen = at(s.Args[0])
			out = append(out, Segment{Op: LineTo, P: [3]Point{pen}})
		case sfnt.SegmentOpQuadTo:
			out = append(out, quadratic(pen, at(s.Args[0]), at(s.Args[1])))
			pen = at(s.Args[1])
		case sfnt.SegmentOpCubeTo:
			pen = at(s.Args[2])
			out = append(out, Cubic(at(s.Args[0]), at(s.Args[1]), pen))
		}
	}
	if len(out) > 0 {
		out = append(out, Shut())
	}
	return out
}

// quadratic raises a quadratic curve to the cubic one of the same shape.
func quadratic(from, control, to Point) Segment {
	near := func(p Point) Point { return Point{p.X + (control.X-p.X)*2/3, p.Y + (control.Y-p.Y)*2/3} }
	return Cubic(near(from), near(to), to)
}

// Wrap breaks a text into lines no wider than width points. It breaks at spaces (not at no-break ones) and at line
// breaks; a single word that is too wide is broken between characters. It returns at least one line.
func (f *Fonts) Wrap(text string, of Face, size, width float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' }) {
			if line != "" && f.Measure(line+" "+word, of, size) <= width {
				line += " " + word
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			parts := f.breakWord(word, of, size, width)
			lines = append(lines, parts[:len(parts)-1]...)
			line = parts[len(parts)-1]
		}
		lines = append(lines, line)
	}
	return lines
}

func (f *Fonts) breakWord(word string, of Face, size, width float64) []string {
	if f.Measure(word, of, size) <= width {
		return []string{word}
	}
	parts := []string{""}
	for _, r := range word {
		last := &parts[len(parts)-1]
		if *last != "" && f.Measure(*last+string(r), of, size) > width {
			parts = append(parts, string(r))
			continue
		}
		*last += string(r)
	}
	return parts
}
