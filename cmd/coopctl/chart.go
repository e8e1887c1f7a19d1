package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
	"github.com/spf13/cobra"
)

func (p *program) chartCommand() *cobra.Command {
	var q query
	var to, language string
	c := &cobra.Command{
		Use:   "chart DIR --indicator CODE --to FILE",
		Short: "Draw an indicator over the years: .svg, .png, .pdf, or an interactive .html page",
		Example: "  coopctl chart atlas --indicator I05 --by country --to jobs.html\n" +
			"  coopctl chart atlas --indicator I05 --by ilo_type,country --to jobs.png\n" +
			"  coopctl chart atlas --indicator I13 --where country=IT --basis demographic --lang fr --to chiffre.svg",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			ask, err := q.ask()
			if err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if err := p.writeChart(c.Context(), w, chartJob{&q, ask, to, language}); err != nil {
					return err
				}
				fmt.Fprintln(p.out, to)
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().StringVar(&to, "to", "", "the file to write; its ending says what it is")
	c.Flags().StringVar(&language, "lang", "", "language: such as en or fr; else the workspace's")
	_ = c.MarkFlagRequired("to")
	_ = c.MarkFlagRequired("indicator")
	return c
}

// chartJob is one chart to write.
type chartJob struct {
	query        *query
	ask          indicator.Query
	to, language string
}

// writeChart computes an indicator over the workspace's frame, or that of a release, and writes its chart.
func (p *program) writeChart(ctx context.Context, w *workspace.Workspace, job chartJob) error {
	q, ask := job.query, job.ask
	how, err := imputation(q.impute)
	if err != nil {
		return err
	}
	figures, err := w.Figures(ctx, workspace.FiguresOf{Release: q.release, What: q.what("chart", ask), Impute: how})
	if err != nil {
		return err
	}
	defer figures.Close()
	if ask.Money, err = q.money.of(ctx, figures); err != nil {
		return err
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return err
	}
	say, err := wordsIn(job.language, settings)
	if err != nil {
		return err
	}
	write, err := drawing(ctx, w, figures, ask, say)
	if err != nil {
		return err
	}
	fonts, err := scene.ReportFonts()
	if err != nil {
		return err
	}
	engine, err := chart.NewEngine(fonts)
	if err != nil {
		return err
	}
	defer engine.Close()
	p.warnDiffering(figures.Differing())
	if err := figures.Keep(ctx); err != nil {
		return err
	}
	return asUsage(write(publish.Press{Engine: engine, Fonts: fonts}, job.to))
}

// drawing is the chart of a query, or the charts side by side where it has two breakdowns.
func drawing(ctx context.Context, w *workspace.Workspace, figures *workspace.Figures, ask indicator.Query, say *words.Words) (func(press publish.Press, to string) error, error) {
	if by := slices.DeleteFunc(slices.Clone(ask.By), func(name string) bool { return name == "year" || name == indicator.Answer }); len(by) == 2 {
		result, sheet, err := publish.SheetOf(ctx, w, figures, ask, say)
		return func(press publish.Press, to string) error { return press.WriteSheet(sheet, result.Newest, to) }, err
	}
	result, definition, err := publish.TrendOf(ctx, w, figures, ask, say)
	return func(press publish.Press, to string) error { return press.WriteChart(definition, result.Newest, to) }, err
}

// asUsage counts a file whose ending says nothing that can be written as bad usage.
func asUsage(err error) error {
	if errors.Is(err, publish.ErrEnding) {
		return usageError{err}
	}
	return err
}
