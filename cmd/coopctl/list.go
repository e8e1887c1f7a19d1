package main

import (
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) listCommand() *cobra.Command {
	var where, sort []string
	var asJSON, drafts bool
	var limit int
	c := &cobra.Command{
		Use:     "list DIR [KIND]",
		Short:   "List records of a kind; without a kind, count the records of each",
		Example: "  coopctl list atlas cooperative --where country=IT --sort name\n  coopctl list atlas --drafts",
		Args:    usage(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				switch {
				case drafts:
					return p.listDrafts(c, w, asJSON)
				case len(args) == 1:
					return p.countKinds(c, w, asJSON)
				}
				f, err := w.MustKnow(args[1])
				if err != nil {
					return err
				}
				q := store.Query{Limit: limit}
				if q.Where, err = conditions(f, where); err != nil {
					return err
				}
				for _, column := range sort {
					name, descending := strings.CutPrefix(column, "-")
					q.Sort = append(q.Sort, store.Order{Column: columnOf(f, name), Descending: descending})
				}
				rows, err := w.Store.List(c.Context(), f.ID, q)
				if err != nil {
					return err
				}
				return p.printRecords(f, rows, w.Namer(c.Context(), f.DefaultLanguage), asJSON)
			})
		},
	}
	c.Flags().StringArrayVar(&where, "where", nil, "only records with this value, such as country=IT or state=submitted")
	c.Flags().StringSliceVar(&sort, "sort", nil, "sort by this question, or by label, state, changed; -changed sorts backwards")
	c.Flags().IntVar(&limit, "limit", 0, "at most this many; 0 lists all")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&drafts, "drafts", false, "list the drafts instead: interviews begun and not yet submitted")
	return c
}

// conditions turns country=IT into a condition on the question of that path, name or concept.
func conditions(f *form.Form, where []string) ([]store.Condition, error) {
	asked, err := pairs(where)
	if err != nil {
		return nil, err
	}
	var out []store.Condition
	for name, values := range asked {
		out = append(out, store.Condition{Column: columnOf(f, name), Compare: "in", Values: values})
	}
	slices.SortFunc(out, func(a, b store.Condition) int { return strings.Compare(a.Column, b.Column) })
	return out, nil
}

// columnOf finds a question by its path, its name or its concept; other names are the store's own columns.
func columnOf(f *form.Form, name string) string {
	if q, ok := workspace.FindQuestion(f, name); ok {
		return q.Path
	}
	return name
}

// listedRecord is a record as --json prints it.
type listedRecord struct {
	Record    string            `json:"record"`
	Label     string            `json:"label"`
	State     record.Lifecycle  `json:"state"`
	Changed   string            `json:"changed"`
	Conflicts int               `json:"conflicts,omitempty"`
	Values    map[string]string `json:"values"`
}

func (p *program) printRecords(f *form.Form, rows []store.Row, name func(*form.Question, record.Answer) string, asJSON bool) error {
	columns := f.ListColumns()
	if asJSON {
		out := make([]listedRecord, len(rows))
		for i, row := range rows {
			out[i] = listedRecord{row.Record.String(), row.Label, row.Lifecycle, row.Changed.Format("2006-01-02T15:04:05Z"), row.Conflicts, map[string]string{}}
			for path, answer := range row.Values {
				out[i].Values[string(path)] = shown(answer)
			}
		}
		return printJSON(p.out, out)
	}
	header := []string{"record", "label", "state"}
	for _, q := range columns {
		header = append(header, q.Name)
	}
	table := make([][]string, len(rows))
	for i, row := range rows {
		table[i] = []string{row.Record.String(), row.Label, string(row.Lifecycle)}
		for _, q := range columns {
			answer := row.Values[record.Path(q.Path)]
			text := shown(answer)
			if q.Kind != "" && !answer.Value.IsZero() {
				text = name(q, answer)
			}
			table[i] = append(table[i], text)
		}
	}
	if err := printTable(p.out, header, table); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.out, "%s\n", plural(len(rows), "record"))
	return err
}

// shown writes an answer for a list: its value, or why there is none.
func shown(a record.Answer) string {
	if a.Value.IsZero() && a.Status != record.Answered {
		return strings.ReplaceAll(a.Status.String(), "_", " ")
	}
	return a.Value.String()
}

func (p *program) countKinds(c *cobra.Command, w *workspace.Workspace, asJSON bool) error {
	counts := map[string]int{}
	var rows [][]string
	for _, kind := range w.Kinds() {
		n, err := w.Store.Count(c.Context(), kind, nil)
		if err != nil {
			return err
		}
		f, _ := w.Form(kind)
		counts[kind] = n
		rows = append(rows, []string{kind, f.Title.In("en", f.DefaultLanguage), count(n)})
	}
	if asJSON {
		return printJSON(p.out, counts)
	}
	return printTable(p.out, []string{"kind", "questionnaire", "records"}, rows)
}

func (p *program) listDrafts(c *cobra.Command, w *workspace.Workspace, asJSON bool) error {
	drafts, err := w.Store.Drafts(c.Context())
	if err != nil {
		return err
	}
	type listed struct {
		Record  string `json:"record"`
		Kind    string `json:"kind"`
		Answers int    `json:"answers"`
		Changed string `json:"changed"`
	}
	out, rows := make([]listed, len(drafts)), make([][]string, len(drafts))
	for i, d := range drafts {
		out[i] = listed{d.Record.String(), d.Kind, len(d.Answers), d.Changed.UTC().Format("2006-01-02 15:04")}
		rows[i] = []string{out[i].Record, out[i].Kind, count(out[i].Answers), out[i].Changed}
	}
	if asJSON {
		return printJSON(p.out, out)
	}
	return printTable(p.out, []string{"record", "kind", "answers", "changed"}, rows)
}

func (p *program) searchCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "search DIR WORDS...",
		Short:   "Find records by what they are called, whatever the accents",
		Example: "  coopctl search atlas sao paulo",
		Args:    usage(cobra.MinimumNArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				hits, err := w.Store.Search(c.Context(), strings.Join(args[1:], " "), 50)
				if err != nil {
					return err
				}
				rows := make([][]string, len(hits))
				for i, hit := range hits {
					rows[i] = []string{hit.Record.String(), hit.Kind, hit.Label}
				}
				if asJSON {
					return printJSON(p.out, hits)
				}
				return printTable(p.out, []string{"record", "kind", "label"}, rows)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}
