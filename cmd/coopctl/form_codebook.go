package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
	"github.com/spf13/cobra"
)

func (p *program) formCodebookCommand() *cobra.Command {
	var to, language, version string
	c := &cobra.Command{
		Use:     "codebook DIR KIND --to FILE",
		Short:   "Write the codebook of a questionnaire: .csv, .xlsx or .md",
		Example: "  coopctl form codebook mapping mapping --to codebook.xlsx --lang fr",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				q, err := w.Questionnaire(args[1], version)
				if err != nil {
					return err
				}
				entries := form.Codebook(q.Form, language)
				var book bytes.Buffer
				if err := xlsform.WriteCodebook(&book, filepath.Ext(to), entries); errors.Is(err, xlsform.ErrEnding) {
					return usageError{err}
				} else if err != nil {
					return err
				}
				if err := publish.File(to, book.Bytes()); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%s, %s\n", to, plural(len(entries), "variable"))
				return nil
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "the file to write; its ending says what it is")
	c.Flags().StringVar(&language, "lang", "en", "language of the labels: such as en or fr")
	versionFlag(c, &version)
	_ = c.MarkFlagRequired("to")
	return c
}
