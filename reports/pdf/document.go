package pdf

import (
	"io"

	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

// WriteDocument sets a document on pages of a size and writes them to w as a PDF file with the document's title, author,
// subject, language and date. The same document gives the same bytes.
func WriteDocument(w io.Writer, doc *document.Document, fonts *scene.Fonts, size document.PageSize) error {
	pages, err := document.Layout(doc, fonts, size)
	if err != nil {
		return err
	}
	return Write(w, pages, fonts, Metadata{
		Title: doc.Title, Author: doc.Author, Subject: doc.Subject, Keywords: doc.Kicker,
		Language: doc.Language, Created: doc.Date,
	})
}
