package codes

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are the Latin letters that do not fall apart into a letter and a mark.
var letters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "&", " and ")

// noise are words that one register writes and another leaves out.
var noise = map[string]bool{"the": true}

// Fold brings a name to the form under which names are compared: lower case, without diacritics, punctuation or the
// article "the", "&" as "and", "st" as "saint", words parted by one space. "Côte d’Ivoire" and "COTE D'IVOIRE" fold
// alike.
func Fold(name string) string {
	name = letters.Replace(strings.ToLower(norm.NFKD.String(name)))
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Mn, r), r == '.':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	kept := words[:0]
	for _, w := range words {
		if w == "st" {
			w = "saint"
		}
		if !noise[w] {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
