package main

import (
	"fmt"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) verifyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "verify DIR",
		Short:   "Check every hash, signature, opening, file and derived table of a workspace",
		Example: "  coopctl verify atlas",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				tell, clear := p.progress("verified")
				report, err := w.Store.Verify(c.Context(), tell)
				clear()
				if err != nil {
					return err
				}
				return p.reportVerify(report, asJSON)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

func (p *program) reportVerify(r store.Report, asJSON bool) error {
	if asJSON {
		if err := printJSON(p.out, r); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.out, "%s, %s, %s, %s, %s\nderived tables %s\n", plural(r.Commits, "commit"), plural(r.Revisions, "revision"),
			plural(r.Records, "record"), plural(r.Openings, "opening"), plural(r.Files, "file"), r.Derived)
		for _, id := range r.Pending {
			fmt.Fprintf(p.out, "revision %s waits for a parent that is not here; it is kept and will count when its bundle comes\n", id)
		}
		for _, problem := range r.Problems {
			fmt.Fprintf(p.out, "problem: %s\n", problem)
		}
	}
	if len(r.Problems) > 0 {
		return fmt.Errorf("the workspace has %s: restore the newest backup, or ask for help with what stands above", plural(len(r.Problems), "problem"))
	}
	if !asJSON {
		fmt.Fprintln(p.out, "All is well.")
	}
	return nil
}

func (p *program) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rebuild DIR",
		Short:   "Make the tables for lists, search and statistics anew from the revisions",
		Example: "  coopctl rebuild atlas",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				tell, clear := p.progress("records")
				sha, err := w.Store.Rebuild(c.Context(), tell)
				clear()
				if err == nil {
					fmt.Fprintf(p.out, "derived tables %s\n", sha)
				}
				return err
			})
		},
	}
}

func (p *program) backupCommand() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use:     "backup DIR",
		Short:   "Copy a workspace, while it may be in use",
		Example: "  coopctl backup atlas\n  coopctl backup atlas --to stick/atlas-2026-11",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return open(args[0], func(w *workspace.Workspace) error {
				folder, err := w.Store.Backup(c.Context(), to)
				if err == nil {
					fmt.Fprintln(p.out, folder)
				}
				return err
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "a new folder for the copy; else one in the workspace's backups. Copies elsewhere are not reached by an erasure")
	return c
}

func (p *program) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "restore BACKUP DIR",
		Short:   "Make a workspace of a backup, in a new folder",
		Example: "  coopctl restore atlas/backups/20261122T051400Z restored",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := store.Restore(args[0], args[1]); err != nil {
				return err
			}
			return open(args[1], func(*workspace.Workspace) error {
				fmt.Fprintf(p.out, "%s is a workspace now.\n", args[1])
				return nil
			})
		},
	}
}

func (p *program) eraseCommand() *cobra.Command {
	var paths []string
	var yes bool
	c := &cobra.Command{
		Use:   "erase DIR RECORD",
		Short: "Erase personal data for ever, here and in the backups of the workspace",
		Long: "Erase removes what a record says, or only the fields that --field names, from the workspace, its drafts, files and\n" +
			"backups. It cannot be undone. Others erase the same when they receive the revision that says so.",
		Example: "  coopctl erase atlas 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 --yes",
		Args:    usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			id, err := record.ParseID(args[1])
			if err != nil {
				return err
			}
			return open(args[0], func(w *workspace.Workspace) error {
				if !yes && !p.confirm(fmt.Sprintf("Erase %s for ever?", args[1])) {
					return fmt.Errorf("nothing was erased; say --yes to erase without being asked")
				}
				fields := make([]record.Path, len(paths))
				for i, path := range paths {
					fields[i] = record.Path(path)
				}
				if _, err := w.Store.Erase(c.Context(), w.Identity, id, fields); err != nil {
					return err
				}
				fmt.Fprintln(p.out, "Erased.")
				return nil
			})
		},
	}
	c.Flags().StringArrayVar(&paths, "field", nil, "erase only this field (its path); may be given several times")
	c.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return c
}

// confirm asks a person at the terminal; where nobody is there it says no.
func (p *program) confirm(question string) bool {
	if !isTerminal(p.in) {
		return false
	}
	fmt.Fprintf(p.err, "%s Type yes: ", question)
	var answer string
	_, err := fmt.Fscanln(p.in, &answer)
	return err == nil && answer == "yes"
}
