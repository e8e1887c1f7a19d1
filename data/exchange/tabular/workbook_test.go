package tabular

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// bookOf makes a workbook of one sheet; formats are those of cells, such as "dd/mm/yyyy".
func bookOf(t testing.TB, name string, rows [][]any, formats map[string]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(book.SetSheetName("Sheet1", name))
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		must(err)
		must(book.SetSheetRow(name, at, &row))
	}
	for cell, format := range formats {
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		must(book.SetCellStyle(name, cell, cell, style))
	}
	_, err := book.NewSheet("Notes")
	must(err)
	var out bytes.Buffer
	must(book.Write(&out))
	return out.Bytes()
}

func rowsOf(t testing.TB, data []byte, w Written) [][]string {
	t.Helper()
	table, err := OpenTable(bytes.NewReader(data), w)
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	rows := [][]string{table.Columns}
	for {
		row, err := table.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil || row.Problem != "" {
			t.Fatal(err, row.Problem)
		}
		rows = append(rows, append([]string(nil), row.Cells...))
	}
}

func TestWorkbookSaysWhatAPersonSees(t *testing.T) {
	day := time.Date(2014, 3, 31, 0, 0, 0, 0, time.UTC)
	data := bookOf(t, "Register", [][]any{
		{"name", "end", "seen", "again", "turnover", "share", "number", "note", "siren"},
		{"Café Équitable", day, day, day, 1234567.5, 0.125, 0.1 + 0.2, "007", 1234},
		{},
		{"Ohne Rest", nil, nil, nil, -3, nil, 1e6},
	}, map[string]string{"B2": "dd/mm/yyyy", "C2": "d mmmm yyyy", "D2": "mm-dd-yy", "E2": "#,##0.00", "F2": "0.0%", "I2": "000000000"})
	want := [][]string{
		{"name", "end", "seen", "again", "turnover", "share", "number", "note", "siren"},
		{"Café Équitable", "2014-03-31", "2014-03-31", "2014-03-31", "1234567.5", "12.5", "0.3", "007", "000001234"},
		{"Ohne Rest", "", "", "", "-3", "", "1000000", "", ""},
	}
	if diff := cmp.Diff(want, rowsOf(t, data, Written{})); diff != "" {
		t.Error("(-want +got):", diff)
	}
	want[1][4], want[1][5], want[1][6] = "1234567,5", "12,5", "0,3"
	if diff := cmp.Diff(want, rowsOf(t, data, Written{Sheet: "Register", Decimal: ","})); diff != "" {
		t.Error("with a decimal comma (-want +got):", diff)
	}
}

func TestWorkbooksThatCannotBeRead(t *testing.T) {
	good := bookOf(t, "Register", [][]any{{"a", "b"}, {1, 2}}, nil)
	for name, c := range map[string]struct {
		data  []byte
		sheet string
		says  string
	}{
		"no such sheet":   {good, "Registre", "one of Register, Notes"},
		"an empty sheet":  {good, "Notes", "its first line should name the columns"},
		"half a workbook": {good[:len(good)/2], "", "save it again as .xlsx"},
		"another archive": {[]byte(packed + "nothing"), "", "save it again as .xlsx"},
	} {
		table, err := OpenTable(bytes.NewReader(c.data), Written{Sheet: c.sheet})
		if !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, %v; it should say %q", name, table, err, c.says)
		}
	}
}

func FuzzWorkbookTable(f *testing.F) {
	f.Add(bookOf(f, "Register", [][]any{{"a", "b"}, {1.5, time.Date(2014, 3, 31, 0, 0, 0, 0, time.UTC)}}, map[string]string{"A2": "0%"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := OpenTable(bytes.NewReader(data), Written{})
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		defer table.Close()
		for err == nil {
			_, err = table.Next()
		}
	})
}
