package words

import (
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Args are the named values of a sentence. Count, if there, chooses the plural form.
type Args = map[string]any

// Year is a year, which is written without grouping ("2026", never "2,026").
type Year int

// Words says sentences in one language.
type Words struct {
	language  string
	book      *Book
	localizer *i18n.Localizer
	marks     marks
}

// Language is the code of the language these words are in, such as "fr".
func (w *Words) Language() string { return w.language }

// Has tells whether a key stands in this language or in English.
func (w *Words) Has(key string) bool {
	return w.book.keys[w.language][key] || w.book.keys["en"][key]
}

// Say returns the sentence of a key. Its values are given as Args, as one whole number (Count, which chooses the plural
// form) or as names and values in turn. Whole numbers are written as the language writes them, fractions with one
// decimal. A key that no language has comes back in brackets; the tests of this room find such keys in the code.
func (w *Words) Say(key string, args ...any) string {
	data := gather(args)
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: w.written(data)}
	if count, ok := data["Count"]; ok {
		config.PluralCount = pluralOf(count)
	}
	text, err := w.localizer.Localize(config)
	if text == "" && err != nil {
		return "[" + key + "]"
	}
	return strings.TrimRight(text, "\n")
}

// gather turns the arguments of Say into named values; a name without a value gets nothing.
func gather(args []any) Args {
	data := Args{}
	if len(args) == 1 {
		switch only := args[0].(type) {
		case Args:
			return only
		default:
			data["Count"] = only
			return data
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return data
}

// written turns the numbers among the values into text of the language.
func (w *Words) written(data Args) Args {
	out := make(Args, len(data))
	for name, value := range data {
		switch value := value.(type) {
		case int:
			out[name] = w.Integer(int64(value))
		case int64:
			out[name] = w.Integer(value)
		case float64:
			out[name] = w.Number(value, 1)
		case Year:
			out[name] = fmt.Sprint(int(value))
		default:
			out[name] = value
		}
	}
	return out
}

// pluralOf returns what go-i18n takes as a count: whole numbers, or text of a fraction.
func pluralOf(count any) any {
	switch count := count.(type) {
	case int, int64, int32, int8, int16:
		return count
	case Year:
		return int(count)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", count), ".0")
	}
	return nil
}
