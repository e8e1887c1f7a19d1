package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"coopatlas/data/record"
	"coopatlas/data/workspace"
	"coopatlas/reports/paper"
	"coopatlas/reports/pdf"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
	"github.com/spf13/cobra"
)

// printJob is one questionnaire to set on paper.
type printJob struct{ kind, version, record, language, length, to string }

func (p *program) formPrintCommand() *cobra.Command {
	var job printJob
	c := &cobra.Command{
		Use:   "print DIR KIND --to FILE",
		Short: "Set a questionnaire on paper: blank for an interview with pencil, or filled in with a record",
		Example: "  coopctl form print mapping mapping --length standard --lang fr --to questionnaire.pdf\n" +
			"  coopctl form print mapping mapping --record 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 --to filled.pdf",
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			job.kind = args[1]
			if !strings.EqualFold(filepath.Ext(job.to), ".pdf") {
				return usageError{fmt.Errorf("%s: a questionnaire is printed to .pdf", job.to)}
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if err := printForm(c.Context(), w, job, time.Now()); err != nil {
					return err
				}
				fmt.Fprintln(p.out, job.to)
				return nil
			})
		},
	}
	c.Flags().StringVar(&job.record, "record", "", "fill it in with this record")
	c.Flags().StringVar(&job.language, "lang", "", "language: such as en or fr; else the workspace's")
	c.Flags().StringVar(&job.length, "length", "", "short, standard or full; else all questions")
	c.Flags().StringVar(&job.to, "to", "", "the file to write, .pdf")
	versionFlag(c, &job.version)
	_ = c.MarkFlagRequired("to")
	return c
}

func printForm(ctx context.Context, w *workspace.Workspace, job printJob, now time.Time) error {
	q, err := w.Questionnaire(job.kind, job.version)
	if err != nil {
		return err
	}
	f := q.Form
	settings, err := w.Settings(ctx)
	if err != nil {
		return err
	}
	cfg := paper.Config{Form: f, Length: job.length}
	if cfg.Words, err = wordsIn(job.language, settings); err != nil {
		return err
	}
	if cfg.Fonts, err = scene.ReportFonts(); err != nil {
		return err
	}
	if job.record != "" {
		if err := fillFrom(ctx, w, job, &cfg); err != nil {
			return err
		}
	}
	pages, err := paper.Pages(cfg)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	language := cfg.Words.Language()
	title := f.Title.In(language, f.DefaultLanguage)
	if err := pdf.Write(&out, pages, cfg.Fonts, pdf.Metadata{Title: title, Subject: f.ID + " " + f.Version, Language: language, Created: now}); err != nil {
		return err
	}
	return publish.File(job.to, out.Bytes())
}

// fillFrom opens the record that a questionnaire is filled in with.
func fillFrom(ctx context.Context, w *workspace.Workspace, job printJob, cfg *paper.Config) error {
	id, err := record.ParseID(job.record)
	if err != nil {
		return err
	}
	iv, err := w.Reading(ctx, id, cfg.Words.Language())
	if err != nil {
		return err
	}
	if kind := iv.Form().ID; kind != job.kind {
		return usageError{fmt.Errorf("the record %s is of the kind %s, not %s", job.record, kind, job.kind)}
	}
	cfg.Filled, cfg.Record, cfg.Form = iv, id.String(), iv.Form()
	return nil
}
