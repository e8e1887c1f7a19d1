package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) showCommand() *cobra.Command {
	var asJSON, history bool
	c := &cobra.Command{
		Use:     "show DIR RECORD",
		Short:   "Show what a record says now, its conflicts, and with --history who said what and when",
		Example: "  coopctl show atlas 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 --history",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := record.ParseID(args[1])
			if err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				state, err := w.Store.State(c.Context(), id)
				if err != nil {
					return err
				}
				if err := p.printState(state, asJSON); err != nil || !history {
					return err
				}
				known, err := w.Store.History(c.Context(), id)
				if err != nil {
					return err
				}
				return p.printHistory(known)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&history, "history", false, "list every revision too")
	return c
}

func (p *program) printState(s record.State, asJSON bool) error {
	values := map[string]string{}
	for path, field := range s.Fields {
		values[string(path)] = shown(field.Answer)
	}
	if asJSON {
		return printJSON(p.out, listedRecord{Record: s.Record.String(), State: s.Lifecycle, Changed: s.Changed.Format("2006-01-02T15:04:05Z"), Conflicts: len(s.Conflicts), Values: values})
	}
	fmt.Fprintf(p.out, "%s %s, %s\n", s.Kind, s.Record, s.Lifecycle)
	var rows [][]string
	for _, path := range slices.Sorted(maps.Keys(values)) {
		rows = append(rows, []string{path, values[path]})
	}
	if err := printTable(p.out, []string{"question", "answer"}, rows); err != nil {
		return err
	}
	for _, c := range s.Conflicts {
		var said []string
		for _, w := range c.Writes {
			said = append(said, shown(w.Answer))
		}
		fmt.Fprintf(p.out, "conflict (%s) %s: %s\n", c.Kind, c.Path, strings.Join(said, " | "))
	}
	return nil
}

func (p *program) printHistory(h *record.History) error {
	var rows [][]string
	for _, r := range h.Revisions {
		var paths []string
		for _, path := range r.Changes.Paths() {
			paths = append(paths, string(path))
		}
		what := strings.Join(paths, ", ")
		if len(paths) > 4 {
			what = fmt.Sprintf("%s and %d more", strings.Join(paths[:3], ", "), len(paths)-3)
		}
		rows = append(rows, []string{r.Time.Format("2006-01-02 15:04"), string(r.Operation), r.Author.String()[:8], r.ID.String()[:10], what})
	}
	return printTable(p.out, []string{"when (UTC)", "operation", "author", "revision", "questions"}, rows)
}

// stages are the lifecycle operations that a person may carry out on a record as it is.
var stages = []record.Operation{record.Submit, record.Return, record.Validate, record.Lock, record.Reopen, record.Delete, record.Restore}

func (p *program) stageCommand() *cobra.Command {
	var note string
	var set []string
	names := make([]string, len(stages))
	for i, s := range stages {
		names[i] = string(s)
	}
	c := &cobra.Command{
		Use:       "stage DIR RECORD OPERATION",
		Short:     "Take a record on: " + strings.Join(names, ", ") + "; or edit it with --set",
		Example:   "  coopctl stage atlas 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 validate\n  coopctl stage atlas 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 edit --set membership/members=42 --note \"read from the register\"",
		ValidArgs: append(names, string(record.Edit)),
		Args:      usage(cobra.ExactArgs(3)),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := record.ParseID(args[1])
			if err != nil {
				return err
			}
			operation := record.Operation(args[2])
			if !slices.Contains(stages, operation) && operation != record.Edit {
				return usageError{fmt.Errorf("operation %q is unknown: say edit, %s", args[2], strings.Join(names, ", "))}
			}
			answers := map[string]string{}
			for _, text := range set {
				path, value, found := strings.Cut(text, "=")
				if !found {
					return usageError{fmt.Errorf("--set %q is not of the form membership/members=42", text)}
				}
				answers[path] = value
			}
			return open(args[0], func(w *workspace.Workspace) error {
				revision, err := w.Revise(c.Context(), id, operation, answers, note)
				if err != nil {
					return err
				}
				return p.printStage(c, w, revision)
			})
		},
	}
	c.Flags().StringVar(&note, "note", "", "why; a return needs one")
	c.Flags().StringArrayVar(&set, "set", nil, "an answer to change, such as membership/members=42; may be given several times")
	return c
}

func (p *program) printStage(c *cobra.Command, w *workspace.Workspace, r record.Revision) error {
	rows, err := w.Store.List(c.Context(), r.Kind, store.Query{Where: []store.Condition{{Column: "record", Compare: "=", Values: []string{r.Record.String()}}}, Deleted: true})
	if err != nil {
		return err
	}
	for _, row := range rows {
		fmt.Fprintf(p.out, "%s is %s now.\n", row.Label, row.Lifecycle)
	}
	return nil
}
