package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// releaseFlag lets a command answer from a release.
func releaseFlag(c *cobra.Command, name *string) {
	c.Flags().StringVar(name, "release", "", "answer from a release: latest, its title, or the first digits of its frame; else from the present data")
}

// imputeFlag lets a command fill in what is missing.
func imputeFlag(c *cobra.Command, methods *[]string) {
	c.Flags().StringSliceVar(methods, "impute", nil, "fill in missing values, flagged I: subtotals, carry (last wave with the growth of section and country), ratio (to persons working)")
}

// estimatedFlag lets a command give estimated totals.
func estimatedFlag(c *cobra.Command, on *bool) {
	c.Flags().BoolVar(on, "estimated", false, "give estimated totals, weighted to the known population, flagged E; changes stay those of reported figures")
}

func imputation(methods []string) (indicator.Imputation, error) {
	how, err := indicator.ParseImputation(methods)
	if err != nil {
		err = usageError{fmt.Errorf("--impute: %w", err)}
	}
	return how, err
}

// what names what a query is made into, for the register of released cells.
func (q *query) what(verb string, ask indicator.Query) string {
	ask.Money = q.money.asked()
	return workspace.What(verb, struct {
		indicator.Query
		Rates  string   `json:"rates,omitempty"`
		Impute []string `json:"impute,omitempty"`
	}{ask, q.money.vintage, q.impute})
}

// releaseJob is what `release` is asked to make.
type releaseJob struct {
	workspace.ReleaseJob
	years              string
	submitted, without bool
}

func (p *program) releaseCommand() *cobra.Command {
	var job releaseJob
	var asJSON bool
	c := &cobra.Command{
		Use:   "release DIR",
		Short: "Freeze the present figures under a title, or list the releases",
		Example: "  coopctl release atlas --title \"Mapping 2025\" --years 2021-2025 --contact data@federation.example\n" +
			"  coopctl release atlas\n  coopctl trend atlas --release latest --indicator I05",
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := job.check(c); err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if job.Title == "" {
					return p.listReleases(c.Context(), w, asJSON)
				}
				return p.makeRelease(c.Context(), w, job)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&job.Title, "title", "", "the title of the release to make")
	yearsFlag(c, &job.years)
	f.BoolVar(&job.submitted, "with-submitted", false, "count submitted records that nobody validated too; their figures are flagged V")
	f.BoolVar(&job.without, "without-submitted", false, "leave submitted records that nobody validated out")
	f.StringVar(&job.Rates, "rates", "", "the vintage of the table of rates; else the newest")
	f.StringVar(&job.About.Contact, "contact", "", "quality sheet: whom to ask")
	f.StringVar(&job.About.Frame, "frame", "", "quality sheet: where the list of cooperatives comes from")
	f.StringVar(&job.About.ReleasePolicy, "policy", "", "quality sheet: the release policy")
	f.StringVar(&job.About.Coherence, "coherence", "", "quality sheet: how the figures compare with official ones")
	f.StringVar(&job.About.Revision, "revision", "", "quality sheet: the revision policy")
	f.StringVar(&job.Note, "note", "", "what should be known of it")
	f.BoolVar(&asJSON, "json", false, "print the list as JSON")
	c.AddCommand(p.releaseCheckCommand(), p.releaseRegisterCommand())
	return c
}

func (j *releaseJob) check(c *cobra.Command) error {
	span, err := years(j.years)
	if err != nil {
		return err
	}
	j.From, j.To, j.Years = span.From, span.To, span.Years
	switch {
	case j.submitted && j.without:
		return usageError{errors.New("--with-submitted and --without-submitted do not go together")}
	case j.Title == "" && c.Flags().NFlag() > 0 && !c.Flags().Changed("json"):
		return usageError{errors.New("name the release with --title")}
	case j.submitted:
		j.Submitted = workspace.CountSubmitted
	case j.without:
		j.Submitted = workspace.LeaveSubmitted
	}
	j.Program = programVersion()
	return nil
}

