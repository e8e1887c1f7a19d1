package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/reports/publish"
)

// figureBook is a workbook of results: a sheet for each indicator with the
// columns of its CSV, and one that says what the figures are of. The heading
// names a release.
func figureBook(results []*indicator.Result, heading string) publish.Book {
	book := publish.Book{Title: strings.TrimSpace(heading)}
	var about [][]publish.Cell
	say := func(what, text string) {
		if text != "" {
			about = append(about, []publish.Cell{{Text: what}, {Text: text}})
		}
	}
	for line := range strings.Lines(heading) {
		say("source", strings.TrimSpace(line))
	}
	for _, r := range results {
		if r.Newest.After(book.Time) {
			book.Time = r.Newest
		}
		book.Sheets = append(book.Sheets, publish.Sheet{Name: r.Indicator, Header: figureHeader(r), Rows: slices.Values(figureRows(r))})
		say(r.Indicator, fmt.Sprintf("%s, %s", r.Name["en"], basisText(r)))
		var money bytes.Buffer
		printMoney(&money, r.Money)
		say(r.Indicator, strings.Join(strings.Fields(money.String()), " "))
		var frames bytes.Buffer
		printEstimated(&frames, r.Estimated)
		for line := range strings.Lines(frames.String()) {
			say(r.Indicator, strings.TrimSpace(line))
		}
		for _, note := range r.Notes {
			say(r.Indicator, noteText(note))
		}
	}
	if len(results) > 0 {
		say("frame", results[0].Frame)
		say("data to", results[0].Newest.UTC().Format("2006-01-02 15:04 UTC"))
	}
	say("flags", "c confidential, O missing, I imputed, E estimated, P provisional, u few cooperatives or no headline, V not validated")
	book.Sheets = append(book.Sheets, publish.Sheet{Name: "About", Header: []string{"of", "what it is"}, Rows: slices.Values(about)})
	return book
}

// figureLines are the lines of a result's CSV.
func figureLines(r *indicator.Result) [][]string {
	var text bytes.Buffer
	_ = r.WriteCSV(&text) // a buffer takes all
	lines, _ := csv.NewReader(&text).ReadAll()
	return lines
}

func figureHeader(r *indicator.Result) []string { return figureLines(r)[0] }

// figureRows gives figures as numbers; keys of breakdowns, such as a size of 0-9,
// stay texts.
func figureRows(r *indicator.Result) [][]publish.Cell {
	var out [][]publish.Cell
	lines := figureLines(r)
	for _, line := range lines[1:] {
		row := make([]publish.Cell, len(line))
		for i, text := range line {
			key := i < 2+len(r.By) && lines[0][i] != "year"
			if row[i].Text = text; !key {
				row[i].As = publish.NumberCell
			}
		}
		out = append(out, row)
	}
	return out
}

// noteText is a remark on a result.
func noteText(n indicator.Note) string {
	if n.Key == indicator.NoteReworded {
		return "asked otherwise: a question behind this was changed between two versions of its questionnaire; the line starts anew there"
	}
	return fmt.Sprintf("%s: %d of %d", strings.ReplaceAll(string(n.Key), "_", " "), n.Count, n.Of)
}
