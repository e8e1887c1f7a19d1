package question

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
)

// Prose is a text of a fixed width that wraps at words, without the room that Fyne's label keeps round itself: a page of
// questions is dense.
type Prose struct {
	widget.BaseWidget
	text  string
	size  fyne.ThemeSizeName
	tone  fyne.ThemeColorName
	style fyne.TextStyle
	width float32 // at the normal text size
	lines []string
	at    float32 // the text size that lines were made for
}

// NewProse makes a text; width is at the normal text size.
func NewProse(text string, size fyne.ThemeSizeName, tone fyne.ThemeColorName, width float32) *Prose {
	p := &Prose{text: text, size: size, tone: tone, width: width}
	p.ExtendBaseWidget(p)
	return p
}

// Text is the text.
func (p *Prose) Text() string { return p.text }

// Set changes the text and its colour.
func (p *Prose) Set(text string, tone fyne.ThemeColorName) {
	if p.text != text || p.tone != tone {
		p.text, p.tone, p.at = text, tone, 0
		p.Refresh()
	}
}

// SetWidth changes the width.
func (p *Prose) SetWidth(width float32) {
	if p.width != width {
		p.width, p.at = width, 0
		p.Refresh()
	}
}

// wrapped is the text in lines.
func (p *Prose) wrapped() []string {
	size := theme.SizeForWidget(p.size, p)
	if p.at == size {
		return p.lines
	}
	p.at, p.lines = size, wrap(p.text, size, p.style, p.width*kit.Scale())
	return p.lines
}

// wrap cuts a text into lines that fit a room. A no-break space keeps its words together.
func wrap(text string, size float32, style fyne.TextStyle, room float32) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Split(paragraph, " ") {
			longer := strings.TrimLeft(line+" "+word, " ")
			if line != "" && fyne.MeasureText(longer, size, style).Width > room {
				lines = append(lines, line)
				longer = word
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}

// wide is how wide the text is in one line.
func (p *Prose) wide() float32 {
	if p.text == "" {
		return 0
	}
	return fyne.MeasureText(p.text, theme.SizeForWidget(p.size, p), p.style).Width
}

// lineHeight is the distance between lines.
func (p *Prose) lineHeight() float32 { return theme.SizeForWidget(p.size, p) * 1.36 }

// height is that of the text.
func (p *Prose) height() float32 {
	if p.text == "" {
		return 0
	}
	return float32(len(p.wrapped())) * p.lineHeight()
}

// CreateRenderer is Fyne's.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{prose: p}
	r.Refresh()
	return r
}

// proseRenderer draws a Prose.
type proseRenderer struct {
	prose *Prose
	lines []fyne.CanvasObject
}

func (r *proseRenderer) Destroy()                     {}
func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *proseRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.prose.width*kit.Scale(), r.prose.height())
}

func (r *proseRenderer) Layout(fyne.Size) {
	for i, o := range r.lines {
		o.Move(fyne.NewPos(0, float32(i)*r.prose.lineHeight()))
		o.Resize(o.MinSize())
	}
}

func (r *proseRenderer) Refresh() {
	p := r.prose
	lines := p.wrapped()
	if p.text == "" {
		lines = nil
	}
	r.lines = r.lines[:min(len(r.lines), len(lines))]
	for len(r.lines) < len(lines) {
		r.lines = append(r.lines, canvas.NewText("", color.Black))
	}
	for i, o := range r.lines {
		text := o.(*canvas.Text)
		text.Text, text.TextStyle = lines[i], p.style
		text.TextSize, text.Color = theme.SizeForWidget(p.size, p), theme.ColorForWidget(p.tone, p)
	}
	r.Layout(p.Size())
	canvas.Refresh(p)
}
