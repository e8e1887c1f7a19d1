package xlsform

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"

	"coopatlas/data/form"
)

// WriteList writes the rows of a code list or a register as the .csv that phones read beside a questionnaire: the
// columns name and label (in a language, or in English), then label_fr and so on for the other languages that have
// words, then the attributes by name.
func WriteList(w io.Writer, choices []form.Choice, language string) error {
	languages, attributes := map[string]bool{}, map[string]bool{}
	for _, c := range choices {
		for code := range c.Label {
			languages[code] = true
		}
		for name := range c.Attributes {
			attributes[name] = true
		}
	}
	delete(languages, language)
	header := []string{"name", "label"}
	others := slices.Sorted(maps.Keys(languages))
	for _, code := range others {
		header = append(header, "label_"+code)
	}
	for _, taken := range header {
		delete(attributes, taken)
	}
	columns := slices.Sorted(maps.Keys(attributes))
	out := csv.NewWriter(w)
	rows := [][]string{append(header, columns...)}
	for _, c := range choices {
		row := []string{c.Name, c.Label.In(language, "en")}
		for _, code := range others {
			row = append(row, c.Label[code])
		}
		for _, name := range columns {
			row = append(row, c.Attributes[name])
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing a list: %w", err)
	}
	return nil
}
