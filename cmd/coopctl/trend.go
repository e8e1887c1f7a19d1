package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// query is what `trend` and `chart` ask for in flags.
type query struct {
	indicator.Query
	where    []string
	years    string
	internal bool
	drafts   bool
	release  string
	impute   []string
	money
}

func (q *query) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&q.Indicator, "indicator", "", "the indicator's code, such as I05; 'coopctl trend --list' names them all")
	f.StringSliceVar(&q.By, "by", nil, "breakdowns beside the year: "+strings.Join(indicator.Breakdowns(), ", "))
	f.StringVar((*string)(&q.Basis), "basis", "", "what a change rests on: matched, demographic or all; else matched where the indicator has it")
	f.StringVar((*string)(&q.Pairs), "pairs", string(indicator.Comparable), "which pairs count as matched: comparable, or any (for looking only, never for print)")
	f.StringArrayVar(&q.where, "where", nil, "only records with this value, such as country=IT or country=IT,FR; may be given several times")
	yearsFlag(c, &q.years)
	f.BoolVar(&q.drafts, "unvalidated", true, "use submitted records that nobody validated too; their figures are flagged V")
	q.money.flags(c)
	releaseFlag(c, &q.release)
	imputeFlag(c, &q.impute)
	estimatedFlag(c, &q.Estimated)
	f.BoolVar(&q.internal, "internal", false, "show confidential figures too: for eyes inside headquarters only")
}

// ask gives the query that the flags say.
func (q *query) ask() (indicator.Query, error) {
	out := q.Query
	err := q.money.check()
	if err != nil {
		return out, err
	}
	if out.Where, err = pairs(q.where); err != nil {
		return out, err
	}
	span, err := years(q.years)
	if err != nil {
		return out, err
	}
	out = span.Of(out)
	out.Validated, out.Disclosure = !q.drafts, !q.internal
	return out, nil
}

func (p *program) trendCommand() *cobra.Command {
	var q query
	var format string
	var list, asJSON bool
	c := &cobra.Command{
		Use:   "trend DIR --indicator CODE",
		Short: "Compute an indicator over the years, with n, coverage and honest changes",
		Example: "  coopctl trend atlas --indicator I13 --by country --basis matched --format csv\n" +
			"  coopctl trend atlas --indicator I05 --decompose --where country=IT --years 2021-2025\n" +
			"  coopctl trend atlas --indicator I05 --years 2011,2016",
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				return p.listIndicators(c.Context(), args)
			}
			if len(args) != 1 || q.Indicator == "" {
				return usageError{fmt.Errorf("name a workspace and an --indicator; `coopctl trend --list` names the indicators")}
			}
			if asJSON {
				format = "json"
			}
			ask, err := q.ask()
			if err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				how, err := imputation(q.impute)
				if err != nil {
					return err
				}
				figures, err := w.Figures(c.Context(), workspace.FiguresOf{Release: q.release, Impute: how})
				if err != nil {
					return err
				}
				defer figures.Close()
				if ask.Money, err = q.money.of(c.Context(), figures); err != nil {
					return err
				}
				result, err := figures.Compute(c.Context(), ask)
				if err != nil {
					return err
				}
				return p.printTrend(result, format, heading(figures, ask))
			})
		},
	}
	q.flags(c)
	c.Flags().BoolVar(&q.Decompose, "decompose", false, "show what entered, left and changed between the years")
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	c.Flags().BoolVar(&asJSON, "json", false, "the same as --format json")
	c.Flags().BoolVar(&list, "list", false, "list the indicators; with a workspace its own too")
	return c
}

// heading says what must stand over figures: which release they are of, and that they are internal.
func heading(f *workspace.Figures, ask indicator.Query) string {
	var lines string
	if f.Release != nil {
		lines = fmt.Sprintf("Release %s, %s\n", f.Release.Title, f.Release.Name())
	}
	if !ask.Disclosure {
		lines += "Internal, not for publication: confidential figures are shown.\n"
	}
	return lines
}

func (p *program) printTrend(result *indicator.Result, format, heading string) error {
	switch format {
	case "csv":
		fmt.Fprint(p.err, heading)
		printMoney(p.err, result.Money) // beside the table, so that programs can read it
		printEstimated(p.err, result.Estimated)
		return result.WriteCSV(p.out)
	case "json":
		fmt.Fprint(p.err, heading)
		return printJSON(p.out, result)
	case "table":
		fmt.Fprint(p.out, heading)
		return printTrendTable(p.out, result)
	}
	return usageError{fmt.Errorf("--format %q is unknown: say table, csv or json", format)}
}

