package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
	"github.com/spf13/cobra"
)

func (p *program) formExportCommand() *cobra.Command {
	var to, version string
	var personal bool
	c := &cobra.Command{
		Use:   "export DIR KIND --to FILE.xlsx",
		Short: "Write a questionnaire as an XLSForm workbook for phones, with its lists beside it",
		Long: "Write a questionnaire as an XLSForm workbook that ODK Collect, KoboToolbox and Enketo read, and beside it a .csv of every code list and register it refers to.\n" +
			"Registers of persons are left out unless --personal is given: their names are personal data.",
		Example: "  coopctl form export mapping mapping --to phone/mapping.xlsx",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			if strings.ToLower(filepath.Ext(to)) != ".xlsx" {
				return usageError{fmt.Errorf("%s is no .xlsx file; give --to a name that ends with .xlsx", to)}
			}
			return open(args[0], func(w *workspace.Workspace) error {
				q, err := w.Questionnaire(args[1], version)
				if err != nil {
					return err
				}
				return p.exportForm(c.Context(), w, q, to, personal)
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "the workbook to write")
	c.Flags().BoolVar(&personal, "personal", false, "write registers of persons too, with their names")
	versionFlag(c, &version)
	_ = c.MarkFlagRequired("to")
	return c
}

// exportForm writes the workbook and its lists, and says what phones will do differently.
func (p *program) exportForm(ctx context.Context, w *workspace.Workspace, q *workspace.Questionnaire, to string, personal bool) error {
	files, err := w.Write(ctx, q, filepath.Base(to), personal)
	if err != nil {
		return err
	}
	for i, file := range files {
		path := filepath.Join(filepath.Dir(to), filepath.FromSlash(file.Name))
		if file.Left != "" {
			fmt.Fprintf(p.out, "%s is not written: names of a %s are personal; give --personal to write them\n", path, file.Left)
			continue
		}
		if err := publish.File(path, file.Data); err != nil {
			return err
		}
		if i == 0 {
			fmt.Fprintln(p.out, path)
		} else {
			fmt.Fprintf(p.out, "%s, %s\n", path, plural(file.Rows, "row"))
		}
	}
	source, err := q.Source()
	if err != nil {
		return err
	}
	return p.warnPhones(source)
}

// warnPhones names the rows that work less well on a phone, and counts the others.
func (p *program) warnPhones(source form.Source) error {
	others := 0
	for _, finding := range form.Lint(source) {
		switch finding.Rule {
		case "status", "soft-constraint", "blank-arithmetic", "blank-aggregate":
			fmt.Fprintln(p.out, finding)
		default:
			others++
		}
	}
	if others > 0 {
		fmt.Fprintf(p.out, "%s more where phones differ: `coopctl form lint` names them\n", plural(others, "row"))
	}
	return nil
}
