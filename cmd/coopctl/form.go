package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) formCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "form",
		Short: "Check and compare questionnaires; add, list, export, print and explain those of a workspace",
		Args:  usage(cobra.NoArgs),
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.formCheckCommand(), p.formLintCommand(), p.formDiffCommand(), p.formAddCommand(), p.formRemoveCommand(), p.formListCommand(), p.formShowCommand(),
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
	var asJSON bool
	c := &cobra.Command{
		Use:     "list DIR",
		Short:   "List the questionnaires of a workspace: versions, languages, and how many records each version has",
		Example: "  coopctl form list mapping",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				all, err := listedForms(c.Context(), w)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(p.out, all)
				}
				var rows [][]string
				for _, f := range all {
					rows = append(rows, []string{f.Kind, f.Title, f.Version, strings.Join(f.Languages, " "), count(f.Questions), count(f.Records), f.From})
				}
				for _, t := range w.Troubles() {
					fmt.Fprintf(p.err, "coopctl: the questionnaire %s %s (record %s) is left out: %s\n", t.Kind, t.Version, t.Record, t.Why)
				}
				return printTable(p.out, []string{"kind", "title", "version", "languages", "questions", "records", "from"}, rows)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// listedForm is a version of a questionnaire as it is listed.
type listedForm struct {
	Kind      string   `json:"kind"`
	Title     string   `json:"title"`
	Version   string   `json:"version"`
	Languages []string `json:"languages"`
	Questions int      `json:"questions"`
	Records   int      `json:"records"`
	Drafts    int      `json:"drafts"`
	From      string   `json:"from"` // "program", or the file it was read from
}

func listedForms(ctx context.Context, w *workspace.Workspace) ([]listedForm, error) {
	var out []listedForm
	for _, kind := range w.Kinds() {
		uses, err := w.Uses(ctx, kind)
		if err != nil {
			return nil, err
		}
		for _, q := range w.Versions(kind) {
			f := q.Form
			one := listedForm{Kind: kind, Title: f.Title.In("en", f.DefaultLanguage), Version: f.Version, Languages: f.Languages,
				Questions: len(f.Questions), Records: uses[f.Version].Records, Drafts: uses[f.Version].Drafts, From: "program"}
			if !q.BuiltIn() {
				one.From = q.File
			}
			out = append(out, one)
		}
	}
	return out, nil
}

func (p *program) formRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "remove DIR KIND VERSION",
		Short:   "Take a version of a questionnaire out of a workspace, under which nothing was answered",
		Example: "  coopctl form remove atlas visits 2",
		Args:    usage(cobra.ExactArgs(3)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				id, err := w.RemoveQuestionnaire(c.Context(), args[1], args[2])
				if err == nil {
					fmt.Fprintf(p.out, "%s %s is taken out; `coopctl stage %s %s restore` puts it back\n", args[1], args[2], args[0], id)
				}
				return err
			})
		},
	}
}

func (p *program) formShowCommand() *cobra.Command {
	var language, version string
	c := &cobra.Command{
		Use:     "show DIR KIND",
		Short:   "List the questions of a questionnaire with their paths, which imports and --set name",
		Example: "  coopctl form show mapping mapping --lang fr",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				asked, err := w.Questionnaire(args[1], version)
				if err != nil {
					return err
				}
				f := asked.Form
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
	c.Flags().StringVar(&language, "lang", "en", "language of the labels: such as en or fr")
	versionFlag(c, &version)
	return c
}

// versionFlag takes the version of a questionnaire.
func versionFlag(c *cobra.Command, version *string) {
	c.Flags().StringVar(version, "version", "", "the version of the questionnaire; else the newest")
}
