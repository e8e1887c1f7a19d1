package main

import (
	"fmt"
	"os"
	"path/filepath"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) formCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "form",
		Short: "Check and compare questionnaires; list, export, print and explain those of a workspace",
		Args:  usage(cobra.NoArgs),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.formCheckCommand(), p.formLintCommand(), p.formDiffCommand(), p.formListCommand(), p.formShowCommand(),
		p.formExportCommand(), p.formCodebookCommand(), p.formPrintCommand())
	return c
}

func (p *program) formCheckCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "check FILE...",
		Short:   "Read questionnaires and name every error and warning by sheet and row",
		Example: "  coopctl form check survey.xlsx",
		Args:    usage(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			failed := 0
			found := map[string][]form.Problem{}
			for _, path := range args {
				problems, errors, err := p.checkForm(path, !asJSON)
				if err != nil {
					return err
				}
				found[path] = problems
				failed += errors
			}
			if asJSON {
				if err := printJSON(p.out, found); err != nil {
					return err
				}
			}
			if failed > 0 {
				return errReported
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (p *program) checkForm(path string, print bool) (problems []form.Problem, errors int, err error) {
	source, err := xlsform.Read(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	compiled, problems := form.Compile(source)
	warnings := 0
	for _, problem := range problems {
		if problem.Severity == form.Error {
			errors++
		} else {
			warnings++
		}
		if print {
			fmt.Fprintf(p.out, "%s: %s\n", path, problem)
		}
	}
	if print && compiled != nil {
		fmt.Fprintf(p.out, "%s: %s, %s, %s\n", path, plural(len(compiled.Questions), "question"), plural(errors, "error"), plural(warnings, "warning"))
	}
	return problems, errors, nil
}

func (p *program) formListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list DIR",
		Short:   "List the questionnaires of a workspace",
		Example: "  coopctl form list mapping",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				var rows [][]string
				for _, kind := range workspace.Kinds() {
					f, _ := w.Form(kind)
					rows = append(rows, []string{kind, f.Title.In("en", f.DefaultLanguage), f.Version, fmt.Sprint(f.Languages), count(len(f.Questions))})
				}
				return printTable(p.out, []string{"kind", "title", "version", "languages", "questions"}, rows)
			})
		},
	}
}

func (p *program) formShowCommand() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use:     "show DIR KIND",
		Short:   "List the questions of a questionnaire with their paths, which imports and --set name",
		Example: "  coopctl form show mapping mapping --lang fr",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				f, err := w.MustKnow(args[1])
				if err != nil {
					return err
				}
				var rows [][]string
				for _, q := range f.Questions {
					if q.Stored() {
						rows = append(rows, []string{q.Code, q.Path, q.Type.String(), q.Concept, q.Label.In(language, f.DefaultLanguage)})
					}
				}
				return printTable(p.out, []string{"code", "path", "type", "concept", "label"}, rows)
			})
		},
	}
	c.Flags().StringVar(&language, "lang", "en", "language of the labels: en or fr")
	return c
}
