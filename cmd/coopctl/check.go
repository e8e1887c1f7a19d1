package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/check"
	"coopatlas/data/form"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// checking is what `check` asks for in flags.
type checking struct {
	check.Config
	rules  []string
	stands []string
	all    bool
	limit  int
	format string
	json   bool
}

func (p *program) checkCommand() *cobra.Command {
	var ask checking
	c := &cobra.Command{
		Use:   "check DIR",
		Short: "List what a statistician would ask about: outliers, wrong units, totals that do not add up",
		Long: "List what a statistician would ask about, what moves a total most first.\n\nThe rules:\n" + ruleTexts() +
			"\nPeers and last waves are always those of the whole workspace, whatever is listed.",
		Example: "  coopctl check atlas --year 2025\n  coopctl check atlas --rule unit,total --country IT --format csv",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := ask.read(); err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				frame, err := w.Store.Frame(c.Context())
				if err != nil {
					return err
				}
				defer frame.Close()
				look, err := check.Through(c.Context(), frame)
				if err != nil {
					return err
				}
				found, err := w.Checks(c.Context(), look, ask.Config)
				if err != nil {
					return err
				}
				return p.printChecks(c, w, ask, found)
			})
		},
	}
	f := c.Flags()
	f.IntSliceVar(&ask.Years, "year", nil, "only these reference years")
	f.StringVar(&ask.Wave, "wave", "", "only this wave, by its record")
	f.StringVar(&ask.Country, "country", "", "only this country, such as IT")
	f.StringSliceVar(&ask.rules, "rule", nil, "only these rules: "+strings.Join(ruleNames(), ", "))
	f.StringSliceVar(&ask.stands, "stand", []string{string(workspace.StandOpen)}, "where findings stand: "+strings.Join(standNames(), ", "))
	f.BoolVar(&ask.all, "all", false, "wherever they stand")
	f.IntVar(&ask.limit, "limit", 100, "at most this many; 0 lists all")
	f.StringVar(&ask.format, "format", "table", "table, csv or json")
	f.BoolVar(&ask.json, "json", false, "the same as --format json")
	return c
}

func ruleNames() []string {
	var out []string
	for _, r := range check.Rules() {
		out = append(out, string(r))
	}
	return out
}

func standNames() []string {
	var out []string
	for _, s := range workspace.Stands() {
		out = append(out, string(s))
	}
	return out
}

// ruleTexts are the rules with what they look for.
func ruleTexts() string {
	say, err := workspace.Words("en")
	if err != nil {
		return ""
	}
	var out strings.Builder
	for _, r := range check.Rules() {
		fmt.Fprintf(&out, "  %-11s %s\n", r, check.Speaker{Words: say}.Test(r))
	}
	return out.String()
}

// read checks the flags.
func (a *checking) read() error {
	if a.json {
		a.format = "json"
	}
	for _, name := range a.rules {
		if !slices.Contains(ruleNames(), name) {
			return usageError{fmt.Errorf("--rule %q is unknown: say %s", name, strings.Join(ruleNames(), ", "))}
		}
		a.Rules = append(a.Rules, check.Rule(name))
	}
	for _, name := range a.stands {
		if !slices.Contains(standNames(), name) {
			return usageError{fmt.Errorf("--stand %q is unknown: say %s", name, strings.Join(standNames(), ", "))}
		}
	}
	if !slices.Contains([]string{"table", "csv", "json"}, a.format) {
		return usageError{fmt.Errorf("--format %q is unknown: say table, csv or json", a.format)}
	}
	return nil
}

// listedCheck is a finding as --json prints it.
type listedCheck struct {
	workspace.Checked
	Name  string `json:"name"`  // of the cooperative
	Label string `json:"label"` // of the question
	Says  string `json:"says"`
}

func (p *program) printChecks(c *cobra.Command, w *workspace.Workspace, ask checking, found []workspace.Checked) error {
	found = slices.DeleteFunc(found, func(f workspace.Checked) bool { return !ask.all && !slices.Contains(ask.stands, string(f.Stand)) })
	total := len(found)
	if ask.limit > 0 {
		found = found[:min(ask.limit, len(found))]
	}
	listed, err := nameChecks(c, w, found)
	if err != nil {
		return err
	}
	if ask.format == "json" {
		return printJSON(p.out, listed)
	}
	header := []string{"influence", "rule", "cooperative", "year", "country", "question", "seen", "expected", "factor", "stand", "record", "says"}
	var rows [][]string
	for _, l := range listed {
		rows = append(rows, l.cells())
	}
	if ask.format == "csv" {
		out := csv.NewWriter(p.out)
		if err := out.WriteAll(append([][]string{header}, rows...)); err != nil {
			return err
		}
		return out.Error()
	}
	for i := range rows {
		rows[i] = rows[i][:10]
	}
	if err := printTable(p.out, header[:10], rows); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s to look at", plural(total, "finding"))
	if err == nil && len(listed) < total {
		_, err = fmt.Fprintf(p.out, "; the first %d are shown, --limit 0 shows all", len(listed))
	}
	fmt.Fprintln(p.out)
	return err
}

func (l listedCheck) cells() []string {
	factor := ""
	if l.Factor > 0 {
		factor = fmt.Sprintf("%.3g", l.Factor)
	}
	return []string{fmt.Sprintf("%.2f %%", l.Influence), string(l.Rule), l.Name, fmt.Sprint(l.Year), l.Country, l.Label,
		l.Seen.String(), l.Expected.String(), factor, string(l.Stand), l.Record, l.Says}
}

// nameChecks names the cooperatives and questions of findings.
func nameChecks(c *cobra.Command, w *workspace.Workspace, found []workspace.Checked) ([]listedCheck, error) {
	f, err := w.MustKnow("mapping")
	if err != nil {
		return nil, err
	}
	say, err := workspace.Words("en")
	if err != nil {
		return nil, err
	}
	speaker := check.Speaker{Words: say, Label: func(concept string) string { return questionLabel(f, concept) }}
	names, err := w.CheckedNames(c.Context(), found)
	if err != nil {
		return nil, err
	}
	out := make([]listedCheck, len(found))
	for i, one := range found {
		out[i] = listedCheck{one, names[one.Record], questionLabel(f, one.Concept), speaker.Says(one.Finding)}
		if one.Query != nil {
			out[i].Says = one.Query.Text
		}
	}
	return out, nil
}

// questionLabel is what the question of a concept asks, in English.
func questionLabel(f *form.Form, concept string) string {
	if q, ok := f.ByConcept(concept); ok {
		return q.Label.In("en", f.DefaultLanguage)
	}
	return concept
}
