package scene

import "math"

// contour is a polyline in pixels; closed ones join their last point to their first.
type contour struct {
	points []Point
	closed bool
}

// maxSteps bounds the pieces of one curve, so that no drawing can ask for endless work.
const maxSteps = 200

// flatten turns segments into polylines that stay within a tenth of a pixel of the curves.
func flatten(segments []Segment, m Matrix) []contour {
	var out []contour
	var current contour
	flush := func(closed bool) {
		if len(current.points) > 0 {
			current.closed = closed
			out = append(out, current)
		}
		current = contour{}
	}
	var start Point
	for _, s := range segments {
		switch s.Op {
		case MoveTo:
			flush(false)
			start = m.Apply(s.P[0])
			current.points = append(current.points, start)
		case LineTo:
			current.add(start, m.Apply(s.P[0]))
		case CubicTo:
			current.curve(start, m.Apply(s.P[0]), m.Apply(s.P[1]), m.Apply(s.P[2]))
		case Close:
			flush(true)
		}
	}
	flush(false)
	return out
}

// add appends a point; after a Close the contour begins where the last one began.
func (c *contour) add(start, p Point) {
	if len(c.points) == 0 {
		c.points = append(c.points, start)
	}
	if c.points[len(c.points)-1] != p {
		c.points = append(c.points, p)
	}
}

func (c *contour) curve(start, a, b, end Point) {
	if len(c.points) == 0 {
		c.points = append(c.points, start)
	}
	from := c.points[len(c.points)-1]
	// The second differences bound how far a chord of 1/n of the parameter strays: |d2|/(8 n²)·6 for a cubic.
	d := max(distance(from, a, b), distance(a, b, end))
	steps := int(math.Ceil(math.Sqrt(0.75 * d / 0.1)))
	steps = min(max(steps, 1), maxSteps)
	for i := 1; i <= steps; i++ {
		t := float64(i) / float64(steps)
		u := 1 - t
		w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
		c.add(start, Point{
			X: w[0]*from.X + w[1]*a.X + w[2]*b.X + w[3]*end.X,
			Y: w[0]*from.Y + w[1]*a.Y + w[2]*b.Y + w[3]*end.Y,
		})
	}
}

// distance is how far b lies from the middle of a and c, twice.
func distance(a, b, c Point) float64 { return math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y) }

// maxDashes bounds the marks of one line; a line with more is drawn solid, as it would look anyway.
const maxDashes = 20000

// dashed cuts contours into the marks of a dash pattern (lengths in pixels).
func dashed(contours []contour, dash []float64) []contour {
	period := 0.0
	for _, d := range dash {
		if d < 0 || math.IsNaN(d) {
			return contours
		}
		period += d
	}
	if period <= 0 || totalLength(contours)/period*float64(len(dash)) > maxDashes {
		return contours
	}
	if len(dash)%2 == 1 {
		dash = append(append([]float64{}, dash...), dash...)
	}
	var out []contour
	for _, c := range contours {
		out = append(out, dashOne(c, dash)...)
	}
	return out
}

func totalLength(contours []contour) float64 {
	sum := 0.0
	for _, c := range contours {
		points := c.ring()
		for i := 1; i < len(points); i++ {
			sum += math.Hypot(points[i].X-points[i-1].X, points[i].Y-points[i-1].Y)
		}
	}
	return sum
}

// ring returns the points, with the first one again at the end where the contour is closed.
func (c contour) ring() []Point {
	if !c.closed || len(c.points) == 0 || c.points[0] == c.points[len(c.points)-1] {
		return c.points
	}
	return append(append([]Point{}, c.points...), c.points[0])
}

func dashOne(c contour, dash []float64) []contour {
	points := c.ring()
	var out []contour
	index, left := 0, dash[0]
	mark := []Point{points[0]}
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		length := math.Hypot(to.X-from.X, to.Y-from.Y)
		done := 0.0
		for length-done > left {
			done += left
			at := Point{from.X + (to.X-from.X)*done/length, from.Y + (to.Y-from.Y)*done/length}
			if index%2 == 0 {
				out = append(out, contour{points: append(mark, at)})
			}
			index = (index + 1) % len(dash)
			left, mark = dash[index], []Point{at}
		}
		left -= length - done
		mark = append(mark, to)
	}
	if index%2 == 0 && len(mark) > 1 {
		out = append(out, contour{points: mark})
	}
	return out
}
