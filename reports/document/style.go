package document

import "coopatlas/reports/scene"

// PageSize is a size of paper in points.
type PageSize struct{ Width, Height float64 }

// The sizes of paper.
var (
	A4     = PageSize{Width: 595.28, Height: 841.89}
	Letter = PageSize{Width: 612, Height: 792}
)

// The colours of print, the light tokens of the look.
var (
	ink  = scene.RGB(0x1B2426)
	soft = scene.RGB(0x586568)
	teal = scene.RGB(0x0F5257)
	clay = scene.RGB(0xB5532F)
	line = scene.RGB(0xDAD7CF)
	tint = scene.RGB(0xF2F5F4)
	warm = scene.RGB(0xFBF1EC)
)

// margins of a page in points.
const (
	marginSide   = 46.0
	marginTop    = 40.0
	marginBottom = 34.0
	gutter       = 16.0 // between columns
)

// font is a size with its distance from line to line, in points.
type font struct{ size, leading float64 }

// style holds the sizes of type and the distances between blocks, in points.
type style struct {
	title, lead, body, dense, small, tiny font
	heading                               [3]font // levels 2, 3 and 4
	key, change                           font
	gap                                   float64 // between blocks
	density                               float64
}

// styleAt gives the sizes at a density: 1 as designed, less for a document that must be brought onto fewer pages.
func styleAt(density float64) style {
	at := func(size, leading float64) font { return font{size: size * density, leading: size * leading * density} }
	return style{
		title: at(20, 1.2), lead: at(10.6, 1.38), body: at(9, 1.4), dense: at(7.9, 1.34), small: at(7.4, 1.36), tiny: at(6.7, 1.34),
		heading: [3]font{at(12, 1.3), at(10, 1.3), at(9, 1.35)},
		key:     at(15.5, 1.2), change: at(8.6, 1.34),
		gap: 8 * density, density: density,
	}
}

func (s style) headingFont(level int) font {
	return s.heading[max(0, min(level-2, len(s.heading)-1))]
}
