package brief

import (
	"fmt"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/trend"
)

// Remedy is what a brief does about what is missing: nothing, estimated totals, or values filled in. The two never go
// together.
type Remedy struct {
	Estimated bool                 // totals are weighted to the known population where there is one
	Impute    indicator.Imputation // how missing values are filled in
}

// None says whether figures stand as they were reported.
func (r Remedy) None() bool { return !r.Estimated && r.Impute.None() }

// check refuses both at once.
func (r Remedy) check() error {
	if r.Estimated && !r.Impute.None() {
		return fmt.Errorf("%w: ask for a brief with estimated totals, or with imputation", indicator.ErrTwoRemedies)
	}
	return nil
}

// remedy is what the front matter of a template asks for.
func (t *template) remedy() (Remedy, error) {
	how, err := indicator.ParseImputation(t.Impute)
	out := Remedy{t.Estimated, how}
	if err == nil {
		err = out.check()
	}
	if err != nil {
		return out, fmt.Errorf("the front matter of the template %s: %w", t.name, err)
	}
	return out, nil
}

// remedy takes the remedy of the template where none is asked for. Whoever computes figures has filled in values already.
func (p *Params) remedy(t *template) (err error) {
	if !p.Remedy.None() {
		return nil
	}
	if p.Remedy, err = t.remedy(); err == nil && p.Compute == nil {
		p.Source = indicator.Impute(p.Source, p.Impute)
	}
	return err
}

// RemedyOf gives the remedy that a brief is made with: the one asked for, else that of its template's front matter. Of
// the parameters it needs these two. Whoever opens the frame of a brief needs it, since values are filled in there.
func RemedyOf(p Params) (Remedy, error) {
	if err := p.Remedy.check(); err != nil || !p.Remedy.None() {
		return p.Remedy, err
	}
	t, err := p.read()
	if err != nil {
		return p.Remedy, err
	}
	return t.remedy()
}

// remedied says in the method box what was done about what is missing; nothing where nothing was.
func (b *builder) remedied() string {
	switch {
	case b.Estimated:
		return " " + b.Words.Say("bulletin.method.estimated")
	case b.Impute.None():
		return ""
	}
	var methods []string
	for _, m := range []struct {
		is   bool
		name string
	}{{b.Impute.Subtotals, "subtotals"}, {b.Impute.Carry, "carry"}, {b.Impute.Ratio, "ratio"}} {
		if m.is {
			methods = append(methods, b.Words.Say("bulletin.method.by."+m.name))
		}
	}
	return " " + b.Words.Say("bulletin.method.imputed", words.Args{"Methods": b.Words.List(methods), "Share": b.Words.Percent(b.mostImputed(), 1)})
}

// mostImputed is the largest share of a figure of the brief that was filled in, in percent.
func (b *builder) mostImputed() float64 {
	most := 0.0
	for _, p := range b.panels {
		for _, line := range p.lines {
			for _, point := range line.points {
				if b.within(point.Year) && point.Known {
					most = max(most, point.Imputed.Share)
				}
			}
		}
	}
	return most
}

// leftOut names what the estimated totals of the brief have no part of; nothing where there is nothing.
func (b *builder) leftOut(used *indicator.Estimated) string {
	return trend.LeftOut(trend.Labels{Words: b.Words, Codes: b.Codes}, used)
}

// estimates tells whether the totals of an indicator are estimated in this brief.
func (b *builder) estimates(ind indicator.Indicator) bool { return b.Estimated && ind.Estimable() }
