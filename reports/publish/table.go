package publish

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
	"github.com/xuri/excelize/v2"
)

// The sheets of a table's workbook.
const (
	sheetFigures = "Figures"
	sheetAbout   = "About"
)

// Workbook makes an .xlsx of a result: its figures as numbers, with the columns of the CSV, and beside them the lines
// that every table carries: title, population, years, unit, basis, coverage, source, data and notes, as the chart of the
// result says them.
func Workbook(result *indicator.Result, about chart.Definition) (data []byte, err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	if err := book.SetSheetName(book.GetSheetName(0), sheetFigures); err != nil {
		return nil, err
	}
	if err := fillFigures(book, result); err != nil {
		return nil, err
	}
	if err := fillAbout(book, about); err != nil {
		return nil, err
	}
	if err := book.SetDocProps(&excelize.DocProperties{Title: about.Title, Creator: "Coopatlas", Created: result.Newest.UTC().Format("2006-01-02T15:04:05Z"),
		Modified: result.Newest.UTC().Format("2006-01-02T15:04:05Z")}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

// fillFigures writes the lines of the CSV; what reads as a number is one.
func fillFigures(book *excelize.File, result *indicator.Result) error {
	var text bytes.Buffer
	if err := result.WriteCSV(&text); err != nil {
		return err
	}
	lines, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(sheetFigures)
	if err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, line := range lines {
		cells := make([]any, len(line))
		for k, cell := range line {
			cells[k] = cell
			if number, err := strconv.ParseFloat(cell, 64); i > 0 && err == nil {
				cells[k] = number
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := stream.SetRow(at, cells); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// fillAbout writes what the figures are.
func fillAbout(book *excelize.File, d chart.Definition) error {
	if _, err := book.NewSheet(sheetAbout); err != nil {
		return err
	}
	lines := append([]string{d.Title, d.Population, d.Years, d.Unit, d.Basis, d.Coverage, d.Source, d.Data}, d.Notes...)
	row := 1
	for _, text := range lines {
		if text == "" {
			continue
		}
		if err := book.SetCellStr(sheetAbout, "A"+strconv.Itoa(row), text); err != nil {
			return err
		}
		row++
	}
	return book.SetColWidth(sheetAbout, "A", "A", 110)
}
