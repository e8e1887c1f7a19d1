package codes

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// land is one country before its attributes are looked up.
type land struct {
	alpha2, alpha3, numeric string
	labels                  map[string]string
	region, subregion       string // of the United Nations' M49, by name
}

// names is what countries are found by.
type names struct {
	lands  []land
	byName map[string]string // folded name to alpha-2 code; "" where two countries share the name
}

// aliases are names and codes that registers use and no list gives: those of Eurostat, of ISO 4217 and of habit.
var aliases = map[string]string{
	"EL": "GR", "XKX": "XK", "Kosovo": "XK", "Hong Kong SAR": "HK", "Macau": "MO", "Macao SAR": "MO", "Swaziland": "SZ",
	"Burma": "MM", "Cape Verde": "CV", "East Timor": "TL", "Holy See": "VA", "Falkland Islands [Malvinas]": "FK",
	"Congo (the Democratic Republic of the)": "CD", "Korea (the Democratic People's Republic of)": "KP",
	"Tanzania, United Republic of": "TZ", "Virgin Islands (U.S.)": "VI", "Virgin Islands (British)": "VG", "Saint Helena, Ascension and Tristan da Cunha": "SH",
	"Ivory Coast": "CI", "Brasil": "BR", "Deutschland": "DE", "Österreich": "AT", "Suomi": "FI", "Sverige": "SE",
	"Polska": "PL", "Magyarország": "HU", "Česko": "CZ", "Nederland": "NL", "Danmark": "DK", "Norge": "NO",
	"Moldova": "MD", "Tanzania": "TZ", "Bolivia": "BO", "Venezuela": "VE", "Syria": "SY", "Laos": "LA", "Vietnam": "VN",
}

// outsideM49 are the codes of ISO 3166-1 and of common use that the United Nations' list leaves out, with the
// subregion their neighbours have; it is for grouping figures and says nothing about anybody's status.
var outsideM49 = map[string]string{"TW": "030", "XK": "039"}

// Country returns the ISO 3166-1 alpha-2 code of a country given by a code (two letters, three letters or digits) or by
// its name in English, French, Spanish, Italian or Portuguese, whatever its case, diacritics and punctuation. A name
// that two countries share ("Congo" in some languages) or that holds several countries is not found.
func (l *Lists) Country(text string) (string, bool) {
	names, err := l.names()
	if err != nil {
		return "", false
	}
	code := names.byName[Fold(text)]
	return code, code != ""
}

func (l *Lists) readCountries() (*List, error) {
	names, err := l.names()
	if err != nil {
		return nil, err
	}
	money, err := l.currencies()
	if err != nil {
		return nil, err
	}
	below, err := l.subdivisionCounts()
	if err != nil {
		return nil, err
	}
	codes := make([]Code, 0, len(names.lands))
	for _, c := range names.lands {
		codes = append(codes, Code{Value: c.alpha2, Labels: c.labels, Attributes: map[string]string{
			"alpha3": c.alpha3, "numeric": c.numeric, "region": c.region, "subregion": c.subregion,
			"currency": money.present[c.alpha2], "currencies": strings.Join(money.ever[c.alpha2], " "),
			"subdivisions": strconv.Itoa(below[c.alpha2]),
		}})
	}
	return newList(CountryList, l.version("ISO 3166-1", "i18n-iso-countries"), codes), nil
}

func (l *Lists) readNames() (*names, error) {
	var codes [][4]string
	if err := l.readJSON("vendor/countries/codes.json", &codes); err != nil {
		return nil, err
	}
	regions, err := l.readRegions()
	if err != nil {
		return nil, err
	}
	out := &names{byName: map[string]string{}}
	at := map[string]int{}
	for i, c := range codes {
		area := regions[c[2]]
		if sub := outsideM49[c[0]]; sub != "" {
			area = regions[sub]
			area.subregion = area.name
		}
		out.lands = append(out.lands, land{alpha2: c[0], alpha3: c[1], numeric: c[2], labels: map[string]string{},
			region: area.region, subregion: area.subregion})
		at[c[0]] = i
	}
	others, err := l.readLabels(out, at)
	if err != nil {
		return nil, err
	}
	out.index(others, regions)
	return out, nil
}

// readLabels gives every country its name in each language and returns the further names, by language.
func (l *Lists) readLabels(out *names, at map[string]int) (map[string][]string, error) {
	others := map[string][]string{}
	for _, lang := range languages {
		path := "vendor/countries/" + lang + ".json"
		var file struct{ Countries map[string]json.RawMessage }
		if err := l.readJSON(path, &file); err != nil {
			return nil, err
		}
		for code, raw := range file.Countries {
			all, err := oneOrMany(raw)
			i, known := at[code]
			if err != nil || !known || len(all) == 0 {
				return nil, fmt.Errorf("%s: the name of country %q cannot be read", path, code)
			}
			out.lands[i].labels[lang] = all[0]
			others[code] = append(others[code], all[1:]...)
		}
	}
	return others, nil
}

// oneOrMany reads a JSON text or list of texts.
func oneOrMany(raw json.RawMessage) ([]string, error) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}, nil
	}
	var many []string
	err := json.Unmarshal(raw, &many)
	return many, err
}

// index fills byName in rounds: what an earlier round found, a later one does not disturb; what two countries claim
// in one round belongs to neither.
func (n *names) index(others map[string][]string, regions map[string]area) {
	n.round(func(c *land) []string { return []string{c.alpha2, c.alpha3, c.numeric} })
	n.round(func(c *land) []string { return values(c.labels) })
	n.round(func(c *land) []string { return append(clone(others[c.alpha2]), regions[c.numeric].name) })
	n.round(func(c *land) []string { return displayNames(c.alpha2) })
	n.round(func(c *land) []string {
		var own []string
		for name, code := range aliases {
			if code == c.alpha2 {
				own = append(own, name)
			}
		}
		return own
	})
}

func (n *names) round(namesOf func(*land) []string) {
	found := map[string]string{}
	for i := range n.lands {
		c := &n.lands[i]
		for _, name := range namesOf(c) {
			key := Fold(name)
			if before, taken := found[key]; taken && before != c.alpha2 {
				found[key] = ""
			} else if key != "" {
				found[key] = c.alpha2
			}
		}
	}
	for key, code := range found {
		if n.byName[key] == "" {
			n.byName[key] = code
		}
	}
}

// displayNames are a country's names in CLDR, which are shorter than those of ISO.
func displayNames(alpha2 string) []string {
	region, err := language.ParseRegion(alpha2)
	if err != nil {
		return nil
	}
	var out []string
	for _, lang := range languages {
		if namer := display.Regions(language.Make(lang)); namer != nil {
			out = append(out, namer.Name(region))
		}
	}
	return out
}

func values(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

func clone(s []string) []string { return append([]string(nil), s...) }
