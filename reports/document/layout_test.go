package document_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"coopatlas/reports/document"
	"coopatlas/reports/scene"

	"pgregory.net/rapid"
)

func fonts(t testing.TB) *scene.Fonts {
	t.Helper()
	loaded, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the report fonts are missing: ", err)
	}
	return loaded
}

// seen is a text as it stands on a page.
type seen struct {
	page        int
	text        string
	left, right float64
	y           float64
	size        float64
}

func texts(fonts *scene.Fonts, pages []*scene.Scene) []seen {
	var out []seen
	var walk func(page int, items []scene.Item, m scene.Matrix)
	walk = func(page int, items []scene.Item, m scene.Matrix) {
		for _, item := range items {
			switch item := item.(type) {
			case *scene.Group:
				walk(page, item.Items, m.Mul(item.Transform.OrIdentity()))
			case *scene.Text:
				at := m.Apply(scene.Point{X: item.X, Y: item.Y})
				width := fonts.Measure(item.String, item.Face, item.Size) * m.A
				out = append(out, seen{page: page + 1, text: item.String, left: at.X, right: at.X + width, y: at.Y, size: item.Size})
			}
		}
	}
	for i, page := range pages {
		walk(i, page.Items, scene.Identity())
	}
	return out
}

func find(all []seen, part string) []seen {
	var out []seen
	for _, one := range all {
		if strings.Contains(one.text, part) {
			out = append(out, one)
		}
	}
	return out
}

func layout(t testing.TB, doc *document.Document) ([]*scene.Scene, []seen) {
	t.Helper()
	loaded := fonts(t)
	pages, err := document.Layout(doc, loaded, document.A4)
	if err != nil {
		t.Fatal(err)
	}
	return pages, texts(loaded, pages)
}

var labels = document.Labels{PageOf: "Page {page} of {pages}", Continued: "(continued)"}

func base(blocks ...document.Block) *document.Document {
	return &document.Document{
		Title: "Turnover of the same cooperatives rose by 6.4 %", Kicker: "Trend bulletin", Author: "Network", Language: "en",
		Footer: "Unreleased, data to 22 November 2026", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Labels: labels,
		Letterhead: document.Letterhead{Name: "Network of cooperatives", Address: []string{"1 Long Street", "Brussels"}, Contact: "a@example.org", FunderStatement: "With the assistance of a funder."},
		Blocks:     blocks,
	}
}

func sentence(words int) string {
	return strings.TrimSpace(strings.Repeat("cooperative workers decide ", words/3+1))
}

func rows(n int) []document.Row {
	out := make([]document.Row, n)
	for i := range out {
		out[i] = document.Row{Cells: []document.Text{document.Plain(fmt.Sprintf("row %d", i+1)), document.Plain(fmt.Sprint(i * 1000))}}
	}
	return out
}

func table(n int) *document.Table {
	return &document.Table{
		Caption: "Turnover", Notes: []string{"Note of the table."}, Rows: rows(n),
		Columns: []document.Column{{Title: "Year", Weight: 1}, {Title: "GBP", Align: document.Right}},
	}
}

func TestEveryPageHasItsFootAndTheFirstItsLetterhead(t *testing.T) {
	doc := base(&document.Paragraph{Text: document.Plain(sentence(2500))})
	doc.Notice = "Invented data"
	pages, all := layout(t, doc)
	if len(pages) < 3 {
		t.Fatalf("%d pages, want several", len(pages))
	}
	if got := len(find(all, "Unreleased")); got != len(pages) {
		t.Errorf("the data line stands on %d of %d pages", got, len(pages))
	}
	if got := len(find(all, "Invented data")); got != len(pages) {
		t.Errorf("the notice stands on %d of %d pages", got, len(pages))
	}
	if last := find(all, fmt.Sprintf("Page %d of %d", len(pages), len(pages))); len(last) != 1 {
		t.Errorf("the last page is not numbered: %v", last)
	}
	for part, page := range map[string]int{"Network of cooperatives": 1, "With the assistance": len(pages)} {
		if found := find(all, part); len(found) != 1 || found[0].page != page {
			t.Errorf("%q: %v, want once on page %d", part, found, page)
		}
	}
}

func TestATableIsSplitWithItsHeaderRepeated(t *testing.T) {
	pages, all := layout(t, base(table(130)))
	headers := find(all, "Year")
	if len(headers) != len(pages) || len(pages) < 2 {
		t.Fatalf("%d headers on %d pages", len(headers), len(pages))
	}
	if got := len(find(all, "(continued)")); got != len(pages)-1 {
		t.Errorf("%d continued captions on %d pages", got, len(pages))
	}
	note := find(all, "Note of the table")
	if last := find(all, "row 130"); len(note) != 1 || len(last) != 1 || note[0].page != last[0].page {
		t.Errorf("the note stands apart from the last row: %v %v", note, last)
	}
	if got := len(find(all, "row ")); got != 130 {
		t.Errorf("%d rows, want 130", got)
	}
}

