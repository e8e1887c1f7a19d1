package tabular

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrRefused is returned with the report where Strict is set and a row was refused: nothing was stored.
var ErrRefused = errors.New("rows were refused, so nothing was stored; mend them, or import without --strict")

// Target is where an import saves. data/store is one. Histories are asked for while changes are being saved.
type Target interface {
	// History returns what is known of a record; an error that wraps store.ErrNotFound where that is nothing.
	History(ctx context.Context, id record.ID) (*record.History, error)
	// SaveAll saves changes as they come, in commits of bounded size.
	SaveAll(ctx context.Context, by record.Identity, changes iter.Seq[store.Change], progress store.Progress) (int, error)
}

// Completed is what the questionnaire makes of a record's answers.
type Completed struct {
	Calculated map[record.Path]record.Answer // the calculated questions
	Label      string                        // the record's name
	Problems   []Problem                     // failed checks: Column is the question's path, Line is left to the import
}

// Complete runs a questionnaire over the answers of one record.
type Complete func(f *form.Form, id record.ID, state record.State, set map[record.Path]record.Answer) (Completed, error)

// Import is one import of one file.
type Import struct {
	Open      func() (io.ReadCloser, error) // the file, which is read twice
	Mapping   *Mapping
	Catalogue Catalogue
	Target    Target
	By        record.Identity
	Complete  Complete
	DryRun    bool
	Strict    bool
	Progress  store.Progress // rows done of all
}

// importer is an import under way.
type importer struct {
	Import
	plan    *plan
	report  *Report
	kinds   []gathered   // what the first reading found, by the place of the kind in the plan
	refused map[int]bool // lines
	ages    ages
	err     error
}

// Run reads the file, stores what the source changed, and reports. Rows that are refused leave the others be, unless
// Strict is set: then nothing is stored and the error is ErrRefused. An import that was interrupted can be run again:
// what is already there is unchanged.
func (i Import) Run(ctx context.Context) (*Report, error) {
	im := &importer{Import: i, report: &Report{Source: i.Mapping.Source, DryRun: i.DryRun}, refused: map[int]bool{}}
	if err := im.check(ctx); err != nil {
		return nil, err
	}
	if im.report.Refused > 0 && i.Strict && !i.DryRun {
		return im.report, ErrRefused
	}
	var err error
	if i.DryRun {
		for range im.changes(ctx) {
		}
	} else {
		im.report.Saved, err = i.Target.SaveAll(ctx, i.By, ahead(im.changes(ctx)), nil)
	}
	if im.err != nil && err != nil && errors.Is(im.err, err) {
		err = nil // said once
	}
	if err = errors.Join(im.err, err); err != nil {
		return im.report, err
	}
	im.report.Stored = !i.DryRun
	return im.report, nil
}

// tellEvery is after how many rows the progress is told and the context asked.
const tellEvery = 1000

func (i Import) tell(done, total int) {
	if i.Progress != nil {
		i.Progress(done, total)
	}
}

// check reads the file once: it counts, finds the rows to refuse, and lays together the records that several rows
// describe.
func (im *importer) check(ctx context.Context) error {
	var reader rowReader
	for row, err := range im.rows() {
		if err != nil {
			return err
		}
		if im.report.Rows%tellEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if reader.plan == nil {
			reader = rowReader{plan: im.plan, warn: im.report.warn}
		}
		im.report.Rows++
		problem, ok := reader.read(row)
		if ok {
			problem, ok = im.gather(row, reader.records)
		}
		if !ok {
			im.report.refuse(problem)
			im.refused[row.Line] = true
		}
	}
	im.report.Carried, im.report.Old = im.ages.count()
	im.ages = ages{}
	for k, rp := range im.plan.records {
		title := rp.form.Title.In("en", rp.form.DefaultLanguage)
		im.report.Kinds = append(im.report.Kinds, KindReport{Kind: rp.Kind, Title: title, Records: im.kinds[k].count()})
		im.kinds[k].lines = nil
	}
	return nil
}

