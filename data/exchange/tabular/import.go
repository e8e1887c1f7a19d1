package tabular

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrRefused is returned with the report where Strict is set and a row was refused: nothing was stored.
var ErrRefused = errors.New("rows were refused, so nothing was stored; mend them, or import without --strict")

// Target is where an import saves. data/store is one.
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
	Problems   []string                      // failed checks and missing answers, one sentence each, with the question
}

// Complete runs a questionnaire over the answers of one record.
type Complete func(f *form.Form, state record.State, set map[record.Path]record.Answer) (Completed, error)

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
	plan     *plan
	report   *Report
	repeated []map[record.ID]*mapped // of the kinds whose columns stand on several rows
	order    [][]record.ID           // in which those records were first met
	lines    []map[record.ID]int     // of the other kinds: the line of each key
	refused  map[int]bool            // lines
	ages     ages
	err      error
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
		_, err = i.Target.SaveAll(ctx, i.By, im.changes(ctx), func(done, _ int) { i.tell(done, im.report.Rows) })
	}
	if err = errors.Join(im.err, err); err != nil {
		return im.report, err
	}
	im.report.Stored = !i.DryRun
	return im.report, nil
}

func (i Import) tell(done, total int) {
	if i.Progress != nil {
		i.Progress(done, total)
	}
}

