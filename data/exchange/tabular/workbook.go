package tabular

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped is the size to which a workbook may unfold, in bytes; its sheets are read from disk beyond a part of it.
const (
	maxUnzipped = 4 << 30
	maxInMemory = 64 << 20
)

// sheet is a sheet of a workbook. It is read twice side by side: once for what the cells hold, once for how they are
// shown, which alone tells a date from a number.
type sheet struct {
	book         *excelize.File
	holds, shown *excelize.Rows
	line, width  int
	since1904    bool // days are counted from 1904, as old Macs did
	decimal      string
	cells        []string
}

func openSheet(r io.Reader, w Written) (lines, error) {
	book, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return nil, fmt.Errorf("it is packed, as workbooks are, and cannot be read as one (%w): open it in a spreadsheet program and save it again as .xlsx, or as CSV (UTF-8)", err)
	}
	s := &sheet{book: book, decimal: w.Decimal}
	if err := s.open(w.Sheet); err != nil {
		_ = book.Close() // read only: nothing is lost
		return nil, err
	}
	return s, nil
}

// open begins to read a sheet; "" is the first one.
func (s *sheet) open(name string) (err error) {
	names := s.book.GetSheetList()
	if name == "" && len(names) > 0 {
		name = names[0]
	}
	if at, err := s.book.GetSheetIndex(name); err != nil || at < 0 {
		return fmt.Errorf("it has no sheet %q: say one of %s under `sheet:` in the mapping", name, strings.Join(names, ", "))
	}
	if props, err := s.book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		s.since1904 = *props.Date1904
	}
	if s.holds, err = s.book.Rows(name); err != nil {
		return err
	}
	s.shown, err = s.book.Rows(name)
	return err
}

// next gives the next row. Rows end with their last cell that is not blank, and are filled up to the width of the first.
func (s *sheet) next() ([]string, int, error) {
	if !s.holds.Next() || !s.shown.Next() {
		if err := s.holds.Error(); err != nil {
			return nil, 0, err
		}
		return nil, 0, io.EOF
	}
	s.line++
	held, err := s.holds.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, 0, fmt.Errorf("row %d: %w", s.line, err)
	}
	shown, err := s.shown.Columns()
	if err != nil {
		return nil, 0, fmt.Errorf("row %d: %w", s.line, err)
	}
	s.cells = s.cells[:0]
	for i, cell := range held {
		if i < len(shown) {
			cell = s.told(cell, shown[i])
		}
		s.cells = append(s.cells, cell)
	}
	for len(s.cells) > s.width && s.width > 0 && strings.TrimSpace(s.cells[len(s.cells)-1]) == "" {
		s.cells = s.cells[:len(s.cells)-1]
	}
	for len(s.cells) < s.width {
		s.cells = append(s.cells, "")
	}
	if s.width == 0 {
		s.width = len(s.cells)
	}
	return s.cells, s.line, nil
}

// dated is how dates and times are shown, whatever their order and the language of their months.
var dated = regexp.MustCompile(`^\p{L}*\.?,? ?[\p{L}\d]+[-/. ]+[\p{L}\d]+\.?,?[-/. ]+\d+|\d:\d\d`)

// numeric is how a workbook holds numbers.
var numeric = regexp.MustCompile(`^-?\d+(\.\d+)?([eE][-+]?\d+)?$`)

// padded is how numbers in a register are shown: with zeros before them, which belong to them.
var padded = regexp.MustCompile(`^0\d+$`)

// told gives what a cell says: a date as YYYY-MM-DD, a number that is filled up with zeros as it is shown, a share in
// percent as percent, any other number with the decimal mark of the mapping and nothing between its thousands, a text as
// it is. Numbers are binary in a workbook and
// good for fifteen digits, which is what spreadsheets show.
func (s *sheet) told(held, shown string) string {
	if shown == held && s.decimal == "" || !numeric.MatchString(held) {
		return held
	}
	number, err := strconv.ParseFloat(held, 64)
	if err != nil {
		return held
	}
	switch {
	case dated.MatchString(shown):
		if day, err := excelize.ExcelDateToTime(number, s.since1904); err == nil {
			return day.Format("2006-01-02")
		}
	case padded.MatchString(shown):
		return shown
	case strings.HasSuffix(shown, "%"):
		number *= 100
	case shown == held:
		return strings.Replace(held, ".", s.decimal, 1)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		return held
	}
	out := strconv.FormatFloat(rounded, 'f', -1, 64)
	if s.decimal != "" {
		out = strings.Replace(out, ".", s.decimal, 1)
	}
	return out
}

func (s *sheet) close() error {
	for _, rows := range []*excelize.Rows{s.holds, s.shown} {
		_ = rows.Close() // read only: nothing is lost
	}
	return s.book.Close()
}
