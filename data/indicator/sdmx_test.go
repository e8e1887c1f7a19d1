package indicator

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sdmxErrors checks a file against the SDMX-CSV 2.0 field guide: RFC 4180 rows
// of equal width; the fixed columns first, in their order; one artefact and
// action a row; coded components hold identifiers; each observation once; the
// measure a number or nothing.
func sdmxErrors(text []byte) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	in := csv.NewReader(bytes.NewReader(text))
	lines, err := in.ReadAll()
	if err != nil {
		return []string{err.Error()}
	}
	identifier := regexp.MustCompile(`^[A-Za-z0-9_@$-]+$`)
	artefact := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z0-9_@$-]+\([0-9]+(\.[0-9]+)*\)$`)
	number := regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	period := regexp.MustCompile(`^[0-9]{4}$`)
	header := lines[0]
	if !slices.Equal(header[:3], []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}) {
		say("the first columns are %v", header[:3])
	}
	for i, name := range header {
		if !identifier.MatchString(name) || slices.Index(header, name) != i {
			say("column %q", name)
		}
	}
	at := func(line []string, name string) string { return line[slices.Index(header, name)] }
	dimensions := []string{"FREQ", "REF_AREA", "INDICATOR", "COOP_TYPE", "ACTIVITY", "SIZE", "SEX", "AGE", "TIME_PERIOD"}
	seen := map[string]bool{}
	for n, line := range lines[1:] {
		key := ""
		for _, name := range dimensions {
			if value := at(line, name); !identifier.MatchString(value) {
				say("row %d: %s is %q", n, name, value)
			}
			key += at(line, name) + "."
		}
		status, confidential, value := at(line, "OBS_STATUS"), at(line, "CONF_STATUS"), at(line, "OBS_VALUE")
		switch {
		case !slices.Contains([]string{"dataflow", "datastructure", "dataprovision"}, line[0]), !artefact.MatchString(line[1]), !slices.Contains([]string{"I", "A", "R", "D"}, line[2]):
			say("row %d: %v", n, line[:3])
		case seen[key]:
			say("row %d: %s twice", n, key)
		case !period.MatchString(at(line, "TIME_PERIOD")):
			say("row %d: period", n)
		case value != "" && !number.MatchString(value):
			say("row %d: value %q", n, value)
		case len(status) != 1 || !strings.Contains("BOMLHQJSDKWIFEPNUVGA", status):
			say("row %d: status %q", n, status)
		case (status == "O" || status == "Q") != (value == ""):
			say("row %d: status %s with value %q", n, status, value)
		case (confidential == "C") != (status == "Q") || confidential != "C" && confidential != "F":
			say("row %d: status %s with confidentiality %q", n, status, confidential)
		case !identifier.MatchString(at(line, "UNIT_MEASURE")) || at(line, "UNIT_MULT") != "0":
			say("row %d: unit %q", n, at(line, "UNIT_MEASURE"))
		}
		seen[key] = true
	}
	return out
}

// flagged is a fixture with a break, a missing, hidden, imputed, submitted and
// few-cooperatives cell.
func flagged(t testing.TB) *book {
	b := newBook(t)
	put := func(country string, year, n int, more Row) {
		for u := range n {
			row := Row{"persons_working": 10 + u, "country": country}
			for k, v := range more {
				row[k] = v
			}
			b.mapping(fmt.Sprint(country, u, row["series"]), year, row)
		}
	}
	for y := 2021; y <= 2023; y++ {
		series := "old"
		if y > 2021 {
			series = "new" // other cooperatives altogether: the line breaks
		}
		put("BR", y, 25, Row{"series": series})
		put("FI", y, 25, nil)
	}
	put("HI", 2022, 3, nil)
	put("HJ", 2022, 25, nil)
	put("IM", 2022, 25, Row{"quality:persons_working": "I"})
	put("NO", 2022, 25, Row{"persons_working": nil})
	put("SU", 2022, 25, Row{"state": "submitted"})
	put("FE", 2022, 9, nil)
	return b
}

func TestSDMX(t *testing.T) {
	b := flagged(t)
	r := b.compute(Query{Indicator: "I05", By: []string{"country"}, Totals: true, Disclosure: true})
	count := b.compute(Query{Indicator: "I01", By: []string{"country"}, Totals: true, Disclosure: true})
	young := facts(t).compute(Query{Indicator: "I10b"})
	var out bytes.Buffer
	if err := WriteSDMX(&out, r, count, young); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range sdmxErrors(out.Bytes()) {
		t.Error(wrong)
	}
	status := map[string]string{}
	lines, _ := csv.NewReader(&out).ReadAll()
	for _, line := range lines[1:] {
		status[line[4]+line[11]+line[5]] = line[16]
	}
	for key, want := range map[string]string{
		"BR2021I05": "A", "BR2022I05": "B", "BR2023I05": "A", "FI2022I05": "A", "HI2022I05": "Q", "IM2022I05": "I", "NO2022I05": "O",
		"SU2022I05": "V", "FE2022I05": "Q", "HI2022I01": "A", "_T2021I10B": "U",
	} {
		equal(t, key, status[key], want)
	}
	equal(t, "columns", strings.Join(lines[0], ","), strings.Join(sdmxColumns, ","))
}

func TestSDMXRefuses(t *testing.T) {
	b := facts(t)
	r := b.compute(Query{Indicator: "I05"})
	if err := WriteSDMX(&bytes.Buffer{}, r, r); err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("the same twice: %v", err)
	}
	if err := WriteSDMX(&bytes.Buffer{}, b.compute(Query{Indicator: "I13", By: []string{"currency"}})); err == nil || !strings.Contains(err.Error(), "no dimension") {
		t.Errorf("a breakdown without a dimension: %v", err)
	}
	if err := WriteSDMX(&bytes.Buffer{}, b.compute(Query{Indicator: "I05", By: []string{"ilo_type", "family"}})); err == nil || !strings.Contains(err.Error(), "same SDMX dimension") {
		t.Errorf("two breakdowns of one dimension: %v", err)
	}
}

// Every indicator of the catalogue exports.
func TestSDMXOfCatalogue(t *testing.T) {
	b := facts(t)
	var all []*Result
	for _, i := range Catalogue() {
		q := Query{Indicator: i.Code, Totals: true}
		if slices.Contains(i.By, "country") {
			q.By = []string{"country"}
		}
		all = append(all, b.compute(q))
	}
	var out bytes.Buffer
	if err := WriteSDMX(&out, all...); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range sdmxErrors(out.Bytes()) {
		t.Error(wrong)
	}
}
