package main

import (
	"context"
	"fmt"
	"strconv"

	"coopatlas/data/check"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) queryCommand() *cobra.Command {
	var about string
	var progress []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "query DIR",
		Short: "List what headquarters asks researchers about single answers; ask, answer and settle",
		Example: "  coopctl query atlas --progress open\n  coopctl query ask atlas RECORD turnover \"Is it in thousands?\"\n" +
			"  coopctl query answer atlas QUERY \"Yes, corrected.\"\n  coopctl query accept atlas QUERY",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			of := workspace.QuerySelection{}
			if about != "" {
				var err error
				if of.About, err = record.ParseID(about); err != nil {
					return usageError{fmt.Errorf("--about: %w", err)}
				}
			}
			for _, name := range progress {
				of.Progress = append(of.Progress, workspace.Progress(name))
			}
			return open(args[0], func(w *workspace.Workspace) error { return p.listQueries(c.Context(), w, of, asJSON) })
		},
	}
	c.Flags().StringVar(&about, "about", "", "only about this interview, by its record")
	c.Flags().StringSliceVar(&progress, "progress", nil, "only those that are open, answered, closed or accepted")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.AddCommand(p.queryAskCommand(), p.queryAnswerCommand())
	for _, verb := range []struct {
		name, short string
		to          workspace.Progress
	}{
		{"close", "Close a query", workspace.QueryClosed}, {"accept", "Accept what a query asks about: it was checked and is so", workspace.QueryAccepted},
		{"reopen", "Open a query again", workspace.QueryOpen},
	} {
		c.AddCommand(&cobra.Command{Use: verb.name + " DIR QUERY", Short: verb.short, Example: "  coopctl query " + verb.name + " atlas 01a201d7-0b00-7e15-a726-53d4c2bce9ac", Args: usage(cobra.ExactArgs(2)), RunE: func(c *cobra.Command, args []string) error {
			return onQuery(args, func(w *workspace.Workspace, id record.ID) error { return w.Settle(c.Context(), id, verb.to) })
		}})
	}
	return c
}

func (p *program) listQueries(ctx context.Context, w *workspace.Workspace, of workspace.QuerySelection, asJSON bool) error {
	all, err := w.Queries(ctx, of)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(p.out, all)
	}
	rows := make([][]string, len(all))
	for i, q := range all {
		rows[i] = []string{q.Record.String(), string(q.Progress), q.Name, string(q.Stage), string(q.Question), q.On, q.Text, q.Answer}
	}
	if err := printTable(p.out, []string{"query", "progress", "interview", "stage", "question", "asked", "text", "answer"}, rows); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, map[bool]string{true: "1 query", false: count(len(all)) + " queries"}[len(all) == 1])
	return err
}

func (p *program) queryAskCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "ask DIR RECORD QUESTION TEXT",
		Short:   "Ask the researcher about an answer; the interview is returned",
		Example: "  coopctl query ask atlas 01a201d7-0b00-7a60-ba5c-f6bbeca56c6a turnover \"Is it in thousands?\"",
		Args:    usage(cobra.ExactArgs(4)),
		RunE: func(c *cobra.Command, args []string) error {
			return onQuery(args, func(w *workspace.Workspace, id record.ID) error {
				about, err := answerAbout(c.Context(), w, id, args[2])
				if err != nil {
					return err
				}
				asked, err := w.Ask(c.Context(), about, args[3])
				if err == nil {
					_, err = fmt.Fprintf(p.out, "Asked: %s\n", asked.Query)
				}
				return err
			})
		},
	}
}

// answerAbout makes a finding of an answer that somebody asks about without a rule.
func answerAbout(ctx context.Context, w *workspace.Workspace, id record.ID, question string) (check.Finding, error) {
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return check.Finding{}, err
	}
	f, err := w.MustKnow(state.Kind)
	if err != nil {
		return check.Finding{}, err
	}
	q, ok := workspace.FindQuestion(f, question)
	if !ok || q.Concept == "" {
		return check.Finding{}, fmt.Errorf("the questionnaire %s has no question %q that gives a variable; `coopctl form show` lists them", f.ID, question)
	}
	out := check.Finding{Record: id.String(), Concept: q.Concept}
	if value, ok := state.Fields[record.Path(q.Path)].Value.Number(); ok {
		var seen indicator.Decimal
		if seen.UnmarshalText([]byte(value.String())) == nil {
			out.Seen = seen
		}
	}
	if y, ok := f.ByConcept("year"); ok {
		out.Year, _ = strconv.Atoi(state.Fields[record.Path(y.Path)].Value.String())
	}
	return out, nil
}

func (p *program) queryAnswerCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "answer DIR QUERY TEXT",
		Short:   "Answer a query",
		Example: "  coopctl query answer atlas 01a201d7-0b00-7e15-a726-53d4c2bce9ac \"Yes, corrected.\"",
		Args:    usage(cobra.ExactArgs(3)),
		RunE: func(c *cobra.Command, args []string) error {
			return onQuery(args, func(w *workspace.Workspace, id record.ID) error { return w.AnswerQuery(c.Context(), id, args[2]) })
		},
	}
}

// onQuery opens the workspace and reads the id that two arguments begin with.
func onQuery(args []string, do func(w *workspace.Workspace, id record.ID) error) error {
	id, err := record.ParseID(args[1])
	if err != nil {
		return usageError{err}
	}
	return open(args[0], func(w *workspace.Workspace) error { return do(w, id) })
}
