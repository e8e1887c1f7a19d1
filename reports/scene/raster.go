package scene

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// mask is how much of each pixel of a rectangle is covered, 0 to 255.
type mask = image.Alpha

// fillMask covers the inside of contours within bounds; nil where nothing of them lies there.
func fillMask(contours []contour, evenOdd bool, bounds image.Rectangle) *mask {
	box := extent(contours).Intersect(bounds)
	if box.Empty() {
		return nil
	}
	if !evenOdd {
		return cover(contours, box)
	}
	// Even-odd: each contour turns over what lies under it. Exact as long as a contour does not cross itself.
	sum := image.NewAlpha(box)
	for _, c := range contours {
		one := cover([]contour{c}, box)
		for i, a := range one.Pix {
			x, y := int(sum.Pix[i]), int(a)
			sum.Pix[i] = uint8(x + y - (2*x*y+127)/255)
		}
	}
	return sum
}

func cover(contours []contour, box image.Rectangle) *mask {
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, c := range contours {
		points := clipped(c.points, box)
		if len(points) < 3 {
			continue
		}
		for i, p := range points {
			x, y := float32(p.X-float64(box.Min.X)), float32(p.Y-float64(box.Min.Y))
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	out := image.NewAlpha(box)
	r.Draw(out, box, image.Opaque, image.Point{})
	return out
}

// extent is the smallest rectangle of pixels round contours.
func extent(contours []contour) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range contours {
		for _, p := range c.points {
			x0, x1 = math.Min(x0, p.X), math.Max(x1, p.X)
			y0, y1 = math.Min(y0, p.Y), math.Max(y1, p.Y)
		}
	}
	if !(x0 <= x1) || !(y0 <= y1) {
		return image.Rectangle{}
	}
	const far = 1 << 28
	bound := func(v float64) int { return int(math.Min(math.Max(v, -far), far)) }
	return image.Rect(bound(math.Floor(x0)), bound(math.Floor(y0)), bound(math.Ceil(x1))+1, bound(math.Ceil(y1))+1)
}

// clipped cuts a polygon to a rectangle (Sutherland and Hodgman), so that the rasterizer sees small numbers only.
func clipped(points []Point, box image.Rectangle) []Point {
	x0, y0, x1, y1 := float64(box.Min.X), float64(box.Min.Y), float64(box.Max.X), float64(box.Max.Y)
	inside := true
	for _, p := range points {
		inside = inside && p.X >= x0 && p.X <= x1 && p.Y >= y0 && p.Y <= y1
	}
	if inside {
		return points
	}
	points = cut(points, func(p Point) float64 { return p.X - x0 })
	points = cut(points, func(p Point) float64 { return x1 - p.X })
	points = cut(points, func(p Point) float64 { return p.Y - y0 })
	return cut(points, func(p Point) float64 { return y1 - p.Y })
}

// cut keeps the part of a polygon where depth is not negative.
func cut(points []Point, depth func(Point) float64) []Point {
	var out []Point
	for i, p := range points {
		q := points[(i+1)%len(points)]
		a, b := depth(p), depth(q)
		if a >= 0 {
			out = append(out, p)
		}
		if (a >= 0) != (b >= 0) {
			t := a / (a - b)
			out = append(out, Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t})
		}
	}
	return out
}

// intersect multiplies two masks where they overlap; a nil first mask lets everything through.
func intersect(clip, m *mask) *mask {
	if clip == nil || m == nil {
		return m
	}
	box := clip.Rect.Intersect(m.Rect)
	if box.Empty() {
		return nil
	}
	out := image.NewAlpha(box)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		a, b, o := clip.PixOffset(box.Min.X, y), m.PixOffset(box.Min.X, y), out.PixOffset(box.Min.X, y)
		for x := range box.Dx() {
			out.Pix[o+x] = uint8((int(clip.Pix[a+x])*int(m.Pix[b+x]) + 127) / 255)
		}
	}
	return out
}
