package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) formDiffCommand() *cobra.Command {
	var renames string
	var asJSON bool
	c := &cobra.Command{
		Use:   "diff OLD NEW | DIR KIND OLD NEW",
		Short: "Say what changed between two versions of a questionnaire, and where trends may break",
		Long: "Say what changed between two versions of a questionnaire: added, removed, renamed and retyped questions, choices, wording by language, rules, and the concepts whose figures may not go on as before.\n" +
			"With DIR and KIND, OLD and NEW are versions that the workspace has, and what was renamed between them is known.\n" +
			"A file of renames has one line for each: the old path, a comma, the new path. What lies in a renamed group moves with it.",
		Example: "  coopctl form diff mapping-2026.xlsx mapping-2027.xlsx --renames renames.csv\n  coopctl form diff atlas mapping 2026.1 2027.1",
		Args: usage(func(c *cobra.Command, args []string) error {
			if len(args) == 2 || len(args) == 4 && renames == "" {
				return nil
			}
			return fmt.Errorf("give two files, or a workspace, a kind and two versions of it without --renames")
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			difference, err := differenceOf(args, renames)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(p.out, difference)
			}
			p.printDifference(difference)
			return nil
		},
	}
	c.Flags().StringVar(&renames, "renames", "", "a file of renamed questions: old path, new path")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// differenceOf compares two files, or two versions of a kind in a workspace.
func differenceOf(args []string, renames string) (d form.Difference, err error) {
	if len(args) == 4 {
		err = open(args[0], func(w *workspace.Workspace) error {
			d, err = w.Compare(args[1], args[2], args[3])
			return err
		})
		return d, err
	}
	old, err := compiledForm(args[0])
	if err != nil {
		return d, err
	}
	new, err := compiledForm(args[1])
	if err != nil {
		return d, err
	}
	moved, err := readRenames(renames)
	return form.Compare(old, new, moved), err
}

func (p *program) printDifference(d form.Difference) {
	fmt.Fprintf(p.out, "version %s → %s\n", orNone(d.From), orNone(d.To))
	for _, line := range d.Lines() {
		fmt.Fprintln(p.out, line)
	}
	if d.Empty() {
		fmt.Fprintln(p.out, "no difference")
	}
}

func orNone(version string) string {
	if version == "" {
		return "(none)"
	}
	return version
}

// readRenames reads the old and new paths of a file; an empty name reads none.
func readRenames(path string) (form.Renames, error) {
	out := form.Renames{}
	if path == "" {
		return out, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := csv.NewReader(file)
	lines.FieldsPerRecord, lines.TrimLeadingSpace, lines.Comment = -1, true, '#'
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if len(record) != 2 || strings.TrimSpace(record[0]) == "" || strings.TrimSpace(record[1]) == "" {
			line, _ := lines.FieldPos(0)
			return nil, fmt.Errorf("%s, line %d: a rename is an old path, a comma and a new path", path, line)
		}
		if old := strings.TrimSpace(record[0]); old != "old" {
			out[old] = strings.TrimSpace(record[1])
		}
	}
}
