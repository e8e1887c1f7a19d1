package scene

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// style is what an SVG element inherits and passes on.
type style struct {
	fill, stroke               string // as written
	fillOpacity, strokeOpacity float64
	opacity                    float64 // of the element and all it lies in
	width                      float64
	dash                       []float64
	cap                        Cap
	join                       Join
	evenOdd, clipEvenOdd       bool
	hidden                     bool
	face                       Face
	size                       float64
	anchor                     Align
	baseline                   string
}

func initialStyle() style {
	return style{fill: "#000", stroke: "none", fillOpacity: 1, strokeOpacity: 1, opacity: 1, width: 1, size: 16}
}

// setters read one property each; what is not listed here has no meaning for a scene (ids, classes, cursors).
var setters = map[string]func(s *style, value string) error{
	"fill":              func(s *style, v string) error { s.fill = v; return nil },
	"stroke":            func(s *style, v string) error { s.stroke = v; return nil },
	"fill-opacity":      func(s *style, v string) error { return share(&s.fillOpacity, v) },
	"stroke-opacity":    func(s *style, v string) error { return share(&s.strokeOpacity, v) },
	"stroke-width":      func(s *style, v string) error { return length(&s.width, v) },
	"stroke-dasharray":  setDash,
	"stroke-linecap":    func(s *style, v string) error { s.cap = caps[v]; return nil },
	"stroke-linejoin":   func(s *style, v string) error { s.join = joins[v]; return nil },
	"fill-rule":         func(s *style, v string) error { s.evenOdd = v == "evenodd"; return nil },
	"clip-rule":         func(s *style, v string) error { s.clipEvenOdd = v == "evenodd"; return nil },
	"visibility":        func(s *style, v string) error { s.hidden = v == "hidden"; return nil },
	"font-size":         func(s *style, v string) error { return length(&s.size, v) },
	"font-weight":       func(s *style, v string) error { s.face.Bold = bold(v); return nil },
	"font-style":        func(s *style, v string) error { s.face.Italic = v == "italic" || v == "oblique"; return nil },
	"font":              setFont,
	"text-anchor":       func(s *style, v string) error { s.anchor = anchors[v]; return nil },
	"dominant-baseline": func(s *style, v string) error { s.baseline = v; return nil },
	"display":           func(s *style, v string) error { s.hidden = s.hidden || v == "none"; return nil },
	"opacity": func(s *style, v string) error {
		own := 1.0
		err := share(&own, v)
		s.opacity *= own
		return err
	},
}

var (
	caps    = map[string]Cap{"round": RoundCap, "square": SquareCap}
	joins   = map[string]Join{"round": RoundJoin, "bevel": BevelJoin}
	anchors = map[string]Align{"middle": Middle, "end": End}
)

// with returns the style of an element inside this one.
func (s style) with(attrs map[string]string) (style, error) {
	// In alphabetical order, so that "font" comes before "font-size" and the outcome never depends on chance.
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		set, known := setters[name]
		value := attrs[name]
		if !known || value == "" || value == "inherit" {
			continue
		}
		if err := set(&s, value); err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
	}
	return s, nil
}

func share(into *float64, v string) (err error) {
	if before, percent := strings.CutSuffix(v, "%"); percent {
		*into, err = number(before)
		*into /= 100
	} else {
		*into, err = number(v)
	}
	*into = min(max(*into, 0), 1)
	return err
}

func length(into *float64, v string) error {
	n, err := number(v)
	if err == nil && n < 0 {
		return fmt.Errorf("%q is negative", v)
	}
	*into = n
	return err
}

func setDash(s *style, v string) (err error) {
	s.dash = nil
	if v != "none" {
		s.dash, err = list(strings.ReplaceAll(v, "px", ""))
	}
	for _, d := range s.dash {
		if d < 0 {
			return fmt.Errorf("the dash pattern %.40q has a negative length", v)
		}
	}
	return err
}

func bold(v string) bool {
	weight, err := strconv.Atoi(v)
	return v == "bold" || v == "bolder" || err == nil && weight >= 600
}

// setFont reads the shorthand "italic normal bold 12px family".
func setFont(s *style, v string) error {
	s.face = Face{}
	for _, word := range strings.Fields(v) {
		switch {
		case word == "italic" || word == "oblique":
			s.face.Italic = true
		case bold(word):
			s.face.Bold = true
		case strings.HasSuffix(word, "px"):
			return length(&s.size, word)
		}
	}
	return nil
}

// named holds the colour words that ECharts and plain drawings use.
var named = map[string]uint32{
	"black": 0x000000, "white": 0xFFFFFF, "gray": 0x808080, "grey": 0x808080, "silver": 0xC0C0C0, "red": 0xFF0000,
	"green": 0x008000, "blue": 0x0000FF, "yellow": 0xFFFF00, "orange": 0xFFA500, "purple": 0x800080, "lightgray": 0xD3D3D3,
}

// readColour reads #rgb, #rrggbb, rgb(), rgba() and a few names; ok is false for "none" and "transparent".
func readColour(text string) (c Colour, ok bool, err error) {
	if text == "none" || text == "transparent" || text == "" {
		return Colour{}, false, nil
	}
	if n, known := named[text]; known {
		return RGB(n), true, nil
	}
	inner, isFunction := strings.CutPrefix(text, "rgb")
	if !isFunction {
		c, err = Hex(text)
		return c, err == nil, err
	}
	inner = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(inner, "a"), "("), ")")
	v, err := list(inner)
	if err != nil || len(v) != 3 && len(v) != 4 {
		return c, false, fmt.Errorf("colour %.40q: write it as rgb(r,g,b) or rgba(r,g,b,a)", text)
	}
	part := func(x float64) uint8 { return uint8(min(max(x, 0), 255) + 0.5) }
	c = Colour{part(v[0]), part(v[1]), part(v[2]), 255}
	if len(v) == 4 {
		c.A = part(v[3] * 255)
	}
	return c, true, nil
}
