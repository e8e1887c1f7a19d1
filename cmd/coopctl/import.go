package main

import (
	"errors"
	"fmt"
	"strings"

	"coopatlas/data/exchange/tabular"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// listed is how many refused rows and warnings are printed unless --all asks for every one.
const listed = 10

func (p *program) importCommand() *cobra.Command {
	var job workspace.ImportJob
	var asJSON, all, sketch bool
	c := &cobra.Command{
		Use:   "import DIR FILE --map MAPPING",
		Short: "Rows of a CSV file or workbook become records, through a mapping file (YAML)",
		Example: "  coopctl import atlas register.xlsx --sketch > register.yaml\n" +
			"  coopctl import atlas register.xlsx --map register.yaml --dry-run\n" +
			"  coopctl import atlas register.xlsx --map register.yaml",
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			job.File = args[1]
			if sketch == (job.Mapping != "") {
				return usageError{errors.New("say --map with a mapping, or --sketch to have the beginning of one written")}
			}
			if sketch {
				return p.sketchMapping(args[0], args[1])
			}
			return open(args[0], func(w *workspace.Workspace) error {
				tell, clear := p.progress("rows")
				job.Progress = tell
				report, err := w.Import(c.Context(), job)
				clear()
				switch broken := err != nil && !errors.Is(err, tabular.ErrRefused); {
				case report != nil && broken && !asJSON: // what it counted is not what it stored
					fmt.Fprintf(p.out, "%s: %s; stopped when %s had been stored. The same import goes on from there.\n",
						report.Source, plural(report.Rows, "row"), plural(report.Saved, "record"))
				case report != nil:
					p.reportImport(report, asJSON, all)
				}
				if err == nil && report.Refused > 0 {
					return errReported
				}
				return err
			})
		},
	}
	c.Flags().StringVar(&job.Mapping, "map", "", "the mapping file: which column feeds which question")
	c.Flags().BoolVar(&job.DryRun, "dry-run", false, "say what would happen, and store nothing")
	c.Flags().BoolVar(&job.Strict, "strict", false, "store nothing if any row is refused")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	c.Flags().BoolVar(&all, "all", false, "list every refused row and warning (up to a thousand)")
	c.Flags().BoolVar(&sketch, "sketch", false, "import nothing, and print the beginning of a mapping for the file, to go on with")
	return c
}

// sketchMapping prints the beginning of a mapping for a file.
func (p *program) sketchMapping(dir, file string) error {
	return open(dir, func(w *workspace.Workspace) error {
		sketch, err := w.SketchMapping(file, "en")
		if err == nil {
			_, err = p.out.Write(sketch)
		}
		return err
	})
}

func (p *program) reportImport(r *tabular.Report, asJSON, all bool) {
	if asJSON {
		_ = printJSON(p.out, r)
		return
	}
	fmt.Fprintf(p.out, "%s: %s\n", r.Source, plural(r.Rows, "row"))
	for _, k := range r.Kinds {
		fmt.Fprintf(p.out, "  %s: %s, %s new, %s changed, %s unchanged", k.Title, plural(k.Records, "record"), count(k.New), count(k.Changed), count(k.Unchanged))
		if k.Kept > 0 {
			fmt.Fprintf(p.out, ", %s locked or deleted here and left", count(k.Kept))
		}
		fmt.Fprintln(p.out)
	}
	fmt.Fprintf(p.out, "  %s carried forward, %s old\n", count(r.Carried), count(r.Old))
	p.listProblems(count(r.Refused)+" refused", r.Refused, r.Refusals, all)
	p.listProblems(plural(r.Warned, "warning"), r.Warned, r.Warnings, all)
	switch {
	case r.DryRun:
		fmt.Fprintln(p.out, "A dry run: nothing was stored.")
	case r.Stored && r.Nothing():
		fmt.Fprintln(p.out, "Nothing new.")
	}
}

func (p *program) listProblems(what string, total int, problems []tabular.Problem, all bool) {
	if total == 0 {
		return
	}
	fmt.Fprintf(p.out, "  %s\n", what)
	said := 0 // a warning is listed once, with how many rows it is said of
	for i, problem := range problems {
		if i == listed && !all {
			fmt.Fprintf(p.out, "    … and %s more (--all lists them)\n", count(total-said))
			return
		}
		said += 1 + problem.More
		fmt.Fprintf(p.out, "    %s\n", problem)
	}
}

// count writes a count with commas between thousands.
func count(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + strings.TrimSpace(noun) + "s"
}
