package publish

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook to be written, sheet by sheet.
type Book struct {
	Title  string
	Time   time.Time // of the data; it is the file's, so that the same data give the same bytes
	Sheets []Sheet
}

// Sheet is a table of a workbook: a line of titles that stays in sight, and rows.
type Sheet struct {
	Name   string
	Header []string
	Rows   func(yield func(row []Cell) bool)
}

// Cell is what stands in one cell.
type Cell struct {
	Text string
	As   CellType
}

// CellType says how a cell is to be read.
type CellType uint8

// The types of cell. A number has at most 15 digits, else it stays a text, because spreadsheets round it; so does a text
// that is no number or no date of the form 2026-03-01.
const (
	TextCell CellType = iota
	NumberCell
	DateCell
)

// What a workbook takes.
const (
	bookRows  = 1_048_576
	bookText  = 32_767
	bookNames = 31
)

// Write writes the workbook. Texts that are longer than a cell takes are cut and end in "… (cut)"; the error says where
// there are more rows than a sheet takes.
func (b Book) Write(w io.Writer) (err error) {
	file := excelize.NewFile()
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	format := "yyyy-mm-dd"
	date, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, s := range b.Sheets {
		name := sheetName(s.Name, taken)
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), name)
		} else {
			_, err = file.NewSheet(name)
		}
		if err == nil {
			err = s.write(file, name, bold, date)
		}
		if err != nil {
			return fmt.Errorf("the sheet %s: %w", name, err)
		}
	}
	at := b.Time.UTC().Format("2006-01-02T15:04:05Z")
	if err := file.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "Coopatlas", Created: at, Modified: at}); err != nil {
		return err
	}
	var data bytes.Buffer
	if err := file.Write(&data); err != nil {
		return err
	}
	return repack(w, data.Bytes())
}

// repack writes a packed file again with its parts in the order of their names and without times, so that the same
// workbook always gives the same bytes.
func repack(w io.Writer, data []byte) error {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		from, err := part.Open()
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
		if err == nil {
			_, err = io.Copy(to, from)
		}
		if err = errors.Join(err, from.Close()); err != nil {
			return err
		}
	}
	return out.Close()
}

// sheetName makes a name that spreadsheets take, and that no other sheet has.
func sheetName(wish string, taken map[string]bool) string {
	wish = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, wish)
	name := strings.TrimSpace(cut(wish, bookNames))
	for n := 2; name == "" || taken[strings.ToLower(name)]; n++ {
		end := " " + strconv.Itoa(n)
		name = strings.TrimSpace(cut(wish, bookNames-len(end)) + end)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// cut keeps as many characters as fit into so many units of UTF-16, which is how workbooks count.
func cut(text string, most int) string {
	for at, r := range text {
		if most -= utf16.RuneLen(r); most < 0 {
			return text[:at]
		}
	}
	return text
}

func (s Sheet) write(file *excelize.File, name string, bold, date int) error {
	out, err := file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(s.Header))
	for i, title := range s.Header {
		line[i] = excelize.Cell{StyleID: bold, Value: title}
	}
	if err := out.SetRow("A1", line); err != nil {
		return err
	}
	at := 1
	for row := range s.Rows {
		if at++; at > bookRows {
			return fmt.Errorf("a sheet takes %d rows; export fewer with --where, or to .csv", bookRows-1)
		}
		line = line[:0]
		for _, c := range row {
			line = append(line, c.value(date))
		}
		if err := out.SetRow("A"+strconv.Itoa(at), line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// value is a cell as the workbook keeps it.
func (c Cell) value(date int) any {
	switch {
	case c.Text == "":
		return nil
	case c.As == NumberCell && digits(c.Text) <= 15:
		if n, err := strconv.ParseFloat(c.Text, 64); err == nil {
			return n
		}
	case c.As == DateCell:
		if day, err := time.Parse(time.DateOnly, c.Text); err == nil && day.Year() >= 1901 {
			return excelize.Cell{StyleID: date, Value: day}
		}
	}
	text := strings.ToValidUTF8(c.Text, "\ufffd")
	if short := cut(text, bookText); short != text {
		const end = "… (cut)"
		return cut(text, bookText-utf8.RuneCountInString(end)) + end
	}
	return text
}

func digits(text string) int {
	count := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			count++
		}
	}
	return count
}
