package main

import (
	"fmt"
	"image"
	_ "image/jpeg" // logos may be
	_ "image/png"
	"io"
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
	language := c.Flags().String("lang", "", "language of questions and briefs: such as en or fr")
	publisher := c.Flags().String("publisher", "", "the publisher's name on briefs")
	contact := c.Flags().String("contact", "", "the contact line on briefs")
	register := c.Flags().String("register-number", "", "the register number on briefs, with the register's name")
	funder := c.Flags().String("funder", "", "the funder's statement on briefs, word for word")
	c.Flags().StringVar(&logo, "logo", "", "an image (PNG or JPEG) for the letterhead; an empty name takes it away")
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
			if c.Flags().Changed("logo") && logo == "" {
				s.Letterhead.Logo = ""
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
	if err := checkImage(file); err != nil {
		return "", fmt.Errorf("the logo %s cannot be printed: %w; save it as PNG or JPEG, at most %d pixels a side", path, err, logoLimit)
	}
	info, err := w.Store.AddFile(c.Context(), filepath.Base(path), file)
	return info.SHA256.String(), err
}

// logoLimit is how many pixels wide and high a logo may be.
const logoLimit = 6000

// checkImage refuses what is no whole PNG or JPEG image, or a huge one, and goes back to the file's beginning.
func checkImage(file io.ReadSeeker) error {
	info, format, err := image.DecodeConfig(file)
	switch {
	case err != nil:
		return err
	case format != "png" && format != "jpeg":
		return fmt.Errorf("it is of the format %s", format)
	case info.Width > logoLimit || info.Height > logoLimit:
		return fmt.Errorf("it is %d by %d pixels", info.Width, info.Height)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, _, err := image.Decode(file); err != nil {
		return err
	}
	_, err = file.Seek(0, io.SeekStart)
	return err
}
