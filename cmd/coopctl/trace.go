package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) traceCommand() *cobra.Command {
	var q query
	var cell string
	var asJSON bool
	c := &cobra.Command{
		Use:   "trace DIR --indicator CODE --cell year=YEAR,BREAKDOWN=CLASS",
		Short: "List the records that one figure rests on, and the sets of its change",
		Example: "  coopctl trace atlas --release latest --indicator I05 --cell year=2024\n" +
			"  coopctl trace atlas --indicator I13 --by country --cell year=2014,country=IT --internal",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			ask, err := q.ask()
			if err != nil {
				return err
			}
			at, err := indicator.ParseCell(cell)
			if err != nil {
				return usageError{err}
			}
			return open(args[0], func(w *workspace.Workspace) error { return p.trace(c.Context(), w, &q, ask, at, asJSON) })
		},
	}
	q.flags(c)
	c.Flags().StringVar(&cell, "cell", "", "the year and the class of each breakdown, such as year=2014,country=IT")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	_ = c.MarkFlagRequired("indicator")
	_ = c.MarkFlagRequired("cell")
	return c
}

func (p *program) trace(ctx context.Context, w *workspace.Workspace, q *query, ask indicator.Query, cell map[string]string, asJSON bool) error {
	how, err := imputation(q.impute)
	if err != nil {
		return err
	}
	figures, err := w.Figures(ctx, workspace.FiguresOf{Release: q.release, Impute: how})
	if err != nil {
		return err
	}
	defer figures.Close()
	if ask.Money, err = q.money.of(ctx, figures); err != nil {
		return err
	}
	traced, err := figures.Trace(ctx, ask, cell)
	if errors.Is(err, indicator.ErrConfidential) {
		return fmt.Errorf("%w; inside headquarters --internal lists them", err)
	}
	if err != nil {
		return err
	}
	if asJSON {
		fmt.Fprint(p.err, heading(figures, ask))
		return printJSON(p.out, traced)
	}
	fmt.Fprint(p.out, heading(figures, ask))
	return p.printTrace(traced)
}

func (p *program) printTrace(t workspace.NamedTrace) error {
	fmt.Fprintf(p.out, "%s: %s %s, n %d\n", strings.Join(t.Point.Keys, ", "), t.Point.Value, t.Point.Unit, t.Point.N)
	if slices.Contains(t.Point.Flags, indicator.FlagEstimated) {
		fmt.Fprintln(p.out, "An estimated total: each record counts with its weight, the known cooperatives that it stands for.")
	}
	header := []string{"record", "cooperative", "value"}
	if t.Ratio {
		header = append(header, "of")
	}
	var rows [][]string
	for _, e := range t.Records {
		row := []string{e.Record, t.Names[e.Record], e.Value.String()}
		if t.Ratio {
			row = append(row, e.Base.String())
		}
		rows = append(rows, append(row, marks(e)))
	}
	if err := printTable(p.out, append(header, "remarks"), rows); err != nil {
		return err
	}
	if t.From == 0 {
		if t.Point.All != nil {
			fmt.Fprintln(p.out, "What makes up the change is confidential, or the figure is no sum.")
		}
		return nil
	}
	fmt.Fprintf(p.out, "\nThe change from %d, by set:\n", t.From)
	rows = nil
	for _, c := range t.Changes {
		name := t.Names[c.After]
		if name == "" {
			name = t.Names[c.Before]
		}
		if c.Group {
			name = strings.TrimLeft(name+" (and those joined with it)", " ")
		}
		rows = append(rows, []string{c.Set, c.Before, c.After, name, c.From.String(), c.To.String()})
	}
	if err := printTable(p.out, []string{"set", "record before", "record after", "cooperative", "before", "after"}, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(p.out, setLegend)
	return err
}

// marks says what is particular about a record's value.
func marks(e indicator.Evidence) string {
	var out []string
	if e.Weight != nil {
		out = append(out, "weight "+e.Weight.String())
	}
	for _, m := range []struct {
		is   bool
		text string
	}{{e.Carried, "carried forward"}, {e.Old, "old"}, {e.Imputed, "imputed"}, {e.Unvalidated, "not validated"}, {e.Public, "public"}} {
		if m.is {
			out = append(out, m.text)
		}
	}
	return strings.Join(out, ", ")
}