func printTrendTable(out io.Writer, r *indicator.Result) error {
	fmt.Fprintf(out, "%s %s, %s\n", r.Indicator, r.Name["en"], basisText(r))
	if len(r.Points) == 0 {
		_, err := fmt.Fprintln(out, "Nothing: the workspace has no record of these years and conditions that counts.")
		return err
	}
	header := append(append([]string{}, r.By...), "value", "unit", "n", "coverage", "change", "n", "share", "index", "flags")
	beside := slices.ContainsFunc(r.Points, func(point indicator.Point) bool { return r.Basis == indicator.Matched && point.Demographic != nil })
	if beside { // survivors flatter: what only they did never stands alone
		header = slices.Insert(header, len(header)-2, "births and deaths too", "n", "share")
	}
	var rows [][]string
	ind, _ := indicator.Query{Indicator: r.Indicator, Of: r.Of}.Asked()
	for _, point := range r.Points {
		cells := trendCells(point, ind.OfCooperatives())
		if beside {
			cells = slices.Insert(cells, len(cells)-2, changeCells(point.Unit, point.Demographic)...)
		}
		rows = append(rows, append(append([]string{}, point.Keys...), cells...))
	}
	if err := printTable(out, header, rows); err != nil {
		return err
	}
	for _, point := range r.Points {
		if c := point.Change; c != nil && !c.Headline {
			fmt.Fprintf(out, "%s: no headline; %s\n", strings.Join(point.Keys, ", "), c.Reason)
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintln(out, noteText(note))
	}
	printMoney(out, r.Money)
	printEstimated(out, r.Estimated)
	return printDecompositions(out, r)
}

// printMoney says with which rates amounts were converted; nothing for national currency.
func printMoney(out io.Writer, used *indicator.MoneyUsed) {
	if used == nil {
		return
	}
	kind := strings.ReplaceAll(string(used.Kind), "_", " ")
	if used.Base != 0 {
		kind += fmt.Sprintf(" of %d", used.Base)
	}
	fmt.Fprintf(out, "amounts in %s, rates of %s, vintage %s\n", kind, used.Source, used.Vintage)
	if len(used.Excluded) > 0 {
		fmt.Fprintf(out, "left out because of hyperinflation: %s\n", strings.Join(used.Excluded, ", "))
	}
}

// printEstimated says what estimated totals were weighted to, and names what they leave out.
func printEstimated(out io.Writer, used *indicator.Estimated) {
	if used == nil {
		return
	}
	for _, u := range used.Weights {
		fmt.Fprintf(out, "%d %s: %d cooperatives stand for %d known; strata of type and size: %d", u.Year, u.Country, u.N, u.Known, u.Strata)
		for _, more := range []struct {
			count int
			text  string
		}{
			{u.Joined, "%d strata of the frame joined"}, {u.Trimmed, "%d weights trimmed"}, {u.Lost, "%d known not stood for since"},
			{u.Raised, "%d strata with more found than the frame counts"}, {u.Alone, "%d that stand for themselves alone"},
		} {
			if more.count > 0 {
				fmt.Fprintf(out, "; "+more.text, more.count)
			}
		}
		fmt.Fprintln(out)
	}
	var names []string
	for _, left := range used.LeftOut {
		names = append(names, leftOut(left))
	}
	if len(names) > 0 {
		fmt.Fprintf(out, "left out of the estimated totals: %s\n", strings.Join(names, "; "))
	}
}

// leftOut names what an estimated total leaves out, and says why.
func leftOut(l indicator.LeftOut) string {
	switch {
	case l.Type != "":
		return fmt.Sprintf("%d %s %s, which the frame does not count", l.Year, l.Country, l.Type)
	case l.Few:
		return fmt.Sprintf("%d %s, where too few answered", l.Year, l.Country)
	}
	return fmt.Sprintf("%d %s, without a known population", l.Year, l.Country)
}

func basisText(r *indicator.Result) string {
	if ind, ok := (indicator.Query{Indicator: r.Indicator, Of: r.Of}).Asked(); ok && !ind.OfCooperatives() {
		return "levels only: n counts " + ind.Noun()
	}
	text := string(r.Basis) + " basis"
	if r.Estimated != nil {
		text = "estimated total, " + text
	}
	if r.Pairs == indicator.Any {
		text += ", any pairs: for looking only, never for print"
	}
	return text
}

func trendCells(point indicator.Point, cooperatives bool) []string {
	cells := []string{":", point.Unit, fmt.Sprint(point.N), "population unknown", "", "", "", "", strings.Join(point.Flags, " ")}
	switch {
	case point.Hidden:
		cells[0] = "c"
	case point.Counted:
		cells[0] = fmt.Sprintf("%s of %d", point.Value, point.N)
	case point.Known:
		cells[0] = point.Value.String()
	}
	if !cooperatives {
		cells[3] = ""
	}
	if point.Coverage != nil {
		cells[3] = fmt.Sprintf("%.1f %%", *point.Coverage)
	}
	copy(cells[4:], changeCells(point.Unit, point.Change))
	if point.Index != nil {
		cells[7] = fmt.Sprintf("%.2f", *point.Index)
	}
	return cells
}

// changeCells are a change, its n and its share of the base; empty where it is not known or may not be told.
func changeCells(unit string, c *indicator.Change) []string {
	cells := make([]string, 3)
	if c == nil || !c.Known {
		return cells
	}
	switch {
	case !c.Points:
		unit = "%"
	case !c.InUnits:
		unit = "pp"
	}
	cells[0], cells[1] = fmt.Sprintf("%+.2f %s", c.Pct, unit), fmt.Sprint(c.N)
	if c.ShareKnown {
		cells[2] = fmt.Sprintf("%.1f %%", c.Share)
	}
	return cells
}

const setLegend = "M matched, N not comparable, B births, D deaths, E entered late, L lost from view"

func printDecompositions(out io.Writer, r *indicator.Result) error {
	if len(r.Decompositions) == 0 {
		return nil
	}
	fmt.Fprintln(out, "\nWhat the change of the reported total is made of (difference, number of cooperatives):")
	header := append(append([]string{}, r.By...), "from", "to")
	for set := indicator.SetMatched; set <= indicator.SetLost; set++ {
		header = append(header, set.String())
	}
	var rows [][]string
	for _, d := range r.Decompositions {
		row := append([]string{}, d.Keys...)
		if d.Hidden {
			rows = append(rows, append(row, strings.Split(strings.Repeat("c", 2+len(d.Sets)), "")...))
			continue
		}
		row = append(row, d.Base.String(), d.Total.String())
		for _, sum := range d.Sets {
			row = append(row, fmt.Sprintf("%s (%d)", signed(sum.Difference().String()), sum.N))
		}
		rows = append(rows, row)
	}
	if err := printTable(out, header, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, setLegend)
	return err
}

func signed(number string) string {
	if number == "0" || strings.HasPrefix(number, "-") {
		return number
	}
	return "+" + number
}

// listIndicators lists the catalogue, and the own indicators of a workspace where one is named.
func (p *program) listIndicators(ctx context.Context, dir []string) error {
	all := indicator.Catalogue()
	if len(dir) > 0 {
		err := open(dir[0], func(w *workspace.Workspace) error {
			own, err := w.Indicators(ctx)
			for _, o := range own {
				if o.Problem != nil {
					fmt.Fprintf(p.err, "coopctl: the indicator %s (record %s) is left out: %v\n", o.Code, o.Record, o.Problem)
					continue
				}
				all = append(all, o.Indicator)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	var rows [][]string
	for _, i := range all {
		rows = append(rows, []string{i.Code, i.Name["en"], i.Unit, i.Question["en"]})
	}
	return printTable(p.out, []string{"code", "indicator", "unit", "question"}, rows)
}

// wordsIn opens the words of a language, the workspace's own where none is asked for.
func wordsIn(language string, settings workspace.Settings) (*words.Words, error) {
	if language == "" {
		language = settings.Language
	} else if err := spoken(language); err != nil {
		return nil, err
	}
	return workspace.Words(language)
}

// spoken refuses a language that the program does not speak.
func spoken(language string) error {
	known, err := workspace.Languages()
	if err == nil && !slices.Contains(known, language) {
		err = usageError{fmt.Errorf("--lang %q is unknown: say %s", language, strings.Join(known, " or "))}
	}
	return err
}
