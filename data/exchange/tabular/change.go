package tabular

import (
	"context"
	"errors"
	"fmt"

	"coopatlas/data/record"
	"coopatlas/data/store"
)

// outcome is what an import makes of one record.
type outcome int

const (
	unchanged outcome = iota
	created
	changed
	kept
)

// change compares a mapped record with what the source said at its last import, and with what the record says now.
func (im *importer) change(ctx context.Context, rp *recordPlan, m *mapped) (store.Change, outcome, error) {
	origin := &record.Origin{Source: im.Mapping.Source, Row: rp.hash(m), Public: im.Mapping.SourcePublic}
	change := store.Change{Record: m.record, Kind: rp.Kind, Form: rp.form.Version, Operation: rp.operation, Origin: origin}
	history, err := im.Target.History(ctx, m.record)
	if errors.Is(err, store.ErrNotFound) || err == nil && len(history.Revisions) == 0 {
		change.Set = rp.answers(m)
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
	change.Parents, change.Set = state.Heads, rp.differing(m, last)
	if len(change.Set) == 0 {
		return change, unchanged, nil
	}
	if rp.operation == record.Validate && state.Lifecycle != record.Validated {
		change.Operation = record.Edit // a person's correction that nobody has validated is not validated by an import
	}
	return im.completed(rp, m, change, state, changed)
}

// differing returns the answers that the source changed since its last import; what it no longer says becomes not
// collected. Of records that several rows describe the last cell that is not blank counts, in this file or in an
// earlier one: a register that comes as one file a year takes nothing back by leaving it out.
func (rp *recordPlan) differing(m *mapped, last map[record.Path]record.Write) map[record.Path]record.Answer {
	set := map[record.Path]record.Answer{}
	for i := range rp.fields {
		path, now := rp.fields[i].path, rp.fields[i].answer(m)
		before, said := last[path]
		switch {
		case !now.Blank() && !(said && now.Equal(before.Answer)):
			set[path] = now
		case now.Blank() && said && !before.Value.IsZero() && !rp.Repeated:
			set[path] = record.Answer{Status: record.NotCollected}
		}
	}
	return set
}

// completed adds what the questionnaire calculates, names the record, and reports failed checks as warnings.
func (im *importer) completed(rp *recordPlan, m *mapped, change store.Change, state record.State, as outcome) (store.Change, outcome, error) {
	done, err := im.Complete(rp.form, m.record, state, change.Set)
	if err != nil {
		return change, as, err
	}
	for path, answer := range done.Calculated {
		if field, known := state.Fields[path]; !known && !answer.Blank() || known && !field.Answer.Equal(answer) {
			change.Set[path] = answer
		}
	}
	for _, problem := range done.Problems {
		problem.Line, problem.Column = m.line, rp.Kind+": "+problem.Column
		im.report.warn(problem)
	}
	change.Label = done.Label
	return change, as, nil
}
