package xlsform

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/form"
)

// ErrEnding is wrapped where the ending of a file says nothing that a codebook can be written as.
var ErrEnding = errors.New("a codebook is written as .csv, .xlsx or .md")

// codebookHeader are the columns of a codebook.
var codebookHeader = []string{"variable", "path", "repeat", "code", "type", "label", "hint", "choices", "unit", "decimals", "concept", "core", "personal",
	"required", "relevant", "constraint", "calculation", "version"}

// WriteCodebook writes a codebook as an extension says: ".csv", ".xlsx" (with a second sheet that has one row for each
// code) or ".md". The error wraps ErrEnding for any other.
func WriteCodebook(w io.Writer, extension string, entries []form.Entry) error {
	rows := [][]string{codebookHeader}
	for _, e := range entries {
		rows = append(rows, codebookRow(e))
	}
	switch strings.ToLower(extension) {
	case ".csv":
		if err := csv.NewWriter(w).WriteAll(rows); err != nil {
			return fmt.Errorf("writing the codebook: %w", err)
		}
		return nil
	case ".md":
		return markdownTable(w, rows)
	case ".xlsx":
		return codebookWorkbook(w, rows, entries)
	}
	return fmt.Errorf("%w, not as %q", ErrEnding, extension)
}

func codebookRow(e form.Entry) []string {
	var choices []string
	for _, c := range e.Choices {
		choices = append(choices, c.Code+" = "+c.Label)
	}
	decimals, personal := "", ""
	if e.Decimals > 0 {
		decimals = strconv.Itoa(e.Decimals)
	}
	if e.Personal {
		personal = "yes"
	}
	return []string{e.Variable, e.Path, e.Repeat, e.Code, e.Type, e.Label, e.Hint, strings.Join(choices, "; "), e.Unit, decimals, e.Concept, e.Core, personal,
		e.Required, e.Relevant, e.Constraint, e.Calculation, e.Version}
}

// markdownTable writes rows as a table; bars and line ends inside cells are written so that they stay inside.
func markdownTable(w io.Writer, rows [][]string) error {
	var b strings.Builder
	inside := strings.NewReplacer("|", `\|`, "\r\n", "<br>", "\n", "<br>", "<", "&lt;")
	for i, row := range rows {
		for _, cell := range row {
			b.WriteString("| " + inside.Replace(cell) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	return nil
}

// codebookWorkbook writes the variables and, on a sheet of their own, their codes.
func codebookWorkbook(w io.Writer, rows [][]string, entries []form.Entry) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // in memory only
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err == nil {
		err = book.SetSheetName(book.GetSheetName(0), "variables")
	}
	if err == nil {
		_, err = book.NewSheet("choices")
	}
	if err == nil {
		err = writeSheet(book, sheetOfRows("variables", rows), bold)
	}
	codes := [][]string{{"variable", "code", "label"}}
	for _, e := range entries {
		for _, c := range e.Choices {
			codes = append(codes, []string{e.Variable, c.Code, c.Label})
		}
	}
	if err == nil {
		err = writeSheet(book, sheetOfRows("choices", codes), bold)
	}
	if err == nil {
		err = book.Write(w)
	}
	if err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	return nil
}

// sheetOfRows makes a sheet of rows whose first is the header.
func sheetOfRows(name string, rows [][]string) form.Sheet {
	sheet := form.Sheet{Name: name, Columns: rows[0]}
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, cell := range row {
			cells[rows[0][i]] = cell
		}
		sheet.Rows = append(sheet.Rows, form.Row{Cells: cells})
	}
	return sheet
}
