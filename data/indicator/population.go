package indicator

import (
	"slices"
	"strings"
)

// population is the known number of cooperatives: the denominator of coverage,
// and the frame that estimated totals are weighted to.
//
// A number is of a country and year, and of all types or of one, of all sizes or
// of one. Numbers of different detail are never added. The size classes of a
// type, or of all types, count only where all four are given. Coverage takes the
// number for all, and adds the parts where there is none; weights take the parts,
// and the number for all where there are none.
type population struct {
	known   map[populationKey]int64
	types   map[int][]string // every type with a known number, by year, by alphabet
	country *classes         // of the mapping records
}

type populationKey struct {
	country, iloType, size string // no type: all of them; no size: likewise
	year                   int
}

// iloTypes is how many types a country's cooperatives can be of.
const iloTypes = 4

// readPopulation reads the known numbers; nil where there are none. Where several
// sources give a number, the largest counts: coverage is never flattered.
func readPopulation(src Source) (*population, error) {
	var country, iloType, size, year, known *Column
	err := columns(src, kindPopulation, map[string]**Column{
		"country": &country, "ilo_type": &iloType, "size": &size, "year": &year, "known": &known,
	})
	if err != nil || country == nil || known == nil {
		return nil, err
	}
	out := &population{known: map[populationKey]int64{}, types: map[int][]string{}}
	for row := range src.Rows(kindPopulation) {
		where, ok1 := country.Text(row)
		when, ok2 := whole(year, row)
		n, ok3 := whole(known, row)
		if ok1 && ok2 && ok3 {
			key := populationKey{where, detail(iloType, row), detail(size, row), when}
			out.known[key] = max(out.known[key], int64(n))
		}
	}
	for key := range out.known {
		if key.iloType != "" && !slices.Contains(out.types[key.year], key.iloType) {
			out.types[key.year] = append(out.types[key.year], key.iloType)
		}
	}
	for _, types := range out.types {
		slices.Sort(types)
	}
	return out, nil
}

// HasPopulation says whether any number of cooperatives is known in a frame, so
// that totals can be estimated.
func HasPopulation(src Source) bool { return src.Rows(kindPopulation) > 0 }

// detail is the type or size of a number, "" for all.
func detail(c *Column, row int) string {
	text, _ := c.Text(row)
	if text = strings.TrimSpace(text); text == "all" {
		return ""
	}
	return text
}

// sizes gives the numbers of the four size classes, where all are given.
func (n *population) sizes(country, kind string, year int) (parts []int64, ok bool) {
	for _, size := range sizeLabels[1:] {
		v, known := n.known[populationKey{country, kind, size, year}]
		if !known {
			return nil, false
		}
		parts = append(parts, v)
	}
	return parts, true
}

// number gives the known number of a type, or of all for "": the number for all
// sizes, else the sum of the size classes.
func (n *population) number(country, kind string, year int) (int64, bool) {
	if v, ok := n.known[populationKey{country, kind, "", year}]; ok {
		return v, true
	}
	parts, ok := n.sizes(country, kind, year)
	sum := int64(0)
	for _, v := range parts {
		sum += v
	}
	return sum, ok
}

// of gives the known population of a country and year: of the types asked for,
// else the number for all types, else the sum of those known by type.
func (n *population) of(country string, types []string, year int) (int64, bool) {
	if types == nil {
		if v, ok := n.number(country, "", year); ok {
			return v, v > 0
		}
	}
	sum, any := int64(0), false
	for _, kind := range n.types[year] {
		if types != nil && !slices.Contains(types, kind) {
			continue
		}
		if v, ok := n.number(country, kind, year); ok {
			sum, any = sum+v, true
		}
	}
	for _, kind := range types {
		if _, ok := n.number(country, kind, year); !ok {
			return 0, false
		}
	}
	return sum, any && sum > 0
}

// frameCell is one number of a country's frame, with the cooperatives that
// answered for it.
type frameCell struct {
	kind  string // the type; "" for all, or for those that have no number of their own
	size  int32  // the size class; 0 for all
	known int64
	n     int64
}

// countryFrame is what is known of a country's cooperatives in one year, in the
// detail that weights take.
type countryFrame struct {
	cells []frameCell
	first map[string]int // cell of a type, the smallest size first
	typed bool           // it tells types apart
	whole bool           // it counts all types
}

// The places of a cooperative that is in no cell of a frame.
const (
	unplaced  = -1 // of the frame, but its type or size is not known
	uncounted = -2 // of a type that the frame does not count
)

// frame gives the frame of a country and year, nil where there is none.
func (n *population) frame(country string, year int) *countryFrame {
	if n == nil {
		return nil
	}
	f := &countryFrame{first: map[string]int{}}
	left := int64(0)
	for _, kind := range n.types[year] {
		if v, ok := f.add(n, country, kind, year); ok {
			left += v
		}
	}
	f.typed = len(f.first) > 0
	total, known := n.number(country, "", year)
	f.whole = known || len(f.first) == iloTypes
	switch {
	case !f.typed && !known:
		return nil
	case !f.typed:
		f.add(n, country, "", year)
	case known && len(f.first) < iloTypes && total > left:
		f.first[""] = len(f.cells)
		f.cells = append(f.cells, frameCell{known: total - left})
	}
	return f
}

// add adds the cells of a type, by size where that is known, and gives their sum.
func (f *countryFrame) add(n *population, country, kind string, year int) (sum int64, ok bool) {
	parts, sized := n.sizes(country, kind, year)
	if !sized {
		v, ok := n.number(country, kind, year)
		if !ok {
			return 0, false
		}
		f.first[kind] = len(f.cells)
		f.cells = append(f.cells, frameCell{kind: kind, known: v})
		return v, true
	}
	f.first[kind] = len(f.cells)
	for i, v := range parts {
		f.cells = append(f.cells, frameCell{kind: kind, size: int32(i + 1), known: v})
		sum += v
	}
	return sum, true
}

// place gives the cell of a cooperative of a type and size class, or unplaced or
// uncounted.
func (f *countryFrame) place(kind string, size int32) int {
	if !f.typed {
		kind = ""
	}
	at, ok := f.first[kind]
	if !ok && kind != Unknown {
		at, ok = f.first[""]
	}
	switch {
	case !ok && !f.whole:
		return uncounted
	case !ok:
		return unplaced
	case f.cells[at].size == 0:
		return at
	case size == 0:
		return unplaced
	}
	return at + int(size) - 1
}

// fullest is the place of the cell with the most cooperatives, the first of
// several.
func (f *countryFrame) fullest() int {
	at := 0
	for i, c := range f.cells {
		if c.known > f.cells[at].known {
			at = i
		}
	}
	return at
}
