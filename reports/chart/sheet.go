package chart

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"coopatlas/reports/scene"
)

// Sheet is charts side by side under one title, such as one for each country: what holds for all of them is said once.
type Sheet struct {
	// Head says title, population, years, unit, basis, notes and source of all; its series are not drawn.
	Head   Definition
	Charts []Definition // compact, and on the same axes where SameAxes set them
	// Columns is how many stand in a row, at most as many as there are; 0 means 3.
	Columns int
}

// Sizes of the charts of a sheet, in points.
const (
	sheetWidth  = 280
	sheetHeight = 180
	sheetGap    = 12
	leastSheet  = 480 // wide, for the words of all
)

func (s Sheet) columns() int {
	if s.Columns < 1 {
		s.Columns = 3
	}
	return min(s.Columns, len(s.Charts))
}

// check returns what is wrong with a sheet.
func (s Sheet) check() error {
	if len(s.Charts) == 0 {
		return errors.New("a sheet of charts has none: give at least one")
	}
	return s.Head.checkWords()
}

// head is what the sheet says once, as wide as its charts.
func (s Sheet) head(fonts *scene.Fonts) *layout {
	d := s.Head
	d.Series, d.Compact = nil, false
	columns := float64(s.columns())
	return &layout{d: &d, fonts: fonts, sizes: usual, width: max(columns*sheetWidth+(columns-1)*sheetGap, leastSheet)}
}

// SheetScene draws a sheet as a scene.
func (e *Engine) SheetScene(s Sheet) (*scene.Scene, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	l, columns := s.head(e.fonts), s.columns()
	y := l.arrangeHeader() + sheetGap
	foot := l.arrangeFoot()
	var tiles []scene.Item
	for row := range slices.Chunk(s.Charts, columns) {
		height := 0.0
		for i, d := range row {
			d.Width, d.Height = sheetWidth, sheetHeight
			drawn, err := e.Scene(d)
			if err != nil {
				return nil, err
			}
			height = max(height, drawn.Height)
			tiles = append(tiles, &scene.Group{Items: drawn.Items, Transform: scene.Translate(float64(i)*(sheetWidth+sheetGap), y)})
		}
		y += height + sheetGap
	}
	out := &scene.Scene{Width: l.width, Height: y + foot}
	ground := paint(light.sheet)
	out.Items = append(out.Items, &scene.Path{Segments: scene.Rectangle(0, 0, out.Width, out.Height), Fill: &ground})
	out.Items = append(out.Items, l.drawLines(l.header, 0)...)
	out.Items = append(out.Items, tiles...)
	out.Items = append(out.Items, l.drawLines(l.foot, y)...)
	return out, nil
}

// SheetSVG writes a sheet as an SVG file.
func (e *Engine) SheetSVG(s Sheet) ([]byte, error) {
	drawn, err := e.SheetScene(s)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, d := range s.Charts {
		parts = append(parts, d.Title+": "+Describe(d))
	}
	return scene.SVG(drawn, e.fonts, scene.SVGOptions{ID: "charts", Title: s.Head.Title, Description: strings.Join(parts, ". ")}), nil
}

// SheetPNG writes a sheet as a PNG file of scale pixels a point.
func (e *Engine) SheetPNG(s Sheet, scale float64) ([]byte, error) {
	drawn, err := e.SheetScene(s)
	if err != nil {
		return nil, err
	}
	return scene.PNG(drawn, e.fonts, scale)
}

// SheetPage writes a sheet as one self-contained page, as Page does with a chart: each chart is interactive, and has its
// numbers in a table.
func (e *Engine) SheetPage(s Sheet) ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	data := e.pageOf(s.Head)
	data.Height, data.Several = 280, true
	for i, d := range s.Charts {
		d.Width, d.Height = sheetWidth, sheetHeight
		wide := d
		wide.Width, wide.Height, wide.Compact = 420, 300, false
		plot, signs, err := e.plot(d, wide, fmt.Sprintf("chart-%d", i+1))
		if err != nil {
			return nil, err
		}
		for _, sign := range signs {
			if !slices.Contains(data.Signs, sign) {
				data.Signs = append(data.Signs, sign)
			}
		}
		plot.Notes = d.Notes
		data.Plots = append(data.Plots, plot)
	}
	return data.write()
}
