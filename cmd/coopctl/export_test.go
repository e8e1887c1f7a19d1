package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"github.com/xuri/excelize/v2"
)

// flagged makes a workspace with a break (BR), a steady country (FI), few cooperatives (HI), imputed (IM), missing (NO)
// and submitted (SU) figures.
func flagged(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "w")
	t.Setenv(workspace.IdentityVariable, filepath.Join(t.TempDir(), "identity.json"))
	w, err := workspace.Create(t.Context(), dir, workspace.Settings{Name: "Test"}, workspace.Config{Name: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	f, _ := w.Form("mapping")
	var changes []store.Change
	put := func(country string, year, n int, series string, persons record.Answer, state record.Operation) {
		for u := range n {
			set := map[record.Path]record.Answer{}
			for concept, a := range map[string]record.Answer{
				"subject": {Value: record.Text(record.RegisterID("test", "cooperative", country+series, fmt.Sprint(u)).String())},
				"year":    {Value: record.Number(record.NewDecimal(int64(year), 0))}, "country": {Value: record.Text(country)},
				"status": {Value: record.Text("active")}, "persons_working": persons, "members": {Value: record.Number(record.NewDecimal(int64(40+u), 0))},
			} {
				q, ok := f.ByConcept(concept)
				if !ok {
					t.Fatal("no concept ", concept)
				}
				set[record.Path(q.Path)] = a
			}
			changes = append(changes, store.Change{Record: record.RegisterID("test", "mapping", country, series, fmt.Sprint(u, year)), Kind: "mapping", Operation: state, Set: set})
		}
	}
	ten := record.Answer{Value: record.Number(record.NewDecimal(10, 0))}
	for year := 2021; year <= 2023; year++ {
		series := "old"
		if year > 2021 {
			series = "new" // other cooperatives altogether
		}
		put("BR", year, 25, series, ten, record.Validate)
		put("FI", year, 25, "", ten, record.Validate)
	}
	put("HI", 2022, 3, "", ten, record.Validate)
	put("HR", 2022, 25, "", ten, record.Validate)
	put("IM", 2022, 25, "", record.Answer{Value: ten.Value, Quality: record.Imputed}, record.Validate)
	put("NO", 2022, 25, "", record.Answer{Status: record.Refused}, record.Validate)
	put("SU", 2022, 25, "", ten, record.Submit)
	if _, err := w.Store.SaveAll(t.Context(), w.Identity, slices.Values(changes), nil); err != nil {
		t.Fatal(err)
	}
	return dir
}

func ran(t *testing.T, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, nil, &out, &errs); code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, errs.String())
	}
}

// structure says what breaks the rules of SDMX-CSV 2.0 in a file: RFC 4180 with CRLF or LF and rows of equal width; the
// columns STRUCTURE, STRUCTURE_ID and ACTION first; then every dimension, the measure and attributes once, by their
// identifiers; the dimensions of a row never blank and the same for no other row; dates and numbers in XML Schema's way.
func structure(text []byte, dimensions []string) []string {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(lines) < 2 {
		return []string{fmt.Sprint("it is no table: ", err)}
	}
	var wrong []string
	header, keys := lines[0], map[string]int{}
	if strings.Join(header[:3], " ") != "STRUCTURE STRUCTURE_ID ACTION" {
		wrong = append(wrong, fmt.Sprint("it begins with ", header[:3]))
	}
	identifier := regexp.MustCompile(`^[A-Za-z0-9_@$-]+$`)
	rules := map[string]*regexp.Regexp{
		"STRUCTURE": regexp.MustCompile(`^(dataflow|datastructure|dataprovision)$`), "STRUCTURE_ID": regexp.MustCompile(`^[A-Za-z][\w.-]*:[\w@$-]+\(\d+(\.\d+)*\)$`),
		"ACTION": regexp.MustCompile(`^[IARDM]$`), "TIME_PERIOD": regexp.MustCompile(`^\d{4}$`), "OBS_VALUE": regexp.MustCompile(`^(-?\d+(\.\d+)?)?$`),
		"OBS_STATUS": regexp.MustCompile(`^[BOMLHQJSDKWIFEPNUVGA]$`), "CONF_STATUS": regexp.MustCompile(`^[FCN]$`), "UNIT_MULT": regexp.MustCompile(`^-?\d+$`),
		"N_UNITS": regexp.MustCompile(`^\d+$`), "FREQ": regexp.MustCompile(`^A$`), "UNIT_MEASURE": identifier,
	}
	for i, line := range lines[1:] {
		key := ""
		for at, name := range header {
			rule := rules[name]
			if rule == nil && slices.Contains(dimensions, name) {
				rule = identifier
			}
			if rule != nil && !rule.MatchString(line[at]) {
				wrong = append(wrong, fmt.Sprintf("row %d: %s is %q", i+2, name, line[at]))
			}
			if slices.Contains(dimensions, name) {
				key += line[at] + "."
			}
		}
		if before := keys[key]; before > 0 {
			wrong = append(wrong, fmt.Sprintf("row %d is about the same as row %d", i+2, before))
		}
		keys[key] = i + 2
	}
	for _, name := range dimensions {
		if slices.Index(header, name) < 3 {
			wrong = append(wrong, "there is no dimension "+name)
		}
	}
	return wrong
}

