package codes

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// change is a currency that came or went since 2000. Accounts of those years keep the currency they were kept in.
type change struct {
	code, decimals, first, last, successor, name string
	countries                                    []string
}

// readCSV reads one of our own lists and checks its header.
func (l *Lists) readCSV(path string, header ...string) ([][]string, error) {
	data, err := fs.ReadFile(l.files, path)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = len(header)
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != strings.Join(header, ",") {
		return nil, fmt.Errorf("%s: the first row must be %s", path, strings.Join(header, ","))
	}
	return rows[1:], nil
}

func (l *Lists) readChanges() ([]change, error) {
	const path = "codes/currency-changes.csv"
	rows, err := l.readCSV(path, "code", "decimals", "first_year", "last_year", "countries", "successor", "en")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := make([]change, 0, len(rows))
	for _, r := range rows {
		out = append(out, change{code: r[0], decimals: r[1], first: r[2], last: r[3], countries: strings.Fields(r[4]), successor: r[5], name: r[6]})
	}
	return out, nil
}

// apply adds the currencies that ISO's list of active ones leaves out, and moves countries on to a successor that the
// list does not know yet.
func (c *currencies) apply(changes []change, table map[string]*Code, users map[string][]string) {
	for _, ch := range changes {
		if table[ch.code] == nil {
			table[ch.code] = &Code{Value: ch.code, Labels: map[string]string{"en": ch.name}, Attributes: map[string]string{"decimals": ch.decimals}}
		}
		attributes := table[ch.code].Attributes
		attributes["first_year"], attributes["last_year"] = ch.first, ch.last
		for _, country := range ch.countries {
			users[country] = appendNew(users[country], ch.code)
			if ch.last != "" && c.present[country] == ch.code {
				c.present[country] = ch.successor
				users[country] = appendNew(users[country], ch.successor)
			}
		}
	}
}

func appendNew(list []string, value string) []string {
	for _, have := range list {
		if have == value {
			return list
		}
	}
	return append(list, value)
}
