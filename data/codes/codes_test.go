package codes

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"coopatlas/assets"
)

func open(t testing.TB) *Lists {
	t.Helper()
	lists, err := Open(assets.FS())
	if errors.Is(err, assets.ErrNotBuilt) {
		t.Skip("assets/vendor is empty: run `make assets`")
	}
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

func load(t testing.TB, name string) *List {
	t.Helper()
	list, err := open(t).Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestListsAreWhole(t *testing.T) {
	for _, c := range []struct {
		name, version   string
		atLeast, atMost int
	}{
		{"country.csv", "ISO 3166-1", 249, 251},
		{"subdivision.csv", "ISO 3166-2", 4500, 6000},
		{"currency.csv", "ISO 4217", 170, 230},
		{"language.csv", "ISO 639", 500, 900},
		{"isic4.csv", "ISIC Rev.4", 21 + 88 + 238 + 419, 21 + 88 + 238 + 419},
		{"isic5.csv", "ISIC Rev.5", 22, 22},
	} {
		list, ok := open(t).List(c.name)
		if !ok {
			t.Fatalf("%s is missing", c.name)
		}
		if list.Name != c.name || !strings.HasPrefix(list.Version, c.version) {
			t.Errorf("%s is named %q, version %q", c.name, list.Name, list.Version)
		}
		if n := len(list.Codes); n < c.atLeast || n > c.atMost {
			t.Errorf("%s has %d codes", c.name, n)
		}
		seen := map[string]bool{}
		for _, code := range list.Codes {
			if code.Value == "" || seen[code.Value] || code.Labels["en"] == "" {
				t.Errorf("%s: code %q stands twice or has no English name", c.name, code.Value)
			}
			seen[code.Value] = true
		}
	}
}

func TestLabelsAndAttributes(t *testing.T) {
	for _, c := range []struct{ list, code, what, want string }{
		{CountryList, "IT", "fr", "Italie"},
		{CountryList, "DE", "es", "Alemania"},
		{CountryList, "GB", "it", "Regno Unito"},
		{CountryList, "IT", "region", "Europe"},
		{CountryList, "IT", "subregion", "Southern Europe"},
		{CountryList, "BR", "region", "Americas"},
		{CountryList, "BR", "subregion", "Latin America and the Caribbean"},
		{CountryList, "KE", "subregion", "Sub-Saharan Africa"},
		{CountryList, "TW", "region", "Asia"},
		{CountryList, "XK", "subregion", "Southern Europe"},
		{CountryList, "IT", "alpha3", "ITA"},
		{CountryList, "IT", "numeric", "380"},
		{CountryList, "IT", "currency", "EUR"},
		{CountryList, "IT", "currencies", "EUR ITL"},
		{CountryList, "BG", "currencies", "EUR BGN"},
		{CountryList, "PR", "subdivisions", "0"},
		{SubdivisionList, "IT-AA", "country", ""},
		{SubdivisionList, "IT-21", "country", "IT"},
		{SubdivisionList, "IT-21", "en", "Piedmont"},
		{SubdivisionList, "GB-SCT", "fr", "Écosse"},
		{SubdivisionList, "FR-IDF", "en", "Île-de-France"},
		{CurrencyList, "EUR", "decimals", "2"},
		{CurrencyList, "JPY", "decimals", "0"},
		{CurrencyList, "KWD", "decimals", "3"},
		{CurrencyList, "GBP", "en", "Pound Sterling"},
		{CurrencyList, "ITL", "last_year", "2001"},
		{CurrencyList, "XAU", "en", ""},
		{LanguageList, "it", "fr", "italien"},
		{LanguageList, "it", "es", "italiano"},
		{LanguageList, "it", "iso639_3", "ita"},
		{LanguageList, "ast", "en", "Asturian"},
		{ISICList, "C", "fr", "Activités de fabrication"},
		{ISICList, "C", "es", "Industrias manufactureras"},
		{ISICList, "10", "section", "C"},
		{ISICList, "10", "level", "division"},
		{ISICList, "C", "level", "section"},
		{ISICList, "41", "macro_sector", "construction"},
		{ISICList, "10", "it", "Industrie alimentari"},
		{ISICList, "47", "pt", "Comércio a retalho, exceto de veículos automóveis e motociclos"},
		{ISICList, "1071", "section", "C"},
		{ISICList, "1071", "level", "class"},
		{ISICList, "107", "level", "group"},
		{ISICList, "1071", "en", "1071"},
		{ISICList, "0111", "macro_sector", "primary"},
		{ISIC5List, "J", "en", "Publishing, broadcasting, and content production and distribution activities"},
		{ISIC5List, "V", "level", "section"},
	} {
		got := ""
		if code, ok := load(t, c.list).Code(c.code); ok {
			got = code.Attributes[c.what] + code.Labels[c.what]
		}
		if got != c.want {
			t.Errorf("%s %s %s is %q, want %q", c.list, c.code, c.what, got, c.want)
		}
	}
}

func TestLabelFallsBackOnEnglishThenOnTheCode(t *testing.T) {
	code := Code{Value: "IT-21", Labels: map[string]string{"en": "Piedmont"}}
	if got := code.Label("fr"); got != "Piedmont" {
		t.Errorf("got %q", got)
	}
	if got := (&Code{Value: "X"}).Label("fr"); got != "X" {
		t.Errorf("got %q", got)
	}
}

func TestCountryByCodeAndName(t *testing.T) {
	lists := open(t)
	for text, want := range map[string]string{
		"IT": "IT", "it": "IT", "ITA": "IT", "380": "IT", "Italy": "IT", "Italie": "IT", "ITALIA": "IT", " italia ": "IT",
		"UK": "GB", "U.K.": "GB", "United Kingdom of Great Britain and Northern Ireland": "GB", "EL": "GR",
		"Côte d’Ivoire": "CI", "COTE D'IVOIRE": "CI", "Ivory Coast": "CI", "Costa de Marfil": "CI",
		"USA": "US", "the United States": "US", "Estados Unidos": "US", "Etats-Unis": "US",
		"South Korea": "KR", "Corée du Sud": "KR", "KOREA (THE REPUBLIC OF)": "KR",
		"Bolivia (Plurinational State of)": "BO", "Czechia": "CZ", "Türkiye": "TR", "Turkey": "TR", "Viet Nam": "VN",
		"St Lucia": "LC", "Bosnia & Herzegovina": "BA", "Österreich": "AT", "Deutschland": "DE", "Réunion": "RE",
		"Niger": "NE", "Nigeria": "NG", "Guinea": "GN", "Guinea-Bissau": "GW", "Kosovo": "XK", "Palestine": "PS",
		"": "", "Atlantis": "", "USA / Nicaragua / Germany": "", "ZZ": "",
	} {
		got, ok := lists.Country(text)
		if got != want || ok != (want != "") {
			t.Errorf("Country(%q) is %q, %v; want %q", text, got, ok, want)
		}
	}
}

func TestEveryCountryIsFoundByEachOfItsNames(t *testing.T) {
	lists, shared := open(t), map[string]int{}
	list := load(t, CountryList)
	for _, c := range list.Codes {
		for _, name := range c.Labels {
			if got, _ := lists.Country(name); got != c.Value {
				shared[c.Value]++
				t.Logf("%s: %q gives %q", c.Value, name, got)
			}
		}
	}
	if len(shared) > 4 { // the two Congos, and names that one language gives to two lands
		t.Errorf("%d countries share a name with another", len(shared))
	}
}

func TestCurrencyOf(t *testing.T) {
	lists := open(t)
	for country, want := range map[string]string{
		"IT": "EUR", "HR": "EUR", "BG": "EUR", "GB": "GBP", "CH": "CHF", "US": "USD", "JP": "JPY", "PA": "PAB", "LS": "LSL",
		"SV": "USD", "EC": "USD", "BT": "BTN", "CU": "CUP", "UY": "UYU", "CL": "CLP", "MX": "MXN", "CO": "COP", "BO": "BOB",
		"VE": "VES", "CW": "XCG", "XK": "EUR", "PS": "ILS", "SN": "XOF", "KR": "KRW", "TW": "TWD", "AQ": "", "ZZ": "",
	} {
		if got := lists.CurrencyOf(country); got != want {
			t.Errorf("CurrencyOf(%s) is %q, want %q", country, got, want)
		}
	}
}

func TestEveryCurrencyThatACountryUsesIsInTheList(t *testing.T) {
	money := load(t, CurrencyList)
	for _, c := range load(t, CountryList).Codes {
		if c.Attributes["currency"] == "" && c.Value != "AQ" && c.Value != "GS" {
			t.Errorf("%s (%s) has no currency", c.Value, c.Labels["en"])
		}
		for _, code := range strings.Fields(c.Attributes["currencies"]) {
			if _, ok := money.Code(code); !ok {
				t.Errorf("%s uses %s, which is not in the list", c.Value, code)
			}
		}
	}
}

func TestSectionOf(t *testing.T) {
	for isic, want := range map[string]string{
		"A": "A", "01": "A", "03": "A", "05": "B", "10": "C", "1071": "C", "10.71": "C", "C10": "C", "c": "C", "33": "C",
		"35": "D", "36": "E", "41": "F", "45": "G", "62": "J", "84": "O", "88": "Q", "99": "U", "U": "U",
		"": "", "0": "", "00": "", "04": "", "34": "", "89": "", "V": "", "A10": "", "10711": "", "x": "", "-1": "",
	} {
		if got := SectionOf(isic); got != want {
			t.Errorf("SectionOf(%q) is %q, want %q", isic, got, want)
		}
	}
}

func TestMacroSector(t *testing.T) {
	want := map[MacroSector]string{Primary: "A", Industry: "BCDE", Construction: "F", Services: "GHIJKLMNOPQRSTU"}
	for sector, sections := range want {
		for _, section := range strings.Split(sections, "") {
			if got := MacroSectorOf(section); got != sector {
				t.Errorf("MacroSectorOf(%s) is %q, want %q", section, got, sector)
			}
		}
	}
	for _, none := range []string{"", "V", "a", "AB", "1"} {
		if got := MacroSectorOf(none); got != "" {
			t.Errorf("MacroSectorOf(%q) is %q, want nothing", none, got)
		}
	}
}

func TestSectionOfAgreesWithTheList(t *testing.T) {
	lists := open(t)
	for _, c := range load(t, ISICList).Codes {
		if got := lists.SectionOf(c.Value); got != c.Attributes["section"] {
			t.Errorf("SectionOf(%s) is %q, the list says %q", c.Value, got, c.Attributes["section"])
		}
		if lists.MacroSector(c.Attributes["section"]) == "" {
			t.Errorf("%s has no macro-sector", c.Value)
		}
	}
}

// corrected are labels in which the copy we compare with has a slip.
var corrected = map[string]string{
	"Q fr":  "Santé et activités d'action sociale",
	"10 fr": "Fabrication de produits alimentaires",
}

func TestISICAgreesWithTheNomenclature(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "isic-rev4-en-fr-es.csv"))
	if err != nil {
		t.Skip("the shared nomenclature is not here")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := load(t, ISICList)
	titled := 0
	for _, code := range list.Codes {
		if len(code.Value) < 3 {
			titled++
		}
	}
	if len(rows)-1 != titled {
		t.Errorf("%d sections and divisions, the nomenclature has %d", titled, len(rows)-1)
	}
	for _, row := range rows[1:] {
		code, ok := list.Code(row[0])
		if !ok {
			t.Errorf("%s is missing", row[0])
			continue
		}
		for i, lang := range []string{"en", "fr", "es"} {
			want := row[3+i]
			if better := corrected[row[0]+" "+lang]; better != "" {
				want = better
			}
			if got := strings.ReplaceAll(code.Labels[lang], "’", "'"); got != want {
				t.Errorf("%s %s is %q, want %q", row[0], lang, got, want)
			}
		}
	}
}

func TestISICHangsTogether(t *testing.T) {
	list := load(t, ISICList)
	levels := map[string]int{}
	for _, code := range list.Codes {
		level := code.Attributes["level"]
		levels[level]++
		if got := SectionOf(code.Value); got != code.Attributes["section"] {
			t.Errorf("%s stands in section %s and belongs to %s", code.Value, code.Attributes["section"], got)
		}
		if above := code.Value[:max(1, len(code.Value)-1)]; level == "group" || level == "class" {
			if _, ok := list.Code(above); !ok {
				t.Errorf("%s has nothing above it", code.Value)
			}
		}
		for _, language := range isicLanguages {
			if titled := level == "section" || level == "division"; titled && code.Labels[language] == "" {
				t.Errorf("%s has no title in %s", code.Value, language)
			}
		}
	}
	for level, want := range map[string]int{"section": 21, "division": 88, "group": 238, "class": 419} {
		if levels[level] != want {
			t.Errorf("%d of level %s, want %d", levels[level], level, want)
		}
	}
}

func TestWhere(t *testing.T) {
	regions := load(t, SubdivisionList).Where("country", "IT")
	if len(regions) < 100 {
		t.Errorf("Italy has %d subdivisions", len(regions))
	}
	if got := load(t, SubdivisionList).Where("country", "ZZ"); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestFold(t *testing.T) {
	for name, want := range map[string]string{
		"Côte d’Ivoire": "cote d ivoire", "São Tomé & Príncipe": "sao tome and principe", "U.S.A.": "usa", "The Gambia": "gambia",
		"Łódź": "lodz", "Ærø": "aero", "Straße": "strasse", "Ελλάδα": "ελλαδα", "Россия": "россия", "": "",
	} {
		if got := Fold(name); got != want {
			t.Errorf("Fold(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "name"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds again to %q", once, twice)
		}
	})
}

func TestSeveralMayReadAtOnce(t *testing.T) {
	lists := open(t)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, name := range []string{CountryList, CurrencyList, SubdivisionList, LanguageList, ISICList} {
				if _, err := lists.Load(name); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

func TestMissingFilesAreTold(t *testing.T) {
	if _, err := Open(fstest.MapFS{}); !errors.Is(err, assets.ErrNotBuilt) {
		t.Errorf("got %v", err)
	}
	lists, err := Open(fstest.MapFS{"vendor/versions.json": {Data: []byte("{}")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lists.Load(CountryList); !errors.Is(err, assets.ErrNotBuilt) {
		t.Errorf("got %v", err)
	}
	if _, err := lists.Load("species.csv"); !errors.Is(err, ErrUnknownList) {
		t.Errorf("got %v", err)
	}
	if _, ok := lists.List("species.csv"); ok {
		t.Error("a list that is not there was found")
	}
	if code, ok := lists.Country("IT"); ok {
		t.Errorf("found %q without a list", code)
	}
	if got := lists.CurrencyOf("IT"); got != "" {
		t.Errorf("found %q without a list", got)
	}
}

func TestBrokenFilesAreNamed(t *testing.T) {
	for path, broken := range map[string]string{
		"vendor/countries/codes.json": "[", "vendor/countries/en.json": `{"countries":{"IT":7}}`, "vendor/regions/m49.json": "no",
		"vendor/currencies/iso-4217.xml": "<ISO_4217><CcyTbl>", "codes/currency-changes.csv": "a,b\n1,2\n",
	} {
		files := copied(t, "vendor/versions.json", "vendor/countries/codes.json", "vendor/countries/en.json", "vendor/countries/fr.json",
			"vendor/countries/es.json", "vendor/countries/it.json", "vendor/countries/pt.json", "vendor/regions/m49.json",
			"vendor/currencies/iso-4217.xml", "codes/currency-changes.csv", "vendor/subdivisions/en.json", "vendor/subdivisions/fr.json",
			"vendor/subdivisions/es.json", "vendor/subdivisions/it.json", "vendor/subdivisions/pt.json")
		files[path] = &fstest.MapFile{Data: []byte(broken)}
		lists, err := Open(files)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lists.Load(CountryList); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

func copied(t *testing.T, paths ...string) fstest.MapFS {
	t.Helper()
	open(t)
	out := fstest.MapFS{}
	for _, path := range paths {
		data, err := fs.ReadFile(assets.FS(), path)
		if err != nil {
			t.Fatal(err)
		}
		out[path] = &fstest.MapFile{Data: data}
	}
	return out
}

func FuzzCountry(f *testing.F) {
	lists := open(f)
	for _, seed := range []string{"IT", "Côte d’Ivoire", "\xff\xfe", "380", "a/b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, ok := lists.Country(text)
		if ok != (code != "") || ok && len(code) != 2 {
			t.Errorf("Country(%q) is %q, %v", text, code, ok)
		}
	})
}

func FuzzSectionOf(f *testing.F) {
	for _, seed := range []string{"A", "1071", "C10", "\xff", "é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s := SectionOf(text); s != "" && MacroSectorOf(s) == "" {
			t.Errorf("SectionOf(%q) is %q", text, s)
		}
	})
}

func FuzzCurrencies(f *testing.F) {
	f.Add([]byte(`<ISO_4217 Pblshd="2024"><CcyTbl><CcyNtry><CtryNm>ITALY</CtryNm><CcyNm>Euro</CcyNm><Ccy>EUR</Ccy></CcyNtry></CcyTbl></ISO_4217>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := fstest.MapFS{"vendor/versions.json": {Data: []byte("{}")}, "vendor/countries/codes.json": {Data: []byte(`[["IT","ITA","380",""]]`)},
			"vendor/regions/m49.json": {Data: []byte("[]")}, "vendor/currencies/iso-4217.xml": {Data: data}}
		for _, lang := range languages {
			files["vendor/countries/"+lang+".json"] = &fstest.MapFile{Data: []byte(`{"countries":{"IT":"Italy"}}`)}
		}
		lists, err := Open(files)
		if err != nil {
			t.Fatal(err)
		}
		lists.List(CurrencyList)
	})
}
