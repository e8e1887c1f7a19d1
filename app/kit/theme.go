package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the look by name; beside them Fyne's own names are answered too.
const (
	ColorPaper fyne.ThemeColorName = theme.ColorNameBackground
	ColorSheet fyne.ThemeColorName = "sheet"
	ColorLine  fyne.ThemeColorName = theme.ColorNameSeparator
	ColorInk   fyne.ThemeColorName = theme.ColorNameForeground
	ColorSoft  fyne.ThemeColorName = "inkSoft"
	ColorTeal  fyne.ThemeColorName = theme.ColorNamePrimary
	ColorClay  fyne.ThemeColorName = "clay"
	ColorGood  fyne.ThemeColorName = theme.ColorNameSuccess
	ColorWarn  fyne.ThemeColorName = theme.ColorNameWarning
	ColorBad   fyne.ThemeColorName = theme.ColorNameError
	ColorRing  fyne.ThemeColorName = theme.ColorNameFocus
	ColorTint  fyne.ThemeColorName = "tint" // behind what is chosen
	ColorRail  fyne.ThemeColorName = "rail"
)

// The sizes of text by name: caption 12, body 14, lead 16, section 20, title 28 at the normal size.
const (
	SizeCaption fyne.ThemeSizeName = theme.SizeNameCaptionText
	SizeBody    fyne.ThemeSizeName = theme.SizeNameText
	SizeLead    fyne.ThemeSizeName = "lead"
	SizeSection fyne.ThemeSizeName = theme.SizeNameSubHeadingText
	SizeTitle   fyne.ThemeSizeName = theme.SizeNameHeadingText
)

// The gaps of the 4-point grid, and the radius of corners.
const (
	Gap4   float32 = 4
	Gap8   float32 = 8
	Gap12  float32 = 12
	Gap16  float32 = 16
	Gap24  float32 = 24
	Gap32  float32 = 32
	Corner float32 = 6
)

// RailWidth is the width of the rail at the normal text size.
const RailWidth float32 = 88

// tone is a colour in light and dark.
type tone struct{ light, dark uint32 }

// tones are the tokens of the look. Contrast of text on paper and sheet is at least 4.5:1, which a test holds.
var tones = map[fyne.ThemeColorName]tone{
	ColorPaper: {0xFAF9F6, 0x14191B},
	ColorSheet: {0xFFFFFF, 0x1C2326},
	ColorLine:  {0xDAD7CF, 0x323B3F},
	ColorInk:   {0x1B2426, 0xE6ECEC},
	ColorSoft:  {0x586568, 0x9FB0B3},
	ColorTeal:  {0x0F5257, 0x6CC5BD},
	ColorClay:  {0xB5532F, 0xE39A7A},
	ColorGood:  {0x2E7D4F, 0x7CC79A},
	ColorWarn:  {0x8F5A00, 0xE0B252},
	ColorBad:   {0xB3261E, 0xF2958E},
	ColorTint:  {0xDDEAE9, 0x23423F},
	ColorRail:  {0xF1EFE9, 0x101516},

	theme.ColorNameButton:              {0xECE9E2, 0x2A3438},
	theme.ColorNameDisabledButton:      {0xF1EFEA, 0x20282B},
	theme.ColorNameDisabled:            {0x586568, 0x9FB0B3},
	theme.ColorNamePlaceHolder:         {0x586568, 0x9FB0B3},
	theme.ColorNameForegroundOnPrimary: {0xFFFFFF, 0x10201F},
	theme.ColorNameForegroundOnError:   {0xFFFFFF, 0x2A0F0D},
	theme.ColorNameForegroundOnSuccess: {0xFFFFFF, 0x0E2217},
	theme.ColorNameForegroundOnWarning: {0xFFFFFF, 0x2A1F07},
	theme.ColorNameHyperlink:           {0x0F5257, 0x6CC5BD},
	theme.ColorNameInputBackground:     {0xFFFFFF, 0x1C2326},
	theme.ColorNameInputBorder:         {0xDAD7CF, 0x3C474B},
	theme.ColorNameHeaderBackground:    {0xF1EFE9, 0x1C2326},
	theme.ColorNameMenuBackground:      {0xFFFFFF, 0x232C2F},
	theme.ColorNameOverlayBackground:   {0xFFFFFF, 0x232C2F},
}

