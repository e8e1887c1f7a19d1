package xlsform

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"coopatlas/data/form"
)

// CSV reads a questionnaire from the text of one CSV file. Either its first column names the sheets, as in Markdown
// tables, or it is a survey sheet by itself.
func CSV(name string, data []byte) (form.Source, error) {
	lines, err := csvLines(name, data)
	if err != nil {
		return form.Source{}, err
	}
	if tables := stacked(lines); tables != nil {
		return assemble(name, tables), nil
	}
	return assemble(name, []table{{name: "survey", rows: lines}}), nil
}

// readCSVFolder reads survey.csv with the choices.csv and settings.csv that lie beside it; any other file alone.
func readCSVFolder(fsys fs.FS, name string, data []byte) (form.Source, error) {
	if !strings.EqualFold(path.Base(name), "survey.csv") {
		return CSV(name, data)
	}
	lines, err := csvLines(name, data)
	if err != nil {
		return form.Source{}, err
	}
	tables := []table{{name: "survey", rows: lines}}
	for _, sheet := range []string{"choices", "settings"} {
		beside := path.Join(path.Dir(name), sheet+".csv")
		data, err := readFile(fsys, beside)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return form.Source{}, err
		}
		lines, err := csvLines(beside, data)
		if err != nil {
			return form.Source{}, err
		}
		tables = append(tables, table{name: sheet, rows: lines})
	}
	return assemble(name, tables), nil
}

// readZip reads the survey.csv of an archive with what lies beside it; the one that lies least deep, where there are
// several.
func readZip(name string, data []byte) (form.Source, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return form.Source{}, fmt.Errorf("%w: %s is no .zip archive (%w)", ErrFormat, name, err)
	}
	survey := ""
	for _, file := range archive.File {
		inside := path.Base(file.Name)
		less := survey == "" || strings.Count(file.Name, "/") < strings.Count(survey, "/")
		if strings.EqualFold(inside, "survey.csv") && fs.ValidPath(file.Name) && less {
			survey = file.Name
		}
	}
	if survey == "" {
		return form.Source{}, fmt.Errorf("%w: %s holds no survey.csv; pack survey.csv, choices.csv and settings.csv, or give the .xlsx", ErrFormat, name)
	}
	source, err := Read(archive, survey)
	source.Name = name
	return source, err
}

// csvLines reads the records of a CSV file in UTF-8, separated by comma, semicolon or tab, whichever its first line
// holds most of.
func csvLines(name string, data []byte) ([]line, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%w: %s is not in UTF-8; save it again as \"CSV UTF-8\"", ErrFormat, name)
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.Comma = separator(data)
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	var lines []line
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrFormat, name, err)
		}
		row, _ := reader.FieldPos(0)
		lines = append(lines, line{number: row, cells: record})
	}
}

func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(first, []byte(","))
	for _, r := range []rune{';', '\t'} {
		if n := bytes.Count(first, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// stacked splits lines whose first column names the sheets; nil where it does not.
func stacked(lines []line) []table {
	var tables []table
	for _, l := range lines {
		if l.blank() {
			continue
		}
		if sheet := strings.ToLower(trim(l.cells[0])); sheet != "" {
			if len(tables) == 0 && sheet != "survey" && sheet != "choices" && sheet != "settings" {
				return nil
			}
			tables = append(tables, table{name: sheet})
		}
		if len(tables) == 0 {
			return nil
		}
		if row := (line{number: l.number, cells: l.cells[1:]}); !row.blank() {
			last := &tables[len(tables)-1]
			last.rows = append(last.rows, row)
		}
	}
	return tables
}
