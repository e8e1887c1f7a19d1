package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// addJob is one questionnaire to put into a workspace.
type addJob struct {
	file    string
	renames []string // old=new
	from    string   // a file of renames
	note    string
	consent workspace.Consent
	dry     bool
	asJSON  bool
}

func (p *program) formAddCommand() *cobra.Command {
	var job addJob
	c := &cobra.Command{
		Use:   "add DIR FILE",
		Short: "Put a questionnaire into a workspace: a new kind of record, or a new version of one",
		Long: "Put a questionnaire (.xlsx, .csv or .md) into a workspace, with the .csv lists that lie beside it. It becomes a record, so that it travels with the others.\n" +
			"All problems are named by sheet and row. A new version is compared with the one before, and every draft is tried against it first.\n" +
			"What was renamed is told by --rename, or by a file with a line for each: the old path, a comma, the new path; of a choice the question's path, a colon and the choice. --rename old= says that it was not renamed.",
		Example: "  coopctl form add atlas visits.xlsx\n" +
			"  coopctl form add atlas visits-2.xlsx --rename members/total=members/count --rename legal_form:assoc=association --dry-run",
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			job.file = args[1]
			return open(args[0], func(w *workspace.Workspace) error { return p.addForm(c.Context(), w, job) })
		},
	}
	c.Flags().StringArrayVar(&job.renames, "rename", nil, "old=new, a question, group or choice that is called otherwise now; may be repeated")
	c.Flags().StringVar(&job.from, "renames", "", "a file of renames")
	c.Flags().StringVar(&job.note, "note", "", "what to know of this version")
	c.Flags().BoolVar(&job.consent.Apart, "apart", false, "what looks renamed are other questions")
	c.Flags().BoolVar(&job.consent.Losses, "losses", false, "drafts may lose the answers that are listed")
	c.Flags().BoolVar(&job.dry, "dry-run", false, "only say what would happen")
	c.Flags().BoolVar(&job.asJSON, "json", false, "print JSON")
	return c
}

func (p *program) addForm(ctx context.Context, w *workspace.Workspace, job addJob) error {
	renames, err := job.allRenames()
	if err != nil {
		return err
	}
	from := workspace.QuestionnaireFile{Folder: os.DirFS(filepath.Dir(job.file)), Name: filepath.Base(job.file), Renames: renames, Note: job.note}
	var proposal *workspace.Proposal
	if job.dry {
		proposal, err = w.Propose(ctx, from)
	} else {
		proposal, _, err = w.AddQuestionnaire(ctx, from, job.consent)
	}
	if proposal == nil {
		return err
	}
	if job.asJSON {
		if printed := p.printProposalJSON(proposal, job.dry || err != nil); printed != nil {
			return printed
		}
	} else {
		p.printProposal(job.file, proposal)
	}
	switch {
	case proposal.Refused():
		return errReported
	case err != nil:
		return fmt.Errorf("%w%s", err, advice(proposal))
	case !job.asJSON:
		p.printAdded(proposal, job.dry)
	}
	return nil
}

// advice says which flags would go on.
func advice(proposal *workspace.Proposal) string {
	if len(proposal.Undecided) > 0 {
		one := proposal.Undecided[0]
		return fmt.Sprintf(": `--rename %s=%s`, or `--apart` where they are other questions", one.Old, one.New)
	}
	if proposal.Loses() {
		return " with --losses"
	}
	return ""
}

// allRenames are those of the file and of the flags.
func (job addJob) allRenames() (form.Renames, error) {
	out, err := readRenames(job.from)
	if err != nil {
		return nil, err
	}
	for _, one := range job.renames {
		old, to, found := strings.Cut(one, "=")
		if !found || old == "" {
			return nil, usageError{fmt.Errorf("%q is no rename; write it as old=new", one)}
		}
		out[old] = to
	}
	return out, nil
}

func (p *program) printProposal(file string, proposal *workspace.Proposal) {
	for _, problem := range proposal.Problems {
		fmt.Fprintf(p.out, "%s: %s\n", file, problem)
	}
	if proposal.Form == nil || proposal.Same {
		return
	}
	if proposal.Former != nil {
		d := proposal.Difference
		if d.Proposed = slices.Clone(proposal.Undecided); !d.Empty() {
			p.printDifference(d)
		}
	}
	for _, d := range proposal.Drafts {
		if len(d.Lost)+d.Wrong == 0 {
			continue
		}
		fmt.Fprintf(p.out, "draft %s %s: %s lost, %s not allowed any more\n", d.Record, d.Name, plural(len(d.Lost), "answer"), count(d.Wrong))
		for _, lost := range d.Lost {
			fmt.Fprintf(p.out, "  %s (%s): %q; %s\n", lost.Path, lost.Label, lost.Text, lost.Reason)
		}
	}
}

func (p *program) printAdded(proposal *workspace.Proposal, dry bool) {
	f := proposal.Form
	what := fmt.Sprintf("%s %s, %s", f.ID, f.Version, plural(len(f.Questions), "question"))
	switch {
	case proposal.Same:
		fmt.Fprintf(p.out, "%s: is here already\n", what)
	case dry:
		fmt.Fprintf(p.out, "%s: would be put in; %s tried\n", what, plural(len(proposal.Drafts), "draft"))
	default:
		fmt.Fprintf(p.out, "%s: is in the workspace now; %s tried\n", what, plural(len(proposal.Drafts), "draft"))
	}
	if len(proposal.Findings) > 0 {
		fmt.Fprintf(p.out, "%s where phones differ: `coopctl form lint` names them\n", plural(len(proposal.Findings), "row"))
	}
}

// printedProposal is a proposal as --json prints it.
type printedProposal struct {
	Kind       string                 `json:"kind,omitempty"`
	Version    string                 `json:"version,omitempty"`
	Added      bool                   `json:"added"`
	Same       bool                   `json:"same,omitempty"`
	Problems   []form.Problem         `json:"problems"`
	Difference *form.Difference       `json:"difference,omitempty"`
	Undecided  []form.Rename          `json:"undecided,omitempty"`
	Drafts     []workspace.DraftTrial `json:"drafts,omitempty"`
}

func (p *program) printProposalJSON(proposal *workspace.Proposal, kept bool) error {
	out := printedProposal{Added: !kept && !proposal.Same, Same: proposal.Same, Problems: proposal.Problems, Undecided: proposal.Undecided, Drafts: proposal.Drafts}
	if proposal.Form != nil {
		out.Kind, out.Version = proposal.Form.ID, proposal.Form.Version
	}
	if proposal.Former != nil {
		out.Difference = &proposal.Difference
	}
	return printJSON(p.out, out)
}
