package brief_test

import (
	"bytes"
	"strings"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/reports/brief"
	"coopatlas/reports/document"
	"coopatlas/reports/html"
)

func qualityReport(t testing.TB, language string, source indicator.Source) brief.Params {
	p := params(t, source, language)
	p.Template, p.Release = "quality-report", "Mapping 2025"
	p.About = indicator.About{
		Contact: "statistics@example.org", ReleasePolicy: "Once a year.", Revision: "Revised once.", Coherence: "Beside **official** figures.",
		Frame: "The registers of three ministries.", Program: "coopctl test", Release: "Mapping 2025, 2026-03-01, 0123456789",
	}
	return p
}

// The quality report has all headings, in order, with what the release says and what the frame shows.
func TestTheQualityReportHasTheSIMSHeadings(t *testing.T) {
	source := invented(t)
	for i := range 3 {
		source.mapping("submitted"+string(rune('a'+i)), 2025, indicator.Row{"country": "IT", "state": "submitted", "persons_working": 5})
	}
	for language, want := range map[string][]string{
		"en": {
			"S.1 Contact", "statistics@example.org", "S.3 Statistical presentation", "I05 ", "S.3 Coverage", "Italy",
			"The registers of three ministries.", "Share of the known population in 2025", "S.5 Reference period", "2021–2025", "S.7 Confidentiality", "figures are hidden", "S.8 Release policy", "Once a year.",
			"S.13 Accuracy", "S.14 Timeliness", "days after the end of 2025", "S.15 Comparability", "S.15 Coherence", "Beside official figures.",
			"S.17 Data revision", "Revised once.", "S.18 Statistical processing", "3 submitted", "Mapping 2025, 2026-03-01, 0123456789", "Made with coopctl test.",
		},
		"fr": {"S.1 Contact", "S.3 Présentation statistique", "Italie", "S.13 Précision", "S.18 Traitement statistique", "3 soumises"},
	} {
		doc := build(t, qualityReport(t, language, source))
		text := strings.ReplaceAll(allWords(doc), "\u00a0", " ")
		at := 0
		for _, part := range want {
			found := strings.Index(text[at:], part)
			if found < 0 {
				t.Errorf("%s: %q is not said, or not in its place", language, part)
				continue
			}
			at += found
		}
		if strings.Contains(text, "[quality_report") || strings.Contains(text, "[bulletin") {
			t.Errorf("%s: a sentence is missing: %s", language, text)
		}
		var page bytes.Buffer
		if err := html.Write(&page, doc, shop(t).fonts); err != nil {
			t.Fatal(err)
		}
		if pages, err := document.Layout(doc, shop(t).fonts, document.A4); err != nil || len(pages) == 0 || page.Len() == 0 {
			t.Errorf("the report has %d pages, %v", len(pages), err)
		}
	}
}

func TestAReleaseThatSaysLittle(t *testing.T) {
	p := qualityReport(t, "en", invented(t))
	p.About, p.Release = indicator.About{}, ""
	text := allWords(build(t, p))
	for _, want := range []string{"Not stated.", "The figures are not released."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
}

// Money of three currencies is one line in euro, with the rates in the quality box and the unit.
func TestABriefInEuroNamesItsRates(t *testing.T) {
	table := "kind,of,year,value\n"
	for _, year := range []string{"2021", "2022", "2023", "2024", "2025"} {
		for of, value := range map[string]string{"KES": "140", "COP": "4300"} {
			table += "average," + of + "," + year + "," + value + "\nyear_end," + of + "," + year + "," + value + "\n"
		}
		for _, of := range []string{"IT", "KE", "CO"} {
			table += "deflator," + of + "," + year + ",100\n"
		}
	}
	rates, problems, err := indicator.ReadRateTable(strings.NewReader(table), "Invented bank", "2026-03-01")
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	p := params(t, invented(t), "en")
	p.Money = indicator.Money{Kind: indicator.EURConstant, Base: 2025, Rates: rates}
	text := allWords(build(t, p))
	for _, want := range []string{"EUR, prices and rates of 2025", "Rates: Invented bank, vintage 2026-03-01", "EUR "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
	for _, not := range []string{"in the prices of each year", "KES", "3 currencies"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is said", not)
		}
	}
	p.Words = shop(t).book.In("fr")
	if text := allWords(build(t, p)); !strings.Contains(text, "EUR, prix et taux de 2025") {
		t.Error("the French brief does not name the money")
	}
}
