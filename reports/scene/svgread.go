package scene

import (
	"fmt"
	"strings"
)

// FromSVG reads a drawing as ECharts' SVG renderer writes it: path, rect, circle, ellipse, line, polyline, polygon,
// text, g, clipPath, linearGradient, transforms and styles, given as attributes or in a style attribute. One SVG unit
// becomes one point. Whatever is not known is an error that names it. The halo (stroke) of a text is left out, and a
// group's opacity is that of each of its items.
func FromSVG(data []byte, fonts *Fonts) (*Scene, error) {
	root, ids, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	s := &Scene{}
	if s.Width, s.Height, err = sizeOf(root); err != nil {
		return nil, err
	}
	r := &svgReader{fonts: fonts, ids: ids}
	inherited, err := initialStyle().with(root.attrs)
	if err != nil {
		return nil, fmt.Errorf("the svg element: %w", err)
	}
	s.Items, err = r.children(root, inherited)
	return s, err
}

func sizeOf(root *node) (w, h float64, err error) {
	if w, err = number(root.attrs["width"]); err == nil {
		h, err = number(root.attrs["height"])
	}
	if err != nil || w <= 0 || h <= 0 {
		return 0, 0, fmt.Errorf("the svg element must say its width and height in pixels, not %.20q × %.20q",
			root.attrs["width"], root.attrs["height"])
	}
	return w, h, nil
}

type svgReader struct {
	fonts *Fonts
	ids   map[string]*node
}

// unseen elements draw nothing where they stand.
var unseen = map[string]bool{"defs": true, "style": true, "title": true, "desc": true, "clipPath": true, "linearGradient": true}

// shapes read the outline of an element.
var shapes = map[string]func(n *node) ([]Segment, error){
	"path":     func(n *node) ([]Segment, error) { return readPath(n.attrs["d"]) },
	"rect":     readRect,
	"circle":   readCircle,
	"ellipse":  readCircle,
	"line":     readLine,
	"polyline": func(n *node) ([]Segment, error) { return readPoints(n, false) },
	"polygon":  func(n *node) ([]Segment, error) { return readPoints(n, true) },
}

func (r *svgReader) children(parent *node, s style) ([]Item, error) {
	var out []Item
	for _, n := range parent.children {
		if unseen[n.name] {
			continue
		}
		items, err := r.element(n, s)
		if err != nil {
			return nil, fmt.Errorf("<%s>: %w", n.name, err)
		}
		out = append(out, items...)
	}
	return out, nil
}

func (r *svgReader) element(n *node, inherited style) ([]Item, error) {
	s, err := inherited.with(n.attrs)
	if err != nil {
		return nil, err
	}
	var items []Item
	switch shape, known := shapes[n.name]; {
	case known:
		items, err = r.shape(n, shape, s)
	case n.name == "g":
		items, err = r.children(n, s)
	case n.name == "text":
		items, err = r.text(n, s)
	default:
		err = fmt.Errorf("the drawing uses an SVG element that cannot be drawn here")
	}
	if err != nil || len(items) == 0 || s.hidden && n.name != "g" {
		return nil, err
	}
	return r.placed(n, items)
}

// placed wraps items in a group where the element has a transform or a clip.
func (r *svgReader) placed(n *node, items []Item) ([]Item, error) {
	m, err := readTransform(n.attrs["transform"])
	if err != nil {
		return nil, err
	}
	clip, err := r.clip(n.attrs["clip-path"])
	if err != nil || m == Identity() && clip == nil {
		return items, err
	}
	if clip == nil {
		return moved(items, m), nil
	}
	return []Item{&Group{Items: items, Clip: clip, Transform: m}}, nil
}

// moved folds a transform into a lone item where that loses nothing, so that most texts and markers stand by themselves.
func moved(items []Item, m Matrix) []Item {
	if len(items) == 1 {
		switch it := items[0].(type) {
		case *Path:
			if it.Stroke == nil {
				it.Segments = Transformed(it.Segments, m)
				return items
			}
			if m.A == m.D && m.B == 0 && m.C == 0 && m.A > 0 {
				it.Segments = Transformed(it.Segments, m)
				it.Stroke.Width *= m.A
				for i := range it.Stroke.Dash {
					it.Stroke.Dash[i] *= m.A
				}
				return items
			}
		case *Text:
			if m.A == 1 && m.B == 0 && m.C == 0 && m.D == 1 {
				it.X, it.Y = it.X+m.E, it.Y+m.F
				return items
			}
		}
	}
	return []Item{&Group{Items: items, Transform: m}}
}

