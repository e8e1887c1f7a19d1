package tabular

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"coopatlas/data/record"
	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ decimal, group, text, want string }{
		{"", "", "12", "12"}, {"", "", "-12.50", "-12.5"}, {"", "", "+3", "3"}, {"", "", "0", "0"}, {"", "", "007", "7"},
		{"", "", "−12", "-12"}, {"", "", "(12)", "-12"}, {"", "", "(1.5)", "-1.5"}, {"", "", ".5", "0.5"},
		{"", ",", "1,234,567.8", "1234567.8"}, {"", ",", "(1,234)", "-1234"}, {"", ",", "12,34,567", "1234567"}, {"", ",", "1234567", "1234567"},
		{",", ".", "1.234,50", "1234.5"}, {",", ".", "-1.234", "-1234"}, {",", "", "1234,5", "1234.5"},
		{",", " ", "1 234,5", "1234.5"}, {",", " ", "1\u00a0234,5", "1234.5"}, {",", " ", "1\u202f234\u202f567,5", "1234567.5"}, {",", "\u00a0", "1 234", "1234"},
		{"", "'", "1'234.5", "1234.5"},
		{"", "", "1,5", ""}, {"", "", "1 000", ""}, {"", "", "12 EUR", ""}, {"", "", "1e3", ""}, {"", "", "--1", ""}, {"", "", "(-1)", ""}, {"", "", "(1", ""},
		{"", "", "1)", ""}, {"", "", "()", ""}, {"", "", ".", ""}, {"", "", "-", ""}, {"", "", "1.2.3", ""}, {"", "", "٣", ""}, {"", "", "NaN", ""},
		{",", ".", "1.5", ""}, {",", ".", "1.23.456", "123456"}, {",", ".", "1234.567", "1234567"}, {",", ".", "1,234.5", ""}, {",", "", "1.5", ""}, {"", ",", "1,5", ""}, {"", ",", "1,,234", ""},
		{"", ",", ",123", ""}, {"", ",", "123,", ""}, {"", ",", "1.234,5", ""},
		{"", "", "99999999999999999999", ""},
	} {
		f, err := formatsOf(&Mapping{Decimal: c.decimal, Group: c.group})
		if err != nil {
			t.Fatal(err)
		}
		d, err := f.number(c.text)
		switch {
		case c.want == "" && err == nil:
			t.Errorf("decimal %q, group %q: %q was read as %s", c.decimal, c.group, c.text, d)
		case c.want == "" && !strings.Contains(err.Error(), c.text):
			t.Errorf("%q: the error does not say what is wrong: %v", c.text, err)
		case c.want != "" && (err != nil || d.String() != c.want):
			t.Errorf("decimal %q, group %q: %q was read as %s (%v), want %s", c.decimal, c.group, c.text, d, err, c.want)
		}
	}
}

