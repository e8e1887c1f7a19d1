package main

import (
	"fmt"

	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) initCommand() *cobra.Command {
	var name, language, person string
	var demo bool
	c := &cobra.Command{
		Use:     "init DIR",
		Short:   "Make a workspace; --demo fills it with a clearly labelled invented country set",
		Example: "  coopctl init atlas --name \"Mapping 2026\" --lang fr\n  coopctl init demo --demo",
		Args:    usage(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := spoken(language); err != nil {
				return err
			}
			settings := workspace.Settings{Name: name, Language: language}
			if demo {
				settings = workspace.DemonstrationSettings(language)
			}
			w, err := workspace.Create(c.Context(), args[0], settings, workspace.Config{Name: person})
			if err != nil {
				return err
			}
			defer w.Close()
			if demo {
				tell, clear := p.progress("inventing")
				err = w.Demonstrate(c.Context(), tell)
				clear()
			}
			if err == nil {
				fmt.Fprintf(p.out, "%s is a workspace now; you sign as %s.\n", args[0], w.Identity.Name)
			}
			return err
		},
	}
	c.Flags().StringVar(&name, "name", "", "what the workspace is called on its briefs")
	c.Flags().StringVar(&language, "lang", "en", "language of questions and briefs: such as en or fr")
	c.Flags().StringVar(&person, "person", "", "your name, where you have no signing identity yet")
	c.Flags().BoolVar(&demo, "demo", false, "fill it with invented data, labelled as invented wherever it shows")
	return c
}
