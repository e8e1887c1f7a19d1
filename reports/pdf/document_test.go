package pdf_test

import (
	"bytes"
	"strings"
	"testing"

	"coopatlas/reports/document"
	"coopatlas/reports/pdf"
)

func TestADocumentIsPrintedWithItsOutlineAndDate(t *testing.T) {
	doc := &document.Document{
		Title: "Turnover rose", Author: "Network", Language: "en", Subject: "Trend bulletin", Date: created,
		Labels: document.Labels{PageOf: "Page {page} of {pages}"},
		Blocks: []document.Block{
			&document.Heading{Level: 2, Text: "Method"},
			&document.Paragraph{Text: document.Text{{Text: "Words with "}, {Text: "an address", Link: "https://example.org"}}},
		},
	}
	var first, second bytes.Buffer
	for _, buffer := range []*bytes.Buffer{&first, &second} {
		if err := pdf.WriteDocument(buffer, doc, fonts(t), document.A4); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two files of one document differ")
	}
	for _, part := range []string{"/Outlines", "D:20261122052824", "https://example.org"} {
		if !bytes.Contains(first.Bytes(), []byte(part)) {
			t.Errorf("the file lacks %s", part)
		}
	}
	if got := run(t, first.Bytes(), "pdftotext"); !strings.Contains(got, "Words with an address") || !strings.Contains(got, "Page 1 of 1") {
		t.Errorf("the text cannot be read:\n%s", got)
	}
}

func TestADocumentWithoutFontsIsRefused(t *testing.T) {
	if err := pdf.WriteDocument(&bytes.Buffer{}, &document.Document{Date: created}, nil, document.A4); err == nil {
		t.Error("no fonts, no error")
	}
}
