package main

import (
	"fmt"

	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// releaseRegisterCommand writes what was told and kept back of a release.
func (p *program) releaseRegisterCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "register DIR [RELEASE]",
		Short:   "Write the figures of a release that briefs, charts and exports told or kept back, as CSV",
		Example: "  coopctl release register atlas latest > register.csv",
		Args:    usage(cobra.RangeArgs(1, 2)),
		RunE: func(c *cobra.Command, args []string) error {
			return ofRelease(c, args, func(w *workspace.Workspace, r workspace.Release) error {
				all, err := w.Told(c.Context(), r)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(p.out, all)
				}
				fmt.Fprintf(p.err, "Release %s, %s: %s made of it\n", r.Title, r.Name(), plural(len(all), "thing"))
				return workspace.WriteTold(p.out, all)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}
