package trends

import (
	"context"
	"errors"
	"slices"
	"sync"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/trend"
)

// figures keeps one frame for all questions that the page asks. Its methods are called from jobs, one after the other.
type figures struct {
	mutex    sync.Mutex
	space    *workspace.Workspace
	open     *workspace.Figures
	settings workspace.Settings
	rates    *indicator.Rates // the newest; nil where there are none
	framed   bool             // a number of cooperatives is known, so that totals can be estimated
	years    []int            // all that the workspace has, without filters
	shut     bool
}

// ready opens the frame when it is first asked for. The mutex is held.
func (f *figures) ready(ctx context.Context) error {
	if f.shut {
		return context.Canceled
	}
	if f.open != nil {
		return nil
	}
	var err error
	if f.settings, err = f.space.Settings(ctx); err != nil {
		return err
	}
	if f.rates, err = f.space.Rates(ctx, ""); err != nil && !errors.Is(err, workspace.ErrRates) {
		return err
	}
	open, err := f.space.Figures(ctx, workspace.FiguresOf{})
	if err != nil {
		return err
	}
	if f.years, err = years(ctx, open.Source); err != nil {
		return errors.Join(err, open.Close())
	}
	f.open, f.framed = open, indicator.HasPopulation(open.Source)
	return nil
}

// renew lets the frame go, so that the next question sees what was saved since.
func (f *figures) renew() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.release()
}

func (f *figures) release() error {
	if f.open == nil {
		return nil
	}
	err := f.open.Close()
	f.open = nil
	return err
}

// close lets the frame go for good.
func (f *figures) close() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.shut = true
	return f.release()
}

// answer is everything that one choice shows.
type answer struct {
	result     *indicator.Result
	definition chart.Definition
	drawn      bool             // the definition may be drawn; else too little may be printed
	small      []trend.Multiple // one chart for each class of the second breakdown
	left       []string
	labels     trend.Labels
	years      []int // all that the workspace has, without filters
	internal   bool
	framed     bool // totals can be estimated
	rates      *indicator.Rates
	declared   []workspace.OwnIndicator // by the workspace
	at         choice                   // with the definition of its indicator
	problem    error                    // what is wrong with that
}

// bare is what is known where there are no figures.
func (a answer) bare() answer {
	return answer{years: a.years, labels: a.labels, declared: a.declared, rates: a.rates, framed: a.framed}
}

// compute answers a choice. Inside headquarters confidential figures are shown too, and everything says so.
func (f *figures) compute(ctx context.Context, c choice, internal bool, say *words.Words) (answer, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var out answer
	if err := f.ready(ctx); err != nil {
		return out, err
	}
	out.labels = publish.Labels(f.space, f.settings, say)
	out.labels.Where, out.labels.Internal = c.where, internal
	out.years, out.internal, out.rates, out.framed = f.years, internal, f.rates, f.framed
	var err error
	if out.declared, err = f.open.Indicators(ctx); err != nil {
		return out, err
	}
	out.at, out.problem = c.among(out.declared)
	if out.at.own && out.problem == nil {
		_, out.problem = f.open.Indicator(ctx, out.at.indicator.Code)
	}
	c = out.at
	if out.problem == nil && !c.indicator.OfCooperatives() {
		if out.years, err = indicator.Years(ctx, f.open.Source, c.indicator); err != nil {
			return out, err
		}
	}
	if len(out.years) == 0 || out.problem != nil {
		return out, nil
	}
	if out.result, err = f.open.Compute(ctx, f.query(c, internal)); err != nil {
		return out, err
	}
	out.definition, err = trend.Chart(out.result, out.labels)
	out.drawn = err == nil
	if errors.Is(err, trend.ErrNothing) {
		err = nil
	}
	if err == nil && c.then != "" {
		out.small, out.left, err = trend.Multiples(out.result, out.labels)
	}
	return out, err
}

// query is the question of a choice.
func (f *figures) query(c choice, internal bool) indicator.Query {
	q := c.query()
	q.Disclosure, q.Estimated = !internal, c.estimated && f.framed
	if c.money != "" && f.rates != nil {
		q.Money = indicator.Money{Kind: c.money, Rates: f.rates}
		if c.money == indicator.EURConstant {
			_, last := f.rates.Years()
			if q.Money.Base = last; len(f.years) > 0 {
				q.Money.Base = min(last, f.years[len(f.years)-1])
			}
		}
	}
	return q
}

// trace gives the records behind a point of a choice, with their names where they may be named.
func (f *figures) trace(ctx context.Context, c choice, internal bool, cell map[string]string) (workspace.NamedTrace, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if err := f.ready(ctx); err != nil {
		return workspace.NamedTrace{}, err
	}
	return f.open.Trace(ctx, f.query(c, internal), cell)
}

// contributions gives what stands behind a point, hidden or not, without names: to say why it is hidden.
func (f *figures) contributions(ctx context.Context, c choice, cell map[string]string) (*indicator.Traced, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if err := f.ready(ctx); err != nil {
		return nil, err
	}
	return indicator.Trace(ctx, f.open.Source, f.query(c, true), cell)
}

// years are the reference years with records, in order.
func years(ctx context.Context, source indicator.Source) ([]int, error) {
	count, err := indicator.Compute(ctx, source, indicator.Query{Indicator: "I01", Disclosure: true})
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

// classes are the values that a breakdown has among the records that an indicator reads.
func (f *figures) classes(ctx context.Context, of indicator.Indicator, breakdown string) ([]string, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if err := f.ready(ctx); err != nil {
		return nil, err
	}
	if !of.OfCooperatives() {
		return indicator.Classes(ctx, f.open.Source, of, breakdown)
	}
	count, err := indicator.Compute(ctx, f.open.Source, indicator.Query{Indicator: "I01", By: []string{breakdown}, Disclosure: true})
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
