package trends

import (
	"context"
	"errors"
	"slices"
	"sync"

	"coopatlas/data/indicator"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/trend"
)

// figures keeps one frame for all questions that the page asks. Its methods are called from jobs.
type figures struct {
	mutex    sync.Mutex
	space    *workspace.Workspace
	frame    *store.Frame
	settings workspace.Settings
	shut     bool
}

// open gives the frame, which is made when it is first asked for.
func (f *figures) open(ctx context.Context) (*store.Frame, workspace.Settings, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.shut {
		return nil, f.settings, context.Canceled
	}
	if f.frame != nil {
		return f.frame, f.settings, nil
	}
	var err error
	if f.settings, err = f.space.Settings(ctx); err != nil {
		return nil, f.settings, err
	}
	f.frame, err = f.space.Store.Frame(ctx)
	return f.frame, f.settings, err
}

// renew lets the frame go, so that the next question sees what was saved since.
func (f *figures) renew() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.frame == nil {
		return nil
	}
	err := f.frame.Close()
	f.frame = nil
	return err
}

// close lets the frame go for good.
func (f *figures) close() error {
	err := f.renew()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.shut = true
	return err
}

// answer is everything that one choice shows.
type answer struct {
	result     *indicator.Result
	definition chart.Definition
	drawn      bool // the definition may be drawn; else too little may be printed
	labels     trend.Labels
	years      []int // all that the workspace has, without filters
}

// compute answers a choice.
func (f *figures) compute(ctx context.Context, c choice, say *words.Words) (answer, error) {
	var out answer
	frame, settings, err := f.open(ctx)
	if err != nil {
		return out, err
	}
	out.labels = publish.Labels(f.space, settings, say)
	out.labels.Where = c.where
	if out.years, err = years(ctx, frame); err != nil || len(out.years) == 0 {
		return out, err
	}
	if out.result, err = indicator.Compute(ctx, frame, c.query()); err != nil {
		return out, err
	}
	out.definition, err = trend.Chart(out.result, out.labels)
	out.drawn = err == nil
	if errors.Is(err, trend.ErrNothing) {
		err = nil
	}
	return out, err
}

// years are the reference years with records, in order.
func years(ctx context.Context, frame *store.Frame) ([]int, error) {
	count, err := indicator.Compute(ctx, frame, indicator.Query{Indicator: "I01", Disclosure: true})
	if err != nil {
		return nil, err
	}
	var out []int
	for _, p := range count.Points {
		out = append(out, p.Year)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// classes are the values that a breakdown has in the frame.
func (f *figures) classes(ctx context.Context, breakdown string) ([]string, error) {
	frame, _, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	count, err := indicator.Compute(ctx, frame, indicator.Query{Indicator: "I01", By: []string{breakdown}, Disclosure: true})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range count.Points {
		if value := p.Keys[1]; value != indicator.Unknown && !slices.Contains(out, value) {
			out = append(out, value)
		}
	}
	return out, nil
}
