package indicator

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// classes is a breakdown: a small number for every row. Class 0 is Unknown.
type classes struct {
	codes  []int32
	labels []string
	ranked bool // labels are in an order of their own; else by alphabet
}

// dimension is a breakdown or filter that a query may name.
type dimension struct {
	name  string
	build func(*panel, string) (*classes, error)
	by    bool // may be a breakdown; else a filter only
}

// dimensions lists them. A new one is one line here.
func dimensions() []dimension {
	return []dimension{
		{"country", countryClasses, true},
		{"region", codeClasses, true},
		{"section", sectionClasses, true},
		{"ilo_type", codeClasses, true},
		{"family", codeClasses, true},
		{"size", sizeClasses, true},
		{"currency", codeClasses, true},
		{"macro_sector", macroClasses, true},
		{"wave", codeClasses, false},
		{"level", codeClasses, false},
	}
}

func (p *panel) classesOf(name string) (*classes, error) {
	for _, d := range dimensions() {
		if d.name == name {
			return d.build(p, name)
		}
	}
	var names []string
	for _, d := range dimensions() {
		names = append(names, d.name)
	}
	return nil, fmt.Errorf("there is no breakdown %q; there are %s", name, strings.Join(names, ", "))
}

// interner numbers texts from 1.
type interner struct {
	labels []string
	index  map[string]int32
}

func newInterner() *interner { return &interner{[]string{Unknown}, map[string]int32{Unknown: 0}} }

func (in *interner) code(text string) int32 {
	if text == "" {
		return 0
	}
	c, ok := in.index[text]
	if !ok {
		c = int32(len(in.labels))
		in.labels = append(in.labels, text)
		in.index[text] = c
	}
	return c
}

// relabel numbers the codes of a column's dictionary through a translation.
func (in *interner) relabel(c *Column, through func(string) string) []int32 {
	out := make([]int32, len(c.Dictionary))
	for i, text := range c.Dictionary {
		out[i] = in.code(through(text))
	}
	return out
}

func same(text string) string { return text }

func codeClasses(p *panel, concept string) (*classes, error) {
	return translated(p, concept, same)
}

// translated makes classes of a Code column, its texts translated.
func translated(p *panel, concept string, through func(string) string) (*classes, error) {
	c, err := column(p.src, kindMapping, concept)
	if err != nil {
		return nil, err
	}
	in := newInterner()
	codes := make([]int32, p.rows)
	if c != nil && c.Kind == Code {
		to := in.relabel(c, through)
		for row := range codes {
			if c.Valid.Get(row) {
				codes[row] = to[c.Values[row]]
			}
		}
	}
	return &classes{codes: codes, labels: in.labels}, nil
}

// orElse fills unknown classes from another column of classes.
func (c *classes) orElse(other *classes) *classes {
	in := newInterner()
	own, more := make([]int32, len(c.labels)), make([]int32, len(other.labels))
	for i, l := range c.labels {
		own[i] = in.code(l)
	}
	for i, l := range other.labels {
		more[i] = in.code(l)
	}
	for row, code := range c.codes {
		if code != 0 {
			c.codes[row] = own[code]
		} else {
			c.codes[row] = more[other.codes[row]]
		}
	}
	c.labels = in.labels
	return c
}

// countryClasses takes the country of the year, else the cooperative's.
func countryClasses(p *panel, concept string) (*classes, error) {
	c, err := codeClasses(p, concept)
	if err != nil {
		return nil, err
	}
	present, err := column(p.src, kindCooperative, concept)
	if err != nil || present == nil || present.Kind != Code {
		return c, err
	}
	in := newInterner()
	to := in.relabel(present, same)
	codes := make([]int32, p.rows)
	for row := range codes {
		if at := p.lives.cooperative(p.unit[row]); at >= 0 && present.Valid.Get(int(at)) {
			codes[row] = to[present.Values[at]]
		}
	}
	return c.orElse(&classes{codes: codes, labels: in.labels}), nil
}

// sectionClasses takes the section, else that of the ISIC class.
func sectionClasses(p *panel, concept string) (*classes, error) {
	c, err := codeClasses(p, concept)
	if err != nil {
		return nil, err
	}
	isic, err := translated(p, "isic", sectionOf)
	if err != nil {
		return nil, err
	}
	return c.orElse(isic), nil
}

// macroClasses takes the macro-sector, else that of the section (M5.04).
func macroClasses(p *panel, concept string) (*classes, error) {
	c, err := codeClasses(p, concept)
	if err != nil {
		return nil, err
	}
	s, err := sectionClasses(p, "section")
	if err != nil {
		return nil, err
	}
	in := newInterner()
	to := make([]int32, len(s.labels))
	for i, l := range s.labels {
		to[i] = in.code(macroOf(l))
	}
	for row, code := range s.codes {
		s.codes[row] = to[code]
	}
	return c.orElse(&classes{codes: s.codes, labels: in.labels}), nil
}

// sectionOf gives the ISIC section of a section, or of a Rev.4 division or class.
func sectionOf(isic string) string {
	if len(isic) > 0 && isic[0] >= 'A' && isic[0] <= 'V' {
		return isic[:1]
	}
	if len(isic) < 2 {
		return ""
	}
	division, err := strconv.Atoi(isic[:2])
	if err != nil || division < 1 {
		return ""
	}
	last := [...]int{3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99}
	return string(rune('A' + sort.SearchInts(last[:], division)))
}

// macroOf gives the macro-sector of an ISIC section (M5.04).
func macroOf(section string) string {
	switch {
	case len(section) != 1:
		return ""
	case section == "A":
		return "primary"
	case section >= "B" && section <= "E":
		return "industry"
	case section == "F":
		return "construction"
	case section >= "G" && section <= "V":
		return "services"
	}
	return ""
}

// sizeClasses are those of the catalogue, by persons working (M7.01).
func sizeClasses(p *panel, _ string) (*classes, error) {
	c, err := column(p.src, kindMapping, "persons_working")
	if err != nil {
		return nil, err
	}
	codes := make([]int32, p.rows)
	for row := range codes {
		if n, ok := whole(c, row); ok && n >= 0 {
			codes[row] = sizeOf(n)
		}
	}
	return &classes{codes: codes, labels: []string{Unknown, "0-9", "10-49", "50-249", "250+"}, ranked: true}, nil
}

func sizeOf(persons int) int32 {
	switch {
	case persons < 10:
		return 1
	case persons < 50:
		return 2
	case persons < 250:
		return 3
	}
	return 4
}

// Breakdowns names what a query may break down by, beside the year.
func Breakdowns() []string {
	var names []string
	for _, d := range dimensions() {
		if d.by {
			names = append(names, d.name)
		}
	}
	return names
}
