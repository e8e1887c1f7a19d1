package main

import (
	"fmt"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) reconcileCommand() *cobra.Command {
	var span, release string
	var asJSON, internal, drafts bool
	c := &cobra.Command{
		Use:     "reconcile DIR",
		Short:   "Put aggregate returns beside the figures of the mapping; the two are never added",
		Example: "  coopctl reconcile atlas --years 2021-2025\n  coopctl reconcile atlas --release latest --json",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			q := indicator.Query{Validated: !drafts, Disclosure: !internal}
			asked, err := years(span)
			if err != nil {
				return err
			}
			q = asked.Of(q)
			return open(args[0], func(w *workspace.Workspace) error {
				figures, err := w.Figures(c.Context(), workspace.FiguresOf{Release: release})
				if err != nil {
					return err
				}
				defer figures.Close()
				lines, err := figures.Reconcile(c.Context(), q)
				if err != nil {
					return err
				}
				if asJSON {
					fmt.Fprint(p.err, heading(figures, q))
					return printJSON(p.out, lines)
				}
				fmt.Fprint(p.out, heading(figures, q))
				return p.printReconciled(lines)
			})
		},
	}
	f := c.Flags()
	yearsFlag(c, &span)
	f.BoolVar(&drafts, "unvalidated", false, "use submitted records that nobody validated too")
	f.BoolVar(&internal, "internal", false, "show confidential figures too: for eyes inside headquarters only")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	releaseFlag(c, &release)
	return c
}

func (p *program) printReconciled(lines []indicator.Reconciled) error {
	if len(lines) == 0 {
		_, err := fmt.Fprintln(p.out, "Nothing: no aggregate return of these years counts.")
		return err
	}
	var rows [][]string
	for _, l := range lines {
		mapped, n, share := "", "", ""
		switch m := l.Mapped; {
		case m == nil:
			mapped = ":"
		case m.Hidden:
			mapped, n = "c", fmt.Sprint(m.N)
		case m.Known:
			mapped, n = m.Value.String(), fmt.Sprint(m.N)
			if all := l.Aggregate.Float(); all > 0 {
				share = fmt.Sprintf("%.1f %%", 100*m.Value.Float()/all)
			}
		}
		rows = append(rows, []string{fmt.Sprint(l.Year), l.Country, l.Type, l.Scope, l.Indicator, l.Unit, l.Aggregate.String(), mapped, n, share})
	}
	err := printTable(p.out, []string{"year", "country", "type", "scope", "indicator", "unit", "aggregate", "mapping", "n", "mapped of it"}, rows)
	if err == nil {
		_, err = fmt.Fprintln(p.out, "Two statistics of the same thing: never add them.")
	}
	return err
}