func TestNumbersStandAtTheRight(t *testing.T) {
	_, all := layout(t, base(table(20)))
	right := find(all, "19000")[0].right
	for _, number := range []string{"1000", "9000", "18000"} {
		if got := find(all, number)[0].right; got < right-0.1 || got > right+0.1 {
			t.Errorf("%s ends at %.2f, not at %.2f", number, got, right)
		}
	}
}

func TestAHeadingStaysWithWhatItHeads(t *testing.T) {
	for lines := 30; lines < 75; lines++ {
		var blocks []document.Block
		for i := range lines {
			blocks = append(blocks, &document.Paragraph{Text: document.Plain(fmt.Sprintf("line %d", i))})
		}
		blocks = append(blocks, &document.Heading{Level: 2, Text: "The heading"}, &document.Paragraph{Text: document.Plain("First words " + sentence(60))})
		_, all := layout(t, base(blocks...))
		heading, first := find(all, "The heading")[0], find(all, "First words")[0]
		if heading.page != first.page || heading.y > first.y {
			t.Errorf("after %d lines the heading is on page %d, its text on %d", lines, heading.page, first.page)
		}
	}
}

func TestNoLineStandsAlone(t *testing.T) {
	for before := range 60 {
		var blocks []document.Block
		for range before {
			blocks = append(blocks, &document.Paragraph{Text: document.Plain("filler")})
		}
		words := sentence(70)
		blocks = append(blocks, &document.Paragraph{Text: document.Plain(words)})
		_, all := layout(t, base(blocks...))
		count := map[int]int{}
		for _, one := range find(all, "cooperative") {
			if one.size < 9.5 && one.size > 8.5 {
				count[one.page]++
			}
		}
		for page, lines := range count {
			if lines == 1 {
				t.Errorf("after %d lines one line stands alone on page %d: %v", before, page, count)
			}
		}
	}
}

func TestOptionalBlocksGoWhereThePagesAreLimited(t *testing.T) {
	with := func(lines int) *document.Document {
		var blocks []document.Block
		for i := range lines {
			blocks = append(blocks, &document.Paragraph{Text: document.Plain(fmt.Sprintf("line %d", i))})
		}
		doc := base(append(blocks, &document.Optional{Blocks: []document.Block{table(10)}})...)
		doc.Pages = 1
		return doc
	}
	if pages, all := layout(t, with(5)); len(pages) != 1 || len(find(all, "row 10")) != 1 {
		t.Error("an optional table that fits is left out")
	}
	if pages, all := layout(t, with(30)); len(pages) != 1 || len(find(all, "row 10")) != 0 {
		t.Error("an optional table that does not fit is kept")
	}
	if pages, all := layout(t, with(42)); len(pages) != 1 || find(all, "line 1")[0].size >= 9 {
		t.Error("type is not made smaller to keep to the pages")
	}
	if pages, _ := layout(t, with(200)); len(pages) < 2 {
		t.Error("a document that cannot fit lost text")
	}
}

func TestEveryBlockIsSet(t *testing.T) {
	drawing := &scene.Scene{Width: 300, Height: 150, Items: []scene.Item{&scene.Text{X: 5, Y: 20, String: "in the drawing", Size: 9}}}
	figure := &document.Figure{Drawing: drawing, Caption: "Caption of the figure"}
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 100, 10))); err != nil {
		t.Fatal(err)
	}
	doc := base(
		&document.Paragraph{Lead: true, Text: document.Text{{Text: "Lead with "}, {Text: "bold", Bold: true}, {Text: " and "}, {Text: "link", Link: "#there"}, {Text: "."}}},
		&document.Heading{Level: 2, Text: "Second", Anchor: "there"}, &document.Heading{Level: 3, Text: "Third"},
		&document.List{Ordered: true, Items: []document.Text{document.Plain("point one"), document.Plain("point two")}},
		&document.KeyFigures{Figures: []document.KeyFigure{{Label: "Label", Value: "1,234", Change: "+1 %", Notes: []string{"n 5"}}, {Value: "7", Quiet: true, Change: "no comparable figure"}}},
		figure, &document.Grid{Columns: 2, Figures: []*document.Figure{figure, figure, figure}, Note: "Note of the grid"},
		&document.Callout{Title: "What this says", Blocks: []document.Block{&document.Paragraph{Text: document.Plain("inside")}}},
		&document.Columns{Columns: []document.Part{
			{Weight: 1, Blocks: []document.Block{&document.Note{Text: document.Plain("left side")}}},
			{Weight: 2, Blocks: []document.Block{&document.Note{Text: document.Plain("right side")}}},
		}},
		&document.Rule{}, &document.PageBreak{}, &document.Table{
			Dense: true, Columns: []document.Column{{Title: "A"}, {Title: "B"}},
			Rows: []document.Row{{Section: true, Cells: []document.Text{document.Plain("the section")}}, {Strong: true, Cells: []document.Text{document.Plain("total")}}},
		},
	)
	doc.Letterhead.Logo = logo.Bytes()
	pages, all := layout(t, doc)
	for _, want := range []string{
		"Lead with", "bold", "Second", "Third", "point two", "2.", "Label", "1,234", "+1 %", "n 5", "in the drawing",
		"Caption of the figure", "Note of the grid", "What this says", "inside", "left side", "right side", "the section", "total",
	} {
		if len(find(all, want)) == 0 {
			t.Errorf("%q is not on the pages", want)
		}
	}
	if got := find(all, "total")[0].page; got != len(pages) {
		t.Errorf("what follows the page break is on page %d of %d", got, len(pages))
	}
	if len(find(all, "in the drawing")) != 4 {
		t.Error("a figure is missing")
	}
}

