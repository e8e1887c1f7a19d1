package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"

	"coopatlas/data/exchange/tabular"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ImportJob is one import of one file.
type ImportJob struct {
	File, Mapping  string // paths
	DryRun, Strict bool
	Progress       store.Progress
}

// Import brings the rows of a file into the workspace through a mapping file. The report is given with the error
// where some of it was done.
func (w *Workspace) Import(ctx context.Context, job ImportJob) (*tabular.Report, error) {
	data, err := os.ReadFile(job.Mapping)
	if err != nil {
		return nil, fmt.Errorf("the mapping cannot be read: %w", err)
	}
	mapping, err := tabular.ParseMapping(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", job.Mapping, err)
	}
	report, err := tabular.Import{
		Open:    func() (io.ReadCloser, error) { return os.Open(job.File) },
		Mapping: mapping, Catalogue: w, Target: w.Store, By: w.Identity, Complete: w.newCompleter(w.environment(ctx, "en")).complete,
		DryRun: job.DryRun, Strict: job.Strict, Progress: job.Progress,
	}.Run(ctx)
	if errors.Is(err, tabular.ErrMapping) {
		return report, fmt.Errorf("%s: %w", job.Mapping, err)
	}
	if err != nil {
		return report, fmt.Errorf("%s: %w", job.File, err)
	}
	if report.Stored {
		err = w.attribute(ctx, mapping.Source, mapping.Attribution)
	}
	return report, err
}

// completer runs questionnaires over records that come in by the thousand: it gives what is calculated, the name, and
// what is wrong. It keeps one interview a questionnaire, and puts one record after another into it. Records it has
// completed are known to those that refer to them before they are saved.
type completer struct {
	*environment
	open     map[*form.Form]*interview.Interview
	referred map[string]bool // kinds that questions of any kind refer to
}

func (w *Workspace) newCompleter(e *environment) *completer {
	c := &completer{environment: e, open: map[*form.Form]*interview.Interview{}, referred: map[string]bool{}}
	for _, f := range w.set().forms() {
		for _, q := range f.Questions {
			c.referred[q.Kind] = true
		}
	}
	return c
}

func (c *completer) complete(f *form.Form, id record.ID, state record.State, set map[record.Path]record.Answer) (tabular.Completed, error) {
	iv := c.interview(f, state, set)
	out := tabular.Completed{Calculated: map[record.Path]record.Answer{}, Label: iv.InstanceName()}
	answers := iv.Answers()
	for path, answer := range answers {
		if q, ok := f.Question(path.Question()); ok && q.Calculation != nil && len(q.Triggers) == 0 {
			out.Calculated[path] = answer
		}
	}
	if c.referred[f.ID] {
		c.remember(id, interview.Choice{Name: id.String(), Label: out.Label, Attributes: attributes(f, answers)})
	}
	for _, p := range iv.Problems() {
		if p.Kind != interview.ProblemRequired { // a register does not answer a questionnaire whole
			out.Problems = append(out.Problems, tabular.Problem{Column: string(p.Path), Message: p.Message})
		}
	}
	return out, c.ctx.Err()
}

// interview returns an interview that holds the record with what is set laid over it.
func (c *completer) interview(f *form.Form, state record.State, set map[record.Path]record.Answer) *interview.Interview {
	holds := contentFor(f, state)
	maps.Copy(holds.Answers, set)
	iv := c.open[f]
	if iv == nil {
		iv = interview.Open(f, c.env(f, ""), holds)
		c.open[f] = iv
	} else {
		iv.Reopen(holds)
	}
	return iv
}

// attributes are the answers of a register's record that others may read, by the name of the question.
func attributes(f *form.Form, answers map[record.Path]record.Answer) map[string]string {
	out := make(map[string]string, len(answers))
	for path, answer := range answers {
		q, ok := f.Question(string(path))
		if ok && !q.Personal && answer.Status == record.Answered && !answer.Value.IsZero() {
			out[q.Name] = answer.Value.String()
		}
	}
	return out
}
