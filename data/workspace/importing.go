package workspace

import (
	"context"
	"fmt"
	"io"
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
		Mapping: mapping, Catalogue: w, Target: w.Store, By: w.Identity, Complete: w.completer(ctx),
		DryRun: job.DryRun, Strict: job.Strict, Progress: job.Progress,
	}.Run(ctx)
	if err != nil {
		return report, fmt.Errorf("%s: %w", job.File, err)
	}
	if report.Stored {
		err = w.attribute(ctx, mapping.Source, mapping.Attribution)
	}
	return report, err
}

// completer runs questionnaires over records that come in by the thousand: it gives what is calculated, the name, and
// what is wrong. Records it has completed are known to those that refer to them before they are saved.
func (w *Workspace) completer(ctx context.Context) tabular.Complete {
	e := w.environment(ctx, "en")
	return func(f *form.Form, id record.ID, state record.State, set map[record.Path]record.Answer) (tabular.Completed, error) {
		c := content(state)
		for path, answer := range set {
			c.Answers[path] = answer
		}
		iv := interview.Open(f, e.env(""), c)
		out := tabular.Completed{Calculated: map[record.Path]record.Answer{}, Label: iv.InstanceName()}
		known := interview.Choice{Name: id.String(), Label: out.Label, Attributes: map[string]string{}}
		for path, answer := range iv.Content().Answers {
			q, ok := f.Question(path.Question())
			if ok && q.Calculation != nil && len(q.Triggers) == 0 {
				out.Calculated[path] = answer
			}
			if ok && !answer.Value.IsZero() {
				known.Attributes[q.Name] = answer.Value.String()
			}
		}
		e.remember(id, known)
		for _, p := range iv.Problems() {
			if p.Kind == interview.ProblemRequired {
				continue // a register does not answer a questionnaire whole
			}
			out.Problems = append(out.Problems, tabular.Problem{Column: string(p.Path), Message: p.Message})
		}
		return out, ctx.Err()
	}
}
