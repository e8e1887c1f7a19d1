package html_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"coopatlas/reports/document"
	"coopatlas/reports/html"
	"coopatlas/reports/scene"

	"pgregory.net/rapid"
)

func sample() *document.Document {
	drawing := &scene.Scene{Width: 100, Height: 50, Items: []scene.Item{
		&scene.Text{X: 5, Y: 20, String: "n 75 & <more>", Size: 9, Colour: scene.RGB(0)},
		&scene.Group{Clip: &scene.Path{Segments: scene.Rectangle(0, 0, 9, 9)}, Items: []scene.Item{&scene.Path{Segments: scene.Rectangle(0, 0, 20, 20), Fill: &scene.Colour{A: 255}}}},
	}}
	data := &document.Table{Caption: "Data", Columns: []document.Column{{Title: "Year"}, {Title: "Value", Align: document.Right}}, Rows: []document.Row{
		{Section: true, Cells: []document.Text{document.Plain("Section")}}, {Strong: true, Cells: []document.Text{document.Plain("2012"), document.Plain("1 < 2")}},
	}, Notes: []string{"Note."}}
	figure := &document.Figure{Drawing: drawing, Alt: `A line that "rises"`, Caption: "Caption", Data: data}
	return &document.Document{
		Title: "Turnover <rose>", Kicker: "Bulletin", Language: "fr", Author: "Network & Co", Notice: "Invented data", Footer: "Unreleased",
		Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Subject: "Trend",
		Labels:     document.Labels{DataTable: "The data", SkipLink: "Skip to the content"},
		Letterhead: document.Letterhead{Name: "Network", Logo: []byte("\x89PNG"), Address: []string{"A", "B"}, Contact: "c@example.org", FunderStatement: "Funded."},
		Blocks: []document.Block{
			&document.Paragraph{Lead: true, Text: document.Text{{Text: "Lead "}, {Text: "bold", Bold: true, Italic: true}, {Text: "place", Link: "#method"}, {Text: "evil", Link: "javascript:alert(1)"}}},
			&document.Heading{Level: 2, Text: "Method", Anchor: "method"}, &document.List{Items: []document.Text{document.Plain("one")}}, &document.List{Ordered: true},
			&document.KeyFigures{Figures: []document.KeyFigure{{Label: "Label", Value: "12", Change: "none", Quiet: true, Notes: []string{"n 5"}}}},
			figure, &document.Figure{SVG: `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><g id="a"/><g clip-path="url(#a)"/></svg>`},
			&document.Grid{Columns: 3, Figures: []*document.Figure{figure}, Note: "Grid note"}, data,
			&document.Callout{Title: "What this says", Accent: true, Blocks: []document.Block{&document.Note{Text: document.Plain("inside")}}},
			&document.Columns{Columns: []document.Part{{Weight: 1, Blocks: []document.Block{&document.Rule{}}}}},
			&document.PageBreak{}, &document.Optional{Blocks: []document.Block{&document.Paragraph{Text: document.Plain("optional")}}},
		},
	}
}

func write(t testing.TB, doc *document.Document) string {
	t.Helper()
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the report fonts are missing: ", err)
	}
	var buffer bytes.Buffer
	if err := html.Write(&buffer, doc, fonts); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

// wellFormed reads the page as XML, which its writer keeps to.
func wellFormed(page string) error {
	decoder := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(page, "<!DOCTYPE html>")))
	decoder.Entity = xml.HTMLEntity
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

var outside = regexp.MustCompile(`(?i)(src|href|data|action|poster|srcset)\s*=\s*"(https?:)?//|@import|url\(\s*['"]?https?:|<script|<link|<iframe|javascript:`)

func TestThePageAsksForNothing(t *testing.T) {
	page := write(t, sample())
	if found := outside.FindString(page); found != "" {
		t.Errorf("the page reaches out: %s", found)
	}
	if !strings.Contains(page, "default-src 'none'") {
		t.Error("the page has no content security policy")
	}
}

func TestThePageIsWellFormedAndAccessible(t *testing.T) {
	page := write(t, sample())
	if err := wellFormed(page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<html lang="fr">`, `<h1>Turnover &lt;rose&gt;</h1>`, `<h2 id="method">`, `<caption>Data</caption>`, `scope="col"`, `scope="row"`,
		`scope="rowgroup"`, `<figcaption>Caption</figcaption>`, `<summary>The data</summary>`, `aria-label="A line that &#34;rises&#34;"`,
		`href="#content">Skip to the content`, `<main id="content">`, `role="note">Invented data`, `<strong>`, `href="#method"`, "optional",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if got := strings.Count(page, "<h1"); got != 1 {
		t.Errorf("%d titles", got)
	}
}

var ids = regexp.MustCompile(` id="([^"]*)"`)

func TestIdsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, match := range ids.FindAllStringSubmatch(write(t, sample()), -1) {
		if seen[match[1]] {
			t.Errorf("the id %s stands twice", match[1])
		}
		seen[match[1]] = true
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	if first, second := write(t, sample()), write(t, sample()); first != second {
		t.Error("two pages of one document differ")
	}
}

func TestAnyTextIsWellFormed(t *testing.T) {
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the report fonts are missing: ", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		doc := sample()
		doc.Title, doc.Footer, doc.Language = text, text, "en"
		doc.Blocks = []document.Block{&document.Paragraph{Text: document.Text{{Text: text, Link: "https://" + text}}}, &document.Figure{Alt: text, SVG: "<svg></svg>", Caption: text}}
		var buffer bytes.Buffer
		if err := html.Write(&buffer, doc, fonts); err != nil {
			t.Fatal(err)
		}
		if err := wellFormed(buffer.String()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAFigureNeedsFonts(t *testing.T) {
	if err := html.Write(&bytes.Buffer{}, sample(), nil); err == nil {
		t.Error("a drawing was written without fonts")
	}
}
