package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"coopatlas/assets"
	"coopatlas/data/workspace"
	"coopatlas/reports/brief"
	"coopatlas/reports/chart"
	"coopatlas/reports/document"
	"coopatlas/reports/html"
	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"
	"github.com/spf13/cobra"
)

// briefJob is one brief to write.
type briefJob struct {
	template, years, language string
	where, to                 []string
}

func (p *program) briefCommand() *cobra.Command {
	var job briefJob
	c := &cobra.Command{
		Use:   "brief DIR --template NAME --to FILE",
		Short: "Write a printed brief: .pdf, or a self-contained .html page",
		Example: "  coopctl brief mapping --template trend-bulletin --years 2021-2025 --to bulletin.pdf\n" +
			"  coopctl brief mapping --template trend-bulletin --where country=IT --lang fr --to bulletin.pdf --to bulletin.html",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			for _, to := range job.to {
				if ext := strings.ToLower(filepath.Ext(to)); ext != ".pdf" && ext != ".html" {
					return usageError{fmt.Errorf("%s: a brief is written to .pdf or .html", to)}
				}
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if err := writeBrief(c.Context(), w, job); err != nil {
					return err
				}
				for _, to := range job.to {
					fmt.Fprintln(p.out, to)
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&job.template, "template", "trend-bulletin", "the brief's template")
	c.Flags().StringVar(&job.years, "years", "", "first and last year, such as 2011-2016")
	c.Flags().StringVar(&job.language, "lang", "", "language: en or fr; else the workspace's")
	c.Flags().StringSliceVar(&job.where, "where", nil, "only records with this value, such as country=IT; may be given several times")
	c.Flags().StringSliceVar(&job.to, "to", nil, "the file to write, .pdf or .html; may be given several times")
	_ = c.MarkFlagRequired("to")
	return c
}

// writeBrief makes the document once and writes it in each form that was asked for.
func writeBrief(ctx context.Context, w *workspace.Workspace, job briefJob) error {
	fonts, err := scene.ReportFonts()
	if err != nil {
		return err
	}
	doc, err := buildBrief(ctx, w, job, fonts)
	if err != nil {
		return err
	}
	for _, to := range job.to {
		var out bytes.Buffer
		if strings.EqualFold(filepath.Ext(to), ".html") {
			err = html.Write(&out, doc, fonts)
		} else {
			err = printDocument(&out, doc, fonts)
		}
		if err == nil {
			err = writeFile(to, out.Bytes())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func buildBrief(ctx context.Context, w *workspace.Workspace, job briefJob, fonts *scene.Fonts) (*document.Document, error) {
	where, err := pairs(job.where)
	if err != nil {
		return nil, err
	}
	from, to, err := years(job.years)
	if err != nil {
		return nil, err
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, err
	}
	say, err := wordsIn(job.language, settings)
	if err != nil {
		return nil, err
	}
	letterhead, err := letterheadOf(w, settings)
	if err != nil {
		return nil, err
	}
	engine, err := chart.NewEngine(fonts)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	frame, err := w.Store.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	return brief.Build(ctx, brief.Params{
		Template: job.template, Files: assets.FS(), Source: frame, Words: say, Codes: w.Lists, Charts: engine, Fonts: fonts, Where: where, From: from, To: to,
		Letterhead: letterhead, Demonstration: settings.Demonstration, Attribution: strings.Join(settings.Sources(), "; "),
	})
}

// printDocument lays a document out on A4 and writes it as PDF.
func printDocument(out *bytes.Buffer, doc *document.Document, fonts *scene.Fonts) error {
	pages, err := document.Layout(doc, fonts, document.A4)
	if err != nil {
		return err
	}
	return pdf.Write(out, pages, fonts, pdf.Metadata{Title: doc.Title, Author: doc.Author, Subject: doc.Subject, Language: doc.Language, Created: doc.Date})
}