func TestLayoutRefusesInOneSentence(t *testing.T) {
	loaded := fonts(t)
	tall := &document.Table{Columns: []document.Column{{Title: "A"}}, Rows: []document.Row{{Cells: []document.Text{document.Plain(sentence(5000))}}}}
	if _, err := document.Layout(base(tall), loaded, document.A4); err == nil || !strings.Contains(err.Error(), "shorter") {
		t.Errorf("a row higher than a page: %v", err)
	}
	if _, err := document.Layout(base(), loaded, document.PageSize{Width: 50, Height: 50}); err == nil {
		t.Error("a stamp was taken for paper")
	}
	if _, err := document.Layout(base(), nil, document.A4); err == nil {
		t.Error("no fonts, no error")
	}
}

// anyBlocks draws documents of all sorts.
func anyBlocks(t *rapid.T, depth int) []document.Block {
	word := rapid.StringMatching(`[a-zéß0-9]{1,14}`)
	text := rapid.Custom(func(t *rapid.T) document.Text {
		return document.Text{
			{Text: strings.Join(rapid.SliceOfN(word, 0, 60).Draw(t, "words"), " ")},
			{Text: rapid.StringN(0, 30, -1).Draw(t, "any"), Bold: rapid.Bool().Draw(t, "bold"), Link: rapid.SampledFrom([]string{"", "#a", "https://a"}).Draw(t, "link")},
		}
	})
	n := rapid.IntRange(0, 8).Draw(t, "blocks")
	var out []document.Block
	for range n {
		switch rapid.IntRange(0, 8).Draw(t, "kind") {
		case 0:
			out = append(out, &document.Heading{Level: rapid.IntRange(0, 9).Draw(t, "level"), Text: text.Draw(t, "text").String()})
		case 1:
			out = append(out, &document.Paragraph{Text: text.Draw(t, "text"), Lead: rapid.Bool().Draw(t, "lead")})
		case 2:
			out = append(out, &document.List{Items: rapid.SliceOfN(text, 0, 5).Draw(t, "items")})
		case 3:
			columns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) document.Column {
				return document.Column{Title: word.Draw(t, "title"), Align: document.Align(rapid.IntRange(0, 2).Draw(t, "align")), Weight: rapid.Float64Range(0, 2).Draw(t, "weight")}
			}), 1, 6).Draw(t, "columns")
			cells := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) document.Text { return document.Plain(word.Draw(t, "cell")) }), 0, 7)
			out = append(out, &document.Table{Caption: word.Draw(t, "caption"), Columns: columns, Rows: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) document.Row {
				return document.Row{Cells: cells.Draw(t, "cells"), Section: rapid.Bool().Draw(t, "section")}
			}), 0, 60).Draw(t, "rows")})
		case 4:
			out = append(out, &document.PageBreak{})
		case 5:
			if depth > 0 {
				out = append(out, &document.Callout{Title: word.Draw(t, "title"), Blocks: anyBlocks(t, depth-1)})
			}
		case 6:
			if depth > 0 {
				out = append(out, &document.Columns{Columns: []document.Part{{Weight: 1, Blocks: anyBlocks(t, depth-1)}, {Weight: 2, Blocks: anyBlocks(t, depth-1)}}})
			}
		case 7:
			out = append(out, &document.Note{Text: text.Draw(t, "text")})
		case 8:
			out = append(out, &document.KeyFigures{Figures: []document.KeyFigure{{Label: word.Draw(t, "label"), Value: word.Draw(t, "value"), Notes: []string{text.Draw(t, "text").String()}}}})
		}
	}
	return out
}

func TestNoTextLeavesTheMargins(t *testing.T) {
	loaded := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		doc := base(anyBlocks(t, 2)...)
		doc.Notice = rapid.SampledFrom([]string{"", "Invented data"}).Draw(t, "notice")
		doc.Pages = rapid.IntRange(0, 3).Draw(t, "pages")
		pages, err := document.Layout(doc, loaded, document.A4)
		if err != nil {
			t.Skip("a part is higher than a page: ", err)
		}
		for _, one := range texts(loaded, pages) {
			if one.left < 45.5 || one.right > 595.28-45.5 || one.y < 40 || one.y > 841.89-30 {
				t.Fatalf("page %d: %q stands at %.1f to %.1f, %.1f down", one.page, one.text, one.left, one.right, one.y)
			}
		}
	})
}
