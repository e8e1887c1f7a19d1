package tabular

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func readAll(text, encoding, separator string) (columns []string, rows [][]string, problems []string, err error) {
	table, err := OpenTable(strings.NewReader(text), Written{Encoding: encoding, Separator: separator})
	if err != nil {
		return nil, nil, nil, err
	}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return table.Columns, rows, problems, nil
		}
		if err != nil {
			return nil, nil, nil, err
		}
		if row.Problem != "" {
			problems = append(problems, fmt.Sprint(row.Line, ": ", row.Problem))
			continue
		}
		rows = append(rows, append([]string{fmt.Sprint(row.Line)}, row.Cells...))
	}
}

func TestEncodings(t *testing.T) {
	const text = "naïve;prix\ncafé;5 €\n"
	encode := func(e interface {
		String(string) (string, error)
	}) string {
		out, err := e.String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	little := encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder())
	big := encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder())
	for name, c := range map[string]struct{ text, encoding string }{
		"UTF-8":                              {text, ""},
		"UTF-8 with mark":                    {"\ufeff" + text, "utf-8"},
		"UTF-16 little end first":            {little, "utf-16"},
		"UTF-16 big end first":               {big, "UTF-16"},
		"UTF-16 without mark":                {little[2:], "utf-16"},
		"Windows-1252":                       {encode(charmap.Windows1252.NewEncoder()), "windows-1252"},
		"marked UTF-8 said to be otherwise":  {"\ufeff" + text, "windows-1252"},
		"marked UTF-16 said to be otherwise": {big, ""},
	} {
		columns, rows, problems, err := readAll(c.text, c.encoding, "")
		if err != nil || problems != nil || !reflect.DeepEqual(columns, []string{"naïve", "prix"}) || !reflect.DeepEqual(rows, [][]string{{"2", "café", "5 €"}}) {
			t.Errorf("%s: %q %q %q %v", name, columns, rows, problems, err)
		}
	}
}

func TestWrongEncodingRefusesTheRow(t *testing.T) {
	_, rows, problems, err := readAll("a,b\n1,caf\xe9\n2,x\n", "", "")
	if err != nil || len(rows) != 1 || len(problems) != 1 || !strings.Contains(problems[0], `column "b"`) || !strings.Contains(problems[0], "windows-1252") {
		t.Errorf("%q %q %v", rows, problems, err)
	}
}

func TestControlCharactersRefuseTheRow(t *testing.T) {
	_, rows, problems, err := readAll("a,b\n1,x\x00y\n2,\x1b[31mred\n3,\"tab\tand\nline\"\n", "", "")
	if err != nil || len(rows) != 1 || len(problems) != 2 || !strings.Contains(problems[0], `column "b" holds control characters`) {
		t.Errorf("%q %q %v", rows, problems, err)
	}
	if _, _, problems, _ := readAll("a\nx\x9d\n", "windows-1252", ""); len(problems) != 1 || !strings.Contains(problems[0], "not in windows-1252") {
		t.Errorf("%q", problems)
	}
}

