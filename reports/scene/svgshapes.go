package scene

import (
	"fmt"
	"math"
)

// attributes reads numbers of an element; one that is absent is 0.
func attributes(n *node, names ...string) ([]float64, error) {
	out := make([]float64, len(names))
	for i, name := range names {
		if text := n.attrs[name]; text != "" {
			v, err := number(text)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			out[i] = v
		}
	}
	return out, nil
}

func readRect(n *node) ([]Segment, error) {
	v, err := attributes(n, "x", "y", "width", "height", "rx", "ry")
	if err != nil || v[2] <= 0 || v[3] <= 0 {
		return nil, err
	}
	return Rounded(v[0], v[1], v[2], v[3], max(v[4], v[5])), nil
}

// readCircle reads circles and ellipses.
func readCircle(n *node) ([]Segment, error) {
	v, err := attributes(n, "cx", "cy", "rx", "ry", "r")
	if err != nil {
		return nil, err
	}
	rx, ry := v[2], v[3]
	if n.name == "circle" {
		rx, ry = v[4], v[4]
	}
	if rx <= 0 || ry <= 0 {
		return nil, nil
	}
	return Ellipse(v[0], v[1], rx, ry), nil
}

func readLine(n *node) ([]Segment, error) {
	v, err := attributes(n, "x1", "y1", "x2", "y2")
	if err != nil {
		return nil, err
	}
	return []Segment{Move(v[0], v[1]), Line(v[2], v[3])}, nil
}

func readPoints(n *node, closed bool) ([]Segment, error) {
	v, err := list(n.attrs["points"])
	if err != nil {
		return nil, err
	}
	var out []Segment
	for i := 0; i+1 < len(v); i += 2 {
		if i == 0 {
			out = append(out, Move(v[0], v[1]))
			continue
		}
		out = append(out, Line(v[i], v[i+1]))
	}
	if closed && len(out) > 0 {
		out = append(out, Shut())
	}
	return out, nil
}

// bands is how many stripes of one colour make up a gradient.
const bands = 64

type stop struct {
	at     float64
	colour Colour
}

// gradient fills a path with the stripes of a linear gradient, so that no drawing surface needs to know gradients.
func (r *svgReader) gradient(id string, path *Path, s style) (Item, error) {
	target := r.ids[id]
	if target == nil || target.name != "linearGradient" {
		return nil, fmt.Errorf("the fill %q leads to no linearGradient of the drawing", id)
	}
	stops, err := readStops(target, s.fillOpacity*s.opacity)
	if err != nil {
		return nil, err
	}
	v := [4]float64{0, 0, 1, 0}
	for i, name := range [4]string{"x1", "y1", "x2", "y2"} {
		if text := target.attrs[name]; text != "" {
			if target.attrs["gradientUnits"] == "userSpaceOnUse" {
				v[i], err = number(text)
			} else {
				err = share(&v[i], text)
			}
			if err != nil {
				return nil, fmt.Errorf("linearGradient: %w", err)
			}
		}
	}
	x0, y0, x1, y1 := boundsOf(path.Segments)
	from, to := Point{v[0], v[1]}, Point{v[2], v[3]}
	if target.attrs["gradientUnits"] != "userSpaceOnUse" {
		box := Matrix{A: x1 - x0, D: y1 - y0, E: x0, F: y0}
		from, to = box.Apply(from), box.Apply(to)
	}
	reach := math.Hypot(x1-x0, y1-y0) + math.Hypot(from.X-x0, from.Y-y0) + 1
	clip := &Path{Segments: path.Segments, EvenOdd: path.EvenOdd}
	return &Group{Clip: clip, Items: stripes(from, to, reach, stops)}, nil
}

// stripes are rectangles across the line from–to; the first and last reach out to where the colour stays the same.
func stripes(from, to Point, reach float64, stops []stop) []Item {
	length := math.Hypot(to.X-from.X, to.Y-from.Y)
	if length == 0 {
		length, to = 1, Point{from.X + 1, from.Y}
	}
	cos, sin := (to.X-from.X)/length, (to.Y-from.Y)/length
	m := Matrix{A: cos, B: sin, C: -sin, D: cos, E: from.X, F: from.Y}
	out := make([]Item, 0, bands)
	for i := range bands {
		a, b := length*float64(i)/bands, length*float64(i+1)/bands
		if i == 0 {
			a = -reach
		}
		if i == bands-1 || opaque(stops) {
			b = max(reach, b) // each stripe lies over the rest of the one before, which leaves no seams
		}
		c := colourAt(stops, (float64(i)+0.5)/bands)
		out = append(out, &Path{Segments: Transformed(Rectangle(a, -reach, b-a, 2*reach), m), Fill: &c})
	}
	return out
}

func readStops(gradient *node, opacity float64) ([]stop, error) {
	var out []stop
	for _, n := range gradient.children {
		if n.name != "stop" {
			return nil, fmt.Errorf("a linearGradient holds <%s>, which is no stop", n.name)
		}
		st, own := stop{}, 1.0
		if err := share(&st.at, n.attrs["offset"]); err != nil {
			return nil, fmt.Errorf("stop: %w", err)
		}
		if text := n.attrs["stop-opacity"]; text != "" {
			if err := share(&own, text); err != nil {
				return nil, fmt.Errorf("stop: %w", err)
			}
		}
		c, _, err := readColour(n.attrs["stop-color"])
		if err != nil {
			return nil, err
		}
		st.colour = c.WithOpacity(own * opacity)
		out = append(out, st)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("a linearGradient has no stops")
	}
	return out, nil
}

func opaque(stops []stop) bool {
	for _, s := range stops {
		if s.colour.A != 255 {
			return false
		}
	}
	return true
}

func colourAt(stops []stop, at float64) Colour {
	if at <= stops[0].at {
		return stops[0].colour
	}
	for i := 1; i < len(stops); i++ {
		a, b := stops[i-1], stops[i]
		if at <= b.at && b.at > a.at {
			t := (at - a.at) / (b.at - a.at)
			mix := func(x, y uint8) uint8 { return uint8(float64(x)*(1-t) + float64(y)*t + 0.5) }
			return Colour{mix(a.colour.R, b.colour.R), mix(a.colour.G, b.colour.G), mix(a.colour.B, b.colour.B), mix(a.colour.A, b.colour.A)}
		}
	}
	return stops[len(stops)-1].colour
}

// boundsOf is the box round the points and control points of segments.
func boundsOf(segments []Segment) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range segments {
		count := map[Op]int{MoveTo: 1, LineTo: 1, CubicTo: 3}[s.Op]
		for _, p := range s.P[:count] {
			x0, x1, y0, y1 = min(x0, p.X), max(x1, p.X), min(y0, p.Y), max(y1, p.Y)
		}
	}
	return x0, y0, x1, y1
}