// reference returns the id of "url(#id)".
func reference(text string) (string, bool) {
	inner, found := strings.CutPrefix(text, "url(")
	inner = strings.Trim(strings.TrimSuffix(inner, ")"), `'" `)
	return strings.TrimPrefix(inner, "#"), found && strings.HasPrefix(inner, "#")
}

// clip joins the shapes of a clipPath into one path.
func (r *svgReader) clip(text string) (*Path, error) {
	if text == "" || text == "none" {
		return nil, nil
	}
	id, ok := reference(text)
	target := r.ids[id]
	if !ok || target == nil || target.name != "clipPath" {
		return nil, fmt.Errorf("clip-path %.40q leads to no clipPath of the drawing", text)
	}
	out := &Path{}
	for _, n := range target.children {
		shape, known := shapes[n.name]
		if !known {
			return nil, fmt.Errorf("a clipPath holds <%s>, which is no shape", n.name)
		}
		segments, err := shape(n)
		if err != nil {
			return nil, err
		}
		m, err := readTransform(n.attrs["transform"])
		if err != nil {
			return nil, err
		}
		out.Segments = append(out.Segments, Transformed(segments, m)...)
		out.EvenOdd = out.EvenOdd || n.attrs["clip-rule"] == "evenodd"
	}
	return out, nil
}

func (r *svgReader) shape(n *node, read func(*node) ([]Segment, error), s style) ([]Item, error) {
	segments, err := read(n)
	if err != nil || len(segments) == 0 {
		return nil, err
	}
	var out []Item
	path := &Path{Segments: segments, EvenOdd: s.evenOdd}
	if id, ok := reference(s.fill); ok {
		bands, err := r.gradient(id, path, s)
		if err != nil {
			return nil, err
		}
		out = append(out, bands)
	} else if path.Fill, err = visible(s.fill, s.fillOpacity*s.opacity); err != nil {
		return nil, err
	}
	colour, err := visible(s.stroke, s.strokeOpacity*s.opacity)
	if err != nil {
		return nil, err
	}
	if colour != nil && s.width > 0 {
		dash := append([]float64(nil), s.dash...)
		path.Stroke = &Stroke{Colour: *colour, Width: s.width, Dash: dash, Cap: s.cap, Join: s.join}
	}
	if path.Fill != nil || path.Stroke != nil {
		out = append(out, path)
	}
	return out, nil
}

// visible reads a colour with an opacity; nil where nothing would be seen.
func visible(text string, opacity float64) (*Colour, error) {
	c, ok, err := readColour(text)
	if c = c.WithOpacity(opacity); err != nil || !ok || c.A == 0 {
		return nil, err
	}
	return &c, nil
}

func (r *svgReader) text(n *node, s style) ([]Item, error) {
	if len(n.children) > 0 {
		return nil, fmt.Errorf("a text holds <%s>: only plain words can be drawn", n.children[0].name)
	}
	at, err := attributes(n, "x", "y")
	if err != nil {
		return nil, err
	}
	colour, err := visible(s.fill, s.fillOpacity*s.opacity)
	if err != nil || colour == nil || strings.TrimSpace(n.text) == "" || s.size == 0 {
		return nil, err
	}
	return []Item{&Text{
		X: at[0], Y: at[1] + r.drop(s), String: n.text, Face: s.face, Size: s.size, Colour: *colour, Anchor: s.anchor,
	}}, nil
}

// drop is how far the baseline lies below the y of a text.
func (r *svgReader) drop(s style) float64 {
	up, down := r.fonts.Ascent(s.face, s.size), r.fonts.Descent(s.face, s.size)
	switch s.baseline {
	case "central", "middle":
		return (up - down) / 2
	case "hanging", "text-before-edge":
		return up
	case "ideographic", "text-after-edge":
		return -down
	}
	return 0
}
