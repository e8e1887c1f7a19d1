package imports

import (
	"bytes"
	"context"
	"encoding/csv"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/exchange/tabular"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/reports/publish"
)

// mostListed is how many refused rows and warnings are shown; the saved report has all that were listed.
const mostListed = 100

// report shows what an import did, or would do.
func (p *Page) report(r *tabular.Report) []fyne.CanvasObject {
	out := []fyne.CanvasObject{kit.Section(p.heading(r)), p.verdict(r), p.kinds(r)}
	if r.Carried+r.Old > 0 {
		out = append(out, kit.Hint(p.say("accounts", words.Args{"Carried": r.Carried, "Old": r.Old})))
	}
	if r.Refused > 0 {
		out = append(out, p.refusals(r))
	}
	if r.Warned > 0 {
		out = append(out, p.warnings(r))
	}
	return out
}

func (p *Page) heading(r *tabular.Report) string {
	if r.DryRun {
		return p.say("dry_title", map[string]any{"Count": r.Rows})
	}
	return p.say("done_title", map[string]any{"Count": r.Rows})
}

// verdict says in a line how it went, and offers what comes next.
func (p *Page) verdict(r *tabular.Report) fyne.CanvasObject {
	state, word := kit.Good, p.say("clean")
	switch {
	case r.Refused > 0 && r.DryRun:
		state, word = kit.Warn, p.say("some_refused", r.Refused)
	case r.Refused > 0:
		state, word = kit.Warn, p.say("were_refused", r.Refused)
	case r.Nothing():
		state, word = kit.Neutral, p.say("nothing_new")
	case !r.DryRun && r.Stored:
		word = p.say("stored", r.Saved)
	case !r.DryRun:
		state, word = kit.Warn, p.say("partly", r.Saved)
	}
	row := []fyne.CanvasObject{kit.NewBadge(state, word)}
	if r.DryRun && !r.Nothing() {
		row = append(row, kit.Primary(p.say("import"), func() { p.run(false) }))
	}
	if !r.DryRun {
		row = append(row, kit.Primary(p.say("see"), p.see))
	}
	if r.Refused+r.Warned > 0 {
		row = append(row, kit.IconButton(kit.IconSave, p.say("save_report"), func() { p.saveReport(r) }))
	}
	return kit.NewWrap(row...)
}

// see leads to the records that the file gave.
func (p *Page) see() {
	for _, k := range p.last.Kinds {
		if k.Kind == "mapping" && len(p.last.Kinds) == 1 {
			p.s.Navigate("interviews")
			return
		}
	}
	p.s.Navigate("directory")
}

// kinds is the table of counts by kind of record.
func (p *Page) kinds(r *tabular.Report) fyne.CanvasObject {
	say := p.s.Words()
	columns := []kit.GridColumn{{Title: p.say("column.kind")}, {Title: p.say("column.records"), Number: true}, {Title: p.say("column.new"), Number: true},
		{Title: p.say("column.changed"), Number: true}, {Title: p.say("column.unchanged"), Number: true}, {Title: p.say("column.kept"), Number: true}}
	var rows [][]kit.Cell
	for _, k := range r.Kinds {
		title := k.Title
		if f, ok := p.s.Workspace().Form(k.Kind); ok {
			title = f.Title.In(say.Language(), f.DefaultLanguage)
		}
		row := []kit.Cell{{Text: title}}
		for _, n := range []int{k.Records, k.New, k.Changed, k.Unchanged, k.Kept} {
			row = append(row, kit.Cell{Text: say.Integer(int64(n))})
		}
		rows = append(rows, row)
	}
	return kit.Limit(820, kit.Sheet(kit.NewGrid(columns, rows)))
}

// refusals lists refused rows with their line and reason.
func (p *Page) refusals(r *tabular.Report) fyne.CanvasObject {
	say := p.s.Words()
	columns := []kit.GridColumn{{Title: p.say("column.line"), Number: true}, {Title: p.say("column.column")}, {Title: p.say("column.reason"), Grow: true}}
	var rows [][]kit.Cell
	for _, one := range r.Refusals[:min(len(r.Refusals), mostListed)] {
		rows = append(rows, []kit.Cell{{Text: say.Integer(int64(one.Line))}, {Text: p.place(one.Column)}, {Text: one.Message}})
	}
	return p.listed(p.say("refused", r.Refused), columns, rows, r.Refused-len(rows))
}

// warnings lists what was said of rows, once each, with how many rows it is said of.
func (p *Page) warnings(r *tabular.Report) fyne.CanvasObject {
	say := p.s.Words()
	columns := []kit.GridColumn{{Title: p.say("column.rows"), Number: true}, {Title: p.say("column.first"), Number: true}, {Title: p.say("column.column")}, {Title: p.say("column.warning"), Grow: true}}
	var rows [][]kit.Cell
	for _, one := range r.Warnings[:min(len(r.Warnings), mostListed)] {
		rows = append(rows, []kit.Cell{{Text: say.Integer(int64(1 + one.More))}, {Text: say.Integer(int64(one.Line))}, {Text: p.place(one.Column)}, {Text: one.Message}})
	}
	return p.listed(p.say("warned", r.Warned), columns, rows, len(r.Warnings)-len(rows))
}

// place is a column of the file, or what people call the question that a warning is about ("mapping: members/total").
func (p *Page) place(column string) string {
	kind, path, found := strings.Cut(column, ": ")
	f, known := p.s.Workspace().Form(kind)
	if !found || !known {
		return column
	}
	language := p.s.Words().Language()
	if q, ok := f.Question(record.Path(path).Question()); ok && !q.Label.Empty() {
		return q.Label.In(language, f.DefaultLanguage)
	}
	return f.Title.In(language, f.DefaultLanguage) + ": " + path
}

// listed is a table under a heading that folds, and how much more there is.
func (p *Page) listed(title string, columns []kit.GridColumn, rows [][]kit.Cell, more int) fyne.CanvasObject {
	body := kit.Column(kit.Gap4, kit.Sheet(kit.NewGrid(columns, rows)))
	if more > 0 {
		body.Add(kit.Hint(p.say("more", more)))
	}
	return kit.NewFold(title, true, body)
}

// saveReport writes what was refused and warned of as CSV, to be mended at the source.
func (p *Page) saveReport(r *tabular.Report) {
	name := trimmed(filepath.Base(p.file)) + "-report.csv"
	p.s.Chooser().SaveFile(name, page.Filter{Title: p.say("filter.report"), Endings: []string{".csv"}}, func(path string) {
		task.Quiet(p.s.Runner(), func(context.Context) (struct{}, error) { return struct{}{}, publish.File(path, reportCSV(r)) }, func(_ struct{}, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.s.Toast(p.say("report_saved", "File", filepath.Base(path)), nil)
		})
	})
}

// reportCSV has a line for each refused row and each warning.
func reportCSV(r *tabular.Report) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write([]string{"what", "line", "column", "message", "rows"})
	for _, one := range r.Refusals {
		_ = w.Write([]string{"refused", strconv.Itoa(one.Line), one.Column, one.Message, "1"})
	}
	for _, one := range r.Warnings {
		_ = w.Write([]string{"warning", strconv.Itoa(one.Line), one.Column, one.Message, strconv.Itoa(1 + one.More)})
	}
	w.Flush()
	return out.Bytes()
}

func trimmed(name string) string { return name[:len(name)-len(filepath.Ext(name))] }
