package words_test

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"coopatlas/assets"
	"coopatlas/data/words"

	"pgregory.net/rapid"
)

func open(t testing.TB) *words.Book {
	t.Helper()
	book, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestNumbersAsEachLanguageWritesThem(t *testing.T) {
	book := open(t)
	en, fr, es, it := book.In("en"), book.In("fr"), book.In("es"), book.In("it")
	facts := []struct{ name, got, want string }{
		{"en grouped", en.Number(1234.5, 1), "1,234.5"},
		{"fr grouped", fr.Number(1234.5, 1), "1\u202f234,5"},
		{"pt grouped", book.In("pt").Number(12345.5, 1), "12\u202f345,5"},
		{"pt small", book.In("pt").Number(1234.5, 1), "1234,5"},
		{"pt percent", book.In("pt").Percent(88.04, 1), "88,0\u00a0%"},
		{"pt points", book.In("pt").Points(0.3, 1), "+0,3\u00a0p.p."},
		{"pt billion", book.In("pt").Compact(1_500_000_000), "1,5 mil milhões"},
		{"pt list", book.In("pt").List([]string{"a", "b", "c"}), "a, b e c"},
		{"en small", en.Number(999, 0), "999"},
		{"en million", en.Integer(1234567), "1,234,567"},
		{"fr million", fr.Integer(-1234567), "−1\u202f234\u202f567"},
		{"it grouped", it.Number(1234.5, 1), "1.234,5"},
		{"it million", it.Integer(-1234567), "−1.234.567"},
		{"it percent", it.Percent(88.04, 1), "88,0\u00a0%"},
		{"points in Italian", it.Points(0.3, 1), "+0,3\u00a0pp"},
		{"compact one in Italian", it.Compact(1_000_000_000), "1,0 miliardo"},
		{"compact many in Italian", it.Compact(62_345_678), "62,3 milioni"},
		{"compact thousands in Italian", it.Compact(410_000), "410 mila"},
		{"list in Italian", it.List([]string{"a", "b", "", "c"}), "a, b e c"},
		{"half away from zero", en.Number(2.675, 2), "2.68"},
		{"half away below zero", en.Number(-0.5, 0), "−1"},
		{"no minus before nothing", en.Number(-0.04, 1), "0.0"},
		{"en percent", en.Percent(88.04, 1), "88.0\u00a0%"},
		{"fr percent", fr.Percent(88.04, 1), "88,0\u202f%"},
		{"growth", en.Change(6.44, 1), "+6.4\u00a0%"},
		{"fall", en.Change(-0.2, 1), "−0.2\u00a0%"},
		{"nothing", en.Change(0.001, 1), "0.0\u00a0%"},
		{"points", en.Points(-0.524, 2), "−0.52\u00a0pp"},
		{"points in French", fr.Points(0.3, 1), "+0,3\u202fpt"},
		{"compact", en.Compact(62_345_678), "62.3 million"},
		{"compact one", fr.Compact(1_500_000), "1,5 million"},
		{"compact many", fr.Compact(62_345_678), "62,3 millions"},
		{"compact rounds up", en.Compact(999_600_000), "1.0 billion"},
		{"compact in full", en.Compact(4_731), "4,731"},
		{"years", en.Years(2011, 2016), "2011–2016"},
		{"one year", en.Years(2016, 2016), "2016"},
		{"list", en.List([]string{"a", "b", "", "c"}), "a, b and c"},
		{"list of two", fr.List([]string{"a", "b"}), "a et b"},
		{"es small", es.Number(1234.5, 1), "1234,5"},
		{"es grouped", es.Integer(-12345), "−12\u202f345"},
		{"es percent", es.Percent(88.04, 1), "88,0\u00a0%"},
		{"points in Spanish", es.Points(0.3, 1), "+0,3\u00a0pp"},
		{"compact in Spanish", es.Compact(62_345_678), "62,3 millones"},
		{"compact thousand millions", es.Compact(1_500_000_000), "1,5 mil millones"},
		{"list in Spanish", es.List([]string{"Italia", "Francia", "Hungría"}), "Italia, Francia y Hungría"},
		{"before the sound of an i", es.List([]string{"Francia", "Italia"}), "Francia e Italia"},
		{"before a silent h", es.List([]string{"Francia", "«hijos»"}), "Francia e «hijos»"},
		{"before a gliding i", es.List([]string{"agua", "hierro"}), "agua y hierro"},
	}
	for _, fact := range facts {
		if fact.got != fact.want {
			t.Errorf("%s: got %q, want %q", fact.name, fact.got, fact.want)
		}
	}
}

func TestDates(t *testing.T) {
	book := open(t)
	first := time.Date(2026, 12, 1, 6, 5, 4, 0, time.FixedZone("", 3600))
	for _, fact := range []struct{ got, want string }{
		{book.In("en").Date(first), "1 December 2026"},
		{book.In("fr").Date(first), "1er décembre 2026"},
		{book.In("es").Date(first), "1 de diciembre de 2026"},
		{book.In("es").Time(first), "1 de diciembre de 2026, 05:05 UTC"},
		{book.In("pt").Date(first), "1 de dezembro de 2026"},
		{book.In("pt-BR").Time(first), "1 de dezembro de 2026, 05:05 UTC"},
		{book.In("en").Time(first), "1 December 2026, 05:05 UTC"},
		{book.In("fr").Time(first), "1er décembre 2026 à 05:05 UTC"},
		{book.In("it").Date(first), "1º dicembre 2026"},
		{book.In("it").Time(first), "1º dicembre 2026, ore 05:05 UTC"},
	} {
		if fact.got != fact.want {
			t.Errorf("got %q, want %q", fact.got, fact.want)
		}
	}
}

func TestPluralsAndValues(t *testing.T) {
	book, err := words.Open(fstest.MapFS{
		"en.yaml": {Data: []byte("room:\n  cooperatives:\n    one: \"{{.Count}} cooperative in {{.Year}}\"\n    other: \"{{.Count}} cooperatives in {{.Year}}\"\n  only: English\n")},
		"fr.yaml": {Data: []byte("room:\n  cooperatives:\n    one: \"{{.Count}} coopérative en {{.Year}}\"\n    other: \"{{.Count}} coopératives en {{.Year}}\"\n")},
		"pt.yaml": {Data: []byte("room:\n  cooperatives:\n    one: \"{{.Count}} cooperativa em {{.Year}}\"\n    other: \"{{.Count}} cooperativas em {{.Year}}\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range []struct {
		language string
		count    int
		want     string
	}{
		{"en", 1, "1 cooperative in 2016"}, {"en", 0, "0 cooperatives in 2016"}, {"en", 1809, "1,809 cooperatives in 2016"},
		{"fr", 0, "0 coopérative en 2016"}, {"fr", 1809, "1\u202f809 coopératives en 2016"}, {"fr", 1_000_000, "1\u202f000\u202f000 coopératives en 2016"},
		{"pt", 0, "0 cooperativas em 2016"}, {"pt", 1, "1 cooperativa em 2016"}, {"pt", 1_000_000, "1\u202f000\u202f000 cooperativas em 2016"},
		{"fr-BE", 2, "2 coopératives en 2016"}, {"pl", 2, "2 cooperatives in 2016"},
	} {
		if got := book.In(fact.language).Say("room.cooperatives", "Count", fact.count, "Year", words.Year(2016)); got != fact.want {
			t.Errorf("%s %d: got %q, want %q", fact.language, fact.count, got, fact.want)
		}
	}
	if got := book.In("fr").Say("room.only"); got != "English" {
		t.Errorf("a sentence that French lacks: got %q, want the English one", got)
	}
	if got := book.In("fr").Say("room.nowhere"); got != "[room.nowhere]" {
		t.Errorf("an unknown key: got %q", got)
	}
}

func TestOpenRefusesInOneSentence(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"en.yaml":         {"fr.yaml": {Data: []byte("a: b\n")}},
		"no language":     {"en.yaml": {Data: []byte("a: b\n")}, "x y.yaml": {Data: []byte("a: b\n")}},
		"no table of sen": {"en.yaml": {Data: []byte("- a\n")}, "fr.yaml": {Data: []byte("[")}},
	} {
		_, err := words.Open(fsys)
		if err == nil || strings.Contains(err.Error(), "\n\n") {
			t.Errorf("%s: got %v, want a sentence", name, err)
		}
	}
}

func TestNumberProperties(t *testing.T) {
	book := open(t)
	rapid.Check(t, func(t *rapid.T) {
		w := book.In(rapid.SampledFrom(book.Languages()).Draw(t, "language"))
		value := rapid.Int64().Draw(t, "value")
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, w.Integer(value))
		want := strings.TrimPrefix(strconv.FormatInt(value, 10), "-")
		if digits != want {
			t.Fatalf("%d became %q", value, w.Integer(value))
		}
		if strings.ContainsAny(w.Number(float64(value), 1), " -") {
			t.Fatalf("%d can be broken over two lines or has a hyphen for a minus: %q", value, w.Number(float64(value), 1))
		}
	})
}
