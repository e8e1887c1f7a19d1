package trend

import (
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// DataLine says what figures were made of: a release by its title, or the data up to a time, and the first ten digits
// of the frame's hash.
func DataLine(say *words.Words, release, frame string, newest time.Time) string {
	frame = frame[:min(10, len(frame))]
	if release != "" {
		return say.Say("figures.release_line", words.Args{"Title": release, "Frame": frame})
	}
	return say.Say("bulletin.data_line", words.Args{"Time": say.Time(newest), "Frame": frame})
}

// Money says in which money converted amounts are given, such as "EUR, prices and rates of 2015".
func Money(say *words.Words, used *indicator.MoneyUsed) string {
	return say.Say("figures."+string(used.Kind), words.Args{"Year": words.Year(used.Base)})
}

// Rates says with which rates amounts were converted, and whose were left out; nothing for national currency.
func Rates(say *words.Words, used *indicator.MoneyUsed) string {
	if used == nil {
		return ""
	}
	text := say.Say("figures.rates", words.Args{"Unit": Money(say, used), "Source": used.Source, "Vintage": used.Vintage})
	if len(used.Excluded) > 0 {
		text += " " + say.Say("figures.excluded", words.Args{"Countries": say.List(used.Excluded)})
	}
	return text
}

// MoneyNotes are the lines that a result in converted money must carry.
func MoneyNotes(say *words.Words, result *indicator.Result) []string {
	if result.Money == nil {
		return nil
	}
	out := []string{Rates(say, result.Money)}
	for _, note := range result.Notes {
		if text := MoneyNote(say, note); text != "" {
			out = append(out, strings.ReplaceAll(text, "**", ""))
		}
	}
	return out
}

// MoneyNote says how many records have no rate or a fiscal year of their own; nothing for other notes.
func MoneyNote(say *words.Words, note indicator.Note) string {
	args := words.Args{"Count": note.Count, "Of": note.Of}
	switch {
	case note.Count == 0:
	case note.Key == indicator.NoteNoRate:
		return say.Say("figures.no_rate", args)
	case note.Key == indicator.NoteFiscalYears:
		return say.Say("figures.fiscal_years", args)
	}
	return ""
}
