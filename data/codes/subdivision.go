package codes

import (
	"slices"
	"strings"
)

// readSubdivisions reads ISO 3166-2 from CLDR, whose keys are without the hyphen and in lower case. Languages other
// than English name only a few: there the English name stands.
func (l *Lists) readSubdivisions() (*List, error) {
	byLanguage := map[string]map[string]string{}
	for _, lang := range languages {
		var file struct {
			Subdivisions struct {
				LocaleDisplayNames struct{ Subdivisions map[string]string }
			}
		}
		if err := l.readJSON("vendor/subdivisions/"+lang+".json", &file); err != nil {
			return nil, err
		}
		byLanguage[lang] = file.Subdivisions.LocaleDisplayNames.Subdivisions
	}
	codes := make([]Code, 0, len(byLanguage["en"]))
	for key := range byLanguage["en"] {
		if len(key) < 3 {
			continue
		}
		country := strings.ToUpper(key[:2])
		code := Code{Value: country + "-" + strings.ToUpper(key[2:]), Labels: map[string]string{}, Attributes: map[string]string{"country": country}}
		for lang, names := range byLanguage {
			if name := tidy(names[key]); name != "" {
				code.Labels[lang] = name
			}
		}
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b Code) int { return strings.Compare(a.Value, b.Value) })
	return newList(SubdivisionList, l.version("ISO 3166-2", "cldr-subdivisions-full"), codes), nil
}

// tidy takes off the superscript digits by which CLDR tells apart places of one name.
func tidy(name string) string {
	return strings.TrimRight(strings.TrimSpace(name), "¹²³⁴⁵⁶⁷⁸⁹")
}

// subdivisionCounts returns how many subdivisions each country has, so that a form asks for a region only where there
// is one.
func (l *Lists) subdivisionCounts() (map[string]int, error) {
	list, err := l.Load(SubdivisionList)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i := range list.Codes {
		out[list.Codes[i].Attributes["country"]]++
	}
	return out, nil
}
