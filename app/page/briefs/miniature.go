package briefs

import (
	"bytes"
	"io/fs"
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/assets"
)

// block is how a kind of block of a template is hinted at on a small page.
type block struct {
	rows, columns int
	height        float32 // of one row, in points of the small page
	fill          fyne.ThemeColorName
}

// blocks are the kinds that are hinted at; others are drawn as lines of text.
var blocks = map[string]block{
	"keyfigures": {2, 3, 11, kit.ColorTint}, "figures": {2, 3, 17, kit.ColorTint}, "table": {6, 1, 3, kit.ColorLine},
	"says": {1, 1, 16, kit.ColorTint}, "decomposition": {3, 1, 3, kit.ColorLine}, "columns": {5, 2, 2, kit.ColorLine}, "sims": {14, 1, 3, kit.ColorLine},
}

// text is how other blocks are hinted at.
var text = block{2, 1, 2, kit.ColorLine}

// fence is the beginning of a block in a template.
var fence = regexp.MustCompile("(?m)^```([a-z]+)")

// miniature is a small page that hints at a template, with its name; it can be chosen.
type miniature struct {
	widget.BaseWidget
	onTapped func()
	frame    *kit.Shape
	box      fyne.CanvasObject
}

// paperWidth and paperHeight are the size of the small page.
const (
	paperWidth  float32 = 92
	paperHeight float32 = 130
)

func newMiniature(template, name string, onTapped func()) *miniature {
	m := &miniature{onTapped: onTapped, frame: kit.NewShape(kit.ColorSheet, kit.ColorLine, kit.Corner)}
	paper := container.NewGridWrap(fyne.NewSize(paperWidth, paperHeight), container.NewStack(m.frame, drawn(hints(template))))
	label := kit.Hint(name)
	label.Alignment = fyne.TextAlignCenter
	m.box = kit.Column(0, container.NewCenter(paper), kit.Fixed(140, label))
	m.ExtendBaseWidget(m)
	return m
}

// choose draws the page as the chosen one, or not.
func (m *miniature) choose(chosen bool) {
	if chosen {
		m.frame.SetStroke(kit.ColorTeal, 2)
	} else {
		m.frame.SetStroke(kit.ColorLine, 1)
	}
}

// Tapped is Fyne's.
func (m *miniature) Tapped(*fyne.PointEvent) { m.onTapped() }

// CreateRenderer is Fyne's.
func (m *miniature) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.box) }

// figures are the indicators of the blocks of charts in a template.
var figures = regexp.MustCompile("(?m)^```figures\nindicators: \\[([^\\]]*)\\]")

// charts is how many charts a template draws at least: one for each indicator.
func charts(template string) int {
	source, err := fs.ReadFile(assets.FS(), "templates/"+template+".md")
	if err != nil {
		return 0
	}
	count := 0
	for _, match := range figures.FindAllSubmatch(source, -1) {
		count += 1 + bytes.Count(match[1], []byte(","))
	}
	return count
}

// hint is one rectangle of a small page.
type hint struct {
	fill  fyne.ThemeColorName
	place fyne.Position
	size  fyne.Size
}

// drawn makes the rectangles of a small page.
func drawn(hints []hint) *fyne.Container {
	objects := make([]fyne.CanvasObject, len(hints))
	for i, h := range hints {
		objects[i] = kit.NewShape(h.fill, "", 1)
	}
	return container.New(paperLayout(hints), objects...)
}

// hints draws the first page of a template in rectangles, as far as it goes.
func hints(template string) []hint {
	const margin, gap float32 = 8, 3
	source, err := fs.ReadFile(assets.FS(), "templates/"+template+".md")
	if err != nil {
		source = nil
	}
	wide := paperWidth - 2*margin
	out := []hint{{kit.ColorTeal, fyne.NewPos(margin, margin), fyne.NewSize(wide*0.8, 4)}}
	y := margin + 8
	for _, match := range fence.FindAllSubmatch(source, -1) {
		kind, known := blocks[string(match[1])]
		if !known {
			kind = text
		}
		column := (wide - gap*float32(kind.columns-1)) / float32(kind.columns)
		for range kind.rows {
			if y+kind.height > paperHeight-margin {
				return out
			}
			for c := range kind.columns {
				at := fyne.NewPos(margin+float32(c)*(column+gap), y)
				out = append(out, hint{kind.fill, at, fyne.NewSize(column, kind.height)})
			}
			y += kind.height + gap - 1
		}
		y += gap
	}
	return out
}

// paperLayout places the rectangles of a small page.
type paperLayout []hint

// MinSize is that of the small page.
func (paperLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(paperWidth, paperHeight)
}

// Layout places them.
func (l paperLayout) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for i, o := range objects {
		o.Move(l[i].place)
		o.Resize(l[i].size)
	}
}
