package xlsform

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"coopatlas/data/form"
)

// maxCell is how many characters a cell of a workbook holds.
const maxCell = 32767

// ownSuffix ends the name of a column that only we read, beside one that phones read: relevant_coopatlas.
const ownSuffix = "_coopatlas"

// WriteWorkbook writes a questionnaire as an .xlsx workbook that the tools of the field read. The columns shown to
// people name their language ("label::Français (fr)"); a reference to another kind of record becomes a file of that
// kind's name, which WriteList writes, and the column kind says what it was. status(), which phones do not have, is
// blank for them, and the expression itself stands beside it in a column that only we read. Reading the workbook gives
// the same questionnaire. The error names the cell that a workbook cannot hold.
func WriteWorkbook(w io.Writer, source form.Source) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // in memory only
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	names := tongue{code: defaultLanguage(source)}
	sheets := []form.Sheet{forPhones(names.sheet(source.Survey, "survey")), names.sheet(source.Choices, "choices"), names.sheet(source.Settings, "settings")}
	for i, sheet := range sheets {
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), sheet.Name)
		} else {
			_, err = book.NewSheet(sheet.Name)
		}
		if err == nil {
			err = writeSheet(book, sheet, bold)
		}
		if err != nil {
			return fmt.Errorf("writing the workbook, sheet %s: %w", sheet.Name, err)
		}
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

func defaultLanguage(source form.Source) string {
	if len(source.Settings.Rows) == 0 {
		return ""
	}
	return form.LanguageCode(source.Settings.Rows[0].Get("default_language"))
}

// languageNames are the names that languages have in themselves.
var languageNames = map[string]string{"en": "English", "fr": "Français", "es": "Español", "it": "Italiano", "pt": "Português"}

// LanguageName gives the name of a language as columns write it: "fr" is "Français (fr)". A language that is not known,
// or named already, stays as it is.
func LanguageName(language string) string {
	if name := languageNames[language]; name != "" {
		return name + " (" + language + ")"
	}
	return language
}

// tongue writes the names of columns in full.
type tongue struct{ code string } // of the default language; empty where the questionnaire names none

// sheet gives a sheet with its languages named and its columns in the usual order.
func (t tongue) sheet(sheet form.Sheet, name string) form.Sheet {
	out := form.Sheet{Name: name}
	renamed := map[string]string{}
	for _, column := range sheet.Columns {
		renamed[column] = t.column(column, name, sheet.Columns)
		if !slices.Contains(out.Columns, renamed[column]) {
			out.Columns = append(out.Columns, renamed[column])
		}
	}
	for _, row := range sheet.Rows {
		cells := make(map[string]string, len(row.Cells))
		for column, text := range row.Cells {
			to := cmp.Or(renamed[column], column)
			if name == "settings" && column == "default_language" {
				text = LanguageName(text)
			}
			cells[to] = text
		}
		out.Rows = append(out.Rows, form.Row{Number: row.Number, Cells: cells})
	}
	slices.SortStableFunc(out.Columns, func(a, b string) int { return place(a, name) - place(b, name) })
	return out
}

func (t tongue) column(column, sheet string, all []string) string {
	base, language, split := strings.Cut(column, "::")
	switch {
	case !translated[base], sheet == "settings": // phones know one title only
		return column
	case split:
		return base + "::" + LanguageName(language)
	case t.code == "":
		return column
	}
	full := base + "::" + LanguageName(t.code)
	if slices.Contains(all, full) || slices.Contains(all, base+"::"+t.code) {
		return column
	}
	return full
}

// surveyOrder and choiceOrder are the usual orders of columns; others come after.
var (
	surveyOrder = []string{"type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "read_only", "calculation",
		"trigger", "default", "constraint", "constraint_message", "choice_filter", "repeat_count", "appearance", "parameters", "image", "big-image",
		"audio", "video", "check", "check_message", "check2", "check_message2", "check3", "check_message3", "soft", "code", "core", "list", "personal",
		"unit", "decimals", "concept", "kind"}
	choiceOrder = []string{"list_name", "name", "label", "image", "big-image", "audio", "video"}
)

func place(column, sheet string) int {
	base, _, _ := strings.Cut(column, "::")
	order := surveyOrder
	switch sheet {
	case "choices":
		order = choiceOrder
	case "settings":
		return 0
	}
	if i := slices.Index(order, base); i >= 0 {
		return i
	}
	return len(order)
}

var (
	fromKind    = regexp.MustCompile(`(?i)^(select[_ ](?:one|multiple)[_ ]from[_ ]file)\s+([^\s.]+)$`)
	statusCall  = regexp.MustCompile(`\bstatus\(\s*(?:\$\{[^{}]*\}|[\w./-]+)\s*\)`)
	expressions = []string{"relevant", "required", "read_only", "calculation", "default", "constraint", "choice_filter", "repeat_count"}
)

// forPhones changes what phones do not understand, and keeps what it was in columns of our own.
func forPhones(survey form.Sheet) form.Sheet {
	own := map[string]bool{}
	for _, row := range survey.Rows {
		if found := fromKind.FindStringSubmatch(row.Get("type")); found != nil {
			row.Cells["type"], row.Cells["kind"] = found[1]+" "+found[2]+".csv", found[2]
			own["kind"] = true
		}
		for _, column := range expressions {
			cell := row.Cells[column]
			if phone := statusCall.ReplaceAllString(cell, "''"); phone != cell {
				row.Cells[column], row.Cells[column+ownSuffix] = phone, cell
				own[column+ownSuffix] = true
			}
		}
	}
	for _, column := range slices.Sorted(maps.Keys(own)) {
		if !slices.Contains(survey.Columns, column) {
			survey.Columns = append(survey.Columns, column)
		}
	}
	return survey
}

// writeSheet writes a sheet with its header, which stays in view.
func writeSheet(book *excelize.File, sheet form.Sheet, bold int) error {
	widths := make([]int, len(sheet.Columns))
	write := func(row, column int, text string) error {
		at, err := excelize.CoordinatesToCellName(column+1, row)
		if err != nil {
			return err
		}
		length := utf8.RuneCountInString(text)
		if length > maxCell {
			return fmt.Errorf("row %d, %s has %d characters, and a cell holds %d; shorten it", row, sheet.Columns[column], length, maxCell)
		}
		widths[column] = max(widths[column], length)
		return book.SetCellStr(sheet.Name, at, text)
	}
	for i, column := range sheet.Columns {
		if err := write(1, i, column); err != nil {
			return err
		}
		for n, row := range sheet.Rows {
			if text := row.Cells[column]; text != "" {
				if err := write(n+2, i, text); err != nil {
					return err
				}
			}
		}
	}
	return dress(book, sheet.Name, widths, bold)
}

// dress sets the widths of columns and the look of the header.
func dress(book *excelize.File, sheet string, widths []int, bold int) error {
	for i, width := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = book.SetColWidth(sheet, name, name, float64(min(60, max(8, width+2))))
		}
		if err != nil {
			return err
		}
	}
	if err := book.SetRowStyle(sheet, 1, 1, bold); err != nil {
		return err
	}
	return book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
