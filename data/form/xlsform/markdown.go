package xlsform

import (
	"strings"
	"unicode/utf8"

	"coopatlas/data/form"
)

// Markdown reads XLSForm tables from Markdown: a row whose first cell names the sheet ("| survey | | |"), a header row
// and the rows, both with an empty first cell. Lines that are no table rows are passed over; a bar inside a cell is
// written \|, a line break &#10;. Rows are numbered as the lines of the file.
func Markdown(name, text string) form.Source {
	if utf8.ValidString(text) {
		return assemble(name, markdownTables(text))
	}
	source := assemble(name, markdownTables(strings.ToValidUTF8(text, "\ufffd")))
	row := 1
	for line := range strings.Lines(text) {
		if !utf8.ValidString(line) {
			break
		}
		row++
	}
	source.Problems = append(source.Problems, form.Problem{Severity: form.Error, Sheet: "file", Row: row,
		Message: "the line is not in UTF-8; save the file again as UTF-8"})
	return source
}

func markdownTables(text string) []table {
	var tables []table
	for i, raw := range strings.Split(text, "\n") {
		cells, ok := markdownRow(raw)
		if !ok {
			continue
		}
		if sheet := trim(cells[0]); sheet != "" {
			tables = append(tables, table{name: sheet})
		}
		if len(tables) == 0 {
			continue
		}
		if row := (line{number: i + 1, cells: cells[1:]}); !row.blank() {
			last := &tables[len(tables)-1]
			last.rows = append(last.rows, row)
		}
	}
	return tables
}

// markdownRow splits a table row into its cells; ok is false for other lines and for the rule under a header.
func markdownRow(raw string) (cells []string, ok bool) {
	raw = strings.TrimSpace(raw)
	if len(raw) < 2 || raw[0] != '|' || strings.Trim(raw, "|-: ") == "" && strings.Contains(raw, "-") {
		return nil, false
	}
	raw = raw[1:]
	begun, from := "", 0 // of the cell, what comes before its last bar that is a sign, and where the rest begins
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && raw[i+1] == '|':
			begun, from = begun+raw[from:i]+"|", i+2
			i++
		case raw[i] == '|':
			cells = append(cells, cellReader.Replace(begun+raw[from:i]))
			begun, from = "", i+1
		}
	}
	if rest := begun + raw[from:]; strings.TrimSpace(rest) != "" || len(cells) == 0 {
		cells = append(cells, cellReader.Replace(rest))
	}
	return cells, true
}
