package xlsform

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/form"
)

// maxUnzipped is the size to which a workbook may unfold, in bytes.
const maxUnzipped = 512 << 20

// Workbook reads a questionnaire from the bytes of an .xlsx workbook.
func Workbook(name string, data []byte) (form.Source, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return form.Source{}, fmt.Errorf("%w: %s is not an .xlsx workbook (%w); open it in a spreadsheet program and save it as .xlsx", ErrFormat, name, err)
	}
	defer func() { _ = book.Close() }() // read only: nothing is lost
	var tables []table
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			return form.Source{}, fmt.Errorf("%w: %s, sheet %s: %w", ErrFormat, name, sheet, err)
		}
		t := table{name: sheet}
		for i, cells := range rows {
			t.rows = append(t.rows, line{number: i + 1, cells: cells})
		}
		tables = append(tables, t)
	}
	return assemble(name, tables), nil
}
