package xlsform

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"coopatlas/data/form"
)

// ErrFormat is wrapped where a file is not of a kind that can be read.
var ErrFormat = errors.New("this is not a questionnaire that can be read")

// maxFile is the size above which a questionnaire is refused, in bytes.
const maxFile = 64 << 20

// Read reads a questionnaire from a file: .md, .xlsx, or the .csv of a survey sheet, beside which choices.csv and
// settings.csv are looked for; also from a folder or a .zip that holds them. Problems of the sheets come back inside the source; an error means that the file could not
// be read at all.
func Read(fsys fs.FS, name string) (form.Source, error) {
	extension := strings.ToLower(path.Ext(name))
	switch extension {
	case ".md", ".markdown", ".xlsx", ".csv", ".zip":
	case "":
		if info, err := fs.Stat(fsys, name); err == nil && info.IsDir() {
			return Read(fsys, path.Join(name, "survey.csv"))
		}
		return form.Source{}, fmt.Errorf("%w: %s; give a .xlsx, .csv or .md file, or a folder with a survey.csv", ErrFormat, name)
	case ".xls":
		return form.Source{}, fmt.Errorf("%w: %s is an old .xls workbook; open it in a spreadsheet program and save it as .xlsx", ErrFormat, name)
	default:
		return form.Source{}, fmt.Errorf("%w: %s; give a .xlsx, .csv or .md file", ErrFormat, name)
	}
	data, err := readFile(fsys, name)
	if err != nil {
		return form.Source{}, err
	}
	switch extension {
	case ".xlsx":
		return Workbook(name, data)
	case ".csv":
		return readCSVFolder(fsys, name, data)
	case ".zip":
		return readZip(name, data)
	}
	return Markdown(name, string(data)), nil
}

func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading the questionnaire: %w", err)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%w: %s is larger than 64 MB; remove pictures and data from it", ErrFormat, name)
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading the questionnaire: %w", err)
	}
	return data, nil
}

// table is a sheet before its columns are understood.
type table struct {
	name string
	rows []line
}

type line struct {
	number int
	cells  []string
}

func (l line) blank() bool {
	for _, c := range l.cells {
		if trim(c) != "" {
			return false
		}
	}
	return true
}

// trim takes off white space, non-breaking spaces and byte order marks, and takes out what no text should hold.
func trim(s string) string {
	if strings.ContainsFunc(s, unwritten) {
		s = strings.Map(func(r rune) rune {
			if unwritten(r) {
				return -1
			}
			return r
		}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	}
	return strings.Trim(strings.TrimSpace(s), "\u00a0\ufeff\u200b \t\r\n")
}

// unwritten tells control characters and what else a workbook cannot hold.
func unwritten(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r == '\ufffe' || r == '\uffff'
}

// assemble makes a source of a file's sheets.
func assemble(name string, tables []table) form.Source {
	source := form.Source{Name: name}
	seen := map[string]bool{}
	for _, t := range tables {
		kind := strings.ToLower(trim(t.name))
		if target := sheetOf(&source, kind); target != nil && !seen[kind] {
			seen[kind] = true
			sheet, problems := understand(kind, t)
			*target = sheet
			source.Problems = append(source.Problems, problems...)
			continue
		}
		source.Others = append(source.Others, t.name)
	}
	if !seen["survey"] {
		source.Problems = append(source.Problems, form.Problem{Severity: form.Error, Sheet: "survey",
			Message: fmt.Sprintf("%s has no sheet named survey%s", name, likely(source.Others))})
	}
	return source
}

func likely(others []string) string {
	if len(others) == 0 {
		return "; add one with the columns type, name and label"
	}
	return "; its sheets are " + strings.Join(others, ", ") + ": rename the one that holds the questions"
}

func sheetOf(source *form.Source, kind string) *form.Sheet {
	switch kind {
	case "survey":
		return &source.Survey
	case "choices":
		return &source.Choices
	case "settings":
		return &source.Settings
	}
	return nil
}

// understand takes the first row that is not blank as the header and names the columns.
func understand(kind string, t table) (form.Sheet, []form.Problem) {
	sheet := form.Sheet{Name: kind}
	var problems []form.Problem
	var columns []string
	for _, l := range t.rows {
		switch {
		case l.blank():
		case columns == nil:
			columns, problems = header(kind, l)
			for _, c := range columns {
				if c != "" && ownBase(kind, c) == "" {
					sheet.Columns = append(sheet.Columns, c)
				}
			}
		default:
			if row := own(kind, cells(columns, l)); len(row.Cells) > 0 {
				sheet.Rows = append(sheet.Rows, row)
			}
		}
	}
	return sheet, problems
}

func header(kind string, l line) ([]string, []form.Problem) {
	columns := make([]string, len(l.cells))
	seen := map[string]bool{}
	var problems []form.Problem
	for i, cell := range l.cells {
		column := canonical(kind, cell)
		if column != "" && seen[column] {
			severity := form.Error
			if kind == "settings" { // form_id and id_string side by side are common, and say the same
				severity = form.Warning
			}
			problems = append(problems, form.Problem{Severity: severity, Sheet: kind, Row: l.number, Column: column,
				Message: fmt.Sprintf("the column %s stands twice; keep one of them", column)})
			column = ""
		}
		seen[column] = true
		columns[i] = column
	}
	return columns, problems
}

func cells(columns []string, l line) form.Row {
	row := form.Row{Number: l.number, Cells: map[string]string{}}
	for i, cell := range l.cells {
		if i >= len(columns) || columns[i] == "" {
			continue
		}
		if text := trim(cell); text != "" {
			row.Cells[columns[i]] = text
		}
	}
	return row
}

// own puts what a column of our own says in place of what phones were given.
func own(kind string, row form.Row) form.Row {
	for column, text := range row.Cells {
		if base := ownBase(kind, column); base != "" {
			row.Cells[base] = text
			delete(row.Cells, column)
		}
	}
	return row
}

// ownBase returns the column that a column of our own stands for; empty for other columns.
func ownBase(kind, column string) string {
	base, is := strings.CutSuffix(column, ownSuffix)
	if kind != "survey" || !is || !slices.Contains(expressions, base) {
		return ""
	}
	return base
}
