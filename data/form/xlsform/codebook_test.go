package xlsform_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

func codebook(t *testing.T) []form.Entry {
	t.Helper()
	f, problems := form.Compile(xlsform.Markdown("c.md", "| survey | |\n| | type | name | label | personal |\n| | select_one yn | a | Is it \\| or <b>? | |\n| | decimal | b | B | yes |\n| choices | |\n| | list_name | name | label |\n| | yn | 1 | Yes; always |\n| | yn | 0 | =No |\n"))
	if f == nil {
		t.Fatal(form.Errors(problems))
	}
	return form.Codebook(f, "en")
}

func TestCodebookAsCSV(t *testing.T) {
	var out bytes.Buffer
	if err := xlsform.WriteCodebook(&out, ".csv", codebook(t)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 3 || len(rows[0]) != 18 {
		t.Fatal(rows, err)
	}
	for i, want := range map[int]string{0: "a", 1: "a", 4: "select_one yn", 5: "Is it | or <b>?", 7: "1 = Yes; always; 0 = =No"} {
		if rows[1][i] != want {
			t.Errorf("%s is %q, want %q", rows[0][i], rows[1][i], want)
		}
	}
	if rows[2][9] != "2" || rows[2][12] != "yes" {
		t.Errorf("%q", rows[2])
	}
}

func TestCodebookAsMarkdown(t *testing.T) {
	var out strings.Builder
	if err := xlsform.WriteCodebook(&out, ".MD", codebook(t)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "| variable | path |") || !strings.HasPrefix(lines[1], "|---|") || !strings.Contains(lines[2], `| Is it \| or &lt;b>? |`) {
		t.Errorf("%s", out.String())
	}
}

func TestCodebookAsWorkbook(t *testing.T) {
	var out bytes.Buffer
	if err := xlsform.WriteCodebook(&out, ".xlsx", codebook(t)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	variables, _ := book.GetRows("variables")
	codes, _ := book.GetRows("choices")
	if len(variables) != 3 || len(codes) != 3 || strings.Join(codes[2], "|") != "a|0|=No" {
		t.Errorf("%q %q", variables, codes)
	}
}

func TestCodebookAsSomethingElse(t *testing.T) {
	if err := xlsform.WriteCodebook(&bytes.Buffer{}, ".pdf", nil); !errors.Is(err, xlsform.ErrEnding) {
		t.Error(err)
	}
}