// veils are colours that let through what is under them, with their opacity of 255.
var veils = map[fyne.ThemeColorName]struct {
	tone
	alpha uint8
}{
	theme.ColorNameHover:               {tone{0x0F5257, 0x6CC5BD}, 20},
	theme.ColorNamePressed:             {tone{0x0F5257, 0x6CC5BD}, 50},
	theme.ColorNameFocus:               {tone{0x0F5257, 0x6CC5BD}, 110},
	theme.ColorNameSelection:           {tone{0x0F5257, 0x6CC5BD}, 60},
	theme.ColorNameScrollBar:           {tone{0x586568, 0x9FB0B3}, 120},
	theme.ColorNameScrollBarBackground: {tone{0x586568, 0x9FB0B3}, 16},
	theme.ColorNameShadow:              {tone{0x1B2426, 0x000000}, 60},
}

// DataColours are the colours of series, in order, and the grey of all others last. No text is set in them.
func DataColours() []color.Color {
	var out []color.Color
	for _, n := range []uint32{0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0x8A9496} {
		out = append(out, solid(n))
	}
	return out
}

func solid(n uint32) color.NRGBA {
	return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255}
}

func (t tone) in(variant fyne.ThemeVariant) color.NRGBA {
	if variant == theme.VariantDark {
		return solid(t.dark)
	}
	return solid(t.light)
}

// atlas is the look as Fyne asks for it.
type atlas struct {
	look Look
	base fyne.Theme
}

// NewTheme gives the look as a Fyne theme.
func NewTheme(look Look) fyne.Theme { return atlas{look, theme.DefaultTheme()} }

// Color gives a colour by its name.
func (a atlas) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch a.look.Mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	if t, ok := tones[name]; ok {
		return t.in(variant)
	}
	if v, ok := veils[name]; ok {
		c := v.in(variant)
		c.A = v.alpha
		return c
	}
	return a.base.Color(name, variant)
}

// Font gives the face of a style: Noto Sans, which Fyne carries.
func (a atlas) Font(style fyne.TextStyle) fyne.Resource { return a.base.Font(style) }

// Icon gives Fyne's own icons, which its widgets use.
func (a atlas) Icon(name fyne.ThemeIconName) fyne.Resource {
	if ours, ok := ownIcons[name]; ok {
		return ours.Resource()
	}
	return a.base.Icon(name)
}

// ownIcons are those of Fyne's icons that ours stand for.
var ownIcons = map[fyne.ThemeIconName]Icon{
	theme.IconNameArrowDropDown: IconDown, theme.IconNameArrowDropUp: IconUp, theme.IconNameConfirm: IconCheck,
	theme.IconNameCancel: IconClose, theme.IconNameSearch: IconSearch, theme.IconNameMenu: IconMenu,
	theme.IconNameNavigateBack: IconBack, theme.IconNameNavigateNext: IconNext, theme.IconNameError: IconProblem,
	theme.IconNameWarning: IconWarning, theme.IconNameInfo: IconInfo,
}

// Size gives a size by its name, for the text size and the density of the look.
func (a atlas) Size(name fyne.ThemeSizeName) float32 {
	k := a.look.scale()
	tight := a.look.Density == Compact
	switch name {
	case SizeCaption:
		return 12 * k
	case SizeBody:
		return 14 * k
	case SizeLead:
		return 16 * k
	case SizeSection:
		return 20 * k
	case SizeTitle:
		return 28 * k
	case theme.SizeNameInlineIcon:
		return 20 * k
	case theme.SizeNamePadding:
		return Gap4
	case theme.SizeNameInnerPadding:
		return when(tight, 5, Gap8)
	case theme.SizeNameLineSpacing:
		return Gap4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return Corner
	case theme.SizeNameInputBorder:
		return 2 // the focus ring: Fyne draws it in the primary colour
	case theme.SizeNameScrollBar:
		return Gap12
	}
	return a.base.Size(name)
}

// scale is the factor of text sizes.
func (l Look) scale() float32 {
	if l.Text == 0 {
		return 1
	}
	return min(max(l.Text, 0.85), 1.5)
}

func when(condition bool, yes, no float32) float32 {
	if condition {
		return yes
	}
	return no
}

// colour looks a colour up in the theme that is in force.
func colour(name fyne.ThemeColorName) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// size looks a size up in the theme that is in force.
func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// Scale is how much larger than normal text is now; fixed widths are multiplied by it.
func Scale() float32 { return size(SizeBody) / 14 }
