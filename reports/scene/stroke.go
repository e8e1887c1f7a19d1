package scene

import "math"

// outline turns a polyline into the contours that a pen of a width draws, to be filled by the non-zero rule.
func outline(c contour, s Stroke, width float64) []contour {
	pen := pen{half: width / 2, cap: s.Cap, join: s.Join}
	points := distinct(c.ring())
	if len(points) == 1 {
		return pen.dot(points[0])
	}
	if c.closed && len(points) > 2 {
		loop := points[:len(points)-1]
		return []contour{{points: pen.loop(loop), closed: true}, {points: pen.loop(reversed(loop)), closed: true}}
	}
	var out []Point
	out = pen.side(out, points)
	out = pen.end(out, points[len(points)-2], points[len(points)-1])
	back := reversed(points)
	out = pen.side(out, back)
	out = pen.end(out, back[len(back)-2], back[len(back)-1])
	return []contour{{points: out, closed: true}}
}

func distinct(points []Point) []Point {
	out := points[:1:1]
	for _, p := range points[1:] {
		if last := out[len(out)-1]; math.Hypot(p.X-last.X, p.Y-last.Y) > 1e-6 {
			out = append(out, p)
		}
	}
	return out
}

func reversed(points []Point) []Point {
	out := make([]Point, len(points))
	for i, p := range points {
		out[len(points)-1-i] = p
	}
	return out
}

type pen struct {
	half float64
	cap  Cap
	join Join
}

// normal is the vector from the line a–b to its left edge, as long as half the width.
func (p pen) normal(a, b Point) Point {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	return Point{(b.Y - a.Y) / length * p.half, -(b.X - a.X) / length * p.half}
}

// dot is what a line without length draws: nothing, unless its caps reach out.
func (p pen) dot(at Point) []contour {
	switch p.cap {
	case RoundCap:
		return []contour{{points: p.arc(nil, at, Point{p.half, 0}, 2*math.Pi), closed: true}}
	case SquareCap:
		h := p.half
		return []contour{{points: []Point{{at.X - h, at.Y - h}, {at.X + h, at.Y - h}, {at.X + h, at.Y + h}, {at.X - h, at.Y + h}}, closed: true}}
	}
	return nil
}

// side appends the left edge of an open polyline.
func (p pen) side(out, points []Point) []Point {
	n := p.normal(points[0], points[1])
	out = append(out, plus(points[0], n))
	for i := 1; i < len(points)-1; i++ {
		out = p.corner(out, points[i-1], points[i], points[i+1])
	}
	last := len(points) - 1
	return append(out, plus(points[last], p.normal(points[last-1], points[last])))
}

// loop is the left edge of a closed polyline.
func (p pen) loop(points []Point) []Point {
	var out []Point
	count := len(points)
	for i := range points {
		out = p.corner(out, points[(i+count-1)%count], points[i], points[(i+1)%count])
	}
	return out
}

// corner appends the left edge round the point b between a and c.
func (p pen) corner(out []Point, a, b, c Point) []Point {
	before, after := p.normal(a, b), p.normal(b, c)
	turn := math.Atan2(before.X*after.Y-before.Y*after.X, before.X*after.X+before.Y*after.Y)
	if turn <= 0 {
		// The inner side: through the corner itself, so that short lines cannot fold over.
		return append(out, plus(b, before), b, plus(b, after))
	}
	switch p.join {
	case RoundJoin:
		return p.arc(out, b, before, turn)
	case MiterJoin:
		if cos := math.Cos(turn / 2); cos > 1.0/MiterLimit {
			k := 1 / (2 * cos * cos)
			tip := Point{(before.X + after.X) * k, (before.Y + after.Y) * k}
			return append(out, plus(b, tip))
		}
	}
	return append(out, plus(b, before), plus(b, after))
}

// end appends the cap at b of a line that comes from a.
func (p pen) end(out []Point, a, b Point) []Point {
	n := p.normal(a, b)
	ahead := Point{-n.Y, n.X}
	switch p.cap {
	case RoundCap:
		return p.arc(out, b, n, math.Pi)
	case SquareCap:
		return append(out, plus(plus(b, n), ahead), plus(plus(b, ahead), Point{-n.X, -n.Y}))
	}
	return out
}

// arc appends points round a centre, from a vector on, clockwise as seen.
func (p pen) arc(out []Point, centre, from Point, angle float64) []Point {
	steps := min(max(int(math.Ceil(angle/math.Acos(1-0.1/max(p.half, 0.2)))), 2), maxSteps)
	for i := 0; i <= steps; i++ {
		sin, cos := math.Sincos(angle * float64(i) / float64(steps))
		out = append(out, plus(centre, Point{from.X*cos - from.Y*sin, from.X*sin + from.Y*cos}))
	}
	return out
}

func plus(a, b Point) Point { return Point{a.X + b.X, a.Y + b.Y} }
