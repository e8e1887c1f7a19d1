package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/html"
	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"
)

// PictureScale is how many pixels a point has in a picture: enough for print at its usual size.
const PictureScale = 3

// ErrEnding is wrapped where a file's ending names no form that is written.
var ErrEnding = errors.New("the ending of the file says nothing that can be written")

// Press is what charts and pages are drawn with. The engine may be nil where only briefs that are made already are
// written.
type Press struct {
	Engine *chart.Engine
	Fonts  *scene.Fonts
}

// File writes a file whole or not at all: beside its place first, then moved there.
func File(to string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(to), ".coopatlas-*")
	if err != nil {
		return unwritten(to, err)
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), to)
	}
	if err != nil {
		return unwritten(to, errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}

// unwritten says why a file was not written, without the name it was written under first.
func unwritten(to string, err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("%s cannot be written: %w", to, err)
}

// WriteChart writes a chart in the form that the ending of the file asks for: .svg, .png, .pdf, or .html, which is
// interactive. A PDF is dated by dated. The error wraps ErrEnding for any other ending.
func (p Press) WriteChart(d chart.Definition, dated time.Time, to string) error {
	var data []byte
	var err error
	switch strings.ToLower(filepath.Ext(to)) {
	case ".html":
		data, err = p.Engine.Page(d)
	case ".svg":
		data, err = p.Engine.SVG(d, "chart")
	case ".png":
		data, err = p.Engine.PNG(d, PictureScale)
	case ".pdf":
		data, err = p.chartPDF(d, dated)
	default:
		return unknownEnding(to)
	}
	if err != nil {
		return err
	}
	return File(to, data)
}

// WriteSheet writes charts side by side as WriteChart does one.
func (p Press) WriteSheet(s chart.Sheet, dated time.Time, to string) error {
	var data []byte
	var err error
	switch strings.ToLower(filepath.Ext(to)) {
	case ".html":
		data, err = p.Engine.SheetPage(s)
	case ".svg":
		data, err = p.Engine.SheetSVG(s)
	case ".png":
		data, err = p.Engine.SheetPNG(s, PictureScale)
	case ".pdf":
		var page *scene.Scene
		if page, err = p.Engine.SheetScene(s); err == nil {
			data, err = p.scenePDF(page, s.Head, dated)
		}
	default:
		return unknownEnding(to)
	}
	if err != nil {
		return err
	}
	return File(to, data)
}

func unknownEnding(to string) error {
	return fmt.Errorf("%w: %s: a chart is written to .svg, .png, .pdf or .html", ErrEnding, to)
}

// chartPDF draws a chart on a page of its own size.
func (p Press) chartPDF(d chart.Definition, dated time.Time) ([]byte, error) {
	page, err := p.Engine.Scene(d)
	if err != nil {
		return nil, err
	}
	return p.scenePDF(page, d, dated)
}

// scenePDF makes a page of a drawing.
func (p Press) scenePDF(page *scene.Scene, d chart.Definition, dated time.Time) ([]byte, error) {
	var out bytes.Buffer
	err := pdf.Write(&out, []*scene.Scene{page}, p.Fonts, pdf.Metadata{Title: d.Title, Subject: d.Population, Language: d.Language, Created: dated})
	return out.Bytes(), err
}

// CheckBrief tells whether a brief can be written to a file; the error wraps ErrEnding.
func CheckBrief(to string) error {
	if ext := strings.ToLower(filepath.Ext(to)); ext != ".pdf" && ext != ".html" {
		return fmt.Errorf("%w: %s: a brief is written to .pdf or .html", ErrEnding, to)
	}
	return nil
}

// WriteBrief writes a brief as .pdf, on A4, or as one self-contained .html page.
func (p Press) WriteBrief(doc *document.Document, to string) error {
	if err := CheckBrief(to); err != nil {
		return err
	}
	var out bytes.Buffer
	var err error
	if strings.EqualFold(filepath.Ext(to), ".html") {
		err = html.Write(&out, doc, p.Fonts)
	} else {
		err = pdf.WriteDocument(&out, doc, p.Fonts, document.A4)
	}
	if err != nil {
		return err
	}
	return File(to, out.Bytes())
}
