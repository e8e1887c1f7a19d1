package main

import (
	"fmt"
	"os"
	"path/filepath"

	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

func (p *program) settingsCommand() *cobra.Command {
	var asJSON bool
	var logo string
	c := &cobra.Command{
		Use:   "settings DIR",
		Short: "Show or change the workspace's name, language and letterhead",
		Example: "  coopctl settings atlas --publisher \"Federation of Worker Cooperatives\" --contact policy@federation.example\n" +
			"  coopctl settings atlas --register-number \"EU Transparency Register 000000000-00\" --logo logo.png",
		Args: usage(cobra.ExactArgs(1)),
	}
	name := c.Flags().String("name", "", "what the workspace is called")
	language := c.Flags().String("lang", "", "language of questions and briefs: en or fr")
	publisher := c.Flags().String("publisher", "", "the publisher's name on briefs")
	contact := c.Flags().String("contact", "", "the contact line on briefs")
	register := c.Flags().String("register-number", "", "the register number on briefs, with the register's name")
	funder := c.Flags().String("funder", "", "the funder's statement on briefs, word for word")
	c.Flags().StringVar(&logo, "logo", "", "an image (PNG or JPEG) for the letterhead")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.RunE = func(c *cobra.Command, args []string) error {
		if c.Flags().Changed("lang") {
			if err := spoken(*language); err != nil {
				return err
			}
		}
		return open(args[0], func(w *workspace.Workspace) error {
			s, err := w.Settings(c.Context())
			if err != nil {
				return err
			}
			before := s.Letterhead.Logo
			for flag, to := range map[string]struct{ value, field *string }{
				"name": {name, &s.Name}, "lang": {language, &s.Language}, "publisher": {publisher, &s.Letterhead.Name},
				"contact": {contact, &s.Letterhead.Contact}, "register-number": {register, &s.Letterhead.Register}, "funder": {funder, &s.Letterhead.Funder},
			} {
				if c.Flags().Changed(flag) {
					*to.field = *to.value
				}
			}
			if logo != "" {
				if s.Letterhead.Logo, err = keepLogo(c, w, logo); err != nil {
					return err
				}
			}
			if c.Flags().NFlag() > 0 || before != s.Letterhead.Logo {
				if err := w.SetSettings(c.Context(), s); err != nil {
					return err
				}
			}
			return p.printSettings(s, asJSON)
		})
	}
	return c
}

func (p *program) printSettings(s workspace.Settings, asJSON bool) error {
	if asJSON {
		return printJSON(p.out, s)
	}
	rows := [][]string{
		{"name", s.Name}, {"language", s.Language}, {"publisher", s.Letterhead.Name}, {"contact", s.Letterhead.Contact},
		{"register number", s.Letterhead.Register}, {"funder", s.Letterhead.Funder}, {"logo", s.Letterhead.Logo},
	}
	for _, line := range s.Sources() {
		rows = append(rows, []string{"source", line})
	}
	return printTable(p.out, []string{"setting", "value"}, rows)
}

// keepLogo keeps an image among the workspace's files and returns the name it is found by.
func keepLogo(c *cobra.Command, w *workspace.Workspace, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the logo cannot be read: %w", err)
	}
	defer file.Close()
	info, err := w.Store.AddFile(c.Context(), filepath.Base(path), file)
	return info.SHA256.String(), err
}
