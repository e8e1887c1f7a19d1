package xpath

import (
	"math"
	"strconv"
	"strings"
)

// earthRadius is JavaRosa's: metres at the equator.
const earthRadius = 6378100

var geographyFunctions = []function{
	{"area", 1, 1, func(ev *evaluator, args []expr) Value { return NumberOf(roundTo(area(ev.points(args)), 2)) }},
	{"enclosed-area", 1, 1, func(ev *evaluator, args []expr) Value { return NumberOf(roundTo(area(ev.points(args)), 2)) }},
	{"distance", 1, many, func(ev *evaluator, args []expr) Value { return NumberOf(roundTo(distance(ev.points(args)), 2)) }},
	{"geofence", 2, 2, geofence},
}

// place is a point in degrees.
type place struct{ latitude, longitude float64 }

// points reads a geotrace or geoshape, or a path to geopoints, or several of
// them: "lat lon altitude accuracy; …". What cannot be read ends the reading.
func (ev *evaluator) points(args []expr) []place {
	var list []place
	ev.values(args, func(v Value) bool {
		for part := range strings.SplitSeq(v.StringValue(), ";") {
			if strings.TrimSpace(part) == "" {
				continue
			}
			p, ok := readPlace(part)
			if !ok {
				list = nil
				return false
			}
			list = append(list, p)
		}
		return true
	})
	return list
}

func readPlace(text string) (p place, ok bool) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return p, false
	}
	latitude, err := strconv.ParseFloat(fields[0], 64)
	if err != nil || !(math.Abs(latitude) <= 90) {
		return p, false
	}
	longitude, err := strconv.ParseFloat(fields[1], 64)
	if err != nil || !(math.Abs(longitude) <= 180) {
		return p, false
	}
	return place{latitude, longitude}, true
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// area is the area in square metres of a polygon on a sphere, by the formula of
// Chamberlain and Duquette, "Some algorithms for polygons on a sphere" (2007).
func area(points []place) float64 {
	if len(points) < 3 {
		return 0
	}
	total := 0.0
	before := points[len(points)-1]
	for _, p := range points {
		total += radians(p.longitude-before.longitude) * (2 + math.Sin(radians(before.latitude)) + math.Sin(radians(p.latitude)))
		before = p
	}
	return math.Abs(total) * earthRadius * earthRadius / 2
}

// distance is the length in metres along the points, on a sphere.
func distance(points []place) float64 {
	total := 0.0
	for i := 1; i < len(points); i++ {
		total += arc(points[i-1], points[i])
	}
	return total
}

// arc is the great-circle distance in metres by the haversine formula, which
// stays exact for near points.
func arc(a, b place) float64 {
	south := math.Sin(radians(b.latitude-a.latitude) / 2)
	west := math.Sin(radians(b.longitude-a.longitude) / 2)
	h := south*south + math.Cos(radians(a.latitude))*math.Cos(radians(b.latitude))*west*west
	return 2 * earthRadius * math.Asin(math.Sqrt(math.Min(1, h)))
}

// geofence tells whether a point lies within a geoshape.
func geofence(ev *evaluator, args []expr) Value {
	point, shape := ev.points(args[:1]), ev.points(args[1:])
	if len(point) == 0 || len(shape) < 3 {
		return BooleanOf(false)
	}
	p, inside := point[0], false
	before := shape[len(shape)-1]
	for _, corner := range shape {
		if (corner.latitude > p.latitude) != (before.latitude > p.latitude) {
			share := (p.latitude - corner.latitude) / (before.latitude - corner.latitude)
			if p.longitude < corner.longitude+share*(before.longitude-corner.longitude) {
				inside = !inside
			}
		}
		before = corner
	}
	return BooleanOf(inside)
}
