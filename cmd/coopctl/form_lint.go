package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"github.com/spf13/cobra"
)

func (p *program) formLintCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "lint FILE...",
		Short:   "Name every row on which ODK Collect, Enketo and Coopatlas would differ",
		Example: "  coopctl form lint survey.xlsx\n  coopctl form lint survey.xlsx --json",
		Args:    usage(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			all := map[string][]form.Finding{}
			for _, path := range args {
				source, err := readForm(path)
				if err != nil {
					return err
				}
				all[path] = form.Lint(source)
				if !asJSON {
					p.printFindings(path, all[path])
				}
			}
			if asJSON {
				return printJSON(p.out, all)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (p *program) printFindings(path string, findings []form.Finding) {
	for _, finding := range findings {
		fmt.Fprintf(p.out, "%s: %s\n", path, finding)
	}
	fmt.Fprintf(p.out, "%s: %s\n", path, plural(len(findings), "difference"))
}

// readForm reads a questionnaire from a file. One of a folder named forms is read with the translations beside it.
func readForm(path string) (form.Source, error) {
	folder, name := filepath.Split(filepath.Clean(path))
	if kind, is := strings.CutSuffix(name, ".md"); is && filepath.Base(folder) == "forms" {
		source, err := xlsform.KindSource(os.DirFS(filepath.Join(folder, "..")), kind)
		if !errors.Is(err, fs.ErrNotExist) {
			return source, err
		}
	}
	source, err := xlsform.Read(os.DirFS(filepath.Dir(path)), name)
	if err != nil {
		return form.Source{}, fmt.Errorf("%s: %w", path, err)
	}
	return source, nil
}

// compiledForm reads and compiles a questionnaire; the error names its first error.
func compiledForm(path string) (*form.Form, error) {
	source, err := readForm(path)
	if err != nil {
		return nil, err
	}
	f, problems := form.Compile(source)
	if f == nil {
		return nil, fmt.Errorf("%s: %s; see `coopctl form check %s`", path, form.Errors(problems)[0], path)
	}
	return f, nil
}
