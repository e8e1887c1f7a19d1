package interview

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldedLatin is what the runes of Latin scripts become when accents and capitals do not matter: small letters and
// digits, a space for what stands between words, and nothing for marks.
var foldedLatin = foldTable()

func foldTable() [0x250]string {
	var table [0x250]string
	for r := range table {
		table[r] = foldRune(rune(r))
	}
	return table
}

// foldRune folds one rune through its compatibility decomposition.
func foldRune(r rune) string {
	folded := ""
	for _, part := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.IsLetter(part), unicode.IsDigit(part):
			folded += string(unicode.ToLower(part))
		case !unicode.Is(unicode.Mn, part):
			folded += " "
		}
	}
	return folded
}

// fold writes a text without accents and capitals, its words apart by one space.
func fold(text string) string {
	out := make([]byte, 0, len(text)+8)
	apart := false
	write := func(folded string) {
		if folded == " " {
			apart = true
			return
		}
		if apart && len(out) > 0 {
			out = append(out, ' ')
		}
		apart = false
		out = append(out, folded...)
	}
	for i, r := range text {
		if int(r) < len(foldedLatin) {
			if folded := foldedLatin[r]; folded != "" {
				write(folded)
			}
			continue
		}
		size := utf8.RuneLen(r)
		switch decomposes := r != utf8.RuneError && norm.NFKD.PropertiesString(text[i:i+size]).Decomposition() != nil; {
		case decomposes:
			for _, word := range strings.SplitAfter(foldRune(r), " ") {
				write(strings.TrimSpace(word))
			}
		case unicode.IsLetter(r), unicode.IsDigit(r):
			write(string(unicode.ToLower(r)))
		case !unicode.Is(unicode.Mn, r):
			apart = true
		}
	}
	return string(out)
}
