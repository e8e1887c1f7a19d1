package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
	"github.com/spf13/cobra"
)

// briefJob is one brief to write.
type briefJob struct {
	template, years, language, release string
	where, to                          []string
	impute                             []string
	estimated                          bool
	money                              money
}

func (p *program) briefCommand() *cobra.Command {
	var job briefJob
	c := &cobra.Command{
		Use:   "brief DIR --template NAME --to FILE",
		Short: "Write a printed brief: .pdf, or a self-contained .html page",
		Example: "  coopctl brief atlas --template trend-bulletin --release latest --years 2021-2025 --to bulletin.pdf\n" +
			"  coopctl brief atlas --template trend-bulletin --where country=IT --lang fr --to bulletin.pdf --to bulletin.html\n" +
			"  coopctl brief atlas --template ours.md --years 2011,2016 --to ours.pdf",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := job.money.check(); err != nil {
				return err
			}
			for _, to := range job.to {
				if err := publish.CheckBrief(to); err != nil {
					return usageError{err}
				}
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if err := p.writeBrief(c.Context(), w, job); err != nil {
					return err
				}
				for _, to := range job.to {
					fmt.Fprintln(p.out, to)
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&job.template, "template", "trend-bulletin", "the brief's template: its name, or a file of one's own that ends in .md")
	yearsFlag(c, &job.years)
	c.Flags().StringVar(&job.language, "lang", "", "language: such as en or fr; else the workspace's")
	c.Flags().StringArrayVar(&job.where, "where", nil, "only records with this value, such as country=IT or country=IT,FR; may be given several times")
	job.money.flags(c)
	releaseFlag(c, &job.release)
	imputeFlag(c, &job.impute)
	estimatedFlag(c, &job.estimated)
	c.Flags().StringArrayVar(&job.to, "to", nil, "the file to write, .pdf or .html; may be given several times")
	_ = c.MarkFlagRequired("to")
	return c
}

// writeBrief makes the document once and writes it in each form that was asked for.
func (p *program) writeBrief(ctx context.Context, w *workspace.Workspace, job briefJob) error {
	ask := publish.Brief{Template: job.template, Release: job.release, Money: job.money.asked(), Vintage: job.money.vintage, Differing: p.warnDiffering}
	var err error
	if ask.Remedy.Impute, err = imputation(job.impute); err != nil {
		return err
	}
	ask.Remedy.Estimated = job.estimated
	if strings.EqualFold(filepath.Ext(job.template), ".md") {
		if ask.Text, err = os.ReadFile(job.template); err != nil {
			return fmt.Errorf("the template cannot be read: %w", err)
		}
		ask.Template = strings.TrimSuffix(filepath.Base(job.template), filepath.Ext(job.template))
	}
	if ask.Where, err = pairs(job.where); err != nil {
		return err
	}
	span, err := years(job.years)
	if err != nil {
		return err
	}
	ask.From, ask.To, ask.Years = span.From, span.To, span.Years
	settings, err := w.Settings(ctx)
	if err != nil {
		return err
	}
	if ask.Words, err = wordsIn(job.language, settings); err != nil {
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
	press := publish.Press{Engine: engine, Fonts: fonts}
	doc, err := press.MakeBrief(ctx, w, ask)
	if err != nil {
		return err
	}
	for _, to := range job.to {
		if err := press.WriteBrief(doc, to); err != nil {
			return err
		}
	}
	return nil
}