// rows opens the file and gives its rows; the first time it binds the mapping to the file's columns.
func (im *importer) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		file, err := im.Open()
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer file.Close()
		table, err := OpenTable(file, im.Mapping.Written())
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer table.Close()
		if im.plan == nil {
			err = im.bind(table.Columns)
		}
		for err == nil {
			var row Row
			if row, err = table.Next(); err == io.EOF {
				return
			} else if err == nil && !yield(row, nil) {
				return
			}
		}
		yield(Row{}, err)
	}
}

func (im *importer) bind(columns []string) error {
	plan, err := bind(im.Mapping, im.Catalogue, columns)
	if err != nil {
		return err
	}
	im.plan, im.kinds = plan, make([]gathered, len(plan.records))
	for k, rp := range plan.records {
		im.kinds[k] = newGathered(rp)
	}
	return nil
}

// gather keeps what a row says until the second reading. It refuses a key that an earlier row has had, where the kind
// does not expect that.
func (im *importer) gather(row Row, records []mapped) (Problem, bool) {
	for k := range records {
		if problem, ok := im.kinds[k].unrepeated(&records[k]); !ok {
			return problem, false
		}
	}
	for k := range records {
		im.ages.add(im.plan.records[k], &records[k])
		im.kinds[k].take(row, &records[k])
	}
	return Problem{}, true
}

// changes gives what is to be saved, row by row: a record that several rows describe comes with the first of them, so
// that it stands before the records that refer to it.
func (im *importer) changes(ctx context.Context) iter.Seq[store.Change] {
	return func(yield func(store.Change) bool) {
		reader := rowReader{plan: im.plan, warn: func(Problem) {}}
		done := 0
		for row, err := range im.rows() {
			if err != nil {
				im.err = err
				return
			}
			if done++; done%tellEvery == 0 {
				im.tell(done, im.report.Rows)
			}
			if im.refused[row.Line] {
				continue
			}
			if _, ok := reader.read(row); ok && !im.offerRow(ctx, reader.records, yield) {
				return
			}
		}
		im.tell(done, im.report.Rows)
	}
}

// aheadOf and aheadBy are how far the reading of a file runs ahead of the saving: batches, and changes in each.
const (
	aheadOf = 4
	aheadBy = 64
)

// ahead works out changes on a goroutine of its own while those before them are saved. When it returns, that goroutine
// has ended.
func ahead(changes iter.Seq[store.Change]) iter.Seq[store.Change] {
	return func(yield func(store.Change) bool) {
		batches, stop := make(chan []store.Change, aheadOf), make(chan struct{})
		go func() {
			defer close(batches)
			var batch []store.Change
			for c := range changes {
				if batch = append(batch, c); len(batch) < aheadBy {
					continue
				}
				select {
				case batches <- batch:
				case <-stop:
					return
				}
				batch = make([]store.Change, 0, aheadBy)
			}
			select {
			case batches <- batch:
			case <-stop:
			}
		}()
		defer func() {
			close(stop)
			for range batches { // until it has ended
			}
		}()
		for batch := range batches {
			for _, c := range batch {
				if !yield(c) {
					return
				}
			}
		}
	}
}

func (im *importer) offerRow(ctx context.Context, records []mapped, yield func(store.Change) bool) bool {
	for k := range records {
		m := &records[k]
		if rp := im.plan.records[k]; rp.Repeated {
			if m = im.kinds[k].give(m.record); m == nil {
				continue
			}
		}
		if !im.offer(ctx, k, m, yield) {
			return false
		}
	}
	return true
}

// offer yields the change that one mapped record asks for, if any. It returns false to stop.
func (im *importer) offer(ctx context.Context, k int, m *mapped, yield func(store.Change) bool) bool {
	if im.err = ctx.Err(); im.err != nil {
		return false
	}
	rp := im.plan.records[k]
	change, outcome, err := im.change(ctx, rp, m)
	if err != nil {
		im.err = fmt.Errorf("line %d, %s: %w", m.line, rp.Kind, err)
		return false
	}
	counts := &im.report.Kinds[k]
	switch outcome {
	case unchanged:
		counts.Unchanged++
		return true
	case kept:
		counts.Kept++
		return true
	case changed:
		counts.Changed++
	case created:
		counts.New++
	}
	return yield(change)
}
