package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxNumber bounds the coordinates of a drawing.
const maxNumber = 1e7

// number reads one finite number, with or without the unit px.
func number(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "px"), 64)
	if err != nil || !(math.Abs(v) <= maxNumber) {
		return 0, fmt.Errorf("%.40q is not a number a drawing can use", text)
	}
	return v, nil
}

// lexer takes numbers and letters off the front of SVG's terse lists.
type lexer struct{ rest string }

func (l *lexer) skip() { l.rest = strings.TrimLeft(l.rest, " \t\r\n,") }

// more says whether a number comes next.
func (l *lexer) more() bool {
	l.skip()
	return l.rest != "" && strings.IndexByte("+-.0123456789", l.rest[0]) >= 0
}

func (l *lexer) number() (float64, error) {
	l.skip()
	end, dot, exponent := 0, false, false
scan:
	for ; end < len(l.rest); end++ {
		switch c := l.rest[end]; {
		case c >= '0' && c <= '9':
		case (c == '+' || c == '-') && (end == 0 || l.rest[end-1] == 'e' || l.rest[end-1] == 'E'):
		case c == '.' && !dot && !exponent:
			dot = true
		case (c == 'e' || c == 'E') && !exponent && end > 0:
			exponent = true
		default:
			break scan
		}
	}
	text := l.rest[:end]
	l.rest = l.rest[end:]
	return number(text)
}

func (l *lexer) numbers(into []float64) error {
	for i := range into {
		v, err := l.number()
		if err != nil {
			return err
		}
		into[i] = v
	}
	return nil
}

// flag reads one digit 0 or 1, which arcs may write without a space after it.
func (l *lexer) flag() (bool, error) {
	l.skip()
	if l.rest == "" || l.rest[0] != '0' && l.rest[0] != '1' {
		return false, fmt.Errorf("an arc has %.10q where a flag 0 or 1 belongs", l.rest)
	}
	on := l.rest[0] == '1'
	l.rest = l.rest[1:]
	return on, nil
}

// list reads numbers up to the end of the text.
func list(text string) ([]float64, error) {
	l := lexer{text}
	var out []float64
	for l.more() {
		v, err := l.number()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	if l.skip(); l.rest != "" {
		return nil, fmt.Errorf("%.20q is not a number", l.rest)
	}
	return out, nil
}

// pathReader follows the pen through the data of a path.
type pathReader struct {
	lexer
	out                 []Segment
	pen, start, control Point
	previous            byte
}

// arity says how many numbers each command takes.
var arity = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'Z': 0}

// readPath reads the d attribute of a path.
func readPath(d string) ([]Segment, error) {
	r := pathReader{lexer: lexer{d}}
	for r.skip(); r.rest != ""; r.skip() {
		command := r.rest[0]
		r.rest = r.rest[1:]
		if len(r.out) == 0 && command != 'M' && command != 'm' {
			return nil, fmt.Errorf("a path begins with %q: it must begin with M", command)
		}
		for {
			if err := r.step(command); err != nil {
				return nil, err
			}
			if command == 'Z' || command == 'z' || !r.more() {
				break
			}
			if command == 'M' || command == 'm' {
				command -= 'M' - 'L' // further points of a move are lines
			}
		}
	}
	return r.out, nil
}

// step reads one set of numbers of a command and draws it.
func (r *pathReader) step(command byte) error {
	kind := command &^ 0x20
	origin := Point{}
	if command != kind {
		origin = r.pen
	}
	var err error
	if kind == 'A' {
		err = r.arc(origin)
	} else {
		count, known := arity[kind]
		if !known {
			return fmt.Errorf("a path has the unknown command %q", command)
		}
		var v [6]float64
		if err = r.numbers(v[:count]); err == nil {
			r.draw(kind, v, origin)
		}
	}
	r.previous = kind
	return err
}

func (r *pathReader) draw(kind byte, v [6]float64, o Point) {
	at := func(i int) Point { return Point{o.X + v[i], o.Y + v[i+1]} }
	switch kind {
	case 'M':
		r.pen = at(0)
		r.start = r.pen
		r.out = append(r.out, Move(r.pen.X, r.pen.Y))
	case 'L':
		r.line(at(0))
	case 'H':
		r.line(Point{o.X + v[0], r.pen.Y})
	case 'V':
		r.line(Point{r.pen.X, o.Y + v[0]})
	case 'C':
		r.cubic(at(0), at(2), at(4))
	case 'S':
		r.cubic(r.mirrored("CS"), at(0), at(2))
	case 'Q':
		r.quadratic(at(0), at(2))
	case 'T':
		r.quadratic(r.mirrored("QT"), at(0))
	case 'Z':
		r.out = append(r.out, Shut())
		r.pen = r.start
	}
}

func (r *pathReader) line(to Point) {
	r.pen = to
	r.out = append(r.out, Line(to.X, to.Y))
}

func (r *pathReader) cubic(a, b, end Point) {
	r.out = append(r.out, Cubic(a, b, end))
	r.control, r.pen = b, end
}

func (r *pathReader) quadratic(control, end Point) {
	r.out = append(r.out, quadratic(r.pen, control, end))
	r.control, r.pen = control, end
}

