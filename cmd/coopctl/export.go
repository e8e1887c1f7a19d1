package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
	"github.com/spf13/cobra"
)

// exportJob is what `export` is asked for.
type exportJob struct {
	to, language, years   string
	where, indicators, by []string
	impute                []string
	estimated             bool
	sdmx, labels, names   bool
	unvalidated, noTotals bool
	release               string
	money                 money
	warn                  func([]indicator.ReleasedCell)
}

func (p *program) exportCommand() *cobra.Command {
	job := exportJob{warn: p.warnDiffering}
	c := &cobra.Command{
		Use:   "export DIR [KIND] --to FILE",
		Short: "Write the records of a kind as .csv, .xlsx or .json, or indicators as .xlsx or SDMX-CSV",
		Example: "  coopctl export atlas cooperative --labels --to cooperatives.xlsx\n" +
			"  coopctl export atlas --sdmx --release latest --indicator I01,I04,I05 --by country --to figures.csv\n" +
			"  coopctl export atlas --indicator I04,I05 --by country --to figures.xlsx",
		Args: usage(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := job.check(args); err != nil {
				return usageError{err}
			}
			return open(args[0], func(w *workspace.Workspace) error {
				write := job.figures
				if len(args) == 2 {
					write = job.records(args[1])
				}
				if err := writeFile(job.to, func(out io.Writer) error { return write(c.Context(), w, out) }); err != nil {
					return err
				}
				fmt.Fprintln(p.out, job.to)
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&job.to, "to", "", "the file to write: .csv or .xlsx, or .json for records")
	f.BoolVar(&job.sdmx, "sdmx", false, "write indicators as SDMX-CSV, with confidential figures hidden")
	f.StringSliceVar(&job.indicators, "indicator", nil, "of figures: the indicators' codes, such as I01,I04")
	f.StringSliceVar(&job.by, "by", []string{"country"}, "of figures: breakdowns beside the year")
	yearsFlag(c, &job.years)
	f.BoolVar(&job.unvalidated, "unvalidated", false, "of figures: use submitted records that nobody validated too")
	f.BoolVar(&job.noTotals, "no-totals", false, "of figures: leave the totals over the breakdowns out")
	f.StringSliceVar(&job.where, "where", nil, "only records with this value, such as country=IT; may be given several times")
	f.BoolVar(&job.labels, "labels", false, "write choices and references as people call them, not as codes")
	f.BoolVar(&job.names, "names", false, "write what each record is called; kinds whose names are personal have none")
	job.money.flags(c)
	releaseFlag(c, &job.release)
	imputeFlag(c, &job.impute)
	estimatedFlag(c, &job.estimated)
	f.StringVar(&job.language, "lang", "", "language of labels: such as en or fr; else the workspace's")
	_ = c.MarkFlagRequired("to")
	return c
}

// check refuses what cannot be written before anything is read.
func (j *exportJob) check(args []string) error {
	ending, figures := strings.ToLower(filepath.Ext(j.to)), len(args) == 1
	switch {
	case j.sdmx && !figures:
		return errors.New("--sdmx writes indicators, not records: leave the kind out")
	case j.sdmx && len(j.indicators) == 0:
		return errors.New("--sdmx needs --indicator; `coopctl trend --list` names the indicators")
	case figures && len(j.indicators) == 0:
		return errors.New("name a kind of record, such as cooperative, or figures with --indicator")
	case !figures && len(j.indicators) > 0:
		return errors.New("--indicator writes figures, not records: leave the kind out")
	case !figures && j.money.in != "":
		return errors.New("--money goes with --indicator: records keep their own currency")
	case !figures && j.estimated:
		return errors.New("--estimated goes with --indicator: records are as they are")
	case !figures && j.release != "":
		return errors.New("--release goes with --indicator: a release holds figures")
	case figures && !j.sdmx && ending == ".csv":
		return fmt.Errorf("%s: figures are written as SDMX-CSV with --sdmx, or to .xlsx; `coopctl trend --format csv` writes one indicator", j.to)
	case j.sdmx && ending != ".csv":
		return fmt.Errorf("%s: SDMX-CSV is written to .csv", j.to)
	case ending != ".csv" && ending != ".xlsx" && (figures || ending != ".json"):
		return fmt.Errorf("%s: an export is written to .csv or .xlsx, or records to .json", j.to)
	}
	return j.money.check()
}

// writeFile writes a file whole or not at all.
func writeFile(to string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(to), ".coopatlas-*")
	if err != nil {
		return fmt.Errorf("the export cannot be written: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	buffer := bufio.NewWriter(file)
	err = errors.Join(write(buffer), buffer.Flush(), file.Chmod(0o644), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), to)
}

// figures writes indicators as SDMX-CSV or as a workbook, always under disclosure control.
func (j *exportJob) figures(ctx context.Context, w *workspace.Workspace, out io.Writer) error {
	// A release says itself whether submitted records count.
	q := indicator.Query{By: j.by, Disclosure: true, Validated: !j.unvalidated && j.release == "", Totals: !j.noTotals, Estimated: j.estimated}
	var err error
	if q.Where, err = pairs(j.where); err != nil {
		return err
	}
	span, err := years(j.years)
	if err != nil {
		return err
	}
	q = span.Of(q)
	how, err := imputation(j.impute)
	if err != nil {
		return err
	}
	figures, err := w.Figures(ctx, workspace.FiguresOf{Release: j.release, What: j.what(q), Impute: how})
	if err != nil {
		return err
	}
	defer figures.Close()
	if q.Money, err = j.money.of(ctx, figures); err != nil {
		return err
	}
	var results []*indicator.Result
	for _, code := range j.indicators {
		q.Indicator = strings.TrimSpace(code)
		r, err := figures.Compute(ctx, q)
		if err != nil {
			return fmt.Errorf("%s: %w", q.Indicator, err)
		}
		results = append(results, r)
	}
	j.warn(figures.Differing())
	if err := figures.Keep(ctx); err != nil {
		return err
	}
	if j.sdmx {
		return indicator.WriteSDMX(out, results...)
	}
	return figureBook(results, heading(figures, q)).Write(out)
}

// what names the export of figures, for the register of released cells.
func (j *exportJob) what(q indicator.Query) string {
	q.Money = j.money.asked()
	return workspace.What("export", struct {
		Indicators []string        `json:"indicators"`
		Query      indicator.Query `json:"query"`
		Rates      string          `json:"rates,omitempty"`
		Impute     []string        `json:"impute,omitempty"`
	}{j.indicators, q, j.money.vintage, j.impute})
}

// exportTable is the records of a kind as they are exported: the questions that
// lists have, which personal ones, files and those of repeats are not among.
type exportTable struct {
	questions []*form.Question
	rows      []store.Row
	missing   map[string]bool // questions with an answer that is missing for a reason
	text      func(q *form.Question, a record.Answer) string
	named     bool
}

// records writes the records of a kind.
func (j *exportJob) records(kind string) func(context.Context, *workspace.Workspace, io.Writer) error {
	return func(ctx context.Context, w *workspace.Workspace, out io.Writer) error {
		f, err := w.MustKnow(kind)
		if err != nil {
			return err
		}
		t := exportTable{missing: map[string]bool{}, named: j.names && !f.NamePersonal}
		q := store.Query{Columns: []string{}}
		for _, question := range f.Questions {
			if exported(question) {
				t.questions = append(t.questions, question)
				q.Columns = append(q.Columns, question.Path)
			}
		}
		if q.Where, err = conditions(f, j.where); err != nil {
			return err
		}
		if t.rows, err = w.Store.List(ctx, f.ID, q); err != nil {
			return err
		}
		if t.text, err = j.texts(ctx, w, f); err != nil {
			return err
		}
		for _, row := range t.rows {
			for path, a := range row.Values {
				t.missing[string(path)] = t.missing[string(path)] || a.Status != record.Answered
			}
		}
		switch strings.ToLower(filepath.Ext(j.to)) {
		case ".json":
			return printJSON(out, t.objects())
		case ".xlsx":
			return t.book(f.Title.In("en", f.DefaultLanguage)).Write(out)
		}
		return t.csv(out)
	}
}

// exported tells whether a question's answers may leave in a table.
func exported(q *form.Question) bool {
	if !q.Stored() || q.Personal || q.Storage() == form.StoreFile || q.Repeat() != nil {
		return false
	}
	for g := q.Parent; g != nil; g = g.Parent {
		if g.Personal {
			return false
		}
	}
	return true
}

// texts returns how answers are written: as codes, or as people call them.
func (j *exportJob) texts(ctx context.Context, w *workspace.Workspace, f *form.Form) (func(*form.Question, record.Answer) string, error) {
	if !j.labels {
		return func(_ *form.Question, a record.Answer) string { return a.Value.String() }, nil
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if j.language == "" {
		j.language = settings.Language
	}
	if _, err := workspace.Words(j.language); err != nil {
		return nil, err
	}
	name := w.Namer(ctx, j.language)
	return func(q *form.Question, a record.Answer) string {
		if other, ok := w.Form(q.Kind); ok && other.NamePersonal {
			return a.Value.String()
		}
		list := f.Lists[q.List]
		if list == nil {
			return name(q, a)
		}
		return chosen(list, a, j.language)
	}, nil
}

// chosen writes the labels of choices, several with semicolons between them.
func chosen(list *form.List, a record.Answer, language string) string {
	var labels []string
	for _, code := range strings.Fields(a.Value.String()) {
		if c, ok := list.Choice(code); ok {
			code = c.Label.In(language, "en")
		}
		labels = append(labels, code)
	}
	return strings.Join(labels, "; ")
}

// header are the titles of the columns: id, state, then each question by its
// path, followed by why there is no answer where any record has a reason.
func (t *exportTable) header() []string {
	header := []string{"record", "state"}
	if t.named {
		header = append(header, "label")
	}
	for _, q := range t.questions {
		if header = append(header, q.Path); t.missing[q.Path] {
			header = append(header, q.Path+":status")
		}
	}
	return header
}

// line is a row of the table. Numbers and dates are such unless they are told
// as people call them.
func (t *exportTable) line(row store.Row) []publish.Cell {
	line := []publish.Cell{{Text: row.Record.String()}, {Text: string(row.Lifecycle)}}
	if t.named {
		line = append(line, publish.Cell{Text: row.Label})
	}
	for _, q := range t.questions {
		a, given := row.Values[record.Path(q.Path)]
		cell := publish.Cell{Text: t.value(q, a)}
		switch q.Storage() {
		case form.StoreNumber:
			cell.As = publish.NumberCell
		case form.StoreDate:
			cell.As = publish.DateCell
		}
		if line = append(line, cell); t.missing[q.Path] {
			line = append(line, publish.Cell{Text: status(a, given)})
		}
	}
	return line
}

// csv writes a row for each record.
func (t *exportTable) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.header()); err != nil {
		return err
	}
	for _, row := range t.rows {
		var line []string
		for _, cell := range t.line(row) {
			line = append(line, cell.Text)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// book is the table as a workbook.
func (t *exportTable) book(title string) publish.Book {
	newest := time.Time{}
	for _, row := range t.rows {
		if row.Changed.After(newest) {
			newest = row.Changed
		}
	}
	rows := func(yield func([]publish.Cell) bool) {
		for _, row := range t.rows {
			if !yield(t.line(row)) {
				return
			}
		}
	}
	return publish.Book{Title: title, Time: newest, Sheets: []publish.Sheet{{Name: title, Header: t.header(), Rows: rows}}}
}

func (t *exportTable) value(q *form.Question, a record.Answer) string {
	if a.Value.IsZero() {
		return ""
	}
	return t.text(q, a)
}

// status says how an answer came about; blank where nobody said anything.
func status(a record.Answer, given bool) string {
	if !given {
		return ""
	}
	return a.Status.String()
}

// exportedRecord is a record as a JSON export has it. Missing says why a
// question has no answer.
type exportedRecord struct {
	Record  string            `json:"record"`
	Label   string            `json:"label,omitempty"`
	State   record.Lifecycle  `json:"state"`
	Values  map[string]string `json:"values"`
	Missing map[string]string `json:"missing,omitempty"`
}

func (t *exportTable) objects() []exportedRecord {
	out := make([]exportedRecord, len(t.rows))
	for i, row := range t.rows {
		r := exportedRecord{Record: row.Record.String(), State: row.Lifecycle, Values: map[string]string{}}
		if t.named {
			r.Label = row.Label
		}
		for _, q := range t.questions {
			a, given := row.Values[record.Path(q.Path)]
			if given && !a.Value.IsZero() {
				r.Values[q.Path] = t.text(q, a)
			}
			if given && a.Status != record.Answered {
				if r.Missing == nil {
					r.Missing = map[string]string{}
				}
				r.Missing[q.Path] = a.Status.String()
			}
		}
		out[i] = r
	}
	return out
}
