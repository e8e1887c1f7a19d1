package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"coopatlas/data/form"
	"github.com/spf13/cobra"
)

func (p *program) formDiffCommand() *cobra.Command {
	var renames string
	var asJSON bool
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed between two versions of a questionnaire, and where trends may break",
		Long: "Say what changed between two versions of a questionnaire: added, removed, renamed and retyped questions, choices, wording by language, rules, and the concepts whose figures may not go on as before.\n" +
			"A file of renames has one line for each: the old path, a comma, the new path. What lies in a renamed group moves with it.",
		Example: "  coopctl form diff mapping-2026.xlsx mapping-2027.xlsx --renames renames.csv",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			old, err := compiledForm(args[0])
			if err != nil {
				return err
			}
			new, err := compiledForm(args[1])
			if err != nil {
				return err
			}
			moved, err := readRenames(renames)
			if err != nil {
				return err
			}
			difference := form.Compare(old, new, moved)
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
func readRenames(path string) (map[string]string, error) {
	out := map[string]string{}
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
