package xlsform

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/form"
)

const (
	maxUnzipped = 512 << 20 // the size to which a workbook may unfold, in bytes
	maxCells    = 5_000_000 // cells, blank ones before others included, that a workbook may have
	maxRows     = 1_048_576 // rows a sheet of a workbook can have
)

// Workbook reads a questionnaire from the bytes of an .xlsx workbook.
func Workbook(name string, data []byte) (form.Source, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return form.Source{}, fmt.Errorf("%w: %s is not an .xlsx workbook (%w); open it in a spreadsheet program and save it as .xlsx", ErrFormat, name, err)
	}
	defer func() { _ = book.Close() }() // read only: nothing is lost
	var tables []table
	room := maxCells
	for _, sheet := range book.GetSheetList() {
		t, err := sheetTable(book, sheet, &room)
		if err != nil {
			return form.Source{}, fmt.Errorf("%w: %s, sheet %s: %w", ErrFormat, name, sheet, err)
		}
		tables = append(tables, t)
	}
	return assemble(name, tables), nil
}

// sheetTable reads the rows of one sheet that are not blank; room is how many cells may still come.
func sheetTable(book *excelize.File, sheet string, room *int) (table, error) {
	t := table{name: sheet}
	rows, err := book.Rows(sheet)
	if err != nil {
		return t, err
	}
	for number := 1; rows.Next() && number <= maxRows; number++ {
		cells, err := rows.Columns()
		if err != nil {
			_ = rows.Close()
			return t, err
		}
		if *room -= len(cells); *room < 0 {
			_ = rows.Close()
			return t, fmt.Errorf("it has more than %d cells; take out what is no questionnaire", maxCells)
		}
		if row := (line{number: number, cells: cells}); !row.blank() {
			t.rows = append(t.rows, row)
		}
	}
	return t, rows.Close()
}
