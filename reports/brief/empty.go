package brief

import (
	"strings"

	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

// fillEmpty draws a panel for each chart without a point, as large as its neighbours: the title, and why there is
// nothing to show.
func (b *builder) fillEmpty(all []multiple, grid *document.Grid) {
	width, height := 168.0, 118.0
	for start := 0; start < len(all); start += grid.Columns {
		row := all[start:min(start+grid.Columns, len(all))]
		for _, one := range row {
			if drawing := one.figure.Drawing; drawing != nil {
				width, height = drawing.Width, drawing.Height
				break
			}
		}
		for _, one := range row {
			if one.figure.Drawing == nil {
				one.figure.Drawing = b.empty(one.definition, width, height)
			}
		}
	}
}

// empty is a panel with a chart's title and subtitle, and its notes in a quiet box.
func (b *builder) empty(d *chart.Definition, width, height float64) *scene.Scene {
	const margin, top = 6.0, 37.0
	ink, soft, ground := scene.RGB(0x1B2426), scene.RGB(0x586568), scene.RGB(0xF2F5F4)
	out := &scene.Scene{Width: width, Height: height, Items: []scene.Item{
		&scene.Text{X: margin, Y: 16.5, String: d.Title, Face: scene.Face{Bold: true}, Size: 9.5, Colour: ink},
		&scene.Text{X: margin, Y: 28.5, String: d.Unit + " · " + d.Basis, Size: 7.5, Colour: soft},
		&scene.Path{Segments: scene.Rounded(margin, top, width-2*margin, height-top-margin-8, 3), Fill: &ground},
	}}
	y := top + 16
	for _, line := range b.Fonts.Wrap(strings.Join(d.Notes, " "), scene.Face{}, 7.5, width-2*margin-16) {
		out.Items = append(out.Items, &scene.Text{X: margin + 8, Y: y, String: line, Size: 7.5, Colour: soft})
		y += 10.5
	}
	return out
}
