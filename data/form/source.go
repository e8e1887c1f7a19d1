package form

import (
	"fmt"
	"strings"
)

// Source is a questionnaire as it was written: the rows of its sheets, read from whatever file they came in.
type Source struct {
	Name     string // of the file, for messages
	Survey   Sheet
	Choices  Sheet
	Settings Sheet
	Others   []string  // names of further sheets, which are kept out of the form
	Problems []Problem // what the reader found; Compile hands it on
	// PersonalKinds are the kinds of record whose names are personal, such as person: what writes the name of one of
	// them must be marked as personal too.
	PersonalKinds []string
}

// Sheet is one sheet: its columns under their usual names ("type", "label", "label::Français (fr)") and its rows.
type Sheet struct {
	Name    string   // as the file calls it: "survey"
	Columns []string // in the order of the sheet
	Rows    []Row
}

// Row is one row of a sheet: the cells that are not empty, by column.
type Row struct {
	Number int // as a spreadsheet counts: the header is usually row 1; in a Markdown file the line of the file
	Cells  map[string]string
}

// Get returns the trimmed text of a cell; empty where there is none.
func (r Row) Get(column string) string { return strings.TrimSpace(r.Cells[column]) }

// Severity says whether a problem keeps the form from being used.
type Severity uint8

// A form with errors is refused; warnings are only shown.
const (
	Warning Severity = iota
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Problem is one thing wrong with a questionnaire: where it is, what it is and what to do.
type Problem struct {
	Severity Severity
	Sheet    string
	Row      int    // 0 where the whole sheet is meant
	Column   string // the column's name; empty where the whole row is meant
	Message  string
}

// String writes the problem as one line: "survey row 12, constraint: …".
func (p Problem) String() string {
	where := p.Sheet
	if p.Row > 0 {
		where += fmt.Sprintf(" row %d", p.Row)
	}
	if p.Column != "" {
		where += ", " + p.Column
	}
	if where == "" {
		return p.Severity.String() + ": " + p.Message
	}
	return p.Severity.String() + ": " + where + ": " + p.Message
}

// Errors returns the problems that keep a form from being used.
func Errors(problems []Problem) []Problem {
	var out []Problem
	for _, p := range problems {
		if p.Severity == Error {
			out = append(out, p)
		}
	}
	return out
}
