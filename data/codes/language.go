package codes

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// notLanguages are codes of ISO 639 that name no language.
var notLanguages = map[string]bool{"mul": true, "und": true, "zxx": true, "mis": true, "root": true}

// readLanguages lists the languages that CLDR names in English: by their code of two letters (ISO 639-1) where they have
// one, else of three (ISO 639-3), in the order of their English names.
func (l *Lists) readLanguages() (*List, error) {
	namers := map[string]display.Namer{}
	for _, lang := range languages {
		namers[lang] = display.Languages(language.Make(lang))
	}
	var codes []Code
	for _, text := range shortCodes() {
		base, err := language.ParseBase(text)
		if err != nil || base.String() != text || notLanguages[text] || namers["en"].Name(base) == "" {
			continue
		}
		code := Code{Value: text, Labels: map[string]string{}, Attributes: map[string]string{"iso639_3": base.ISO3()}}
		for lang, namer := range namers {
			if name := namer.Name(base); name != "" {
				code.Labels[lang] = name
			}
		}
		codes = append(codes, code)
	}
	slices.SortStableFunc(codes, func(a, b Code) int { return strings.Compare(Fold(a.Labels["en"]), Fold(b.Labels["en"])) })
	return newList(LanguageList, "ISO 639, CLDR "+display.CLDRVersion, codes), nil
}

// shortCodes returns every text of two and of three letters.
func shortCodes() []string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz"
	out := make([]string, 0, 26*26+26*26*26)
	for i := range alphabet {
		for j := range alphabet {
			two := alphabet[i:i+1] + alphabet[j:j+1]
			out = append(out, two)
			for k := range alphabet {
				out = append(out, two+alphabet[k:k+1])
			}
		}
	}
	return out
}
