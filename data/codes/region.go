package codes

// area is a country or a group of countries of the United Nations' M49.
type area struct {
	name, region, subregion string
}

// The types of areas in the file of M49.
const (
	worldType  = 0
	regionType = 1
)

// readRegions returns the areas of M49 by their three digits, each with the region and the subregion it lies in. The
// subregion is the one just below the region ("Southern Europe", "Sub-Saharan Africa").
func (l *Lists) readRegions() (map[string]area, error) {
	var file []struct {
		Type               int
		Name, Code, Parent string
	}
	if err := l.readJSON("vendor/regions/m49.json", &file); err != nil {
		return nil, err
	}
	parent, kind, name := map[string]string{}, map[string]int{}, map[string]string{}
	for _, a := range file {
		parent[a.Code], kind[a.Code], name[a.Code] = a.Parent, a.Type, a.Name
	}
	out := make(map[string]area, len(file))
	for code := range name {
		a := area{name: name[code]}
		below := ""
		for at, steps := code, 0; at != "" && kind[at] != worldType && steps < len(file); at, steps = parent[at], steps+1 {
			if kind[at] == regionType {
				a.region, a.subregion = name[at], name[below]
				break
			}
			below = at
		}
		out[code] = a
	}
	return out, nil
}
