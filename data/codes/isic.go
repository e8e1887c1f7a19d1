package codes

import (
	"strconv"
	"strings"
)

// MacroSector is one of the four parts of the economy that briefs compare.
type MacroSector string

// The macro-sectors, by their stored code.
const (
	Primary      MacroSector = "primary"
	Industry     MacroSector = "industry"
	Construction MacroSector = "construction"
	Services     MacroSector = "services"
)

// MacroSectorOf returns the macro-sector of a section of ISIC Rev.4: A is primary, B to E industry, F construction, G to
// U services; empty for anything else.
func MacroSectorOf(section string) MacroSector {
	if len(section) != 1 {
		return ""
	}
	switch s := section[0]; {
	case s == 'A':
		return Primary
	case s >= 'B' && s <= 'E':
		return Industry
	case s == 'F':
		return Construction
	case s >= 'G' && s <= 'U':
		return Services
	}
	return ""
}

// MacroSector returns the macro-sector of a section of ISIC Rev.4; it is MacroSectorOf for those who hold Lists.
func (l *Lists) MacroSector(section string) MacroSector { return MacroSectorOf(section) }

// lastDivisions are the highest divisions of the sections of ISIC Rev.4, from A to U.
var lastDivisions = [...]int{3, 9, 33, 35, 39, 43, 47, 53, 56, 63, 66, 68, 75, 82, 84, 85, 88, 93, 96, 98, 99}

// unusedDivisions are the numbers below 100 that ISIC Rev.4 gives to no division.
var unusedDivisions = map[int]bool{4: true, 34: true, 40: true, 44: true, 48: true, 54: true, 57: true, 67: true, 76: true, 83: true, 89: true}

// SectionOf returns the section (A to U) of a code of ISIC Rev.4: a section itself, a division, group or class ("10",
// "107", "1071", "10.71"), also behind its section's letter ("C10"). It is empty for a text that is no such code.
func SectionOf(isic string) string {
	code := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(isic), ".", ""))
	letter := ""
	if code != "" && code[0] >= 'A' && code[0] <= 'U' {
		letter, code = code[:1], code[1:]
		if code == "" {
			return letter
		}
	}
	section := sectionOfDigits(code)
	if letter != "" && letter != section {
		return ""
	}
	return section
}

// SectionOf returns the section of a code of ISIC Rev.4; it is the function SectionOf for those who hold Lists.
func (l *Lists) SectionOf(isic string) string { return SectionOf(isic) }

func sectionOfDigits(code string) string {
	if len(code) < 2 || len(code) > 4 || strings.Trim(code, "0123456789") != "" {
		return ""
	}
	division, err := strconv.Atoi(code[:2])
	if err != nil || division == 0 || unusedDivisions[division] {
		return ""
	}
	for i, last := range lastDivisions {
		if division <= last {
			return string(rune('A' + i))
		}
	}
	return ""
}

// isicLanguages are the languages of our list of ISIC Rev.4.
var isicLanguages = [...]string{"en", "fr", "es", "it", "pt"}

// readISIC reads our own list: sections and divisions with their titles, and below each division its groups and classes,
// which go by their number alone: with its title they would stand in the way of the division whenever it is looked for.
func (l *Lists) readISIC() (*List, error) {
	rows, err := l.readCSV("codes/isic4.csv", append([]string{"code", "level", "section"}, isicLanguages[:]...)...)
	if err != nil {
		return nil, err
	}
	codes := make([]Code, 0, len(rows))
	for _, r := range rows {
		labels := map[string]string{}
		switch level := r[1]; level {
		case "group", "class":
			labels["en"] = r[0]
		default:
			for i, language := range isicLanguages {
				labels[language] = r[3+i]
			}
		}
		codes = append(codes, Code{Value: r[0], Labels: labels,
			Attributes: map[string]string{"level": r[1], "section": r[2], "macro_sector": string(MacroSectorOf(r[2]))}})
	}
	return newList(ISICList, "ISIC Rev.4", codes), nil
}

// readISIC5 reads the sections of ISIC Rev.5, a list of its own: the letters do not mean what they mean in Rev.4.
func (l *Lists) readISIC5() (*List, error) {
	rows, err := l.readCSV("codes/isic5.csv", "code", "level", "en")
	if err != nil {
		return nil, err
	}
	codes := make([]Code, 0, len(rows))
	for _, r := range rows {
		codes = append(codes, Code{Value: r[0], Labels: map[string]string{"en": r[2]}, Attributes: map[string]string{"level": r[1]}})
	}
	return newList(ISIC5List, "ISIC Rev.5", codes), nil
}