func TestRows(t *testing.T) {
	for name, c := range map[string]struct {
		text, separator string
		columns         string
		rows            [][]string
		problems        []string
	}{
		"commas":                       {"a,b\n1,2\n", "", "a b", [][]string{{"2", "1", "2"}}, nil},
		"semicolons, commas inside":    {"a;b\n1,5;2,5\n", "", "a b", [][]string{{"2", "1,5", "2,5"}}, nil},
		"tabs":                         {"a\tb\n1\t2", "", "a b", [][]string{{"2", "1", "2"}}, nil},
		"bars":                         {"a|b|c\n1|2|3\n", "", "a b c", [][]string{{"2", "1", "2", "3"}}, nil},
		"separator given":              {"a,x;b\n1;2\n", ";", "a,x b", [][]string{{"2", "1", "2"}}, nil},
		"separators in quotes":         {"\"a;;;;\",b\n1,2\n", "", "a;;;; b", [][]string{{"2", "1", "2"}}, nil},
		"lines of Windows":             {"a,b\r\n1,2\r\n3,4\r\n", "", "a b", [][]string{{"2", "1", "2"}, {"3", "3", "4"}}, nil},
		"a line's end inside a cell":   {"a,b\n\"1\nand\",2\n3,4\n", "", "a b", [][]string{{"2", "1\nand", "2"}, {"4", "3", "4"}}, nil},
		"doubled quotes":               {"a,b\n\"say \"\"so\"\"\",2\n", "", "a b", [][]string{{"2", `say "so"`, "2"}}, nil},
		"blank rows":                   {"a,b\n\n , \n1,2\n,\n", "", "a b", [][]string{{"4", "1", "2"}}, nil},
		"one column":                   {"a\n1\n\n2\n", "", "a", [][]string{{"2", "1"}, {"4", "2"}}, nil},
		"names with spaces around":     {" a , b\n1,2\n", "", "a b", [][]string{{"2", "1", "2"}}, nil},
		"too few and too many cells":   {"a,b\n1\n1,2,3\n4,5\n", "", "a b", [][]string{{"4", "4", "5"}}, []string{"2: it has 1 cells", "3: it has 3 cells"}},
		"a quote amid a cell":          {"a,b\n1,x\"y\n4,5\n", "", "a b", [][]string{{"3", "4", "5"}}, []string{"2: its quotes do not fit"}},
		"a quote that is never closed": {"a,b\n1,2\n3,\"x\n4,5\n6,7\n", "", "a b", [][]string{{"2", "1", "2"}}, []string{"3: a quote that opens a cell is not closed"}},
	} {
		columns, rows, problems, err := readAll(c.text, "", c.separator)
		if err != nil || strings.Join(columns, " ") != c.columns || !reflect.DeepEqual(rows, c.rows) || len(problems) != len(c.problems) {
			t.Errorf("%s: %q %q %q %v", name, columns, rows, problems, err)
			continue
		}
		for i, problem := range problems {
			if !strings.HasPrefix(problem, c.problems[i]) {
				t.Errorf("%s: %q", name, problem)
			}
		}
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	for text, says := range map[string]string{"": "it is empty", "\ufeff": "it is empty", "a,b,a\n1,2,3\n": `names the column "a" twice`, "\"a,b\n": "its first line",
		"\n \n": "is blank", "PK\x03\x04xl": "save it again as .xlsx", "\xd0\xcf\x11\xe0\xa1": "of the old kind", "i\x00d\x00,\x00\n\x00": "`encoding: utf-16`", "\x89PNG\x1a\n": "it is no text",
		"nom,ann\xe9e\nx,1\n": "windows-1252", "a,b\r1,2\r": "carriage return alone"} {
		_, _, _, err := readAll(text, "", "")
		if !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa;b\r\n\"x\ny\";2\r\n", "a\tb\n\"", "a,b\n1\n1,2,3\n", "\xff\xfea\x00,\x00b\x00\n\x00"} {
		for _, encoding := range encodings {
			f.Add(seed, encoding, "")
		}
	}
	f.Fuzz(func(t *testing.T, text, encoding, separator string) {
		if (&Mapping{Source: "x", Records: []RecordMapping{{Kind: "k", Key: []string{"a"}}}, Encoding: encoding, Separator: separator}).check() != nil {
			t.Skip()
		}
		columns, rows, problems, err := readAll(text, encoding, separator)
		if err != nil && !errors.Is(err, ErrFile) {
			t.Errorf("an error of another kind: %v", err)
		}
		for _, row := range rows {
			if len(row) != len(columns)+1 {
				t.Errorf("a row of %d cells under %d columns", len(row)-1, len(columns))
			}
		}
		if len(rows)+len(problems) > strings.Count(text, "\n")+strings.Count(text, "\r")+len(text)+1 {
			t.Error("more rows than can be")
		}
	})
}
