package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"coopatlas/reports/scene"

	"github.com/jung-kurt/gofpdf"
)

// Metadata is what a PDF file says of itself.
type Metadata struct {
	Title, Author, Subject string
	Keywords               string
	Language               string    // code of the language, such as "fr"; stands in the catalogue for screen readers
	Created                time.Time // creation and modification date, in universal time
}

// Creator is the program that the file names as its maker.
const Creator = "Coopatlas"

// Write writes pages to w as one PDF file. The same pages, fonts and metadata give the same bytes. Links to "#name" lead
// to the Anchor of that name on any page; a link to a name that no page has is left out.
func Write(w io.Writer, pages []*scene.Scene, fonts *scene.Fonts, meta Metadata) error {
	if len(pages) == 0 {
		return errors.New("a PDF needs at least one page: the document has none")
	}
	if meta.Created.IsZero() {
		return errors.New("a PDF needs the time it is dated: none was given")
	}
	file := newFile(meta)
	painter := newPainter(file, fonts)
	painter.findAnchors(pages)
	for i, page := range pages {
		painter.page(i+1, page)
		if err := file.Error(); err != nil {
			return fmt.Errorf("page %d of the PDF cannot be drawn: %w", i+1, err)
		}
	}
	var buffer bytes.Buffer
	if err := file.Output(&buffer); err != nil {
		return fmt.Errorf("the PDF cannot be written: %w", err)
	}
	data, err := withLanguage(buffer.Bytes(), meta.Language)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("the PDF cannot be written: %w", err)
	}
	return nil
}

func newFile(meta Metadata) *gofpdf.Fpdf {
	file := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 595.28, Ht: 841.89}})
	file.SetMargins(0, 0, 0)
	file.SetCellMargin(0)
	file.SetAutoPageBreak(false, 0)
	file.SetCatalogSort(true)
	file.SetCompression(true)
	file.SetCreationDate(meta.Created.UTC())
	file.SetModificationDate(meta.Created.UTC())
	file.SetTitle(within16(meta.Title), true)
	file.SetAuthor(within16(meta.Author), true)
	file.SetSubject(within16(meta.Subject), true)
	file.SetKeywords(within16(meta.Keywords), true)
	file.SetCreator(Creator, true)
	file.SetProducer(Creator, true)
	return file
}

var (
	catalogue = []byte("/Type /Catalog\n")
	startxref = []byte("startxref\n")
)

// withLanguage adds the document's language to the catalogue, and asks viewers to show the title instead of the file
// name; gofpdf knows neither. The catalogue is the last object of the file, so that only the place of the
// cross-reference table moves.
func withLanguage(data []byte, language string) ([]byte, error) {
	at := bytes.LastIndex(data, catalogue)
	end := bytes.LastIndex(data, startxref)
	if at < 0 || end < at {
		return nil, errors.New("the PDF writer made a file without a catalogue: nothing was written")
	}
	number, rest, _ := bytes.Cut(data[end+len(startxref):], []byte("\n"))
	place, err := strconv.Atoi(string(number))
	if err != nil {
		return nil, fmt.Errorf("the PDF writer made a file without a cross-reference table: %w", err)
	}
	added := "/ViewerPreferences <</DisplayDocTitle true>>\n"
	if language != "" {
		added += "/Lang (" + onlyTag(language) + ")\n"
	}
	at += len(catalogue)
	out := make([]byte, 0, len(data)+len(added)+8)
	out = append(out, data[:at]...)
	out = append(out, added...)
	out = append(out, data[at:end]...)
	out = append(out, startxref...)
	out = strconv.AppendInt(out, int64(place+len(added)), 10)
	out = append(out, '\n')
	return append(out, rest...), nil
}

// onlyTag keeps the characters that a language tag may have.
func onlyTag(language string) string {
	return string(bytes.Map(func(r rune) rune {
		if r == '-' || (r >= '0' && r <= '9') || (r >= 'A' && r <= 'Z') || (r >= 'a' && r <= 'z') {
			return r
		}
		return -1
	}, []byte(language)))
}