// What a file writes in its own way is read as the number that it wrote.
func TestNumbersAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := record.NewDecimal(rapid.Int64Range(-1e15, 1e15).Draw(t, "digits"), uint8(rapid.IntRange(0, 4).Draw(t, "scale")))
		style := rapid.SampledFrom([]struct{ decimal, group string }{{".", ""}, {".", ","}, {",", "."}, {",", " "}, {",", ""}, {".", "'"}}).Draw(t, "style")
		f, err := formatsOf(&Mapping{Decimal: style.decimal, Group: style.group})
		if err != nil {
			t.Fatal(err)
		}
		whole, fraction, _ := strings.Cut(strings.TrimPrefix(number.String(), "-"), ".")
		for i := len(whole) - 3; i > 0 && style.group != ""; i -= 3 {
			whole = whole[:i] + style.group + whole[i:]
		}
		text := whole
		if fraction != "" {
			text += style.decimal + fraction
		}
		if number.Coefficient < 0 {
			text = rapid.SampledFrom([]string{"-" + text, "−" + text, "(" + text + ")"}).Draw(t, "negative")
		}
		if got, err := f.number(text); err != nil || got != number {
			t.Errorf("%q was read as %s (%v), want %s", text, got, err, number)
		}
	})
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ ways, text, want string }{
		{"", "2026-11-22", "2026-11-22"}, {"", "22/11/2026", ""}, {"", "2026-02-30", ""}, {"", "2026-11", ""},
		{"D/M/YYYY", "2/1/2026", "2026-01-02"}, {"D/M/YYYY", "22/11/2026", "2026-11-22"}, {"DD.MM.YYYY", "22.11.2026", "2026-11-22"},
		{"M/D/YY", "11/22/68", "2068-11-22"}, {"M/D/YY", "11/22/69", "1969-11-22"}, {"D MMM YYYY", "3 Feb 2020", "2020-02-03"}, {"D MMMM YYYY", "3 February 2020", "2020-02-03"},
		{"YYYY-MM-DDThh:mm:ss", "2020-02-03T04:05:06", "2020-02-03"}, {"YYYY年M月D日", "2020年2月3日", "2020-02-03"}, {"YYYYMMDD", "20200203", "2020-02-03"},
		{"YYYY|D/M/YYYY", "2020", "2020-01-01"}, {"YYYY|D/M/YYYY", "3/2/2020", "2020-02-03"},
	} {
		var ways []string
		if c.ways != "" {
			ways = strings.Split(c.ways, "|")
		}
		f, err := formatsOf(&Mapping{Dates: ways})
		if err != nil {
			t.Fatal(err)
		}
		day, ok := f.date(c.text, f.dates)
		if got := day.Format(time.DateOnly); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q as %q: %s %v, want %s", c.text, c.ways, got, ok, c.want)
		}
	}
	for _, way := range []string{"D/M", "DD Mon YYYY", "YYYY-01-DD", "JJJJ-MM-TT", "_2/M/YYYY"} {
		if _, err := formatsOf(&Mapping{Dates: []string{way}}); err == nil || !strings.Contains(err.Error(), way) {
			t.Errorf("the way %q was accepted (%v)", way, err)
		}
	}
}

