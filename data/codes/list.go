package codes

// Code is one entry of a list.
type Code struct {
	Value      string            // what is stored: "IT", "IT-21", "EUR", "it", "C"
	Labels     map[string]string // what people read, by language code; English is always there
	Attributes map[string]string // further columns that choice filters and pulldata may read, such as "country"
}

// Label returns the code's name in a language, in English where that language has none, and else the code itself.
func (c *Code) Label(language string) string {
	for _, l := range []string{language, "en"} {
		if label := c.Labels[l]; label != "" {
			return label
		}
	}
	return c.Value
}

// List is one version of a classification. It is never changed after it was read and may be shared.
type List struct {
	Name    string // as questionnaires call it: "country.csv"
	Version string // of the classification and of the file it was read from
	Codes   []Code // in the order they are offered

	byValue map[string]int
}

// newList makes a list and its index; of two codes with the same value the first counts.
func newList(name, version string, codes []Code) *List {
	list := &List{Name: name, Version: version, Codes: codes, byValue: make(map[string]int, len(codes))}
	for i := range codes {
		if _, taken := list.byValue[codes[i].Value]; !taken {
			list.byValue[codes[i].Value] = i
		}
	}
	return list
}

// Code returns the entry of a value, written exactly as it is stored.
func (l *List) Code(value string) (*Code, bool) {
	i, ok := l.byValue[value]
	if !ok {
		return nil, false
	}
	return &l.Codes[i], true
}

// Where returns the entries whose attribute has a value, in the order of the list: the subdivisions of a country,
// the divisions of a section.
func (l *List) Where(attribute, value string) []*Code {
	var out []*Code
	for i := range l.Codes {
		if l.Codes[i].Attributes[attribute] == value {
			out = append(out, &l.Codes[i])
		}
	}
	return out
}
