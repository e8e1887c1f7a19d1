package scene

// Scene is one drawing: a chart, or a page of a document. Width and Height are in points, y grows downwards, and
// items are drawn in order, later ones over earlier ones.
type Scene struct {
	Width, Height float64
	Items         []Item
}

// Item is one thing in a scene: *Path, *Text, *Image, *Group, *Link, *Anchor or *Heading.
type Item interface{ item() }

// Point is a place in a scene, in points.
type Point struct{ X, Y float64 }

// Op says what a segment of a path does.
type Op uint8

// The operations of a path.
const (
	MoveTo  Op = iota // begins a contour at P[0]
	LineTo            // a straight line to P[0]
	CubicTo           // a Bézier curve with control points P[0] and P[1] to P[2]
	Close             // a straight line back to where the contour began
)

// Segment is one step of a path; how many of its points count depends on Op.
type Segment struct {
	Op Op
	P  [3]Point
}

// End returns the point a segment ends at; for Close it is the zero point.
func (s Segment) End() Point {
	if s.Op == CubicTo {
		return s.P[2]
	}
	return s.P[0]
}

// Path is a shape, filled where Fill is set and stroked where Stroke is set, fill first. Filling follows the non-zero
// winding rule unless EvenOdd is set.
type Path struct {
	Segments []Segment
	Fill     *Colour
	Stroke   *Stroke
	EvenOdd  bool
}

// Cap is the shape of the two ends of a stroke and of each dash.
type Cap uint8

// The caps of a stroke.
const (
	ButtCap Cap = iota
	RoundCap
	SquareCap
)

// Join is the shape of the corners of a stroke.
type Join uint8

// The joins of a stroke. A miter longer than MiterLimit times the width becomes a bevel.
const (
	MiterJoin Join = iota
	RoundJoin
	BevelJoin
)

// MiterLimit is the one miter limit of all strokes, in stroke widths (the default of ECharts).
const MiterLimit = 10

// Stroke is how a line is drawn. Width is in points; Dash holds lengths of marks and gaps in points, empty for a
// solid line.
type Stroke struct {
	Colour Colour
	Width  float64
	Dash   []float64
	Cap    Cap
	Join   Join
}

// Align says which point of a text stands at its X.
type Align uint8

// The alignments of a text.
const (
	Start Align = iota
	Middle
	End
)

// Face picks one of the four report fonts.
type Face struct{ Bold, Italic bool }

// Text is one line of text. Y is its baseline. Rotate is in degrees, clockwise as seen, about (X, Y). A line break or
// tab in String is drawn as a space.
type Text struct {
	X, Y   float64
	String string
	Face   Face
	Size   float64
	Colour Colour
	Anchor Align
	Rotate float64
}

// Image is a PNG or JPEG picture stretched over a rectangle. MediaType is "image/png" or "image/jpeg".
type Image struct {
	X, Y, W, H float64
	Data       []byte
	MediaType  string
}

// Group draws its items together: moved by Transform, and only where Clip lets through. Clip lies in the coordinates
// of the items, before Transform. The zero Transform means identity.
type Group struct {
	Items     []Item
	Clip      *Path
	Transform Matrix
}

// Link makes a rectangle lead to a target: an address on the web, or "#name" of an Anchor. It draws nothing.
type Link struct {
	X, Y, W, H float64
	Target     string
}

// Anchor names a place that a Link can lead to. It draws nothing.
type Anchor struct {
	Name string
	Y    float64
}

// Heading is an entry of the outline (the bookmarks of a PDF); Level begins at 1. It draws nothing: the words of the
// heading are a Text beside it.
type Heading struct {
	Level int
	Text  string
	Y     float64
}

func (*Path) item()    {}
func (*Text) item()    {}
func (*Image) item()   {}
func (*Group) item()   {}
func (*Link) item()    {}
func (*Anchor) item()  {}
func (*Heading) item() {}

// Matrix is an affine transform: x' = A·x + C·y + E, y' = B·x + D·y + F, in the order of SVG's matrix(a b c d e f).
type Matrix struct{ A, B, C, D, E, F float64 }

// Identity is the transform that moves nothing.
func Identity() Matrix { return Matrix{A: 1, D: 1} }

// Translate is the transform that moves by (x, y).
func Translate(x, y float64) Matrix { return Matrix{A: 1, D: 1, E: x, F: y} }

// Scale is the transform that stretches by x and y about the origin.
func Scale(x, y float64) Matrix { return Matrix{A: x, D: y} }

// OrIdentity returns the matrix itself, or the identity where it is the zero matrix, as a Group's Transform means it.
func (m Matrix) OrIdentity() Matrix {
	if m == (Matrix{}) {
		return Identity()
	}
	return m
}

// Mul returns the transform that does n first and then m.
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		A: m.A*n.A + m.C*n.B, B: m.B*n.A + m.D*n.B,
		C: m.A*n.C + m.C*n.D, D: m.B*n.C + m.D*n.D,
		E: m.A*n.E + m.C*n.F + m.E, F: m.B*n.E + m.D*n.F + m.F,
	}
}

// Apply returns the point that p is moved to.
func (m Matrix) Apply(p Point) Point {
	return Point{X: m.A*p.X + m.C*p.Y + m.E, Y: m.B*p.X + m.D*p.Y + m.F}
}
