package document

import (
	"time"

	"coopatlas/reports/scene"
)

// Document is a report before it is set on pages or written as a web page.
type Document struct {
	Title    string    // a finding, in one sentence
	Kicker   string    // the small line above the title: what sort of document, of what, for when
	Language string    // code of the language all words are in
	Author   string    // who publishes it
	Subject  string    // for the file's metadata
	Date     time.Time // of the data it rests on; PDF files are dated by it
	Notice   string    // a warning that stands on every page, such as that the data are invented
	Footer   string    // the source and data line at the foot of every page
	Pages    int       // the number of pages it should not exceed; 0 for no limit

	Letterhead Letterhead
	Labels     Labels
	Blocks     []Block
}

// Letterhead is who publishes the document, at the head of its first page and the end of its last.
type Letterhead struct {
	Name            string
	Logo            []byte // PNG or JPEG; may be missing
	Address         []string
	Contact         string
	RegisterNumber  string // such as the number in the EU Transparency Register, with its label
	FunderStatement string
}

// Labels are the words that layout and the web page add themselves, in the document's language.
type Labels struct {
	PageOf    string // "Page {page} of {pages}"
	Continued string // after the caption of a table that goes on over the page
	DataTable string // opens the data behind a figure in the web page
	SkipLink  string // "Skip to the content"
}

// Block is one part of a document: *Heading, *Paragraph, *List, *Table, *Figure, *Grid, *KeyFigures, *Callout,
// *Columns, *Optional, *Note, *Rule or *PageBreak.
type Block interface{ block() }

// Run is a stretch of text in one style. Link, if set, is a web address or "#" and the anchor of a heading.
type Run struct {
	Text         string
	Bold, Italic bool
	Link         string
}

// Text is a text of several styles.
type Text []Run

// Plain makes a text of one plain stretch.
func Plain(text string) Text { return Text{{Text: text}} }

// String gives the words without their styles.
func (t Text) String() string {
	out := ""
	for _, run := range t {
		out += run.Text
	}
	return out
}

// Heading heads a part. Level begins at 2, the title being 1. Anchor, if set, can be linked to.
type Heading struct {
	Level  int
	Text   string
	Anchor string
}

// Paragraph is running text; Lead sets it larger, as the first one of a document.
type Paragraph struct {
	Text Text
	Lead bool
}

// List is a list of points, numbered where Ordered.
type List struct {
	Ordered bool
	Items   []Text
}

// Align is the alignment of a column.
type Align uint8

// The alignments of a column; numbers stand Right.
const (
	Left Align = iota
	Right
	Centre
)

// Column is a column of a table. Weight shares out the width that is left over; 0 keeps the column as narrow as its
// contents.
type Column struct {
	Title  string
	Align  Align
	Weight float64
}

// Row is a row of a table. A Section row heads the rows after it with its first cell; a Strong row is a total.
type Row struct {
	Cells   []Text
	Section bool
	Strong  bool
}

// Table is a table with its caption and notes. The first column holds the names of the rows. Dense sets it smaller, as
// in an annex.
type Table struct {
	Caption string
	Columns []Column
	Rows    []Row
	Notes   []string
	Dense   bool
}

// Figure is a drawing: Drawing for the page, SVG for the web (if empty, it is made from Drawing), Alt for those who
// cannot see it, and the table of its data.
type Figure struct {
	Drawing *scene.Scene
	SVG     string
	Alt     string
	Caption string
	Data    *Table
}

// Grid is small multiples: figures of one size side by side.
type Grid struct {
	Columns int
	Figures []*Figure
	Note    string
}

// KeyFigure is one large number with what it is, how it changed and what it rests on.
type KeyFigure struct {
	Label  string
	Value  string
	Change string
	Quiet  bool // Change is no finding, and is set softly
	Notes  []string
}

// KeyFigures is a row, or several rows of Columns, of large numbers.
type KeyFigures struct {
	Columns int
	Figures []KeyFigure
}

// Callout is a framed part with a title, such as what the figures do not say, or the method.
type Callout struct {
	Title  string
	Accent bool // drawn in the colour that asks for attention
	Dense  bool // its text is set smaller
	Blocks []Block
}

// Columns sets blocks side by side.
type Columns struct {
	Columns []Part
}

// Part is one column of Columns; its width is in proportion to Weight.
type Part struct {
	Weight float64
	Blocks []Block
}

// Optional holds blocks that are left out of the pages where the document would exceed its number of pages. The web
// page always has them. Else stands in their place on pages that leave them out.
type Optional struct {
	Blocks []Block
	Else   []Block
}

// Note is small print.
type Note struct {
	Text Text
}

// Rule is a thin line across the page.
type Rule struct{}

// PageBreak begins a new page.
type PageBreak struct{}

func (*Heading) block()    {}
func (*Paragraph) block()  {}
func (*List) block()       {}
func (*Table) block()      {}
func (*Figure) block()     {}
func (*Grid) block()       {}
func (*KeyFigures) block() {}
func (*Callout) block()    {}
func (*Columns) block()    {}
func (*Optional) block()   {}
func (*Note) block()       {}
func (*Rule) block()       {}
func (*PageBreak) block()  {}
