package publish_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/indicator"
	"coopatlas/reports/publish"
)

func TestWorkbookHoldsNumbersAndWhatTheyAre(t *testing.T) {
	w, _, say := bench(t)
	result, d, err := publish.Trend(t.Context(), w, indicator.Query{Indicator: "I05", By: []string{"country"}, Disclosure: true}, say)
	if err != nil {
		t.Fatal(err)
	}
	data, err := publish.Workbook(result, d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := publish.Workbook(result, d)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same figures give another file: %v", err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Figures")
	if err != nil || len(rows) != 1+len(result.Points) {
		t.Fatalf("%d rows of %d points, %v", len(rows), len(result.Points), err)
	}
	if kind, err := book.GetCellType("Figures", "C2"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("the figure %q is a text (%v, %v)", rows[1][2], kind, err)
	}
	about, err := book.GetRows("About")
	if err != nil || len(about) < 5 || about[0][0] != d.Title {
		t.Errorf("about: %q, %v", about, err)
	}
}