// programVersion names this program and what it was built from.
func programVersion() string {
	name := "coopctl"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return name
	}
	name += " " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && !strings.Contains(name, s.Value[:min(7, len(s.Value))]) {
			name += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return name
}

func (p *program) makeRelease(ctx context.Context, w *workspace.Workspace, job releaseJob) error {
	r, err := w.MakeRelease(ctx, job.ReleaseJob)
	if errors.Is(err, workspace.ErrSubmitted) {
		err = fmt.Errorf("%w: --with-submitted or --without-submitted", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Release %s, %s\n  %s\n  %s in %s", r.Title, r.Name(), r.Holds, plural(r.Revisions, "revision"), plural(len(r.Chains), "chain"))
	if r.Rates != "" {
		fmt.Fprintf(p.out, "; rates of %s", r.Rates)
	}
	_, err = fmt.Fprintln(p.out)
	return err
}

func (p *program) listReleases(ctx context.Context, w *workspace.Workspace, asJSON bool) error {
	all, err := w.Releases(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(p.out, all)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(p.out, "No release; `coopctl release DIR --title …` makes one.")
		return err
	}
	rows := make([][]string, len(all))
	for i, r := range all {
		rows[i] = []string{r.Name(), r.Title, r.Locked, r.Rates, r.Holds}
	}
	return printTable(p.out, []string{"frame", "release", "locked", "rates", "holds"}, rows)
}

// ofRelease opens the workspace of a command, and finds the release that it names, the latest where it names none.
func ofRelease(c *cobra.Command, args []string, do func(*workspace.Workspace, workspace.Release) error) error {
	name := workspace.Latest
	if len(args) == 2 {
		name = args[1]
	}
	return open(args[0], func(w *workspace.Workspace) error {
		r, err := w.Release(c.Context(), name)
		if err != nil {
			return err
		}
		return do(w, r)
	})
}

func (p *program) releaseCheckCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "check DIR [RELEASE]",
		Short:   "Make the frame of a release again from the log, and say whether it is the same",
		Example: "  coopctl release check atlas latest",
		Args:    usage(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			return ofRelease(c, args, func(w *workspace.Workspace, r workspace.Release) error {
				tell, clear := p.progress("commits")
				check, err := w.CheckRelease(c.Context(), r, tell)
				clear()
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(p.out, check)
				}
				return p.reportCheck(check)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (p *program) reportCheck(check workspace.ReleaseCheck) error {
	r := check.Release
	if check.Erased > 0 {
		fmt.Fprintf(p.out, "%s came after it: the personal values they cover are gone, and were never part of a frame, so every figure stands.\n",
			plural(check.Erased, "erasure"))
	}
	if !check.RatesSame {
		fmt.Fprintf(p.out, "The table of rates of %s is not here as it was; import it again.\n", r.Rates)
	}
	if !check.Same {
		return fmt.Errorf("the log gives the frame %s from %s, and %s has %s from %s: it was made by another version of the questionnaires, or commits have been completed since; make a new release",
			check.Frame[:10], plural(check.Revisions, "revision"), r.Title, r.Name(), plural(r.Revisions, "revision"))
	}
	_, err := fmt.Fprintf(p.out, "Release %s, %s: the log gives the same frame from %s.\n", r.Title, r.Name(), plural(check.Revisions, "revision"))
	return err
}

// warnDiffering says which figures were told before with a few cooperatives more or fewer.
func (p *program) warnDiffering(cells []indicator.ReleasedCell) {
	for _, c := range cells {
		fmt.Fprintf(p.err, "warning: %s %d%s was released with %s, and now has 1 to 4 more or fewer: the difference of the two tells of those\n",
			c.Indicator, c.Year, strings.TrimRight(" "+c.Of, " "), plural(c.N, "cooperative"))
	}
}
