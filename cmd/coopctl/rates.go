package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) ratesCommand() *cobra.Command {
	var job workspace.RatesJob
	var asJSON bool
	c := &cobra.Command{
		Use:   "rates DIR [FILE]",
		Short: "Import a table of exchange rates, deflators and parities, or list those there are",
		Example: "  coopctl rates atlas rates.csv --source \"European Central Bank\" --vintage 2026-03-01\n" +
			"  coopctl rates atlas",
		Args: usage(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				if len(args) == 1 {
					return p.listRates(c.Context(), w, asJSON)
				}
				return p.importRates(c.Context(), w, args[1], job)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&job.Source, "source", "", "who publishes the rates, where the table has no column source")
	f.StringVar(&job.Vintage, "vintage", "", "the day on which they were taken, such as 2026-03-01, where the table has no column vintage")
	f.StringVar(&job.Title, "title", "", "what the table is called; else its source")
	f.StringVar(&job.Note, "note", "", "what should be known of it")
	f.BoolVar(&job.DryRun, "dry-run", false, "check the table, and store nothing")
	f.BoolVar(&asJSON, "json", false, "print the list as JSON")
	return c
}

func (p *program) importRates(ctx context.Context, w *workspace.Workspace, path string, job workspace.RatesJob) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the table of rates cannot be read: %w", err)
	}
	defer file.Close()
	job.Table = file
	table, problems, err := w.ImportRates(ctx, job)
	for _, problem := range problems {
		fmt.Fprintf(p.out, "%s, %s\n", path, problem)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	fmt.Fprintf(p.out, "Rates of %s, vintage %s: %s, %d to %d.\n", table.Source, table.Vintage, plural(table.Lines, "line"), table.From, table.To)
	if job.DryRun {
		fmt.Fprintln(p.out, "A dry run: nothing was stored.")
	}
	return nil
}

func (p *program) listRates(ctx context.Context, w *workspace.Workspace, asJSON bool) error {
	tables, err := w.RateTables(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(p.out, tables)
	}
	if len(tables) == 0 {
		_, err := fmt.Fprintln(p.out, "No table of rates; `coopctl rates DIR FILE` imports one.")
		return err
	}
	rows := make([][]string, len(tables))
	for i, t := range tables {
		rows[i] = []string{t.Vintage, t.Title, t.Source, count(t.Lines), fmt.Sprintf("%d-%d", t.From, t.To)}
	}
	return printTable(p.out, []string{"vintage", "table", "source", "lines", "years"}, rows)
}

// money is what commands are asked for about money.
type money struct {
	in, vintage string
	real        bool
	base        int
}

func (m *money) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&m.in, "money", "", "give amounts in EUR, or in PPP for purchasing power; else in national currency")
	f.BoolVar(&m.real, "real", false, "with --money EUR: constant prices and rates of --base-year, which real trends need")
	f.IntVar(&m.base, "base-year", 0, "with --real: the year whose prices and rates amounts are given in")
	f.StringVar(&m.vintage, "rates", "", "with --money: the vintage of the table of rates; else the newest")
}

// check refuses flags that do not go together.
func (m *money) check() error {
	_, err := m.kind()
	switch {
	case err != nil:
		return usageError{err}
	case m.in == "" && (m.real || m.base != 0 || m.vintage != ""):
		return usageError{errors.New("--real, --base-year and --rates go with --money")}
	case m.real != (m.base != 0):
		return usageError{errors.New("--real and --base-year go together: name the year whose prices amounts are given in")}
	}
	return nil
}

func (m *money) kind() (indicator.MoneyKind, error) {
	switch {
	case m.in == "" && !m.real:
		return indicator.National, nil
	case (m.in == "EUR" || m.in == "eur") && m.real:
		return indicator.EURConstant, nil
	case m.in == "EUR" || m.in == "eur":
		return indicator.EUR, nil
	case (m.in == "PPP" || m.in == "ppp") && !m.real:
		return indicator.PPP, nil
	case m.real:
		return "", errors.New("--real goes with --money EUR")
	}
	return "", fmt.Errorf("--money %q is unknown: say EUR or PPP", m.in)
}

// asked is the money that the flags say, without rates; it is nothing for national currency.
func (m *money) asked() indicator.Money {
	kind, err := m.kind()
	if err != nil || kind == indicator.National {
		return indicator.Money{}
	}
	return indicator.Money{Kind: kind, Base: m.base}
}

// of gives the money of a query, with the table of rates that it needs.
func (m *money) of(ctx context.Context, f *workspace.Figures) (indicator.Money, error) {
	out := m.asked()
	var err error
	if out.Kind != "" {
		out.Rates, err = f.Rates(ctx, m.vintage)
	}
	return out, err
}
