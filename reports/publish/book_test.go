package publish_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"coopatlas/reports/publish"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func written(t interface{ Fatal(...any) }, b publish.Book) []byte {
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rowsOf(rows ...[]publish.Cell) func(func([]publish.Cell) bool) { return slices.Values(rows) }

func TestWorkbooksHoldTypedCells(t *testing.T) {
	text, number, date := publish.TextCell, publish.NumberCell, publish.DateCell
	b := publish.Book{Title: "T", Time: time.Date(2026, 3, 1, 2, 3, 4, 0, time.UTC), Sheets: []publish.Sheet{
		{Name: "Co: [a/b]", Header: []string{"name", "n", "day"}, Rows: rowsOf(
			[]publish.Cell{{"=1+1", text}, {"1250.5", number}, {"2024-12-31", date}},
			[]publish.Cell{{"00123", text}, {"123456789012345678", number}, {"soon", date}},
			[]publish.Cell{{strings.Repeat("é", 40_000), text}, {"many", number}, {"", date}},
		)},
		{Name: strings.Repeat("x", 40), Header: []string{"a"}, Rows: rowsOf()}, {Name: strings.Repeat("x", 40), Header: []string{"a"}, Rows: rowsOf()},
		{Name: "", Header: []string{"a"}, Rows: rowsOf()},
	}}
	data := written(t, b)
	if !bytes.Equal(data, written(t, b)) {
		t.Error("the same workbook gives other bytes")
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if !slices.Equal(sheets, []string{"Co   a b", strings.Repeat("x", 31), strings.Repeat("x", 29) + " 2", "2"}) {
		t.Errorf("%q", sheets)
	}
	for at, want := range map[string]string{"A1": "name", "A2": "=1+1", "B2": "1250.5", "C2": "2024-12-31", "A3": "00123", "B3": "123456789012345678", "C3": "soon", "B4": "many", "C4": ""} {
		if got, err := book.GetCellValue(sheets[0], at); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", at, got, err, want)
		}
	}
	if formula, _ := book.GetCellFormula(sheets[0], "A2"); formula != "" {
		t.Error("a text became a formula")
	}
	if kind, _ := book.GetCellType(sheets[0], "B2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is kept as %v", kind)
	}
	if long, _ := book.GetCellValue(sheets[0], "A4"); !strings.HasSuffix(long, "… (cut)") || len([]rune(long)) != 32_767 {
		t.Errorf("a long text has %d characters", len([]rune(long)))
	}
}

func TestSheetsTakeAMillionRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take a moment")
	}
	endless := func(yield func([]publish.Cell) bool) {
		row := []publish.Cell{{}}
		for yield(row) {
		}
	}
	err := publish.Book{Sheets: []publish.Sheet{{Name: "many", Header: []string{"a"}, Rows: endless}}}.Write(&bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "1048575 rows") {
		t.Errorf("%v", err)
	}
}

// Whatever stands in a cell, a sheet's name and a title, a spreadsheet program can open what was written.
func TestAnyTextsCanBeWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.String(), 1, 4)
		cell := rapid.Custom(func(t *rapid.T) publish.Cell {
			return publish.Cell{Text: rapid.String().Draw(t, "text"), As: publish.CellType(rapid.IntRange(0, 2).Draw(t, "as"))}
		})
		var b publish.Book
		for _, name := range texts.Draw(t, "sheets") {
			b.Sheets = append(b.Sheets, publish.Sheet{Name: name, Header: texts.Draw(t, "header"), Rows: rowsOf(rapid.SliceOf(cell).Draw(t, "row"))})
		}
		book, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if sheets := book.GetSheetList(); len(sheets) != len(b.Sheets) {
			t.Fatalf("%d sheets of %d: %q", len(sheets), len(b.Sheets), sheets)
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
