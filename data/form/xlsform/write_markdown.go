package xlsform

import (
	"strings"

	"coopatlas/data/form"
)

// A cell of a Markdown table has one line, so that line breaks in it are written as the web writes them.
var (
	cellWriter = strings.NewReplacer("&#", "&#38;#", "\n", "&#10;", "|", `\|`)
	cellReader = strings.NewReplacer("&#10;", "\n", "&#38;#", "&#")
)

// WriteMarkdown writes a questionnaire as the tables that Markdown reads: the same sheets, columns and rows, in one text
// that can be compared line by line. Sheets beside survey, choices and settings are left out.
func WriteMarkdown(source form.Source) string {
	var out strings.Builder
	for _, sheet := range []form.Sheet{source.Survey, source.Choices, source.Settings} {
		if len(sheet.Columns) == 0 {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString("| " + sheet.Name + " |\n|")
		for _, column := range sheet.Columns {
			out.WriteString(" | " + cellWriter.Replace(column))
		}
		out.WriteString(" |\n")
		for _, row := range sheet.Rows {
			out.WriteByte('|')
			for _, column := range sheet.Columns {
				out.WriteString(" | " + cellWriter.Replace(row.Cells[column]))
			}
			out.WriteString(" |\n")
		}
	}
	return out.String()
}
