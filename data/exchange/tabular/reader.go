package tabular

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
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

// Table reads the rows of a CSV file one by one.
type Table struct {
	Columns []string
	csv     *csv.Reader
}

// OpenTable reads the header of a CSV file. Encoding and separator are as in Mapping. Its error wraps ErrFile.
func OpenTable(r io.Reader, encoding, separator string) (*Table, error) {
	decoded := bufio.NewReaderSize(transform.NewReader(r, decoderOf(encoding)), 64<<10)
	comma, err := separatorOf(decoded, separator)
	if err != nil {
		return nil, err
	}
	t := &Table{csv: csv.NewReader(decoded)}
	t.csv.Comma, t.csv.FieldsPerRecord, t.csv.ReuseRecord = comma, -1, true
	header, err := t.csv.Read()
	if err != nil {
		return nil, fmt.Errorf("%w: its first line should name the columns: %w", ErrFile, err)
	}
	seen := map[string]bool{}
	for _, name := range header {
		name = strings.TrimSpace(name)
		if name != "" && seen[name] {
			return nil, fmt.Errorf("%w: its first line names the column %q twice", ErrFile, name)
		}
		seen[name] = true
		t.Columns = append(t.Columns, name)
	}
	return t, nil
}

// decoderOf decodes what the mapping says; a mark at the beginning of the file knows better.
func decoderOf(name string) transform.Transformer {
	var e encoding.Encoding = unicode.UTF8
	switch strings.ToLower(name) {
	case "utf-16":
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "windows-1252":
		e = charmap.Windows1252
	}
	return unicode.BOMOverride(e.NewDecoder())
}

// separatorOf returns the separator given, or the one of , ; tab | that stands most often in the first line outside
// quotes.
func separatorOf(r *bufio.Reader, given string) (rune, error) {
	if given != "" {
		return []rune(given)[0], nil
	}
	head, err := r.Peek(r.Size())
	if len(head) == 0 {
		return 0, fmt.Errorf("%w: it is empty (%w)", ErrFile, err)
	}
	counts, quoted := map[rune]int{}, false
	for _, c := range string(head) {
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
	return best, nil
}

// Next returns the next row, or io.EOF after the last. A row whose structure is broken comes with its Problem; rows
// that are blank throughout are passed over. The cells are valid until the next call.
func (t *Table) Next() (Row, error) {
	for {
		cells, err := t.csv.Read()
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return Row{Line: parse.StartLine, Problem: unquoted(parse)}, nil
		case err != nil:
			return Row{}, err
		}
		line, _ := t.csv.FieldPos(0)
		if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		row := Row{Line: line, Cells: cells}
		if len(cells) != len(t.Columns) {
			row.Problem = fmt.Sprintf("it has %d cells, the first line names %d columns", len(cells), len(t.Columns))
		}
		for i, cell := range cells {
			if strings.ContainsRune(cell, '\uFFFD') && row.Problem == "" {
				row.Problem = fmt.Sprintf("column %q holds characters that are not in the file's encoding: say `encoding: windows-1252` or utf-16 in the mapping", t.Columns[i])
			}
		}
		return row, nil
	}
}

// unquoted says what is wrong with the quotes of a row.
func unquoted(err *csv.ParseError) string {
	if err.Line > err.StartLine {
		return fmt.Sprintf("a quote that opens a cell is not closed as it should be, so that the lines up to %d belong to this row and are lost with it: close the quote, and write a quote inside a cell twice", err.Line)
	}
	return fmt.Sprintf("its quotes do not fit (%s, column %d): write a quote inside a cell twice", err.Err, err.Column)
}