// shopRule binds a rule to a question of a shop.
func shopRule(t *testing.T, path, rule string) *binding {
	t.Helper()
	m, err := ParseMapping([]byte("source: Shops\nmissing: [n/a, '.']\nvalues:\n  goods: {pan: bread, vin: wine, nothing: ''}\n  place: {UK: GB, 'Boulder, CO': US, Worldwide: ''}\n  years: {long ago: '1900', unknown: ''}\n" +
		"records:\n  - kind: shop\n    key: [k]\n    columns:\n      " + path + ": " + rule + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := bind(m, kinds(t), []string{"k", "c"})
	if err != nil {
		t.Fatal(err)
	}
	return p.records[0].bindings[0]
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ path, rule, text, want string }{
		{"title", "c", "  Zum Goldenen  ", "Zum Goldenen"}, {"title", "c", "", ""}, {"title", "c", "n/a", ""}, {"title", "c", " . ", ""}, {"title", "c", "0", "0"},
		{"title", "{column: c, values: place}", "uk", "GB"}, {"title", "{column: c, values: place}", "Peru", "Peru"},
		{"title", "{column: c, split: /}", "one / two", "one"}, {"title", "{column: c, split: /, take: last}", "one / two", "two"},
		{"founded", "c", "1999", "1999"}, {"founded", "c", "0", "0"}, {"founded", "c", "12.0", "12"}, {"founded", "c", "12.5", "!"}, {"founded", "c", "x", "!"},
		{"founded", "{column: c, take: year}", "1999-12-31", "1999"}, {"founded", "{column: c, take: year}", "1999", "1999"}, {"founded", "{column: c, take: year}", "99", "!"},
		{"founded", "{column: c, values: years}", "Long  ago", "1900"}, {"founded", "{column: c, values: years}", "unknown", ""},
		{"founded", "{column: c, take: year, dates: [D/M/YYYY]}", "3/2/2001", "2001"},
		{"opened", "c", "2001-02-03", "2001-02-03"}, {"opened", "c", "3/2/2001", "!"}, {"opened", "{column: c, dates: [D/M/YYYY]}", "3/2/2001", "2001-02-03"},
		{"area", "c", "12.345", "12.35 (rounded)"}, {"area", "c", "12.3", "12.3"}, {"area", "c", "-0.005", "-0.01 (rounded)"},
		{"country", "c", "IT", "IT"}, {"country", "c", "italia", "IT"}, {"country", "c", "Côte d’Ivoire", "CI"}, {"country", "c", "DEUTSCHLAND", "DE"}, {"country", "c", "Allemagne", "DE"},
		{"country", "c", "Narnia", "!"}, {"country", "{column: c, values: place}", "UK", "GB"}, {"country", "{column: c, values: place}", "Worldwide", ""},
		{"country", "{column: c, split: ',/', take: last}", "New Orleans, USA", "US"}, {"country", "{column: c, split: ',/'}", "Italy / Spain", "IT"},
		{"country", "{column: c, split: ',/', take: last}", "Italy / Spain", "ES"}, {"country", "{column: c, split: ',/', values: place, take: last}", "Boulder, CO", "US"},
		{"country", "{column: c, split: ',/', take: last, values: place}", "Worldwide, UK", "GB"},
		{"country", "{column: c, split: ',/'}", "nowhere, never", "!"}, {"country", "{column: c, split: ',/'}", ",", "!"},
		{"goods", "c", "bread", "bread"}, {"goods", "c", "Wine", "wine"}, {"goods", "c", "Sundries", "!"}, {"goods", "c", "bread wine", "!"},
		{"goods", "{column: c, split: ' ;'}", "bread; wine bread", "bread wine"}, {"goods", "{column: c, split: ';', values: goods}", "vin;nothing", "wine"},
		{"goods", "{column: c, split: ';', values: goods}", "vin;beer", "!"},
	} {
		b := shopRule(t, c.path, c.rule)
		for range 2 { // the second time from what is remembered
			got := ""
			if made, err := b.cached(c.text); err != nil {
				if got = "!"; strings.TrimSpace(c.text) == "" || err.Error() == "" {
					t.Errorf("%s: %q is refused: %v", c.path, c.text, err)
				}
			} else if got = made.value.String(); made.warning != "" {
				got += " (rounded)"
			}
			if got != c.want {
				t.Errorf("%s %s: %q became %q, want %q", c.path, c.rule, c.text, got, c.want)
			}
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, text := range []string{"1.234,50", "1 234,5", "−3", "(12)", "", "1e9", "()", "1.2.3", "\u202f1"} {
		f.Add(text, ",", ".")
		f.Add(text, ".", " ")
	}
	f.Fuzz(func(t *testing.T, text, decimal, group string) {
		m := &Mapping{Source: "x", Records: []RecordMapping{{Kind: "k", Key: []string{"a"}}}, Decimal: decimal, Group: group}
		formats, err := formatsOf(m)
		if err != nil || m.check() != nil {
			t.Skip()
		}
		d, err := formats.number(text)
		if err != nil {
			return
		}
		digits := func(s string) string {
			return strings.TrimLeft(strings.Map(func(c rune) rune {
				if c >= '0' && c <= '9' {
					return c
				}
				return -1
			}, s), "0")
		}
		if read := strings.TrimRight(digits(text), "0"); strings.TrimRight(digits(d.String()), "0") != read {
			t.Errorf("%q was read as %s", text, d)
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, way := range []string{"YYYY-MM-DD", "D/M/YY", "DD MMMM YYYY hh:mm", "YYYY", "年YYYY"} {
		f.Add(way, "2026-11-22")
		f.Add(way, "3/2/21")
	}
	f.Fuzz(func(t *testing.T, way, text string) {
		formats, err := formatsOf(&Mapping{Dates: []string{way}})
		if err != nil {
			return
		}
		if day, ok := formats.date(text, formats.dates); ok && (day.Year() < 0 || day.Year() > 9999) {
			t.Error(fmt.Sprint(way, text, day))
		}
	})
}
