package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/jpeg" // images are decoded before they are embedded
	"image/png"
	"math"
	"strings"

	"coopatlas/reports/scene"

	"github.com/jung-kurt/gofpdf"
)

// outline writes the segments of a path.
func outline(segments []scene.Segment) string {
	var out strings.Builder
	point := func(at scene.Point) {
		out.WriteString(num(at.X) + " " + num(at.Y) + " ")
	}
	for _, segment := range segments {
		switch segment.Op {
		case scene.MoveTo:
			point(segment.P[0])
			out.WriteString("m\n")
		case scene.LineTo:
			point(segment.P[0])
			out.WriteString("l\n")
		case scene.CubicTo:
			point(segment.P[0])
			point(segment.P[1])
			point(segment.P[2])
			out.WriteString("c\n")
		case scene.Close:
			out.WriteString("h\n")
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func rgb(colour scene.Colour) string {
	part := func(c uint8) string { return num(float64(c) / 255) }
	return part(colour.R) + " " + part(colour.G) + " " + part(colour.B)
}

// opacity makes what follows in this q … Q see-through.
func (p *painter) opacity(colour scene.Colour) {
	if colour.A < 255 {
		p.file.SetAlpha(colour.Opacity(), "Normal")
	}
}

func (p *painter) path(path *scene.Path) {
	if len(path.Segments) == 0 || path.Segments[0].Op != scene.MoveTo {
		return
	}
	if path.Fill != nil && path.Fill.A > 0 {
		rule := "f"
		if path.EvenOdd {
			rule = "f*"
		}
		p.raw("q")
		p.opacity(*path.Fill)
		p.raw(rgb(*path.Fill) + " rg\n" + outline(path.Segments) + "\n" + rule + " Q")
	}
	if stroke := path.Stroke; stroke != nil && stroke.Colour.A > 0 && stroke.Width > 0 {
		p.raw("q")
		p.opacity(stroke.Colour)
		p.raw(rgb(stroke.Colour) + " RG " + num(stroke.Width) + " w " + num(float64(stroke.Cap)) + " J " +
			num(float64(stroke.Join)) + " j " + num(scene.MiterLimit) + " M " + dashes(stroke.Dash) + "\n" +
			outline(path.Segments) + "\nS Q")
	}
}

// dashes writes a dash pattern; one that has no length would make viewers hang, and is drawn solid.
func dashes(lengths []float64) string {
	sum := 0.0
	texts := make([]string, len(lengths))
	for i, length := range lengths {
		sum += max(length, 0)
		texts[i] = num(max(length, 0))
	}
	if sum < 0.01 {
		return "[] 0 d"
	}
	return "[" + strings.Join(texts, " ") + "] 0 d"
}

// text draws a line of text: what the font has as text, the rest as outlines.
func (p *painter) text(text *scene.Text) {
	if text.String == "" || text.Size <= 0 || text.Colour.A == 0 {
		return
	}
	shift := 0.0
	switch text.Anchor {
	case scene.Middle:
		shift = -p.fonts.Measure(text.String, text.Face, text.Size) / 2
	case scene.End:
		shift = -p.fonts.Measure(text.String, text.Face, text.Size)
	}
	sin, cos := math.Sincos(text.Rotate * math.Pi / 180)
	if text.Rotate == 0 {
		sin, cos = 0, 1
	}
	p.raw("q " + matrix(scene.Matrix{A: cos, B: sin, C: -sin, D: cos, E: text.X, F: text.Y}) + " cm " + rgb(text.Colour) + " rg")
	p.opacity(text.Colour)
	for _, run := range p.fonts.Runs(text.String, text.Face, text.Size) {
		p.run(run, text, shift+run.X)
	}
	p.raw("Q")
}

// run draws a stretch of text whose baseline begins at (x, 0). Text needs the axes as PDF has them, so the y axis is
// turned back; gofpdf's own y axis begins at the top of the page, hence the height.
func (p *painter) run(run scene.Run, text *scene.Text, x float64) {
	if run.Outline {
		segments := scene.Transformed(p.fonts.TextPath(run.Text, text.Face, text.Size), scene.Translate(x, 0))
		if len(segments) > 0 {
			p.raw(outline(segments) + "\nf")
		}
		return
	}
	p.raw("q 1 0 0 -1 " + num(x) + " 0 cm")
	p.face(text.Face, text.Size)
	_, height := p.file.GetPageSize()
	p.file.Text(0, height, run.Text)
	p.raw("Q")
}

// image draws a picture; one that cannot be read is drawn as a crossed box, so that the rest is printed.
func (p *painter) image(picture *scene.Image) {
	name := p.register(picture.Data)
	if name == "" {
		p.path(crossed(picture))
		return
	}
	_, height := p.file.GetPageSize()
	p.raw("q 1 0 0 -1 " + num(picture.X) + " " + num(picture.Y+picture.H) + " cm")
	p.file.ImageOptions(name, 0, height-picture.H, picture.W, picture.H, false, gofpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	p.raw("Q")
}

func crossed(picture *scene.Image) *scene.Path {
	x, y, w, h := picture.X, picture.Y, picture.W, picture.H
	segments := append(scene.Rectangle(x, y, w, h), scene.Move(x, y), scene.Line(x+w, y+h), scene.Move(x+w, y), scene.Line(x, y+h))
	return &scene.Path{Segments: segments, Stroke: &scene.Stroke{Colour: scene.RGB(0x8A9496), Width: 0.5}}
}

// register embeds a picture once. It is decoded and written again as a plain PNG, because gofpdf refuses interlaced,
// 16-bit and some JPEG files, and one refusal would spoil the whole document.
func (p *painter) register(data []byte) string {
	sum := sha256.Sum256(data)
	key := hex.EncodeToString(sum[:8])
	if name, seen := p.images[key]; seen {
		return name
	}
	p.images[key] = ""
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || decoded.Bounds().Empty() {
		return ""
	}
	bounds := decoded.Bounds()
	plain := image.NewNRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			plain.Set(x, y, decoded.At(bounds.Min.X+x, bounds.Min.Y+y))
		}
	}
	var buffer bytes.Buffer
	if err := png.Encode(&buffer, plain); err != nil {
		return ""
	}
	p.file.RegisterImageOptionsReader(key, gofpdf.ImageOptions{ImageType: "PNG"}, &buffer)
	p.images[key] = key
	return key
}
