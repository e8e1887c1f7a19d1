package scene

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // for image.Decode
	"image/png"
	"math"

	ximage "golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// maxPixels bounds a painted image: an A3 page at 600 dots an inch.
const maxPixels = 80_000_000

// Paint draws a scene as an image of scale pixels a point, transparent where nothing is drawn. It fails where the
// image would be empty or larger than 80 million pixels, or where a picture in the scene cannot be read.
func Paint(s *Scene, fonts *Fonts, scale float64) (*image.RGBA, error) {
	w, h := math.Ceil(s.Width*scale-1e-6), math.Ceil(s.Height*scale-1e-6)
	if !(w >= 1 && h >= 1 && w*h <= maxPixels) {
		return nil, fmt.Errorf("paint a drawing of %g × %g points at scale %g: the image must have between 1 and %d pixels",
			s.Width, s.Height, scale, maxPixels)
	}
	p := &painter{image: image.NewRGBA(image.Rect(0, 0, int(w), int(h))), fonts: fonts}
	if err := p.items(s.Items, Scale(scale, scale), nil); err != nil {
		return nil, err
	}
	return p.image, nil
}

// PNG draws a scene as a PNG file of scale pixels a point; see Paint.
func PNG(s *Scene, fonts *Fonts, scale float64) ([]byte, error) {
	painted, err := Paint(s, fonts, scale)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, painted); err != nil {
		return nil, fmt.Errorf("write the image: %w", err)
	}
	return out.Bytes(), nil
}

type painter struct {
	image *image.RGBA
	fonts *Fonts
}

func (p *painter) items(items []Item, m Matrix, clip *mask) error {
	for _, item := range items {
		var err error
		switch it := item.(type) {
		case *Path:
			p.path(it, m, clip)
		case *Text:
			p.text(it, m, clip)
		case *Image:
			err = p.picture(it, m, clip)
		case *Group:
			err = p.group(it, m, clip)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *painter) group(g *Group, m Matrix, clip *mask) error {
	m = m.Mul(g.Transform.OrIdentity())
	if g.Clip != nil {
		shape := fillMask(flatten(g.Clip.Segments, m), g.Clip.EvenOdd, p.image.Rect)
		if clip = intersect(clip, shape); clip == nil {
			return nil // nothing is let through
		}
	}
	return p.items(g.Items, m, clip)
}

func (p *painter) path(path *Path, m Matrix, clip *mask) {
	contours := flatten(path.Segments, m)
	if path.Fill != nil {
		p.colour(fillMask(contours, path.EvenOdd, p.image.Rect), *path.Fill, clip)
	}
	if path.Stroke != nil {
		p.stroke(contours, *path.Stroke, m, clip)
	}
}

// stroke draws lines; a transform that stretches unevenly gets the width of its mean scale.
func (p *painter) stroke(contours []contour, s Stroke, m Matrix, clip *mask) {
	scale := math.Sqrt(math.Abs(m.A*m.D - m.B*m.C))
	width := s.Width * scale
	if !(width > 0) || math.IsInf(width, 1) {
		return
	}
	if len(s.Dash) > 0 {
		dash := make([]float64, len(s.Dash))
		for i, d := range s.Dash {
			dash[i] = d * scale
		}
		contours = dashed(contours, dash)
	}
	var shapes []contour
	for _, c := range contours {
		shapes = append(shapes, outline(c, s, width)...)
	}
	p.colour(fillMask(shapes, false, p.image.Rect), s.Colour, clip)
}

func (p *painter) text(t *Text, m Matrix, clip *mask) {
	x := -AnchorOffset(t.Anchor, p.fonts.Measure(t.String, t.Face, t.Size))
	sin, cos := math.Sincos(t.Rotate * math.Pi / 180)
	m = m.Mul(Matrix{A: cos, B: sin, C: -sin, D: cos, E: t.X, F: t.Y}).Mul(Translate(x, 0))
	p.colour(fillMask(flatten(p.fonts.TextPath(t.String, t.Face, t.Size), m), false, p.image.Rect), t.Colour, clip)
}

// AnchorOffset returns how far left of its X a text of a width begins.
func AnchorOffset(a Align, width float64) float64 { return width * float64(a) / 2 }

func (p *painter) colour(m *mask, c Colour, clip *mask) {
	if m = intersect(clip, m); m != nil {
		draw.DrawMask(p.image, m.Rect, image.NewUniform(c), image.Point{}, m, m.Rect.Min, draw.Over)
	}
}

func (p *painter) picture(i *Image, m Matrix, clip *mask) error {
	config, _, err := image.DecodeConfig(bytes.NewReader(i.Data))
	if err != nil {
		return fmt.Errorf("a picture in the drawing is no PNG or JPEG that can be read: %w", err)
	}
	if config.Width < 1 || config.Height < 1 || config.Width*config.Height > maxPixels {
		return fmt.Errorf("a picture of %d × %d pixels is too large: make it smaller", config.Width, config.Height)
	}
	source, _, err := image.Decode(bytes.NewReader(i.Data))
	if err != nil {
		return fmt.Errorf("a picture in the drawing cannot be read: %w", err)
	}
	m = m.Mul(Translate(i.X, i.Y)).Mul(Scale(i.W/float64(config.Width), i.H/float64(config.Height)))
	var options *ximage.Options
	if clip != nil {
		options = &ximage.Options{DstMask: clip}
	}
	aff := f64.Aff3{m.A, m.C, m.E, m.B, m.D, m.F}
	ximage.CatmullRom.Transform(p.image, aff, source, source.Bounds(), ximage.Over, options)
	return nil
}
