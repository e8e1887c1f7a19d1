package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// open opens a workspace, hands it to do, and closes it.
func open(dir string, do func(w *workspace.Workspace) error) error {
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		return err
	}
	return errors.Join(do(w), w.Close())
}

// isTerminal tells whether a person reads what is written, or types what is read.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// progress returns a report of progress that shows a line on a terminal once a job has taken a second, and a function
// that clears it.
func (p *program) progress(what string) (func(done, total int), func()) {
	if !isTerminal(p.err) {
		return func(int, int) {}, func() {}
	}
	started, shown := time.Now(), time.Time{}
	tell := func(done, total int) {
		if now := time.Now(); now.Sub(started) > time.Second && now.Sub(shown) > 100*time.Millisecond {
			shown = now
			if total > 0 {
				fmt.Fprintf(p.err, "\r%s: %d of %d (%d %%) ", what, done, total, 100*done/total)
			} else {
				fmt.Fprintf(p.err, "\r%s: %d ", what, done)
			}
		}
	}
	clear := func() {
		if !shown.IsZero() {
			fmt.Fprintf(p.err, "\r%s\r", strings.Repeat(" ", 60))
		}
	}
	return tell, clear
}

// printJSON writes a value as indented JSON.
func printJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// printTable writes rows in aligned columns under a header.
func printTable(w io.Writer, header []string, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join(header, "\t"))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = tame(cell)
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	return t.Flush()
}

// tame makes one line of a text, without the characters that steer a terminal.
func tame(text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text)
}

// pairs reads conditions such as country=IT; a value may list several, separated by commas.
func pairs(conditions []string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, text := range conditions {
		key, value, found := strings.Cut(text, "=")
		if key = strings.TrimSpace(key); !found || key == "" {
			return nil, usageError{fmt.Errorf("--where %q is not of the form country=IT", text)}
		}
		for _, one := range strings.Split(value, ",") {
			out[key] = append(out[key], strings.TrimSpace(one))
		}
	}
	return out, nil
}

// years reads the years of --years.
func years(text string) (indicator.Span, error) {
	span, err := indicator.ParseSpan(text)
	if err != nil {
		err = usageError{fmt.Errorf("--years: %w", err)}
	}
	return span, err
}

// yearsFlag lets a command speak of some years only.
func yearsFlag(c *cobra.Command, text *string) {
	c.Flags().StringVar(text, "years", "", "first and last year, such as 2011-2016; or these years only, such as 2011,2016, with the changes between them")
}
