package briefs

import (
	"strings"

	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

// heading is a line of the contents.
type heading struct {
	text string
	page int
}

// headings are the title and what is headed in a brief, with the pages that they stand on.
func headings(m *made) []heading {
	texts := make([]string, len(m.pages))
	for i, page := range m.pages {
		texts[i] = squeezed(textOf(page.Items))
	}
	var out []heading
	at := 0
	for _, title := range append([]string{m.doc.Title}, titles(m.doc.Blocks)...) {
		for page := at; page < len(texts); page++ {
			if strings.Contains(texts[page], squeezed(title)) {
				out, at = append(out, heading{title, page}), page
				break
			}
		}
	}
	return out
}

// titles are what heads the blocks of a document, in their order.
func titles(blocks []document.Block) []string {
	var out []string
	add := func(title string) {
		if title != "" {
			out = append(out, title)
		}
	}
	for _, block := range blocks {
		switch block := block.(type) {
		case *document.Heading:
			add(block.Text)
		case *document.Callout:
			add(block.Title)
			out = append(out, titles(block.Blocks)...)
		case *document.Table:
			add(block.Caption)
		case *document.Optional:
			out = append(out, titles(block.Blocks)...)
		case *document.Columns:
			for _, part := range block.Columns {
				out = append(out, titles(part.Blocks)...)
			}
		}
	}
	return out
}

// textOf is every text of a page, in the order in which it is drawn.
func textOf(items []scene.Item) string {
	var out strings.Builder
	for _, item := range items {
		switch item := item.(type) {
		case *scene.Text:
			out.WriteString(item.String)
		case *scene.Group:
			out.WriteString(textOf(item.Items))
		}
	}
	return out.String()
}

// squeezed is a text without spaces, which line breaks take away.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }
