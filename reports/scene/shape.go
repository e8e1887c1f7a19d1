package scene

// kappa is the distance of control points that makes four cubic curves the best circle: 4/3·(√2−1).
const kappa = 0.5522847498307936

// Move returns the segment that begins a contour at (x, y).
func Move(x, y float64) Segment { return Segment{Op: MoveTo, P: [3]Point{{x, y}}} }

// Line returns the segment that draws a straight line to (x, y).
func Line(x, y float64) Segment { return Segment{Op: LineTo, P: [3]Point{{x, y}}} }

// Cubic returns the segment that draws a Bézier curve with control points a and b to end.
func Cubic(a, b, end Point) Segment { return Segment{Op: CubicTo, P: [3]Point{a, b, end}} }

// Shut returns the segment that closes a contour.
func Shut() Segment { return Segment{Op: Close} }

// Rectangle returns the contour of a rectangle with its upper left corner at (x, y).
func Rectangle(x, y, w, h float64) []Segment {
	return []Segment{Move(x, y), Line(x+w, y), Line(x+w, y+h), Line(x, y+h), Shut()}
}

// Rounded returns the contour of a rectangle whose corners are arcs of radius r.
func Rounded(x, y, w, h, r float64) []Segment {
	r = min(r, w/2, h/2)
	if r <= 0 {
		return Rectangle(x, y, w, h)
	}
	k := r * (1 - kappa)
	return []Segment{
		Move(x+r, y), Line(x+w-r, y), Cubic(Point{x + w - k, y}, Point{x + w, y + k}, Point{x + w, y + r}),
		Line(x+w, y+h-r), Cubic(Point{x + w, y + h - k}, Point{x + w - k, y + h}, Point{x + w - r, y + h}),
		Line(x+r, y+h), Cubic(Point{x + k, y + h}, Point{x, y + h - k}, Point{x, y + h - r}),
		Line(x, y+r), Cubic(Point{x, y + k}, Point{x + k, y}, Point{x + r, y}), Shut(),
	}
}

// Ellipse returns the contour of an ellipse about (cx, cy) with the half axes rx and ry.
func Ellipse(cx, cy, rx, ry float64) []Segment {
	kx, ky := rx*kappa, ry*kappa
	return []Segment{
		Move(cx+rx, cy),
		Cubic(Point{cx + rx, cy + ky}, Point{cx + kx, cy + ry}, Point{cx, cy + ry}),
		Cubic(Point{cx - kx, cy + ry}, Point{cx - rx, cy + ky}, Point{cx - rx, cy}),
		Cubic(Point{cx - rx, cy - ky}, Point{cx - kx, cy - ry}, Point{cx, cy - ry}),
		Cubic(Point{cx + kx, cy - ry}, Point{cx + rx, cy - ky}, Point{cx + rx, cy}), Shut(),
	}
}

// Transformed returns the segments moved by a transform; the given ones stay as they are.
func Transformed(segments []Segment, m Matrix) []Segment {
	out := make([]Segment, len(segments))
	for i, s := range segments {
		out[i].Op = s.Op
		for j := range s.P {
			out[i].P[j] = m.Apply(s.P[j])
		}
	}
	return out
}
