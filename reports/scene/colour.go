package scene

import (
	"fmt"
	"image/color"
	"strconv"
)

// Colour is a colour of the sRGB space with its opacity A (255 opaque); the parts are not multiplied by it.
type Colour struct{ R, G, B, A uint8 }

// Hex reads "#rrggbb" or "#rgb" as an opaque colour; its error names the text it could not read.
func Hex(text string) (Colour, error) {
	digits := text
	if len(digits) == 4 && digits[0] == '#' {
		digits = string([]byte{'#', text[1], text[1], text[2], text[2], text[3], text[3]})
	}
	if len(digits) != 7 || digits[0] != '#' {
		return Colour{}, fmt.Errorf("colour %q: write it as #rrggbb", text)
	}
	n, err := strconv.ParseUint(digits[1:], 16, 32)
	if err != nil {
		return Colour{}, fmt.Errorf("colour %q: write it as #rrggbb", text)
	}
	return RGB(uint32(n)), nil
}

// RGB returns the opaque colour of a number such as 0x0072B2.
func RGB(n uint32) Colour { return Colour{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255} }

// WithOpacity returns the colour with its opacity multiplied by a share between 0 and 1.
func (c Colour) WithOpacity(share float64) Colour {
	c.A = uint8(float64(c.A)*min(max(share, 0), 1) + 0.5)
	return c
}

// Opacity returns the opacity as a share between 0 and 1.
func (c Colour) Opacity() float64 { return float64(c.A) / 255 }

// String returns "#rrggbb", without the opacity.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// RGBA makes a Colour usable as an image colour.
func (c Colour) RGBA() (r, g, b, a uint32) { return color.NRGBA(c).RGBA() }
