package tabular

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrFile is wrapped where a file as a whole cannot be read as a table.
var ErrFile = errors.New("the file cannot be read as a table")

var encodings = []string{"", "utf-8", "utf-16", "windows-1252"}

// Row is one row of a table: its cells by the place of their column, and the line it begins on, counted from 1.
type Row struct {
	Line  int
	Cells []string
	// Problem says why the row has no usable cells: too few or too many, or quotes that do not fit.
	Problem string
}

// Table reads the rows of a CSV file, or of a sheet of an .xlsx workbook, one by one.
type Table struct {
	Columns []string
	lines   lines
	foreign string // what to say of a character that is none of the encoding
}

// lines is where the rows of a table come from. next returns the cells of the next line and its number counted from 1,
// io.EOF after the last, and a *csv.ParseError where a line cannot be taken apart; the cells are valid until it is
// called again.
type lines interface {
	next() (cells []string, line int, err error)
	close() error
}

// Written says how a table is written: what a mapping says of it. The zero value is UTF-8 with the separator that is
// found, and the first sheet of a workbook.
type Written struct {
	Encoding, Separator string // as in Mapping
	Sheet               string // of a workbook
	Decimal             string // as in Mapping: how the numbers of a workbook are given
}

// OpenTable reads the header of a CSV file or of a workbook, which it knows by its first bytes. Its error wraps ErrFile.
// The table has to be closed.
func OpenTable(r io.Reader, w Written) (*Table, error) {
	head := bufio.NewReaderSize(r, 64<<10)
	t := &Table{foreign: foreign(w.Encoding)}
	var err error
	if magic, _ := head.Peek(len(packed)); string(magic) == packed {
		t.lines, err = openSheet(head, w)
	} else {
		t.lines, err = openText(head, w)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	header, _, err := t.lines.next()
	if err == io.EOF {
		err = errors.New("there is none")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: its first line should name the columns: %w", ErrFile, err), t.lines.close())
	}
	if err := t.name(header); err != nil {
		return nil, errors.Join(err, t.lines.close())
	}
	return t, nil
}

// packed is how an .xlsx workbook begins, as all ZIP archives do.
const packed = "PK\x03\x04"

// Close lets go of the file.
func (t *Table) Close() error { return t.lines.close() }

// text is a CSV file.
type text struct{ *csv.Reader }

func openText(r io.Reader, w Written) (lines, error) {
	decoded := bufio.NewReaderSize(transform.NewReader(r, decoderOf(w.Encoding)), 64<<10)
	head, err := decoded.Peek(decoded.Size())
	switch {
	case len(head) == 0 && err == io.EOF:
		return nil, errors.New("it is empty")
	case len(head) == 0:
		return nil, err
	}
	if why := noText(string(head), w.Encoding); why != "" {
		return nil, errors.New(why)
	}
	t := text{csv.NewReader(decoded)}
	t.Comma, t.FieldsPerRecord, t.ReuseRecord = separatorOf(string(head), w.Separator), -1, true
	return t, nil
}

func (t text) next() ([]string, int, error) {
	cells, err := t.Read()
	if err != nil {
		return nil, 0, err
	}
	line, _ := t.FieldPos(0)
	return cells, line, nil
}

func (t text) close() error { return nil }

// name takes the columns' names from the first line.
func (t *Table) name(header []string) error {
	seen := map[string]bool{}
	for _, name := range header {
		name = strings.TrimSpace(name)
		if name != "" && seen[name] {
			return fmt.Errorf("%w: its first line names the column %q twice", ErrFile, name)
		}
		seen[name] = true
		t.Columns = append(t.Columns, name)
	}
	if len(seen) == 1 && seen[""] {
		return fmt.Errorf("%w: its first line should name the columns, and is blank", ErrFile)
	}
	return nil
}

// noText says what a file is if its beginning shows that it is no text of lines in the encoding that was said; "" for
// one that may be.
func noText(head, encoding string) string {
	line, _, several := strings.Cut(head, "\n")
	switch {
	case strings.HasPrefix(head, "\uFFFD\uFFFD\x11"):
		return "it is a workbook of the old kind (.xls): save it as .xlsx or as CSV (UTF-8)"
	case strings.ContainsFunc(line, isControl), strings.ContainsRune(line, unicodeError) && strings.ContainsRune(head, 0):
		return "it is no text: save the table as CSV (UTF-8), or say `encoding: utf-16` in the mapping if it is in that"
	case strings.ContainsRune(line, unicodeError):
		return "its first line " + foreign(encoding)
	case !several && strings.Contains(strings.TrimRight(line, "\r"), "\r"):
		return "its lines end with a carriage return alone: save it as CSV (UTF-8) again"
	}
	return ""
}

// unicodeError stands where bytes are no character of the encoding.
const unicodeError = '\uFFFD'

// foreign says that something holds characters that the encoding has not.
func foreign(encoding string) string {
	if encoding == "" || strings.EqualFold(encoding, "utf-8") {
		return "holds characters that are not in the file's encoding: say `encoding: windows-1252` or utf-16 in the mapping"
	}
	return "holds characters that are not in " + encoding + ": say the file's encoding in the mapping, or save the file as UTF-8"
}

// isControl tells whether a character has no place in a text: all that steer devices but tabs and line ends.
func isControl(c rune) bool {
	return c != '\t' && c != '\n' && c != '\r' && unicode.IsControl(c)
}

// decoderOf decodes what the mapping says; a mark at the beginning of the file knows better.
func decoderOf(name string) transform.Transformer {
	var e encoding.Encoding = utf.UTF8
	switch strings.ToLower(name) {
	case "utf-16":
		e = utf.UTF16(utf.LittleEndian, utf.UseBOM)
	case "windows-1252":
		e = charmap.Windows1252
	}
	return utf.BOMOverride(e.NewDecoder())
}

// separatorOf returns the separator given, or the one of , ; tab | that stands most often in the first line of the
// file's beginning outside quotes.
func separatorOf(head, given string) rune {
	if given != "" {
		return []rune(given)[0]
	}
	counts, quoted := map[rune]int{}, false
	for _, c := range head {
		if c == '"' {
			quoted = !quoted
		} else if c == '\n' && !quoted {
			break
		} else if !quoted {
			counts[c]++
		}
	}
	best := ','
	for _, c := range ",;\t|" {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// Next returns the next row, or io.EOF after the last. A row whose structure is broken comes with its Problem; rows
// that are blank throughout are passed over. The cells are valid until the next call.
func (t *Table) Next() (Row, error) {
	for {
		cells, line, err := t.lines.next()
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return Row{Line: parse.StartLine, Problem: unquoted(parse)}, nil
		case err != nil:
			return Row{}, err
		}
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			return t.row(cells, line), nil
		}
	}
}

// row is a row of cells, with what is wrong with it.
func (t *Table) row(cells []string, line int) Row {
	row := Row{Line: line, Cells: cells}
	if len(cells) != len(t.Columns) {
		row.Problem = fmt.Sprintf("it has %d cells, the first line names %d columns", len(cells), len(t.Columns))
		return row
	}
	for i, cell := range cells {
		switch {
		case strings.ContainsRune(cell, unicodeError):
			row.Problem = fmt.Sprintf("column %q %s", t.Columns[i], t.foreign)
		case strings.ContainsFunc(cell, isControl):
			row.Problem = fmt.Sprintf("column %q holds control characters, which no text has: take them out", t.Columns[i])
		default:
			continue
		}
		return row
	}
	return row
}

// unquoted says what is wrong with the quotes of a row.
func unquoted(err *csv.ParseError) string {
	if err.Line > err.StartLine {
		return fmt.Sprintf("a quote that opens a cell is not closed as it should be, so that the lines up to %d belong to this row and are lost with it: close the quote, and write a quote inside a cell twice", err.Line)
	}
	return fmt.Sprintf("its quotes do not fit (%s, column %d): write a quote inside a cell twice", err.Err, err.Column)
}
