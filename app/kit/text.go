package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Title is the largest text: the name of what is shown.
func Title(text string) *widget.Label { return label(text, SizeTitle, false, fyne.TextWrapWord) }

// Section heads a part of a page.
func Section(text string) *widget.Label { return label(text, SizeSection, false, fyne.TextWrapWord) }

// Heading heads a card or a group of fields: body size, bold.
func Heading(text string) *widget.Label { return label(text, SizeBody, true, fyne.TextWrapOff) }

// Lead is a text that opens a page or says its main thing.
func Lead(text string) *widget.Label { return label(text, SizeLead, false, fyne.TextWrapWord) }

// Body is running text, which wraps.
func Body(text string) *widget.Label { return label(text, SizeBody, false, fyne.TextWrapWord) }

// Line is a text of one line, cut short with an ellipsis where there is no room.
func Line(text string) *widget.Label {
	l := label(text, SizeBody, false, fyne.TextWrapOff)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// Plain is a text of one line that is never cut: its width counts.
func Plain(text string) *widget.Label { return label(text, SizeBody, false, fyne.TextWrapOff) }

// Soft is secondary text of one line: a hint, a unit.
func Soft(text string) *widget.Label {
	l := label(text, SizeBody, false, fyne.TextWrapOff)
	l.Importance = widget.LowImportance
	return l
}

// Hint is secondary text of the small size, which wraps.
func Hint(text string) *widget.Label {
	l := label(text, SizeCaption, false, fyne.TextWrapWord)
	l.Importance = widget.LowImportance
	return l
}

// Caption is secondary text of the small size on one line.
func Caption(text string) *widget.Label {
	l := label(text, SizeCaption, false, fyne.TextWrapOff)
	l.Importance = widget.LowImportance
	return l
}

func label(text string, of fyne.ThemeSizeName, bold bool, wrap fyne.TextWrap) *widget.Label {
	l := widget.NewLabel(text)
	l.SizeName, l.TextStyle.Bold, l.Wrapping = of, bold, wrap
	return l
}

// Column stacks objects with a gap between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row puts objects side by side with a gap between them; layout.NewSpacer pushes them apart.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Pad puts room round an object.
func Pad(gap float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), object)
}

// Spacer takes the room that is left in a Row or Column.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// Fixed gives an object a width, at the normal text size, and the height that it wants.
func Fixed(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(fixedWidth(width), object)
}

// fixedWidth is a layout of one width.
type fixedWidth float32

// MinSize is the fixed width and the greatest height of the objects at it.
func (w fixedWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.NewSize(float32(w)*Scale(), 0)
	for _, o := range objects {
		out.Height = max(out.Height, o.MinSize().Height)
	}
	return out
}

// Layout gives each object all there is.
func (w fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// Limit lets an object grow no wider than a width, at the normal text size, and keeps it at the left: running text is
// read best at about 700.
func Limit(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(limitWidth(width), object)
}

// limitWidth is a layout of one greatest width.
type limitWidth float32

// MinSize is what the object needs.
func (w limitWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	out := fyne.Size{}
	for _, o := range objects {
		out = out.Max(o.MinSize())
	}
	return out
}

// Layout keeps the object within the limit, and a unit off the edge, where a scroll would cut the line round a card.
func (w limitWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(min(size.Width-1, float32(w)*Scale()), size.Height))
	}
}

// Shape is a filled rectangle in a colour of the theme, which follows when the theme changes.
type Shape struct {
	widget.BaseWidget
	fill, stroke fyne.ThemeColorName
	radius       float32
	width        float32
	least        fyne.Size
}

// NewShape makes a rectangle; either colour may be empty.
func NewShape(fill, stroke fyne.ThemeColorName, radius float32) *Shape {
	s := &Shape{fill: fill, stroke: stroke, radius: radius, width: 1}
	s.ExtendBaseWidget(s)
	return s
}

// SetFill changes the colour inside.
func (s *Shape) SetFill(name fyne.ThemeColorName) {
	if s.fill != name {
		s.fill = name
		s.Refresh()
	}
}

// SetStroke changes the line round it.
func (s *Shape) SetStroke(name fyne.ThemeColorName, width float32) {
	if s.stroke != name || s.width != width {
		s.stroke, s.width = name, width
		s.Refresh()
	}
}

// SetLeast gives it a least size.
func (s *Shape) SetLeast(size fyne.Size) { s.least = size }

// CreateRenderer is Fyne's.
func (s *Shape) CreateRenderer() fyne.WidgetRenderer {
	r := &shapeRenderer{shape: s, rect: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

// shapeRenderer draws a Shape.
type shapeRenderer struct {
	shape *Shape
	rect  *canvas.Rectangle
}

func (r *shapeRenderer) Destroy()                     {}
func (r *shapeRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *shapeRenderer) MinSize() fyne.Size           { return r.shape.least }
func (r *shapeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

func (r *shapeRenderer) Refresh() {
	r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth = color.Transparent, color.Transparent, 0
	if r.shape.fill != "" {
		r.rect.FillColor = colour(r.shape.fill)
	}
	if r.shape.stroke != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = colour(r.shape.stroke), r.shape.width
	}
	r.rect.CornerRadius = r.shape.radius
	r.rect.Refresh()
}

// Rule is a horizontal line of one unit.
func Rule() *Shape {
	s := NewShape(ColorLine, "", 0)
	s.SetLeast(fyne.NewSize(1, 1))
	return s
}
