package html

import (
	"bytes"
	_ "embed" // the style sheet
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"

	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

//go:embed style.css
var style string

// writer writes the parts of one page.
type writer struct {
	bytes.Buffer
	doc     *document.Document
	fonts   *scene.Fonts
	figures int // figures so far, for their ids
}

// Write writes a document to w as one web page that asks for nothing from outside. The same document gives the same
// bytes. Fonts are needed for figures that have a drawing but no SVG.
func Write(w io.Writer, doc *document.Document, fonts *scene.Fonts) error {
	page := &writer{doc: doc, fonts: fonts}
	page.head()
	page.letterhead()
	page.raw(`<main id="content">` + "\n<header class=\"title\">\n")
	page.element("p", "kicker", doc.Kicker)
	page.element("h1", "", doc.Title)
	page.raw("</header>\n")
	for _, block := range doc.Blocks {
		if err := page.block(block); err != nil {
			return err
		}
	}
	page.raw("</main>\n<footer>\n")
	page.element("p", "", doc.Letterhead.FunderStatement)
	page.element("p", "", doc.Footer)
	page.raw("</footer>\n</body>\n</html>\n")
	if _, err := w.Write(page.Bytes()); err != nil {
		return fmt.Errorf("the web page cannot be written: %w", err)
	}
	return nil
}

func (w *writer) raw(text string) { w.WriteString(text) }

func escape(text string) string { return html.EscapeString(clean(text)) }

// clean drops the characters that no web page may contain.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || (r >= 0x7f && r < 0xa0) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// element writes an element with a text, and nothing where there is no text.
func (w *writer) element(name, class, text string) {
	if text == "" {
		return
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(w, "<%s%s>%s</%s>\n", name, class, escape(text), name)
}

// policy allows the page its own style and pictures within it, and nothing else.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

func (w *writer) head() {
	w.raw("<!DOCTYPE html>\n")
	fmt.Fprintf(w, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n", escape(w.doc.Language))
	fmt.Fprintf(w, "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\"/>\n", policy)
	w.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n")
	for _, meta := range [][2]string{{"author", w.doc.Author}, {"description", w.doc.Subject}, {"date", w.doc.Date.UTC().Format("2006-01-02T15:04:05Z")}} {
		if meta[1] != "" {
			fmt.Fprintf(w, "<meta name=\"%s\" content=\"%s\"/>\n", meta[0], escape(meta[1]))
		}
	}
	w.element("title", "", w.doc.Title)
	w.raw("<style>\n" + style + "</style>\n</head>\n<body>\n")
	if label := w.doc.Labels.SkipLink; label != "" {
		fmt.Fprintf(w, "<a class=\"skip\" href=\"#content\">%s</a>\n", escape(label))
	}
	if w.doc.Notice != "" {
		fmt.Fprintf(w, "<p class=\"notice\" role=\"note\">%s</p>\n", escape(w.doc.Notice))
	}
}

func (w *writer) letterhead() {
	head := w.doc.Letterhead
	if head.Name == "" && len(head.Logo) == 0 {
		return
	}
	w.raw("<header class=\"letterhead\">\n<div class=\"who\">")
	if len(head.Logo) > 0 {
		kind := "image/png"
		if bytes.HasPrefix(head.Logo, []byte("\xff\xd8")) {
			kind = "image/jpeg"
		}
		fmt.Fprintf(w, "<img alt=\"\" src=\"data:%s;base64,%s\"/>", kind, base64.StdEncoding.EncodeToString(head.Logo))
	}
	fmt.Fprintf(w, "<p>%s</p></div>\n<address>", escape(head.Name))
	lines := append(append([]string(nil), head.Address...), head.Contact, head.RegisterNumber)
	written := false
	for _, line := range lines {
		if line == "" {
			continue
		}
		if written {
			w.raw("<br/>")
		}
		w.raw(escape(line))
		written = true
	}
	w.raw("</address>\n</header>\n")
}

// text writes a text of several styles.
func (w *writer) text(text document.Text) {
	for _, run := range text {
		open, shut := "", ""
		if link := safe(run.Link); link != "" {
			open, shut = `<a href="`+escape(link)+`">`, "</a>"
		}
		if run.Bold {
			open, shut = open+"<strong>", "</strong>"+shut
		}
		if run.Italic {
			open, shut = open+"<em>", "</em>"+shut
		}
		w.raw(open + escape(run.Text) + shut)
	}
}

// safe keeps links that lead to a place in the page, to the web or to a letter; others, such as scripts, are dropped.
func safe(link string) string {
	for _, scheme := range []string{"#", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(link, scheme) {
			return link
		}
	}
	return ""
}