// check reads the file once: it counts, finds the rows to refuse, and lays together the records that several rows
// describe.
func (im *importer) check(ctx context.Context) error {
	for row, err := range im.rows() {
		if err != nil {
			return err
		}
		if im.report.Rows%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		im.report.Rows++
		reader := rowReader{plan: im.plan, warn: im.report.warn}
		records, problem, ok := reader.read(row)
		if ok {
			problem, ok = im.unrepeated(records)
		}
		if !ok {
			im.report.refuse(problem)
			im.refused[row.Line] = true
			continue
		}
		im.gather(records)
	}
	im.report.Carried, im.report.Old = im.ages.count()
	for k, rp := range im.plan.records {
		im.report.Kinds = append(im.report.Kinds, KindReport{Kind: rp.Kind, Title: rp.form.Title.In("en", rp.form.DefaultLanguage), Records: len(im.repeated[k]) + len(im.lines[k])})
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
		table, err := OpenTable(file, im.Mapping.Encoding, im.Mapping.Separator)
		if err == nil && im.plan == nil {
			err = im.bind(table.Columns)
		}
		for err == nil {
			var row Row
			if row, err = table.Next(); err == nil && !yield(row, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(Row{}, err)
		}
	}
}

func (im *importer) bind(columns []string) error {
	plan, err := bind(im.Mapping, im.Catalogue, columns)
	if err != nil {
		return err
	}
	im.plan = plan
	im.repeated, im.order, im.lines = make([]map[record.ID]*mapped, len(plan.records)), make([][]record.ID, len(plan.records)), make([]map[record.ID]int, len(plan.records))
	for k := range plan.records {
		im.repeated[k], im.lines[k] = map[record.ID]*mapped{}, map[record.ID]int{}
	}
	return nil
}

// unrepeated finds a key that an earlier row has had, where the kind does not expect that.
func (im *importer) unrepeated(records []mapped) (Problem, bool) {
	for k, m := range records {
		rp := im.plan.records[k]
		if first, taken := im.lines[k][m.record]; taken && !rp.Repeated {
			return Problem{Line: m.line, Column: rp.Key[0], Message: fmt.Sprintf("the row repeats the key of line %d", first)}, false
		}
	}
	return Problem{}, true
}

func (im *importer) gather(records []mapped) {
	for k, m := range records {
		rp := im.plan.records[k]
		im.ages.add(rp, m)
		if !rp.Repeated {
			im.lines[k][m.record] = m.line
			continue
		}
		if known, ok := im.repeated[k][m.record]; ok {
			known.merge(m)
			continue
		}
		im.repeated[k][m.record] = &m
		im.order[k] = append(im.order[k], m.record)
	}
}

// changes gives what is to be saved: first the records that several rows describe, then those of one row each.
func (im *importer) changes(ctx context.Context) iter.Seq[store.Change] {
	return func(yield func(store.Change) bool) {
		for k, rp := range im.plan.records {
			for _, id := range im.order[k] {
				if !im.offer(ctx, k, rp, *im.repeated[k][id], yield) {
					return
				}
			}
		}
		for row, err := range im.rows() {
			if err != nil {
				im.err = err
				return
			}
			if !im.refused[row.Line] && !im.offerRow(ctx, row, yield) {
				return
			}
		}
	}
}

func (im *importer) offerRow(ctx context.Context, row Row, yield func(store.Change) bool) bool {
	reader := rowReader{plan: im.plan, warn: func(Problem) {}}
	records, _, _ := reader.read(row)
	for k, m := range records {
		if rp := im.plan.records[k]; !rp.Repeated && !im.offer(ctx, k, rp, m, yield) {
			return false
		}
	}
	return true
}

// offer yields the change that one mapped record asks for, if any. It returns false to stop.
func (im *importer) offer(ctx context.Context, k int, rp *recordPlan, m mapped, yield func(store.Change) bool) bool {
	if im.err = ctx.Err(); im.err != nil {
		return false
	}
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

type outcome int

const (
	unchanged outcome = iota
	created
	changed
	kept
)

// change compares a mapped record with what the source said at its last import, and with what the record says now.
func (im *importer) change(ctx context.Context, rp *recordPlan, m mapped) (store.Change, outcome, error) {
	answers := rp.answers(m)
	origin := &record.Origin{Source: im.Mapping.Source, Row: hash(answers), Public: im.Mapping.SourcePublic}
	change := store.Change{Record: m.record, Kind: rp.Kind, Form: rp.form.Version, Operation: rp.operation, Set: answers, Origin: origin}
	history, err := im.Target.History(ctx, m.record)
	if errors.Is(err, store.ErrNotFound) || err == nil && len(history.Revisions) == 0 {
		return im.completed(rp, m, change, record.State{}, created)
	}
	if err != nil {
		return change, unchanged, err
	}
	row, last, _ := history.LastImport(im.Mapping.Source)
	if row == origin.Row {
		return change, unchanged, nil
	}
	state := history.State()
	if state.Lifecycle == record.Locked || state.Lifecycle == record.Deleted {
		im.report.warn(Problem{Line: m.line, Column: rp.Kind, Message: fmt.Sprintf("the source changed, but the record is %s here and was left as it is", state.Lifecycle)})
		return change, kept, nil
	}
	change.Parents, change.Set = state.Heads, differing(rp, answers, last)
	if len(change.Set) == 0 {
		return change, unchanged, nil
	}
	if rp.operation == record.Validate && state.Lifecycle != record.Validated {
		change.Operation = record.Edit // a person's correction that nobody has validated is not validated by an import
	}
	return im.completed(rp, m, change, state, changed)
}

// differing returns the answers that the source changed since its last import; what it no longer says becomes not
// collected.
func differing(rp *recordPlan, answers map[record.Path]record.Answer, last map[record.Path]record.Write) map[record.Path]record.Answer {
	set := map[record.Path]record.Answer{}
	paths := slices.Collect(maps.Keys(rp.constants))
	for _, b := range rp.bindings {
		paths = append(paths, b.path)
	}
	for _, path := range paths {
		now, said := answers[path]
		before, saidBefore := last[path]
		switch {
		case said && !(saidBefore && now.Equal(before.Answer)):
			set[path] = now
		case !said && saidBefore && !before.Value.IsZero():
			set[path] = record.Answer{Status: record.NotCollected}
		}
	}
	return set
}

// completed adds what the questionnaire calculates, names the record, and reports failed checks as warnings.
func (im *importer) completed(rp *recordPlan, m mapped, change store.Change, state record.State, as outcome) (store.Change, outcome, error) {
	done, err := im.Complete(rp.form, state, change.Set)
	if err != nil {
		return change, as, err
	}
	for path, answer := range done.Calculated {
		if field, known := state.Fields[path]; !known && !answer.Blank() || known && !field.Answer.Equal(answer) {
			change.Set[path] = answer
		}
	}
	for _, problem := range done.Problems {
		im.report.warn(Problem{Line: m.line, Column: rp.Kind, Message: problem})
	}
	change.Label = done.Label
	return change, as, nil
}