// mirrored is the control point that goes on smoothly from the command before.
func (r *pathReader) mirrored(after string) Point {
	if strings.IndexByte(after, r.previous) < 0 {
		return r.pen
	}
	return Point{2*r.pen.X - r.control.X, 2*r.pen.Y - r.control.Y}
}

// arc draws an elliptical arc as cubic curves, by the centre form of SVG's appendix B.2.4.
func (r *pathReader) arc(o Point) error {
	var v [3]float64
	if err := r.numbers(v[:]); err != nil {
		return err
	}
	large, err := r.flag()
	if err != nil {
		return err
	}
	sweep, err := r.flag()
	if err != nil {
		return err
	}
	var e [2]float64
	if err := r.numbers(e[:]); err != nil {
		return err
	}
	end := Point{o.X + e[0], o.Y + e[1]}
	rx, ry := math.Abs(v[0]), math.Abs(v[1])
	if rx == 0 || ry == 0 || end == r.pen {
		r.line(end)
		return nil
	}
	r.out = append(r.out, arcCurves(r.pen, end, ellipse{rx, ry, v[2] * math.Pi / 180}, large, sweep)...)
	r.pen = end
	return nil
}

type ellipse struct{ rx, ry, turn float64 }

func arcCurves(from, to Point, e ellipse, large, sweep bool) []Segment {
	sin, cos := math.Sincos(e.turn)
	dx, dy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x, y := (cos*dx+sin*dy)/e.rx, (-sin*dx+cos*dy)/e.ry // half the chord, where the ellipse is the unit circle
	half := math.Hypot(x, y)
	if half > 1 { // too small to reach: grown until it does
		e.rx, e.ry, x, y, half = e.rx*half, e.ry*half, x/half, y/half, 1
	}
	off := math.Sqrt(max(1-half*half, 0)) / half
	if large == sweep {
		off = -off
	}
	cx, cy := off*y, -off*x
	begin, end := math.Atan2(y-cy, x-cx), math.Atan2(-y-cy, -x-cx)
	angle := end - begin
	if sweep && angle < 0 {
		angle += 2 * math.Pi
	} else if !sweep && angle > 0 {
		angle -= 2 * math.Pi
	}
	middle := Point{(from.X + to.X) / 2, (from.Y + to.Y) / 2}
	m := Matrix{A: cos, B: sin, C: -sin, D: cos, E: middle.X, F: middle.Y}.Mul(Scale(e.rx, e.ry)).Mul(Translate(cx, cy))
	curves := Transformed(circleCurves(begin, angle), m)
	curves[len(curves)-1].P[2] = to
	return curves
}

// circleCurves draws an arc of the unit circle in pieces of at most a quarter.
func circleCurves(begin, angle float64) []Segment {
	count := max(int(math.Ceil(math.Abs(angle)/(math.Pi/2)-1e-9)), 1)
	step := angle / float64(count)
	k := 4.0 / 3 * math.Tan(step/4)
	out := make([]Segment, count)
	for i := range out {
		s0, c0 := math.Sincos(begin + step*float64(i))
		s1, c1 := math.Sincos(begin + step*float64(i+1))
		out[i] = Cubic(Point{c0 - k*s0, s0 + k*c0}, Point{c1 + k*s1, s1 - k*c1}, Point{c1, s1})
	}
	return out
}

// readTransform reads the transform attribute.
func readTransform(text string) (Matrix, error) {
	m := Identity()
	for rest := strings.TrimLeft(text, " ,"); rest != ""; rest = strings.TrimLeft(rest, " ,") {
		name, after, found := strings.Cut(rest, "(")
		inner, tail, closed := strings.Cut(after, ")")
		if !found || !closed {
			return m, fmt.Errorf("the transform %.60q is not closed", text)
		}
		v, err := list(inner)
		if err != nil {
			return m, fmt.Errorf("in the transform %.60q: %w", text, err)
		}
		one, err := transform(strings.TrimSpace(name), v)
		if err != nil {
			return m, err
		}
		m, rest = m.Mul(one), tail
	}
	return m, nil
}

func transform(name string, v []float64) (Matrix, error) {
	switch {
	case name == "translate" && len(v) == 1:
		return Translate(v[0], 0), nil
	case name == "translate" && len(v) == 2:
		return Translate(v[0], v[1]), nil
	case name == "scale" && len(v) == 1:
		return Scale(v[0], v[0]), nil
	case name == "scale" && len(v) == 2:
		return Scale(v[0], v[1]), nil
	case name == "rotate" && (len(v) == 1 || len(v) == 3):
		sin, cos := math.Sincos(v[0] * math.Pi / 180)
		m := Matrix{A: cos, B: sin, C: -sin, D: cos}
		if len(v) == 3 {
			m = Translate(v[1], v[2]).Mul(m).Mul(Translate(-v[1], -v[2]))
		}
		return m, nil
	case name == "matrix" && len(v) == 6:
		return Matrix{v[0], v[1], v[2], v[3], v[4], v[5]}, nil
	}
	return Matrix{}, fmt.Errorf("the transform %.20q with %d numbers is unknown", name, len(v))
}
