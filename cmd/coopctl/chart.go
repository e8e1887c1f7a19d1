package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
	"github.com/spf13/cobra"
)

// pictureScale is how many pixels a point has in a picture: enough for print at its usual size.
const pictureScale = 3

func (p *program) chartCommand() *cobra.Command {
	var q query
	var to, language string
	c := &cobra.Command{
		Use:   "chart DIR --indicator CODE --to FILE",
		Short: "Draw an indicator over the years: .svg, .png, .pdf, or an interactive .html page",
		Example: "  coopctl chart mapping --indicator I05 --by country --to jobs.html\n" +
			"  coopctl chart mapping --indicator I13 --where country=IT --basis demographic --lang fr --to chiffre.svg",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			ask, err := q.ask()
			if err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				definition, dated, err := defineChart(c.Context(), w, ask, language)
				if err != nil {
					return err
				}
				if err := drawChart(definition, to, dated); err != nil {
					return err
				}
				fmt.Fprintln(p.out, to)
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().StringVar(&to, "to", "", "the file to write; its ending says what it is")
	c.Flags().StringVar(&language, "lang", "", "language: en or fr; else the workspace's")
	_ = c.MarkFlagRequired("to")
	_ = c.MarkFlagRequired("indicator")
	return c
}

// defineChart computes an indicator over the workspace's frame and defines its chart.
func defineChart(ctx context.Context, w *workspace.Workspace, ask indicator.Query, language string) (d chart.Definition, dated time.Time, err error) {
	settings, err := w.Settings(ctx)
	if err != nil {
		return d, dated, err
	}
	say, err := wordsIn(language, settings)
	if err != nil {
		return d, dated, err
	}
	frame, err := w.Store.Frame(ctx)
	if err != nil {
		return d, dated, err
	}
	defer frame.Close()
	result, err := indicator.Compute(ctx, frame, ask)
	if err != nil {
		return d, dated, err
	}
	d, err = trend.Chart(result, trend.Labels{Words: say, Codes: w.Lists, Where: ask.Where, Source: strings.Join(settings.Sources(), "; "), Demonstration: settings.Demonstration})
	return d, frame.Newest(), err
}

// drawChart writes a chart in the form that the ending of the file asks for.
func drawChart(d chart.Definition, to string, dated time.Time) error {
	fonts, err := scene.ReportFonts()
	if err != nil {
		return err
	}
	engine, err := chart.NewEngine(fonts)
	if err != nil {
		return err
	}
	defer engine.Close()
	var data []byte
	switch strings.ToLower(filepath.Ext(to)) {
	case ".html":
		data, err = engine.Page(d)
	case ".svg":
		data, err = engine.SVG(d, "chart")
	case ".png":
		data, err = engine.PNG(d, pictureScale)
	case ".pdf":
		data, err = chartPDF(engine, fonts, d, dated)
	default:
		return usageError{fmt.Errorf("%s: a chart is written to .svg, .png, .pdf or .html", to)}
	}
	if err != nil {
		return err
	}
	return writeFile(to, data)
}