// Three indicators in one file, of the present data and of a release, keep to the specification, and each observation
// has the flag that it must have.
func TestExportOfThreeIndicatorsAsSDMX(t *testing.T) {
	dir := flagged(t)
	ran(t, "release", dir, "--title", "R", "--with-submitted")
	for _, from := range [][]string{{"--unvalidated"}, {"--release", "R"}} {
		to := filepath.Join(t.TempDir(), "figures.csv")
		ran(t, append([]string{"export", dir, "--sdmx", "--indicator", "I01,I04,I05", "--by", "country", "--to", to}, from...)...)
		data, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range structure(data, []string{"FREQ", "REF_AREA", "INDICATOR", "COOP_TYPE", "ACTIVITY", "SIZE", "SEX", "AGE", "TIME_PERIOD"}) {
			t.Error(wrong)
		}
		lines, _ := csv.NewReader(bytes.NewReader(data)).ReadAll()
		at := func(line []string, name string) string { return line[slices.Index(lines[0], name)] }
		got := map[string]string{}
		for _, line := range lines[1:] {
			got[at(line, "INDICATOR")+" "+at(line, "REF_AREA")+" "+at(line, "TIME_PERIOD")] = at(line, "OBS_STATUS") + at(line, "CONF_STATUS") + at(line, "OBS_VALUE")
		}
		for key, want := range map[string]string{
			"I05 BR 2021": "AF250", "I05 BR 2022": "BF250", "I05 BR 2023": "AF250", "I05 FI 2022": "AF250", "I05 HI 2022": "QC", "I05 HR 2022": "QC",
			"I05 IM 2022": "IF250", "I05 NO 2022": "OF", "I05 SU 2022": "VF250", "I01 HI 2022": "AF3", "I01 NO 2022": "AF25", "I04 NO 2022": "AF1300",
		} {
			if got[key] != want {
				t.Errorf("%v: %s is %q, want %q", from, key, got[key], want)
			}
		}
	}
}

// A workbook of figures has numbers in its cells, and nothing where a figure is confidential.
func TestFiguresAsAWorkbook(t *testing.T) {
	dir := flagged(t)
	to := filepath.Join(t.TempDir(), "figures.xlsx")
	ran(t, "export", dir, "--indicator", "I01,I05", "--by", "country", "--no-totals", "--to", to)
	book, err := excelize.OpenFile(to)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{"I01", "I05", "About"}) {
		t.Fatalf("the sheets are %v", sheets)
	}
	rows, err := book.GetRows("I05")
	if err != nil {
		t.Fatal(err)
	}
	value := slices.Index(rows[0], "value")
	for _, row := range rows[1:] {
		if want := map[string]string{"FI": "250", "HI": ""}[row[3]]; (row[3] == "FI" || row[3] == "HI") && row[value] != want {
			t.Errorf("%v: %q, want %q", row[:4], row[value], want)
		}
	}
	about, _ := book.GetRows("About")
	if text := fmt.Sprint(about); !strings.Contains(text, "frame") || !strings.Contains(text, "confidential") {
		t.Errorf("the workbook does not say what it is: %s", text)
	}
}
