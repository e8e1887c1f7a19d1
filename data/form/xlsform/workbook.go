package xlsform

import (
	"bytes"
	"fmt"
	"slices"

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
		fillMerged(book, sheet, t)
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

// fillMerged writes the text of cells that are merged downwards into each of their rows, as people mean it: a list_name
// that stands once beside all its choices. Cells merged sideways stay as they are.
func fillMerged(book *excelize.File, sheet string, t table) {
	merged, err := book.GetMergeCells(sheet)
	if err != nil {
		return // a broken list of merged cells merges nothing
	}
	for _, m := range merged {
		column, from, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		_, to, errEnd := excelize.CellNameToCoordinates(m.GetEndAxis())
		first := slices.IndexFunc(t.rows, func(l line) bool { return l.number == from })
		if err != nil || errEnd != nil || first < 0 || column > len(t.rows[first].cells) {
			continue
		}
		text := t.rows[first].cells[column-1]
		for i := first + 1; i < len(t.rows) && t.rows[i].number <= to; i++ {
			row := &t.rows[i]
			for len(row.cells) < column {
				row.cells = append(row.cells, "")
			}
			if trim(row.cells[column-1]) == "" {
				row.cells[column-1] = text
			}
		}
	}
}
