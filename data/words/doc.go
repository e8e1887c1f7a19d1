// Package words holds every sentence that the programs say to people, in every language, and writes numbers, changes
// and dates as each language writes them. The sentences lie in assets/lang, one YAML file a language, keys grouped by
// the room that says them; plural forms are those of CLDR.
//
// It knows no room that speaks through it: no form, no indicator, no report. A message takes named values; whole
// numbers among them are written with the language's grouping, so that a sentence never formats by itself. Years are
// given as Year, which is not grouped.
//
// To add a sentence, add its key to every file in assets/lang (a test compares them) and say it with Words.Say. To add
// a language, add one file; the test names what it lacks.
package words
