package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"coopatlas/reports/publish"
	"github.com/spf13/cobra"
)

func (p *program) formExportCommand() *cobra.Command {
	var to string
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
				f, err := w.MustKnow(args[1])
				if err != nil {
					return err
				}
				return p.exportForm(c.Context(), w, f, to, personal)
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "the workbook to write")
	c.Flags().BoolVar(&personal, "personal", false, "write registers of persons too, with their names")
	_ = c.MarkFlagRequired("to")
	return c
}

// exportForm writes the workbook and its lists, and says what phones will do differently.
func (p *program) exportForm(ctx context.Context, w *workspace.Workspace, f *form.Form, to string, personal bool) error {
	source, err := xlsform.KindSource(assets.FS(), f.ID)
	if err != nil {
		return err
	}
	var book bytes.Buffer
	if err := xlsform.WriteWorkbook(&book, source); err != nil {
		return err
	}
	if err := publish.File(to, book.Bytes()); err != nil {
		return err
	}
	fmt.Fprintln(p.out, to)
	for _, id := range slices.Sorted(instances(f)) {
		if err := p.exportList(ctx, w, f, filepath.Join(filepath.Dir(to), id+".csv"), f.Instances[id], personal); err != nil {
			return err
		}
	}
	return p.warnPhones(source)
}

// instances gives the names of the lists that a questionnaire reads from outside.
func instances(f *form.Form) func(func(string) bool) {
	return func(yield func(string) bool) {
		for id, source := range f.Instances {
			if !strings.HasPrefix(source, "list:") && !yield(id) {
				return
			}
		}
	}
}

// exportList writes one list: a register, or a code list.
func (p *program) exportList(ctx context.Context, w *workspace.Workspace, f *form.Form, to, source string, personal bool) error {
	var choices []form.Choice
	var err error
	if kind, is := strings.CutPrefix(source, "kind:"); is {
		other, known := w.Form(kind)
		if known && other.NamePersonal && !personal {
			fmt.Fprintf(p.out, "%s is not written: names of a %s are personal; give --personal to write them\n", to, kind)
			return nil
		}
		choices, err = registerChoices(ctx, w, other, kind)
	} else {
		choices, err = codeChoices(w, source)
	}
	if err != nil {
		return err
	}
	var list bytes.Buffer
	if err := xlsform.WriteList(&list, choices, f.DefaultLanguage); err != nil {
		return err
	}
	if err := publish.File(to, list.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s, %s\n", to, plural(len(choices), "row"))
	return nil
}

// registerChoices are the records of a register as choices, with their answers that are not personal.
func registerChoices(ctx context.Context, w *workspace.Workspace, f *form.Form, kind string) ([]form.Choice, error) {
	if f == nil {
		return nil, fmt.Errorf("%w: %q", workspace.ErrKind, kind)
	}
	var paths []string
	for _, q := range f.Questions {
		if q.Stored() && !q.Personal && q.Repeat() == nil {
			paths = append(paths, q.Path)
		}
	}
	rows, err := w.Store.List(ctx, kind, store.Query{Sort: []store.Order{{Column: "label"}}, Columns: paths})
	if err != nil {
		return nil, err
	}
	choices := make([]form.Choice, len(rows))
	for i, row := range rows {
		choices[i] = form.Choice{Name: row.Record.String(), Label: form.Text{f.DefaultLanguage: row.Label}, Attributes: map[string]string{}}
		for path, answer := range row.Values {
			if q, known := f.Question(path.Question()); known && answer.Status == record.Answered {
				choices[i].Attributes[q.Name] = answer.Value.String()
			}
		}
	}
	return choices, nil
}

// codeChoices are the codes of a list as choices, in every language.
func codeChoices(w *workspace.Workspace, name string) ([]form.Choice, error) {
	list, err := w.Lists.Load(name)
	if err != nil {
		return nil, err
	}
	choices := make([]form.Choice, len(list.Codes))
	for i, code := range list.Codes {
		choices[i] = form.Choice{Name: code.Value, Label: form.Text(code.Labels), Attributes: code.Attributes}
	}
	return choices, nil
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
