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

// compare orders two classes: the unknown last.
func (c *classes) compare(a, b int32) int {
	switch {
	case a == b:
		return 0
	case a == 0 || b == 0:
		return int(b - a)
	case c.ranked:
		return int(a - b)
	}
	return strings.Compare(c.labels[a], c.labels[b])
}

// dimension is a breakdown or filter that a query may name.
type dimension struct {
	name  string
	build func(*frameRows, string) (*classes, error)
	by    bool // may be a breakdown of cooperatives; else a filter only
	apart bool // of records that are no cooperatives only
}

// dimensions lists them. A new one is one line here.
func dimensions() []dimension {
	return []dimension{
		{name: "country", build: countryClasses, by: true},
		{name: "region", build: codeClasses, by: true},
		{name: "section", build: sectionClasses, by: true},
		{name: "ilo_type", build: codeClasses, by: true},
		{name: "family", build: codeClasses, by: true},
		{name: "size", build: sizeClasses, by: true},
		{name: "currency", build: codeClasses, by: true},
		{name: "macro_sector", build: macroClasses, by: true},
		{name: "world_region", build: codeClasses, apart: true},
		{name: "project_status", build: codeClasses, apart: true},
		{name: "outcome_status", build: codeClasses, apart: true},
		{name: "wave", build: codeClasses},
		{name: "level", build: codeClasses},
	}
}

// knows refuses a breakdown that there is not.
func knows(name string) error {
	var names []string
	for _, d := range dimensions() {
		if d.name == name {
			return nil
		}
		names = append(names, d.name)
	}
	return fmt.Errorf("there is no breakdown %q; there are %s", name, strings.Join(names, ", "))
}

// classesOf gives the classes of a breakdown.
func (r *frameRows) classesOf(name string) (*classes, error) {
	return r.prepared.classes.get(name, func() (*classes, error) {
		for _, d := range dimensions() {
			if d.name == name {
				return remembered(r.prepared.src, r.prepared.shape.memo("classes "+name), &classesMemo{r}, func() (*classes, error) {
					c, err := d.build(r, name)
					if err != nil || !r.prepared.shape.borrows {
						return c, err
					}
					return r.borrowClasses(c, name)
				})
			}
		}
		return nil, knows(name)
	})
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

// relabel numbers texts through a translation.
func (in *interner) relabel(texts []string, through func(string) string) []int32 {
	out := make([]int32, len(texts))
	for i, text := range texts {
		out[i] = in.code(through(text))
	}
	return out
}

func same(text string) string { return text }

func codeClasses(r *frameRows, concept string) (*classes, error) {
	return r.translated(concept, same)
}

// translated makes classes of a Code column, its texts translated.
func (r *frameRows) translated(concept string, through func(string) string) (*classes, error) {
	c, err := column(r.prepared.src, r.prepared.shape.kind, concept)
	if err != nil {
		return nil, err
	}
	in := newInterner()
	codes := make([]int32, r.count())
	if c != nil && c.Kind == Code {
		to := in.relabel(c.Dictionary, through)
		inRuns(len(codes), func(from, till int) {
			for row := from; row < till; row++ {
				if at := r.place(row); c.Valid.Get(at) {
					codes[row] = to[c.Values[at]]
				}
			}
		})
	}
	return &classes{codes: codes, labels: in.labels}, nil
}

// orElse fills unknown classes from another column of classes.
func (c *classes) orElse(other *classes) *classes {
	in := newInterner()
	own, more := in.relabel(c.labels, same), in.relabel(other.labels, same)
	out := &classes{codes: make([]int32, len(c.codes))}
	for row, code := range c.codes {
		if out.codes[row] = own[code]; code == 0 {
			out.codes[row] = more[other.codes[row]]
		}
	}
	out.labels = in.labels
	return out
}

// countryClasses takes the country of the year, else the cooperative's.
func countryClasses(r *frameRows, concept string) (*classes, error) {
	c, err := codeClasses(r, concept)
	if err != nil || r.prepared.shape.apart {
		return c, err
	}
	present, err := column(r.prepared.src, kindCooperative, concept)
	if err != nil || present == nil || present.Kind != Code {
		return c, err
	}
	in := newInterner()
	to := in.relabel(present.Dictionary, same)
	codes := make([]int32, r.count())
	for row := range codes {
		if at := r.roll.coop[r.unit[row]]; at >= 0 && present.Valid.Get(int(at)) {
			codes[row] = to[present.Values[at]]
		}
	}
	return c.orElse(&classes{codes: codes, labels: in.labels}), nil
}

// sectionClasses takes the section, else that of the ISIC class.
func sectionClasses(r *frameRows, concept string) (*classes, error) {
	c, err := codeClasses(r, concept)
	if err != nil {
		return nil, err
	}
	isic, err := r.translated("isic", sectionOf)
	if err != nil {
		return nil, err
	}
	return c.orElse(isic), nil
}

// macroClasses takes the macro-sector, else that of the section (M5.04).
func macroClasses(r *frameRows, concept string) (*classes, error) {
	c, err := codeClasses(r, concept)
	if err != nil {
		return nil, err
	}
	sections, err := r.classesOf("section")
	if err != nil {
		return nil, err
	}
	in := newInterner()
	to := in.relabel(sections.labels, macroOf)
	codes := make([]int32, len(sections.codes))
	for row, code := range sections.codes {
		codes[row] = to[code]
	}
	return c.orElse(&classes{codes: codes, labels: in.labels}), nil
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

// sizeLabels are the size classes by their codes.
var sizeLabels = [...]string{Unknown, "0-9", "10-49", "50-249", "250+"}

// sizeClasses are those of the catalogue, by persons working (M7.01).
func sizeClasses(r *frameRows, _ string) (*classes, error) {
	c, err := r.column("persons_working")
	if err != nil {
		return nil, err
	}
	codes := make([]int32, r.count())
	for row := range codes {
		if n, ok := whole(c, row); ok && n >= 0 {
			codes[row] = sizeOf(n)
		}
	}
	return &classes{codes: codes, labels: sizeLabels[:], ranked: true}, nil
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
